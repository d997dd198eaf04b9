"""What the entries of the tables of names say beside their forms.

A name is written once in full good spelling. Many are ordinary words as well («الحياة» is a newspaper and is life),
so an entry says in `needs` what must stand beside it before it is believed:

    nothing   the form alone is the name: «رويترز»
    cue       after a head («وكالة»), in quotation marks, or beside a verb of saying: «نقلت الأناضول عن»
    head      after a head, or in quotation marks under a head: «صحيفة الحياة»
"""

from __future__ import annotations

from typing import Literal

from riwaya.lang.lexicon import Entry

__all__ = ["Needs", "Outlet"]

Needs = Literal["nothing", "cue", "head"]


class Outlet(Entry, frozen=True, kw_only=True):
    """A newspaper, station, site or news agency; `country` is that of its owners, as an ISO 3166 code."""

    kind: Literal["outlet", "agency"]
    name_en: str
    country: str
    needs: Needs = "nothing"
    wikidata: str | None = None
