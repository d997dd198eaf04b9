"""What analysts decided, laid over what the machine found; see `riwaya.case.decisions` for how it is kept."""

from __future__ import annotations

from getpass import getuser

import msgspec

from riwaya.case import decisions
from riwaya.case.writer import Writer
from riwaya.model import Claim, Decision, Origin, Reason, document_key
from riwaya.web.desk import Desk


def copy_subject(older: str, newer: str) -> str:
    return f"copy/{document_key(older)}/{document_key(newer)}"


def origin_subject(claim: str, origin: str) -> str:
    return f"origin/{claim}/{origin}"


def origins_subject(claim: str, one: str, other: str) -> str:
    return f"origins/{claim}/{'+'.join(sorted((one, other)))}"


def history(desk: Desk) -> list[Decision]:
    """Every decision, undone ones too, oldest first."""
    return decisions.history(desk.case)


def verdicts(desk: Desk) -> dict[str, Decision]:
    """The decision that stands on each subject; of several that stand beside one another, the one that judges."""
    standing = sorted(decisions.standing(desk.case), key=lambda d: d.verdict not in ("note", "rename", "review"))
    return {decision.subject: decision for decision in standing}


def new_names(desk: Desk) -> dict[str, str]:
    """What analysts call the subjects that they renamed."""
    return {d.subject: d.note for d in decisions.standing(desk.case) if d.verdict == "rename" and d.note}


def decide(desk: Desk, subject: str, verdict: str, note: str | None = None) -> Decision:
    """Appends a decision; raises InvalidInput where it makes no sense, CaseError while another writes."""
    with Writer(desk.path, desk.lang) as writer:
        return decisions.decide(writer, subject, verdict, by=analyst(), note=note)


def analyst() -> str:
    """Who sits at this machine, as far as it says."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # a user without a name, as in a container
        return "unknown"


# --- what decisions change -------------------------------------------------------------------------------------------


def judged(claim: Claim, standing: dict[str, Decision]) -> Claim:
    """A claim with its origins as the analysts left them."""
    origins = list(claim.origins)
    for origin in claim.origins:
        verdict = standing.get(origin_subject(claim.id, origin.id))
        if verdict and verdict.verdict == "split":
            at = origins.index(origin)
            origins[at : at + 1] = parted(claim, origin)
    lives_in: dict[str, str] = {}  # a merged origin goes on under another's id, so that a third can join it
    for number, one in enumerate(claim.origins):
        for other in claim.origins[number + 1 :]:
            verdict = standing.get(origins_subject(claim.id, one.id, other.id))
            if verdict and verdict.verdict == "merge":
                first, second = lives_in.get(one.id, one.id), lives_in.get(other.id, other.id)
                origins = joined(origins, first, second)
                lives_in = {id: first if home == second else home for id, home in lives_in.items()} | {second: first}
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
