"""Briefs: short rows of what the case holds, in the order in which a page shows them first.

A page that lists claims must not read two hundred thousand of them to show twenty-five. When a build ends, each finding
is given a row that holds what a list counts and sorts by; the page reads a stretch of those rows, and then the findings
it shows. A decision renews the rows of what it is about. Everything here is made from the other tables, the same bytes
from the same findings, and can be made again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from riwaya.case import copying, effects, queries, quotes
from riwaya.case.case import Case, batched, marks
from riwaya.case.copying import Edge, Line
from riwaya.case.decisions import Decision, history, standing
from riwaya.model import Across, Claim, Entity, Hop, Passage, document_key, teller

VERSION = 4
"""Changes when the rows do: they are then made again."""

OF_CLAIM = ("claim", "claims", "origin", "origins")
"""Kinds of subjects of decisions that change a claim."""

S = TypeVar("S", bound=Struct)
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


REMADE = ("around", "conflicts", "copies", "counts", "credits", "events", "flows", "taken", "values")
"""The lists that are made of the case as a whole, and written where they differ."""
ASKED = ("alignment", "conflict", "copy", "entities")
"""The kinds of questions of which the same is true; those of origins are made of single claims."""
SWEEP = 2000
"""Findings that are read, and words that are folded, together."""


def write(case: Case) -> None:
    """Makes the rows anew of all that has changed since the last build, as the seals tell; the rest stands.

    The case is open for writing, and the caller commits.
    """
    if fresh(case):
        return
    run, made = case.connection.execute, _made(case)
    if run("SELECT value FROM about WHERE key = 'briefs made'").fetchone() != (made,):
        run("DELETE FROM briefs")
    decided = _decided(case)
    _write_claims(case, _stale(case, "claims", "claims", decided))
    names = _stale(case, "entities", "names", decided)
    _write_names(case, names)
    _write_sources(case, names)
    _replace(case, {(name, key): (rank, value) for name, key, rank, value in by_kind(rows(case))})
    follow(case, [d.subject for d in standing(case)])
    run("INSERT OR REPLACE INTO about VALUES ('briefs made', ?)", (made,))


def _made(case: Case) -> str:
    """Differs when the same finding is given other rows."""
    return f"{VERSION} {case.lang.folding}"


def _decided(case: Case) -> set[str]:
    """The findings that somebody ever decided on: their rows may be of another state."""
    subjects = (decision.subject.partition("/") for decision in history(case))
    return {id for _, _, rest in subjects for id in rest.partition("/")[0].split("+")}


def _stale(case: Case, layer: str, name: str, decided: Iterable[str]) -> list[str] | None:
    """The keys of a layer whose rows do not stand, those that are gone among them; None where there is no row yet.

    A finding that bears the seal of the last build is what it was when its rows were made.
    """
    run = case.connection.execute
    if not run("SELECT 1 FROM briefs WHERE list = ? LIMIT 1", (name,)).fetchone():
        return None
    unsealed = run(
        "SELECT key FROM across a WHERE layer = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM seals s WHERE s.part = ?1 AND s.key = a.key)",
        (layer,),
    ).fetchall()
    gone = run(
        "SELECT key FROM briefs WHERE list = ? EXCEPT SELECT key FROM across WHERE layer = ?", (name, layer)
    ).fetchall()
    return sorted({key for (key,) in (*unsealed, *gone)}.union(decided))


def _write_claims(case: Case, stale: list[str] | None) -> None:
    """The rows of claims, of which a case has hundreds of thousands: they never lie in memory together."""
    run = case.connection
    for name in ("claims", "statements", "joins"):
        run.executemany(f"DELETE FROM briefs WHERE list = '{name}' AND key = ?", [(key,) for key in stale or ()])
    within = [(f"origin/{key}/", f"origin/{key}0") for key in stale or ()]  # 0 comes after the stroke
    for name in ("questions", "questions/origin"):
        run.executemany(f"DELETE FROM briefs WHERE list = '{name}' AND key > ? AND key < ?", within)
    further: list[Row] = []

    def told() -> Iterator[Row]:
        for claim in _of_layer(case, "claims", _Claim, stale):
            yield from claim_rows([claim])
            if claim.documents > 1:
                further.extend(by_kind(origin_questions(claim)))
                further.extend(join_rows(claim))

    _keep(case, told())
    _keep(case, sorted(further, key=lambda row: row[:2]))

    def stating() -> Iterator[tuple[str, float, str]]:
        for some in _in_sweeps(_of_layer(case, "claims", _Stated, stale)):
            rank = ranks(case, "claims", [claim.id for claim in some])
            yield from ((claim.id, rank[claim.id], claim.statement) for claim in some)

    _keep(case, statement_rows(case, stating()))


def _write_names(case: Case, stale: list[str] | None) -> None:
    for name in ("names", "placed", "places"):
        case.connection.executemany(
            f"DELETE FROM briefs WHERE list = '{name}' AND key = ?", [(key,) for key in stale or ()]
        )
    for some in _in_sweeps(_of_layer(case, "entities", Entity, stale)):
        _keep(case, sorted(name_rows(case, some), key=lambda row: row[:2]))


def _write_sources(case: Case, names: list[str] | None) -> None:
    """The rows of sources: of those who are or were quoted where something changed, and of those with other names."""
    said = quotes.renewed(case, everything=names is None)
    wanted = None if names is None else said.union(names)
    for name in quotes.LISTS:
        case.connection.executemany(
            f"DELETE FROM briefs WHERE list = '{name}' AND key = ?", [(key,) for key in sorted(wanted or ())]
        )
    _keep(case, sorted(quotes.source_rows(case, wanted), key=lambda row: row[:2]))


def _of_layer(case: Case, layer: str, shape: type[S], keys: list[str] | None) -> Iterator[S]:
    """The findings of a layer, all or those of some keys that are there, in order of key."""
    if keys is None:
        yield from queries.across(case, layer, shape)
    else:
        for group in batched(keys, 256):
            yield from queries.across_some(case, layer, shape, group)


def _in_sweeps(values: Iterable[T]) -> Iterator[list[T]]:
    values = iter(values)
    while some := list(islice(values, SWEEP)):
        yield some


def _replace(case: Case, made: dict[tuple[str, str], tuple[float, Any]]) -> None:
    """Puts the rows of the case as a whole in place of those before; what is the same is not written."""
    run = case.connection
    had = run.execute(f"SELECT * FROM briefs WHERE list IN ({marks(REMADE)})", REMADE).fetchall()
    for kind in ASKED:
        had += run.execute(
            "SELECT * FROM briefs WHERE list IN ('questions', ?) AND key > ? AND key < ?",
            (f"questions/{kind}", f"{kind}/", f"{kind}0"),
        ).fetchall()
    before = {(name, key): (rank, data) for name, key, rank, data in had}
    new = {place: (rank, msgspec.msgpack.encode(value)) for place, (rank, value) in made.items()}
    gone = [place for place in before if place not in new]
    run.executemany("DELETE FROM briefs WHERE list = ? AND key = ?", gone)
    changed = sorted(place for place, row in new.items() if before.get(place) != row)
    run.executemany("INSERT OR REPLACE INTO briefs VALUES (?, ?, ?, ?)", [(*place, *new[place]) for place in changed])


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


class _Stated(Struct, frozen=True):
    id: str
    statement: str


class _Side(Struct, frozen=True):
    members: tuple[Passage, ...]


class _Conflict(Struct, frozen=True):
    id: str
    kind: str
    severity: str
    sides: tuple[_Side, ...]
    likeness: float = 1.0


def rows(case: Case) -> Iterator[Row]:
    """The rows that are made of the case as a whole; those of its claims and names stand already."""
    tallies: Counter[str] = Counter()
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
    yield from copy_rows(case, joined(case))
    names = part(case, "names", Called, -1)
    yield from name_questions(names)
    yield "values", "kinds", 0.0, dict(sorted(Counter(named.kind for _, named in names).items()))
    yield "values", "facets", 0.0, queries.facets(case)
    for layer, count in case.counts().items():
        yield "counts", layer, float(count), None


SAME_WORDS = "same-passage"


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


def statement_rows(case: Case, told: Iterable[tuple[str, float, str]]) -> Iterator[Row]:
    """The folded words of claims, for the search."""
    for some in _in_sweeps(told):
        folded = case.lang.fold.many([words for _, _, words in some])
        for (id, rank, _), words in zip(some, folded, strict=True):
            yield "statements", id, rank, words


def join_rows(claim: _Claim) -> Iterator[Row]:
    """The pairs of documents that the same words join in a claim."""
    members = claim.members
    docs = [
        sorted((members[a].doc, members[b].doc)) for o in claim.origins for a, b, why in o.links if why == SAME_WORDS
    ]
    if docs:
        yield "joins", claim.id, 0.0, docs


def joined(case: Case) -> Counter[frozenset[str]]:
    """How often the same words join two documents in a claim."""
    return Counter(frozenset(docs) for _, pairs in part(case, "joins", list[tuple[str, str]], -1) for docs in pairs)


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
    return _called(e, case.lang.fold(e.name))


def _called(e: Entity, folded: str) -> Called:
    return Called(
        kind=e.kind,
        name=e.name,
        name_en=e.name_en,
        folded=folded,
        forms=len(e.names),
        mentions=sum(sum(name.counts.values()) for name in e.names),
        outlets=len({outlet for name in e.names for outlet in name.counts}),
        lat=e.lat,
        lon=e.lon,
        precision=e.precision,
    )


def name_rows(case: Case, names: Iterable[Entity]) -> Iterator[Row]:
    for some in _in_sweeps(names):
        for e, folded in zip(some, case.lang.fold.many([e.name for e in some]), strict=True):
            row = _called(e, folded)
            yield "names", e.entity, row.mentions + row.forms / 1e6, row
            if e.kind == "place":
                yield "places", e.entity, float(row.mentions), row
                if e.lat is not None and e.lon is not None:
                    yield "placed", e.entity, float(row.mentions), row


def kinds(case: Case) -> dict[str, int]:
    """How many names there are of each kind."""
    found = one(case, "values", "kinds", dict[str, int])
    return found or {}


def name_questions(names: Sequence[tuple[str, Called]]) -> Iterator[Row]:
    """A person who is named by the last name only, where the case knows just one longer name that ends so."""
    longer: dict[str, list[tuple[str, Called]]] = {}
    persons = [(id, called) for id, called in names if called.kind == "person"]
    for id, called in persons:
        if " " in called.name:
            longer.setdefault(called.name.rpartition(" ")[2], []).append((id, called))
    for id, called in persons:
        homes = longer.get(called.name, [])
        if len(homes) == 1:
            [(home, other)] = homes
            rarer = min(called.mentions, other.mentions)
            yield "questions", f"entities/{'+'.join(sorted((id, home)))}", rarer * 0.1, Question(touches=rarer)
