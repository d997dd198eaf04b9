"""Findings on their way into the case: in order of key, whatever the order they come in, and never all in memory.

In order they are written fastest and lie closest. Of many a portion is sorted at a time and laid into a file that goes
when it is closed; in the end the portions are merged.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from tempfile import TemporaryFile
from typing import IO

import msgspec

from riwaya.case.packing import pack_one
from riwaya.model import Across, Packed, Stands

PORTION = 32_000_000
"""Bytes that are sorted at a time."""
BESIDE = 200
"""Bytes that a finding takes beside its own."""
Place = tuple[str, str]
"""Layer and key."""
Given = tuple[Place, bytes]


def in_order(values: Iterable[Across | Packed | Stands]) -> Iterator[tuple[Place, bytes | None]]:
    """For each place in order all that is given for it, packed as the case keeps it; None where what is kept stands.

    >>> [place for place, data in in_order([Stands("events", "b"), Stands("claims", "c"), Stands("events", "a")])]
    [('claims', 'c'), ('events', 'a'), ('events', 'b')]
    """
    files: list[IO[bytes]] = []
    try:
        portion: list[Given] = []
        size = 0
        for value in values:
            data = b"" if isinstance(value, Stands) else value.data if isinstance(value, Packed) else pack_one(value)
            portion.append(((value.layer, value.key), data))
            size += len(data) + BESIDE
            if size > PORTION:
                files.append(_laid(portion))
                portion, size = [], 0
        portion.sort(key=_place)
        for place, some in groupby(merge(*map(_read, files), portion, key=_place), key=_place):
            given = [data for _, data in some if data]
            yield place, _as_list(given) if given else None
    finally:
        for file in files:
            file.close()


def _place(given: Given) -> Place:
    return given[0]


def _laid(portion: list[Given]) -> IO[bytes]:
    file = TemporaryFile(prefix="riwaya-")  # noqa: SIM115  # read when all portions are merged, and closed then
    for given in sorted(portion, key=_place):
        pickle.dump(given, file)
    file.seek(0)
    return file


def _read(file: IO[bytes]) -> Iterator[Given]:
    while True:
        try:
            yield pickle.load(file)
        except EOFError:
            return


def _as_list(packed: list[bytes]) -> bytes:
    """Values that are packed each by itself, as one packed list."""
    return msgspec.msgpack.encode([msgspec.Raw(data) for data in packed])
