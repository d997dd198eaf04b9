"""Forms filled in anew: bulletins, statements and lists that are alike from day to day, and no reuse.

A form keeps its phrases and changes its facts; who takes over a text keeps the facts and changes the phrases. So a
passage whose numbers nearly all differ is a form, as is one in which one name stands for another; one whose words
stand in very many texts, each time a little otherwise, is a bulletin.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from riwaya.stages.reuse.edits import Marked, Range, flags
from riwaya.stages.reuse.extend import Stretch
from riwaya.stages.reuse.strands import Strand
from riwaya.stages.reuse.wording import NAME, NUMBER, Wording
from riwaya.text.collate import equal_runs

COMMON = 12
"""Runs of words in more texts than this are on the way to a set phrase."""
UNCOMMON = bytes(range(COMMON + 1))
WORN, WORN_SIMILAR = 0.4, 0.9
"""A passage of which this share stands in very many texts is a bulletin, unless nearly all its words are equal."""
NUMBERS, NUMBERS_DENSE, NUMBERS_EQUAL = 3, 0.08, 0.35
"""From so many numbers on, when they are this share of the words, at least this share of them must be equal."""
REPLACED, APART, KEPT = 2, 50, 0.5
"""From so many replaced numbers and words of names on, one in so many words, at least so many numbers must be kept for
each."""
FULL_NAME, ALIKE = 2, 0.6
"""A name counts from so many words on, and as another one when fewer of its letters, in order, are the same."""


def worn(left: Strand, passage: Stretch) -> bool:
    """Do most of its words stand in very many texts, each time a little otherwise?"""
    if passage.similarity >= WORN_SIMILAR:
        return False
    spreads = left.spread[passage.left : passage.left_end]
    return len(spreads.translate(None, UNCOMMON)) >= WORN * len(spreads)


def filled_form(left: Strand, right: Strand, passage: Stretch) -> bool:
    """Is it dense with numbers, and nearly all of them different?"""
    count = min(
        left.digits.count(1, passage.left, passage.left_end), right.digits.count(1, passage.right, passage.right_end)
    )
    if count < NUMBERS or count < NUMBERS_DENSE * (passage.left_end - passage.left):
        return False
    if sum(left.digits.count(1, a, a + size) for a, _, size in passage.runs) < NUMBERS_EQUAL * count:
        return True
    ours, theirs = telling(left, passage.left, passage.left_end), telling(right, passage.right, passage.right_end)
    count = min(len(ours), len(theirs))
    if count < NUMBERS:
        return False
    return sum(a <= k < a + size for a, _, size in passage.runs for k in ours) < NUMBERS_EQUAL * count


def telling(text: Strand, first: int, stop: int) -> list[int]:
    """The numbers of a stretch that have two digits or more: «0» and «5» are equal by chance, and the «0» of «0.8»."""
    return [k for k in range(first, stop) if text.digits[k] and text.ends[k] - text.starts[k] > 1]


def other_facts(left: Marked, right: Marked, passage: Stretch, wording: Wording) -> bool:
    """Are numbers and names replaced by others, and hardly a number kept?"""
    replaced = sum(
        _replaced(left, right, (a + size, next_a), (b + size, next_b), wording)
        for (a, b, size), (next_a, next_b, _) in pairwise(passage.runs)
    )
    if replaced < REPLACED or replaced * APART < passage.left_end - passage.left:
        return False
    kept = sum(bool(flag & NUMBER) for a, _, size in passage.runs for flag in left.flags[a : a + size])
    return kept < KEPT * replaced


def _replaced(left: Marked, right: Marked, ours: Range, theirs: Range, wording: Wording) -> int:
    """How many facts stand between two runs on either side; a number in figures may be the one in words."""
    if not flags(left, ours) & flags(right, theirs) & (NUMBER | NAME):
        return 0
    one, other = (_facts(*of, wording) for of in ((left, ours), (right, theirs)))
    names = min(len(one.names), len(other.names))
    if names >= FULL_NAME and not alike("".join(one.names), "".join(other.names)):
        return names
    figures = bool(one.figures and other.figures) and one.figures != other.figures
    return int(figures) + int(one.numerals and other.numerals)


class Facts(Struct, frozen=True, gc=False):
    """What a few words say: the figures of numbers, numbers in words, words of names."""

    figures: str
    numerals: bool
    names: list[str]


def _facts(marked: Marked, part: Range, wording: Wording) -> Facts:
    text = marked.text
    numbers = [k for k in range(*part) if marked.flags[k] & NUMBER]
    return Facts(
        "".join(wording.fold(text.source(k, k + 1)) for k in numbers if text.digits[k]),
        any(not text.digits[k] for k in numbers),
        [wording.fold(text.source(k, k + 1)) for k in range(*part) if marked.flags[k] & NAME],
    )


def alike(one: str, other: str) -> bool:
    """Is one name the other, but for spelling or a part left out?"""
    return sum(run[2] for run in equal_runs(one, other)) >= ALIKE * min(len(one), len(other))
