"""Claims in the small, with the decisions on them: what the matrix, the queue and the overview count."""

from __future__ import annotations

from msgspec import Struct

from riwaya.case import queries
from riwaya.case.case import Case
from riwaya.case.effects import current
from riwaya.model import Claim
from riwaya.web.desk import Desk, NotThere
from riwaya.web.verdicts import Verdicts


class Said(Struct, frozen=True, kw_only=True):
    """A document's statement of a claim, without its chain."""

    doc: str
    start: int
    end: int
    stance: str
    origin: str


class Root(Struct, frozen=True, kw_only=True):
    """An origin without its reasons."""

    id: str
    label: str
    kind: str
    members: tuple[int, ...]


class Brief(Struct, frozen=True, kw_only=True):
    """A claim as a list shows it."""

    id: str
    statement: str
    members: tuple[Said, ...]
    documents: int
    origins: tuple[Root, ...]

    @property
    def inflation(self) -> int:
        return self.documents - len(self.origins)


def _briefs(case: Case) -> list[Brief]:
    return list(queries.across(case, "claims", Brief))


def briefs(desk: Desk) -> list[Brief]:
    """Every claim, as the decisions leave it."""
    found, said = desk.keep("claims", _briefs), Verdicts(desk)
    touched = {id for subject in said.by_subject for id in claims_of(subject)}
    if not touched:
        return found
    now = {c.id: brief_of(c) for id in sorted(touched) for c in current(desk.case, Claim, id, said.all)}
    return [*(brief for brief in found if brief.id not in touched), *now.values()]


def claims_of(subject: str) -> list[str]:
    """The claims that a subject is about."""
    kind, _, rest = subject.partition("/")
    if kind in ("claim", "claims"):
        return rest.split("+")
    return [rest.partition("/")[0]] if kind in ("origin", "origins") else []


def brief_of(claim: Claim) -> Brief:
    return Brief(
        id=claim.id,
        statement=claim.statement,
        members=tuple(
            Said(doc=m.doc, start=m.start, end=m.end, stance=m.stance, origin=m.origin) for m in claim.members
        ),
        documents=claim.documents,
        origins=tuple(Root(id=o.id, label=o.label, kind=o.kind, members=o.members) for o in claim.origins),
    )


def plain_claim(desk: Desk, id: str) -> Claim:
    """A claim as the last build left it; a part of one that was split is looked up by the whole."""
    found = desk.case.across_one(Claim, id) or desk.case.across_one(Claim, id.partition("~")[0])
    if not found:
        raise NotThere(f"There is no claim {id!r} in this case; the list of claims has all of them.")
    return found[0]
