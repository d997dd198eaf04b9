"""Texts as strings of words: one character stands for one word (see `riwaya.text.collate`).

A corpus of ten million words is a string of forty megabytes. Signs are no words here: punctuation and quotation
marks differ between outlets even in honest quotation. Words in boilerplate are kept, each as a word of its own that
equals nothing.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.text.collate import characters
from riwaya.text.view import PLANE, CodePoints, Fold, to_codepoints
from riwaya.text.words import DIGIT, SIGN, cut, word_hashes

Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]
if TYPE_CHECKING:
    Numbers = array[int]
else:
    Numbers = array  # takes no subscript before Python 3.12

LONE = re.compile("[\ud800-\udfff]")
STOPS, FULL_STOPS = ';؛:،,…"«»“”()[]–—-*•|', ".!?؟\n"
"""Signs at which a clause, and at which a sentence, may start or end."""
CLAUSE, SENTENCE = 1, 2

BATCH = 400_000
"""Characters folded in one sweep: what fits the cache of a processor."""


class Strand(Struct, frozen=True, gc=False):
    """One text as the engine compares it.

    `words` has a character per word, `starts` and `ends` its place in `text`, `digits` a 1 where it is a number,
    `spread` in how many texts the rarest shared run stands that the word is part of, roughly (see `judge`). `clauses`
    says whether a clause (1) or a sentence (2) starts at the word, or ends before it; there is one more for the end.
    `worth` is what the words before each one weigh together, in thousandths (see `judge`), and has one more, too.
    """

    id: str
    text: str
    words: str
    starts: Numbers
    ends: Numbers
    digits: bytes
    spread: bytes
    clauses: bytes
    worth: Numbers

    def source(self, first: int, stop: int) -> str:
        """The text of the words from `first` up to, not including, `stop`."""
        return self.text[self.starts[first] : self.ends[stop - 1]] if first < stop else ""

    def written(self, first: int, stop: int) -> list[str]:
        """The words from `first` up to, not including, `stop`, as the text spells them."""
        text = self.text
        return [text[start:end] for start, end in zip(self.starts[first:stop], self.ends[first:stop], strict=True)]

    def between(self, word: int) -> str:
        """What stands between the word and the one before it; at the ends of the text, what stands there."""
        start = self.ends[word - 1] if word else 0
        return self.text[start : self.starts[word] if word < len(self.words) else len(self.text)]


class Strands:
    """All texts laid end to end: `hashes` of the words, and `bounds`, where each text starts (and the last one ends).

    `spread` and `worth` are filled in by the search; `hidden` words are not searched for, `silent` ones are
    boilerplate. Where `encoded` words are given, only those texts are needed that are compared.

    >>> from riwaya.lang.ar import arabic
    >>> both = Strands(["a", "b"], ["قال: نعم", "قالَ «نعم»"], arabic.fold)
    >>> both[0].words == both[1].words, both[1].source(1, 2)
    (True, 'نعم')
    """

    def __init__(
        self,
        ids: Sequence[str],
        texts: Sequence[str],
        fold: Fold,
        parallel: Callable[..., Iterable[Encoded]] = map,
        encoded: Encoded | None = None,
    ) -> None:
        self.ids = ids
        self.texts: Sequence[str] | Mapping[int, str] = texts
        whole = encoded or gathered(parallel(partial(encode, fold), batches(texts)))
        self.bounds: Ints = np.append(0, whole.counts.cumsum())
        self.hashes, self.starts, self.ends = whole.hashes, whole.starts, whole.ends
        self.digits, self.clauses = whole.digits, whole.clauses
        self.spread = np.zeros(self.hashes.size, dtype=np.uint8)
        self.worth = np.zeros(self.hashes.size + 1, dtype=np.int64)
        self.hidden = np.zeros(self.hashes.size, dtype=bool)
        self.silent = np.zeros(self.hashes.size, dtype=bool)
        named = b"".join(blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest() for id in ids)
        self._seeds = np.frombuffer(named, dtype="<u8")

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, i: int) -> Strand:
        first, stop = int(self.bounds[i]), int(self.bounds[i + 1])
        part = slice(first, stop)
        worth = (self.worth[first : stop + 1] - self.worth[first]).astype(np.int32)
        return Strand(
            self.ids[i],
            readable(self.texts[i]),
            self.words[part],
            array("i", self.starts[part].tobytes()),
            array("i", self.ends[part].tobytes()),
            self.digits[part].tobytes(),
            self.spread[part].tobytes(),
            self.clauses[part].tobytes() + bytes([SENTENCE]),
            array("i", worth.tobytes()),
        )

    @cached_property
    def words(self) -> str:
        """All words; asked for when none is silenced any more."""
        return characters(self.hashes)

    def searched(self) -> None:
        """Lets go of what only the search needs, now that no word is silenced any more."""
        _ = self.words
        self.hashes = self.hashes[:0].copy()

    @property
    def docs(self) -> Places:
        """For each word the number of its text."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.bounds))

    def silence(self, words: Ints) -> None:
        """Makes words, given by their numbers through all texts, equal to nothing."""
        self.silent[words] = True
        docs = np.searchsorted(self.bounds, words, side="right") - 1
        # Of the text and the place in it, so that the other texts of a case have no part in it.
        with np.errstate(over="ignore"):
            places = (words - self.bounds[docs] + 1).astype(np.uint64)
            self.hashes[words] = (self._seeds[docs] + places) * np.uint64(0x9E3779B97F4A7C15)

    def hide(self, doc: int) -> None:
        """Leaves a text out of the search; it can still be compared."""
        self.hidden[self.bounds[doc] : self.bounds[doc + 1]] = True

    def within(self, doc: int, start: int, end: int) -> range:
        """The numbers, through all texts, of the words of a text that lie wholly between two places of it."""
        return next(iter(self.within_all(doc, [(start, end)])))

    def within_all(self, doc: int, places: Sequence[tuple[int, ...]]) -> Iterator[range]:
        """The same of many places, each given by its start, its end and whatever else."""
        a, b = int(self.bounds[doc]), int(self.bounds[doc + 1])
        firsts = a + np.searchsorted(self.starts[a:b], np.array([place[0] for place in places], dtype=np.int64))
        lasts = a + np.searchsorted(self.ends[a:b], np.array([p[1] for p in places], dtype=np.int64), side="right")
        return map(range, firsts.tolist(), lasts.tolist())


