"""Names that a trained model proposes, where the analyst has given one: they fill what the rules left empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riwaya.model import Sentence
from riwaya.models.names import Tagger
from riwaya.stages.names.page import Find, Page
from riwaya.text.span import Span

RANK = -1
"""Below every other find: a rule can say why, a model cannot."""


def proposed(page: Page, tagger: Tagger, least: float, finds: Sequence[Find]) -> Iterator[Find]:
    """The model's names of which it is sure enough and no word is taken."""
    taken = {i for find in finds for i in range(find.first, find.last + 1)} | page.times
    text = page.reading.doc.text
    stretches = [(sentence.start, sentence.end) for sentence in page.reading.of(Sentence)] or [(0, len(text))]
    for first, last in stretches:
        for named in tagger.tag(text[first:last]):
            words = page.words.within(Span(first + named.start, first + named.end))
            if named.score >= least and words and taken.isdisjoint(words):
                yield Find(words[0], words[-1], _clitic(page, words[0]), named.kind, "name", tagger.rule, RANK)


def _clitic(page: Page, i: int) -> int:
    """How many letters of a word are a clitic, where what remains is known."""
    return page.splits[i][0].skip if page.splits[i] else 0
