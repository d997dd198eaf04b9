"""Which stretches of two documents stand at the same place of one passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from riwaya.model import Alignment, Passage
from riwaya.stages.claims.statements import Statement

COVERED = 0.5
"""So much of a statement must lie in a passage for it to be part of it."""


class Place(NamedTuple):
    """Where a statement stands."""

    doc: str
    start: int
    end: int


class Passages:
    """The alignments of a case by pair of documents, without what was changed in them."""

    def __init__(self, alignments: Iterable[Alignment]) -> None:
        self.by_pair: dict[tuple[str, str], list[tuple[Passage, Passage]]] = defaultdict(list)
        self.by_doc: dict[str, set[str]] = defaultdict(set)
        for alignment in alignments:
            left, right = alignment.left, alignment.right
            self.by_pair[left.doc, right.doc].append((left, right))
            self.by_doc[left.doc].add(right.doc)
            self.by_doc[right.doc].add(left.doc)
            if left.doc != right.doc:
                self.by_pair[right.doc, left.doc].append((right, left))

    def beside(self, doc: str) -> list[str]:
        """The documents that share a passage with one, in order."""
        return sorted(self.by_doc.get(doc, ()))

    def shared(self, a: Statement, b: Statement) -> bool:
        """Does a passage hold both statements?"""
        return any(covers(left, a) and covers(right, b) for left, right in self.by_pair.get((a.doc, b.doc), ()))

    def place(self, a: Place, b: Place) -> float:
        """How much the two cover one another when the passage of one is laid on the other's; 0 outside of passages."""
        best = 0.0
        for left, right in self.by_pair.get((a.doc, b.doc), ()):
            if covers(left, a) and covers(right, b):
                stretch = (right.end - right.start) / max(1, left.end - left.start)
                start = right.start + (a.start - left.start) * stretch
                end = right.start + (a.end - left.start) * stretch
                common = min(end, b.end) - max(start, b.start)
                best = max(best, common / (max(end, b.end) - min(start, b.start)))
        return best


def covers(passage: Passage, statement: Statement | Place) -> bool:
    inside = min(passage.end, statement.end) - max(passage.start, statement.start)
    return inside >= COVERED * (statement.end - statement.start)
