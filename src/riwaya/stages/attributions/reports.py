"""Reads the words around a cue into named slots, and looks up which frame they make.

The slots a cue may be followed by stand in `cues.toml` (`takes`), the sequences that count in `frames.toml`; here is
only how each slot is recognised. Slots are words, so that the derivation of every attribution can be shown again.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from riwaya.stages.attributions import checks, particles, sources, subjects
from riwaya.stages.attributions.anchors import Anchor, anchor, construct
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import proper
from riwaya.stages.attributions.frames import Match, framed
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COMMA, QUOTE, Page
from riwaya.stages.attributions.sources import Stretch

FAR = 16
"""Words between a cue and its content that only a known speaker may fill."""
COORDINATE = 25
"""Words between two present verbs of one subject."""
NEAR = 16
"""Words between a cue and a preposition or bare event that it governs; further off it belongs to something else."""


def match(page: Page, cue: Cue) -> Match | None:
    """The frame that a cue stands in; None when it stands in none."""
    match cue.kind:
        case "particle" | "as":
            return particles.particle(page, cue)
        case "headline":
            return _headline(page, cue)
        case "closing":
            return framed(page, cue, ("content", "cue"), before=True)
        case "agentless" | "author":
            return _impersonal(page, cue)
        case "carry":
            return _carried(page, cue)
        case _:
            found = _spoken(page, cue)
            return found if found is not None and checks.fits(page, found) else None


def _spoken(page: Page, cue: Cue) -> Match | None:
    """A verb, a participle or a verbal noun: cue, perhaps a source, then what was said."""
    stop = page.sentence(cue.start).stop
    start = cue.stop
    found = anchor(page, cue, start, stop)
    if cue.kind == "participle" and (found is None or found.slots[-1] != "that") and (bare := _bare(page, cue, stop)):
        found = bare
    before_it = page.norms[cue.first - 1] if cue.first else ""
    turned = cue.first > 1 and page.norms[cue.first - 2] in page.grammar.words_by_kind["preposition"]  # «إلى ذلك أكد»
    if cue.kind == "verb" and not cue.joined and before_it in page.grammar.words_by_kind["thing"] and not turned:
        return None  # «وهذا يشير إلى»
    if page.norms[start : start + 1] and page.norms[start] in page.grammar.words_by_kind["attention"]:
        return None  # «ولفت نظري أن»
    if cue.kind == "locative" and any(before_it in page.grammar.words_by_kind[k] for k in ("relative", "thing")):
        return None  # «المعاني التي وردت في المقال»
    if found is None:
        return _loose(page, cue, stop)
    if found.slots[-1] in ("prep", "event") and (whole := _accused(page, cue, stop)) and whole.anchor < found.at:
        return whole
    if cue.entry.does == "publish" and not _paper(page, found.content):
        return None
    if found.slots[-1] in ("prep", "event") and found.at - start > NEAR:
        return _loose(page, cue, stop) if "object" in cue.entry.takes else None
    if cue.entry.does == "add" and "that" not in cue.entry.takes and _letters(page, start, found.at) > 3:
        return None  # «زاد الأمر سوءا»
    region = sources.region(page, start, found.at)
    if (cue.first and page.norms[cue.first - 1] in page.grammar.words_by_kind["pronoun"]) or _plural(cue):
        region = sources.Region(None, region.addressee)
    tail = (*found.slots, "content")
    given = {
        "opens": found.slots[-1],
        "anchor": found.at,
        "content": found.content,
        "skip": found.skip,
        "addressee": region.addressee,
    }
    spoken = found.slots[-1] in ("quote", "colon")
    if region.source is not None and (spoken or "عن" not in cue.entry.takes):
        region = sources.Region(checks.about_cut(page, region.source, spoken), region.addressee)
    if region.source is not None and (cue.entry.does == "act" or "whom" in cue.entry.takes):
        region = sources.Region(checks.asked_cut(page, region.source, "whom" in cue.entry.takes), region.addressee)
    noun_like = cue.form.gender == "f" or cue.entry.does == "act"
    adverb = page.norms[cue.start] in page.grammar.words_by_kind["adverb"]
    if cue.kind == "participle" and adverb and not _aside(page, cue):
        return None  # «الترشح مجددا»
    if cue.kind == "participle" and noun_like and not _aside(page, cue) and not _first(page, cue):
        return None  # «متابعة», «طالبا»: the nouns
    if cue.kind == "participle":
        if found.slots[-1] in ("event", "object") and not _aside(page, cue):
            return None
        opening = cue.first == page.sentence(cue.first).start and found.slots[-1] == "that"
        near = NEAR if opening else 12 if _aside(page, cue) else 4  # «حضورا لافتا» is an adjective
        return None if found.at - start > near else framed(page, cue, ("cue", *tail), **given)
    if cue.kind == "noun" and not cue.form.suffixed and (region.source is None or _occasion(page, cue, region.source)):
        return None
    if found.slots[-1] == "event" and region.source is not None and not _known(page, region.source):
        return None
    other = region.source is not None and region.source.start == start and _known(page, region.source)
    other = other and cue.entry.does != "act"  # «الوادي التي أعلن الوزير تحريرها», but «الذي يطالب الوزارة بـ»
    if before_it in page.grammar.words_by_kind["relative"] and found.slots[-1] in ("prep", "event") and not other:
        region = sources.Region(None, region.addressee)  # «الشيء الذي يؤكد وضوح …»
    if region.source is not None and not _credible(page, cue, region.source, found.at - start):
        return None
    if cue.entry.does == "name" and region.source is not None:
        return _namer(page, cue, region.source, tail, given)
    if region.source is not None and not cue.form.suffixed:
        return framed(page, cue, ("cue", "source", *tail), source=region.source, **given)
    if region.source is not None:
        return None
    if cue.first and page.norms[cue.first - 1] in page.grammar.words_by_kind["pronoun"]:
        return framed(page, cue, ("cue", *tail), **given)
    if cue.kind == "verb" and cue.entry.does != "name" and not cue.joined and (subject := subjects.before(page, cue)):
        source, relative = subject
        if page.mentions and not _named(page, source):
            return None
        if matched := framed(page, cue, ("source", "cue", *tail), source=source, relative=relative, **given):
            return matched
    if before_it in page.grammar.words_by_kind["relative"] and subjects.hangs_on(before_it, cue):
        return None  # «يدعى … الذي قال»: the noun before it, which is not known to be a speaker
    if region.strange and cue.kind == "verb":
        return None  # somebody is named behind the verb whom the grammar does not know
    if cue.kind == "verb" and not cue.joined and not _tied(page, cue) and not _goes_on(page, cue, found):
        return None  # «اعتقد أن …»: the columnist himself
    if before_it in page.grammar.words_by_kind["when"]:
        return None
    single = cue.kind == "verb" and cue.form.tense == "past" and cue.form.number != "p"
    back = page.norms[cue.stop : cue.stop + 1] and page.norms[cue.stop] in page.grammar.words_by_kind["resumptive"]
    unnamed = single and not cue.joined and not _first(page, cue) and not back
    if unnamed and found.slots[-1] in ("event", "prep") and found.at <= start + 1:
        return None  # «وفي الضفاف، أعلن مقتل …»: written like the passive
    given["with_verb"] = _coordinate(page, cue)
    if cue.form.tense == "present" and found.slots[-1] in ("prep", "event") and given["with_verb"] is None:
        return None  # «ويعبر عن»: without a subject beside it, hardly somebody's word
    return framed(page, cue, ("cue", *tail), **given)


def _occasion(page: Page, cue: Cue, source: Stretch) -> bool:
    """Is the verbal noun where something was said, and what follows no speaker: «في تصريح خص به الراية أن»?"""
    return cue.first > 0 and page.norms[cue.first - 1] == "في" and not _known(page, source)


def _coordinate(page: Page, cue: Cue) -> int | None:
    """The present verb that a further one goes on with: «… يؤكد وجود شقوق، ويوصي بإخلاء الحي»."""
    first = max(page.sentence(cue.start).start, cue.start - COORDINATE)
    if cue.form.tense != "present" or not cue.joined or page.norms[cue.start - 1] != COMMA:
        return None
    for i in range(cue.start - 1, first - 1, -1):
        senses = page.grammar.senses(page.norms[i])
        if any(s.form.tense == "present" and not s.clitic and s.form.gender == cue.form.gender for s in senses):
            return i
    return None


def _plural(cue: Cue) -> bool:
    """A verb in the plural has its subject behind it nowhere in Arabic: «قال الشهود», but «الشهود قالوا»."""
    return cue.form.number == "p" and cue.form.tense in ("past", "present")


def _letters(page: Page, start: int, stop: int) -> int:
    """How many of the words are no signs and no «بقوله»."""
    saying = page.grammar.words_by_kind["adjunct"]
    return sum(page.norms[i].isalpha() and page.norms[i] not in saying for i in range(start, stop))


def _bare(page: Page, cue: Cue, stop: int) -> Anchor | None:
    """The noun that a participle governs: «مؤكدا - أيده الله - عمق العلاقات»."""
    if not {"event", "object"} & set(cue.entry.takes) or not _aside(page, cue):
        return None
    i = cue.stop
    if i < stop and page.norms[i] == "-":
        i = next((k + 1 for k in range(i + 1, min(stop, i + 6)) if page.norms[k] == "-"), i)
    wished = i < stop and "ل" in cue.entry.takes and page.norms[i].startswith("ل")  # «متمنيا لهم التوفيق»
    governed = i < stop and "ب" in cue.entry.takes and page.norms[i].startswith("ب")
    if wished:
        return Anchor(("object",), i, i)
    if governed or i >= stop or not _noun(page, i) or sources.adjunct(page, i, stop) > i:
        return None
    return Anchor(("object",), i, i)


def _noun(page: Page, i: int) -> bool:
    """May word `i` begin a noun phrase: is it no function word, sign or preposition written on?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    small = any(norm in kinds[k] for k in ("preposition", "relative", "that", "closed", "adjunct"))
    return norm.isalpha() and len(norm) > 2 and not small and not norm.startswith(("بال", "لل", "كال"))


