"""Page furniture: share links, teasers, end marks, widgets, credits, signatures.

Each finder reads the table `boilerplate` and takes blocks or parts of blocks. What only the other articles of an
outlet show to be a footer is left to the reuse stage.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Literal

from riwaya.lang.entries import Outlet
from riwaya.lang.lexicon import Entry, Lexicon, Table
from riwaya.stages.words.page import SHORT, Kind, Line, Page, Said
from riwaya.text.words import DIGIT, SIGN

TAIL_BLOCKS, TAIL_WORDS, TAIL_LETTERS, END_LETTERS = 3, 45, 300, 40
TEASER_WORDS = 30
SIGNATURE_WORDS = 6
_WORD = re.compile(r"[^\W\d_]+|\d+")
_BRACKETS = re.compile(r"(?:^|(?<=[.!?\"])\s*)\(([^()]{2,60})\)[\s.]*$")

At = Literal["line", "start", "end", "tail", "words", "brackets", "starred", "dated"]


class Cue(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of page furniture; the head of its table says what the fields mean."""

    at: At
    kind: Kind = "boilerplate"
    closes: str | None = None
    holds: Literal["title", "teasers", "outlet-and-title", "names"] | None = None
    most: int = 30


class Furniture:
    """The table of page furniture of a language, sorted by where its forms stand."""

    def __init__(self, lang: Lexicon) -> None:
        everything = lang.table("boilerplate", Cue)
        kinds: tuple[At, ...] = ("line", "start", "end", "tail", "words", "brackets", "starred", "dated")
        self.at = {at: Table([cue for cue in everything if cue.at == at], lang.fold) for at in kinds}
        self.outlets = lang.table("outlets", Outlet)
        forms = sorted((lang.fold(form) for cue in self.at["end"] for form in cue.forms), key=len, reverse=True)
        self.end_forms = forms
        self.end = re.compile(
            rf"(?:[/(#*\[]+\s*|\.\.+\s*|(?<=[.\"])\s*-+\s*|^\W*)({'|'.join(forms)})\s*[/)#*\]-]*[\s\d:/]*$"
        )
        self.fold = lang.fold
        buttons = "|".join(re.escape(lang.fold(form)) for cue in self.at["words"] for form in cue.forms)
        mail, address, handle = r"\S+@\s?\S+\.[a-z]{2,9}", r"(?:https?://|www\.)\S+", r"@\w{3,}|\w{3,}@"
        self.contact = re.compile(rf"(?>{mail}|{address}|{handle}|(?:{buttons})\b|\W)++")
        self.openers = frozenset(word for at in ("line", "start", "words", "dated") for word in self.at[at].lengths)
        self.tails = sorted(self.at["tail"].lengths)

    def find(self, page: Page) -> None:
        """Adds the furniture of a page to its zones."""
        self.part_buttons(page)
        for i in page.short():
            first = _WORD.search(page.blocks[i].text)
            if first and first[0] in self.openers and i not in page.taken:
                self.block(page, i)
        untaken = (i for i in reversed(range(len(page.blocks))) if i not in page.taken)
        for i in list(islice(untaken, TAIL_BLOCKS)):
            self.tail(page, i)

    def block(self, page: Page, i: int) -> None:
        """A short block that is furniture from its first word."""
        line = page.line(i)
        words = line.words()
        if (rule := self.row_of(words, "words")) or (rule := self.row_of(words, "line")):
            page.take(i, "boilerplate", rule)
            return
        length, cues = self.at["start"].find(words, 0)
        if length and (cue := next((c for c in cues if self.fits(c, words, page, i)), None)):
            self.opened(page, i, line, length, cue)
            return
        length, cues = self.at["dated"].find(words, 0)
        if length and len(words) <= cues[0].most and DIGIT in line.kinds and i < page.body and not page.ended(i):
            page.take(i, "dateline", cues[0].rule)

    def row_of(self, words: list[str], at: At) -> str | None:
        """The rule of the forms that make up the whole block, numbers aside; None when another word is there."""
        place, rule = 0, None
        while place < len(words):
            length, cues = self.at[at].find(words, place)
            if length:
                if at == "line" and rule:
                    return None
                rule = rule or cues[0].rule
            elif not words[place].isdigit():
                return None
            place += length or 1
        return rule

    def fits(self, cue: Cue, words: list[str], page: Page, i: int) -> bool:
        if len(words) > cue.most:
            return False
        if cue.closes:
            return words[-1] == self.fold(cue.closes)
        return not page.ended(i)

    def opened(self, page: Page, i: int, line: Line, length: int, cue: Cue) -> None:
        """A block that begins with a form, and what the form announces."""
        plain = line.plain
        rest = line.starts[plain[length]] if len(plain) > length else page.blocks[i].end
        if cue.holds == "teasers":
            page.taken.add(i)
            signs_after = plain[length] if len(plain) > length else len(line.ends)
            page.part(page.blocks[i].start, line.ends[signs_after - 1], "boilerplate", cue.rule)
            page.part(rest, page.blocks[i].end, "teaser", cue.rule)
            self.teasers(page, i, cue, rest < page.blocks[i].end)
            return
        page.take(i, cue.kind, cue.rule)
        if cue.holds == "title" and len(plain) > length + 1:
            page.part(rest, line.ends[plain[-2]], "title", cue.rule)

    def teasers(self, page: Page, i: int, cue: Cue, begun: bool) -> None:
        """Headlines of other articles: the next one, and all the rest when nothing but headlines follows."""
        last = i
        while last + 1 < len(page.blocks) and self.may_be_teaser(page, last + 1):
            last += 1
        if last + 1 < len(page.blocks) and last > i:
            last = i if begun else i + 1
        for k in range(i + 1, last + 1):
            page.take(k, "teaser", cue.rule)

    def may_be_teaser(self, page: Page, i: int) -> bool:
        return i not in page.taken and (page.cut_short(i) or (page.count(i) <= TEASER_WORDS and not page.ended(i)))

    def tail(self, page: Page, i: int) -> None:
        """What ends one of the last blocks: an end mark, a link, tags, a credit, a signature."""
        block = page.blocks[i]
        ending = block.text[-TAIL_LETTERS:]
        if len(block.text) <= SHORT and _WORD.search(ending) and self.contact.fullmatch(ending):
            page.take(i, "boilerplate", "words/contact")
            return
        if any(form in ending for form in self.end_forms) and (found := self.end.search(ending[-END_LETTERS:])):
            start = block.end - min(len(ending), END_LETTERS) + found.start()
            page.part(start, block.end, "boilerplate", self.at["end"].get(found[1])[0].rule)
            if start == block.start:
                page.taken.add(i)
            return
        if self.to_the_end(page, i) or self.credit(page, i) or len(block.text) > SHORT:
            return
        if block.text[0] in "-*":
            self.signature(page, i)

    def to_the_end(self, page: Page, i: int) -> bool:
        """A form that takes all that follows it."""
        ending = page.blocks[i].text[-TAIL_LETTERS:]
        if not any(word in ending for word in self.tails):
            return False
        first, stop = page.edges[0][i], page.edges[1][i]
        line = page.row(max(first, stop - TAIL_WORDS), stop)
        for k in range(len(line.tokens)):
            length, cues = self.at["tail"].find(line.tokens, k)
            if not length:
                continue
            cue, after = cues[0], k + length
            if cue.holds == "names":
                alone = k == 0 or line.kinds[k - 1] == SIGN
                if not alone or i + 1 < len(page.blocks) or SIGN in line.kinds[after:] or after == len(line.tokens):
                    continue
            page.part(line.starts[k], page.blocks[i].end, cue.kind, cue.rule)
            if line.starts[k] == page.blocks[i].start:
                page.taken.add(i)
            if cue.holds == "outlet-and-title" and ":" in line.tokens[after + 1 : -1]:
                colon = line.tokens.index(":", after + 1)
                page.said.append(Said("outlet", line.starts[after], line.ends[colon - 1], cue.rule))
                page.part(line.starts[colon + 1], page.blocks[i].end, "title", cue.rule)
            return True
        return False

    def credit(self, page: Page, i: int) -> bool:
        """«(عن …)» or «(رويترز)» at the end, «* خدمة «…»» below the text."""
        block = page.blocks[i]
        if ")" in block.text[-3:] and (found := _BRACKETS.search(block.text, max(0, len(block.text) - 70))):
            words, alone = re.findall(r"\w+", found[1]), found.start() == 0
            length, cues = self.at["brackets"].find(words, 0) if words else (0, ())
            rule = None
            if length and len(words) <= cues[0].most and (alone or self.known(words[length:])):
                rule = cues[0].rule
            elif outlet := self.known(words):
                rule = outlet
            if rule:
                page.part(block.start + found.start(1) - 1, block.end, "credit", rule)
                if alone:
                    page.taken.add(i)
                return True
        if len(block.text) <= SHORT and '"' in block.text:
            line = page.line(i)
            words = line.words()
            length, cues = self.at["starred"].find(words, 0) if words else (0, ())
            if length and len(words) <= cues[0].most and not page.ended(i):
                page.take(i, "credit", cues[0].rule)
                return True
        return False

    def known(self, words: list[str]) -> str | None:
        """The rule of the outlet or agency that the words name, if its name means nothing else."""
        length, entries = self.outlets.find(words, 0) if words else (0, ())
        return entries[0].rule if length == len(words) and length and entries[0].needs != "head" else None

    def signature(self, page: Page, i: int) -> None:
        """«- أمين عودة» or «* كاتب من العرجون» below the text."""
        line = page.line(i)
        words = line.words()
        last = all(k in page.taken for k in range(i + 1, len(page.blocks))) and page.blocks[i].text[-1] != ":"
        signed = last and i >= page.body and 2 <= len(words) <= SIGNATURE_WORDS
        if signed and not page.ended(i) and not line.numbers() and line.kinds.count(SIGN) <= 2 and page.ended(i - 1):
            page.take(i, "byline", "words/signature")

    def part_buttons(self, page: Page) -> None:
        """Buttons that run into the first line become a block of their own."""
        opener = _WORD.match(page.blocks[0].text) if page.blocks else None
        if not opener or opener[0] not in self.at["words"].lengths:
            return
        first, stop = page.edges[0][0], page.edges[1][0]
        line = page.row(first, min(stop, first + 12))
        place = pressed = 0
        while place < len(line.tokens) and (length := self.at["words"].find(line.tokens, place)[0]):
            place, pressed = place + length, pressed + 1
        if pressed >= 2 and place < len(line.tokens):
            page.split(0, line.ends[place - 1])


@lru_cache(maxsize=8)
def furniture_of(lang: Lexicon) -> Furniture:
    return Furniture(lang)
