"""DOCX: the words of a Word file, paragraph by paragraph, with tables, notes, its title and its author.

The file is a zip of XML parts; they are read as a stream of events, so that neither depth nor size of nesting matters.
What was deleted under tracked changes is left out and what was inserted is kept, as the text would be printed;
headers, footers and field codes are left out; footnotes and endnotes follow after the text. The day the file was
made is not taken for the day of publication.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError, XMLParser

from msgspec import structs

from riwaya.errors import UnreadableDocument
from riwaya.readers.draft import Draft
from riwaya.readers.options import ReadOptions
from riwaya.readers.zip import BROKEN, unpack

__all__ = ["read"]

READER = "riwaya.docx 1"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY, CORE, NOTES = "word/document.xml", "docProps/core.xml", ("word/footnotes.xml", "word/endnotes.xml")
PROPERTIES = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr"})
SKIPPED = PROPERTIES | {"del", "moveFrom", "delText", "instrText", "Fallback"}
"""Deleted words, field codes, the second of two drawings of a text box, and properties, whose tabs are none."""
LETTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Draft]:
    """The one document of a Word file; UnreadableDocument when its parts are missing or damaged."""
    limits = structs.replace(options, max_bytes=options.max_markup_bytes)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise UnreadableDocument(f"is a damaged Word file: {error}.") from error
    with archive:
        lines = _lines(archive, BODY, limits)
        for part in NOTES:
            lines += [line for line in _lines(archive, part, limits) if line.strip()]
        about = _Properties()
        _parse(archive, CORE, about, limits)
    yield Draft(
        text="\n".join(lines),
        reader=READER,
        media_type=MEDIA_TYPE,
        title=about.said.get("title"),
        author=about.said.get("creator"),
    )


def _lines(archive: zipfile.ZipFile, part: str, options: ReadOptions) -> list[str]:
    words = _Words()
    _parse(archive, part, words, options)
    return words.lines[0]


def _parse(archive: zipfile.ZipFile, part: str, target: object, options: ReadOptions) -> None:
    """Sends the events of a part to `target`; a part that is not there has none."""
    try:
        info = archive.getinfo(part)
    except KeyError:
        return
    data = unpack(archive, info, options)
    if DECLARES.search(data):
        raise UnreadableDocument("is a Word file with entities of its own, as only a trap has; it was left alone.")
    try:
        parser = XMLParser(target=target)
        parser.feed(data)
        parser.close()
    except (ParseError, ValueError, AssertionError) as error:
        raise UnreadableDocument(f"is a damaged Word file: {part} is no XML ({error}).") from error


def _local(tag: str) -> str:
    """A name without its namespace: Word has two, transitional and strict."""
    return tag.rpartition("}")[2]


class _Words:
    """Listens to a part's events and gathers its lines: a paragraph is one, and so is a table row of short cells."""

    def __init__(self) -> None:
        self.lines: list[list[str]] = [[]]
        self._paragraphs: list[list[str]] = []
        self._skipping = 0
        self._writing = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if self._skipping or name in SKIPPED:
            self._skipping += 1
        elif name == "p":
            self._paragraphs.append([])
        elif name in ("tr", "tc"):
            self.lines.append([])
        elif name == "t":
            self._writing = True
        elif name in LETTERS and self._paragraphs:
            self._paragraphs[-1].append(LETTERS[name])

    def data(self, letters: str) -> None:
        if self._writing and self._paragraphs and not self._skipping:
            self._paragraphs[-1].append(letters)

    def end(self, tag: str) -> None:
        name = _local(tag)
        if self._skipping:
            self._skipping -= 1
        elif name == "t":
            self._writing = False
        elif name == "p":
            self.lines[-1].append("".join(self._paragraphs.pop()))
        elif name == "tc":
            cell = self.lines.pop()
            self.lines[-1].append("\n".join(cell))
        elif name == "tr":
            cells = self.lines.pop()
            self.lines[-1].append(("\n" if any("\n" in cell for cell in cells) else "\t").join(cells))


class _Properties:
    """Listens to the part that says who made the file and what it is called."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self._name = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._name = _local(tag)

    def data(self, letters: str) -> None:
        self.said[self._name] = self.said.get(self._name, "") + letters

    def end(self, tag: str) -> None:
        self._name = ""
