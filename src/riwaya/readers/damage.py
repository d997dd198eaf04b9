"""Text that was damaged before it reached us, usually by a program that took it out of a PDF.

The text is never changed: a warning says what is wrong and where, and a repaired reading stands beside it, as a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from riwaya.lang.ar import arabic
from riwaya.lang.ar.frequency import UNCOMMON, zipf
from riwaya.lang.lexicon import Entry
from riwaya.model import Warning
from riwaya.readers.scramble import neighbours, repair

__all__ = ["damage", "wrong_letters"]

LETTER = "ء-غف-ي"
STRETCHED = re.compile(f"[{LETTER}]ـ+[{LETTER}]")
LINE = re.compile("[^\n\f]+")
WORD = re.compile(r"\S+")
GAP = re.compile(rf" (?<=[{LETTER}،,] ) {{1,2}}(?=[{LETTER}|])|^[،,|](?= [{LETTER}])", re.MULTILINE)
DIGIT = re.compile(r"\d")

KASHIDAS = 3
"""So many stretched words are justification; one or two may be a masthead or a name set for looks."""

GAPS = 2
"""So many gaps where numbers belong, in a text without digits, are no slips of the keyboard."""


LONG_WORD = re.compile(f"[{LETTER}]{{3,}}")
ENOUGH, SAMPLE = 40, 2000
KNOWN = 0.5
"""Of 14,409 news articles of 40 such words the least known has 0.56, a poem in dialect; the median is 0.94."""


class Slot(Entry, frozen=True, kw_only=True):
    """Words beside which a number stands; `side` is the side of the number on which they stand, seen from them."""

    side: str


def damage(text: str) -> tuple[Warning, ...]:
    """What is wrong with a text, in order of place; nothing for a sound one.

    Kinds: `kashidas` (words stretched for justification), `lost-digits` (gaps where numbers stood) and
    `scrambled-line` (the runs of a printed line in the wrong order; the detail offers a reading).

    >>> [warning.kind for warning in damage("ية، وغادرت السوق خرجت القوافل من القر")]
    ['scrambled-line']
    >>> damage("خرجت القوافل من القرية، وغادرت السوق")
    ()
    """
    kashidas = list(_kashidas(text))
    scrambled = list(_scrambled(text))
    digits = list(_lost_digits(text, broken=bool(kashidas or scrambled)))
    return tuple(sorted(kashidas + scrambled + digits, key=lambda warning: (warning.start or 0, warning.kind)))


def _kashidas(text: str) -> Iterator[Warning]:
    """One warning for lines that follow one another and have stretched words."""
    if text.count("ـ") < KASHIDAS or len(STRETCHED.findall(text)) < KASHIDAS:
        return
    start = end = count = 0
    for line in LINE.finditer(text):
        words = [word for word in WORD.finditer(text, *line.span()) if STRETCHED.search(word[0])]
        if not words and line[0].strip() and count:
            yield _stretch(start, end, count)
            count = 0
        if words:
            start = words[0].start() if not count else start
            end, count = words[-1].end(), count + len(words)
    if count:
        yield _stretch(start, end, count)


def _stretch(start: int, end: int, count: int) -> Warning:
    words = "a word here is" if count == 1 else f"{count} words here are"
    return Warning(kind="kashidas", detail=f"{words} stretched with kashidas (U+0640)", start=start, end=end)


def _lost_digits(text: str, broken: bool) -> Iterator[Warning]:
    """Gaps where a number belongs, in a text from which all digits are gone; the number itself is unknown."""
    if DIGIT.search(text) or not (gaps := list(GAP.finditer(text))):
        return
    slots = [gap for gap in gaps if _wants_number(text, gap)]
    if len(slots) < (1 if broken else GAPS) or 2 * len(slots) < len(gaps):
        return
    for gap in gaps:
        if gap in slots or gap[0].isspace():
            detail = "digits are missing here: a gap where a number is expected, in a text without any digit"
            yield Warning(kind="lost-digits", detail=detail, start=gap.start(), end=gap.end())


def _wants_number(text: str, gap: re.Match[str]) -> bool:
    line = text.rfind("\n", 0, gap.start()) + 1
    before = arabic.fold(text[line : gap.start()]).split()
    after = arabic.fold(text[gap.end() : text.find("\n", gap.end()) % (len(text) + 1)]).split()
    ends = {" ".join(before[-count:]) for count in (1, 2, 3)}
    starts = {" ".join(after[:count]).strip("،,.") for count in (1, 2, 3)}
    return bool(ends & _slots("after") or starts & _slots("before"))


@cache
def _slots(side: str) -> frozenset[str]:
    table = arabic.table("slots", Slot)
    return frozenset(arabic.fold(form) for entry in table if entry.side in {side, "both"} for form in entry.forms)


def _scrambled(text: str) -> Iterator[Warning]:
    """A warning for each line whose runs are in the wrong order, with a reading beside it."""
    lines = [line for line in LINE.finditer(text) if not line[0].isspace()]
    found = [at for at, line in enumerate(lines) if repair(line[0])]
    if not found:
        return
    heard = Counter(pair for line in lines for pair in set(neighbours(line[0])))
    for at in found:
        line = lines[at]
        here = set(neighbours(line[0]))
        pairs = frozenset(pair for pair, count in heard.items() if count > (pair in here))
        above = lines[at - 1][0].split()[-1] if at else ""
        below = lines[at + 1][0].split()[0] if at + 1 < len(lines) else ""
        reading = repair(line[0], above, below, pairs)
        detail = f"the runs of this line stand in the wrong order; a guess at what was printed: «{reading}»"
        yield Warning(kind="scrambled-line", detail=detail, start=line.start(), end=line.end())


def wrong_letters(text: str) -> Iterator[Warning]:
    """A warning where most words are no Arabic words: a PDF's font may name its glyphs by the wrong letters.

    >>> list(wrong_letters("وصل الوفد إلى المدينة مساء. " * 20))
    []
    >>> [warning.kind for warning in wrong_letters("وشك اكويذ إكث اكزذضمة زشاؤ. " * 20)]
    ['wrong-letters']
    """
    words = [word[0] for word, _ in zip(LONG_WORD.finditer(text.replace("ـ", "")), range(SAMPLE))]
    known = sum(max(zipf(word), zipf(word[1:]), zipf(word[2:])) > UNCOMMON for word in words)  # less one or two clitics
    if len(words) >= ENOUGH and known < KNOWN * len(words):
        detail = (
            f"only {known} of {len(words)} words are known: the file may name its letters wrongly; compare the print"
        )
        yield Warning(kind="wrong-letters", detail=detail, start=0, end=len(text))
