"""Parquet: one file per layer, nested as in JSON Lines, for polars, DuckDB, Spark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from riwaya.case import Case
from riwaya.case.layers import MAKERS, rows

ROWS = 20_000
"""In one row group: what is in memory at a time."""


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `LAYER.parquet` for every layer; a value that has structure is JSON in a string column.

    Structure as JSON keeps the columns of a layer the same in every case, whether or not it holds a row.
    """
    written = []
    for layer in layers or MAKERS:
        path = folder / f"{layer}.parquet"
        writer: pq.ParquetWriter | None = None
        group: list[dict[str, Any]] = []
        for row in rows(case, layer):
            group.append({key: flat(value) for key, value in row.items()})
            if len(group) == ROWS:
                writer = _write(writer, path, group)
                group = []
        writer = _write(writer, path, group)
        if writer:
            writer.close()
            written.append(path)
    return written


def _write(writer: pq.ParquetWriter | None, path: Path, group: list[dict[str, Any]]) -> pq.ParquetWriter | None:
    if not group:
        return writer
    if writer is None:
        writer = pq.ParquetWriter(path, pa.schema([(key, kind(key)) for key in group[0]]), compression="zstd")
    writer.write_table(pa.Table.from_pylist(group, schema=writer.schema))
    return writer


def flat(value: Any) -> Any:
    """A value as one column holds it.

    >>> flat({"a": [1]}), flat("x"), flat(None)
    ('{"a":[1]}', 'x', None)
    """
    return msgspec.json.encode(value).decode("utf-8") if isinstance(value, list | tuple | dict) else value


NUMBERS = {
    **dict.fromkeys(("start", "end", "characters", "documents", "origin"), pa.int64()),
    **dict.fromkeys(("similarity", "confidence", "share", "lat", "lon", "low", "high"), pa.float64()),
    **dict.fromkeys(("credited", "approx"), pa.bool_()),
}
"""Columns that are not text."""


def kind(key: str) -> pa.DataType:
    return NUMBERS.get(key, pa.string())
