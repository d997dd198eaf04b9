"""Names that the case has learned, found where no title and no head stands beside them.

One document says «كتائب وردوكة» or «العقيد هلموت فيندلاور»; another only «وردوكة» or «هلموت فيندلاور». Taught are names
that the names stage found by the words beside them and that nobody can take for an ordinary word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec import Struct

from riwaya.lang.ar.clitics import splits
from riwaya.stage import Corpus, Reading
from riwaya.stages.entities.local import GLUED, Local, Tables
from riwaya.text.span import Span

__all__ = ["Learned", "lessons", "relearned"]

Lesson = tuple[str, str]
"""The key of the bearer and its kind."""
TAUGHT = ("ar/names/place", "ar/names/group", "ar/names/outlet", "ar/names/person", "ar/names/apposition")
SHORT = 4
"""A name of one word and fewer letters teaches nothing."""


def lessons(found: Iterable[Local], knows: Tables) -> dict[tuple[str, ...], Lesson]:
    """The names to look for, by folded words; a name with two bearers is left out."""
    bearers: dict[tuple[str, ...], set[Lesson]] = defaultdict(set)
    seen: Counter[tuple[str, ...]] = Counter()

    @cache
    def words_of(text: str) -> tuple[str, ...]:
        return tuple(knows.lang.fold(text).replace('"', " ").split())

    for local in found:
        if local.level != "name" or not local.rule.endswith(TAUGHT) or local.key.startswith(("rule:", "here:")):
            continue
        words = words_of(local.text)
        role, length = knows.class_of(words)
        if role in ("outside", "group") and len(words) > length:
            words = words[length:]
        if _sure(words, local.kind, knows):
            bearers[words].add((local.key, local.kind))
            seen[words] += 1
    # One word may be a slip; it is believed from the second time on.
    sure = {words for words, count in seen.items() if count > 1 or len(words) > 1}
    return {words: next(iter(keys)) for words, keys in bearers.items() if len(keys) == 1 and words in sure}


def _sure(words: tuple[str, ...], kind: str, knows: Tables) -> bool:
    """Can the name be told without the words beside it?"""
    if len(words) > 1:
        return any(word not in knows.common for word in words)
    return kind != "person" and len(words[0]) >= SHORT and words[0] not in knows.common


class Heads(dict[str, tuple[tuple[str, str, tuple[int, ...]], ...]]):
    """For every folded word the taught names that may begin with it: its clitic, their first word and lengths, the
    longest first. Each word of the language is looked at once; most begin no name."""

    def __init__(self, taught: Iterable[tuple[str, ...]]) -> None:
        self.lengths: dict[str, list[int]] = defaultdict(list)
        for words in sorted(taught, key=len, reverse=True):
            if len(words) not in self.lengths[words[0]]:
                self.lengths[words[0]].append(len(words))

    def __missing__(self, norm: str) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
        parts = splits(norm) if norm[:1] in "وفبلك" else (("", norm),)
        self[norm] = tuple((c, rest, tuple(self.lengths[rest])) for c, rest in parts if rest in self.lengths)
        return self[norm]


def found_again(
    reading: Reading, taken: Iterable[Local], taught: Mapping[tuple[str, ...], Lesson], heads: Heads
) -> list[Local]:
    """The taught names in a document, where no mention stands yet."""
    words = reading.words
    norms = words.norms
    spans = [Span(local.start, local.end) for local in taken]
    result: list[Local] = []
    for i, norm in enumerate(norms):
        if not (starts := heads[norm]) or (i and (norms[i - 1] in GLUED or norms[i - 1] == "بن")):
            continue  # «بن محمد …» is the rest of another name
        for clitic, rest, lengths in starts:
            for length in lengths:
                lesson = taught.get((rest, *norms[i + 1 : i + length]))
                if lesson is None or i + length > len(norms):
                    continue
                span = words.span(i, i + length - 1, len(clitic) if norm.endswith(rest) else 0)
                if not any(span.overlaps(other) for other in spans):
                    text = span.of(reading.doc.text)
                    rule = "ar/names/case"
                    result.append(
                        Local(span.start, span.end, lesson[1], "name", rule, text, lesson[0], "known from the case")
                    )
                    spans.append(span)
                break
    return sorted(result, key=lambda local: local.start)


class Learned(Struct, frozen=True):
    """What the names that the case taught gave in each document, and what that was made from."""

    taught: dict[str, Lesson] = {}
    """The lessons, by the words with blanks between them."""
    versions: dict[str, bytes] = {}
    """Of each document a digest of its text and of its own mentions."""
    again: dict[str, list[Local]] = {}


def relearned(
    corpus: Corpus,
    found: Mapping[str, Sequence[Local]],
    versions: dict[str, bytes],
    taught: Mapping[tuple[str, ...], Lesson],
) -> Learned:
    """The taught names in all documents; read are those that are new, or may hold a name whose lesson changed."""
    before = corpus.noted(Learned) or Learned()
    now = {" ".join(words): lesson for words, lesson in taught.items()}
    other = {words for words, _ in now.items() ^ before.taught.items()}
    reread = {doc for doc, version in versions.items() if before.versions.get(doc) != version}
    if len(reread) < len(versions):
        reread.update(corpus.holding(tuple(words.split(" ")) for words in sorted(other)))
    again = {doc: some for doc, some in before.again.items() if doc in versions and doc not in reread}
    heads = Heads(taught)
    for reading in corpus.readings(reread) if taught else ():
        if more := found_again(reading, found[reading.doc.id], taught, heads):
            again[reading.doc.id] = more
    return Learned(now, versions, again)
