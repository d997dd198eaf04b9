"""Claims in the small, with the decisions on them: what the matrix, the queue and the overview count."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from riwaya.case import queries
from riwaya.case.case import Case
from riwaya.model import Claim, Decision
from riwaya.web.desk import Desk, NotThere
from riwaya.web.verdicts import judged, verdicts


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
    """Every claim, with its origins as the decisions leave them."""
    found = desk.keep("claims", _briefs)
    touched = {subject.split("/")[1] for subject in verdicts(desk) if subject.startswith(("origin/", "origins/"))}
    if not touched:
        return found
    standing = verdicts(desk)
    return [brief_of(desk, brief, standing) if brief.id in touched else brief for brief in found]


def brief_of(desk: Desk, brief: Brief, standing: dict[str, Decision]) -> Brief:
    claim = judged_claim(desk, brief.id, standing)
    origins = tuple(Root(id=o.id, label=o.label, kind=o.kind, members=o.members) for o in claim.origins)
    return msgspec.structs.replace(brief, origins=origins)


def judged_claim(desk: Desk, id: str, standing: dict[str, Decision] | None = None) -> Claim:
    """A claim with everything, as the decisions leave it; raises MissingLayer where there is none."""
    return judged(plain_claim(desk, id), verdicts(desk) if standing is None else standing)


def plain_claim(desk: Desk, id: str) -> Claim:
    """A claim as the machine left it."""
    found = desk.case.across_one(Claim, id)
    if not found:
        raise NotThere(f"There is no claim {id!r} in this case; the list of claims has all of them.")
    return found[0]
