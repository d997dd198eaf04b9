"""Where it happened: the places of the case on a map, as precise as they are known."""

from __future__ import annotations

from msgspec import Struct

from riwaya.case import queries
from riwaya.case.case import Case
from riwaya.model import Name
from riwaya.web.desk import Desk
from riwaya.web.land import Land, land
from riwaya.web.pages.page import Number, Page, Part, part

SIZE = 100
DRAWN = 300
WIDE = {"country": 26.0, "province": 18.0, "region": 18.0, "district": 12.0, "city": 8.0, "town": 7.0, "village": 5.0}
"""How wide a disc is, in units of the map, by precision."""


class Asked(Struct, frozen=True, kw_only=True):
    part: Number = 1


class Row(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    name_en: str | None
    mentions: int
    lat: float | None
    lon: float | None
    precision: str | None


class Disc(Struct, frozen=True, kw_only=True):
    row: Row
    x: float
    y: float
    radius: float


class Places(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    map: Land | None
    discs: list[Disc]
    rows: list[Row]
    unplaced: int


class _Place(Struct, frozen=True, kw_only=True):
    entity: str
    kind: str
    name: str
    name_en: str | None = None
    names: tuple[Name, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


def _rows(case: Case) -> list[Row]:
    rows = [
        Row(
            id=p.entity,
            name=p.name,
            name_en=p.name_en,
            mentions=sum(sum(name.counts.values()) for name in p.names),
            lat=p.lat,
            lon=p.lon,
            precision=p.precision,
        )
        for p in queries.across(case, "entities", _Place)
        if p.kind == "place"
    ]
    return sorted(rows, key=lambda row: (-row.mentions, row.id))


def answer(desk: Desk, asked: Asked) -> Places:
    rows = desk.keep("places", _rows)
    ground, discs = desk.keep("map", lambda _: picture(rows))
    start = (asked.part - 1) * SIZE
    return Places(
        asked=asked,
        part=part(asked.part, SIZE, len(rows)),
        map=ground,
        discs=discs,
        rows=rows[start : start + SIZE],
        unplaced=sum(row.lat is None for row in rows),
    )


def picture(rows: list[Row]) -> tuple[Land | None, list[Disc]]:
    """The map and the discs of the places that are named most; wide ones below narrow ones."""
    drawn = [(row, row.lat, row.lon) for row in rows if row.lat is not None and row.lon is not None][:DRAWN]
    ground = land([(lat, lon) for _, lat, lon in drawn])
    discs = []
    if ground:
        for row, lat, lon in drawn:
            x, y = ground.at(lat, lon)
            discs.append(Disc(row=row, x=x, y=y, radius=WIDE.get(row.precision or "", 6.0)))
    return ground, sorted(discs, key=lambda disc: -disc.radius)


page = Page(name="places", path="/places", answer=answer)
