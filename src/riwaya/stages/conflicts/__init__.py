"""The conflicts stage: where accounts of one event cannot both be right.

A conflict needs one event, one attribute and values that exclude one another. Claims are compared when they share a
predicate and somebody or some place in the same month (`pairs.py`); each kind of conflict is a function that answers
with the sides or with nothing (`kinds.py`). What differs because the event, the thing counted or the hour differs is
no conflict. See docs/method/claims.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from riwaya.model import Alignment, Claim, Conflict, Entity, Quantity, Timex
from riwaya.stage import Corpus, Reading, across
from riwaya.stages.conflicts.accounts import rivals
from riwaya.stages.conflicts.evidence import Evidence
from riwaya.stages.conflicts.facts import Fact, Held, Scenes, Telling
from riwaya.stages.conflicts.kinds import Known, account, between, within
from riwaya.stages.conflicts.knowledge import aspects, states, tolls
from riwaya.stages.conflicts.pairs import Copied, pairs

__all__ = ["conflicts"]


@across(needs=(Claim, Alignment, Timex, Quantity, Entity), gives=(Conflict,), version=5)
def conflicts(corpus: Corpus) -> Iterator[Conflict]:
    """The conflicts of the case, those inside a claim first."""
    tellings = {doc: Telling(published, outlet) for doc, published, outlet in corpus.over(telling)}
    held: Held = {}
    moves = tolls(corpus.lang)
    scenes, again = Scenes(), set[str]()
    about: dict[str, list[str]] = {}
    facts = []
    for claim in corpus.across(Claim):  # once: a case has hundreds of thousands
        scenes.count(claim)
        again |= {m.doc for m in claim.members if m.gist.again}
        facts.append(Fact(claim, tellings, about, moves.akin, held, again))
    about |= scenes.settings()
    facts.sort(key=lambda fact: fact.claim.id)
    copied = Copied(corpus.across(Alignment))
    names = {entity.entity: entity.name for entity in corpus.across(Entity)}
    known = Known(moves, copied, Evidence(facts, tellings, about), names)
    seen: set[str] = set()
    for fact in facts:
        for found in within(fact, known):
            if found.id not in seen:
                seen.add(found.id)
                yield found
    if not known.evidence.is_crowded:
        for some in rivals(facts, aspects(corpus.lang), moves.akin, states(corpus.lang)):
            if (told := account(some, known)).id not in seen:
                seen.add(told.id)
                yield told
    for a, b in pairs(facts, copied, known.evidence):
        for found in between(a, b, known):
            if found.id not in seen:
                seen.add(found.id)
                yield found


def telling(reading: Reading, _: Sequence[Any] = ()) -> tuple[str, str | None, str | None]:
    """A document, when it was published, and by whom."""
    return reading.doc.id, reading.doc.published, reading.doc.outlet
