"""The nouns: what a document is and what can be found in it.

Every value is frozen and points at letters: spans are code points in `Document.text`.
A finding that a stage gives is a `Finding`: it names its document and the rule that made it, so that
`riwaya explain` can say why. What is not known is `None` (or a value with X in it), never a guess.
Values hold no cycles, so the collector of those need not walk through them (`gc=False`).
The field names of each layer are those of the JSON Lines export (docs/reference/layers.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import ClassVar, Literal

from msgspec import Struct

from riwaya.text.span import Span

__all__ = [
    "ACROSS",
    "LAYERS",
    "Alarm",
    "Alignment",
    "Amount",
    "Attribution",
    "Claim",
    "Cluster",
    "Conflict",
    "Copy",
    "Decision",
    "Document",
    "Edit",
    "Entity",
    "Event",
    "Failure",
    "Finding",
    "Gist",
    "Hop",
    "Masthead",
    "Member",
    "Mention",
    "Name",
    "Naming",
    "Origin",
    "Passage",
    "Place",
    "Quantity",
    "Reason",
    "Sentence",
    "Side",
    "Span",
    "Timex",
    "Warning",
    "Zone",
]


# --- documents -------------------------------------------------------------------------------------------------


class Warning(Struct, frozen=True, kw_only=True, gc=False):
    """Something a reader must know before trusting the text: lost digits, kashidas, scrambled lines, OCR."""

    kind: str
    detail: str
    start: int | None = None
    end: int | None = None


class Document(Struct, frozen=True, kw_only=True, gc=False):
    """One text by one outlet, as it was read; `text` never changes afterwards."""

    id: str
    path: str
    sha256: str
    """Of the original bytes: the file, or the record inside a container."""
    media_type: str
    reader: str
    """Name and version of what made `text` from the bytes."""
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    """EDTF: 2016-05-03, 2016-05-03T14:00, 2016-05, 2016-05-03/…"""
    published_basis: Literal["metadata", "dateline", "derived", "unknown"] = "unknown"
    language: str | None = None
    warnings: tuple[Warning, ...] = ()
    text: str


class Failure(Struct, frozen=True, kw_only=True, gc=False):
    """What could not be read or analysed: a result like any other."""

    path: str
    stage: str
    error: str
    message: str


# --- findings ----------------------------------------------------------------------------------------------------


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """What a stage yields about one document: a stretch of its text and the rule that found it."""

    layer: ClassVar[str]

    doc: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def id(self) -> str:
        """Its address, the same in every run: layer, document and place; see `riwaya explain`."""
        return finding_id(self.layer, self.doc, self.start, self.end)


@lru_cache(maxsize=10_000)
def document_key(doc: str) -> str:
    """A short name for a document in the ids of its findings, made from its id alone.

    >>> document_key("kharana/alsada.txt")
    '879346680e0c'
    """
    return blake2b(doc.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def finding_id(layer: str, doc: str, start: int, end: int) -> str:
    return f"{layer[0].upper()}-{document_key(doc)}-{start}-{end}"


class Zone(Finding, frozen=True, kw_only=True):
    """A stretch that is not the article's own prose."""

    layer: ClassVar[str] = "zones"
    kind: Literal["title", "byline", "dateline", "boilerplate", "teaser", "caption", "pull-quote", "credit"]
    rule: str


class Masthead(Finding, frozen=True, kw_only=True):
    """What the text says of itself, for the fields of its Document that no metadata filled."""

    layer: ClassVar[str] = "mastheads"
    field: Literal["outlet", "title", "author", "published"]
    value: str
    basis: Literal["dateline", "derived"]
    rule: str


class Sentence(Finding, frozen=True, kw_only=True):
    layer: ClassVar[str] = "sentences"


class Timex(Finding, frozen=True, kw_only=True):
    """A temporal expression with its TIMEX3 value."""

    layer: ClassVar[str] = "timexes"
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str | None = None
    edtf: str | None = None
    anchor: str | None = None
    """`publication`, `utterance`, `explicit`, or the id of the timex it counts from."""
    rule: str


class Quantity(Finding, frozen=True, kw_only=True):
    """A number that counts or measures something; an open end is None."""

    layer: ClassVar[str] = "quantities"
    low: float | int | None
    high: float | int | None
    approx: bool = False
    unit: str | None = None
    """The counted noun or unit, folded and singular."""
    rule: str


class Mention(Finding, frozen=True, kw_only=True):
    """A naming of somebody or something; the names stage leaves `entity` to the entities stage."""

    layer: ClassVar[str] = "mentions"
    kind: Literal["person", "organisation", "place", "anonymous"]
    level: Literal["name", "nominal"]
    entity: str | None = None
    rule: str


class Hop(Struct, frozen=True, kw_only=True, gc=False):
    """One teller in a chain; a hop without a place was not written in the text (the outlet itself)."""

    name: str
    kind: Literal["person", "organisation", "outlet", "agency", "document", "anonymous"] | None = None
    entity: str | None = None
    doc: str | None = None
    start: int | None = None
    end: int | None = None
    hop: str
    """How the word passed on: `outlet`, `dateline`, `byline`, `credit`, `carrier`, `source`, …"""


