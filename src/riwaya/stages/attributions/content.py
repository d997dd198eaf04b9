"""How far what was said reaches: to the closing mark, to the next report, to where the journalist speaks again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from riwaya.stages.attributions import further, phrases
from riwaya.stages.attributions.breaks import NOUN_PHRASE, Stops, breaks, reads_in, turned
from riwaya.stages.attributions.finite import finite
from riwaya.stages.attributions.frames import Match
from riwaya.stages.attributions.page import COLON, COMMA, ENDS, NAME_QUOTE, QUOTE, Page
from riwaya.stages.attributions.phrases import Stretch

Manner = Literal["direct", "indirect", "mixed"]


MORE = 4
"""Sentences of a paragraph behind a colon that may all be his."""
HEAD = 6
"""Words of a sentence up to the verb of a clause of time that opens it: «وفي صيف 2011 عندما أعلن»."""
TAGS = 25
"""Words of the tags at the end of a page, as in `boilerplate.toml`."""
SHORTEST = 2
"""Words of a content before its cue."""


DANGLING = ("و", "كما", "فيما", "وذلك")
"""Words that end no content."""


class Content(Struct, frozen=True):
    """The pieces of what was said, one if it is not interrupted, and how it is told."""

    parts: tuple[Stretch, ...]
    manner: Manner

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def stop(self) -> int:
        return self.parts[-1].stop


def of(page: Page, found: Match, stops: Stops) -> Content | None:
    """What was said in a matched frame; None when nothing is left of it."""
    parts: list[Stretch] = []
    if found.before:
        parts += _before(page, found)
    elif found.opens == "quote":
        parts += _interrupted(page, found)
    if found.content is not None:
        parts += _after(page, found, stops)
    parts = [p for p in parts if p.stop > p.start]
    return Content(tuple(parts), manner(page, parts, found.opens)) if parts else None


def _after(page: Page, found: Match, stops: Stops) -> list[Stretch]:
    start, skip = found.content or 0, found.skip
    norms = page.norms
    aside = stops.at.get(start + 1) if start < len(page) and norms[start] == COMMA else None
    if aside is not None and aside.opens == "particle" and aside.content is not None:
        start = aside.content  # «وأضاف أنه، وفقا للهيئة، لا يقل عدد …»
    second = stops.at.get(start)
    joined = second is not None and second.cue.joined and second.cue.kind not in ("agentless", "author")
    if second is not None and joined and second.source is None and second.content is not None:
        start, skip = second.content, second.skip  # «ودان المجلس واستنكر قرار الهيئة»
    if start >= len(page):
        return []
    if norms[start] == QUOTE and start in page.quotes:
        closing = page.quotes[start]
        if closing - start - 1 > NAME_QUOTE or _ends_sentence(page, closing + 1):
            return [Stretch(start + 1, _after_quote(page, closing, stops, found))]
    if norms[start] == "(" and found.opens == "colon" and (closed := _bracket(page, start)) - start > NAME_QUOTE:
        return [Stretch(start + 1, closed)]
    stop = _run(page, start, stops, found)
    if found.opens == "colon" and stop >= page.sentence(start).stop:
        stop = _goes_on(page, stop, stops)
    if found.cue.entry.does == "publish":  # the papers alone, not what they say
        stop = min(stop, phrases.phrase(page, start, stop, cut=True)) if stop > start else stop
    return [_trimmed(page, Stretch(start, stop, skip))]


def _goes_on(page: Page, stop: int, stops: Stops) -> int:
    """Behind a colon without marks: one past the further sentences of the paragraph in which nobody else speaks."""
    end = page.paragraph(stop - 1).stop
    for _ in range(MORE):
        if stop >= end:
            break
        sentence = page.sentence(stop)
        told = any(i in stops.at or page.norms[i] == QUOTE for i in sentence)
        if told or stop in stops.named or _told_again(page, stop):
            break
        stop = min(sentence.stop, end)
    return stop


def _told_again(page: Page, i: int) -> bool:
    """Does a sentence begin at word `i` as the journalist begins one: with a verb, «ومن جهته», a word of saying?"""
    if finite(page, i) and page.norms[i] not in ("لا", "لم", "لن", "ليس", "ليست", "هناك"):
        return True
    norm, mine = page.norms[i], page.grammar.words_by_kind["mine"]
    said = any(s.form.tense != "noun" for s in page.grammar.senses(norm))
    ours = (
        norm.endswith("نا") or norm == "وحتي" or norm[1:] in mine or norm[1:] in page.grammar.words_by_kind["speech"]
    )  # «وجميعنا»
    return said or (norm.startswith("و") and not ours) or phrases.listed(page, i, ("break", "narration", "opener")) > 1


def _bracket(page: Page, i: int) -> int:
    """The bracket that closes the one at `i`, in its sentence; `i` when none does."""
    return next((k for k in range(i + 1, page.sentence(i).stop) if page.norms[k] == ")"), i)


def _after_quote(page: Page, closing: int, stops: Stops, found: Match) -> int:
    """Where a content ends that began with a quotation: at its mark, unless his words go on behind it."""
    norms = page.norms
    i = closing + 1
    while i + 1 < len(page) and norms[i] in ("و", "وخصوصا", "وكذلك") and i + 1 in page.quotes:
        closing = page.quotes[i + 1]
        i = closing + 1
    if found.opens == "that" and (again := _and_that(page, i)):
        stop = _run(page, again, stops, found)
        return _trimmed(page, Stretch(closing, stop)).stop if stop > again + 1 else closing
    if _ends_here(page, i, stops, found):
        return closing
    if norms[i] in page.grammar.words_by_kind["relative"]:
        return closing
    stop = _run(page, i, stops, found)
    return _trimmed(page, Stretch(closing, stop)).stop if stop > i else closing


def _and_that(page: Page, i: int) -> int:
    """«قالت إنه "عمل شاق"، وإن السد آمن»: where his second «أن» stands behind a closing mark, else 0."""
    again = i + (i < len(page) and page.norms[i] in (COMMA, ";"))
    more = again + 1 < len(page) and again not in page.breaks and page.norms[again].removesuffix("ه") == "وان"
    return again if more and page.norms[again + 1] not in page.grammar.words_by_kind["auxiliary"] else 0


def _ends_here(page: Page, i: int, stops: Stops, found: Match) -> bool:
    """Is there nothing more of the sentence behind a closing mark, or something that is not his?"""
    if i >= len(page) or page.norms[i] in ENDS or page.norms[i] in ",;)" or i in page.breaks:
        return True
    if page.norms[i] == "-" or stops.within(i, found):
        return True
    sentence = page.sentence(i)
    norm, nouns = page.norms[i], page.grammar.words_by_kind["ya-noun"]
    present = norm.startswith("ي") and len(norm) > 3 and norm not in nouns and i not in page.mentions
    if i == sentence.start or present or finite(page, i):
        return True  # «وقال البيان "…" يفتتح المعرض غدا»
    return any(s.form.tense in ("past", "present") and s.clitic for s in page.grammar.senses(page.norms[i]))


def _ends_sentence(page: Page, i: int) -> bool:
    return i >= len(page) or page.norms[i] in ENDS or page.norms[i] in ",;" or i == page.sentence(i).start


def _run(page: Page, start: int, stops: Stops, found: Match) -> int:
    """One past the last word of an unquoted content that starts at `start`."""
    norms, i = page.norms, start
    stop = _past_decimals(page, page.sentence(start).stop)
    enclosing = page.enclosing(found.cue.start)
    if enclosing is not None:
        stop = min(stop, enclosing[1])
    ends_at_comma = _subordinate(page, found)
    answered = found.cue.kind not in ("agentless", "author")
    while i < stop:
        norm = norms[i]
        if answered and norm in page.grammar.words_by_kind["page-tags"] and _tags(page, i):
            break
        if norm == COMMA and ends_at_comma:
            break
        if norm == QUOTE and i in page.quotes:
            closing = page.quotes[i]
            if closing >= stop:
                if any(k in stops.at for k in range(stop, closing)):
                    i += 1  # a mark that found a wrong partner, behind another report
                    continue
                if closing - i > 200:
                    break
                stop = max(page.sentence(closing).stop, closing + 1)
                i = closing + 1
                if i < len(page) and (norms[closing - 1] in ENDS or i == page.sentence(i).start):
                    return i
                continue
            i = closing + 1
            continue
        if i > start and (stops.within(i, found) or further.amid(page, i)):
            break
        if norm == COLON and (begun := reads_in(page, start, i - 2)) < i - 2:
            return begun
        if norm == "." and norms[i - 1] == "." and _pauses(page, i + 1, found) and not _bracketed(norms, start, i):
            return i - 1
        if norm in (COMMA, ";") and i + 1 < stop and breaks(page, i + 1, stops, found):
            break
        if i > start and found.opens in NOUN_PHRASE and turned(page, i, start):
            break  # «أعلن المعرض عن حملته وقد عين مديرا»
        i += 1
    return i


def _tags(page: Page, i: int) -> bool:
    """Does a list of the page's tags begin at word `i`: nothing but nouns to the end of the text?"""
    kinds = page.grammar.words_by_kind
    small = kinds["preposition"] | kinds["relative"] | kinds["that"]
    rest = page.norms[i + 1 :]
    plain = all(norm.isalpha() and norm not in small for norm in rest)
    return 1 < len(rest) <= TAGS and plain and i > 0 and page.norms[i - 1] not in kinds["preposition"]


