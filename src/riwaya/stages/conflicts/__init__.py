"""The conflicts stage: where accounts of one event cannot both be right.

A conflict needs one event, one attribute and values that exclude one another. Claims are compared when they share a
predicate and somebody or some place in the same month (`pairs.py`); each kind of conflict is a function that answers
with the sides or with nothing (`kinds.py`). What differs because the event, the thing counted or the hour differs is
no conflict. See docs/method/claims.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from riwaya.model import Alignment, Claim, Conflict, Entity, Quantity, Timex
from riwaya.stage import Corpus, Reading, across
from riwaya.stages.conflicts.accounts import rivals
from riwaya.stages.conflicts.counts import Counts
from riwaya.stages.conflicts.evidence import Evidence
from riwaya.stages.conflicts.facts import Telling
from riwaya.stages.conflicts.kinds import Known, Names, account, between, within
from riwaya.stages.conflicts.knowledge import aspects, states, tolls
from riwaya.stages.conflicts.pairs import Copied, pairs
from riwaya.stages.conflicts.shelf import Facts
from riwaya.stages.conflicts.silence import Quiet, Silence
from riwaya.stages.conflicts.sketches import Sketches, drawn

__all__ = ["conflicts"]


@across(needs=(Claim, Alignment, Timex, Quantity, Entity), gives=(Conflict,), version=18)
def conflicts(corpus: Corpus) -> Iterator[Conflict]:
    """The conflicts of the case, those inside a claim first."""
    tellings = {doc: Telling(published, outlet) for doc, published, outlet in corpus.over(telling)}
    moves = tolls(corpus.lang)
    said = Sketches(drawn(corpus, moves.akin))
    facts = Facts(corpus, said, tellings, moves.akin)
    copied = Copied(corpus.across(Alignment))
    known = Known(moves, Counts(said.counted), copied, Evidence(said, tellings), Names(corpus))
    silence = Silence(corpus.noted(Quiet), said, tellings, known)
    seen: set[str] = set()
    several = np.flatnonzero(said.several & (known.evidence.sums >= known.evidence.needed))
    digests = silence.of_single(several)
    unknown = silence.unknown(digests)
    inside = [list(within(fact, known)) for fact in facts.fetch(several[unknown].tolist())]
    silence.keep(digests[unknown], [not found for found in inside])
    for found in (one for some in inside for one in some):
        if found.id not in seen:
            seen.add(found.id)
            yield found
    if not known.evidence.is_crowded:
        for some in rivals(list(facts.accounts()), aspects(corpus.lang), moves.akin, states(corpus.lang)):
            if (told := account(some, known)).id not in seen:
                seen.add(told.id)
                yield told
    for a, b in pairs(said, facts, copied, known.evidence, silence):
        for found in between(a, b, known):
            if found.id not in seen:
                seen.add(found.id)
                yield found
    corpus.note(silence.quiet)


def telling(reading: Reading, _: Sequence[Any] = ()) -> tuple[str, str | None, str | None]:
    """A document, when it was published, and by whom."""
    return reading.doc.id, reading.doc.published, reading.doc.outlet
