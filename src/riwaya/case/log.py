"""The append-only log: each entry holds the hash of the one before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

START = "0" * 64
"""What the first entry names as the one before."""


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that was done to the case."""

    number: int
    at: str
    by: str
    kind: str
    entry: str
    previous: str
    hash: str

    @property
    def said(self) -> dict[str, Any]:
        values: dict[str, Any] = msgspec.json.decode(self.entry)
        return values


_COLUMNS = ", ".join(Entry.__struct_fields__)


def digest(number: int, at: str, by: str, kind: str, entry: str, previous: str) -> str:
    return sha256("\x1f".join((str(number), at, by, kind, entry, previous)).encode("utf-8")).hexdigest()


def append(connection: sqlite3.Connection, by: str, kind: str, values: dict[str, Any]) -> None:
    """Adds an entry; the caller's transaction makes it last."""
    row = connection.execute("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1").fetchone()
    number, previous = (row[0] + 1, row[1]) if row else (1, START)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    entry = msgspec.json.encode(values, order="sorted").decode("utf-8")
    connection.execute(
        "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, at, by, kind, entry, previous, digest(number, at, by, kind, entry, previous)),
    )


def entries(connection: sqlite3.Connection, kind: str | None = None, last: bool = False) -> Iterator[Entry]:
    """The entries in order, all or those of a kind, or only the last."""
    wanted = "1" if kind is None else "kind = ?"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM log WHERE {wanted} ORDER BY number {'DESC LIMIT 1' if last else ''}",
        () if kind is None else (kind,),
    )
    for row in rows:
        yield Entry(**dict(zip(Entry.__struct_fields__, row, strict=True)))


def _entry(connection: sqlite3.Connection, number: int) -> Entry:
    row = connection.execute(f"SELECT {_COLUMNS} FROM log WHERE number = ?", (number,)).fetchone()
    return Entry(**dict(zip(Entry.__struct_fields__, row, strict=True)))


def first_fault(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the chain, in a sentence; None when it is whole."""
    previous = START
    numbers = [number for (number,) in connection.execute("SELECT number FROM log ORDER BY number")]
    for count, number in enumerate(numbers, start=1):
        try:
            entry = _entry(connection, number)
        except sqlite3.OperationalError:  # what is no UTF-8 any more
            return f"log: entry {number} was altered"
        if entry.number != count:
            return f"log: entry {count} is missing"
        if entry.previous != previous:
            return f"log: entry {entry.number} does not follow the one before it"
        if entry.hash != digest(entry.number, entry.at, entry.by, entry.kind, entry.entry, entry.previous):
            return f"log: entry {entry.number} was altered"
        previous = entry.hash
    return None


def sealed(connection: sqlite3.Connection) -> dict[str, str] | None:
    """The digests of the parts of the case as the last run that ended left them; None when none did."""
    row = connection.execute("SELECT entry FROM log WHERE kind = 'run' ORDER BY number DESC LIMIT 1").fetchone()
    digests: dict[str, str] | None = msgspec.json.decode(row[0]).get("sealed") if row else None
    return digests
