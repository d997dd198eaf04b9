"""Small sets of many nodes as arrays, so that millions of pairs of nodes are compared in a few sweeps."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from riwaya.text.meetings import LOW, distinct
from riwaya.text.mixing import Hashes, mixed

Ints = npt.NDArray[np.int64]
T = TypeVar("T", bound=Hashable)
P = TypeVar("P")
R = TypeVar("R")
BITS = 63
"""Nodes that are held against all their partners in one sweep: one bit each."""


class Numbers(dict[T, int]):
    """Numbers of values, given in the order in which they are first asked for."""

    def __missing__(self, value: T) -> int:
        self[value] = number = len(self)
        return number

    def of(self, values: Iterable[T]) -> Ints:
        """
        >>> Numbers().of("abca").tolist()
        [0, 1, 2, 0]
        """
        return np.fromiter(map(self.__getitem__, values), dtype=np.int64)


class Rows(NamedTuple):
    """For every node some numbers, without repetition: `items[starts[n]:starts[n + 1]]`."""

    starts: Ints
    items: Ints

    @classmethod
    def of(cls, sets: Iterable[Collection[T]], numbers: Numbers[T] | None = None) -> Rows:
        """Values as numbers: those given, or else in the order in which they first come."""
        some = list(sets)
        known: Numbers[T] = Numbers() if numbers is None else numbers
        return cls(np.cumsum([0, *map(len, some)]), known.of(chain.from_iterable(some)))

    @classmethod
    def plain(cls, sets: Iterable[Collection[int]]) -> Rows:
        """Numbers that stand for themselves."""
        some = list(sets)
        return cls(np.cumsum([0, *map(len, some)]), np.fromiter(chain.from_iterable(some), dtype=np.int64))

    @classmethod
    def owned(cls, owners: Ints, items: Ints, size: int) -> Rows:
        """Numbers with the node of each, in any order.

        >>> Rows.owned(np.array([2, 0, 2]), np.array([7, 8, 9]), 3).starts.tolist()
        [0, 1, 1, 3]
        """
        ends = np.cumsum(np.bincount(owners, minlength=size))
        return cls(np.r_[0, ends], items[np.argsort(owners, kind="stable")])

    @classmethod
    def joined(cls, parts: Sequence[Rows]) -> Rows:
        """Portions of the nodes one after the other."""
        if not parts:
            return cls.of([])
        ends = np.cumsum([0, *(part.items.size for part in parts)])
        starts = [part.starts[1:] + shift for part, shift in zip(parts, ends, strict=False)]
        return cls(np.concatenate([[0], *starts]), np.concatenate([part.items for part in parts]))

    @classmethod
    def united(cls, parts: Sequence[Rows]) -> Rows:
        """What each node has in any of several rows, those of the first before those of the second."""
        size = parts[0].starts.size - 1
        owners, items = (np.concatenate(some) for some in zip(*((p.owners, p.items) for p in parts), strict=True))
        return cls.owned(owners, items, size)

    def distinct(self) -> Rows:
        """The same without repetition."""
        owners, items = divmod(distinct(self.owners << 32 | self.items), LOW + 1)
        return Rows.owned(owners, items, self.starts.size - 1)

    def of_nodes(self, nodes: Ints) -> Rows:
        """The numbers of some nodes, in the order in which they are given.

        >>> Rows.of(["ab", "", "c"]).of_nodes(np.array([2, 0])).items.tolist()
        [2, 0, 1]
        """
        lengths, items = self.spread(nodes)
        return Rows(np.r_[0, np.cumsum(lengths)], items)

    def only(self, kept: npt.NDArray[np.bool_]) -> Rows:
        """The same without the numbers that a mask, one for each of `items`, leaves out."""
        return Rows(np.r_[0, np.cumsum(kept)][self.starts], self.items[kept])

    @property
    def owners(self) -> Ints:
        """The node of each number."""
        return np.repeat(np.arange(self.starts.size - 1), np.diff(self.starts))

    def beside(self, other: Rows) -> tuple[Ints, Ints, Ints]:
        """Every number of a node with every number that it has in other rows: the nodes, and both."""
        owners = self.owners
        lengths, right = other.spread(owners)
        return np.repeat(owners, lengths), np.repeat(self.items, lengths), right

    def ordered(self) -> Rows:
        """The same with the numbers of every node in order."""
        return Rows(self.starts, np.sort(self.owners << 32 | self.items) & LOW)

    def spread(self, nodes: Ints) -> tuple[Ints, Ints]:
        """How many numbers each of some nodes has, and all of them one after the other."""
        lengths = self.starts[nodes + 1] - self.starts[nodes]
        shift = self.starts[nodes] - np.cumsum(lengths) + lengths
        return lengths, self.items[np.repeat(shift, lengths) + np.arange(lengths.sum())]

    def sums(self, worth: Ints) -> Ints:
        """What the numbers of every node are worth together."""
        total: Ints = np.r_[0, np.cumsum(worth[self.items])]
        return np.diff(total[self.starts])

    def digests(self, of: Hashes) -> Hashes:
        """A digest of the numbers of every node, in whatever order, from a digest of each.

        >>> of = np.arange(2, dtype=np.uint64)
        >>> digests = Rows.plain([(0, 1), (1, 0), (1,)]).digests(of).tolist()
        >>> digests[0] == digests[1], digests[1] == digests[2]
        (True, False)
        """
        total = np.append(np.uint64(0), np.cumsum(mixed(of)[self.items], dtype=np.uint64))
        sums: Hashes = total[self.starts[1:]] - total[self.starts[:-1]]
        return sums

    def shared(self, first: Ints, second: Ints, worth: Ints | None = None, other: Rows | None = None) -> Ints:
        """What both nodes of each pair have is worth, or else how much it is; quick where equal `first` stand together.

        With `other` rows, of the same values, the second node of each pair is one of those.

        >>> rows = Rows.of(["ab", "bc", "abc"])
        >>> rows.shared(np.array([0, 0, 1]), np.array([1, 2, 2])).tolist()
        [1, 2, 2]
        """
        found = np.zeros(first.size, dtype=np.int64)
        other = other or self
        size = max(int(self.items.max(initial=-1)), int(other.items.max(initial=-1))) + 1
        marks = np.zeros(size, dtype=np.int64)
        for here, begins in _sweeps(first):
            own = [self.items[self.starts[n] : self.starts[n + 1]] for n in first[begins].tolist()]
            for bit, items in enumerate(own):
                marks[items] |= 1 << bit
            bits = np.repeat(np.arange(begins.size), np.diff(np.r_[begins, here.stop]))
            lengths, items = other.spread(second[here])
            held = marks[items] >> np.repeat(bits, lengths) & 1
            total = np.r_[0, np.cumsum(held if worth is None else held * worth[items])]
            ends = np.cumsum(lengths)
            found[here] = total[ends] - total[ends - lengths]
            for items in own:
                marks[items] = 0
        return found


def _sweeps(first: Ints) -> Iterator[tuple[slice, Ints]]:
    """Stretches of pairs with up to BITS runs of one first node, and where the runs begin."""
    runs = np.flatnonzero(np.r_[True, first[1:] != first[:-1]]) if first.size else np.zeros(0, dtype=np.int64)
    for at in range(0, runs.size, BITS):
        end = int(runs[at + BITS]) if at + BITS < runs.size else first.size
        yield slice(int(runs[at]), end), runs[at : at + BITS]


def at_once(function: Callable[[P], R], pieces: Iterable[P]) -> Iterator[R]:
    """`map` over threads, a few pieces ahead: sweeps of arrays let go of the interpreter, so that two run side
    by side.

    >>> list(at_once(abs, [-1, 2]))
    [1, 2]
    """
    size = os.cpu_count() or 1
    under_way: deque[Future[R]] = deque()
    with ThreadPoolExecutor(size) as threads:
        for piece in pieces:
            under_way.append(threads.submit(function, piece))
            if len(under_way) > size:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


class Values:
    """One value of each node, equal ones under one number; 0 is the empty value."""

    def __init__(self, numbers: Ints, values: Sequence[tuple[object, ...]]) -> None:
        self.numbers, self.values = numbers, values

    @classmethod
    def of_rows(cls, rows: Rows, values: Sequence[tuple[object, ...]]) -> Values:
        """Of nodes that each have one of some values, or none.

        >>> Values.of_rows(Rows.plain([[0], [], [1]]), [(8,), (9,)]).numbers.tolist()
        [1, 0, 2]
        """
        numbers = np.zeros(rows.starts.size - 1, dtype=np.int64)
        numbers[rows.owners] = rows.items + 1
        return cls(numbers, [(), *values])

    def judged(self, first: Ints, second: Ints, judge: Callable[..., float], unsaid: float) -> npt.NDArray[np.float64]:
        """What `judge` says of the values of each pair, asked once for equal pairs; `unsaid` where one is empty."""
        left, right = self.numbers[first], self.numbers[second]
        found = np.full(first.size, unsaid)
        both = np.flatnonzero((left > 0) & (right > 0))
        packed, back = np.unique(left[both] << 32 | right[both], return_inverse=True)
        told = [judge(self.values[p >> 32], self.values[p & LOW]) for p in packed.tolist()]
        found[both] = np.array(told, dtype=np.float64)[back]
        return found
