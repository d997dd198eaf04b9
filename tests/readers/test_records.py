"""JSON, JSON Lines and CSV: every record a document, with its own bytes, and a bad one costs only itself."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from riwaya.errors import InvalidMetadata
from riwaya.model import Failure
from riwaya.readers import Draft, ReadOptions

from .conftest import Reading

FIELDS = ReadOptions.with_fields("text=content,outlet=source,published=date_extracted,title=title,url=url")
RECORDS = [
    {
        "source": "السد",
        "url": "http://alsadd.example/1",
        "date_extracted": "2015-07-31 04:15:32",
        "title": "انهيار",
        "content": " انهار السد فجر الأحد \n",
    },
    {
        "source": "الوادي",
        "url": "ftp://alwadi.example/2",
        "date_extracted": "بعد العصر",
        "title": "",
        "content": "نفت الوزارة الخبر",
    },
]


def dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def lines(*values: object) -> bytes:
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


@pytest.mark.parametrize("data", [dump(RECORDS), lines(*RECORDS), dump({"count": 2, "articles": RECORDS})])
def test_fields_are_mapped_and_the_text_is_exact(reading: Reading, data: bytes) -> None:
    drafts, failures = reading(data, "day.json", FIELDS)
    assert failures == []
    assert [draft.text for draft in drafts] == [record["content"] for record in RECORDS]
    first, second = drafts
    assert (first.outlet, first.title, first.url) == ("السد", "انهيار", "http://alsadd.example/1")
    assert first.published == "2015-07-31T04:15:32"
    assert (second.title, second.url, second.published) == (None, None, None)
    assert {warning.kind for warning in second.warnings} == {"published", "url"}
    assert [draft.member for draft in drafts] == ["1", "2"]


def test_every_record_keeps_its_exact_bytes(reading: Reading) -> None:
    data = b'[ {"text" : "\\u0627\\u0644\\u0633\\u062f" } ,\n {"text":"x\\/y"}]'
    drafts, _ = reading(data, "a.json")
    assert [draft.original for draft in drafts] == [b'{"text" : "\\u0627\\u0644\\u0633\\u062f" }', b'{"text":"x\\/y"}']
    assert [draft.text for draft in drafts] == ["السد", "x/y"]


def test_a_single_object_is_the_whole_file(reading: Reading) -> None:
    [draft], _ = reading(dump({"id": 7, "series": "السد", "date": "2016-05", "text": "خبر"}), "passim.json")
    assert (draft.id, draft.outlet, draft.published, draft.member) == ("7", "السد", "2016-05", None)


def test_our_own_layer_is_read_as_it_stands(reading: Reading) -> None:
    row = {
        "doc": "north/a.txt",
        "path": "north/a.txt",
        "outlet": "السد",
        "published": None,
        "text": "خبر",
        "title": "ع",
    }
    [draft], _ = reading(lines(row), "documents.jsonl")
    assert (draft.id, draft.outlet, draft.title, draft.text, draft.published) == (
        "north/a.txt",
        "السد",
        "ع",
        "خبر",
        None,
    )


def test_usual_names_are_known_whatever_their_spelling(reading: Reading) -> None:
    record = {"Article-Body": "نص", "headLine": "عنوان", "datePublished": "2016-05-03", "publisher": {"name": "السد"}}
    [draft], _ = reading(dump([record]), "a.json")
    assert (draft.text, draft.title, draft.published, draft.outlet) == ("نص", "عنوان", "2016-05-03", "السد")


def test_fields_may_lie_deeper(reading: Reading) -> None:
    options = ReadOptions.with_fields("text=story.body,outlet=meta.paper")
    [draft], _ = reading(dump([{"story": {"body": ["فقرة", "فقرة"]}, "meta": {"paper": "السد"}}]), "a.json", options)
    assert (draft.text, draft.outlet) == ("فقرة\nفقرة", "السد")


def test_a_bad_line_costs_one_record(reading: Reading) -> None:
    data = lines({"text": "أول"}) + b'{"text": "cut\n\n[1, 2]\n{"text": 5}\n' + lines({"text": "ثان"})
    drafts, failures = reading(data, "a.jsonl")
    assert [(d.text, d.member) for d in drafts] == [("أول", "1"), ("ثان", "6")]
    assert [failure.path for failure in failures] == ["a.jsonl#2", "a.jsonl#4", "a.jsonl#5"]
    assert "holds int and not text" in failures[2].message


@pytest.mark.parametrize("end", [b"", b', {"text": "thr', b", oops]", b",[1]"])
def test_a_broken_array_gives_what_came_before(reading: Reading, end: bytes) -> None:
    drafts, failures = reading(b'[{"text": "one"}, {"text": "two"}' + end, "a.json")
    assert [draft.text for draft in drafts] == ["one", "two"]
    assert len(failures) >= 1
    assert all(isinstance(failure, Failure) and failure.error == "UnreadableDocument" for failure in failures)


def test_half_letters_are_read_as_replacement_and_said(reading: Reading) -> None:
    data = b'[{"text": "a\\ud800b", "title": "\\udfff"}, {"text": "x\\ud83d\\ude00"}]'
    (first, second), failures = reading(data, "a.json")
    assert failures == []
    assert (first.text, first.title) == ("a\ufffdb", "\ufffd")
    [warning] = first.warnings
    assert (warning.kind, warning.start) == ("lone-surrogates", 1)
    assert (second.text, second.warnings) == ("x😀", ())


def test_zeros_stay_and_are_said(reading: Reading) -> None:
    [draft], _ = reading(b'{"text": "a\\u0000b"}', "a.json")
    assert draft.text == "a\0b"
    assert [(w.kind, w.start, w.end) for w in draft.warnings] == [("nul", 1, 2)]


def test_the_same_id_twice_makes_two_documents(reading: Reading) -> None:
    drafts, _ = reading(lines({"id": "x", "text": "أول"}, {"id": "x", "text": "ثان"}), "a.jsonl")
    assert [(d.id, d.member) for d in drafts] == [("x", "1"), (None, "2")]
    assert [w.kind for w in drafts[1].warnings] == ["duplicate-id"]


def test_a_record_without_text_is_a_document_when_it_has_a_title(reading: Reading) -> None:
    drafts, failures = reading(lines({"text": " ", "title": "صورة"}, {"text": ""}), "a.jsonl")
    assert [(d.title, d.text, [w.kind for w in d.warnings]) for d in drafts] == [("صورة", " ", ["no-text"])]
    assert [f.error for f in failures] == ["UnreadableDocument"]


def test_a_file_without_a_text_field_is_one_failure_that_says_what_to_do(reading: Reading) -> None:
    drafts, [failure] = reading(lines(*({"subject": "x", "n": n} for n in range(50))), "a.jsonl")
    assert drafts == []
    assert "subject, n" in failure.message
    assert "--fields text=NAME" in failure.message


@pytest.mark.parametrize("encoding", ["utf_16", "utf_8_sig", "cp1256"])
def test_other_encodings(reading: Reading, encoding: str) -> None:
    text = "قالت الوزارة إن السد انهار فجر الأحد بعد أمطار غزيرة"
    data = json.dumps([{"text": text}], ensure_ascii=False).encode(encoding)
    [draft], _ = reading(data, "a.json")
    assert draft.text == text
    assert draft.original is not None
    assert draft.original.decode(encoding.removesuffix("_sig")) == json.dumps({"text": text}, ensure_ascii=False)


def test_nesting_without_end_is_a_failure(reading: Reading) -> None:
    for data in (b"[" * 200_000, b'{"a":' * 200_000, b'[{"text": ' + b"[" * 200_000):
        drafts, failures = reading(data, "a.json")
        assert (drafts, len(failures)) == ([], 1)


def test_a_table_is_read_row_by_row(reading: Reading) -> None:
    data = 'الصحيفة;العنوان;النص\nالسد;خبر;"سطر؛ أول\nسطر ""ثان"""\n;;\nالوادي;خبر\n'.encode("utf-8-sig")
    drafts, failures = reading(data, "a.csv")
    assert [(d.outlet, d.text, d.member) for d in drafts] == [("السد", 'سطر؛ أول\nسطر "ثان"', "1")]
    assert drafts[0].original == 'السد;خبر;"سطر؛ أول\nسطر ""ثان"""\n'.encode()
    assert [failure.path for failure in failures] == ["a.csv#2"]


