"""What a text is made of: sentences, stretches that are not the article's own prose, and what it says of itself.

Every letter of prose is in one sentence, and no sentence crosses the edge of a zone. Titles, teasers, captions and
pull-quotes say something, so their sentences are given too (the zone tells what they are worth); bylines, datelines,
credits and boilerplate say nothing and have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise, takewhile
from typing import Literal

import numpy as np

from riwaya.lang.ar import arabic
from riwaya.lang.lexicon import Lexicon
from riwaya.model import Document, Masthead, Sentence, Zone
from riwaya.stage import Reading, each
from riwaya.stages.words.furniture import furniture_of
from riwaya.stages.words.masthead import Said, header_of
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
    page, said = read_page(reading.words, doc, reading.lang)
    zones = sorted(set(page.zones))
    for zone, (start, end) in zip(zones, to_source(view, [(z.start, z.end) for z in zones]), strict=True):
        yield Zone(doc=doc.id, start=start, end=end, kind=zone.kind, rule=zone.rule)
    for field, (start, end) in zip(said, to_source(view, [(s.start, s.end) for s in said]), strict=True):
        if getattr(doc, field.field) is None:
            yield Masthead(
                doc=doc.id,
                start=start,
                end=end,
                field=field.field,
                value=" ".join(doc.text[start:end].replace("ـ", "").split()),
                basis=basis(field.field),
                rule=field.rule,
            )
    for start, end in to_source(view, cut(page, reading.lang)):
        yield Sentence(doc=doc.id, start=start, end=end)


def basis(field: str) -> Literal["dateline", "derived"]:
    return "derived" if field == "title" else "dateline"


def read_page(tokens: Words, doc: Document, lang: Lexicon) -> tuple[Page, list[Said]]:
    """The page with its zones, and the fields that its text fills."""
    page, header = Page(tokens, doc), header_of(lang)
    furniture_of(lang).find(page)
    captions(page)
    said = header.read(page)
    said += header.title(page)
    pull_quotes(page)
    return page, said


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
        inside = list(takewhile(lambda zone: zone.start < block.end, islice(zones, k, None)))
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
    page, _ = read_page(Words(view), doc, arabic)
    return [Span(start, end) for start, end in to_source(view, cut(page, arabic))]


def to_source(view: View, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Many places of the view in the source at once."""
    pairs = np.array(list(places), dtype=np.int64).reshape(-1, 2)
    starts, ends = view.offsets[pairs[:, 0]], view.ends[pairs[:, 1] - 1]
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
