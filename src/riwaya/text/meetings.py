"""Who meets whom over a shared key: pairs by one sort, without a table of keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from riwaya.text.mixing import mixed

LOW = 0xFFFFFFFF
"""The half of a packed pair that holds its second number."""


AT_ONCE = 1_000_000
"""Meetings that are given at once, about."""
Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]


def meetings(keys: Keys, owners: Ints, crowd: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of owners under one key, packed as `first << 32 | second`, the smaller first, and how many keys they share.

    >>> keys, owners = np.array([7, 9, 7, 9, 9], dtype=np.uint64), np.array([0, 0, 2, 3, 1])
    >>> [(pair >> 32, pair & LOW) for pairs, _ in meetings(keys, owners, crowd=2) for pair in pairs.tolist()]
    [(0, 2)]

    They come sorted, some at a time, and never are all of them held. An owner given twice stands there once. Keys with
    more than `crowd` owners bring nobody together.
    """
    owners, ends = _heaps(keys, owners, crowd)
    places = np.argsort(owners, kind="stable")
    partners = ends[places] - places - 1
    places, partners = places[partners > 0], partners[partners > 0]
    turns = np.flatnonzero(_changes(owners[places]))
    portions = np.cumsum(np.add.reduceat(partners, turns)) // AT_ONCE if turns.size else turns
    for first, end in zip(*_stretches(portions), strict=True):
        some = slice(turns[first], turns[end] if end < turns.size else places.size)
        sizes, begins = partners[some], places[some] + 1
        others = np.repeat(begins - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        met = np.sort(np.repeat(owners[places[some]], sizes) << 32 | owners[others])
        at = np.flatnonzero(_changes(met))
        yield met[at], np.diff(np.r_[at, met.size])


def _heaps(keys: Keys, owners: Ints, crowd: int) -> tuple[Ints, Ints]:
    """The owners of each key one after the other, in order, and for each where its key ends.

    Key and owner share a number, so that one sort will do; of the key as many bits stay as the owners leave.
    """
    bits = np.uint64(int(owners.max(initial=1)).bit_length())
    packed = np.sort(mixed(keys) >> bits << bits | owners.astype(np.uint64))
    packed = packed[_changes(packed)]
    starts = np.flatnonzero(_changes(packed >> bits))
    sizes = np.diff(np.r_[starts, packed.size])
    kept = np.repeat((sizes > 1) & (sizes <= crowd), sizes)
    sizes = sizes[(sizes > 1) & (sizes <= crowd)]
    found = (packed[kept] & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    return found, np.repeat(np.cumsum(sizes), sizes)


def _stretches(values: Ints) -> tuple[Ints, Ints]:
    """Where each stretch of equal values begins and ends."""
    begins = np.flatnonzero(_changes(values))
    return begins, np.r_[begins[1:], values.size] if values.size else begins


def distinct(numbers: Ints) -> Ints:
    """Numbers in order, without repetition; `np.unique` looks them up in a table, which for millions takes far longer.

    >>> distinct(np.array([5, 3, 5])).tolist()
    [3, 5]
    """
    numbers = np.sort(numbers)
    return numbers[_changes(numbers)]


def _changes(numbers: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Where another number begins."""
    changed: npt.NDArray[np.bool_] = np.r_[True, numbers[1:] != numbers[:-1]][: numbers.size]
    return changed
