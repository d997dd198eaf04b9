"""Who meets whom over a shared key: pairs by one sort, without a table of keys."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

LOW = 0xFFFFFFFF
"""The half of a packed pair that holds its second number."""


def meetings(keys: npt.NDArray[np.uint64], owners: npt.NDArray[np.int64], crowd: int) -> npt.NDArray[np.int64]:
    """Pairs of owners under one key, packed as `first << 32 | second`, the smaller first; once for each key they share.

    >>> met = meetings(np.array([7, 9, 7, 9, 9], dtype=np.uint64), np.array([0, 0, 2, 3, 1]), crowd=2)
    >>> [(pair >> 32, pair & LOW) for pair in met.tolist()]
    [(0, 2)]

    An owner given twice stands there once. Keys with more than `crowd` owners bring nobody together.
    """
    order = np.argsort(keys)
    keys = keys[order]
    heaps = np.cumsum(np.r_[False, keys[1:] != keys[:-1]][: keys.size], dtype=np.int64)
    standing = distinct(heaps << 32 | owners[order])
    owners = standing & LOW
    starts = np.flatnonzero(_changes(standing >> 32))
    sizes = np.diff(np.r_[starts, owners.size])
    found: list[npt.NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    for size in np.flatnonzero(np.bincount(sizes)[: crowd + 1]).tolist():
        if size >= 2:
            rows = owners[starts[sizes == size][:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            found.append((rows[:, left] << 32 | rows[:, right]).ravel())
    return np.concatenate(found)


def distinct(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Numbers in order, without repetition; `np.unique` looks them up in a table, which for millions takes far longer.

    >>> distinct(np.array([5, 3, 5])).tolist()
    [3, 5]
    """
    numbers = np.sort(numbers)
    return numbers[_changes(numbers)]


def _changes(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Where another number begins."""
    changed: npt.NDArray[np.bool_] = np.r_[True, numbers[1:] != numbers[:-1]][: numbers.size]
    return changed
