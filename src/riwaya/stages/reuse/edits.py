"""What was changed between two texts that share passages, typed.

The kind of an edit comes from what stands in it: a number, a date, a name, a hedge, a word that puts the statement in
somebody's mouth. First edits are found without saying which text is older; then they are read from the text that is
nearer to the origin to the other, which decides whether a hedge was removed or added, a sentence omitted or inserted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from riwaya.model import Edit
from riwaya.stages.reuse.extend import Stretch
from riwaya.stages.reuse.strands import Strand
from riwaya.stages.reuse.wording import CUE, DATE, HEDGE, NAME, NUMBER, SILENT, Wording
from riwaya.text.span import Span

Range = tuple[int, int]
Kind = Literal["wording", "spelling", "number", "date", "name", "hedge", "attribution", "moved", "extra"]

DROPPED = {"hedge": "hedge-removed", "attribution": "attribution-dropped", "extra": "omitted"}
ADDED = {"hedge": "hedge-added", "attribution": "attribution-added", "extra": "inserted"}
"""What these are called when the text that is read from has them, and when the other does."""

SENTENCE = re.compile(r"[^.!؟?\n]+")
LEAST_SENTENCE = 4
"""A piece of text with fewer words is not told as omitted."""
MOST_SENTENCES = 200
LEAST_TAKEN = 0.2
"""Sentences are told as omitted when at least this share of their text was taken."""


class Change(Struct, frozen=True, gc=False):
    """An edit before it is known which text is older; words as ranges, empty on the side that lacks them."""

    kind: Kind
    left: Range
    right: Range
    in_left: bool = True
    """Of a hedge, an attribution, or words that one side lacks: does the left text have it?"""


class Marked(Struct, frozen=True, gc=False):
    """A text and, for each of its words, what it is part of (the flags of `wording`)."""

    text: Strand
    flags: bytes


def changes(left: Marked, right: Marked, passage: Stretch, wording: Wording) -> Iterator[Change]:
    """The edits inside a passage, in order."""
    if not passage.runs:
        return  # the words were shuffled: there is nothing to align
    edges = (passage.left, passage.right, 0), (passage.left_end, passage.right_end, 0)
    for last, run in pairwise((edges[0], *passage.runs, edges[1])):
        ours, theirs = (last[0] + last[2], run[0]), (last[1] + last[2], run[1])
        yield from change(left, right, ours, theirs, wording)
        yield from respelled(left.text, right.text, run)


def respelled(left: Strand, right: Strand, run: tuple[int, int, int]) -> Iterator[Change]:
    """Words of a run that compare alike and are written otherwise."""
    a, b, size = run
    if left.source(a, a + size) == right.source(b, b + size):
        return
    for k, (one, other) in enumerate(zip(left.written(a, a + size), right.written(b, b + size), strict=True)):
        if one != other:
            yield Change("spelling", (a + k, a + k + 1), (b + k, b + k + 1))


def change(left: Marked, right: Marked, ours: Range, theirs: Range, wording: Wording) -> Iterator[Change]:
    """The edit between two runs of equal words; none where only signs differ."""
    if ours[0] == ours[1] and theirs[0] == theirs[1]:
        return
    mine, yours = flags(left, ours), flags(right, theirs)
    if (mine ^ yours) & HEDGE:
        yield Change("hedge", ours, theirs, bool(mine & HEDGE))
        return
    if (mine ^ yours) & CUE:
        yield Change("attribution", ours, theirs, bool(mine & CUE))
        return
    if ours[0] == ours[1] or theirs[0] == theirs[1]:
        yield Change("extra", ours, theirs, theirs[0] == theirs[1])
        return
    one, other = (wording.fold(s.text.source(*r)) for s, r in ((left, ours), (right, theirs)))
    if squeezed(one) == squeezed(other):
        yield Change("spelling", ours, theirs)
    elif mine & yours & DATE:
        yield Change("date", ours, theirs)
    elif mine & yours & NUMBER:
        yield Change("number", ours, theirs)
    elif mine & yours & NAME:
        yield Change("name", ours, theirs)
    else:
        yield Change("wording", ours, theirs)


def squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def flags(marked: Marked, part: Range) -> int:
    found = 0
    for flag in marked.flags[part[0] : part[1]]:
        found |= flag
    return found


def moved(passages: Sequence[Stretch]) -> Iterator[Change]:
    """Passages that changed places: those outside the longest series that keeps its order in both texts."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, passage in enumerate(passages):
        k = bisect_left(tails, passage.right)
        before.append(ends[k - 1] if k else -1)
        tails[k : k + 1] = [passage.right]
        ends[k : k + 1] = [at]
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    for at, passage in enumerate(passages):
        if at not in kept:
            yield Change("moved", (passage.left, passage.left_end), (passage.right, passage.right_end))


def left_out(marked: Marked, taken: Iterable[Range]) -> Iterator[Range]:
    """The sentences of a text, as words, of which nothing was taken, if enough of the text was."""
    text, taken = marked.text, merged(taken)
    if sum(b - a for a, b in taken) < LEAST_TAKEN * len(text.words):
        return
    gaps = zip([0, *(b for _, b in taken)], [*(a for a, _ in taken), len(text.words)], strict=True)
    count = 0
    for start, stop in gaps:
        if stop - start < LEAST_SENTENCE:
            continue
        origin = text.starts[start]
        for piece in SENTENCE.finditer(text.source(start, stop)):
            first = bisect_left(text.starts, origin + piece.start(), start, stop)
            last = bisect_right(text.ends, origin + piece.end(), start, stop)
            if last - first >= LEAST_SENTENCE and count < MOST_SENTENCES and not marked.flags[first] & SILENT:
                count += 1
                yield first, last


def merged(ranges: Iterable[Range]) -> list[Range]:
    out: list[Range] = []
    for a, b in sorted(ranges):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        elif a < b:
            out.append((a, b))
    return out


def told(left: Strand, right: Strand, found: Change, left_first: bool) -> Edit:
    """The edit as it reads from the first text to the other."""
    kind = (DROPPED if found.in_left == left_first else ADDED).get(found.kind, found.kind)
    return Edit(kind=kind, left=span(left, found.left), right=span(right, found.right))  # type: ignore[arg-type]  # one of the kinds


def span(text: Strand, part: Range) -> Span | None:
    return Span(text.starts[part[0]], text.ends[part[1] - 1]) if part[0] < part[1] else None
