"""Finds the stretches of a text in which a phrase of time may stand; the rest is never looked at again.

Around a word that can belong to no phrase but one of time, a stretch reaches as far as words go on from each other in
some rule, and is trimmed to where a phrase can begin and end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from riwaya.stages.dates.lexemes import ALONE, BRACKETED, DIGITS, ISO, Joint, Vocabulary
from riwaya.text.words import DIGIT, SIGN, Words

__all__ = ["DECIMAL", "NOTHING", "Sift"]

NOTHING: frozenset[Any] = frozenset()
REACH = 14
"""So many words on each side of a core can belong to its phrase."""
STAMPED = frozenset([*ISO, "."])
"""What belongs to a phrase only right behind a digit: the T and the Z of a time stamp, and a point."""
DATELIKE = (1, 2, 3, 4)
"""Digits of days and of years."""
DECIMAL = ".,"
"""«14.64»: no end of anything."""
TODAY = ("اليوم",)


class Sift:
    """The stretches of a text, and what is hidden in them; before the words that are `drawn` letters make a dash."""

    def __init__(self, words: Words, known: Vocabulary, diary: bool = False, drawn: Collection[int] = ()) -> None:
        self.words, self.known, self.drawn = words, known, drawn
        self.norms, self.view = words.norms, words.view.text
        self.starts, self.ends, self.kinds = words.lists
        norms, cores, seconds = self.norms, known.cores, known.seconds
        found = words.places(known.told if diary else known.telling)
        self.names = named(words, [i for i in found if norms[i] in known.suspects], known)
        digits = words.digits
        self.looks = looks(norms, digits)
        if diary:
            found = [i for i in found if norms[i] in known.known]
        else:
            found = [i for i in found if norms[i] in cores and (norms[i] not in seconds or known.is_core(norms, i))]
            digits = [i for i in digits if len(norms[i]) in DATELIKE and datelike(norms, i, known)]
        self.cores = sorted(found + digits)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Stretches, first and last exclusive."""
        behind, done, cores, looks, joints = len(self.norms) - 1, 0, set(self.cores), self.looks, self.known.joints
        for core in self.cores:
            if core < done:
                continue
            first = last = core
            here = joints[looks[core]]
            while first > done and core - first < REACH:
                before = joints.get(looks[first - 1])
                if before is None or not self.goes_on(first - 1, before, here):
                    break
                first, here = first - 1, before
            here = joints[looks[core]]
            while last < behind and last - core < REACH:
                after = joints.get(looks[last + 1])
                if after is None or not self.goes_on(last, here, after):
                    break
                last, here = last + 1, after
                if last in cores:
                    core = last
            done = last + 1
            while last > first and not joints[looks[last]].closes:
                last -= 1
            while first < last and not joints[looks[first]].opens:
                first += 1
            yield first, last + 1

    def goes_on(self, i: int, left: Joint, right: Joint) -> bool:
        """Can word i + 1 go on from word i in one phrase? A line may break inside a phrase, a paragraph may not."""
        looks = self.looks
        if not left.onward & right.entered and looks[i] not in right.inside and i + 1 not in self.drawn:
            return False
        if (looks[i + 1] in STAMPED and not self.stamped(i + 1)) or (looks[i] in STAMPED and not self.stamped(i)):
            return False
        gap = self.view[self.ends[i] : self.starts[i + 1]]
        if gap == " " or "\n" not in gap:
            return True
        return gap.count("\n") == 1 and self.kinds[i] != SIGN and self.kinds[i + 1] != SIGN

    def stamped(self, i: int) -> bool:
        """Does it hang on a digit?"""
        return i > 0 and self.kinds[i - 1] == DIGIT and self.ends[i - 1] == self.starts[i]

    def stopped(self, last: int) -> bool:
        """Does the clause end before the word `last`: at a sign, or with the line?"""
        norms, starts, ends, kinds = self.norms, self.starts, self.ends, self.kinds
        if last == len(norms):
            return True
        if kinds[last] != SIGN:
            return "\n" in self.view[ends[last - 1] : starts[last]]
        decimal = last + 1 < len(norms) and norms[last] in DECIMAL and starts[last] == ends[last - 1]
        return not decimal or starts[last + 1] > ends[last] or kinds[last + 1] != DIGIT

    def hidden(self, first: int, last: int) -> frozenset[int]:
        """The words of a stretch, counted from its first, that are no words of time."""
        return frozenset([i - first for i in self.names if first <= i < last])


def named(words: Words, suspects: Iterable[int], known: Vocabulary) -> set[int]:
    """The words that belong to a name or a set phrase, or are written like a name."""
    found: set[int] = set()
    norms = words.norms
    last = len(norms) - 1
    for i in suspects:
        if norms[i] in known.misspelled and words.span(i).of(words.view.source) in known.spellings:
            found.add(i)
        masks = known.masks.get(norms[i], {})
        for beside in (norms[i - 1], norms[i + 1] if i < last else ALONE, ALONE):
            for mask, at, carried in masks.get(beside, ()):
                start, end = i - at, i - at + len(mask)
                if start < 0 or tuple(norms[start:end]) != mask:
                    continue
                if carried and not (start and norms[start - 1] in known.carriers):
                    continue
                if mask[1:] == TODAY and end < len(norms) and known.is_particle(norms[end], "weekday", "ordinal"):
                    continue  # «استخدمت روسيا اليوم الأربعاء», «نهاية اليوم الثالث»
                found.update(range(start, end))
    return found


def looks(norms: Sequence[str], digits: Sequence[int]) -> list[str]:
    """The words as it is asked what can stand beside them: all digits are alike, and brackets around them go along.

    >>> looks(["(", "350", ")", "عام"], [1])
    ['(0', '0', '0)', 'عام']
    """
    found = list(norms)
    for i in digits:
        found[i] = DIGITS
        if i and (norms[i - 1], *norms[i + 1 : i + 2]) in BRACKETED:
            found[i - 1 : i + 2] = ["(" + DIGITS, DIGITS, DIGITS + ")"]
    return found


def datelike(norms: Sequence[str], i: int, known: Vocabulary) -> bool:
    """Digits that can be a year, or have a sign of dates and times beside them."""
    norm = norms[i]
    if len(norm) == 4:
        return norm[0] in "12"
    if i + 1 >= len(norms):
        return False
    if len(norm) == 3:
        return norms[i + 1] in known.eras  # «748هـ»
    if len(norm) == 2 and norms[i + 1] in known.eras and norms[i + 2 : i + 3] == ["/"]:
        return True  # «83هـ/703م»
    if norms[i + 1] in known.adjectives:
        return True  # «30 الجاري»
    if i + 2 >= len(norms):
        return False
    if norms[i + 1] == ".":
        return norms[i + 3 : i + 4] == ["."]
    return norms[i + 1] in "/:-\\" and norms[i + 2].isdecimal()
