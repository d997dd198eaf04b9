"""Decisions steer what the machine found: what was rejected stays out, what was merged stays merged.

`steer` is given what a stage found and gives it as the analysts left it; the stages know nothing of it. It always
starts from the stage's own findings, so that a decision is applied once however often a case is built, and an undo
gives back what was there before. A decision whose subject the run did not find waits.

accept, unsure, note and review change nothing here: they are for people to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from riwaya.case.decisions import Decision
from riwaya.model import (
    Across,
    Alignment,
    Claim,
    Cluster,
    Conflict,
    Copy,
    Entity,
    Event,
    Finding,
    Name,
    Naming,
    Origin,
    Reason,
    document_key,
    finding_id,
)

__all__ = ["LAYERS_OF", "joined", "parted", "rejected", "steer", "touching"]

F = TypeVar("F", bound=Finding)

LAYERS_OF: dict[str, tuple[str, ...]] = {
    "mention": ("mentions", "namings"),
    "attribution": ("attributions",),
    **dict.fromkeys(("entity", "entities"), ("entities", "namings")),
    **dict.fromkeys(("alignment", "copy"), ("alignments", "clusters", "copies")),
    **dict.fromkeys(("claim", "claims", "origin", "origins"), ("claims",)),
    "conflict": ("conflicts",),
    **dict.fromkeys(("event", "events"), ("events",)),
}
"""The layers that a decision on each kind of subject changes."""

STEERING = ("reject", "merge", "split", "rename", "not-copying", "common-source", "boilerplate")


def touching(decisions: Iterable[Decision], layers: Iterable[str]) -> list[Decision]:
    """The decisions that change something in any of some layers."""
    wanted = set(layers)
    return [d for d in decisions if _steers(d) and not wanted.isdisjoint(LAYERS_OF.get(_kind(d), ()))]


def _steers(decision: Decision) -> bool:
    """Whether a decision changes findings; to keep two apart that nobody merged changes nothing."""
    pair = _kind(decision) in ("entities", "claims", "origins", "events")
    return decision.verdict in STEERING and not (pair and decision.verdict == "reject")


def rejected(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids of the mentions and attributions that were rejected."""
    kinds = ("mention", "attribution")
    return frozenset(_id(d) for d in decisions if d.verdict == "reject" and _kind(d) in kinds)


def steer(values: Iterable[Across], decisions: Sequence[Decision]) -> list[Across]:
    """What a stage found, as the decisions leave it; the order of the values stays."""
    values = list(values)
    homes: dict[str, str] = {}
    for decision in touching(decisions, {value.layer for value in values}):
        if decision.verdict == "merge":
            decision = _at_home(decision, values, homes)
        values = APPLY[_kind(decision)](values, decision)
    return values


def _at_home(decision: Decision, values: Sequence[Across], homes: dict[str, str]) -> Decision:
    """A merge of what its two findings have become: where A took in B, merging B and C merges A and C.

    `homes` names, of each finding that was merged, the one under whose id it goes on.
    """
    kind, _, rest = decision.subject.partition("/")
    within, _, ids = rest.rpartition("/")
    of = {"entities": Entity, "claims": Claim, "events": Event}.get(kind)
    if of:
        there = {value.key for value in values if isinstance(value, of)}
    else:
        there = {o.id for v in values if isinstance(v, Claim) and v.id == within for o in v.origins}
    one, other = ids.split("+")
    while one in homes:
        one = homes[one]
    while other in homes:
        other = homes[other]
    stays, goes = sorted((one, other), key=lambda id: (id not in there, id))
    if stays != goes:
        homes[goes] = stays
    return replace(decision, subject=f"{kind}/{within}/{stays}+{goes}" if within else f"{kind}/{stays}+{goes}")


def _kind(decision: Decision) -> str:
    return decision.subject.partition("/")[0]


def _id(decision: Decision) -> str:
    return decision.subject.partition("/")[2]


# --- one at a time ---------------------------------------------------------------------------------------------------


def _plain(values: list[Across], decision: Decision) -> list[Across]:
    """Rejects, renames or splits a finding that has an id."""
    id = _id(decision)
    kind, field = KINDS[_kind(decision)]
    done: list[Across] = []
    for value in values:
        if not isinstance(value, kind) or value.key != id:
            done.append(value)
        elif decision.verdict == "rename":
            done.append(replace(value, **{field: decision.note}))
        elif decision.verdict == "split" and isinstance(value, Claim):
            done += split_claim(value)
        elif decision.verdict != "reject":
            done.append(value)
    if decision.verdict == "reject" and kind is Entity:
        done = [value for value in done if not (isinstance(value, Naming) and value.entity == id)]
    if decision.verdict == "reject" and kind is Alignment:
        done = _without_passages(done, {id})
    return done


