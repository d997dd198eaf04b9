"""What came of comparing pairs of texts, kept so that a case that grows compares only pairs with something new.

A pair is known by a digest of all that its comparison reads: both texts, what is known of them, where they share words,
and how many texts there are, in steps. What comes of it is the same whether it is made now or was made before. The
passages themselves lie in the case; here is only what tells which of them stand, and what clusters are made of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from hashlib import blake2b

import msgspec
from msgspec import Struct

from riwaya.model import Alignment, Copy, Stands
from riwaya.stages.reuse.clusters import Node, Outcome
from riwaya.stages.reuse.judge import demanded
from riwaya.stages.reuse.search import Search
from riwaya.stages.reuse.strands import Strands

SIZE = 8
"""Bytes of a digest."""
Kept = Mapping[str, Collection[str]]
"""The keys that the case keeps, by layer."""

encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Weighed(Struct, frozen=True, gc=False, array_like=True):
    """What came of a pair, and of which words of the left text it hangs in how many texts they stand."""

    first: int
    stop: int
    spread: bytes
    """A digest of that."""
    outcome: Outcome | None


class Known(Struct, frozen=True):
    """What came of each pair, by its digest and in order of pair; and the clusters of all."""

    pairs: dict[bytes, Weighed] = {}
    clusters: dict[str, Node] = {}
    """By id, the first member of each."""


def stands(weighed: Weighed, left: int, strands: Strands, kept: Kept) -> bool:
    """Does it hold for the texts as they are weighed now, and does the case keep all that it gave?"""
    if weighed.spread != spread(strands, left, weighed.first, weighed.stop):
        return False
    return weighed.outcome is None or all(found.key in kept[found.layer] for found in given(weighed.outcome))


def spread(strands: Strands, text: int, first: int, stop: int) -> bytes:
    """A digest of in how many texts some words of a text stand."""
    start = int(strands.bounds[text])
    words = strands.spread[start + first : start + stop].tobytes()
    return blake2b(words, digest_size=SIZE).digest() if any(words) else b""


def given(outcome: Outcome) -> Iterator[Stands]:
    """The findings that an outcome was given as."""
    yield from (Stands(Alignment.layer, id) for id in outcome.ids)
    if outcome.directed:
        ends = (outcome.left, outcome.right) if outcome.forward else (outcome.right, outcome.left)
        yield Stands(Copy.layer, "\x1f".join(ends))


def changed(before: Mapping[bytes, Weighed], now: Mapping[bytes, Weighed]) -> set[str]:
    """The documents of outcomes that are new, other than they were, or gone."""
    apart = [one for digest, weighed in now.items() if (one := before.get(digest)) is not weighed]
    apart += [weighed for digest, weighed in now.items() if before.get(digest) is not weighed]
    apart += [weighed for digest, weighed in before.items() if digest not in now]
    outcomes = [weighed.outcome for weighed in apart if weighed and weighed.outcome]
    return {doc for outcome in outcomes for doc in (outcome.left, outcome.right)}


def digests(search: Search, of_texts: Mapping[int, bytes]) -> Iterator[bytes]:
    """For each pair a digest of all that its comparison reads, but for the tables and the weights of words.

    `of_texts` are digests of the texts that take part and of what is known of them.
    """
    strands, bounds = search.strands, search.strands.bounds.tolist()
    among = encode([demanded(len(search.ids), 1), search.settings])

    def digest(i: int) -> bytes:
        silent = strands.silent[bounds[i] : bounds[i + 1]].tobytes()
        name = search.ids[i].encode("utf-8", "surrogatepass")
        return blake2b(name + b"\0" + of_texts[i] + silent, digest_size=SIZE).digest()

    texts = {i: digest(i) for i in search.involved}
    for number, (i, j) in enumerate(search.pairs.tolist()):
        yield blake2b(texts[i] + texts[j] + among + search.places(number), digest_size=SIZE).digest()
