"""What the statements of a case say, as arrays: all that is asked when they are compared.

A case has hundreds of thousands of statements; as values they would take gigabytes. They are read and numbered a
portion at a time, and again only where a document, or what it says, has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.lang.lexicon import Lexicon
from riwaya.stage import Answers, Corpus
from riwaya.stages.claims.knowledge import Knowledge, knowledge
from riwaya.stages.claims.statements import AGAIN, Days, Number, Statement
from riwaya.stages.claims.telling import Told
from riwaya.text import columns
from riwaya.text.rows import Ints, Numbers, Rows

Hashes = npt.NDArray[np.uint64]

NAMED = {
    "tokens": "tokens",
    **dict.fromkeys(("predicates", "families"), "kinds"),
    **dict.fromkeys(("actors", "named", "voices", "bodies"), "names"),
    "parties": "parties",
    "fates": "fates",
    "numbers": "numbers",
    **dict.fromkeys(("days", "around"), "days"),
}
"""Which tables the numbers in rows are those of."""
FLAGS = ("negated", "denies", "again", "loose", "nameless", "anonymous", "personal")
"""What holds of a statement or not, a bit each."""
PORTION = 200
"""Documents that are sketched together."""
FEW = 1000
"""Documents that are not worth asking other processes."""


class Names(Struct, frozen=True):
    """What the numbers in rows stand for."""

    tokens: list[str]
    kinds: list[str]
    names: list[str]
    parties: list[str]
    fates: list[str]
    numbers: list[tuple[Number, ...]]
    days: list[tuple[Days, ...]]


class Teller(Struct, frozen=True):
    """A document that tells, and the place that most of its statements name."""

    id: str
    outlet: str
    published: str
    scene: str | None
    statements: int


class Portion(Struct, frozen=True, kw_only=True):
    """The statements of some documents, in order, their names and words numbered among themselves."""

    tellers: list[Teller]
    names: Names
    rows: dict[str, Rows]
    places: Ints
    """First and last letter of each statement, as `first << 32 | last`."""
    flags: Ints
    wordings: Hashes
    """A digest of what makes two statements one node: words, dates, and whether it is denied."""
    digests: Hashes
    """A digest of each statement, its words and its document."""

    @classmethod
    def joined(cls, parts: Sequence[Portion], only: Container[str] | None = None) -> Portion:
        """Portions as one in order of document, with those documents only that are named."""
        names, rows = columns.joined(Names, [(part.names, part.rows) for part in parts], NAMED)
        tellers = [teller for part in parts for teller in part.tellers]
        kept = (n for n, teller in enumerate(tellers) if only is None or teller.id in only)
        order = np.array(sorted(kept, key=lambda n: tellers[n].id), dtype=np.int64)
        own = Rows.plain([]) if not tellers else _statements_of(tellers)
        chosen = own.of_nodes(order).items
        names, rows = columns.used(names, {name: row.of_nodes(chosen) for name, row in rows.items()}, NAMED)
        return cls(
            tellers=[tellers[n] for n in order.tolist()],
            names=names,
            rows=rows,
            **{name: np.concatenate([getattr(part, name) for part in parts])[chosen] for name in ARRAYS},
        )


ARRAYS = ("places", "flags", "wordings", "digests")


def _statements_of(tellers: Sequence[Teller]) -> Rows:
    starts = np.cumsum([0, *(teller.statements for teller in tellers)])
    return Rows(starts, np.arange(starts[-1]))


def sketched(lang: Lexicon, told: Sequence[Told], _: None = None) -> Portion:
    """The statements of some documents; asked of the processes."""
    known = knowledge(lang)
    found = [statement for one in told for statement in one.statements]
    numbers: dict[str, Numbers[Any]] = {name: Numbers() for name in Names.__struct_fields__}
    sets: dict[str, Iterable[Collection[Any]]] = {
        "tokens": [s.tokens for s in found],
        "predicates": [s.predicates for s in found],
        "families": [frozenset(known.akin.get(name, name) for name in s.predicates) for s in found],
        "actors": [dict.fromkeys((*s.actors, *denier(s))) for s in found],
        "named": [dict.fromkeys((*s.actors, *s.places, *denier(s))) for s in found],
        "voices": [(s.speaker,) if s.speaker else () for s in found],
        "bodies": [s.bodies for s in found],
        "parties": [parties(s, known) for s in found],
        "fates": [frozenset(fates(s, known)) for s in found],
        "numbers": [(s.numbers,) if s.numbers else () for s in found],
        "days": [(s.days,) if s.days else () for s in found],
        "around": [(s.context_days,) if s.context_days else () for s in found],
    }
    return Portion(
        tellers=[
            Teller(one.doc, one.outlet, one.published, scene(one.statements), len(one.statements)) for one in told
        ],
        rows={name: Rows.of(some, numbers[NAMED[name]]) for name, some in sets.items()},
        names=Names(*map(list, numbers.values())),
        places=np.array([s.start << 32 | s.end for s in found], dtype=np.int64),
        flags=np.array([flags(s) for s in found], dtype=np.int64),
        wordings=np.array([wording(s) for s in found], dtype=np.uint64),
        digests=np.frombuffer(b"".join(one.digests for one in told), np.uint64),
    )


def flags(s: Statement) -> int:
    said = {
        "negated": s.negated,
        "denies": s.denies,
        "again": AGAIN in s.tokens,
        "loose": s.loose,
        "nameless": not (s.actors or s.places or s.speaker),
        "anonymous": s.speaker_kind == "anonymous",
        "personal": s.speaker_kind == "person",
    }
    return sum(said[name] << bit for bit, name in enumerate(FLAGS))


def wording(s: Statement) -> int:
    seen = msgspec.msgpack.encode((s.tokens, s.days, s.context_days, s.negated))
    return int.from_bytes(blake2b(seen, digest_size=8).digest(), "little")


def denier(s: Statement) -> tuple[str, ...]:
    """Who says in his own name that it is not so."""
    named = s.speaker_kind in ("person", "organisation")
    return (s.speaker,) if s.stance == "denies" and s.speaker and named else ()


def parties(s: Statement, known: Knowledge) -> frozenset[str]:
    """Its people and bodies, and the states that act or whose bodies do."""
    acting = frozenset(known.state(name) or name for name in (*s.actors, *denier(s)))
    return acting | known.adjectives.intersection(s.tokens)


def fates(s: Statement, known: Knowledge) -> Iterator[str]:
    """What happens once: what is done to a person by name, and what is done to a place again."""
    for name in s.predicates:
        if known.done_to.get(name) == "person":
            yield from (f"{name}:{who}" for who in s.actors if who.startswith("per-"))
        if AGAIN in s.tokens:
            yield from (f"{known.akin.get(name, name)}:{place}:{AGAIN}" for place in s.places)


def scene(found: Sequence[Statement]) -> str | None:
    """The place that most of a document's statements name."""
    named: dict[str, int] = {}
    for statement in found:
        for place in statement.places:
            named[place] = named.get(place, 0) + 1
    return min(named, key=lambda place: (-named[place], place)) if named else None


