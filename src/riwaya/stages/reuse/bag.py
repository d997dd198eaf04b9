"""The second pass: passages whose words were shuffled or replaced, found by their bags of words.

Where no order is left there are no runs to share. But rare words that two texts have in common lie scattered over
the one text as over the other, unless a passage of the one is made of the words of a passage of the other: then they
crowd into a rectangle. So rare words that stand in both texts, apart from those in runs the first pass has, are
points; crowded points are a region; a region is trimmed to the words that the other side has, and is a passage if
nearly all its words are there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.stages.reuse.candidates import (
    Hits,
    Runs,
    chosen,
    gathered,
    hits,
    in_ranges,
    runs_in_parts,
    spreads,
    without,
)
from riwaya.stages.reuse.extend import Stretch
from riwaya.stages.reuse.strands import Hashes, Ints, Strand, Strands

RARE = 16
"""A word in no more texts than this is rare."""
MOST = 1024
"""A word in more places than this is not, though they be few texts."""
CELL, CELL_POINTS, POINTS = 128, 4, 6
"""Pairs with `POINTS` points, so many of them in one square of `CELL` words, are looked at."""
NEAR = 60
"""Points no more words apart than this, in both texts, are of one region."""
MARGIN = 40
"""A region is first widened by so many words."""
SHORT, SHORT_WEIGHT = 3, 0.3
"""Words of so few letters are everywhere."""
MISSING = 2.0
"""What a word costs that the other side lacks; one that it has gains 1."""
ALIKE = 0.66
"""The share of words that both sides must have in common."""
LEAST = 20
"""A passage found by its bag of words has at least so many words."""
OVERLAPPING = 8
"""No more passages than this are thought to hold one word."""
JOINED_GAP, JOINED_ALIKE = 80, 0.5
"""Pieces so many words apart are joined, if they then have this share of words in common."""
Point = tuple[int, int]


class Crowds(Struct, frozen=True):
    """Pairs of texts in which rare words crowd somewhere, in order, and where each of their rare words stands in both:
    a row per point; `firsts` says where each pair starts."""

    pairs: Ints
    firsts: Ints
    where: Ints

    def of(self, pair: int) -> Ints:
        return self.where[int(self.firsts[pair]) : int(self.firsts[pair + 1])]


NOBODY = Crowds(np.zeros((0, 2), dtype=np.int64), np.zeros(1, dtype=np.int64), np.zeros((0, 2), dtype=np.int64))


def meetings(strands: Strands) -> Crowds:
    """The pairs of texts in which rare words crowd somewhere."""
    few = (without(runs, strands.silent, 1) for runs in runs_in_parts(strands, 1, MOST))
    found = gathered(points(runs, strands) for runs in few)
    some = [NOBODY, *(crowded(part, strands) for part in in_ranges(found, strands.bounds))]
    sizes = np.concatenate([np.diff(part.firsts) for part in some])
    return Crowds(
        np.concatenate([part.pairs for part in some]),
        np.append(0, np.cumsum(sizes)),
        np.concatenate([part.where for part in some]),
    )


def points(runs: Runs, strands: Strands) -> Hits:
    """Where rare words stand in two texts, apart from those in the midst of a shared run."""
    firsts, counts = spreads(runs)
    spread = np.repeat(counts, np.diff(np.append(firsts, runs.groups.size)))
    found = hits(chosen(runs, spread <= RARE))
    words, last = strands.hashes, strands.hashes.size - 1

    def same(left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        equal: npt.NDArray[np.bool_] = words[left] == words[right]
        return equal & ~(strands.silent[left] | strands.silent[right])

    before = same(np.maximum(found.left - 1, 0), np.maximum(found.right - 1, 0))
    after = same(np.minimum(found.left + 1, last), np.minimum(found.right + 1, last))
    return found.where(~(before & after))


def crowded(found: Hits, strands: Strands) -> Crowds:
    """The pairs of texts whose points crowd somewhere, each with all its points."""
    docs, bounds = strands.docs, strands.bounds
    pair = docs[found.left].astype(np.uint64) * np.uint64(len(strands)) + docs[found.right].astype(np.uint64)
    order = _of_many(pair, POINTS)
    if not order.size:
        return NOBODY
    left, right, pair = found.left[order].astype(np.int64), found.right[order].astype(np.int64), pair[order]
    order = np.lexsort((right, left, pair))
    left, right, pair = left[order], right[order], pair[order]
    one, other = docs[left], docs[right]
    left, right = left - bounds[one], right - bounds[other]
    starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
    sizes = np.diff(np.append(starts, pair.size))
    cell = np.repeat(np.arange(starts.size), sizes)
    for side in (left, right):
        cell = cell * (int(side.max()) // CELL + 1) + side // CELL
    _, which, counts = np.unique(cell, return_inverse=True, return_counts=True)
    most = np.maximum.reduceat(counts[which], starts)
    good = (sizes >= POINTS) & (most >= CELL_POINTS)
    kept, heads = np.repeat(good, sizes), starts[good]
    return Crowds(
        np.column_stack([one[heads], other[heads]]).astype(np.int64),
        np.append(0, np.cumsum(sizes[good])),
        np.column_stack([left[kept], right[kept]]),
    )


def _of_many(keys: Hashes, least: int) -> Ints:
    """Where the keys stand that occur so often: most do not, and need no exact order."""
    bits = np.uint64(max(1, keys.size.bit_length()))
    packed = keys << bits | np.arange(keys.size, dtype=np.uint64)
    packed.sort()
    sorted_keys = packed >> bits
    firsts = np.flatnonzero(np.append(keys.size > 0, sorted_keys[1:] != sorted_keys[:-1]))
    sizes = np.diff(np.append(firsts, keys.size))
    kept = packed[np.repeat(sizes >= least, sizes)]
    return (kept & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)


def regions(found: Sequence[Point]) -> Iterator[list[Point]]:
    """Points that hang together, each with a neighbour within `NEAR` words in both texts."""
    ordered = sorted(found)
    leaders = list(range(len(ordered)))
    start = 0
    for k, (a, b) in enumerate(ordered):
        while ordered[start][0] < a - NEAR:
            start += 1
        for i in range(start, k):
            if -NEAR <= b - ordered[i][1] <= NEAR:
                one, other = _leader(leaders, i), _leader(leaders, k)
                leaders[max(one, other)] = min(one, other)
    groups: dict[int, list[Point]] = {}
    for k, point in enumerate(ordered):
        groups.setdefault(_leader(leaders, k), []).append(point)
    yield from (group for group in groups.values() if len(group) >= POINTS)


def _leader(leaders: list[int], k: int) -> int:
    """The first point of the group that the point is in so far."""
    while leaders[k] != k:
        leaders[k] = k = leaders[leaders[k]]
    return k


def outside(found: Iterable[Point], passages: Sequence[Stretch]) -> list[Point]:
    """The points that lie in no passage."""
    if not passages:
        return list(found)
    ordered = sorted(passages, key=lambda s: s.left)
    starts = [s.left for s in ordered]

    def inside(a: int, b: int) -> bool:
        last = bisect_right(starts, a)
        near = ordered[max(0, last - OVERLAPPING) : last]
        return any(s.left <= a < s.left_end and s.right <= b < s.right_end for s in near)

    return [point for point in found if not inside(*point)]


def shuffled(left: Strand, right: Strand, found: Sequence[Point]) -> Iterator[Stretch]:
    """The passages of all regions."""
    if len(found) >= POINTS:
        for region in regions(found):
            passage = bagged(left, right, region)
            if passage:
                yield passage


def lies_apart(bag: Stretch, passages: Sequence[Stretch]) -> bool:
    """Is less than half of it, on both sides, in a passage that is known already?"""
    ours = sum(max(0, min(bag.left_end, s.left_end) - max(bag.left, s.left)) for s in passages)
    theirs = sum(max(0, min(bag.right_end, s.right_end) - max(bag.right, s.right)) for s in passages)
    return 2 * ours < bag.left_end - bag.left and 2 * theirs < bag.right_end - bag.right


def joined(left: Strand, right: Strand, pieces: Sequence[Stretch]) -> list[Stretch]:
    """Pieces that lie near each other in both texts as one passage, if nearly all its words are on both sides."""
    groups = [[piece] for piece in sorted(pieces, key=lambda s: (s.left, s.right))]
    merging = True
    while merging:
        merging = False
        for k in range(len(groups) - 1, 0, -1):
            for i in range(k):
                if _near(_hull(groups[i]), _hull(groups[k])):
                    groups[i] += groups.pop(k)
                    merging = True
                    break
    out = []
    for group in groups:
        whole = _hull(group)
        words, others = left.words[whole.left : whole.left_end], right.words[whole.right : whole.right_end]
        common = sum((Counter(words) & Counter(others)).values())
        if len(group) > 1 and common >= JOINED_ALIKE * max(len(words), len(others)):
            out.append(Stretch(whole.left, whole.left_end, whole.right, whole.right_end, (), common))
        else:
            out += group
    return out


def _hull(group: Sequence[Stretch]) -> Stretch:
    return Stretch(
        min(s.left for s in group),
        max(s.left_end for s in group),
        min(s.right for s in group),
        max(s.right_end for s in group),
        (),
    )


def _near(one: Stretch, other: Stretch) -> bool:
    ours = max(one.left, other.left) - min(one.left_end, other.left_end)
    theirs = max(one.right, other.right) - min(one.right_end, other.right_end)
    return max(ours, theirs) <= JOINED_GAP


def bagged(left: Strand, right: Strand, region: Sequence[Point], least: int = LEAST) -> Stretch | None:
    """The passage of a region; None when too few of its words are on both sides."""
    a, b = min(p[0] for p in region), min(p[1] for p in region)
    a_end, b_end = max(p[0] for p in region) + 1, max(p[1] for p in region) + 1
    for _ in range(3):
        a, a_end = trimmed(left, a - MARGIN, a_end + MARGIN, set(right.words[b:b_end]))
        b, b_end = trimmed(right, b - MARGIN, b_end + MARGIN, set(left.words[a:a_end]))
        if min(a_end - a, b_end - b) < least:
            return None
    common = sum((Counter(left.words[a:a_end]) & Counter(right.words[b:b_end])).values())
    if common < ALIKE * max(a_end - a, b_end - b):
        return None
    return Stretch(a, a_end, b, b_end, (), common)


def trimmed(text: Strand, start: int, stop: int, words: set[str]) -> tuple[int, int]:
    """The stretch between the two places that gains most by having `words` and not others."""
    start, stop = max(0, start), min(len(text.words), stop)
    best = total = 0.0
    first, found = start, (start, start)
    for at in range(start, stop):
        worth = SHORT_WEIGHT if text.ends[at] - text.starts[at] <= SHORT else 1.0
        total += worth if text.words[at] in words else -MISSING * worth
        if total <= 0:
            total, first = 0.0, at + 1
        elif total > best:
            best, found = total, (first, at + 1)
    return found
