"""The words of a document as the frames see them: sentences, paragraphs, and pairs of quotation marks.

Quotation marks are counted and never trusted: one that finds no partner opens nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from riwaya.model import Mention, Sentence, Timex, Zone
from riwaya.stage import Reading
from riwaya.stages.attributions.grammar import Grammar, of
from riwaya.text.span import Span
from riwaya.text.words import DIGIT

QUOTE, COMMA, COLON = '"', ",", ":"
ENDS = frozenset(".?!")
SIGNS = frozenset("\",:;.?!()[]-/'")
SAYS = ("say", "add", "think")
KASRA_HAMZA = "إ"
NAME_QUOTE = 4
"""A quotation of so many words inside a source is a name, not speech."""
NAME_LENGTH = 8
"""A full stop in a quotation of so few words belongs to a name: «"راية. نت"»."""
LONGEST_QUOTE = 400
"""Words; a pair further apart is two strays."""
PERSONAL, CALLS, SELDOM = 4, 5, 120
"""A column has so many words of the first person or calls and questions, one among so many words at least."""
PARAGRAPHS = 3
"""A quotation may run over so many line breaks."""
SOFT_WIDTH = 120
"""A text whose lines are all shorter than this may be wrapped by hand or by a PDF."""


class Page:
    """A reading with what the frames ask of it.

    >>> from riwaya.stages.attributions import page_of
    >>> page = page_of('قال: "لن نرحل". ثم مضى.')
    >>> page.quotes, [(s.start, s.stop) for s in page.sentences]
    ({2: 5}, [(0, 7), (7, 10)])

    `quotes` maps the word that opens a quotation to the one that closes it.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.grammar: Grammar = of(reading.lang)
        self.words = reading.words
        self.norms = self.words.norms
        self.text = reading.doc.text

    def __len__(self) -> int:
        return len(self.norms)

    @cached_property
    def starts(self) -> list[int]:
        """Where each word starts in the source."""
        return list(self.words.source_starts.tolist())

    @cached_property
    def stops(self) -> list[int]:
        """Where each word ends in the source."""
        return list(self.words.source_ends.tolist())

    def span(self, start: int, stop: int, skip: int = 0) -> Span:
        """The place of words `start` up to `stop` (exclusive) in the source."""
        return self.words.span(start, stop - 1, skip)

    def source(self, i: int) -> str:
        """The word as it is written."""
        return self.text[self.starts[i] : self.stops[i]]

    @cached_property
    def breaks(self) -> list[int]:
        """The words before which a line ends for good: headings, paragraphs, list items."""
        if not len(self):
            return []
        codes = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        lines = np.flatnonzero((codes == 0x0A) | (codes == 0x0D) | (codes == 0x2029))
        if not lines.size:
            return []
        firsts = np.unique(np.searchsorted(self.words.source_starts, lines))
        firsts = firsts[(firsts > 0) & (firsts < len(self))].tolist()
        return self._hard(firsts, lines.tolist())

    def _hard(self, firsts: list[int], lines: list[int]) -> list[int]:
        """Leaves out the breaks inside the sentences of a text that is wrapped at a fixed width."""
        lengths = [b - a for a, b in zip([0, *firsts], [*firsts, len(self)], strict=True)]
        widths = [self.stops[b - 1] - self.starts[a] for a, b in zip([0, *firsts], [*firsts, len(self)], strict=True)]
        ended = [self.norms[i - 1] in ENDS or self.norms[i - 1] in ':"' for i in firsts]
        width = sorted(widths)[int(len(widths) * 0.9)]
        open_lines = sum(not done and w >= 0.6 * width for done, w in zip(ended, widths, strict=False))
        wrapped = len(lengths) >= 4 and width <= SOFT_WIDTH and open_lines >= 0.35 * len(firsts)
        if not wrapped:
            return firsts
        return [
            first
            for first, done, w, after in zip(firsts, ended, widths, widths[1:], strict=False)
            if done or (w < 0.6 * width and after >= 0.6 * width)
        ]

    @cached_property
    def sentences(self) -> list[range]:
        """The sentences as ranges of words: those of the words stage, else by full stops and lines."""
        if found := self.reading.of(Sentence):
            ranges = [self.words.within(s.span) for s in found]
            return [r for r in ranges if len(r)]
        norms, hard = self.norms, set(self.breaks)
        cuts, start = [], 0
        for i, norm in enumerate(norms):
            if i in hard and i > start:
                cuts.append(range(start, i))
                start = i
            if norm in ENDS and self._ends(i):
                cuts.append(range(start, i + 1))
                start = i + 1
        if start < len(norms):
            cuts.append(range(start, len(norms)))
        return self._closed(cuts)

    def _ends(self, i: int) -> bool:
        """Does the stop at word `i` end a sentence, and not an initial, a number or an ellipsis?"""
        norms = self.norms
        if norms[i] != ".":
            return True
        follows = norms[i + 1] if i + 1 < len(norms) else ""
        before = norms[i - 1] if i else ""
        if len(before) == 1 and before.isalpha():
            return False
        if (around := self.enclosing(i)) and around[1] - around[0] <= NAME_LENGTH:
            return False
        glued = i + 1 < len(norms) and self.starts[i + 1] == self.stops[i]
        if (follows == "." and glued) or (before == "." and self.stops[i - 1] == self.starts[i]):
            return False
        return not (glued and self.words.kinds[i + 1] == DIGIT and before.isdigit())

    def _closed(self, cuts: list[range]) -> list[range]:
        """A closing mark behind the full stop belongs to the sentence that it closes."""
        closing = set(self.quotes.values())
        for k in range(len(cuts) - 1):
            nxt = cuts[k + 1]
            while len(nxt) and nxt.start in closing:
                cuts[k], nxt = range(cuts[k].start, nxt.start + 1), range(nxt.start + 1, nxt.stop)
                while len(nxt) and self.norms[nxt.start] in ENDS:
                    cuts[k], nxt = range(cuts[k].start, nxt.start + 1), range(nxt.start + 1, nxt.stop)
            cuts[k + 1] = nxt
        return [c for c in cuts if len(c)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence(self, i: int) -> range:
        """The sentence that word `i` stands in."""
        at = bisect_right(self._sentence_starts, i) - 1
        return self.sentences[at] if at >= 0 else range(i, i + 1)

    def paragraph(self, i: int) -> range:
        """The words around `i` between two hard line breaks."""
        at = bisect_right(self.breaks, i)
        start = self.breaks[at - 1] if at else 0
        return range(start, self.breaks[at] if at < len(self.breaks) else len(self))

    @cached_property
    def quotes(self) -> dict[int, int]:
        """Opening mark → closing mark, as word indices."""
        pairs: dict[int, int] = {}
        stack: list[int] = []
        for i, norm in enumerate(self.norms):
            if norm != QUOTE:
                continue
            if self._opens(i, bool(stack)):
                stack.append(i)
                continue
            while stack:
                opening = stack.pop()
                if i - opening <= LONGEST_QUOTE and self._lines(opening, i) <= PARAGRAPHS:
                    if i > opening + 1:
                        pairs[opening] = i
                    break
        return pairs

    def _lines(self, i: int, j: int) -> int:
        return bisect_right(self.breaks, j) - bisect_right(self.breaks, i)

    def opens(self, i: int) -> bool:
        """Does the mark at word `i` look like one that opens a quotation?"""
        return self._opens(i, False)

    def _opens(self, i: int, inside: bool) -> bool:
        """Does the mark open? Its shape and what it touches must not contradict each other."""
        shape = self.text[self.starts[i]]
        before, after = self._touches(i)
        if shape in "«‹" or shape in "„‟":
            return not (inside and not after)
        if shape in "»›":
            return after and not before and not inside
        if before and not after and not inside and self._says(i - 1):
            return True  # «وتابع" انا من»
        if before != after:
            return after
        if shape in "“”" and not inside:
            return True
        return not inside

    def _says(self, i: int) -> bool:
        """Is word `i` a verb of saying?"""
        return i >= 0 and any(
            s.form.tense in ("past", "present") and "quote" in s.entry.takes for s in self.grammar.senses(self.norms[i])
        )

    def _touches(self, i: int) -> tuple[bool, bool]:
        """Does a letter touch the mark before, or after? A lone clitic («ب"…"», «لـ"…"») does not count."""
        text, start, stop = self.text, self.starts[i], self.stops[i]
        after = stop < len(text) and not text[stop].isspace() and (text[stop].isalnum() or text[stop] in "([«“")
        before = start > 0 and not text[start - 1].isspace() and text[start - 1] not in '([:،,؛"'
        if before and i and len(self.norms[i - 1]) == 1 and self.norms[i - 1] in "وفبلك":
            before = False
        if before and i and self.norms[i - 1] in ("ال", "وال", "بال"):
            before = False
        return before, after

    def enclosing(self, i: int) -> tuple[int, int] | None:
        """The innermost pair of marks around word `i`."""
        best = None
        for opening, closing in self._pairs:
            if opening >= i:
                break
            if opening < i < closing:
                best = (opening, closing)
        return best

    @cached_property
    def _pairs(self) -> list[tuple[int, int]]:
        return sorted(self.quotes.items())

    @cached_property
    def speaking(self) -> frozenset[str]:
        """The words that stand close behind a verb of saying anywhere on the page: names of speakers are among them."""
        near: set[str] = set()
        for i, norm in enumerate(self.norms):
            if any(s.form.tense in ("past", "present") and s.entry.does in SAYS for s in self.grammar.senses(norm)):
                near.update(n for n in self.norms[i + 1 : i + 8] if len(n) > 2)
        return frozenset(near)

    @cached_property
    def personal(self) -> bool:
        """Does the page speak in the first person, call or ask outside quotations, as columns and stories do?"""
        return self.speaks_for_itself(())

    def speaks_for_itself(self, told: Sequence[range]) -> bool:
        """Is it `personal` also without the words of `told`, which are somebody else's?"""
        mine, calls = self.voice(told)
        return any(
            count >= least and count * SELDOM >= len(self) for count, least in ((mine, PERSONAL), (calls, CALLS))
        )

    def voice(self, told: Sequence[range]) -> tuple[int, int]:
        """How many words of the first person, and calls and questions, stand outside quotations and `told`."""
        mine, calls = self._voices
        return tuple(sum(not any(i in r for r in told) for i in places) for places in (mine, calls))  # type: ignore[return-value]

    @cached_property
    def _voices(self) -> tuple[list[int], list[int]]:
        inside = {i for opening, closing in self.quotes.items() for i in range(opening, closing)}
        mine = self.grammar.words_by_kind["mine"]
        outside = [(i, norm) for i, norm in enumerate(self.norms) if norm in mine or norm in ("?", "!")]
        outside = [(i, norm) for i, norm in outside if i not in inside and not self.source(i).endswith("ى")]  # «لدى»
        return [i for i, norm in outside if norm in mine], [i for i, norm in outside if norm in "?!"]

    @cached_property
    def times(self) -> dict[int, int]:
        """The words of time expressions: first → one past the last."""
        found: dict[int, int] = {}
        for timex in self.reading.of(Timex):
            inside = self.words.within(timex.span)
            if len(inside):
                found[inside.start] = inside.stop
        return found

    @cached_property
    def mentions(self) -> dict[int, tuple[int, Mention]]:
        """The longest mention that starts at a word (its clitics aside): one past its last word, and itself."""
        found: dict[int, tuple[int, Mention]] = {}
        for mention in self.reading.of(Mention):
            first = self.words.at(mention.start)
            first += self._demands(first, mention)
            stop = int(np.searchsorted(self.words.source_ends, mention.end, side="left")) + 1
            while stop - 1 > first and self._preposition(stop - 1):
                stop -= 1  # «سامي الحداد | أمام»
            if first < len(self) and (first not in found or found[first][0] < stop):
                found[first] = (min(stop, len(self)), mention)
        return found

    def _demands(self, i: int, mention: Mention) -> bool:
        """Is the first word of a long name the verb of its sentence: «طالب | سامي رائد الحداد بـ»?"""
        named = mention.kind == "person" and mention.level == "name" and i + 2 < len(self)
        return named and self.starts[i + 2] < mention.end and i == self.sentence(i).start and self._says(i)

    def _preposition(self, i: int) -> bool:
        """Is word `i` a preposition as it is written: «أمام», but neither «إمام» nor «علي»?"""
        known = i < len(self) and self.norms[i] in self.grammar.words_by_kind["preposition"]
        return known and not self.source(i).startswith(KASRA_HAMZA) and not self.source(i).endswith("ي")

    @cached_property
    def named_until(self) -> dict[int, int]:
        """One past the last word of every person's name → its first word."""
        return {stop: i for i, (stop, m) in self.mentions.items() if m.kind == "person" and m.level == "name"}

    @cached_property
    def named_words(self) -> frozenset[str]:
        """The words of the persons' names of a page, as they stand without a clitic."""
        inside = ((i, stop) for i, (stop, m) in self.mentions.items() if m.kind == "person" and m.level == "name")
        words: set[str] = set()
        for i, stop in inside:
            bare = self.mentions[i][1].start == self.starts[i]
            words.update(w for w in self.norms[i + (not bare) : stop] if len(w) > 3)
        return frozenset(words)

    @cached_property
    def zones(self) -> list[tuple[int, int, Zone]]:
        """The zones, as ranges of words."""
        return [(r.start, r.stop, zone) for zone in self.reading.of(Zone) if (r := self.words.within(zone.span))]

    def zone(self, i: int) -> str | None:
        """The kind of zone that word `i` stands in."""
        return next((zone.kind for start, stop, zone in self.zones if start <= i < stop), None)