def _namer(page: Page, cue: Cue, source: Stretch, tail: tuple[str, ...], given: dict[str, Any]) -> Match | None:
    """«وصف فلان القرار بأنه …»: only a known name tells where the speaker ends and the thing begins."""
    if page.norms[source.stop : source.stop + 1] == ["ما"] and _known(page, source):
        return framed(page, cue, ("cue", "source", *tail), source=source, **given)
    if source.start not in page.mentions:
        return None
    end = min(_coordinated(page, source.start), source.stop)
    return framed(page, cue, ("cue", "source", *tail), **(given | {"source": Stretch(source.start, end)}))


def _first(page: Page, cue: Cue) -> bool:
    """Does a cue open its sentence, openers aside?"""
    return sources.openers(page, page.sentence(cue.start).start, cue.first) >= cue.first


def _goes_on(page: Page, cue: Cue, found: Anchor) -> bool:
    """May a verb without «و» and without subject go on for who spoke last?

    At the head of a sentence it may, before a quotation, and where a relative clause hangs on its content
    («المدينة التي قال إن أخبارها …», «وثائق أكد أنها …»); but nobody goes on to think.
    """
    if cue.entry.does == "think":
        return False
    before_it = page.norms[cue.first - 1] if cue.first else ""
    if _first(page, cue) or before_it == QUOTE or before_it in page.grammar.words_by_kind["relative"]:
        return True
    resumed = found.slots[-1] == "that" and len(page.norms[found.content - 1]) > 2
    return cue.form.tense == "past" and (found.slots[-1] in ("colon", "quote") or resumed)


