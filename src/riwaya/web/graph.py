"""Who took what from whom, in the small: copies and passages by document, without their reasons."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from riwaya.case import queries
from riwaya.case.case import Case
from riwaya.model import Passage
from riwaya.web.desk import Desk

SHOWN = 0.5
"""From this confidence on, the direction of a copy is drawn as shown."""


class Edge(Struct, frozen=True, kw_only=True):
    """A document that takes from another."""

    older: str
    newer: str
    share: float
    passages: tuple[str, ...]
    credited: bool
    confidence: float

    @property
    def shown(self) -> bool:
        return self.confidence >= SHOWN


class Line(Struct, frozen=True, kw_only=True):
    """A passage that stands in two documents."""

    id: str
    left: Passage
    right: Passage
    kind: str
    direction: str

    def ends(self, doc: str) -> tuple[Passage, Passage]:
        """The passage in a document, and the one in the other document."""
        return (self.left, self.right) if self.left.doc == doc else (self.right, self.left)

    def newer(self) -> Passage | None:
        """The end that was taken from the other, where that is known."""
        return {"left-to-right": self.right, "right-to-left": self.left}.get(self.direction)


class Graph(Struct, frozen=True):
    """Copies and passages, each listed under both of its documents."""

    edges: list[Edge]
    edges_by_doc: dict[str, list[Edge]]
    lines_by_doc: dict[str, list[Line]]
    outlets: dict[str, str | None]
    """Of the documents that take or give."""

    def taken(self, doc: str) -> float:
        """The largest share of a document that stands in an older one."""
        return max((e.share for e in self.edges_by_doc.get(doc, ()) if e.newer == doc), default=0.0)

    def is_copied(self, doc: str, start: int, end: int) -> bool:
        """Whether a stretch lies in a passage that its document took from another."""
        for line in self.lines_by_doc.get(doc, ()):
            newer = line.newer()
            if newer and newer.doc == doc and newer.start < end and start < newer.end:
                return True
        return False

    def between(self, one: str, other: str) -> list[Line]:
        return [line for line in self.lines_by_doc.get(one, ()) if other in (line.left.doc, line.right.doc)]


def loops(known: Graph) -> list[tuple[Edge, Edge]]:
    """Where a text comes back to the outlet that it left: A's words in B, and B's of them in A again.

    A reader who finds both takes one voice for two that agree.
    """
    found = []
    for back in known.edges:
        for out in known.edges_by_doc.get(back.older, ()):
            home = known.outlets.get(out.older)
            if out.newer == back.older and out.older != back.newer and home is not None:
                comes_home = home == known.outlets.get(back.newer) != known.outlets.get(back.older)
                if comes_home and overlap(known, out, back):
                    found.append((out, back))
    return found


def overlap(known: Graph, out: Edge, back: Edge) -> bool:
    """Whether what the middle document took and what was taken from it share letters."""
    middle = back.older
    taken = [line.ends(middle)[0] for line in known.between(middle, out.older)]
    given = [line.ends(middle)[0] for line in known.between(middle, back.newer)]
    return any(a.start < b.end and b.start < a.end for a in taken for b in given)


def graph(desk: Desk) -> Graph:
    """The graph of the case, kept until it changes."""
    return desk.keep("graph", _graph)


def _graph(case: Case) -> Graph:
    edges = list(queries.across(case, "copies", Edge))
    edges_by_doc: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        edges_by_doc[edge.older].append(edge)
        edges_by_doc[edge.newer].append(edge)
    lines_by_doc: dict[str, list[Line]] = defaultdict(list)
    for line in queries.across(case, "alignments", Line):
        for doc in dict.fromkeys((line.left.doc, line.right.doc)):
            lines_by_doc[doc].append(line)
    outlets = {id: slip.outlet for id, slip in queries.slips_of(case, edges_by_doc).items()}
    return Graph(edges, dict(edges_by_doc), dict(lines_by_doc), outlets)
