"""A source → its documents and its failures: the one way in for every format."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import IO

from msgspec import structs

from riwaya.errors import UnreadableDocument
from riwaya.model import Failure, Warning
from riwaya.readers import gzip, large
from riwaya.readers import zip as zips
from riwaya.readers.draft import Draft
from riwaya.readers.failing import failure
from riwaya.readers.finish import finish
from riwaya.readers.formats import Format, from_name, recognise
from riwaya.readers.options import ReadOptions
from riwaya.readers.shown import shown
from riwaya.readers.source import About, Source, document_id

__all__ = ["read"]


def read(source: Source, options: ReadOptions | None = None) -> Iterator[Draft | Failure]:
    """The documents of a source; what cannot be read is a Failure among them, and nothing is raised.

    An error in one record costs that record; an error in a file's frame costs what comes after it.
    """
    options = options or ReadOptions()
    if source.problem is not None:
        yield source.problem
        return
    about = dict(source.about)
    seen: set[str] = set()
    try:
        for item in _items(source, options):
            if isinstance(item, Draft):
                item = _finished(item, source.label, about, options)
            yield _distinct(item, source, seen) if isinstance(item, Draft) else item
    except Exception as error:  # whatever a library raises for bytes that are not what they seem
        yield failure(source.label, error)


def _finished(draft: Draft, label: str, about: Mapping[str, About], options: ReadOptions) -> Draft | Failure:
    label = label if draft.member is None else f"{label}#{draft.member}"
    try:
        return finish(draft, about.get(draft.member or ""), options)
    except Exception as error:  # one record's fault is not the others'
        return failure(label, error)


def _distinct(draft: Draft, source: Source, seen: set[str]) -> Draft:
    """The draft under a name of its own: a second record with the same id goes by its place."""
    if (name := document_id(source, draft)) in seen:
        doubt = Warning(kind="duplicate-id", detail=f"an earlier record has the id «{shown(name)}» too")
        draft = structs.replace(draft, id=None, warnings=(*draft.warnings, doubt))
    seen.add(document_id(source, draft))
    return draft


def _items(source: Source, options: ReadOptions) -> Iterator[Draft | Failure]:
    """What the readers make of a source, whatever its size."""
    if source.size > options.max_bytes:
        with _stream(source, options) as stream:
            yield from large.read(stream, source.label, source.size, options)
        return
    if source.inside is None:
        with open(source.file, "rb") as file:
            data = file.read()
    else:
        archive, info = _member(source)
        data = zips.unpack(archive, info, options)
    for item in _documents(data, source.label, options, options.max_depth - (source.inside is not None)):
        if isinstance(item, Draft) and item.original is None:
            item = structs.replace(item, original=data)
        yield item


def _stream(source: Source, options: ReadOptions) -> IO[bytes]:
    if source.inside is None:
        return open(source.file, "rb")
    archive, info = _member(source)
    zips.refuse_unsafe(info, options)
    return archive.open(info)


def _member(source: Source) -> tuple[zipfile.ZipFile, zipfile.ZipInfo]:
    archive, infos = _opened(source.file, os.stat(source.file).st_mtime_ns)
    if (info := infos.get(source.inside or "")) is None:
        raise UnreadableDocument("is no longer in its zip file; build again.")
    return archive, info


@lru_cache(maxsize=2)
def _opened(file: str, changed: int) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """A zip file kept open: its members are read one after the other."""
    archive = zipfile.ZipFile(file)
    return archive, {info.filename: info for info in archive.infolist()}


def _documents(data: bytes, label: str, options: ReadOptions, depth: int) -> Iterator[Draft | Failure]:
    """The drafts of some bytes, by what the bytes are."""
    if not data:
        raise UnreadableDocument("is empty.")
    form = recognise(data, label)
    if form is Format.ZIP:
        yield from _members(data, label, options, depth)
        return
    if form is Format.GZIP and not gzip.holds_warc(data):
        yield from _documents(gzip.unpack(data, options), label.removesuffix(".gz"), options, depth)
        return
    promised = from_name(label)
    doubt: tuple[Warning, ...] = ()
    if promised not in (None, form, Format.GZIP):
        doubt = (Warning(kind="wrong-extension", detail=f"the file is named {promised} and is {form}"),)
    for item in _reader(form)(data, label, options):
        yield structs.replace(item, warnings=item.warnings + doubt) if doubt and isinstance(item, Draft) else item


def _members(data: bytes, label: str, options: ReadOptions, depth: int) -> Iterator[Draft | Failure]:
    """The documents of a zip file that lies inside another one or has another name."""
    if depth <= 0:
        raise UnreadableDocument(f"lies {options.max_depth} zip files deep; unpack the outer ones first.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zips.BROKEN as error:
        raise UnreadableDocument(f"is a damaged zip file: {error}.") from error
    with archive:
        for name, inside in zips.walk(archive, options):
            at = f"{label}#{name}"
            try:
                if isinstance(inside, UnreadableDocument):
                    raise inside
                for item in _documents(inside, at, options, depth - 1):
                    yield _moved(item, name, inside) if isinstance(item, Draft) else item
            except Exception as error:  # one member's fault is not the others'
                yield failure(at, error)


def _moved(draft: Draft, name: str, inside: bytes) -> Draft:
    """A member's draft as the archive's own."""
    member = name if draft.member is None else f"{name}#{draft.member}"
    return structs.replace(draft, member=member, original=inside if draft.original is None else draft.original)


Reader = Callable[[bytes, str, ReadOptions], Iterator[Draft | Failure]]


def _reader(form: Format) -> Reader:
    """The reader of a format; imported when first needed, as some take a third of a second to load."""
    match form:
        case Format.JSON:
            from riwaya.readers.json import read
        case Format.CSV:
            from riwaya.readers.csv import read
        case Format.HTML:
            from riwaya.readers.html import read
        case Format.PDF:
            from riwaya.readers.pdf import read
        case Format.DOCX:
            from riwaya.readers.docx import read
        case Format.PARQUET:
            from riwaya.readers.parquet import read
        case Format.WARC | Format.GZIP:
            from riwaya.readers.warc import read
        case _:
            from riwaya.readers.text import read
    return read
