"""The events stage: what happened when, for the timeline, with the accounts that support each date.

Claims of one predicate, about the same place or people, on days that meet are one event; a date is what the members
say, as uncertain as they say it. A claim without a date of its own joins no event: when it was told is not when it
happened. See docs/method/claims.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct

from riwaya.edtf import bounds
from riwaya.model import Claim, Conflict, Entity, Event, Passage, Timex
from riwaya.stage import Corpus, across

__all__ = ["events"]

day_to_day = lru_cache(1 << 16)(bounds)
WIDEST = 366
"""A date wider than a year places nothing on a timeline."""


class Gist(Struct, frozen=True, gc=False):
    """What is needed here of what a statement says; of a member of a claim; and of a claim."""

    predicates: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    echo: bool = False


class Member(Struct, frozen=True, gc=False):
    doc: str
    start: int
    end: int
    gist: Gist


class Said(Struct, frozen=True, gc=False):
    id: str
    statement: str
    members: tuple[Member, ...]


class Dated:
    """A claim on one of its dates."""

    def __init__(self, claim: Said, edtf: str, first: date, last: date) -> None:
        self.claim, self.edtf, self.first, self.last = claim, edtf, first, last
        gists = [m.gist for m in claim.members if edtf in m.gist.when]
        self.predicates = frozenset(p for g in gists for p in g.predicates)
        self.names = frozenset(n for g in gists for n in (*g.places, *g.actors))
        self.places = Counter(p for g in gists for p in g.places)
        self.members = tuple(m for m in claim.members if edtf in m.gist.when)


@across(needs=(Claim, Conflict, Timex, Entity), gives=(Event,), version=2)
def events(corpus: Corpus) -> Iterator[Event]:
    """The events of the case in order of time."""
    dated = [found for claim in corpus.across_as(Said, Claim, filled="when") for found in _dated(claim)]
    dated.sort(key=lambda d: (d.last - d.first, d.first, d.claim.id))
    groups: list[list[Dated]] = []
    by_key: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for one in dated:
        at = next((n for n in _near(one, by_key) if _fits(one, groups[n])), None)
        if at is None:
            at = len(groups)
            groups.append([])
        groups[at].append(one)
        for key in _keys(one):
            if at not in by_key[key][-1:]:
                by_key[key].append(at)
    made = [_event(group) for group in groups]
    yield from sorted(made, key=lambda e: (e.earliest or "", e.latest or "", e.id))


def _dated(claim: Said) -> Iterator[Dated]:
    """A claim once for every date that its own words give; a title's only where the text says nothing of it."""
    body = [member for member in claim.members if not member.gist.echo] or claim.members
    for edtf in sorted({when for member in body for when in member.gist.when}):
        first, last = day_to_day(edtf)
        if first is not None and last is not None and (last - first).days <= WIDEST:
            found = Dated(claim, edtf, first, last)
            if found.predicates:
                yield found


def _keys(one: Dated) -> Iterator[tuple[str, str, str]]:
    """By month, predicate and name; a claim without a name is told by itself."""
    months = {one.first.isoformat()[:7], one.last.isoformat()[:7]}
    for month in sorted(months):
        for predicate in sorted(one.predicates):
            for name in sorted(one.names) or [one.claim.id]:
                yield month, predicate, name


def _near(one: Dated, by_key: dict[tuple[str, str, str], list[int]]) -> list[int]:
    return sorted({n for key in _keys(one) for n in by_key.get(key, ())})


def _fits(one: Dated, group: Sequence[Dated]) -> bool:
    """Does a claim share predicate, name and day with the most precise member of the event?"""
    head = group[0]
    together = one.first <= head.last and head.first <= one.last
    alike = one.names & head.names or one.claim.id == head.claim.id
    return together and bool(alike) and bool(one.predicates & head.predicates)


def _event(group: Sequence[Dated]) -> Event:
    head = group[0]
    members = sorted({(m.doc, m.start, m.end) for one in group for m in one.members})
    places = Counter(p for one in group for p in one.places.elements())
    names = Counter(n for one in group for n in one.names - set(places))
    told = sorted({one.edtf for one in group})
    basis = f"stated in {len({m[0] for m in members})} documents as {', '.join(told)}"
    digest = blake2b("\n".join(f"{d}:{s}-{e}" for d, s, e in members).encode(), digest_size=6).hexdigest()
    return Event(
        id="E-" + digest,
        label=max(group, key=lambda one: (len(one.claim.members), one.claim.id)).claim.statement,
        edtf=head.edtf,
        earliest=min(one.first for one in group if one.edtf == head.edtf).isoformat(),
        latest=max(one.last for one in group if one.edtf == head.edtf).isoformat(),
        basis=basis,
        place=min(places, key=lambda p: (-places[p], p)) if places else None,
        participants=tuple(sorted(n for n, count in names.items() if 2 * count >= len(group))),
        members=tuple(Passage(doc=d, start=s, end=e) for d, s, e in members),
    )
