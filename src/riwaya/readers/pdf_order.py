"""From letters with places to the text of a page: rows, words, columns, lines, paragraphs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from riwaya.readers.pdf_letters import LOST, Letter
from riwaya.readers.pdf_line import RTL, Word, line_text

__all__ = ["page_text"]

MIXED = 0.3  # of the letters of a page: with fewer of one direction, the page has the other
COLUMN_LINES, COLUMN_WORDS = 4, 12  # fewer are no column
GUTTER = 1.0  # of the font's size: narrower gaps part words, not columns
FILLED = 0.6  # of a column's width is covered by the words of most of its lines, when it is prose
MOST_WORDS = 20_000  # on a page; a page with more is read line by line
NARROW, WIDE = 0.05, 0.3  # of the font's size: between these lies the gap that parts two words
USUAL_GAP, MANY_GAPS = 0.13, 40  # on a page that has not so many gaps between the two
CROWDED = 0.15  # of the font's size for each letter: no script is set tighter
ROW = 0.4  # of the font's size: baselines nearer than this are one line
PARAGRAPH = 1.35  # times the usual distance of lines: more parts two paragraphs

MARKS = {"NSM"}


def page_text(letters: Sequence[Letter]) -> str:
    """The text of a page: its lines, with an empty line between paragraphs.

    >>> word = [Letter(char, x, x, x + 6, 700, 10) for char, x in (("م", 20), ("د", 14), ("ن", 8))]
    >>> page_text([*word, Letter("7", 30, 30, 35, 700, 10)])
    '7 مدن'
    """
    rows = _rows(letters)
    rtl, gap = _runs_rtl(rows), _word_gap(rows)
    blocks = _blocks([word for row in rows for word in _words(row, gap)], rtl)
    return "\n\n".join(filter(None, (_block_text(block, rtl) for block in blocks)))


# --- rows and words --------------------------------------------------------------------------------------------


class Row(Struct):
    """Letters on one baseline, from left to right."""

    y: float
    letters: list[Letter]


def _rows(letters: Iterable[Letter]) -> list[Row]:
    rows: list[Row] = []
    marks: list[Letter] = []
    for letter in sorted(letters, key=lambda letter: -letter.y):
        if _is_mark(letter.text):
            marks.append(letter)
        elif rows and rows[-1].y - letter.y < ROW * max(letter.em, rows[-1].letters[-1].em):
            rows[-1].letters.append(letter)
        else:
            rows.append(Row(letter.y, [letter]))
    for row in rows:
        row.letters = _parts_left_out(sorted(row.letters, key=lambda letter: letter.x))
    for mark in marks:
        _attach(mark, rows)
    return rows


def _parts_left_out(letters: list[Letter]) -> list[Letter]:
    """Without what a file says twice or wrongly where it hangs the letters of a whole word on one glyph."""
    crowded = [letter for letter in letters if _is_crowded(letter)]
    if not crowded:
        return letters
    return [
        letter
        for letter in letters
        if letter in crowded or not any(word.left < sum(letter.seen) / 2 < word.right for word in crowded)
    ]


def _is_crowded(letter: Letter) -> bool:
    """Is the glyph too narrow to show all its letters?"""
    return len(letter.text) > 3 and letter.right - letter.left < CROWDED * letter.em * len(letter.text)


def _is_mark(text: str) -> bool:
    return all(unicodedata.bidirectional(char) in MARKS for char in text.strip()) and bool(text.strip())


def _attach(mark: Letter, rows: list[Row]) -> None:
    """A mark belongs to the letter that it stands over or under."""
    row = min(rows, key=lambda row: abs(row.y - mark.y), default=None)
    if row is None:
        return
    middle = sum(mark.seen) / 2
    distances = [
        (letter.blank, max(letter.left - middle, middle - letter.right, 0.0), abs(sum(letter.seen) / 2 - middle))
        for letter in row.letters
    ]
    index = distances.index(min(distances))
    row.letters[index] = replace(row.letters[index], text=row.letters[index].text + mark.text)


def _word_gap(rows: Sequence[Row]) -> float:
    """How wide a gap parts two words on this page, in parts of the font's size.

    Gaps in words and gaps between them are two heaps: they part at the widest stretch of widths that no gap has.
    """
    gaps = sorted(
        gap
        for row in rows
        for left, right in pairwise(letter for letter in row.letters if not letter.blank)
        if NARROW < (gap := (right.left - left.right) / right.em) < WIDE
    )
    if len(gaps) < MANY_GAPS:
        return USUAL_GAP
    below, above = max(pairwise([NARROW, *gaps, WIDE]), key=lambda pair: pair[1] - pair[0])
    return (below + above) / 2


def _words(row: Row, gap: float) -> Iterator[Word]:
    word: list[Letter] = []
    for letter in row.letters:
        if word and (letter.blank or letter.left - max(before.right for before in word[-3:]) > gap * letter.em):
            yield _word(word)
            word = []
        if not letter.blank:
            word.append(letter)
    if word:
        yield _word(word)


def _word(letters: list[Letter]) -> Word:
    if any(map(_is_crowded, letters)):
        letters = [letter for letter in letters if letter.text != LOST]  # the glyphs whose letters hang on another
    return Word(
        letters,
        letters[0].y,
        min(letter.left for letter in letters),
        max(letter.right for letter in letters),
        median(letter.em for letter in letters),
    )


def _runs_rtl(rows: Sequence[Row]) -> bool:
    """Is the page read from the right? Its letters tell, or, where both scripts are many, its straighter margin."""
    kinds = [unicodedata.bidirectional(char) for row in rows for letter in row.letters for char in letter.text]
    from_right, from_left = sum(kind in RTL for kind in kinds), kinds.count("L")
    if not MIXED < from_right / (from_right + from_left or 1) < 1 - MIXED:
        return from_right > from_left
    inked = [[letter for letter in row.letters if not letter.blank] for row in rows]
    lefts = [min(letter.left for letter in row) for row in inked if row]
    rights = [max(letter.right for letter in row) for row in inked if row]
    em = median(letter.em for row in inked for letter in row)
    return sum(right > max(rights) - em for right in rights) >= sum(left < min(lefts) + em for left in lefts)


# --- columns and blocks ----------------------------------------------------------------------------------------


def _blocks(words: list[Word], rtl: bool) -> list[list[Word]]:
    """Cut the page where it has columns of prose; a table is read row by row, so it is no columns.

    The recursive XY-cut of Nagy and Seth (1984): look for a gutter down the whole block, else cut at the widest
    white band across it and look again in both parts.
    """
    if not words or len(words) > MOST_WORDS:
        return [words] if words else []
    blocks: list[list[Word]] = []
    waiting = [words]
    while waiting:
        block = waiting.pop()
        if len(block) < COLUMN_WORDS:
            blocks.append(block)
        elif len(columns := _columns(block)) > 1:
            waiting += columns if rtl else columns[::-1]
        elif (band := _band(block)) is not None:
            waiting += [[word for word in block if word.y <= band], [word for word in block if word.y > band]]
        else:
            blocks.append(block)
    return _together(blocks)


def _columns(words: list[Word]) -> list[list[Word]]:
    """The words cut at every gutter, from left to right, when that gives columns of prose; otherwise all as one."""
    ordered = sorted(words, key=lambda word: word.left)
    gutter = GUTTER * median(word.em for word in words)
    columns = [[ordered[0]]]
    reach = ordered[0].right
    for word in ordered[1:]:
        if word.left - reach > gutter:
            columns.append([])
        columns[-1].append(word)
        reach = max(reach, word.right)
    return columns if all(map(_is_prose, columns)) else [words]


def _is_prose(words: list[Word]) -> bool:
    """Are there several lines, most of which fill the column? The cells of a table do not."""
    lines = _lines(words)
    if len(lines) < COLUMN_LINES or len(words) < COLUMN_WORDS:
        return False
    width = max(word.right for word in words) - min(word.left for word in words)
    filled = [sum(word.right - word.left for word in line) for line in lines]
    return median(filled) > FILLED * width


def _band(words: list[Word]) -> float | None:
    """A height at which the widest white band runs across the block, or None where the lines stand evenly."""
    heights = sorted((word.y for word in words), reverse=True)
    steps = [(above - below, below) for above, below in pairwise(heights) if above - below > 0.5]
    widest = max(steps, default=None)
    return widest[1] if widest else None


def _together(blocks: list[list[Word]]) -> list[list[Word]]:
    """Blocks one under the other are one again: only columns stay apart."""
    joined: list[list[Word]] = []
    for block in blocks:
        if (
            joined
            and max(word.y for word in block) < min(word.y for word in joined[-1])
            and _overlap(joined[-1], block)
        ):
            joined[-1] = joined[-1] + block
        else:
            joined.append(block)
    return joined


def _overlap(above: list[Word], below: list[Word]) -> bool:
    return min(word.left for word in above) < max(word.right for word in below) and min(
        word.left for word in below
    ) < max(word.right for word in above)


# --- lines -----------------------------------------------------------------------------------------------------


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """The words of each line from left to right, the lines from the top."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.y):
        if lines and lines[-1][-1].y - word.y < ROW * max(word.em, lines[-1][-1].em):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _block_text(words: list[Word], rtl: bool) -> str:
    lines = _lines(words)
    steps = [above[0].y - below[0].y for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    text = ""
    for number, line in enumerate(lines):
        if number:
            text += "\n\n" if steps[number - 1] > PARAGRAPH * usual else "\n"
        text += line_text(line, rtl)
    return text
