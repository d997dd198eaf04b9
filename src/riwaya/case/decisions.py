"""What analysts decided: entries of the log that no run touches, that an undo follows and never removes.

A decision names its subject by ids made from content, so that it outlives every rebuild: `entity/person-…`,
`claim/C-…`, `copy/KEY/KEY`, and for two of a kind `entities/A+B`. Decisions are put in order by when they were made,
then by id, so that two people who exchange theirs come to the same view. Each names the one that stood on its subject
when it was made: where two were made without knowing of each other and say different things, they are *contested*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from riwaya.errors import InvalidInput
from riwaya.model import Decision

if TYPE_CHECKING:
    from riwaya.case.case import Case
    from riwaya.case.writer import Writer

__all__ = ["VERDICTS", "Decision", "Taken", "contested", "decide", "history", "standing", "take_in"]

UNDO = "undo"
_FINDING = ("accept", "reject", "unsure", "note")
_PAIR = ("merge", "reject", "unsure", "note")

VERDICTS: dict[str, tuple[str, ...]] = {
    "mention": (*_FINDING, "split"),
    "attribution": _FINDING,
    "entity": (*_FINDING, "rename"),
    "entities": _PAIR,
    "alignment": _FINDING,
    "copy": ("accept", "not-copying", "common-source", "boilerplate", "unsure", "note"),
    "claim": (*_FINDING, "split", "rename", "review"),
    "claims": _PAIR,
    "origin": ("accept", "split", "unsure", "rename", "note"),
    "origins": _PAIR,
    "conflict": _FINDING,
    "event": (*_FINDING, "rename"),
    "events": _PAIR,
}
"""What may be said of each kind of subject; of any, `undo` too. To reject a pair is to say that it is two."""

LANES = {"rename": "name", "review": "review"}
"""Verdicts that stand beside another on the same subject: a renamed entity may be accepted as well."""
WITH_WORDS = ("rename", "review", "note")
"""Verdicts that say nothing without a note."""


def history(case: Case) -> list[Decision]:
    """Every decision, undone ones and undos too, in the order they were made."""
    said = ({"at": entry.at, "by": entry.by, **entry.said} for entry in case.log("decision"))
    return sorted((msgspec.convert(values, type=Decision) for values in said), key=lambda d: (d.at, d.id))


def standing(case: Case) -> tuple[Decision, ...]:
    """The decisions in force: on each subject the last of its kind, and every note; in the order they were made."""
    return in_force(history(case))


def in_force(made: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those of some decisions, given in order, that stand."""
    last: dict[tuple[str, str], Decision] = {}
    stacks = _stacks(made)
    for stack in stacks.values():
        for decision in stack:
            last[decision.subject, _lane(decision)] = decision
    return tuple(sorted(last.values(), key=lambda d: (d.at, d.id)))


def _lane(decision: Decision) -> str:
    return f"note {decision.id}" if decision.verdict == "note" else LANES.get(decision.verdict, "verdict")


def _stacks(made: Iterable[Decision]) -> dict[str, list[Decision]]:
    """On each subject the decisions that were not undone, oldest first."""
    made = tuple(made)
    undone = {decision.previous for decision in made if decision.verdict == UNDO}
    stacks: dict[str, list[Decision]] = {}
    for decision in made:
        stack = stacks.setdefault(decision.subject, [])
        if decision.verdict != UNDO and decision.id not in undone:
            stack.append(decision)
    return stacks


def contested(made: Sequence[Decision]) -> list[tuple[Decision, Decision]]:
    """Pairs on one subject that were decided apart and differ; the later one stands until somebody decides again."""
    by_id = {decision.id: decision for decision in made}
    pairs = []
    for stack in _stacks(made).values():
        told = [decision for decision in stack if decision.verdict != "note"]
        for one, other in pairwise(told[-2:]):
            differ = (one.verdict, one.note) != (other.verdict, other.note)
            if differ and _lane(one) == _lane(other) and one.id not in _known_to(other, by_id):
                pairs.append((one, other))
    return pairs


def _known_to(decision: Decision, by_id: dict[str, Decision]) -> Iterator[str]:
    """The decisions that had led to what stood when a decision was made."""
    earlier = by_id.get(decision.previous or "")
    while earlier and earlier.at < decision.at:
        yield earlier.id
        decision, earlier = earlier, by_id.get(earlier.previous or "")


