"""One claim from its statements."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import TypeVar

from riwaya.model import Amount, Claim, Gist, Member
from riwaya.stages.claims.origins import World, alone, origins
from riwaya.stages.claims.statements import AGAIN, Days, Statement, edtf

T = TypeVar("T", bound=Hashable)


def claim(members: Sequence[Statement], words: Sequence[str], world: World) -> Claim:
    """A claim from its statements, in order of document and place, and their words as written."""
    if len(members) == 1:
        return lone(members[0], words[0], world)
    told = origins(members, world)
    origin_of = {i: origin.id for origin in told for i in origin.members}
    affirmed = any(not s.negated and s.stance != "denies" for s in members)
    made = tuple(
        Member(
            doc=s.doc, start=s.start, end=s.end, chain=s.chain, origin=origin_of[i],
            stance="denies" if s.negated and affirmed and s.stance != "denies" else s.stance, gist=gist(s),
        )
        for i, s in enumerate(members)
    )  # fmt: skip
    entities = counted(e for s in members for e in (*s.actors, *s.places))
    places = counted(p for s in members for p in s.places)
    return Claim(
        id=claim_id(members),
        statement=_clearest(members, words),
        members=made,
        documents=len({s.doc for s in members}),
        origins=tuple(told),
        about=tuple(sorted(e for e, count in entities.items() if 2 * count >= len(members))),
        when=_when(d for s in members for d in s.days),
        where=min(places, key=lambda p: (-places[p], p)) if places else None,
    )


def lone(s: Statement, words: str, world: World) -> Claim:
    """A claim of one statement; nine of ten are such."""
    origin = alone(s, world)
    member = Member(
        doc=s.doc, start=s.start, end=s.end, chain=s.chain, origin=origin.id, stance=s.stance, gist=gist(s)
    )  # fmt: skip
    return Claim(
        id=claim_id([s]),
        statement=" ".join(words.split()),
        members=(member,),
        documents=1,
        origins=(origin,),
        about=tuple(sorted({*s.actors, *s.places})),
        when=_when(s.days),
        where=min(s.places, default=None),
    )


def _when(days: Iterable[Days]) -> str | None:
    """The date that is given most, of those the narrowest."""
    counts = counted(days)
    return edtf(min(counts, key=lambda d: (-counts[d], d[1] - d[0], d))) if counts else None


def counted(values: Iterable[T]) -> dict[T, int]:
    """How often each value comes; a plain dict is made much faster than a Counter, and millions are."""
    counts: dict[T, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def gist(s: Statement) -> Gist:
    own, around = ((), (*s.days, *s.context_days)) if s.loose else (s.days, s.context_days)
    numbers = tuple(Amount(low=n.low, high=n.high, unit=n.unit, approx=n.approx) for n in s.numbers)
    return Gist(
        predicates=s.predicates, main=s.main, numbers=numbers, when=tuple(edtf(d) for d in own),
        around=tuple(edtf(d) for d in around), actors=s.actors, places=s.places, negated=s.negated,
        denied=s.denied, because=s.because, purpose=s.purpose, effect=s.effect, aspects=s.aspects, part=s.part,
        echo=s.echo, reported=s.reported, again=AGAIN in s.tokens, oblique=s.oblique, dated=s.dated,
        terms=tuple([t for t in s.tokens if t[1:2] != ":"]),
    )  # fmt: skip


def _clearest(members: Sequence[Statement], words: Sequence[str]) -> str:
    """The words of the member that says most of what the others say, in the fewest words."""
    counts = counted(t for s in members for t in s.tokens)

    def weight(at: int) -> tuple[bool, float, bool]:
        s = members[at]
        return not s.echo, sum(counts[t] - 1 for t in s.tokens) / (len(s.tokens) + 3), s.reported

    return " ".join(words[max(range(len(members)), key=weight)].split())


def _digest(parts: Iterator[str] | Sequence[str]) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=6).hexdigest()


def claim_id(members: Sequence[Statement]) -> str:
    return "C-" + _digest([f"{s.doc}:{s.start}-{s.end}" for s in members])
