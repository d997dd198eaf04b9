"""Reads the lines above an article: title, byline, dateline, and what they say of outlet and author.

«هشام سالم – راية الوطن»   a name and an outlet: a byline
«الجوزاء – رواسي: …»       a place and an agency in front of the first sentence: a dateline
«الثلاثاء 5 آذار 2019»     a date on a line of its own: a dateline, which the dates stage will read

A line is believed when one of its parts is known (an outlet, an agency, a desk such as «متابعات»), or when its place
and shape leave no doubt. Only what the text calls its own is promoted to outlet: an agency in a dateline is a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from riwaya.lang.entries import Outlet
from riwaya.lang.lexicon import Entry, Lexicon, Table
from riwaya.stages.words.page import Line, Page, Said
from riwaya.text.words import DIGIT, SIGN

PART_WORDS, LINE_WORDS = 5, 14
TITLE_WORDS = range(3, 26)
_DASHES = frozenset("-|/ـ–—")
_YEAR = re.compile(r"1[34]\d\d|19\d\d|20\d\d")
_PREFIX = re.compile(r".{2,90}?(?::|\)\s?-)")
_NUMERIC_DATE = re.compile(r"(?<!\d)(?:\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{4}|\d{4}-\d\d?-\d\d?)(?!\d)")
OTHER_WORDS = 2
"""Words in the line of a date that are neither date nor outlet: a place."""

Role = Literal[
    "author",
    "author-with-colon",
    "staff",
    "desk",
    "head",
    "outlet-word",
    "place",
    "place-or-outlet",
    "date-word",
    "source",
    "article",
]
Being = Literal["outlet", "agency", "desk", "place", "date", "author", "unknown"]
_BY_WORD: tuple[tuple[Role, Being], ...] = (("desk", "desk"), ("staff", "author"), ("place", "place"))


class Word(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word of bylines and datelines."""

    kind: Role


