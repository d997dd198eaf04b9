"""The layers as rows: the contract that exports, frames and `--json` share (docs/reference/layers.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from riwaya.case import joins
from riwaya.case.case import Case
from riwaya.case.decisions import history, standing
from riwaya.case.steer import rejected
from riwaya.errors import MissingLayer
from riwaya.model import ACROSS, LAYERS, Across, Attribution, Document, Finding, Span

Row = dict[str, Any]


def rows(case: Case, layer: str) -> Iterator[Row]:
    """The rows of a layer, keys and order as the contract says; raises MissingLayer.

    Rows about one document are sorted by (doc, start, end), those about several by id.
    """
    try:
        make = MAKERS[layer]
    except KeyError:
        raise MissingLayer(f"There is no layer {layer!r}; there are {', '.join(MAKERS)}.") from None
    return make(case)


def documents(case: Case) -> Iterator[Row]:
    for doc in case:
        row = plain(doc)
        row["doc"] = row.pop("id")
        row["characters"] = len(doc.text)
        yield {key: row[key] for key in DOCUMENT_KEYS}


DOCUMENT_KEYS = (
    *("doc", "path", "sha256", "media_type", "reader", "outlet", "title", "author", "url"),
    *("published", "published_basis", "language", "characters", "warnings", "text"),
)
HEAD = ("doc", "start", "end", "text")


def findings(kind: type[Finding], case: Case) -> Iterator[Row]:
    out = rejected(standing(case))
    for doc in case:
        for finding in case.findings(kind, [doc.id]):
            if finding.id not in out:
                yield finding_row(finding, doc)


def finding_row(finding: Finding, doc: Document) -> Row:
    """A finding with the letters it points at."""
    if isinstance(finding, Attribution):
        return attribution_row(finding, doc)
    row = {"doc": finding.doc, "start": finding.start, "end": finding.end, "text": finding.span.of(doc.text)}
    row |= {key: value for key, value in plain(finding).items() if key not in HEAD}
    row["id"] = finding.id
    return row


def attribution_row(finding: Attribution, doc: Document) -> Row:
    def with_text(span: Span | None) -> Row | None:
        return None if span is None else {"start": span.start, "end": span.end, "text": span.of(doc.text)}

    row = plain(finding)
    del row["start"], row["end"]
    for key in ("cue", "cue_closing", "source", "resolved_from", "content"):
        row[key] = with_text(getattr(finding, key))
    for key in ("parts", "certainty"):
        row[key] = [with_text(span) for span in getattr(finding, key)]
    return {"id": finding.id, "doc": row.pop("doc"), **row}


def mentions(case: Case) -> Iterator[Row]:
    """Mentions with the entities they mean."""
    for doc in case:
        for mention in joins.mentions(case, doc.id):
            yield finding_row(mention, doc)


def attributions(case: Case) -> Iterator[Row]:
    """Attributions with the entities of their sources and hops."""
    for doc in case:
        for attribution in joins.attributions(case, doc.id):
            yield attribution_row(attribution, doc)


def across(kind: type[Across], case: Case) -> Iterator[Row]:
    texts: dict[str, str] = {}

    def with_text(place: Row) -> Row:
        if place["doc"] not in texts:
            if len(texts) > 2000:
                texts.clear()
            texts[place["doc"]] = case.document(place["doc"]).text
        return {**place, "text": texts[place["doc"]][place["start"] : place["end"]]}

    for value in case.across(kind):
        row = plain(value)
        if kind.layer == "alignments":
            row["left"], row["right"] = with_text(row["left"]), with_text(row["right"])
            for edit in row["edits"]:
                for side in ("left", "right"):
                    if edit[side]:
                        edit[side] = with_text({"doc": row[side]["doc"], **edit[side]})
        if kind.layer == "claims":
            row["members"] = [with_text(member) for member in row["members"]]
        yield row


def failures(case: Case) -> Iterator[Row]:
    return (plain(failure) for failure in case.failures())


def decisions(case: Case) -> Iterator[Row]:
    return (plain(decision) for decision in history(case))


def plain(value: Any) -> Row:
    row: Row = msgspec.to_builtins(value)
    return row


MAKERS: dict[str, Callable[[Case], Iterator[Row]]] = {
    "documents": documents,
    **{name: partial(findings, kind) for name, kind in LAYERS.items()},
    "mentions": mentions,
    "attributions": attributions,
    **{name: partial(across, kind) for name, kind in ACROSS.items() if name != "namings"},
    "decisions": decisions,
    "failures": failures,
}
