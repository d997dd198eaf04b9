"""How far a noun phrase reaches, and the small phrases around it: when and where, to whom, openers of a sentence."""

from __future__ import annotations

from msgspec import Struct

from riwaya.stages.attributions.finite import common_noun, finite, given, proper, verbal_noun
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COMMA, ENDS, QUOTE, Page

TANWIN = ("\u064bا", "ا\u064b", "ء\u064b")
ADDRESSED = ("outlet", "agency")
GOVERNED = 8
"""Words between a noun and its preposition: «مبعوث الأمين العام للأمم المتحدة إلى»."""


class Stretch(Struct, frozen=True):
    """Words `start` to `stop`, the first without its `skip` clitic letters."""

    start: int
    stop: int
    skip: int = 0


def phrase(page: Page, start: int, stop: int, cut: bool = False) -> int:
    """One past the noun phrase that starts at `start`: up to a comma, an adjunct or an addressee.

    With `cut` also up to a relative clause.
    """
    i = start
    if found := page.mentions.get(start):
        i = min(found[0], stop)
    while i < stop:
        norm = page.norms[i]
        if norm == QUOTE and i in page.quotes and page.quotes[i] < stop:
            if i > start and (addressee(page, i, stop) or _quoted_adverb(page, i)):
                break
            i = page.quotes[i] + 1
            continue
        if norm in (COMMA, ";") or (norm == "-" and i > start and _aside(page, i, stop)):
            break
        if i > start and (_turns(page, start, i, stop) or _object(page, start, i) or (cut and _clause(page, i))):
            break
        part_of = norm in page.grammar.words_by_kind["adjunct"] and _of_them(page, i)  # «نقيب الصحفيين»
        if i > start and not part_of and (adjunct(page, i, stop) > i or addressee(page, i, stop)):
            clause = next((k for k in range(start + 1, i) if _relative(page, k)), None)
            whole = norm in page.grammar.words_by_kind["adverb"] or _part(page, start)
            return (
                i if clause is None or whole else clause
            )  # «برنامج السد الذي يبث | عبر إذاعة»: half a clause names nobody
        i += 1
    return max(i, start + 1)


def _quoted_adverb(page: Page, i: int) -> bool:
    """«سجل الحزب | "بارتياح" التقدم»: how somebody does something, in the marks of who is quoted."""
    norm = page.norms[i + 1]
    return page.quotes[i] == i + 2 and norm.startswith("ب") and page.grammar.masdar(norm[1:])


def unclosed(page: Page, start: int, stop: int) -> int:
    """Where a phrase ends before a bracket that does not close in it: «المؤرخ نادر قاسم | (ت 614هـ)»."""
    words = page.norms[start:stop]
    if "(" not in words:
        return stop
    last = stop - 1 - words[::-1].index("(")
    return stop if ")" in page.norms[last:stop] or last == start else last


