"""Statements: the sentences of a document cut into what can be confirmed or denied by itself.

A statement is a clause, or a phrase that reports something («بينهم …», «بعد اشتباكات …», «بتهمة …»), with whoever
says it, whether it is denied or hedged, its predicates, numbers, dates, people and places. Cue and speaker are no part.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import Literal

from msgspec import Struct

from riwaya.edtf import bounds
from riwaya.model import Attribution, Hop, Naming, Quantity, Sentence, Timex, Zone
from riwaya.stage import Reading
from riwaya.stages.claims.knowledge import Knowledge
from riwaya.text.words import DIGIT, SIGN

SILENT = ("boilerplate", "byline", "dateline", "teaser", "credit")
"""Zones in which nothing is stated."""
ECHOES = ("title", "caption", "pull-quote")
"""Zones that repeat what the text says."""
SPOKEN = ("statement", "headline", "pull-quote", "agentless", "author-hedge", "belief")
NOBODY, OUTSIDE = -1, -2
AGAIN = "m:again"
"""The token of «مرة أخرى»."""
QUOTES = "«»“”\"'"
NEAR = 3
"""A predicate this many words after «بعد», «خلال», «التي» … makes a statement of its own of what they open."""
NEXT = 2
"""«لم» denies a predicate at most so many words on."""
BACK = 4
"""Words before «التي» among which its antecedent stands: «المدينة الأثرية التي»."""
SCOPE = 7
"""«عدم» and «لا صحة» deny as far as this."""
MOST_DIGITS = 7
LEAST_WORDS = 2
WITHOUT_PREDICATE = 4
"""Words of a statement whose verb is in no table, at least."""

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
    numbers: tuple[Number, ...]
    days: tuple[Days, ...]
    """Its own dates."""
    context_days: tuple[Days, ...]
    """Those of its sentence, where it has none."""
    actors: tuple[str, ...]
    places: tuple[str, ...]
    because: bool
    part: bool
    """Does it count a part of what was counted before: «بينهم …»?"""
    effect: tuple[str, ...]
    """Of a cause or purpose: the predicates of what it explains."""
    tokens: tuple[str, ...]
    """Sorted and without repetition: stems, and entities, predicates, numbers and dates in place of their words."""


def statements(reading: Reading, namings: Sequence[Naming], known: Knowledge) -> list[Statement]:
    """The statements of a document in order of place."""
    return list(Cutter(reading, namings, known).statements())


class Cutter:
    """A document under the knife: what each word is part of."""

    def __init__(self, reading: Reading, namings: Sequence[Naming], known: Knowledge) -> None:
        self.reading, self.known = reading, known
        self.doc = reading.doc
        words = reading.words
        self.norms, self.kinds = words.norms, words.kinds.tolist()
        self.starts, self.ends = words.source_starts.tolist(), words.source_ends.tolist()
        self.namings = sorted(namings, key=lambda n: (n.start, n.end))
        self.attributions = [a for a in reading.of(Attribution) if a.function in SPOKEN]
        self.owner = self._owners()
        self.mention = self._marks((n.start, n.end) for n in self.namings)
        self.timex = self._marks((t.start, t.end) for t in reading.of(Timex))
        self.quantity = self._marks((q.start, q.end) for q in reading.of(Quantity))
        self.silent = self._marks((z.start, z.end) for z in reading.of(Zone) if z.kind in SILENT)
        self.echo = self._marks((z.start, z.end) for z in reading.of(Zone) if z.kind in ECHOES)
        self.bounds = [known.kinds(self.norms, i) for i in range(len(self.norms))]
        self.classes = self._classes()
        self.own_chain = self._own_chain()

    # --- words ---------------------------------------------------------------------------------------------------

    def _range(self, start: int, end: int) -> range:
        """The words that lie at least partly in a stretch."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def _marks(self, stretches: Iterable[tuple[int, int]]) -> list[int]:
        """For every word the number of the stretch that holds it, or NOBODY."""
        marks = [NOBODY] * len(self.norms)
        for number, (start, end) in enumerate(stretches):
            for i in self._range(start, end):
                if marks[i] == NOBODY:
                    marks[i] = number
        return marks

    def _owners(self) -> list[int]:
        """For every word the innermost attribution whose content holds it; cues and speakers are OUTSIDE."""
        owner = [NOBODY] * len(self.norms)
        size = [0] * len(self.attributions)
        order = sorted(range(len(self.attributions)), key=lambda k: -len(self.attributions[k].content))
        for k in order:
            told = self.attributions[k]
            for part in told.parts or (told.content,):
                for i in self._range(part.start, part.end):
                    owner[i] = k
            size[k] = len(told.content)
        for k in order:
            told = self.attributions[k]
            for outside in (told.cue, told.cue_closing, told.source):
                for i in self._range(outside.start, outside.end) if outside is not None else ():
                    if owner[i] < 0 or size[owner[i]] >= size[k]:  # not inside what somebody deeper down says
                        owner[i] = OUTSIDE
        return owner

    def _classes(self) -> list[tuple[str, bool] | None]:
        """The predicate of every word; names and dates have none, and an idiom gives its own to its first word."""
        found: list[tuple[str, bool] | None] = []
        inside = 0
        for i, norm in enumerate(self.norms):
            if inside:
                inside -= 1
                found.append(None)
            elif self.kinds[i] == SIGN or self.timex[i] != NOBODY or "no-predicate" in self.bounds[i]:
                found.append(None)
            elif idiom := self.known.idiom(self.norms, i):
                inside = idiom[0] - 1
                found.append((idiom[1], False))
            else:
                found.append(None if self.mention[i] != NOBODY else self.known.predicate(norm))
        return found

    def _own_chain(self) -> tuple[Hop, ...]:
        """Through whom the outlet's own words came: the outlet, and the agency that the text credits as a whole."""
        hops: dict[str, Hop] = {}
        if self.doc.outlet:
            hops[self.doc.outlet] = Hop(name=self.doc.outlet, kind="outlet", hop="outlet")
        for told in self.reading.of(Attribution):
            for hop in told.chain:
                if hop.hop in ("outlet", "dateline", "byline", "credit"):
                    hops.setdefault(hop.name, hop)
        return tuple(hops.values())

    # --- cutting -------------------------------------------------------------------------------------------------

    def statements(self) -> Iterator[Statement]:
        sentences = self.reading.of(Sentence)
        for sentence in sentences:
            words = self._range(sentence.start, sentence.end)
            pieces = [p for p in self._pieces(words) if p]
            before: tuple[str, ...] = ()
            glued = self._glued(pieces)
            told = any(self.owner[i] == OUTSIDE for i in words)
            for piece, after in zip_longest(glued, glued[1:], fillvalue=()):
                if not self._says_enough(piece, told):
                    continue
                if (made := self._statement(list(piece), words, before, after)) is not None:
                    before = made.predicates
                    yield made

    def _pieces(self, words: range) -> Iterator[list[int]]:
        piece: list[int] = []
        for i in words:
            if self.owner[i] == OUTSIDE or self.silent[i] != NOBODY:
                yield piece
                piece = []
                continue
            if piece and (self.owner[i] != self.owner[piece[-1]] or self._begins(i)):
                yield piece
                piece = []
            piece.append(i)
        yield piece

    def _begins(self, i: int) -> bool:
        """Does a statement begin with this word?"""
        norm = self.norms[i]
        if self.kinds[i] == SIGN:
            return norm in "،,؛;-–"
        if self.mention[i] != NOBODY and self.mention[i] == self.mention[i - 1]:
            return False
        if self.timex[i] != NOBODY and self.timex[i] == self.timex[i - 1]:
            return False
        norms = self.norms
        if "cut" in self.bounds[i] or "member" in self.bounds[i]:
            return True
        verb = self.classes[i]
        if verb is not None and verb[1] and norm[0] in "وف" and norm[1:] and self._is_conjoined(norm):
            return True
        if not self.bounds[i].isdisjoint(("adjunct", "relative")):
            return any(self.classes[k] is not None for k in range(i, min(i + NEAR + 1, len(norms))))
        if "until" in self.bounds[i]:
            return any(c[1] for c in self.classes[i : i + NEAR + 1] if c is not None)
        return False

    def _is_conjoined(self, norm: str) -> bool:
        """Is the first letter «و» or «ف» written on to a verb, and not the verb's own?"""
        return norm not in self.known.verbs

    def _stands(self, piece: Sequence[int]) -> bool:
        """Does a piece state something?"""
        if sum(self.kinds[i] != SIGN for i in piece) < LEAST_WORDS:
            return False
        first = next((i for i in piece if self.kinds[i] != SIGN), piece[0])
        if "member" in self.bounds[first]:
            return True
        return any(self.classes[i] is not None for i in piece) or any(self.quantity[i] != NOBODY for i in piece)

    def _says_enough(self, piece: Sequence[int], told: bool) -> bool:
        """Does it state something, or is it long enough to, with a verb that no table knows?

        In a sentence with a speaker («من جهته», «في مؤتمر صحفي») what is nobody's words and states nothing is left out.
        """
        if self._stands(piece):
            return True
        own = self.owner[piece[0]] == NOBODY
        return not (own and told) and sum(self.kinds[i] != SIGN for i in piece) >= WITHOUT_PREDICATE

    def _goes_on(self, before: Sequence[int], piece: Sequence[int]) -> bool:
        """Is the piece the verb to a subject before it, or one more number of a list?"""
        words = [i for i in piece if self.kinds[i] != SIGN]
        if not words:
            return True
        if not any(self.classes[i] is not None for i in piece):
            return self.quantity[words[0]] != NOBODY and self.norms[words[0]].startswith("و")
        bare = not any(self.classes[i] is not None for i in before)
        verb = self.classes[words[0]]
        return bare and ("auxiliary" in self.bounds[words[0]] or (verb is not None and verb[1]))

    def _glued(self, pieces: list[list[int]]) -> list[list[int]]:
        """What states nothing by itself belongs to the piece before, or else behind, of the same speaker."""
        glued: list[list[int]] = []
        waiting: list[int] = []
        for piece in pieces:
            beside = bool(glued) and glued[-1][-1] + 1 == piece[0] and self.owner[glued[-1][-1]] == self.owner[piece[0]]
            if waiting and (waiting[-1] + 1 != piece[0] or self.owner[waiting[-1]] != self.owner[piece[0]]):
                glued.append(waiting)
                waiting = []
                beside = False
            if waiting:
                waiting = waiting + piece
                if self._stands(waiting):
                    glued.append(waiting)
                    waiting = []
            elif beside and (not self._stands(piece) or self._goes_on(glued[-1], piece)):
                glued[-1] = glued[-1] + piece
            elif self._stands(piece):
                glued.append(piece)
            else:
                waiting = piece
        return [*glued, waiting] if waiting else glued

    # --- one statement -------------------------------------------------------------------------------------------

    def _statement(
        self, piece: list[int], sentence: range, before: tuple[str, ...], after: Sequence[int]
    ) -> Statement | None:
        while piece and self.kinds[piece[0]] == SIGN:
            piece = piece[1:]
        while piece and self.kinds[piece[-1]] == SIGN:
            piece = piece[:-1]
        if not piece:
            return None
        start, end = self.starts[piece[0]], self.ends[piece[-1]]
        named = [n for n in self.namings if start <= n.start and n.end <= end]
        numbers = tuple(
            Number(q.low, q.high, self.known.word(q.unit) if q.unit else None, q.approx)
            for q in self.reading.of(Quantity)
            if start <= q.start and q.end <= end
        )
        if not numbers:
            numbers = tuple(self._bare_numbers(piece))
        antecedent = self._antecedent(piece, sentence)
        named += [n for n in self.namings for i in antecedent if n.start <= self.starts[i] < n.end]
        predicates = tuple(sorted({c[0] for i in (*antecedent, *piece) if (c := self.classes[i]) is not None}))
        places = {n.entity for n in named if n.kind == "place"} or (
            self._place_before(self.starts[sentence[0]], start) if predicates else set()
        )
        tokens = self._tokens(piece, {n.entity for n in named} | places, numbers, predicates)
        spoken = [t for t in tokens if t[1:2] != ":"]
        if len(tokens) < LEAST_WORDS or not (spoken or predicates or numbers):
            return None
        owner = self.owner[piece[0]]
        told = self.attributions[owner] if owner >= 0 else None
        own_days = tuple(self._days(start, end)) or self._lent(piece, after)
        around = () if own_days else tuple(self._days(self.starts[sentence[0]], self.ends[sentence[-1]]))
        negated = self._negated(piece)
        stance = self._stance(told, piece, sentence)
        because = any("because" in self.bounds[i] for i in piece)
        speaker, kind, bodies = self._speaker(told)
        called = told.chain[-1].name if told is not None and speaker is not None else ""
        return Statement(
            doc=self.doc.id,
            start=start,
            end=end,
            stance=stance,
            negated=bool(negated),
            denied=negated or (self._first_class(piece) if stance == "denies" else ()),
            reported=told is not None and speaker is not None,
            echo=self.echo[piece[0]] != NOBODY or (told is not None and told.function in ("pull-quote", "headline")),
            chain=told.chain if told is not None and told.chain else self.own_chain,
            speaker=speaker,
            speaker_kind=kind,
            speaker_words=self.known.name(_words(self.reading.lang.fold(called))),
            bodies=bodies,
            predicates=predicates,
            numbers=numbers,
            days=own_days,
            context_days=around,
            actors=tuple(sorted({n.entity for n in named if n.kind in ("person", "organisation")})),
            places=tuple(sorted(places)),
            because=because,
            part="part" in self.bounds[piece[0]],
            effect=(before or predicates) if because else (),
            tokens=tokens,
        )

    def _lent(self, piece: Sequence[int], after: Sequence[int]) -> tuple[Days, ...]:
        """The date of a phrase without a verb that follows: «سيطروا على البلدة بعد اشتباكات عنيفة أمس» dates both."""
        words = [i for i in after if self.kinds[i] != SIGN]
        if not words or after[0] != piece[-1] + 1 or "adjunct" not in self.bounds[words[0]]:
            return ()
        if any(c is not None and c[1] for c in (self.classes[i] for i in words)):
            return ()
        return tuple(self._days(self.starts[words[0]], self.ends[words[-1]]))

    def _bare_numbers(self, piece: Sequence[int]) -> Iterator[Number]:
        """Numbers that count what went before: «ارتفع عدد القتلى إلى 23»."""
        digits = [i for i in piece if self.kinds[i] == DIGIT and 1 < len(self.norms[i]) <= MOST_DIGITS]
        if digits and not any(self.classes[k] is not None for k in piece):
            return
        for i in digits:
            if self.timex[i] == self.mention[i] == self.quantity[i] == NOBODY:
                yield Number(float(self.norms[i]), float(self.norms[i]), None)

    def _place_before(self, start: int, end: int) -> set[str]:
        """The last place named earlier in the sentence: «المدينة التي … قبل أن تستعيدها»."""
        named = [n for n in self.namings if n.kind == "place" and start <= n.start and n.end <= end]
        return {named[-1].entity} if named else set()

    def _antecedent(self, piece: Sequence[int], sentence: range) -> list[int]:
        """What a relative clause is about: the nearest name or predicate before «التي», if it stands close by."""
        if "relative" not in self.bounds[piece[0]]:
            return []
        for i in range(piece[0] - 1, max(piece[0] - 1 - BACK, sentence[0] - 1), -1):
            if self.kinds[i] == SIGN and self.norms[i] not in QUOTES:
                break
            if self.mention[i] != NOBODY or self.classes[i] is not None:
                return [i]
        return []

    def _negated(self, piece: Sequence[int]) -> tuple[str, ...]:
        """The predicates that the piece denies; a negation far from one denies something else."""
        if any("except" in self.bounds[i] for i in piece):
            return ()
        for i in piece:
            reach = SCOPE if "negation-of-all" in self.bounds[i] else NEXT if "negation" in self.bounds[i] else 0
            near = range(i + 1, min(i + reach, piece[-1]) + 1)
            if "no-negation" not in self.bounds[i] and (denied := self._first_class(near)):
                return denied
        return ()

    def _first_class(self, words: Iterable[int]) -> tuple[str, ...]:
        """The predicate that comes first: what a denial denies, and not what stands beside it."""
        return next(((c[0],) for i in words if (c := self.classes[i]) is not None), ())

    def _stance(
        self, told: Attribution | None, piece: Sequence[int], sentence: range
    ) -> Literal["asserts", "hedges", "denies"]:
        if told is not None and told.polarity == "negative":
            return "denies"
        hedged = any("hedge" in self.bounds[i] for i in piece)
        if told is not None:
            start, end = self.starts[piece[0]], self.ends[piece[-1]]
            unsure = [s for s in told.certainty if not self._hollow(s.start, s.end)]
            near = any(start <= s.start < end or s.end <= told.content.start for s in unsure)
            before = [i for i in sentence if self.ends[i] <= told.content.start and self.owner[i] < 0]
            led = any("hedge" in self.bounds[i] for i in before)
            hedged = hedged or near or led or told.function in ("author-hedge", "belief")
        return "hedges" if hedged else "asserts"

    def _hollow(self, start: int, end: int) -> bool:
        """Is a stretch only a function word? «كأن» folds to «كان»."""
        return all(self.norms[i] in self.known.hollow for i in self._range(start, end))

    def _speaker(self, told: Attribution | None) -> tuple[str | None, str | None, tuple[str, ...]]:
        """Who answers for the content: the entity or the name of the innermost source, and the bodies in its phrase."""
        if told is None or not told.chain or told.chain[-1].hop in ("outlet", "dateline", "byline", "credit"):
            return None, None, ()
        hop = told.chain[-1]
        place = told.resolved_from or told.source
        start, end = (hop.start, hop.end) if hop.start is not None and hop.end is not None else (
            (place.start, place.end) if place is not None else (0, 0)
        )  # fmt: skip
        inside = [n for n in self.namings if start <= n.start and n.end <= end]
        named = [n for n in inside if not self._is_addressed(n.start)]
        wanted = {"person": ("person",), "anonymous": ("anonymous",)}.get(hop.kind or "", ("organisation",))
        fitting = [n for n in named if n.kind in wanted] or (
            [n for n in named if n.kind in ("person", "organisation", "anonymous")]
        )
        name = " ".join(sorted(self.known.name(_words(self.reading.lang.fold(hop.name)))))
        speaker = max(fitting, key=lambda n: (n.level == "name", n.end - n.start)).entity if fitting else name
        bodies = tuple(sorted({n.entity for n in named if n.kind == "organisation" and n.entity != speaker}))
        return speaker, hop.kind, bodies

    def _is_addressed(self, start: int) -> bool:
        """Is what starts there who was told, and not who tells: «تقرير رفع إلى الوزارة»?"""
        before = bisect_left(self.starts, start) - 1
        return before >= 0 and "addressee" in self.bounds[before]

    def _days(self, start: int, end: int) -> Iterator[Days]:
        for timex in self.reading.of(Timex):
            if start <= timex.start and timex.end <= end and timex.edtf and timex.type in ("DATE", "TIME"):
                if timex.value.endswith("_REF"):  # «حتى الآن» dates the telling and not the event
                    continue
                first, last = bounds(timex.edtf)
                if first is not None and last is not None:
                    yield first.toordinal(), last.toordinal()

    def _tokens(
        self, piece: Sequence[int], named: Iterable[str], numbers: Sequence[Number], predicates: Sequence[str]
    ) -> tuple[str, ...]:
        found = {f"e:{entity}" for entity in named} | {f"p:{name}" for name in predicates}
        for number in numbers:
            value = number.low if number.low is not None else number.high
            found |= {f"n:{value:g}"} if value is not None else set()
            found |= {number.unit} if number.unit else set()
        for i in piece:
            if self.kinds[i] == SIGN or self.mention[i] != NOBODY or self.quantity[i] != NOBODY:
                continue
            norm = self.norms[i]
            if (
                norm in self.known.hollow
                or self.kinds[i] == DIGIT
                or self.classes[i] is not None
                or self.timex[i] != NOBODY
            ):
                continue
            found.add(self.known.word(norm))
        found |= {AGAIN} if any("again" in self.bounds[i] for i in piece) else set()
        return tuple(sorted(found - {""}))


def _words(folded: str) -> list[str]:
    return re.findall(r"\w+", folded)


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
