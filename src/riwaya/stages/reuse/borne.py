"""Whether facts bear out that one text stands behind passages of two days, or of one outlet.

What two papers print alike on one day they nearly always have from one source. But an outlet has set words of its own,
and from day to day offices, exchanges and families say the same of something else: a form keeps its phrases, and is
filled in with other facts. So such passages are weighed once more, by what custom has and by what an event has: names
and numbers.

>>> report = Weighed(equal=40, weight=29.2, together=29.2, shared=0.2, replaced=6, beside=1)  # two days of a bourse
>>> round(report.evidence, 1), round(report.doubt, 1), report.borne_out(15_000)
(2.8, 2.3, False)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log1p

from msgspec import Struct

from riwaya.stages.reuse.edits import Marked
from riwaya.stages.reuse.extend import Stretch
from riwaya.stages.reuse.forms import alike
from riwaya.stages.reuse.judge import tenfolds, weight
from riwaya.stages.reuse.strands import SENTENCE
from riwaya.stages.reuse.wording import NAME, SILENT, Wording

RARE, MUCH, SHARED = 2.0, 1 / 3, 1.1
"""What speaks for a passage: the mean weight of its equal words; the logarithm of what all passages of the two texts
weigh; the share of the facts of one text that the other has, too."""
REPLACED, BESIDE = 1.0, 0.4
"""What speaks against it: the logarithm of how many facts stand for others; each end at which the sentence goes on in
both texts, with other facts."""
NEEDED, NEEDED_GROWTH = 1.9, 0.2
"""So much more must speak for it than against it, and the second for every tenfold of texts: 2.7 among 15,000."""
FAR = 25
"""So many words of a sentence beside a passage are looked at."""
SHORT = 2
"""A word of so few letters is no name by itself, and a number of fewer digits may be equal by chance."""


class Weighed(Struct, frozen=True, gc=False):
    """What speaks for a passage and against it."""

    equal: int
    weight: float
    together: float
    shared: float
    replaced: int
    beside: int

    @property
    def evidence(self) -> float:
        return RARE * self.weight / self.equal + MUCH * log1p(self.together) + SHARED * self.shared

    @property
    def doubt(self) -> float:
        return REPLACED * log1p(self.replaced) + BESIDE * self.beside

    def borne_out(self, among: int) -> bool:
        return self.evidence - self.doubt >= NEEDED + NEEDED_GROWTH * tenfolds(among)


class Told(Struct, frozen=True, gc=False):
    """A text and its facts: for each word a 1 where it is part of a name, no title, and all names and numbers."""

    marked: Marked
    names: bytes
    facts: frozenset[str]

    def fact(self, word: int) -> bool:
        return bool(self.names[word] or self.marked.text.digits[word])


def facts_of(marked: Marked, wording: Wording) -> Told:
    """The facts of a text; those of boilerplate do not count."""
    text, titles = marked.text, wording.titles
    long = [end - start for start, end in zip(text.starts, text.ends, strict=True)]
    names = bytes(
        bool(flag & NAME) and size > SHORT and word not in titles
        for flag, word, size in zip(marked.flags, text.words, long, strict=True)
    )
    facts = frozenset(
        word
        for word, name, digit, size, flag in zip(text.words, names, text.digits, long, marked.flags, strict=True)
        if (name or (digit and size >= SHORT)) and not flag & SILENT
    )
    return Told(marked, names, facts)


def borne_out(left: Told, right: Told, found: Sequence[Stretch], among: int, wording: Wording) -> list[Stretch]:
    """The passages that facts bear out; `among` so many texts are compared in all."""
    weights = [weight(left.marked.text, s) for s in found]
    together, shared = sum(weights), _shared(left.facts, right.facts)
    return [
        s
        for s, own in zip(found, weights, strict=True)
        if Weighed(
            s.equal, own, together, shared, _replaced(left, right, s, wording), _others_beside(left, right, s)
        ).borne_out(among)
    ]


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """The share of the fewer facts that are on both sides; a half where there are none."""
    return (len(ours & theirs) + 0.5) / (min(len(ours), len(theirs)) + 1)


def _replaced(left: Told, right: Told, passage: Stretch, wording: Wording) -> int:
    """How many facts stand for others, between the runs of equal words."""
    count = 0
    for (a, b, size), (next_a, next_b, _) in pairwise(passage.runs):
        ours, theirs = range(a + size, next_a), range(b + size, next_b)
        one, other = _names(left, ours), _names(right, theirs)
        if one and other and not alike(*(wording.fold("".join(words)) for words in (one, other))):
            count += min(len(one), len(other))
        count += min(sum(text.marked.text.digits[k] for k in part) for text, part in ((left, ours), (right, theirs)))
    return count


def _names(text: Told, words: range) -> list[str]:
    return [text.marked.text.source(k, k + 1) for k in words if text.names[k]]


def _others_beside(left: Told, right: Told, passage: Stretch) -> int:
    """At how many ends the sentence goes on in both texts, with facts of which they share none."""
    before = _within(left, _before(left, passage.left)), _within(right, _before(right, passage.right))
    after = _within(left, _after(left, passage.left_end)), _within(right, _after(right, passage.right_end))
    return sum(bool(ours and theirs and not ours & theirs) for ours, theirs in (before, after))


def _within(text: Told, words: range) -> set[str]:
    return {text.marked.text.words[k] for k in words if text.fact(k)}


def _before(text: Told, word: int) -> range:
    """The words of the sentence before one."""
    clauses, start = text.marked.text.clauses, word
    while start > max(0, word - FAR) and clauses[start] < SENTENCE:
        start -= 1
    return range(start, word)


def _after(text: Told, word: int) -> range:
    """The words of the sentence from one on."""
    clauses, stop = text.marked.text.clauses, word
    while stop < min(len(text.names), word + FAR) and clauses[stop] < SENTENCE:
        stop += 1
    return range(word, stop)
