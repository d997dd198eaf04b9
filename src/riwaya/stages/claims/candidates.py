"""Which statements are worth comparing: those that share two of their rarest tokens, or a happening.

A happening is a kind of predicate with a name or a day, or alone where few tell of it: what a long statement says of
it is not among its rarest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np
import numpy.typing as npt

from riwaya.stages.claims.pairs import Node, Scale
from riwaya.text.meetings import meetings
from riwaya.text.rows import Ints, Numbers, Rows

Hashes = npt.NDArray[np.uint64]

RAREST = 8
"""Tokens of a statement that it is looked up by, in pairs."""
CROWD = 60
"""A pair of tokens that more statements share than this says too little."""
CLOSE = 3
"""Days that a date may span, a night or a weekend, to be a happening's."""
MOST = 2_000_000
"""Pairs that are compared at most; those that share most come first."""


def candidates(nodes: Sequence[Node], scale: Scale) -> Ints:
    """Pairs of nodes, each packed in one number, the lower node first, sorted."""
    tokens = np.array([_hash(token) for token in scale.tokens], dtype=np.uint64)
    keyed = [*_rarest(scale.rows, tokens), *_happenings(nodes)]
    keys, owners = (np.concatenate(parts) for parts in zip(*keyed, strict=True))
    met = meetings(keys, owners, CROWD)
    pairs, counts = np.unique(met, return_counts=True)
    if pairs.size > MOST:
        best = np.lexsort((pairs, -counts))[:MOST]
        pairs = np.sort(pairs[best])
    return pairs


def _rarest(rows: Rows, hashes: Hashes) -> Iterator[tuple[Hashes, Ints]]:
    """Every two of the rarest tokens of each node, with the node; the first tokens of a node are its rarest."""
    lengths = np.diff(rows.starts)
    for one, other in combinations(range(RAREST), 2):
        nodes = np.flatnonzero(lengths > other)
        starts = rows.starts[nodes]
        yield _key(hashes[rows.items[starts + one]], hashes[rows.items[starts + other]]), nodes


def _happenings(nodes: Sequence[Node]) -> Iterator[tuple[Hashes, Ints]]:
    """Every kind of predicate, alone and with every name and every day that a node gives closely."""
    kinds: Numbers[str] = Numbers()
    others: Numbers[str] = Numbers()
    families = Rows.of([[f"p:{family}" for family in node.families] for node in nodes], kinds)
    beside = Rows.of([[*(f"e:{name}" for name in node.named), *_days(node)] for node in nodes], others)
    owners, left, right = families.beside(beside)
    hashes = [np.array([_hash(name) for name in known], dtype=np.uint64) for known in (kinds, others)]
    yield _key(hashes[0][left], hashes[1][right]), owners
    yield hashes[0][families.items], families.owners


def _days(node: Node) -> set[str]:
    close = ((first, last) for first, last in node.shown.days if last - first < CLOSE)
    return {f"d:{day}" for first, last in close for day in range(first, last + 1)}


def _key(some: Hashes, others: Hashes) -> Hashes:
    """One number for two tokens, whichever comes first."""
    return np.minimum(some, others) * np.uint64(0x9E3779B97F4A7C15) + np.maximum(some, others)


def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest(), "little")
