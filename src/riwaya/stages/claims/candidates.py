"""Which statements are worth comparing: those that share two of their rarest tokens."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np
import numpy.typing as npt

from riwaya.stages.claims.pairs import Node, Scale

RAREST = 8
"""Tokens of a statement that it is looked up by, in pairs."""
CROWD = 60
"""A pair of tokens that more statements share than this says too little."""
MOST = 2_000_000
"""Pairs that are compared at most; those that share most come first."""


def candidates(nodes: Sequence[Node], scale: Scale) -> Iterator[tuple[int, int]]:
    """Pairs of nodes, the lower number first, sorted."""
    return ((p >> 32, p & 0xFFFFFFFF) for p in map(int, packed(nodes, scale)))


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
    if not keys:
        return np.zeros(0, dtype=np.int64)
    key = np.frombuffer(keys, dtype=np.uint64)
    owner = np.frombuffer(owners, dtype=np.int64)
    order = np.lexsort((owner, key))
    key, owner = key[order], owner[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    sizes = np.diff(np.r_[starts, key.size])
    found: list[npt.NDArray[np.int64]] = []
    for size in np.unique(sizes).tolist():
        if 2 <= size <= CROWD:
            rows = owner[starts[sizes == size][:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            found.append((rows[:, left].astype(np.int64) << 32 | rows[:, right]).ravel())
    if not found:
        return np.zeros(0, dtype=np.int64)
    pairs, counts = np.unique(np.concatenate(found), return_counts=True)
    if pairs.size > MOST:
        best = np.lexsort((pairs, -counts))[:MOST]
        pairs = np.sort(pairs[best])
    return pairs


def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest(), "little")
