"""Texts as strings of words: one character stands for one word (see `riwaya.text.collate`).

A corpus of ten million words is a string of forty megabytes. Signs are no words here: punctuation and quotation
marks differ between outlets even in honest quotation. Words in boilerplate are kept, each as a word of its own that
equals nothing.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

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

    `spread` is filled in by the search; `silent` words are boilerplate, texts that are `hidden` are not searched for.
    What else is known of words is only asked for where texts are compared: of a large case it takes gigabytes.

    >>> from riwaya.lang.ar import arabic
    >>> both = Strands.of(["a", "b"], ["قال: نعم", "قالَ «نعم»"], arabic.fold)
    >>> one, other = (found.strand for found in both.opened([0, 1], lambda worded: worded.spread))
    >>> one.words == other.words, one.source(1, 2)
    (True, 'نعم')
    """

    def __init__(self, ids: Sequence[str], counts: Ints, hashes: Hashes, shelf: Shelf) -> None:
        self.ids, self.shelf = ids, shelf
        self.bounds: Ints = np.append(0, counts.cumsum())
        self.hashes = hashes
        self.spread = np.zeros(hashes.size, dtype=np.uint8)
        self.silent = np.zeros(hashes.size, dtype=bool)
        self.hidden = np.zeros(len(ids), dtype=bool)
        named = b"".join(blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest() for id in ids)
        self._seeds = np.frombuffer(named, dtype="<u8")

    @classmethod
    def of(
        cls, ids: Sequence[str], texts: Sequence[str], fold: Fold, parallel: Callable[..., Iterable[Encoded]] = map
    ) -> Strands:
        """Of texts that lie in memory."""
        whole = gathered(parallel(partial(encode, fold), batches(texts)))
        return cls(ids, whole.counts, whole.hashes, AtHand(texts, whole))

    def __len__(self) -> int:
        return len(self.ids)

    def opened(self, texts: Sequence[int], weigh: Callable[[Worded], npt.NDArray[Any]]) -> Iterator[Opened]:
        """Some texts, given by their numbers in order; `weigh` says what words weigh, in thousandths."""
        words = self.shelf.words(texts)
        parts = [slice(int(self.bounds[i]), int(self.bounds[i + 1])) for i in texts]
        hashes, spread, silent = (_of(column, parts) for column in (self.hashes, self.spread, self.silent))
        string = characters(hashes)
        bounds = np.append(0, words.counts.cumsum())
        worth = weigh(Worded(string, words.ends - words.starts, spread, bounds)).astype(np.int64)
        total = np.append(0, worth.cumsum())
        for i, text, first, stop in zip(
            texts, self.shelf.texts(texts), bounds[:-1].tolist(), bounds[1:].tolist(), strict=True
        ):
            part = slice(first, stop)
            strand = Strand(
                self.ids[i],
                readable(text),
                string[part],
                array("i", words.starts[part].tobytes()),
                array("i", words.ends[part].tobytes()),
                words.digits[part].tobytes(),
                spread[part].tobytes(),
                words.clauses[part].tobytes() + bytes([SENTENCE]),
                array("i", (total[first : stop + 1] - total[first]).astype(np.int32).tobytes()),
            )
            yield Opened(i, strand, words.starts[part], words.ends[part], silent[part], words.digits[part])

    @cached_property
    def docs(self) -> Places:
        """For each word the number of its text."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.bounds))

    def searched(self) -> None:
        """Lets go of what only the search needs."""
        self.__dict__.pop("docs", None)

    def silence(self, words: Ints) -> None:
        """Makes words, given by their numbers through all texts, equal to nothing."""
        self.silent[words] = True
        docs = np.searchsorted(self.bounds, words, side="right") - 1
        # Of the text and the place in it, so that the other texts of a case have no part in it.
        with np.errstate(over="ignore"):
            places = (words - self.bounds[docs] + 1).astype(np.uint64)
            self.hashes[words] = (self._seeds[docs] + places) * np.uint64(0x9E3779B97F4A7C15)


def _of(column: npt.NDArray[Any], parts: Sequence[slice]) -> npt.NDArray[Any]:
    return np.concatenate([column[part] for part in parts]) if parts else column[:0]


class Worded(Struct, frozen=True):
    """Words of some texts: as characters, the letters of each, in how many texts they stand, where each text starts."""

    words: str
    lengths: Places
    spread: npt.NDArray[np.uint8]
    bounds: Ints


class Opened(Struct, frozen=True):
    """A text with what is known of its words."""

    number: int
    strand: Strand
    starts: Places
    ends: Places
    silent: npt.NDArray[np.bool_]
    digits: npt.NDArray[np.bool_]

    def within(self, places: Sequence[tuple[int, ...]]) -> Iterator[range]:
        """The words that lie wholly between two places of the text, each given by its start, its end and whatever
        else."""
        return within(self.starts, self.ends, places)


def within(starts: Places, ends: Places, places: Sequence[tuple[int, ...]]) -> Iterator[range]:
    firsts = np.searchsorted(starts, np.array([place[0] for place in places], dtype=np.int64))
    lasts = np.searchsorted(ends, np.array([place[1] for place in places], dtype=np.int64), side="right")
    return map(range, firsts.tolist(), lasts.tolist())


class Shelf(Protocol):
    """Where texts lie; they are asked for by their numbers, in order."""

    def texts(self, numbers: Sequence[int]) -> Iterable[str]: ...

    def words(self, numbers: Sequence[int]) -> Encoded: ...


class AtHand:
    """Texts that lie in memory."""

    def __init__(self, texts: Sequence[str], whole: Encoded) -> None:
        self._texts, self._whole = texts, whole
        self._bounds = np.append(0, whole.counts.cumsum()).tolist()

    def texts(self, numbers: Sequence[int]) -> Iterable[str]:
        return [self._texts[i] for i in numbers]

    def words(self, numbers: Sequence[int]) -> Encoded:
        parts = [slice(self._bounds[i], self._bounds[i + 1]) for i in numbers]
        counts, *columns = (getattr(self._whole, name) for name in Encoded.__struct_fields__)
        return Encoded(
            counts[list(numbers)],
            *(_of(column, parts) for column in columns),
        )


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
