"""Highlights: stretches of a text, of many layers at once, cut into pieces that a page can show.

An Arabic letter changes its shape when the word is broken, so what is shown always covers whole words; what was found,
to the letter, stays in the finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

_WORD = re.compile(r"[\w\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]+")


class Mark(Struct, frozen=True):
    """A stretch of a text that a layer points at; `note` is what a pointer resting on it is told."""

    start: int
    end: int
    layer: str
    note: str = ""
    id: str = ""


class Piece(Struct, frozen=True, kw_only=True):
    """A stretch that all its layers share; `at` is where it starts, `ids` the findings it belongs to."""

    at: int
    text: str
    layers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    """The findings of which this is the first piece."""


def snapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened to whole words.

    >>> text = "وصلوا بالعرجون أمس"
    >>> start, end = snapped(text, 9, 14)
    >>> text[start:end]
    'بالعرجون'
    """
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    while 0 < start < len(text) and _joins(text, start):
        start -= 1
    while 0 < end < len(text) and _joins(text, end):
        end += 1
    return start, max(start, end)


def _joins(text: str, at: int) -> bool:
    return bool(_WORD.match(text[at - 1]) and _WORD.match(text[at]))


def pieces(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """The text between `start` and `end`, cut wherever a mark begins or ends.

    >>> [(p.text, p.layers) for p in pieces("قال زيد", [Mark(4, 7, "names")])]
    [('قال ', ()), ('زيد', ('names',))]
    """
    stop = len(text) if end is None else end
    opens: dict[int, list[Mark]] = {}
    closes: dict[int, list[Mark]] = {}
    for mark in marks:
        left, right = snapped(text, mark.start, mark.end)
        first, left, right = left >= start, max(left, start), min(right, stop)
        if left < right:
            held = mark if first else Mark(mark.start, mark.end, mark.layer, mark.note, mark.id)
            opens.setdefault(left, []).append(held)
            closes.setdefault(right, []).append(held)
    cuts = sorted({start, stop, *opens, *closes})
    live: dict[int, Mark] = {}
    found = []
    for at, upto in pairwise(cuts):
        for mark in closes.get(at, ()):
            live.pop(id(mark), None)
        begun = opens.get(at, ())
        live.update((id(mark), mark) for mark in begun)
        here = list(live.values())
        found.append(
            Piece(
                at=at,
                text=text[at:upto],
                layers=tuple(dict.fromkeys(m.layer for m in here)),
                notes=tuple(dict.fromkeys(m.note for m in here if m.note)),
                ids=tuple(dict.fromkeys(m.id for m in here if m.id)),
                starts=tuple(dict.fromkeys(m.id for m in begun if m.id and m.start >= start)),
            )
        )
    return found


class Paragraph(Struct, frozen=True, kw_only=True):
    start: int
    end: int
    pieces: list[Piece]


def paragraphs(text: str, marks: Sequence[Mark]) -> list[Paragraph]:
    """The text line by line, blank lines left out, each with its pieces."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
    starts = [start for start, _ in lines]
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        first = max(0, bisect_right(starts, mark.start) - 1)
        for number in range(first, len(lines)):
            if lines[number][0] >= mark.end:
                break
            by_line.setdefault(number, []).append(mark)
    return [
        Paragraph(start=start, end=end, pieces=pieces(text, by_line.get(number, ()), start, end))
        for number, (start, end) in enumerate(lines)
    ]


def around(text: str, start: int, end: int, layer: str = "found", width: int = 90) -> list[Piece]:
    """A stretch with some words on both sides, itself marked.

    >>> "".join(p.text for p in around("قال زيد إن السد انهار", 11, 15))
    'قال زيد إن السد انهار'
    """
    left, right = snapped(text, max(0, start - width), min(len(text), end + width))
    return pieces(text, [Mark(start, end, layer)], left, right)
