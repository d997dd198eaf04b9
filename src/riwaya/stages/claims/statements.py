"""Statements: the sentences of a document cut into what can be confirmed or denied by itself.

A statement is a clause, or a phrase that reports something («بينهم …», «بعد اشتباكات …», «بتهمة …»), with whoever
says it, whether it is denied or hedged, its predicates, numbers, dates, people and places. Cue and speaker are no part.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from riwaya.edtf import bounds
from riwaya.lang.ar.clitics import PRONOUNS
from riwaya.model import Attribution, Hop, Naming, Quantity, Sentence, Timex
from riwaya.stage import Reading
from riwaya.stages.claims.cutting import LEAST_WORDS, cut, is_conjoined
from riwaya.stages.claims.knowledge import Knowledge
from riwaya.stages.claims.marks import NOBODY, Marks
from riwaya.stages.claims.pronouns import meant
from riwaya.text.words import DIGIT, SIGN

AGAIN = "m:again"
"""The token of «مرة أخرى»."""
QUOTES = "«»“”\"'"
NEXT = 2
"""«لم» denies a predicate at most so many words on."""
BACK = 4
"""Words before «التي» among which its antecedent stands: «المدينة الأثرية التي»."""
SCOPE = 7
"""«عدم» and «لا صحة» deny as far as this."""
MOST_DIGITS = 7
REPEATED = ("pull-quote", "headline")
"""Functions of attributions that repeat what the text says."""

Speaker = tuple[str | None, str | None, tuple[str, ...], frozenset[str]]
"""Entity or folded name, kind, bodies named in its phrase, and what tells it by name."""
NO_SPEAKER: Speaker = (None, None, (), frozenset())

Days = tuple[int, int]
"""First and last day, as ordinals."""


class Number(Struct, frozen=True):
    """A quantity of a statement; an open end is None."""

    low: float | None
    high: float | None
    unit: str | None
    approx: bool = False


class Statement(Struct, frozen=True, kw_only=True):
    """One statement of one document."""

    doc: str
    start: int
    end: int
    stance: Literal["asserts", "hedges", "denies"]
    negated: bool
    """Does the wording itself deny: «لم يقصف»?"""
    denied: tuple[str, ...]
    """The predicates that it, or its speaker, says not to hold."""
    reported: bool
    """Has it a speaker, or is it the outlet's own?"""
    echo: bool
    chain: tuple[Hop, ...]
    speaker: str | None
    """The entity of the innermost source, or its folded name; None for the outlet's own word."""
    speaker_kind: str | None
    speaker_words: frozenset[str]
    """What tells the speaker by name; empty for the outlet's own word."""
    bodies: tuple[str, ...]
    """Entities named in the source's own phrase: the body a director speaks for."""
    predicates: tuple[str, ...]
    main: str | None
    """The predicate that comes first."""
    numbers: tuple[Number, ...]
    days: tuple[Days, ...]
    """Its own dates."""
    context_days: tuple[Days, ...]
    """Those of its sentence, where it has none."""
    actors: tuple[str, ...]
    places: tuple[str, ...]
    because: bool
    purpose: bool
    """Is what it gives a motive, a purpose or a charge, and no cause?"""
    oblique: bool
    """Neither affirmed nor denied in so many words: hearsay, or a negation of which it is not clear what it denies."""
    dated: tuple[str, ...]
    """Its own dates as they are written, folded: «امس»."""
    loose: bool
    """Do its dates only bound it («منذ», «حتى»), or lean on a day named elsewhere («عند الثانية»)?"""
    part: bool
    """Does it count a part of what was counted before: «بينهم …»?"""
    effect: tuple[str, ...]
    """Of a cause or purpose: the predicates of what it explains."""
    aspects: tuple[str, ...]
    """How it tells what happened, as entries of `aspects.toml`: that they fled, that they were few."""
    tokens: tuple[str, ...]
    """Sorted and without repetition: stems, and entities, predicates, numbers and dates in place of their words."""

    @property
    def denies(self) -> bool:
        """Does it, or its speaker, say that it is not so?"""
        return self.negated or self.stance == "denies"

    def stands_against(self, other: Statement) -> bool:
        """Does one deny and the other not?"""
        return self.denies != other.denies


def statements(reading: Reading, namings: Sequence[Naming], known: Knowledge) -> list[Statement]:
    """The statements of a document in order of place."""
    return list(Stating(Marks(reading, namings, known)).statements())


