"""What the entries of the tables of names say beside their forms.

A name is written once in full good spelling. Many are ordinary words as well («الحياة» is a newspaper and is life),
so an entry says in `needs` what must stand beside it before it is believed:

    nothing   the form alone is the name: «رويترز»
    cue       after a head («وكالة»), a preposition of place, or beside a verb of saying: «نقلت الأناضول عن»
    head      after a head, or in quotation marks under a head: «صحيفة الحياة»
"""

from __future__ import annotations

from typing import Literal

from riwaya.lang.lexicon import Entry

__all__ = ["Country", "Given", "Group", "Nationality", "Needs", "Nominal", "Outlet", "Person", "Region", "Trigger"]

Needs = Literal["nothing", "cue", "head"]


class Outlet(Entry, frozen=True, kw_only=True):
    """A newspaper, station, site or news agency; `country` is that of its owners, as an ISO 3166 code."""

    kind: Literal["outlet", "agency"]
    name_en: str
    country: str
    needs: Needs = "nothing"
    wikidata: str | None = None


class Country(Entry, frozen=True, kw_only=True):
    """A state with its capital and the capital's coordinates."""

    name_en: str
    country: str
    lat: float
    lon: float
    capital: tuple[str, ...] = ()
    capital_en: str | None = None
    needs: Needs = "nothing"
    wikidata: str | None = None


class Region(Entry, frozen=True, kw_only=True):
    """A region, city, river, base; `precision` says how much the coordinates stand for."""

    name_en: str
    lat: float
    lon: float
    precision: str
    country: str | None = None
    needs: Needs = "nothing"
    wikidata: str | None = None


class Group(Entry, frozen=True, kw_only=True):
    """An organisation that is no outlet."""

    kind: Literal["armed", "party", "ngo", "state", "alliance", "operation", "igo", "religious", "company", "sport"]
    name_en: str
    country: str | None = None
    needs: Needs = "nothing"
    wikidata: str | None = None


class Person(Entry, frozen=True, kw_only=True):
    """A well-known person."""

    name_en: str
    country: str
    needs: Needs = "nothing"
    wikidata: str | None = None


class Given(Entry, frozen=True, kw_only=True):
    """Given names or family names; an ambiguous one stands alone in its entry."""

    kind: Literal["given", "family"]
    needs: Needs = "nothing"


class Nationality(Entry, frozen=True, kw_only=True):
    """Adjectives of a country, masculine singular."""

    country: str


class Trigger(Entry, frozen=True, kw_only=True):
    """Words with a part to play beside a name; each table explains its roles."""

    role: str


class Nominal(Entry, frozen=True, kw_only=True):
    """Common nouns that stand for somebody."""

    kind: str
