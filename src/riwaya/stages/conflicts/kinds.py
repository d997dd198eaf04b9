"""The kinds of conflict, each a function that answers with a conflict or with nothing.

Precision first: where it is not shown that two claims speak of one event and one attribute, they are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from hashlib import blake2b
from itertools import combinations
from typing import Literal, NamedTuple

from msgspec.structs import replace

from riwaya.model import Amount, Conflict, Entity, Member, Passage, Side
from riwaya.stage import Corpus
from riwaya.stages.conflicts.accounts import Rivals
from riwaya.stages.conflicts.counts import Counts
from riwaya.stages.conflicts.evidence import Evidence
from riwaya.stages.conflicts.facts import Fact, gap, interval, meet, one_teller, shown
from riwaya.stages.conflicts.knowledge import Tolls
from riwaya.stages.conflicts.pairs import FAR, Copied

Kind = Literal["number", "date", "place", "actor", "cause", "polarity"]
Severity = Literal["hard", "soft"]
WEEK = 7
NIGHT = 1
"""Days between two dates of one event at most: a night has two."""
SAME_TIME = 5
"""Days between tellings of one event at most, where neither gives its date."""
QUARTER = 0.75
"""Two counts of one happening are seldom farther apart than this."""
FOLD = 20
"""Two counts of one thing differ by no more than so many times, unless one was made of the other."""
PAPER = 2
"""Days between two papers that print one story, where happenings are many."""
HUNDREDS = 2
"""Zeros at the end of a number that may be rounded."""
ALIKE = 0.34
"""Share of names and terms that two claims must have in common to be about one thing."""
MOSTLY = 0.6
"""The same, for what is told of two days."""


class Names(dict[str, str]):
    """What entities are called, each looked up when it is first asked for: most are in no conflict."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def __missing__(self, id: str) -> str:
        self[id] = next((entity.name for entity in self.corpus.across(Entity, [id])), id)
        return self[id]


class Known(NamedTuple):
    """What is known of the language and of the case."""

    tolls: Tolls
    counts: Counts
    copied: Copied
    evidence: Evidence
    names: Names

    def called(self, entities: Iterable[str]) -> str:
        return "، ".join(sorted({self.names[entity] for entity in entities}))


def within(fact: Fact, known: Known) -> Iterator[Conflict]:
    """Conflicts inside one claim: affirmed and denied; hedged and not; numbers and dates of other precision."""
    if not known.evidence.says_enough(fact):
        return
    members = fact.claim.members
    crowded = known.evidence.is_crowded  # «لم يسفر عن إصابات» is said of many accidents
    denied = [m for m in members if _denies(m, known) and not m.gist.echo and not (crowded and m.gist.negated)]
    deniers = {m.origin for m in denied}
    said = [m for m in members if m.stance != "denies" and not m.gist.echo and _affirms(m, denied, known)]
    if denied and (said := [m for m in said if m.origin not in deniers]) and not _one_reading(said, denied, known):
        found = _conflict("polarity", "hard", [fact], [("affirmed", said), ("denied", denied)])
        yield replace(found, likeness=known.evidence.members_alike(said, denied))
    if crowded:
        return  # what is told less precisely or less surely is no rival account, and there are hundreds
    if (sides := _two_places(said)) is not None:
        yield _conflict("place", "hard", [fact], [(known.called(m.gist.places), [m]) for m in sides])
    hedged = [m for m in said if m.stance == "hedges"]
    sure = [m for m in said if m.stance == "asserts"]
    if hedged and sure and len({m.doc for m in said}) > 1:
        yield _conflict("polarity", "soft", [fact], [("said outright", sure), ("hedged", hedged)])
    for end in sorted({v for m in members for n in m.gist.numbers for v in _ends(n)}):
        by_number = _by_value(members, partial(_shown_at, end))
        if len(by_number) > 1:
            yield _conflict("number", "soft", [fact], [(v[0], ms) for v, ms in by_number])
    by_date = _by_value(members, lambda m: m.gist.when)
    if len(by_date) > 1:
        yield _conflict("date", "soft", [fact], [(" + ".join(v), ms) for v, ms in by_date])