def _turns(page: Page, start: int, i: int, stop: int) -> bool:
    """Does something begin at `i` that belongs to no noun phrase: a small word, a further verb, what he was doing?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    if norm in kinds["quantifier"] or norm == "ما" or norm in kinds["and-he"] or norm in kinds["said"]:
        return True  # «أحدهم | وهو يعلق»
    if norm in kinds["resumptive"] or norm in kinds["attention-object"]:
        return True  # «المواطن | فيه», «لفت الحداد | الانتباه إلى»
    if page.norms[i - 1] == QUOTE and i - 1 in page.quotes.values() and finite(page, i):
        return True  # «قال المدير "سامي الحداد" | سقط الجدار»
    if norm in ("ولا", "وليس", "وليست", "ولكن", "لكن"):
        return True  # «كما يعتقد البعض | ولا المعادن»
    if norm[0] == "و" and norm in kinds["preposition"] and norm[1:] in kinds["preposition"]:
        return True  # «قال الحداد | وفي مقابلة مع الراية»
    if norm[0] == "و" and norm[1:] in kinds["before-it"] and norm != "وحتي":
        return True  # «الحكومة | وبعد التحقيق في الانهيار»
    senses = page.grammar.senses(norm)
    if senses and any(s.clitic == "و" and s.form.tense == "past" for s in senses):
        return True  # «ودان المجلس | واستنكر»
    if senses and norm.endswith("ا") and any(s.form.tense == "participle" for s in senses):
        return True  # «كتب الحداد معلقا»
    if senses and norm.endswith("ه") and (i in page.named_until or proper(page, i - 1)) and _state(page, i):
        return True  # «تقول كريستين | واصفة الدرب»
    honoured = i == start + 1 and page.norms[start] in kinds["his-honour"]
    if honoured and norm.startswith("م") and norm.endswith("ا") and i not in page.mentions:
        return True  # «وقال سموه | مخاطبا الأهالي»
    if norm == "في" and listed(page, i, ("purpose",)):
        return True  # «الشركة | في خطوة غير مفاجئة»
    each = norm == "من" and page.norms[start] == "كل"
    if norm in ("في", "من") and i == start + 1 and page.grammar.noun(page.norms[start]) is None and not each:
        return True  # «وقال الحداد في الضفاف»
    return _relative(page, i) and i + 1 < stop and _reports(page, i + 1)  # «صرح سامي الحداد، الذي أوضح أن»


def _object(page: Page, start: int, i: int) -> bool:
    """Does an object begin at `i`, behind a complete phrase?"""
    norm = page.norms[i]
    paper = page.grammar.noun(norm[:-1]) if i > start + 1 and norm.endswith("ا") else None
    if paper is not None and paper.kind == "document" and i not in page.mentions:
        return True  # «كتب الدكتور سامي الحداد | مقالا بعنوان»
    if plural(page, i) and (i in page.named_until or _quoted(page, start, i)):
        return True  # «نبه "الحداد" | المواطنين»
    if page.norms[i - 1].startswith(ARTICLE) and page.grammar.noun(page.norms[start]) and unnamed_plural(page, i):
        return True  # «أظهرت البيانات الرسمية | شحنات يومية»
    if page.norms[i - 1].endswith("ون") and _absolute(page, i - 1) and not _agrees_with_plural(page, i):
        return True  # «وتوقع كثيرون | وجها جديدا»
    if page.source(i).endswith(TANWIN) or _indefinite(page, i):
        return True
    return _named_whole(page, start, i) or begins_object(page, i)


def _indefinite(page: Page, i: int) -> bool:
    """«أعلن البنك | أرباحا»: an indefinite noun in the accusative, its sign unwritten, behind a definite one."""
    norm = page.norms[i]
    if not norm.endswith("ا") or len(norm) < 5 or not page.norms[i - 1].startswith((ARTICLE, "وال")):
        return False
    name = i in page.mentions or given(page, i) or norm in page.named_words or norm.startswith((ARTICLE, "و", "ل"))
    return not name and common_noun(page.grammar, norm[:-1]) and not norm.endswith(("ها", "نا", "يا"))


def _clause(page: Page, i: int) -> bool:
    """Does a clause begin or end at word `i`: a relative one, a report, a full stop?"""
    norm = page.norms[i]
    return _relative(page, i) or _verb(page, i) or norm in ENDS or norm in page.grammar.words_by_kind["that"]


def _state(page: Page, i: int) -> bool:
    """Is word `i` an indefinite participle that says how somebody speaks: «واصفة»?"""
    norm = page.norms[i]
    saying = any(s.form.tense == "participle" for s in page.grammar.senses(norm))
    return saying and page.grammar.noun(norm) is None


def _absolute(page: Page, i: int) -> bool:
    """Is word `i` people in «ون», who stand in no construct: «كثيرون», «المسؤولون»?"""
    norm = page.norms[i]
    return norm.endswith("ون") and len(norm) > 4 and page.grammar.noun(norm) is not None and i not in page.mentions


def _agrees_with_plural(page: Page, i: int) -> bool:
    """Can word `i` go on behind «مسؤولون», «المسؤولون»: an adjective, a small word, a sign, or what is tied on?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    if norm.startswith(ARTICLE) and norm[2:] in kinds["matter"]:
        return False  # «وأرجع المسافرون | السبب»
    people = page.grammar.noun(page.norms[i - 1])
    ending = norm.startswith(ARTICLE) and norm.endswith(("ه", "ي", "ات")) and not page.source(i).endswith("ه")
    if ending and people is not None and people.kind in ("person", "anonymous"):
        return False  # «تبادل الموظفون | التهاني»: no adjective of people has these endings
    small = any(norm in kinds[k] for k in ("preposition", "relative", "adjunct", "adverb", "closed", "other", "this"))
    tied = norm.startswith(("و", "ل", "ب", "ك", ARTICLE)) or norm.endswith("ون")
    return small or tied or not norm.isalpha() or i in page.mentions


