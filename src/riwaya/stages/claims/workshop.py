"""Makes the claims of a case, but for those that were made from the same when it was last built: they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

import msgspec
import numpy as np
from msgspec import Struct

from riwaya.lang.lexicon import Lexicon
from riwaya.model import Alarm, Claim, Packed, Stands
from riwaya.stage import Answers, Corpus
from riwaya.stages.claims.circularity import alarms
from riwaya.stages.claims.making import claim
from riwaya.stages.claims.origins import World
from riwaya.stages.claims.passages import Passages
from riwaya.stages.claims.sketches import PORTION, Sketches, batches
from riwaya.stages.claims.statements import Statement
from riwaya.stages.claims.telling import Told
from riwaya.text.mixing import Hashes, mixed
from riwaya.text.rows import Ints, Rows

MEMBERS = 40_000
"""Statements of claims with several that are held at a time."""
BYTES = 6
"""Of a claim's id, which is written as twice as many letters."""


class Made(Struct, frozen=True):
    """From what the claims of a case were made: digests, sorted, with the id of each, and which alarms they raised."""

    digests: bytes = b""
    ids: bytes = b""
    alarms: dict[str, list[str]] = {}


class Workshop:
    """Where the claims of a case are made; statements are known by number."""

    def __init__(self, corpus: Corpus, told: Answers[Told], said: Sketches, passages: Passages) -> None:
        self.corpus, self.told, self.said = corpus, told, said
        outlets = {teller.id: teller.outlet for teller in said.tellers}
        published = {teller.id: teller.published for teller in said.tellers}
        self.world = World(passages, outlets, published, said.bodies(), corpus.lang.fold)
        self.ids: dict[int, str] = {}
        self.alarms: dict[str, list[str]] = {}

    def of(self, groups: Rows) -> Iterator[Claim | Alarm | Packed | Stands]:
        """The claims of some statements each, given in order of document and place, and their alarms."""
        due = self.due(groups)
        yield from self.standing(due)
        new = np.array([n for n in range(due.size) if n not in self.ids], dtype=np.int64)
        alone = np.diff(groups.starts)[new] == 1
        yield from self.lone(groups, new[alone])
        yield from self.several(groups, new[~alone])
        order = np.argsort(due).tolist()
        ids = bytes.fromhex("".join(self.ids[n][2:] for n in order))
        self.corpus.note(Made(due[order].tobytes(), ids, self.alarms) if self.is_as_given else Made())

    def due(self, groups: Rows) -> Hashes:
        """A digest of all that each claim is made from: its statements, and what the world knows of their tellers."""
        said, items = self.said, groups.items
        several = np.repeat(np.diff(groups.starts) > 1, np.diff(groups.starts))
        beside = np.zeros(len(said), dtype=np.uint64)
        wanted = np.zeros(len(said), dtype=bool)
        wanted[items[several]] = True
        about = np.zeros(len(said.tellers), dtype=np.uint64)
        for doc in np.unique(said.docs[wanted]).tolist():
            about[doc] = self.known_of(said.tellers[doc].id)
        names = said.names.names
        bodies = np.array([_number(sorted(self.world.bodies.get(name, ()))) for name in names], dtype=np.uint64)
        beside[wanted] = about[said.docs[wanted]] + said.rows["voices"].digests(bodies)[wanted]
        return mixed(groups.digests(said.digests + mixed(beside)))

    def known_of(self, doc: str) -> int:
        """A digest of what a document shares with others; what else is known of it is in its statements' digests."""
        passages = self.world.passages
        return _number([passages.by_pair[doc, other] for other in passages.beside(doc)])

    def standing(self, due: Hashes) -> Iterator[Stands]:
        """What was made from the same before, and is kept."""
        claims, alarms = self.corpus.given(Claim), self.corpus.given(Alarm)
        self.is_as_given = claims is not None and alarms is not None
        """Does the case keep what the stage gives, and not what people decided?"""
        before = self.corpus.noted(Made)
        if before is None or claims is None or alarms is None or not before.digests:
            return
        known = np.frombuffer(before.digests, np.uint64)
        at = np.minimum(np.searchsorted(known, due), known.size - 1)
        letters = before.ids.hex()
        there = set(alarms)
        for number in np.flatnonzero(known[at] == due).tolist():
            start = 2 * BYTES * int(at[number])
            id = "C-" + letters[start : start + 2 * BYTES]
            raised = before.alarms.get(id, [])
            if id in claims and there.issuperset(raised):
                self.ids[number] = id
                yield Stands(Claim.layer, id)
                if raised:
                    self.alarms[id] = raised
                    yield from (Stands(Alarm.layer, alarm) for alarm in raised)

    def lone(self, groups: Rows, numbers: Ints) -> Iterator[Claim | Packed]:
        """Claims of one statement, made where their documents are read; nine of ten are such."""
        by_doc: dict[str, list[int]] = {}
        order = groups.items[groups.starts[numbers]]
        numbers, order = numbers[np.argsort(order)], np.sort(order)
        docs = self.said.docs[order]
        for doc, place in zip(docs.tolist(), (order - self.said.starts[docs]).tolist(), strict=True):
            by_doc.setdefault(self.said.tellers[doc].id, []).append(place)
        portions = ((ids, [by_doc[id] for id in ids]) for ids in batches(by_doc, PORTION))
        for number, found in zip(numbers.tolist(), self.told.findings(lone_claims, portions), strict=True):
            self.ids[number] = found.key
            yield found

    def several(self, groups: Rows, numbers: Ints) -> Iterator[Claim | Alarm]:
        """Claims of several statements, so many at a time as have MEMBERS."""
        sizes = np.diff(groups.starts)[numbers]
        for some in np.split(numbers, np.flatnonzero(np.diff(np.cumsum(sizes) // MEMBERS)) + 1):
            chosen = groups.of_nodes(some)
            told = self.statements(chosen.items)
            for number, start, end in zip(some.tolist(), chosen.starts[:-1], chosen.starts[1:], strict=True):
                members, words = zip(*(told[at] for at in chosen.items[start:end].tolist()), strict=True)
                made = claim(members, words, self.world)
                self.ids[number] = made.id
                yield made
                raised = list(alarms(made, members, self.world))
                if raised:
                    self.alarms[made.id] = [alarm.id for alarm in raised]
                    yield from raised

    def statements(self, numbers: Ints) -> dict[int, tuple[Statement, str]]:
        """Some statements and their words, without the others of their documents."""
        said = self.said
        by_doc: dict[str, list[int]] = {}
        for number, doc in zip(numbers.tolist(), said.docs[numbers].tolist(), strict=True):
            by_doc.setdefault(said.tellers[doc].id, []).append(number)
        found = {}
        for one in self.told.of(by_doc):
            for number in by_doc[one.doc]:
                at = number - int(said.starts[said.docs[number]])
                found[number] = one.statements[at], one.words[at]
        return found


def lone_claims(lang: Lexicon, told: Sequence[Told], chosen: Sequence[Sequence[int]]) -> list[Claim]:
    """Claims of one statement each: of every document those whose places among its statements are given."""
    outlets, published = {one.doc: one.outlet for one in told}, {one.doc: one.published for one in told}
    world = World(Passages([]), outlets, published, {}, lang.fold)
    return [
        claim([one.statements[at]], [one.words[at]], world)
        for one, places in zip(told, chosen, strict=True)
        for at in places
    ]


def _number(value: object) -> int:
    return int.from_bytes(blake2b(msgspec.msgpack.encode(value), digest_size=8).digest(), "little")