def test_a_row_with_too_many_cells_costs_itself(reading: Reading) -> None:
    drafts, [failure] = reading(b"id,text\n1,a\n2,b,c\n3,d\n", "a.csv")
    assert [draft.id for draft in drafts] == ["1", "3"]
    assert "3 cells and the header 2" in failure.message


def test_excel_text_in_windows_1256(reading: Reading) -> None:
    rows = "text\toutlet\n" + "قالت الوزارة إن السد انهار\tالسد\n" * 3
    drafts, _ = reading(rows.encode("cp1256"), "a.tsv")
    assert [d.outlet for d in drafts] == ["السد"] * 3
    assert drafts[0].original == "قالت الوزارة إن السد انهار\tالسد\n".encode("cp1256")


@pytest.mark.parametrize("data", [b"", b"text\n", b"a,b\n1,2\n"])
def test_tables_without_documents(reading: Reading, data: bytes) -> None:
    drafts, failures = reading(data, "a.csv")
    assert (drafts, len(failures)) == ([], 1)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("content", "TARGET=SOURCE"),
        ("content=text", "Did you mean text=content"),
        ("body=x", "it can fill text, id"),
        ("text=a,text=b", "twice"),
        ("text=", "not such a pair"),
        (" , ", "empty"),
    ],
)
def test_a_wrong_mapping_is_explained(given: str, says: str) -> None:
    with pytest.raises(InvalidMetadata, match=says):
        ReadOptions.parse_fields(given)


def test_a_mapping_to_a_field_that_is_not_there(reading: Reading) -> None:
    drafts, [failure] = reading(lines({"text": "نص"}), "a.jsonl", ReadOptions.with_fields("text=content"))
    assert drafts == []
    assert "the field «content» that --fields names" in failure.message


def test_a_large_file_of_lines_is_read_in_blocks(reading: Reading) -> None:
    options = ReadOptions(max_bytes=1000)
    records = [{"id": str(n), "text": f"خبر {n}"} for n in range(100)]
    drafts, failures = reading(lines(*records), "a.jsonl", options)
    assert failures == []
    assert [draft.id for draft in drafts] == [record["id"] for record in records]
    assert drafts[-1].member == "100"
    assert all(isinstance(draft, Draft) for draft in drafts)
    _, [failure] = reading(dump(records), "a.json", options)
    assert "is too large" in failure.message


def test_parquet_row_is_a_record(reading: Reading) -> None:
    written = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(RECORDS), written)
    found, failures = reading(written.getvalue(), "news.parquet", FIELDS)
    assert [draft.text for draft in found] == [str(record["content"]) for record in RECORDS]
    assert [draft.member for draft in found] == ["1", "2"]
    assert not failures
    _, [broken] = reading(written.getvalue()[:-9], "news.parquet", FIELDS)
    assert "damaged Parquet file" in broken.message
