"""The tables of a case as JSON Lines, and a case made of them again: what the hand-over package rests on.

Values that lie packed in the case stand open in the lines, and pack to the same bytes again. The rebuilt case has the
same documents, findings, decisions and log, and so the same exports; its search index and the compression of its texts
are made anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from riwaya.case import bag, briefs, log
from riwaya.case.case import Case
from riwaya.case.packing import pack_text, squeeze, unsqueeze
from riwaya.case.search import indexed
from riwaya.case.verify import faults
from riwaya.case.writer import Writer
from riwaya.errors import InvalidInput
from riwaya.lang.ar import arabic
from riwaya.lang.lexicon import Lexicon
from riwaya.model import document_key
from riwaya.text.view import View
from riwaya.text.words import Words

Row = dict[str, Any]
TABLES = ("sources", "originals", "documents", "findings", "across", "done", "failures", "log")
ORDER = {
    "documents": "number",
    "findings": "document, layer, stage",
    "across": "layer, key",
    "log": "number",
    "failures": "path, stage, place",
}
"""By what the rows of a table are put in order, where that is not the first column."""
HASH = re.compile("[0-9a-f]{64}")
DATA = "data"
"""The folder of a bag that holds what it is about."""


# --- out -------------------------------------------------------------------------------------------------------------


def lines(case: Case, table: str) -> Iterator[Row]:
    """The rows of a table, its values open."""
    cursor = case.connection.execute(f"SELECT * FROM {table} ORDER BY {ORDER.get(table, '1')}")
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        yield OPEN.get(table, same)(row)


def same(row: Row) -> Row:
    return row


def _open_original(row: Row) -> Row:
    del row["data"]  # lies beside, in a file named by its hash
    return row


def _open_document(row: Row) -> Row:
    row["head"] = msgspec.msgpack.decode(row["head"])
    del row["text"]  # lies beside, in a file named by the document's key
    return row


def _open_findings(row: Row) -> Row:
    row["data"] = msgspec.msgpack.decode(unsqueeze(row["data"]))
    return row


def _open_across(row: Row) -> Row:
    row["data"] = msgspec.msgpack.decode(row["data"])
    return row


OPEN: dict[str, Callable[[Row], Row]] = {
    "originals": _open_original,
    "documents": _open_document,
    "findings": _open_findings,
    "across": _open_across,
}


def original_path(sha256: str) -> str:
    return f"originals/{sha256}"


def text_path(key: str) -> str:
    return f"texts/{key}.txt"


# --- in --------------------------------------------------------------------------------------------------------------


def rebuild(path: Path, folder: Path, lang: Lexicon = arabic) -> int:
    """Makes a new case of a hand-over package; returns how many documents it holds.

    Raises InvalidInput when the case exists, or when the package is damaged or forged, naming the first thing that is
    off. Nothing in a package is trusted: it may come from anybody.
    """
    for fault in bag.faults(folder):
        raise InvalidInput(f"The package {folder} is damaged: {fault}.")
    if path.exists():
        raise InvalidInput(f"{path} is there already; give the path of a case that does not exist yet.")
    try:
        with Writer(path, lang) as writer:
            with writer.step():
                _fill(writer, folder / DATA)
                briefs.write(writer)
                if writer.seal() != log.sealed(writer.connection):
                    raise InvalidInput(f"{folder} does not hold what its log names: it was altered, then hashed anew.")
            for fault in faults(writer):
                raise InvalidInput(f"The package {folder} holds no whole case: {fault}.")
            return len(writer)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _fill(writer: Writer, data: Path) -> None:
    for table in TABLES:
        path = data / "tables" / f"{table}.jsonl"
        columns = {row[1] for row in writer.connection.execute(f"PRAGMA table_info({table})")}
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                try:
                    row = msgspec.json.decode(line, type=dict[str, Any])
                    if not row.keys() <= columns:
                        raise InvalidInput(f"there is no {sorted(row.keys() - columns)[0]!r} in {table}")
                    CLOSE.get(table, _keep)(writer, data, table, row)
                except (ValueError, TypeError, KeyError, OSError) as error:  # what a forger or an accident may write
                    raise InvalidInput(f"{path.name}, line {number}: {error}.") from error


def _keep(writer: Writer, data: Path, table: str, row: Row) -> None:
    """Inserts a row whose columns are known to be those of the table."""
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    writer.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def _close_original(writer: Writer, data: Path, table: str, row: Row) -> None:
    if not HASH.fullmatch(row["sha256"]):
        raise InvalidInput(f"{row['sha256']!r} is no hash")
    original = (data / original_path(row["sha256"])).read_bytes()
    # A linked original has been copied into the package; the place where it lay is not on this machine.
    _keep(writer, data, table, {**row, "data": squeeze(original)})


def _close_document(writer: Writer, data: Path, table: str, row: Row) -> None:
    if row["key"] != document_key(row["id"]):
        raise InvalidInput(f"{row['id']!r} has a key that is not its own")
    text = (data / text_path(row["key"])).read_bytes().decode("utf-8")
    head = msgspec.msgpack.encode(row["head"])
    _keep(writer, data, table, {**row, "head": head, "text": pack_text(text)})
    words = indexed(Words(View(text, writer.lang.fold)))
    writer.connection.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (row["number"], words))


def _close_findings(writer: Writer, data: Path, table: str, row: Row) -> None:
    _keep(writer, data, table, {**row, "data": squeeze(msgspec.msgpack.encode(row["data"]))})


def _close_across(writer: Writer, data: Path, table: str, row: Row) -> None:
    _keep(writer, data, table, {**row, "data": msgspec.msgpack.encode(row["data"])})


CLOSE: dict[str, Callable[[Writer, Path, str, Row], None]] = {
    "originals": _close_original,
    "documents": _close_document,
    "findings": _close_findings,
    "across": _close_across,
}
