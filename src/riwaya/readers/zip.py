"""A zip file is a folder: its members are listed and unpacked within limits, and never written to disk."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Protocol

from riwaya.errors import UnreadableDocument
from riwaya.readers.formats import is_wacz
from riwaya.readers.options import ReadOptions

__all__ = ["BROKEN", "is_hidden", "member_name", "members", "unpack"]

BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError)
"""What the zip module raises for damaged, exotic or encrypted files."""
ENCRYPTED = 0x1
UTF8 = 0x800
SLACK = 1_000_000
"""Bytes that a member may always have, however small it is packed."""

ASIDE = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
ASSETS = frozenset({".css", ".js", ".map", ".ico", ".svg", ".woff", ".woff2", ".ttf", ".eot"})


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes: ...


def is_hidden(name: str) -> bool:
    """Is a file one that nobody wrote to be read: hidden, a lock, a page's style or script?

    >>> is_hidden(".DS_Store"), is_hidden("~$draft.docx"), is_hidden("page_files/ads.js"), is_hidden("a/news.html")
    (True, True, True, False)
    """
    parts = name.split("/")
    return os.path.splitext(parts[-1])[1].lower() in ASSETS or any(map(_is_aside, parts))


def _is_aside(part: str) -> bool:
    return part.lower() in ASIDE or part.startswith("~$") or (part.startswith(".") and not part.startswith(".."))


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members that can hold documents, by name; of a WACZ only its archives."""
    found = [info for info in archive.infolist() if not info.is_dir() and not is_hidden(member_name(info))]
    if is_wacz([info.filename for info in found]):
        found = [info for info in found if info.filename.startswith("archive/")]
    return sorted(found, key=member_name)


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name, also where the archiver wrote UTF-8 without saying so."""
    if info.flag_bits & UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, options: ReadOptions) -> bytes:
    """The bytes of a member; UnreadableDocument for one that is encrypted, unsafe, too large or damaged."""
    refuse_unsafe(info, options)
    if info.file_size > options.max_bytes:
        raise UnreadableDocument(too_large(info.file_size, options))
    try:
        with archive.open(info) as stream:
            return bounded(stream, info.compress_size, options)
    except BROKEN as error:
        if isinstance(error, UnreadableDocument):
            raise
        raise UnreadableDocument(f"is damaged in its zip file: {error}.") from error


def refuse_unsafe(info: zipfile.ZipInfo, options: ReadOptions) -> None:
    """UnreadableDocument for a member that is encrypted, points elsewhere, or is a bomb by its own account."""
    name = member_name(info)
    if ".." in PurePosixPath(name.replace("\\", "/")).parts or name.startswith(("/", "\\")) or name[1:2] == ":":
        raise UnreadableDocument("points outside of its zip file; it was left alone.")
    if info.flag_bits & ENCRYPTED:
        raise UnreadableDocument("is encrypted; unpack the zip file with its password first.")
    if info.file_size > max(SLACK, info.compress_size * options.max_expansion):
        raise UnreadableDocument(_bomb(info.compress_size, options))


def bounded(stream: Readable, packed: int, options: ReadOptions) -> bytes:
    """All that a compressed stream of `packed` bytes gives, unless it grows as only a bomb does."""
    limit = min(options.max_bytes, max(SLACK, packed * options.max_expansion))
    data = stream.read(limit + 1)
    if len(data) > limit:
        if limit == options.max_bytes:
            raise UnreadableDocument(too_large(None, options))
        raise UnreadableDocument(_bomb(packed, options))
    return data


def _bomb(packed: int, options: ReadOptions) -> str:
    return (
        f"unpacks to more than {options.max_expansion} times its {packed:,} bytes, as only a zip bomb does; "
        f"it was not unpacked."
    )


def too_large(size: int | None, options: ReadOptions) -> str:
    of = f", {size / 1e6:,.0f} MB" if size else ""
    return (
        f"is too large{of}: a single document may have {options.max_bytes / 1e6:,.0f} MB. "
        f"Split it, or give it as JSON Lines with one article a line."
    )


def walk(archive: zipfile.ZipFile, options: ReadOptions) -> Iterator[tuple[str, bytes | UnreadableDocument]]:
    """Every member's name with its bytes, or with why it has none."""
    room = max(SLACK, options.max_expansion * sum(i.compress_size for i in archive.infolist()))
    for info in members(archive):
        try:
            data = unpack(archive, info, options)
        except UnreadableDocument as error:
            yield member_name(info), error
            continue
        room -= len(data)
        if room < 0:  # members that share the same packed bytes
            raise UnreadableDocument("unpacks to far more than its size, as only a zip bomb does.")
        yield member_name(info), data
