"""Cuts a text into blocks: paragraphs, headings and lone lines.

On the web every line is a block. In a text that was printed, lines break where the page ends and not where the
writer did, and a block runs on over them; which of the two it is shows in the lengths of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from riwaya.text.view import View

BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"\S[^{BREAKS}]*")
_ENDED = re.compile(r"[.!?:;](?:[\"')\]}]|\s)*$")
_PAUSE = re.compile(r"[,;.!?](?!\s*$)")

FEWEST_LINES = 8
"""Fewer lines than this do not show how long a line is."""
NARROWEST, WIDEST = 40, 150
"""Printed lines of Arabic prose, in letters: a newspaper column and a page set across."""
FULL = 0.75
"""A line of at least this share of the width was broken by the page."""


class Block(Struct, frozen=True):
    """A stretch of the view that its writer set apart; `after_blank` when an empty line stands before it."""

    start: int
    end: int
    text: str
    after_blank: bool


def blocks(view: View) -> list[Block]:
    """The blocks of a text in order; every letter that is not white space is in one.

    >>> from riwaya.lang.ar import arabic
    >>> view = View("سدّ العرجون\\n\\nانهار السد.\\nوقال شهود إنهم هربوا.", arabic.fold)
    >>> [(block.text, block.after_blank) for block in blocks(view)]
    [('سد العرجون', False), ('انهار السد.', True), ('وقال شهود انهم هربوا.', False)]

    Places are in the view.
    """
    lines = list(_lines(view.text))
    width = printed_width(lines)
    return lines if width is None else list(_joined(lines, width, view.text))


def _lines(text: str) -> Iterator[Block]:
    end = 0
    for found in _LINE.finditer(text):
        line = found.group().rstrip()
        start = found.start()
        blank = end > 0 and start - end > 1 and max(text.count(b, end, start) for b in "\n\r") > 1
        yield Block(start, start + len(line), line, blank)
        end = start + len(line)


def printed_width(lines: Sequence[Block]) -> int | None:
    """How long the lines of a printed page are; None when lines end where the writer ended them.

    Lines that stop without a full stop are all about as long as each other when the page cut them, and prose has
    commas in the middle of its lines where verse has none.
    """
    if len(lines) < FEWEST_LINES:
        return None
    open_lengths = sorted(len(line.text) for line in lines if not _ENDED.search(line.text))
    if len(open_lengths) < FEWEST_LINES - 2:
        return None
    width = open_lengths[len(open_lengths) * 9 // 10]
    full = sum(FULL * width <= length <= width / FULL for length in open_lengths)
    paused = sum(_PAUSE.search(line.text) is not None for line in lines)
    printed = NARROWEST <= width <= WIDEST and full >= 0.6 * len(open_lengths) and paused >= 0.25 * len(lines)
    return width if printed else None


def _joined(lines: Sequence[Block], width: int, text: str) -> Iterator[Block]:
    """Blocks of lines that run on: the upper one is as long as a line can be where it stands."""
    room = _room(lines)
    first = 0
    for i, (upper, lower) in enumerate(pairwise(lines)):
        if lower.after_blank:
            # An empty line inside a sentence is the printer's too, when the line above it is full and goes on.
            runs_on = len(upper.text) >= FULL * width and not _ENDED.search(upper.text)
        else:
            runs_on = len(upper.text) >= FULL * room[i]
        if not runs_on:
            yield _block(lines, first, i, text)
            first = i + 1
    yield _block(lines, first, len(lines) - 1, text)


def _room(lines: Sequence[Block]) -> list[int]:
    """For each line the longest in its group between empty lines: titles and pull-quotes are set narrower."""
    room: list[int] = []
    for i, line in enumerate(lines):
        if i == 0 or line.after_blank:
            longest, last = 0, i
            while last < len(lines) and (last == i or not lines[last].after_blank):
                longest = max(longest, len(lines[last].text))
                last += 1
            room += [longest] * (last - i)
    return room


def _block(lines: Sequence[Block], first: int, last: int, text: str) -> Block:
    start, end = lines[first].start, lines[last].end
    return Block(start, end, text[start:end], lines[first].after_blank)
