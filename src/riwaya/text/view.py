"""Folded text that knows its way back to the letters it came from.

A view is made on arrays: the code points go through one look-up table, dropped letters (marks, tatweel,
direction controls) leave a gap in the offset map, and nothing is compared afterwards to find out where
things were. What folds to what is not known here: a `Fold` is given by a language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from riwaya.errors import InvalidSpan
from riwaya.text.span import Span

CodePoints = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]

PLANE = 0x10000
"""Code points the look-up table covers; those beyond it stay as they are."""
_DROP = 0xFFFFFFFF
_EXPAND = 0xFFFFFFFE


class Fold:
    """Which letters are compared as which, as one look-up table.

    >>> fold = Fold({"أ": "ا", "ة": "ه", "ـ": "", "\\u064b": ""}, attached="ـ\\u064b")
    >>> fold("أسـرةً")
    'اسره'

    `letters` maps one character to none, one or several. `attached` are the dropped ones that belong to the
    letter before them (marks, tatweel), so that a span that ends in that letter takes them along; other dropped
    ones (direction controls) stay outside.
    """

    def __init__(self, letters: Mapping[str, str], attached: Iterable[str] = ()) -> None:
        self.table: CodePoints = np.arange(PLANE, dtype=np.uint32)
        self.expansions: dict[int, CodePoints] = {}
        for source, target in letters.items():
            if len(target) == 1:
                self.table[ord(source)] = ord(target)
            elif not target:
                self.table[ord(source)] = _DROP
            else:
                self.table[ord(source)] = _EXPAND
                self.expansions[ord(source)] = to_codepoints(target)
        self.attached = np.zeros(PLANE, dtype=bool)
        self.attached[[ord(c) for c in attached]] = True
        self.marks = frozenset(attached)

    def __call__(self, text: str) -> str:
        """The folded text alone."""
        return from_codepoints(self.arrays(to_codepoints(text))[0])

    def many(self, texts: Sequence[str]) -> list[str]:
        """Each text folded, all in one sweep; for short ones that takes a tenth of the time.

        >>> Fold({"أ": "ا", "ـ": ""}).many(["أسـر", "", "ـأ"])
        ['اسر', '', 'ا']
        """
        codes, offsets = self.arrays(to_codepoints("".join(texts)))
        stops = np.searchsorted(offsets, np.cumsum([len(text) for text in texts], dtype=np.int64))
        folded = from_codepoints(codes)
        return [folded[start:stop] for start, stop in pairwise([0, *stops.tolist()])]

    def arrays(self, source: CodePoints) -> tuple[CodePoints, Offsets]:
        """The folded code points, and for each the index in `source` it came from."""
        if source.size == 0 or int(source.max()) < PLANE:
            folded = self.table.take(source)
        else:
            folded = np.where(source < PLANE, self.table.take(source, mode="clip"), source)
        special = (folded >= _EXPAND).nonzero()[0]  # one scan finds both: few letters of a text are dropped
        if special.size == 0:
            return folded, np.arange(source.size)
        if self.expansions and bool((folded[special] == _EXPAND).any()):
            return self._expanded(source, folded)
        kept = folded < _EXPAND
        return folded[kept], kept.nonzero()[0]

    def _expanded(self, source: CodePoints, folded: CodePoints) -> tuple[CodePoints, Offsets]:
        """The rare text with ligatures: each letter of «لا» points at the one sign «ﻻ»."""
        counts = np.where(folded == _DROP, 0, 1)
        places = np.flatnonzero(folded == _EXPAND)
        for place in places:
            counts[place] = self.expansions[int(source[place])].size
        offsets = np.repeat(np.arange(source.size), counts)
        result = folded[offsets]
        starts = np.cumsum(counts) - counts
        for place in places:
            letters = self.expansions[int(source[place])]
            result[starts[place] : starts[place] + letters.size] = letters
        return result, offsets

    def ends(self, source: CodePoints, offsets: Offsets) -> Offsets:
        """For each folded letter the index just after its source letter and the marks attached to it."""
        after = offsets + 1
        marks = np.flatnonzero(self.attached.take(source, mode="clip"))  # the plane's last code point is no mark
        if marks.size and offsets.size:
            letters = np.searchsorted(offsets, marks) - 1
            begun = offsets[letters] + 1
            # A mark belongs to the letter when only marks stand between: then it is that many places down the list.
            before = np.arange(marks.size) - (marks - begun)
            attached = (letters >= 0) & (before >= 0) & (marks[before.clip(0, marks.size - 1)] == begun)
            after[letters[attached]] = marks[attached] + 1  # of several marks the last one counts
            if self.expansions and bool((offsets[1:] == offsets[:-1]).any()):
                after = after[np.searchsorted(offsets, offsets, side="right") - 1]  # all letters of a ligature
        return after


def to_codepoints(text: str) -> CodePoints:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def from_codepoints(codes: CodePoints) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


class View:
    """A text as it is compared, with the way back to the text as it is written.

    >>> fold = Fold({"ى": "ي", "ِ": "", "إ": "ا"}, attached="ِ")
    >>> view = View("إلى عِلم", fold)
    >>> view.text
    'الي علم'
    >>> found = view.text.index("علم")
    >>> view.to_source(Span(found, found + 3)).of(view.source)
    'عِلم'
    >>> view.from_source(Span(0, 3))
    Span(start=0, end=3)

    `codes` are the folded code points, `offsets` the index in `source` of each, `ends` the index after its last
    mark. A span of the source that cuts marks only is empty in the view.
    """

    def __init__(self, source: str, fold: Fold) -> None:
        self.source, self.fold = source, fold
        self.codes, self.offsets = fold.arrays(to_codepoints(source))

    @classmethod
    def of_arrays(cls, source: str, fold: Fold, codes: CodePoints, offsets: Offsets) -> Self:
        view = cls.__new__(cls)
        view.source, view.fold, view.codes, view.offsets = source, fold, codes, offsets
        return view

    @classmethod
    def many(cls, sources: Sequence[str], fold: Fold) -> list[Self]:
        """The views of many texts, folded in one sweep: for short texts far faster than one by one."""
        lengths = np.fromiter(map(len, sources), dtype=np.int64, count=len(sources))
        folded, offsets = fold.arrays(to_codepoints("".join(sources)))
        stops = np.cumsum(lengths)
        starts = stops - lengths
        first = np.searchsorted(offsets, starts).tolist()
        last = np.searchsorted(offsets, stops).tolist()
        return [
            cls.of_arrays(text, fold, folded[a:b], offsets[a:b] - s)
            for text, a, b, s in zip(sources, first, last, starts.tolist(), strict=True)
        ]

    @cached_property
    def ends(self) -> Offsets:
        return self.fold.ends(to_codepoints(self.source), self.offsets)

    def end_of(self, place: int) -> int:
        """What `ends` says of one letter: for a few letters of a long text the list of all is not made."""
        if "ends" in self.__dict__:
            return self.ends.item(place)
        end, source, marks = self.offsets.item(place) + 1, self.source, self.fold.marks
        while end < len(source) and source[end] in marks:
            end += 1
        return end

    @cached_property
    def text(self) -> str:
        return from_codepoints(self.codes)

    def __len__(self) -> int:
        return int(self.codes.size)

    def to_source(self, span: Span) -> Span:
        """The stretch of the source that folded into `span`; an empty span stays empty."""
        if span.end > self.codes.size:
            raise InvalidSpan(f"The span {span.start}–{span.end} reaches beyond a view of {self.codes.size} letters.")
        if span.start == span.end:
            at = int(self.offsets[span.start]) if span.start < self.codes.size else len(self.source)
            return Span(at, at)
        return Span(int(self.offsets[span.start]), int(self.ends[span.end - 1]))

    def from_source(self, span: Span) -> Span:
        """The stretch of the view that lies in `span` of the source."""
        if span.end > len(self.source):
            raise InvalidSpan(f"The span {span.start}–{span.end} reaches beyond {len(self.source)} characters.")
        start, end = np.searchsorted(self.offsets, [span.start, span.end])
        return Span(int(start), int(end))