class Attribution(Finding, frozen=True, kw_only=True):
    """A statement that the text puts in somebody's mouth; start and end are the hull of its parts."""

    layer: ClassVar[str] = "attributions"
    cue: Span | None
    cue_closing: Span | None = None
    source: Span | None = None
    source_kind: Literal["person", "organisation", "outlet", "agency", "document", "anonymous"] | None = None
    source_entity: str | None = None
    resolved_from: Span | None = None
    content: Span
    parts: tuple[Span, ...] = ()
    manner: Literal["direct", "indirect", "mixed"]
    function: Literal[
        "statement",
        "provenance",
        "carrier",
        "headline",
        "pull-quote",
        "agentless",
        "author-hedge",
        "credit",
        "belief",
        "naming",
    ] = "statement"
    polarity: Literal["positive", "negative"] = "positive"
    certainty: tuple[Span, ...] = ()
    chain: tuple[Hop, ...] = ()
    rule: str

    @property
    def id(self) -> str:
        anchor = self.cue or self.source or self.content
        return finding_id(self.layer, self.doc, anchor.start, self.content.end)


# --- findings about several documents --------------------------------------------------------------------------


class Passage(Struct, frozen=True, kw_only=True, gc=False):
    doc: str
    start: int
    end: int


Place = Passage
"""Any stretch of any document."""


class Reason(Struct, frozen=True, kw_only=True, gc=False):
    """One line of a price list: what was seen, in words, and how much it counts."""

    kind: str
    detail: str
    weight: float


class Edit(Struct, frozen=True, kw_only=True, gc=False):
    kind: Literal[
        "wording",
        "spelling",
        "number",
        "date",
        "name",
        "hedge-removed",
        "hedge-added",
        "attribution-dropped",
        "attribution-added",
        "omitted",
        "inserted",
        "moved",
    ]
    left: Span | None
    right: Span | None


class Name(Struct, frozen=True, kw_only=True, gc=False):
    """A surface form and how often each outlet writes it."""

    text: str
    counts: dict[str, int]


class Across(Struct, frozen=True, kw_only=True, gc=False):
    """What a stage yields about the case as a whole; `id` is made from its content, never from its order."""

    layer: ClassVar[str]

    @property
    def key(self) -> str:
        """Under which the case keeps it."""
        return str(getattr(self, "id"))  # noqa: B009 (each kind has one, or a key of its own)


class Stands(Struct, frozen=True, gc=False):
    """In place of a finding about the case as a whole: the one that the case keeps under a key stands as it is."""

    layer: str
    key: str


class Packed(Struct, frozen=True, gc=False):
    """In place of a finding about the case as a whole: what is kept under its key, as it is kept."""

    layer: str
    key: str
    data: bytes