def _two_places(said: Sequence[Member]) -> tuple[Member, Member] | None:
    """Two origins that say of one person's one day that it was in two places."""
    for x, y in combinations(said, 2):
        persons = {actor for actor in {*x.gist.actors} & {*y.gist.actors} if actor.startswith("per-")}
        dated = gap(*(tuple(days for t in m.gist.when if (days := interval(t))) for m in (x, y))) == 0
        apart = x.gist.places and y.gist.places and not _within(frozenset(x.gist.places), frozenset(y.gist.places))
        if persons and dated and apart and x.origin != y.origin:
            return x, y
    return None


def _denies(member: Member, known: Known) -> bool:
    """Does it deny a predicate of its own, or a thing? «صحة الوثيقة التي نشرت» does not deny that it was published, nor
    «هذه الاتهامات» that somebody was accused."""
    denied = known.tolls.blame.isdisjoint(member.gist.denied)
    return member.stance == "denies" and denied and bool(member.gist.denied or not member.gist.predicates)


def _affirms(member: Member, denied: Sequence[Member], known: Known) -> bool:
    """Does it tell what others deny, as far as it is known what that is?"""
    akin = known.tolls.akin
    wanted = {akin.get(name, name) for m in denied for name in m.gist.denied}
    told = {akin.get(name, name) for name in member.gist.predicates}
    return not member.gist.oblique and (not wanted or not told or not wanted.isdisjoint(told))


def _shown_at(end: float, member: Member) -> tuple[str, ...]:
    """A member's number that begins or ends there, as people read it."""
    return tuple(shown(n) for n in member.gist.numbers if end in _ends(n))[:1]


def _by_value(
    members: Sequence[Member], value: Callable[[Member], tuple[str, ...]]
) -> list[tuple[tuple[str, ...], list[Member]]]:
    groups: dict[tuple[str, ...], list[Member]] = {}
    for member in members:
        if key := value(member):
            groups.setdefault(key, []).append(member)
    return sorted(groups.items())


def between(a: Fact, b: Fact, known: Known) -> Iterator[Conflict]:
    """Conflicts of two claims."""
    for judge in (number, day, polarity, place, actor, cause):
        if (found := judge(a, b, known)) is not None:
            likeness = known.evidence.likeness(a, b)
            if known.evidence.is_alike(found.kind, likeness):
                yield replace(found, likeness=likeness)


def number(a: Fact, b: Fact, known: Known) -> Conflict | None:
    """Two counts of one thing in one event."""
    passage = known.copied.one_passage(a, b) and _edited(a, b, known)
    if passage:
        pair = next(
            ((x, y) for x in a.numbers for y in b.numbers if x.unit == y.unit and _ends(x).isdisjoint(_ends(y))), None
        )
    else:
        pair = next(((x, y) for x in a.numbers for y in b.numbers if _comparable(x, y, a, b, known)), None)
    if pair is None or a.part != b.part or _rounded(*sorted(map(_value, pair))):
        return None
    if not passage and any(meet(x, y) for x in a.numbers for y in b.numbers if x.unit == y.unit == pair[0].unit):
        return None
    if one_teller(a, b) and not passage:
        return None
    if not passage and a.places and b.places and not _within(a.places, b.places):
        return None  # «30 عائلة في بلدة» and «500 عائلة في بلدة أخرى»
    if _counted_apart(a, b) and not (
        pair[0].unit == pair[1].unit not in {None, *known.tolls.persons} and _one_thing(a, b, ALIKE)
    ):
        return None
    if not passage and (not one_event(a, b) or _moves_apart(a, b, known) or _other_tolls(a, b, known)):
        return None
    if known.evidence.is_crowded and not _is_one_count(pair, a, b, passage, known):
        return None
    if (not passage or one_teller(a, b)) and _update(a, b, pair, known):
        return None
    one, other = pair
    severity: Severity = "soft" if _near(one, other) else "hard"
    return _conflict("number", severity, [a, b], [(shown(one), a.claim.members), (shown(other), b.claim.members)])


