"""What a verb governs: its preposition, «ب» written on, a bare event; and what belongs to the speaker instead."""

from __future__ import annotations

from msgspec import Struct

from riwaya.stages.attributions import phrases
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import common_noun, verbal_noun, whole_stem
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COLON, COMMA, Page

RELATED = 25
"""Words of a relative clause from a verbal noun to the comma behind which «أن» follows."""


class Anchor(Struct, frozen=True):
    """Where what was said begins: the slots seen (`that`, `prep that`, `quote` …), their place, the first word."""

    slots: tuple[str, ...]
    at: int
    content: int
    skip: int = 0


def rivalled(page: Page, cue: Cue, i: int, stop: int) -> bool:
    """Does a better complement follow in the same clause: «… المعنية بالاقتصاد بأن», «… عن شهر مايو عن بلوغ»?"""
    norm, kinds, grammar = page.norms[i], page.grammar.words_by_kind, page.grammar
    bound = norm.startswith("ب")
    if norm == "عن" and "quote" in cue.entry.takes and _colon_follows(page, i + 1, stop):
        return True  # «متحدثا عن هدفه: "…"»
    if not bound and i + 1 < stop and grammar.masdar(page.norms[i + 1]):
        return False
    for k in range(i + 1, min(stop, i + 14)):
        here = page.norms[k]
        if norm == "من" and here.startswith("ب") and here in kinds["that"]:
            return "that" in cue.entry.takes  # «منبها من تأخر من الناس بأنه»
        apposed = bound and here == COMMA and k + 1 < stop and page.norms[k + 1].startswith("بال")
        if (here in (COMMA, ";", COLON) and not apposed) or (grammar.senses(here) and not bound):
            return False  # «وأهاب مشرف المعلمين بالإدارة سامي الحداد، بالمرشحين»
        place = k == i + 1 and norm.startswith("بال") and not grammar.masdar(norm[1:]) and not verbal_noun(norm[3:])
        if bound and here.startswith("بال") and (place or _at_body(page, norm)):
            return True  # «وأهاب مشرف المعلمين بالإدارة سامي الحداد بالمرشحين»
        if bound and here in kinds["that"] and (here.startswith("ب") or cue.entry.does == "say"):
            return "that" in cue.entry.takes  # «صرح الناطق باسم الهيئة بالباحة سامي الحداد أن»
        if not bound and here == norm and k + 1 < stop and grammar.masdar(page.norms[k + 1]):
            return norm == "عن"
    return False


def _at_body(page: Page, norm: str) -> bool:
    """«بالإدارة»: where somebody serves, when a further «ب» follows."""
    entry = page.grammar.noun(norm[1:]) if norm.startswith("بال") else None
    return entry is not None and entry.kind == "organisation"


def _colon_follows(page: Page, i: int, stop: int) -> bool:
    """Does a colon follow before anything else divides the clause?"""
    for k in range(i, min(stop, i + 8)):
        if not page.norms[k].isalpha():
            return page.norms[k] == COLON
        if page.norms[k] in page.grammar.words_by_kind["that"]:
            return False
    return False


def that_follows(page: Page, i: int, stop: int) -> int | None:
    """«أكدت الجمعيات التي ترصد السدود على النهر، أن»: «أن» behind a comma; the words before it tell of the speaker."""
    that, norms = page.grammar.words_by_kind["that"], page.norms
    return next(
        (k + 1 for k in range(i, min(stop - 1, i + RELATED)) if norms[k] == COMMA and norms[k + 1] in that), None
    )


def clock(page: Page, i: int) -> bool:
    """Is the colon that of a time of day: «11:30»?"""
    around = page.norms[i - 1 : i] + page.norms[i + 1 : i + 2]
    return len(around) == 2 and all(n.isdigit() for n in around)


