"""Which claims are worth holding against one another, and which lie in one copied passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from riwaya.model import Alignment, Member, Passage
from riwaya.stages.conflicts.evidence import Evidence
from riwaya.stages.conflicts.facts import Days, Fact
from riwaya.stages.conflicts.shelf import Facts
from riwaya.stages.conflicts.sketches import Sketches
from riwaya.text.meetings import LOW, distinct, meetings
from riwaya.text.rows import Ints, Rows, at_once

if TYPE_CHECKING:
    from riwaya.stages.conflicts.silence import Silence

Keys = npt.NDArray[np.uint64]

CROWD = 80
"""So many claims with one predicate, one name and one month: too many to be about one event."""
MONTH = 30
"""Days of a stretch of time in which claims meet."""
FAR = 60
"""Days between two dates of one happening at most; farther apart they are two happenings."""


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

    def among(self, said: Sketches) -> Rows:
        """For each claim the documents that share a passage with one of its own."""
        partners = Rows.plain([said.docs[d] for d in self.by_doc[doc] if d in said.docs] for doc in said.docs)
        docs = said.rows["docs"]
        lengths, others = partners.spread(docs.items)
        return Rows.owned(np.repeat(docs.owners, lengths), others, len(said))

    def holds(self, x: Member, y: Member) -> bool:
        """Do they stand at one place of a passage?"""
        return any(
            _inside(left, x) and _inside(right, y) and _meet(left, x, right, y)
            for left, right in self.by_pair.get((x.doc, y.doc), ())
        )


def _inside(passage: Passage, member: Member) -> bool:
    common = min(passage.end, member.end) - max(passage.start, member.start)
    return 2 * common >= member.end - member.start


def _meet(left: Passage, x: Member, right: Passage, y: Member) -> bool:
    """Do two members meet when one passage is laid on the other?"""
    stretch = (right.end - right.start) / max(1, left.end - left.start)
    start, end = (right.start + (place - left.start) * stretch for place in (x.start, x.end))
    return 3 * (min(end, y.end) - max(start, y.start)) >= min(end - start, y.end - y.start)


def pairs(
    said: Sketches, facts: Facts, copied: Copied, evidence: Evidence, silence: Silence
) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of facts that share a predicate and a name within a month, and enough to be of one event or one passage,
    and that may clash."""
    keys, owners = looked_up(said, facts.told(), evidence)
    met = (some for some, _ in meetings(keys, owners, CROWD))
    telling = evidence.sums >= evidence.needed
    docs, sharing = said.rows["docs"], copied.among(said)

    def judged(some: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """The pairs that have a chance, and which of them are of one event without being of one passage."""
        some = some[telling[some >> 32] & telling[some & LOW]]  # who says too little shares no more
        first, second = some >> 32, some & LOW
        enough = evidence.enough(first, second)
        perhaps = np.flatnonzero(~enough)
        perhaps = perhaps[sharing.shared(first[perhaps], second[perhaps], other=docs) > 0]
        likely = np.sort(np.r_[np.flatnonzero(enough), perhaps])
        return some[likely], enough[likely]

    for likely, enough in at_once(judged, met):
        digests = silence.of_pairs(likely >> 32, likely & LOW, enough)
        unknown = silence.unknown(digests)
        first, second, sure = likely[unknown] >> 32, likely[unknown] & LOW, enough[unknown].tolist()
        facts.forget()
        facts.fetch(distinct(np.r_[first, second]).tolist())
        silent = []
        for i, j, surely in zip(first.tolist(), second.tolist(), sure, strict=True):
            a, b = facts[i], facts[j]
            may_clash = (surely or copied.one_passage(a, b)) and silence.may_clash(a, b)
            silent.append(not may_clash)
            if may_clash:
                yield a, b
        silence.keep(digests[unknown], silent)


def looked_up(said: Sketches, told: Mapping[str, Days], evidence: Evidence) -> tuple[Keys, Ints]:
    """What each claim is looked up by, with the claim: a time, what is done or counted, and a name or word that says
    enough; and a time with two things done.

    Times and what is done are numbered together, so that a key is two numbers side by side and no two look alike.
    """
    days, telling = said.days(told), evidence.telling()
    names = Rows.united([said.rows["actors"], said.where()])
    names, terms = (rows.only(telling[rows.items]) for rows in (names, said.rows["terms"]))
    times = windows(days, said.rows["when"])
    months = Rows(days.starts, _time(days.items >> 32, 60, SHARED_MONTH))
    meant = [times.beside(said.rows["kinds"]), times.beside(said.rows["broad"]), months.beside(said.rows["deeds"])]
    _, heads = np.unique(np.concatenate([time << 32 | kind for _, time, kind in meant]), return_inverse=True)
    ends = np.cumsum([owners.size for owners, _, _ in meant])[:-1]
    kinds, broad, deeds = (
        Rows.owned(owners, some, len(said)) for (owners, _, _), some in zip(meant, np.split(heads, ends), strict=True)
    )
    named, worded = kinds.beside(names), broad.beside(terms)
    keys = [*(head << 32 | token for _, head, token in (named, worded)), deeds.items << 32 | LOW]
    return np.concatenate(keys).astype(np.uint64), np.concatenate([named[0], worded[0], deeds.owners])


def windows(days: Rows, when: Rows) -> Rows:
    """The stretches of time in which each claim meets others: about its days, and wider ones about those it gives.

    Of each width there are two, half of one apart: days nearer than that share one, whatever the month. What has no day
    meets what has none.
    """
    parts = [
        Rows(rows.starts, _time(end + shift, width, kind + 2 * bool(shift)))
        for rows, width, kind in ((days, MONTH, 1), (when, 2 * FAR, 2))
        for end in (rows.items >> 32, rows.items & LOW)
        for shift in (0, width // 2)
    ]
    undated = np.diff(days.starts) == 0
    never = Rows(np.r_[0, np.cumsum(undated)], np.zeros(undated.sum(), dtype=np.int64))
    return Rows.united([*parts, never]).distinct()


SHARED_MONTH = 5


def _time(days: Ints, width: int, kind: int) -> Ints:
    """Stretches of time as numbers, those of each kind apart; 0 is none."""
    return days // width << 3 | kind
