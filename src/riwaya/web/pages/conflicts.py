"""Where the accounts part: the sides next to one another, each with its own origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from riwaya.case import queries
from riwaya.case.case import Case
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


class _Side(Struct, frozen=True, kw_only=True):
    value: str


class Brief(Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    severity: str
    sides: tuple[_Side, ...]


def _briefs(case: Case) -> list[Brief]:
    found = list(queries.across(case, "conflicts", Brief))
    return sorted(found, key=lambda c: (c.severity != "hard", -len(c.sides), c.id))


def answer(desk: Desk, asked: Asked) -> Conflicts:
    briefs = desk.keep("conflicts", _briefs)
    found = [
        b
        for b in briefs
        if (asked.kind is None or b.kind == asked.kind) and (asked.severity is None or b.severity == asked.severity)
    ]
    start = (asked.part - 1) * SIZE
    values = [c for b in found[start : start + SIZE] for c in desk.case.across_one(Conflict, b.id)]
    return Conflicts(
        asked=asked,
        part=part(asked.part, SIZE, len(found)),
        kinds=tally(b.kind for b in briefs),
        severities=tally(b.severity for b in briefs),
        cards=cards(desk, values),
    )


def tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


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
