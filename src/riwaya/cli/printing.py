"""Printing for people and, with `--json`, for programs.

Arabic in a terminal: each cell is wrapped in direction isolates, so that a right-to-left text never drags the numbers
beside it to its other side. Control characters of documents are shown as «�»: a text must not be able to move the
cursor or to colour what comes after it.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from riwaya.model import Span

SHORT = ("id", "published", "language", "stage", "layer", "number", "at", "by", "kind", "hash")
"""Columns that are never broken over lines."""
PIPED = 160
"""Columns of a table that goes into a file or another program."""
LINES = str.maketrans("\n\r", "  ")
ISOLATE, END = "\u2068", "\u2069"

json_option: Callable[[Any], Any] = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
case_argument: Callable[[Any], Any] = click.argument("case", type=click.Path(dir_okay=False))


def console(error: bool = False) -> Console:
    made = Console(stderr=error, highlight=False)
    return made if made.is_terminal else Console(stderr=error, highlight=False, width=PIPED)


def complain(message: str) -> None:
    """An error for a person, on standard error."""
    console(error=True).print(f"[bold red]riwaya:[/] {escape(clean(message))}", soft_wrap=True)


def clean(text: str) -> str:
    """Text without what could steer a terminal.

    >>> clean("\\x1b[31mخبر\\u202e")
    '�[31mخبر'
    """
    kept = []
    for letter in text:
        category = unicodedata.category(letter)
        if letter in "\n\r\t" or category not in ("Cc", "Cf", "Cs"):
            kept.append(letter)
        elif category != "Cf":
            kept.append("�")
    return "".join(kept)


def cell(value: Any) -> str:
    """A value in a table."""
    if value is None:
        return "–"
    text = " ".join(clean(str(value)).split())
    if sys.stdout.isatty() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        return f"{ISOLATE}{text}{END}"
    return text


def marked(text: str, spans: Sequence[Span], within: Span, style: str = "bold yellow") -> Text:
    """A stretch of a text with some places in colour."""
    result = Text()
    at = within.start
    for span in spans:
        if span.start >= at and span.end <= within.end:
            result.append(clean(text[at : span.start]).translate(LINES))
            result.append(clean(span.of(text)), style=style)
            at = span.end
    result.append(clean(text[at : within.end]).translate(LINES))
    return result


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], as_json: bool = False) -> None:
    """A table for a person, or a JSON list of objects with the same columns."""
    if as_json:
        dump([dict(zip(columns, row, strict=True)) for row in rows])
        return
    view = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold", title_style="bold")
    for column in columns:
        view.add_column(column.replace("_", " "), overflow="fold", no_wrap=column in SHORT)
    for row in rows:
        view.add_row(*(value if isinstance(value, Text) else Text(cell(value)) for value in row))
    console().print(view)


def dump(value: Any) -> None:
    """Any value as JSON, readable, UTF-8."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
    sys.stdout.flush()