def _is_one_count(pair: tuple[Amount, Amount], a: Fact, b: Fact, passage: bool, known: Known) -> bool:
    """In a crowded case: do both count the same, people in one story or things told of alike?"""
    if known.counts.are_of_one_text(pair, a, b):
        return False
    if _is_toll(pair, a, b, known):  # «قتل خمسة» is said of a whole war
        days, printed = (gap(some, others) or 0 for some, others in ((a.when, b.when), (a.told_on, b.told_on)))
        return days <= NIGHT and printed <= PAPER and not _of_one_outlet(a, b) and known.evidence.is_one_story(a, b)
    return known.evidence.is_one_thing(a, b) and (passage or not _of_two_times(a, b))


def _is_toll(pair: tuple[Amount, Amount], a: Fact, b: Fact, known: Known) -> bool:
    return pair[0].unit in known.tolls.persons or bool(a.predicates & b.predicates & known.tolls.rising)


def _of_one_outlet(a: Fact, b: Fact) -> bool:
    """Does one paper tell both, so that the later brings its first up to date?"""
    return len({fact.tellings[doc].outlet for fact in (a, b) for doc in fact.docs}) == 1


def _of_two_times(a: Fact, b: Fact) -> bool:
    """Does each count what its own time or place brought?"""
    if a.when and b.when:
        return set(a.when).isdisjoint(b.when)  # a quarter and a half of a year
    return bool(gap(a.told_on, b.told_on))  # a market, the weather


def _other_tolls(a: Fact, b: Fact, known: Known) -> bool:
    """Does one count the dead and the other the wounded?"""
    one, other = a.predicates & known.tolls.rising, b.predicates & known.tolls.rising
    return bool(one and other) and one.isdisjoint(other)


def _moves_apart(a: Fact, b: Fact, known: Known) -> bool:
    """Does one tell of a rise and the other of a fall?"""
    return any(known.tolls.opposite.get(name) in b.predicates for name in a.predicates)


def _counted_apart(a: Fact, b: Fact) -> bool:
    """Does whoever gives one give both, so that they count two things?"""
    return a.docs == b.docs or ((a.docs <= b.docs or b.docs <= a.docs) and not (a.reported and b.reported))


def _comparable(x: Amount, y: Amount, a: Fact, b: Fact, known: Known) -> bool:
    low, high = sorted((_value(x), _value(y)))
    if meet(x, y) or FOLD * low < high:
        return False
    if x.unit is not None and x.unit == y.unit:
        other = {x.unit}
        return bool(a.predicates & b.predicates) or (
            x.unit not in known.tolls.persons and _share(a.terms - other, b.terms - other) >= ALIKE
        )
    persons = {None, *known.tolls.persons}
    return (
        x.unit in persons
        and y.unit in persons
        and bool(a.predicates & b.predicates & (known.tolls.rising | known.tolls.falling))
    )


def _rounded(low: float, high: float) -> bool:
    """Is one the other without its last digits: 99 of 99.85, «363 ألفا» of 363378?"""
    whole = low.is_integer() != high.is_integer()
    return high - low < max(1 if whole else 0, _step(low), _step(high))


def _step(value: float) -> float:
    """What the last digit of a number that may be rounded stands for: a fraction, or hundreds and more after others.

    >>> _step(363000.0), _step(14.8), _step(300000.0), _step(170.0)
    (1000.0, 0.1, 0.0, 0.0)
    """
    _, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    rounded = isinstance(exponent, int) and (exponent < 0 or (exponent >= HUNDREDS and len(digits) > 1))
    return float(f"1e{exponent}") if rounded else 0.0


