"""One altered byte anywhere in a case is found, and named."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import riwaya
from riwaya.case.migrations import drawing
from riwaya.case.verify import faults
from riwaya.case.writer import Writer
from riwaya.errors import RiwayaError
from tests.conftest import ARTICLES

TABLES = ("about", "sources", "originals", "documents", "findings", "across", "done", "failures", "log", "seals")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed case in one file, with a source in it that could not be read."""
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    (folder / "articles" / "nahr2.txt").write_text(ARTICLES["nahr.txt"] + " انتهى.", encoding="utf-16")
    (folder / "articles" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    path = folder / "whole.riwaya"
    riwaya.build(path, [folder / "articles"], processes=1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


def found(path: Path) -> list[str]:
    try:
        with riwaya.open(path) as case:
            return list(faults(case))
    except RiwayaError as error:
        return [str(error)]


def values(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        shadows = ("search_data", "search_idx", "search_docsize", "search_config")
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in (*TABLES, *shadows)]


def test_a_sealed_case_is_whole(whole: Path) -> None:
    assert found(whole) == []


def test_a_flipped_bit_anywhere_is_found_or_lies_where_no_value_is(whole: Path, tmp_path: Path) -> None:
    data, before = whole.read_bytes(), values(whole)
    chance = random.Random(9)
    altered = tmp_path / "altered.riwaya"
    written = [at for at, byte in enumerate(data) if byte]  # most of a small case is free space, filled with zeros
    detected = 0
    for at in chance.sample(written, 200):
        altered.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        if found(altered):
            detected += 1
        else:  # a page's free space, which SQLite never reads
            assert values(altered) == before, at
    assert detected > 180  # the rest lies in the remains of rows that were rewritten


LOOKED_FOR = {
    "SELECT id, text FROM documents": "{}: ",
    "SELECT d.id, o.data FROM documents d JOIN originals o USING (sha256)": "{}: the original",
    "SELECT d.id, f.data FROM documents d JOIN findings f ON f.document = d.number WHERE f.count > 2": "{}: ",
    "SELECT id, head FROM documents": "{}: what is known of the document",
    "SELECT layer || ': ' || key, data FROM across": "{}: it was altered",
    "SELECT number, CAST(entry AS BLOB) FROM log": "log: entry {} was altered",
    "SELECT place, CAST(stamp AS BLOB) FROM sources": "sources: {}: it was altered",
    "SELECT path, CAST(message AS BLOB) FROM failures": "failures: {}",
}
"""Where a value lies, and how a fault in it is told of."""


@pytest.mark.parametrize(("query", "told"), LOOKED_FOR.items())
def test_a_flipped_bit_in_a_value_is_located(query: str, told: str, whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    with closing(sqlite3.connect(whole)) as connection:
        rows = connection.execute(query).fetchall()
    chance = random.Random(9)
    tried = 0
    for name, value in rows:
        windows = (value[start : start + 12] for start in range(4, len(value) - 12))
        window = next((w for w in windows if data.count(w) == 1), None)
        if window is None:
            continue  # not told apart by its bytes
        at = data.index(window) + 6
        altered = tmp_path / "altered.riwaya"
        altered.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        assert any(told.format(name) in fault for fault in found(altered)), (name, found(altered))
        tried += 1
    assert tried


def test_what_is_changed_with_a_database_tool_has_no_seal(whole: Path, tmp_path: Path) -> None:
    altered = Path(shutil.copy(whole, tmp_path / "altered.riwaya"))
    with closing(sqlite3.connect(altered)) as connection, connection:
        connection.execute("UPDATE documents SET title = 'x' WHERE id = 'nahr.txt'")
    assert any("nahr.txt: is new, or was altered" in fault for fault in found(altered))


def test_an_older_case_is_brought_up_to_date_and_sealed(whole: Path, tmp_path: Path) -> None:
    old = Path(shutil.copy(whole, tmp_path / "old.riwaya"))
    with closing(sqlite3.connect(old)) as connection, connection:
        for name, sql in drawing():
            if sql and sql.startswith("CREATE TRIGGER"):
                connection.execute(f"DROP TRIGGER {name}")
        for table in ("seals", "answers", "briefs"):
            connection.execute(f"DROP TABLE {table}")
        for index in ("log_by_kind", "documents_by_date", "documents_warned"):
            connection.execute(f"DROP INDEX {index}")
        connection.execute("PRAGMA user_version = 1")
    riwaya.build(old, processes=1)
    assert found(old) == []


def test_a_build_that_did_not_end_leaves_what_it_changed_without_a_seal(whole: Path, tmp_path: Path) -> None:
    half = Path(shutil.copy(whole, tmp_path / "half.riwaya"))
    with Writer(half) as writer, writer.step():
        writer.connection.execute("DELETE FROM findings WHERE layer = 'sentences'")
    assert any("nahr.txt" in fault for fault in found(half))
    riwaya.build(half, processes=1)
    assert found(half) == []


def test_lists_that_pages_read_are_made_again_and_compared(whole: Path, tmp_path: Path) -> None:
    altered = Path(shutil.copy(whole, tmp_path / "altered.riwaya"))
    with closing(sqlite3.connect(altered)) as connection, connection:
        connection.execute("UPDATE briefs SET rank = rank + 1 WHERE list = 'claims'")
        connection.execute("DELETE FROM briefs WHERE list = 'statements'")
    assert [fault.split(" rows of ")[1] for fault in found(altered)] == [
        "'claims' are not what the findings give",
        "'claims' should be there and are not",
        "'statements' should be there and are not",
    ]