def _quoted(page: Page, start: int, i: int) -> bool:
    """Is the phrase from `start` up to `i` a quoted name?"""
    return page.quotes.get(start) == i - 1


def _part(page: Page, i: int) -> bool:
    """Is word `i` «أحد», «بعض», «عدد من»: does what follows say of whom?"""
    entry = page.grammar.noun(page.norms[i])
    return entry is not None and entry.kind == "anonymous" and not page.norms[i].startswith(ARTICLE)


def _of_them(page: Page, i: int) -> bool:
    """Is the definite word at `i` whose part or whose office stands before it: «أحد الصحافيين», «نقيب الصحفيين»?"""
    entry = page.grammar.noun(page.norms[i - 1])
    office = entry is not None and entry.kind in ("person", "organisation")
    return _part(page, i - 1) or (
        office and page.norms[i].startswith(ARTICLE) and not page.norms[i - 1].startswith(ARTICLE)
    )


def begins_object(page: Page, i: int) -> bool:
    """Does an object begin behind a complete phrase: «الوزير | هذه التصريحات», «منظمة الأغذية | تحذيرها»?"""
    norm = page.norms[i]
    if page.norms[i - 1] in page.grammar.words_by_kind["relative"]:
        return False  # «اللجنة التي | شكلها الوزير»
    complete = page.norms[i - 1].startswith((ARTICLE, "وال", "لل", ")")) or own(page, i - 1) or i in page.named_until
    complete = complete or (page.norms[i - 1].isascii() and page.norms[i - 1].isalpha())  # «موقع abc | أبرزها»
    if norm in page.grammar.words_by_kind["this"]:
        return complete
    senses, free = page.grammar.senses(norm), i not in page.mentions and not norm.startswith((ARTICLE, "و"))
    begun = senses or page.grammar.masdar(norm) or norm in page.grammar.words_by_kind["heartfelt"]
    if complete and free and i + 1 < len(page) and begun and own(page, i + 1):
        return True  # «وتابع الصياد | شرح فكرته», «قدم الوزير | صادق تعازيه»
    if complete and free and senses and all(s.form.tense == "noun" for s in senses):
        return page.grammar.noun(norm) is None  # «جدد الوزير | تأكيد التزامه»
    if complete and norm.startswith(ARTICLE) and norm.endswith("ات") and i + 1 < len(page) and _relative(page, i + 1):
        return page.grammar.noun(norm) is None  # «نفى المدرب | الشائعات التي»
    if complete and norm in page.grammar.words_by_kind["rumours"] and i + 1 < len(page) and _relative(page, i + 1):
        return True  # «نفت الوزارة | الأنباء التي»
    definite = norm.startswith(ARTICLE) and page.norms[i - 1].startswith(ARTICLE)
    if i > 1 and definite and verbal_noun(norm.removeprefix(ARTICLE)) and _governs(page, i):
        return True  # «انتقد كتاب الصحف | التركيز على»
    if complete and norm in page.grammar.words_by_kind["matter"] and i not in page.mentions:
        return True  # «وبرر السائقون | سبب الزيادة»
    named = i in page.mentions or page.norms[i - 1] in page.grammar.words_by_kind["name-link"]
    if not own(page, i) or norm.startswith(("و", "ب", "ل")) or named:
        return False
    if venue(page, norm) and complete and norm not in page.grammar.words_by_kind["same"]:
        return True  # «واختتم المدرب حديثه»
    same = norm in page.grammar.words_by_kind["same"] or listed(page, i, ("aside",)) > 0
    hers = complete and page.grammar.noun(norm) is None and not norm.startswith(ARTICLE) and not same
    return hers or (page.grammar.masdar(norm) and not page.source(i).endswith("ة"))


