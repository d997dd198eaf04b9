"""Parquet: a row is a record, read as a line of JSON Lines would be."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from riwaya.errors import UnreadableDocument
from riwaya.model import Failure
from riwaya.readers import json as records
from riwaya.readers.draft import Draft
from riwaya.readers.options import ReadOptions

__all__ = ["read"]

ROWS = 5_000
"""Rows that are in memory at a time."""


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Draft | Failure]:
    """The documents of a Parquet file; a row's number, counted from 1, is where in the file it lies."""
    yield from read_stream(io.BytesIO(data), path, options)


def read_stream(stream: IO[bytes], path: str, options: ReadOptions) -> Iterator[Draft | Failure]:
    """The same of a file of any size; UnreadableDocument where it is damaged."""
    first = 1
    try:
        for batch in pq.ParquetFile(stream).iter_batches(ROWS):
            lines = b"\n".join(
                json.dumps(row, ensure_ascii=False, default=_plain).encode() for row in batch.to_pylist()
            )
            yield from records.read_lines(lines, path, options, first=first)
            first += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise UnreadableDocument(f"is a damaged Parquet file: {error}.") from error


def _plain(value: Any) -> str:
    """What JSON has no form for, as text: dates as people write them, bytes as the letters they are."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