def _ends(x: Amount) -> set[float]:
    return {v for v in (x.low, x.high) if v is not None}


def _near(x: Amount, y: Amount) -> bool:
    """Are they within a tenth of one another, one of them being a round or open number?"""
    values = [v for n in (x, y) for v in (n.low, n.high) if v is not None]
    return (x.approx or y.approx) and max(values) <= 1.1 * min(values)


def _update(a: Fact, b: Fact, pair: tuple[Amount, Amount], known: Known) -> bool:
    """Is one a later state of the other: a toll that rose, a number of missing that fell, one speaker's new word?"""
    if a.told is None or b.told is None:
        return False
    first, second = (a, b) if a.told[0] <= b.told[0] else (b, a)
    x, y = pair if first is a else (pair[1], pair[0])
    before, after = _value(x), _value(y)
    shared = a.predicates & b.predicates
    if one_teller(a, b) and (set(a.when) != set(b.when) or a.told != b.told) and not _is_toll(pair, a, b, known):
        return True
    if first.told == second.told:
        return False
    if shared & known.tolls.falling:
        return after < before
    return bool(shared & known.tolls.rising) and after > before


def _value(amount: Amount) -> float:
    return amount.low if amount.low is not None else amount.high if amount.high is not None else 0.0


def _edited(a: Fact, b: Fact, known: Known) -> bool:
    """Do members that lie in one passage differ in little but the number?"""
    return any(
        known.copied.holds(x, y)
        and _share({*x.gist.terms, *x.gist.predicates}, {*y.gist.terms, *y.gist.predicates}) >= 0.6
        for x in a.claim.members
        for y in b.claim.members
    )


def day(a: Fact, b: Fact, known: Known) -> Conflict | None:
    """Two days of one happening."""
    apart = gap(a.when, b.when)
    if not apart or apart > FAR or not a.families & b.families or _other_counts(a, b):
        return None
    if a.predicates & b.predicates & known.tolls.daily:
        return None  # the forecasts of two days
    pairs = [(x, y) for x in a.numbers for y in b.numbers if x.unit is not None and x.unit == y.unit]
    counted = any(_alike(x, y) if apart > WEEK else (x.low, x.high) == (y.low, y.high) for x, y in pairs)
    if (
        a.families & b.families & (known.tolls.rising | known.tolls.falling)
        and (a.numbers or b.numbers)
        and not counted
    ):
        return None  # two days of a toll, which moves
    if not (counted or _one_thing(a, b, MOSTLY)):
        return None
    if a.dated & b.dated and known.copied.one_passage(a, b):
        return None  # «أمس», copied on another day
    if known.evidence.is_crowded and _may_be_two_days(a, b, apart, known):
        return None
    if apart > NIGHT and ((_of_its_day(a) and _of_its_day(b)) or not known.evidence.is_one_thing(a, b)):
        return None  # each tells of its own day: two happenings of a kind
    severity: Severity = "hard" if apart > NIGHT and not one_teller(a, b) else "soft"
    texts = [next((t for m in f.claim.members for t in m.gist.when), "?") for f in (a, b)]
    return _conflict("date", severity, [a, b], [(texts[0], a.claim.members), (texts[1], b.claim.members)])


def _may_be_two_days(a: Fact, b: Fact, apart: int, known: Known) -> bool:
    """In a crowded case: may both be right, of two happenings or of one that stamps around midnight part?"""
    return (
        apart <= NIGHT
        or not (_is_absolute(a) and _is_absolute(b))  # «أمس» and «الأحد» hang on a stamp, which may be late
        or not (_is_of_one_day(a) and _is_of_one_day(b))  # «يوليو 2015»
        or _each_on_its_day(a, b)
        or one_teller(a, b)
    )


def _is_absolute(fact: Fact) -> bool:
    """Are its own dates written out, with the number of a day?"""
    return all(any(letter.isdigit() for letter in words) for words in fact.dated)


