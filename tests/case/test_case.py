"""The case file: what goes in comes out, once, unchanged, and says so when it cannot."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from pathlib import Path

import pytest

import riwaya
from riwaya.case.migrations import VERSION
from riwaya.case.verify import faults
from riwaya.case.writer import Writer
from riwaya.errors import CaseError, InvalidInput, MissingLayer, UnknownDocument
from riwaya.model import Failure
from tests.conftest import ARTICLES


@pytest.fixture
def case(articles: Path, tmp_path: Path) -> Path:
    path = tmp_path / "wadi.riwaya"
    riwaya.build(path, [articles], processes=1)
    return path


def test_texts_and_originals_come_out_as_they_went_in(case: Path) -> None:
    with riwaya.open(case) as opened:
        assert [doc.id for doc in opened] == sorted(ARTICLES)
        for doc in opened:
            assert doc.text == ARTICLES[doc.id]
            assert opened.original(doc.id) == ARTICLES[doc.id].encode()
            assert doc.language == "ar"


def test_every_row_of_every_layer_slices_its_text(case: Path, tmp_path: Path) -> None:
    with riwaya.open(case) as opened:
        for layer in ("zones", "sentences", "timexes", "quantities", "mentions"):
            for row in opened.rows(layer):
                assert row["text"] == opened[row["doc"]].text[row["start"] : row["end"]]
        assert sum(1 for _ in opened.rows("sentences")) >= 4


def test_a_frame_has_the_rows_of_its_layer(case: Path) -> None:
    with riwaya.open(case) as opened:
        frame = opened.frame("documents")
        assert frame["doc"].to_list() == sorted(ARTICLES)


def test_building_again_changes_nothing(case: Path, articles: Path, tmp_path: Path) -> None:
    with riwaya.open(case) as opened:
        riwaya.export(opened, tmp_path / "before")
    again = riwaya.build(case, [articles], processes=1)
    assert (again.added, again.characters) == (0, 0)
    with riwaya.open(case) as opened:
        riwaya.export(opened, tmp_path / "after")
    assert contents(tmp_path / "before") == contents(tmp_path / "after")


def test_the_order_of_reading_never_shows(articles: Path, tmp_path: Path) -> None:
    names = sorted(ARTICLES)
    for label, order in (("there", names), ("back", names[::-1])):
        path = tmp_path / f"{label}.riwaya"
        for name in order:
            riwaya.build(path, [articles / name], processes=1)
        with riwaya.open(path) as opened:
            riwaya.export(opened, tmp_path / label)
    assert contents(tmp_path / "there") == contents(tmp_path / "back")


def test_two_documents_of_one_name_keep_apart_in_any_order(tmp_path: Path) -> None:
    for folder, text in (("a", "خبر أول عن السد"), ("b", "خبر ثان عن النهر")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "khabar.txt").write_text(text, encoding="utf-8")
        (tmp_path / folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    kept = []
    for number, order in enumerate((("a", "b"), ("b", "a"), ("ab",), ("ba",))):
        path = tmp_path / f"{number}.riwaya"
        for folders in order:
            riwaya.build(path, [tmp_path / folder for folder in folders], processes=1)
        with riwaya.open(path) as opened:
            kept.append(({doc.id: doc.text for doc in opened}, [f.path for f in opened.failures()]))
    assert all(one == kept[0] for one in kept)
    assert (len(kept[0][0]), kept[0][1]) == (2, ["broken.pdf", "broken.pdf"])


def test_another_folding_fills_the_index_again(case: Path) -> None:
    with Writer(case) as writer, writer.step():
        writer.connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
        writer.connection.execute("UPDATE about SET value = 'as an older riwaya folded' WHERE key = 'index'")
    with riwaya.open(case) as opened:
        assert not opened.search("السد")
    riwaya.build(case, processes=1)
    with riwaya.open(case) as opened:
        assert opened.search("السد")
        assert not list(faults(opened))


def test_a_changed_file_is_read_again_and_a_missing_line_is_gone(case: Path, articles: Path) -> None:
    (articles / "sahl.txt").write_text("أكد المحافظ أن الجسر سليم.", encoding="utf-8")
    riwaya.build(case, [articles], processes=1)
    with riwaya.open(case) as opened:
        assert opened["sahl.txt"].text == "أكد المحافظ أن الجسر سليم."
        assert [hit.doc for hit in opened.search("الجسر")] == ["sahl.txt"]
        assert not opened.search("مراسلنا")
        assert [e.said for e in opened.log() if "removed" in e.said]
        assert not list(faults(opened))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("أعلن", "اعلن"),
        ("إلى", "الى"),
        ("مدرسة", "مدرسه"),
        ("كَتَبَ", "كتب"),
        ("آثار", "اثار"),
        ("كتـاب", "كتاب"),
        ("١٢٣", "123"),
        ("مسؤول", "مسئول"),
        ("وقال", "قال"),
        ("الّتی", "التي"),
    ],
)
def test_search_finds_every_spelling_and_marks_the_right_letters(written: str, asked: str, tmp_path: Path) -> None:
    for number, (there, query) in enumerate(((written, asked), (asked, written))):
        if there == "قال":
            continue  # a word is found with clitics written on to it, not without those it was asked with
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.txt").write_text(f"هنا «{there}» في الخبر", encoding="utf-8")
        riwaya.build(folder / "a.riwaya", [folder / "a.txt"], processes=1)
        with riwaya.open(folder / "a.riwaya") as opened:
            (hit,) = opened.search(query)
            assert [span.of(opened["a.txt"].text) for span in hit.spans] == [there]


def test_search_takes_phrases_beginnings_and_alternatives(case: Path) -> None:
    with riwaya.open(case) as opened:
        assert {h.doc for h in opened.search('"السد انهار"')} == {"nahr.txt", "jabal.txt"}
        assert {h.doc for h in opened.search("مراس*")} == {"sahl.txt"}
        assert {h.doc for h in opened.search("مراسلنا OR وكالة")} == {"sahl.txt", "jabal.txt"}
        assert opened.search("ديناصور") == []
        with pytest.raises(InvalidInput, match="holds no word"):
            opened.search("«؟»")


@pytest.mark.parametrize("query", ['"', '"""', "a AND", "NEAR(", "col:x", "-x", "^", "(((", "\0", "* *", "OR OR"])
def test_no_query_breaks_the_index(query: str, case: Path) -> None:
    with riwaya.open(case) as opened, contextlib.suppress(InvalidInput):  # what holds no word is refused
        opened.search(query)


