"""Every kind of bad input: a clear line each, and the rest of the folder unharmed."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riwaya.model import Failure
from riwaya.readers import Draft, ReadOptions, Source, read, sources

from .conftest import ARTICLE, Reading

SUFFIXES = ("txt", "html", "pdf", "docx", "json", "jsonl", "csv", "warc", "gz", "zip", "wacz", "xyz", "")


def test_an_empty_file(reading: Reading) -> None:
    for suffix in SUFFIXES:
        drafts, [failure] = reading(b"", f"a.{suffix}")
        assert drafts == []
        assert failure.message == f"a.{suffix} is empty."


@pytest.mark.parametrize("data", [b" \n\t ", "\u200f\u200e \ufeff".encode(), b"<html></html>"])
def test_a_file_without_words(reading: Reading, data: bytes) -> None:
    drafts, [failure] = reading(data)
    assert (drafts, failure.error) == ([], "UnreadableDocument")


def test_a_file_of_200_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200_000_000)
    [source] = sources([tmp_path])
    [failure] = read(source)
    assert isinstance(failure, Failure)
    assert failure.message.startswith("a.txt is too large, 200 MB: a single document may have 100 MB.")


def test_a_text_with_too_many_characters(reading: Reading) -> None:
    _, [failure] = reading(ARTICLE.encode(), options=ReadOptions(max_characters=10))
    assert "a document may have 10" in failure.message


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", ARTICLE.encode(), "text/plain"),
        ("a.docx", f"<html><body><p>{ARTICLE}</p></body></html>".encode(), "text/html"),
        ("a.html", b'{"text": "x y z"}', "application/json"),
        ("a.txt", f"<!DOCTYPE html><body><p>{ARTICLE}</p>".encode(), "text/html"),
        ("a.json", ARTICLE.encode(), "text/plain"),
        ("a.jpg", ARTICLE.encode(), "text/plain"),
    ],
)
def test_a_wrong_extension_is_seen_and_said(reading: Reading, name: str, data: bytes, kind: str) -> None:
    [draft], [] = reading(data, name)
    assert draft.media_type == kind
    said = [warning.detail for warning in draft.warnings if warning.kind == "wrong-extension"]
    assert len(said) == (name != "a.jpg")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx without password"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "is a picture"),
        (b"Rar!\x1a\x07", "pack it as .zip"),
        (b"{\\rtf1 x}", "RTF"),
        (bytes(1000), "not text"),
        (bytes(range(256)) * 10, "not text"),
    ],
)
def test_what_is_not_read_says_what_to_do(reading: Reading, data: bytes, says: str) -> None:
    drafts, [failure] = reading(data, "a.doc")
    assert drafts == []
    assert says in failure.message


def test_packages_of_other_programs_are_named(reading: Reading) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    _, [failure] = reading(buffer.getvalue(), "a.xlsx")
    assert "save the sheet as CSV" in failure.message


def test_a_million_marks_on_a_letter(reading: Reading) -> None:
    marked = "ب" + "\u064b" * 1_000_000
    for name, data in (("a.txt", marked), ("a.html", f"<p>{marked}</p>"), ("a.json", f'{{"text":"{marked}"}}')):
        [draft], [] = reading(data.encode(), name)
        assert draft.text == marked


def test_zeros_in_a_text(reading: Reading) -> None:
    [draft], [] = reading(ARTICLE.replace("سد", "س\0د").encode())
    assert "\0" in draft.text
    assert [warning.kind for warning in draft.warnings] == ["nul"]


def test_one_bad_file_leaves_the_others_alone(tmp_path: Path) -> None:
    good = {"a.txt": ARTICLE.encode(), "z.json": b'{"text": "x y"}'}
    bad = {
        "b.pdf": b"%PDF-1.4 cut",
        "c.zip": b"PK\x03\x04cut",
        "d.docx": b"\x00\x01",
        "e.html": b"",
        "f.gz": b"\x1f\x8b\x08cut",
    }
    for name, data in {**good, **bad}.items():
        (tmp_path / name).write_bytes(data)
    items = [(source.label, item) for source in sources([tmp_path]) for item in read(source)]
    assert [label for label, item in items if isinstance(item, Draft)] == list(good)
    assert [label for label, item in items if isinstance(item, Failure)] == list(bad)
    for label, item in items:
        assert isinstance(item, Draft) or (item.message.startswith(label) and "\n" not in item.message)


def test_a_file_that_went_away(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    [source] = sources([tmp_path])
    (tmp_path / "a.txt").unlink()
    [failure] = read(source)
    assert isinstance(failure, Failure)
    assert failure.message == "a.txt cannot be opened: No such file or directory."


# --- anything at all ---------------------------------------------------------------------------------------------

BEGINNINGS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08\x00",
    b"WARC/1.0\r\n",
    b"<html>",
    b"<?xml version='1.0' encoding='cp1256'?>",
    b'{"text": "',
    b'[{"text": ',
    b"text,id\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n"),
)


def everything(file: Path) -> Iterator[Draft | Failure]:
    source = Source(label=file.name, file=str(file), size=file.stat().st_size)
    yield from read(source, ReadOptions(max_bytes=100_000))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_any_bytes_give_drafts_or_failures(tmp_path: Path, beginning: bytes, rest: bytes, suffix: str) -> None:
    file = tmp_path / f"a.{suffix}"
    file.write_bytes(beginning + rest)
    items = list(everything(file))
    for item in items:
        assert isinstance(item, Draft | Failure)
        (item.text if isinstance(item, Draft) else item.message).encode()
