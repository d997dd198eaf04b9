"""Who copied whom: passages that stand in more than one text, what was changed in them, and who was first.

Runs of words that two texts share are found with one sort (`candidates`), chained and extended to passages (`chain`,
`extend`), weighed against set phrases and footers (`judge`, `boilerplate`), and compared word by word (`edits`,
`direction`). See docs/method/reuse.md.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
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
    Stands,
    Timex,
    Zone,
)
from riwaya.settings import Reuse
from riwaya.stage import Corpus, Reading, across
from riwaya.stages.reuse.clusters import Web, copies, in_short
from riwaya.stages.reuse.direction import About
from riwaya.stages.reuse.outcomes import Known, Weighed, changed, digests, encode, given, spread, stands
from riwaya.stages.reuse.search import Described, Parallel, Search
from riwaya.stages.reuse.spelled import InCase, silent_words, spelled
from riwaya.stages.reuse.strands import Strands
from riwaya.stages.reuse.wording import CUE, DATE, HEDGE, NAME, NUMBER, Phrase, as_words, wording

__all__ = ["boilerplate", "find", "reuse"]

PRINTS = 3
"""Documents of an outlet that have something from an agency, from which on the outlet is known to print it."""


@across(needs=(Sentence, Zone, Timex, Quantity, Mention, Attribution), gives=(Alignment, Cluster, Copy), version=12)
def reuse(corpus: Corpus) -> Iterator[Alignment | Cluster | Copy | Stands]:
    """Passages shared by documents, with edits, direction and reasons; clusters of them; and who copies whom."""
    ids, outlets, silent, of_texts = [], [], [], []
    counts, hashes = array("q"), bytearray()
    for text in corpus.over(spelled, (Zone,)):
        ids.append(text.doc)
        outlets.append(text.outlet)
        silent.append(silent_words(text))
        of_texts.append(text.digest)
        counts.append(len(text.digits))
        hashes += text.hashes
    words = np.frombuffer(hashes, dtype=np.uint64)
    strands = Strands(ids, np.array(counts, dtype=np.int64), words, InCase(corpus, ids))
    search = Search(strands, corpus.settings.reuse, corpus.parallel, outlets, silent)
    known = Acquaintance(corpus, {ids[i]: i for i in search.involved})

    kept = {kind.layer: keys for kind in (Alignment, Copy, Cluster) if (keys := corpus.given(kind)) is not None}
    as_given = len(kept) == 3  # else the case keeps what people decided, and not what was found
    before = (corpus.noted(Known) if as_given else None) or Known()
    due = list(digests(search, {i: of_texts[i] + known.digest(i) for i in known.about}))
    lefts = search.pairs[:, 0].tolist()
    now: dict[bytes, Weighed | None] = {}
    for left, digest in zip(lefts, due, strict=True):
        weighed = before.pairs.get(digest)
        now[digest] = weighed if weighed and stands(weighed, left, strands, kept) else None
        if weighed and now[digest] and weighed.outcome:
            yield from given(weighed.outcome)
    lacking = [number for number, digest in enumerate(due) if now[digest] is None]
    for one in search.compare(wording(corpus.lang), known.described, lacking) if lacking else ():
        said_of = spread(strands, lefts[one.number], one.first, one.stop)
        now[due[one.number]] = Weighed(one.first, one.stop, said_of, in_short(one.shared))
        if one.shared:
            yield from one.shared.alignments
            yield from copies(one.shared)
    made = {digest: weighed for digest, weighed in now.items() if weighed}

    gone = {node[0] for id, node in before.clusters.items() if id not in kept[Cluster.layer]}
    touched = changed(before.pairs, made) | gone
    web = Web(weighed.outcome for weighed in made.values() if weighed.outcome)
    reached = web.reached(touched)
    clusters = {id: n for id, n in before.clusters.items() if n[0] not in touched and n not in reached}
    yield from (Stands(Cluster.layer, id) for id in clusters)
    for cluster in web.clusters(reached):
        first = cluster.members[0]
        clusters[cluster.id] = (first.doc, first.start, first.end)
        yield cluster
    corpus.note(Known(made, clusters) if as_given else Known())


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
    tellers = {hop.name for a in reading.of(Attribution) for hop in a.chain if hop.kind == "agency" and hop.name}
    agencies = {p.name for name in tellers for p in outlets_named(name, reading.lang) if p.agency and p.name}
    about = About(doc.outlet, outlet.name if outlet else None, author, doc.published)
    return doc.id, Described(about, marks, tuple(sorted(agencies.union(author))))


LAYERS = (Timex, Quantity, Mention, Attribution)
"""What `described_by` reads."""


class Acquaintance:
    """What other stages know of the texts that take part, by number; their marks are read when they are compared."""

    def __init__(self, corpus: Corpus, involved: Mapping[str, int]) -> None:
        self.corpus, self.ids = corpus, {i: id for id, i in involved.items()}
        self.about: dict[int, About] = {}
        self._marks: dict[int, bytes] = {}
        counts: Counter[tuple[str, str]] = Counter()
        for id, found in corpus.over(described_by, LAYERS, ids=involved):
            i = involved[id]
            self.about[i] = found.about
            self._marks[i] = blake2b(encode((found.marks, found.agencies)), digest_size=8).digest()
            if found.about.outlet:
                counts.update((found.about.outlet, name) for name in found.agencies)
        self.feeds: dict[str | None, frozenset[str]] = {}
        """The agencies whose texts an outlet prints: those that several of its documents quote."""
        for (outlet, name), count in counts.items():
            if count >= PRINTS:
                self.feeds[outlet] = self.feeds.get(outlet, frozenset()) | {name}

    def described(self, texts: Sequence[int]) -> Iterator[Described]:
        """What is known of some texts, given in order."""
        for _, found in self.corpus.over(described_by, LAYERS, ids=[self.ids[i] for i in texts]):
            yield replace(found, about=self._fed(found.about))

    def digest(self, text: int) -> bytes:
        return self._marks[text] + encode(self._fed(self.about[text]))

    def _fed(self, about: About) -> About:
        return replace(about, feeds=self.feeds[about.outlet]) if about.outlet in self.feeds else about


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
        found = sorted(search.compare(known.result()), key=lambda pair: pair.number)
        return [a for pair in found if pair.shared for a in pair.shared.alignments]


def boilerplate(
    texts: Mapping[str, str], outlets: Mapping[str, str | None] | None = None, lang: Lexicon = arabic
) -> list[Passage]:
    """What is left out of the comparison because an outlet prints it with all its articles.

    `outlets` says by whom a text is; texts by nobody known count as by one outlet.
    """
    search = _search(dict(texts), None, lang, map, outlets or {})
    words = search.boilerplate
    docs = np.searchsorted(search.strands.bounds, words, side="right") - 1
    found: list[Passage] = []
    for i in np.unique(docs).tolist():
        own = search.strands.shelf.words([i])
        inside = words[docs == i] - search.strands.bounds[i]
        runs = np.split(inside, np.flatnonzero(np.diff(inside) != 1) + 1)
        ends = [(int(own.starts[run[0]]), int(own.ends[run[-1]])) for run in runs]
        found += [Passage(doc=search.ids[i], start=start, end=end) for start, end in ends]
    return found


def _search(
    texts: dict[str, str], settings: Reuse | None, lang: Lexicon, parallel: Parallel, outlets: Mapping[str, str | None]
) -> Search:
    ids = sorted(texts)
    strands = Strands.of(ids, [texts[id] for id in ids], lang.fold, parallel)
    return Search(strands, settings or Reuse(), parallel, [outlets.get(id) for id in ids])
