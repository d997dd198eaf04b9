"""Who is quoted, where, how often and through whom; those who are not named stand apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from riwaya.case import briefs
from riwaya.case.queries import Slip
from riwaya.case.quotes import Quoted
from riwaya.web.desk import Desk, NotThere
from riwaya.web.marks import Piece, around
from riwaya.web.pages.page import Bar, Number, Page, Part, Text, bars, part, slips

SIZE = 40
SAID = 20
CHAINS = 30


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


# --- the page ------------------------------------------------------------------------------------------------------


def answer(desk: Desk, asked: Asked) -> Sources:
    lists = {name: chosen(desk, name, asked) for name in ("named", "unnamed")}
    return Sources(
        asked=asked,
        part=part(asked.part, SIZE, max(total for total, _ in lists.values())),
        named=[line(id, q) for id, q in lists["named"][1]],
        unnamed=[line(id, q) for id, q in lists["unnamed"][1]],
        focus=focus(desk, asked) if asked.who else None,
    )


def chosen(desk: Desk, name: str, asked: Asked) -> tuple[int, list[tuple[str, Quoted]]]:
    """How many sources of a list there are, and those of the part that is asked for."""
    start, total = (asked.part - 1) * SIZE, briefs.total(desk.case, name)
    if not asked.q:
        return total, briefs.part(desk.case, name, Quoted, SIZE, start)
    folded = desk.lang.fold(asked.q)
    found = [(id, q) for id, q in briefs.part(desk.case, name, Quoted, total) if folded in q.folded]
    return len(found), found[start : start + SIZE]


def line(id: str, tally: Quoted) -> Line:
    outlets: Counter[str] = Counter()
    through: Counter[str] = Counter()
    for chain, count in tally.chains:
        if len(chain) > 1:
            outlets[chain[0][0]] += count
        through.update({name: count for name, _ in chain[1:-1]})
    return Line(
        id=id,
        name=tally.name,
        kind=tally.kind,
        statements=len(tally.places),
        documents=len({doc for doc, _, _ in tally.places}),
        outlets=bars(ordered(outlets), 8),
        through=bars(ordered(through), 8),
    )


def ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))


def focus(desk: Desk, asked: Asked) -> Focus:
    who = asked.who or ""
    tally = briefs.one(desk.case, "named", who, Quoted) or briefs.one(desk.case, "unnamed", who, Quoted)
    if tally is None:
        raise NotThere(f"Nobody in this case is quoted as {asked.who!r}; the list of sources has everybody.")
    start = (asked.part - 1) * SAID
    return Focus(
        line=line(asked.who or "", tally),
        part=part(asked.part, SAID, len(tally.places)),
        chains=[
            Drawn(hops=[Link(name, kind) for name, kind in hops], count=count) for hops, count in tally.chains[:CHAINS]
        ],
        quotations=list(quotations(desk, tally.places[start : start + SAID])),
    )


def quotations(desk: Desk, places: list[tuple[str, int, int]]) -> Iterator[Quotation]:
    named = slips(desk, {doc for doc, _, _ in places})
    texts = {doc.id: doc.text for doc in desk.case.documents([id for id in named if id in desk.case])}
    for doc, start, end in places:
        yield Quotation(doc=named[doc], start=start, end=end, passage=around(texts.get(doc, ""), start, end))


page = Page(name="sources", path="/sources", answer=answer)
