"""FollowTheMoney: documents, people, bodies, places, events and their links, for OpenAleph.

The schemata and properties are those of followthemoney 4. A document's `contentHash` is the SHA-1 of its original
bytes, by which Aleph knows a file. Places are `Address`, and are tied to documents by `Documentation`, because a
`Mention` may only resolve to a person or a body. The anonymous stay out: nobody can be matched with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b, sha1
from pathlib import Path
from typing import Any

import msgspec

from riwaya.case import Case
from riwaya.model import Copy, Document, Entity, Event

SCHEMATA = {"person": "Person", "organisation": "Organization", "place": "Address"}
LANGUAGES = {"ar": "ara", "en": "eng", "fr": "fra", "fa": "fas", "he": "heb", "tr": "tur", "ku": "kur", "ur": "urd"}
"""ISO 639-1 to the three letters that FollowTheMoney takes."""
Row = dict[str, Any]


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `entities.ftm.json`: one entity a line, as `ftm` and OpenAleph read them."""
    path = folder / "entities.ftm.json"
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        for entity in proxies(case):
            file.write(encode(entity) + b"\n")
    return [path]


def proxies(case: Case) -> Iterator[Row]:
    entities = {entity.entity: entity for entity in case.across(Entity) if entity.kind in SCHEMATA}
    for entity in entities.values():
        yield thing(entity)
    for doc in case:
        yield article(case, doc)
        yield from mentions(case, doc, entities)
    for copy in case.across(Copy):
        yield proxy(
            "UnknownLink",
            name("copy", copy.older, copy.newer),
            subject=[name("doc", copy.newer)],
            object=[name("doc", copy.older)],
            role=["copies, with credit" if copy.credited else "copies"],
        )
    for event in case.across(Event):
        yield happening(event, entities)


def thing(entity: Entity) -> Row:
    others = sorted({form.text for form in entity.names} - {entity.name})
    said: dict[str, list[str]] = {"name": [entity.name]}
    said["alias"] = [*([entity.name_en] if entity.name_en else []), *others]
    said["wikidataId"] = [entity.wikidata] if entity.wikidata else []
    if entity.kind == "place":
        said["full"] = [entity.name]
        if entity.lat is not None and entity.lon is not None:
            said |= {"latitude": [f"{entity.lat}"], "longitude": [f"{entity.lon}"]}
    return proxy(SCHEMATA[entity.kind], name("entity", entity.entity), **said)


def article(case: Case, doc: Document) -> Row:
    return proxy(
        "Article",
        name("doc", doc.id),
        fileName=[doc.path],
        title=[doc.title],
        author=[doc.author],
        publisher=[doc.outlet],
        sourceUrl=[doc.url] if doc.url and doc.url.startswith(("http://", "https://")) else [],
        publishedAt=[day(doc.published)],
        language=[LANGUAGES.get(doc.language or "")],
        mimeType=[doc.media_type],
        contentHash=[sha1(case.original(doc.id), usedforsecurity=False).hexdigest()],
        generator=[doc.reader],
        bodyText=[doc.text],
    )


def mentions(case: Case, doc: Document, entities: dict[str, Entity]) -> Iterator[Row]:
    """One link for each entity that the document names."""
    forms: dict[str, set[str]] = {}
    for naming in case.namings(doc.id):
        if naming.entity in entities:
            forms.setdefault(naming.entity, set()).add(doc.text[naming.start : naming.end])
    for id in sorted(forms):
        if entities[id].kind == "place":
            ends = {"document": [name("doc", doc.id)], "entity": [name("entity", id)], "role": ["names"]}
            yield proxy("Documentation", name("names", doc.id, id), **ends)
        else:
            yield proxy(
                "Mention",
                name("names", doc.id, id),
                document=[name("doc", doc.id)],
                resolved=[name("entity", id)],
                name=sorted(forms[id]),
                detectedSchema=[SCHEMATA[entities[id].kind]],
            )


def happening(event: Event, entities: dict[str, Entity]) -> Row:
    people = [id for id in event.participants if id in entities and entities[id].kind != "place"]
    place = entities.get(event.place or "")
    return proxy(
        "Event",
        name("event", event.id),
        name=[event.label],
        startDate=[day(event.earliest)],
        endDate=[day(event.latest)],
        location=[place.name if place else event.place],
        involved=[name("entity", id) for id in people],
        proof=sorted({name("doc", member.doc) for member in event.members}),
    )


def proxy(schema: str, id: str, **properties: Sequence[str | None]) -> Row:
    """An entity as FollowTheMoney writes it: every property a list, empty ones left out."""
    said = {key: tidy(key, [value for value in values if value]) for key, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {key: values for key, values in said.items() if values}}


def tidy(key: str, values: Sequence[str]) -> list[str]:
    """Values as FollowTheMoney keeps them: none twice, and no line break within a name.

    >>> tidy("name", ["السد\\nالكبير", "السد الكبير"])
    ['السد الكبير']
    """
    return list(dict.fromkeys(value if key == "bodyText" else " ".join(value.split()) for value in values))


def name(*parts: str) -> str:
    """An id that other datasets will not have.

    >>> name("doc", "nahr.txt")
    'riwaya-a4a64ca8fe707815e32a6c12'
    """
    return f"riwaya-{blake2b(chr(31).join(parts).encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"


def day(value: str | None) -> str | None:
    """A date as FollowTheMoney takes it; None where EDTF says more than a day, a month or a year.

    >>> day("2019-03-05T14:00"), day("2019-03"), day("2019-03-05/.."), day(None)
    ('2019-03-05', '2019-03', None, None)
    """
    date = (value or "").split("T")[0]
    return date if date and all(part.isdigit() for part in date.split("-")) else None
