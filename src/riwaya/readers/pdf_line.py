"""The words of a printed line in reading order.

A printed line tells where its letters stand, not in which order they are read. The order is won back by turning
the Unicode Bidirectional Algorithm (UAX #9) round: in a right-to-left line everything is read from the right,
except numbers and words of Latin letters, which are read from the left.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from riwaya.readers.pdf_letters import Letter, is_rtl

__all__ = ["RTL", "Word", "line_text"]

TWICE, ENOUGH_GAPS = 1.8, 4  # times the usual gap of a line that has so many
WIDE = 0.3  # of the font's size: no gap that is narrower has lost a number

RTL = {"R", "AL"}
NUMBER = {"EN", "AN"}
LTR = {"L", *NUMBER}


class Word(Struct):
    """Letters that stand close together on one baseline, from left to right."""

    letters: list[Letter]
    y: float
    left: float
    right: float
    em: float


class Item(Struct):
    text: str
    kind: str
    """The bidirectional class of its first letter."""


def line_text(words: list[Word], rtl: bool) -> str:
    """The words of a line, given from left to right, in reading order.

    A gap twice as wide as the others is written as two spaces: digits may have stood there.
    """
    gaps = [right.left - left.right for left, right in pairwise(words)]
    wide = TWICE * median(gaps) if len(gaps) >= ENOUGH_GAPS else math.inf
    items: list[Item] = []
    for gap, word in zip([0.0, *gaps], words):
        if items:
            items += [Item(" ", "WS")] * (2 if gap > max(wide, WIDE * word.em) else 1)
        items.extend(Item(letter.text, unicodedata.bidirectional(letter.text[0])) for letter in word.letters)
    has_rtl = any(item.kind in RTL or item.kind == "AN" for item in items)
    has_ltr = any(item.kind == "L" for item in items)
    ordered = _from_right(items) if has_rtl and (rtl or not has_ltr) else _from_left(items)
    return _brackets("".join(item.text for item in ordered))


def _from_right(items: Sequence[Item]) -> list[Item]:
    """A stretch read from the right: numbers and Latin words in it are turned back."""
    ordered = _numbers(items)
    start = 0
    while start < len(ordered):
        if ordered[start].kind not in LTR:
            start += 1
            continue
        end = start + 1
        while (further := _joined(ordered, end)) is not None:
            end = further
        if ordered[end - 1].kind == "EN":
            while end < len(ordered) and ordered[end].kind == "ET":
                end += 1
        if ordered[start].kind == "EN":
            while start and ordered[start - 1].kind == "ET":
                start -= 1
        ordered[start:end] = ordered[start:end][::-1]
        start = end
    return ordered


def _numbers(items: Sequence[Item]) -> list[Item]:
    """From right to left; a number is an Arabic one unless a Latin word comes before it: rule W2 of UAX #9.

    The letter before a line is not seen; most often it is an Arabic one, and typesetters take it for one.
    """
    ordered = []
    after = "AL"
    for item in reversed(items):
        if item.kind in RTL or item.kind == "L":
            after = item.kind
        ordered.append(Item(item.text, "AN") if item.kind == "EN" and after != "L" else item)
    return ordered


def _joined(items: list[Item], end: int) -> int | None:
    """Where a left-to-right run that now ends at `end` goes on to, or None: rules W4, W7 and N1 of UAX #9."""
    following = end
    while following < len(items) and items[following].kind not in RTL | LTR:
        following += 1
    if following == len(items) or items[following].kind in RTL:
        return None
    between = items[end:following]
    one, other = items[end - 1].kind, items[following].kind
    if not between or one == other == "L":
        return following + 1
    if one in NUMBER and other in NUMBER:
        separators = {"CS", "ES"} if one == other == "EN" else {"CS"}
        return following + 1 if len(between) == 1 and between[0].kind in separators else None
    return following + 1 if all(item.kind in {"WS", "ES", "CS"} for item in between) else None


def _from_left(items: Sequence[Item]) -> list[Item]:
    """A stretch read from the left: right-to-left words in it are turned round."""
    ordered: list[Item] = []
    start = 0
    while start < len(items):
        if items[start].kind not in RTL and items[start].kind != "AN":
            ordered.append(items[start])
            start += 1
            continue
        end = start + 1
        for index in range(start + 1, len(items)):
            if items[index].kind == "L":
                break
            if items[index].kind in RTL or items[index].kind == "AN":
                end = index + 1
        ordered.extend(_from_right(items[start:end]))
        start = end
    return ordered


OPENING, CLOSING = "([{«‹“", ")]}»›”"
TURNED = str.maketrans(OPENING + CLOSING, CLOSING + OPENING)


def _brackets(text: str) -> str:
    """Brackets among right-to-left words open before a word and close after it.

    A printed bracket looks the same whichever way the line is read, and files disagree on how they name it.

    >>> _brackets("قال (ساخرا( إنه »هنا«.")
    'قال (ساخرا) إنه «هنا».'
    """
    if not any(bracket in text for bracket in OPENING + CLOSING):
        return text
    letters = list(text)
    for index, char in enumerate(text):
        if (char not in OPENING and char not in CLOSING) or not _near_rtl(text, index):
            continue
        parted_before, parted_after = _is_edge(text[index - 1 : index]), _is_edge(text[index + 1 : index + 2])
        if parted_before != parted_after and (char in OPENING) == parted_after:
            letters[index] = char.translate(TURNED)
    return "".join(letters)


def _is_edge(char: str) -> bool:
    return not char or char.isspace() or char in ".،,؛;:؟?!…" or char in OPENING + CLOSING


def _near_rtl(text: str, index: int) -> bool:
    """Is the nearest letter on either side one of a right-to-left script?"""
    before = next((char for char in reversed(text[:index]) if unicodedata.bidirectional(char) in {"L", *RTL}), "")
    after = next((char for char in text[index + 1 :] if unicodedata.bidirectional(char) in {"L", *RTL}), "")
    return any(map(is_rtl, before + after))