def _past_decimals(page: Page, stop: int) -> int:
    """The end of a sentence that the point of a number does not end: «54 . 8 مليار»."""
    norms = page.norms
    while 1 < stop < len(page) and norms[stop - 1] == "." and norms[stop - 2].isdigit() and norms[stop].isdigit():
        after = page.sentence(stop).stop
        if stop in page.breaks or after == stop + 1 or not (norms[stop + 1].isalpha() or norms[stop + 1] == "."):
            break
        stop = after
    return stop


def _bracketed(norms: Sequence[str], start: int, i: int) -> bool:
    """Is a bracket open at word `i`: «معرض (الحداد.. حياة وعمل)»?"""
    inside = norms[start:i]
    return inside.count("(") > inside.count(")") and ")" in norms[i : i + NAME_QUOTE + 2]


def _pauses(page: Page, i: int, found: Match) -> bool:
    """Does what was said end at «..» before word `i`?

    A noun phrase does, a clause with «بحسب», all in a column, and whatever a further report follows.
    """
    if found.opens in ("colon", "quote") or found.opens in NOUN_PHRASE:
        return found.opens in NOUN_PHRASE
    if found.cue.kind in ("particle", "as") or i >= len(page):
        return True
    cue = any(s.form.tense in ("past", "participle") for s in page.grammar.senses(page.norms[i]))
    return cue or page.personal or further.as_for(page, i)


