"""The first page: what is in the case, what deserves a look first, and what to be careful about."""

from __future__ import annotations

from msgspec import Struct

from riwaya.case import briefs, queries
from riwaya.case.briefs import Told
from riwaya.case.case import Case
from riwaya.case.queries import Slip
from riwaya.model import Conflict, Failure
from riwaya.web.claims import claims_now
from riwaya.web.desk import Desk
from riwaya.web.draw import Column, columns
from riwaya.web.pages.page import Bar, Nothing, Page, bars

FEW = 5


class ClaimLine(Struct, frozen=True, kw_only=True):
    id: str
    statement: str
    documents: int
    origins: int


class ConflictLine(Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    severity: str
    why: str
    why_ar: str
    values: tuple[str, ...]


class Run(Struct, frozen=True, kw_only=True):
    at: str
    version: str | None
    seconds: float | None


class Overview(Struct, frozen=True, kw_only=True):
    name: str
    documents: int
    outlets: list[Bar]
    days: list[Column]
    first: str | None
    last: str | None
    undated: int
    warned: int
    layers: dict[str, int]
    claims: list[ClaimLine]
    conflicts: list[ConflictLine]
    warnings: list[Slip]
    failures: list[Failure]
    failed: int
    run: Run | None


def answer(desk: Desk, asked: Nothing) -> Overview:
    facets = desk.keep("facets", briefs.facets)
    failures = list(desk.case.failures())
    return Overview(
        name=desk.name,
        documents=facets.total,
        outlets=bars(facets.outlets, 12),
        days=columns(facets.days),
        first=min(facets.days, default=None),
        last=max(facets.days, default=None),
        undated=facets.undated,
        warned=facets.warned,
        layers=briefs.counts(desk.case),
        claims=inflated(desk),
        conflicts=desk.keep("hardest", hardest),
        warnings=queries.slips(desk.case, queries.Wanted(warnings=True), limit=FEW),
        failures=failures[:FEW],
        failed=len(failures),
        run=last_run(desk.case),
    )


def inflated(desk: Desk) -> list[ClaimLine]:
    """The claims whose documents outnumber their origins most, as the decisions leave them."""
    told = briefs.part(desk.case, "claims", Told, FEW)
    found = claims_now(desk, [id for id, t in told if t.documents > t.origins])
    return [
        ClaimLine(id=claim.id, statement=claim.statement, documents=claim.documents, origins=len(claim.origins))
        for claim in found
    ]


def hardest(case: Case) -> list[ConflictLine]:
    """The hard conflicts with most sides, then the soft ones."""
    ids = [id for id, _ in briefs.part(case, "conflicts", object, FEW)]
    return [
        ConflictLine(
            id=c.id,
            kind=c.kind,
            severity=c.severity,
            why=c.why,
            why_ar=c.why_ar,
            values=tuple(side.value for side in c.sides),
        )
        for id in ids
        for c in case.across_one(Conflict, id)
    ]


def last_run(case: Case) -> Run | None:
    entry = next(iter(case.log("run", last=True)), None)
    if entry is None:
        return None
    built = entry.said.get("built") or {}
    return Run(at=entry.at, version=entry.said.get("riwaya"), seconds=(built.get("seconds") or {}).get("total"))


page = Page(name="overview", path="/", answer=answer)
