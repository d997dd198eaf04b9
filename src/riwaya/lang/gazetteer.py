"""All that the tables know by name: outlets, groups, persons, states, regions and the places of the gazetteer.

>>> from riwaya.lang.ar import arabic
>>> known = gazetteer(arabic)
>>> known.of(("رويترز",))[0].name_en
'Reuters'
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct

from riwaya.lang.entries import Country, Group, Needs, Outlet, Person, Region
from riwaya.lang.lexicon import Entry, Lexicon, Table, all_folded_words, folded_words

E = TypeVar("E", bound=Entry)

__all__ = ["Gazetteer", "Known", "gazetteer"]


class Known(Struct, frozen=True, kw_only=True):
    """One bearer of a name: what it is, where it lies, and the rule that names it."""

    rule: str
    kind: str
    """`person`, `organisation` or `place`."""
    type: str
    """`outlet`, `agency`, `armed`, …, `state`, `capital`, `region`, `town`."""
    name: str
    name_en: str
    country: str | None = None
    needs: Needs = "nothing"
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    population: int = 0
    wikidata: str | None = None
    forms: tuple[str, ...] = ()
    """The spellings of a name that an analyst adds; those of the tables are in their entries."""


class Gazetteer:
    """The bearers of names by folded form; `lengths` gives, for a first word, how long its forms can be."""

    def __init__(self, pairs: Iterable[tuple[tuple[str, ...], Known]]) -> None:
        self.forms: dict[tuple[str, ...], tuple[Known, ...]] = {}
        for words, known in pairs:
            self.forms[words] = (*self.forms.get(words, ()), known)
        self.by_rule = {known.rule: known for bearers in self.forms.values() for known in bearers}
        self.lengths: dict[str, tuple[int, ...]] = {}
        sizes: dict[str, set[int]] = {}
        for words in self.forms:
            sizes.setdefault(words[0], set()).add(len(words))
        self.lengths = {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sizes.items()}

    def of(self, words: Sequence[str]) -> tuple[Known, ...]:
        """Who bears a name, given as folded words."""
        return self.forms.get(tuple(words), ())


@cache
def gazetteer(lang: Lexicon, own: tuple[Known, ...] = ()) -> Gazetteer:
    """All tables of names of a language, read once; `own` are names that an analyst adds, `forms` and all."""
    if own:
        base = gazetteer(lang)
        more = ((folded_words(form, lang.fold), known) for known in own for form in known.forms)
        return Gazetteer((*more, *((words, known) for words, bearers in base.forms.items() for known in bearers)))
    listed = list(_tables(lang))
    return Gazetteer((*listed, *_towns(lang, listed)))


def _tables(lang: Lexicon) -> Iterator[tuple[tuple[str, ...], Known]]:
    for words, outlet in _entries(lang.table("outlets", Outlet)):
        yield words, _known(outlet, "organisation", outlet.kind, country=outlet.country, needs=outlet.needs)
    for words, group in _entries(lang.table("groups", Group)):
        needs = group.needs if doubtful(words, group, lang) else "nothing"
        yield words, _known(group, "organisation", group.kind, country=group.country, needs=needs)
    for words, person in _entries(lang.table("persons", Person)):
        needs = person.needs if doubtful(words, person, lang) else "nothing"
        yield words, _known(person, "person", "person", country=person.country, needs=needs)
    for words, region in _entries(lang.table("regions", Region)):
        needs = region.needs if doubtful(words, region, lang) else "nothing"
        yield words, _known(
            region, "place", "region", country=region.country, needs=needs, lat=region.lat, lon=region.lon,
            precision=region.precision,
        )  # fmt: skip
    for words, state in _entries(lang.table("countries", Country)):
        yield words, _known(
            state, "place", "state", country=state.country, needs=state.needs, lat=state.lat, lon=state.lon,
            precision="country",
        )  # fmt: skip
    for state in lang.table("countries", Country):
        if state.capital:
            seat = Known(
                rule=f"{state.rule}#capital", kind="place", type="capital", name=state.capital[0],
                name_en=state.capital_en or "", country=state.country, lat=state.lat, lon=state.lon, precision="city",
            )  # fmt: skip
            yield from ((folded_words(form, lang.fold), seat) for form in state.capital)


def doubtful(words: tuple[str, ...], entry: Entry, lang: Lexicon) -> bool:
    """Does the need of an entry hold for this form? For one word, and for what its negative phrase shows."""
    return len(words) == 1 or " ".join(words) in lang.fold(entry.negative or "")


def _entries(table: Table[E]) -> Iterator[tuple[tuple[str, ...], E]]:
    return ((words, entry) for words, entries in table.by_words.items() for entry in entries)


def _known(entry: Outlet | Group | Person | Region | Country, kind: str, type: str, **values: Any) -> Known:
    return Known(
        rule=entry.rule, kind=kind, type=type, name=entry.forms[0], name_en=entry.name_en, wikidata=entry.wikidata,
        **values,
    )  # fmt: skip


def _towns(lang: Lexicon, listed: Iterable[tuple[tuple[str, ...], Known]]) -> Iterator[tuple[tuple[str, ...], Known]]:
    """The places of places.txt.xz; one that the tables list already gives its spellings to their entry."""
    places: dict[tuple[str, ...], Known] = {words: known for words, known in listed if known.kind == "place"}
    rows = lzma.decompress(lang.folder.joinpath("places.txt.xz").read_bytes()).decode("utf-8").split("\n")
    fields = [row.split("\t") for row in rows]
    names = [name for row in fields for name in row[6:]]
    folded = iter(all_folded_words(names, lang.fold))
    for row in fields:
        id, name_en, country, lat, lon, people = row[:6]
        known = Known(
            rule=f"{lang.language}/places/{id}", kind="place", type="town", name=row[6], name_en=name_en,
            country=country, needs="cue", lat=float(lat), lon=float(lon), precision="city", population=int(people),
        )  # fmt: skip
        spellings = [words for _, words in zip(row[6:], folded, strict=False)]
        same = next((place for words in spellings if (place := places.get(words)) and _near(place, known)), None)
        for words in spellings:
            if same is None:
                yield words, known
            elif words not in places and len(words) > 1:
                yield words, same


def _near(a: Known, b: Known) -> bool:
    """Within some thirty kilometres?"""
    return abs((a.lat or 0) - (b.lat or 0)) < 0.3 and abs((a.lon or 0) - (b.lon or 0)) < 0.3