def _subordinate(page: Page, found: Match) -> bool:
    """Does it stand in «بعد أن أعلن …،», «بعدما قال …،», «بينما يقول …،», with another clause behind the comma?"""
    at, kinds = found.cue.first, page.grammar.words_by_kind
    first = page.sentence(at).start
    if at > first and (
        page.norms[at - 1] in kinds["once"] or (at == first + 1 and page.norms[first] in kinds["while"])
    ):
        return True
    if at > first and page.norms[at - 1] in kinds["when"] and at - first <= HEAD:
        return not any(finite(page, i) for i in range(first, at - 1))
    return at > 1 and page.norms[at - 1] in kinds["that"] and page.norms[at - 2] in kinds["after"]


def _interrupted(page: Page, found: Match) -> list[Stretch]:
    """The first part of a quotation that its speaker interrupts: «"السد آمن"، قال المدير، "ولن نغلق الطريق"»."""
    cue, norms = found.cue, page.norms
    closing = cue.first - 1
    if closing > 0 and norms[closing] == COMMA:
        closing -= 1
    if cue.kind != "verb" or cue.joined or closing < 1 or found.source is None or found.source.start < cue.start:
        return []
    opening = next((a for a, b in page.quotes.items() if b == closing), None)
    if opening is None or opening > page.sentence(cue.first).start:
        return []
    return [Stretch(opening + 1, closing)]


