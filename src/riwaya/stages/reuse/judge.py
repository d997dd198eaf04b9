"""Which passages are reuse: length, and whether the words say more than a set phrase does.

Eight equal words may be one title, a formula of greeting, or a daily bulletin with new numbers. So equal words are
weighed: a word counts less when every run of words around it stands in very many texts, when it is a word of titles
or part of a name, and when it is short; a passage that starts or ends a clause in both texts is worth more than one
cut from the middle, and passages support each other. Forms filled in anew are left out (see `forms`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from math import log10

import numpy as np
import numpy.typing as npt

from riwaya.stages.reuse.extend import Stretch, snapped
from riwaya.stages.reuse.forms import COMMON, filled_form, worn
from riwaya.stages.reuse.strands import Strand, Worded
from riwaya.stages.reuse.wording import Wording

SHORT, SHORT_WEIGHT, TITLE_WEIGHT, SPEECH_WEIGHT = 3, 0.6, 0.25, 0.4
"""Words of so few letters are mostly particles."""
EDGES = (0.0, 1.0, 2.5)
"""What it is worth that a passage starts, or ends, with nothing, with a clause, or with a sentence, in both texts."""
SUPPORT, SUPPORT_MOST = 0.1, 4.0
"""What each weighed word elsewhere in the two texts adds, and how much at most."""
ENOUGH, ENOUGH_GROWTH = 0.83, 0.21
"""A passage must weigh this many times the least number of words, and the second for every tenfold of texts: the more
texts are compared, the more often custom alone makes some words equal (compare the E-value of sequence search, Karlin
and Altschul 1990). That is 1.1 among twenty texts and 1.7 among fifteen thousand."""
STEADY = 1000
SAME_OUTLET = 1.5
"""Between texts of one outlet so many times more, for it repeats itself: a list of articles, the terms of a series."""
LEAST_SIMILAR = 0.5
LATER, TOLD_ANEW, TOLD_ANEW_MORE = 2, 0.2, 2.0
"""A passage published so many days apart in which so many words, for each equal one, were replaced by others must weigh
so many times more. News is taken over within a day, and what is quoted later is quoted as it stands; what reads in part
otherwise days later is mostly custom: what the police, a court or the bourse always say."""


def reused(
    left: Strand, right: Strand, found: Iterable[Stretch], enough: float, min_words: int, days: int = 0
) -> list[Stretch]:
    """The passages that are reuse, in order of the left text.

    `enough` is what one must weigh; the texts were published so many `days` apart.
    """
    able = [
        s
        for s in found
        if min(s.left_end - s.left, s.right_end - s.right) >= min_words
        and s.similarity >= LEAST_SIMILAR
        and not worn(left, s)
        and not filled_form(left, right, s)
    ]
    weights = [weight(left, s) for s in able]
    total = sum(weights)
    good = [
        s
        for s, own in zip(able, weights, strict=True)
        if own + edges(left, right, s) + min(SUPPORT_MOST, SUPPORT * (total - own))
        >= enough * (TOLD_ANEW_MORE if days >= LATER and s.replaced >= TOLD_ANEW else 1)
    ]
    found = _to_clauses(left, right, sorted(good, key=lambda s: (s.left, s.right)))
    return [s for s in found if not filled_form(left, right, s)]  # the numbers may stand at its ends


def demanded(texts: int, min_words: int, same_outlet: bool = False) -> float:
    """What a passage must weigh among so many texts.

    >>> round(demanded(20, 8), 1), round(demanded(15_000, 8), 1)
    (8.8, 13.7)
    """
    return min_words * (ENOUGH + ENOUGH_GROWTH * tenfolds(texts)) * (SAME_OUTLET if same_outlet else 1)


def tenfolds(texts: int) -> float:
    """How many texts there are, as a logarithm; from STEADY on in tenths, so that a few texts more change nothing.

    >>> tenfolds(100), tenfolds(15_000)
    (2.0, 4.2)
    """
    size = log10(max(texts, 10))
    return size if texts < STEADY else round(size, 1)


def _to_clauses(left: Strand, right: Strand, found: list[Stretch]) -> list[Stretch]:
    """The passages from clause to clause, none reaching into another."""

    ours = sorted({0, len(left.words), *(p for s in found for p in (s.left, s.left_end))})
    theirs = sorted({0, len(right.words), *(p for s in found for p in (s.right, s.right_end))})
    done = []
    for s in found:
        before = ours[max(0, bisect_left(ours, s.left) - 1)], theirs[max(0, bisect_left(theirs, s.right) - 1)]
        after = (
            ours[min(len(ours) - 1, bisect_right(ours, s.left_end))],
            theirs[min(len(theirs) - 1, bisect_right(theirs, s.right_end))],
        )
        done.append(snapped(s, left.clauses, right.clauses, (before, after)))
    return done


def worths(text: Worded, wording: Wording) -> npt.NDArray[np.float64]:
    """What each word weighs, in thousandths."""
    codes = np.frombuffer(text.words.encode("utf-32-le"), dtype="<u4")
    titles, before = _among(codes, wording.titles), _among(codes, wording.before_names)
    after = np.append(False, before[:-1])[: before.size]
    after[text.bounds[:-1][np.diff(text.bounds) > 0]] = False  # a text before says nothing of the first word of one
    titles |= after
    worth = np.where(text.lengths <= SHORT, SHORT_WEIGHT, 1.0)
    worth[_among(codes, wording.speech)] = SPEECH_WEIGHT
    worth[titles] = TITLE_WEIGHT
    worth *= np.minimum(1.0, COMMON / np.maximum(text.spread, 1))
    thousandths: npt.NDArray[np.float64] = np.rint(1000 * worth)
    return thousandths


def in_steps(spread: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """In how many texts words stand, roughly: up to COMMON as 0, since they weigh the same; beyond, all counts up to
    twice as many as one, and so on. So one more text changes what few words weigh.

    >>> in_steps(np.array([0, 12, 13, 24, 25, 200], dtype=np.uint8)).tolist()
    [0, 0, 16, 16, 33, 255]
    """
    counts = np.arange(256)
    steps = np.ceil(np.log2(np.maximum(counts, COMMON) / COMMON))
    rough = np.where(steps > 0, np.minimum(COMMON * np.exp2(steps - 0.5), 255), 0)
    return rough.astype(np.uint8)[spread]


def _among(codes: npt.NDArray[np.uint32], words: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Which words are among the given ones; those of more than one word are no words."""
    table = np.zeros(0x110000, dtype=bool)
    table[[ord(word) for word in words if len(word) == 1]] = True
    return table[codes]


def weight(left: Strand, passage: Stretch) -> float:
    """The equal words of a passage, each weighed by how rare it and its surroundings are."""
    if not passage.runs:
        return float(passage.equal)
    worth = left.worth
    return sum(worth[a + size] - worth[a] for a, _, size in passage.runs) / 1000


def edges(left: Strand, right: Strand, passage: Stretch) -> float:
    """How much it counts that the passage keeps to clauses."""
    ours, theirs = left.clauses, right.clauses
    start = min(ours[passage.left], theirs[passage.right])
    end = min(ours[passage.left_end], theirs[passage.right_end])
    return EDGES[start] + EDGES[end]
