"""Digests of many values at once, as arrays of numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from riwaya.text.rows import Rows

Hashes = npt.NDArray[np.uint64]


def mixed(values: Hashes) -> Hashes:
    """Numbers stirred, so that their sums tell them apart (splitmix64).

    >>> mixed(np.array([0, 1], dtype=np.uint64)).tolist()
    [16294208416658607535, 10451216379200822465]
    """
    with np.errstate(over="ignore"):
        mixed = values + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


def sums(rows: Rows, digests: Hashes) -> Hashes:
    """A digest of what every node has, in whatever order: the sum of the digests of its numbers, stirred.

    >>> some, others = Rows.of(["ab"]), Rows(np.array([0, 2]), np.array([1, 0]))
    >>> (sums(some, mixed(np.arange(2))) == sums(others, mixed(np.arange(2)))).tolist()
    [True]
    """
    total = np.append(np.uint64(0), np.cumsum(mixed(digests)[rows.items], dtype=np.uint64))
    return total[rows.starts[1:]] - total[rows.starts[:-1]]
