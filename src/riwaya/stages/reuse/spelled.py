"""A document as the search for reuse needs it; kept, so that a case that grows cuts only new texts into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.model import Zone
from riwaya.stage import Corpus, Reading
from riwaya.stages.reuse.strands import Encoded, encode, within

SILENT = ("boilerplate", "teaser")
"""Zones that are never compared."""


class Spelled(Struct, frozen=True, array_like=True):
    """The words of a document as bytes, and what of it is not compared."""

    doc: str
    digest: bytes
    """Of the text."""
    outlet: str | None
    silent: list[tuple[int, int]]
    hashes: bytes
    gaps: bytes
    """Letters from the end of each word to the start of the next, and the length of each, which pack well."""
    lengths: bytes
    digits: bytes
    clauses: bytes


def spelled(reading: Reading, _: Sequence[Any] = ()) -> Spelled:
    """The words of a document."""
    doc = reading.doc
    words = encode(reading.lang.fold, [doc.text])
    lengths = words.ends - words.starts
    return Spelled(
        doc=doc.id,
        digest=blake2b(doc.text.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
        outlet=doc.outlet,
        silent=[(z.start, z.end) for z in reading.of(Zone) if z.kind in SILENT],
        hashes=words.hashes.tobytes(),
        gaps=np.diff(words.starts, prepend=np.int32(0)).tobytes(),
        lengths=lengths.tobytes(),
        digits=words.digits.tobytes(),
        clauses=words.clauses.tobytes(),
    )


def silent_words(one: Spelled) -> list[int]:
    """The numbers of the words that are not compared."""
    if not one.silent:
        return []
    words = encoded([one])
    return [k for part in within(words.starts, words.ends, one.silent) for k in part]


class InCase:
    """Texts that lie in a case; they are numbered in order of id."""

    def __init__(self, corpus: Corpus, ids: Sequence[str]) -> None:
        self.corpus, self.ids = corpus, ids

    def texts(self, numbers: Sequence[int]) -> Iterable[str]:
        return self.corpus.texts(self.ids[i] for i in numbers)

    def words(self, numbers: Sequence[int]) -> Encoded:
        return encoded(self.corpus.over(spelled, (Zone,), ids=[self.ids[i] for i in numbers]))


def encoded(documents: Iterable[Spelled]) -> Encoded:
    """The words of many documents, one after the other."""
    some = list(documents)

    def column(name: str, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        return np.frombuffer(b"".join(getattr(one, name) for one in some), dtype)

    hashes, gaps = column("hashes", np.uint64), column("gaps", np.int32)
    counts = np.array([len(one.digits) for one in some], dtype=np.int64)
    total = np.append(0, np.cumsum(gaps, dtype=np.int64))
    firsts = np.cumsum(counts) - counts
    starts = (total[1:] - np.repeat(total[firsts], counts)).astype(np.int32)
    lengths, digits, clauses = column("lengths", np.int32), column("digits", np.bool_), column("clauses", np.uint8)
    return Encoded(counts, hashes.copy(), starts, starts + lengths, digits, clauses)
