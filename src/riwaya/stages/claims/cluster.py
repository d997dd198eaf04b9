"""Clusters by average and best link with cannot-link: no chain of weak pairs ever makes one claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from riwaya.text.meetings import LOW, distinct

LARGEST = 300
"""Components with more nodes are parted by leaving out their weakest pairs, so that the work stays bounded."""
UNSEEN = -3.0
"""The score of a pair that shared too little to be compared."""
NEVER = -1000.0
"""The score of a pair that cannot be one claim."""

AT_ONCE = 200_000
"""Pairs of nodes that are asked in one sweep whether they can be one claim."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Never = Callable[[Ints, Ints], npt.NDArray[np.bool_]]


def clusters(pairs: Ints, scores: Floats, never: Never, best: float = 0.0) -> list[list[int]]:
    """Groups of several nodes; scores are log-odds, those above 0 draw together, `never` keeps two apart.

    `best` is what the best pair of two groups counts beside the mean of all. Pairs are packed, `first << 32 | second`
    with the smaller first, and sorted.

    >>> pairs, scores = np.array([1, 1 << 32 | 2, 2 << 32 | 3]), np.array([2.0, 1.0, -1.0])
    >>> clusters(pairs, scores, lambda a, b: a < 0)
    [[0, 1]]
    >>> clusters(pairs[:1], scores[:1], lambda a, b: a == 0)
    []
    """
    drawn = scores > 0
    found: list[list[int]] = []
    for some in _portions([np.array(part) for part in _components(pairs[drawn], scores[drawn])]):
        for part, table in zip(some, _tables(some, pairs, scores, never), strict=True):
            found += [[int(part[i]) for i in group] for group in _joined(table, best) if len(group) > 1]
    return sorted(found)


def _portions(parts: Sequence[Ints]) -> Iterator[list[Ints]]:
    """Components in portions of about AT_ONCE pairs."""
    some: list[Ints] = []
    held = 0
    for part in parts:
        some.append(part)
        held += part.size**2 // 2
        if held > AT_ONCE:
            yield some
            some, held = [], 0
    if some:
        yield some


def _tables(parts: Sequence[Ints], pairs: Ints, scores: Floats, never: Never) -> Iterator[Floats]:
    """For each component the score of every two of its nodes."""
    first = np.concatenate([part[_corner(part.size)[0]] for part in parts])
    second = np.concatenate([part[_corner(part.size)[1]] for part in parts])
    wanted = first << 32 | second
    at = np.minimum(np.searchsorted(pairs, wanted), pairs.size - 1)
    values = np.where(pairs[at] == wanted, scores[at], UNSEEN)
    values[never(first, second)] = NEVER
    start = 0
    for part in parts:
        left, right = _corner(part.size)
        table = np.full((part.size, part.size), UNSEEN)
        table[left, right] = table[right, left] = values[start : start + left.size]
        start += left.size
        yield table


@lru_cache(maxsize=32)
def _corner(size: int) -> tuple[Ints, Ints]:
    """Every two of so many nodes; most components are small."""
    left, right = np.triu_indices(size, 1)
    return left, right


def _components(pairs: Ints, scores: Floats) -> list[list[int]]:
    """Connected nodes, two or more; a component that is too large is parted at ever higher scores."""
    groups = _connected(pairs)
    done: list[list[int]] = []
    threshold = 0.5
    while groups:
        large = [g for g in groups if len(g) > LARGEST]
        done += [g for g in groups if len(g) <= LARGEST]
        inside = np.array(sorted(n for g in large for n in g), dtype=np.int64)
        kept = np.isin(pairs >> 32, inside) & (scores > threshold)
        pairs, scores = pairs[kept], scores[kept]
        groups = _connected(pairs)
        threshold += 0.5
    return done


def components(size: int, pairs: Ints) -> Ints:
    """For each node the first node of those that pairs connect it with.

    >>> components(5, np.array([1 << 32 | 4, 3 << 32 | 4])).tolist()
    [0, 1, 2, 1, 1]
    """
    heads = np.arange(size)
    for group in _connected(pairs):
        heads[group] = min(group)
    return heads


def _connected(pairs: Ints) -> list[list[int]]:
    nodes = distinct(np.r_[pairs >> 32, pairs & LOW]).tolist()
    parent = {n: n for n in nodes}

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in zip((pairs >> 32).tolist(), (pairs & LOW).tolist(), strict=True):
        parent[root(b)] = root(a)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in nodes:
        groups[root(n)].append(n)
    return list(groups.values())


def _joined(sums: Floats, best: float) -> list[list[int]]:
    """Joins the two groups that are most alike, by the mean of their pairs and the best of them, until none are."""
    size = len(sums)
    tops = sums.copy()
    sums[sums <= NEVER] *= size * size  # which no other pair makes good
    counts = np.ones(size)
    alive = np.ones(size, dtype=bool)
    groups = [[i] for i in range(size)]
    np.fill_diagonal(sums, NEVER * size * size)
    while alive.sum() > 1:
        likeness = (1 - best) * sums / np.outer(counts, counts) + best * tops
        likeness[~alive] = NEVER
        likeness[:, ~alive] = NEVER
        np.fill_diagonal(likeness, NEVER)
        i, j = divmod(int(likeness.argmax()), size)
        if likeness[i, j] <= 0:
            break
        i, j = min(i, j), max(i, j)
        sums[i] += sums[j]
        sums[:, i] += sums[:, j]
        tops[i] = np.maximum(tops[i], tops[j])
        tops[:, i] = tops[i]
        counts[i] += counts[j]
        alive[j] = False
        groups[i] += groups[j]
    return [sorted(groups[i]) for i in range(size) if alive[i]]
