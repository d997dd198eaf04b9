"""Objects without «أن»: whom a verb blames, what it condemns, papers it publishes; and a report before its verb."""

from __future__ import annotations

from riwaya.stages.attributions import acting, checks, heads, phrases, sources, subjects
from riwaya.stages.attributions.complements import Anchor, construct
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import finite
from riwaya.stages.attributions.frames import Match, framed
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COMMA, NAME_QUOTE, QUOTE, Page
from riwaya.stages.attributions.phrases import Stretch
from riwaya.stages.attributions.unnamed import unnamed

HOLDER = 10
"""Words from the preposition of an office to the name of who holds it."""
FAR = 30
"""Words between a cue and an object that tells of itself what it is."""
NEAR = 16
"""Words between a cue and a preposition or bare event that it governs; further off it belongs to something else."""


def bare(page: Page, cue: Cue, stop: int) -> Anchor | None:
    """The noun that a participle governs: «مؤكدا - أيده الله - عمق العلاقات»."""
    takes = set(cue.entry.takes)
    wish = "ل" in takes and page.norms[cue.stop : cue.stop + 1] and page.norms[cue.stop].startswith("ل")
    if not {"event", "object"} & takes or not (wish or aside(page, cue)):
        return None
    i = cue.stop
    if i < stop and page.norms[i] == "-":
        i = next((k + 1 for k in range(i + 1, min(stop, i + 6)) if page.norms[k] == "-"), i)
    wished = i < stop and "ل" in cue.entry.takes and page.norms[i].startswith("ل")  # «متمنيا لهم التوفيق»
    governed = i < stop and "ب" in cue.entry.takes and page.norms[i].startswith("ب")
    if wished:
        return Anchor(("object",), i, i)
    if governed or i >= stop or not _noun(page, i) or phrases.adjunct(page, i, stop) > i:
        return None
    return Anchor(("object",), i, i)


