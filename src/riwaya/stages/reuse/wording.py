"""The words the engine must know: hedges, cues, dates, numbers, names of outlets, titles; as strings of words.

The tables of the language are turned into the characters that stand for their words (see `riwaya.text.collate`), so
that a phrase is found in a text by looking at characters, and the whole of it travels to another process cheaply.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Any, Literal

import numpy as np
from msgspec import Struct

from riwaya.lang.ar.clitics import CONJUNCTIONS, PREPOSITIONS
from riwaya.lang.lexicon import Entry, Lexicon
from riwaya.stages.reuse.strands import encode
from riwaya.text.collate import characters
from riwaya.text.view import Fold

NUMBER, DATE, NAME, CUE, HEDGE, CREDIT, CARRIER, SILENT = (1 << k for k in range(8))
"""What a word is part of; a word may be several. A carrier is a word of credit beside which an
outlet is meant even if its name is an ordinary word; silent is a word of boilerplate."""
OUTLET, NAMED = 0, 1 << 8
"""Names of outlets are found by themselves and mark no word; the second keeps to the longest name at a place."""
FIRST, SECOND, ALONE = 1, 2, 4
"""What a word may be to a phrase: the first of several, the second, all of it."""
CHARACTERS = 0x110000
TELLING = 5
"""A name of one word with fewer letters is taken for the outlet only beside a carrier."""


class Form(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A line of a table of which only the forms matter."""

    value: Any = None


