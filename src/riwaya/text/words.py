"""A view cut into words, as arrays.

A word is a run of letters and digits, or a single sign; white space is nothing. Digits and letters part
(«3ماي» is two words), and an apostrophe or full stop never glues. Words are kept as arrays of places, so
that a million of them cost megabytes and not gigabytes; a `Token` is made only when somebody asks for it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.text.span import Span
from riwaya.text.view import PLANE, CodePoints, Offsets, View, from_codepoints, to_codepoints

SPACE, LETTER, DIGIT, SIGN = 0, 1, 2, 3


def _classes() -> npt.NDArray[np.uint8]:
    table = np.full(PLANE, SIGN, dtype=np.uint8)
    for code in range(PLANE):
        match unicodedata.category(chr(code))[0]:
            case "L" | "M":
                table[code] = LETTER
            case "N":
                table[code] = DIGIT
            case "Z" | "C":
                table[code] = SPACE
    table[[0x09, 0x0A, 0x0D]] = SPACE
    return table


CLASSES = _classes()
"""What each code point of the basic plane is; those beyond it are signs (emoji) unless letters."""

CONTROLS = np.array([kind == SPACE and not chr(code).isspace() for code, kind in enumerate(CLASSES.tolist())])
"""What parts words and is no white space to Python; the last code point is one, and stands for all beyond the plane."""

# Odd random multipliers, fixed: the hash of a word is the same on every machine and in every run.
_SEED = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_ODD = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], dtype=np.uint32)


class Token(Struct, frozen=True):
    """A word as written (`span` in the source) and as compared (`norm`)."""

    span: Span
    norm: str


class Words:
    """The words of a view.

    >>> from riwaya.text.view import Fold
    >>> words = Words(View("قال: 22 ألف", Fold({"أ": "ا"})))
    >>> words.norms
    ['قال', ':', '22', 'الف']
    >>> words.span(3).of("قال: 22 ألف")
    'ألف'

    `starts` and `ends` are places in the view, `kinds` LETTER, DIGIT or SIGN, `hashes` 64 bits per word that are
    equal where the folded letters are.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.starts, self.ends, self.kinds = cut(view.codes)

    @classmethod
    def many(cls, views: Sequence[View]) -> list[Self]:
        """The words of many views, cut in one sweep: for short texts far faster than one by one."""
        lengths = np.fromiter(map(len, views), dtype=np.int64, count=len(views))
        walls = np.cumsum(lengths)
        starts, ends, kinds = cut(np.concatenate([view.codes for view in views]) if views else _NOTHING, walls[:-1])
        last = np.searchsorted(starts, walls)
        result = []
        for view, a, b, shift in zip(
            views, [0, *last.tolist()], last.tolist(), (walls - lengths).tolist(), strict=False
        ):
            words = cls.__new__(cls)
            words.view, words.starts, words.ends, words.kinds = view, starts[a:b] - shift, ends[a:b] - shift, kinds[a:b]
            result.append(words)
        return result

    def __len__(self) -> int:
        return int(self.starts.size)

    @cached_property
    def lists(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """`starts`, `ends` and `kinds` as plain numbers: for code that looks at words one by one."""
        return self.starts.data, self.ends.data, self.kinds.tobytes()

    @cached_property
    def norms(self) -> list[str]:
        """The folded letters of each word."""
        if np.count_nonzero(CONTROLS.take(self.view.codes, mode="clip")):
            return [self.view.text[a:b] for a, b in zip(self.starts, self.ends, strict=True)]
        return self._spaced().split()

    def _spaced(self) -> str:
        """The view with white space between all words, so that it can be split at once."""
        places = self.starts[1:][self.starts[1:] == self.ends[:-1]]
        if places.size == 0:
            return self.view.text
        codes = np.full(len(self.view) + places.size, ord(" "), dtype=np.uint32)
        own = np.ones(codes.size, dtype=bool)
        own[places + np.arange(places.size)] = False
        codes[own] = self.view.codes
        return from_codepoints(codes)

    @cached_property
    def digits(self) -> list[int]:
        """The indices of the words that are digits."""
        indices: list[int] = (self.kinds == DIGIT).nonzero()[0].tolist()
        return indices

    @cached_property
    def shapes(self) -> npt.NDArray[np.uint32]:
        """16 bits a word, of its letters at the ends and its length."""
        return shapes(self.view.codes, self.starts, self.ends)

    def places(self, sought: Sought) -> list[int]:
        """The indices of the words that are sought."""
        norms, words = self.norms, sought.words
        return [i for i in sought.likely.take(self.shapes).nonzero()[0].tolist() if norms[i] in words]

    @cached_property
    def source_starts(self) -> npt.NDArray[np.int64]:
        """Where each word starts in the source."""
        return self.view.offsets[self.starts]

    @cached_property
    def source_ends(self) -> npt.NDArray[np.int64]:
        """Where each word ends in the source, its marks included."""
        return self.view.ends[self.ends - 1]

    @cached_property
    def hashes(self) -> npt.NDArray[np.uint64]:
        return word_hashes(self.view.codes, self.starts, self.ends)

    def span(self, first: int, last: int | None = None, skip: int = 0) -> Span:
        """The place in the source of word `first`, or of words `first` to `last` inclusive.

        `skip` leaves out that many folded letters at the start: a clitic.
        """
        start = self.view.offsets.item(self.starts.item(first) + skip)
        return Span(start, self.view.end_of(self.ends.item(first if last is None else last) - 1))

    def at(self, offset: int) -> int:
        """The index of the first word that ends after `offset` of the source; `len(self)` when there is none."""
        return int(np.searchsorted(self.source_ends, offset, side="right"))

    def within(self, span: Span) -> range:
        """The indices of the words that lie wholly in `span` of the source."""
        first = int(np.searchsorted(self.source_starts, span.start))
        return range(first, max(first, int(np.searchsorted(self.source_ends, span.end, side="right"))))

    def __iter__(self) -> Iterator[Token]:
        return (Token(self.span(i), norm) for i, norm in enumerate(self.norms))


_NOTHING = np.zeros(0, dtype=np.uint32)


class Sought:
    """Words that are looked for in many texts: their shapes tell them from most others, and few are compared.

    >>> from riwaya.text.view import Fold
    >>> Words(View("قال: 22 ألف", Fold({"أ": "ا"}))).places(Sought(["الف", ":"]))
    [1, 3]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        listed = sorted(self.words)
        lengths = np.fromiter(map(len, listed), dtype=np.int64, count=len(listed))
        ends = np.cumsum(lengths)
        self.likely = np.zeros(1 << 16, dtype=bool)
        self.likely[shapes(to_codepoints("".join(listed)), ends - lengths, ends)] = True


def shapes(codes: CodePoints, starts: Offsets, ends: Offsets) -> npt.NDArray[np.uint32]:
    """16 bits of the first letter of each word, its middle, its last, and its length."""
    mixed: npt.NDArray[np.uint32] = (ends - starts).astype(np.uint32) * _ODD[0]
    mixed += codes.take(starts) * _ODD[1]
    mixed += codes.take((starts + ends) >> 1) * _ODD[2]
    mixed += codes.take(ends - 1) * _ODD[3]
    mixed >>= np.uint32(16)
    return mixed


def cut(
    codes: CodePoints, walls: npt.NDArray[np.int64] | None = None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Where words start and end, and of which kind each is; no word crosses a wall (the first place behind it)."""
    if codes.size == 0:
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0, dtype=np.uint8)
    classes = CLASSES.take(codes, mode="clip")
    if int(codes.max()) >= PLANE:
        classes = np.where(codes >= PLANE, _high_classes(codes), classes)
    edge = np.empty(codes.size, dtype=bool)
    edge[0] = True
    np.not_equal(classes[1:], classes[:-1], out=edge[1:])
    edge |= classes == SIGN
    if walls is not None:
        edge[walls[walls < codes.size]] = True
    bounds = edge.nonzero()[0]
    kinds = classes[bounds]
    kept = kinds != SPACE
    ends = np.empty_like(bounds)
    ends[:-1], ends[-1] = bounds[1:], codes.size
    return bounds[kept], ends[kept], kinds[kept]


def _high_classes(codes: CodePoints) -> npt.NDArray[np.uint8]:
    classes = np.full(codes.size, SIGN, dtype=np.uint8)
    for place in np.flatnonzero(codes >= PLANE):
        if unicodedata.category(chr(codes[place]))[0] == "L":
            classes[place] = LETTER
    return classes


def word_hashes(
    codes: CodePoints, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint64]:
    """A hash per word: its letters, each multiplied by a power for its place, summed and mixed."""
    if starts.size == 0:
        return np.zeros(0, dtype=np.uint64)
    lengths = ends - starts
    with np.errstate(over="ignore"):
        powers = np.cumprod(np.full(int(lengths.max()), _SEED | np.uint64(1), dtype=np.uint64))
        # The place of every letter inside its word, words laid end to end.
        firsts = np.cumsum(lengths) - lengths
        place = np.arange(int(lengths.sum())) - np.repeat(firsts, lengths)
        letters = codes[np.repeat(starts, lengths) + place].astype(np.uint64)
        sums = np.add.reduceat((letters + np.uint64(1)) * powers[place], firsts)
        mixed: npt.NDArray[np.uint64] = (sums ^ (sums >> np.uint64(31))) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return mixed
