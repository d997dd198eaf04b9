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

from riwaya.stages.claims.nodes import Nodes
from riwaya.stages.claims.pairs import Scale
from riwaya.stages.claims.statements import Days
from riwaya.text.meetings import LOW, meetings
from riwaya.text.rows import Ints, Rows

Hashes = npt.NDArray[np.uint64]

RAREST = 8
"""Tokens of a statement that it is looked up by, in pairs."""
CROWD = 60
"""A pair of tokens that more statements share than this says too little."""
CLOSE = 3
"""Days that a date may span, a night or a weekend, to be a happening's."""
SHORT = 4
"""Tokens of a short statement: to share two of them is much. Longer ones must share more than one pair."""


def candidates(nodes: Nodes, scale: Scale) -> Iterator[Ints]:
    """Pairs of nodes, each packed in one number, the lower node first, sorted, some at a time."""
    tokens = np.array([_hash(token) for token in scale.tokens], dtype=np.uint64)
    keyed = [*_rarest(scale.rows, tokens), *_happenings(nodes)]
    keys, owners = (np.concatenate(parts) for parts in zip(*keyed, strict=True))
    short = np.diff(scale.rows.starts) <= SHORT
    for pairs, counts in meetings(keys, owners, CROWD):
        yield pairs[(counts > 1) | short[pairs >> 32] | short[pairs & LOW]]


def _rarest(rows: Rows, hashes: Hashes) -> Iterator[tuple[Hashes, Ints]]:
    """Every two of the rarest tokens of each node, with the node; the first tokens of a node are its rarest."""
    lengths = np.diff(rows.starts)
    for one, other in combinations(range(RAREST), 2):
        nodes = np.flatnonzero(lengths > other)
        starts = rows.starts[nodes]
        yield _key(hashes[rows.items[starts + one]], hashes[rows.items[starts + other]]), nodes


def _happenings(nodes: Nodes) -> Iterator[tuple[Hashes, Ints]]:
    """Every kind of predicate, alone and with every name and every day that a node gives closely."""
    names = nodes.said.names
    kinds = np.array([_hash(f"p:{name}") for name in names.kinds], dtype=np.uint64)
    own = np.array([_hash(f"e:{name}") for name in names.names], dtype=np.uint64)
    days, dates = _days(names.days), nodes.dates()
    lengths, close = days.spread(dates.items)
    known, at = np.unique(close, return_inverse=True)
    others = np.r_[own, np.array([_hash(f"d:{day}") for day in known.tolist()], dtype=np.uint64)]
    closely = Rows.owned(np.repeat(dates.owners, lengths), at + own.size, len(nodes)).distinct()
    families = nodes.rows("families")
    owners, left, right = families.beside(Rows.united([nodes.rows("named"), closely]))
    for twice in (np.uint64(0), np.uint64(1)):  # what happened where is worth two pairs of words
        yield _key(kinds[left], others[right]) + twice, owners
        yield kinds[families.items] + twice, families.owners


def _days(dates: Sequence[Sequence[Days]]) -> Rows:
    """The days of each of some dates, where it is close."""
    close = (((first, last) for first, last in some if last - first < CLOSE) for some in dates)
    return Rows.plain([{day for first, last in some for day in range(first, last + 1)} for some in close])


def _key(some: Hashes, others: Hashes) -> Hashes:
    """One number for two tokens, whichever comes first."""
    return np.minimum(some, others) * np.uint64(0x9E3779B97F4A7C15) + np.maximum(some, others)


def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest(), "little")
