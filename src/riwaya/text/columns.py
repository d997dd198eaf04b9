"""Rows of several kinds about the same nodes, their values held once in tables: what a case says as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from msgspec import Struct

from riwaya.text.rows import Ints, Numbers, Rows

N = TypeVar("N", bound=Struct)
"""Tables: a list of values in each field."""


def joined(
    kind: type[N], parts: Sequence[tuple[N, Mapping[str, Rows]]], named: Mapping[str, str]
) -> tuple[N, dict[str, Rows]]:
    """Portions, each with its own tables, one after the other with tables in common.

    `named` says which rows hold numbers of values, and of which table; the others stand for themselves.
    """
    known: dict[str, Numbers[Any]] = {name: Numbers() for name in kind.__struct_fields__}
    rows: dict[str, list[Rows]] = {name: [] for name in parts[0][1]}
    for tables, own in parts:
        numbers = {name: known[name].of(getattr(tables, name)) for name in known}
        for name, row in own.items():
            rows[name].append(Rows(row.starts, numbers[named[name]][row.items]) if name in named else row)
    return kind(*map(list, known.values())), {name: Rows.joined(some) for name, some in rows.items()}


def used(tables: N, rows: Mapping[str, Rows], named: Mapping[str, str]) -> tuple[N, dict[str, Rows]]:
    """The same without values that no row holds any more."""
    kept: dict[str, list[Any]] = {}
    found = dict(rows)
    for table in tables.__struct_fields__:
        own = [name for name, of in named.items() if of == table]
        values = getattr(tables, table)
        held = np.zeros(len(values), dtype=bool)
        for name in own:
            held[rows[name].items] = True
        numbers = np.cumsum(held) - 1
        for name in own:
            found[name] = Rows(rows[name].starts, numbers[rows[name].items])
        kept[table] = [value for value, stays in zip(values, held.tolist(), strict=True) if stays]
    return type(tables)(**kept), found


def packed(rows: Mapping[str, Rows]) -> dict[str, tuple[bytes, bytes]]:
    """Rows as bytes, to be kept: how many numbers each node has, and the numbers, as narrow as they can be."""
    return {name: (_narrow(np.diff(row.starts)), _narrow(row.items)) for name, row in rows.items()}


def unpacked(data: Mapping[str, tuple[bytes, bytes]]) -> dict[str, Rows]:
    """The rows again.

    >>> unpacked(packed({"a": Rows.of(["ab", "", "c"])}))["a"].items.tolist()
    [0, 1, 2]
    """
    return {name: Rows(np.r_[0, np.cumsum(_wide(sizes))], _wide(items)) for name, (sizes, items) in data.items()}


WIDTHS = tuple(np.dtype(f"<i{width}") for width in (1, 2, 4, 8))


def _narrow(numbers: Ints) -> bytes:
    """Numbers in as few bytes each as will do; the first byte says in how many."""
    low, high = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    width = next(w for w in WIDTHS if np.iinfo(w).min <= low and high <= np.iinfo(w).max)
    return bytes([width.itemsize]) + numbers.astype(width).tobytes()


def _wide(data: bytes) -> Ints:
    return np.frombuffer(data, np.dtype(f"<i{data[0]}"), offset=1).astype(np.int64)