def complement(page: Page, cue: Cue, i: int, start: int, stop: int) -> Anchor | None:
    """The preposition that the verb governs, a bare event, or an object, at word `i`."""
    norms, takes = page.norms, cue.entry.takes
    that = page.grammar.words_by_kind["that"]
    norm = norms[i]
    if cue.negated and norm in page.grammar.words_by_kind["exceptive"] and "ب" in takes:
        return Anchor(("prep",), i, i)
    if norm == "عن" and any(n in page.grammar.words_by_kind["issued"] for n in norms[max(start, i - 3) : i]):
        return None  # «التقرير الصادر حديثا عن المؤسسة»
    if norm == "عن" and norms[i - 1] == "نقلا":
        return None  # «أفادت الشبكة نقلا عن شهود أن»
    if (
        norm == "من"
        and "event" in takes
        and not cue.entry.objects
        and not page.grammar.masdar("".join(norms[i + 1 : i + 2]))
    ):
        return None  # «استغرب سكان من الوادي | هدم السد», but «استغرب السكان | من هدم السد»
    if i + 1 < stop and norm in page.grammar.prepositions(cue.entry) and not _named_ali(page, i, start):
        if norm == "علي" and (need := _what_of_them(page, i + 1, stop)):
            return need  # «شدد على المقاولين بضرورة»
        if norms[i + 1] in that and i + 2 < stop:
            return Anchor(("prep", "that"), i, i + 2)
        if "ل" in takes and i - 1 > start and norms[i - 1].startswith("لل") and not _heard(page, i - 1):
            return Anchor(("prep",), i - 1, i - 1)  # «دعت الكلية الطلاب للحضور إلى المقر»
        return Anchor(("prep",), i, i + 1)
    if "ب" in takes and (skip := _with_bi(page, i, start, "that" not in takes or cue.entry.does == "act")):
        return Anchor(("prep",), i, i if skip < len(norm) else i + 1, skip if skip < len(norm) else 0)
    purpose = "ل" in takes and cue.entry.does == "act" and i > start and not _office(page, cue, i, stop)
    if purpose and (skip := _purpose(page, i)):
        return Anchor(("prep",), i, i, skip if skip == 1 else 0)
    if cue.form.tense == "present" and cue.entry.does in ("think", "evidence") and "event" in takes:
        return None  # «يعتبر … الأكبر»: is held to be
    return _event(page, cue, i, start, stop) if "event" in takes else None


def _event(page: Page, cue: Cue, i: int, start: int, stop: int) -> Anchor | None:
    """The bare event at word `i`; verbs with `objects` take few of them («كشف | تفاصيل»)."""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    before = page.norms[i - 1]
    anyone = "object" in cue.entry.takes or not cue.entry.objects
    if norm in page.grammar.firsts("unnamed-wish") and phrases.listed(page, i, ("unnamed-wish",)):
        return None  # «مصدر طلب عدم ذكر اسمه»
    if i == start and i + 1 < stop and page.norms[i + 1] in kinds["that"] and "that" in cue.entry.takes:
        return None  # «وأكد | الوحدة أنه»: the club speaks
    later = before.removeprefix("و") in kinds["before-it"] or COMMA in page.norms[start:i]
    if anyone and i > start and norm in kinds["this"] and not later and not _timed(page, i, stop):
        return Anchor(("event",), i, i)
    if anyone and i == start and _his(page, i):
        return Anchor(("event",), i, i)
    event = (anyone or page.grammar.may_adopt(cue.entry, norm)) and page.grammar.masdar(norm) and not _did_it(page, i)
    if event:  # «المصدر الذي طلب عدم ذكر اسمه: "…"», «انشقاقهم بعدما رفع»
        related = not kinds["relative"].isdisjoint(page.norms[start:i])
        clause = related and _colon_follows(page, i + 1, stop)
        event = not clause and not (i > start and any(before in kinds[k] for k in ("once", "when", "before-it")))
    if (
        event
        and not (_adjective(page, i) or _first_name(page, cue, i, stop))
        and (_figures(page, cue, i, start) or not construct(page, i, start))
        and not _which(page, i)
    ):
        return None if norm in page.named_words else Anchor(("event",), i, i)
    if anyone and i > start and _of_his(page, i):
        return Anchor(("event",), i, i)
    if anyone and i > start + 1 and (_object_of_body(page, i, start, stop) or _what_papers_show(page, cue, i, start)):
        return Anchor(("event",), i, i)
    return None


def _timed(page: Page, i: int, stop: int) -> bool:
    """Does «هذا» at word `i` say when: «هذا العام», «وتوقعت بعد ذلك», «في إحدى تلك المناسبات»?"""
    norms, kinds = page.norms, page.grammar.words_by_kind
    one = norms[i - 1] in ("احد", "احدي") and norms[i - 2] in kinds["preposition"]
    period = i + 1 < stop and norms[i + 1] in kinds["period"]
    return period or one or norms[i - 1] in kinds["preposition"] or norms[i - 1] in kinds["adjunct"]


def _figures(page: Page, cue: Cue, i: int, start: int) -> bool:
    """«أظهرت بيانات | هبوط الصادرات»: figures alone behind a verb of showing, and the event that they show."""
    alone = i == start + 1 and page.norms[start] in page.grammar.words_by_kind["figures"]
    return alone and cue.entry.does == "evidence"


def _what_of_them(page: Page, i: int, stop: int) -> Anchor | None:
    """Behind people of whom something is asked: where that begins («على جميع الراغبين ضرورة التسجيل»)."""
    people = phrases.plural(page, i) or page.norms[i] in page.grammar.words_by_kind["quantifier"]
    for k in range(i + 1, min(stop, i + 14) if people else i):
        norm = page.norms[k]
        if norm == COMMA:
            break
        if norm.removeprefix("ب") in page.grammar.words_by_kind["need"]:
            return Anchor(("prep",), i - 1, k, int(norm.startswith("ب")))
    return None