class Outlet(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """What is needed of a line of `outlets.toml`."""

    kind: Literal["outlet", "agency"]
    needs: str | None = None


class CreditWord(Entry, frozen=True, kw_only=True):
    """A line of `credits.toml`."""

    kind: Literal["carrier", "credit", "weak", "cue"]


class Formula(Entry, frozen=True, kw_only=True):
    """A line of `formulas.toml`."""

    name_follows: bool = False


class Phrase(Struct, frozen=True, gc=False):
    """Words in a row, and what they are; an outlet's phrase carries its name."""

    words: str
    flag: int
    name: str | None = None
    agency: bool = False
    sure: bool = True
    """Does it mean this wherever it stands?"""


class Wording(Struct, frozen=True, gc=False):
    """Everything of the language that a pair of texts is judged by."""

    phrases: dict[str, list[Phrase]]
    lengths: dict[str, tuple[int, ...]]
    """How many words the phrases have that start with two words, or are one, the most first."""
    parts: bytes
    """For every character `FIRST`, `SECOND` and `ALONE`, of any phrase: most words are none, and are passed over."""
    titles: frozenset[str]
    before_names: frozenset[str]
    speech: frozenset[str]
    """Words of credit and of saying."""
    letters: dict[int, str]
    """Letter → letters, for folding a few words with `str.translate`."""

    def find(self, words: str) -> list[tuple[int, Phrase]]:
        """Where phrases stand; of two that start at one word the longer, and both where they mean different things."""
        lengths, found = self.lengths, []
        parts = np.frombuffer(self.parts, dtype=np.uint8)[np.frombuffer(words.encode("utf-32-le"), dtype="<u4")]
        starting = parts & ALONE != 0
        starting[:-1] |= (parts[:-1] & FIRST != 0) & (parts[1:] & SECOND != 0)
        for at in np.flatnonzero(starting).tolist():
            seen = 0
            for length in (*lengths.get(words[at : at + 2], ()), *lengths.get(words[at], ())):
                for phrase in self.phrases.get(words[at : at + length], ()):
                    kind = phrase.flag or NAMED
                    if not kind & seen:
                        found.append((at, phrase))
                        seen |= kind
        return sorted(found, key=lambda f: (f[0], f[1].flag))

    def fold(self, text: str) -> str:
        return text.translate(self.letters)


@lru_cache(maxsize=4)
def wording(lang: Lexicon) -> Wording:
    """The wording of a language, made once."""
    rows: list[tuple[str, Phrase]] = []
    conjunctions = ("", *CONJUNCTIONS)
    before_names = ("", *("".join(p) for p in product(("", *CONJUNCTIONS), PREPOSITIONS)), *CONJUNCTIONS)
    for table, flag in (("hedges", HEDGE), ("months", DATE), ("weekdays", DATE)):
        rows += _rows(lang.table(table, Form), conjunctions, flag)
    rows += _rows((n for n in lang.table("numbers", Form) if n.value != 1), conjunctions, NUMBER)
    for entry in lang.table("credits", CreditWord):
        flag = {"cue": CUE, "weak": CREDIT, "credit": CREDIT | CUE, "carrier": CREDIT | CUE | CARRIER}[entry.kind]
        rows += _rows([entry], conjunctions, flag, sure=entry.kind != "weak")
    for outlet in lang.table("outlets", Outlet):
        agency, sure = outlet.kind == "agency", outlet.needs is None
        for form in outlet.forms:
            plain = sure and (" " in form or len(form) >= TELLING)
            rows += [(c + form, Phrase("", OUTLET, outlet.forms[0], agency, plain)) for c in before_names]
    formulas = list(lang.table("formulas", Formula))
    clitics = ("", CONJUNCTIONS[0], *PREPOSITIONS, *(CONJUNCTIONS[0] + p for p in PREPOSITIONS))
    alone = [*(f for e in formulas for f in e.forms), *(f for e in lang.table("given", Form) for f in e.forms)]
    titles = [c + form for form in alone for c in clitics]
    heads = [c + form for e in formulas if e.name_follows for form in e.forms for c in clitics]
    strings = as_words([*(form for form, _ in rows), *titles, *heads], lang.fold)
    phrases: dict[str, list[Phrase]] = {}
    lengths: dict[str, set[int]] = {}
    for words, (_, about) in zip(strings, rows, strict=False):
        if words:
            phrase = Phrase(words, about.flag, about.name, about.agency, about.sure)
            phrases.setdefault(words, []).append(phrase)
            lengths.setdefault(words[:2], set()).add(len(words))
    for some in phrases.values():
        some.sort(key=lambda p: (p.flag, p.name or ""))
    speech = (words for words, (_, about) in zip(strings, rows, strict=False) if about.flag & (CUE | CREDIT))
    return Wording(
        phrases,
        {word: tuple(sorted(some, reverse=True)) for word, some in lengths.items()},
        parts_of(lengths),
        frozenset(strings[len(rows) : len(rows) + len(titles)]),
        frozenset(strings[len(rows) + len(titles) :]),
        frozenset(words for words in speech if len(words) == 1),
        letters(lang.fold),
    )


def parts_of(starts: Iterable[str]) -> bytes:
    """What every character is to phrases that start with these words, one or two of each."""
    parts = bytearray(CHARACTERS)
    for words in starts:
        if len(words) == 1:
            parts[ord(words)] |= ALONE
        else:
            parts[ord(words[0])] |= FIRST
            parts[ord(words[1])] |= SECOND
    return bytes(parts)


def _rows(entries: Iterable[Entry], clitics: Iterable[str], flag: int, **about: Any) -> list[tuple[str, Phrase]]:
    return [(c + form, Phrase("", flag, **about)) for entry in entries for form in entry.forms for c in clitics]


def as_words(texts: list[str], fold: Fold) -> list[str]:
    """Each text as a string of its words."""
    found = encode(fold, texts)
    every, at, out = characters(found.hashes), 0, []
    for count in found.counts.tolist():
        out.append(every[at : at + count])
        at += count
    return out


def letters(fold: Fold) -> dict[int, str]:
    """The fold as a dictionary, for a few letters at a time."""
    changed = np.flatnonzero(fold.table != np.arange(fold.table.size))
    return {code: fold(chr(code)) for code in changed.tolist()}
