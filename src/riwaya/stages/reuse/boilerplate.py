"""What an outlet prints under all its articles: no reuse, though it is the same in hundreds of texts.

A run of words is boilerplate when it stands in several texts of one outlet and hardly anywhere else, at the same
distance from the end, or the start, of most of them, and most of these texts have words of their own beside. The last
keeps five thousand copies of one article from being taken for five thousand footers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from riwaya.stages.reuse.candidates import N, Runs, spreads
from riwaya.stages.reuse.strands import Ints, Strands

TEXTS, TEXTS_UNKNOWN = 5, 20
"""In so many texts of an outlet; the second where the outlet is not known."""
ALONE = 0.9
"""The outlet's share of the texts that have the run."""
FIXED = 0.5
"""The share of them where it stands at the same distance."""
OWN = 25
"""Words that an article has of its own."""


def boilerplate(strands: Strands, runs: Runs, outlets: Sequence[str | None]) -> Ints:
    """The numbers, through all texts, of the words in boilerplate."""
    codes = {outlet: code for code, outlet in enumerate(sorted({o for o in outlets if o}), 1)}
    outlet = np.array([codes.get(o or "", 0) for o in outlets], dtype=np.int64)
    firsts, counts = spreads(runs)
    sizes = np.diff(np.append(firsts, runs.groups.size))
    frequent = np.repeat(counts >= TEXTS, sizes)
    if not frequent.any():
        return np.zeros(0, dtype=np.int64)
    group = np.repeat(np.arange(firsts.size), sizes)[frequent]
    spread = np.repeat(counts, sizes)[frequent]
    position, doc = runs.positions[frequent], runs.docs[frequent]
    key = group * (len(codes) + 1) + outlet[doc]
    order = np.lexsort((position, key))
    key, position, doc, spread = key[order], position[order], doc[order], spread[order]
    fresh = np.append(True, key[1:] != key[:-1])
    starts = np.flatnonzero(fresh)
    sizes = np.diff(np.append(starts, key.size))
    texts = np.add.reduceat((fresh | np.append(True, doc[1:] != doc[:-1])).astype(np.int64), starts)
    least = np.where(outlet[doc[starts]] == 0, TEXTS_UNKNOWN, TEXTS)
    often = (texts >= least) & (texts >= ALONE * spread[starts])
    covered = words_of(position[np.repeat(often, sizes)], strands.hashes.size)
    own = np.diff(strands.bounds) - np.diff(np.append(0, np.cumsum(covered))[strands.bounds])
    has_own = np.add.reduceat((own[doc] >= OWN).astype(np.int64), starts) >= sizes / 2
    to_end = strands.bounds[doc + 1] - position
    from_start = position - strands.bounds[doc]
    fixed = np.maximum(_most_common(key, to_end, starts), _most_common(key, from_start, starts)) >= FIXED * texts
    found = np.repeat(often & has_own & fixed, sizes)
    return np.flatnonzero(words_of(position[found], strands.hashes.size))


def words_of(positions: Ints, size: int) -> npt.NDArray[np.bool_]:
    """The words that the runs at these positions hold, as a mask."""
    mask = np.zeros(size, dtype=bool)
    for k in range(N):
        mask[positions + k] = True
    return mask


def _most_common(key: Ints, value: Ints, starts: Ints) -> Ints:
    """For each stretch of equal keys how often its most common value occurs."""
    order = np.lexsort((value, key))
    k, v = key[order], value[order]
    firsts = np.flatnonzero(np.append(True, (k[1:] != k[:-1]) | (v[1:] != v[:-1])))
    counts = np.diff(np.append(firsts, k.size))
    most: Ints = np.maximum.reduceat(counts, np.searchsorted(firsts, starts))
    return most
