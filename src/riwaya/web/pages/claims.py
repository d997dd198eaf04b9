"""What is claimed, in how many documents and on how many independent origins, as a matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import Literal

from msgspec import Struct

from riwaya.case import briefs
from riwaya.case.briefs import Told
from riwaya.case.queries import Slip
from riwaya.model import Claim
from riwaya.web.claims import claims_now
from riwaya.web.desk import Desk
from riwaya.web.graph import Graph, graph
from riwaya.web.pages.page import Number, Page, Part, Text, part, slips

SIZE = 25
COLUMNS = 30
"""Documents that a matrix can hold; of more, their outlets are its columns, so many at a time."""
STRENGTH = ("denies", "asserts", "hedges")
"""Which stance a cell shows where several statements fall into it."""


class Asked(Struct, frozen=True, kw_only=True):
    order: Literal["inflated", "documents", "origins", "contested"] = "inflated"
    q: Text | None = None
    part: Number = 1
    columns: Number = 1
    """Which of the columns, a window at a time."""


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


class Bracket(Struct, frozen=True, kw_only=True):
    """Columns side by side that mostly go back to one origin; None where each speaks for itself."""

    label: str | None
    width: int


class Claims(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    window: Part
    """Of the columns."""
    brackets: list[Bracket]
    headings: list[Heading]
    rows: list[Row]


def answer(desk: Desk, asked: Asked) -> Claims:
    start = (asked.part - 1) * SIZE
    if asked.order == "inflated" and not asked.q:
        total = briefs.total(desk.case, "claims")
        ids = [id for id, _ in briefs.part(desk.case, "claims", Told, SIZE, start)]
    else:
        found = chosen(desk, asked)
        total, ids = len(found), found[start : start + SIZE]
    claims = claims_now(desk, ids)
    named = slips(desk, {m.doc for claim in claims for m in claim.members})
    labels = shared_origins(claims, named, by_outlet=len(named) > COLUMNS)
    headings, column_of = columns(named, labels)
    first, known = (asked.columns - 1) * COLUMNS, graph(desk)
    shown = headings[first : first + COLUMNS]
    return Claims(
        asked=asked,
        part=part(asked.part, SIZE, total),
        window=part(asked.columns, COLUMNS, len(headings)),
        brackets=brackets([labels.get(key(h)) for h in shown]),
        headings=shown,
        rows=[row(claim, known, column_of, first, len(shown)) for claim in claims],
    )


def chosen(desk: Desk, asked: Asked) -> list[str]:
    """The ids of all claims that are asked for, in the order asked for."""
    if asked.q:
        found = briefs.stating(desk.case, desk.lang.fold(asked.q))
        if asked.order not in ORDERS:
            return found
        known = briefs.some(desk.case, "claims", found, Told)
        every = [(id, known[id]) for id in found]
    else:
        every = briefs.part(desk.case, "claims", Told, briefs.total(desk.case, "claims"))
    return [id for id, _ in sorted(every, key=lambda item: ORDERS[asked.order](item[1]))]


ORDERS: dict[str, Callable[[Told], int]] = {
    "documents": lambda told: -told.documents,
    "origins": lambda told: -told.origins,
    "contested": lambda told: -told.stances * 1_000_000 - told.documents,
}


def shared_origins(claims: list[Claim], named: dict[str, Slip], by_outlet: bool) -> dict[str | None, str]:
    """Of each column the origin that it goes back to most, where another column goes back to it too."""
    counts: dict[str | None, Counter[str]] = {}
    for claim in claims:
        for origin in claim.origins:
            for number in origin.members:
                slip = named[claim.members[number].doc]
                counts.setdefault(slip.outlet if by_outlet else slip.id, Counter())[origin.label] += 1
    most = {column: min(c, key=lambda label: (-c[label], label)) for column, c in counts.items()}
    shared = Counter(most.values())
    return {column: label for column, label in most.items() if shared[label] > 1}


def key(heading: Heading) -> str | None:
    return heading.doc.id if heading.doc else heading.outlet


def columns(named: dict[str, Slip], labels: dict[str | None, str]) -> tuple[list[Heading], dict[str, int]]:
    """The columns under their origins and in order of time, and the column of each document."""
    docs = sorted(named.values(), key=lambda s: (s.published is None, s.published or "", s.id))
    if len(docs) <= COLUMNS:
        made = [Heading(outlet=s.outlet, doc=s) for s in docs]
    else:
        made = [Heading(outlet=outlet, doc=None) for outlet in dict.fromkeys(s.outlet for s in docs)]
    first = {label: n for n, h in reversed([*enumerate(made)]) if (label := labels.get(key(h)))}
    alone = len(made)
    made = sorted(made, key=lambda h: first.get(labels.get(key(h), ""), alone))
    number_of = {key(h): n for n, h in enumerate(made)}
    return made, {s.id: number_of[s.id if len(docs) <= COLUMNS else s.outlet] for s in docs}


def brackets(labels: list[str | None]) -> list[Bracket]:
    return [Bracket(label=label, width=len([*group])) for label, group in groupby(labels)]


def row(brief: Claim, known: Graph, column_of: dict[str, int], first: int, width: int) -> Row:
    origin_of = {member: number for number, o in enumerate(brief.origins, start=1) for member in o.members}
    cells: list[Cell | None] = [None] * width
    for number, member in enumerate(brief.members):
        at = column_of[member.doc] - first
        if not 0 <= at < width:
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
