"""The entities stage: the same who and where, inside a document and across the case.

Inside a document the full name explains the surname, the office and the nominal (`local.py`); across documents
names, table entries and variants of spelling are joined (`merge.py`). Every merge keeps its reason, what is doubtful
stays apart and is a question for the analyst. See docs/method/names.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from riwaya.lang.gazetteer import Known
from riwaya.lang.own import own_names
from riwaya.model import Entity, Mention, Name, Naming, Reason
from riwaya.stage import Corpus, Reading, across
from riwaya.stages.entities.again import lessons, relearned
from riwaya.stages.entities.local import Local, resolve, tables
from riwaya.stages.entities.merge import merges, questions

__all__ = ["entities"]

PREFIX = {"person": "per", "organisation": "org", "place": "place", "anonymous": "anon"}
MOST_REASONS = 12


@across(needs=(Mention,), gives=(Entity, Naming), version=4)
def entities(corpus: Corpus) -> Iterator[Entity | Naming]:
    """The entities of the case, then for every mention whom it means."""
    knows = tables(corpus.lang, own_names(corpus.settings.names.own))
    found: dict[str, list[Local]] = {}
    outlets: dict[str, str] = {}
    versions: dict[str, bytes] = {}
    for doc, outlet, version, locals_ in corpus.over(resolved, (Mention,)):
        found[doc], outlets[doc], versions[doc] = locals_, outlet, version
    taught = lessons((local for locals_ in found.values() for local in locals_), knows)
    learned = relearned(corpus, found, versions, taught)
    corpus.note(learned)
    for doc, more in learned.again.items():
        found[doc] = sorted([*found[doc], *more], key=lambda local: (local.start, local.end))
    counts = Counter(local.key for locals_ in found.values() for local in locals_)
    joined: dict[str, str] = {}
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for merge in merges(counts, knows.names):
        joined[merge.key] = merge.into
        reasons[merge.into].append(merge.reason)
    final = {key: _end(key, joined) for key in counts}
    for key, asked in questions(set(final.values())).items():
        reasons[key] += asked
    forms: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    kinds: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    whys: dict[str, Counter[str]] = defaultdict(Counter)
    for doc, locals_ in found.items():
        for local in locals_:
            key = final[local.key]
            forms[key][" ".join(local.text.split()), outlets[doc]] += 1
            kinds[key][local.kind, local.level] += 1
            whys[key][local.why] += 1
    known = knows.gazetteer.by_rule
    ids = {key: _id(key, kinds[key]) for key in forms}
    for key in sorted(forms, key=lambda key: ids[key]):
        yield _entity(ids[key], key, forms[key], kinds[key], [*_seen(whys[key]), *reasons[key]], known)
    for doc in sorted(found):
        for local in found[doc]:
            yield Naming(
                doc=doc, start=local.start, end=local.end, entity=ids[final[local.key]], kind=local.kind,  # type: ignore[arg-type]  # both come from a Mention
                level=local.level, rule=local.rule,  # type: ignore[arg-type]
            )  # fmt: skip


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


def _seen(whys: Counter[str]) -> list[Reason]:
    """Why the mentions were joined, and how many for each reason."""
    return [Reason(kind="resolved", detail=f"{why} ({count})", weight=1.0) for why, count in sorted(whys.items())]


def _entity(
    id: str,
    key: str,
    forms: Counter[tuple[str, str]],
    kinds: Counter[tuple[str, str]],
    reasons: list[Reason],
    known: Mapping[str, Known],
) -> Entity:
    table = known.get(key.removeprefix("rule:"))
    whole = known.get(key.removeprefix("place:").split(" ", 1)[-1]) if key.startswith("place:") else table
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for (text, outlet), count in forms.items():
        counts[text][outlet] = count
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
        reasons=tuple(reasons[:MOST_REASONS]),
    )