def _is_of_one_day(fact: Fact) -> bool:
    """Are its own dates one day or night?"""
    return max(days[1] for days in fact.when) - min(days[0] for days in fact.when) <= NIGHT


def _each_on_its_day(a: Fact, b: Fact) -> bool:
    """Does each date it as so many days before the telling, told on another day: «تداولات اليوم»?"""
    return any(ago == other and told != then for told, ago in _ago(a) for then, other in _ago(b))


def _ago(fact: Fact) -> set[tuple[int, int]]:
    """On which day it was told, and how many days before that it was, by every member that says so."""
    told = [(fact.tellings[m.doc].days, interval(m.gist.when[0])) for m in fact.claim.members if m.gist.when]
    return {(day[0], day[0] - when[0]) for day, when in told if day and when}


def _of_its_day(fact: Fact) -> bool:
    """Was it told on the day that it gives, or on the next?"""
    told = fact.told_on
    return bool(told) and gap(fact.when, told) in (0, 1)


def _other_counts(a: Fact, b: Fact) -> bool:
    """Do they count, and nothing nearly alike?"""
    return bool(a.numbers and b.numbers) and not any(_alike(x, y) for x in a.numbers for y in b.numbers)


def _alike(x: Amount, y: Amount) -> bool:
    """Can both be right, or do two counts of one thing differ by less than a quarter: «227» and «250 مخطوفا»?"""
    low, high = sorted((_value(x), _value(y)))
    return meet(x, y) or (x.unit is not None and x.unit == y.unit and low > QUARTER * high)


def polarity(a: Fact, b: Fact, known: Known) -> Conflict | None:
    """One claim denies what another affirms, in other words."""
    if bool(_denials(a)) == bool(_denials(b)) or one_teller(a, b):
        return None
    no, yes = (a, b) if _denials(a) else (b, a)
    if yes.echo or yes.oblique or not no.denied or not no.denied <= yes.predicates - known.tolls.blame:
        return None  # who denies an accusation does not deny that he is accused
    if known.evidence.is_crowded and no.denied.isdisjoint(yes.main):
        return None  # «مخاوف خروجها» and «يسمح لها بالخروج» do not say that it left
    alike = _one_thing(a, b, ALIKE) or (len(a.families & b.families) > 1 and bool(a.terms & b.terms))
    if not alike or not (one_event(a, b) or (known.evidence.is_crowded and _answers(no, yes, known))):
        return None
    if known.evidence.is_crowded and not (
        _is_answer(no) and (a.actors & b.actors or known.evidence.is_one_story(a, b))
    ):
        return None  # «لم» says that something was not so, and seldom that somebody said it was
    if _one_reading(yes.claim.members, _denials(no), known):
        return None
    if known.evidence.is_crowded and a.actors and b.actors and not a.actors & b.actors:
        return None
    if known.evidence.is_crowded and known.evidence.confesses(yes, known.names):
        return None
    return _conflict("polarity", "hard", [yes, no], [("affirmed", yes.claim.members), ("denied", _denials(no))])


def _answers(no: Fact, yes: Fact, known: Known) -> bool:
    """Does one deny, days later, what the other says in nearly the same words?"""
    apart = gap(no.days, yes.days)
    return apart is not None and apart <= 2 * WEEK and known.evidence.likeness(no, yes) >= QUARTER


def _one_reading(said: Iterable[Member], denied: Sequence[Member], known: Known) -> bool:
    """Is it one sentence, copied, of which only the surroundings were read otherwise?"""
    return any(known.copied.holds(x, y) for x in said for y in denied if x.gist.negated == y.gist.negated)


def _is_answer(fact: Fact) -> bool:
    """Does somebody deny it who was told that it is so: «نفى», «لا صحة»?"""
    return any(m.stance == "denies" and not m.gist.negated for m in fact.claim.members)


