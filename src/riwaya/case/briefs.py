"""Briefs: short rows of what the case holds, in the order in which a page shows them first.

A page that lists claims must not read two hundred thousand of them to show twenty-five. When a build ends, each finding
is given a row that holds what a list counts and sorts by; the page reads a stretch of those rows, and then the findings
it shows. A decision renews the rows of what it is about. Everything here is made from the other tables, the same bytes
from the same findings, and can be made again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from riwaya.case import copying, effects, joins, queries
from riwaya.case.case import Case, marks
from riwaya.case.copying import Edge, Line
from riwaya.case.decisions import Decision, history, standing
from riwaya.lang.lexicon import WALL
from riwaya.model import Across, Claim, Entity, Hop, Name, Naming, Passage, Span, document_key, teller

VERSION = 3
"""Changes when the rows do: they are then made again."""

OF_CLAIM = ("claim", "claims", "origin", "origins")
"""Kinds of subjects of decisions that change a claim."""

T = TypeVar("T")
Row = tuple[str, str, float, Any]
"""List, key, rank and what is kept."""


class Told(Struct, frozen=True, array_like=True):
    """A claim in numbers."""

    documents: int
    origins: int
    stances: int


class Called(Struct, frozen=True, kw_only=True, array_like=True):
    """A name in numbers."""

    kind: str
    name: str
    name_en: str | None
    folded: str
    forms: int
    mentions: int
    outlets: int
    lat: float | None
    lon: float | None
    precision: str | None


class Taken(Struct, frozen=True, kw_only=True, array_like=True):
    """A copy, with the outlets of its documents and the day of the newer."""

    edge: Edge
    older_outlet: str | None
    newer_outlet: str | None
    day: str
    loop: bool


class Quoted(Struct, frozen=True, kw_only=True, array_like=True):
    """A source: its chains with how often each occurs, and what is attributed to it."""

    name: str
    folded: str
    kind: str | None
    chains: list[tuple[tuple[tuple[str, str | None], ...], int]]
    places: list[tuple[str, int, int]]


class Happened(Struct, frozen=True, kw_only=True):
    """An event and when it was; in the list the earliest comes first."""

    id: str
    edtf: str | None
    earliest: str | None
    latest: str | None


class Question(Struct, frozen=True, kw_only=True, array_like=True):
    """Something that a person may decide, and on how much of the result that tells."""

    touches: int
    """Of an origin the documents in it, of a copy the claims that it joins, of a conflict the documents on its smaller
    side, of two names the mentions of the rarer one."""
    share: float = 0.0


# --- reading ---------------------------------------------------------------------------------------------------------


def part(
    case: Case,
    name: str,
    kind: type[T],
    limit: int,
    offset: int = 0,
    without: Iterable[str] = (),
    below: float = math.inf,
) -> list[tuple[str, T]]:
    """A stretch of a list in its own order, of ranks no higher than `below`: keys and what is kept of each."""
    left = list(without)
    tested = " AND key NOT IN (SELECT value FROM json_each(?))" if left else ""
    values: list[Any] = [msgspec.json.encode(left).decode()] if left else []
    if below < math.inf:  # a leap in the index, where an offset is counted through
        tested += " AND rank <= ?"
        values.append(below)
    rows = case.connection.execute(
        f"SELECT key, data FROM briefs WHERE list = ?{tested} ORDER BY rank DESC, key LIMIT ? OFFSET ?",
        (name, *values, limit, offset),
    )
    decoder = _decoder(kind)
    return [(key, decoder.decode(data)) for key, data in rows]


def total(case: Case, name: str) -> int:
    """How many rows a list has."""
    row = case.connection.execute("SELECT rank FROM briefs WHERE list = 'totals' AND key = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def one(case: Case, name: str, key: str, kind: type[T]) -> T | None:
    row = case.connection.execute("SELECT data FROM briefs WHERE list = ? AND key = ?", (name, key)).fetchone()
    return _decoder(kind).decode(row[0]) if row else None


def stating(case: Case, folded: str) -> list[str]:
    """The claims whose statement holds some folded words, in the order of their list."""
    rows = case.connection.execute(
        "SELECT key FROM briefs WHERE list = 'statements' AND instr(data, ?) > 0 ORDER BY rank DESC, key",
        (folded.encode(),),
    )
    return [key for (key,) in rows]


def some(case: Case, name: str, keys: Sequence[str], kind: type[T]) -> dict[str, T]:
    """What is kept of some keys of a list."""
    listed = msgspec.json.encode(keys).decode()
    rows = case.connection.execute(
        "SELECT key, data FROM briefs WHERE list = ? AND key IN (SELECT value FROM json_each(?))", (name, listed)
    )
    decoder = _decoder(kind)
    return {key: decoder.decode(data) for key, data in rows}


def ranks(case: Case, name: str, keys: Iterable[str]) -> dict[str, float]:
    listed = msgspec.json.encode(sorted(set(keys))).decode()
    rows = case.connection.execute(
        "SELECT key, rank FROM briefs WHERE list = ? AND key IN (SELECT value FROM json_each(?))", (name, listed)
    )
    return dict(rows.fetchall())


_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}


def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    if kind not in _decoders:
        _decoders[kind] = msgspec.msgpack.Decoder(kind)
    return _decoders[kind]


def facets(case: Case) -> queries.Facets:
    """The documents by outlet and by day."""
    return one(case, "values", "facets", queries.Facets) or queries.facets(case)


def counts(case: Case) -> dict[str, int]:
    """How many findings each layer holds."""
    rows = case.connection.execute("SELECT key, rank FROM briefs WHERE list = 'counts'")
    return {layer: int(count) for layer, count in rows} or case.counts()


# --- writing ---------------------------------------------------------------------------------------------------------


def stamp(case: Case) -> str:
    """Differs when what the rows are made from does."""
    done = case.connection.execute("SELECT stage, recipe FROM done ORDER BY stage").fetchall()
    said = [VERSION, case.lang.folding, done, len(case), [d.id for d in standing(case)]]
    return blake2b(msgspec.json.encode(said), digest_size=12).hexdigest()


def fresh(case: Case) -> bool:
    row = case.connection.execute("SELECT value FROM about WHERE key = 'briefs'").fetchone()
    held = case.connection.execute("SELECT 1 FROM briefs LIMIT 1").fetchone()
    return row is not None and held is not None and row[0] == stamp(case)


OF_CLAIMS = ("claims", "statements", "questions", "questions/origin")
"""The lists with rows that are made from one claim each."""


def write(case: Case) -> None:
    """Makes the rows anew, where anything has changed, but for those of claims that stand as they were.

    The case is open for writing, and the caller commits.
    """
    if fresh(case):
        return
    stay = _unchanged(case)
    gone = [
        (name, key)
        for name in OF_CLAIMS
        for (key,) in case.connection.execute("SELECT key FROM briefs WHERE list = ?", (name,))
        if _claim_of(name, key) not in stay
    ]
    case.connection.execute(f"DELETE FROM briefs WHERE list NOT IN ({marks(OF_CLAIMS)})", OF_CLAIMS)
    case.connection.executemany("DELETE FROM briefs WHERE list = ? AND key = ?", gone)
    # In order, a page of the file holds twice as much.
    _keep(case, sorted(by_kind(rows(case, stay)), key=lambda row: row[:2]))
    follow(case, [d.subject for d in standing(case)])
    case.connection.execute("INSERT OR REPLACE INTO about VALUES ('briefs made', ?)", (_made(case),))


def _made(case: Case) -> str:
    """Differs when the same claim is given other rows."""
    return f"{VERSION} {case.lang.folding}"


def _claim_of(name: str, key: str) -> str:
    """The claim that a row of one of the lists OF_CLAIMS is made from; of other questions, none."""
    if name in ("claims", "statements"):
        return key
    return key.split("/")[1] if key.startswith("origin/") else ""


def _unchanged(case: Case) -> set[str]:
    """The claims whose rows stand: they bear the seal of the last build, and nobody ever decided on them."""
    made = case.connection.execute("SELECT value FROM about WHERE key = 'briefs made'").fetchone()
    if made is None or made[0] != _made(case):
        return set()
    sealed = case.connection.execute(
        "SELECT key FROM briefs WHERE list = 'claims' INTERSECT SELECT key FROM seals WHERE part = 'claims'"
        " INTERSECT SELECT key FROM across WHERE layer = 'claims'"
    )
    subjects = (decision.subject.partition("/") for decision in history(case))
    decided = {id for kind, _, rest in subjects if kind in OF_CLAIM for id in rest.partition("/")[0].split("+")}
    return {key for (key,) in sealed} - decided


def faults(case: Case) -> Iterator[str]:
    """The rows that are not what the findings and the decisions in force give, a sentence for each list of them."""
    if not fresh(case):
        yield f"lists: the rows that pages read are not of the last build; run `riwaya build {case.path}`"
        return
    run, inside = case.connection.execute, case.connection.in_transaction
    locked = run("PRAGMA query_only").fetchone()[0]
    run("PRAGMA query_only = 0")
    try:
        for table in ("briefs", "about"):  # a temporary table stands before the one of its name: no case is written
            run(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE 0")
            run(f"CREATE UNIQUE INDEX temp.{table}_by_key ON {table} ({'list, key' if table == 'briefs' else 'key'})")
        write(case)
        for one, other in (("main", "temp"), ("temp", "main")):
            apart = f"SELECT * FROM {one}.briefs EXCEPT SELECT * FROM {other}.briefs"
            rows = run(f"SELECT list, count(*) FROM ({apart}) GROUP BY list")
            said = "are not what the findings give" if one == "main" else "should be there and are not"
            yield from (f"lists: {count} rows of {name!r} {said}" for name, count in rows.fetchall())
    finally:
        for table in ("briefs", "about"):
            run(f"DROP TABLE IF EXISTS temp.{table}")
        if not inside:
            case.connection.commit()
        run(f"PRAGMA query_only = {locked}")


def follow(case: Case, subjects: Iterable[str]) -> None:
    """Makes the rows of some subjects anew, as the decisions in force leave them."""
    said = standing(case)
    for subject in sorted(set(subjects)):
        kind, _, rest = subject.partition("/")
        if kind in OF_CLAIM[:2]:
            _renew(case, "claims", Claim, rest.split("+"), lambda values: told_rows(case, values), said)
        elif kind in OF_CLAIM[2:]:
            _renew(case, "claims", Claim, [rest.partition("/")[0]], lambda values: told_rows(case, values), said)
        elif kind in ("entity", "entities"):
            _renew(case, "names", Entity, rest.split("+"), lambda values: name_rows(case, values), said)
    totals = case.connection.execute(
        "SELECT list, count(*) FROM briefs WHERE list != 'totals' GROUP BY list"
    ).fetchall()
    _keep(case, (("totals", name, float(count), None) for name, count in totals))
    case.connection.execute("INSERT OR REPLACE INTO about VALUES ('briefs', ?)", (stamp(case),))


def _renew(
    case: Case,
    name: str,
    kind: type[Any],
    ids: Sequence[str],
    make: Callable[[Iterable[Any]], Iterator[Row]],
    said: Sequence[Decision],
) -> None:
    values: dict[str, Across] = {}
    for id in ids:
        case.connection.execute(
            "DELETE FROM briefs WHERE list IN (?, 'statements', 'places', 'placed') AND (key = ? OR key GLOB ?)",
            (name, id, f"{id}~*"),
        )
        values |= {value.key: value for value in effects.current(case, kind, id, said)}
    _keep(case, make(values[key] for key in sorted(values)))


def _keep(case: Case, made: Iterable[Row]) -> None:
    case.connection.executemany(
        "INSERT OR REPLACE INTO briefs VALUES (?, ?, ?, ?)",
        ((name, key, rank, msgspec.msgpack.encode(value)) for name, key, rank, value in made),
    )


def by_kind(made: Iterable[Row]) -> Iterator[Row]:
    """Questions stand in one list, and each kind of them in its own."""
    for name, key, rank, value in made:
        yield name, key, rank, value
        if name == "questions":
            yield f"questions/{key.partition('/')[0]}", key, rank, value


# --- the rows --------------------------------------------------------------------------------------------------------


class _Said(Struct, frozen=True):
    doc: str
    stance: str
    chain: tuple[Hop, ...] = ()


class _Origin(Struct, frozen=True):
    id: str
    members: tuple[int, ...]
    links: tuple[tuple[int, int, str], ...] = ()


class _Claim(Struct, frozen=True):
    id: str
    statement: str
    documents: int
    members: tuple[_Said, ...]
    origins: tuple[_Origin, ...]


class _Side(Struct, frozen=True):
    members: tuple[Passage, ...]


class _Conflict(Struct, frozen=True):
    id: str
    kind: str
    severity: str
    sides: tuple[_Side, ...]
    likeness: float = 1.0


def rows(case: Case, stay: Collection[str] = ()) -> Iterator[Row]:
    """Every row that the findings give, but for those made from one of the claims that `stay` as they were."""
    joined: Counter[frozenset[str]] = Counter()
    tallies: Counter[str] = Counter()
    said: list[tuple[str, float, str]] = []
    lone = {key for key, told in part(case, "claims", Told, len(stay)) if told.documents == 1} if stay else set()
    for claim in queries.across(case, "claims", _Claim, lone.intersection(stay)):
        if claim.id not in stay:
            told, *_ = claim_rows([claim])
            yield told
            said.append((claim.id, told[2], claim.statement))
            yield from origin_questions(claim)
        for origin in claim.origins:
            docs = [(claim.members[a].doc, claim.members[b].doc) for a, b, kind in origin.links if kind == SAME_WORDS]
            joined.update({frozenset(pair) for pair in docs})
    yield from statement_rows(case, said)
    for conflict in queries.across(case, "conflicts", _Conflict):
        smaller = sorted(len({m.doc for m in side.members}) for side in conflict.sides)[-2:][0]
        weight = smaller * (1.0 if conflict.severity == "hard" else 0.5)
        yield "questions", f"conflict/{conflict.id}", weight, Question(touches=smaller)
        hard = conflict.severity == "hard"
        kind_and_severity = (conflict.kind, conflict.severity)
        yield "conflicts", conflict.id, 10.0 * hard + conflict.likeness, kind_and_severity
        tallies.update([conflict.kind, conflict.severity])
    yield "values", "kinds of conflicts", 0.0, dict(sorted(tallies.items()))
    happened = sorted(
        queries.across(case, "events", Happened), key=lambda e: (e.earliest or e.edtf or "9999", e.latest or "", e.id)
    )
    for place, event in enumerate(happened):
        yield "events", event.id, -float(place), event
    yield from copy_rows(case, joined)
    names = list(queries.across(case, "entities", Entity))
    yield from name_rows(case, names)
    yield from name_questions(names)
    yield "values", "kinds", 0.0, dict(sorted(Counter(e.kind for e in names).items()))
    yield from source_rows(case)
    yield "values", "facets", 0.0, queries.facets(case)
    for layer, count in case.counts().items():
        yield "counts", layer, float(count), None


SAME_WORDS = "same-passage"
SWEEP = 2000
"""Statements that are folded together."""


def claim_rows(claims: Iterable[Claim | _Claim]) -> Iterator[Row]:
    for claim in claims:
        told = Told(claim.documents, len(claim.origins), len({m.stance for m in claim.members}))
        tellers = len({teller(m.doc, m.chain) for m in claim.members})  # what one outlet repeats is no wider support
        repeats = told.documents - told.origins
        yield "claims", claim.id, tellers - told.origins + repeats / 1e3 + told.documents / 1e9, told


def told_rows(case: Case, claims: Iterable[Claim]) -> Iterator[Row]:
    """All rows of some claims."""
    for claim in claims:
        told, *_ = claim_rows([claim])
        yield told
        yield from statement_rows(case, [(claim.id, told[2], claim.statement)])


def statement_rows(case: Case, told: Sequence[tuple[str, float, str]]) -> Iterator[Row]:
    """The folded words of every claim, for the search; many are folded in one sweep."""
    for start in range(0, len(told), SWEEP):
        some = told[start : start + SWEEP]
        folded = case.lang.fold(WALL.join(words.replace(WALL, " ") for _, _, words in some)).split(WALL)
        for (id, rank, _), words in zip(some, folded, strict=True):
            yield "statements", id, rank, words


def origin_questions(claim: _Claim) -> Iterator[Row]:
    """Splitting an origin of five documents changes a count by four."""
    if claim.documents > 1:
        for origin in claim.origins:
            docs = len({claim.members[n].doc for n in origin.members})
            if docs > 1 and "~" not in origin.id:
                yield "questions", f"origin/{claim.id}/{origin.id}", docs - 1.0, Question(touches=docs)


def copy_rows(case: Case, joined: Counter[frozenset[str]]) -> Iterator[Row]:
    edges, lines = list(queries.across(case, "copies", Edge)), list(queries.across(case, "alignments", Line))
    known = copying.graph(edges, lines)
    slips = queries.slips_of(case, {id for e in edges for id in (e.older, e.newer)})
    outlets = {id: slip.outlet for id, slip in slips.items()}
    trips = copying.loops(known, edges, outlets)
    yield "values", "loops", 0.0, [(out.older, out.newer, back.newer) for out, back in trips]
    in_loops = {(e.older, e.newer) for pair in trips for e in pair}
    taken: dict[str, float] = {}
    made: list[Taken] = []
    for e in edges:
        loop = (e.older, e.newer) in in_loops
        taken[e.newer] = max(e.share, taken.get(e.newer, 0.0))
        day = ((slips[e.newer].published or "") if e.newer in slips else "")[:10]
        brief = Taken(edge=e, older_outlet=outlets.get(e.older), newer_outlet=outlets.get(e.newer), day=day, loop=loop)
        made.append(brief)
        yield "copies", f"{e.older}\x1f{e.newer}", e.share + 2.0 * loop, brief
        claims, doubt = joined[frozenset((e.older, e.newer))], 1.0 - e.confidence
        subject = f"copy/{document_key(e.older)}/{document_key(e.newer)}"
        yield "questions", subject, (claims + e.share) * (0.5 + doubt), Question(touches=claims, share=e.share)
    copied = {frozenset((e.older, e.newer)) for e in edges}
    for line in lines:
        pair = frozenset((line.left.doc, line.right.doc))
        if pair not in copied and joined[pair]:
            yield "questions", f"alignment/{line.id}", joined[pair] * 0.75, Question(touches=joined[pair])
    for older, newer, count, bare in flow_rows(made):
        yield "flows", f"{older or ''}\x1f{newer or ''}", float(count), (older, newer, count, bare)
    for doc, share in sorted(taken.items()):
        yield "taken", doc, share, None
    for doc, around in sorted(known.items()):
        yield "around", doc, 0.0, around
    credits: dict[str, set[str]] = {}
    for cluster in queries.across(case, "clusters", _Cluster):
        for agency in cluster.credits:
            credits.setdefault(agency, set()).update(member.doc for member in cluster.members)
    for agency, docs in sorted(credits.items()):
        yield "credits", agency, 0.0, sorted(docs)


def flow_rows(copies: Iterable[Taken]) -> list[tuple[str | None, str | None, int, int]]:
    """From which outlet to which, how often, and how often without saying so."""
    counts: Counter[tuple[str | None, str | None]] = Counter()
    bare: Counter[tuple[str | None, str | None]] = Counter()
    for t in copies:
        pair = t.older_outlet, t.newer_outlet
        counts[pair] += 1
        bare[pair] += not t.edge.credited
    ordered = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0][0] or "", kv[0][1] or ""))
    return [(older, newer, count, bare[older, newer]) for (older, newer), count in ordered]


class _Cluster(Struct, frozen=True, kw_only=True):
    members: tuple[Passage, ...]
    credits: tuple[str, ...] = ()


def called(case: Case, e: Entity) -> Called:
    return Called(
        kind=e.kind,
        name=e.name,
        name_en=e.name_en,
        folded=case.lang.fold(e.name),
        forms=len(e.names),
        mentions=_mentions(e.names),
        outlets=len({outlet for name in e.names for outlet in name.counts}),
        lat=e.lat,
        lon=e.lon,
        precision=e.precision,
    )


def name_rows(case: Case, names: Iterable[Entity]) -> Iterator[Row]:
    for e in names:
        row = called(case, e)
        yield "names", e.entity, row.mentions + row.forms / 1e6, row
        if e.kind == "place":
            yield "places", e.entity, float(row.mentions), row
            if e.lat is not None and e.lon is not None:
                yield "placed", e.entity, float(row.mentions), row


def kinds(case: Case) -> dict[str, int]:
    """How many names there are of each kind."""
    found = one(case, "values", "kinds", dict[str, int])
    return found or {}


def name_questions(names: Sequence[Entity]) -> Iterator[Row]:
    """A person who is named by the last name only, where the case knows just one longer name that ends so."""
    longer: dict[tuple[str, str], list[Entity]] = {}
    for e in names:
        if e.kind == "person" and " " in e.name:
            longer.setdefault((e.kind, e.name.rpartition(" ")[2]), []).append(e)
    for e in names:
        homes = longer.get((e.kind, e.name), [])
        if len(homes) == 1:
            rarer = min(_mentions(e.names), _mentions(homes[0].names))
            yield (
                "questions",
                f"entities/{'+'.join(sorted((e.entity, homes[0].entity)))}",
                rarer * 0.1,
                Question(touches=rarer),
            )


def _mentions(names: Iterable[Name]) -> int:
    return sum(sum(name.counts.values()) for name in names)


# --- sources ---------------------------------------------------------------------------------------------------------

NOBODY = {"agentless", "author-hedge", "naming"}
"""Functions that put nothing in anybody's mouth."""


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


