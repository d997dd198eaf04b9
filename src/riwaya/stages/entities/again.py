"""Names that the case has learned, found where no title and no head stands beside them.

One document says «كتائب وردوكة» or «العقيد هلموت فيندلاور»; another only «وردوكة» or «هلموت فيندلاور». Taught are names
that the names stage found by the words beside them and that nobody can take for an ordinary word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from riwaya.lang.ar.clitics import splits
from riwaya.stage import Corpus, Reading
from riwaya.stages.entities.local import GLUED, Local, Tables
from riwaya.text.span import Span

__all__ = ["Lesson", "Lessons", "relearned"]

Lesson = tuple[str, str]
"""The key of the bearer and its kind."""
TAUGHT = ("ar/names/place", "ar/names/group", "ar/names/outlet", "ar/names/person", "ar/names/apposition")
SHORT = 4
"""A name of one word and fewer letters teaches nothing."""


class Lessons:
    """The names to look for, by folded words with blanks between, and how often each bearer of them was seen."""

    def __init__(self, seen: Mapping[str, list[tuple[str, str, int]]], knows: Tables) -> None:
        self.knows = knows
        self.seen = {words: Counter({row[:2]: row[2] for row in rows}) for words, rows in seen.items()}
        self._words: dict[str, tuple[str, ...]] = {}

    def learn(self, found: Iterable[Local]) -> None:
        for local in found:
            if local.level != "name" or not local.rule.endswith(TAUGHT) or local.key.startswith(("rule:", "here:")):
                continue
            words = self._words_of(local.text)
            role, length = self.knows.class_of(words)
            if role in ("outside", "group") and len(words) > length:
                words = words[length:]
            if _sure(words, local.kind, self.knows):
                self.seen.setdefault(" ".join(words), Counter())[local.key, local.kind] += 1

    @property
    def taught(self) -> dict[str, Lesson]:
        """A name with two bearers is left out; one word may be a slip, and is believed from the second time on."""
        return {
            words: next(iter(bearers))
            for words, bearers in self.seen.items()
            if len(bearers) == 1 and (bearers.total() > 1 or " " in words)
        }

    @property
    def rows(self) -> dict[str, list[tuple[str, str, int]]]:
        return {words: [(*bearer, count) for bearer, count in some.items()] for words, some in self.seen.items()}

    def _words_of(self, text: str) -> tuple[str, ...]:
        if text not in self._words:
            self._words[text] = tuple(self.knows.lang.fold(text).replace('"', " ").split())
        return self._words[text]


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


def relearned(
    corpus: Corpus,
    own: Callable[[Collection[str]], Iterable[Sequence[Local]]],
    docs: Collection[str],
    new: Collection[str],
    taught: Mapping[str, Lesson],
    before: Mapping[str, Lesson],
    found_before: Mapping[str, list[Local]],
) -> dict[str, list[Local]]:
    """The taught names in all documents; read are those that are new, or may hold a name whose lesson changed.

    `own` gives the mentions that documents have by themselves; `before` and `found_before` are of the last build.
    """
    reread = set(new)
    if len(reread) < len(docs):
        other = {words for words, _ in taught.items() ^ before.items()}
        reread.update(corpus.holding(tuple(words.split(" ")) for words in sorted(other)))
    again = {doc: some for doc, some in found_before.items() if doc in docs and doc not in reread}
    by_words = {tuple(words.split(" ")): lesson for words, lesson in taught.items()}
    heads = Heads(by_words)
    for reading, taken in zip(corpus.readings(reread), own(reread), strict=True) if taught else ():
        if more := found_again(reading, taken, by_words, heads):
            again[reading.doc.id] = more
    return again
