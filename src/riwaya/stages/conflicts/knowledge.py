"""What the conflicts stage knows of the language: nouns for people, and how tolls move."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from riwaya.lang.ar.stems import stem
from riwaya.lang.lexicon import Entry, Lexicon


class Toll(Entry, frozen=True, kw_only=True):
    """A line of `tolls.toml`."""

    kind: str


class Tolls(Struct, frozen=True):
    """Stems of nouns for people, and the predicates whose counts rise or fall."""

    persons: frozenset[str]
    rising: frozenset[str]
    falling: frozenset[str]


@lru_cache(maxsize=4)
def tolls(lang: Lexicon) -> Tolls:
    by_kind = {entry.kind: entry.forms for entry in lang.table("tolls", Toll)}
    persons = frozenset(stem(lang.fold(form)) for form in by_kind["person"])
    return Tolls(persons, frozenset(by_kind["rising"]), frozenset(by_kind["falling"]))
