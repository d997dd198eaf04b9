"""Printed lines whose runs were taken out of a PDF in the wrong order.

A right-to-left line is cut into runs where a font joins two letters in a way of its own (ر before ي, a kashida before
ه or ة). Each run is put in reading order, but the runs are written from left to right, the last one first, with a space
at each cut. So the line begins with an orphan, the end of a word whose beginning stands elsewhere in the line:

    printed      خرجت القوافل من القرية، وغادرت السوق
    taken out    ية، وغادرت السوق خرجت القوافل من القر

An orphan opens every run except the first; where the first run begins is not marked, and is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, combinations, pairwise

from msgspec import field

from riwaya.lang.ar import arabic
from riwaya.lang.ar.frequency import zipf
from riwaya.lang.lexicon import Entry

__all__ = ["may_be_scrambled", "neighbours", "repair"]

WORD = 3.5  # on the Zipf scale: at least this frequent is the word that two pieces make
RARE = 3.3  # at most this frequent is a piece that is no word itself
FUNCTION_WORD = 6.0  # at least this frequent: a word that ends many lines, and makes words with any piece
MORE = 0.3  # by so much the word is more frequent than its end alone
LONGEST = 300  # characters of a printed line
LONGEST_WORD = 50
MOST_TORN, MOST_LOOSE = 12, 4  # ends of words in one line
SINGLE = -1.0  # a run of one word is seldom
HEARD = 3.0  # two words that stand side by side elsewhere in the text belong together

MARKS = re.compile("[\u064b-\u0652\u0640\u0670]")
NOT_LETTERS = re.compile("[^ء-غف-ي]")
STOP = re.compile(r"[.،,؛:؟!]$")
KNOWN = 1 << 16
"""Words whose answers are remembered: a text says most of its words more than once."""


class Kind(Entry, frozen=True, kw_only=True):
    place: str
    end: str = ""
    before: dict[str, int] = field(default_factory=dict)


def may_be_scrambled(line: str) -> bool:
    """Is it as short as a printed line, and does it open with an orphan? Asked of every line, so it is quick."""
    return len(line) <= LONGEST and bool(words := line[:LONGEST_WORD].split(maxsplit=1)) and _is_orphan(words[0])


def repair(line: str, above: str = "", below: str = "", pairs: frozenset[tuple[str, str]] = frozenset()) -> str | None:
    """A guess at the printed line, or None for a line in good order.

    `above` and `below` are the last word of the line before and the first word of the line after; `pairs` are words
    that stand side by side elsewhere in the text.

    >>> repair("ية، وغادرت السوق خرجت القوافل من القر")
    'خرجت القوافل من القرية، وغادرت السوق'
    >>> repair("خرجت القوافل من القرية، وغادرت السوق")
    """
    if not may_be_scrambled(line) or len(words := line.split()) < 3:
        return None
    torn = [at for at in range(1, len(words) - 1) if _is_torn(words[at])][:MOST_TORN]
    loose = [at for at in range(1, len(words) - 1) if _is_orphan(words[at]) and at not in torn][:MOST_LOOSE]
    best: tuple[float, str] | None = None
    for chosen in chain.from_iterable(combinations(loose, count) for count in range(len(loose) + 1)):
        starts = sorted([0, *torn, *chosen])
        if not _fits_on(words[-1], words[starts[-1]]):
            continue
        for cut in range(starts[-1] + 1, len(words)):
            runs = [words[start:end] for start, end in pairwise([*starts, cut, len(words)])][::-1]
            glue = _glue(runs)
            if glue is None:
                continue
            score = glue + _fit(runs, above, below, pairs)
            if best is None or score > best[0]:
                best = score, _joined(runs)
    return best[1] if best else None


@lru_cache(KNOWN)
def _is_torn(word: str) -> bool:
    """Can it be nothing but the end of a word: a kashida before it, or a vocative that nothing follows?"""
    return (word.startswith("ـ") and bool(_letters(word))) or (_letters(word) == "يا" and bool(STOP.search(word)))


@lru_cache(KNOWN)
def _is_orphan(word: str) -> bool:
    """Can it be the end of a word, torn off?"""
    return _is_torn(word) or (len(_letters(word)) > 1 and zipf(_letters(word)) <= RARE)


def _makes_word(before: str, orphan: str) -> bool:
    """Do the two make one frequent word, and does nothing part them?"""
    beginning, end = _letters(before), _letters(orphan)
    if STOP.search(before) or not beginning or zipf(beginning) > FUNCTION_WORD:
        return False
    return zipf(beginning + end) >= (WORD if _is_torn(orphan) else max(WORD, zipf(end) + MORE))


def _fits_on(before: str, orphan: str) -> bool:
    """Can the two be the pieces of one word? With a kashida between them, of any word."""
    return _makes_word(before, orphan) or (orphan.startswith("ـ") and not STOP.search(before))


def _glue(runs: Sequence[Sequence[str]]) -> float | None:
    """How frequent the words are that the runs make at their cuts; None when they make none."""
    score = 0.0
    for run, following in pairwise(runs):
        if _makes_word(run[-1], following[0]):
            score += zipf(_letters(run[-1]) + _letters(following[0]))
        elif not _fits_on(run[-1], following[0]):
            return None
    return score


def _fit(runs: Sequence[Sequence[str]], above: str, below: str, pairs: frozenset[tuple[str, str]]) -> float:
    """How much better the line goes together than as it stood, at its unmarked cut and at its ends."""
    first, second = runs[0], runs[1]
    opening = first[0] if len(first) > 1 else first[0] + second[0]
    score = 0.0 if len(first) > 1 else SINGLE
    if len(runs) == 2:
        score -= _together(second[-1], opening, pairs)
    if above:
        score += _together(above, opening, pairs)
    if below:
        score += _together(runs[-1][-1], below, pairs)
    return score


def _together(one: str, other: str, pairs: frozenset[tuple[str, str]]) -> float:
    """How well the second word goes after the first: as heard elsewhere in the text, else by their kinds."""
    if (_letters(one), _letters(other)) in pairs:
        return HEARD
    kind, following = _kind(one), _kind(_letters(other))
    return kind.before.get(following.name if following else "other", 0) if kind else 0


def _kind(word: str) -> Kind | None:
    """The kind of a word by its form alone; a word with its full stop is of the kind of those."""
    letters = _letters(word)
    for kind, folded in _kinds():
        match kind.place:
            case "stop":
                fits = word.endswith(kind.forms)
            case "word":
                fits = arabic.fold(letters) in folded
            case "end":
                fits = letters.endswith(kind.forms)
            case _:
                start = next((form for form in kind.forms if letters.startswith(form)), letters)
                rest = letters[len(start) :]
                fits = len(rest) > 2 and rest.endswith(kind.end)
                if len(start) == 1 and kind.name == "conjunction":
                    fits = fits and zipf(rest) > zipf(letters) - 0.5
        if fits:
            return kind
    return None


@cache
def _kinds() -> tuple[tuple[Kind, frozenset[str]], ...]:
    return tuple((kind, frozenset(map(arabic.fold, kind.forms))) for kind in arabic.table("adjacency", Kind))


def _joined(runs: Sequence[Sequence[str]]) -> str:
    text = " ".join(map(_plain, runs[0]))
    for run in runs[1:]:
        text += " ".join(map(_plain, run))
    return text


def _plain(word: str) -> str:
    return word.replace("ـ", "")


@lru_cache(KNOWN)
def _letters(word: str) -> str:
    return NOT_LETTERS.sub("", MARKS.sub("", word))


def neighbours(line: str) -> Iterator[tuple[str, str]]:
    """The pairs of words of a line that stand side by side."""
    return pairwise(map(_letters, line.split()))