class Album(Struct, frozen=True):
    """The sketches of a case, kept until documents change: as bytes, with a digest of what each document says."""

    versions: dict[str, bytes]
    tellers: list[Teller]
    names: Names
    rows: dict[str, tuple[bytes, bytes]]
    arrays: dict[str, bytes]

    @classmethod
    def of(cls, versions: dict[str, bytes], portion: Portion) -> Album:
        arrays = {name: getattr(portion, name).tobytes() for name in ARRAYS}
        return cls(versions, portion.tellers, portion.names, columns.packed(portion.rows), arrays)

    @property
    def portion(self) -> Portion:
        of: dict[str, Any] = {"wordings": np.uint64, "digests": np.uint64}
        return Portion(
            tellers=self.tellers,
            names=self.names,
            rows=columns.unpacked(self.rows),
            **{name: np.frombuffer(data, of.get(name, np.int64)) for name, data in self.arrays.items()},
        )


def drawn(corpus: Corpus, told: Answers[Told]) -> Portion:
    """The sketches of all statements; those of documents that say what they said are taken from the last run."""
    versions = dict(told.versions)
    before = corpus.noted(Album)
    known = before.versions if before else {}
    stay = {id for id, version in versions.items() if known.get(id) == version}
    if before is not None and len(stay) == len(known) == len(versions):
        return before.portion
    new = [id for id in versions if id not in stay]
    if len(new) > FEW:
        portions = list(told.portions(sketched, ((ids, None) for ids in batches(new, PORTION))))
    else:
        portions = [sketched(corpus.lang, list(told.of(new)))]
    if before is not None and stay:
        portions = [Portion.joined([before.portion], stay), *portions]
    portion = Portion.joined(portions)
    corpus.note(Album.of(versions, portion))
    return portion


def batches(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


class Sketches:
    """All statements of a case in order of document and place, by number."""

    def __init__(self, portion: Portion) -> None:
        self.tellers, self.names, self.rows = portion.tellers, portion.names, portion.rows
        self.wordings, self.digests = portion.wordings, portion.digests
        self.first, self.last = portion.places >> 32, portion.places & 0xFFFFFFFF
        self.docs = np.repeat(np.arange(len(self.tellers)), [teller.statements for teller in self.tellers])
        """The document of each statement, by number."""
        self.starts = _statements_of(self.tellers).starts
        """The first statement of each document."""
        self._flags = portion.flags

    def __len__(self) -> int:
        return self.docs.size

    def holds(self, flag: str) -> npt.NDArray[np.bool_]:
        """Of which statements a flag holds."""
        held: npt.NDArray[np.bool_] = (self._flags >> FLAGS.index(flag) & 1).astype(bool)
        return held

    def scenes(self) -> Iterator[tuple[str, str]]:
        """The place that most statements of each document name, and the day on which it was told."""
        return ((t.scene, t.published[:10]) for t in self.tellers if t.scene is not None)

    def bodies(self) -> dict[str, set[str]]:
        """For whom each person who speaks is said to speak."""
        found: dict[str, set[str]] = {}
        owners, voices, bodies = self.rows["voices"].beside(self.rows["bodies"])
        spoken = self.holds("personal")[owners]
        names = self.names.names
        for pair in np.unique(voices[spoken] << 32 | bodies[spoken]).tolist():
            found.setdefault(names[pair >> 32], set()).add(names[pair & 0xFFFFFFFF])
        return found
