"""What some bytes are: their first letters say so more truly than a file's name."""

from __future__ import annotations

import io
import os
import re
import zipfile
from enum import StrEnum

from riwaya.errors import UnreadableDocument

__all__ = ["Format", "from_name", "is_wacz", "recognise"]


class Format(StrEnum):
    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "DOCX"
    JSON = "JSON"
    CSV = "CSV"
    WARC = "WARC"
    GZIP = "gzip"
    ZIP = "zip"
    PARQUET = "Parquet"


BY_EXTENSION = {
    "txt": Format.TEXT,
    "text": Format.TEXT,
    "md": Format.TEXT,
    "html": Format.HTML,
    "htm": Format.HTML,
    "xhtml": Format.HTML,
    "pdf": Format.PDF,
    "docx": Format.DOCX,
    "json": Format.JSON,
    "jsonl": Format.JSON,
    "ndjson": Format.JSON,
    "csv": Format.CSV,
    "tsv": Format.CSV,
    "warc": Format.WARC,
    "gz": Format.GZIP,
    "zip": Format.ZIP,
    "wacz": Format.ZIP,
    "parquet": Format.PARQUET,
}
BINARY = frozenset({Format.PDF, Format.DOCX, Format.WARC, Format.GZIP, Format.ZIP, Format.PARQUET})
"""Formats that begin with a signature of their own: without it a file is not one of them."""

REFUSED = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "is an old Word file or an encrypted one",
        "save it as .docx without password",
    ),
    (b"{\\rtf", "is a rich-text (RTF) file", "save it as .docx or .txt"),
    (b"\x89PNG", "is a picture (PNG)", "put scanned pages in a PDF and build with --ocr"),
    (b"\xff\xd8\xff", "is a picture (JPEG)", "put scanned pages in a PDF and build with --ocr"),
    (b"GIF8", "is a picture (GIF)", "put scanned pages in a PDF and build with --ocr"),
    (b"II*\x00", "is a picture (TIFF)", "put scanned pages in a PDF and build with --ocr"),
    (b"MM\x00*", "is a picture (TIFF)", "put scanned pages in a PDF and build with --ocr"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive", "unpack it, or pack it as .zip"),
    (b"Rar!", "is a RAR archive", "unpack it, or pack it as .zip"),
    (b"SQLite format 3\x00", "is a database (SQLite)", "give its documents as files, JSON or CSV"),
)
OFFICE = {
    "word/document.xml": None,
    "xl/workbook.xml": ("is a spreadsheet (XLSX)", "save the sheet as CSV"),
    "ppt/presentation.xml": ("is a presentation (PPTX)", "save it as PDF"),
    "META-INF/container.xml": ("is an e-book (EPUB)", "convert it to HTML or text"),
    "content.xml": ("is an OpenDocument file", "save it as .docx"),
}
HEAD = 4096
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
RECORD = re.compile(rb'\s*(?:\[\s*)?\{\s*(?:"|\}\s*\]?\s*$)|\s*\[\s*\]\s*$')


def from_name(name: str) -> Format | None:
    """What the extension promises, or None for one that promises nothing.

    >>> from_name("a/b/خبر.HTM"), from_name("crawl.warc.gz"), from_name("notes")
    (<Format.HTML: 'HTML'>, <Format.GZIP: 'gzip'>, None)
    """
    return BY_EXTENSION.get(os.path.splitext(name)[1].lower().lstrip("."))


def recognise(data: bytes, name: str) -> Format:
    """What the bytes are, the extension deciding only where bytes cannot (CSV, text).

    Raises UnreadableDocument, with what to do instead, for formats that are not read.
    """
    promised = from_name(name)
    head = data[:HEAD]
    if found := _signature(data, head, promised):
        return found
    if promised in BINARY:
        if b"\x00" in head or not head.strip():
            raise UnreadableDocument(f"is named {promised} but is none, or its beginning is lost.")
        promised = None
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")  # UTF-16 looks like ASCII without its zeros
    if RECORD.match(plain) or (promised is Format.JSON and plain.lstrip()[:1] in (b"{", b"[")):
        return Format.JSON
    if promised is Format.CSV:
        return Format.CSV
    if plain.lstrip()[:1] == b"<" and HTML.search(plain):
        return Format.HTML
    if promised is Format.HTML and b"<" in head:
        return Format.HTML
    return Format.TEXT


def _signature(data: bytes, head: bytes, promised: Format | None) -> Format | None:
    for mark, what, instead in REFUSED:
        if head.startswith(mark):
            raise UnreadableDocument(f"{what}, which riwaya does not read; {instead}.")
    if b"%PDF-" in head[: 1024 if promised is Format.PDF else 16]:  # its readers allow a preamble
        return Format.PDF
    if head.startswith(b"\x1f\x8b"):
        return Format.GZIP
    if head.startswith(b"WARC/"):
        return Format.WARC
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    return None


def _zipped(data: bytes) -> Format:
    """A zip file may be a package: DOCX is one that is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Format.ZIP  # whose reader says what is wrong with it
    for part, refusal in OFFICE.items():
        if part in names and (refusal is None or "[Content_Types].xml" in names or "mimetype" in names):
            if refusal:
                raise UnreadableDocument(f"{refusal[0]}, which riwaya does not read; {refusal[1]}.")
            return Format.DOCX
    return Format.ZIP


def is_wacz(names: list[str]) -> bool:
    """Is a zip with these members a web archive collection, whose pages are in its archive/ folder?"""
    return "datapackage.json" in names and any(name.startswith("archive/") for name in names)
