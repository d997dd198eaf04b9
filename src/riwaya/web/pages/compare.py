"""Two documents side by side: the passages they share, what was changed in them, and who was first."""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from riwaya.case.queries import Slip
from riwaya.model import Alignment, Copy, Document, Reason, Span
from riwaya.web.desk import Desk
from riwaya.web.graph import graph
from riwaya.web.marks import Mark, Paragraph, paragraphs
from riwaya.web.pages.page import Page, Text, slip
from riwaya.web.verdicts import Ask, Verdicts, copy_subject


class Asked(Struct, frozen=True, kw_only=True):
    left: Text
    right: Text


class Change(Struct, frozen=True, kw_only=True):
    """A typed edit with its words; None where a side has none."""

    kind: str
    left: str | None
    right: str | None


class Band(Struct, frozen=True, kw_only=True):
    """Where a passage lies on the bars of the two documents, 0..1 in the direction in which they are read."""

    left: tuple[float, float]
    right: tuple[float, float]


class Shared(Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    similarity: float
    direction: str
    """Seen from the left: `to-right`, `to-left`, `common-origin` or `unknown`."""
    confidence: float
    reasons: tuple[Reason, ...]
    changes: list[Change]
    band: Band
    ask: Ask


class Column(Struct, frozen=True, kw_only=True):
    doc: Slip
    right_to_left: bool
    length: float
    """Of its bar, 0..1."""
    paragraphs: list[Paragraph]


class Taken(Struct, frozen=True, kw_only=True):
    """That one of the two takes from the other."""

    by_right: bool
    share: float
    credited: bool
    confidence: float
    reasons: tuple[Reason, ...]


class Compare(Struct, frozen=True, kw_only=True):
    left: Column
    right: Column
    passages: list[Shared]
    taken: Taken | None
    ask: Ask | None
    """Of the copy, also where a decision has taken it out."""


def answer(desk: Desk, asked: Asked) -> Compare:
    slips = slip(desk, asked.left), slip(desk, asked.right)
    left, right = (desk.case.document(s.id) for s in slips)
    lines = graph(desk).between(left.id, right.id) if left.id != right.id else []
    found = [a for line in lines for a in desk.case.across_one(Alignment, line.id)]
    found.sort(key=lambda a: (end(a, left.id).start, a.id))
    said = Verdicts(desk)
    copy = taken(desk, *slips)
    subjects = [copy_subject(*pair) for pair in ((left.id, right.id), (right.id, left.id))]
    asked_of = [subjects[0 if copy.by_right else 1]] if copy else [s for s in subjects if s in said.by_subject]
    longest = max(len(left.text), len(right.text), 1)
    return Compare(
        left=column(slips[0], left, found, longest),
        right=column(slips[1], right, found, longest),
        passages=[shared(a, left, right, said) for a in found],
        taken=copy,
        ask=said.ask(asked_of[0]) if asked_of else None,
    )


def end(a: Alignment, doc: str) -> Span:
    side = a.left if a.left.doc == doc else a.right
    return Span(side.start, side.end)


def changes_in(a: Alignment, doc: str) -> list[tuple[str, Span]]:
    """The edits of a passage that touch a document, with their letters in it."""
    on_left = a.left.doc == doc
    spans = [(e.kind, e.left if on_left else e.right) for e in a.edits]
    return [(kind, span) for kind, span in spans if span]


def column(doc_slip: Slip, doc: Document, found: list[Alignment], longest: int) -> Column:
    marks = []
    for a in found:
        place = end(a, doc.id)
        marks.append(Mark(place.start, place.end, "shared", "", a.id))
        marks += [Mark(s.start, s.end, f"edit-{kind}", kind) for kind, s in changes_in(a, doc.id) if s.start < s.end]
    return Column(
        doc=doc_slip,
        right_to_left=reads_right_to_left(doc.text),
        length=round(len(doc.text) / longest, 5),
        paragraphs=paragraphs(doc.text, marks),
    )


def reads_right_to_left(text: str) -> bool:
    """By its first letter that has a direction.

    >>> reads_right_to_left("12 قتيلا"), reads_right_to_left("news")
    (True, False)
    """
    for letter in text[:500]:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def shared(a: Alignment, left: Document, right: Document, said: Verdicts) -> Shared:
    here, there = end(a, left.id), end(a, right.id)
    straight = a.left.doc == left.id
    directions = {"left-to-right": "to-right", "right-to-left": "to-left"}
    if not straight:
        directions = {"left-to-right": "to-left", "right-to-left": "to-right"}
    changes = []
    for e in a.edits:
        on_left, on_right = (e.left, e.right) if straight else (e.right, e.left)
        changes.append(
            Change(
                kind=e.kind,
                left=on_left.of(left.text) if on_left else None,
                right=on_right.of(right.text) if on_right else None,
            )
        )
    return Shared(
        id=a.id,
        kind=a.kind,
        similarity=a.similarity,
        direction=directions.get(a.direction, a.direction),
        confidence=a.confidence,
        reasons=a.reasons,
        changes=changes,
        band=Band(left=part_of(here, left), right=part_of(there, right)),
        ask=said.ask(f"alignment/{a.id}"),
    )


def part_of(span: Span, doc: Document) -> tuple[float, float]:
    length = max(len(doc.text), 1)
    return round(span.start / length, 5), round(span.end / length, 5)


def taken(desk: Desk, left: Slip, right: Slip) -> Taken | None:
    for older, newer in ((left, right), (right, left)):
        for copy in desk.case.across_one(Copy, f"{older.id}\x1f{newer.id}"):
            return Taken(
                by_right=newer is right,
                share=copy.share,
                credited=copy.credited,
                confidence=copy.confidence,
                reasons=copy.reasons,
            )
    return None


page = Page(name="compare", path="/compare/{left}/{right}", answer=answer)