def unnamed_plural(page: Page, i: int) -> bool:
    """Is word `i` an indefinite feminine plural that stands in no construct: «شحنات يومية»?"""
    norm, follows = page.norms[i], page.norms[i + 1] if i + 1 < len(page) else ""
    plain = norm.endswith("ات") and len(norm) > 4 and not norm.startswith((ARTICLE, "و", "ل", "ب", "ك"))
    small = any(norm in page.grammar.words_by_kind[k] for k in ("preposition", "adjunct", "adverb", "closed"))
    described = follows.endswith("ه") and not follows.startswith(ARTICLE)
    return plain and described and not small and i not in page.mentions and page.grammar.noun(norm) is None


def _governs(page: Page, i: int) -> bool:
    """Does a preposition with its noun hang on the verbal noun at `i`, and is it no name: «التركيز على»?"""
    follows = page.norms[i + 1] if i + 1 < len(page) else ""
    plain = i not in page.mentions and page.grammar.noun(page.norms[i]) is None and not page.norms[i].endswith("ه")
    return plain and follows in ("علي", "عن", "الي")


def accusative(page: Page, i: int, head: int) -> bool:
    """Do people stand at `i`, behind a body, who are no part of a subject: «الجامعة | المتقدمين»?"""
    norm, before = page.norms[i], page.norms[i - 1]
    follows = page.norms[i + 1] if i + 1 < len(page) else ""
    kin = norm in page.grammar.words_by_kind["kin"] and follows.startswith(ARTICLE) and follows.endswith("ين")
    surname = i - 1 == head and page.grammar.noun(before) is None  # «دعا الحداد | المستثمرين»
    return kin or (plural(page, i) and before.startswith((ARTICLE, "وال")) and (before.endswith("ه") or surname))


def plural(page: Page, i: int) -> bool:
    """Is word `i` a definite sound plural of people in the accusative or genitive: «المرشحين»?"""
    norm = page.norms[i]
    return len(norm) > 5 and norm.startswith(ARTICLE) and norm.endswith("ين") and i not in page.mentions


def crowd(page: Page, i: int) -> bool:
    """Is word `i` «الخبراء», «المسؤولون»: several people, behind whom no name stands?"""
    several = page.norms[i] in page.grammar.words_by_kind["several"]
    return several or (page.norms[i].startswith(ARTICLE) and page.norms[i].endswith("ون") and i not in page.mentions)


