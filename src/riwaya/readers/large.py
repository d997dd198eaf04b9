"""Files too large to be held at once: web archives, JSON Lines and Parquet are read as they come, others are refused.

What may not be large is one document; a crawl of a gigabyte and a year of articles in one file are quite usual.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from riwaya.errors import UnreadableDocument
from riwaya.model import Failure
from riwaya.readers import gzip
from riwaya.readers.draft import Draft
from riwaya.readers.formats import Format, from_name
from riwaya.readers.options import ReadOptions
from riwaya.readers.zip import too_large

__all__ = ["read"]

HEAD = 4096
BLOCK = 16_000_000
"""Bytes of JSON Lines that are read in one go."""


def read(stream: IO[bytes], path: str, size: int, options: ReadOptions) -> Iterator[Draft | Failure]:
    """The documents of a large file, in the order it holds them; UnreadableDocument when it must be in one piece."""
    head = stream.read(HEAD)
    stream.seek(0)
    if head.startswith(b"WARC/") or gzip.holds_warc(head):
        from riwaya.readers import warc  # late: it brings the HTML and PDF libraries with it

        yield from warc.read_stream(stream, path, options)
    elif head.startswith(b"PAR1"):
        from riwaya.readers import parquet

        yield from parquet.read_stream(stream, path, options)
    elif from_name(path) is Format.JSON and head.lstrip()[:1] == b"{" and b"\n" in head + stream.read(BLOCK):
        stream.seek(0)
        yield from _json_lines(stream, path, options)
    else:
        raise UnreadableDocument(too_large(size, options))


def _json_lines(stream: IO[bytes], path: str, options: ReadOptions) -> Iterator[Draft | Failure]:
    from riwaya.readers import json

    first = 1
    while block := stream.read(BLOCK):
        block += stream.readline(options.max_bytes)
        if not block.endswith(b"\n") and len(block) > options.max_bytes:
            raise UnreadableDocument(f"has a record of more than {options.max_bytes / 1e6:,.0f} MB after line {first}.")
        yield from json.read_lines(block, path, options, first=first)
        first += block.count(b"\n")
