"""The search through all texts: from words to pairs, and the pairs to the processes that compare them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import numpy as np
from msgspec import Struct

from riwaya.settings import Reuse
from riwaya.stages.reuse.bag import NOBODY, meetings
from riwaya.stages.reuse.boilerplate import boilerplate
from riwaya.stages.reuse.candidates import MANY, NEIGHBOURS, N, hits, shared_runs, without, word_spread
from riwaya.stages.reuse.chain import Block, blocks
from riwaya.stages.reuse.direction import About
from riwaya.stages.reuse.judge import in_steps, worths
from riwaya.stages.reuse.pairs import Compared, Pair, Task, Text, compare_packed, pack, unpack_compared
from riwaya.stages.reuse.strands import Ints, Strands
from riwaya.stages.reuse.wording import NUMBER, SILENT, Wording
from riwaya.text.meetings import distinct

Parallel = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
Place = tuple[int, int, int]

PAIRS, LEAST_PAIRS, TASKS = 2500, 400, 24
"""Pairs that one process is given at a time: at most, at least, and in so many portions where that lies between. A
portion carries its texts and the words of the language, so few are cheaper, but of few the last one is waited for."""


class Described(Struct, frozen=True):
    """What other stages know of a text; of the marks, start and end in the text and a flag of `wording`."""

    about: About
    marks: Sequence[Place]
    agencies: tuple[str, ...] = ()
    """Those that it has news from: in its dateline, its byline, or where it says who told what."""


class Search:
    """The pairs of texts that share enough to be compared, and where they do."""

    def __init__(
        self,
        strands: Strands,
        settings: Reuse,
        parallel: Parallel,
        outlets: Sequence[str | None],
        silent: Sequence[Sequence[int]] = (),
    ) -> None:
        self.ids, self.settings, self.parallel, self.strands = strands.ids, settings, parallel, strands
        groups = hide_copies(strands)
        zoned = [np.array(words, dtype=np.int64) + strands.bounds[i] for i, words in enumerate(silent) if words]
        if zoned:
            strands.silence(np.concatenate(zoned))
        runs = shared_runs(strands)
        self.boilerplate = in_copies(boilerplate(strands, runs, outlets), groups, strands.bounds)
        strands.silent[self.boilerplate] = True
        with ThreadPoolExecutor(1) as beside:  # of an array, which needs no interpreter, two cores do two at once
            meeting = beside.submit(meetings, strands) if settings.shuffled else None
            if self.boilerplate.size:
                runs = without(runs, strands.silent)
            strands.spread = in_steps(word_spread(runs, strands.hashes.size))
            found = hits(runs)
            del runs
            self.blocks = blocks(found, strands.bounds)
            del found
            self.crowds = meeting.result() if meeting else NOBODY
        strands.silence(self.boilerplate)
        strands.searched()
        self._copies = dict(copied(strands, groups))
        alone = np.array(sorted(self._copies), dtype=np.int64).reshape(-1, 2)
        parts = [self._keys(pairs) for pairs in (self.blocks.pairs, self.crowds.pairs, alone)]
        keys = distinct(np.concatenate(parts))
        self.pairs = np.column_stack([keys // max(1, len(strands)), keys % max(1, len(strands))])
        """A row per pair, in order: the numbers of its two texts. Pairs are asked for by their place here."""
        self._block, self._crowd = (_among(keys, part) for part in parts[:2])

    def _keys(self, pairs: Ints) -> Ints:
        return pairs[:, 0] * len(self.strands) + pairs[:, 1]

    def pair(self, number: int) -> Pair:
        """What is known of two texts."""
        (i, j), crowd = self.pairs[number].tolist(), int(self._crowd[number])
        return Pair(
            number,
            i,
            j,
            self._shared(number),
            [(a, b) for a, b in self.crowds.of(crowd).tolist()] if crowd >= 0 else [],
        )

    def _shared(self, number: int) -> list[Block]:
        if self._block[number] >= 0:
            return self.blocks.of(int(self._block[number]))
        i, j = self.pairs[number].tolist()
        return self._copies.get((i, j), [])

    @property
    def involved(self) -> list[int]:
        """The texts that take part in a pair."""
        found: list[int] = distinct(self.pairs.ravel()).tolist()
        return found

    def places(self, number: int) -> bytes:
        """Where two texts share words, as bytes."""
        block, crowd = int(self._block[number]), int(self._crowd[number])
        shared = self.blocks.digest(block) if block >= 0 else pack(self._shared(number))
        return shared + b"\0" + (self.crowds.of(crowd).tobytes() if crowd >= 0 else b"")

    def compare(
        self,
        wording: Wording,
        described: Callable[[Sequence[int]], Iterable[Described]] | None = None,
        pairs: Sequence[int] | None = None,
    ) -> Iterator[Compared]:
        """What came of the pairs, all or those given, text beside text; `described` says of texts, in order of number,
        what other stages know of them."""
        packed = pack(wording)

        def texts(numbers: Sequence[int]) -> Iterator[tuple[int, Text]]:
            known = described(numbers) if described else [Described(About(), ())] * len(numbers)
            opened = self.strands.opened(numbers, partial(worths, wording=wording))
            for text, about in zip(opened, known, strict=True):
                flags = bytearray((text.silent * np.uint8(SILENT) | text.digits * np.uint8(NUMBER)).tobytes())
                for (_, _, flag), words in zip(about.marks, text.within(about.marks) if about.marks else ()):
                    for word in words:
                        flags[word] |= flag
                yield text.number, Text(text.strand, bytes(flags), about.about)

        def tasks() -> Iterator[bytes]:
            ordered = neighbouring(self.pairs if pairs is None else self.pairs[list(pairs)], pairs)
            portion = min(PAIRS, max(LEAST_PAIRS, len(ordered) // TASKS))
            for at in range(0, len(ordered), portion):
                batch = ordered[at : at + portion]
                inside = [self.pair(number) for number in batch]
                involved = sorted({k for pair in inside for k in (pair.left, pair.right)})
                yield pack(Task(dict(texts(involved)), inside, len(self.ids), packed, self.settings))

        for done in self.parallel(compare_packed, tasks()):
            yield from unpack_compared(done)


def neighbouring(pairs: Ints, numbers: Sequence[int] | None = None) -> list[int]:
    """The numbers of pairs in an order that keeps those of one text, and of the texts near it, together.

    So that a text, its words and marks travel to as few processes as may be.

    >>> neighbouring(np.array([(0, 4), (1, 3), (2, 4)]))
    [0, 2, 1]
    """
    near: dict[int, list[int]] = defaultdict(list)
    for i, j in pairs.tolist():
        near[i].append(j)
        near[j].append(i)
    place: dict[int, int] = {}
    for first in sorted(near):
        waiting = [first]
        while waiting:
            text = waiting.pop()
            if text not in place:
                place[text] = len(place)
                waiting += [other for other in near[text] if other not in place]
    places = np.zeros(max(place, default=-1) + 1, dtype=np.int64)
    places[list(place)] = list(place.values())
    one, other = places[pairs[:, 0]], places[pairs[:, 1]]
    order = np.lexsort((np.maximum(one, other), np.minimum(one, other)))
    found: list[int] = (order if numbers is None else np.array(numbers, dtype=np.int64)[order]).tolist()
    return found


def _among(keys: Ints, some: Ints) -> Ints:
    """For each of sorted keys its place among some of them, sorted too; -1 where it is not there."""
    found = np.full(keys.size, -1, dtype=np.int64)
    found[np.searchsorted(keys, some)] = np.arange(some.size)
    return found


def hide_copies(strands: Strands) -> list[list[int]]:
    """The groups of very many texts with the same words; of each only a few are searched with.

    So that 5,000 copies of one article cost no more than a few.
    """
    same: dict[bytes, list[int]] = defaultdict(list)
    for i, (start, stop) in enumerate(pairwise(strands.bounds.tolist())):
        if stop - start >= N:
            same[blake2b(strands.hashes[start:stop].tobytes(), digest_size=16).digest()].append(i)
    groups = [group for group in same.values() if len(group) > MANY]
    for group in groups:
        strands.hidden[group[NEIGHBOURS:]] = True
    return groups


def in_copies(words: Ints, groups: Sequence[Sequence[int]], bounds: Ints) -> Ints:
    """Words, by their numbers, and those that answer to them in the copies that are not searched with."""
    more = [words]
    for first, *others in groups:
        inside = words[np.searchsorted(words, bounds[first]) : np.searchsorted(words, bounds[first + 1])]
        more += [inside - bounds[first] + bounds[other] for other in others]
    return distinct(np.concatenate(more))


def copied(strands: Strands, groups: Iterable[Sequence[int]]) -> Iterator[tuple[tuple[int, int], list[Block]]]:
    """The copies that are not searched with, each paired with the first of its group; silent words are left out."""
    for group in groups:
        first = strands.bounds[group[0]]
        size = int(strands.bounds[group[0] + 1] - first)
        for other in group[NEIGHBOURS:]:
            start = strands.bounds[other]
            silent = strands.silent[first : first + size] | strands.silent[start : start + size]
            walls = [-1, *np.flatnonzero(silent).tolist(), size]
            found = [(a + 1, a + 1, b - a - 1) for a, b in pairwise(walls) if b - a > N]
            if found:
                yield (group[0], other), found
