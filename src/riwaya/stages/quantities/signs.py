"""Signs as they are read: brackets around digits are read over, letters drawn out into a dash are one.

«(350) متفوقا» counts like «350 متفوقا», «150 ــ 300 ريال» like «150 - 300 ريال», and the point that a right-to-left
mark turns round («63.», the mark, «49») like the letter that agencies write for it («63ر49»).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from riwaya.lang.ar.numbers import POINT, literal
from riwaya.text.words import DIGIT, SIGN, Words

__all__ = ["AsRead", "as_read"]

TURN = "\u200f"
TATWEEL = "ـ"
DASH = "-"
OPENING = {"(": ")", '"': '"'}


class AsRead(Struct, frozen=True, gc=False):
    """The words of a text without the signs that are read over and with those that are not written as such."""

    norms: list[str]
    kinds: list[int]
    glued: list[bool]
    kept: list[int]
    """The index that each of them has in the text."""
    at: list[int]
    """The other way round; -1 for what is read over."""
    bare: frozenset[int]
    """The digits that stand in brackets there."""
    dropped: dict[int, str]
    """The brackets of the text."""

    def places(self, indices: Iterable[int]) -> list[int]:
        """Where words of the text stand among these."""
        return [place for i in indices if (place := self.at[i]) >= 0]

    def written(self, first: int, last: int) -> tuple[int, int]:
        """The words of the text for `first` to `last` (exclusive) of these, with the brackets around the digits."""
        start, end = self.kept[first], self.kept[last - 1] + 1
        if first in self.bare:
            start -= 1
        around = self.dropped.get(start, "")
        return start, end + (end in self.dropped and self.dropped[end] == OPENING.get(around))


def as_read(words: Words, digits: Sequence[int], glued: Sequence[bool]) -> AsRead | None:
    """The words as they are read; None where they are read as they are written."""
    dropped = brackets(words.norms, digits, glued)
    dashes = drawn_dashes(words, digits) if TATWEEL in words.view.source else set()
    turned = turned_points(words) if TURN in words.view.source else set()
    if not (dropped or dashes or turned):
        return None
    norms: list[str] = []
    kinds: list[int] = []
    near: list[bool] = []
    kept: list[int] = []
    at: list[int] = []
    for i, norm in enumerate(words.norms):
        if i in dashes:
            norms.append(DASH)
            kinds.append(SIGN)
            near.append(False)
            kept.append(i)
        at.append(-1 if i in dropped else len(norms))
        if i not in dropped:
            norms.append(POINT if i in turned else norm)
            kinds.append(words.lists[2][i])
            near.append(glued[i] and i not in dashes and i - 1 not in dropped)
            kept.append(i)
    bare = frozenset([at[i + 1] for i in dropped if i + 1 < len(at) and words.lists[2][i + 1] == DIGIT])
    return AsRead(norms, kinds, near, kept, at, bare, {i: words.norms[i] for i in dropped})


def brackets(norms: Sequence[str], digits: Sequence[int], glued: Sequence[bool]) -> set[int]:
    """The brackets and quotation marks around a number in digits: «(350) متفوقا», «"68" ألف»."""
    found: set[int] = set()
    for i in digits:
        if not i or norms[i - 1] not in OPENING:
            continue
        end, value = literal(norms, i, glued)
        if value is not None and norms[end : end + 1] == [DASH] and end + 1 < len(norms):
            end, value = literal(norms, end + 1, glued)  # «(32-48) كلغ»
        if value is not None and end < len(norms) and norms[end] == OPENING[norms[i - 1]]:
            found |= {i - 1, end}
    return found


def drawn_dashes(words: Words, digits: Sequence[int]) -> set[int]:
    """The words before which letters behind or before a number are drawn out into a dash: «150 ــ 300»."""
    source = words.view.source
    near = {j for i in digits for j in (i, i + 1) if 0 < j < len(words)}
    gaps = {j: source[words.span(j - 1).end : words.span(j).start].strip() for j in near}
    return {j for j, gap in gaps.items() if gap and not gap.strip(TATWEEL)}


def turned_points(words: Words) -> set[int]:
    """The points that a right-to-left mark follows, which turns the number round: «63.», the mark, «49» is 49.63."""
    source, norms = words.view.source, words.norms
    points = [i for i, norm in enumerate(norms) if norm == "." and i + 1 < len(norms)]
    return {i for i in points if TURN in source[words.span(i).end - 1 : words.span(i + 1).start]}