def test_asking_for_what_is_not_there_says_what_would_do(case: Path) -> None:
    with riwaya.open(case) as opened:
        with pytest.raises(UnknownDocument, match=r"Did you mean nahr\.txt"):
            opened["nahr"]
        with pytest.raises(MissingLayer, match="there are documents"):
            opened.rows("songs")
        with pytest.raises(MissingLayer):
            opened.finding("T-000000000000-1-2")


def test_what_is_not_a_case_is_turned_away(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="riwaya build"):
        riwaya.open(tmp_path / "none.riwaya")
    (tmp_path / "text.riwaya").write_text("this is no database", encoding="utf-8")
    with pytest.raises(CaseError):
        riwaya.open(tmp_path / "text.riwaya")
    other = sqlite3.connect(tmp_path / "other.riwaya")
    other.execute("CREATE TABLE a (b)")
    other.close()
    with pytest.raises(CaseError, match="not a case"):
        riwaya.open(tmp_path / "other.riwaya")


def test_a_newer_case_is_turned_away(case: Path) -> None:
    connection = sqlite3.connect(case)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(CaseError, match="newer riwaya"):
        riwaya.open(case)


def test_one_writer_at_a_time(case: Path, articles: Path) -> None:
    with Writer(case), pytest.raises(CaseError, match="being written by another"):
        riwaya.build(case, [articles], processes=1)
    assert riwaya.build(case, [articles], processes=1).documents == 3


def test_a_case_can_be_read_while_it_is_written(case: Path) -> None:
    with Writer(case), riwaya.open(case) as reader:
        assert len(reader) == 3


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path, articles: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(CaseError, match="Choose a folder"):
        riwaya.build(locked / "a.riwaya", [articles], processes=1)


def test_a_full_disk_is_a_sentence_and_the_case_stays_whole(case: Path) -> None:
    with Writer(case) as writer:
        pages = writer.connection.execute("PRAGMA page_count").fetchone()[0]
        writer.connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(CaseError, match=r"disk is full.*run the same command"), writer.step():
            writer.record("intake", {"a": "x" * 400_000})
    with riwaya.open(case) as opened:
        assert len(opened) == 3
        assert not list(faults(opened))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE documents SET text = zeroblob(9) WHERE id = 'nahr.txt'", "nahr.txt: the text cannot be unpacked"),
        ("UPDATE documents SET text_sha256 = 'x' WHERE id = 'nahr.txt'", "nahr.txt: the text was altered"),
        ("DELETE FROM originals WHERE bytes > 120", "its original is missing"),
        ("UPDATE log SET entry = '{}' WHERE number = 1", "log: entry 1 was altered"),
        ("DELETE FROM log WHERE number = 1", "log: entry 1 is missing"),
        ("UPDATE findings SET count = count + 1 WHERE layer = 'sentences'", "should be"),
    ],
)
def test_verify_names_what_is_off(damage: str, said: str, case: Path) -> None:
    with riwaya.open(case) as opened:
        assert not list(faults(opened))
    connection = sqlite3.connect(case)
    with connection:
        connection.execute(damage)
    connection.close()
    with riwaya.open(case) as opened:
        assert any(said in fault for fault in faults(opened)), list(faults(opened))


