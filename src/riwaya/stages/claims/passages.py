"""Which stretches of two documents stand at the same place of one passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from riwaya.model import Alignment, Passage
from riwaya.stages.claims.statements import Statement

COVERED = 0.5
"""So much of a statement must lie in a passage for it to be part of it."""


class Passages:
    """The alignments of a case by pair of documents."""

    def __init__(self, alignments: Iterable[Alignment]) -> None:
        self.by_pair: dict[tuple[str, str], list[Alignment]] = defaultdict(list)
        self.by_doc: dict[str, set[str]] = defaultdict(set)
        for alignment in alignments:
            left, right = alignment.left.doc, alignment.right.doc
            self.by_pair[left, right].append(alignment)
            self.by_doc[left].add(right)
            self.by_doc[right].add(left)
            if left != right:
                self.by_pair[right, left].append(_turned(alignment))

    def beside(self, doc: str) -> list[str]:
        """The documents that share a passage with one, in order."""
        return sorted(self.by_doc.get(doc, ()))

    def shared(self, a: Statement, b: Statement) -> Alignment | None:
        """The passage that holds both statements."""
        for alignment in self.by_pair.get((a.doc, b.doc), ()):
            if covers(alignment.left, a) and covers(alignment.right, b):
                return alignment
        return None

    def place(self, a: Statement, b: Statement) -> float:
        """How much the two cover one another when the passage of one is laid on the other's; 0 outside of passages."""
        best = 0.0
        for alignment in self.by_pair.get((a.doc, b.doc), ()):
            left, right = alignment.left, alignment.right
            if covers(left, a) and covers(right, b):
                stretch = (right.end - right.start) / max(1, left.end - left.start)
                start = right.start + (a.start - left.start) * stretch
                end = right.start + (a.end - left.start) * stretch
                common = min(end, b.end) - max(start, b.start)
                best = max(best, common / (max(end, b.end) - min(start, b.start)))
        return best


def covers(passage: Passage, statement: Statement) -> bool:
    inside = min(passage.end, statement.end) - max(passage.start, statement.start)
    return inside >= COVERED * (statement.end - statement.start)


def _turned(alignment: Alignment) -> Alignment:
    return replace(alignment, left=alignment.right, right=alignment.left)
