"""What happened when, by every account, and what was published when."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from riwaya.case import briefs, queries
from riwaya.case.briefs import Happened
from riwaya.case.case import Case
from riwaya.case.effects import current
from riwaya.case.queries import Slip
from riwaya.model import Entity, Event, Passage, Side
from riwaya.web.desk import Desk
from riwaya.web.draw import Axis, Column, Extent, Tick, axis, columns, extent
from riwaya.web.pages.page import Number, Page, Part, Text, part, slips
from riwaya.web.verdicts import Ask, Verdicts

SIZE = 40
SAID = 6
GAP = 0.5
"""A silence of this share of a stretch of time cuts it in two."""
FEW = 3
"""Stretches with fewer events than this are drawn together with their neighbours."""
BEFORE = 31
"""In a long list the first view begins so many days before the first publication: what is older is background."""


class Asked(Struct, frozen=True, kw_only=True):
    since: Text | None = None
    until: Text | None = None
    part: Number | None = None


class Account(Struct, frozen=True, kw_only=True):
    doc: Slip
    start: int
    end: int


class Rival(Struct, frozen=True, kw_only=True):
    """Another date that is given for it, by whom, and where that lies on the panel; nowhere if it is outside."""

    conflict: str
    edtf: str
    tellers: tuple[str, ...]
    x: float | None
    width: float


class Row(Struct, frozen=True, kw_only=True):
    """An event; `x` and `width` are shares of its panel, a sharp moment has no width."""

    id: str
    label: str
    edtf: str | None
    earliest: str | None
    latest: str | None
    basis: str
    place: str | None
    sharp: bool
    """Whether the bar is how long it took or was dated to the day; else it is how long it may have been."""
    x: float
    width: float
    accounts: list[Account]
    more: int
    rivals: list[Rival]
    """Where accounts conflict on the date: a row for each other date."""
    ask: Ask
    pairs: list[Ask]


class Panel(Struct, frozen=True, kw_only=True):
    """A stretch of time with its own scale."""

    first: str
    last: str
    ticks: list[Tick]
    published: list[float]
    rows: list[Row]


class Timeline(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    earlier: int
    """How many events lie before this part of the list."""
    panels: list[Panel]
    undated: list[Row]
    days: list[Column]


def answer(desk: Desk, asked: Asked) -> Timeline:
    days = desk.keep("facets", briefs.facets).days
    total = briefs.total(desk.case, "events")
    number = asked.part or (1 if asked.since or asked.until else opening(desk, total, list(days)))
    start = (number - 1) * SIZE
    if asked.since or asked.until:
        every = briefs.part(desk.case, "events", Happened, total)
        found = [e for _, e in every if (asked.since or "") <= (e.earliest or e.edtf or "") and until(e, asked.until)]
        total, found = len(found), found[start : start + SIZE]
    else:
        found = [e for _, e in briefs.part(desk.case, "events", Happened, SIZE, below=-float(start))]
    said, disputes = Verdicts(desk), desk.keep("disputed dates", disputed)
    events = [v for e in found for v in as_decided(desk, e.id, said)]
    dated = [(e, covers) for e in events if (covers := covered(e))]
    docs = slips(desk, {m.doc for e in events for m in e.members[:SAID]})
    shown = Shown(desk, docs, said, disputes)
    return Timeline(
        asked=asked,
        part=part(number, SIZE, total),
        earlier=min(start, total),
        panels=[panel(shown, group, list(days)) for group in groups(dated)],
        undated=[shown.row(e, None, None) for e in events if not covered(e)],
        days=columns(days),
    )


def opening(desk: Desk, total: int, days: list[str]) -> int:
    """The part of a long list that is shown first: that of the month before the first publication."""
    first = extent(min(days, default=None))
    if total <= SIZE or first is None:
        return 1

    def day(at: int) -> float:
        _, event = briefs.part(desk.case, "events", Happened, 1, below=-float(at))[0]
        when = extent(event.earliest or event.edtf)
        return when.first if when else math.inf

    return min(bisect_left(range(total), first.first - BEFORE, key=day), total - 1) // SIZE + 1


Spot = tuple[str, int, int]
Disputes = dict[Spot, list[tuple[str, Side]]]


class _Dispute(Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    sides: tuple[Side, ...]


def disputed(case: Case) -> Disputes:
    """For every statement of a date that others contradict, the other sides."""
    found: Disputes = {}
    for conflict in queries.across(case, "conflicts", _Dispute):
        if conflict.kind == "date":
            for side in conflict.sides:
                others = [(conflict.id, other) for other in conflict.sides if other is not side]
                for m in side.members:
                    found.setdefault(spot(m), []).extend(others)
    return found


def spot(m: Passage) -> Spot:
    return m.doc, m.start, m.end


def as_decided(desk: Desk, id: str, said: Verdicts) -> list[Event]:
    """The event itself; one that was rejected stays to be seen, one that was merged stands where the other does."""
    plain = list(desk.case.across_one(Event, id))
    now = current(desk.case, Event, id, said.all) if said.by_subject else plain
    return [e for e in now if e.id == id] if now else plain


def until(e: Happened, last: str | None) -> bool:
    return last is None or (e.earliest or e.edtf or "")[: len(last)] <= last


def covered(e: Event | Happened) -> Extent | None:
    first, last = extent(e.earliest or e.edtf), extent(e.latest or e.edtf)
    if first and last:
        return Extent(first.first, max(first.first, last.last))
    return first or last


Dated = list[tuple[Event, Extent]]


def groups(dated: Dated) -> list[Dated]:
    """Events in stretches of time, cut at long silences, so that five days are not lost beside forty years."""
    found: list[Dated] = []
    for stretch in stretches(sorted(dated, key=lambda pair: (pair[1].first, pair[1].last, pair[0].id))):
        if found and len(stretch) < FEW and len(found[-1]) < FEW:
            found[-1] += stretch
        else:
            found.append(stretch)
    return found


def stretches(dated: Dated) -> list[Dated]:
    if len(dated) < 2:
        return [dated] if dated else []
    reached = [max(covers.last for _, covers in dated[: n + 1]) for n in range(len(dated))]
    gaps = [dated[n + 1][1].first - reached[n] for n in range(len(dated) - 1)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    if gaps[widest] < max(GAP * (reached[-1] - dated[0][1].first), 30):
        return [dated]
    return [*stretches(dated[: widest + 1]), *stretches(dated[widest + 1 :])]


def panel(shown: Shown, group: Dated, days: list[str]) -> Panel:
    line = axis([covers for _, covers in group]) or Axis(0, 1)
    published = [at for day in days if (at := extent(day)) and line.first <= at.first <= line.last]
    return Panel(
        first=group[0][0].earliest or group[0][0].edtf or "",
        last=group[-1][0].latest or group[-1][0].edtf or "",
        ticks=line.ticks(),
        published=[line.at(at.first) for at in published],
        rows=[shown.row(event, covers, line) for event, covers in group],
    )


class Shown(Struct, frozen=True):
    """What rows are made with."""

    desk: Desk
    docs: dict[str, Slip]
    said: Verdicts
    disputes: Disputes

    def row(self, e: Event, covers: Extent | None, line: Axis | None) -> Row:
        place = self.desk.case.across_one(Entity, e.place) if e.place else ()
        x = line.at(covers.first) if line and covers else 0.0
        return Row(
            id=e.id,
            label=e.label,
            edtf=e.edtf,
            earliest=e.earliest,
            latest=e.latest,
            basis=e.basis,
            place=place[0].name if place else e.place,
            sharp=e.earliest == e.latest or (e.edtf is not None and "/" in e.edtf and "~" not in e.edtf),
            x=x,
            width=round(line.at(covers.last) - x, 5) if line and covers else 0.0,
            accounts=[Account(doc=self.docs[m.doc], start=m.start, end=m.end) for m in e.members[:SAID]],
            more=max(0, len(e.members) - SAID),
            rivals=list(rivals(e, line, self.disputes)) if line else [],
            ask=self.said.ask(f"event/{e.id}"),
            pairs=self.said.pairs("events", e.id),
        )


def rivals(e: Event, line: Axis, disputes: Disputes) -> Iterator[Rival]:
    """The other dates that are given for an event, each once."""
    sides = {(conflict, side.value): side for m in e.members for conflict, side in disputes.get(spot(m), ())}
    for (conflict, value), side in sorted(sides.items(), key=lambda item: (item[0][1], item[0][0])):
        if covers := extent(value):
            inside = covers.first <= line.last and covers.last >= line.first
            x, end = line.at(covers.first), line.at(covers.last)
            yield Rival(
                conflict=conflict,
                edtf=value,
                tellers=side.origins,
                x=x if inside else None,
                width=round(end - x, 5) if inside else 0.0,
            )


page = Page(name="timeline", path="/timeline", answer=answer)