def _before(page: Page, found: Match) -> list[Stretch]:
    """The clause before a cue that stands behind or amidst what was said."""
    cue, norms = found.cue, page.norms
    sentence = page.sentence(cue.first)
    stop = cue.first
    while stop > sentence.start and norms[stop - 1] in (COMMA, "-", ";"):
        stop -= 1
    if stop == sentence.start and stop > page.paragraph(stop).start:  # «…. وفقا لموقع الراية.»
        sentence = page.sentence(stop - 1)
        while stop > sentence.start and norms[stop - 1] in ENDS:
            stop -= 1
    closing = stop - 1
    opening = next((a for a, b in page.quotes.items() if b == closing), None) if norms[closing] == QUOTE else None
    if opening is not None and closing - opening > NAME_QUOTE and opening <= sentence.start + 2:
        return [Stretch(opening + 1, closing)]
    start = phrases.openers(page, clause_start(page, sentence.start, cue.first), stop)
    if start >= stop:
        return []  # «وفي هذا السياق، قال …»
    repeats = norms[start] in page.grammar.words_by_kind["thing"] and page.grammar.told_it(norms[start + 1])
    if stop - start < SHORTEST or repeats:  # «ما أوضحته جريدة …، نقلا عن …»
        return []  # «وذلك بحسب …»: what was said stands a sentence before
    return [_trimmed(page, Stretch(start, stop))]


def clause_start(page: Page, first: int, stop: int) -> int:
    """Where the clause begins that a particle at `stop` is about: behind «، في حين», «، وهم», else `first`.

    What a comma divides from the particle is one clause with what stands before it.
    """
    start = first
    for i in range(first + SHORTEST, stop - SHORTEST):
        if page.norms[i - 1] not in (COMMA, ";"):
            continue
        _, entries = page.grammar.clause.find(page.norms, i)
        amid = ("turn-within",) if page.norms[stop - 1] != COMMA else ()
        if (
            any(e.kind in ("turn-of-clause", "turn-behind", "and-he", *amid) for e in entries)
            and COMMA not in page.norms[i : stop - 1]
        ):
            start = i
    return start


def _trimmed(page: Page, part: Stretch) -> Stretch:
    """Without signs at its ends; a mark that closes a quotation opened inside goes too."""
    start, stop = part.start, part.stop
    while stop > start and (page.norms[stop - 1] in ',.;:?!-"(/' or page.norms[stop - 1] in DANGLING):
        stop -= 1
    turn = stop - 3  # «النتائج المرجوة من جانب آخر. أعلن …», but «الجيش من جهة، والأهالي من جهة أخرى»
    if turn > start and page.norms[turn] == "من" and phrases.listed(page, turn, ("opener",)) == 3:
        stop = turn if page.norms[turn + 1] not in page.norms[start:turn] else stop
    while start < stop and page.norms[start] in (COMMA, COLON, "-", ";") and not part.skip:
        start += 1
    return Stretch(start, stop, part.skip)


def manner(page: Page, parts: Sequence[Stretch], opens: str) -> Manner:
    """Direct when all of it is quoted (or follows a bare colon), mixed when a stretch of it is."""
    total = sum(p.stop - p.start for p in parts)
    inside = 0
    for opening, closing in page.quotes.items():
        for part in parts:
            shared = min(closing, part.stop) - max(opening + 1, part.start)
            if shared > 1 or (shared == 1 and total <= 2):
                inside += shared
    if inside >= 0.9 * total:
        return "direct"
    if inside:
        return "mixed"
    return "direct" if opens == "colon" else "indirect"
