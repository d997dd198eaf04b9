"""Zip files, gzip files and web archives: what is inside is read, within limits."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from riwaya.readers import Draft, ReadOptions, document_id, read, sources

from .conftest import ARTICLE, Reading


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def answer(
    number: int, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    """A WARC record with an HTTP answer in it."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\n"
        f"WARC-Date: 2016-05-04T10:00:00Z\r\nWARC-Target-URI: https://alsadd.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def page(text: str) -> bytes:
    return f"<html><head><title>{text[:9]}</title></head><body><article><p>{text}</p></article></body></html>".encode()


def test_a_zip_is_read_as_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "news.zip"
    members = {
        "b/خبر.txt": ARTICLE.encode(),
        "a.jsonl": b'{"text": "one"}\n{"text": "two", "id": "own"}\n',
        "__MACOSX/b/._x.txt": b"\0",
        ".DS_Store": b"\0",
        "b/": b"",
    }
    file.write_bytes(packed(members))
    found = list(sources([file]))
    assert [source.label for source in found] == ["news.zip#a.jsonl", "news.zip#b/خبر.txt"]
    items = [(source, item) for source in found for item in read(source)]
    ids = [document_id(source, item) for source, item in items if isinstance(item, Draft)]
    assert ids == ["news.zip#a.jsonl#1", "own", "news.zip#b/خبر.txt"]
    last = items[-1][1]
    assert isinstance(last, Draft)
    assert (last.text, last.original) == (ARTICLE, ARTICLE.encode())


def test_zips_lie_in_zips_two_deep(reading: Reading) -> None:
    once = packed({"a.txt": ARTICLE.encode()})
    twice = packed({"one.zip": once, "b.jsonl": b'{"text":"x"}\n{"text":"y"}'})
    [draft], [] = reading(packed({"one.zip": once}), "z.zip")
    assert (draft.text, draft.member, draft.original) == (ARTICLE, "a.txt", ARTICLE.encode())
    drafts, [failure] = reading(packed({"two.zip": twice}), "z.zip")
    assert [draft.member for draft in drafts] == ["b.jsonl#1", "b.jsonl#2"]
    assert failure.path == "z.zip#two.zip#one.zip"
    assert "2 zip files deep" in failure.message


def test_a_zip_under_another_name_is_still_a_zip(reading: Reading) -> None:
    [draft], [] = reading(packed({"a.txt": ARTICLE.encode()}), "news.dat")
    assert (draft.member, draft.text) == ("a.txt", ARTICLE)


@pytest.mark.parametrize("name", ["../../etc/a.txt", "/a.txt", "c:\\a.txt", "x/../../a.txt", "..\\a.txt"])
def test_members_that_point_outside_are_left_alone(reading: Reading, name: str) -> None:
    [draft], [failure] = reading(packed({name: b"x", "good.txt": ARTICLE.encode()}), "z.zip")
    assert draft.text == ARTICLE
    assert "points outside" in failure.message


def test_bombs_are_not_unpacked(reading: Reading) -> None:
    zeros = bytes(30_000_000)
    for data, name in ((packed({"a.txt": zeros}), "z.zip"), (gzip.compress(zeros), "a.txt.gz")):
        assert len(data) < 40_000
        drafts, [failure] = reading(data, name)
        assert drafts == []
        assert "zip bomb" in failure.message
    drafts, [failure] = reading(packed({"in.zip": packed({"a.txt": zeros})}), "z.zip")
    assert (drafts, "zip bomb" in failure.message) == ([], True)


def test_a_member_that_lies_about_its_size_is_found_out(reading: Reading) -> None:
    data = bytearray(packed({"a.txt": bytes(30_000_000)}))
    at = data.rfind(b"PK\x01\x02") + 24
    data[at : at + 4] = (1000).to_bytes(4, "little")
    drafts, [failure] = reading(bytes(data), "z.zip")
    assert (drafts, failure.error) == ([], "UnreadableDocument")


