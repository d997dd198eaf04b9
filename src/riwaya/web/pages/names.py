"""What each outlet calls each actor: a matrix of names, its cells linked to the passages."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from msgspec import Struct

from riwaya.case import briefs
from riwaya.case.briefs import Called
from riwaya.case.effects import current
from riwaya.model import Entity
from riwaya.web.desk import Desk, NotThere
from riwaya.web.pages.page import Number, Page, Part, Text, part
from riwaya.web.verdicts import Ask, Verdicts

SIZE = 60
FORMS = 40
LIKE = 20
OUTLETS = 30


class Asked(Struct, frozen=True, kw_only=True):
    entity: Text | None = None
    kind: Literal["person", "organisation", "place", "anonymous"] | None = None
    q: Text | None = None
    like: Text | None = None
    """Words of the name that the entity may be one with."""
    part: Number = 1


class Line(Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    name: str
    name_en: str | None
    forms: int
    mentions: int
    outlets: int


class Matrix(Struct, frozen=True, kw_only=True):
    """Forms as rows, outlets as columns, most used first."""

    line: Line
    outlets: list[str]
    forms: list[str]
    cells: list[list[int]]
    wikidata: str | None
    ask: Ask
    pairs: list[Ask]
    """What was decided on it and another name."""
    like: list[Line] | None
    """Names that hold the words asked for, to merge with; None where none were asked for."""
    stands: bool
    """Whether it is there still, for it may have been rejected or merged."""


class Names(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    kinds: dict[str, int]
    lines: list[Line]
    matrix: Matrix | None


def line(id: str, e: Called) -> Line:
    return Line(
        id=id, kind=e.kind, name=e.name, name_en=e.name_en, forms=e.forms, mentions=e.mentions, outlets=e.outlets
    )


def answer(desk: Desk, asked: Asked) -> Names:
    start = (asked.part - 1) * SIZE
    if asked.kind or asked.q:
        found = matching(desk, asked.kind, asked.q)
        total, shown = len(found), found[start : start + SIZE]
    else:
        total = briefs.total(desk.case, "names")
        shown = briefs.part(desk.case, "names", Called, SIZE, start)
    return Names(
        asked=asked,
        part=part(asked.part, SIZE, total),
        kinds=desk.keep("kinds of names", briefs.kinds),
        lines=[line(id, e) for id, e in shown],
        matrix=matrix(desk, asked.entity, asked.like) if asked.entity else None,
    )


def matching(desk: Desk, kind: str | None, words: str | None) -> list[tuple[str, Called]]:
    """The names of a kind that hold some words, however spelled."""
    folded, lower = (desk.lang.fold(words), words.lower()) if words else ("", "")
    every = briefs.part(desk.case, "names", Called, briefs.total(desk.case, "names"))
    return [
        (id, e)
        for id, e in every
        if kind in (None, e.kind) and (folded in e.folded or (lower and lower in (e.name_en or "").lower()))
    ]


def like(desk: Desk, entity: Entity, words: str) -> list[Line]:
    found = matching(desk, entity.kind, words)
    return [line(id, e) for id, e in found if id != entity.entity][:LIKE]


def matrix(desk: Desk, id: str, words: str | None) -> Matrix:
    found = desk.case.across_one(Entity, id)
    if not found:
        raise NotThere(f"There is no name {id!r} in this case; the list of names has all of them.")
    said = Verdicts(desk)
    now = current(desk.case, Entity, id, said.all)
    entity = now[0] if now else found[0]
    names = sorted(entity.names, key=lambda name: (-sum(name.counts.values()), name.text))[:FORMS]
    totals: Counter[str] = Counter()
    for name in names:
        totals.update(name.counts)
    outlets = sorted(totals, key=lambda outlet: (-totals[outlet], outlet))[:OUTLETS]
    return Matrix(
        line=line(entity.entity, briefs.called(desk.case, entity)),
        outlets=outlets,
        forms=[name.text for name in names],
        cells=[[name.counts.get(outlet, 0) for outlet in outlets] for name in names],
        wikidata=entity.wikidata,
        ask=said.ask(f"entity/{id}"),
        pairs=said.pairs("entities", id),
        like=like(desk, entity, words) if words else None,
        stands=any(e.entity == id for e in now),
    )


page = Page(name="names", path="/names", answer=answer)
