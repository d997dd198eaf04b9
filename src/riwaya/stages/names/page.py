"""A text laid out for the rules: its words, where sentences break, what each word can be, and what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from riwaya.lang.ar.clitics import splits
from riwaya.lang.gazetteer import Known
from riwaya.model import Sentence, Timex
from riwaya.stage import Reading
from riwaya.stages.names.knowledge import HEADS, PERSONAL, TITLES, Form, Knowledge, Part, Split
from riwaya.text.span import Span
from riwaya.text.words import LETTER

__all__ = ["Find", "Kind", "Page", "Spot"]

Kind = Literal["person", "organisation", "place", "anonymous"]
NOBODY = Split(0, "", "", Part.NONE)
UNSEEN = re.compile("[\u0640\u064b-\u0652\u0670]")
LONE_TATWEEL = re.compile("(?<= )\u0640(?= )")
"""A stretched line between spaces is a dash, though it folds to nothing."""
GLUED = ("وال", "بال", "فال", "كال", "لل")
QUOTES = frozenset("\"«»'")


class Find(NamedTuple):
    """A mention in words: `first` to `last` inclusive, without the first `skip` letters."""

    first: int
    last: int
    skip: int
    kind: Kind
    level: Literal["name", "nominal"]
    rule: str
    rank: int
    """Which of two overlapping finds stands; the higher one."""
    nested: bool = False
    """May lie inside another find."""


class Spot(NamedTuple):
    """A form of the gazetteer in the text."""

    first: int
    last: int
    skip: int
    clitic: str
    bearers: tuple[Known, ...]


class Page:
    """The words of a document with their parts."""

    def __init__(self, reading: Reading, knows: Knowledge) -> None:
        self.reading, self.knows = reading, knows
        self.words = reading.words
        self.norms = self.words.norms
        self.kinds: list[int] = self.words.kinds.tolist()
        self.size = len(self.norms)
        cache, look_up = knows.cached, knows.look_up
        found = [cache.get(norm) or look_up(norm) for norm in self.norms]
        self.splits = [readings for _, readings in found]
        self.any = [parts for parts, _ in found]
        """What each word can be in any reading."""
        self.busy = [i for i, readings in enumerate(self.splits) if readings]
        """The words with a part to play."""

    @cached_property
    def segments(self) -> list[int]:
        """For each word the number of its sentence, else of its line: no name reaches over its end."""
        sentences = self.reading.of(Sentence)
        starts = [s.start for s in sentences] if sentences else list(self._line_starts())
        starts += (m.start() for m in LONE_TATWEEL.finditer(self.reading.doc.text))
        numbers: list[int] = np.searchsorted(np.array(sorted(starts)), self.words.source_starts, side="right").tolist()
        return numbers

    def _line_starts(self) -> Iterable[int]:
        text, at = self.reading.doc.text, -1
        while (at := text.find("\n", at + 1)) >= 0:
            yield at + 1

    @cached_property
    def times(self) -> frozenset[int]:
        """The words of temporal expressions: «رمضان» in «شهر رمضان» is no person."""
        return frozenset(i for timex in self.reading.of(Timex) for i in self.words.within(Span(timex.start, timex.end)))

    @cached_property
    def spots(self) -> dict[int, tuple[Spot, ...]]:
        """The longest form of the gazetteer that starts with each reading of a word."""
        found: dict[int, tuple[Spot, ...]] = {}
        gazetteer, norms = self.knows.gazetteer, self.norms
        for i in self.having(Part.KNOWN):
            here = []
            for split in self.splits[i]:
                if not split.parts & Part.KNOWN:
                    continue
                for length in gazetteer.lengths[split.rest]:
                    if length > 1 and (i + length > self.size or self._broken(i, i + length)):
                        continue
                    if bearers := gazetteer.forms.get((split.rest, *norms[i + 1 : i + length])):
                        here.append(Spot(i, i + length - 1, split.skip, split.clitic, bearers))
                        break
            if len(here) > 1 and all(k.type == "town" for k in here[0].bearers):
                here.sort(key=lambda spot: all(k.type == "town" for k in spot.bearers))  # «وجدة» is «و» + «جدة»
            if here:
                found[i] = tuple(here)
        return found

    def having(self, parts: int) -> list[int]:
        """The words that can be one of the parts."""
        any = self.any
        return [i for i in self.busy if any[i] & parts]

    def multi(self, parts: int) -> list[int]:
        """The words that can be one of the parts, or open a longer trigger."""
        return self.having(parts | Part.OPENS)

    def _broken(self, start: int, end: int) -> bool:
        return not self.inside(end - 1, start)

    def inside(self, i: int, start: int) -> bool:
        """Is word i there, in the same sentence as `start` before it?"""
        segments = self.segments
        return start <= i < self.size and segments[i] == segments[start]

    def is_word(self, i: int) -> bool:
        return self.kinds[i] == LETTER

    def parts(self, i: int) -> int:
        """What the uncut word can be."""
        return self.knows.parts.get(self.norms[i], Part.NONE) if 0 <= i < self.size else Part.NONE

    def definite(self, i: int) -> bool:
        return self.knows.definite(self.norms[i])

    def beside(self, i: int, role: str) -> bool:
        """Is word i one of the words of that role, with or without «و»?"""
        if not 0 <= i < self.size:
            return False
        words = self.knows.beside[role]
        return self.norms[i] in words or self.norms[i].removeprefix("و") in words

    def behind(self, i: int, role: str) -> bool:
        """Is the word before i one of that role, with any clitics: «بمستشفى»?"""
        before = self.before_quote(i - 1)
        if before < 0 or not self.inside(i, before):
            return False
        words = self.knows.beside[role]
        return any(rest in words for _, rest in splits(self.norms[before]))

    def spelled(self, i: int) -> str:
        """Word i as it is written, without marks and tatweel: «على» and «علي» are compared as one."""
        span = self.words.span(i)
        return UNSEEN.sub("", self.reading.doc.text[span.start : span.end])

    def unlike(self, i: int) -> bool:
        """Is word i a preposition that folds like a name or an office: «على», «وإلى»?"""
        return self.spelled(i) in self.knows.look_alikes

    def adverbial(self, i: int) -> bool:
        """Does it end in tanwin: «تركياً», in the Turkish way?"""
        span = self.words.span(i)
        return "\u064b" in self.reading.doc.text[max(span.start, span.end - 2) : span.end]

    def any_parts(self, i: int) -> int:
        """What the word can be in any reading."""
        return self.any[i] if 0 <= i < self.size else Part.NONE

    def split_with(self, i: int, part: int) -> Split | None:
        """The first reading of word i that can be `part`."""
        return next((split for split in self.splits[i] if split.parts & part), None)

    def form(self, i: int, part: int) -> Form | None:
        """The longest trigger of the given part that starts with word i, in any reading of its clitics."""
        for split in self.splits[i]:
            for words, its, rule in self.knows.longer.get(split.rest, ()):
                if its & part and tuple(self.norms[i + 1 : i + len(words)]) == words[1:]:
                    return Form(len(words), its, rule)
            if split.parts & part:
                return Form(1, split.parts & part, self.knows.rule(split.rest, part))
        return None

    def after_quote(self, i: int) -> int:
        """The word at i, or the one behind the quotation mark that stands there."""
        return i + 1 if i < self.size and self.norms[i] in QUOTES else i

    def before_quote(self, i: int) -> int:
        return i - 1 if i >= 0 and self.norms[i] in QUOTES else i

    def quoted(self, i: int, most: int = 5) -> int | None:
        """The last word of the quotation that opens before word i, when it is short and closes."""
        for last in range(i, min(i + most, self.size)):
            if not self.inside(last, i):
                return None
            if last + 1 < self.size and self.norms[last + 1] in QUOTES:
                return last
        return None

    def closed(self, first: int, last: int) -> int:
        """`last`, or the closing quotation mark behind it where one opens inside: «تنظيم «الوردة»»."""
        following = last + 1
        marks = sum(self.norms[i] in QUOTES for i in range(first, last + 1))
        if marks % 2 and following < self.size and self.norms[following] in QUOTES:
            return following
        return last

    def known(self, i: int, kind: str) -> Spot | None:
        """A form of the gazetteer at the uncut word i with a bearer of the kind."""
        for spot in self.spots.get(i, ()):
            if not spot.clitic and any(bearer.kind == kind for bearer in spot.bearers):
                return spot
        return None

    def plain(self, i: int) -> bool:
        """Is word i a common word, a trigger, or a clitic on a common word: nothing a name is made of?"""
        norm = self.norms[i]
        if not self.is_word(i) or norm in self.knows.frequency:
            return True
        if norm.startswith(GLUED) and len(norm) >= 7:
            return True
        parts = self.parts(i)
        if parts & (TITLES | HEADS | Part.SAYING | Part.NATIONAL | Part.FOREIGNER | Part.OF_BODY | Part.ARMY):
            return True
        return self.knows.derived(norm)

    def namely(self, i: int, titled: bool = False) -> bool:
        """Can word i be an unknown part of a name? Behind a title even what looks like a verb can."""
        norm = self.norms[i]
        if not self.is_word(i) or len(norm) < 3 or self.plain(i) or i in self.times:
            return False
        return titled or not self.knows.verbal(norm)

    def personal(self, i: int) -> bool:
        return bool(self.parts(i) & PERSONAL) and self.is_word(i)
