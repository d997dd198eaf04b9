"""Does the case still hold what was put in?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from riwaya.case import briefs, log, migrations, seal
from riwaya.case.case import Case
from riwaya.case.packing import unpack_findings, unpack_text
from riwaya.errors import RiwayaError
from riwaya.model import LAYERS


def faults(case: Case) -> Iterator[str]:
    """What is off, a sentence each: file, log, originals, texts, findings, seals, lists; nothing when all is whole."""
    for check in (_file, _log, _documents, _seals, briefs.faults):
        yield from _told(check, case)


def _told(check: Callable[[Case], Iterator[str]], case: Case) -> Iterator[str]:
    """What a check finds; that it cannot go on is a finding too."""
    try:
        yield from check(case)
    except Exception as error:  # a damaged file raises whatever its library likes
        yield f"file: it cannot be read on ({check.__name__.strip('_')}): {error}"


def _file(case: Case) -> Iterator[str]:
    for (line,) in case.connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"file: {line}"
    drawn = dict(migrations.drawing())
    for name, sql in case.connection.execute("SELECT name, sql FROM sqlite_schema"):
        if drawn.pop(name, None) != sql:
            yield f"file: the definition of {name!r} was altered"
    yield from (f"file: {name!r} is gone" for name in drawn)


def _log(case: Case) -> Iterator[str]:
    if fault := log.first_fault(case.connection):
        yield fault


def _seals(case: Case) -> Iterator[str]:
    logged = log.sealed(case.connection)
    if logged is None:
        yield f"seals: no build that ended has sealed the case; run `riwaya build {case.path}`"
        return
    yield from seal.faults(case.connection, logged)


def _documents(case: Case) -> Iterator[str]:
    for (id,) in case.connection.execute("SELECT id FROM documents WHERE sha256 NOT IN (SELECT sha256 FROM originals)"):
        yield f"{id}: its original is missing"
    rows = case.connection.execute("SELECT number, id, sha256, text_sha256, text FROM documents ORDER BY id").fetchall()
    for number, id, original, text_hash, packed in rows:
        try:
            if sha256(case.original(id)).hexdigest() != original:
                yield f"{id}: the original is not the one that was taken in"
        except RiwayaError as error:
            yield f"{id}: {error}"
        except Exception as error:  # a damaged frame raises whatever its library likes
            yield f"{id}: the original cannot be unpacked: {error}"
        try:
            text = unpack_text(packed)
        except Exception as error:  # as above
            yield f"{id}: the text cannot be unpacked: {error}"
            continue
        if sha256(text.encode("utf-8")).hexdigest() != text_hash:
            yield f"{id}: the text was altered"
        yield from _findings(case, number, id, len(text))


def _findings(case: Case, number: int, id: str, length: int) -> Iterator[str]:
    rows = case.connection.execute("SELECT layer, stage, count, data FROM findings WHERE document = ?", (number,))
    for layer, stage, count, data in rows.fetchall():
        try:
            found = unpack_findings(layer, data) if layer in LAYERS else []
        except Exception as error:  # as above
            yield f"{id}: the {layer} of stage {stage} cannot be unpacked: {error}"
            continue
        if len(found) != count:
            yield f"{id}: the {layer} of stage {stage} are {len(found)} and should be {count}"
        for finding in found:
            if finding.doc != id or not finding.start <= finding.end <= length:
                yield f"{id}: {layer} {finding.id} does not lie in the text"
