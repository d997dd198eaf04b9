"""Through whom the word has come: from the outlet over agencies and carriers to the innermost source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from riwaya.model import Hop
from riwaya.stages.attributions import heads, sources
from riwaya.stages.attributions.grammar import ARTICLE, SourceKind
from riwaya.stages.attributions.page import COLON, COMMA, QUOTE, Page
from riwaya.stages.attributions.phrases import Stretch

if TYPE_CHECKING:
    from riwaya.stages.attributions.told import Told

MARKS = '"«»“”‹›„‟'
HEAD = 14
"""A dateline stands within so many words of the beginning."""


class Carriers(Struct, frozen=True):
    """What a whole document credits."""

    hops: tuple[Hop, ...]


def hop(page: Page, place: Stretch, kind: SourceKind | None, how: str) -> Hop:
    """A teller who stands in the text; the name leaves apposition and quotation marks out."""
    start, stop, skip = place.start, place.stop, place.skip
    span = page.span(start, stop, skip)
    end = next((i for i in range(start + 1, stop) if page.norms[i] == COMMA), stop)
    name = _unquoted(page.span(start, end, skip).of(page.text))
    return Hop(name=name, kind=kind, doc=page.reading.doc.id, start=span.start, end=span.end, hop=how)


def _unquoted(name: str) -> str:
    """A name without the marks around all of it."""
    return name[1:-1].strip() if len(name) > 2 and name[0] in MARKS and name[-1] in MARKS else name.strip()


def of_document(page: Page) -> tuple[Hop, ...]:
    """The outlet, and the agency that the dateline, the byline or a credit names."""
    doc = page.reading.doc
    hops = [Hop(name=doc.outlet, kind="outlet", hop="outlet")] if doc.outlet else []
    own = _bare(page, doc.outlet or "")
    for found in _credits(page):
        if _bare(page, found.name) not in ("", own) and all(
            _bare(page, h.name) != _bare(page, found.name) for h in hops
        ):
            hops.append(found)
            break
    else:
        hops += _byline(page, own)
    return tuple(hops)


def _byline(page: Page, own: str) -> Iterator[Hop]:
    """An agency in the metadata's byline."""
    author = page.reading.doc.author or ""
    norms = list(sources.same_words(page, author))
    for i in range(len(norms)):
        length, entries = page.grammar.outlets.find(norms, i)
        if length and entries[0].kind == "agency" and page.grammar.fold(entries[0].forms[0]) != own:
            yield Hop(name=entries[0].forms[0], kind="agency", hop="byline")
            return


def _credits(page: Page) -> Iterator[Hop]:
    yield from _dateline(page)
    yield from _credit_lines(page)


def _dateline(page: Page) -> Iterator[Hop]:
    """«دمشق - أ ف ب», «بيروت - رويترز:» in the first line."""
    norms = page.norms
    stop = min(HEAD, page.breaks[0] if page.breaks else len(page), len(page))
    ends = next((i for i in range(stop) if norms[i] == COLON), None)
    if ends is None and not (page.breaks and page.breaks[0] <= HEAD):
        ends = next((i + 4 for i in range(min(5, stop)) if norms[i] in ("-", "(", ",")), None)
    limit = min(ends if ends is not None else stop, stop)
    for i in range(limit):
        at = _agency(page, i)
        before = norms[i - 1] if i else ""
        if at and (before in ("", "-", "(", ",", ":") or page.grammar.noun(before) is not None):
            yield hop(page, Stretch(i, i + at), "agency", "dateline")
            return


def _agency(page: Page, i: int) -> int:
    length, entries = page.grammar.outlets.find(page.norms, i)
    return length if length and entries[0].kind == "agency" else 0


def _credit_lines(page: Page) -> Iterator[Hop]:
    """«(عن صحيفة …)» alone on a line, «المصدر: …»."""
    norms = page.norms
    for i, norm in enumerate(norms):
        if norm == "(" and i + 2 < len(page) and norms[i + 1] in ("عن", "نقلا"):
            closing = next((k for k in range(i + 2, min(i + 9, len(page))) if norms[k] == ")"), None)
            if closing and page.paragraph(i).start == i and closing + 1 >= page.paragraph(i).stop:
                start = i + 2 + (norms[i + 2] == "عن")
                if closing > start:
                    yield hop(page, Stretch(start, closing), _outlet_kind(page, start, closing), "credit")
        if norm in page.grammar.words_by_kind["credit"] and i + 2 < len(page) and norms[i + 1] == COLON:
            stop = min(page.paragraph(i).stop, i + 8)
            end = next((k for k in range(i + 2, stop) if norms[k] in '.,-(/"'), stop)
            if end > i + 2:
                yield hop(page, Stretch(i + 2, end), _outlet_kind(page, i + 2, end), "credit")


def _outlet_kind(page: Page, start: int, stop: int) -> SourceKind:
    kind = heads.kind_of(page, Stretch(start, stop))
    return kind if kind in ("agency", "outlet", "organisation") else "outlet"


