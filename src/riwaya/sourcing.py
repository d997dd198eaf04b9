"""Who is quoted, by whom, through whom, and how often: the answer of `riwaya sources CASE`.

Works on the nouns alone: documents and their attributions. A person or body is one voice wherever it is quoted; an
anonymous source is a voice of its own in every document, for «مصدر أمني» here and there need not be the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from riwaya.model import Attribution, Document, Hop

COUNTED = ("statement",)
"""Functions that are somebody's word; headlines and pull-quotes repeat, hedges and passives have no speaker."""
ONWARD = ("outlet", "dateline", "byline", "credit", "carrier")
"""Hops that pass on; the last hop, the source, speaks."""


class Voice(Struct, frozen=True, kw_only=True):
    """Somebody who is quoted in a case."""

    name: str
    kind: str | None
    entity: str | None
    anonymous: bool
    statements: int
    """How many times quoted."""
    direct: int
    """How many of them in the source's own words."""
    denials: int
    documents: tuple[str, ...]
    by: dict[str, int]
    """Outlet → statements."""
    through: dict[str, int]
    """Carrier (an agency, another outlet) → statements; empty when every outlet heard it itself."""


def voices(
    documents: Iterable[Document], attributions: Iterable[Attribution], names: Mapping[str, str] | None = None
) -> list[Voice]:
    """Every voice of a case: those with a name first, the most quoted first; then the anonymous.

    >>> from riwaya.model import Span
    >>> doc = Document(id="a", path="a", sha256="", media_type="", reader="", outlet="الراية", text="قال الوزير كذا")
    >>> hops = (Hop(name="الراية", kind="outlet", hop="outlet"), Hop(name="الوزير", kind="person", hop="source"))
    >>> told = Attribution(doc="a", start=0, end=14, cue=Span(0, 3), cue_closing=None, source=Span(4, 10),
    ...     source_kind="person", content=Span(11, 14), manner="indirect", chain=hops, rule="")
    >>> [(voice.name, voice.statements, voice.by) for voice in voices([doc], [told])]
    [('الوزير', 1, {'الراية': 1})]

    `names` gives entities the name they go by. An attribution without a speaker counts for nobody.
    """
    outlets = {doc.id: doc.outlet or doc.id for doc in documents}
    grouped: dict[tuple[str, ...], list[Attribution]] = {}
    for found in attributions:
        if found.function in COUNTED and (speaker := _speaker(found)) is not None:
            grouped.setdefault(_key(found, speaker), []).append(found)
    made = [_voice(told, outlets, names or {}) for told in grouped.values()]
    return sorted(made, key=lambda v: (v.anonymous, -v.statements, -len(v.documents), v.name, v.documents))


def _speaker(found: Attribution) -> Hop | None:
    return found.chain[-1] if found.chain and found.chain[-1].hop not in ONWARD else None


def _key(found: Attribution, speaker: Hop) -> tuple[str, ...]:
    """What makes two speakers one: the entity, else the name; an anonymous one never leaves its document."""
    if entity := found.source_entity or speaker.entity:
        return ("entity", entity)
    if found.source_kind == "anonymous":
        return ("anonymous", found.doc, speaker.name)
    return ("name", speaker.name)


def _voice(told: list[Attribution], outlets: Mapping[str, str], names: Mapping[str, str]) -> Voice:
    first = told[0]
    speakers = [speaker for found in told if (speaker := _speaker(found)) is not None]
    entity = next((e for found in told if (e := found.source_entity or found.chain[-1].entity)), None)
    spelled = Counter(speaker.name for speaker in speakers)
    name = names.get(entity or "") or min(spelled, key=lambda n: (-spelled[n], n))
    through = Counter(hop.name for found in told for hop in found.chain[:-1] if hop.hop != "outlet")
    by = Counter(outlets.get(found.doc, found.doc) for found in told)
    return Voice(
        name=name,
        kind=next((found.source_kind for found in told if found.source_kind), None),
        entity=entity,
        anonymous=first.source_kind == "anonymous",
        statements=len(told),
        direct=sum(found.manner == "direct" for found in told),
        denials=sum(found.polarity == "negative" for found in told),
        documents=tuple(sorted({found.doc for found in told})),
        by=dict(sorted(by.items(), key=lambda item: (-item[1], item[0]))),
        through=dict(sorted(through.items(), key=lambda item: (-item[1], item[0]))),
    )
