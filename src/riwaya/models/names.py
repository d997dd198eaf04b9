"""Names that a token-classification model sees: a label per token becomes stretches of text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

import numpy as np

from riwaya.errors import InvalidSettings
from riwaya.models.folder import Folder

__all__ = ["Named", "Tagger", "tagger"]

Kind = Literal["person", "organisation", "place"]

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("PER", "PERS", "PERSON"), "person"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION"), "organisation"),
    **dict.fromkeys(("LOC", "LOCATION", "GPE", "FAC"), "place"),
}
"""Labels of the usual schemes; others, such as MISC, are no names of ours."""


class Named(NamedTuple):
    """A name in a text: code points, and the least sure of its words."""

    start: int
    end: int
    kind: Kind
    score: float


class Tagger:
    """A token-classification model in a folder."""

    def __init__(self, path: str) -> None:
        self.folder = Folder(path)
        labels = self.folder.config.get("id2label")
        if not isinstance(labels, dict) or not any(_kind(str(label)) for label in labels.values()):
            raise InvalidSettings(f"The model in {path} names no persons, organisations or places in its id2label.")
        self.labels = {int(number): str(label) for number, label in labels.items()}
        self.tokenizer = self.folder.tokenizer()
        self.network = self.folder.network()

    @property
    def rule(self) -> str:
        return self.folder.rule

    def tag(self, text: str) -> Iterator[Named]:
        """The names of a stretch of text, in order. Longer ones than the network takes are given to it in pieces."""
        encoding = self.tokenizer.encode(text)
        words = [
            (*offsets, label, score)
            for ids, these in self._pieces(encoding)
            for offsets, label, score in self._labelled(ids, these)
        ]
        yield from joined(words)

    def _pieces(self, encoding: object) -> Iterator[tuple[list[int], list[tuple[tuple[int, int], int | None]]]]:
        ids, offsets, words = encoding.ids, encoding.offsets, encoding.word_ids  # type: ignore[attr-defined]
        size = self.folder.longest
        for start in range(0, len(ids), size):
            piece = slice(start, start + size)
            yield ids[piece], list(zip(offsets[piece], words[piece], strict=True))

    def _labelled(
        self, ids: list[int], tokens: list[tuple[tuple[int, int], int | None]]
    ) -> Iterator[tuple[tuple[int, int], str, float]]:
        """Each word of a piece with the label of its first token."""
        logits = self.network(np.array(ids, dtype=np.int64)).astype(np.float64)
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        best = odds.argmax(axis=1)
        word, start, end, at = None, 0, 0, -1
        for number, ((first, last), of) in enumerate(tokens):
            if of is None:
                continue
            if of != word:
                if at >= 0:
                    yield (start, end), self.labels[int(best[at])], float(odds[at, best[at]])
                word, start, at = of, first, number
            end = last
        if at >= 0:
            yield (start, end), self.labels[int(best[at])], float(odds[at, best[at]])


def joined(words: list[tuple[int, int, str, float]]) -> Iterator[Named]:
    """Words of one name together: B- opens one, and I- of the same kind goes on.

    >>> list(joined([(0, 4, "B-PER", 0.9), (5, 9, "I-PER", 0.8), (10, 12, "O", 1.0), (13, 17, "B-LOC", 0.7)]))
    [Named(start=0, end=9, kind='person', score=0.8), Named(start=13, end=17, kind='place', score=0.7)]
    """
    now: Named | None = None
    for start, end, label, score in words:
        kind = _kind(label)
        if now and kind == now.kind and not label.startswith("B-"):
            now = Named(now.start, end, now.kind, min(now.score, score))
            continue
        if now:
            yield now
        now = Named(start, end, kind, score) if kind else None
    if now:
        yield now


def _kind(label: str) -> Kind | None:
    return KINDS.get(label.partition("-")[2] or label)


@cache
def tagger(path: str) -> Tagger:
    """The model of a folder, loaded once a process."""
    return Tagger(path)
