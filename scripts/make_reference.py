"""Writes docs/reference/ from the code, so that it can never say something else: `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import getdoc, getsource
from pathlib import Path
from re import DOTALL, findall
from typing import Any, get_type_hints

import click
import msgspec
from msgspec import Struct

from riwaya import errors, settings
from riwaya.case.layers import DOCUMENT_KEYS
from riwaya.cli import main as command_line
from riwaya.model import ACROSS, LAYERS, Attribution, Document, Failure
from riwaya.pipeline import STAGES

OUT = Path(__file__).parents[1] / "docs" / "reference"
HEAD = "<!-- Written by scripts/make_reference.py from the code; change it there. -->\n\n"


def pages() -> dict[str, str]:
    """File name → text."""
    made = {
        "layers.md": layers(),
        "stages.md": stages(),
        "settings.md": setting_page(),
        "commands.md": commands(),
        "errors.md": error_page(),
    }
    return {name: HEAD + "\n".join(lines).rstrip() + "\n" for name, lines in made.items()}


def plain(annotation: Any) -> str:
    """A type as a reader of JSON would name it."""
    text = str(annotation) if not isinstance(annotation, type) else annotation.__name__
    for module in ("riwaya.model.", "riwaya.text.span.", "typing.", "collections.abc."):
        text = text.replace(module, "")
    return text.replace("NoneType", "null").replace("None", "null").replace("tuple[", "list of ").replace(", ...]", "")


def field_rows(kind: type[Struct], names: list[str] | None = None) -> Iterator[str]:
    """A Markdown table of the fields of a struct with the sentences that stand below them in the source."""
    hints = get_type_hints(kind)
    yield "| key | type | |"
    yield "|---|---|---|"
    told = sentences(kind)
    for name in names or list(kind.__struct_fields__):
        yield f"| `{name}` | {plain(hints[name]).replace('|', 'or')} | {told.get(name, '')} |"


def sentences(kind: type) -> dict[str, str]:
    """What stands below each field in the source."""
    found = findall(r'\n    (\w+): [^\n]*\n    """(.*?)"""', getsource(kind), DOTALL)
    return {name: " ".join(told.split()) for name, told in found}


def first_line(thing: Any) -> str:
    return (getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


def layers() -> Iterator[str]:
    yield "# The layers\n"
    yield "`riwaya export CASE --as jsonl -o DIR` writes one UTF-8 file per layer, one JSON object a line, rows sorted"
    yield "by document and place: the same bytes for the same case. Keys are added freely; renaming or dropping one is"
    yield "a change that the changelog names.\n"
    yield "Offsets are Unicode code points, half-open, in the document's `text`: the text as read, before any folding."
    yield "`text` beside `start` and `end` is always the exact slice. What is not known is `null`, never a guess.\n"
    yield "## documents\n"
    yield first_line(Document) + "\n"
    yield "`doc` is the record's own id where it has one, else the path it was given under."
    yield "`characters` counts `text`.\n"
    yield from field_rows(Document, [key for key in DOCUMENT_KEYS if key not in ("doc", "characters")])
    for name, kind in LAYERS.items():
        yield f"\n## {name}\n"
        yield first_line(kind) + "\n"
        if kind is Attribution:
            yield "Spans (`cue`, `source`, `content`, `parts`, …) carry `start`, `end` and their `text`.\n"
        yield from field_rows(kind)
    for name, kind in ACROSS.items():
        if name != "namings":
            yield f"\n## {name}\n"
            yield first_line(kind) + "\n"
            yield from field_rows(kind)
    yield "\n## failures\n"
    yield first_line(Failure) + "\n"
    yield from field_rows(Failure)


def stages() -> Iterator[str]:
    yield "# The stages\n"
    yield "In the order in which they run. `each` reads one document at a time, `across` is given the whole case.\n"
    yield "| stage | kind | needs | gives | version | |"
    yield "|---|---|---|---|---|---|"
    for stage in STAGES:
        needs = ", ".join(kind.layer for kind in stage.needs) or "–"
        gives = ", ".join(kind.layer for kind in stage.gives)
        yield f"| `{stage.name}` | {stage.kind} | {needs} | {gives} | {stage.version} | {first_line(stage)} |"


def setting_page() -> Iterator[str]:
    yield "# Settings\n"
    yield "`riwaya.toml` beside the case, or `--settings FILE`. An unknown key is an error.\n"
    yield from _settings(settings.Settings, "")


def _settings(kind: type[Struct], prefix: str) -> Iterator[str]:
    nested = []
    yield "| key | default | |"
    yield "|---|---|---|"
    told = sentences(kind)
    for field in msgspec.structs.fields(kind):
        if isinstance(field.type, type) and issubclass(field.type, Struct):
            nested.append((field.name, field.type))
        else:
            yield f"| `{prefix}{field.name}` | `{field.default}` | {told.get(field.name, '')} |"
    for name, inner in nested:
        yield f"\n## [{name}]\n"
        yield first_line(inner) + "\n"
        yield from _settings(inner, "")


def commands() -> Iterator[str]:
    yield "# The commands\n"
    yield "Exit codes: 0 done, 1 an error (one line says which), 2 a wrong call, 3 done but with failures.\n"
    for name, command in sorted(command_line.commands.items()):
        context = click.Context(
            command, info_name=f"riwaya {name}", max_content_width=100, help_option_names=["-h", "--help"]
        )
        yield f"## riwaya {name}\n\n```text\n{command.get_help(context)}\n```\n"


def error_page() -> Iterator[str]:
    yield "# Errors\n"
    yield "All in `riwaya.errors`; a message says what is wrong, what was given and what would do.\n"
    yield "| error | |"
    yield "|---|---|"
    for name, kind in vars(errors).items():
        if isinstance(kind, type):
            yield f"| `{name}` | {first_line(kind)} |"


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (OUT / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