def _tied(page: Page, cue: Cue) -> bool:
    """Does «كما», «وقد», «كان» or a comma tie a verb without subject to what somebody said before?"""
    kinds = page.grammar.words_by_kind
    before_it = page.norms[cue.first - 1] if cue.first else ""
    if (
        page.norms[cue.stop : cue.stop + 1]
        and page.norms[cue.stop] in kinds["resumptive"]
        and before_it in kinds["venue"]
    ):
        return True  # «ألقى كلمة نوه فيها بـ»
    return before_it == COMMA or any(before_it in kinds[k] for k in ("auxiliary", "clause"))


def _credible(page: Page, cue: Cue, source: Stretch, distance: int) -> bool:
    """May an unknown phrase be the speaker? Near a verb of saying in the past it may; columnists write the rest.

    Where names have been looked for, who only thinks, wants or is saying must be among them.
    """
    if _known(page, source):
        return True
    plain = cue.form.tense == "past" and cue.entry.does in ("say", "add", "deny")
    if distance > FAR:
        return plain and _named(page, source)
    return (
        plain or not page.mentions or _named(page, source) or (cue.form.tense == "past" and proper(page, source.start))
    )


def _named(page: Page, source: Stretch) -> bool:
    """Does a source hold a name or a noun of speakers anywhere?"""
    head = page.norms[source.start][source.skip :]
    if sources.people(head) or page.norms[source.start] == QUOTE:
        return True
    norms, names = page.norms, page.named_words
    return any(
        i in page.mentions or norms[i] in names or page.grammar.noun(norms[i]) for i in range(source.start, source.stop)
    )