def test_an_encrypted_member_is_said(reading: Reading) -> None:
    data = bytearray(packed({"a.txt": b"secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    _, [failure] = reading(bytes(data), "z.zip")
    assert "encrypted" in failure.message


@pytest.mark.parametrize("cut", [4, 30, 60, -10, -40])
def test_a_cut_zip_is_one_failure(reading: Reading, cut: int) -> None:
    drafts, [failure] = reading(packed({"a.txt": ARTICLE.encode() * 20})[:cut], "z.zip")
    assert drafts == []
    assert failure.path.startswith("z.zip")


def test_names_in_utf8_without_the_flag(tmp_path: Path) -> None:
    data = packed({"خبر.txt": ARTICLE.encode()})
    for mark, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = data.find(mark) + offset
        data = data[:at] + bytes([data[at] & ~0x08]) + data[at + 1 :]
    (tmp_path / "z.zip").write_bytes(data)
    [source] = sources([tmp_path / "z.zip"])
    assert source.label == "z.zip#خبر.txt"
    assert [type(item) for item in read(source)] == [Draft]


def test_a_compressed_file_is_what_is_inside(reading: Reading) -> None:
    [draft], [] = reading(gzip.compress(page(ARTICLE)), "a.html.gz")
    assert (draft.text, draft.media_type, draft.warnings) == (ARTICLE, "text/html", ())


@pytest.mark.parametrize("compress", [False, True])
def test_an_archive_gives_its_pages(reading: Reading, compress: bool) -> None:
    records = [
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        answer(1, page(ARTICLE)),
        answer(2, page(ARTICLE), status="404 Not Found"),
        answer(3, b"\x89PNG", kind="image/png"),
        answer(4, gzip.compress(ARTICLE.encode()), kind="text/plain; charset=utf-8", more="Content-Encoding: gzip\r\n"),
        answer(5, page(ARTICLE).decode().encode("cp1256"), kind="text/html; charset=windows-1256"),
        answer(6, b'{"a": 1}', kind="application/json"),
    ]
    data = b"".join(map(gzip.compress, records)) if compress else b"".join(records)
    drafts, failures = reading(data, "a.warc.gz" if compress else "a.warc")
    assert failures == []
    assert [draft.text for draft in drafts] == [ARTICLE] * 3
    assert [draft.url for draft in drafts] == [f"https://alsadd.example/{n}" for n in (1, 4, 5)]
    assert [draft.member for draft in drafts] == [f"urn:uuid:{n:032}" for n in (1, 4, 5)]
    assert drafts[0].original == page(ARTICLE)
    assert drafts[0].published is None
    assert [(w.kind, w.detail) for w in drafts[0].warnings] == [("captured", "2016-05-04T10:00:00Z")]


def test_pages_saved_without_a_server_are_read_too(reading: Reading) -> None:
    body = page(ARTICLE)
    head = (
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://alsadd.example/9\r\n"
        f"Content-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    [draft], [] = reading(head.encode() + body + b"\r\n\r\n", "a.warc")
    assert (draft.text, draft.url, draft.member) == (ARTICLE, "https://alsadd.example/9", "1")


def test_an_archive_larger_than_memory_allows_is_read_as_it_comes(reading: Reading) -> None:
    data = b"".join(answer(n, page(ARTICLE)) for n in range(9))
    drafts, failures = reading(data, "a.warc", ReadOptions(max_bytes=2000))
    assert (len(drafts), failures) == (9, [])


def test_a_collection_gives_only_its_archives(tmp_path: Path) -> None:
    members = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b'{"text": "x"}\n',
        "indexes/index.cdx.gz": b"",
        "archive/data.warc.gz": gzip.compress(answer(1, page(ARTICLE))),
    }
    (tmp_path / "crawl.wacz").write_bytes(packed(members, zipfile.ZIP_STORED))
    [source] = sources([tmp_path / "crawl.wacz"])
    [draft] = read(source)
    assert isinstance(draft, Draft)
    assert (source.label, draft.text) == ("crawl.wacz#archive/data.warc.gz", ARTICLE)


def test_a_cut_archive_gives_what_it_has(reading: Reading) -> None:
    data = answer(1, page(ARTICLE)) + answer(2, page(ARTICLE))
    drafts, _ = reading(data[:-150], "a.warc")
    assert drafts[0].text == ARTICLE
    assert "truncated" in {warning.kind for warning in drafts[-1].warnings}
    drafts, failures = reading(b"WARC/1.0\r\nWARC-Ty", "a.warc")
    assert (drafts, len(failures)) == ([], 1)
