"""Where it happened: the places of the case on a map, as precise as they are known."""

from __future__ import annotations

from msgspec import Struct

from riwaya.case import briefs
from riwaya.case.briefs import Called
from riwaya.case.case import Case
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


def row(id: str, p: Called) -> Row:
    return Row(id=id, name=p.name, name_en=p.name_en, mentions=p.mentions, lat=p.lat, lon=p.lon, precision=p.precision)


def answer(desk: Desk, asked: Asked) -> Places:
    ground, discs = desk.keep("map", picture)
    total = briefs.total(desk.case, "places")
    shown = briefs.part(desk.case, "places", Called, SIZE, (asked.part - 1) * SIZE)
    return Places(
        asked=asked,
        part=part(asked.part, SIZE, total),
        map=ground,
        discs=discs,
        rows=[row(id, place) for id, place in shown],
        unplaced=total - briefs.total(desk.case, "placed"),
    )


def picture(case: Case) -> tuple[Land | None, list[Disc]]:
    """The map and the discs of the places that are named most; wide ones below narrow ones."""
    rows = [row(id, place) for id, place in briefs.part(case, "placed", Called, DRAWN)]
    drawn = [(r, r.lat, r.lon) for r in rows if r.lat is not None and r.lon is not None]
    ground = land([(lat, lon) for _, lat, lon in drawn])
    discs = []
    if ground:
        for shown, lat, lon in drawn:
            x, y = ground.at(lat, lon)
            discs.append(Disc(row=shown, x=x, y=y, radius=WIDE.get(shown.precision or "", 6.0)))
    return ground, sorted(discs, key=lambda disc: -disc.radius)


page = Page(name="places", path="/places", answer=answer)
