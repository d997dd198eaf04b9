"""Which statements are worth comparing: those that share two of their rarest tokens, or a happening.

A happening is a kind of predicate with a name, or with a day: what a long statement says of it is not among its rarest.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np
import numpy.typing as npt

from riwaya.stages.claims.pairs import Node, Scale
from riwaya.text.meetings import LOW, meetings

RAREST = 8
"""Tokens of a statement that it is looked up by, in pairs."""
CROWD = 60
"""A pair of tokens that more statements share than this says too little."""
CLOSE = 3
"""Days that a date may span, a night or a weekend, to be a happening's."""
MOST = 2_000_000
"""Pairs that are compared at most; those that share most come first."""


def candidates(nodes: Sequence[Node], scale: Scale) -> Iterator[tuple[int, int]]:
    """Pairs of nodes, the lower number first, sorted."""
    return ((p >> 32, p & LOW) for p in map(int, packed(nodes, scale)))


def packed(nodes: Sequence[Node], scale: Scale) -> npt.NDArray[np.int64]:
    """The same, each pair in one number."""
    known: dict[str, int] = {}
    keys, owners = array("Q"), array("q")
    for number, node in enumerate(nodes):
        rare = sorted(node.tokens, key=lambda t: (-scale.idf[t], t))[:RAREST]
        hashes = sorted(known.setdefault(t, _hash(t)) for t in rare)
        happenings = (sorted(known.setdefault(t, _hash(t)) for t in pair) for pair in _happenings(node))
        for a, b in sorted({(a, b) for a, b in (*combinations(hashes, 2), *happenings)}):
            keys.append((a * 0x9E3779B97F4A7C15 + b) & 0xFFFFFFFFFFFFFFFF)
            owners.append(number)
    met = meetings(np.frombuffer(keys, dtype=np.uint64), np.frombuffer(owners, dtype=np.int64), CROWD)
    pairs, counts = np.unique(met, return_counts=True)
    if pairs.size > MOST:
        best = np.lexsort((pairs, -counts))[:MOST]
        pairs = np.sort(pairs[best])
    return pairs


def _happenings(node: Node) -> Iterator[tuple[str, str]]:
    """Every kind of predicate with every name, and with every day that it gives closely."""
    days = [f"d:{day}" for first, last in node.shown.days if last - first < CLOSE for day in range(first, last + 1)]
    names = [f"e:{name}" for name in node.named]
    return ((f"p:{family}", other) for family in node.families for other in (*names, *days))


def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest(), "little")
