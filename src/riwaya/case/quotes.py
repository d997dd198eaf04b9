"""Who is quoted: what each document puts into whose mouth, and for each source all of it.

The quotes of a document are kept beside the lists that pages read, so that a build reads only the documents anew of
which findings or names have changed, and sums up only the sources that these quote or quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from riwaya.case import joins
from riwaya.case.case import Case, batched, marks
from riwaya.case.packing import unpack_across, unsqueeze
from riwaya.model import Naming, Span

LISTS = ("named", "unnamed")
"""Of sources; those who are not named stand in a list of their own."""
NOBODY = {"agentless", "author-hedge", "naming"}
"""Functions that put nothing in anybody's mouth."""

Told = tuple[tuple[str, str | None], ...]
"""The names and kinds of a chain."""


class Quoted(Struct, frozen=True, kw_only=True, array_like=True):
    """A source: its chains with how often each occurs, and what is attributed to it."""

    name: str
    folded: str
    kind: str | None
    chains: list[tuple[Told, int]]
    places: list[tuple[str, int, int]]


class Quote(Struct, frozen=True, array_like=True):
    """Words that a document puts into the mouth of a source."""

    id: str
    entity: bool
    """Is the source one of the entities of the case, which has its name from there?"""
    name: str
    kind: str | None
    chain: Told
    start: int
    end: int


class _Hop(Struct, frozen=True, kw_only=True):
    name: str
    kind: str | None = None
    entity: str | None = None


class _Attributed(Struct, frozen=True, kw_only=True):
    doc: str
    content: Span
    source: Span | None = None
    resolved_from: Span | None = None
    source_kind: str | None = None
    source_entity: str | None = None
    function: str = "statement"
    chain: tuple[_Hop, ...] = ()


class _Entity(Struct, frozen=True, kw_only=True):
    entity: str
    name: str


STALE = (
    "SELECT id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM seals s WHERE s.part = 'findings' AND s.key = d.id)",
    "SELECT key FROM across a WHERE layer = 'namings' AND NOT EXISTS"
    " (SELECT 1 FROM seals s WHERE s.part = 'namings' AND s.key = a.key)",
    "SELECT key FROM briefs b WHERE list = 'quotes' AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = b.key)",
    # The rank says that a document had namings: it may have lost them.
    "SELECT key FROM briefs b WHERE list = 'quotes' AND rank = 1 AND NOT EXISTS"
    " (SELECT 1 FROM across a WHERE a.layer = 'namings' AND a.key = b.key)",
)
"""The documents whose quotes may have changed since the last build: by what has no seal, and what is gone."""

_of_quotes = msgspec.msgpack.Decoder(list[Quote])
_of_attributions = msgspec.msgpack.Decoder(list[_Attributed])
_of_entities = msgspec.msgpack.Decoder(list[_Entity])


def renewed(case: Case, everything: bool) -> set[str]:
    """Makes the quotes of documents anew, all or where their findings or namings have no seal; the caller commits.

    Returns the sources that these documents quote or quoted.
    """
    run = case.connection.execute
    stale = set(case.ids) if everything else {doc for query in STALE for (doc,) in run(query)}
    sources: set[str] = set()
    for group in batched(sorted(stale), 256):
        kept = run(f"SELECT data FROM briefs WHERE list = 'quotes' AND key IN ({marks(group)})", group)
        sources.update(quote.id for (data,) in kept for quote in _of_quotes.decode(data))
        run(f"DELETE FROM briefs WHERE list = 'quotes' AND key IN ({marks(group)})", group)
        made = list(of_documents(case, group))
        sources.update(quote.id for _, _, quotes in made for quote in quotes)
        case.connection.executemany(
            "INSERT INTO briefs VALUES ('quotes', ?, ?, ?)",
            [(doc, float(named), msgspec.msgpack.encode(quotes)) for doc, named, quotes in made],
        )
    return sources


def of_documents(case: Case, ids: list[str]) -> Iterator[tuple[str, bool, list[Quote]]]:
    """The quotes of documents that have any, and whether the document has namings; by id, in order of place."""
    namings = {doc: unpack_across("namings", data) for doc, data in case.packed_across(Naming, ids)}
    found = case.connection.execute(
        "SELECT d.id, f.data FROM documents d CROSS JOIN findings f ON f.document = d.number"
        f" WHERE d.id IN ({marks(ids)}) AND +f.layer = 'attributions' AND f.count > 0 ORDER BY d.id",
        ids,
    )
    by_doc: dict[str, list[Quote]] = {}
    for doc, data in found.fetchall():
        named: Sequence[Naming] = namings.get(doc, ())  # type: ignore[assignment]  # the layer names the type
        by_doc.setdefault(doc, []).extend(
            quote(said, named)
            for said in _of_attributions.decode(unsqueeze(data))
            if said.function not in NOBODY and said.chain
        )
    for doc, quotes in by_doc.items():
        if quotes:
            yield doc, doc in namings, sorted(quotes, key=lambda q: (q.start, q.end))


def quote(said: _Attributed, namings: Sequence[Naming]) -> Quote:
    last = said.chain[-1]
    named = joins.entity_in(said.source or said.resolved_from, said.source_kind, namings)
    entity, kind = said.source_entity or last.entity or named, said.source_kind or last.kind
    id = entity or f"{kind or ''}:{last.name}"
    chain = tuple((hop.name, hop.kind) for hop in said.chain)
    return Quote(id, entity is not None, last.name, kind, chain, said.content.start, said.content.end)


def source_rows(case: Case, wanted: Collection[str] | None) -> Iterator[tuple[str, str, float, Quoted]]:
    """The rows of the sources, all or those wanted, each as the first of its quotes calls it."""
    firsts: dict[str, Quote] = {}
    chains: dict[str, Counter[Told]] = {}
    places: dict[str, list[tuple[str, int, int]]] = {}
    for doc, data in case.connection.execute("SELECT key, data FROM briefs WHERE list = 'quotes' ORDER BY key"):
        for quote in _of_quotes.decode(data):
            if wanted is None or quote.id in wanted:
                firsts.setdefault(quote.id, quote)
                chains.setdefault(quote.id, Counter())[quote.chain] += 1
                places.setdefault(quote.id, []).append((doc, quote.start, quote.end))
    names = dict(_names(case, [id for id, quote in firsts.items() if quote.entity]))
    called = {id: names.get(id, quote.name) for id, quote in sorted(firsts.items())}
    folded = dict(zip(called, case.lang.fold.many(list(called.values())), strict=True))
    for id, name in called.items():
        kind = firsts[id].kind
        counted = sorted(chains[id].items(), key=lambda kv: (-kv[1], kv[0][0][0], msgspec.json.encode(kv[0])))
        quoted = Quoted(name=name, folded=folded[id], kind=kind, chains=counted, places=sorted(places[id]))
        yield "unnamed" if kind == "anonymous" else "named", id, float(len(places[id])), quoted


def _names(case: Case, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    for group in batched(ids, 256):
        rows = case.connection.execute(
            f"SELECT data FROM across WHERE layer = 'entities' AND key IN ({marks(group)})", group
        )
        yield from ((e.entity, e.name) for (data,) in rows for e in _of_entities.decode(data))
