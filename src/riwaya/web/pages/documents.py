"""The list of documents, with facets."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from riwaya.case import briefs, queries
from riwaya.case.queries import Slip, Wanted
from riwaya.web.desk import Desk
from riwaya.web.draw import Column, columns
from riwaya.web.pages.page import Bar, Number, Page, Part, Text, bars, part

SIZE = 50


class Asked(Struct, frozen=True, kw_only=True):
    outlet: Text | None = None
    since: Text | None = None
    until: Text | None = None
    warnings: bool = False
    copied: bool = False
    order: Literal["date", "newest", "outlet", "title", "length"] = "date"
    part: Number = 1


class Row(Struct, frozen=True, kw_only=True):
    doc: Slip
    copied: float
    """The largest share of it that stands in an older document, 0..1."""


class Documents(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    rows: list[Row]
    outlets: list[Bar]
    days: list[Column]
    warned: int
    copied: int


def answer(desk: Desk, asked: Asked) -> Documents:
    wanted = Wanted(
        outlet=asked.outlet,
        since=asked.since,
        until=asked.until,
        warnings=asked.warnings,
        ids=takers(desk) if asked.copied else None,
    )
    everything = desk.keep("facets", briefs.facets)
    facets = everything if wanted == Wanted() else queries.facets(desk.case, wanted)
    found = queries.slips(desk.case, wanted, asked.order, SIZE, (asked.part - 1) * SIZE)
    taken = briefs.ranks(desk.case, "taken", (slip.id for slip in found))
    return Documents(
        asked=asked,
        part=part(asked.part, SIZE, facets.total),
        rows=[Row(doc=slip, copied=taken.get(slip.id, 0.0)) for slip in found],
        outlets=bars(everything.outlets),
        days=columns(facets.days),
        warned=everything.warned,
        copied=briefs.total(desk.case, "taken"),
    )


def takers(desk: Desk) -> tuple[str, ...]:
    """The documents that take from another."""
    return tuple(id for id, _ in briefs.part(desk.case, "taken", object, briefs.total(desk.case, "taken")))


page = Page(name="documents", path="/documents", answer=answer)