def _known(page: Page, source: Stretch) -> bool:
    """Does a source begin with a noun of speakers or a name that is known to be one?"""
    head = page.norms[source.start]
    return source.start in page.mentions or page.grammar.noun(head) is not None or head in page.named_words


def _loose(page: Page, cue: Cue, stop: int) -> Match | None:
    """No complement behind the cue: a bare object, or a report that stands before («…، يقول فلان»)."""
    start = cue.stop
    if cue.entry.does == "publish":
        return _published(page, cue, stop)
    if "object" in cue.entry.takes and start < stop:
        return _object(page, cue, stop)
    if (
        cue.kind != "verb"
        or cue.entry.does not in ("say", "add")
        or not {"quote", "that"} <= set(cue.entry.takes)
        or cue.joined
    ):
        return None
    first = page.sentence(cue.start).start
    previous = page.norms[cue.first - 1] if cue.first > first else ""
    if previous not in (COMMA, QUOTE) or cue.first - first < 4:
        return None
    end = clause_end(page, start, stop)
    region = sources.region(page, start, end)
    behind = page.norms[end + 1] if end + 1 < stop else ""
    resumed = any(s.clitic and s.form.tense in ("past", "present") for s in page.grammar.senses(behind))
    ended = end >= stop or page.norms[end] in ".?!" or resumed or behind in page.grammar.words_by_kind["and-he"]
    if region.source is None or region.source.start > start + 1 or not ended:
        return None
    return framed(page, cue, ("content", "cue", "source"), source=region.source, before=True)


def clause_end(page: Page, start: int, stop: int) -> int:
    """One past the words up to a comma that opens no apposition, a colon or the end of the sentence."""
    i = start
    while i < stop and page.norms[i] not in ".?!;:":
        if page.norms[i] == COMMA and not (i + 1 < stop and page.grammar.noun(page.norms[i + 1])):
            break
        i = page.quotes[i] + 1 if page.norms[i] == QUOTE and i in page.quotes else i + 1
    return min(i, stop)


