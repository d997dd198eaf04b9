"""From chains to passages: words between the blocks aligned, ends extended through edits, cut where likeness falls.

The gaps of a chain are aligned word by word (the longest common subsequence, in C). A stretch of more than `GAP`
words without a fellow parts two passages: a dropped sentence must not lie inside one. At its ends a passage grows
while what is gained by equal words outweighs what is lost by others, as in the X-drop extension of sequence search
(Altschul et al., Basic local alignment search tool, 1990; Zhang et al., 2000).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from riwaya.stages.reuse.chain import Block, Taken
from riwaya.text.collate import equal_runs

GAP = 8
"""A passage holds no longer stretch of unequal words, on either side."""
WINDOW = 48
"""So many words beyond a chain are looked at in one step."""
LOSS = 0.6
"""What an unequal word costs; an equal one gains 1."""
SINGLE = 0.7
"""What an equal word gains that stands alone: it may be chance."""
DROP = 5.0
"""How far the sum may fall before the search ends."""
SNAP = 8
"""A passage that starts so few words after the start of a clause, in both texts, starts with the clause."""


class Stretch(Struct, frozen=True, gc=False):
    """A passage in words of both texts: from `left` up to `left_end`, and the runs of equal words in it."""

    left: int
    left_end: int
    right: int
    right_end: int
    runs: tuple[Block, ...]
    equal: int = 0
    """How many words both sides have: those of the runs, or in any order where the words were shuffled."""

    @property
    def similarity(self) -> float:
        """Dice: the share of equal words in both."""
        return 2 * self.equal / (self.left_end - self.left + self.right_end - self.right)

    @property
    def replaced(self) -> float:
        """How many words were replaced by others, for each equal one; what one side only has is dropped or added."""
        return (min(self.left_end - self.left, self.right_end - self.right) - self.equal) / self.equal


def stretches(left: str, right: str, chain: Sequence[Block], taken: Taken) -> Iterator[Stretch]:
    """The passages of a chain."""
    before = _outwards(left, right, chain[0], taken)
    runs = [*before, *filled(left, right, chain), *_onwards(left, right, chain[-1], taken)]
    part = [runs[0]]
    for last, run in pairwise(runs):
        if max(run[0] - last[0] - last[2], run[1] - last[1] - last[2]) > GAP:
            yield stretch(part)
            part = []
        part.append(run)
    yield stretch(part)


def stretch(runs: Sequence[Block]) -> Stretch:
    first, last = runs[0], runs[-1]
    return Stretch(first[0], last[0] + last[2], first[1], last[1] + last[2], tuple(runs), sum(r[2] for r in runs))


def filled(left: str, right: str, chain: Sequence[Block]) -> Iterator[Block]:
    """The blocks of the chain and the equal words between them."""
    yield chain[0]
    for last, block in pairwise(chain):
        a, b = last[0] + last[2], last[1] + last[2]
        for i, j, size in equal_runs(left[a : block[0]], right[b : block[1]]):
            yield a + i, b + j, size
        yield block


def _onwards(left: str, right: str, block: Block, taken: Taken) -> list[Block]:
    """Equal words after the block, as far as they pay."""
    runs: list[Block] = []
    a, b = block[0] + block[2], block[1] + block[2]
    while True:
        stop_left, stop_right = _wall(taken.left, a, a + WINDOW), _wall(taken.right, b, b + WINDOW)
        found = equal_runs(left[a:stop_left], right[b:stop_right])
        paid = found[: paying(found)]
        runs += [(a + i, b + j, size) for i, j, size in paid]
        if not paid or paid[-1][0] < WINDOW // 2:
            return runs
        a, b = runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]


def _outwards(left: str, right: str, block: Block, taken: Taken) -> list[Block]:
    """Equal words before the block: the same, read backwards."""
    runs: list[Block] = []
    a, b = block[0], block[1]
    while True:
        part_left = left[_wall_before(taken.left, a) : a][::-1]
        part_right = right[_wall_before(taken.right, b) : b][::-1]
        found = equal_runs(part_left, part_right)
        paid = found[: paying(found)]
        runs += [(a - i - size, b - j - size, size) for i, j, size in paid]
        if not paid or paid[-1][0] < WINDOW // 2:
            return runs[::-1]
        a, b = runs[-1][0], runs[-1][1]


def _wall(taken: bytearray, start: int, stop: int) -> int:
    at = taken.find(1, start, stop)
    return stop if at < 0 else at


def _wall_before(taken: bytearray, stop: int) -> int:
    return max(taken.rfind(1, max(0, stop - WINDOW), stop) + 1, stop - WINDOW, 0)


def paying(runs: Sequence[Block]) -> int:
    """How many of the runs, counted from the start, pay for the unequal words before them.

    >>> paying([(0, 0, 3), (4, 4, 2), (20, 20, 1)])
    2
    """
    score = best = 0.0
    count = a = b = 0
    for number, (i, j, size) in enumerate(runs, 1):
        gap = max(i - a, j - b)
        if gap > GAP:
            break
        score += (size if size > 1 else SINGLE) - LOSS * gap
        if score > best:
            best, count = score, number
        elif score < best - DROP:
            break
        a, b = i + size, j + size
    return count


def snapped(passage: Stretch, ours: bytes, theirs: bytes, walls: tuple[tuple[int, int], tuple[int, int]]) -> Stretch:
    """The passage out to where a clause starts and ends, if that is near in both texts.

    `ours` and `theirs` say of each word whether a clause starts at it or ends before it.
    `walls` are the places it must not cross: where the passages before and after it end and start.
    """
    reach = min(SNAP, passage.equal // 2)
    left, right = passage.left, passage.right
    a = next((k for k in range(left, max(left - reach, walls[0][0]) - 1, -1) if ours[k]), None)
    b = next((k for k in range(right, max(right - reach, walls[0][1]) - 1, -1) if theirs[k]), None)
    if a is not None and b is not None:
        left, right = a, b
    left_end, right_end = passage.left_end, passage.right_end
    a = next((k for k in range(left_end, min(left_end + reach, walls[1][0]) + 1) if ours[k]), None)
    b = next((k for k in range(right_end, min(right_end + reach, walls[1][1]) + 1) if theirs[k]), None)
    if a is not None and b is not None:
        left_end, right_end = a, b
    return Stretch(left, left_end, right, right_end, passage.runs, passage.equal)
