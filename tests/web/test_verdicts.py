"""What decisions make of a claim's origins."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from riwaya.case import briefs
from riwaya.case.briefs import Told
from riwaya.case.steer import steer
from riwaya.model import Claim, Decision
from riwaya.web.claims import plain_claim
from riwaya.web.desk import Desk
from riwaya.web.verdicts import pair_subject


@pytest.fixture
def claim(example: Path) -> Claim:
    """A claim with three origins named a, b, c."""
    desk = Desk(example)
    found = plain_claim(desk, briefs.part(desk.case, "claims", Told, 1)[0][0])
    one = found.origins[0]
    return msgspec.structs.replace(found, origins=tuple(msgspec.structs.replace(one, id=id, label=id) for id in "abc"))


@pytest.mark.parametrize("pairs", list(combinations(["ab", "ac", "bc"], 2)))
def test_merges_that_meet_in_one_origin_leave_one(pairs: tuple[str, ...], claim: Claim) -> None:
    standing = []
    for one, other in pairs:
        subject = pair_subject(f"origins/{claim.id}", one, other)
        standing.append(Decision(id=subject, subject=subject, verdict="merge", by="x", at="2026-01-01T00:00:00Z"))
    (joint,) = steer([claim], standing)
    assert isinstance(joint, Claim)
    assert len(joint.origins) == 1
