"""One claim: every sentence that states it, under the origin it goes back to, and the reasons for each merge."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from riwaya.case import queries
from riwaya.case.case import Case
from riwaya.case.effects import current
from riwaya.case.queries import Slip
from riwaya.model import Claim, Entity, Hop, Origin, Reason
from riwaya.web.claims import plain_claim
from riwaya.web.desk import Desk
from riwaya.web.graph import graph
from riwaya.web.marks import Piece, around
from riwaya.web.pages.circles import Circle, circles
from riwaya.web.pages.page import Page, Text, slips
from riwaya.web.verdicts import Ask, Verdicts, origin_subject, pair_subject


class Asked(Struct, frozen=True, kw_only=True):
    id: Text
    without: Text | None = None
    """An origin that is not to count."""
    rule: Text | None = None
    """A kind of reason that is not to merge."""


class Statement(Struct, frozen=True, kw_only=True):
    doc: Slip
    start: int
    end: int
    stance: str
    copied: bool
    chain: tuple[Hop, ...]
    passage: list[Piece]


class Tie(Struct, frozen=True, kw_only=True):
    """Why two statements go back to one origin."""

    kind: str
    weight: float
    docs: tuple[Slip, ...]
    detail: str


class Root(Struct, frozen=True, kw_only=True):
    """An origin with what goes back to it."""

    number: int
    id: str
    label: str
    kind: str
    ties: list[Tie]
    statements: list[Statement]
    counted: bool
    """Whether it counts in what is asked."""
    ask: Ask
    merges: list[Merge]
    pairs: list[Ask]
    """What was decided on it and another origin."""


class Merge(Struct, frozen=True, kw_only=True):
    """Another origin that an analyst may find to be the same."""

    subject: str
    label: str


class Count(Struct, frozen=True, kw_only=True):
    documents: int
    origins: int


class ClaimView(Struct, frozen=True, kw_only=True):
    asked: Asked
    id: str
    statement: str
    when: str | None
    where: str | None
    about: list[str]
    machine: Count
    """As the machine counts."""
    now: Count
    """As the decisions leave it, without what is asked to be left out."""
    origins: list[Root]
    rules: list[str]
    conflicts: list[str]
    alarms: list[Circle]
    ask: Ask
    near: list[Near]
    """Claims that it may be one with: those it is in conflict with."""
    pairs: list[Ask]
    stands: Literal["itself", "merged", "split", "rejected"]
    """What the decisions have made of it."""
    parts: list[Near]
    """What it was merged into, or its parts."""


class Near(Struct, frozen=True, kw_only=True):
    """Another claim, by name."""

    id: str
    statement: str


class _Conflict(Struct, frozen=True, kw_only=True):
    id: str
    claims: tuple[str, ...]


def answer(desk: Desk, asked: Asked) -> ClaimView:
    said = Verdicts(desk)
    plain = plain_claim(desk, asked.id)
    now = current(desk.case, Claim, asked.id, said.all)
    claim = next((c for c in now if c.id == asked.id), plain)
    rules = sorted({kind for origin in claim.origins for _, _, kind in origin.links})
    origins = without_rule(claim, asked.rule) if asked.rule else list(claim.origins)
    counted = [origin for origin in origins if origin.id != asked.without]
    docs = {claim.members[n].doc for origin in counted for n in origin.members}
    known = desk.keep("conflicts of claims", conflicts_of)
    conflicts = [c for c, ids in known.items() if claim.id in ids]
    where = name_of(desk, claim.where) if claim.where else None
    return ClaimView(
        asked=asked,
        id=claim.id,
        statement=claim.statement,
        when=claim.when,
        where=where,
        about=[name for name in dict.fromkeys(name_of(desk, id) for id in claim.about) if name != where],
        machine=Count(documents=plain.documents, origins=len(plain.origins)),
        now=Count(documents=len(docs), origins=len(counted)),
        origins=roots(desk, claim, origins, asked.without, said),
        rules=rules,
        conflicts=conflicts,
        alarms=[circle for circle in circles(desk) if circle.claim == claim.id],
        ask=said.ask(f"claim/{claim.id}"),
        near=near(desk, claim.id, {id for c in conflicts for id in known[c]}),
        pairs=said.pairs("claims", claim.id),
        stands=standing_of(asked.id, now),
        parts=[Near(id=c.id, statement=c.statement) for c in now if c.id != asked.id],
    )


def standing_of(id: str, now: list[Claim]) -> Literal["itself", "merged", "split", "rejected"]:
    if any(c.id == id for c in now):
        return "itself"
    if not now:
        return "rejected"
    return "split" if now[0].id.partition("~")[0] == id else "merged"


def near(desk: Desk, id: str, others: set[str]) -> list[Near]:
    found = [claim for other in sorted(others - {id}) for claim in desk.case.across_one(Claim, other)]
    return [Near(id=claim.id, statement=claim.statement) for claim in found]


def conflicts_of(case: Case) -> dict[str, tuple[str, ...]]:
    return {c.id: c.claims for c in queries.across(case, "conflicts", _Conflict)}


def without_rule(claim: Claim, rule: str) -> list[Origin]:
    """The origins as if a kind of reason had merged nothing: members stay together that other reasons tie."""
    origins: list[Origin] = []
    for origin in claim.origins:
        groups = {n: {n} for n in origin.members}
        for one, other, kind in origin.links:
            if kind != rule and groups[one] is not groups[other]:
                both = groups[one] | groups[other]
                groups |= dict.fromkeys(both, both)
        apart = {id(group): sorted(group) for group in groups.values()}
        for number, members in enumerate(sorted(apart.values())):
            name = origin.id if number == 0 else f"{origin.id}~{number}"
            reasons = tuple(r for r in origin.reasons if r.kind != rule) if len(members) > 1 else ()
            origins.append(msgspec.structs.replace(origin, id=name, members=tuple(members), reasons=reasons))
    return origins


def name_of(desk: Desk, entity: str) -> str:
    found = desk.case.across_one(Entity, entity)
    return found[0].name if found else entity


def roots(desk: Desk, claim: Claim, origins: list[Origin], without: str | None, said: Verdicts) -> list[Root]:
    known = graph(desk)
    named = slips(desk, {m.doc for m in claim.members})
    held = desk.case.documents([id for id in named if id in desk.case])
    texts = {doc.id: doc.text for doc in held}

    def statement(number: int) -> Statement:
        m = claim.members[number]
        return Statement(
            doc=named[m.doc],
            start=m.start,
            end=m.end,
            stance=m.stance,
            copied=known.is_copied(m.doc, m.start, m.end),
            chain=m.chain,
            passage=around(texts.get(m.doc, ""), m.start, m.end),
        )

    def date_of(s: Statement) -> tuple[str, str, int]:
        return s.doc.published or "9999", s.doc.id, s.start

    def tie(number: int, reason: Reason, links: tuple[tuple[int, int, str], ...]) -> Tie:
        link = links[number] if number < len(links) and links[number][2] == reason.kind else None
        docs = tuple(named[claim.members[n].doc] for n in link[:2]) if link else ()
        return Tie(kind=reason.kind, weight=reason.weight, docs=docs, detail=reason.detail)

    return [
        Root(
            number=number,
            id=origin.id,
            label=origin.label,
            kind=origin.kind,
            ties=[tie(n, reason, origin.links) for n, reason in enumerate(origin.reasons)],
            statements=sorted((statement(n) for n in origin.members), key=date_of),
            counted=origin.id != without,
            ask=said.ask(origin_subject(claim.id, origin.id.partition("~")[0])),
            merges=[
                Merge(subject=pair_subject(f"origins/{claim.id}", origin.id, other.id), label=other.label)
                for other in claim.origins
                if other.id != origin.id and "~" not in origin.id + other.id
            ],
            pairs=said.pairs(f"origins/{claim.id}", origin.id),
        )
        for number, origin in enumerate(origins, start=1)
    ]


page = Page(name="claim", path="/claims/{id}", answer=answer)
