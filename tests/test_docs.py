"""The documentation is run: every block of code, every command; and nothing goes undocumented."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import riwaya
from riwaya import errors
from riwaya.case.layers import MAKERS
from riwaya.cli import main
from riwaya.pipeline import STAGES

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "method").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (f"{page.relative_to(ROOT)}:{page.read_text('utf-8')[: found.start()].count(chr(10)) + 1}", found[2])
        for page in PAGES
        for found in BLOCK.finditer(page.read_text("utf-8"))
        if found[1] == language
    ]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the reader of the docs has it before them: the example's files and its case."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "examples").symlink_to(ROOT / "examples")
    riwaya.demo(folder / "dam.riwaya")
    return folder


@pytest.mark.parametrize("page", [p for p in PAGES if ">>>" in p.read_text("utf-8")], ids=lambda p: p.name)
def test_python_runs(page: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    source = "\n".join(code for place, code in blocks("python") if place.startswith(str(page.relative_to(ROOT))))
    parsed = doctest.DocTestParser().get_doctest(source, {}, page.name, str(page), 0)
    options = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    assert parsed.examples
    assert doctest.DocTestRunner(optionflags=options).run(parsed).failed == 0


@pytest.mark.parametrize(("place", "code"), blocks("console"), ids=[place for place, _ in blocks("console")])
def test_commands_run(place: str, code: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    for line in code.splitlines():
        if line.startswith("$ riwaya ") and "serve" not in line:
            words = shlex.split(line.removeprefix("$ riwaya "), comments=True)
            if words[0] == "demo":
                words.append("--no-serve")
            result = CliRunner().invoke(main, words)
            assert result.exit_code in (0, 3), f"{place}: {line}\n{result.output}"


def test_reference_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "scripts" / "make_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, text in module.pages().items():
        assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == text, f"{name} is stale: run `make docs`"


def test_nothing_goes_undocumented() -> None:
    reference = "\n".join(p.read_text("utf-8") for p in (ROOT / "docs" / "reference").glob("*.md"))
    for command in main.commands:
        assert f"## riwaya {command}\n" in reference
    for layer in set(MAKERS) - {"decisions"}:
        assert f"## {layer}\n" in reference
    for stage in STAGES:
        assert f"| `{stage.name}` |" in reference
    for name, kind in vars(errors).items():
        if isinstance(kind, type):
            assert f"`{name}`" in reference


def test_links_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "reference").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
