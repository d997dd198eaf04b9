"""WARC: the pages of a web archive that answered with a document.

Of each archive the answers with status 200 that are HTML, plain text or PDF are read, under the address they were
asked for. The day of capture is not the day of publication: a page that does not date itself stays undated, and a
warning holds the capture date.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from msgspec import structs

from riwaya.errors import UnreadableDocument
from riwaya.model import Failure, Warning
from riwaya.readers import html, pdf, text
from riwaya.readers.draft import Draft
from riwaya.readers.failing import failure
from riwaya.readers.formats import Format, recognise
from riwaya.readers.options import ReadOptions
from riwaya.readers.shown import shown
from riwaya.readers.zip import too_large

__all__ = ["read"]

ANSWERS = WarcRecordType.response | WarcRecordType.resource
NAMELESS = (WarcRecordType.unknown, WarcRecordType.no_type)
DOCUMENTS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Draft | Failure]:
    """The documents of an archive, with a Failure for every page that is none.

    Raises UnreadableDocument where the archive itself breaks off; what came before has been read.
    """
    if not _is_archive(data):
        raise UnreadableDocument("is a web archive without a single whole record.")
    yield from read_stream(io.BytesIO(data), path, options)


def read_stream(stream: IO[bytes], path: str, options: ReadOptions) -> Iterator[Draft | Failure]:
    """The documents of an archive of any size, one page in memory at a time."""
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream, ANSWERS, parse_http=False), 1):
            member = (record.record_id or str(number)).strip("<>")
            address = record.headers.get("WARC-Target-URI") or ""
            try:
                yield from _page(record, member, path, address.strip("<>"), options)
            except Exception as error:  # a library's, over one page
                found = failure(f"{path}#{member}", error)
                yield structs.replace(found, message=f"{found.message} Its address is «{shown(address)}».")
    except OSError as error:
        raise UnreadableDocument(f"is a web archive that breaks off after {number} answers: {error}.") from error


def _page(record: WarcRecord, member: str, path: str, address: str, options: ReadOptions) -> Iterator[Draft | Failure]:
    declared = record.content_length
    if declared > options.max_bytes:
        raise UnreadableDocument(too_large(declared, options))
    record.freeze()
    cut = record.content_length < declared
    record.parse_http(auto_decode="all")
    http = record.http_headers  # a page that was saved without asking a server has none
    kind = record.http_content_type if http else record.headers.get("Content-Type")
    if (http and http.status_code not in (None, 200)) or (kind or DOCUMENTS[0]).partition(";")[0] not in DOCUMENTS:
        return
    page = record.reader.read(options.max_bytes + 1)
    if len(page) > options.max_bytes:
        raise UnreadableDocument(too_large(None, options))
    warnings = [Warning(kind="captured", detail=record.headers.get("WARC-Date") or "on an unknown day")]
    if cut:
        warnings.append(Warning(kind="truncated", detail="the archive ends within this page"))
    for draft in _drafts(page, path, record.http_charset, options):
        yield structs.replace(
            draft, member=member, original=page, url=address or draft.url, warnings=(*draft.warnings, *warnings)
        )


def _drafts(page: bytes, path: str, charset: str | None, options: ReadOptions) -> Iterator[Draft]:
    """The page by what its bytes are, whatever the server called it."""
    match recognise(page, ""):
        case Format.HTML:
            yield from html.read(page, path, options, charset=charset)
        case Format.PDF:
            yield from pdf.read(page, path, options)
        case Format.TEXT:
            yield from text.read(page, path, options)


def _is_archive(data: bytes) -> bool:
    """Is there any whole record at all, be it only about the archive itself?"""
    try:
        records = ArchiveIterator(io.BytesIO(data), parse_http=False)
        return any(record.record_type not in NAMELESS for record in records)
    except OSError:
        return False