class Entity(Across, frozen=True, kw_only=True):
    layer: ClassVar[str] = "entities"
    entity: str
    kind: Literal["person", "organisation", "place", "anonymous"]
    name: str
    name_en: str | None = None
    names: tuple[Name, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    wikidata: str | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def key(self) -> str:
        return self.entity


class Naming(Across, frozen=True, kw_only=True):
    """Whom a mention means; where no stage saw a mention before, a mention learned from the other documents."""

    layer: ClassVar[str] = "namings"
    doc: str
    start: int
    end: int
    entity: str
    kind: Literal["person", "organisation", "place", "anonymous"]
    level: Literal["name", "nominal"]
    rule: str

    @property
    def key(self) -> str:
        return self.doc


class Alignment(Across, frozen=True, kw_only=True):
    """A passage that stands in two documents."""

    layer: ClassVar[str] = "alignments"
    id: str
    left: Passage
    right: Passage
    kind: Literal["verbatim", "edited", "paraphrase"]
    similarity: float
    direction: Literal["left-to-right", "right-to-left", "common-origin", "unknown"]
    confidence: float
    reasons: tuple[Reason, ...] = ()
    edits: tuple[Edit, ...] = ()


class Cluster(Across, frozen=True, kw_only=True):
    """Passages that are all one text; every pair in it was verified."""

    layer: ClassVar[str] = "clusters"
    id: str
    members: tuple[Passage, ...]
    origin: int | None = None
    credits: tuple[str, ...] = ()


class Copy(Across, frozen=True, kw_only=True):
    """A document that takes from another; `share` is that of the newer's prose."""

    layer: ClassVar[str] = "copies"
    older: str
    newer: str
    share: float
    passages: tuple[str, ...]
    credited: bool
    confidence: float
    reasons: tuple[Reason, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.older}\x1f{self.newer}"


class Amount(Struct, frozen=True, kw_only=True, gc=False):
    """A number as a statement gives it; an open end is None."""

    low: float | None
    high: float | None
    unit: str | None = None
    approx: bool = False


class Gist(Struct, frozen=True, kw_only=True, gc=False):
    """What a statement says, in the terms in which statements are compared."""

    predicates: tuple[str, ...] = ()
    """Classes of `lang/ar/predicates.toml`."""
    main: str | None = None
    """The predicate that comes first, which the others go with."""
    numbers: tuple[Amount, ...] = ()
    when: tuple[str, ...] = ()
    """EDTF; its own dates."""
    around: tuple[str, ...] = ()
    """EDTF; the dates of its sentence, where it has none of its own."""
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    negated: bool = False
    denied: tuple[str, ...] = ()
    """The predicates that it, or its speaker, says not to hold."""
    oblique: bool = False
    """Neither affirmed nor denied in so many words: hearsay, or a negation of which it is not clear what it denies."""
    dated: tuple[str, ...] = ()
    """Its own dates as they are written, folded."""
    because: bool = False
    """Does it name a cause or purpose?"""
    purpose: bool = False
    """Is what it names a motive, a purpose or a charge, and no cause?"""
    effect: tuple[str, ...] = ()
    """The predicates of what it gives the cause or purpose of."""
    echo: bool = False
    """Does it stand in a title, caption or pull-quote?"""
    part: bool = False
    """Does it count a part of what was counted before?"""
    again: bool = False
    """Does it say that this had happened before?"""
    reported: bool = False
    """Has it a speaker, or is it the outlet's own word?"""
    aspects: tuple[str, ...] = ()
    """How it tells what happened: entries of `lang/ar/aspects.toml`."""
    terms: tuple[str, ...] = ()
    """Light stems of its other words."""


class Member(Struct, frozen=True, kw_only=True, gc=False):
    """One document's statement of a claim."""

    doc: str
    start: int
    end: int
    stance: Literal["asserts", "hedges", "denies"]
    chain: tuple[Hop, ...] = ()
    origin: str
    gist: Gist = Gist()


def teller(doc: str, chain: Iterable[Hop]) -> str:
    """Who tells a member of a claim: its outlet, or the document where none is known.

    >>> teller("d1", [Hop(name="السد", kind="outlet", hop="outlet")]), teller("d2", [])
    ('السد', 'd2')
    """
    return next((hop.name for hop in chain if hop.hop == "outlet"), doc)


class Origin(Struct, frozen=True, kw_only=True, gc=False):
    """Who is ultimately answerable for some members of a claim, and why they were counted as one."""

    id: str
    label: str
    kind: str
    members: tuple[int, ...]
    reasons: tuple[Reason, ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    """Members that were merged, and for which kind of reason: what a recount without that reason needs."""


class Claim(Across, frozen=True, kw_only=True):
    layer: ClassVar[str] = "claims"
    id: str
    statement: str
    members: tuple[Member, ...]
    documents: int
    origins: tuple[Origin, ...]
    about: tuple[str, ...] = ()
    when: str | None = None
    where: str | None = None


class Side(Struct, frozen=True, kw_only=True, gc=False):
    value: str
    members: tuple[Passage, ...]
    origins: tuple[str, ...]


class Conflict(Across, frozen=True, kw_only=True):
    layer: ClassVar[str] = "conflicts"
    id: str
    kind: Literal["number", "date", "place", "actor", "cause", "polarity"]
    severity: Literal["hard", "soft"]
    claims: tuple[str, ...]
    sides: tuple[Side, ...]
    why: str
    why_ar: str
    likeness: float = 1.0
    """How much of what its claims say both say, rarer names and words more: 1 where they differ in one thing only."""


class Event(Across, frozen=True, kw_only=True):
    layer: ClassVar[str] = "events"
    id: str
    label: str
    edtf: str | None
    earliest: str | None
    latest: str | None
    basis: str
    place: str | None = None
    participants: tuple[str, ...] = ()
    members: tuple[Passage, ...] = ()


class Alarm(Across, frozen=True, kw_only=True):
    """A circle of words: what looks like support for a claim comes back to where it started."""

    layer: ClassVar[str] = "alarms"
    id: str
    kind: Literal["cites-its-copier", "one-ancestor"]
    claim: str
    documents: tuple[str, ...]
    """In the order in which the words travelled."""
    why: str
    why_ar: str


class Decision(Struct, frozen=True, kw_only=True, gc=False):
    """What an analyst decided; a run never overwrites it, undo is a new entry."""

    id: str
    at: str
    by: str
    subject: str
    verdict: str
    note: str | None = None
    previous: str | None = None


LAYERS: dict[str, type[Finding]] = {
    t.layer: t for t in (Zone, Masthead, Sentence, Timex, Quantity, Mention, Attribution)
}
"""Layers about one document, by name."""

ACROSS: dict[str, type[Across]] = {
    t.layer: t for t in (Entity, Naming, Alignment, Cluster, Copy, Claim, Alarm, Conflict, Event)
}
"""Layers about the case as a whole, by name."""
