"""What the conflicts stage knows of the language: nouns for people, and how tolls move."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from riwaya.lang.ar.stems import stem
from riwaya.lang.lexicon import Entry, Lexicon


class Toll(Entry, frozen=True, kw_only=True):
    """A line of `tolls.toml`."""

    kind: str


class Kin(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A line of `predicates.toml`: how a class of predicates stands to others."""

    akin: str | None = None
    opposite: str | None = None
    daily: bool = False


class Aspect(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A line of `aspects.toml`: a way of telling how something happened."""

    aspect: str
    pole: str
    kind: Literal["number", "date", "place", "actor", "cause", "polarity"]
    of: tuple[str, ...]
    whose: bool = False
    deed: bool = False
    here: bool = False
    beside: tuple[str, ...] = ()
    en: str
    ar: str


class State(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A line of `countries.toml`, of which only the name matters."""


class Tolls(Struct, frozen=True):
    """Stems of nouns for people, and the predicates whose counts rise or fall."""

    persons: frozenset[str]
    rising: frozenset[str]
    falling: frozenset[str]
    blame: frozenset[str]
    """Predicates of saying what somebody did."""
    akin: Mapping[str, str]
    """Predicates that tell a happening from another side, and the name under which they are compared."""
    opposite: Mapping[str, str]
    daily: frozenset[str]
    """Predicates of what is told of every day anew."""
    harms: frozenset[str]
    """Predicates of which people ask for the cause."""


@lru_cache(maxsize=4)
def tolls(lang: Lexicon) -> Tolls:
    by_kind = {entry.kind: entry.forms for entry in lang.table("tolls", Toll)}
    persons = frozenset(stem(lang.fold(form)) for form in by_kind["person"])
    kin = lang.table("predicates", Kin)
    return Tolls(
        persons=persons,
        rising=frozenset(by_kind["rising"]),
        falling=frozenset(by_kind["falling"]),
        blame=frozenset(by_kind["blame"]),
        akin={entry.name: entry.akin for entry in kin if entry.akin},
        harms=frozenset(
            name for entry in lang.table("aspects", Aspect) if entry.aspect == "origin" for name in entry.of
        ),
        daily=frozenset(entry.name for entry in kin if entry.daily),
        opposite={entry.name: entry.opposite for entry in kin if entry.opposite},
    )


@lru_cache(maxsize=4)
def aspects(lang: Lexicon) -> Mapping[str, Aspect]:
    """The ways of telling how a thing happened, by name."""
    return {entry.name: entry for entry in lang.table("aspects", Aspect)}


@lru_cache(maxsize=4)
def states(lang: Lexicon) -> frozenset[str]:
    """Countries and capitals as places: they act («موسكو ترفض») and are no scene."""
    names = [entry.name for entry in lang.table("countries", State)]
    return frozenset(f"place-{name}{capital}" for name in names for capital in ("", "-capital"))
