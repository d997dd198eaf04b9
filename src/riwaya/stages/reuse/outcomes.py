"""What came of comparing pairs of texts, kept so that a case that grows compares only pairs with something new.

A pair is known by a digest of all that its comparison reads: both texts, what is known of them, where they share words,
and how many texts there are, in steps. What comes of it is the same whether it is made now or was made before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec
from msgspec import Struct

from riwaya.stages.reuse.judge import demanded
from riwaya.stages.reuse.pairs import Shared
from riwaya.stages.reuse.search import Described, Search
from riwaya.stages.reuse.wording import Wording

SIZE = 8
"""Bytes of a digest."""

encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Outcomes(Struct, frozen=True):
    """What each pair shares, or nothing, by the digest of the pair; in order of pair."""

    pairs: dict[bytes, Shared | None]

    @property
    def found(self) -> list[Shared]:
        return [shared for shared in self.pairs.values() if shared is not None]


def outcomes(
    search: Search,
    wording: Wording,
    digests: Sequence[bytes],
    described: Mapping[int, Described],
    before: Outcomes | None,
    texts: Callable[[Iterable[int]], Mapping[int, str]],
) -> Outcomes:
    """What the pairs of a search share; those that stand in `before` are not compared again.

    `digests` are those of all texts; `texts` fetches some by their numbers.
    """
    known = before.pairs if before else {}
    of_pairs = dict(zip(search.pairs, _digests(search, digests, described), strict=True))
    lacking = [pair for pair, digest in of_pairs.items() if digest not in known]
    search.strands.texts = texts(sorted({i for pair in lacking for i in pair}))
    place = {id: i for i, id in enumerate(search.ids)}
    new = {(place[s.left], place[s.right]): s for s in search.compare(wording, described, lacking)}
    return Outcomes({digest: known.get(digest) or new.get(pair) for pair, digest in of_pairs.items()})


def _digests(search: Search, digests: Sequence[bytes], described: Mapping[int, Described]) -> Iterator[bytes]:
    """For each pair a digest of all that its comparison reads but the tables, on which the whole stage depends."""
    strands, bounds = search.strands, search.strands.bounds.tolist()
    among = encode([demanded(len(search.ids), 1), search.settings])

    def digest(i: int) -> bytes:
        text = slice(bounds[i], bounds[i + 1])
        state = blake2b(search.ids[i].encode("utf-8", "surrogatepass"), digest_size=SIZE)
        state.update(
            b"\0"
            + digests[i]
            + strands.spread[text].tobytes()
            + strands.silent[text].tobytes()
            + encode(described.get(i))
        )
        return state.digest()

    texts = {i: digest(i) for i in search.involved}
    for i, j in search.pairs:
        yield blake2b(texts[i] + texts[j] + among + search.places(i, j), digest_size=SIZE).digest()
