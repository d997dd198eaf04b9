"""Who took what from whom, in the small: copies and passages without their reasons, and where words come back home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from riwaya.model import Passage

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


class Around(Struct, frozen=True):
    """The copies and passages of one document."""

    edges: list[Edge] = []
    lines: list[Line] = []

    def is_copied(self, doc: str, start: int, end: int) -> bool:
        """Whether a stretch lies in a passage that the document took from another."""
        return any(
            newer.doc == doc and newer.start < end and start < newer.end
            for line in self.lines
            if (newer := line.newer())
        )


Graph = Mapping[str, Around]


def graph(edges: list[Edge], lines: list[Line]) -> dict[str, Around]:
    """Copies and passages, each listed under both of its documents."""
    found: dict[str, Around] = defaultdict(lambda: Around([], []))
    for edge in edges:
        found[edge.older].edges.append(edge)
        found[edge.newer].edges.append(edge)
    for line in lines:
        for doc in dict.fromkeys((line.left.doc, line.right.doc)):
            found[doc].lines.append(line)
    return dict(found)


def loops(known: Graph, edges: list[Edge], outlets: Mapping[str, str | None]) -> list[tuple[Edge, Edge]]:
    """Where a text comes back to the outlet that it left: A's words in B, and B's of them in A again.

    A reader who finds both takes one voice for two that agree.
    """
    found = []
    for back in edges:
        for out in known[back.older].edges:
            home = outlets.get(out.older)
            if out.newer == back.older and out.older != back.newer and home is not None:
                comes_home = home == outlets.get(back.newer) != outlets.get(back.older)
                if comes_home and overlap(known, out, back):
                    found.append((out, back))
    return found


def between(around: Around, other: str) -> list[Line]:
    return [line for line in around.lines if other in (line.left.doc, line.right.doc)]


def overlap(known: Graph, out: Edge, back: Edge) -> bool:
    """Whether what the middle document took and what was taken from it share letters."""
    middle = back.older
    taken = [line.ends(middle)[0] for line in between(known[middle], out.older)]
    given = [line.ends(middle)[0] for line in between(known[middle], back.newer)]
    return any(a.start < b.end and b.start < a.end for a in taken for b in given)
