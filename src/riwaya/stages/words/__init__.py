"""What a text is made of: sentences, stretches that are not prose, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from riwaya.lang.ar import arabic
from riwaya.model import Masthead, Sentence, Zone
from riwaya.stage import Reading, each
from riwaya.stages.words.layout import blocks
from riwaya.stages.words.splitter import splitter_for
from riwaya.text.span import Span
from riwaya.text.view import View

__all__ = ["sentences", "words"]


@each(gives=(Zone, Masthead, Sentence), version=1)
def words(reading: Reading) -> Iterator[Zone | Masthead | Sentence]:
    """Cuts a document into sentences and zones."""
    view = reading.view
    cut = splitter_for(reading.lang).cut
    places = [place for block in blocks(view) for place in cut(view, block.start, block.end)]
    for start, end in to_source(view, places):
        yield Sentence(doc=reading.doc.id, start=start, end=end)


def sentences(text: str) -> list[Span]:
    """The sentences of an Arabic text.

    >>> text = "انهار السد. وقال شهود: «لم نسمع شيئاً»"
    >>> [span.of(text) for span in sentences(text)]
    ['انهار السد.', 'وقال شهود: «لم نسمع شيئاً»']
    """
    view = View(text, arabic.fold)
    cut = splitter_for(arabic).cut
    places = [place for block in blocks(view) for place in cut(view, block.start, block.end)]
    return [Span(start, end) for start, end in to_source(view, places)]


def to_source(view: View, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Many places of the view in the source at once."""
    pairs = np.array(list(places), dtype=np.int64).reshape(-1, 2)
    starts, ends = view.offsets[pairs[:, 0]], view.ends[pairs[:, 1] - 1]
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
