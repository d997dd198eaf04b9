"""Puts frames, contents, speakers and chains together into attributions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from riwaya.model import Attribution, Hop, Span
from riwaya.stages.attributions import chains, checks, content
from riwaya.stages.attributions.breaks import Stops
from riwaya.stages.attributions.content import Content
from riwaya.stages.attributions.cues import Cue, candidates
from riwaya.stages.attributions.frames import Match
from riwaya.stages.attributions.page import COMMA, Page
from riwaya.stages.attributions.phrases import Stretch
from riwaya.stages.attributions.reports import match, unread
from riwaya.stages.attributions.resolve import Speaker, Speakers

Function = Literal[
    "statement", "provenance", "carrier", "headline", "pull-quote", "agentless", "author-hedge", "belief", "naming"
]
NOBODY: dict[str, Function] = {"agentless": "agentless", "author": "author-hedge"}
ZONES: dict[str, Function] = {"title": "headline", "teaser": "headline", "pull-quote": "pull-quote"}
LONG, SELDOM_SAYS = 280, 200
"""Words of a page in which, if it is news, somebody says something in every so many words."""
PAPERS = ("document", "outlet", "agency", "organisation")
"""Who may be cited in a column."""


class Told(Struct, kw_only=True):
    """A match with all that was found out about it."""

    found: Match
    content: Content
    speaker: Speaker | None = None
    carriers: tuple[Hop, ...] = ()
    parent: Told | None = None
    wraps: Told | None = None
    closing: Cue | None = None


def matches(page: Page) -> tuple[list[Match], list[int], list[Cue]]:
    """One match per place, in order; the cues of speakers whom the grammar does not know; and those in no frame.

    Where two cues open the same content, the one that names its source stays.
    """
    best: dict[int, Match] = {}
    strangers: list[int] = []
    unframed: dict[int, Cue] = {}
    for cue in candidates(page):
        found = match(page, cue)
        if found is None:
            strangers += [cue.start] if unread(page, cue) else []
            unframed.setdefault(cue.start, cue)
            continue
        other = best.get(cue.start)
        if other is None or _rank(found) > _rank(other):
            best[cue.start] = found
    found_at = [best[i] for i in sorted(best)]
    cited = {m.content for m in found_at if m.cue.kind == "particle" and m.opens == "that"}
    found_at = [m for m in found_at if m.cue.kind != "noun" or m.content not in cited]  # «نقلا عن شهود، قولهم إن»
    anchored: dict[int, Match] = {}
    for one in found_at:
        if one.content is None or one.before or one.cue.kind in ("particle", "as"):
            continue
        other = anchored.get(one.content)
        if other is None or (other.source is None and one.source is not None) or _own_noun(one):
            anchored[one.content] = one
    kept = [
        m
        for m in found_at
        if m.content is None
        or m.before
        or m.content not in anchored
        or anchored[m.content] is m
        or m.cue.kind in ("particle", "as")
    ]
    return kept, [i for i in strangers if i not in best], [unframed[i] for i in sorted(unframed) if i not in best]


def _rank(found: Match) -> tuple[bool, bool]:
    return (found.source is not None, found.cue.kind in NOBODY)


def _own_noun(found: Match) -> bool:
    """A verbal noun that is tied on with «و» and has its own speaker: «… وتأكيد الوزير أن»."""
    return found.cue.kind == "noun" and found.cue.joined and found.source is not None


def _second(found: Match) -> bool:
    """A cue that only repeats the one before: «قائلا», «بقوله»."""
    return found.cue.kind in ("participle", "noun")


def read(page: Page) -> list[Told]:
    """Every report of a page, each with its speaker, its chain's carriers and the report that it stands in."""
    every, strangers, unframed = matches(page)
    stops = Stops(page, every)
    told: list[Told] = []
    for found in every:
        if found.cue.kind == "closing":
            _close(told, page, found, stops)
        elif said := content.of(page, found, stops):
            told.append(Told(found=found, content=said))
    for one in told:
        one.parent = _quoting(one, told) or _parent(one, told)
        if one.found.before and one.found.content is None:
            one.wraps = _wrapped(page, one, told)
            if one.wraps is not None:
                if one.wraps.found.opens in ("that", "quote", "colon"):  # else «جددت دعوتها إلى …، وفق البيان»
                    one.content = one.wraps.content
                one.parent = None if _under(one.wraps.parent, one) else one.wraps.parent
        elif one.found.before and (begun := _wrapped(page, one, told)) and begun.content.start > one.content.start:
            # «أكدت الوزارة أن الصيد يجري، بحسب المراكز، بهدوء»
            one.content = replace(one.content, parts=(*begun.content.parts, *one.content.parts[1:]))
    _speak(told, Speakers(page, strangers), unframed)
    column = _column(page, told)
    heard = frozenset(one.found.source.start for one in told if one.found.source is not None)
    standing = [one for one in told if _stands(page, one, column, heard)]
    kept = {id(one) for one in standing}
    for one in standing:
        while one.parent is not None and id(one.parent) not in kept:
            one.parent = one.parent.parent
    return standing


