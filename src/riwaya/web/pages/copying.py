"""Who took what from whom: lanes of outlets over time, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from riwaya.case import briefs
from riwaya.case.briefs import Taken
from riwaya.case.case import Case
from riwaya.case.queries import Slip
from riwaya.web.desk import Desk
from riwaya.web.draw import Axis, Tick, axis, extent
from riwaya.web.pages.circles import Circle, circles
from riwaya.web.pages.page import Number, Page, Part, Text, part, slips
from riwaya.web.verdicts import Verdicts, copy_subject

DRAWN = 120
"""Edges that a picture can hold; of more, those with the largest shares are drawn."""
SIZE = 50
LANES = 24
ALARMS = 20
FLOWS = 30


class Asked(Struct, frozen=True, kw_only=True):
    outlet: Text | None = None
    since: Text | None = None
    until: Text | None = None
    least: Annotated[float, Meta(ge=0, le=1)] = 0.0
    """The smallest share that counts."""
    part: Number = 1


class Node(Struct, frozen=True, kw_only=True):
    doc: Slip
    x: float
    lane: int


class Arc(Struct, frozen=True, kw_only=True):
    """From the older document to the newer; `loop` where the words come back to the outlet they left."""

    older: int
    newer: int
    share: float
    shown: bool
    credited: bool
    loop: bool


class Lane(Struct, frozen=True, kw_only=True):
    outlet: str | None
    agency: bool


class Credit(Struct, frozen=True, kw_only=True):
    """An agency that a passage credits: its lane, and the documents that hold the passage."""

    lane: int
    x: float
    nodes: list[int]


class Picture(Struct, frozen=True, kw_only=True):
    lanes: list[Lane]
    nodes: list[Node]
    arcs: list[Arc]
    credits: list[Credit]
    ticks: list[Tick]
    of: int
    """How many edges there are to be drawn, drawn or not."""


class Row(Struct, frozen=True, kw_only=True):
    older: Slip
    newer: Slip
    share: float
    passages: int
    credited: bool
    shown: bool
    confidence: float
    loop: bool
    verdict: str | None


class Flow(Struct, frozen=True, kw_only=True):
    """From one outlet to another."""

    older: str | None
    newer: str | None
    copies: int
    uncredited: int


class Loop(Struct, frozen=True, kw_only=True):
    """Documents in the order in which the words travelled, back to the outlet they left."""

    documents: list[Slip]


class Copying(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    picture: Picture
    rows: list[Row]
    flows: list[Flow]
    loops: list[Loop]
    alarms: list[Circle]
    outlets: list[str]


def answer(desk: Desk, asked: Asked) -> Copying:
    start = (asked.part - 1) * SIZE
    everything = asked == Asked(part=asked.part)
    if everything:
        total = briefs.total(desk.case, "copies")
        shown, drawn = copies(desk, SIZE, start), copies(desk, DRAWN)
    else:
        found = wanted(desk, asked)
        total, shown, drawn = len(found), found[start : start + SIZE], found[:DRAWN]
    trips = briefs.one(desk.case, "values", "loops", list[tuple[str, str, str]]) or []
    named = slips(desk, {id for t in (*shown, *drawn) for id in (t.edge.older, t.edge.newer)})
    decided = Verdicts(desk)
    told = slips(desk, {id for trip in trips[:ALARMS] for id in trip})
    return Copying(
        asked=asked,
        part=part(asked.part, SIZE, total),
        picture=picture(desk, drawn, named, total),
        rows=[
            Row(
                older=named[t.edge.older],
                newer=named[t.edge.newer],
                share=t.edge.share,
                passages=len(t.edge.passages),
                credited=t.edge.credited,
                shown=t.edge.shown,
                confidence=t.edge.confidence,
                loop=t.loop,
                verdict=v.verdict if (v := decided.on(copy_subject(t.edge.older, t.edge.newer))) else None,
            )
            for t in shown
        ],
        flows=desk.keep("flows", stored_flows) if everything else flows(found),
        loops=[Loop(documents=[told[id] for id in trip]) for trip in trips[:ALARMS]],
        alarms=circles(desk)[:ALARMS],
        outlets=sorted(outlet for outlet in desk.keep("facets", briefs.facets).outlets if outlet),
    )


def copies(desk: Desk, limit: int, offset: int = 0) -> list[Taken]:
    return [taken for _, taken in briefs.part(desk.case, "copies", Taken, limit, offset)]


def wanted(desk: Desk, asked: Asked) -> list[Taken]:
    found = [t for t in copies(desk, briefs.total(desk.case, "copies")) if t.edge.share >= asked.least]
    if asked.outlet:
        found = [t for t in found if asked.outlet in (t.older_outlet, t.newer_outlet)]
    if asked.since or asked.until:
        found = [t for t in found if (asked.since or "") <= t.day <= (asked.until or "9999")]
    return found


def stored_flows(case: Case) -> list[Flow]:
    rows = briefs.part(case, "flows", tuple[str | None, str | None, int, int], FLOWS)
    return [Flow(older=older, newer=newer, copies=n, uncredited=bare) for _, (older, newer, n, bare) in rows]


def flows(found: Sequence[Taken]) -> list[Flow]:
    rows = briefs.flow_rows(found)
    return [Flow(older=older, newer=newer, copies=n, uncredited=bare) for older, newer, n, bare in rows[:FLOWS]]


# --- the picture ---------------------------------------------------------------------------------------------------


def picture(desk: Desk, drawn_copies: Sequence[Taken], named: dict[str, Slip], of: int) -> Picture:
    edges = [t.edge for t in drawn_copies]
    docs = sorted({id for e in edges for id in (e.older, e.newer)})
    places = {id: extent(named[id].published) for id in docs}
    line = axis([place for place in places.values() if place]) or Axis(0.0, 1.0)
    first_in: dict[str | None, float] = {}
    for id in docs:
        place = places[id]
        at = line.at(place.first) if place else 0.0
        outlet = named[id].outlet
        first_in[outlet] = min(at, first_in.get(outlet, 1.0))
    outlets = sorted(first_in, key=lambda outlet: (outlet is None, first_in[outlet], outlet or ""))[:LANES]
    lane_of = {outlet: number for number, outlet in enumerate(outlets)}
    drawn = [id for id in docs if named[id].outlet in lane_of]
    number_of = {id: number for number, id in enumerate(drawn)}
    nodes = [
        Node(doc=named[id], x=line.at(p.first) if (p := places[id]) else 0.0, lane=lane_of[named[id].outlet])
        for id in drawn
    ]
    credits, agencies = credited(desk, number_of, nodes, len(outlets))
    return Picture(
        lanes=[
            *(Lane(outlet=outlet, agency=False) for outlet in outlets),
            *(Lane(outlet=agency, agency=True) for agency in agencies),
        ],
        nodes=nodes,
        arcs=[
            Arc(
                older=number_of[e.older],
                newer=number_of[e.newer],
                share=e.share,
                shown=e.shown,
                credited=e.credited,
                loop=t.loop,
            )
            for t in drawn_copies
            if (e := t.edge) and e.older in number_of and e.newer in number_of
        ],
        credits=credits,
        ticks=line.ticks() if any(places.values()) else [],
        of=of,
    )


def _credits(case: Case) -> dict[str, list[str]]:
    """The documents that hold a passage which credits an agency, by agency."""
    return dict(briefs.part(case, "credits", list[str], briefs.total(case, "credits")))


def credited(
    desk: Desk, number_of: dict[str, int], nodes: Sequence[Node], lanes: int
) -> tuple[list[Credit], list[str]]:
    credits: list[Credit] = []
    agencies: list[str] = []
    for agency, docs in sorted(desk.keep("credits", _credits).items()):
        numbers = sorted(number_of[doc] for doc in docs if doc in number_of)
        if numbers and len(agencies) < LANES:
            x = min(nodes[number].x for number in numbers)
            credits.append(Credit(lane=lanes + len(agencies), x=x, nodes=numbers))
            agencies.append(agency)
    return credits, agencies


page = Page(name="copying", path="/copying", answer=answer)
