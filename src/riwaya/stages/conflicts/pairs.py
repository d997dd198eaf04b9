"""Which claims are worth holding against one another, and which lie in one copied passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from riwaya.model import Alignment, Member, Passage
from riwaya.stages.conflicts.facts import Fact

CROWD = 80
"""So many claims with one predicate, one name and one month: too many to be about one event."""


class Copied:
    """The alignments in which a number or date was changed, by pair of documents."""

    def __init__(self, alignments: Iterable[Alignment]) -> None:
        self.by_pair: dict[tuple[str, str], list[tuple[Passage, Passage]]] = defaultdict(list)
        for alignment in alignments:
            left, right = alignment.left, alignment.right
            self.by_pair[left.doc, right.doc].append((left, right))
            self.by_pair[right.doc, left.doc].append((right, left))

    def one_passage(self, a: Fact, b: Fact) -> bool:
        """Does a passage hold a member of each?"""
        return any(self.holds(x, y) for x in a.claim.members for y in b.claim.members)

    def holds(self, x: Member, y: Member) -> bool:
        return any(_inside(left, x) and _inside(right, y) for left, right in self.by_pair.get((x.doc, y.doc), ()))


def _inside(passage: Passage, member: Member) -> bool:
    common = min(passage.end, member.end) - max(passage.start, member.start)
    return 2 * common >= member.end - member.start


def pairs(facts: Sequence[Fact], copied: Copied) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of facts that share a predicate and a name in one month, or lie in one passage."""
    buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        for key in _keys(fact):
            buckets[key].append(number)
    found: set[tuple[int, int]] = set()
    for key in sorted(buckets):
        if len(buckets[key]) <= CROWD:
            found.update(combinations(buckets[key], 2))
    for a, b in sorted(found):
        yield facts[a], facts[b]


def _keys(fact: Fact) -> Iterator[tuple[str, ...]]:
    months = {date.fromordinal(day).isoformat()[:7] for days in fact.days for day in days} or {""}
    units = {f"n:{number.unit}" for number in fact.numbers}
    for month in sorted(months):
        for what in sorted(fact.predicates | units | {f"because:{e}" for e in fact.effect}):
            for name in sorted(fact.actors | fact.where):
                yield month, what, name
            for term in sorted(fact.terms) if what in units or len(fact.predicates) > 1 else ():
                yield month, what, term
    for days in fact.days:
        for first, second in combinations(sorted(fact.predicates), 2):
            yield str(days[0] // 60), first, second
