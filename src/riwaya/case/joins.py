"""Findings that belong together but are found apart: whom a mention means, and so who a source is.

An `each` stage sees one document and cannot know that «الراسي» here is «العقيد كريم الراسي» there; the entities stage
says so afterwards. What it says is laid over the findings when they are read, never written into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from riwaya.case.case import Case
from riwaya.model import Attribution, Hop, Mention, Naming, Span

FITTING = {
    "person": "person",
    "organisation": "organisation",
    "outlet": "organisation",
    "agency": "organisation",
    "anonymous": "anonymous",
}
"""The kind of mention that can name a source of a kind; a document is named by none."""


def mentions(case: Case, id: str) -> list[Mention]:
    """The mentions of a document with their entities, and those that were learned from other documents."""
    named = {(naming.start, naming.end): naming for naming in case.namings(id)}
    found: dict[tuple[int, int], Mention] = {}
    for mention in case.findings(Mention, [id]):
        naming = named.pop((mention.start, mention.end), None)
        entity = naming.entity if naming else mention.entity
        found[mention.start, mention.end] = msgspec.structs.replace(mention, entity=entity)
    fields = Mention.__struct_fields__
    for place, naming in named.items():
        found[place] = Mention(**{field: getattr(naming, field) for field in fields})
    return [found[place] for place in sorted(found)]


def attributions(case: Case, id: str) -> Iterator[Attribution]:
    """The attributions of a document with the entities of their sources and of every hop of their chains."""
    namings = case.namings(id)
    for attribution in case.findings(Attribution, [id]):
        yield with_entities(attribution, namings) if namings else attribution


def all_attributions(case: Case, ids: Iterable[str] | None = None) -> Iterator[Attribution]:
    for id in case.ids if ids is None else ids:
        yield from attributions(case, id)


def with_entities(attribution: Attribution, namings: Sequence[Naming]) -> Attribution:
    """The attribution with what the namings of its document say of its source and its hops."""
    place = attribution.source or attribution.resolved_from
    entity = attribution.source_entity or entity_in(place, attribution.source_kind, namings)
    if entity is None and attribution.resolved_from:
        entity = entity_in(attribution.resolved_from, attribution.source_kind, namings)
    chain = tuple(_hop(hop, namings) for hop in attribution.chain)
    return msgspec.structs.replace(attribution, source_entity=entity, chain=chain)


def _hop(hop: Hop, namings: Sequence[Naming]) -> Hop:
    if hop.entity is not None or hop.start is None or hop.end is None:
        return hop
    return msgspec.structs.replace(hop, entity=entity_in(Span(hop.start, hop.end), hop.kind, namings))


def entity_in(place: Span | None, kind: str | None, namings: Sequence[Naming]) -> str | None:
    """Who is named in a stretch of text by a mention of the fitting kind; the last one, for titles come first.

    >>> person = Naming(doc="a", start=22, end=33, entity="p-rasi", kind="person", level="name", rule="")
    >>> body = Naming(doc="a", start=8, end=21, entity="o-civil", kind="organisation", level="name", rule="")
    >>> entity_in(Span(0, 33), "person", [person, body]), entity_in(Span(0, 33), "document", [person, body])
    ('p-rasi', None)
    """
    wanted = FITTING.get(kind or "")
    if place is None or wanted is None:
        return None
    inside = [n for n in namings if n.kind == wanted and place.start <= n.start and n.end <= place.end]
    return max(inside, key=lambda n: (n.end, n.start - n.end)).entity if inside else None