def readable(text: str) -> str:
    """The text with U+FFFD for each lone half of a surrogate pair, which no message can carry.

    >>> readable("قال\\ud800")
    'قال\ufffd'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return LONE.sub("\ufffd", text)
    return text


class Encoded(Struct, frozen=True):
    """The words of some texts; `counts` says how many each text has."""

    counts: Ints
    hashes: Hashes
    starts: Places
    ends: Places
    digits: npt.NDArray[np.bool_]
    clauses: npt.NDArray[np.uint8]


def gathered(parts: Iterable[Encoded]) -> Encoded:
    """All parts as one, each let go as it is taken: of ten million words two copies are hundreds of megabytes."""
    empty = encode(Fold({}), [])
    columns = {name: bytearray() for name in Encoded.__struct_fields__}
    for part in parts:
        for name, column in columns.items():
            column += memoryview(getattr(part, name)).cast("B")
    return Encoded(*(np.frombuffer(column, getattr(empty, name).dtype) for name, column in columns.items()))


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Neighbouring texts together, about `BATCH` characters each time."""
    texts = iter(texts)
    for text in texts:
        batch, size = [text], len(text)
        while size < BATCH and (more := list(islice(texts, 1))):
            batch += more
            size += len(more[0])
        yield batch


def encode(fold: Fold, texts: Sequence[str]) -> Encoded:
    """The words of many texts, signs left out, in one sweep; places are counted from the start of each text."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    source = to_codepoints("".join(texts))
    codes, offsets = fold.arrays(source)
    shifts = np.cumsum(lengths) - lengths
    walls = np.searchsorted(offsets, shifts[1:])
    starts, ends, kinds = cut(codes, walls)
    kept = kinds != SIGN
    starts, ends, kinds = starts[kept], ends[kept], kinds[kept]
    first, last = offsets[starts], fold.ends(source, offsets[ends - 1])
    counts = np.diff(np.searchsorted(first, np.append(shifts, lengths.sum())))
    last = np.minimum(last, np.repeat(shifts + lengths, counts))  # a mark at the start of a text belongs to no word
    shift = np.repeat(shifts, counts)
    return Encoded(
        counts,
        word_hashes(codes, starts, ends),
        (first - shift).astype(np.int32),
        (last - shift).astype(np.int32),
        kinds == DIGIT,
        clauses(source, first, last, (np.cumsum(counts) - counts)[counts > 0]),
    )


def clauses(source: CodePoints, starts: Ints, ends: Ints, firsts: Ints) -> npt.NDArray[np.uint8]:
    """For each word whether a clause or sentence starts at it, or ends before it; `firsts` are the first of texts."""
    found = np.zeros(starts.size, dtype=np.uint8)
    kinds = _STOP_KINDS.take(source, mode="clip")
    for kind in (CLAUSE, SENTENCE):
        seen = np.append(0, np.cumsum(kinds >= kind, dtype=np.int32))
        found[1:] += seen[starts[1:]] > seen[ends[:-1]]
    found[firsts] = SENTENCE
    return found


def _stop_kinds() -> npt.NDArray[np.uint8]:
    kinds = np.zeros(PLANE, dtype=np.uint8)
    for stops, kind in ((STOPS, CLAUSE), (FULL_STOPS, SENTENCE)):
        kinds[[ord(stop) for stop in stops]] = kind
    return kinds


_STOP_KINDS = _stop_kinds()
