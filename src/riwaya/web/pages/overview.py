"""The first page: what is in the case, what deserves a look first, and what to be careful about."""

from __future__ import annotations

from msgspec import Struct

from riwaya.case import queries
from riwaya.case.case import Case
from riwaya.case.queries import Slip
from riwaya.model import Failure
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


class _Origin(Struct, frozen=True):
    id: str


class _Claim(Struct, frozen=True, kw_only=True):
    id: str
    statement: str
    documents: int
    origins: tuple[_Origin, ...]


class _Side(Struct, frozen=True):
    value: str


class _Conflict(Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    severity: str
    why: str
    why_ar: str
    sides: tuple[_Side, ...]


def answer(desk: Desk, asked: Nothing) -> Overview:
    facets = desk.keep("facets", queries.facets)
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
        layers=desk.keep("counts", Case.counts),
        claims=desk.keep("inflated", inflated),
        conflicts=desk.keep("hardest", hardest),
        warnings=queries.slips(desk.case, queries.Wanted(warnings=True), limit=FEW),
        failures=failures[:FEW],
        failed=len(failures),
        run=last_run(desk.case),
    )


def inflated(case: Case) -> list[ClaimLine]:
    """The claims whose documents outnumber their origins most."""
    lines = [
        ClaimLine(id=claim.id, statement=claim.statement, documents=claim.documents, origins=len(claim.origins))
        for claim in queries.across(case, "claims", _Claim)
        if claim.documents > len(claim.origins)
    ]
    return sorted(lines, key=lambda line: (line.origins - line.documents, line.id))[:FEW]


def hardest(case: Case) -> list[ConflictLine]:
    """The hard conflicts with most sides, then the soft ones."""
    lines = [
        ConflictLine(
            id=c.id,
            kind=c.kind,
            severity=c.severity,
            why=c.why,
            why_ar=c.why_ar,
            values=tuple(side.value for side in c.sides),
        )
        for c in queries.across(case, "conflicts", _Conflict)
    ]
    return sorted(lines, key=lambda line: (line.severity != "hard", -len(line.values), line.id))[:FEW]


def last_run(case: Case) -> Run | None:
    run = None
    for entry in case.log():
        if entry.kind == "run":
            said = entry.said
            built = said.get("built") or {}
            run = Run(at=entry.at, version=said.get("riwaya"), seconds=(built.get("seconds") or {}).get("total"))
    return run


page = Page(name="overview", path="/", answer=answer)
