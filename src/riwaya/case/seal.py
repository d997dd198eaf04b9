"""Seals: a digest of every row of the case, and of all of them in the log.

When a build ends, each row that has none is given its seal, and the entry of the run in the log takes the digest of
all seals, part by part. From there the chain goes: the log's last hash → the run's entry → the seals → every value.
A single altered byte breaks one link of it, and the seal says which value.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from riwaya.case.packing import unsqueeze
from riwaya.model import ACROSS

SIZE = 8
"""Bytes of a digest that tells where a case was altered; who can choose what it is altered to must face the log."""
SMALL = {
    "about": "SELECT key, value FROM about",
    "sources": "SELECT place, label, stamp, done FROM sources",
    "failures": "SELECT path || char(31) || stage || char(31) || place, error, message FROM failures",
    "done": "SELECT stage, recipe FROM done",
}
"""Tables sealed anew each time: the key of a row and its values."""
HERE_ONLY = ("about", "search", "answers")
"""Parts that are made anew when a case is rebuilt from a package, with other bytes; the log does not name them."""
DOCUMENT = (
    "id, key, source, member, sha256, text_sha256, digest, head, characters, warnings, language, outlet, title,"
    " author, published, published_basis"
)
ROWS = 4096
"""Seals that are digested at a time; a part of what the digest in the log is."""
SHADOWS = ("search_data", "search_idx", "search_docsize", "search_config")


class Seal(NamedTuple):
    part: str
    key: bytes
    digest: bytes
    raw: bytes = b""


@contextmanager
def as_stored(connection: sqlite3.Connection) -> Iterator[None]:
    """Texts come as their bytes, marked as texts: what is no UTF-8 any more can still be told of."""
    before = connection.text_factory
    connection.text_factory = lambda stored: b"t" + stored
    try:
        yield
    finally:
        connection.text_factory = before


def digest(values: Iterable[Any]) -> bytes:
    return blake2b(msgspec.msgpack.encode(list(values)), digest_size=SIZE).digest()


# --- what there is to seal -------------------------------------------------------------------------------------------


def sealing(connection: sqlite3.Connection, anew: bool) -> Iterator[Seal]:
    """The seals that the rows should bear: of all, or only of those that bear none; within `as_stored`."""

    def lacking(part: str, key: str) -> str:
        return "1" if anew else f"{key} NOT IN (SELECT key FROM seals WHERE part = '{part}')"

    for row in connection.execute(f"SELECT {DOCUMENT}, text FROM documents WHERE {lacking('documents', 'id')}"):
        yield Seal("documents", row[0], digest(row[:-1]), digest([row[-1]]))
    yield from _findings(connection, lacking("findings", "d.id"))
    for row in connection.execute(
        f"SELECT sha256, bytes, link, data FROM originals WHERE {lacking('originals', 'sha256')}"
    ):
        yield Seal("originals", row[0], digest(row[:-1]), digest([row[-1]]))
    for layer in ACROSS:
        rows = connection.execute(f"SELECT key, data FROM across WHERE layer = ? AND {lacking(layer, 'key')}", (layer,))
        for key, data in rows:
            yield Seal(layer, key, digest([key, data]))
    asked = "asked || char(31) || document"
    for row in connection.execute(f"SELECT {asked}, given, data FROM answers WHERE {lacking('answers', asked)}"):
        yield Seal("answers", row[0], digest(row))
    for part, query in SMALL.items():
        for row in connection.execute(query):
            yield Seal(part, row[0], digest(row))
    if anew or not connection.execute("SELECT 1 FROM seals WHERE part = 'search'").fetchone():
        hasher = blake2b(digest_size=SIZE)
        for table in SHADOWS:
            for row in connection.execute(f"SELECT * FROM {table}"):
                hasher.update(msgspec.msgpack.encode(list(row)))
        yield Seal("search", b"t", hasher.digest())


def versions(connection: sqlite3.Connection, layer: str) -> dict[str, bytes]:
    """For every key of a layer of the whole case, in order, the seal that it bears, or that it should bear."""
    found = dict(connection.execute("SELECT key, digest FROM seals WHERE part = ?", (layer,)))
    rows = connection.execute(
        "SELECT key, data FROM across a WHERE layer = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM seals s WHERE s.part = ?1 AND s.key = a.key)",
        (layer,),
    )
    found.update((key, digest([b"t" + key.encode("utf-8", "surrogatepass"), data])) for key, data in rows)
    return dict(sorted(found.items()))


def _findings(connection: sqlite3.Connection, wanted: str) -> Iterator[Seal]:
    """A seal per document: the digest of each of its rows, one after the other."""
    rows = connection.execute(
        "SELECT d.id, f.layer, f.stage, f.recipe, f.count, f.data FROM documents d LEFT JOIN findings f"
        f" ON f.document = d.number WHERE {wanted} ORDER BY d.number, f.layer, f.stage"
    )
    for id, group in groupby(rows, key=lambda row: row[0]):
        made, raw = b"", blake2b(digest_size=SIZE)
        for _, layer, stage, recipe, count, data in group:
            if layer is not None:
                made += digest([layer, stage, recipe, count, _content(data)])
                raw.update(data if isinstance(data, bytes) else b"")
        yield Seal("findings", id, made, raw.digest())


def _content(data: bytes) -> bytes:
    try:
        return unsqueeze(data)
    except Exception:  # a damaged frame raises whatever its library likes; its digest is then simply another one
        return b"damaged"


# --- sealing and checking --------------------------------------------------------------------------------------------


def seal(connection: sqlite3.Connection) -> dict[str, str]:
    """Seals what bears no seal; returns the digest of each part, for the log. The caller commits."""
    connection.execute(f"DELETE FROM seals WHERE part IN ({', '.join('?' * len(SMALL))})", tuple(SMALL))
    with as_stored(connection):
        made = [(s.part, _text(s.key), s.digest, s.raw) for s in sealing(connection, anew=False)]
    connection.executemany("INSERT OR REPLACE INTO seals VALUES (?, ?, ?, ?)", made)
    return roots(connection)


def _text(key: bytes) -> str:
    return key[1:].decode("utf-8", "replace")


def roots(connection: sqlite3.Connection) -> dict[str, str]:
    """The digest of all seals of each part that the log names, in order of key."""
    made = {}
    for (part,) in connection.execute("SELECT DISTINCT CAST(part AS BLOB) FROM seals ORDER BY 1").fetchall():
        name = part.decode("utf-8", "replace")
        if name in HERE_ONLY:
            continue
        hasher = blake2b(digest_size=16)
        rows = connection.execute(
            "SELECT CAST(key AS BLOB), digest FROM seals WHERE part = CAST(? AS TEXT) ORDER BY key", (part,)
        )
        while group := rows.fetchmany(ROWS):
            hasher.update(msgspec.msgpack.encode(group))
        made[name] = hasher.hexdigest()
    return made


def faults(connection: sqlite3.Connection, logged: dict[str, str]) -> list[str]:
    """Every value that does not bear the seal it should, in a sentence; `logged` are the digests in the log."""
    found = []
    with as_stored(connection):
        rows = connection.execute("SELECT part, key, digest, raw FROM seals")
        borne = {(_text(part), key): (digest, raw) for part, key, digest, raw in rows}
        for should in sealing(connection, anew=True):
            has = borne.pop((should.part, should.key), None)
            if has is None:
                found.append(f"{name(should)}: is new, or was altered, since the last build that ended")
            elif has != (should.digest, should.raw):
                found.append(f"{name(should)}: {_difference(connection, should, *has)}")
        found += [f"{name(Seal(part, key, b''))}: is gone, but its seal is here" for part, key in borne]
    for part, root in roots(connection).items():
        if logged.get(part) != root:
            found.append(f"{part}: the seals are not those that the log names")
    found += [
        f"{part}: the seals are gone, but the log names them" for part in logged.keys() - roots(connection).keys()
    ]
    return found


def differences(one: sqlite3.Connection, other: sqlite3.Connection) -> list[str]:
    """What does not bear the same seal in two cases of the same documents: findings, and layers of the whole case."""
    parts = ("findings", *ACROSS)
    query = f"SELECT part, key, digest FROM seals WHERE part IN ({', '.join('?' * len(parts))})"
    ours, theirs = (
        {(part, key): digest for part, key, digest in connection.execute(query, parts)} for connection in (one, other)
    )
    return [
        f"{part}: {key.replace(chr(31), ' ')}"
        for part, key in sorted(ours.keys() | theirs.keys())
        if ours.get((part, key)) != theirs.get((part, key))
    ]


def name(seal: Seal) -> str:
    """A sealed value as a person would call it."""
    key = _text(seal.key)
    if seal.part in ("documents", "findings"):
        return key
    return f"{seal.part}: {key.replace(chr(31), ' ')}".removesuffix(": ")


def _difference(connection: sqlite3.Connection, should: Seal, digest: bytes, raw: bytes) -> str:
    if should.part != "findings":
        what = "what is known of the document" if should.part == "documents" else "it"
        return f"{what} was altered" if should.digest != digest else "its compressed bytes were altered"
    if len(digest) != len(should.digest):
        return "findings were taken out or put in"
    layers = connection.execute(
        "SELECT f.layer, f.stage FROM findings f JOIN documents d ON d.number = f.document WHERE CAST(d.id AS BLOB) = ?"
        " ORDER BY f.layer, f.stage",
        (should.key[1:],),
    ).fetchall()
    off = [
        f"the {_text(layer)} of stage {_text(stage)}"
        for at, (layer, stage) in enumerate(layers)
        if digest[at * SIZE : (at + 1) * SIZE] != should.digest[at * SIZE : (at + 1) * SIZE]
    ]
    return f"{' and '.join(off)} were altered" if off else "the compressed bytes of its findings were altered"