def _heard(page: Page, i: int) -> bool:
    """Is «لل…» at word `i` a body or people to whom something is said?"""
    return i in page.mentions or page.grammar.noun(ARTICLE + page.norms[i][2:]) is not None


def _office(page: Page, cue: Cue, i: int, stop: int) -> bool:
    """«ودعا وكيل الوزارة | للتفتيش وتطوير العمل، المصانع إلى»: behind a comma the verb's own preposition follows."""
    comma = next((k for k in range(i + 1, min(stop, i + 8)) if page.norms[k] == COMMA), None)
    own = page.grammar.prepositions(cue.entry)
    return comma is not None and any(page.norms[k] in own for k in range(comma + 1, min(stop, comma + 5)))


def _adjective(page: Page, i: int) -> bool:
    """«قيادة القوات | المساندة»: a participle of the third form is written like its verbal noun."""
    norm, before = page.norms[i], page.norms[i - 1]
    if norm in page.grammar.words_by_kind["belonging"]:
        return before.startswith(ARTICLE)  # «لجنة الخبراء | التابعة للمنظمة»
    third = norm.startswith("الم") and len(norm) == 8 and norm[4] == "ا" and norm.endswith("ه")
    return third and before.startswith(ARTICLE)


def _first_name(page: Page, cue: Cue, i: int, stop: int) -> bool:
    """«أكد طلال سلامة لقناة الضفاف أنه»: what looks like an event is a name when the listener stands behind it."""
    if i != cue.stop + 1 or i + 1 >= stop:
        return False
    heard = phrases.addressee(page, i + 1, stop)
    that = page.grammar.words_by_kind["that"]
    return heard is not None and any(n in that for n in page.norms[i + 2 : heard.stop + 3])


def _object_of_body(page: Page, i: int, start: int, stop: int) -> bool:
    """«أكدت وزارة العمل | أحقية المقيمين»: behind a complete body, an indefinite noun of another construct."""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    head = page.grammar.noun(page.norms[start])
    if head is None or head.kind != "organisation" or i + 1 >= stop or not page.norms[i - 1].startswith(ARTICLE):
        return False
    titled = page.grammar.noun(page.norms[i - 1])
    if titled is not None and titled.kind == "person":
        return False  # «مطار الملك | خالد الدولي»
    small = any(
        norm in kinds[k]
        for k in ("preposition", "adjunct", "adverb", "closed", "relative", "that", "this", "quantifier")
    )
    plain = norm.isalpha() and len(norm) > 3 and not norm.startswith((ARTICLE, "و", "ل", "ب", "ف", "ك"))
    free = i not in page.mentions and i not in page.times and page.grammar.noun(norm) is None
    return plain and not small and free and page.norms[i + 1].startswith(ARTICLE) and not page.grammar.senses(norm)


def _what_papers_show(page: Page, cue: Cue, i: int, start: int) -> bool:
    """«أظهرت البيانات الرسمية | شحنات يومية»: behind complete papers, an indefinite plural with its adjective."""
    head = page.grammar.noun(page.norms[start])
    papers = head is not None and head.kind == "document" and page.norms[i - 1].startswith(ARTICLE)
    return papers and cue.entry.does == "evidence" and phrases.unnamed_plural(page, i)


def _his(page: Page, i: int) -> bool:
    """«أكد متابعته للخبر»: a feminine verbal noun with the pronoun of who says it."""
    norm = page.norms[i]
    return (
        norm.endswith(("ته", "تها", "تهم")) and len(norm) > 5 and phrases.own(page, i) and not page.grammar.noun(norm)
    )


def _did_it(page: Page, i: int) -> bool:
    """«العقد الذي أثاره»: a verb of the fourth form with its pronoun, which folds like «إثارة»."""
    written = page.source(i)
    return written[:1] == "أ" and written.endswith("ه") and page.norms[i][-2] != "ي"


def _of_his(page: Page, i: int) -> bool:
    """«أعلن سامي الحداد اعتزاله», «أعلن المجلس تخلفه عن»: behind a complete speaker, a noun with his pronoun."""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    if not phrases.own(page, i) or page.grammar.noun(norm) is not None or page.grammar.senses(norm):
        return False
    if norm in kinds["same"] or norm in kinds["adjunct"] or norm in kinds["quantifier"]:
        return False  # «أكد الوزراء أنفسهم», «أكد الملك خلاله»
    before = page.norms[i - 1]
    complete = before.startswith((ARTICLE, "وال")) or i in page.named_until or phrases.own(page, i - 1)
    complete = complete or any(stop == i for stop, _ in page.mentions.values())
    plain = phrases.begins_object(page, i) and not phrases.venue(page, norm)
    return complete and plain and not _did_it(page, i)


