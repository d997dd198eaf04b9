"""Two texts compared: the work that is done in parallel, pair by pair.

A `Task` holds all that its pairs need, so that it may be done in any process on any machine; tasks and what comes of
them travel as MessagePack, which costs a tenth of pickling.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

from riwaya.garbage import uncollected
from riwaya.model import Alignment, Edit, Passage
from riwaya.settings import Reuse
from riwaya.stages.reuse.bag import POINTS, Point, joined, lies_apart, outside, shuffled
from riwaya.stages.reuse.borne import borne_out, facts_of
from riwaya.stages.reuse.chain import Block, chains
from riwaya.stages.reuse.direction import About, Teller, days_apart, judge
from riwaya.stages.reuse.edits import Change, Marked, changes, left_out, merged, moved, told
from riwaya.stages.reuse.extend import Stretch, stretches
from riwaya.stages.reuse.forms import other_facts
from riwaya.stages.reuse.judge import demanded, reused
from riwaya.stages.reuse.strands import Numbers, Strand
from riwaya.stages.reuse.wording import SILENT, Wording

T = TypeVar("T")
PARAPHRASE = 0.5
"""Below this share of equal words a passage is told anew rather than edited."""
OWN = bytes(not flag & SILENT for flag in range(256))
"""Turns the flags of words into a 1 for each word that is no boilerplate."""


class Text(Struct, frozen=True, gc=False):
    """A text as it is sent to another process: its words, what earlier stages found in them, what is known of it."""

    strand: Strand
    flags: bytes
    about: About


class Pair(Struct, frozen=True, gc=False):
    """Two texts, by number: the blocks of words they share, and where rare words stand in both."""

    number: int
    left: int
    right: int
    blocks: list[Block]
    points: list[Point]


class Task(Struct, frozen=True, gc=False):
    """Pairs of texts with the blocks they share, and every text that takes part."""

    texts: dict[int, Text]
    pairs: list[Pair]
    among: int
    """How many texts are compared in all."""
    wording: bytes
    """A `Wording`, packed: it is the same in all tasks."""
    settings: Reuse


class Shared(Struct, frozen=True, gc=False):
    """What two texts share: their alignments, and what the copies stage of the engine needs of them."""

    left: str
    right: str
    alignments: tuple[Alignment, ...]
    left_share: float
    right_share: float
    credits: tuple[str, ...]
    named: bool


class Compared(Struct, frozen=True, gc=False, array_like=True):
    """A pair, by number, that was compared: what it shares, if anything, and which words of the left text were weighed
    for it. In how many texts other words stand has no part in it."""

    number: int
    first: int
    stop: int
    shared: Shared | None


class Made(dict[int, T]):
    """What is made of a text, once it is asked for."""

    def __init__(self, make: Callable[[int], T]) -> None:
        self.make = make

    def __missing__(self, text: int) -> T:
        self[text] = made = self.make(text)
        return made


def compare_all(task: Task) -> list[Compared]:
    """The pairs of a task, and what they share."""
    wording = unpacked_wording(task.wording)
    tellers = Made(lambda k: teller(task.texts[k], wording))
    facts = Made(lambda k: facts_of(tellers[k].marked, wording))
    out = []
    for pair in task.pairs:
        i, j = pair.left, pair.right
        left, right = task.texts[i], task.texts[j]
        same = left.about.outlet is not None and left.about.outlet == right.about.outlet
        enough = demanded(task.among, task.settings.min_words, same)
        days = days_apart(left.about, right.about)
        found = alike(left.strand, right.strand, pair, task.settings)
        first, stop = min((s.left for s in found), default=0), max((s.left_end for s in found), default=0)
        found = reused(left.strand, right.strand, found, enough, task.settings.min_words, days)
        if found:
            found = [s for s in found if not other_facts(tellers[i].marked, tellers[j].marked, s, wording)]
        if found:
            found = borne_out(facts[i], facts[j], found, wording, task.among, days > 0, same)
        out.append(
            Compared(pair.number, first, stop, shared(tellers[i], tellers[j], found, wording) if found else None)
        )
    return out


def compare_packed(task: bytes) -> bytes:
    """`compare_all` of a packed task, its answer packed."""
    with uncollected():
        return pack(compare_all(unpack_task(task)))


def _as_bytes(value: Any) -> bytes:
    return bytes(memoryview(value))


def _as_array(_: type, value: bytes) -> Numbers:
    return array("i", value)


pack = msgspec.msgpack.Encoder(enc_hook=_as_bytes).encode
unpack_task = msgspec.msgpack.Decoder(Task, dec_hook=_as_array).decode
unpack_compared = msgspec.msgpack.Decoder(list[Compared]).decode


@lru_cache(maxsize=2)
def unpacked_wording(packed: bytes) -> Wording:
    return msgspec.msgpack.decode(packed, type=Wording)


def alike(left: Strand, right: Strand, pair: Pair, settings: Reuse) -> list[Stretch]:
    """The passages of two texts that may be reuse, given the blocks and points they have in common."""
    found = [
        stretch
        for chain, taken in chains(pair.blocks, len(left.words), len(right.words), settings.min_words)
        for stretch in stretches(left.words, right.words, chain, taken)
    ]
    points = outside(pair.points, found) if len(pair.points) >= POINTS else []
    bags = [bag for bag in shuffled(left, right, points) if lies_apart(bag, found)]
    return joined(left, right, [*found, *bags]) if settings.together else [*found, *bags]


def teller(text: Text, wording: Wording) -> Teller:
    """The text with its words marked: by earlier stages, and by the tables."""
    phrases = wording.find(text.strand.words)
    flags = bytearray(text.flags)
    for at, phrase in phrases:
        for k in range(at, at + len(phrase.words)):
            flags[k] |= phrase.flag
    return Teller(Marked(text.strand, bytes(flags)), [(at, p) for at, p in phrases if p.name], text.about)


def shared(left: Teller, right: Teller, found: list[Stretch], wording: Wording) -> Shared:
    """Alignments with edits, direction and reasons."""
    inside = [list(changes(left.marked, right.marked, s, wording)) for s in found]
    verdict = judge(left, right, found, [c for some in inside for c in some])
    first = verdict.left_first
    ours, theirs = left.marked.text, right.marked.text
    beyond = _beyond(left.marked, right.marked, found, first)
    alignments = tuple(
        Alignment(
            id=_id(one, other),
            left=one,
            right=other,
            kind=_kind(s),
            similarity=round(s.similarity, 4),
            direction=verdict.direction,
            confidence=verdict.confidence,
            reasons=verdict.reasons,
            edits=(*(told(ours, theirs, c, first) for c in some), *more),
        )
        for s, some, more in zip(found, inside, beyond, strict=True)
        for one, other in [(_passage(ours, s.left, s.left_end), _passage(theirs, s.right, s.right_end))]
    )
    return Shared(
        ours.id,
        theirs.id,
        alignments,
        _share(left.marked, [(s.left, s.left_end) for s in found]),
        _share(right.marked, [(s.right, s.right_end) for s in found]),
        verdict.credited,
        verdict.named,
    )


def _beyond(left: Marked, right: Marked, found: list[Stretch], left_first: bool) -> list[list[Edit]]:
    """Edits that lie between passages, each told with the passage before it: moved passages, sentences left out."""
    out: list[list[Edit]] = [[] for _ in found]
    places = {(s.left, s.right): k for k, s in enumerate(found)}
    for change in moved(found):
        out[places[change.left[0], change.right[0]]].append(told(left.text, right.text, change, left_first))
    base = left if left_first else right
    starts = [s.left if left_first else s.right for s in found]
    ends = [s.left_end if left_first else s.right_end for s in found]
    for part in left_out(base, zip(starts, ends, strict=True)):
        at = max((k for k in range(len(found)) if starts[k] <= part[0]), key=lambda k: starts[k], default=0)
        nothing = (0, 0)
        change = Change("extra", part, nothing, True) if left_first else Change("extra", nothing, part, False)
        out[at].append(told(left.text, right.text, change, left_first))
    return out


def _kind(passage: Stretch) -> Literal["verbatim", "edited", "paraphrase"]:
    if passage.similarity == 1 and passage.runs:
        return "verbatim"
    return "edited" if passage.runs and passage.similarity >= PARAPHRASE else "paraphrase"


def _passage(text: Strand, first: int, stop: int) -> Passage:
    return Passage(doc=text.id, start=text.starts[first], end=text.ends[stop - 1])


def _share(marked: Marked, parts: list[tuple[int, int]]) -> float:
    """Of the text's own words, how many are shared."""
    own = marked.flags.translate(OWN)
    return sum(own.count(1, a, b) for a, b in merged(parts)) / max(1, own.count(1))


def _id(left: Passage, right: Passage) -> str:
    """The same in every run, made from both ends."""
    ends = "\0".join(f"{p.doc}\0{p.start}\0{p.end}" for p in (left, right))
    return "R-" + blake2b(ends.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
