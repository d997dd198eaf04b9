"""A gzip file is the file inside it; a web archive is read by its own reader, member by member."""

from __future__ import annotations

import gzip
import io
import zlib

from riwaya.errors import UnreadableDocument
from riwaya.readers.options import ReadOptions
from riwaya.readers.zip import bounded

__all__ = ["holds_warc", "unpack"]

BROKEN = (OSError, EOFError, zlib.error)


def holds_warc(data: bytes) -> bool:
    """Does the compressed file begin as a WARC does?"""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[:4096], 5) == b"WARC/"
    except zlib.error:
        return False


def unpack(data: bytes, options: ReadOptions) -> bytes:
    """What is inside; UnreadableDocument when it is damaged or grows as only a bomb does."""
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            return bounded(stream, len(data), options)
    except BROKEN as error:
        raise UnreadableDocument(f"is a damaged gzip file: {error}.") from error
