"""Rival accounts of one happening: they fled or withdrew, fought or did not, knew or were taken by surprise.

What makes a happening is a place and days that several statements give. A statement without a date tells of the latest
such happening at its place before it was told, since news that tell of an older one say so. `aspects.toml` says which
ways of telling exclude one another, and of what. Only cases gathered about a few happenings are read so: in a month of
newspapers the latest happening at a place is seldom the one that is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from riwaya.stages.conflicts.facts import Days, Fact, gap, meet, one_teller
from riwaya.stages.conflicts.knowledge import Aspect

PRECISE = 31
"""A date wider than so many days makes no happening."""
NIGHT = 1
"""Days between statements of one happening at most: a night has two."""
YEAR = 366
"""Days for which a happening is told of without its date."""
PARTNERS = "complicity"
"""The aspect of which accounts part by whom they name."""
SIZE = "size"
"""The aspect that counts."""


class Happening(NamedTuple):
    """A place, the days on which statements say something happened there, and what."""

    place: str
    days: Days
    families: frozenset[str]


class Account(NamedTuple):
    """One way of telling an aspect of a happening, with those who tell it so."""

    aspect: Aspect
    parties: frozenset[str]
    facts: tuple[Fact, ...]


class Rivals(NamedTuple):
    """The accounts of one aspect of one happening."""

    happening: Happening
    accounts: tuple[Account, ...]


def rivals(
    facts: Sequence[Fact], aspects: Mapping[str, Aspect], akin: Mapping[str, str], states: frozenset[str]
) -> Iterator[Rivals]:
    """Aspects of happenings that tellers tell in ways which exclude one another, in order of place and day."""
    told = [fact for fact in facts if fact.aspects and not fact.echo]
    if not told:
        return
    known = happenings(facts, states)
    one = of_one_scene(known, {tuple(fact.scenery) for fact in told})
    groups: dict[tuple[Happening, str], dict[tuple[str, ...], list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in told:
        for aspect in (aspects[name] for name in sorted(fact.aspects)):
            at = settled(fact, frozenset(akin.get(name, name) for name in aspect.of), known, states)
            parties = fact.actors | (fact.places & states)
            if at is None or (aspect.here and at.place not in fact.places):
                continue
            if aspect.aspect != PARTNERS or len(parties) > 1:
                pole = tuple(sorted(parties)) if aspect.aspect == PARTNERS else (aspect.name,)
                groups[one.get(at, at), aspect.aspect][pole].append(fact)
    for (at, name), poles in sorted(groups.items(), key=lambda item: (item[0][0][:2], item[0][1])):
        if accounts := list(opposed(name, poles, aspects)):
            yield Rivals(at, tuple(accounts))


def opposed(
    name: str, poles: Mapping[tuple[str, ...], Sequence[Fact]], aspects: Mapping[str, Aspect]
) -> Iterator[Account]:
    """The accounts of an aspect, with those tellers whom somebody else, speaking of the same people, opposes."""
    for pole, facts in sorted(poles.items()):
        aspect = aspects[name if name == PARTNERS else pole[0]]
        others = [f for other, some in poles.items() if apart(name, pole, other, aspects) for f in some]
        kept = [fact for fact in facts if any(oppose(aspect, fact, other) for other in others)]
        if kept:
            yield Account(aspect, frozenset(pole) if name == PARTNERS else frozenset(), tuple(kept))


def apart(name: str, pole: tuple[str, ...], other: tuple[str, ...], aspects: Mapping[str, Aspect]) -> bool:
    """Do two ways of telling exclude one another? Partners do when each names somebody whom the other does not."""
    if name == PARTNERS:
        return not (set(pole) <= set(other) or set(other) <= set(pole))
    one, two = aspects[pole[0]], aspects[other[0]]
    return one.pole != two.pole and one.pole not in two.beside and two.pole not in one.beside


def oppose(aspect: Aspect, a: Fact, b: Fact) -> bool:
    """Do two tellers speak of the same people, as far as they name or count any and that matters?"""
    same = not aspect.whose or not (a.actors and b.actors) or bool(a.actors & b.actors)
    same = same and (not aspect.deed or bool(a.families & b.families))
    counted = (
        aspect.aspect == SIZE or not (a.numbers and b.numbers) or any(meet(x, y) for x in a.numbers for y in b.numbers)
    )
    return same and counted and a.claim.id != b.claim.id and not one_teller(a, b)


# --- of which happening ----------------------------------------------------------------------------------------------


def happenings(facts: Sequence[Fact], states: frozenset[str]) -> dict[str, list[Happening]]:
    """For every place its happenings in order of days, of the statements that date themselves."""
    dated: dict[str, list[tuple[Days, frozenset[str]]]] = defaultdict(list)
    for fact in facts:
        for days in fact.when:
            for place in (fact.where - states) if days[1] - days[0] <= PRECISE and fact.families else ():
                dated[place].append((days, fact.families))
    return {place: list(_gathered(place, some)) for place, some in dated.items()}


def _gathered(place: str, dated: Sequence[tuple[Days, frozenset[str]]]) -> Iterator[Happening]:
    """Days that meet are one happening; the narrowest date comes first, so that a month joins its day."""
    found: list[tuple[Days, frozenset[str]]] = []
    for days, families in sorted(dated, key=lambda d: (d[0][1] - d[0][0], d[0], sorted(d[1]))):
        at = next((n for n, one in enumerate(found) if gap([one[0]], [days]) in range(NIGHT + 1)), None)
        if at is None:
            found.append((days, families))
        else:
            found[at] = (found[at][0], found[at][1] | families)
    for days, families in sorted(found, key=lambda one: one[0]):
        yield Happening(place, days, families)


def of_one_scene(
    known: Mapping[str, Sequence[Happening]], scenes: Collection[tuple[str, ...]]
) -> dict[Happening, Happening]:
    """What some documents tell of a dam and others of its town: happenings of a kind on one day, at places that one
    document is mostly about, and the first of them."""
    first: dict[Happening, Happening] = {}

    def root(one: Happening) -> Happening:
        while one in first:
            one = first[one]
        return one

    for scene in sorted(scenes):
        there = [one for place in scene for one in known.get(place, ())]
        for a, b in combinations(there, 2):
            if a.place != b.place and a.families & b.families and gap([a.days], [b.days]) == 0:
                one, other = sorted((root(a), root(b)), key=lambda one: one[:2])
                if one != other:
                    first[other] = one
    return {one: root(one) for one in first}


def settled(
    fact: Fact, of: frozenset[str], known: Mapping[str, Sequence[Happening]], states: frozenset[str]
) -> Happening | None:
    """The happening that a statement tells of; None where two would do, or none is known."""
    rank = {place: number for number, place in enumerate(fact.scenery)}
    own = sorted(fact.places - states, key=lambda place: (rank.get(place, len(rank)), place))
    there = {place: [one for one in known.get(place, ()) if one.families & of] for place in (*own, *fact.scenery)}
    places = [place for place in own if there[place]] or [place for place in fact.scenery if place not in states]
    for place in places:
        meeting = _meeting(fact, there[place])
        if len(meeting) == 1:
            return meeting[0]
        if meeting or fact.when:
            return None
        if found := _latest(fact, there[place], of):
            return found
    return None


def _meeting(fact: Fact, there: Sequence[Happening]) -> list[Happening]:
    """The happenings on its own days, or else on those of its sentence; the nearest date decides between several."""
    days = fact.when or fact.around
    found = [one for one in there if (gap(days, [one.days]) or 0) <= NIGHT] if days else []
    near = [one for one in found if (gap(days[:1], [one.days]) or 0) <= NIGHT]
    return near if len(found) > 1 and near else found


def _latest(fact: Fact, there: Sequence[Happening], of: frozenset[str]) -> Happening | None:
    """The latest happening before it was told; of a document without a date, the only one, or the second of two where
    it says that it happened again."""
    if fact.told_on:
        told = min(days[1] for days in fact.told_on)
        there = [one for one in there if 0 <= told - one.days[0] <= YEAR]
    elif fact.again:
        there = there[1:]
    same = [one for one in there if one.families & of & fact.families] or there
    return same[-1] if same and (fact.told_on or len(same) == 1) else None
