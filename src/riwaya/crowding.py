"""How many happenings a case tells of, as far as places and days of its documents tell.

Two articles of a small case on one town are mostly about the same things, and two of a month of newspapers mostly are
not: what two statements or claims must share to be of one happening grows with the number of happenings.

Source: the inverse Simpson index (Hill number of order 2) of the documents' scenes and days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

CURATED = 12
"""Happenings that a case gathered by hand may spread over."""


def crowding(told: Iterable[tuple[str, str]]) -> float:
    """How many times more happenings than a case gathered by hand it tells of, at least 1.

    `told` has the scene and the day of each document.

    >>> crowding([("place-wadi", "2019-03-05")] * 100), crowding((f"place-{n}", "2019-03-05") for n in range(120))
    (1.0, 10.0)
    """
    counts = Counter(told).values()
    size = sum(counts)
    return max(1.0, size**2 / sum(count**2 for count in counts) / CURATED) if size else 1.0
