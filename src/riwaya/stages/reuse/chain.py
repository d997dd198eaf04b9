"""From equal runs to chains: which blocks of two texts belong to one passage.

Hits that follow each other word by word are one block. Blocks in the same order in both texts, with little between
them, are a chain; blocks that changed places are chains of their own. A place of one text answers to one place of
the other first; what is left over answers in a second round, so that a pull-quote and the sentence it repeats both
find the sentence of the other text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.stages.reuse.candidates import Hits, N, in_ranges
from riwaya.stages.reuse.strands import Ints

Block = tuple[int, int, int]
"""Equal words in two texts: first word left, first word right, how many."""

REACH = 40
"""Blocks with more words than this between them, in either text, are not chained."""
OPEN = 16
"""So many unfinished chains are kept in mind."""
FACTORS = tuple(np.uint64(odd) for odd in (0x94D049BB133111EB, 0xBF58476D1CE4E5B9, 0x9E3779B97F4A7C15))
LEAST = 3
"""A block cut shorter than this by a better one is dropped."""


class Blocks(Struct, frozen=True, dict=True):
    """The blocks of all pairs, sorted by pair and place; `firsts` says where each pair starts."""

    pairs: npt.NDArray[np.int64]
    """A row per pair: the numbers of its two texts."""
    firsts: Ints
    left: Ints
    right: Ints
    length: Ints

    def digest(self, pair: int) -> bytes:
        """Differs when any block of a pair does."""
        return self._digests[8 * pair : 8 * pair + 8]

    @cached_property
    def _digests(self) -> bytes:
        mixed = np.zeros(self.left.size, dtype=np.uint64)
        with np.errstate(over="ignore"):  # each block as one number; they are added up
            for side, factor in zip((self.left, self.right, self.length), FACTORS, strict=True):
                mixed += side.astype(np.uint64) * factor
            mixed = (mixed ^ mixed >> np.uint64(30)) * FACTORS[0]
            mixed ^= mixed >> np.uint64(31)
            return np.add.reduceat(mixed, self.firsts[:-1]).tobytes() if mixed.size else b""

    def of(self, pair: int) -> list[Block]:
        stop = int(self.firsts[pair + 1])
        part = slice(int(self.firsts[pair]), stop)
        return list(zip(self.left[part].tolist(), self.right[part].tolist(), self.length[part].tolist(), strict=True))


def blocks(hits: Hits, bounds: Ints, least_hits: int = 3, n: int = N) -> Blocks:
    """Hits on one diagonal, word after word, become a block; pairs with too few hits are left out.

    A pair needs `least_hits` hits, one of them on a run that is not everywhere, or so many that no set phrase
    is as long.
    """
    some = [_blocks(part, bounds, least_hits, n) for part in in_ranges(hits, bounds)]
    pairs, left, right, length = (
        np.concatenate([getattr(part, name) for part in some]) for name in ("pairs", "left", "right", "length")
    )
    sizes = np.concatenate([np.diff(part.firsts) for part in some])
    return Blocks(pairs, np.append(0, np.cumsum(sizes)), left, right, length)


def _blocks(hits: Hits, bounds: Ints, least_hits: int, n: int) -> Blocks:
    bits = np.uint64(max(1, int(bounds[-1]).bit_length()))
    keys = ((hits.right - hits.left).astype(np.uint64) << bits) | hits.left.astype(np.uint64)
    keys = keys << np.uint64(1) | hits.rare  # one number sorts faster than two arrays
    keys.sort()
    keys, rare = keys >> np.uint64(1), (keys & np.uint64(1)).astype(bool)
    if not keys.size:
        none = np.zeros(0, dtype=np.int64)
        return Blocks(np.zeros((0, 2), dtype=np.int64), np.zeros(1, dtype=np.int64), none, none, none)
    firsts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1] + np.uint64(1)))
    counts = np.diff(np.append(firsts, keys.size))
    rares = np.add.reduceat(rare.astype(np.int64), firsts)
    left = (keys[firsts] & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    right = left + (keys[firsts] >> bits).astype(np.int64)
    one = np.searchsorted(bounds, left, side="right") - 1
    other = np.searchsorted(bounds, right, side="right") - 1
    pair = one * (bounds.size - 1) + other
    order = np.lexsort((right, left, pair))
    left, right, one, other, pair, counts, rares = (x[order] for x in (left, right, one, other, pair, counts, rares))
    starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
    sizes = np.diff(np.append(starts, pair.size))
    total, rare_total = np.add.reduceat(counts, starts), np.add.reduceat(rares, starts)
    good = (total >= least_hits) & ((rare_total > 0) | (total >= 5 * n))
    kept = np.repeat(good, sizes)
    return Blocks(
        np.column_stack([one[starts[good]], other[starts[good]]]),
        np.concatenate([[0], np.cumsum(sizes[good])]),
        (left - bounds[one])[kept],
        (right - bounds[other])[kept],
        (counts + n - 1)[kept],
    )


class Taken:
    """Which words of the two texts answer to each other already."""

    def __init__(self, left: int, right: int) -> None:
        self.left, self.right = bytearray(left), bytearray(right)

    def free(self, block: Block) -> Block | None:
        """What of the block is free in both texts, cut at its ends only."""
        a, b, size = block
        stop = size
        start = 0
        while start < stop and (self.left[a + start] or self.right[b + start]):
            start += 1
        while stop > start and (self.left[a + stop - 1] or self.right[b + stop - 1]):
            stop -= 1
        if stop - start < LEAST or any(self.left[a + start : a + stop]) or any(self.right[b + start : b + stop]):
            return None
        return a + start, b + start, stop - start

    def take(self, block: Block) -> None:
        a, b, size = block
        self.left[a : a + size] = self.right[b : b + size] = b"\1" * size


def chains(found: Sequence[Block], left: int, right: int, min_words: int) -> Iterator[tuple[list[Block], Taken]]:
    """The chains of two texts of `left` and `right` words, and what is taken in their round."""
    while found:
        taken, chosen, over = Taken(left, right), [], []
        for block in sorted(found, key=lambda b: (-b[2], b[0], b[1])):
            if cut := taken.free(block):
                taken.take(cut)
                chosen.append(cut)
            elif block[2] >= min_words and not _covered(block, taken):
                over.append(block)
        for chain in linked(sorted(chosen)):
            yield chain, taken
        if len(over) == len(found):
            break
        found = over


def _covered(block: Block, taken: Taken) -> bool:
    """Is most of the block taken in both texts?"""
    a, b, size = block
    return 2 * min(sum(taken.left[a : a + size]), sum(taken.right[b : b + size])) > size


def linked(found: Iterable[Block]) -> list[list[Block]]:
    """Blocks in order of the left text, each hung on the nearest chain that ends before it in both texts."""
    done: list[list[Block]] = []
    open_: list[list[Block]] = []
    for block in found:
        a, b, _ = block
        best, nearest = None, 2 * REACH + 1
        for chain in open_:
            last = chain[-1]
            gap_left, gap_right = a - last[0] - last[2], b - last[1] - last[2]
            if 0 <= gap_left <= REACH and 0 <= gap_right <= REACH and gap_left + gap_right < nearest:
                best, nearest = chain, gap_left + gap_right
        if best is not None:
            best.append(block)
            open_.remove(best)
            open_.append(best)
        else:
            done.append([block])
            open_ = [*open_[1 - OPEN :], done[-1]]
    return done
