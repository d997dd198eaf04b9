"""A claim as one fact that can stand against another: its members' predicates, numbers, days, people and places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from sys import intern

from msgspec.structs import replace

from riwaya.edtf import bounds
from riwaya.model import Amount, Claim, Gist, Member

Days = tuple[int, int]
Tellers = frozenset[tuple[bool, str]]


BACK = 60
"""Days before the telling from which a date is that of an earlier event, told as background."""


class Telling:
    """When and by whom a document was published."""

    def __init__(self, published: str | None, outlet: str | None) -> None:
        self.published, self.outlet = published or "", outlet or ""

    @cached_property
    def days(self) -> Days | None:
        return interval(self.published) if self.published else None


class Said:
    """What the members of a claim say in common: enough to tell with which others it could be in conflict."""

    def __init__(self, claim: Claim, akin: Mapping[str, str]) -> None:
        self.gists = gists = [member.gist for member in claim.members]
        self.docs = frozenset([member.doc for member in claim.members])
        self.predicates = most(gists, "predicates")
        self.families = frozenset([akin.get(name, name) for name in self.predicates])
        """Its predicates, those that tell one happening from two sides under one name."""
        self.actors = most([m.gist for m in claim.members if m.stance != "denies"] or gists, "actors")
        self.places = most(gists, "places")
        self.effect = most(gists, "effect")
        self.terms = most(gists, "terms")
        self.numbers = tuple(dict.fromkeys([n for g in gists for n in g.numbers]))
        body = [g for g in gists if not g.echo] or gists  # «تقرير حذر منها منذ يناير» in a title dates the warning
        self.when = tuple([days for g in body for text in g.when if (days := interval(text))])
        self.around = tuple([days for g in gists for text in g.around if (days := interval(text))])
        self.is_dated = 2 * sum([bool(g.when) for g in gists]) >= len(gists)
        """Does at least every second member give a date of its own?"""


class Fact(Said):
    """A claim as it is held against another."""

    def __init__(
        self,
        claim: Claim,
        tellings: Mapping[str, Telling],
        settings: Mapping[str, Sequence[str]],
        akin: Mapping[str, str],
        again: Collection[str] = (),
    ) -> None:
        super().__init__(claim, akin)
        self.claim, self.tellings, self.settings = slim(claim), tellings, settings
        self.tellers = tellers(claim)
        """Everybody on whose word it stands, outlets and agencies apart where somebody else speaks."""
        gists = self.gists
        self.denied = frozenset(name for gist in gists for name in gist.denied)
        self.echo = all(gist.echo for gist in gists)
        self.reported = any(gist.reported for gist in gists)
        self.because = any(gist.because for gist in gists)
        self.purpose = any(gist.purpose for gist in gists)
        self.main = frozenset(gist.main for gist in gists if gist.main)
        self.oblique = all(gist.oblique for gist in gists)
        self.dated = frozenset(words for gist in gists for words in gist.dated)
        """Its own dates as they are written."""
        self.part = any(gist.part for gist in gists)
        self.negated = any(gist.negated for gist in gists)
        self.aspects = frozenset(name for gist in gists for name in gist.aspects)
        """How any member tells what happened."""
        self._again = again
        self.words = frozenset(term for gist in gists for term in gist.terms) if len(gists) > 1 else self.terms
        del self.gists  # a claim is kept slim

    @property
    def again(self) -> bool:
        """Do its documents say that what they tell of had happened before?"""
        return not self.docs.isdisjoint(self._again)

    @property
    def scenery(self) -> list[str]:
        """The places that its documents are mostly about, the first most."""
        return list(dict.fromkeys(place for doc in sorted(self.docs) for place in self.settings.get(doc, ())))

    @cached_property
    def scene(self) -> frozenset[str]:
        """The places that its documents are mostly about."""
        return frozenset(place for doc in self.docs for place in self.settings.get(doc, ()))

    @property
    def where(self) -> frozenset[str]:
        """Its places, else the first of its scene."""
        return self.places or frozenset(place for doc in self.docs for place in self.settings.get(doc, ())[:1])

    @property
    def tokens(self) -> Iterator[str]:
        """Its names and words: what tells one event from another."""
        yield from self.actors
        yield from self.places
        yield from self.terms

    def shared(self, other: Fact) -> Iterator[str]:
        """The names and words of both; no set of all of them is kept, since a case has hundreds of thousands."""
        yield from self.actors & other.actors
        yield from self.places & other.places
        yield from self.terms & other.terms

    @cached_property
    def days(self) -> tuple[Days, ...]:
        """Its own days; else those on which it was told, and those of its sentences; a date far back stands alone."""
        if self.is_dated:
            return self.when
        back = gap(self.around, self.told_on)
        return self.around if back is not None and back > BACK else (*self.when, *self.around, *self.told_on)

    @cached_property
    def told_on(self) -> tuple[Days, ...]:
        """The days of publication of its documents, as far as they are known."""
        found = (t.days for doc in sorted(self.docs) if (t := self.tellings.get(doc)) is not None)
        return tuple(days for days in found if days is not None)

    @cached_property
    def told(self) -> tuple[str, str] | None:
        """The first and last time of publication, as EDTF; None when one is not known."""
        times = sorted(self.tellings[m.doc].published for m in self.claim.members if m.doc in self.tellings)
        return (times[0], times[-1]) if times and times[0] else None

    @cached_property
    def origins(self) -> tuple[str, ...]:
        return tuple(origin.label for origin in self.claim.origins)


def sides(claim: Claim) -> list[Claim]:
    """A claim, or where some deny what others affirm two: each tells how it happened in its own way."""
    denied = [m for m in claim.members if m.stance == "denies"]
    if not denied or len(denied) == len(claim.members):
        return [claim]
    return [_part(claim, denied), _part(claim, [m for m in claim.members if m.stance != "denies"])]


def _part(claim: Claim, members: Sequence[Member]) -> Claim:
    told = {m.origin for m in members}
    return replace(claim, members=tuple(members), origins=tuple(o for o in claim.origins if o.id in told))


def slim(claim: Claim) -> Claim:
    """A claim without what is no part of a conflict, its words held once: a case has hundreds of thousands."""
    return replace(
        claim,
        members=tuple(replace(m, doc=intern(m.doc), chain=(), gist=shared(m.gist)) for m in claim.members),
        origins=tuple(replace(o, label=intern(o.label), reasons=(), links=()) for o in claim.origins),
    )


def shared(gist: Gist) -> Gist:
    """What is said of a member alone; the rest stands in the fact."""
    kept = {
        name: tuple(map(intern, getattr(gist, name)))
        for name in ("predicates", "terms", "when", "denied", "actors", "places")
    }
    return replace(gist, around=(), effect=(), **kept)


PAPERS = "document"


def tellers(claim: Claim) -> Tellers:
    """The innermost speakers and the origins of a claim, each with whether it is a paper: «تقرير رفع إلى الوزارة» is
    not the ministry."""
    passing = ("outlet", "agency")
    hops = {(hop.kind == PAPERS, intern(hop.name)) for m in claim.members for hop in m.chain if hop.kind not in passing}
    return frozenset({*hops, *((origin.kind == PAPERS, intern(origin.label)) for origin in claim.origins)})


SCENE = 3


def settings(named: Iterable[tuple[tuple[str, str], int]]) -> dict[str, list[str]]:
    """For every document the few places that most of its statements name, the first most; given is how often it names
    each."""
    counts: dict[str, dict[str, int]] = {}
    for (doc, place), times in named:
        counts.setdefault(doc, {})[place] = times
    return {doc: sorted(named, key=lambda p: (-named[p], p))[:SCENE] for doc, named in counts.items()}


def most(gists: Sequence[Gist], field: str) -> frozenset[str]:
    """The values that at least half of the gists have."""
    if len(gists) == 1:
        return frozenset(getattr(gists[0], field))
    counts: dict[str, int] = {}
    for gist in gists:
        for value in getattr(gist, field):
            counts[value] = counts.get(value, 0) + 1
    return frozenset([value for value, count in counts.items() if 2 * count >= len(gists)])


@lru_cache(maxsize=10_000)
def interval(edtf: str) -> Days | None:
    """The first and last day of an EDTF value as ordinals; an open end is that of the other.

    >>> interval("2016-03")
    (736024, 736054)
    """
    first, last = bounds(edtf)
    if first is None and last is None:
        return None
    return (first or last or date.min).toordinal(), (last or first or date.max).toordinal()


def gap(a: Iterable[Days], b: Sequence[Days]) -> int | None:
    """The days between the nearest two of two sets of intervals; None when one is empty."""
    return min((max(0, y[0] - x[1], x[0] - y[1]) for x in a for y in b), default=None)


def one_teller(a: Fact, b: Fact) -> bool:
    """Do two facts stand on the word of one teller, perhaps in a shorter name of two words or more?"""
    names_a, names_b = ([(paper, frozenset(name.split())) for paper, name in sorted(f.tellers)] for f in (a, b))
    return any(
        p == q and (x == y or (min(len(x), len(y)) > 1 and (x <= y or y <= x))) for p, x in names_a for q, y in names_b
    )


def meet(x: Amount, y: Amount) -> bool:
    """Can both be right?"""
    low = max(x.low if x.low is not None else float("-inf"), y.low if y.low is not None else float("-inf"))
    high = min(x.high if x.high is not None else float("inf"), y.high if y.high is not None else float("inf"))
    return low <= high


def shown(amount: Amount) -> str:
    """A number for people: «≥ 220», «230»."""
    if amount.low is not None and amount.low == amount.high:
        return f"{amount.low:g}"
    if amount.high is None and amount.low is not None:
        return f"≥ {amount.low:g}"
    if amount.low is None and amount.high is not None:
        return f"≤ {amount.high:g}"
    return f"{amount.low:g}–{amount.high:g}" if amount.low is not None and amount.high is not None else "?"