class Stating:
    """Makes statements of the pieces of a document."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.aside: list[tuple[int, int]] = []
        """Clauses of the sentence whose dates are theirs alone."""

    def statements(self) -> Iterator[Statement]:
        for sentence in self.marks.reading.of(Sentence):
            words = self.marks.within(sentence.start, sentence.end)
            before: tuple[str, ...] = ()
            pieces = list(cut(self.marks, words))
            self.aside = [(self.marks.starts[p[0]], self.marks.ends[p[-1]]) for p in pieces if self._stands_aside(p)]
            hearsay = False
            for piece, after in zip_longest(pieces, pieces[1:], fillvalue=()):
                if (made := self._statement(list(piece), words, before, after)) is not None:
                    before = () if self._denies(piece) else made.predicates
                    if hearsay and self._is_conjoined(piece):  # «ما أشيع عن أنها أغلقت المعبر ومنعت الدخول»
                        made = replace(made, oblique=True)
                    hearsay = made.oblique
                    yield made

    def _statement(
        self, piece: list[int], sentence: range, before: tuple[str, ...], after: Sequence[int]
    ) -> Statement | None:
        while piece and self.marks.kinds[piece[0]] == SIGN:
            piece = piece[1:]
        while piece and self.marks.kinds[piece[-1]] == SIGN:
            piece = piece[:-1]
        if not piece:
            return None
        start, end = self.marks.starts[piece[0]], self.marks.ends[piece[-1]]
        named = [n for n in self.marks.namings if start <= n.start and n.end <= end]
        numbers = tuple(
            Number(q.low, q.high, self.marks.known.word(q.unit) if q.unit else None, q.approx)
            for q in self.marks.reading.of(Quantity)
            if start <= q.start and q.end <= end
        )
        if not numbers:
            numbers = tuple(self._bare_numbers(piece))
        antecedent = self._antecedent(piece, sentence)
        named += [n for n in self.marks.namings for i in antecedent if n.start <= self.marks.starts[i] < n.end]
        owner = self.marks.owner[piece[0]]
        told = self.marks.attributions[owner] if owner >= 0 else None
        chain = told.chain if told is not None and told.chain else self.marks.own_chain
        speaker, kind, bodies, words = NO_SPEAKER if told is None else self._speaker(told)
        if told is None and (body := self._counting(sentence)) is not None:
            called = self.marks.doc.text[body.start : body.end]
            speaker, kind, words = body.entity, body.kind, self.marks.known.called(called)
            chain += (Hop(name=called, kind="organisation", hop="source", start=body.start, end=body.end),)
        if not self._is_relative(piece):  # «التي استعادها» points back to its antecedent
            named += [n for n in meant(self.marks, piece, sentence, speaker) if n not in named]
        predicates = tuple(sorted({c[0] for i in (*antecedent, *piece) if (c := self.marks.classes[i]) is not None}))
        places = {n.entity for n in named if n.kind == "place"} or (
            self._place_before(self.marks.starts[sentence[0]], start) if predicates else set()
        )
        tokens = self._tokens(piece, {n.entity for n in named} | places, numbers, predicates)
        spoken = [t for t in tokens if t[1:2] != ":"]
        if len(tokens) < LEAST_WORDS or not (spoken or predicates or numbers):
            return None
        if any("courtesy" in self.marks.bounds[i] for i in piece) and not numbers:
            return None
        own_days = tuple(self._days(start, end)) or self._lent(piece, after)
        own_days = own_days or (self._told_on() if self.marks.known.daily.intersection(predicates) else ())
        around = () if own_days else tuple(self._days_around(start, end, sentence))
        negated = self._negated(piece)
        stance = self._stance(told, piece, sentence)
        because, purpose, oblique = (
            any(kind in self.marks.bounds[i] for i in piece) for kind in ("because", "purpose", "oblique")
        )
        return Statement(
            doc=self.marks.doc.id,
            start=start,
            end=end,
            stance=stance,
            negated=bool(negated),
            denied=negated or (self._first_class(piece) if stance == "denies" else ()),
            reported=speaker is not None,
            echo=self.marks.echo[piece[0]] != NOBODY
            or (told is not None and told.function in ("pull-quote", "headline")),
            chain=chain,
            speaker=speaker,
            speaker_kind=kind,
            speaker_words=words,
            bodies=bodies,
            predicates=predicates,
            main=next(iter(self._first_class(piece[self._is_relative(piece) :])), None),
            numbers=numbers,
            days=own_days,
            context_days=around,
            actors=tuple(sorted({n.entity for n in named if n.kind in ("person", "organisation")})),
            places=tuple(sorted(places)),
            because=because,
            purpose=purpose,
            oblique=oblique or (not negated and self._denies(piece)),
            dated=tuple(self._as_written(t) for t, _ in self._dated(start, end)),
            loose=self._is_loose(start, end),
            part="part" in self.marks.bounds[piece[0]],
            effect=(before or predicates) if because else (),
            aspects=self._aspects(piece, predicates, negated, because) if stance != "denies" else (),
            tokens=tokens,
        )

    def _aspects(
        self, piece: Sequence[int], predicates: Sequence[str], negated: Sequence[str], because: bool
    ) -> tuple[str, ...]:
        """How it tells what happened; where it denies, only what is worded as a denial itself: «لم يقاتلوا»."""
        known = self.marks.known
        first = self._first_class(piece[self._is_relative(piece) :])
        found = [known.aspects_of[name] for name in first if name in known.aspects_of and not negated]
        for i in piece:
            if not negated or not self.marks.bounds[i].isdisjoint(("negation", "without")):
                found += known.aspects_at(self.marks.norms, i)
        beside = {*predicates, *(("cause",) if because else ()), None}
        return tuple(sorted({aspect.name for aspect in found if aspect.needs in beside}))

    def _lent(self, piece: Sequence[int], after: Sequence[int]) -> tuple[Days, ...]:
        """The date of a phrase without a verb that follows: «سيطروا على البلدة بعد اشتباكات عنيفة أمس» dates both."""
        words = [i for i in after if self.marks.kinds[i] != SIGN]
        if not words or after[0] != piece[-1] + 1 or "adjunct" not in self.marks.bounds[words[0]]:
            return ()
        if any(c is not None and c[1] for c in (self.marks.classes[i] for i in words)):
            return ()
        return tuple(self._days(self.marks.starts[words[0]], self.marks.ends[words[-1]]))

    def _bare_numbers(self, piece: Sequence[int]) -> Iterator[Number]:
        """Numbers that count what went before: «ارتفع عدد القتلى إلى 23»."""
        digits = [i for i in piece if self.marks.kinds[i] == DIGIT and 1 < len(self.marks.norms[i]) <= MOST_DIGITS]
        if digits and not any(self.marks.classes[k] is not None for k in piece):
            return
        for i in digits:
            if self.marks.timex[i] == self.marks.mention[i] == self.marks.quantity[i] == NOBODY:
                yield Number(float(self.marks.norms[i]), float(self.marks.norms[i]), None)

    def _place_before(self, start: int, end: int) -> set[str]:
        """The last place named earlier in the sentence, «المدينة التي … قبل أن تستعيدها», but where it only says where
        another lies: «البلدة شرق العاصمة»."""
        named = [n for n in self.marks.namings if n.kind == "place" and start <= n.start and n.end <= end]
        topics = [n for n in named if not self.marks.follows(n.start, "locator")] or named
        return {topics[-1].entity} if topics else set()

    def _antecedent(self, piece: Sequence[int], sentence: range) -> list[int]:
        """What a relative clause is about: the nearest name or predicate before «التي», if it stands close by."""
        if not self._is_relative(piece):
            return []
        for i in range(piece[0] - 1, max(piece[0] - 1 - BACK, sentence[0] - 1), -1):
            if self.marks.kinds[i] == SIGN and self.marks.norms[i] not in QUOTES:
                break
            if self.marks.mention[i] != NOBODY or self.marks.classes[i] is not None:
                return [i]
        return []

    def _is_conjoined(self, piece: Sequence[int]) -> bool:
        """Does it go on with «و» and a verb?"""
        verb, norm = self.marks.classes[piece[0]], self.marks.norms[piece[0]]
        return verb is not None and verb[1] and norm.startswith("و") and is_conjoined(self.marks, norm)

    def _stands_aside(self, piece: Sequence[int]) -> bool:
        """Does its date date nothing else: «البلدة التي سقطت في مايو», «قبل أن يستعيدها الجيش في مارس»?"""
        return not self.marks.bounds[piece[0]].isdisjoint(("relative", "until", "reference"))

    def _is_relative(self, piece: Sequence[int]) -> bool:
        return "relative" in self.marks.bounds[piece[0]]

    def _negated(self, piece: Sequence[int]) -> tuple[str, ...]:
        """The predicates that the piece denies; a negation far from one denies something else."""
        if any(not self.marks.bounds[i].isdisjoint(("except", "manner")) for i in piece):
            return ()
        for i in piece:
            kinds = self.marks.bounds[i]
            reach = SCOPE if "negation-of-all" in kinds else NEXT if "negation" in kinds else 0
            reach += NEXT if reach and i < piece[-1] and "copula" in self.marks.bounds[i + 1] else 0
            near = range(i + 1, min(i + reach, piece[-1]) + 1)
            if "no-negation" not in kinds and (denied := self._first_class(near)):
                return denied
        return ()

    def _denies(self, piece: Iterable[int]) -> bool:
        """Does a negation stand anywhere in it? «لا معلومات عن الخطف لأن …» gives no cause of the abduction."""
        kinds = frozenset(kind for i in piece for kind in self.marks.bounds[i])
        return not kinds.isdisjoint(("negation", "negation-of-all")) and "no-negation" not in kinds

    def _first_class(self, words: Iterable[int]) -> tuple[str, ...]:
        """The predicate that comes first: what a denial denies, and not what stands beside it, nor what «الذي» adds.

        Of «يكون لارتفاع الأسعار أثر» it is not the rise.
        """
        for i in words:
            if (found := self.marks.classes[i]) is not None and not self._is_had(i):
                return (found[0],)
            if "relative" in self.marks.bounds[i]:
                break
        return ()

    def _is_had(self, i: int) -> bool:
        """Is it said of a thing told of that it has something: «يكون لارتفاع الأسعار أثر»?"""
        return i > 0 and "copula" in self.marks.bounds[i - 1] and self.marks.known.hangs(self.marks.norms[i])

    def _stance(
        self, told: Attribution | None, piece: Sequence[int], sentence: range
    ) -> Literal["asserts", "hedges", "denies"]:
        if told is not None and told.polarity == "negative" and not self._is_relative(piece):
            return "denies"
        hedged = any("hedge" in self.marks.bounds[i] for i in piece)
        if told is not None:
            start, end = self.marks.starts[piece[0]], self.marks.ends[piece[-1]]
            unsure = [s for s in told.certainty if not self._hollow(s.start, s.end)]
            near = any(start <= s.start < end or s.end <= told.content.start for s in unsure)
            before = [i for i in sentence if self.marks.ends[i] <= told.content.start and self.marks.owner[i] < 0]
            led = any("hedge" in self.marks.bounds[i] for i in before)
            hedged = hedged or near or led or told.function in ("author-hedge", "belief")
        return "hedges" if hedged else "asserts"

    def _hollow(self, start: int, end: int) -> bool:
        """Is a stretch only a function word? «كأن» folds to «كان»."""
        return all(self.marks.known.is_hollow(self.marks.norms[i]) for i in self.marks.within(start, end))

    def _speaker(self, told: Attribution) -> Speaker:
        """Who answers for the content: the entity or the name of the innermost source, and the bodies in its phrase."""
        if not told.chain or told.chain[-1].hop in ("outlet", "dateline", "byline", "credit"):
            return NO_SPEAKER
        hop = told.chain[-1]
        place = told.resolved_from or told.source
        start, end = (hop.start, hop.end) if hop.start is not None and hop.end is not None else (
            (place.start, place.end) if place is not None else (0, 0)
        )  # fmt: skip
        inside = [n for n in self.marks.namings if start <= n.start and n.end <= end]
        named = [n for n in inside if not self.marks.follows(n.start, "addressee")]  # «تقرير رفع إلى الوزارة»
        wanted = {"person": ("person",), "anonymous": ("anonymous",)}.get(hop.kind or "", ("organisation",))
        fitting = [n for n in named if n.kind in wanted] or (
            [n for n in named if n.kind in ("person", "organisation", "anonymous")]
        )
        words = self.marks.known.called(hop.name)
        name = " ".join(sorted(words))
        if self._is_kin_of(start, fitting):
            fitting, words = [], frozenset((name,))  # in one piece: that person's name is no shorter form of it
        speaker = max(fitting, key=lambda n: (n.level == "name", n.end - n.start)).entity if fitting else name
        bodies = tuple(sorted({n.entity for n in named if n.kind == "organisation" and n.entity != speaker}))
        return speaker, hop.kind, bodies, words

    def _is_kin_of(self, start: int, named: Sequence[Naming]) -> bool:
        """Is the speaker somebody else than who is named: «زميلان للمهندسة أمل», but not «شقيقها أمين»?"""
        first = bisect_left(self.marks.starts, start)
        if first >= len(self.marks.norms) or "kin" not in self.marks.bounds[first]:
            return False
        return any(n.start > start for n in named) and not self.marks.written(first).endswith(PRONOUNS)

    def _counting(self, sentence: range) -> Naming | None:
        """The body that a sentence says has counted in papers of its own: «رفعت الشبكة حصيلتها»."""
        first = next((i for i in sentence if self.marks.kinds[i] != SIGN), sentence[0])
        if "counting" not in self.marks.bounds[first] or not any(
            "own-papers" in self.marks.bounds[i] for i in sentence
        ):
            return None
        bodies = (n for n in self.marks.namings if n.kind == "organisation")
        return next((n for n in bodies if n.start == self.marks.starts[first + 1]), None)

    def _days_around(self, start: int, end: int, sentence: range) -> list[Days]:
        """The dates of its sentence, the nearest first; «البلدة التي سقطت في مايو» dates the fall and nothing else."""
        dated = self._dated(self.marks.starts[sentence[0]], self.marks.ends[sentence[-1]])
        found = [(t, days) for t, days in dated if not any(a <= t.start < b for a, b in self.aside)]
        return [days for _, days in sorted((max(start - t.end, t.start - end), days) for t, days in found)]

    def _days(self, start: int, end: int) -> Iterator[Days]:
        for _, days in self._dated(start, end):
            yield days

    def _told_on(self) -> tuple[Days, ...]:
        """The day of its telling, as far as it is known to the day."""
        first, last = bounds(self.marks.doc.published) if self.marks.doc.published else (None, None)
        return ((first.toordinal(), first.toordinal()),) if first is not None and first == last else ()

    def _is_loose(self, start: int, end: int) -> bool:
        dated = [timex for timex, _ in self._dated(start, end)]
        return bool(dated) and all(
            (t.type == "TIME" and (t.anchor or "").startswith("T-")) or self.marks.follows(t.start, "bounding")
            for t in dated
        )

    def _as_written(self, timex: Timex) -> str:
        return " ".join(self.marks.norms[i] for i in self.marks.within(timex.start, timex.end))

    def _dated(self, start: int, end: int) -> Iterator[tuple[Timex, Days]]:
        for timex in self.marks.reading.of(Timex):
            if start <= timex.start and timex.end <= end and timex.edtf and timex.type in ("DATE", "TIME"):
                if timex.value.endswith("_REF"):  # «حتى الآن» dates the telling and not the event
                    continue
                first, last = bounds(timex.edtf)
                if first is not None and last is not None:
                    yield timex, (first.toordinal(), last.toordinal())

    def _tokens(
        self, piece: Sequence[int], named: Set[str], numbers: Sequence[Number], predicates: Sequence[str]
    ) -> tuple[str, ...]:
        found = {f"e:{entity}" for entity in named} | {f"p:{name}" for name in predicates}
        found |= {state for entity in named if (state := self.marks.known.state(entity))}
        for number in numbers:
            value = number.low if number.low is not None else number.high
            found |= {f"n:{value:g}"} if value is not None else set()
            found |= {number.unit} if number.unit else set()
        again = {k for i in piece for k in range(i, i + self.marks.known.reach(self.marks.norms, i, "again"))}
        for i in piece:
            if self.marks.kinds[i] == SIGN or self.marks.mention[i] != NOBODY or self.marks.quantity[i] != NOBODY:
                continue
            norm = self.marks.norms[i]
            if (
                self.marks.known.is_hollow(norm)
                or i in again
                or self.marks.kinds[i] == DIGIT
                or self.marks.classes[i] is not None
                or self.marks.timex[i] != NOBODY
            ):
                continue
            found.add(self.marks.known.word(norm))
        found |= {AGAIN} if again else set()
        return tuple(sorted(found - {""}))


@lru_cache(maxsize=10_000)
def edtf(days: Days) -> str:
    """An interval of days as EDTF: a day, a month, a year, or from one day to another.

    >>> edtf((735719, 735749)), edtf((735739, 735739))
    ('2015-05', '2015-05-21')
    """
    first, last = date.fromordinal(days[0]), date.fromordinal(days[1])
    if first == last:
        return first.isoformat()
    if first.day == 1 and (last.toordinal() == date.max.toordinal() or date.fromordinal(days[1] + 1).day == 1):
        if (first.year, first.month) == (last.year, last.month):
            return first.isoformat()[:7]
        if (first.month, last.month, first.year) == (1, 12, last.year):
            return first.isoformat()[:4]
    return f"{first}/{last}"
