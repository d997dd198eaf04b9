"""Full-text search on folded words, with highlights on the original letters.

A word of the query finds itself with any clitics written on to it: قال finds وقال. A word that ends in «*» finds every
word that starts so; words in quotation marks must stand side by side. «OR» between words finds either.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from msgspec import Struct

from riwaya.errors import InvalidInput
from riwaya.lang.lexicon import Lexicon
from riwaya.text.span import Span
from riwaya.text.view import View, from_codepoints
from riwaya.text.words import SIGN, Words

CLITICS = tuple(
    conjunction + preposition
    for conjunction in ("", "و", "ف")
    for preposition in ("", "ال", "ب", "بال", "ل", "لل", "ك", "كال", "س")
)
"""What may be written on to a word; see lang/ar/clitics.py."""


class Hit(Struct, frozen=True, kw_only=True):
    """A document that a query found, its best passage, and every place that matched."""

    doc: str
    title: str | None
    outlet: str | None
    published: str | None
    snippet: Span
    spans: tuple[Span, ...]
    score: float
    """Of BM25; higher is better."""


class Phrase(Struct, frozen=True):
    """Folded words that must stand side by side; a lone word is a phrase of one."""

    words: tuple[str, ...]
    prefix: bool = False
    exact: bool = False

    def matches(self, norms: Sequence[str], at: int) -> bool:
        if at + len(self.words) > len(norms):
            return False
        return all(self._fits(norms[at + k], word, k) for k, word in enumerate(self.words))

    def _fits(self, norm: str, word: str, k: int) -> bool:
        if self.prefix and k == len(self.words) - 1:
            return norm.startswith(word)
        return norm == word or (k == 0 and not self.exact and norm in forms(word))

    def to_fts(self) -> str:
        tail = "".join(f' + "{word}"' for word in self.words[1:])
        if self.prefix:
            return f'("{self.words[0]}"{tail} *)'
        firsts = [self.words[0]] if self.exact else sorted(forms(self.words[0]))
        return "(" + " OR ".join(f'"{first}"{tail}' for first in firsts) + ")"


@lru_cache(maxsize=1024)
def forms(word: str) -> frozenset[str]:
    """The word with every clitic that may be written on to it.

    >>> sorted(forms("قال"))[:3], "وقال" in forms("قال"), "للمدينه" in forms("المدينه")
    (['القال', 'بالقال', 'بقال'], True, True)
    """
    found = {clitic + word for clitic in CLITICS}
    if word.startswith("ال"):
        found |= {conjunction + "لل" + word[2:] for conjunction in ("", "و", "ف")}
    return frozenset(found)


class Query(Struct, frozen=True):
    """Alternatives, each a list of phrases that must all be there."""

    alternatives: tuple[tuple[Phrase, ...], ...]

    def to_fts(self) -> str:
        return " OR ".join("(" + " AND ".join(p.to_fts() for p in phrases) + ")" for phrases in self.alternatives)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(p for phrases in self.alternatives for p in phrases)


def parse(text: str, lang: Lexicon, exact: bool = False) -> Query:
    """Reads a query; raises InvalidInput when it holds no word.

    >>> from riwaya.lang.ar import arabic
    >>> [p.words for p in parse('"سد الخرانة" انهيا*', arabic).phrases]
    [('سد', 'الخرانه'), ('انهيا',)]
    """
    alternatives: list[list[Phrase]] = [[]]
    pieces = lang.fold(text).replace('""', '"').split('"')
    for number, piece in enumerate(pieces):
        quoted = number % 2 == 1 and number < len(pieces) - 1  # an odd quotation mark opens nothing
        for part in [piece] if quoted else piece.split():
            if part in ("or", "|") and not quoted:
                alternatives.append([])
                continue
            words = _words(part, lang)
            if words:
                alternatives[-1].append(Phrase(words, part.endswith("*") and not quoted, exact))
    kept = tuple(tuple(phrases) for phrases in alternatives if phrases)
    if not kept:
        raise InvalidInput(f"The query «{text}» holds no word to look for; give at least one word or number.")
    return Query(kept)


def _words(text: str, lang: Lexicon) -> tuple[str, ...]:
    words = Words(View(text, lang.fold))
    return tuple(n for n, kind in zip(words.norms, words.kinds.tolist(), strict=True) if kind != SIGN)


def indexed(words: Words) -> str:
    """What the index holds of a document: its folded words with a blank between, signs left out.

    >>> from riwaya.lang.ar import arabic
    >>> indexed(Words(View("قال: «22ألف»", arabic.fold)))
    'قال 22 الف '
    """
    kept = words.kinds != SIGN
    starts, lengths = words.starts[kept], (words.ends - words.starts)[kept]
    # Laid end to end, the letter n of word k moves up by the k blanks before it.
    letters = np.arange(int(lengths.sum()))
    firsts = np.cumsum(lengths) - lengths
    text = np.full(letters.size + lengths.size, ord(" "), dtype=np.uint32)
    text[letters + np.repeat(np.arange(lengths.size), lengths)] = words.view.codes[
        letters + np.repeat(starts - firsts, lengths)
    ]
    return from_codepoints(text)


def found_numbers(connection: sqlite3.Connection, query: Query, limit: int, offset: int) -> Iterator[tuple[int, float]]:
    """The numbers of the documents that match, best first, and their scores."""
    statement = "SELECT rowid, -rank FROM search WHERE search MATCH ? ORDER BY rank, rowid LIMIT ? OFFSET ?"
    return iter(connection.execute(statement, (query.to_fts(), limit, offset)))


def places(text: str, query: Query, lang: Lexicon) -> tuple[Span, ...]:
    """Where the phrases of the query stand in `text`, whole words, in order and not overlapping."""
    words = Words(View(text, lang.fold))
    kept = [i for i, kind in enumerate(words.kinds.tolist()) if kind != SIGN]
    all_norms = words.norms
    norms = [all_norms[i] for i in kept]
    spans: list[Span] = []
    at = 0
    while at < len(norms):
        length = max((len(p.words) for p in query.phrases if p.matches(norms, at)), default=0)
        if length:
            spans.append(words.span(kept[at], kept[at + length - 1]))
        at += max(length, 1)
    return tuple(spans)


def best_snippet(text: str, spans: Sequence[Span], width: int = 160) -> Span:
    """The stretch of about `width` letters that holds most of the places, cut at blanks."""
    if not spans:
        return Span(0, _blank_after(text, min(width, len(text))))
    first = max(spans, key=lambda s: (sum(s.start <= t.start < s.start + width for t in spans), -s.start))
    start = max(0, first.start - width // 4)
    start = text.find(" ", start, first.start) + 1 or start if start else 0
    return Span(start, max(_blank_after(text, min(len(text), start + width)), first.end))


def _blank_after(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    found = text.find(" ", at, at + 40)
    return at if found < 0 else found
