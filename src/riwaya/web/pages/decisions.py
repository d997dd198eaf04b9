"""What waits for a person's decision, ordered by what it could change, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from riwaya.case.queries import Slip
from riwaya.model import Decision
from riwaya.web.claims import Brief, briefs, judged_claim, plain_claim
from riwaya.web.desk import Desk
from riwaya.web.graph import graph
from riwaya.web.pages.conflicts import Brief as ConflictBrief
from riwaya.web.pages.conflicts import _briefs as conflict_briefs
from riwaya.web.pages.page import Number, Page, Part, part, slips
from riwaya.web.verdicts import copy_subject, history, origin_subject, verdicts

SIZE = 10
PAST = 30


class Asked(Struct, frozen=True, kw_only=True):
    kind: Literal["origin", "copy", "conflict"] | None = None
    part: Number = 1


class Task(Struct, frozen=True, kw_only=True):
    """A finding that a person should look at; `weight` is what it could change."""

    subject: str
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
    """A decision, what it changed, and whether it still stands."""

    verdict: Decision
    stands: bool
    claim: str | None
    statement: str | None
    before: int | None
    after: int | None


class Decisions(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    tasks: list[Task]
    done: list[Done]


def answer(desk: Desk, asked: Asked) -> Decisions:
    decided = verdicts(desk)
    waiting = [t for t in tasks(desk, asked.kind) if t[1] not in decided]
    waiting.sort(key=lambda t: (-t[0], t[1]))
    start = (asked.part - 1) * SIZE
    return Decisions(
        asked=asked,
        part=part(asked.part, SIZE, len(waiting)),
        tasks=[detail(desk, weight, subject, item) for weight, subject, item in waiting[start : start + SIZE]],
        done=[done(desk, verdict, decided) for verdict in reversed(history(desk)[-PAST:])],
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


def detail(desk: Desk, weight: float, subject: str, item: Item) -> Task:
    kind = subject.partition("/")[0]
    if isinstance(item, ConflictBrief):
        values = [side.value for side in item.sides]
        return Task(subject=subject, kind=kind, weight=weight, conflict=item.id, values=values, severity=item.severity)
    if isinstance(item[0], Brief):
        brief, number = item[0], int(item[1])
        origin = brief.origins[number]
        docs = list(dict.fromkeys(brief.members[n].doc for n in origin.members))
        named = slips(desk, docs)
        return Task(
            subject=subject,
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
        kind=kind,
        weight=weight,
        documents=[named[older], named[newer]],
        share=float(item[2]) if len(item) == 3 else None,
    )


def done(desk: Desk, verdict: Decision, decided: dict[str, Decision]) -> Done:
    kind, _, rest = verdict.subject.partition("/")
    claim = rest.partition("/")[0] if kind in ("origin", "origins") else None
    standing = decided.get(verdict.subject)
    stands = standing is not None and standing.id == verdict.id
    if claim is None or claim not in {brief.id for brief in briefs(desk)}:
        return Done(verdict=verdict, stands=stands, claim=None, statement=None, before=None, after=None)
    plain = plain_claim(desk, claim)
    only = {verdict.subject: verdict} if verdict.verdict != "undo" else {}
    return Done(
        verdict=verdict,
        stands=stands,
        claim=claim,
        statement=plain.statement,
        before=len(plain.origins),
        after=len(judged_claim(desk, claim, only).origins),
    )


page = Page(name="decisions", path="/decisions", answer=answer)
