"""Parquet: one file per layer, nested as in JSON Lines, for polars, DuckDB, Spark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from riwaya.case import Case
from riwaya.case.layers import MAKERS, rows
from riwaya.model import ACROSS, LAYERS

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
                writer = _write(writer, path, group, layer)
                group = []
        writer = _write(writer, path, group, layer)
        if writer:
            writer.close()
            written.append(path)
    return written


def _write(
    writer: pq.ParquetWriter | None, path: Path, group: list[dict[str, Any]], layer: str
) -> pq.ParquetWriter | None:
    if not group:
        return writer
    if writer is None:
        writer = pq.ParquetWriter(path, pa.schema(list(columns(layer, list(group[0])).items())), compression="zstd")
    writer.write_table(pa.Table.from_pylist(group, schema=writer.schema))
    return writer


def flat(value: Any) -> Any:
    """A value as one column holds it.

    >>> flat({"a": [1]}), flat("x"), flat(None)
    ('{"a":[1]}', 'x', None)
    """
    return msgspec.json.encode(value).decode("utf-8") if isinstance(value, list | tuple | dict) else value


KINDS = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
OWN = {"start": pa.int64(), "end": pa.int64(), "characters": pa.int64()}
"""Columns of rows that no field of the type is named after."""


def columns(layer: str, keys: Sequence[str]) -> dict[str, pa.DataType]:
    """The type of each column of a layer, as its type declares it: text, unless it is a number or a truth.

    >>> columns("quantities", ["low", "unit", "approx"])
    {'low': DataType(double), 'unit': DataType(string), 'approx': DataType(bool)}
    """
    made = LAYERS.get(layer) or ACROSS.get(layer)
    declared = get_type_hints(made) if made else {}
    return {key: OWN.get(key) or _kind(declared.get(key)) for key in keys}


def _kind(declared: Any) -> pa.DataType:
    parts = [part for part in (get_args(declared) or (declared,)) if part is not type(None)]
    if get_origin(declared) is not tuple and parts and all(part in KINDS for part in parts):
        return pa.float64() if float in parts else KINDS[parts[0]]
    return pa.string()
