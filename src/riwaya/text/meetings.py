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
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    if keys.size:
        first = np.r_[True, (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])]
        keys, owners = keys[first], owners[first]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if keys.size else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, keys.size])
    found: list[npt.NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    for size in np.unique(sizes).tolist():
        if 2 <= size <= crowd:
            rows = owners[starts[sizes == size][:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            found.append((rows[:, left] << 32 | rows[:, right]).ravel())
    return np.concatenate(found)
