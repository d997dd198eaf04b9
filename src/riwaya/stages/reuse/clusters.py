"""Passages that are all one text: every pair of a cluster was aligned; closure over a chain of pairs is no evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from riwaya.model import Alignment, Cluster, Copy, Passage
from riwaya.stages.reuse.pairs import Shared

SAME = 0.7
"""Two passages of one text are one when they share this much of the stretch that both cover."""
SURE = 0.5
"""An origin is named when it is the older of all its pairs with at least this confidence."""
Node = tuple[str, int]


def clusters(found: Sequence[Shared]) -> Iterator[Cluster]:
    """The clusters, each with its credits, in order of their first passage."""
    node_of, place_of = nodes(a for pair in found for a in pair.alignments)
    older: dict[tuple[Node, Node], bool] = {}
    credits: dict[tuple[Node, Node], tuple[str, ...]] = {}
    near: dict[Node, set[Node]] = {}
    for pair in found:
        for a in pair.alignments:
            one, other = node_of[a.left], node_of[a.right]
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
            credits[one, other] = credits[other, one] = pair.credits
            if a.direction in ("left-to-right", "right-to-left") and a.confidence >= SURE:
                older[one, other] = a.direction == "left-to-right"
                older[other, one] = a.direction == "right-to-left"
    taken: set[Node] = set()
    for node in sorted(near):
        if node in taken:
            continue
        members = [node]
        for other in sorted(near[node] - taken):
            if all(other in near[m] and other[0] != m[0] for m in members):
                members.append(other)
        if len(members) > 1:
            taken.update(members)
            yield _cluster(members, place_of, older, credits)


def nodes(alignments: Iterable[Alignment]) -> tuple[dict[Passage, Node], dict[Node, Passage]]:
    """The passages of each text, nearly equal ones as one: the first and longest stands for them."""
    by_doc: dict[str, set[Passage]] = {}
    for a in alignments:
        by_doc.setdefault(a.left.doc, set()).add(a.left)
        by_doc.setdefault(a.right.doc, set()).add(a.right)
    node_of: dict[Passage, Node] = {}
    place_of: dict[Node, Passage] = {}
    for doc, passages in by_doc.items():
        heads: list[tuple[Node, Passage]] = []
        for p in sorted(passages, key=lambda p: (p.start, -p.end)):
            heads = [(n, q) for n, q in heads if q.end > p.start]
            node = next((n for n, q in heads if _same(p, q)), None)
            if node is None:
                node = doc, p.start * 100_000_000 + p.end
                place_of[node] = p
                heads.append((node, p))
            node_of[p] = node
    return node_of, place_of


def _same(p: Passage, q: Passage) -> bool:
    both = min(p.end, q.end) - max(p.start, q.start)
    return both >= SAME * (max(p.end, q.end) - min(p.start, q.start))


def _cluster(
    members: list[Node],
    place_of: dict[Node, Passage],
    older: dict[tuple[Node, Node], bool],
    credits: dict[tuple[Node, Node], tuple[str, ...]],
) -> Cluster:
    members = sorted(members)
    origins = [k for k, m in enumerate(members) if all(older.get((m, other), False) for other in members if other != m)]
    places = tuple(place_of[m] for m in members)
    names = {name for m in members for other in members for name in credits.get((m, other), ())}
    ends = "\0".join(f"{p.doc}\0{p.start}\0{p.end}" for p in places)
    return Cluster(
        id="T-" + blake2b(ends.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        members=places,
        origin=origins[0] if origins else None,
        credits=tuple(sorted(names)),
    )


def copies(found: Iterable[Shared]) -> Iterator[Copy]:
    """Who takes from whom, where the direction is known."""
    for pair in found:
        first = pair.alignments[0]
        if first.direction not in ("left-to-right", "right-to-left"):
            continue
        forward = first.direction == "left-to-right"
        yield Copy(
            older=pair.left if forward else pair.right,
            newer=pair.right if forward else pair.left,
            share=round(pair.right_share if forward else pair.left_share, 4),
            passages=tuple(a.id for a in pair.alignments),
            credited=pair.named,
            confidence=first.confidence,
            reasons=first.reasons,
        )