def carrier_of(page: Page, addressee: Stretch | None) -> Hop | None:
    """The outlet that somebody spoke to, when it is not the one we read."""
    if addressee is None:
        return None
    norms = page.norms
    start, skip = addressee.start, addressee.skip
    head = norms[start][skip:] if skip else norms[start]
    bare = ARTICLE + head[2:] if head.startswith("لل") and not skip else head
    listeners = page.grammar.words_by_kind["listener"]
    if bare.removeprefix(ARTICLE) in listeners:
        if addressee.stop - start < 2 or bare.startswith(ARTICLE):
            return None
        start, skip = start + 1, 0
    own = _bare(page, page.reading.doc.outlet or "")
    found = hop(page, Stretch(start, addressee.stop, skip), _outlet_kind(page, start, addressee.stop), "carrier")
    entry = page.grammar.noun(bare)
    if entry is not None and addressee.stop - start > 1 and start == addressee.start:
        name = _unquoted(page.span(start + 1, addressee.stop).of(page.text))
        found = Hop(name=name, kind=entry.kind, doc=found.doc, start=found.start, end=found.end, hop="carrier")
    return None if _bare(page, found.name) == own or (own and _bare(page, found.name) in own) else found


def affiliation(page: Page, source: Stretch) -> Hop | None:
    """The outlet a quoted journalist writes for: «المحلل العسكري في صحيفة …»."""
    for i in range(source.start + 1, source.stop - 1):
        entry = page.grammar.noun(page.norms[i])
        if entry is not None and entry.kind in ("outlet", "agency") and page.norms[i - 1] in ("في", "من", "لدي"):
            stop = page.quotes[i + 1] + 1 if i + 1 in page.quotes else source.stop
            return hop(page, Stretch(i + 1, min(stop, source.stop)), entry.kind, "carrier")
    return None


def _bare(page: Page, name: str) -> str:
    return "".join(w.removeprefix(ARTICLE) for w in sources.same_words(page, name) if w.isalnum() and w != QUOTE)


class Routes:
    """By which way each speaker's word has come, as far as the text says it anywhere.

    A carrier that is named once for a speaker holds for what he says afterwards, until another is named; anonymous
    sources and documents, whose carrier is often named a paragraph later, take it backwards too.
    """

    def __init__(self, page: Page, document: tuple[Hop, ...]) -> None:
        self.page, self.document = page, document
        self.by_speaker: dict[int, list[tuple[int, tuple[Hop, ...]]]] = {}
        self.published: list[tuple[int, tuple[Hop, ...]]] = []

    def learn(self, one: Told) -> None:
        """Notes the carriers that a report names."""
        speaker, found = one.speaker, one.found
        if speaker is None:
            return
        if found.cue.entry.does == "publish":
            if found.source is not None:
                self._publish(found.cue.start, found.source, speaker.kind)
            return
        own = self._own(one)
        if own:
            one.carriers = own
            self.by_speaker.setdefault(speaker.full.start, []).append((found.cue.start, own))
        if one.wraps is not None and one.wraps.speaker is not None and speaker.kind in ("outlet", "agency"):
            passed = (hop(self.page, found.source, speaker.kind, "carrier"),) if found.source else ()
            one.wraps.carriers = passed
            route = (one.wraps.found.cue.start, passed)
            self.by_speaker.setdefault(one.wraps.speaker.full.start, []).append(route)

    def _publish(self, at: int, source: Stretch, kind: SourceKind | None) -> None:
        passed = hop(self.page, source, kind, "carrier")
        near = self.published and at - self.published[-1][0] < 12
        earlier = self.published.pop()[1] if near else ()
        self.published.append((at, (*earlier, passed)))

    def _own(self, one: Told) -> tuple[Hop, ...]:
        """The carriers that stand in the report itself."""
        found, page = one.found, self.page
        hops: list[Hop] = []
        if found.carrier is not None:
            hops.append(hop(page, found.carrier, heads.kind_of(page, found.carrier), "carrier"))
        if found.source is not None and (paper := affiliation(page, found.source)):
            hops.append(paper)
        if told_to := carrier_of(page, found.addressee):
            hops.append(told_to)
        return tuple(hops)

    def of(self, one: Told) -> tuple[Hop, ...]:
        """The chain of a report, outermost first."""
        if one.parent is not None:
            outer = self.of(one.parent)
        elif one.found.cue.kind in ("agentless", "author"):
            return self.document
        else:
            outer = self.document
        middle = one.carriers or self._inherited(one)
        names = {_bare(self.page, h.name) for h in outer}
        middle = tuple(h for h in middle if _bare(self.page, h.name) not in names)
        last = self._last(one)
        chain = (*outer, *middle)
        if last is not None and all(_bare(self.page, h.name) != _bare(self.page, last.name) for h in chain):
            chain = (*chain, last)
        return chain

    def _last(self, one: Told) -> Hop | None:
        return hop(self.page, one.speaker.full, one.speaker.kind, "source") if one.speaker else None

    def _inherited(self, one: Told) -> tuple[Hop, ...]:
        """What was said elsewhere in the text about how this speaker's word came."""
        speaker, at = one.speaker, one.found.cue.start
        if speaker is None:
            return ()
        routes = self.by_speaker.get(speaker.full.start, [])
        earlier = [hops for where, hops in routes if where < at]
        if earlier:
            return earlier[-1]
        if speaker.kind == "document" and self.published:
            before = [hops for where, hops in self.published if where < at]
            return (before or [self.published[0][1]])[-1]
        if routes and speaker.kind == "anonymous":
            return routes[0][1]
        return ()
