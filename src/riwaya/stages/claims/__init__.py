"""The claims stage: what is said, by how many documents, on the word of how many independent origins.

Documents are cut into statements (`statements.py`); statements that share rare words are compared (`pairs.py`, with
weights fitted on gold) and clustered by average link (`cluster.py`); the members of a claim are merged into origins,
each merge with its reason (`origins.py`); words that come back to where they started raise an alarm (`circularity.py`).
See docs/method/claims.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from sys import intern
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from riwaya.crowding import crowding
from riwaya.model import (
    Alarm,
    Alignment,
    Amount,
    Attribution,
    Claim,
    Entity,
    Gist,
    Member,
    Mention,
    Naming,
    Origin,
    Quantity,
    Sentence,
    Stands,
    Timex,
    Zone,
)  # fmt: skip
from riwaya.stage import Corpus, Reading, across
from riwaya.stages.claims.candidates import candidates
from riwaya.stages.claims.circularity import alarms
from riwaya.stages.claims.cluster import clusters
from riwaya.stages.claims.knowledge import Knowledge, knowledge
from riwaya.stages.claims.origins import World, alone, origins
from riwaya.stages.claims.pairs import Comparison, Node, Scale, weights
from riwaya.stages.claims.passages import Passages
from riwaya.stages.claims.statements import AGAIN, Days, Statement, edtf, statements

__all__ = ["claims"]

T = TypeVar("T", bound=Hashable)
SIZE = 8
"""Bytes of a digest."""
SHARED = ("chain", "actors", "places")
"""What many statements have alike."""
NEEDS = (Sentence, Zone, Timex, Quantity, Mention, Attribution, Alignment, Entity, Naming)


@across(needs=NEEDS, gives=(Claim, Alarm), version=14)
def claims(corpus: Corpus) -> Iterator[Claim | Alarm | Stands]:
    """The claims of the case, and the circles among their tellers."""
    found, world, texts, digests = gathered(corpus)
    made = Workshop(corpus, world, texts, digests)
    crowd = crowding(scenes(found, world.published))
    nodes = as_nodes(found, knowledge(corpus.lang), crowd)
    for group in grouped_nodes(nodes, world.passages, weights(corpus.lang), crowd):
        members = [found[i] for n in group for i in nodes[n].members]
        if len(members) > 1:
            members.sort(key=lambda s: (s.doc, s.start, s.end))
        yield from made.of(members)
    corpus.note(made.now if made.is_as_given else Made())


def gathered(
    corpus: Corpus,
) -> tuple[list[Statement], World, dict[tuple[str, int], str], dict[tuple[str, int], bytes]]:
    """All statements of a case, what is known of their tellers, and of each statement its words and a digest."""
    digests: dict[tuple[str, int], bytes] = {}
    found: list[Statement] = []
    outlets: dict[str, str] = {}
    published: dict[str, str] = {}
    bodies: dict[str, set[str]] = defaultdict(set)
    texts: dict[tuple[str, int], str] = {}
    held: dict[tuple[object, ...], Any] = {}
    for told in corpus.over(telling, (Sentence, Zone, Timex, Quantity, Mention, Attribution), Naming):
        outlets[told.doc], published[told.doc] = told.outlet, told.published
        for number, (statement, words) in enumerate(zip(told.statements, told.words, strict=True)):
            found.append(thrifty(statement, held))
            place = (told.doc, statement.start)  # once for both: a case has hundreds of thousands
            texts[place], digests[place] = words, told.digests[number * SIZE : (number + 1) * SIZE]
            if statement.speaker_kind == "person" and statement.speaker:
                bodies[statement.speaker].update(statement.bodies)
    world = World(Passages(corpus.across(Alignment)), outlets, published, bodies, corpus.lang.fold)
    return found, world, texts, digests


def thrifty(s: Statement, held: dict[tuple[object, ...], Any]) -> Statement:
    """A statement whose words, names and tellers take room once, however many say them: a case has hundreds of
    thousands."""
    shared = {name: held.setdefault(value, value) for name in SHARED if (value := getattr(s, name))}
    return replace(s, tokens=tuple(map(intern, s.tokens)), **shared)


class Told(Struct, frozen=True, kw_only=True):
    """What one document says."""

    doc: str
    outlet: str
    published: str
    statements: list[Statement]
    words: list[str]
    """Of each statement, as written."""
    digests: bytes
    """Of each statement, its words and what is known of the document, one after the other."""


def telling(reading: Reading, namings: Sequence[Naming]) -> Told:
    """The statements of a document."""
    doc, found = reading.doc, whole_names(statements(reading, namings, knowledge(reading.lang)))
    words = [doc.text[s.start : s.end] for s in found]
    return Told(
        doc=doc.id,
        outlet=doc.outlet or "",
        published=doc.published or "~",
        statements=found,
        words=words,
        digests=b"".join(digest((*one, doc.outlet, doc.published)) for one in zip(found, words, strict=True)),
    )


encode = msgspec.msgpack.Encoder(order="deterministic").encode


def digest(value: object) -> bytes:
    return blake2b(encode(value), digest_size=SIZE).digest()


class Made(Struct, frozen=True):
    """From what the claims of a case were made, a digest by id, and which alarms they raised."""

    digests: dict[str, bytes] = {}
    alarms: dict[str, list[str]] = {}


class Workshop:
    """Makes claims, but for those that were made from the same when the case was last built: they stand."""

    def __init__(
        self,
        corpus: Corpus,
        world: World,
        texts: Mapping[tuple[str, int], str],
        digests: Mapping[tuple[str, int], bytes],
    ) -> None:
        self.world, self.texts, self.digests = world, texts, digests
        claims, alarms = corpus.given(Claim), corpus.given(Alarm)
        self.is_as_given = claims is not None and alarms is not None
        """Does the case keep what the stage gives, and not what people decided?"""
        self.claims, self.alarms = claims or (), set(alarms or ())
        self.before = corpus.noted(Made) or Made()
        self.now = Made({}, {})
        self.about: dict[str, bytes] = {}

    def of(self, members: Sequence[Statement]) -> Iterator[Claim | Alarm | Stands]:
        """The claim of some statements, in order of document and place, and its alarms."""
        id, due = claim_id(members), self.due(members)
        self.now.digests[id] = due
        raised = self.before.alarms.get(id, [])
        if self.before.digests.get(id) == due and id in self.claims and self.alarms.issuperset(raised):
            yield Stands(Claim.layer, id)
            yield from (Stands(Alarm.layer, alarm) for alarm in raised)
        else:
            made = claim(members, self.world, self.texts)
            found = list(alarms(made, members, self.world)) if len(members) > 1 else []
            yield made
            yield from found
            raised = [alarm.id for alarm in found]
        if raised:
            self.now.alarms[id] = raised

    def due(self, members: Sequence[Statement]) -> bytes:
        """A digest of all that a claim is made from: its statements, and what the world knows of their tellers."""
        own = [self.digests[s.doc, s.start] for s in members]
        if len(members) == 1:
            return own[0]
        bodies = [sorted(self.world.bodies.get(s.speaker or "", ())) for s in members]
        return digest([own, [self.known_of(s.doc) for s in members], bodies])

    def known_of(self, doc: str) -> bytes:
        """A digest of what a document shares with others; what else is known of it is in its statements' digests."""
        if doc not in self.about:
            world = self.world
            beside = [world.passages.by_pair[doc, other] for other in world.passages.beside(doc)]
            passages = [(a.left, a.right) for some in beside for a in some]
            self.about[doc] = digest(passages)
        return self.about[doc]


