"""Which claims are worth holding against one another, and which lie in one copied passage."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from zlib import crc32

import numpy as np

from riwaya.model import Alignment, Member, Passage
from riwaya.stages.conflicts.evidence import Evidence
from riwaya.stages.conflicts.facts import Fact
from riwaya.text.meetings import LOW, meetings
from riwaya.text.rows import Rows

CROWD = 80
"""So many claims with one predicate, one name and one month: too many to be about one event."""
MONTH = 30
"""Days of a stretch of time in which claims meet."""
FAR = 60
"""Days between two dates of one happening at most; farther apart they are two happenings."""

AT_ONCE = 500_000
"""Pairs that are compared in one sweep."""


class Copied:
    """The alignments in which a number or date was changed, by pair of documents."""

    def __init__(self, alignments: Iterable[Alignment]) -> None:
        self.by_pair: dict[tuple[str, str], list[tuple[Passage, Passage]]] = defaultdict(list)
        for alignment in alignments:
            left, right = alignment.left, alignment.right
            self.by_pair[left.doc, right.doc].append((left, right))
            self.by_pair[right.doc, left.doc].append((right, left))
        self.by_doc: dict[str, set[str]] = defaultdict(set)
        for one, other in self.by_pair:
            self.by_doc[one].add(other)
        self.by_claim: dict[str, frozenset[str]] = {}

    def one_passage(self, a: Fact, b: Fact) -> bool:
        """Does a passage hold a member of each?"""
        return not b.docs.isdisjoint(self.sharing(a)) and any(
            self.holds(x, y) for x in a.claim.members for y in b.claim.members
        )

    def sharing(self, fact: Fact) -> frozenset[str]:
        """The documents that share a passage with one of a claim's; asked of many pairs, so it is remembered."""
        if fact.claim.id not in self.by_claim:
            self.by_claim[fact.claim.id] = frozenset(d for doc in fact.docs for d in self.by_doc.get(doc, ()))
        return self.by_claim[fact.claim.id]

    def holds(self, x: Member, y: Member) -> bool:
        return any(_inside(left, x) and _inside(right, y) for left, right in self.by_pair.get((x.doc, y.doc), ()))


def _inside(passage: Passage, member: Member) -> bool:
    common = min(passage.end, member.end) - max(passage.start, member.start)
    return 2 * common >= member.end - member.start


def pairs(facts: Sequence[Fact], copied: Copied, evidence: Evidence) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of facts that share a predicate and a name within a month, and enough to be of one event or one passage."""
    keys, owners = array("Q"), array("q")
    tails = {token: _crc(token) for token in evidence.worth if evidence.tells(token)}
    for number, fact in enumerate(facts):
        own = _keys(fact, tails)
        keys.extend(own)
        owners.extend([number] * len(own))
    met = np.unique(meetings(np.frombuffer(keys, dtype=np.uint64), np.frombuffer(owners, dtype=np.int64), CROWD))
    telling = evidence.sums >= evidence.needed
    numbers: dict[str, int] = {}
    docs, sharing = Rows.of([f.docs for f in facts], numbers), Rows.of([copied.sharing(f) for f in facts], numbers)
    for at in range(0, met.size, AT_ONCE):
        first, second = met[at : at + AT_ONCE] >> 32, met[at : at + AT_ONCE] & LOW
        enough = evidence.enough(first, second)
        perhaps = np.flatnonzero(~enough & telling[first] & telling[second])
        perhaps = perhaps[sharing.shared(first[perhaps], second[perhaps], other=docs) > 0]
        for i in np.sort(np.r_[np.flatnonzero(enough), perhaps]).tolist():
            a, b = facts[first[i]], facts[second[i]]
            if enough[i] or copied.one_passage(a, b):
                yield a, b


def _keys(fact: Fact, tails: Mapping[str, int]) -> set[int]:
    """What a claim is looked up by: a month, what is done or counted, and a name or word that says enough.

    `tails` are the names and words that do. As numbers, the same in every process: millions of keys are small that way.
    """
    keys: set[int] = set()
    units = {f"n:{number.unit}" for number in fact.numbers}
    names = {tails[name] for name in (*fact.actors, *fact.where) if name in tails}
    terms = {tails[term] for term in fact.terms if term in tails}
    if names or terms:
        windows = {window for days in fact.days for day in days for window in _windows(day, MONTH)} or {""}
        windows |= {window for days in fact.when for day in days for window in _windows(day, 2 * FAR)}
        for what in fact.families | units | {f"because:{e}" for e in fact.effect}:
            told = names | terms if what in units or len(fact.predicates) > 1 else names
            if told:
                for window in windows:
                    head = _crc(f"{window}\x1f{what}") << 32
                    keys |= {head | name for name in told}
    if len(fact.families) > 1:
        for first, second in combinations(sorted(fact.families), 2):
            for days in fact.days:
                keys.add(_crc(f"{days[0] // 60}\x1f{first}") << 32 | _crc(second))
    return keys


@lru_cache(maxsize=1_000_000)
def _crc(text: str) -> int:
    return crc32(text.encode())


def _windows(day: int, width: int) -> tuple[str, str]:
    """Two stretches of time that hold a day, half of one apart: days nearer than that share one, whatever the month."""
    return f"a{width}-{day // width}", f"b{width}-{(day + width // 2) // width}"
