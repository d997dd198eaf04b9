"""What pages ask of a case: counts, lists in parts and small shapes of layers, without reading texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from riwaya.case import search
from riwaya.case.case import Case, marks

S = TypeVar("S", bound=Struct)


class Slip(Struct, frozen=True, kw_only=True):
    """A document as a page names it: `key` stands in addresses in place of the id."""

    id: str
    key: str
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    characters: int = 0
    warnings: int = 0


class Wanted(Struct, frozen=True, kw_only=True):
    """Which documents a list is about; None and False mean any."""

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    warnings: bool = False
    ids: tuple[str, ...] | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """A condition on `documents d`, and its values."""
        tests: list[tuple[str, Any]] = []
        if self.outlet is not None:
            tests.append(("coalesce(d.outlet, '') = ?", self.outlet))
        if self.since:
            tests.append(("d.published >= ?", self.since))
        if self.until:
            tests.append(("substr(d.published, 1, length(?)) <= ?", self.until))
        if self.ids is not None:
            tests.append(("d.id IN (SELECT value FROM json_each(?))", msgspec.json.encode(self.ids).decode()))
        values = [value for test, value in tests for _ in range(test.count("?"))]
        conditions = [test for test, _ in tests] + (["d.warnings > 0"] if self.warnings else [])
        return " AND ".join(conditions) or "1", values


class Facets(Struct, frozen=True, kw_only=True):
    """How many documents there are, by outlet («» where it is not known) and by day of publication."""

    total: int
    outlets: dict[str, int]
    days: dict[str, int]
    undated: int
    warned: int


ORDERS = {
    "date": "d.published IS NULL, d.published, d.id",
    "newest": "d.published IS NULL, d.published DESC, d.id",
    "outlet": "d.outlet IS NULL, d.outlet, d.published, d.id",
    "title": "d.title IS NULL, d.title, d.id",
    "length": "d.characters DESC, d.id",
}
"""How a list of documents may be sorted."""

_SLIP = ", ".join(f"d.{name}" for name in Slip.__struct_fields__)


def stamp(case: Case) -> int:
    """Changes when a build has ended; a decision does not change it."""
    row = case.connection.execute(
        "SELECT number FROM log WHERE kind != 'decision' ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return int(row[0]) if row else 0


def slips(case: Case, wanted: Wanted, order: str = "date", limit: int = 50, offset: int = 0) -> list[Slip]:
    """A part of the list of documents."""
    condition, values = wanted.sql()
    rows = case.connection.execute(
        f"SELECT {_SLIP} FROM documents d WHERE {condition} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [_slip(row) for row in rows]


def slips_of(case: Case, ids: Iterable[str]) -> dict[str, Slip]:
    """The documents of some ids; those that are not in the case are left out."""
    listed = msgspec.json.encode(sorted(set(ids))).decode()
    rows = case.connection.execute(
        f"SELECT {_SLIP} FROM json_each(?) j JOIN documents d ON d.id = j.value ORDER BY d.id", (listed,)
    )
    return {slip.id: slip for slip in map(_slip, rows)}


def slip_of_key(case: Case, key: str) -> Slip | None:
    row = case.connection.execute(f"SELECT {_SLIP} FROM documents d WHERE d.key = ?", (key,)).fetchone()
    return _slip(row) if row else None


def _slip(row: Sequence[Any]) -> Slip:
    return Slip(**dict(zip(Slip.__struct_fields__, row, strict=True)))


def facets(case: Case, wanted: Wanted | None = None, query: search.Query | None = None) -> Facets:
    """Counts of the documents that are wanted and, where there is a query, match it."""
    source, values = _source(wanted or Wanted(), query)
    outlets: dict[str, int] = {}
    days: dict[str, int] = {}
    total = warned = undated = 0
    rows = case.connection.execute(
        "SELECT coalesce(d.outlet, ''), substr(d.published, 1, 10), count(*), sum(d.warnings > 0)"
        f" FROM {source} GROUP BY 1, 2",
        values,
    )
    for outlet, day, count, with_warnings in rows:
        total += count
        warned += with_warnings
        outlets[outlet] = outlets.get(outlet, 0) + count
        if day is None:
            undated += count
        else:
            days[day] = days.get(day, 0) + count
    return Facets(
        total=total,
        outlets=dict(sorted(outlets.items(), key=lambda kv: (-kv[1], kv[0]))),
        days=dict(sorted(days.items())),
        undated=undated,
        warned=warned,
    )


def matches(case: Case, query: search.Query, wanted: Wanted, limit: int, offset: int) -> list[str]:
    """The ids of the wanted documents that match a query, best first."""
    source, values = _source(wanted, query)
    rows = case.connection.execute(
        f"SELECT d.id FROM {source} ORDER BY s.rank, d.number LIMIT ? OFFSET ?", (*values, limit, offset)
    )
    return [id for (id,) in rows]


def _source(wanted: Wanted, query: search.Query | None) -> tuple[str, list[Any]]:
    condition, values = wanted.sql()
    if query is None:
        return f"documents d WHERE {condition}", values
    joined = f"search s JOIN documents d ON d.number = s.rowid WHERE s.search MATCH ? AND {condition}"
    return joined, [query.to_fts(), *values]


# --- small shapes of layers ----------------------------------------------------------------------------------------


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def across(case: Case, layer: str, shape: type[S], filled: str | None = None) -> Iterator[S]:
    """The findings of a layer about the case as a whole, in a type that names only the fields that are needed; those
    in which no list of the name `filled` holds anything are passed over without being unpacked."""
    decoder = _decoder(list[shape])  # type: ignore[valid-type]  # a type made at run time
    holds = holding(filled) if filled else None
    for (data,) in case.connection.execute("SELECT data FROM across WHERE layer = ? ORDER BY key", (layer,)):
        if holds is None or holds.search(data):
            yield from decoder.decode(data)


def holding(field: str) -> re.Pattern[bytes]:
    """Finds, in what msgpack wrote, a field that is a list and not empty.

    >>> [bool(holding("when").search(msgspec.msgpack.encode({"when": when}))) for when in ([], ["2016"], "2016")]
    [False, True, False]
    """
    return re.compile(re.escape(msgspec.msgpack.encode(field)) + rb"[\x91-\x9f\xdc\xdd]")


def across_some(case: Case, layer: str, shape: type[S], keys: Sequence[str]) -> Iterator[S]:
    """Those of some keys, which may be missing."""
    decoder = _decoder(list[shape])  # type: ignore[valid-type]  # as above
    rows = case.connection.execute(
        f"SELECT data FROM across WHERE layer = ? AND key IN ({marks(keys)}) ORDER BY key", (layer, *keys)
    )
    for (data,) in rows.fetchall():
        yield from decoder.decode(data)
