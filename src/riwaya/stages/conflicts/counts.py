"""Which numbers each text gives of which thing: a text that gives both of two numbers counts two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import combinations

from riwaya.model import Amount
from riwaya.stages.conflicts.facts import Fact, Said

Count = tuple[str, str, float | None, float | None]
"""A document, what it counts, and the least and the most."""


def counted(said: Said) -> Iterator[Count]:
    """What the documents of a claim count in it."""
    for doc in said.docs:
        for amount in said.numbers:
            if amount.unit is not None:
                yield doc, amount.unit, amount.low, amount.high


MOST = 8
"""So many numbers of one text are tried whether some of them add up."""


class Counts:
    """The counted things of a case."""

    def __init__(self, found: Set[Count]) -> None:
        self.by_thing: dict[tuple[str, str], set[float]] = defaultdict(set)
        self.by_doc: dict[str, list[Count]] = defaultdict(list)
        for count in found:
            doc, unit, low, high = count
            self.by_doc[doc].append(count)
            self.by_thing[doc, unit].update(end for end in (low, high) if end is not None)

    def are_of_one_text(self, pair: tuple[Amount, Amount], a: Fact, b: Fact) -> bool:
        """Does every text of one claim also give the number of the other, of a thing of that name, or its parts?"""
        return any(
            all(self._gives(number, doc) for doc in docs) for number, docs in ((pair[0], b.docs), (pair[1], a.docs))
        )

    def _gives(self, number: Amount, doc: str) -> bool:
        parts = self.by_thing.get((doc, number.unit or ""), set())
        ends = (end for end in (number.low, number.high) if end is not None)
        return any(end in parts or self._add_up(end, parts) for end in ends)

    def _add_up(self, whole: float, parts: Set[float]) -> bool:
        """«10 مسدسات و8 مسدسات و12 مسدسا» are the 30 that another counts."""
        some = sorted(parts, reverse=True)[:MOST]
        return any(sum(chosen) == whole for size in range(2, len(some) + 1) for chosen in combinations(some, size))
