"""How often each key is mentioned, in which words and where, kept so that a case that grows counts only what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Raw, Struct

from riwaya.stages.entities.local import Local

MOST = 50_000
"""Tallies that are open at a time; the others are packed, which takes a fifth of the room."""
Row = tuple[str, str, str, str, str]
"""Words of a mention, outlet, kind, level and why it means this key."""


class Tally(Struct, array_like=True):
    """The mentions of a key: how many of each sort, and the place of the first among those of every document."""

    rows: list[tuple[str, str, str, str, str, int]]
    docs: dict[str, int]

    def counted(self) -> Counter[Row]:
        return Counter({row[:5]: row[5] for row in self.rows})


class Entry(Struct, array_like=True, gc=False):
    """A key in short: its mentions, the first document that has it, its place there, and its tally, packed."""

    count: int
    doc: str
    place: int
    tally: Raw


class Open:
    """A tally that is being changed."""

    def __init__(self, tally: Tally | None) -> None:
        self.rows = tally.counted() if tally else Counter[Row]()
        self.docs = tally.docs if tally else {}

    def closed(self) -> Entry:
        rows = sorted((*row, count) for row, count in self.rows.items() if count)
        doc = min(self.docs)
        packed = Raw(msgspec.msgpack.encode(Tally(rows, self.docs)))
        return Entry(sum(row[5] for row in rows), doc, self.docs[doc], packed)


class Tallies:
    """The tallies of all keys; `changed` are those of keys whose mentions were added or taken away."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = dict(entries)
        self.changed: set[str] = set()
        self._open: dict[str, Open] = {}

    def add(self, doc: str, outlet: str, found: Iterable[Local]) -> None:
        """Counts the mentions of a document, in order of place."""
        for place, local in enumerate(found):
            tally = self._opened(local.key)
            tally.rows[row_of(local, outlet)] += 1
            tally.docs.setdefault(doc, place)
        if len(self._open) > MOST:
            self.close()

    def remove(self, doc: str, outlet: str, found: Iterable[Local]) -> None:
        """Takes back what was added for a document."""
        for local in found:
            tally = self._opened(local.key)
            tally.rows[row_of(local, outlet)] -= 1
            tally.docs.pop(doc, None)

    def close(self) -> None:
        """Sums up what was opened."""
        for key, tally in self._open.items():
            if tally.docs:
                self.entries[key] = tally.closed()
            else:
                self.entries.pop(key, None)
        self._open.clear()

    def of(self, key: str) -> Tally:
        return msgspec.msgpack.decode(self.entries[key].tally, type=Tally)

    def in_order(self) -> list[str]:
        """The keys in the order in which the documents bring them up."""
        return sorted(self.entries, key=lambda key: (self.entries[key].doc, self.entries[key].place))

    def _opened(self, key: str) -> Open:
        if key not in self._open:
            self._open[key] = Open(self.of(key) if key in self.entries else None)
            self.changed.add(key)
        return self._open[key]


def row_of(local: Local, outlet: str) -> Row:
    return " ".join(local.text.split()), outlet, local.kind, local.level, local.why


def merged(own: Sequence[Local], again: Sequence[Local]) -> Sequence[Local]:
    """The mentions of a document and the names that were found again, in order of place."""
    return sorted([*own, *again], key=lambda local: (local.start, local.end)) if again else own
