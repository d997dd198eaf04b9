"""Which statements are worth comparing: those that share two of their rarest tokens."""

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
        for a, b in combinations(hashes, 2):
            keys.append((a * 0x9E3779B97F4A7C15 + b) & 0xFFFFFFFFFFFFFFFF)
            owners.append(number)
    met = meetings(np.frombuffer(keys, dtype=np.uint64), np.frombuffer(owners, dtype=np.int64), CROWD)
    pairs, counts = np.unique(met, return_counts=True)
    if pairs.size > MOST:
        best = np.lexsort((pairs, -counts))[:MOST]
        pairs = np.sort(pairs[best])
    return pairs


def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest(), "little")
