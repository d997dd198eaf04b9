"""Passages that are all one text: every pair of a cluster was aligned; closure over a chain of pairs is no evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from msgspec import Struct

from riwaya.model import Cluster, Copy, Passage
from riwaya.stages.reuse.pairs import Shared

SAME = 0.7
"""Two passages of one text are one when they share this much of the stretch that both cover."""
SURE = 0.5
"""An origin is named when it is the older of all its pairs with at least this confidence."""
FORWARD, BACKWARD = "left-to-right", "right-to-left"
Node = tuple[str, int, int]
"""A passage: document, start and end."""
Place = tuple[int, int]


class Outcome(Struct, frozen=True, gc=False, array_like=True):
    """What two texts share, in short: where, under which ids, who took it from whom, and whom they credit."""

    left: str
    right: str
    places: list[tuple[Place, Place]]
    ids: list[str]
    direction: str
    confidence: float
    credits: tuple[str, ...]

    @property
    def directed(self) -> bool:
        return self.direction in (FORWARD, BACKWARD)

    @property
    def forward(self) -> bool:
        return self.direction == FORWARD


def in_short(pair: Shared | None) -> Outcome | None:
    if pair is None:
        return None
    first, found = pair.alignments[0], pair.alignments
    return Outcome(
        pair.left,
        pair.right,
        [((a.left.start, a.left.end), (a.right.start, a.right.end)) for a in found],
        [a.id for a in found],
        first.direction,  # of the two texts, and so of all their passages
        first.confidence,
        pair.credits,
    )


class Web:
    """Passages, and the passages that they were aligned with; looked at only as far as it is walked."""

    def __init__(self, found: Iterable[Outcome]) -> None:
        self.by_doc: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in found:
            self.by_doc[outcome.left].append(outcome)
            self.by_doc[outcome.right].append(outcome)
        self.near: dict[Node, dict[Node, Outcome]] = {}
        self._nodes: dict[str, dict[Place, Node]] = {}

    def reached(self, docs: Iterable[str]) -> set[Node]:
        """The passages of some documents, and all that hang together with them."""
        waiting = [node for doc in docs if doc in self.by_doc for node in self.nodes(doc).values()]
        seen = set(waiting)
        while waiting:
            new = self._beside(waiting.pop()).keys() - seen
            seen |= new
            waiting += new
        return seen

    def clusters(self, reached: Iterable[Node]) -> Iterator[Cluster]:
        """The clusters of passages that were reached, each with its credits, in order of their first passage."""
        taken: set[Node] = set()
        for node in sorted(reached):
            if node in taken:
                continue
            members = [node]
            for other in sorted(self.near[node].keys() - taken):
                if all(other in self.near[m] and other[0] != m[0] for m in members):
                    members.append(other)
            if len(members) > 1:
                taken.update(members)
                yield self._cluster(sorted(members))

    def nodes(self, doc: str) -> dict[Place, Node]:
        """The passages of a text, nearly equal ones as one: the first and longest stands for them."""
        if doc not in self._nodes:
            own = {here if o.left == doc else there for o in self.by_doc[doc] for here, there in o.places}
            found: dict[Place, Node] = {}
            heads: list[Place] = []
            for place in sorted(own, key=lambda p: (p[0], -p[1])):
                heads = [head for head in heads if head[1] > place[0]]
                head = next((head for head in heads if _same(place, head)), None)
                if head is None:
                    heads.append(head := place)
                found[place] = (doc, *head)
            self._nodes[doc] = found
        return self._nodes[doc]

    def _beside(self, node: Node) -> dict[Node, Outcome]:
        """The passages that one was aligned with; found out for all of its document at once."""
        if node not in self.near:
            own = self.nodes(node[0])
            for some in own.values():
                self.near[some] = {}
            for outcome in self.by_doc[node[0]]:
                turned = outcome.left != node[0]
                others = self.nodes(outcome.left if turned else outcome.right)
                for here, there in outcome.places:
                    if turned:
                        here, there = there, here
                    self.near[own[here]][others[there]] = outcome
        return self.near[node]

    def _cluster(self, members: list[Node]) -> Cluster:
        origins = [
            k for k, m in enumerate(members) if all(_older(m, self.near[m][other]) for other in members if other != m)
        ]
        places = tuple(Passage(doc=doc, start=start, end=end) for doc, start, end in members)
        names = {name for m in members for other in members if other != m for name in self.near[m][other].credits}
        ends = "\0".join(f"{p.doc}\0{p.start}\0{p.end}" for p in places)
        return Cluster(
            id="T-" + blake2b(ends.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
            members=places,
            origin=origins[0] if origins else None,
            credits=tuple(sorted(names)),
        )


def _same(p: Place, q: Place) -> bool:
    both = min(p[1], q[1]) - max(p[0], q[0])
    return both >= SAME * (max(p[1], q[1]) - min(p[0], q[0]))


def _older(node: Node, outcome: Outcome) -> bool:
    """Is it surely the older one of the two texts?"""
    return outcome.confidence >= SURE and outcome.direction == (FORWARD if outcome.left == node[0] else BACKWARD)


def copies(pair: Shared) -> Iterator[Copy]:
    """Who takes from whom, where the direction is known."""
    first = pair.alignments[0]
    if first.direction in (FORWARD, BACKWARD):
        forward = first.direction == FORWARD
        yield Copy(
            older=pair.left if forward else pair.right,
            newer=pair.right if forward else pair.left,
            share=round(pair.right_share if forward else pair.left_share, 4),
            passages=tuple(a.id for a in pair.alignments),
            credited=pair.named,
            confidence=first.confidence,
            reasons=first.reasons,
        )