def _which(page: Page, i: int) -> bool:
    """«خلال اجتماع | عقده مع»: a verb with the pronoun of the indefinite occasion before it, no event."""
    before, kinds = page.norms[i - 1], page.grammar.words_by_kind
    return phrases.own(page, i) and before in kinds["venue"] and not before.startswith(ARTICLE)


def _named_ali(page: Page, i: int, start: int) -> bool:
    """«علي» the name folds like «على» the preposition; the source tells them apart."""
    return page.norms[i] == "علي" and page.source(i).endswith("ي") and i > start


def _with_bi(page: Page, i: int, start: int, alone: bool) -> int:
    """1 when word `i` is or begins with the preposition «ب», else 0; `alone`: the verb seldom takes anything else."""
    norm = page.norms[i]
    if not norm.startswith("ب"):
        return 0
    if norm == "بهذه" and page.norms[i + 1 : i + 2] == ["المناسبه"] and page.norms[i + 2 : i + 3] != ["."]:
        return 0  # «وأشاد بهذه المناسبة بتميز العلاقات»
    if norm == "ب":
        return 1
    if whole_stem(page, i) or norm in page.grammar.words_by_kind["adverb"]:
        return 0  # «يفرض الراحة في بيوتهم», «ورحب بتحفظ بالاتفاق»
    if i == start and norm == "بقوه" and i + 1 < len(page) and page.norms[i + 1].startswith(ARTICLE):
        return 1  # «أقر بقوة الحركة»
    rest = norm[1:]
    behind_comma = i > start and page.norms[i - 1] == COMMA
    if norm in page.grammar.words_by_kind["thing"]:
        return 1  # «أشاد الوزير بما …»
    long = len(norm) > 3 or page.grammar.masdar(rest)
    if not long or norm in page.grammar.words_by_kind["not-bi"]:
        return 0
    if i in page.mentions and page.mentions[i][1].start == page.starts[i]:
        return 0  # the town «بريدة»
    if norm in page.named_words:
        return 0  # «بنسون», whom the page names elsewhere
    his = phrases.own(page, i) and page.grammar.noun(rest) is None  # «ونوه المختار باهتمامهم»
    done = page.norms[i - 1].startswith(ARTICLE) and verbal_noun(rest)  # «وعد الوزير بتأمين»
    if rest.startswith(ARTICLE) or page.grammar.masdar(rest) or behind_comma or his or done:
        return 1
    speaks = page.grammar.noun(rest) is not None and not (page.source(i).endswith("ة") and own_noun(page, rest))
    complete = i > start + 1 or (i > start and page.norms[start].startswith(ARTICLE))  # «وطالب الأهالي بوقفة»
    return 1 if i == start or (alone and complete and len(norm) > 4 and not speaks) else 0


def own_noun(page: Page, norm: str) -> bool:
    """Is a folded word a noun of speakers only if its «ه» is a pronoun: «مراقبه», and no «مراقبة»?"""
    return norm.endswith("ه") and norm not in page.grammar.source_words


def _purpose(page: Page, i: int) -> int:
    """«دعا المجلس لزيارة السد», «للمشاركة»: how many letters of «ل» and its article stand before a verbal noun."""
    norm = page.norms[i]
    if norm.startswith("لل") and (page.grammar.masdar(norm[2:]) or verbal_noun(norm[2:])):
        return 2
    return int(norm.startswith("ل") and (page.grammar.masdar(norm[1:]) or verbal_noun(norm[1:])))


def construct(page: Page, i: int, start: int) -> bool:
    """Does the verbal noun at `i` belong to the source: «وزارة إعادة الإعمار», «هيئة تنظيم …»?"""
    if i == start:
        return False
    before = page.norms[i - 1]
    if phrases.own(page, i - 1):
        return False  # «أكدت الشركة في بيانها | سلامة»
    if i > start + 1 and page.norms[i - 2] in page.grammar.words_by_kind["venue"]:
        return False  # «أكد في تصريحات صحفية | سقوط الجدار»
    tied = before.startswith(("ل", "ب"))  # «مصدر بهيئة | التحقيق»
    entry = page.grammar.noun(before) or (page.grammar.noun(before[1:]) if tied else None)
    if before in page.grammar.words_by_kind["preposition"]:
        return True
    programme = before[0] == "ل" and before[1:2] != "ل" and common_noun(page.grammar, before[1:])
    if programme and page.norms[i].startswith(ARTICLE) and i - 1 not in page.mentions and i not in page.named_until:
        return True  # «الإدارة العامة لبرامج | التشغيل»
    if page.grammar.masdar(before) and not before.startswith(ARTICLE):
        return True  # «حادثة انهيار الجسر»
    return entry is not None and not before.startswith(ARTICLE) and entry.kind in ("organisation", "person", "document")
