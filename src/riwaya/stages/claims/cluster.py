"""Clusters by average link with cannot-link: no chain of weak pairs ever makes one claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

LARGEST = 300
"""Components with more nodes are parted by leaving out their weakest pairs, so that the work stays bounded."""
UNSEEN = -3.0
"""The score of a pair that shared too little to be compared."""
NEVER = -1000.0
"""The score of a pair that cannot be one claim."""

Pair = tuple[int, int]


def clusters(size: int, scores: Mapping[Pair, float], never: Callable[[int, int], bool]) -> list[list[int]]:
    """Parts nodes 0 … size - 1; scores are log-odds, those above 0 draw together, `never` keeps two apart.

    >>> clusters(4, {(0, 1): 2.0, (1, 2): 1.0, (2, 3): -1.0}, lambda a, b: False)
    [[0, 1], [2], [3]]
    >>> clusters(2, {(0, 1): 2.0}, lambda a, b: True)
    [[0], [1]]
    """
    found: list[list[int]] = []
    for part in _components(size, {p: s for p, s in scores.items() if s > 0}):
        found += [[part[i] for i in group] for group in _average(part, scores, never)] if len(part) > 1 else [part]
    return sorted(found)


def _components(size: int, scores: Mapping[Pair, float]) -> list[list[int]]:
    """Connected nodes; a component that is too large is parted at ever higher scores."""
    groups = _connected(range(size), scores)
    done: list[list[int]] = []
    threshold = 0.5
    while groups:
        large = [g for g in groups if len(g) > LARGEST]
        done += [g for g in groups if len(g) <= LARGEST]
        inside = {n for g in large for n in g}
        scores = {p: s for p, s in scores.items() if p[0] in inside and s > threshold}
        groups = [part for g in [sorted(inside)] if g for part in _connected(g, scores)]
        threshold += 0.5
        if not scores:
            return done + groups
    return done


def _connected(nodes: Sequence[int], scores: Mapping[Pair, float]) -> list[list[int]]:
    parent = {n: n for n in nodes}

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in sorted(scores):
        parent[root(b)] = root(a)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in nodes:
        groups[root(n)].append(n)
    return list(groups.values())


def _average(part: Sequence[int], scores: Mapping[Pair, float], never: Callable[[int, int], bool]) -> list[list[int]]:
    """Joins the two groups with the best mean score until none is above 0."""
    size = len(part)
    sums: npt.NDArray[np.float64] = np.full((size, size), UNSEEN)
    for i in range(size):
        for j in range(i + 1, size):
            pair = (part[i], part[j]) if part[i] < part[j] else (part[j], part[i])
            sums[i, j] = sums[j, i] = NEVER if never(*pair) else scores.get(pair, UNSEEN)
    counts = np.ones(size)
    alive = np.ones(size, dtype=bool)
    groups = [[i] for i in range(size)]
    np.fill_diagonal(sums, NEVER * size * size)
    while alive.sum() > 1:
        mean = sums / np.outer(counts, counts)
        mean[~alive] = NEVER
        mean[:, ~alive] = NEVER
        np.fill_diagonal(mean, NEVER)
        best = int(mean.argmax())
        i, j = divmod(best, size)
        if mean[i, j] <= 0:
            break
        i, j = min(i, j), max(i, j)
        sums[i] += sums[j]
        sums[:, i] += sums[:, j]
        counts[i] += counts[j]
        alive[j] = False
        groups[i] += groups[j]
    return [sorted(groups[i]) for i in range(size) if alive[i]]
