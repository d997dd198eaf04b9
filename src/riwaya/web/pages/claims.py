"""What is claimed, in how many documents and on how many independent origins, as a matrix."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from riwaya.case.queries import Slip
from riwaya.web.claims import Brief, briefs
from riwaya.web.desk import Desk
from riwaya.web.graph import Graph, graph
from riwaya.web.pages.page import Number, Page, Part, Text, part, slips

SIZE = 25
COLUMNS = 30
"""Documents that a matrix can hold; of more, their outlets are its columns."""
STRENGTH = ("denies", "asserts", "hedges")
"""Which stance a cell shows where several statements fall into it."""


class Asked(Struct, frozen=True, kw_only=True):
    order: Literal["inflated", "documents", "origins", "contested"] = "inflated"
    q: Text | None = None
    part: Number = 1


class Cell(Struct, frozen=True, kw_only=True):
    """What a column says on a claim; `origin` counts from 1 in each row."""

    stance: str
    copied: bool
    origin: int
    count: int


class Origins(Struct, frozen=True, kw_only=True):
    number: int
    label: str


class Row(Struct, frozen=True, kw_only=True):
    id: str
    statement: str
    documents: int
    origins: list[Origins]
    cells: list[Cell | None]


class Heading(Struct, frozen=True, kw_only=True):
    """A column: a document, or an outlet with all of its documents."""

    outlet: str | None
    doc: Slip | None


class Claims(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    headings: list[Heading]
    rows: list[Row]


def answer(desk: Desk, asked: Asked) -> Claims:
    found = chosen(briefs(desk), asked)
    start = (asked.part - 1) * SIZE
    shown = found[start : start + SIZE]
    named = slips(desk, {m.doc for brief in shown for m in brief.members})
    headings, column_of = columns(named)
    known = graph(desk)
    return Claims(
        asked=asked,
        part=part(asked.part, SIZE, len(found)),
        headings=headings,
        rows=[row(brief, known, column_of, len(headings)) for brief in shown],
    )


def chosen(found: list[Brief], asked: Asked) -> list[Brief]:
    if asked.q:
        found = [brief for brief in found if asked.q in brief.statement]
    keys = {
        "inflated": lambda b: (-b.inflation, -b.documents, b.id),
        "documents": lambda b: (-b.documents, b.id),
        "origins": lambda b: (-len(b.origins), b.id),
        "contested": lambda b: (-len({m.stance for m in b.members}), -b.documents, b.id),
    }
    return sorted(found, key=keys[asked.order])


def columns(named: dict[str, Slip]) -> tuple[list[Heading], dict[str, int]]:
    """The columns in order of time, and the column of each document."""
    docs = sorted(named.values(), key=lambda s: (s.published is None, s.published or "", s.id))
    if len(docs) <= COLUMNS:
        return [Heading(outlet=s.outlet, doc=s) for s in docs], {s.id: n for n, s in enumerate(docs)}
    outlets = list(dict.fromkeys(s.outlet for s in docs))[:COLUMNS]
    number_of = {outlet: n for n, outlet in enumerate(outlets)}
    return (
        [Heading(outlet=outlet, doc=None) for outlet in outlets],
        {s.id: number_of[s.outlet] for s in docs if s.outlet in number_of},
    )


def row(brief: Brief, known: Graph, column_of: dict[str, int], width: int) -> Row:
    origin_of = {member: number for number, o in enumerate(brief.origins, start=1) for member in o.members}
    cells: list[Cell | None] = [None] * width
    for number, member in enumerate(brief.members):
        at = column_of.get(member.doc)
        if at is None:
            continue
        there = cells[at]
        new = Cell(
            stance=member.stance,
            copied=known.is_copied(member.doc, member.start, member.end),
            origin=origin_of.get(number, 0),
            count=1,
        )
        cells[at] = new if there is None else both(there, new)
    return Row(
        id=brief.id,
        statement=brief.statement,
        documents=brief.documents,
        origins=[Origins(number=n, label=o.label) for n, o in enumerate(brief.origins, start=1)],
        cells=cells,
    )


def both(one: Cell, other: Cell) -> Cell:
    """Two statements in one cell: the stronger stance is shown, and copied only when both are."""
    stronger = min(one, other, key=lambda cell: STRENGTH.index(cell.stance))
    return Cell(
        stance=stronger.stance,
        copied=one.copied and other.copied,
        origin=stronger.origin,
        count=one.count + other.count,
    )


page = Page(name="claims", path="/claims", answer=answer)
