"""What waits for a person's decision, ordered by what it could change, and what was decided."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from riwaya.case import briefs, queries
from riwaya.case.briefs import Question
from riwaya.case.queries import Slip
from riwaya.model import Alignment, Claim, Conflict, Entity, Event
from riwaya.web.claims import claims_now
from riwaya.web.desk import Desk
from riwaya.web.pages.page import Number, Page, Part, part, slips
from riwaya.web.verdicts import Ask, Made, Verdicts, made

SIZE = 10
PAST = 30


class Asked(Struct, frozen=True, kw_only=True):
    kind: Literal["origin", "copy", "alignment", "conflict", "entities"] | None = None
    part: Number = 1


class Task(Struct, frozen=True, kw_only=True):
    """A finding that a person should look at."""

    subject: str
    ask: Ask
    kind: str
    touches: int
    """What hangs on it; see `riwaya.case.briefs.Question`."""
    statement: str | None = None
    claim: str | None = None
    origin: str | None = None
    documents: list[Slip] = []
    before: int | None = None
    after: int | None = None
    """Origins of the claim now, and if the origin were split."""
    share: float | None = None
    names: list[tuple[str, str]] = []
    """Ids and names that may be one."""
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
    start = (asked.part - 1) * SIZE
    name = f"questions/{asked.kind}" if asked.kind else "questions"
    waiting = briefs.part(desk.case, name, Question, SIZE, start, without=said.by_subject)
    decided = briefs.ranks(desk.case, name, said.by_subject)
    return Decisions(
        asked=asked,
        part=part(asked.part, SIZE, briefs.total(desk.case, name) - len(decided)),
        tasks=[task for subject, q in waiting if (task := detail(desk, subject, q, said))],
        done=[done(desk, one) for one in made(desk, most=PAST)],
    )


def detail(desk: Desk, subject: str, question: Question, said: Verdicts) -> Task | None:
    """A question with what a person must see to answer it; None where a decision has taken its subject away."""
    kind, _, rest = subject.partition("/")
    task = Task(subject=subject, ask=said.ask(subject), kind=kind, touches=question.touches)
    replace = msgspec.structs.replace
    if kind == "origin":
        id, _, number = rest.partition("/")
        claim = next(iter(claims_now(desk, [id])), None)
        origin = next((o for o in claim.origins if o.id == number), None) if claim else None
        if claim is None or origin is None:
            return None
        docs = list(dict.fromkeys(claim.members[n].doc for n in origin.members))
        named = slips(desk, docs)
        return replace(
            task,
            statement=claim.statement,
            claim=claim.id,
            origin=origin.label,
            documents=[named[doc] for doc in docs],
            before=len(claim.origins),
            after=len(claim.origins) + len(docs) - 1,
        )
    if kind == "conflict":
        for conflict in desk.case.across_one(Conflict, rest):
            values = [side.value for side in conflict.sides]
            return replace(task, conflict=rest, values=values, severity=conflict.severity)
    if kind == "entities":
        found = [e for id in rest.split("+") for e in desk.case.across_one(Entity, id)]
        return replace(task, names=[(e.entity, e.name) for e in found], before=2, after=1) if len(found) == 2 else None
    if kind == "alignment":
        for a in desk.case.across_one(Alignment, rest):
            named = slips(desk, [a.left.doc, a.right.doc])
            return replace(task, documents=[named[a.left.doc], named[a.right.doc]])
    if kind == "copy":
        both = [slip for key in rest.split("/") if (slip := queries.slip_of_key(desk.case, key))]
        return replace(task, documents=both, share=question.share) if len(both) == 2 else None
    return None


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