def _object(page: Page, cue: Cue, stop: int) -> Match | None:
    """A verb with a bare object: the subject must be known to end before it."""
    start = cue.stop
    if cue.kind == "participle":
        if not _aside(page, cue):
            return None
        return framed(page, cue, ("cue", "object", "content"), opens="object", anchor=start, content=start)
    if cue.kind != "verb" or cue.form.suffixed or start >= stop:
        return None
    start = sources.openers(page, start, stop)  # «وناشدت من جانبها الدكتورة …»
    if start >= stop:
        return None
    if cue.joined and page.norms[start].startswith(ARTICLE) and page.norms[start].endswith("ين"):
        # a subject is never in the accusative: «وناشد الخاطفين …»
        return framed(page, cue, ("cue", "object", "content"), opens="object", anchor=start, content=start)
    if _plural(cue):  # «ناشطين انتقدا التنظيم»
        return None
    end = None
    if start in page.mentions:
        end = _coordinated(page, start)
        while end + 1 in page.mentions and page.norms[end] == "في":
            end = page.mentions[end + 1][0]  # «اتهمت النيابة العامة في الوادي | المقاول»
    elif page.grammar.noun(page.norms[start]) is not None:
        limit = min(stop, start + 12)
        limit = next((i for i in range(start, limit) if _closes_subject(page, i)), limit)
        end = next((i for i in range(start + 1, limit) if _starts_object(page, i, start)), None)
        named = next((i for i in range(start + 2, limit) if i in page.named_until), None)
        if named is not None and (end is None or named < end) and _noun(page, named):
            end = end if page.norms[named].startswith(ARTICLE) and not page.grammar.masdar(page.norms[named]) else named
        if end is None and limit + 1 < stop and page.norms[limit] == COMMA and _all_of(page, limit + 1):
            return _divided(page, cue, Stretch(start, limit), limit + 1)
    if end is not None and end + 1 < stop and page.norms[end] == COMMA and _all_of(page, end + 1):
        return _divided(page, cue, Stretch(start, end), end + 1)
    if end is not None and (after := _past_apposition(page, end, stop)):
        return _divided(page, cue, Stretch(start, after), after + 1)  # «حمل سامي الحداد، رئيس الحزب، الوزارة مسؤولية»
    if end is not None and page.norms[end : end + 1] == [QUOTE] and end in page.quotes.values():
        end += 1  # «تبنى تنظيم "الفجر" الهجوم»
    if end is None or end >= stop or page.norms[end] in ".,:;-?!":
        return None
    if page.norms[end].startswith("و") and sources.own(page, end):
        return None  # «وينفي الحداد وعائلته هذه الاتهامات»
    return _divided(page, cue, Stretch(start, end), end)


def _past_apposition(page: Page, end: int, stop: int) -> int | None:
    """The comma behind «، رئيس الحزب،» at `end`, with an object behind it."""
    if end + 1 >= stop or page.norms[end] != COMMA or page.grammar.noun(page.norms[end + 1]) is None:
        return None
    after = next((k for k in range(end + 2, min(stop - 1, end + NEAR)) if page.norms[k] == COMMA), None)
    return after if after is not None and _noun(page, after + 1) else None


def _all_of(page: Page, i: int) -> bool:
    """«جميع قائدي المركبات»: behind a comma too this is the object."""
    return page.norms[i] in page.grammar.words_by_kind["quantifier"]


def _divided(page: Page, cue: Cue, source: Stretch, end: int) -> Match | None:
    return framed(
        page, cue, ("cue", "source", "object", "content"), source=source, opens="object", anchor=end, content=end
    )


def _published(page: Page, cue: Cue, stop: int) -> Match | None:
    """«نشرت صحيفة وثائق», «… التي نشرتها صحيفة», «حصلت عليها قناة»: where papers come from."""
    norms, start = page.norms, cue.stop
    behind = cue.form.suffixed
    if start < stop and norms[start] in ("عليها", "عليه"):
        start, behind = start + 1, True
    if start >= stop or not sources.can_speak(page, start):
        return None
    if behind:
        papers = next((i for i in range(cue.start - 1, max(-1, cue.start - 20), -1) if _paper(page, i)), None)
        if papers is None:
            return None
        named: Stretch | None = Stretch(start, sources.phrase(page, start, min(stop, start + 8), cut=True))
        source = named
        return framed(
            page,
            cue,
            ("source", "cue", "object", "content"),
            source=source,
            opens="object",
            anchor=papers,
            content=papers,
        )
    papers = next((i for i in range(start + 1, min(stop, start + 12)) if _paper(page, i)), None)
    if papers is None or any(norms[i] in ".;:" for i in range(start, papers)):
        return None
    source = sources.region(page, start, papers).source
    return (
        framed(
            page,
            cue,
            ("cue", "source", "object", "content"),
            source=source,
            opens="object",
            anchor=papers,
            content=papers,
        )
        if source and _known(page, source)
        else None
    )


def _paper(page: Page, i: int) -> bool:
    entry = page.grammar.noun(page.norms[i])
    return entry is not None and entry.kind == "document"


def _aside(page: Page, cue: Cue) -> bool:
    """Does a participle stand where an adverb of state stands: behind a comma or a closing mark?"""
    return cue.joined or (cue.start > 0 and page.norms[cue.start - 1] in (COMMA, QUOTE, ";"))