def _noun(page: Page, i: int) -> bool:
    """May word `i` begin a noun phrase: is it no function word, sign or preposition written on?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    small = any(norm in kinds[k] for k in ("preposition", "relative", "that", "closed", "adjunct"))
    return norm.isalpha() and len(norm) > 2 and not small and not norm.startswith(("بال", "لل", "كال"))


def loose(page: Page, cue: Cue, stop: int) -> Match | None:
    """No complement behind the cue: a bare object, or a report that stands before («…، يقول فلان»)."""
    start = cue.stop
    if cue.entry.does == "publish":
        return _published(page, cue, stop)
    if "object" in cue.entry.takes and start < stop:
        return _behind_subject(page, cue) or _object(page, cue, stop)
    if (
        cue.kind != "verb"
        or cue.entry.does not in ("say", "add")
        or not {"quote", "that"} <= set(cue.entry.takes)
        or cue.joined
    ):
        return None
    first = page.sentence(cue.start).start
    previous = page.norms[cue.first - 1] if cue.first > first else ""
    if previous not in (COMMA, QUOTE) or cue.first - first < 4 or cue.first - 1 in page.quotes:
        return None  # «المسرحية «قال الراوي»»
    end = clause_end(page, start, stop)
    region = sources.region(page, start, end)
    behind = page.norms[end + 1] if end + 1 < stop else ""
    resumed = any(s.clitic and s.form.tense in ("past", "present") for s in page.grammar.senses(behind))
    ended = end >= stop or page.norms[end] in ".?!" or resumed or behind in page.grammar.words_by_kind["and-he"]
    if region.source is None or region.source.start > start + 1 or not ended:
        return None
    if page.mentions and not checks.named(page, region.source):
        return None  # «صورة مفعمة بالمشاعر، تؤكد عظمة المدرسة»
    if page.quotes.get(region.source.start, 0) - region.source.start > NAME_QUOTE:
        return None  # «وردا على سؤال، قال "…"»
    return framed(page, cue, ("content", "cue", "source"), source=region.source, before=True)


def _behind_subject(page: Page, cue: Cue) -> Match | None:
    """«بعض النواب يتهمون الوزارة بـ»: the subject stands before a verb in the plural, its object behind it."""
    stands = cue.kind == "verb" and cue.plural and cue.form.tense == "present" and not cue.form.suffixed
    if not stands or cue.joined or not _noun(page, cue.stop):
        return None
    found = subjects.before(page, cue)
    if found is None or not checks.named(page, found[0]):
        return None
    slots = ("source", "cue", "object", "content")
    start = cue.stop
    return framed(page, cue, slots, source=found[0], relative=found[1], opens="object", anchor=start, content=start)


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
        if not aside(page, cue):
            return None
        return framed(page, cue, ("cue", "object", "content"), opens="object", anchor=start, content=start)
    if cue.kind != "verb" or cue.form.suffixed or start >= stop:
        return None
    start = phrases.openers(page, start, stop)  # «وناشدت من جانبها الدكتورة …»
    if start >= stop:
        return None
    if cue.joined and page.norms[start].startswith(ARTICLE) and page.norms[start].endswith("ين"):
        # a subject is never in the accusative: «وناشد الخاطفين …»
        return framed(page, cue, ("cue", "object", "content"), opens="object", anchor=start, content=start)
    if cue.entry.objects and page.grammar.may_adopt(cue.entry, page.norms[start]):
        return _elided(page, cue, start)
    if cue.plural:  # «ناشطين انتقدا التنظيم»
        return None
    end = None
    if cue.entry.objects and (adopted := _adopted(page, cue, start, stop)):
        return _divided(page, cue, Stretch(start, _without_occasion(page, start, adopted)), adopted)
    if page.norms[start] == QUOTE and 1 < page.quotes.get(start, 0) - start <= 5:
        end = page.quotes[start] + 1  # «وناشد "سامي الحداد" الوزارة»
    elif start in page.mentions and not _of_nobody(page, start):
        end = _with_name(page, coordinated(page, start))
        while end + 1 in page.mentions and page.norms[end] == "في":
            end = page.mentions[end + 1][0]  # «اتهمت النيابة العامة في الوادي | المقاول»
    elif page.norms[start] in page.named_words:
        end = start + 1  # «أبدى الحداد | سعادته», who was named in full before
    elif page.grammar.noun(page.norms[start]) is not None:
        limit = min(stop, start + 12)
        limit = next((i for i in range(start, limit) if _closes_subject(page, i)), limit)
        end = next((i for i in range(start + 1, limit) if _starts_object(page, i, start)), None)
        named = next((i for i in range(start + 2, limit) if i in page.named_until), None)
        if named is not None and (end is None or named < end) and _noun(page, named):
            end = end if page.norms[named].startswith(ARTICLE) and not page.grammar.masdar(page.norms[named]) else named
        if end is None and limit + 1 < stop and page.norms[limit] == COMMA and _all_of(page, limit + 1):
            return _divided(page, cue, Stretch(start, limit), limit + 1)
        adopted = bool(cue.entry.objects) and page.grammar.may_adopt(cue.entry, page.norms[min(limit + 1, stop - 1)])
        if limit + 1 < stop and page.norms[limit] == COMMA and adopted:
            return _divided(page, cue, Stretch(start, limit), limit + 1)  # «جدد الوزير سامي الحداد، التمسك بـ»
    if end is None and start in page.mentions and page.norms[page.mentions[start][0]] == "ما":
        end = page.mentions[start][0]  # «نفى مصدر مسؤول | ما أشيع عن»
    if end is not None and end < stop and (holder := _held_by(page, end, stop)):
        end = holder  # «أدان سفير الضفاف لدى المنظمة، سامي الحداد | الهجوم»
    if end is not None and end + 1 < stop and page.norms[end] == COMMA and _all_of(page, end + 1):
        return _divided(page, cue, Stretch(start, end), end + 1)
    if end is not None and page.norms[end : end + 1] == [COMMA] and _adopts(page, cue, end + 1):
        return _divided(page, cue, Stretch(start, end), end + 1)
    if end is not None and (after := _past_apposition(page, end, stop)):
        return _divided(page, cue, Stretch(start, after), after + 1)  # «حمل سامي الحداد، رئيس الحزب، الوزارة مسؤولية»
    if end is not None and page.norms[end : end + 1] == [QUOTE] and end in page.quotes.values():
        end += 1  # «تبنى تنظيم "الفجر" الهجوم»
    if end is None or end >= stop or page.norms[end] in ".,:;-?!":
        return None
    if page.norms[end].startswith("و") and phrases.own(page, end):
        return None  # «وينفي الحداد وعائلته هذه الاتهامات»
    object_at = _past_occasion(page, end, stop)
    while end > start + 1 and page.norms[end - 1] in page.grammar.words_by_kind["adverb"]:
        end -= 1  # «ورصد التقرير | كذلك ارتفاعا»
    when = next((k for k in range(start + 1, end) if phrases.adjunct(page, k, end) > k), end)
    if when == end - 1:
        return None  # «امتدح اللاعب عبر | حسابه فريقه»
    return _divided(page, cue, Stretch(start, when), object_at)  # «وقدم معاليه | خلال الاجتماع | الشكر»


def _elided(page: Page, cue: Cue, start: int) -> Match | None:
    """«وقدم شكره للأهالي», «، أبدى انزعاجه»: nobody is named before an object that tells of itself what it is."""
    his = phrases.own(page, start)
    after = page.grammar.noun(page.norms[start + 1]) if start + 1 < len(page) else None
    acts = page.norms[start].startswith(ARTICLE) and (after is not None or start + 1 in page.mentions)
    told = page.norms[page.sentence(cue.first).start : cue.first]
    that = page.grammar.words_by_kind["that"]
    inside = cue.joined and bool(told) and told[-1].isalpha() and not that.isdisjoint(told)
    if inside or acts or not (his or cue.joined or cue.plural) or cue.form.tense != "past":
        return None  # «قال إن الصياد زار القرية وأبدى رغبته», «وتبنى الهجوم تنظيم الفجر»
    found = Anchor(("object",), start, start)
    return unnamed(page, cue, found, False, {"opens": "object", "anchor": start, "content": start})


def _adopted(page: Page, cue: Cue, start: int, stop: int) -> int | None:
    """Where the object begins that tells of itself where the speaker ends: «قدم رئيس النادي سامي الحداد | شكره»."""
    if not heads.can_speak(page, start) or page.grammar.may_adopt(cue.entry, page.norms[start]):
        return None
    kinds = page.grammar.words_by_kind
    for i in range(start + 1, min(stop, start + FAR)):
        norm, before = page.norms[i], page.norms[i - 1]
        if norm in kinds["that"] or norm in ".?!:;" or norm in kinds["relative"] or finite(page, i):
            return None
        counted = norm.isdigit() and before != "("  # «وأحصى التقرير 43 مقترحا», but «الحداد (34 عاما)»
        if counted or (before.startswith("ب") and page.grammar.may_adopt(cue.entry, before[1:])):
            return None  # «تقدم الحزب بأحر التهاني»: another verb
        tied = before in kinds["preposition"] or before in kinds["adjunct"] or page.grammar.masdar(before)
        if page.grammar.may_adopt(cue.entry, norm) and not tied and i not in page.mentions:
            return i
    return None


def _without_occasion(page: Page, start: int, stop: int) -> int:
    """One past the speaker, before where, when and a comma."""
    closing = page.quotes.values()
    end = next((k for k in range(start + 1, stop) if phrases.adjunct(page, k, stop) > k), stop)
    while end > start + 1 and not (page.norms[end - 1].isalpha() or page.norms[end - 1] in ")" or end - 1 in closing):
        end -= 1
    return end


def _held_by(page: Page, i: int, stop: int) -> int | None:
    """One past the name of who holds an office in the place behind the preposition at word `i`."""
    if page.norms[i] not in page.grammar.words_by_kind["of-office"]:
        return None
    for k in range(i + 1, min(stop, i + HOLDER)):
        if acting.person(page, k):
            return page.mentions[k][0]
        if not (page.norms[k].isalpha() or page.norms[k] == COMMA) or page.grammar.masdar(page.norms[k]):
            return None
    return None


def _of_nobody(page: Page, i: int) -> bool:
    """«خبراء ومتخصصون», «مصادر مقربة من الهيئة»: a mention without a name, behind which the phrase may go on."""
    end, mention = page.mentions[i]
    follows = page.norms[end] if end < len(page) else ""
    joined = follows.startswith("و") and len(follows) > 1 and not page.grammar.masdar(follows)  # «مصدر | وجود خلل»
    further = follows == "من" or joined
    return mention.kind == "anonymous" and further and page.grammar.noun(page.norms[i]) is not None


def _past_occasion(page: Page, end: int, stop: int) -> int:
    """Past «في تصريح صحفي،» or «في بيان عقب لقائه به»: at the object behind the comma, or at its verbal noun."""
    if phrases.adjunct(page, end, stop) == end:
        return end
    for i in range(end + 1, min(stop - 1, end + NEAR)):
        if page.norms[i] == COMMA and phrases.adjunct(page, i + 1, stop) > i + 1:
            continue  # «في بيان صدر أمس، بأشد العبارات، الهجوم»
        if page.norms[i] == COMMA:
            return i + 1 if page.norms[end] == "في" and _noun(page, i + 1) else end
        before = page.norms[i - 1]
        tied = before in page.grammar.words_by_kind["preposition"] or before in page.grammar.words_by_kind["adjunct"]
        if page.grammar.masdar(page.norms[i]) and not tied and not phrases.own(page, i):
            return i
    return end


def _past_apposition(page: Page, end: int, stop: int) -> int | None:
    """The comma behind «، رئيس الحزب،» at `end`, with an object behind it."""
    if end + 1 >= stop or page.norms[end] != COMMA or page.grammar.noun(page.norms[end + 1]) is None:
        return None
    after = next((k for k in range(end + 2, min(stop - 1, end + NEAR)) if page.norms[k] == COMMA), None)
    return after if after is not None and _noun(page, after + 1) else None


def _adopts(page: Page, cue: Cue, i: int) -> bool:
    """«وجدد الوزير سامي الحداد، التمسك بالاتفاق»: an object of its own behind a comma."""
    return i < len(page) and bool(cue.entry.objects) and page.grammar.may_adopt(cue.entry, page.norms[i])


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
    if start >= stop or not heads.can_speak(page, start):
        return None
    if behind:
        papers = next((i for i in range(cue.start - 1, max(-1, cue.start - 20), -1) if is_paper(page, i)), None)
        if papers is None:
            return None
        named: Stretch | None = Stretch(start, phrases.phrase(page, start, min(stop, start + 8), cut=True))
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
    papers = next((i for i in range(start + 1, min(stop, start + 12)) if is_paper(page, i)), None)
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
        if source and checks.known(page, source)
        else None
    )


def is_paper(page: Page, i: int) -> bool:
    entry = page.grammar.noun(page.norms[i])
    return entry is not None and entry.kind == "document"


def aside(page: Page, cue: Cue) -> bool:
    """Does a participle stand where an adverb of state stands: behind a comma or a closing mark?"""
    if page.norms[cue.stop : cue.stop + 1] == ["-"]:
        return True  # «مؤكدا - أيده الله - عمق العلاقات»
    return cue.joined or (cue.start > 0 and page.norms[cue.start - 1] in (COMMA, QUOTE, ";"))


def accused(page: Page, cue: Cue, stop: int) -> Match | None:
    """«تتهم واشنطن الجيش بشن هجمات»: the object of the verb stands before its preposition, behind a known name."""
    first = phrases.openers(page, cue.stop, stop)
    known = first < stop and (first in page.mentions or page.grammar.noun(page.norms[first]) is not None)
    known = known or (first < stop and bool(cue.entry.objects))  # «أبدى الحداد | رضاه عن العمل»
    return _object(page, cue, stop) if known and "object" in cue.entry.takes else None


def _with_name(page: Page, end: int) -> int:
    """One past the name that stands behind an office: «الأمين العام للمجلس | د. سامي الحداد»."""
    first = end + 2 if page.norms[end : end + 2] in (["د", "."], ["م", "."], ["ا", "."]) else end
    named = page.mentions.get(first)
    person = named is not None and named[1].kind == "person" and named[1].level == "name"
    return named[0] if named is not None and person else end


def coordinated(page: Page, start: int) -> int:
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
    if page.norms[i - 1] in page.grammar.words_by_kind["preposition"]:
        return False  # «شكرت الشركة الوطنية على دعمها»
    if page.grammar.masdar(page.norms[i]) and not construct(page, i, start):
        return True
    if phrases.begins_object(page, i):
        return True  # «جدد الوزير تحذيره»
    head, other = page.grammar.noun(page.norms[start]), page.grammar.noun(page.norms[i])
    group = head is not None and head.kind != "person"
    body = other is not None and other.kind == "organisation"  # «المجلس البلدي | الوزارة»
    complete = page.norms[i - 1].startswith(ARTICLE) and (body or not page.norms[i].startswith(ARTICLE))
    return group and complete and other is not None and other.kind in ("person", "organisation", "anonymous")
