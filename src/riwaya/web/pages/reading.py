"""One document: its source, its text with the layers on it, and what stands beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from riwaya.case import joins
from riwaya.case import search as index
from riwaya.case.case import Case
from riwaya.case.queries import Slip
from riwaya.errors import InvalidInput
from riwaya.model import (
    LAYERS,
    Attribution,
    Document,
    Entity,
    Finding,
    Hop,
    Mention,
    Quantity,
    Timex,
    Zone,
)
from riwaya.web.desk import Desk
from riwaya.web.graph import Graph, graph
from riwaya.web.marks import Mark, Paragraph, paragraphs
from riwaya.web.originals import showing
from riwaya.web.pages.page import Page, Text, slip, slips
from riwaya.web.verdicts import Ask, Verdicts

TOGGLES = ("statements", "sources", "names", "places", "dates", "quantities", "copied", "zones")
"""The layers of the reading view, in the order of their switches."""
MOST_NAMES = 60
MOST_SHOWN = 200


class Asked(Struct, frozen=True, kw_only=True):
    key: Text
    q: Text | None = None
    start: int | None = None
    end: int | None = None
    finding: Text | None = None
    """A mention or attribution to decide on."""


class Statement(Struct, frozen=True, kw_only=True):
    """A margin chip: who is made to say something, and through whom."""

    id: str
    at: int
    cue: str | None
    source: str | None
    kind: str | None
    chain: tuple[Hop, ...]
    manner: str
    function: str
    polarity: str
    hedges: list[str]
    rule: str


class Dated(Struct, frozen=True, kw_only=True):
    id: str
    at: int
    text: str
    value: str
    mod: str | None
    anchor: str | None


class Shared(Struct, frozen=True, kw_only=True):
    """A margin chip: a passage that another document has too; `taken` is None where nobody knows from whom."""

    id: str
    at: int
    other: Slip
    taken: bool | None
    kind: str


class Block(Struct, frozen=True, kw_only=True):
    """A paragraph and the chips in its margin."""

    paragraph: Paragraph
    statements: list[Statement]
    dates: list[Dated]
    shared: list[Shared]
    finding: Chosen | None


class Chosen(Struct, frozen=True, kw_only=True):
    """A finding that somebody wants to decide on."""

    id: str
    kind: str
    text: str
    rule: str
    entity: str | None
    name: str | None
    ask: Ask


class Named(Struct, frozen=True, kw_only=True):
    """A name in the text, and how often; `id` is its first mention."""

    id: str
    name: str
    kind: str
    count: int


class Neighbour(Struct, frozen=True, kw_only=True):
    """A document that this one takes from, or that takes from it."""

    doc: Slip
    older: bool
    share: float
    credited: bool
    shown: bool


class Toggle(Struct, frozen=True, kw_only=True):
    name: str
    count: int


class Caution(Struct, frozen=True, kw_only=True):
    """A warning of the reader, with the letters it is about."""

    kind: str
    detail: str
    start: int | None
    text: str | None


class ReadingView(Struct, frozen=True, kw_only=True):
    doc: Slip
    path: str
    sha256: str
    media_type: str
    reader: str
    author: str | None
    url: str | None
    published_basis: str
    language: str | None
    warnings: list[Caution]
    toggles: list[Toggle]
    blocks: list[Block]
    neighbours: list[Neighbour]
    names: list[Named]
    original: str
    """How the original can be shown: `page`, `text` or `download`."""
    asked: Asked


def answer(desk: Desk, asked: Asked) -> ReadingView:
    doc_slip = slip(desk, asked.key)
    doc = desk.case.document(doc_slip.id)
    known = graph(desk)
    found = layers_of(desk.case, doc)
    chosen, at = choice(desk, doc, found, asked.finding)
    marks = [*finding_marks(desk.case, doc, found), *shared_marks(known, doc), *found_marks(desk, doc, asked)]
    lines = paragraphs(doc.text, marks)
    counts: dict[str, int] = {}
    for mark in marks:
        counts[mark.layer] = counts.get(mark.layer, 0) + 1
    return ReadingView(
        doc=doc_slip,
        path=doc.path,
        sha256=doc.sha256,
        media_type=doc.media_type,
        reader=doc.reader,
        author=doc.author,
        url=doc.url,
        published_basis=doc.published_basis,
        language=doc.language,
        warnings=[
            Caution(kind=w.kind, detail=w.detail, start=w.start, text=_cut(doc.text, w.start, w.end))
            for w in doc.warnings
        ],
        toggles=[Toggle(name=name, count=counts.get(name, 0)) for name in TOGGLES],
        blocks=blocks(lines, statements(doc, found), dates(doc, found), shared(desk, known, doc), chosen, at),
        neighbours=neighbours(desk, known, doc.id),
        names=names_in(desk, doc, found),
        original=showing(doc.media_type),
        asked=asked,
    )


def _cut(text: str, start: int | None, end: int | None) -> str | None:
    return None if start is None or end is None else text[start : min(end, start + 80)]


Found = dict[type[Finding], list[Finding]]


def layers_of(case: Case, doc: Document) -> Found:
    """What was found in a document, with what the case taught about whom its mentions and sources mean."""
    ((_, found),) = case.findings_by_document([*LAYERS.values()], [doc.id])
    found[Mention] = [*joins.mentions(case, doc.id)]
    found[Attribution] = [*joins.attributions(case, doc.id)]
    return found


def choice(desk: Desk, doc: Document, found: Found, id: str | None) -> tuple[Chosen | None, int]:
    """The mention or attribution of an id, and where it is."""
    for f in (*found.get(Mention, ()), *found.get(Attribution, ())) if id else ():
        if f.id == id:
            entity = f.entity if isinstance(f, Mention) else f.source_entity if isinstance(f, Attribution) else None
            known = desk.case.across_one(Entity, entity) if entity else ()
            kind = "mention" if isinstance(f, Mention) else "attribution"
            return Chosen(
                id=f.id,
                kind=kind,
                text=f.span.of(doc.text)[:MOST_SHOWN],
                rule=f.rule,
                entity=entity if known else None,
                name=known[0].name if known else None,
                ask=Verdicts(desk).ask(f"{kind}/{f.id}"),
            ), f.start
    return None, 0


def names_in(desk: Desk, doc: Document, found: Found) -> list[Named]:
    """Whom and what the text names, the most frequent first."""
    first: dict[str, Mention] = {}
    counts: Counter[str] = Counter()
    for f in found.get(Mention, ()):
        if isinstance(f, Mention):
            key = f.entity or f.span.of(doc.text)
            first.setdefault(key, f)
            counts[key] += 1
    chosen = sorted(counts, key=lambda key: (-counts[key], key))[:MOST_NAMES]
    names = {key: known[0].name for key in chosen if (known := desk.case.across_one(Entity, key))}
    return [
        Named(id=f.id, name=names.get(key, f.span.of(doc.text)), kind=f.kind, count=counts[key])
        for key in chosen
        if (f := first[key])
    ]


def finding_marks(case: Case, doc: Document, found: Found) -> Iterator[Mark]:
    names: dict[str, str | None] = {}
    for layer in found.values():
        for f in layer:
            if isinstance(f, Mention):
                if f.entity and f.entity not in names:
                    known = case.across_one(Entity, f.entity)
                    names[f.entity] = known[0].name if known else None
                name = names.get(f.entity) if f.entity else None
                yield Mark(f.start, f.end, "places" if f.kind == "place" else "names", name or "", f.id)
            elif isinstance(f, Timex):
                yield Mark(f.start, f.end, "dates", f.edtf or f.value, f.id)
            elif isinstance(f, Quantity):
                yield Mark(f.start, f.end, "quantities", reading_of(f), f.id)
            elif isinstance(f, Zone):
                yield Mark(f.start, f.end, "zones", f.kind, f.id)
            elif isinstance(f, Attribution):
                for part in f.parts or (f.content,):
                    yield Mark(part.start, part.end, "statements", "", f.id)
                for span in (f.source, f.cue, f.cue_closing):
                    if span:
                        yield Mark(span.start, span.end, "sources", "", f.id)


def reading_of(quantity: Quantity) -> str:
    """What a quantity means, in signs that need no language."""
    low, high = quantity.low, quantity.high
    if low == high:
        text = f"{low}"
    elif high is None:
        text = f"≥ {low}"
    elif low is None:
        text = f"≤ {high}"
    else:
        text = f"{low}–{high}"
    return ("≈ " if quantity.approx else "") + text + (f" {quantity.unit}" if quantity.unit else "")


def shared_marks(known: Graph, doc: Document) -> Iterator[Mark]:
    for line in known.lines(doc.id):
        here, _ = line.ends(doc.id)
        yield Mark(here.start, here.end, "copied", "", line.id)


def found_marks(desk: Desk, doc: Document, asked: Asked) -> Iterator[Mark]:
    """What the reader came for: a stretch that the address names, or the words of a query."""
    if asked.start is not None and asked.end is not None and 0 <= asked.start < asked.end <= len(doc.text):
        yield Mark(asked.start, asked.end, "target", "", "target")
    if asked.q:
        try:
            query = index.parse(asked.q, desk.lang)
        except InvalidInput:
            return
        for span in index.places(doc.text, query, desk.lang):
            yield Mark(span.start, span.end, "found")


def statements(doc: Document, found: Found) -> list[Statement]:
    return [
        Statement(
            id=f.id,
            at=f.start,
            cue=f.cue.of(doc.text) if f.cue else None,
            source=speaker(f, doc),
            kind=f.source_kind,
            chain=f.chain,
            manner=f.manner,
            function=f.function,
            polarity=f.polarity,
            hedges=[span.of(doc.text) for span in f.certainty],
            rule=f.rule,
        )
        for f in found.get(Attribution, ())
        if isinstance(f, Attribution)
    ]


def speaker(f: Attribution, doc: Document) -> str | None:
    """Who is made to speak: as written here, as written where the pronoun points, or the end of the chain."""
    for span in (f.source, f.resolved_from):
        if span:
            return span.of(doc.text)
    return f.chain[-1].name if f.chain else None


def dates(doc: Document, found: Found) -> list[Dated]:
    return [
        Dated(id=f.id, at=f.start, text=f.span.of(doc.text), value=f.edtf or f.value, mod=f.mod, anchor=f.anchor)
        for f in found.get(Timex, ())
        if isinstance(f, Timex)
    ]


def shared(desk: Desk, known: Graph, doc: Document) -> list[Shared]:
    lines = known.lines(doc.id)
    named = slips(desk, (line.ends(doc.id)[1].doc for line in lines))
    chips = []
    for line in lines:
        here, there = line.ends(doc.id)
        newer = line.newer()
        taken = None if newer is None else newer == here
        chips.append(Shared(id=line.id, at=here.start, other=named[there.doc], taken=taken, kind=line.kind))
    return sorted(chips, key=lambda chip: chip.at)


def neighbours(desk: Desk, known: Graph, doc: str) -> list[Neighbour]:
    edges = known.edges(doc)
    named = slips(desk, (e.older if e.newer == doc else e.newer for e in edges))
    rows = [
        Neighbour(
            doc=named[e.older if e.newer == doc else e.newer],
            older=e.newer == doc,
            share=e.share,
            credited=e.credited,
            shown=e.shown,
        )
        for e in edges
    ]
    return sorted(rows, key=lambda row: (not row.older, -row.share, row.doc.id))


def blocks(
    lines: Sequence[Paragraph],
    said: Sequence[Statement],
    dated: Sequence[Dated],
    passages: Sequence[Shared],
    chosen: Chosen | None,
    at: int,
) -> list[Block]:
    """Each paragraph with the chips whose place is in it."""
    starts = [line.start for line in lines]
    by_line = zip(lines, in_lines(starts, said), in_lines(starts, dated), in_lines(starts, passages), strict=True)
    home = max(0, bisect_right(starts, at) - 1) if chosen else None
    return [
        Block(paragraph=line, statements=s, dates=d, shared=once(p), finding=chosen if number == home else None)
        for number, (line, s, d, p) in enumerate(by_line)
    ]


def once(chips: Sequence[Shared]) -> list[Shared]:
    """One chip for each document that a paragraph shares something with."""
    return list({(chip.other.key, chip.taken): chip for chip in reversed(chips)}.values())[::-1]


class HasPlace(Protocol):
    @property
    def at(self) -> int: ...


C = TypeVar("C", bound=HasPlace)


def in_lines(starts: Sequence[int], chips: Sequence[C]) -> list[list[C]]:
    found: list[list[C]] = [[] for _ in starts]
    for chip in chips:
        if starts:
            found[max(0, bisect_right(starts, chip.at) - 1)].append(chip)
    return found


page = Page(name="reading", path="/documents/{key}", answer=answer)