def _close(told: list[Told], page: Page, found: Match, stops: Stops) -> None:
    """«وفق قوله» closes the report before it, or is a report of its own."""
    sentence = page.sentence(found.cue.start)
    for one in reversed(told):
        if one.found.cue.start < sentence.start and one.content.stop < sentence.start:
            break
        if one.closing is None and one.found.cue.kind not in NOBODY and one.parent is None:
            one.closing = found.cue
            return
    if said := content.of(page, found, stops):
        told.append(Told(found=found, content=said))


def _parent(one: Told, told: list[Told]) -> Told | None:
    """The innermost report whose content holds this one's cue."""
    at, best = one.found.cue.start, None
    for other in told:
        if other is one:
            continue
        if other.found.cue.start > at and not other.found.before:
            break
        holds = any(p.start <= at < p.stop for p in other.content.parts) and not _under(other, one)
        if holds and (best is None or other.content.start >= best.content.start):
            best = other
    return best


def _quoting(one: Told, told: list[Told]) -> Told | None:
    """Who says what `one` says on its word: «قالت القناة، نقلا عن شهود، إن …»."""
    if one.found.cue.kind != "particle" or one.found.opens != "that":
        return None
    same = (o for o in told if o.found.cue.start < one.found.cue.start and o.found.content == one.found.content)
    return next(same, None)


def _under(one: Told | None, other: Told) -> bool:
    """Does `one` stand in `other`, directly or not?"""
    while one is not None and one is not other:
        one = one.parent
    return one is not None


def _wrapped(page: Page, one: Told, told: list[Told]) -> Told | None:
    """The report that ends where a trailing «بحسب X» begins: X passed it on."""
    first = one.found.cue.first
    for other in told:
        gap = page.norms[other.content.stop : first]
        adjacent = 0 <= first - other.content.stop <= 2 and set(gap) <= {COMMA, '"'}
        here = other.found.cue.start >= page.sentence(first).start and other.found.cue.kind not in NOBODY
        if other is not one and not other.found.before and adjacent and here:
            return other
    return None


def _speak(told: list[Told], speakers: Speakers, unframed: list[Cue]) -> None:
    """Names the speaker of every report, in the order of the text.

    Who does something with a cue that stands in no frame may be meant afterwards: «وأشادت الوكيلة على الدور. ونوهت بـ».
    """
    told_words = bytearray(len(speakers.page) + 1)
    for one in told:
        cue = one.found.cue
        for start, stop in ((part.start, part.stop) for part in one.content.parts):
            told_words[start:stop] = b"\1" * (stop - start)
        if cue.kind == "as":  # «كما قال المدير»
            told_words[cue.start : cue.stop + 1] = b"\1" * (cue.stop + 1 - cue.start)
    acting = [cue for cue in unframed if not told_words[cue.start]]
    speakers.strangers = [i for i in speakers.strangers if not told_words[i]]  # «قال الحداد "يكشف التقرير أن"»
    for one in told:
        while acting and acting[0].start < one.found.cue.start:
            speakers.acts(acting.pop(0))
        found = one.found
        if found.cue.kind in NOBODY:
            continue
        within = one.parent is not None and one.parent.wraps is not one
        nested = within or one.wraps is not None
        one.speaker = speakers.named(found, nested) or speakers.elided(found, nested)
        if one.speaker is not None:
            speakers.said(one.content.stop)


def _of_the_news(page: Page, one: Told) -> bool:
    """In a column or a story: does somebody say something who is named as in the news?

    Nobody who is only meant, whom nobody knows («البعض») or who says it over and over («يقول الحكيم»).
    """
    found, speaker = one.found, one.speaker
    if speaker is None or found.source is None or found.relative:
        return False
    if found.cue.kind in ("particle", "as", "locative", "closing"):
        return speaker.kind in PAPERS
    said = found.opens in ("that", "quote", "colon") and found.cue.entry.does not in ("think", "evidence", "name")
    if not said or not checks.known(page, found.source):
        return False
    return speaker.kind in PAPERS or (speaker.kind == "person" and found.cue.form.tense == "past")


def _column(page: Page, told: list[Told]) -> bool:
    """Is a page a column or a story: does its author speak himself, or hardly anybody else where he does at times?"""
    spoken = [range(p.start, p.stop) for one in told for p in one.content.parts]
    if page.speaks_for_itself(spoken):
        return True
    long, seldom = len(page) >= LONG, len(told) * SELDOM_SAYS < len(page)
    return long and seldom and any(page.voice(()))


def _stands(page: Page, one: Told, column: bool, heard: frozenset[int]) -> bool:
    """Is there somebody to say it? A verb whose subject cannot be made out is left alone.

    `heard` are the first words of the sources that reports name themselves.
    """
    if one.found.cue.kind in NOBODY:
        return True
    if one.found.cue.kind == "noun" and one.found.source is None and one.parent is not None:
        return False  # «معتبرا أن قوله إن»: whose word it is depends on what was said before
    if column and not _of_the_news(page, one):
        return False
    if _of_himself(page, one):
        return False
    speaker = one.speaker.full if one.speaker is not None else None
    if speaker is not None and (checks.cited(page, speaker) or checks.nobody(page, speaker, speaker.start in heard)):
        return False
    if one.found.cue.entry.does == "evidence":
        return one.speaker is not None and one.speaker.kind in checks.WITNESSES
    return one.speaker is not None


