"""Which claims are known to clash with nothing, so that a case that grows holds only those against others that are new.

Nearly all pairs of claims that are looked at are in no conflict, whatever the words that they share may be worth.
That stays so until one of the claims changes, or what is known of their documents: these are in the digest of a pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.stages.conflicts.evidence import Boundless
from riwaya.stages.conflicts.facts import Fact, Telling
from riwaya.stages.conflicts.kinds import Known, between
from riwaya.stages.conflicts.sketches import Sketches
from riwaya.text.mixing import Hashes, mixed
from riwaya.text.rows import Ints

Mask = npt.NDArray[np.bool_]
encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Quiet(Struct, frozen=True):
    """The digests of claims and pairs of claims that are in no conflict, as bytes, sorted."""

    digests: bytes = b""


class Silence:
    """What was found to clash with nothing, by digest: before, and in this run."""

    def __init__(self, before: Quiet | None, said: Sketches, tellings: Mapping[str, Telling], known: Known) -> None:
        self.before: Hashes = np.frombuffer(before.digests if before else b"", np.uint64)
        self.claims = _claims(said, tellings, known)
        self.most = known._replace(evidence=Boundless(known.evidence))
        self.found: list[Hashes] = []

    def of_single(self, claims: Ints) -> Hashes:
        """The digests of claims by themselves."""
        return mixed(self.claims[claims] + np.uint64(1))

    def of_pairs(self, first: Ints, second: Ints, surely: Mask) -> Hashes:
        """The digests of pairs; `surely` says whether they share enough to be of one event."""
        one, other = self.claims[first], self.claims[second]
        return mixed(mixed(one) + np.uint64(3) * other + surely.astype(np.uint64))

    def unknown(self, digests: Hashes) -> Mask:
        """Which are not known to be silent; those that are stay so."""
        if not self.before.size:
            return np.ones(digests.size, dtype=bool)
        at = np.minimum(np.searchsorted(self.before, digests), self.before.size - 1)
        open: Mask = self.before[at] != digests
        self.found.append(digests[~open])
        return open

    def keep(self, digests: Hashes, silent: Sequence[bool]) -> None:
        """Takes in what was looked at."""
        self.found.append(digests[np.array(silent, dtype=bool)])

    @property
    def quiet(self) -> Quiet:
        """What is to be noted."""
        return Quiet(np.sort(np.concatenate([np.zeros(0, np.uint64), *self.found])).tobytes())

    def may_clash(self, a: Fact, b: Fact) -> bool:
        """Could two claims be in conflict, were what they share worth enough?"""
        return any(True for _ in between(a, b, self.most))


def _claims(said: Sketches, tellings: Mapping[str, Telling], known: Known) -> Hashes:
    """A digest of all that is known of each claim and of its documents."""
    of_docs = np.array([_of_doc(doc, said, tellings, known) for doc in said.docs], dtype=np.uint64)
    docs = said.rows["docs"]
    own = np.frombuffer(b"".join(said.versions[id] for id in said.ids), np.uint64)
    return mixed(own + docs.digests(of_docs))


def _of_doc(doc: str, said: Sketches, tellings: Mapping[str, Telling], known: Known) -> int:
    telling = tellings[doc]
    about = [doc, telling.published, telling.outlet, said.settings.get(doc), doc in said.again]
    counted = sorted(map(encode, known.counts.by_doc.get(doc, ())))
    copied = [(other, known.copied.by_pair[doc, other]) for other in sorted(known.copied.by_doc.get(doc, ()))]
    return int.from_bytes(blake2b(encode([about, counted, copied]), digest_size=8).digest(), "little")
