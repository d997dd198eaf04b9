"""What a decision changes, counted over the few findings that it is about, so that it is known at once.

A build carries a decision through to everything that rests on what it changed. Here only the findings that its subject
names are read and steered: that is what a page shows of them until then, and what the log keeps as the decision's
effect. After a build the findings bear the decision already, and steering them once more changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from riwaya.case.case import Case
from riwaya.case.decisions import Decision
from riwaya.case.steer import STEERING, rejected, steer, touching
from riwaya.model import Across, Alignment, Claim, Conflict, Copy, Entity, Event, Naming

__all__ = ["STEERING", "Change", "concerned", "current", "effect", "kept"]

A = TypeVar("A", bound=Across)


class Change(Struct, frozen=True, kw_only=True):
    """How many findings of a layer there were and are; `origins` are those of claims."""

    layer: str
    before: int
    after: int


def effect(case: Case, subject: str, before: Sequence[Decision], after: Sequence[Decision]) -> list[Change]:
    """What changes among the findings of a subject when other decisions stand."""
    kind, _, id = subject.partition("/")
    if kind == "attribution":
        out = [id in rejected(standing) for standing in (before, after)]
        counts = [Counter({"attributions": int(not gone)}) for gone in out]
    else:
        values = concerned(case, subject, {d.subject for d in (*before, *after) if d.verdict == "merge"})
        counts = [tally(steer(values, standing)) for standing in (before, after)]
    layers = sorted({*counts[0], *counts[1]})
    return [
        Change(layer=layer, before=counts[0][layer], after=counts[1][layer])
        for layer in layers
        if counts[0][layer] != counts[1][layer]
    ]


def tally(values: Iterable[Across]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for value in values:
        counts[value.layer] += 1
        if isinstance(value, Claim):
            counts["origins"] += len(value.origins)
    return counts


def current(case: Case, kind: type[A], id: str, standing: Sequence[Decision]) -> list[A]:
    """What a finding is as the decisions leave it: itself, what it was merged into, its parts, or nothing."""
    steering = touching(standing, [kind.layer])
    plural = PLURAL.get(NAMES[kind])
    merged = {d.subject for d in steering if d.verdict == "merge" and d.subject.partition("/")[0] == plural}
    whole = id.partition("~")[0]
    values = _kin(case, kind, [id, whole], merged)
    left = [value for value in steer(values, steering) if isinstance(value, kind)]
    same = [value for value in left if value.key == id]
    parts = [value for value in left if value.key.partition("~")[0] == whole]
    joint = [value for value in left if id in group(id, merged) and value.key in group(id, merged)]
    return same or parts or joint


NAMES: dict[type[Across], str] = {Entity: "entity", Claim: "claim", Conflict: "conflict", Event: "event"}
"""The kinds of subject that a finding of a type alone can be."""


# --- the findings of a subject ---------------------------------------------------------------------------------------


def concerned(case: Case, subject: str, merges: Iterable[str]) -> list[Across]:
    """The findings that a subject names, those merged with them, and those that hang on them."""
    kind, _, rest = subject.partition("/")
    return READ[kind](case, rest, {m for m in merges if m.partition("/")[0] in (kind, PLURAL.get(kind, kind))})


PLURAL = {"entity": "entities", "claim": "claims", "event": "events"}


def group(id: str, merges: Iterable[str]) -> set[str]:
    """The ids that were merged with an id, itself among them."""
    pairs = [set(subject.rpartition("/")[2].split("+")) for subject in merges]
    found = {id}
    while grown := [pair for pair in pairs if pair & found and not pair <= found]:
        found.update(*grown)
    return found


def _kin(case: Case, kind: type[A], ids: Iterable[str], merges: Iterable[str]) -> list[A]:
    merges = list(merges)
    wanted = sorted({other for id in ids for other in group(id, merges)})
    return [value for id in wanted for value in case.across_one(kind, id)]


def _reader(kind: type[Across]) -> Callable[[Case, str, set[str]], list[Across]]:
    return lambda case, rest, merges: list(_kin(case, kind, rest.split("+"), merges))


def _of_claim(case: Case, rest: str, merges: set[str]) -> list[Across]:
    return list(case.across_one(Claim, rest.partition("/")[0]))


def _of_mention(case: Case, rest: str, merges: set[str]) -> list[Across]:
    doc = _id_of_key(case, rest.partition("-")[2].partition("-")[0])
    return list(case.across_one(Naming, doc)) if doc else []


def _of_copy(case: Case, rest: str, merges: set[str]) -> list[Across]:
    docs = [id for key in rest.split("/") if (id := _id_of_key(case, key))]
    if len(docs) != 2:
        return []
    copies = _copies(case, *docs)
    passages = sorted({id for copy in copies for id in copy.passages})
    return [*copies, *(found for id in passages for found in case.across_one(Alignment, id))]


def _of_alignment(case: Case, rest: str, merges: set[str]) -> list[Across]:
    found = case.across_one(Alignment, rest)
    return [*found, *(copy for a in found for copy in _copies(case, a.left.doc, a.right.doc))]


def _copies(case: Case, one: str, other: str) -> list[Copy]:
    return [copy for key in (f"{one}\x1f{other}", f"{other}\x1f{one}") for copy in case.across_one(Copy, key)]


def _id_of_key(case: Case, key: str) -> str | None:
    row = case.connection.execute("SELECT id FROM documents WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


READ: dict[str, Callable[[Case, str, set[str]], list[Across]]] = {
    **dict.fromkeys(("entity", "entities"), _reader(Entity)),
    **dict.fromkeys(("claim", "claims"), _reader(Claim)),
    **dict.fromkeys(("event", "events"), _reader(Event)),
    **dict.fromkeys(("origin", "origins"), _of_claim),
    "conflict": _reader(Conflict),
    "mention": _of_mention,
    "copy": _of_copy,
    "alignment": _of_alignment,
}


def kept(case: Case) -> dict[str, list[Change]]:
    """What each decision changed when it was made, by its id; nothing is known of those that came from elsewhere."""
    found = {}
    for entry in case.log("decision"):
        said = entry.said
        if "changed" in said:
            found[str(said["id"])] = msgspec.convert(said["changed"], type=list[Change])
    return found
