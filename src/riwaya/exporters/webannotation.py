"""W3C Web Annotations: every finding with a position and a quote selector.

Source: Web Annotation Data Model, W3C Recommendation 2017-02-23, §4.2.4 (TextQuoteSelector) and §4.2.5
(TextPositionSelector): positions count code points of the text, the end is exclusive; the quote carries the letters
before and after so that it can be found in a copy of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from riwaya.case import Case
from riwaya.case.layers import MAKERS, rows
from riwaya.model import ACROSS, LAYERS

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Letters of context on each side of a quote."""
Row = dict[str, Any]


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `LAYER.annotations.jsonl`, one annotation a line, for every layer that points at letters."""
    encode = msgspec.json.Encoder().encode
    written = []
    for layer in layers or [name for name in MAKERS if name in (*LAYERS, *ACROSS)]:
        path = folder / f"{layer}.annotations.jsonl"
        texts = _Texts(case)
        with path.open("wb") as file:
            for row in rows(case, layer):
                if targets := [target(place, texts[place["doc"]]) for place in places(row)]:
                    file.write(encode(annotation(layer, row, targets)) + b"\n")
        written.append(path)
    return written


class _Texts:
    """The texts of a case, the last one kept at hand."""

    def __init__(self, case: Case) -> None:
        self.case, self.id, self.text = case, "", ""

    def __getitem__(self, id: str) -> str:
        if id != self.id:
            self.id, self.text = id, self.case.document(id).text
        return self.text


def places(row: Row) -> Iterator[Row]:
    """Every stretch of text that a row speaks of.

    >>> list(places({"id": "a", "doc": "d", "content": {"start": 1, "end": 2, "text": "x"}}))
    [{'doc': 'd', 'start': 1, 'end': 2}]
    """
    if "start" in row and "doc" in row:
        yield {key: row[key] for key in ("doc", "start", "end")}
        return
    if row.get("content"):  # of an attribution
        yield {"doc": row["doc"], "start": row["content"]["start"], "end": row["content"]["end"]}
    for side in ("left", "right"):  # of an alignment
        if row.get(side):
            yield {key: row[side][key] for key in ("doc", "start", "end")}
    for member in row.get("members", ()):  # of clusters, claims, events
        yield {key: member[key] for key in ("doc", "start", "end")}
    for part in row.get("sides", ()):  # of conflicts
        yield from places(part)


def target(place: Row, text: str) -> Row:
    start, end = place["start"], place["end"]
    return {
        "source": f"urn:riwaya:document:{quote(place['doc'], safe='')}",
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
        ],
    }


def annotation(layer: str, row: Row, targets: Sequence[Row]) -> Row:
    name = row.get("id") or row.get("entity") or msgspec.json.encode(targets, order="sorted").hex()[:24]
    said = {key: value for key, value in row.items() if key not in ("doc", "start", "end", "text")}
    return {
        "@context": CONTEXT,
        "id": f"urn:riwaya:{layer}:{quote(str(name), safe='')}",
        "type": "Annotation",
        "motivation": "classifying" if layer in LAYERS else "linking",
        "body": {"type": "Dataset", "format": "application/json", "riwaya:layer": layer, "riwaya:finding": said},
        "target": targets[0] if len(targets) == 1 else list(targets),
    }