class Form(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A line of a table of which only the forms matter here."""


class Part(Struct, frozen=True):
    """What stands between two dashes or colons of a line."""

    words: list[str]
    start: int
    end: int
    quoted: bool
    before: str
    """The sign in front of it: a dash, a colon, a bracket; nothing at the start of the line."""
    role: Being = "unknown"
    own: bool = False
    """An outlet that can be nothing else here, so that the line may be taken at its word."""
    rule: str = ""


class Header:
    """The words of bylines and datelines of a language, and the outlets it knows."""

    def __init__(self, lang: Lexicon) -> None:
        table = lang.table("dateline", Word)
        self.fold = lang.fold
        self.outlets = lang.table("outlets", Outlet)
        self.roles: dict[Role, Table[Word]] = {}
        for role in {word.kind for word in table}:
            self.roles[role] = Table([word for word in table if word.kind == role], lang.fold)
        self.article = tuple(lang.fold(form) for word in self.roles["article"] for form in word.forms)
        self.months = lang.table("months", Form)
        self.of_dates = (lang.table("weekdays", Form), self.roles["date-word"])

    # --- parts of a line ---------------------------------------------------------------------------------------

    def parts(self, page: Page, line: Line) -> list[Part]:
        """The line cut at dashes, colons, commas and brackets; a dash between digits cuts nothing."""
        parts: list[Part] = []
        begun: list[int] = []
        before, quoted, open_quote = "", False, False

        def close(sign: str) -> None:
            nonlocal before, quoted
            if begun:
                words = [line.tokens[k] for k in begun]
                parts.append(self.named(Part(words, line.starts[begun[0]], line.ends[begun[-1]], quoted, before)))
            elif before == "-" and sign == "(":
                sign = "-("
            before, quoted = sign, False
            begun.clear()

        for k, token in enumerate(line.tokens):
            if line.kinds[k] != SIGN:
                if (
                    begun
                    and not open_quote
                    and self.stretched_dash(page, line.starts[begun[-1]], line.ends[begun[-1]], line.starts[k])
                ):
                    close("-")
                begun.append(k)
            elif token in _DASHES or token in ":,()":
                if open_quote:
                    continue  # a dash inside a quoted name
                digits = 0 < k < len(line.tokens) - 1 and line.kinds[k - 1] == line.kinds[k + 1] == DIGIT
                if not digits or token in "()":
                    close("-" if token in _DASHES else token)
            elif token == '"':
                quoted, open_quote = True, not open_quote
        close("")
        return parts

    def stretched_dash(self, page: Page, start_of_word: int, end: int, start: int) -> bool:
        """«واس ـ أبها»: a tatweel between spaces is a dash, though folding drops it."""
        offsets = page.view.offsets
        between = page.view.source[int(offsets[end - 1]) + 1 : int(offsets[start])]
        glued = end - start_of_word > 2  # «الحربيـ سبق», but never «لـ «سبق»»
        return "ـ" in between and (between[:1].isspace() or glued)

    def named(self, part: Part) -> Part:
        """The part with what it is: an outlet, an agency, a desk, a place, a date, or unknown."""
        words = part.words

        def being(role: Being, rule: str, own: bool) -> Part:
            return Part(words, part.start, part.end, part.quoted, part.before, role, own, rule)

        headed = self.length("head", words)
        name = words[headed:]
        length, entries = self.outlets.find(name, 0) if name else (0, ())
        if length and length == len(name):
            entry = entries[0]
            place = self.length("place-or-outlet", name) == len(name) and not (part.quoted or headed)
            if place:
                return being("place", "ar/dateline/places_that_are_papers", False)
            return being(entry.kind, entry.rule, entry.kind == "outlet")
        for role, its in _BY_WORD:
            length, found = self.roles[role].find(words, 0)
            if length == len(words):
                return being(its, found[0].rule, False)
        if any(word.isdigit() for word in words):
            return being("date", "words/dateline", False)
        ending, found = self.roles["outlet-word"].find(words, len(words) - 1)
        if ending and len(words) > 1:
            return being("outlet", found[0].rule, True)
        return part

    def length(self, role: Role, words: list[str]) -> int:
        return self.roles[role].find(words, 0)[0] if words else 0

    # --- lines -------------------------------------------------------------------------------------------------

    def read(self, page: Page) -> None:
        """Takes the lines above the article, and notes what they say of outlet, author and title."""
        for i in page.head():
            if i not in page.taken:
                page.said += self.header_line(page, i)
            elif any(zone.kind == "dateline" and zone.start == page.blocks[i].start for zone in page.zones):
                page.said += self.source_in(page, i)
        if page.body < len(page.blocks) and page.body not in page.taken:
            page.said += self.prefix(page, page.body)
        page.said += self.title(page)

    def header_line(self, page: Page, i: int) -> Iterator[Said]:
        """A whole line that is a byline or a dateline."""
        line = page.line(i)
        if not 0 < len(line.plain) <= LINE_WORDS or page.blocks[i].text[-1] in "?!.":
            return
        parts = [part for part in self.parts(page, line) if part.words]
        if author := self.author_by_cue(page, parts, line):
            page.take(i, "byline", author.rule)
            yield author
        elif self.is_date(page, i, line, parts):
            page.take(i, "dateline", "words/date-line")
        elif self.is_dateline(parts, line, alone=True):
            author = self.author_by_place(parts)
            page.take(i, "byline" if author else "dateline", next((p.rule for p in parts if p.rule), "words/dateline"))
            if author:
                yield author
        else:
            return
        yield from self.outlet(parts)

    def prefix(self, page: Page, i: int) -> Iterator[Said]:
        """«الجوزاء – رواسي:» in front of the first sentence."""
        if not _PREFIX.match(page.blocks[i].text):
            return
        first, stop = page.edges[0][i], min(page.edges[1][i], page.edges[0][i] + LINE_WORDS + 6)
        row = page.row(first, stop)
        for k in range(2, len(row.tokens) - 1):
            colon = row.tokens[k] == ":" and not row.kinds[k - 1] == row.kinds[k + 1] == DIGIT
            dash = row.tokens[k] in _DASHES and row.tokens[k - 1] == ")"
            if not colon and not dash:
                continue
            line = Line(row.tokens[:k], row.kinds[:k], row.starts[:k], row.ends[:k])
            parts = [part for part in self.parts(page, line) if part.words]
            if self.is_dateline(parts, line, alone=False):
                author = self.author_by_place(parts)
                rule = next((p.rule for p in parts if p.rule), "words/dateline")
                page.part(line.starts[0], row.ends[k], "byline" if author else "dateline", rule)
                if author:
                    yield author
                yield from self.outlet(parts)
                return
            if colon:
                return

    def is_dateline(self, parts: list[Part], line: Line, alone: bool) -> bool:
        """Are these parts a place, an agency, an outlet, a name?"""
        if any(len(part.words) > PART_WORDS for part in parts) or len(line.plain) > LINE_WORDS:
            return False
        known = [part for part in parts if part.role in ("outlet", "agency", "desk")]
        if len(parts) == 1:
            return alone and parts[0].role == "agency"
        if not 2 <= len(parts) <= 4:
            return False
        if all(part.before in ("", ":") for part in parts):
            return alone and len(parts) == 2 and parts[1] in known  # «لندن: «راية الوطن»», never «الراية: قتلى»
        if known:
            return True
        where, who = parts[0], parts[-1]
        plain = all(part.role in ("unknown", "place") and len(part.words) <= 3 for part in parts)
        if len(parts) == 2 and who.before == "(":
            return not alone and where.role in ("place", "date") and len(who.words) <= 3  # «الجوزاء 5-3 (رواسي) –»
        dashed = all(part.before in ("-", "-(") for part in parts[1:])
        return plain and dashed and len(parts) <= (2 if alone else 3)

    def is_date(self, page: Page, i: int, line: Line, parts: list[Part]) -> bool:
        """A line that holds a date and hardly anything else, or an outlet and a date."""
        text, words = page.blocks[i].text, line.words()
        months, others, place = 0, 0, 0
        while place < len(words):
            length = self.months.find(words, place)[0]
            months += bool(length) and place > 0 and words[place - 1].isdigit()
            length = length or next(filter(None, (table.find(words, place)[0] for table in self.of_dates)), 0)
            outlets = self.outlets.find(words, place) if not length else (0, ())
            if outlets[0] and outlets[1][0].needs != "head":
                length = outlets[0]
            others += not length and not words[place].isdigit()
            place += length or 1
        others -= sum(len(part.words) for part in parts if part.own and part.role == "outlet" and part.words != words)
        dated = _NUMERIC_DATE.search(text) or (months and _YEAR.search(text))
        return bool(dated) and others <= OTHER_WORDS

    def author_by_cue(self, page: Page, parts: list[Part], line: Line) -> Said | None:
        """«كتب: أمين عودة», «بقلم أمين عودة», «كتبه فريق التحرير»."""
        for k, part in enumerate(parts):
            length, cues = self.roles["author"].find(part.words, 0)
            rest, signs = part.words[length:], ":-"
            if not length:
                length, cues = self.roles["author-with-colon"].find(part.words, 0)
                rest, signs = [], ":"
                if length != len(part.words):
                    continue
            follows = parts[k + 1] if k + 1 < len(parts) and parts[k + 1].before in signs else None
            if rest and len(rest) <= PART_WORDS:
                plain = [line.starts[k] for k in line.plain if line.starts[k] >= part.start]
                return Said("author", plain[length], part.end, cues[0].rule)
            if not rest and follows and 2 <= len(follows.words) <= PART_WORDS and follows.role in ("unknown", "author"):
                return Said("author", follows.start, follows.end, cues[0].rule)
        return None

    def author_by_place(self, parts: list[Part]) -> Said | None:
        """The name in front of an outlet, a desk or a place: two words or more that are no place."""
        first = parts[0]
        if first.role != "unknown" or first.quoted or not 2 <= len(first.words) <= PART_WORDS:
            return None
        if any(word.isdigit() for word in first.words) or first.words[0].startswith(self.article):
            return None
        return Said("author", first.start, first.end, "words/name-in-front")

    def outlet(self, parts: list[Part]) -> Iterator[Said]:
        if own := next((part for part in parts if part.own), None):
            yield Said("outlet", own.start, own.end, own.rule)

    def source_in(self, page: Page, i: int) -> Iterator[Said]:
        """«آخر تحديث … – المصدر: وكالة رواسي»: the page says whose text it shows."""
        line = page.line(i)
        for k in range(len(line.tokens) - 2):
            if (
                self.roles["source"].find(line.tokens, k)[0]
                and line.tokens[k + 1] == ":"
                and len(line.tokens) - k - 2 <= PART_WORDS
            ):
                yield Said("outlet", line.starts[k + 2], line.ends[-1], "ar/boilerplate/source_named")

    # --- the title ---------------------------------------------------------------------------------------------

    def title(self, page: Page) -> Iterator[Said]:
        """The first line, when what follows shows that it is none of the text; never the first sentence."""
        for zone in page.zones:
            if zone.kind == "title":
                yield Said("title", zone.start, zone.end, zone.rule)
                return
        first = next((i for i in range(len(page.blocks)) if i not in page.taken), None)
        if first is None or first >= page.body or first > 2:
            return
        block, words = page.blocks[first], len(page.line(first).plain)
        if page.doc.title is not None:
            if self.fold(page.doc.title).split() == block.text.split():
                page.take(first, "title", "words/title-of-metadata")
            return
        if (
            words not in TITLE_WORDS
            or block.text[-1] in ".:,;"
            or block.text[0] in "*-"
            or first + 1 >= len(page.blocks)
        ):
            return
        below = page.blocks[first + 1]
        header_below = any(z.start == below.start and z.kind in ("byline", "dateline") for z in page.zones)
        if header_below or (below.after_blank and self.stands_apart(page, first)):
            page.take(first, "title", "words/first-line")
            yield Said("title", block.start, block.end, "words/first-line")

    def stands_apart(self, page: Page, first: int) -> bool:
        """Is the first line shorter than the paragraph below it, in a text whose paragraphs end in full stops?"""
        below = next((i for i in range(first + 1, len(page.blocks)) if i not in page.taken), None)
        if below is None or not page.is_prose(below) or page.count(below) < 1.5 * page.count(first):
            return False
        paragraphs = [i for i in range(below, len(page.blocks)) if page.count(i) >= 12 and i not in page.taken]
        ended = sum(page.ended(i) for i in paragraphs)
        return page.count(first) <= 20 and ended >= 0.7 * len(paragraphs)


@lru_cache(maxsize=8)
def header_of(lang: Lexicon) -> Header:
    return Header(lang)