# --- deciding --------------------------------------------------------------------------------------------------------


def decide(writer: Writer, subject: str, verdict: str, *, by: str, note: str | None = None) -> Decision:
    """Appends a decision; raises InvalidInput where it makes no sense.

    `undo` takes back the last decision on the subject that stands; what stood before it stands again. The log keeps
    with it what it changed among the findings that it is about.
    """
    from riwaya.case import briefs, effects  # which know what decisions are

    made = history(writer)
    stack = _stacks(made).get(subject, [])
    check(subject, verdict, note)
    if verdict == UNDO and not stack:
        raise InvalidInput(f"There is no decision on {subject!r} to undo; `riwaya decisions` lists them.")
    now = datetime.now(UTC)
    if made and now <= (latest := datetime.fromisoformat(made[-1].at)):
        now = latest + timedelta(microseconds=1)  # the order of making is the order of time, whatever the clock does
    at = now.isoformat(timespec="microseconds")
    previous = stack[-1].id if stack else None
    values = {"at": at, "by": by, "subject": subject, "verdict": verdict, "note": note, "previous": previous}
    decision = Decision(id=_id(values), **values)  # type: ignore[arg-type]  # each field is named above
    changed = effects.effect(writer, subject, in_force(made), in_force([*made, decision]))
    with writer.step():
        writer.record("decision", {**msgspec.to_builtins(decision), "changed": msgspec.to_builtins(changed)}, by=by)
        briefs.follow(writer, [subject])
    return decision


def _id(values: dict[str, str | None]) -> str:
    return f"D-{blake2b(msgspec.json.encode(values, order='sorted'), digest_size=6).hexdigest()}"


def check(subject: str, verdict: str, note: str | None) -> None:
    """Raises InvalidInput when a verdict cannot be said of a subject."""
    kind, _, rest = subject.partition("/")
    if kind not in VERDICTS or not rest:
        raise InvalidInput(f"{subject!r} is no subject: give KIND/ID, where KIND is one of {', '.join(VERDICTS)}.")
    allowed = (*VERDICTS[kind], UNDO)
    if verdict not in allowed:
        raise InvalidInput(f"{verdict!r} cannot be said of {subject!r}; one of {', '.join(allowed)} can.")
    if kind in ("entities", "claims", "origins", "events") and len(set(rest.rpartition("/")[2].split("+"))) != 2:
        raise InvalidInput(f"{subject!r} must name two different ids, as in {kind}/A+B.")
    if verdict in WITH_WORDS and not (note or "").strip():
        raise InvalidInput(f"{verdict!r} needs words: give them as the note.")


# --- a colleague's decisions -----------------------------------------------------------------------------------------


class Taken(NamedTuple):
    """What came of taking in somebody else's decisions."""

    added: int
    known: int
    contested: list[tuple[Decision, Decision]]


def take_in(writer: Writer, others: Sequence[Decision]) -> Taken:
    """Appends the decisions that the case does not hold yet, each as it was made; all of them or, on error, none."""
    from riwaya.case import briefs  # which knows what decisions are

    before = history(writer)
    known = {decision.id for decision in before}
    new = [d for d in {d.id: d for d in others}.values() if d.id not in known]
    for decision in new:
        check(decision.subject, decision.verdict, decision.note)
    with writer.step():
        for decision in sorted(new, key=lambda d: (d.at, d.id)):
            writer.record("decision", msgspec.to_builtins(decision), by=decision.by)
        briefs.follow(writer, [decision.subject for decision in new])
    return Taken(len(new), len(others) - len(new), contested(history(writer)))


def read(data: bytes) -> list[Decision]:
    """Decisions as `riwaya export` and `riwaya decisions --json` write them; raises InvalidInput with the line."""
    if data.lstrip().startswith(b"["):
        try:
            return msgspec.json.decode(data, type=list[Decision])
        except msgspec.MsgspecError as error:
            raise InvalidInput(f"These are no decisions: {error}.") from error
    made = []
    for number, line in enumerate(data.splitlines(), start=1):
        if line.strip():
            try:
                made.append(msgspec.json.decode(line, type=Decision))
            except msgspec.MsgspecError as error:
                raise InvalidInput(f"Line {number} is no decision: {error}.") from error
    return made
