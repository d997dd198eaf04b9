"""Who says so, on whose word: the statements that a text puts in somebody's mouth.

Cues are found (`cues`), the words around each are read into the slots of a frame (`frames`, `heads`, `sources`) unless
nothing was said (`unsaid`), what was said is measured (`content`, `breaks`, `further`), who is meant is made out
(`unnamed`, `resolve`, `acting`), and through whom it came (`chains`).
"""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.lang.ar import arabic
from riwaya.model import Attribution, Document, Mention, Sentence, Span, Timex, Zone
from riwaya.settings import Settings
from riwaya.stage import Reading, each
from riwaya.stages.attributions import told
from riwaya.stages.attributions.page import Page

__all__ = ["attributions", "explain", "find", "page_of"]


@each(needs=(Sentence, Zone, Timex, Mention), gives=(Attribution,), version=36)
def attributions(reading: Reading) -> Iterator[Attribution]:
    """Every statement of a document with its cue, source, content and chain; works without the earlier layers."""
    return told.attributions(Page(reading))


def find(text: str, outlet: str | None = None) -> list[Attribution]:
    """The attributions of a plain text.

    >>> text = "وقال وزير الري سامي الحداد إن السد آمن."
    >>> [(a.source.of(text), a.content.of(text)) for a in find(text)]
    [('وزير الري سامي الحداد', 'السد آمن')]

    `outlet` is who publishes the text: the first hop of every chain. Offsets are code points of `text`.
    """
    return list(told.attributions(page_of(text, outlet)))


def page_of(text: str, outlet: str | None = None) -> Page:
    """A plain text as the frames see it: no layer but its words."""
    doc = Document(
        id="text", path="", sha256="", media_type="text/plain", reader="riwaya", outlet=outlet, language="ar", text=text
    )
    return Page(Reading(doc, arabic, Settings()))


def explain(reading: Reading, attribution: Attribution) -> list[tuple[str, Span]]:
    """The slots of the frame that made an attribution, in order of place, derived again from the text.

    >>> text = "وأشار التقرير إلى وجود شقوق."
    >>> [found] = find(text)
    >>> [(slot, span.of(text)) for slot, span in explain(page_of(text).reading, found)]
    [('cue', 'وأشار'), ('source', 'التقرير'), ('prep', 'إلى'), ('content', 'وجود شقوق')]

    Empty when the text, the tables or the earlier layers are no longer those it was made with.
    """
    page = Page(reading)
    for one in told.read(page):
        cue = one.found.cue
        if page.span(cue.first, cue.stop) == attribution.cue:
            filled = [(name, page.span(s.start, s.stop, s.skip)) for name, s in told.slots(page, one.found)]
            filled += [("content", page.span(p.start, p.stop, p.skip)) for p in one.content.parts]
            if one.closing is not None:
                filled.append(("closing", page.span(one.closing.start, one.closing.stop)))
            return sorted(filled, key=lambda slot: (slot[1].start, slot[1].end))
    return []
