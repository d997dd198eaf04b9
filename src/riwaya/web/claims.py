"""Claims as the decisions leave them."""

from __future__ import annotations

from collections.abc import Iterable

from riwaya.case.effects import current
from riwaya.model import Claim
from riwaya.web.desk import Desk, NotThere
from riwaya.web.verdicts import Verdicts


def claims_now(desk: Desk, ids: Iterable[str]) -> list[Claim]:
    """Claims by the ids that a list gives them, in its order."""
    said = Verdicts(desk).all
    return [claim for id in ids for claim in current(desk.case, Claim, id, said) if claim.id == id]


def plain_claim(desk: Desk, id: str) -> Claim:
    """A claim as the last build left it; a part of one that was split is looked up by the whole."""
    found = desk.case.across_one(Claim, id) or desk.case.across_one(Claim, id.partition("~")[0])
    if not found:
        raise NotThere(f"There is no claim {id!r} in this case; the list of claims has all of them.")
    return found[0]
