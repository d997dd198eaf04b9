"""What waits for a person's decision, ordered by what it could change, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from riwaya.case import queries
from riwaya.case.queries import Slip
from riwaya.model import Claim, Conflict, Entity, Event
from riwaya.web.claims import Brief, briefs
from riwaya.web.desk import Desk
from riwaya.web.graph import graph
from riwaya.web.pages.conflicts import Brief as ConflictBrief
from riwaya.web.pages.conflicts import _briefs as conflict_briefs
from riwaya.web.pages.page import Number, Page, Part, part, slips
from riwaya.web.verdicts import Ask, Made, Verdicts, copy_subject, made, origin_subject

SIZE = 10
PAST = 30


class Asked(Struct, frozen=True, kw_only=True):
    kind: Literal["origin", "copy", "conflict"] | None = None
    part: Number = 1


class Task(Struct, frozen=True, kw_only=True):
    """A finding that a person should look at; `weight` is what it could change."""

    subject: str
    ask: Ask
    kind: str
    weight: float
    statement: str | None = None
    claim: str | None = None
    origin: str | None = None
    documents: list[Slip] = []
    before: int | None = None
    after: int | None = None
    """Origins of the claim now, and if the origin were split."""
    share: float | None = None
    values: list[str] = []
    conflict: str | None = None
    severity: str | None = None


class Done(Struct, frozen=True, kw_only=True):
    """A decision, what it changed, and what it is about."""

    made: Made
    page: str | None
    """The name of the page that shows its subject, with what its address needs."""
    values: dict[str, str]
    label: str | None


class Decisions(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    tasks: list[Task]
    done: list[Done]


def answer(desk: Desk, asked: Asked) -> Decisions:
    said = Verdicts(desk)
    waiting = [t for t in tasks(desk, asked.kind) if t[1] not in said.by_subject]
    waiting.sort(key=lambda t: (-t[0], t[1]))
    start = (asked.part - 1) * SIZE
    return Decisions(
        asked=asked,
        part=part(asked.part, SIZE, len(waiting)),
        tasks=[detail(desk, weight, subject, item, said) for weight, subject, item in waiting[start : start + SIZE]],
        done=[done(desk, one) for one in made(desk, most=PAST)],
    )


Item = tuple[Brief, int] | tuple[str, str, float] | ConflictBrief


def tasks(desk: Desk, kind: str | None) -> Iterator[tuple[float, str, Item]]:
    """Everything that can be decided: its weight, its subject, and what it is made from.

    Splitting an origin of five documents changes a count by four; a hard conflict weighs as much as three documents, a
    copy as much as its share of a document.
    """
    if kind in (None, "origin"):
        for brief in briefs(desk):
            for number, origin in enumerate(brief.origins):
                docs = {brief.members[n].doc for n in origin.members}
                if len(docs) > 1 and "~" not in origin.id:
                    yield len(docs) - 1.0, origin_subject(brief.id, origin.id), (brief, number)
    if kind in (None, "conflict"):
        for conflict in desk.keep("conflicts", conflict_briefs):
            yield (3.0 if conflict.severity == "hard" else 0.5), f"conflict/{conflict.id}", conflict
    if kind in (None, "copy"):
        for edge in graph(desk).edges:
            doubt = 1.0 - edge.confidence
            yield edge.share * (0.5 + doubt), copy_subject(edge.older, edge.newer), (edge.older, edge.newer, edge.share)


def detail(desk: Desk, weight: float, subject: str, item: Item, said: Verdicts) -> Task:
    kind, ask = subject.partition("/")[0], said.ask(subject)
    if isinstance(item, ConflictBrief):
        values = [side.value for side in item.sides]
        return Task(
            subject=subject, ask=ask, kind=kind, weight=weight, conflict=item.id, values=values, severity=item.severity
        )
    if isinstance(item[0], Brief):
        brief, number = item[0], int(item[1])
        origin = brief.origins[number]
        docs = list(dict.fromkeys(brief.members[n].doc for n in origin.members))
        named = slips(desk, docs)
        return Task(
            subject=subject,
            ask=ask,
            kind=kind,
            weight=weight,
            statement=brief.statement,
            claim=brief.id,
            origin=origin.label,
            documents=[named[doc] for doc in docs],
            before=len(brief.origins),
            after=len(brief.origins) + len(docs) - 1,
        )
    older, newer = item[0], str(item[1])
    named = slips(desk, [older, newer])
    return Task(
        subject=subject,
        ask=ask,
        kind=kind,
        weight=weight,
        documents=[named[older], named[newer]],
        share=float(item[2]) if len(item) == 3 else None,
    )


def done(desk: Desk, made: Made) -> Done:
    name, values, label = about(desk, made.decision.subject)
    return Done(made=made, page=name, values=values, label=label)


def about(desk: Desk, subject: str) -> tuple[str | None, dict[str, str], str | None]:
    """Where a subject is shown, and by what name people know it."""
    kind, _, rest = subject.partition("/")
    case = desk.case
    if kind in ("claim", "claims", "origin", "origins"):
        id = rest.partition("/")[0].partition("+")[0]
        return next((("claim", {"id": id}, c.statement) for c in case.across_one(Claim, id)), NOWHERE)
    if kind in ("entity", "entities"):
        ids = rest.split("+")
        found = [e for id in ids for e in case.across_one(Entity, id)]
        label = " + ".join(e.name for e in found)
        return ("names", {"entity": ids[0]}, label) if found and found[0].entity == ids[0] else NOWHERE
    if kind in ("event", "events"):
        label = " + ".join(e.label for id in rest.split("+") for e in case.across_one(Event, id))
        return ("timeline", {}, label) if label else NOWHERE
    if kind == "conflict":
        found_in = case.across_one(Conflict, rest)
        return next((("conflicts", {"at": rest}, " ≠ ".join(s.value for s in c.sides)) for c in found_in), NOWHERE)
    keys = rest.split("/") if kind == "copy" else [rest.partition("-")[2].partition("-")[0]]
    named = [slip for key in keys if (slip := queries.slip_of_key(case, key))]
    label = " · ".join(slip.title or slip.id for slip in named)
    if kind == "copy" and len(named) == len(keys) == 2:
        return "compare", {"left": keys[0], "right": keys[1]}, label
    if kind in ("mention", "attribution") and named:
        return "reading", {"key": keys[0], "finding": rest, "at": rest}, label
    return NOWHERE


NOWHERE: tuple[None, dict[str, str], None] = (None, {}, None)


page = Page(name="decisions", path="/decisions", answer=answer)
