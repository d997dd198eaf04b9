"""Reads the words around a cue into named slots, and looks up which frame they make.

The slots a cue may be followed by stand in `cues.toml` (`takes`), the sequences that count in `frames.toml`; here is
only how each slot is recognised. Slots are words, so that the derivation of every attribution can be shown again.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from riwaya.stages.attributions import sources
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.grammar import ARTICLE, Frame
from riwaya.stages.attributions.page import COLON, COMMA, ENDS, QUOTE, Page
from riwaya.stages.attributions.sources import Stretch

LONG_CLAUSE = 30
"""Words of a relative clause between a subject and its verb."""
NEAR = 16
"""Words between a cue and a preposition or bare event that it governs; further off it belongs to something else."""
NAME_QUOTE = 4
"""A quotation of so many words inside a source is a name, not speech."""
COMMAS = 4
"""A source with more commas than this is none."""


class Anchor(Struct, frozen=True):
    """Where what was said begins: the slots seen (`that`, `prep that`, `quote` …), their place, the first word."""

    slots: tuple[str, ...]
    at: int
    content: int
    skip: int = 0


class Match(Struct, frozen=True, kw_only=True):
    """A cue in its frame. `content` is the first word of what was said, None where it stands before the cue."""

    cue: Cue
    frame: Frame
    opens: str = ""
    anchor: int = 0
    source: Stretch | None = None
    carrier: Stretch | None = None
    addressee: Stretch | None = None
    content: int | None = None
    skip: int = 0
    before: bool = False
    relative: bool = False
    """The source is the noun that a relative clause or an apposition hangs on."""


def match(page: Page, cue: Cue) -> Match | None:
    """The frame that a cue stands in; None when it stands in none."""
    match cue.kind:
        case "particle" | "as":
            return _particle(page, cue)
        case "closing":
            return _framed(page, cue, ("content", "cue"), before=True)
        case "agentless" | "author":
            return _impersonal(page, cue)
        case "carry":
            return _carried(page, cue)
        case _:
            return _spoken(page, cue)


def _framed(page: Page, cue: Cue, slots: tuple[str, ...], **found: object) -> Match | None:
    frame = page.grammar.sequences.get((cue.kind, " ".join(slots)))
    return replace(Match(cue=cue, frame=frame), **found) if frame else None


def anchor(page: Page, cue: Cue, start: int, stop: int) -> Anchor | None:
    """Where the content of a verb begins: the first of its complements behind the cue."""
    norms, takes = page.norms, cue.entry.takes
    kinds = page.grammar.words_by_kind
    commas, weak, i = 0, None, start
    limit = min(stop, start + sources.LONGEST)
    while i < limit:
        norm = norms[i]
        if norm in kinds["that"]:
            if "that" in takes and (i == start or norms[i - 1] not in kinds["no-that"]):
                return Anchor(("that",), i, i + 1)
            if i and norms[i - 1] not in kinds["no-that"]:
                break
        elif norm == COLON:
            if "quote" not in takes or i + 1 >= stop:
                break
            return _after_colon(page, i, stop)
        elif norm == QUOTE and i in page.quotes:
            if "quote" in takes and _speech(page, i, start):
                return Anchor(("quote",), i, i)
            i = page.quotes[i]
        elif norm in (COMMA, ";"):
            commas += 1
            if commas > COMMAS:
                break
            if _new_clause(page, i + 1, stop):
                return _behind_aside(page, takes, i + 1, stop) or weak
        elif norm in "?!" or norm == "." and norms[i - 1] == ".":
            break
        elif (found := _governed(page, cue, i, start, stop)) is not None:
            if found.slots[-1] == "that" or not sources.inner_preposition(page, i):
                return found
            weak = weak or found
        elif i > start and _turns_to_speech(page, i, takes):
            break
        i += 1
    return weak


def _behind_aside(page: Page, takes: tuple[str, ...], i: int, stop: int) -> Anchor | None:
    """«وقال فلان، واصفا ما حدث بأنه كارثة: إن …»: the content behind a participle clause and a colon."""
    if not any(s.form.tense == "participle" for s in page.grammar.senses(page.norms[i] if i < stop else "")):
        return None
    colon = next((k for k in range(i, min(stop, i + 16)) if page.norms[k] == COLON), None)
    return _after_colon(page, colon, stop) if colon and "quote" in takes and colon + 1 < stop else None


def _after_colon(page: Page, i: int, stop: int) -> Anchor:
    """Behind «:» may stand «إن» once more: «قولها: إنّ …»."""
    follows = page.norms[i + 1]
    if follows in page.grammar.words_by_kind["that"] and i + 2 < stop:
        return Anchor(("colon",), i, i + 2)
    return Anchor(("colon",), i, i + 1)


def _speech(page: Page, i: int, start: int) -> bool:
    """Is the quotation at `i` speech, and not a name inside the source?"""
    closing = page.quotes[i]
    length = closing - i - 1
    after = page.norms[closing + 1] if closing + 1 < len(page) else "."
    ends = after in ENDS or after in (COMMA, ";", QUOTE)
    if length <= 2 * NAME_QUOTE and not ends:
        return False  # «أفادت "شبكة الرصد" أن»
    return length > NAME_QUOTE or (i == start and length > 1 and ends)


def _new_clause(page: Page, i: int, stop: int) -> bool:
    """Behind a comma: does a new report or a turn of the journalist begin?"""
    if i >= stop:
        return True
    if page.norms[i] in page.grammar.words_by_kind["adjunct"]:
        return False  # «يوضح فلان، قائلا إن»
    senses = page.grammar.senses(page.norms[i])
    if any(s.form.tense == "participle" or (s.clitic and s.form.tense in ("past", "present")) for s in senses):
        return True
    return page.norms[i] in ("وذلك", "وهو", "وهي")


def _turns_to_speech(page: Page, i: int, takes: tuple[str, ...]) -> bool:
    """A further finite verb of saying tied on with «و» ends the search: it has its own complement."""
    return any(
        s.clitic == "و" and s.form.tense in ("past", "present") and s.entry.does not in ("publish",)
        for s in page.grammar.senses(page.norms[i])
    )


def _governed(page: Page, cue: Cue, i: int, start: int, stop: int) -> Anchor | None:
    """The preposition that the verb governs, a bare event, or an object, at word `i`."""
    norms, takes = page.norms, cue.entry.takes
    that = page.grammar.words_by_kind["that"]
    norm = norms[i]
    for preposition in takes:
        if len(preposition) > 1 and page.grammar.fold(preposition) == norm and i + 1 < stop:
            if norm == "علي" and page.source(i).endswith("ي") and i > start:
                continue  # «علي» the name
            if norms[i + 1] in that and i + 2 < stop:
                return Anchor(("prep", "that"), i, i + 2)
            return Anchor(("prep",), i, i + 1)
    if "ب" in takes and (skip := _with_bi(page, i, start, "that" not in takes)):
        return Anchor(("prep",), i, i if skip < len(norm) else i + 1, skip if skip < len(norm) else 0)
    period = i + 1 < stop and norms[i + 1] in page.grammar.words_by_kind["period"]
    if "event" in takes and i > start and norm in page.grammar.words_by_kind["this"] and not period:
        return Anchor(("event",), i, i)
    if "event" in takes and page.grammar.masdar(norm) and not _construct(page, i, start):
        return Anchor(("event",), i, i)
    return None


def _with_bi(page: Page, i: int, start: int, alone: bool) -> int:
    """1 when word `i` is or begins with the preposition «ب», else 0; `alone`: the verb takes nothing else."""
    norm = page.norms[i]
    if norm == "ب":
        return 1
    rest = norm[1:]
    if not norm.startswith("ب") or len(norm) < 4 or norm in page.grammar.words_by_kind["not-bi"]:
        return 0
    if rest.startswith(ARTICLE) or page.grammar.masdar(rest):
        return 1
    return 1 if i == start or alone and i > start + 1 and len(norm) > 4 and page.grammar.noun(rest) is None else 0


def _construct(page: Page, i: int, start: int) -> bool:
    """Does the verbal noun at `i` belong to the source: «وزارة إعادة الإعمار», «هيئة تنظيم …»?"""
    if i == start:
        return False
    before = page.norms[i - 1]
    entry = page.grammar.noun(before)
    if before in page.grammar.words_by_kind["preposition"]:
        return True
    return entry is not None and not before.startswith(ARTICLE) and entry.kind in ("organisation", "person", "document")


def _spoken(page: Page, cue: Cue) -> Match | None:
    """A verb, a participle or a verbal noun: cue, perhaps a source, then what was said."""
    stop = page.sentence(cue.start).stop
    start = cue.stop
    found = anchor(page, cue, start, stop)
    if cue.kind == "participle" and (found is None or found.slots[-1] != "that") and (bare := _bare(page, cue, stop)):
        found = bare
    if found is None:
        return _loose(page, cue, stop)
    if cue.entry.does == "publish" and not _paper(page, found.content):
        return None
    if found.slots[-1] in ("prep", "event") and found.at - start > NEAR:
        return None
    if cue.entry.does == "add" and "that" not in cue.entry.takes and _letters(page, start, found.at) > 3:
        return None  # «زاد الأمر سوءا»
    region = sources.region(page, start, found.at)
    if cue.first and page.norms[cue.first - 1] in page.grammar.words_by_kind["pronoun"] or _plural(cue):
        region = sources.Region(None, region.addressee)
    tail = (*found.slots, "content")
    given = dict(
        opens=found.slots[-1], anchor=found.at, content=found.content, skip=found.skip, addressee=region.addressee
    )
    if cue.kind == "participle":
        if found.slots[-1] in ("event", "object") and not _aside(page, cue):
            return None
        return None if found.at - start > 12 else _framed(page, cue, ("cue", *tail), **given)
    if cue.kind == "noun" and not cue.form.suffixed and region.source is None:
        return None
    if found.slots[-1] == "event" and region.source is not None and not _known(page, region.source):
        return None
    if region.source is not None and not cue.form.suffixed:
        return _framed(page, cue, ("cue", "source", *tail), source=region.source, **given)
    if region.source is not None:
        return None
    pronoun = cue.first and page.norms[cue.first - 1] in page.grammar.words_by_kind["pronoun"]
    if pronoun or found.slots[-1] == "prep" and cue.form.tense == "present" and cue.joined:
        return _framed(page, cue, ("cue", *tail), **given) if pronoun else None
    if cue.kind == "verb" and not cue.joined and (subject := before(page, cue)):
        source, relative = subject
        if matched := _framed(page, cue, ("source", "cue", *tail), source=source, relative=relative, **given):
            return matched
    return _framed(page, cue, ("cue", *tail), **given)


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
    if i >= stop or not sources._can_speak(page, i) or sources.adjunct(page, i, stop) > i or page.norms[i] == QUOTE:
        return None
    return Anchor(("object",), i, i)


def _known(page: Page, source: Stretch) -> bool:
    """Does a source begin with a noun of speakers or a name that is known to be one?"""
    return source.start in page.mentions or page.grammar.noun(page.norms[source.start]) is not None


def _loose(page: Page, cue: Cue, stop: int) -> Match | None:
    """No complement behind the cue: a bare object, or a report that stands before («…، يقول فلان»)."""
    start = cue.stop
    if cue.entry.does == "publish":
        return _published(page, cue, stop)
    if "object" in cue.entry.takes and start < stop:
        return _object(page, cue, stop)
    if cue.kind != "verb" or cue.entry.does not in ("say", "add") or cue.joined:
        return None
    first = page.sentence(cue.start).start
    previous = page.norms[cue.first - 1] if cue.first > first else ""
    if previous not in (COMMA, QUOTE) or cue.first - first < 4:
        return None
    end = clause_end(page, start, stop)
    region = sources.region(page, start, end)
    if region.source is None or region.source.start > start + 1:
        return None
    return _framed(page, cue, ("content", "cue", "source"), source=region.source, before=True)


def clause_end(page: Page, start: int, stop: int) -> int:
    """One past the words up to a comma that opens no apposition, a colon or the end of the sentence."""
    i = start
    while i < stop and page.norms[i] not in '.?!;:':
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
        return _framed(page, cue, ("cue", "object", "content"), opens="object", anchor=start, content=start)
    if cue.kind != "verb" or cue.form.suffixed or start >= stop:
        return None
    if cue.joined and page.norms[start].startswith(ARTICLE) and page.norms[start].endswith("ين"):
        # a subject is never in the accusative: «وناشد الخاطفين …»
        return _framed(page, cue, ("cue", "object", "content"), opens="object", anchor=start, content=start)
    end = None
    if start in page.mentions:
        end = page.mentions[start][0]
    elif page.grammar.noun(page.norms[start]) is not None:
        limit = min(stop, start + 12)
        limit = next((i for i in range(start, limit) if _closes_subject(page, i)), limit)
        end = next((i for i in range(start + 1, limit) if _starts_object(page, i, start)), None)
    if end is None or end >= stop or page.norms[end] in ".,:;-?!":
        return None
    source = Stretch(start, end)
    return _framed(
        page, cue, ("cue", "source", "object", "content"), source=source, opens="object", anchor=end, content=end
    )


def _published(page: Page, cue: Cue, stop: int) -> Match | None:
    """«نشرت صحيفة وثائق», «… التي نشرتها صحيفة», «حصلت عليها قناة»: where papers come from."""
    norms, start = page.norms, cue.stop
    behind = cue.form.suffixed
    if start < stop and norms[start] in ("عليها", "عليه"):
        start, behind = start + 1, True
    if start >= stop or not sources._can_speak(page, start):
        return None
    if behind:
        papers = next((i for i in range(cue.start - 1, max(-1, cue.start - 20), -1) if _paper(page, i)), None)
        if papers is None:
            return None
        named: Stretch | None = Stretch(start, sources.phrase(page, start, min(stop, start + 8), cut=True))
        source = named
        return _framed(page, cue, ("source", "cue", "object", "content"), source=source, opens="object",
                       anchor=papers, content=papers)
    papers = next((i for i in range(start + 1, min(stop, start + 12)) if _paper(page, i)), None)
    if papers is None or any(norms[i] in ".;:" for i in range(start, papers)):
        return None
    source = sources.region(page, start, papers).source
    return _framed(page, cue, ("cue", "source", "object", "content"), source=source, opens="object", anchor=papers,
                   content=papers) if source and _known(page, source) else None


def _paper(page: Page, i: int) -> bool:
    entry = page.grammar.noun(page.norms[i])
    return entry is not None and entry.kind == "document"


def _aside(page: Page, cue: Cue) -> bool:
    """Does a participle stand where an adverb of state stands: behind a comma or a closing mark?"""
    return cue.joined or cue.start > 0 and page.norms[cue.start - 1] in (COMMA, QUOTE, ";")


def _closes_subject(page: Page, i: int) -> bool:
    """Can no subject reach over word `i`?"""
    return page.norms[i] in page.grammar.words_by_kind["that"] or page.norms[i] in ",.;:?!"


def _starts_object(page: Page, i: int, start: int) -> bool:
    """A verbal noun behind a complete subject: «أدانت وزارة الخارجية | الهجوم»."""
    return page.grammar.masdar(page.norms[i]) and not _construct(page, i, start)


def before(page: Page, cue: Cue) -> tuple[Stretch, bool] | None:
    """The subject that stands before its verb: «بيسكوف يرى أن», «الوثائق التي … تشير إلى»."""
    norms, kinds = page.norms, page.grammar.words_by_kind
    first = page.sentence(cue.first).start
    end = cue.first
    while end > first and norms[end - 1] in kinds["auxiliary"]:
        end -= 1
    if end > first and norms[end - 1] in kinds["relative"]:
        return _antecedent(page, first, end - 1) if _hangs_on(norms[end - 1], cue) else None
    if end > first and norms[end - 1] == COMMA:
        end -= 1
    near = _antecedent(page, first, end)
    if near and _agrees(page, near[0].start, cue) and _opens_clause(page, first, near[0].start):
        return near
    start = _subject_start(page, first, end)
    if start is None or end - start < 1 or end - start > 30:
        return None
    stop = sources.phrase(page, start, end, cut=True)
    rest = norms[stop:end]
    if rest and rest[0] == COMMA:
        region = sources.region(page, start, end)
        stop = region.source.stop if region.source else stop
    if end - stop > (LONG_CLAUSE if rest and rest[0] in kinds["relative"] else 18):
        return None
    known = start in page.mentions or page.grammar.noun(norms[start]) is not None
    definite = norms[start].startswith(ARTICLE)
    if not known and (stop - start > 3 or definite and (stop - start > 1 or norms[start].endswith("ات"))):
        return None
    return Stretch(start, stop), False


def _subject_start(page: Page, first: int, end: int) -> int | None:
    """Where a subject before the verb may begin: behind the openers of the sentence, or of the last clause."""
    norms, kinds = page.norms, page.grammar.words_by_kind
    start = first
    for i in range(end - 1, first - 1, -1):
        norm = norms[i]
        if norm in kinds["that"] or norm in (":", ";") or norm in kinds["clause"]:
            start = i + 1
            break
    start = sources.openers(page, start, end)
    while start < end and norms[start] in kinds["auxiliary"]:
        start += 1
    if start >= end or not sources._can_speak(page, start):
        return None
    if page.grammar.senses(norms[start]):
        return None
    return start


def _antecedent(page: Page, first: int, end: int) -> tuple[Stretch, bool] | None:
    """The noun phrase before a relative pronoun: «المعلومات الواردة من تدمر، التي أشارت إلى»."""
    norms = page.norms
    if end > first and norms[end - 1] == COMMA:
        end -= 1
    for i in range(end - 1, max(first, end - 8) - 1, -1):
        if norms[i] in (COMMA, ":", ".", ";") or page.grammar.senses(norms[i]):
            return None
        entry = page.grammar.noun(norms[i])
        if i in page.mentions and page.mentions[i][0] == end or entry is not None:
            before_it = page.grammar.noun(norms[i - 1]) if i > first else None
            if before_it is not None and not norms[i - 1].startswith(ARTICLE):
                continue
            return Stretch(i, end), True
        behind = page.grammar.noun(norms[i - 1]) if i > first else None
        if norms[i][0] in "بلكوف" and len(norms[i]) > 3 and page.grammar.noun(norms[i][1:]) and behind is None:
            return Stretch(i, end, 1), True
    return None


def _opens_clause(page: Page, first: int, head: int) -> bool:
    """Can a noun be the subject of a verb without a relative pronoun: is it indefinite, or first in its clause?"""
    kinds = page.grammar.words_by_kind
    if not page.norms[head].startswith((ARTICLE, "بال", "وال", "لل")):
        return True
    before_it = page.norms[head - 1] if head > first else COMMA
    return before_it in (COMMA, ":", ";") or before_it in kinds["that"] or before_it in kinds["clause"]


def _hangs_on(pronoun: str, cue: Cue) -> bool:
    """Is the relative pronoun the subject of the verb? «المدينة التي قال إن أخبارها …» has another."""
    plural = pronoun.endswith(("ين", "ان", "اتي", "ن"))
    if plural or cue.form.number == "p":
        return plural
    return pronoun.endswith("التي") == (cue.form.gender == "f")


def _agrees(page: Page, head: int, cue: Cue) -> bool:
    """Does a noun that stands before a verb agree with it, as it must in Arabic?"""
    norm = page.norms[head]
    entry = page.grammar.noun(norm)
    if entry is not None and entry.kind == "anonymous":
        return True  # «معظم التقارير تؤكد»
    feminine = entry is not None and entry.gender == "f" or norm.endswith("ه") or norm.endswith("ات")
    return cue.form.number == "p" or feminine == (cue.form.gender == "f")


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
    return _framed(
        page,
        cue,
        (*slots, *found.slots, "content"),
        source=source,
        carrier=carrier,
        opens=found.slots[-1],
        anchor=found.at,
        content=found.content,
        skip=found.skip,
    )


def _impersonal(page: Page, cue: Cue) -> Match | None:
    stop = page.sentence(cue.start).stop
    found = anchor(page, cue, cue.stop, min(stop, cue.stop + 6))
    if found is None or found.at - cue.stop > 3:
        return None
    return _framed(page, cue, ("cue", *found.slots, "content"), opens=found.slots[-1], anchor=found.at,
                   content=found.content, skip=found.skip)


def _particle(page: Page, cue: Cue) -> Match | None:
    """«بحسب X»: before what X said, after it, or in its midst."""
    sentence = page.sentence(cue.start)
    start, skip = cue.stop, 0
    if cue.entry.kind == "as":
        follows = page.grammar.senses(page.norms[start]) if start < sentence.stop else ()
        finite = next((s for s in follows if s.form.tense in ("past", "present") and not s.clitic), None)
        if finite is None or finite.entry.does in ("act", "name", "publish"):
            return None
        cue = replace(cue, stop=start + 1)
        start += 1
    if cue.entry.governs:
        norm = page.norms[start] if start < sentence.stop else ""
        if not norm.startswith("ل"):
            return None
        start, skip = (start + 1, 0) if norm == "ل" else (start, 0 if norm.startswith("لل") else 1)
    if start >= sentence.stop:
        return None
    leading = sources.openers(page, sentence.start, cue.start) >= cue.start
    end, content = _particle_source(page, start, sentence.stop, leading)
    if end is None or (not skip and not sources._can_speak(page, start)):
        return None
    source = Stretch(start, end, skip)
    if not _authority(page, source):
        return None
    if content is not None and page.norms[content - 1] in page.grammar.words_by_kind["that"]:
        if matched := _framed(page, cue, ("cue", "source", "that", "content"), source=source, opens="that",
                              anchor=end, content=content):
            return matched
        return None
    if leading:
        if content is None or cue.entry.name == "hasbama" and page.norms[cue.start] == "كما":
            return None
        return _framed(page, cue, ("cue", "source", "content"), source=source, opens="particle", anchor=end,
                       content=content)
    slots = ("content", "cue", "source") + (("content",) if content is not None else ())
    if cue.entry.kind == "as" and content is not None and page.norms[cue.start].endswith("كما"):
        return None
    return _framed(page, cue, slots, source=source, before=True, content=content, opens="particle", anchor=end)


def _authority(page: Page, source: Stretch) -> bool:
    """Is what stands behind «بحسب» somebody who speaks, and no rule or standard («وفق المواصفات»)?"""
    norm = page.norms[source.start][source.skip :]
    if source.start in page.mentions:
        return True
    if norm in page.grammar.words_by_kind["standard"]:
        return False
    if page.grammar.noun(norm) is not None:
        return True
    words = [w for w in (norm, *page.norms[source.start + 1 : source.stop]) if w != QUOTE]
    if not words or page.grammar.outlets.find(words, 0)[0]:
        return bool(words)
    return words[0] in page.speaking


def _particle_source(page: Page, start: int, stop: int, leading: bool) -> tuple[int | None, int | None]:
    """Where the source of a particle ends, and where the content behind it begins, if there is any."""
    norms, kinds = page.norms, page.grammar.words_by_kind
    i = page.mentions[start][0] if start in page.mentions else start + 1
    i = page.quotes[start] + 1 if norms[start] == QUOTE and start in page.quotes else i
    while i < min(stop, start + 25):
        norm = norms[i]
        if norm in '.?!;:':
            return i, None
        if norm == COMMA:
            if _titled(page, i, stop):
                i += 1
                continue
            return i, i + 1 if i + 1 < stop else None
        if norm in kinds["then"]:
            return i, i + 1
        if norm in kinds["that"]:
            return i, i + 1
        if norm in kinds["resume"] or norm[:2] in ("ست", "سي") and len(norm) > 4 or norm.startswith("فقد"):
            return i, i
        if norm.startswith("ل") and page.grammar.masdar(norm[1:]):
            return i, i
        if norm == QUOTE and i in page.quotes:
            i = page.quotes[i]
        elif sources.adjunct(page, i, stop) > i:
            end = i
            while i < stop and norms[i] not in (COMMA, ".", ";") and norms[i] not in kinds["then"]:
                i += 1
            inside = i < stop and (norms[i] == COMMA or norms[i] in kinds["then"])
            return end, i + 1 if inside and i + 1 < stop else None
        i += 1
    return (i, None) if i >= stop else (None, None)


def _titled(page: Page, i: int, stop: int) -> bool:
    """Does an apposition follow the comma, with another comma or the end behind it?"""
    if i + 1 >= stop or page.grammar.noun(page.norms[i + 1]) is None:
        return False
    after = next((k for k in range(i + 1, stop) if page.norms[k] in ",.:;"), stop)
    return after - i <= 10 and (after >= stop - 1 or page.norms[after] == COMMA)
