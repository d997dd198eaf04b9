"""Printing for people and, with `--json`, for programs.

Arabic in a terminal: each cell is wrapped in direction isolates, so that a right-to-left text never drags the numbers
beside it to its other side. Control characters of documents are shown as «�»: a text must not be able to move the
cursor or to colour what comes after it.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import click
import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from riwaya.model import Span

SHORT = ("id", "published", "language", "stage", "layer", "number", "at", "by", "kind", "hash")
"""Columns that are never broken over lines."""
READABLE = 28
"""Letters that a column needs at least, if it has as many, for its words to be read across."""
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


def fits(columns: Sequence[str], rows: Sequence[Sequence[Text]], width: int) -> bool:
    """Is there room for every column that is never broken, and a readable width for the others?

    >>> row = [Text("01_rawasi.txt"), Text("خبر عن السد الذي انهار مساء أمس")]
    >>> fits(["id", "title"], [row], 60), fits(["id", "title"], [row], 40)
    (True, False)
    """
    needed = 2 * len(columns)
    for n, column in enumerate(columns):
        widest = max([len(column), *(cell_len(row[n].plain) for row in rows)])
        needed += widest if column in SHORT else min(widest, READABLE)
    return needed <= width


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], as_json: bool = False) -> None:
    """A table for a person, or a JSON list of objects with the same columns.

    Where the window is too narrow for a table, each row becomes a few lines: its first cell, and the others under it.
    """
    if as_json:
        dump([dict(zip(columns, row, strict=True)) for row in rows])
        return
    out = console()
    cells = [[value if isinstance(value, Text) else Text(cell(value)) for value in row] for row in rows]
    heads = [column.replace("_", " ") for column in columns]
    if not fits(columns, cells, out.width):
        out.print(Text(title, style="bold"))
        for row in cells:
            out.print(Text.assemble((row[0].plain, "bold"), "\n", *_under(heads[1:], row[1:])), end="")
        return
    view = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold", title_style="bold")
    for column, head in zip(columns, heads, strict=True):
        view.add_column(head, overflow="fold", no_wrap=column in SHORT)
    for row in cells:
        view.add_row(*row)
    out.print(view)


def _under(heads: Sequence[str], row: Sequence[Text]) -> Iterator[Text]:
    """Cells as lines with their heads before them; what is not known is left out."""
    width = max(map(len, heads), default=0)
    for head, value in zip(heads, row, strict=True):
        if value.plain != "–":
            yield Text.assemble((f"  {head:{width}}  ", "dim"), value, "\n")


def dump(value: Any) -> None:
    """Any value as JSON, readable, UTF-8."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
    sys.stdout.flush()
