"""What analysts decided, as it stands: the last word on each subject, undone ones left out.

A decision is an entry of the case's log and names its subject by ids that are made from content, so that it outlives
every rebuild. Nothing is ever taken back by deleting: undo is an entry too.
"""

from __future__ import annotations

from getpass import getuser
from typing import Any

import msgspec
from msgspec import Struct

from riwaya.case import queries
from riwaya.case.writer import Writer
from riwaya.errors import InvalidInput
from riwaya.model import Claim, Decision, Origin, Reason, document_key
from riwaya.web.desk import Desk

KINDS: dict[str, tuple[str, ...]] = {
    "copy": ("accept", "not-copying", "common-source", "boilerplate", "note"),
    "origin": ("accept", "split", "note"),
    "origins": ("merge", "note"),
    "conflict": ("accept", "reject", "note"),
    "entity": ("rename", "note"),
}
"""What may be said of each kind of subject."""
UNDONE = "undo"


class Verdict(Struct, frozen=True, kw_only=True):
    """A decision as the pages show it."""

    id: str
    at: str
    by: str
    subject: str
    verdict: str
    note: str | None = None
    previous: str | None = None


def copy_subject(older: str, newer: str) -> str:
    return f"copy/{document_key(older)}/{document_key(newer)}"


def origin_subject(claim: str, origin: str) -> str:
    return f"origin/{claim}/{origin}"


def origins_subject(claim: str, one: str, other: str) -> str:
    return f"origins/{claim}/{'+'.join(sorted((one, other)))}"


def history(desk: Desk) -> list[Verdict]:
    """Every decision, undone ones too, oldest first."""
    return [msgspec.convert(row, type=Verdict) for row in queries.decisions(desk.case)]


def verdicts(desk: Desk) -> dict[str, Verdict]:
    """The decision that stands on each subject."""
    standing: dict[str, list[Verdict]] = {}
    for verdict in history(desk):
        earlier = standing.setdefault(verdict.subject, [])
        if verdict.verdict == UNDONE:
            earlier[:] = [v for v in earlier if v.id != verdict.previous]
        else:
            earlier.append(verdict)
    return {subject: stack[-1] for subject, stack in standing.items() if stack}


def decide(desk: Desk, subject: str, verdict: str, note: str | None = None) -> Verdict:
    """Appends a decision; raises InvalidInput where it makes no sense, CaseError while another writes."""
    allowed = KINDS.get(subject.partition("/")[0], ())
    before = verdicts(desk).get(subject)
    if verdict == UNDONE and before is None:
        raise InvalidInput(f"There is no decision on {subject!r} to undo.")
    if verdict != UNDONE and verdict not in allowed:
        raise InvalidInput(f"{verdict!r} cannot be said of {subject!r}; one of {', '.join(allowed) or 'nothing'} can.")
    with Writer(desk.path, desk.lang) as writer, writer.step():
        number = sum(1 for _ in queries.decisions(writer)) + 1
        entry = {
            "id": f"D-{number}",
            "subject": subject,
            "verdict": verdict,
            "note": note,
            "previous": before.id if before else None,
        }
        writer.record("decision", entry, by=getuser())
    return history(desk)[-1]


# --- what decisions change -------------------------------------------------------------------------------------------


def judged(claim: Claim, standing: dict[str, Verdict]) -> Claim:
    """A claim with its origins as the analysts left them."""
    origins = list(claim.origins)
    for origin in claim.origins:
        verdict = standing.get(origin_subject(claim.id, origin.id))
        if verdict and verdict.verdict == "split":
            at = origins.index(origin)
            origins[at : at + 1] = parted(claim, origin)
    for number, one in enumerate(claim.origins):
        for other in claim.origins[number + 1 :]:
            verdict = standing.get(origins_subject(claim.id, one.id, other.id))
            if verdict and verdict.verdict == "merge":
                origins = joined(origins, one.id, other.id)
    return msgspec.structs.replace(claim, origins=tuple(origins))


def parted(claim: Claim, origin: Origin) -> list[Origin]:
    """An origin in as many as there are documents in it: the most that they can be."""
    by_doc: dict[str, list[int]] = {}
    for number in origin.members:
        by_doc.setdefault(claim.members[number].doc, []).append(number)
    return [
        msgspec.structs.replace(origin, id=f"{origin.id}~{document_key(doc)}", members=tuple(numbers), reasons=())
        for doc, numbers in by_doc.items()
    ]


def joined(origins: list[Origin], one: str, other: str) -> list[Origin]:
    first = next((o for o in origins if o.id == one), None)
    second = next((o for o in origins if o.id == other), None)
    if first is None or second is None or first is second:
        return origins
    reason = Reason(kind="analyst", detail=second.label, weight=1.0)
    both = msgspec.structs.replace(
        first,
        label=f"{first.label} + {second.label}",
        members=tuple(sorted((*first.members, *second.members))),
        reasons=(*first.reasons, *second.reasons, reason),
    )
    return [both if o is first else o for o in origins if o is not second]


def said(verdict: Verdict) -> Decision:
    """As the decisions layer has it."""
    values: dict[str, Any] = msgspec.structs.asdict(verdict)
    return Decision(**values)
