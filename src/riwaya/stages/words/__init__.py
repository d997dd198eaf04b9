"""What a text is made of: sentences, stretches that are not the article's own prose, and what it says of itself.

Every letter of prose is in one sentence, and no sentence crosses the edge of a zone. Titles, teasers, captions and
pull-quotes say something, so their sentences are given too (the zone tells what they are worth); bylines, datelines,
credits and boilerplate say nothing and have none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter

import numpy as np

from riwaya.lang.ar import arabic
from riwaya.lang.lexicon import Lexicon
from riwaya.model import Document, Masthead, Sentence, Zone
from riwaya.stage import Reading, each
from riwaya.stages.words.furniture import furniture_of
from riwaya.stages.words.masthead import header_of
from riwaya.stages.words.page import Page
from riwaya.stages.words.repeats import captions, pull_quotes
from riwaya.stages.words.splitter import splitter_of
from riwaya.text.span import Span
from riwaya.text.view import View
from riwaya.text.words import Words

__all__ = ["sentences", "words"]

SILENT = frozenset({"byline", "dateline", "boilerplate", "credit"})
"""Zones that state nothing."""


@each(gives=(Zone, Masthead, Sentence), version=1)
def words(reading: Reading) -> Iterator[Zone | Masthead | Sentence]:
    """Cuts a document into sentences and zones, and reads what it says of itself."""
    doc, view = reading.doc, reading.view
    page = read_page(reading.words, doc, reading.lang)
    zones = sorted(set(page.zones))
    places = [(z.start, z.end) for z in zones] + [(s.start, s.end) for s in page.said] + cut(page, reading.lang)
    spans = iter(to_source(view, places))
    for zone in zones:
        start, end = next(spans)
        yield Zone(doc=doc.id, start=start, end=end, kind=zone.kind, rule=zone.rule)
    for field in page.said:
        start, end = next(spans)
        if getattr(doc, field.field) is None:
            yield Masthead(
                doc=doc.id,
                start=start,
                end=end,
                field=field.field,
                value=" ".join(doc.text[start:end].replace("ـ", "").split()),
                basis="derived" if field.field == "title" else "dateline",
                rule=field.rule,
            )
    for start, end in spans:
        yield Sentence(doc=doc.id, start=start, end=end)


def read_page(tokens: Words, doc: Document, lang: Lexicon) -> Page:
    """The page with its zones, and what its text says of itself."""
    page = Page(tokens, doc)
    furniture_of(lang).find(page)
    captions(page)
    header_of(lang).read(page)
    pull_quotes(page)
    return page


def cut(page: Page, lang: Lexicon) -> list[tuple[int, int]]:
    """The sentences of a page by their places in the view; the edges of zones are theirs too."""
    splitter = splitter_of(lang)
    zones = sorted(page.zones)
    places: list[tuple[int, int]] = []
    k = 0
    for block in page.blocks:
        while k < len(zones) and zones[k].end <= block.start:
            k += 1
        if k == len(zones) or zones[k].start >= block.end:
            places += splitter.cut(page.view, block.start, block.end)
            continue
        last = bisect_left(zones, block.end, lo=k, key=attrgetter("start"))
        inside = zones[k:last]
        edges = sorted({block.start, block.end, *(p for zone in inside for p in (zone.start, zone.end))})
        for start, end in pairwise(edges):
            around = [zone for zone in inside if zone.start <= start and end <= zone.end]
            innermost = min(around, key=lambda zone: zone.end - zone.start, default=None)
            if innermost is None or innermost.kind not in SILENT:
                places += splitter.cut(page.view, start, end)
    return places


def sentences(text: str) -> list[Span]:
    """The sentences of an Arabic text.

    >>> text = "انهار السد. وقال شهود: «لم نسمع شيئاً»"
    >>> [span.of(text) for span in sentences(text)]
    ['انهار السد.', 'وقال شهود: «لم نسمع شيئاً»']

    Zones are heeded: a byline or a row of share links is no sentence.
    """
    view = View(text, arabic.fold)
    doc = Document(id="", path="", sha256="", media_type="text/plain", reader="", text=text)
    page = read_page(Words(view), doc, arabic)
    return [Span(start, end) for start, end in to_source(view, cut(page, arabic))]


def to_source(view: View, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Many places of the view in the source at once."""
    pairs = np.array(list(places), dtype=np.int64).reshape(-1, 2)
    starts, ends = view.offsets[pairs[:, 0]], view.ends[pairs[:, 1] - 1]
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
