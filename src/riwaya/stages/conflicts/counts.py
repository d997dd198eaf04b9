"""Which numbers each text gives of which thing: a text that gives both of two numbers counts two things."""

from __future__ import annotations

from collections.abc import Iterator, Set

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


class Counts:
    """The counted things of a case."""

    def __init__(self, found: Set[Count]) -> None:
        self.found = found

    def are_of_one_text(self, pair: tuple[Amount, Amount], a: Fact, b: Fact) -> bool:
        """Does a text of one claim also give the number of the other, of a thing of that name?"""
        return any(
            (doc, number.unit or "", number.low, number.high) in self.found
            for number, docs in ((pair[0], b.docs), (pair[1], a.docs))
            for doc in docs
        )
