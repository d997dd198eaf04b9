"""Which passages are reuse: length, and whether the words say more than a set phrase does.

Eight equal words may be one title («…»), a formula of greeting, or a daily bulletin with new numbers. So equal words
are weighed: a word counts less when every run of words around it stands in very many texts, and when it is short;
a passage that starts or ends a clause in both texts is worth more than one cut from the middle, and passages support
each other. A passage whose numbers nearly all differ is a form filled in anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from riwaya.stages.reuse.extend import Stretch
from riwaya.stages.reuse.strands import Strand

STOPS = frozenset(".!?؟;؛:،,…\n\"«»“”()[]–—-*•|")
"""Signs at which a clause may start or end."""
COMMON = 12
"""Runs of words in more texts than this are on the way to a set phrase."""
SHORT, SHORT_WEIGHT = 3, 0.6
"""Words of so few letters are mostly particles."""
EDGE = 1.5
"""What it is worth that a passage starts, or ends, with a clause in both texts."""
SUPPORT, SUPPORT_MOST = 0.1, 3.0
"""What each weighed word elsewhere in the two texts adds, and how much at most."""
LEAST_SIMILAR = 0.5
NUMBERS, NUMBERS_DENSE, NUMBERS_EQUAL = 4, 0.08, 0.35
"""From so many numbers on, when they are this share of the words, at least this share of them must be equal."""


def reused(left: Strand, right: Strand, found: Iterable[Stretch], min_words: int) -> list[Stretch]:
    """The passages that are reuse, in order of the left text."""
    able = [
        s
        for s in found
        if min(s.left_end - s.left, s.right_end - s.right) >= min_words
        and s.similarity >= LEAST_SIMILAR
        and not filled_form(left, right, s)
    ]
    weights = [weight(left, s) for s in able]
    total = sum(weights)
    return sorted(
        (
            s
            for s, own in zip(able, weights, strict=True)
            if own + edges(left, right, s) + min(SUPPORT_MOST, SUPPORT * (total - own)) >= 1.25 * min_words
        ),
        key=lambda s: (s.left, s.right),
    )


def weight(left: Strand, passage: Stretch) -> float:
    """The equal words of a passage, each weighed by how rare its surroundings are."""
    total = 0.0
    for a, _, size in passage.runs:
        lengths = (left.ends[a : a + size] - left.starts[a : a + size]).tolist()
        for spread, length in zip(left.spread[a : a + size], lengths, strict=True):
            total += (SHORT_WEIGHT if length <= SHORT else 1.0) * (1.0 if spread <= COMMON else COMMON / spread)
    return total


def edges(left: Strand, right: Strand, passage: Stretch) -> float:
    """How much it counts that the passage keeps to clauses."""
    starts = starts_clause(left, passage.left) and starts_clause(right, passage.right)
    ends = starts_clause(left, passage.left_end) and starts_clause(right, passage.right_end)
    return EDGE * (starts + ends)


def starts_clause(text: Strand, word: int) -> bool:
    """Does a clause start at the word, or end before it?"""
    return word in (0, len(text.words)) or not STOPS.isdisjoint(text.between(word))


def filled_form(left: Strand, right: Strand, passage: Stretch) -> bool:
    """Is it dense with numbers, and nearly all of them different?"""
    ours = numbers(left, range(passage.left, passage.left_end))
    theirs = numbers(right, range(passage.right, passage.right_end))
    count = min(len(ours), len(theirs))
    if count < NUMBERS or count < NUMBERS_DENSE * (passage.left_end - passage.left):
        return False
    return sum(len(numbers(left, range(a, a + size))) for a, _, size in passage.runs) < NUMBERS_EQUAL * count


def numbers(text: Strand, words: Sequence[int]) -> list[int]:
    """The words that are written in digits."""
    return [word for word in words if text.text[text.starts[word]].isdigit()]
