"""The entities stage: the same who and where, inside a document and across the case.

Inside a document the full name explains the surname, the office and the nominal (`local.py`); across documents
names, table entries and variants of spelling are joined (`merge.py`). Every merge keeps its reason, what is doubtful
stays apart and is a question for the analyst. See docs/method/names.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct

from riwaya.lang.gazetteer import Known as Listed
from riwaya.lang.own import own_names
from riwaya.model import Entity, Mention, Name, Naming, Reason, Stands
from riwaya.stage import Corpus, Reading, across
from riwaya.stages.entities.again import Lesson, Lessons, relearned
from riwaya.stages.entities.local import Local, Tables, resolve, tables
from riwaya.stages.entities.merge import merges, questions
from riwaya.stages.entities.tallies import Entry, Row, Tallies, merged

__all__ = ["entities"]

PREFIX = {"person": "per", "organisation": "org", "place": "place", "anonymous": "anon"}
MOST_REASONS = 12


class Known(Struct, frozen=True):
    """What the stage keeps of the case for the next build."""

    docs: dict[str, bytes] = {}
    """Of each document a digest of its text and mentions."""
    entries: dict[str, Entry] = {}
    seen: dict[str, list[tuple[str, str, int]]] = {}
    taught: dict[str, Lesson] = {}
    """See `again`."""
    again: dict[str, list[Local]] = {}
    """The mentions that were learned from other documents."""
    joined: dict[str, str] = {}
    """The keys that mean the same as others."""
    ids: dict[str, str] = {}
    """The entities of those that others were joined to, and of all the rest."""
    made: dict[str, bytes] = {}
    """Of each entity of several keys, or with reasons, a digest of these."""
    stood: bool = False
    """Did the case keep what the stage gave?"""

    def whom(self, key: str) -> str | None:
        """The entity that a key meant."""
        return self.ids.get(self.joined.get(key, key))


@across(needs=(Mention,), gives=(Entity, Naming), version=4)
def entities(corpus: Corpus) -> Iterator[Entity | Naming | Stands]:
    """The entities of the case, then for every mention whom it means."""
    knows = tables(corpus.lang, own_names(corpus.settings.names.own))
    before = corpus.noted(Known) or Known()
    said = count(corpus, knows, before)
    entries = said.tallies.entries
    counts = {key: entries[key].count for key in said.tallies.in_order()}
    joined: dict[str, str] = {}
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for merge in merges(counts, knows.names):
        joined[merge.key] = merge.into
        reasons[merge.into].append(merge.reason)
    parts: dict[str, list[str]] = {}
    for key in counts:
        parts.setdefault(_end(key, joined), []).append(key)
    for key, asked in questions(set(parts)).items():
        reasons[key] += asked

    kept = {kind: corpus.given(kind) for kind in (Entity, Naming)}
    as_given = all(keys is not None for keys in kept.values())
    standing = (kept[Entity] or ()) if as_given and before.stood else ()
    made = {k: _digest(own, reasons.get(k, ())) for k, own in parts.items() if len(own) > 1 or k in reasons}
    stand = {
        key
        for key, own in parts.items()
        if before.ids.get(key) in standing
        and made.get(key) == before.made.get(key)
        and said.tallies.changed.isdisjoint(own)
    }
    kinds = {key: _kinds(_rows(said.tallies, own)) for key, own in parts.items() if key not in stand}
    ids = {key: before.ids[key] if key in stand else _id(key, kinds[key]) for key in parts}
    alone = Counter(ids.values())
    known = knows.gazetteer.by_rule
    for key in sorted(parts, key=lambda key: ids[key]):
        if key in stand and alone[ids[key]] == 1:
            yield Stands(Entity.layer, ids[key])
        else:
            rows = _rows(said.tallies, parts[key])
            yield _entity(ids[key], key, rows, kinds.get(key) or _kinds(rows), reasons.get(key, []), known)

    whom = {key: ids[end] for end, own in parts.items() for key in own}
    moved = [key for key in entries if whom[key] != (before.whom(key) or whom[key])]
    anew = said.changed.union(*(said.tallies.of(key).docs for key in moved)) if before.stood else set(said.docs)
    standing = (kept[Naming] or ()) if as_given and before.stood else ()
    told = set(anew)
    for doc in said.docs:
        if doc in standing and doc not in anew:
            yield Stands(Naming.layer, doc)
        elif doc not in standing:
            told.add(doc)
    for doc, _, _, own in corpus.over(resolved, (Mention,), ids=told):
        for local in merged(own, said.again.get(doc, ())):
            yield Naming(
                doc=doc, start=local.start, end=local.end, entity=whom[local.key], kind=local.kind,  # type: ignore[arg-type]  # both come from a Mention
                level=local.level, rule=local.rule,  # type: ignore[arg-type]
            )  # fmt: skip
    ends = {key: end for end, own in parts.items() for key in own if key != end}
    corpus.note(Known(said.docs, entries, said.lessons.rows, said.taught, said.again, ends, ids, made, as_given))


class Said:
    """The mentions of all documents, counted; `changed` are the documents with others than before."""

    def __init__(self, lessons: Lessons, tallies: Tallies) -> None:
        self.lessons, self.tallies = lessons, tallies
        self.docs: dict[str, bytes] = {}
        self.changed: set[str] = set()
        self.taught: dict[str, Lesson] = {}
        self.again: dict[str, list[Local]] = {}


def count(corpus: Corpus, knows: Tables, before: Known) -> Said:
    """Counts what is new; all anew where a document was taken out, or is another than it was."""
    said = Said(Lessons(before.seen, knows), Tallies(before.entries))
    for doc, digest, answer in corpus.renewed(resolved, (Mention,), before.docs):
        said.docs[doc] = digest
        if answer is not None:
            if doc in before.docs:
                return count(corpus, knows, Known())
            said.changed.add(doc)
            said.lessons.learn(answer[3])
    if not before.docs.keys() <= said.docs.keys():
        return count(corpus, knows, Known())

    def own(docs: Collection[str]) -> Iterator[list[Local]]:
        return (found for _, _, _, found in corpus.over(resolved, (Mention,), ids=docs))

    said.taught = said.lessons.taught
    said.again = relearned(corpus, own, said.docs, said.changed, said.taught, before.taught, before.again)
    touched = {doc for doc in said.again.keys() | before.again.keys() if said.again.get(doc) != before.again.get(doc)}
    said.changed |= touched
    for doc, outlet, _, found in corpus.over(resolved, (Mention,), ids=said.changed):
        if doc in before.docs:
            said.tallies.remove(doc, outlet, merged(found, before.again.get(doc, ())))
        said.tallies.add(doc, outlet, merged(found, said.again.get(doc, ())))
    said.tallies.close()
    return said


def _digest(own: Sequence[str], reasons: Sequence[Reason]) -> bytes:
    return blake2b(msgspec.msgpack.encode((own, reasons)), digest_size=8).digest()


def _rows(tallies: Tallies, keys: Iterable[str]) -> Counter[Row]:
    """The mentions of some keys together."""
    rows: Counter[Row] = Counter()
    for key in keys:
        rows.update(tallies.of(key).counted())
    return rows


def _kinds(rows: Counter[Row]) -> Counter[tuple[str, str]]:
    kinds: Counter[tuple[str, str]] = Counter()
    for (_, _, kind, level, _), number in rows.items():
        kinds[kind, level] += number
    return kinds


def resolved(reading: Reading, _: Sequence[Any] = ()) -> tuple[str, str, bytes, list[Local]]:
    """A document, its outlet, a digest of its text and of what follows: whom its mentions mean within it."""
    found, text = resolve(reading), reading.doc.text.encode("utf-8", "surrogatepass")
    version = blake2b(text + b"\0" + msgspec.msgpack.encode(found), digest_size=8).digest()
    return reading.doc.id, reading.doc.outlet or "", version, found


def _end(key: str, joined: Mapping[str, str]) -> str:
    while key in joined:
        key = joined[key]
    return key


def _kind(kinds: Counter[tuple[str, str]]) -> str:
    total: Counter[str] = Counter()
    for (kind, level), count in kinds.items():
        total[kind] += count * (2 if level == "name" else 1)
    return max(sorted(total), key=lambda kind: total[kind])


def _id(key: str, kinds: Counter[tuple[str, str]]) -> str:
    """An id from the content: the name of the table entry, else a digest of the key."""
    kind = PREFIX[_kind(kinds)]
    if key.startswith("rule:") and key.isascii():
        return f"{kind}-{key.rsplit('/', 1)[-1].replace('#', '-')}"
    if key.startswith("force:"):
        _, role, country = key.split(":")
        return f"{kind}-{role}-{country.lower()}"
    return f"{kind}-{blake2b(key.encode(), digest_size=5).hexdigest()}"


def _seen(rows: Counter[Row]) -> list[Reason]:
    """Why the mentions were joined, and how many for each reason."""
    whys: Counter[str] = Counter()
    for (*_, why), count in rows.items():
        whys[why] += count
    return [Reason(kind="resolved", detail=f"{why} ({count})", weight=1.0) for why, count in sorted(whys.items())]


def _entity(
    id: str,
    key: str,
    rows: Counter[Row],
    kinds: Counter[tuple[str, str]],
    reasons: list[Reason],
    known: Mapping[str, Listed],
) -> Entity:
    table = known.get(key.removeprefix("rule:"))
    whole = known.get(key.removeprefix("place:").split(" ", 1)[-1]) if key.startswith("place:") else table
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for (text, outlet, *_), count in rows.items():
        counts[text][outlet] = counts[text].get(outlet, 0) + count
    names = sorted(counts, key=lambda text: (-sum(counts[text].values()), text))
    longest = max(
        names, key=lambda text: (len(text.split()) if len(text) < 60 else 0, sum(counts[text].values()), text)
    )
    return Entity(
        entity=id,
        kind=_kind(kinds),  # type: ignore[arg-type]  # a key of PREFIX
        name=table.name if table is not None else longest,
        name_en=table.name_en if table is not None else None,
        names=tuple(Name(text=text, counts=dict(sorted(counts[text].items()))) for text in names),
        lat=whole.lat if whole is not None else None,
        lon=whole.lon if whole is not None else None,
        precision=(whole.precision if whole is table else "region") if whole is not None else None,
        wikidata=table.wikidata if table is not None else None,
        reasons=tuple([*_seen(rows), *reasons][:MOST_REASONS]),
    )