KINDS: dict[str, tuple[type[Across], str]] = {
    "entity": (Entity, "name"),
    "alignment": (Alignment, ""),
    "claim": (Claim, "statement"),
    "conflict": (Conflict, ""),
    "event": (Event, "label"),
}
"""What a subject of a kind is, and the field that `rename` fills."""


def _mention(values: list[Across], decision: Decision) -> list[Across]:
    """A mention that was rejected means nobody, one that was split off not whom the machine thinks."""
    id = _id(decision)
    return [
        value
        for value in values
        if not (isinstance(value, Naming) and finding_id("mentions", value.doc, value.start, value.end) == id)
    ]


def _same(values: list[Across], decision: Decision) -> list[Across]:
    """An attribution is not among these findings; the stages that read it are not given it."""
    return values


def _copy(values: list[Across], decision: Decision) -> list[Across]:
    """No copying: no passage links the two. A common source: the passages stay, neither took from the other."""
    pair = set(_id(decision).split("/"))

    def linked(*docs: str) -> bool:
        return {document_key(doc) for doc in docs} == pair

    done: list[Across] = []
    gone: set[str] = set()
    for value in values:
        if isinstance(value, Copy) and linked(value.older, value.newer):
            continue
        if isinstance(value, Alignment) and linked(value.left.doc, value.right.doc):
            if decision.verdict == "common-source":
                done.append(replace(value, direction="common-origin", confidence=1.0, reasons=(_reason(decision),)))
            else:
                gone.add(value.id)
            continue
        apart = decision.verdict != "common-source"
        if not (apart and isinstance(value, Cluster) and linked(*{member.doc for member in value.members})):
            done.append(value)
    return _without_passages(done, gone)


def _without_passages(values: list[Across], gone: set[str]) -> list[Across]:
    """Copies rest on passages; one that has none left is none."""
    done: list[Across] = []
    for value in values:
        if isinstance(value, Copy) and gone & set(value.passages):
            left = tuple(id for id in value.passages if id not in gone)
            if not left:
                continue
            value = replace(value, passages=left)
        done.append(value)
    return done


def _reason(decision: Decision) -> Reason:
    return Reason(kind="analyst", detail=f"{decision.by}: {decision.note or decision.verdict}", weight=1.0)


# --- two in one ------------------------------------------------------------------------------------------------------


def _merge(values: list[Across], decision: Decision) -> list[Across]:
    """Two findings become one, under the id that comes first; both must be there."""
    kind = KINDS[{"entities": "entity", "claims": "claim", "events": "event"}[_kind(decision)]][0]
    first, second = sorted(_id(decision).split("+"))
    by_id = {value.key: value for value in values if isinstance(value, kind)}
    if decision.verdict != "merge" or first not in by_id or second not in by_id:
        return values
    both = MERGERS[kind](by_id[first], by_id[second], decision)
    done: list[Across] = []
    for value in values:
        if value is by_id[first]:
            done.append(both)
        elif isinstance(value, Naming) and kind is Entity and value.entity == second:
            done.append(replace(value, entity=first))
        elif value is not by_id[second]:
            done.append(value)
    return done


def _one_entity(one: Entity, other: Entity, decision: Decision) -> Entity:
    counts: dict[str, dict[str, int]] = {}
    for name in (*one.names, *other.names):
        for outlet, count in name.counts.items():
            of_name = counts.setdefault(name.text, {})
            of_name[outlet] = of_name.get(outlet, 0) + count
    known = {
        field: getattr(one, field) if getattr(one, field) is not None else getattr(other, field)
        for field in ("name_en", "wikidata")
    }
    located = one if one.lat is not None else other
    return replace(
        one,
        **known,
        names=tuple(Name(text=text, counts=by_outlet) for text, by_outlet in counts.items()),
        lat=located.lat,
        lon=located.lon,
        precision=located.precision,
        reasons=(*one.reasons, *other.reasons, _reason(decision)),
    )


def _one_claim(one: Claim, other: Claim, decision: Decision) -> Claim:
    places = {(m.doc, m.start, m.end): number for number, m in enumerate(one.members)}
    members, moved = list(one.members), []
    for member in other.members:
        place = (member.doc, member.start, member.end)
        if place not in places:
            places[place] = len(members)
            members.append(member)
        moved.append(places[place])
    origins = {origin.id: origin for origin in one.origins}
    taken = {number for origin in one.origins for number in origin.members}
    for origin in other.origins:
        numbers = tuple(number for k in origin.members if (number := moved[k]) not in taken)
        known = origins.get(origin.id)
        links = relinked(origin, {k: moved[k] for k in origin.members if moved[k] in numbers})
        if known:
            joint = tuple(sorted((*known.members, *numbers)))
            reasons = (*known.reasons, *origin.reasons)
            origins[origin.id] = replace(known, members=joint, reasons=reasons, links=(*known.links, *links))
        elif numbers:
            origins[origin.id] = replace(origin, members=numbers, links=links)
    both = replace(
        one,
        members=tuple(members),
        documents=len({member.doc for member in members}),
        about=tuple(dict.fromkeys((*one.about, *other.about))),
        when=one.when or other.when,
        where=one.where or other.where,
    )
    return with_origins(both, list(origins.values()))