def _accused(page: Page, cue: Cue, stop: int) -> Match | None:
    """«تتهم واشنطن الجيش بشن هجمات»: the object of the verb stands before its preposition, behind a known name."""
    first = sources.openers(page, cue.stop, stop)
    known = first < stop and (first in page.mentions or page.grammar.noun(page.norms[first]) is not None)
    return _object(page, cue, stop) if known and "object" in cue.entry.takes else None


def _coordinated(page: Page, start: int) -> int:
    """One past the names at `start`: «واشنطن ولندن وباريس»."""
    end = page.mentions[start][0]
    while end in page.mentions and page.norms[end].startswith("و"):
        end = page.mentions[end][0]
    return end


def _closes_subject(page: Page, i: int) -> bool:
    """Can no subject reach over word `i`?"""
    return page.norms[i] in page.grammar.words_by_kind["that"] or page.norms[i] in ",.;:?!"


def _starts_object(page: Page, i: int, start: int) -> bool:
    """A verbal noun or an office behind a complete subject: «أدانت الوزارة | الهجوم», «اتهمت الشبكة | محافظ الوادي»."""
    if page.grammar.masdar(page.norms[i]) and not construct(page, i, start):
        return True
    head, other = page.grammar.noun(page.norms[start]), page.grammar.noun(page.norms[i])
    group = head is not None and head.kind != "person"
    body = other is not None and other.kind == "organisation"  # «المجلس البلدي | الوزارة»
    complete = page.norms[i - 1].startswith(ARTICLE) and (body or not page.norms[i].startswith(ARTICLE))
    return group and complete and other is not None and other.kind in ("person", "organisation")


def _carried(page: Page, cue: Cue) -> Match | None:
    """«نقلت X عن Y قوله إن …»: a carrier and a source in one."""
    norms = page.norms
    stop = page.sentence(cue.start).stop
    about = next((i for i in range(cue.stop, min(stop, cue.stop + 14)) if norms[i] in ("عن", "عنه", "عنها")), None)
    if about is None or any(norms[i] in ".?!;" for i in range(cue.stop, about)):
        return None
    speaker = replace(cue, entry=replace(cue.entry, takes=("that", "quote")))
    found = anchor(page, speaker, about + 1, stop)
    if found is None:
        return None
    carrier = sources.region(page, cue.stop, about).source
    said = next((i for i in range(about + 1, found.at) if norms[i] in page.grammar.words_by_kind["said"]), None)
    source = sources.region(page, about + 1, said or found.at).source
    if source is None:
        return None
    slots = ["cue", *(["carrier"] if carrier else []), "prep", "source", *(["said"] if said else [])]
    return framed(
        page,
        cue,
        (*slots, *found.slots, "content"),
        source=source,
        said=Stretch(said, said + 1) if said else Stretch(about, about + 1),
        carrier=carrier,
        opens=found.slots[-1],
        anchor=found.at,
        content=found.content,
        skip=found.skip,
    )


def _headline(page: Page, cue: Cue) -> Match | None:
    """«وزير الري: السد آمن» on a line by itself."""
    start = page.paragraph(cue.start).start
    norm = page.norms[start]
    known = (start in page.mentions and page.mentions[start][1].kind != "place") or page.grammar.noun(norm) is not None
    if not (known or norm in page.speaking) or norm in page.grammar.words_by_kind["credit"]:
        return None
    source = Stretch(start, cue.start)
    if any(page.norms[i] in ",.-:" for i in range(start, cue.start)) or page.grammar.senses(norm):
        return None
    return framed(
        page, cue, ("source", "colon", "content"), source=source, opens="headline", anchor=cue.start, content=cue.stop
    )


def _impersonal(page: Page, cue: Cue) -> Match | None:
    stop = page.sentence(cue.start).stop
    found = anchor(page, cue, cue.stop, min(stop, cue.stop + 6))
    if found is None or found.at - cue.stop > 3:
        return None
    return framed(
        page,
        cue,
        ("cue", *found.slots, "content"),
        opens=found.slots[-1],
        anchor=found.at,
        content=found.content,
        skip=found.skip,
    )
