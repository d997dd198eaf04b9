"""Who is quoted, where, how often and through whom; those who are not named stand apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from riwaya.case import joins, queries
from riwaya.case.case import Case
from riwaya.case.queries import Slip
from riwaya.model import Naming, Span
from riwaya.web.desk import Desk, NotThere
from riwaya.web.marks import Piece, around
from riwaya.web.pages.page import Bar, Number, Page, Part, Text, bars, part, slips

SIZE = 40
SAID = 20
CHAINS = 30
NOBODY = {"agentless", "author-hedge", "naming"}
"""Functions that put nothing in anybody's mouth."""


class Asked(Struct, frozen=True, kw_only=True):
    who: Text | None = None
    q: Text | None = None
    part: Number = 1


class Line(Struct, frozen=True, kw_only=True):
    """A source in the list."""

    id: str
    name: str
    kind: str | None
    statements: int
    documents: int
    outlets: list[Bar]
    through: list[Bar]


class Drawn(Struct, frozen=True, kw_only=True):
    """A chain, outermost carrier first, and how often it occurs."""

    hops: list[Link]
    count: int


class Link(Struct, frozen=True):
    name: str
    kind: str | None = None


class Quotation(Struct, frozen=True, kw_only=True):
    doc: Slip
    start: int
    end: int
    passage: list[Piece]


class Focus(Struct, frozen=True, kw_only=True):
    """One source: its chains and its words."""

    line: Line
    part: Part
    chains: list[Drawn]
    quotations: list[Quotation]


class Sources(Struct, frozen=True, kw_only=True):
    asked: Asked
    part: Part
    named: list[Line]
    unnamed: list[Line]
    focus: Focus | None


# --- what is kept of attributions ----------------------------------------------------------------------------------


class _Hop(Struct, frozen=True, kw_only=True):
    name: str
    kind: str | None = None
    entity: str | None = None


class _Said(Struct, frozen=True, kw_only=True):
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


class Tally(Struct, kw_only=True):
    """What is counted of a source."""

    name: str
    kind: str | None
    chains: Counter[tuple[tuple[str, str | None], ...]]
    places: list[tuple[str, int, int]]

    @property
    def documents(self) -> int:
        return len({doc for doc, _, _ in self.places})


def _tallies(case: Case) -> dict[str, Tally]:
    names = {e.entity: e.name for e in queries.across(case, "entities", _Entity)}
    namings: dict[str, list[Naming]] = {}
    for naming in case.across(Naming):
        namings.setdefault(naming.doc, []).append(naming)
    found: dict[str, Tally] = {}
    for said in queries.found(case, "attributions", _Said):
        if said.function in NOBODY or not said.chain:
            continue
        last = said.chain[-1]
        place = said.source or said.resolved_from
        named = joins.entity_in(place, said.source_kind, namings.get(said.doc, ()))
        entity = said.source_entity or last.entity or named
        name = names.get(entity, last.name) if entity else last.name
        kind = said.source_kind or last.kind
        id = entity or f"{kind or ''}:{name}"
        tally = found.get(id)
        if tally is None:
            tally = found[id] = Tally(name=name, kind=kind, chains=Counter(), places=[])
        tally.chains[tuple((hop.name, hop.kind) for hop in said.chain)] += 1
        tally.places.append((said.doc, said.content.start, said.content.end))
    ordered = sorted(found.items(), key=lambda kv: (-len(kv[1].places), kv[1].name, kv[0]))
    return dict(ordered)


# --- the page ------------------------------------------------------------------------------------------------------


def answer(desk: Desk, asked: Asked) -> Sources:
    tallies = desk.keep("sources", _tallies)
    folded = desk.lang.fold(asked.q) if asked.q else ""
    chosen = {id: t for id, t in tallies.items() if not folded or folded in desk.lang.fold(t.name)}
    named = [(id, t) for id, t in chosen.items() if t.kind != "anonymous"]
    unnamed = [(id, t) for id, t in chosen.items() if t.kind == "anonymous"]
    start = (asked.part - 1) * SIZE
    return Sources(
        asked=asked,
        part=part(asked.part, SIZE, max(len(named), len(unnamed))),
        named=[line(id, t) for id, t in named[start : start + SIZE]],
        unnamed=[line(id, t) for id, t in unnamed[start : start + SIZE]],
        focus=focus(desk, tallies, asked) if asked.who else None,
    )


def line(id: str, tally: Tally) -> Line:
    outlets: Counter[str] = Counter()
    through: Counter[str] = Counter()
    for chain, count in tally.chains.items():
        if len(chain) > 1:
            outlets[chain[0][0]] += count
        through.update({name: count for name, _ in chain[1:-1]})
    return Line(
        id=id,
        name=tally.name,
        kind=tally.kind,
        statements=len(tally.places),
        documents=tally.documents,
        outlets=bars(ordered(outlets), 8),
        through=bars(ordered(through), 8),
    )


def ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))


def focus(desk: Desk, tallies: dict[str, Tally], asked: Asked) -> Focus:
    tally = tallies.get(asked.who or "")
    if tally is None:
        raise NotThere(f"Nobody in this case is quoted as {asked.who!r}; the list of sources has everybody.")
    chains = sorted(tally.chains.items(), key=lambda kv: (-kv[1], kv[0][0][0]))[:CHAINS]
    start = (asked.part - 1) * SAID
    return Focus(
        line=line(asked.who or "", tally),
        part=part(asked.part, SAID, len(tally.places)),
        chains=[Drawn(hops=[Link(name, kind) for name, kind in hops], count=count) for hops, count in chains],
        quotations=list(quotations(desk, tally.places[start : start + SAID])),
    )


def quotations(desk: Desk, places: list[tuple[str, int, int]]) -> Iterator[Quotation]:
    named = slips(desk, {doc for doc, _, _ in places})
    texts = {doc.id: doc.text for doc in desk.case.documents([id for id in named if id in desk.case])}
    for doc, start, end in places:
        yield Quotation(doc=named[doc], start=start, end=end, passage=around(texts.get(doc, ""), start, end))


page = Page(name="sources", path="/sources", answer=answer)
