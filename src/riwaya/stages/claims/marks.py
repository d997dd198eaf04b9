"""A document laid out for cutting: what each word is part of, bounds and states."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from riwaya.model import Attribution, Hop, Naming, Quantity, Timex, Zone
from riwaya.stage import Reading
from riwaya.stages.claims.knowledge import Knowledge
from riwaya.text.words import SIGN

SILENT = ("boilerplate", "byline", "dateline", "teaser", "credit")
"""Zones in which nothing is stated."""
ECHOES = ("title", "caption", "pull-quote")
"""Zones that repeat what the text says."""
SPOKEN = ("statement", "headline", "pull-quote", "agentless", "author-hedge", "belief")
NOBODY, OUTSIDE = -1, -2


class Marks:
    """For every word the name, date, quantity, zone and speaker it belongs to, its predicate and what it bounds."""

    def __init__(self, reading: Reading, namings: Sequence[Naming], known: Knowledge) -> None:
        self.reading, self.known = reading, known
        self.doc = reading.doc
        words = reading.words
        self.norms, self.kinds = words.norms, words.kinds.tolist()
        self.starts, self.ends = words.source_starts.tolist(), words.source_ends.tolist()
        self.namings = sorted(namings, key=lambda n: (n.start, n.end))
        self.attributions = [a for a in reading.of(Attribution) if a.function in SPOKEN]
        self.bounds = [known.kinds(self.norms, i) for i in range(len(self.norms))]
        self.owner = self._owners()
        self.mention = self._marks((n.start, n.end) for n in self.namings)
        self.timex = self._marks((t.start, t.end) for t in reading.of(Timex))
        self.quantity = self._marks((q.start, q.end) for q in reading.of(Quantity))
        self.silent = self._marks((z.start, z.end) for z in reading.of(Zone) if z.kind in SILENT)
        self.echo = self._marks((z.start, z.end) for z in reading.of(Zone) if z.kind in ECHOES)
        self.classes = self._classes()
        self.own_chain = self._own_chain()

    def within(self, start: int, end: int) -> range:
        """The words that lie at least partly in a stretch."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def written(self, i: int) -> str:
        """A word as it stands in the text: «ه» and «ة» fold alike."""
        return self.doc.text[self.starts[i] : self.ends[i]]

    def follows(self, start: int, kind: str) -> bool:
        """Does what starts there stand after a word of a kind?"""
        before = bisect_left(self.starts, start) - 1
        return before >= 0 and kind in self.bounds[before]

    def _marks(self, stretches: Iterable[tuple[int, int]]) -> list[int]:
        """For every word the number of the stretch that holds it, or NOBODY."""
        marks = [NOBODY] * len(self.norms)
        for number, (start, end) in enumerate(stretches):
            for i in self.within(start, end):
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
                for i in self.within(part.start, part.end):
                    if "topic" in self.bounds[i]:
                        break
                    owner[i] = k
            size[k] = len(told.content)
        for k in order:
            told = self.attributions[k]
            for outside in (told.cue, told.cue_closing, told.source):
                for i in self.within(outside.start, outside.end) if outside is not None else ():
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
