"""Every export is read again by somebody else's reader."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest

import riwaya
from riwaya.case import Case
from riwaya.errors import InvalidInput
from riwaya.exporters import FORMATS


def test_csv_opens_in_a_spreadsheet_with_arabic_intact_and_no_formula(case: Case, tmp_path: Path) -> None:
    riwaya.export(case, tmp_path, "csv")
    data = (tmp_path / "documents.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    with (tmp_path / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["doc"]: row for row in csv.DictReader(file)}
    assert rows["nahr.txt"]["text"] == case["nahr.txt"].text
    assert rows["'=1+1.txt"]["text"].startswith("'=HYPERLINK")


def test_parquet_holds_the_rows_of_json_lines(case: Case, tmp_path: Path) -> None:
    riwaya.export(case, tmp_path, "parquet")
    for layer in ("documents", "sentences", "entities", "copies", "events"):
        table = pq.read_table(tmp_path / f"{layer}.parquet").to_pylist()
        rows = list(case.rows(layer))
        assert len(table) == len(rows) > 0
        for got, row in zip(table, rows, strict=True):
            for key, value in row.items():
                assert (json.loads(got[key]) if isinstance(value, list | tuple | dict) else got[key]) == as_json(value)


def test_parquet_takes_every_layer_of_a_real_case(tmp_path: Path) -> None:
    with riwaya.open(riwaya.demo(tmp_path / "dam.riwaya")) as opened:
        for path in riwaya.export(opened, tmp_path / "out", "parquet"):
            assert pq.read_table(path).num_rows == sum(1 for _ in opened.rows(path.stem)) > 0


def as_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


ANNOTATION = {
    "type": "object",
    "required": ["@context", "id", "type", "motivation", "body", "target"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": {"type": "string", "pattern": "^urn:"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["classifying", "linking"]},
        "target": {
            "anyOf": [{"$ref": "#/$defs/target"}, {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/target"}}]
        },
    },
    "$defs": {
        "target": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {
                "source": {"type": "string", "pattern": "^urn:"},
                "selector": {
                    "type": "array",
                    "prefixItems": [{"$ref": "#/$defs/position"}, {"$ref": "#/$defs/quote"}],
                    "minItems": 2,
                    "maxItems": 2,
                },
            },
        },
        "position": {
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
        },
        "quote": {
            "required": ["type", "exact"],
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                **{key: {"type": "string"} for key in ("exact", "prefix", "suffix")},
            },
        },
    },
}
"""An annotation with text selectors, after the W3C's Web Annotation Data Model, as JSON Schema."""


def test_annotations_have_the_shape_of_the_standard(case: Case, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    riwaya.export(case, tmp_path, "webannotation")
    check = jsonschema.Draft202012Validator(ANNOTATION)
    lines = [line for path in tmp_path.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    assert lines
    for line in lines:
        check.validate(json.loads(line))


def test_every_quote_selector_finds_the_same_letters(case: Case, tmp_path: Path) -> None:
    riwaya.export(case, tmp_path, "webannotation")
    seen = 0
    for path in tmp_path.glob("*.annotations.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            annotation = json.loads(line)
            assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
            assert annotation["type"] == "Annotation"
            targets = annotation["target"]
            for target in targets if isinstance(targets, list) else [targets]:
                position, quoted = target["selector"]
                text = case[unquote(target["source"].removeprefix("urn:riwaya:document:"))].text
                around = quoted["prefix"] + quoted["exact"] + quoted["suffix"]
                assert text[position["start"] : position["end"]] == quoted["exact"]
                assert around in text
                seen += 1
    assert seen > 5


def test_gexf_is_read_by_networkx(case: Case, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    (path,) = riwaya.export(case, tmp_path, "gexf")
    graph = networkx.read_gexf(path)
    assert set(graph.nodes) == {"jabal.txt", "nahr.txt"}
    assert graph.edges["jabal.txt", "nahr.txt"]["weight"] == 0.25


def test_timelinejs_escapes_what_documents_say(case: Case, tmp_path: Path) -> None:
    (path,) = riwaya.export(case, tmp_path, "timelinejs")
    (event,) = json.loads(path.read_text("utf-8"))["events"]
    assert event["start_date"] == {"year": 2019, "month": 3, "day": 5}
    assert event["end_date"] == {"year": 2019, "month": 3, "day": 6}
    assert event["text"]["headline"] == "انهيار السد &lt;b&gt;"


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_same_case_gives_the_same_bytes(form: str, case: Case, tmp_path: Path) -> None:
    for turn in ("first", "second"):
        riwaya.export(case, tmp_path / turn, form)
    files = [path for path in sorted((tmp_path / "first").rglob("*")) if path.is_file()]
    assert files
    for path in files:
        assert path.read_bytes() == (tmp_path / "second" / path.relative_to(tmp_path / "first")).read_bytes()


def test_an_unknown_format_is_explained(case: Case, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="there are csv, "):
        riwaya.export(case, tmp_path, "docx")
