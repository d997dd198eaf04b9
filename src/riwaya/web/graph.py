"""Who took what from whom, read of those documents that a page shows."""

from __future__ import annotations

from riwaya.case import briefs
from riwaya.case.copying import Around, Edge, Line, between
from riwaya.web.desk import Desk


class Graph:
    """The copies and passages of documents, each read once for a page."""

    def __init__(self, desk: Desk) -> None:
        self.case = desk.case
        self._read: dict[str, Around] = {}

    def of(self, doc: str) -> Around:
        if doc not in self._read:
            self._read[doc] = briefs.one(self.case, "around", doc, Around) or Around()
        return self._read[doc]

    def lines(self, doc: str) -> list[Line]:
        return self.of(doc).lines

    def edges(self, doc: str) -> list[Edge]:
        return self.of(doc).edges

    def is_copied(self, doc: str, start: int, end: int) -> bool:
        """Whether a stretch lies in a passage that its document took from another."""
        return self.of(doc).is_copied(doc, start, end)

    def between(self, one: str, other: str) -> list[Line]:
        return between(self.of(one), other)


def graph(desk: Desk) -> Graph:
    return Graph(desk)