def own(page: Page, i: int) -> bool:
    """Does word `i` end in a pronoun of the third person, and not in «ة»?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    suffixed = len(norm) > 3 and page.source(i).endswith(("ه", "ها", "هم"))
    return suffixed and norm not in kinds["closed"] and norm not in kinds["no-pronoun"]


def _named_whole(page: Page, start: int, i: int) -> bool:
    """Is the person of a phrase named in full before word `i`, and does something else begin there?

    «الحداد | في العرض الأول»; «… سامي الحداد | الراية بـ»: nothing hangs on a name but titles and relative clauses.
    """
    other = page.mentions.get(i)
    apart = other is not None and other[1].kind in ("place", "organisation") and page.starts[i] == other[1].start
    if other is not None and (apart or page.norms[i].startswith("ل")) and _two_places(page, start, i, other[0]):
        return True  # «تحث الضفاف | الولايات المتحدة على», «أكدت الضفاف | للوادي أنها»
    head, deed = page.grammar.noun(page.norms[start]), page.norms[i].removeprefix(ARTICLE)
    done = deed != page.norms[i] and i not in page.mentions and (page.grammar.masdar(deed) or verbal_noun(deed))
    crowd_ = head is not None and head.kind == "anonymous" and page.norms[start].startswith(ARTICLE)
    if crowd_ and i == start + 1 and done:
        return True  # «وبررت المصادر | التأجيل»
    honoured = i == start + 1 and page.norms[start] in page.grammar.words_by_kind["his-honour"]
    if honoured and i not in page.mentions and _to_somebody(page, page.norms[i]):
        return True  # «وثمن سموه | للجنة العليا، جهودها»
    if own(page, i - 1) and page.grammar.noun(page.norms[i - 1]) is not None:
        return apart and other is not None and other[1].level == "name"  # «حذر رئيسها الولايات المتحدة من»
    behind = page.named_until.get(i)
    if behind is None or behind < start:
        return False
    if done:
        return True  # «اعتبر سامي الحداد | الاكتتاب محرما»
    told = i not in page.mentions and _to_somebody(page, page.norms[i])  # «الحداد لذوي الضحايا»
    listener = page.norms[i] == "الي" and not inner_preposition(page, i)  # «تحدث سامي الحداد | إلى نادر»
    return page.norms[i] == "في" or listener or told or (apart and not page.norms[i].startswith(ARTICLE))


def _two_places(page: Page, start: int, i: int, stop: int) -> bool:
    """Do two names of places stand side by side, the second no adjective: no verb has both for its subject?"""
    first = page.mentions.get(start)
    adjective = stop == i + 1 and page.norms[i].endswith(("ي", "يه"))
    return (
        first is not None and first[0] == i and first[1].kind == "place" == page.mentions[i][1].kind and not adjective
    )


def _to_somebody(page: Page, norm: str) -> bool:
    """«لذوي», «للحضور», «لمدير»: a listener, where no title goes on."""
    return norm.startswith("لل") or (
        norm.startswith("ل") and (norm[1:] in _listeners(page) or page.grammar.noun(norm[1:]) is not None)
    )


def _reports(page: Page, i: int) -> bool:
    """Is word `i` a finite verb of saying?"""
    return any(s.form.tense in ("past", "present") for s in page.grammar.senses(page.norms[i]))


def _verb(page: Page, i: int) -> bool:
    """Is word `i` a finite verb of saying: in the present, or in the past and tied on with «و»?"""
    senses = page.grammar.senses(page.norms[i])
    return any(s.form.tense == "present" or (s.form.tense == "past" and s.clitic) for s in senses)


def _relative(page: Page, i: int) -> bool:
    return page.norms[i] in page.grammar.words_by_kind["relative"]


def adjunct(page: Page, i: int, stop: int) -> int:
    """One past the words at `i` that open a when, where or how of saying; `i` when they do not."""
    norms, kinds = page.norms, page.grammar.words_by_kind
    norm = norms[i]
    if i in page.times:
        return min(page.times[i], stop)
    if norm.isdigit() and i and (norms[i - 1] in ("ال", "رقم", "(") or i + 1 in page.mentions or _code(page, i)):
        return i  # «التقرير الـ 51», «المادة (12) من النظام», «مدير مهرجان جدة 36 سامي الحداد»
    if norm.isdigit() and i and norms[i - 1].removeprefix("ل") in kinds["channel"] and i not in page.times:
        return i  # «موقع 24 الضفافي»
    if norm.isdigit() and i and norms[i - 1].removeprefix(ARTICLE) in kinds["numbered"]:
        return i  # «قائد الكتيبة 80»
    if i and norms[i - 1].removeprefix(ARTICLE) in kinds["spokesman"] and norm in kinds["in-his-name"]:
        return i  # «المتحدث باسمه»
    follows = norms[i + 1] if i + 1 < stop else ""
    title = page.grammar.noun(norms[i - 1]) if i and norm == "صباح" and follows.startswith(ARTICLE) else None
    if title is not None and title.kind == "person" and i + 1 not in page.times and follows not in kinds["adverb"]:
        return i  # «الشيخ صباح الأحمد»
    if norm in kinds["adverb"] or norm.isdigit() or (norm in kinds["adjunct"] and not inner_preposition(page, i)):
        return i + 1
    if norm in ("في", "علي", "من", "الي") and (turn := listed(page, i, ("opener", "break"))):
        return min(i + turn, stop)
    if i and norm in kinds["preposition"] and norms[i - 1] in kinds["found-at"]:
        return i  # «المعلومات المتاحة | على الموقع»
    if norm == "في" and follows in ("احد", "احدي") and i + 2 < stop and venue(page, norms[i + 2]):
        return i + 3  # «في أحد تصريحاته»
    if norm == "في" and (venue(page, follows) or follows.isdigit() or i + 1 in page.times):
        return i + 2
    if (
        norm == "في"
        and i + 1 < stop
        and own(page, i + 1)
        and not page.grammar.noun(follows)
        and i + 1 not in page.mentions
    ):
        return i + 2  # «المرصد | في توقعاته»
    if norm == "علي" and follows in kinds["venue-on"]:
        return i + 2
    if norm == "من" and follows in ("بين", "ضمن"):
        return i + 2  # «دعت المجموعة | من بين مقترحاتها»
    if norm.startswith("ب") and norm[1:] in kinds["venue-on"]:
        return i + 1  # «النادي | بموقعه على الشبكة»
    return i


def _code(page: Page, i: int) -> bool:
    """Is the number at `i` the beginning of a name in Latin letters: «موقع 12ab»?"""
    return (
        i + 1 < len(page)
        and page.norms[i + 1].isascii()
        and page.norms[i + 1].isalpha()
        and page.stops[i] == page.starts[i + 1]
    )


def inner_preposition(page: Page, i: int) -> bool:
    """Does the preposition at `i` belong to a noun before it: «المبعوث إلى سوريا», «المنشقين عن التنظيم»?"""
    if i and page.norms[i - 1] in page.grammar.words_by_kind["reply"]:
        return True
    for k in range(i - 1, max(-1, i - GOVERNED), -1):
        if page.norms[k] in (page.norms[i], COMMA):
            return False
        if page.norms[i] in _governed_by(page, page.norms[k]):
            return True
    return False


def governed(page: Page, i: int) -> bool:
    """Does the word directly before the preposition at `i` govern it?"""
    return i > 0 and page.norms[i] in _governed_by(page, page.norms[i - 1])


def _governed_by(page: Page, norm: str) -> tuple[str, ...]:
    entry = page.grammar.noun(norm) or page.grammar.noun(norm.removeprefix("و"))
    return page.grammar.prepositions(entry) if entry else ()


def venue(page: Page, norm: str) -> bool:
    venues = page.grammar.words_by_kind["venue"]
    stem = norm.removesuffix("ها").removesuffix("هم").removesuffix("ه")  # «في بيانه», «في تغريدتها»
    return any(w in venues for w in (norm, norm.removeprefix(ARTICLE), stem, stem.removesuffix("ت") + "ه"))


def listed(page: Page, i: int, kinds: tuple[str, ...]) -> int:
    """How many words at `i` a form of `clause.toml` of one of the kinds takes."""
    length, entries = page.grammar.clause.find(page.norms, i)
    return length if any(e.kind in kinds for e in entries) else 0


def openers(page: Page, i: int, stop: int) -> int:
    """One past the openers of a sentence («من جهة أخرى،», «كما») that start at `i`."""
    while i < stop:
        length = listed(page, i, ("opener", "break"))
        if not length and page.norms[i] != COMMA:
            break
        i += length or 1
    return i


def addressee(page: Page, i: int, stop: int) -> Stretch | None:
    """«لوكالة …», «لـ"الشرق"», «للصحفيين», «لرويترز» at word `i`, or None."""
    norm = page.norms[i]
    if norm == QUOTE and 1 < page.quotes.get(i, 0) - i <= 3 and page.quotes[i] < stop:
        return _quoted_paper(page, i + 1, page.quotes[i])
    if not norm.startswith("ل") or (i and page.norms[i - 1] in page.grammar.words_by_kind["belonging"]):
        return None
    if norm == "ل":
        closing = page.quotes.get(i + 1) or next(
            (k for k in range(i + 3, min(stop, i + 6)) if page.norms[k] == QUOTE and page.norms[i + 1] == QUOTE), None
        )  # «لـ»الراية»», both marks turned one way
        if closing is None and page.norms[i + 1 : i + 2] == ["("]:
            closing = next((k for k in range(i + 2, min(stop, i + 7)) if page.norms[k] == ")"), None)
        if closing and _of_office(page, i, closing):
            return None
        return Stretch(i + 2, closing) if closing and closing <= stop else None
    rest = ARTICLE + norm[2:] if norm.startswith("لل") else norm[1:]
    if rest in page.grammar.words_by_kind["very"] and i + 1 < stop:
        rest = page.norms[i + 1].removeprefix(ARTICLE)  # «في تصريحاته لذات الصحيفة»
    entry = page.grammar.noun(rest)
    if entry is not None and entry.name == "quantity" and page.norms[i + 1 : i + 2] == ["من"]:
        return Stretch(i, _outlet_phrase(page, i + 2, stop), 1)  # «قال الحداد لعدد من المقربين»
    crowd = (
        entry is not None
        and entry.kind == "anonymous"
        and (i in page.named_until or page.norms[i - 1].startswith("لل"))
    )
    head = crowd or (entry is not None and entry.kind in ADDRESSED) or rest.removeprefix(ARTICLE) in _listeners(page)
    outlet = outlet_at(page, [rest, *page.norms[i + 1 : i + 5]])
    if rest in page.grammar.words_by_kind["channel"] and (named := outlet_at(page, page.norms[i + 1 : i + 6])):
        outlet = 1 + named  # «لشبكة سي إن إن»
    if not head and not outlet:
        return None
    end = i + outlet if outlet and not head else _outlet_phrase(page, i + 1, stop)
    if end < stop and page.norms[end] == COMMA and _heads_paper(page, i, end + 1):
        return None
    return Stretch(i, min(end, stop), 0 if norm.startswith("لل") else 1)


def _of_office(page: Page, i: int, closing: int) -> bool:
    """«الأمين العام لـ"حزب الفجر"، سامي الحداد»: an office before «ل», who holds it behind the quoted name."""
    office = (page.grammar.noun(page.norms[k]) for k in range(max(0, i - 2), i))
    person = any(noun is not None and noun.kind == "person" for noun in office)
    if closing + 1 >= len(page):
        return False
    behind = closing + 1 + (page.norms[closing + 1] == COMMA and closing + 2 < len(page))
    title = page.grammar.noun(page.norms[behind])
    first = behind + (title is not None and title.kind == "person" and behind + 1 < len(page))
    named = page.mentions.get(first)
    holder = named[1].kind == "person" and named[1].level == "name" if named else given(page, first)
    that = page.norms[behind] in page.grammar.words_by_kind["that"]  # «بأن», which folds like a name
    return person and holder and not that and not page.grammar.outlets.find(page.norms[i + 2 : closing], 0)[0]


def _heads_paper(page: Page, i: int, behind: int) -> bool:
    """«المدير العام لصحيفة "الراية"، الأستاذ سامي الحداد»: an office before «ل», who holds it behind the comma."""
    office = next((page.grammar.noun(page.norms[k]) for k in (i - 1, i - 2) if page.grammar.noun(page.norms[k])), None)
    title = page.grammar.noun(page.norms[behind])
    holder = (title is not None and title.kind == "person") or given(page, behind)
    return office is not None and office.kind == "person" and holder and i not in page.named_until


def _quoted_paper(page: Page, i: int, closing: int) -> Stretch | None:
    """«الأهالي «للراية»»: the paper with its «ل» inside the marks."""
    norm = page.norms[i]
    rest = ARTICLE + norm[2:] if norm.startswith("لل") else norm[1:]
    known = norm.startswith("ل") and page.grammar.outlets.find([rest, *page.norms[i + 1 : closing]], 0)[0]
    return Stretch(i, closing, 0 if norm.startswith("لل") else 1) if known == closing - i else None


def _outlet_phrase(page: Page, i: int, stop: int) -> int:
    """One past the name behind «لوكالة»: a quoted name, a known one, or the words up to an adjunct or comma."""
    if i < stop and page.norms[i] == QUOTE and i in page.quotes:
        i = page.quotes[i] + 1
        return i + 1 if i < stop and page.norms[i].startswith(ARTICLE) else i
    limit = min(stop, i + 5)
    while i < limit and page.norms[i] not in (COMMA, "-", "(") and adjunct(page, i, stop) == i:
        if page.norms[i] in page.grammar.words_by_kind["preposition"]:
            break
        i += 1
    return i


def outlet_at(page: Page, norms: list[str]) -> int:
    """How many of the words name a known outlet or agency, without further evidence."""
    length, entries = page.grammar.outlets.find(norms, 0) if norms and norms[0] else (0, ())
    return length if any(e.needs is None for e in entries) else 0


def _listeners(page: Page) -> frozenset[str]:
    return page.grammar.words_by_kind["listener"]


def _aside(page: Page, i: int, stop: int) -> bool:
    """Does the dash at `i` open a pious formula or a parenthesis: « - حفظه الله - »?"""
    return i + 1 < stop and page.norms[i + 1] != "-"
