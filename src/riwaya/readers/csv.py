"""CSV: every row a document, its columns told by name as a record's fields are.

Commas, semicolons, tabs or bars between columns; quoted fields may hold line ends. Each row keeps its own bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from msgspec import structs

from riwaya.errors import UnreadableDocument
from riwaya.model import Failure
from riwaya.readers.draft import Draft
from riwaya.readers.encoding import decode
from riwaya.readers.failing import failure
from riwaya.readers.options import ReadOptions
from riwaya.readers.records import mapper

__all__ = ["read"]

READER = "riwaya.csv 1"
DELIMITERS = ",;\t|"
SAMPLE = 20

Row = tuple[int, list[str], str]
"""A row's number (1 is the first below the header), its cells, and the lines it was written on."""


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Draft | Failure]:
    """The documents of a table with a header, with a Failure for every row that is none.

    >>> [draft] = read("title,text\\nخبر,«انهار، السد»\\n".encode(), "a.csv", ReadOptions())
    >>> draft.title, draft.text, draft.member
    ('خبر', '«انهار، السد»', '1')

    Raises UnreadableDocument when the header names no column for the text.
    """
    decoded = decode(data)
    encoding = "utf_8" if decoded.encoding == "utf_8_sig" else decoded.encoding
    csv.field_size_limit(options.max_characters)
    rows = list(_rows(decoded.text))
    if len(rows) < 2:
        raise UnreadableDocument("is a table without rows: the first line names the columns, one of them the text.")
    names = [name.strip() for name in rows[0][1]]
    fields = mapper([dict(zip(names, cells, strict=False)) for _, cells, _ in rows[1 : SAMPLE + 1]], options.fields)
    for number, cells, lines in rows[1:]:
        try:
            if len(cells) > len(names):
                raise UnreadableDocument(
                    f"has {len(cells)} cells and the header {len(names)}: is a comma or a quotation mark left unquoted?"
                )
            draft = fields.draft(
                dict(zip(names, cells, strict=False)),
                reader=READER,
                media_type="text/csv",
                original=lines.encode(encoding, errors="replace"),
                member=str(number),
            )
            yield structs.replace(draft, warnings=decoded.warnings) if decoded.warnings else draft
        except UnreadableDocument as error:
            yield failure(f"{path}#{number}", error)


def _rows(text: str) -> Iterator[Row]:
    """The rows that are not empty, the header first."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in _lines(text):
            taken.append(line)
            yield line

    header = text.partition("\n")[0]
    reader = csv.reader(lines(), delimiter=max(DELIMITERS, key=header.count))
    number = 0
    try:
        for cells in reader:
            if any(cells):
                yield number, cells, "".join(taken)
                number += 1
            taken.clear()
    except csv.Error as error:
        raise UnreadableDocument(f"is no CSV at line {reader.line_num}: {error}.") from error


def _lines(text: str) -> Iterator[str]:
    """Lines by their line feed alone: an Arabic field may hold other separators."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