def _denials(fact: Fact) -> list[Member]:
    return [m for m in fact.claim.members if (m.stance == "denies" or m.gist.negated) and not m.gist.echo]


def _denied(fact: Fact) -> bool:
    return all(m.stance == "denies" or m.gist.negated for m in fact.claim.members)


def place(a: Fact, b: Fact, known: Known) -> Conflict | None:
    """One person met with one thing in two places."""
    persons = {p for p in a.actors & b.actors if p.startswith("per-")}
    if not (persons and a.families & b.families and a.places and b.places) or _within(a.places, b.places):
        return None
    if not (a.when and b.when and gap(a.when, b.when) == 0):
        return None
    if known.evidence.is_crowded and not known.evidence.is_one_meeting(a, b):
        return None  # who travels is received in two towns on one day
    sides = [(known.called(f.places), f.claim.members) for f in (a, b)]
    return _conflict("place", "hard", [a, b], sides)


def _within(some: frozenset[str], others: frozenset[str]) -> bool:
    """Is a place of one also one of the other, or the capital of its country?"""
    return any(x == y or x.startswith(f"{y}-") or y.startswith(f"{x}-") for x in some for y in others)


def actor(a: Fact, b: Fact, known: Known) -> Conflict | None:
    """One deed and two who are said to have done it."""
    if one_teller(a, b) or len(a.predicates & b.predicates) < 2 or a.numbers or b.numbers:
        return None
    if not (a.actors and b.actors) or a.actors & b.actors or not (a.terms & b.terms or a.scene & b.scene):
        return None
    if not one_event(a, b) or _denied(a) != _denied(b):
        return None
    if known.evidence.is_crowded:
        return None  # what is told of many in the same words is told of each of them
    sides = [(known.called(f.actors), f.claim.members) for f in (a, b)]
    return _conflict("actor", "hard", [a, b], sides)


def cause(a: Fact, b: Fact, known: Known) -> Conflict | None:
    """Two causes or purposes of one thing, by two origins."""
    if not (a.because and b.because and a.effect & b.effect) or a.purpose != b.purpose or one_teller(a, b):
        return None
    if known.evidence.is_crowded and (
        b.docs.isdisjoint(known.copied.sharing(a)) or known.tolls.harms.isdisjoint(a.effect & b.effect)
    ):
        return None  # causes of two happenings of a kind
    given = (a.predicates & b.predicates) - a.effect - b.effect - {"cause", "aim"}
    if given or a.negated or b.negated or not one_event(a, b) or _share(a.terms, b.terms) >= ALIKE:
        return None
    sides = [(f.claim.statement, f.claim.members) for f in (a, b)]
    return _conflict("cause", "hard", [a, b], sides)


def account(rivals: Rivals, known: Known) -> Conflict:
    """Accounts of one aspect of one happening that exclude one another; who fled did not withdraw in order."""
    aspect = rivals.accounts[0].aspect
    partners = [known.called(told.parties) for told in rivals.accounts]
    sides = [
        _side(f"{told.aspect.ar} · {told.aspect.en}" if not told.parties else partners[number], told.facts)
        for number, told in enumerate(rivals.accounts)
    ]
    facts = [fact for told in rivals.accounts for fact in told.facts]
    said = [
        (names or told.aspect.en, names or told.aspect.ar)
        for told, names in zip(rivals.accounts, partners, strict=True)
    ]
    likeness = max(
        known.evidence.likeness(a, b)
        for one, other in combinations(rivals.accounts, 2)
        for a in one.facts
        for b in other.facts
    )
    return replace(
        _made(aspect.kind, "soft", facts, sides, [one for one, _ in said], [one for _, one in said]), likeness=likeness
    )