def claim_id(members: Sequence[Statement]) -> str:
    return "C-" + _digest([f"{s.doc}:{s.start}-{s.end}" for s in members])


def whole_names(found: Sequence[Statement]) -> list[Statement]:
    """Within a document a short name means the one longer name that holds it: «الشبكة» is «شبكة ناشطي الوادي»."""
    names = {s.speaker_words: s for s in found if s.speaker_words and s.speaker_kind != "anonymous"}
    longer = {short: [long for long in names if short < long] for short in names}
    largest = {
        short: max(some, key=len)
        for short, some in longer.items()
        if some and all(one <= max(some, key=len) for one in some)
    }
    return [
        replace(s, speaker=names[largest[s.speaker_words]].speaker, speaker_words=largest[s.speaker_words])
        if s.speaker_kind != "anonymous" and s.speaker_words in largest
        else s
        for s in found
    ]


def scenes(found: Iterable[Statement], published: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The place that most statements of each document name, and the day on which it was told."""
    named: dict[str, dict[str, int]] = defaultdict(dict)
    for statement in found:
        for place in statement.places:
            named[statement.doc][place] = named[statement.doc].get(place, 0) + 1
    for doc, places in named.items():
        yield min(places, key=lambda place: (-places[place], place)), published[doc][:10]


def as_nodes(found: Sequence[Statement], known: Knowledge, crowd: float) -> list[Node]:
    """Statements of one wording, day and polarity make one node, so that copies weigh nothing.

    Where happenings are many, those that name nobody and nothing do so within a document only.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, told in enumerate(found):
        stray = crowd > 1 and not (told.actors or told.places or told.speaker)
        key = (told.tokens, told.days, told.context_days, told.negated, told.doc if stray else None)
        groups[key].append(number)
    nodes = []
    held: dict[frozenset[str], frozenset[str]] = {}

    def once(names: frozenset[str]) -> frozenset[str]:
        return held.setdefault(names, names)

    for members in groups.values():  # in order of the first member's document and place
        speakers = frozenset(s for i in members if (s := found[i].speaker) and found[i].speaker_kind != "anonymous")
        shown = found[members[0]]
        nodes.append(
            Node(
                members=tuple(members),
                shown=shown,
                speakers=speakers,
                tokens=shown.tokens,
                predicates=once(frozenset(shown.predicates)),
                families=once(frozenset(known.akin.get(name, name) for name in shown.predicates)),
                actors=once(frozenset((*shown.actors, *denier(shown)))),
                parties=once(
                    frozenset(known.state(name) or name for name in (*shown.actors, *denier(shown)))
                    | known.adjectives.intersection(shown.tokens)
                ),
                fates=once(frozenset(fates(shown, known))),
                named=once(frozenset((*shown.actors, *shown.places, *denier(shown)))),
            )
        )
    return nodes


def fates(s: Statement, known: Knowledge) -> Iterator[str]:
    """What happens once: what is done to a person by name, and what is done to a place again."""
    for name in s.predicates:
        if known.done_to.get(name) == "person":
            yield from (f"{name}:{who}" for who in s.actors if who.startswith("per-"))
        if AGAIN in s.tokens:
            yield from (f"{known.akin.get(name, name)}:{place}:{AGAIN}" for place in s.places)


def denier(s: Statement) -> tuple[str, ...]:
    """Who says in his own name that it is not so."""
    named = s.speaker_kind in ("person", "organisation")
    return (s.speaker,) if s.stance == "denies" and s.speaker and named else ()


def grouped_nodes(
    nodes: Sequence[Node], passages: Passages, prices: Mapping[str, float], crowd: float
) -> list[list[int]]:
    scale = Scale(nodes)
    comparison = Comparison(nodes, scale, passages, crowd)
    pairs, scores = comparison.scored(candidates(nodes, scale), prices)
    return clusters(len(nodes), pairs, scores, comparison.apart, comparison.best)


def claim(members: Sequence[Statement], world: World, texts: Mapping[tuple[str, int], str]) -> Claim:
    """A claim from its statements, in order of document and place."""
    if len(members) == 1:
        return lone(members[0], world, texts)
    told = origins(members, world)
    origin_of = {i: origin.id for origin in told for i in origin.members}
    affirmed = any(not s.negated and s.stance != "denies" for s in members)
    made = tuple(
        Member(
            doc=s.doc, start=s.start, end=s.end, chain=s.chain, origin=origin_of[i],
            stance="denies" if s.negated and affirmed and s.stance != "denies" else s.stance, gist=gist(s),
        )
        for i, s in enumerate(members)
    )  # fmt: skip
    entities = counted(e for s in members for e in (*s.actors, *s.places))
    places = counted(p for s in members for p in s.places)
    return Claim(
        id=claim_id(members),
        statement=_clearest(members, texts),
        members=made,
        documents=len({s.doc for s in members}),
        origins=tuple(told),
        about=tuple(sorted(e for e, count in entities.items() if 2 * count >= len(members))),
        when=_when(d for s in members for d in s.days),
        where=min(places, key=lambda p: (-places[p], p)) if places else None,
    )


def lone(s: Statement, world: World, texts: Mapping[tuple[str, int], str]) -> Claim:
    """A claim of one statement; nine of ten are such."""
    origin = alone(s, world)
    member = Member(
        doc=s.doc, start=s.start, end=s.end, chain=s.chain, origin=origin.id, stance=s.stance, gist=gist(s)
    )  # fmt: skip
    return Claim(
        id=claim_id([s]),
        statement=" ".join(texts[s.doc, s.start].split()),
        members=(member,),
        documents=1,
        origins=(origin,),
        about=tuple(sorted({*s.actors, *s.places})),
        when=_when(s.days),
        where=min(s.places, default=None),
    )


def _when(days: Iterable[Days]) -> str | None:
    """The date that is given most, of those the narrowest."""
    counts = counted(days)
    return edtf(min(counts, key=lambda d: (-counts[d], d[1] - d[0], d))) if counts else None


def counted(values: Iterable[T]) -> dict[T, int]:
    """How often each value comes; a plain dict is made much faster than a Counter, and millions are."""
    counts: dict[T, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def gist(s: Statement) -> Gist:
    own, around = ((), (*s.days, *s.context_days)) if s.loose else (s.days, s.context_days)
    numbers = tuple(Amount(low=n.low, high=n.high, unit=n.unit, approx=n.approx) for n in s.numbers)
    return Gist(
        predicates=s.predicates, main=s.main, numbers=numbers, when=tuple(edtf(d) for d in own),
        around=tuple(edtf(d) for d in around), actors=s.actors, places=s.places, negated=s.negated,
        denied=s.denied, because=s.because, purpose=s.purpose, effect=s.effect, aspects=s.aspects, part=s.part,
        echo=s.echo, reported=s.reported, again=AGAIN in s.tokens, oblique=s.oblique, dated=s.dated,
        terms=tuple([t for t in s.tokens if t[1:2] != ":"]),
    )  # fmt: skip


def _clearest(members: Sequence[Statement], texts: Mapping[tuple[str, int], str]) -> str:
    """The words of the member that says most of what the others say, in the fewest words."""
    counts = counted(t for s in members for t in s.tokens)
    best = max(
        members, key=lambda s: (not s.echo, sum(counts[t] - 1 for t in s.tokens) / (len(s.tokens) + 3), s.reported)
    )
    return " ".join(texts[best.doc, best.start].split())


def _digest(parts: Iterator[str] | Sequence[str]) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=6).hexdigest()


__all__ += ["Days", "Origin"]