def _one_event(one: Event, other: Event, decision: Decision) -> Event:
    return replace(
        one,
        edtf=one.edtf or other.edtf,
        earliest=min((d for d in (one.earliest, other.earliest) if d), default=None),
        latest=max((d for d in (one.latest, other.latest) if d), default=None),
        place=one.place or other.place,
        participants=tuple(dict.fromkeys((*one.participants, *other.participants))),
        members=tuple(dict.fromkeys((*one.members, *other.members))),
    )


MERGERS: dict[type[Across], Any] = {Entity: _one_entity, Claim: _one_claim, Event: _one_event}


# --- the origins of a claim ------------------------------------------------------------------------------------------


def _origin(values: list[Across], decision: Decision) -> list[Across]:
    """Splits, joins or renames the origins of one claim."""
    claim, _, ids = _id(decision).partition("/")
    done: list[Across] = []
    for value in values:
        if isinstance(value, Claim) and value.id == claim:
            origins = list(value.origins)
            if decision.verdict == "merge":
                origins = joined(origins, *ids.split("+"))
            elif decision.verdict == "split":
                origins = [part for o in origins for part in (parted(value, o) if o.id == ids else [o])]
            elif decision.verdict == "rename":
                origins = [replace(o, label=decision.note or o.label) if o.id == ids else o for o in origins]
            value = with_origins(value, origins)
        done.append(value)
    return done


def with_origins(claim: Claim, origins: Sequence[Origin]) -> Claim:
    """A claim with other origins, which its members name."""
    of_member = {number: origin.id for origin in origins for number in origin.members}
    members = tuple(replace(m, origin=of_member.get(number, m.origin)) for number, m in enumerate(claim.members))
    return replace(claim, members=members, origins=tuple(origins))


def parted(claim: Claim, origin: Origin) -> list[Origin]:
    """An origin in as many as there are documents in it: the most that they can be."""
    by_doc: dict[str, list[int]] = {}
    for number in origin.members:
        by_doc.setdefault(claim.members[number].doc, []).append(number)
    return [
        replace(
            origin,
            id=f"{origin.id}~{document_key(doc)}",
            members=tuple(numbers),
            reasons=(),
            links=relinked(origin, {number: number for number in numbers}),
        )
        for doc, numbers in by_doc.items()
    ]


def relinked(origin: Origin, numbers: Mapping[int, int]) -> tuple[tuple[int, int, str], ...]:
    """The links of an origin between those of its members that stay, by their new numbers."""
    return tuple(
        (numbers[one], numbers[other], kind) for one, other, kind in origin.links if one in numbers and other in numbers
    )


def joined(origins: list[Origin], one: str, other: str) -> list[Origin]:
    """Two origins as one, under the id of the first."""
    first = next((o for o in origins if o.id == one), None)
    second = next((o for o in origins if o.id == other), None)
    if first is None or second is None or first is second:
        return origins
    both = replace(
        first,
        label=f"{first.label} + {second.label}",
        members=tuple(sorted((*first.members, *second.members))),
        reasons=(*first.reasons, *second.reasons, Reason(kind="analyst", detail=second.label, weight=1.0)),
        links=(*first.links, *second.links),
    )
    return [both if o is first else o for o in origins if o is not second]


def split_claim(claim: Claim) -> list[Claim]:
    """A claim in as many as there are documents in it."""
    parts = []
    for doc in dict.fromkeys(member.doc for member in claim.members):
        chosen = [number for number, member in enumerate(claim.members) if member.doc == doc]
        renumbered = {number: place for place, number in enumerate(chosen)}
        origins = []
        for origin in claim.origins:
            numbers = tuple(renumbered[number] for number in origin.members if number in renumbered)
            if numbers:
                links = relinked(origin, renumbered)
                origins.append(replace(origin, members=numbers, reasons=(), links=links))
        members = tuple(claim.members[number] for number in chosen)
        id = f"{claim.id}~{document_key(doc)}"
        parts.append(replace(claim, id=id, members=members, documents=1, origins=tuple(origins)))
    return parts


APPLY = {
    **dict.fromkeys(("entity", "alignment", "claim", "conflict", "event"), _plain),
    **dict.fromkeys(("entities", "claims", "events"), _merge),
    **dict.fromkeys(("origin", "origins"), _origin),
    "mention": _mention,
    "attribution": _same,
    "copy": _copy,
}
"""What a decision on each kind of subject does."""
