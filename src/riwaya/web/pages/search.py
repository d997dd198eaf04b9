"""Search by words, however they are spelled, with facets and snippets."""

from __future__ import annotations

from msgspec import Struct

from riwaya.case import queries
from riwaya.case import search as index
from riwaya.case.queries import Slip, Wanted
from riwaya.errors import InvalidInput
from riwaya.web.desk import Desk
from riwaya.web.draw import Column, columns
from riwaya.web.marks import Mark, Piece, pieces
from riwaya.web.pages.page import Bar, Number, Page, Part, Text, bars, part, slips

SIZE = 20


class Asked(Struct, frozen=True, kw_only=True):
    q: Text | None = None
    outlet: Text | None = None
    since: Text | None = None
    until: Text | None = None
    exact: bool = False
    part: Number = 1


class Hit(Struct, frozen=True, kw_only=True):
    doc: Slip
    places: int
    first: int
    """Where the first place is, in code points of the text."""
    snippet: list[Piece]


class Found(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    hits: list[Hit]
    outlets: list[Bar]
    days: list[Column]
    fault: str | None


def answer(desk: Desk, asked: Asked) -> Found:
    empty = Found(asked=asked, part=part(1, SIZE, 0), hits=[], outlets=[], days=[], fault=None)
    if not asked.q:
        return empty
    case = desk.case
    try:
        query = index.parse(asked.q, case.lang, asked.exact)
    except InvalidInput as error:
        return Found(asked=asked, part=empty.part, hits=[], outlets=[], days=[], fault=str(error))
    wanted = Wanted(outlet=asked.outlet, since=asked.since, until=asked.until)
    facets = queries.facets(case, wanted, query)
    by_outlet = facets if asked.outlet is None else queries.facets(case, Wanted(), query)
    ids = queries.matches(case, query, wanted, SIZE, (asked.part - 1) * SIZE)
    named = slips(desk, ids)
    return Found(
        asked=asked,
        part=part(asked.part, SIZE, facets.total),
        hits=[hit(named[id], case.document(id).text, query, desk) for id in ids],
        outlets=bars(by_outlet.outlets),
        days=columns(facets.days),
        fault=None,
    )


def hit(doc: Slip, text: str, query: index.Query, desk: Desk) -> Hit:
    places = index.places(text, query, desk.lang)
    shown = index.best_snippet(text, places)
    marks = [Mark(span.start, span.end, "found") for span in places]
    return Hit(
        doc=doc,
        places=len(places),
        first=places[0].start if places else 0,
        snippet=pieces(text, marks, shown.start, shown.end),
    )


page = Page(name="search", path="/search", answer=answer)