def test_a_case_among_its_documents_is_no_document(articles: Path) -> None:
    path = articles / "wadi.riwaya"
    for _ in range(2):
        built = riwaya.build(path, [articles], processes=1)
        assert (built.documents, built.failures) == (3, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be any bytes")
def test_names_that_are_no_text_are_read_too(articles: Path, tmp_path: Path) -> None:
    odd = os.fsencode(articles) + b"/\xff\xfe.txt"
    with open(odd, "w", encoding="utf-8") as file:
        file.write("نفى المحافظ وجود ضحايا.")
    for link in (False, True):
        path = tmp_path / f"{link}.riwaya"
        assert riwaya.build(path, [articles], link=link, processes=1).documents == 4
        assert riwaya.build(path, [articles], link=link, processes=1).added == 0
        with riwaya.open(path) as opened:
            assert not list(faults(opened))


def test_what_is_no_case_is_left_as_it_is(articles: Path, tmp_path: Path) -> None:
    foreign, words = tmp_path / "foreign.db", tmp_path / "words.riwaya"
    with contextlib.closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (x)")
    words.write_text("words", encoding="utf-8")
    for path in (foreign, words):
        before = path.read_bytes()
        with pytest.raises(CaseError, match=path.name):
            riwaya.build(path, [articles], processes=1)
        assert path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "foreign.db", "words.riwaya"]


def test_a_file_that_breaks_under_the_hand_is_a_sentence(case: Path) -> None:
    error = sqlite3.DatabaseError("database disk image is malformed")
    with pytest.raises(CaseError, match=r"malformed.*riwaya verify"), riwaya.open(case):
        raise error
    with pytest.raises(CaseError, match=r"malformed.*run the same command"), Writer(case):
        raise error
    assert not Path(f"{case}-lock").exists()


def test_a_damaged_text_is_a_sentence(case: Path) -> None:
    with contextlib.closing(sqlite3.connect(case)) as connection, connection:
        connection.execute("UPDATE documents SET text = zeroblob(9) WHERE id = 'nahr.txt'")
    with pytest.raises(CaseError, match="riwaya verify"), riwaya.open(case) as opened:
        opened.document("nahr.txt")


def test_failures_of_a_document_go_with_it(case: Path) -> None:
    with Writer(case) as writer, writer.step():
        writer.keep_failure(Failure(path="nahr.txt", stage="dates", error="E", message="m"))
        (number,) = writer.connection.execute("SELECT number FROM documents WHERE id = 'nahr.txt'").fetchone()
        writer.drop(number)
        assert not list(writer.failures())


def test_a_document_asked_for_twice_comes_once(case: Path) -> None:
    with riwaya.open(case) as opened:
        assert [doc.id for doc in opened.documents(["nahr.txt", "nahr.txt"])] == ["nahr.txt"]


def test_linked_originals_stay_where_they_are(articles: Path, tmp_path: Path) -> None:
    path = tmp_path / "linked.riwaya"
    riwaya.build(path, [articles], link=True, processes=1)
    with riwaya.open(path) as opened:
        assert opened.original("nahr.txt") == ARTICLES["nahr.txt"].encode()
        (articles / "nahr.txt").unlink()
        with pytest.raises(CaseError, match="left in place"):
            opened.original("nahr.txt")


def test_bytes_replace_a_link_and_a_link_never_replaces_bytes(articles: Path, tmp_path: Path) -> None:
    path = tmp_path / "linked.riwaya"
    for link in (True, False, True):
        riwaya.build(path, [articles], link=link, processes=1)
    (articles / "nahr.txt").unlink()
    with riwaya.open(path) as opened:
        assert opened.original("nahr.txt") == ARTICLES["nahr.txt"].encode()
        assert not list(faults(opened))


def test_a_file_taken_for_another_is_read_again_when_that_one_changes(tmp_path: Path) -> None:
    for folder in ("left", "right"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(ARTICLES["nahr.txt"], encoding="utf-8")
    path = tmp_path / "two.riwaya"
    for folder in ("left", "right"):
        assert riwaya.build(path, [tmp_path / folder], processes=1).documents == 1
    (tmp_path / "right" / "a.txt").write_text(ARTICLES["jabal.txt"], encoding="utf-8")
    for folder in ("right", "left"):
        riwaya.build(path, [tmp_path / folder], processes=1)
    with riwaya.open(path) as opened:
        assert {doc.text for doc in opened} == {ARTICLES["nahr.txt"], ARTICLES["jabal.txt"]}


def test_a_case_in_a_folder_of_others_can_be_read(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with contextlib.closing(sqlite3.connect(case)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    asked = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != case.parent and asked(path, mode))
    beside = contents_names(case.parent)
    with riwaya.open(case) as opened:
        assert len(opened) == 3
        assert contents_names(case.parent) == beside


def contents_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