def source_rows(case: Case) -> Iterator[Row]:
    """Who is quoted; those who are not named in a list of their own."""
    names = {e.entity: e.name for e in queries.across(case, "entities", _Entity)}
    namings: dict[str, list[Naming]] = {}
    for naming in case.across(Naming):
        namings.setdefault(naming.doc, []).append(naming)
    chains: dict[str, Counter[tuple[tuple[str, str | None], ...]]] = {}
    places: dict[str, list[tuple[str, int, int]]] = {}
    known: dict[str, tuple[str, str | None]] = {}
    for said in queries.found(case, "attributions", _Attributed):
        if said.function in NOBODY or not said.chain:
            continue
        last = said.chain[-1]
        place = said.source or said.resolved_from
        named = joins.entity_in(place, said.source_kind, namings.get(said.doc, ()))
        entity = said.source_entity or last.entity or named
        name = names.get(entity, last.name) if entity else last.name
        kind = said.source_kind or last.kind
        id = entity or f"{kind or ''}:{name}"
        known.setdefault(id, (name, kind))
        chains.setdefault(id, Counter())[tuple((hop.name, hop.kind) for hop in said.chain)] += 1
        places.setdefault(id, []).append((said.doc, said.content.start, said.content.end))
    for id, (name, kind) in sorted(known.items()):
        counted = sorted(chains[id].items(), key=lambda kv: (-kv[1], kv[0][0][0], msgspec.json.encode(kv[0])))
        quoted = Quoted(name=name, folded=case.lang.fold(name), kind=kind, chains=counted, places=sorted(places[id]))
        yield "unnamed" if kind == "anonymous" else "named", id, float(len(places[id])), quoted
