"""Runs of n words and their hashes, as arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_FACTOR = np.uint64(0x100000001B3)
_MIX = np.uint64(0x94D049BB133111EB)
BLOCK = 1 << 15
"""Runs that are hashed in one sweep: what fits the cache of a processor."""


def shingles(hashes: npt.NDArray[np.uint64], n: int) -> npt.NDArray[np.uint64]:
    """The hash of every run of `n` words; the run at i starts with word i.

    >>> a = shingles(np.array([5, 7, 9, 5, 7], dtype=np.uint64), 2)
    >>> a.size, bool(a[0] == a[3])
    (4, True)

    Order counts; fewer than `n` words give an empty array.
    """
    count = hashes.size - n + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    mixed = hashes[:count].copy()
    with np.errstate(over="ignore"):
        for start in range(0, count, BLOCK):
            stop = min(start + BLOCK, count)
            some = mixed[start:stop]  # changed in place
            for k in range(1, n):
                some *= _FACTOR
                some += hashes[start + k : stop + k]
            some ^= some >> np.uint64(30)
            some *= _MIX
            some ^= some >> np.uint64(31)
    return mixed