def _of_himself(page: Page, one: Told) -> bool:
    """«قال الحداد: "لقد أكد لي أنه"»: in his own words nobody is «he», so the verb means somebody else."""
    outer = one.parent
    if outer is None or outer.content.manner != "direct" or one.found.source is not None:
        return False
    finite = one.found.cue.kind == "verb" and page.paragraph(outer.content.start) == page.paragraph(one.found.cue.start)
    same = one.speaker is not None and outer.speaker is not None and one.speaker.full == outer.speaker.full
    return finite and same


def function(page: Page, one: Told) -> Function:
    """What the report is: a statement, or something that must not be counted as one."""
    found = one.found
    if found.cue.kind in NOBODY:
        return NOBODY[found.cue.kind]
    if found.cue.kind == "headline":
        return "headline"
    if (zone := page.zone(found.cue.start)) in ZONES:
        return ZONES[zone or ""]
    if found.cue.entry.does == "publish":
        return "provenance"
    if found.cue.entry.does == "name" and not (found.cue.kind == "verb" and "that" in found.opens):
        return "naming"
    if found.cue.entry.does == "think" and one.parent is not None and one.parent.wraps is not one:
        return "belief"
    if one.wraps is not None and one.speaker is not None and one.speaker.kind in ("outlet", "agency"):
        return "carrier"
    return "statement"


def attributions(page: Page) -> Iterator[Attribution]:
    """The attributions of a page, in order of place."""
    told = read(page)
    document = chains.of_document(page)
    routes = chains.Routes(page, document)
    for one in told:
        routes.learn(one)
    made = [_attribution(page, one, routes.of(one)) for one in told]
    yield from sorted(made, key=lambda a: (a.start, a.end, a.id))


def _attribution(page: Page, one: Told, chain: tuple[Hop, ...]) -> Attribution:
    found, cue = one.found, one.found.cue
    parts = tuple(page.span(p.start, p.stop, p.skip) for p in one.content.parts)
    said = Span(parts[0].start, parts[-1].end)
    cue_span = page.span(cue.first, cue.stop)
    closing = one.closing
    closing_span = page.span(closing.start, closing.stop) if closing else None
    if closing_span is None and found.said is not None:
        closing_span = page.span(found.said.start, found.said.stop)
    source = page.span(found.source.start, found.source.stop, found.source.skip) if found.source else None
    resolved = None
    if one.speaker is not None and one.speaker.full != found.source:
        full = one.speaker.full
        resolved = page.span(full.start, full.stop, full.skip)
    places = [said, cue_span, *([closing_span] if closing_span else []), *([source] if source else [])]
    return Attribution(
        doc=page.reading.doc.id,
        start=min(p.start for p in places),
        end=max(p.end for p in places),
        cue=cue_span,
        cue_closing=closing_span,
        source=source,
        source_kind=one.speaker.kind if one.speaker else None,
        resolved_from=resolved,
        content=said,
        parts=parts if len(parts) > 1 else (),
        manner=one.content.manner,
        function=function(page, one),
        polarity=polarity(cue),
        certainty=tuple(certainty(page, one)),
        chain=chain,
        rule=f"{found.frame.rule} + {cue.entry.rule}",
    )


def polarity(cue: Cue) -> Literal["positive", "negative"]:
    """Negative for what is denied («نفى») and for an opinion that is not held («لا يعتقد»)."""
    does = cue.entry.does
    if does in ("deny", "refuse"):
        return "positive" if cue.negated else "negative"
    return "negative" if does == "think" and cue.negated else "positive"


def certainty(page: Page, one: Told) -> Iterator[Span]:
    """The hedges inside what was said, and the cue itself where it only supposes."""
    cue = one.found.cue
    if (cue.entry.does == "doubt" and cue.negated) or cue.entry.does == "think":
        yield page.span(cue.first, cue.stop)
    for part in one.content.parts:
        i = part.start
        while i < part.stop:
            length, entries = page.grammar.hedges.find(page.norms, i)
            if entries:
                yield page.span(i, min(i + length, part.stop))
            i += length or 1


def slots(page: Page, found: Match) -> list[tuple[str, Stretch]]:
    """The words that fill each slot of a frame, in order of place."""
    cue = found.cue
    filled = [("cue", Stretch(cue.first, cue.stop))]
    if found.carrier:
        filled.append(("carrier", found.carrier))
    if found.source:
        filled.append(("source", found.source))
    if found.addressee:
        filled.append(("addressee", found.addressee))
    if found.said:
        filled.append(("said", found.said))
    if found.content is not None and found.content > found.anchor:
        filled.append((found.opens, Stretch(found.anchor, found.content)))
    return sorted(filled, key=lambda slot: slot[1].start)


__all__ = ["Told", "attributions", "matches", "read", "slots"]