def one_event(a: Fact, b: Fact) -> bool:
    """Do two claims speak of one event: near in time, with a shared place, person or scene?"""
    apart = gap(a.days, b.days)
    if apart is None or apart > (NIGHT if a.when and b.when else SAME_TIME):
        return False
    if a.where & b.where:
        return True
    if a.scene and b.scene and not a.scene & b.scene:
        return len(a.words & b.words) > 1 or (len(a.predicates & b.predicates) > 1 and bool(a.words & b.words))
    return bool(a.actors & b.actors or a.words & b.words) or len(a.families & b.families) > 1


def _one_thing(a: Fact, b: Fact, least: float) -> bool:
    return _share(a.actors | a.places | a.terms, b.actors | b.places | b.terms) >= least


def _share(a: set[str] | frozenset[str], b: set[str] | frozenset[str]) -> float:
    """The share of the smaller set that stands in the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


# --- in words --------------------------------------------------------------------------------------------------------

ENGLISH = {
    "number": "the number",
    "date": "the date",
    "place": "the place",
    "actor": "who did it",
    "cause": "the cause",
}
ARABIC = {"number": "العدد", "date": "التاريخ", "place": "المكان", "actor": "الفاعل", "cause": "السبب"}
SAID = {"affirmed": "يؤكده", "denied": "ينفيه", "said outright": "يجزم به", "hedged": "يتحفظ فيه"}


def _conflict(
    kind: Kind, severity: Severity, facts: Sequence[Fact], told: Sequence[tuple[str, Sequence[Member]]]
) -> Conflict:
    sides = [
        _side(value, [facts[min(number, len(facts) - 1)]], members) for number, (value, members) in enumerate(told)
    ]
    english = [side.value for side in sides]
    return _made(kind, severity, facts, sides, english, [SAID.get(value, value) for value in english])


def _side(value: str, facts: Sequence[Fact], members: Sequence[Member] | None = None) -> Side:
    """What is said on one side, by which of the members of its claims, on whose word."""
    names = {(f.claim.id, o.id): o.label for f in facts for o in f.claim.origins}
    told = [(f, m) for f in facts for m in (f.claim.members if members is None else members)]
    return Side(
        value=value,
        members=tuple(Passage(doc=m.doc, start=m.start, end=m.end) for _, m in told),
        origins=tuple(dict.fromkeys(names.get((f.claim.id, m.origin), m.origin) for f, m in told)),
    )


def _made(
    kind: Kind,
    severity: Severity,
    facts: Sequence[Fact],
    sides: Sequence[Side],
    english: Sequence[str],
    arabic: Sequence[str],
) -> Conflict:
    """A conflict with its sentences, in which each side is told in words of its language."""
    digest = blake2b(digest_size=6)
    for side in sides:
        for p in side.members:
            digest.update(f"{kind}:{p.doc}:{p.start}-{p.end}|".encode())
    return Conflict(
        id="K-" + digest.hexdigest(), kind=kind, severity=severity,
        claims=tuple(dict.fromkeys(f.claim.id for f in facts)), sides=tuple(sides),
        why=_why(kind, sides, english, facts), why_ar=_why_ar(kind, sides, arabic, facts),
    )  # fmt: skip


def _why(kind: Kind, sides: Sequence[Side], told: Sequence[str], facts: Sequence[Fact]) -> str:
    said = "; ".join(f"{value} ({', '.join(side.origins)})" for value, side in zip(told, sides, strict=True))
    if kind == "polarity":
        return f"Is it so? «{facts[0].claim.statement}»: {said}."
    return f"Accounts differ on {ENGLISH[kind]}: {said}."


def _why_ar(kind: Kind, sides: Sequence[Side], told: Sequence[str], facts: Sequence[Fact]) -> str:
    if kind == "polarity":
        said = "؛ ".join(f"{value} {'، '.join(side.origins)}" for value, side in zip(told, sides, strict=True))
        return f"«{facts[0].claim.statement}»: {said}."
    said = "؛ ".join(f"{value} ({'، '.join(side.origins)})" for value, side in zip(told, sides, strict=True))
    return f"تختلف الروايات في {ARABIC[kind]}: {said}."
