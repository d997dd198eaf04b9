"""Who took what from whom: lanes of outlets over time, and the same as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from riwaya.case import queries
from riwaya.case.case import Case
from riwaya.case.queries import Slip
from riwaya.model import Passage
from riwaya.web.desk import Desk
from riwaya.web.draw import Axis, Tick, axis, extent
from riwaya.web.graph import Edge, Graph, graph, loops
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
    known = graph(desk)
    round_trips = desk.keep("loops", lambda _: loops(known))
    in_loops = {(e.older, e.newer) for pair in round_trips for e in pair}
    edges = wanted(desk, known, asked)
    edges.sort(key=lambda e: ((e.older, e.newer) not in in_loops, -e.share, e.older, e.newer))
    start = (asked.part - 1) * SIZE
    shown, drawn = edges[start : start + SIZE], edges[:DRAWN]
    named = slips(desk, {id for e in (*shown, *drawn) for id in (e.older, e.newer)})
    decided = Verdicts(desk)
    told = slips(desk, {id for pair in round_trips[:ALARMS] for e in pair for id in (e.older, e.newer)})
    return Copying(
        asked=asked,
        part=part(asked.part, SIZE, len(edges)),
        picture=picture(desk, drawn, named, in_loops, len(edges)),
        rows=[
            Row(
                older=named[e.older],
                newer=named[e.newer],
                share=e.share,
                passages=len(e.passages),
                credited=e.credited,
                shown=e.shown,
                confidence=e.confidence,
                loop=(e.older, e.newer) in in_loops,
                verdict=v.verdict if (v := decided.on(copy_subject(e.older, e.newer))) else None,
            )
            for e in shown
        ],
        flows=flows(known, edges),
        loops=[
            Loop(documents=[told[out.older], told[out.newer], told[back.newer]]) for out, back in round_trips[:ALARMS]
        ],
        alarms=circles(desk)[:ALARMS],
        outlets=sorted({outlet for outlet in known.outlets.values() if outlet}),
    )


def wanted(desk: Desk, known: Graph, asked: Asked) -> list[Edge]:
    edges = [e for e in known.edges if e.share >= asked.least]
    if asked.outlet:
        edges = [e for e in edges if asked.outlet in (known.outlets.get(e.older), known.outlets.get(e.newer))]
    if asked.since or asked.until:
        named = slips(desk, {e.newer for e in edges})
        days = {id: (slip.published or "")[:10] for id, slip in named.items()}
        edges = [e for e in edges if (asked.since or "") <= days[e.newer] <= (asked.until or "9999")]
    return edges


def flows(known: Graph, edges: Sequence[Edge]) -> list[Flow]:
    counts: Counter[tuple[str | None, str | None]] = Counter()
    bare: Counter[tuple[str | None, str | None]] = Counter()
    for e in edges:
        pair = known.outlets.get(e.older), known.outlets.get(e.newer)
        counts[pair] += 1
        bare[pair] += not e.credited
    ordered = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0][0] or "", kv[0][1] or ""))
    return [
        Flow(older=older, newer=newer, copies=count, uncredited=bare[older, newer])
        for (older, newer), count in ordered[:FLOWS]
    ]


# --- the picture ---------------------------------------------------------------------------------------------------


def picture(
    desk: Desk, edges: Sequence[Edge], named: dict[str, Slip], in_loops: set[tuple[str, str]], of: int
) -> Picture:
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
                loop=(e.older, e.newer) in in_loops,
            )
            for e in edges
            if e.older in number_of and e.newer in number_of
        ],
        credits=credits,
        ticks=line.ticks() if any(places.values()) else [],
        of=of,
    )


class _Cluster(Struct, frozen=True, kw_only=True):
    members: tuple[Passage, ...]
    credits: tuple[str, ...] = ()


def _credits(case: Case) -> dict[str, set[str]]:
    """The documents that hold a passage which credits an agency, by agency."""
    found: dict[str, set[str]] = {}
    for cluster in queries.across(case, "clusters", _Cluster):
        for agency in cluster.credits:
            found.setdefault(agency, set()).update(member.doc for member in cluster.members)
    return found


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
