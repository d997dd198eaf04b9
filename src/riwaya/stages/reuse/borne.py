"""Whether facts bear out that one text stands behind what two texts share.

A form keeps its phrases and is filled in with other facts: bulletins, cables, weddings, jobs offered. So every passage
is weighed once more, by what custom has and by what an event has: names and numbers. What two papers print alike on
one day they nearly always have from one source; an outlet has set words of its own, and from day to day offices,
exchanges and families say the same of something else, so there more is asked.

>>> report = Weighed(equal=40, weight=29.2, together=29.2, shared=0.2, replaced=6, beside=1, later=True, own=False)
>>> round(report.evidence, 1), round(report.doubt, 1), report.borne_out(15_000)  # an exchange, on two days
(2.8, 3.2, False)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, compress, count, pairwise
from math import log1p

from msgspec import Struct

from riwaya.stages.reuse.edits import Marked
from riwaya.stages.reuse.extend import Stretch
from riwaya.stages.reuse.forms import alike
from riwaya.stages.reuse.judge import tenfolds, weight
from riwaya.stages.reuse.strands import SENTENCE, Strand
from riwaya.stages.reuse.wording import NAME, NUMBER, SILENT, Wording

RARE, MUCH, SHARED = 2.0, 1 / 3, 1.2
"""What speaks for a passage: the mean weight of its equal words; the logarithm of what all passages of the two texts
weigh; the share of the facts of the text with fewer that the other holds."""
REPLACED, BESIDE, LATER, OWN = 1.0, 0.4, 0.9, 1.1
"""What speaks against it: the logarithm of how many facts stand for others; each end at which the sentence goes on in
both texts, with other facts; that the texts are of two days, or of one outlet."""
NEEDED, NEEDED_GROWTH = 0.84, 0.3
"""So much more must speak for it than against it, and the second for every tenfold of texts: 2.1 among 15,000."""
FAR = 25
"""So many words of a sentence beside a passage are looked at."""
SHORT = 2
"""A word of so few letters is no name by itself, and a number of fewer digits may be equal by chance."""
NAMES, NUMBERS = (bytes(bool(flag & kind and not flag & SILENT) for flag in range(256)) for kind in (NAME, NUMBER))
"""Turn the flags of words into a 1 for each word that is part of a name, or a number, and no boilerplate."""


class Weighed(Struct, frozen=True, gc=False, kw_only=True):
    """What speaks for a passage and against it."""

    equal: int
    weight: float
    together: float
    shared: float
    replaced: int
    beside: int
    later: bool
    own: bool

    @property
    def evidence(self) -> float:
        return RARE * self.weight / self.equal + MUCH * log1p(self.together) + SHARED * self.shared

    @property
    def doubt(self) -> float:
        custom = max(LATER * self.later, OWN * self.own)
        return REPLACED * log1p(self.replaced) + BESIDE * self.beside + custom

    def borne_out(self, among: int) -> bool:
        return self.evidence - self.doubt >= NEEDED + NEEDED_GROWTH * tenfolds(among)


class Told(Struct, frozen=True, gc=False):
    """A text and its facts: for each word a 1 where it is part of a name and no title; all names and numbers."""

    text: Strand
    names: bytes
    facts: frozenset[str]

    def count(self, first: int, stop: int) -> int:
        """How many words of a stretch are facts."""
        return self.names.count(1, first, stop) + self.text.digits.count(1, first, stop)

    def within(self, words: range) -> set[str]:
        """The facts among some words."""
        return {self.text.words[k] for k in words if self.names[k] or self.text.digits[k]}


def facts_of(marked: Marked, wording: Wording) -> Told:
    """The facts of a text."""
    text, titles = marked.text, wording.titles
    names = bytearray(len(text.words))
    for k in compress(count(), marked.flags.translate(NAMES)):
        names[k] = text.ends[k] - text.starts[k] > SHORT and text.words[k] not in titles
    numbers = (k for k in compress(count(), marked.flags.translate(NUMBERS)) if text.digits[k])
    long = (k for k in numbers if text.ends[k] - text.starts[k] >= SHORT)
    return Told(text, bytes(names), frozenset(text.words[k] for k in chain(compress(count(), names), long)))


def borne_out(
    left: Told, right: Told, found: Sequence[Stretch], wording: Wording, among: int, later: bool, own: bool
) -> list[Stretch]:
    """The passages that facts bear out.

    So many texts are compared in all; the two are of different days, or of one outlet.
    """
    weights = [weight(left.text, s) for s in found]
    together, shared = sum(weights), _shared(left, right)

    def holds(passage: Stretch, weight: float, replaced: int, beside: int) -> bool:
        return Weighed(
            equal=passage.equal,
            weight=weight,
            together=together,
            shared=shared,
            replaced=replaced,
            beside=beside,
            later=later,
            own=own,
        ).borne_out(among)

    return [
        s
        for s, own_weight in zip(found, weights, strict=True)
        if holds(s, own_weight, _replaced_at_most(left, right, s), 2)  # most need no closer look
        or holds(s, own_weight, _replaced(left, right, s, wording), _others_beside(left, right, s))
    ]


def _replaced_at_most(left: Told, right: Told, passage: Stretch) -> int:
    ours, theirs = (passage.left, passage.left_end), (passage.right, passage.right_end)
    unequal = min(ours[1] - ours[0], theirs[1] - theirs[0]) - passage.equal
    return min(max(0, unequal), left.count(*ours), right.count(*theirs))


def _shared(left: Told, right: Told) -> float:
    """Of the text with fewer facts, the share that the other holds; a half where it has none."""
    few, other = sorted((left, right), key=lambda text: len(text.facts))
    return (len(few.facts.intersection(other.text.words)) + 0.5) / (len(few.facts) + 1)


def _replaced(left: Told, right: Told, passage: Stretch, wording: Wording) -> int:
    """How many facts stand for others, between the runs of equal words."""
    found = 0
    for (a, b, size), (next_a, next_b, _) in pairwise(passage.runs):
        ours, theirs = range(a + size, next_a), range(b + size, next_b)
        if ours and theirs:
            one, other = _spelled(left, left.names, ours, wording), _spelled(right, right.names, theirs, wording)
            if one and other and not alike("".join(one), "".join(other)):
                found += min(len(one), len(other))
            digits, others = left.text.digits, right.text.digits
            one, other = _spelled(left, digits, ours, wording), _spelled(right, others, theirs, wording)
            if "".join(one) != "".join(other):  # 224,476 and 224476 are equal
                found += min(len(one), len(other))
    return found


def _spelled(told: Told, marks: bytes, words: range, wording: Wording) -> list[str]:
    """The marked words among some, folded."""
    return [wording.fold(told.text.source(k, k + 1)) for k in words if marks[k]]


def _others_beside(left: Told, right: Told, passage: Stretch) -> int:
    """At how many ends the sentence goes on in both texts, with facts of which they share none."""
    before = left.within(_before(left, passage.left)), right.within(_before(right, passage.right))
    after = left.within(_after(left, passage.left_end)), right.within(_after(right, passage.right_end))
    return sum(bool(ours and theirs and not ours & theirs) for ours, theirs in (before, after))


def _before(told: Told, word: int) -> range:
    """The words of the sentence before one."""
    clauses, start = told.text.clauses, word
    while start > max(0, word - FAR) and clauses[start] < SENTENCE:
        start -= 1
    return range(start, word)


def _after(told: Told, word: int) -> range:
    """The words of the sentence from one on."""
    clauses, stop = told.text.clauses, word
    while stop < min(len(told.names), word + FAR) and clauses[stop] < SENTENCE:
        stop += 1
    return range(word, stop)
