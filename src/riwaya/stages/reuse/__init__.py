"""Who copied whom: passages that stand in more than one text, what was changed in them, and who was first.

Runs of words that two texts share are found with one sort (`candidates`), chained and extended to passages (`chain`,
`extend`), weighed against set phrases and footers (`judge`, `boilerplate`), and compared word by word (`edits`,
`direction`). See docs/method/reuse.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from riwaya.garbage import uncollected
from riwaya.lang.ar import arabic
from riwaya.lang.lexicon import Lexicon
from riwaya.model import (
    Alignment,
    Attribution,
    Cluster,
    Copy,
    Mention,
    Passage,
    Quantity,
    Sentence,
    Timex,
    Zone,
)
from riwaya.settings import Reuse
from riwaya.stage import Corpus, Reading, across
from riwaya.stages.reuse.clusters import clusters, copies
from riwaya.stages.reuse.direction import About
from riwaya.stages.reuse.outcomes import Outcomes, outcomes
from riwaya.stages.reuse.search import Described, Parallel, Search
from riwaya.stages.reuse.spelled import encoded, spelled
from riwaya.stages.reuse.wording import CUE, DATE, HEDGE, NAME, NUMBER, Phrase, as_words, wording

__all__ = ["boilerplate", "find", "reuse"]

PRINTS = 3
"""Documents of an outlet that credit an agency as a whole, from which on the outlet is known to print it."""


@across(needs=(Sentence, Zone, Timex, Quantity, Mention, Attribution), gives=(Alignment, Cluster, Copy), version=11)
def reuse(corpus: Corpus) -> Iterator[Alignment | Cluster | Copy]:
    """Passages shared by documents, with edits, direction and reasons; clusters of them; and who copies whom."""
    said = list(corpus.over(spelled, (Zone,)))
    ids, outlets, silent = [s.doc for s in said], [s.outlet for s in said], [s.silent for s in said]
    words = encoded(said)
    search = Search(ids, (), corpus.lang, corpus.settings.reuse, corpus.parallel, outlets, silent, words)
    known = wording(corpus.lang)
    involved = {ids[i]: i for i in search.involved}
    layers = (Timex, Quantity, Mention, Attribution)
    described = fed({involved[id]: about for id, about in corpus.over(described_by, layers, ids=involved)})

    def texts(some: Iterable[int]) -> dict[int, str]:
        return {involved[reading.doc.id]: reading.doc.text for reading in corpus.readings(ids[i] for i in some)}

    compared = outcomes(search, known, [s.digest for s in said], described, corpus.noted(Outcomes), texts)
    corpus.note(compared)
    found = compared.found
    for pair in found:
        yield from pair.alignments
    yield from clusters(found)
    yield from copies(found)


def described_by(reading: Reading, _: Sequence[Any] = ()) -> tuple[str, Described]:
    """What earlier stages found in a document, for the typing of edits and the direction."""
    doc = reading.doc
    marks = [(t.start, t.end, DATE) for t in reading.of(Timex)]
    marks += [(q.start, q.end, NUMBER) for q in reading.of(Quantity)]
    marks += [(m.start, m.end, NAME) for m in reading.of(Mention) if m.level == "name"]
    for a in reading.of(Attribution):
        marks += [(s.start, s.end, CUE) for s in (a.cue, a.cue_closing) if s]
        marks += [(s.start, s.end, HEDGE) for s in a.certainty]
    outlet = next(iter(outlets_named(doc.outlet or "", reading.lang)), None)
    author = tuple(p.name for p in outlets_named(doc.author or "", reading.lang) if p.agency and p.name)
    hops = {(hop.kind, hop.hop, hop.name) for a in reading.of(Attribution) for hop in a.chain}
    agencies = {name for kind, hop, name in hops if kind == "agency" and hop in ("dateline", "byline", "credit")}
    about = About(doc.outlet, outlet.name if outlet else None, author, doc.published)
    return doc.id, Described(about, marks, tuple(sorted(agencies.union(author))))


def fed(described: Mapping[int, Described]) -> dict[int, Described]:
    """Each document with the agencies whose texts its outlet prints, as the credits of its documents tell."""
    counts = Counter((d.about.outlet, name) for d in described.values() if d.about.outlet for name in d.agencies)
    feeds: dict[str | None, frozenset[str]] = {}
    for (outlet, name), count in counts.items():
        if count >= PRINTS:
            feeds[outlet] = feeds.get(outlet, frozenset()) | {name}
    return {
        i: replace(d, about=replace(d.about, feeds=feeds[d.about.outlet])) if d.about.outlet in feeds else d
        for i, d in described.items()
    }


@lru_cache(maxsize=4096)
def outlets_named(line: str, lang: Lexicon) -> list[Phrase]:
    """The outlets and agencies that a line of metadata names."""
    return [p for _, p in wording(lang).find(as_words([line], lang.fold)[0]) if p.name] if line else []


def find(
    texts: Sequence[str] | Mapping[str, str],
    settings: Reuse | None = None,
    lang: Lexicon = arabic,
    parallel: Parallel = map,
) -> list[Alignment]:
    """The passages that texts share, without a case.

    >>> shared = "وأعلنت وزارة الري أن منسوب المياه في السد ارتفع ثلاثة أمتار منذ مساء الأحد بسبب الأمطار الغزيرة"
    >>> [found] = find({"dima": shared + ".", "rayat": "قالت مصادر محلية: " + shared + ". وغمرت المياه الحقول."})
    >>> found.left.doc, found.right.doc, found.kind
    ('dima', 'rayat', 'verbatim')

    `texts` is a list, whose texts are called "0", "1", …, or a mapping from ids to texts. `parallel` is a `map` over
    processes, such as that of a `multiprocessing.Pool`. Sorted by pair and place; the result does not depend on the
    order of the texts.
    """
    named = dict(texts) if isinstance(texts, Mapping) else {str(i): text for i, text in enumerate(texts)}
    with uncollected(), ThreadPoolExecutor(1) as beside:
        known = beside.submit(wording, lang)  # the tables are read while other processes cut the texts
        search = _search(named, settings, lang, parallel, {})
        return [a for pair in search.compare(known.result()) for a in pair.alignments]


def boilerplate(
    texts: Mapping[str, str], outlets: Mapping[str, str | None] | None = None, lang: Lexicon = arabic
) -> list[Passage]:
    """What is left out of the comparison because an outlet prints it with all its articles.

    `outlets` says by whom a text is; texts by nobody known count as by one outlet.
    """
    search = _search(dict(texts), None, lang, map, outlets or {})
    return [Passage(doc=search.ids[i], start=start, end=end) for i, start, end in search.silenced]


def _search(
    texts: dict[str, str], settings: Reuse | None, lang: Lexicon, parallel: Parallel, outlets: Mapping[str, str | None]
) -> Search:
    ids = sorted(texts)
    return Search(ids, [texts[id] for id in ids], lang, settings or Reuse(), parallel, [outlets.get(id) for id in ids])
