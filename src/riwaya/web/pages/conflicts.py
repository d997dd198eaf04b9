"""Where the accounts part: the sides next to one another, each with its own origins."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from riwaya.case import briefs
from riwaya.case.queries import Slip
from riwaya.model import Claim, Conflict, Passage
from riwaya.web.desk import Desk
from riwaya.web.marks import Piece, around
from riwaya.web.pages.page import Bar, Number, Page, Part, part, slips
from riwaya.web.verdicts import Ask, Verdicts

SIZE = 20
SAID = 6
"""Passages shown on a side; the number of the rest is said."""


class Asked(Struct, frozen=True, kw_only=True):
    kind: Literal["number", "date", "place", "actor", "cause", "polarity"] | None = None
    severity: Literal["hard", "soft"] | None = None
    part: Number = 1


class Evidence(Struct, frozen=True, kw_only=True):
    doc: Slip
    start: int
    end: int
    passage: list[Piece]


class Side(Struct, frozen=True, kw_only=True):
    value: str
    origins: list[str]
    documents: int
    evidence: list[Evidence]


class Card(Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    severity: str
    why: str
    why_ar: str
    claims: list[Bar]
    """Their statements, and in how many documents each stands."""
    claim_ids: tuple[str, ...]
    sides: list[Side]
    ask: Ask


class Conflicts(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    kinds: dict[str, int]
    severities: dict[str, int]
    cards: list[Card]


KINDS = ("number", "date", "place", "actor", "cause", "polarity")


def answer(desk: Desk, asked: Asked) -> Conflicts:
    start = (asked.part - 1) * SIZE
    total = briefs.total(desk.case, "conflicts")
    if asked.kind or asked.severity:
        every = briefs.part(desk.case, "conflicts", tuple[str, str], total)
        found = [id for id, (k, s) in every if asked.kind in (None, k) and asked.severity in (None, s)]
        total, ids = len(found), found[start : start + SIZE]
    else:
        ids = [id for id, _ in briefs.part(desk.case, "conflicts", object, SIZE, start)]
    tallies = briefs.one(desk.case, "values", "kinds of conflicts", dict[str, int]) or {}
    values = [c for id in ids for c in desk.case.across_one(Conflict, id)]
    return Conflicts(
        asked=asked,
        part=part(asked.part, SIZE, total),
        kinds={kind: count for kind, count in tallies.items() if kind in KINDS},
        severities={kind: count for kind, count in tallies.items() if kind not in KINDS},
        cards=cards(desk, values),
    )


def cards(desk: Desk, values: list[Conflict]) -> list[Card]:
    named = slips(desk, {m.doc for c in values for side in c.sides for m in side.members})
    texts = {doc.id: doc.text for doc in desk.case.documents([id for id in named if id in desk.case])}
    standing = Verdicts(desk)

    def evidence(m: Passage) -> Evidence:
        return Evidence(
            doc=named[m.doc], start=m.start, end=m.end, passage=around(texts.get(m.doc, ""), m.start, m.end, width=60)
        )

    made = []
    for c in values:
        claims = [claim for id in c.claims for claim in desk.case.across_one(Claim, id)]
        labels = {o.id: o.label for claim in claims for o in claim.origins}
        made.append(
            Card(
                id=c.id,
                kind=c.kind,
                severity=c.severity,
                why=c.why,
                why_ar=c.why_ar,
                claims=[Bar(value=claim.statement, count=claim.documents) for claim in claims],
                claim_ids=tuple(claim.id for claim in claims),
                sides=[
                    Side(
                        value=side.value,
                        origins=[labels.get(id, id) for id in side.origins],
                        documents=len({m.doc for m in side.members}),
                        evidence=[evidence(m) for m in side.members[:SAID]],
                    )
                    for side in c.sides
                ],
                ask=standing.ask(f"conflict/{c.id}"),
            )
        )
    return made


page = Page(name="conflicts", path="/conflicts", answer=answer)
