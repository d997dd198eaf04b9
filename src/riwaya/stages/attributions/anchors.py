"""Where what was said begins: behind «أن», a colon, an opening mark, the preposition that the verb governs.

Which of them a cue takes stands in `cues.toml`.
"""

from __future__ import annotations

from riwaya.stages.attributions import phrases, sources
from riwaya.stages.attributions.complements import Anchor, clock, complement, rivalled, that_follows
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import common, common_noun, finite
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COLON, COMMA, ENDS, KASRA_HAMZA, NAME_QUOTE, QUOTE, Page

CLOSE = 10
"""Words behind a verb in which a mark or «أن» would open what was said."""
ASIDE = 16
"""Words of a clause between a speaker and what he said: «، وهو صياد من القرية،»."""
LONG_NAME = 10
"""Words of a name in quotation marks, its title with it."""
COMMAS = 4
"""A source with more commas than this is none."""


def anchor(page: Page, cue: Cue, start: int, stop: int) -> Anchor | None:
    """Where the content of a verb begins: the first of its complements behind the cue."""
    norms, takes = page.norms, cue.entry.takes
    kinds = page.grammar.words_by_kind
    commas, weak, i = 0, None, start
    limit = min(stop, start + sources.LONGEST)
    while i < limit:
        norm = norms[i]
        if norm in kinds["that"] and norms[i - 1] != "(" and not _spelled(page, i):  # «هيئة الإذاعة (إن إتش كيه) أن»
            if _wish(page, cue, i) or _before_that(page, i, start) or _of_relative(page, i, start, limit):
                i += 1
                continue
            if i > start and (norms[i - 1] in kinds["besides"] or norms[i - 1] == "في"):
                break  # «أقرت الهيئة لائحة للسدود، كما أن …»
            said = "quote" in takes and i > start and norms[i - 1] in kinds["saying"]  # «اختتم حديثه بالقول إن»
            opens = i == start or norms[i - 1] not in kinds["no-that"] or _qualified(page, i - 1)
            if i > start + 2 and _impersonal(page, i):
                break  # «ومن المفترض أن»
            if i > start + 1 and _of_another(page, cue, i, start):
                break
            if ("that" in takes or said) and opens:
                return Anchor(("that",), i, i + 1)
            if opens and i:
                break
        elif "that" in takes and norm == "الا" and page.source(i)[:1] == "أ" and cue.entry.does in ("act", "think"):
            return Anchor(("that",), i, i)  # «واشترطت الوزارة ألا يتجاوز»
        elif "quote" in takes and cue.entry.does in ("say", "add") and _unmarked(page, cue, i, start):
            return Anchor(("quote",), i, i)
        elif norm == COLON and clock(page, i):
            pass
        elif norm == COLON:
            if "quote" not in takes or i + 1 >= stop:
                break
            return _after_colon(page, i, stop)
        elif norm == "(" and (closing := next((k for k in range(i + 1, min(limit, i + 6)) if norms[k] == ")"), 0)):
            i = closing  # «فحص (دي إن إيه)»
        elif norm == QUOTE and i in page.quotes:
            if "quote" in takes and _speech(page, i, start):
                return Anchor(("quote",), i, i)
            i = page.quotes[i]
        elif norm == QUOTE and "quote" in takes and _stray(page, i):
            return Anchor(("quote",), i, i + 1)
        elif norm in (COMMA, ";"):
            commas += 1
            if commas > COMMAS:
                break
            if (end := aside(page, i + 1, stop)) and (norms[end] == COLON or norms[end + 1] in kinds["that"]):
                i = end if norms[end] == COLON else end + 1
                continue
            if clause := _relative_aside(page, cue, i + 1, stop):
                i = clause
                continue
            if _new_clause(page, i + 1, stop):
                return _behind_aside(page, takes, i + 1, stop) or weak
        elif norm in "?!" or (norm == "." and norms[i - 1] == "."):
            break
        elif (found := complement(page, cue, i, start, stop)) is not None:
            issued = commas > 0 and any(
                norms[k] in kinds["published"] for k in range(start + 1, i)
            )  # «بيان، صدر عقب لقاء»
            of_him = found.slots[-1] != "that" and (issued or not kinds["relative"].isdisjoint(norms[start:i]))
            if of_him and "that" in takes and (that := that_follows(page, i + 1, stop)):
                return Anchor(("that",), that, that + 1)
            if found.slots[-1] == "that" or (
                not phrases.inner_preposition(page, i) and not rivalled(page, cue, i, stop)
            ):
                return found
            if not phrases.governed(page, i):  # «عدد من الأهالي»
                weak = weak or found
        elif i > start and (_turns_to_speech(page, i, takes) or _named_by_the_way(page, i) or _held(page, i)):
            break
        i += 1
    return weak


def _spelled(page: Page, i: int) -> bool:
    """Is the word at `i` a letter of a name that is spelled with points: «سي.إن.إن»?"""
    return page.norms[i - 1] == "." and page.starts[i] == page.stops[i - 1] and page.stops[i - 2] == page.starts[i - 1]


def aside(page: Page, i: int, stop: int) -> int | None:
    """Where a clause that says who somebody is ends, at a comma or colon: «، وهو صياد من القرية، …»."""
    if i >= stop or page.norms[i] not in page.grammar.words_by_kind["and-he"]:
        return None
    ends = (k for k in range(i + 1, min(stop - 1, i + ASIDE)) if page.norms[k] in (COMMA, COLON))
    return next(ends, None)


def _relative_aside(page: Page, cue: Cue, i: int, stop: int) -> int | None:
    """The comma that ends a relative clause before the complement: «وشدد الحداد، الذي يعد من …، على ضرورة»."""
    if i >= stop or page.norms[i] not in page.grammar.words_by_kind["relative"]:
        return None
    end = next((k for k in range(i + 1, min(stop - 1, i + 2 * ASIDE)) if page.norms[k] == COMMA), None)
    if end is None:
        return None
    follows = page.norms[end + 1]
    takes = follows in page.grammar.prepositions(cue.entry) or (
        "that" in cue.entry.takes and follows in page.grammar.words_by_kind["that"]
    )
    return end if takes else None


def _wish(page: Page, cue: Cue, i: int) -> bool:
    """«أن» before a present verb is a wish; what somebody says begins with a noun or a pronoun."""
    if (
        cue.entry.kind != "verb"
        or cue.entry.does not in ("say", "add", "evidence", "claim")
        or len(page.norms[i]) != 2
        or i + 1 >= len(page)
    ):
        return False
    follows = page.norms[i + 1]
    looks = follows.startswith("ي") and len(follows) > 3 and i + 1 not in page.mentions
    return looks and follows not in page.grammar.words_by_kind["ya-noun"] and page.source(i)[:1] == "أ"


def _before_that(page: Page, i: int, start: int) -> bool:
    """«سبق له أن احترف»: the «أن» at `i` is another verb's."""
    before = page.norms[max(start, i - 2) : i]
    return len(before) == 2 and before[0] in page.grammar.words_by_kind["it-was"] and before[1].startswith("ل")


def _of_relative(page: Page, i: int, start: int, stop: int) -> bool:
    """«أكدت الهيئة التي اتهمت المدير بأنه أهمل السد، أن»: behind the relative clause its own «أن» follows a comma."""
    kinds = page.grammar.words_by_kind
    last = next((k for k in range(i - 1, start, -1) if page.norms[k] in kinds["relative"]), None)
    if last is None or COMMA in page.norms[last:i] or not any(_finite_report(page, k) for k in range(last + 1, i)):
        return False
    return any(page.norms[k] == COMMA and page.norms[k + 1] in kinds["that"] for k in range(i + 1, stop - 1))


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
    if _names(page, i, closing):
        return False  # «نوه أمين البلدة "المهندس سامي بن نادر الحداد" بالرعاية»
    after = page.norms[closing + 1] if closing + 1 < len(page) else "."
    ends = after in ENDS or after in (COMMA, ";", QUOTE) or _participle(page, after)
    kinds = page.grammar.words_by_kind
    if length > NAME_QUOTE and page.norms[i + 1] in kinds["mine"] | kinds["speech"]:
        return True  # «قال الحداد "أنا واثق من بقاء السد" في الوادي»
    if length <= 2 * NAME_QUOTE and not ends:
        return False  # «أفادت "شبكة الرصد" أن»
    if i > start and length <= 2 * NAME_QUOTE and _said_later(page, closing + 1):
        return False  # «قال الحداد على هامش "ملتقى السدود"، الذي عقد أمس: إن»
    spoken = page.norms[i + 1] in kinds["mine"] | kinds["speech"]  # «وأضاف الحداد "هذا وهم"، مضيفا»
    return length > NAME_QUOTE or (length > 1 and ends and (i == start or spoken))


def _names(page: Page, i: int, closing: int) -> bool:
    """Does a title or a person stand between the marks at `i` and `closing`, and no clause?"""
    if closing - i > LONG_NAME or i + 2 >= closing:
        return False
    first, named = page.grammar.noun(page.norms[i + 1]), page.mentions.get(i + 1) or page.mentions.get(i + 2)
    person = (first is not None and first.kind == "person") or (named is not None and named[1].kind == "person")
    clause = any(finite(page, k) or page.norms[k] in page.grammar.words_by_kind["that"] for k in range(i + 1, closing))
    return person and named is not None and named[0] >= closing - 2 and not clause


def _unmarked(page: Page, cue: Cue, i: int, start: int) -> bool:
    """Does speech without mark or «أن» begin at word `i`, in the first person or as a clause of its own?"""
    if _first_person(page, i, start):
        return True
    norm, before = page.norms[i], page.norms[i - 1]
    if norm in page.grammar.words_by_kind["speech-opens"] and cue.form.tense in ("past", "present"):
        aside = before in "-)"
        return i == start or before in page.named_words or i in page.named_until or (aside and i < start + ASIDE)
    if i != start or not cue.joined or cue.form.tense != "past" or norm[0] in "وف" or page.grammar.senses(norm):
        return False
    near = page.norms[i + 1 : i + CLOSE]
    told = any(n in page.grammar.words_by_kind["that"] or n in (COLON, QUOTE) for n in near)
    return not told and finite(page, i) and common(page, i)  # «وأضاف بلغت التكلفة مليونا»


def _first_person(page: Page, i: int, start: int) -> bool:
    """Does somebody speak of himself at word `i`, without mark or «أن»: «قال الحداد | لا أعتقد أن», «وأضاف | نحن»?"""
    kinds = page.grammar.words_by_kind
    at = i + (page.norms[i] in ("لا", "لم"))
    mine = page.norms[at] if at < len(page) else ""
    if mine not in kinds["mine"] or mine == "يا" or mine in kinds["to-him"] or mine in kinds["adjunct"]:
        return False  # «لدى» is written like «لدي»
    before = page.norms[i - 1]
    if before == QUOTE and i - 1 in page.quotes.values():
        return True  # «وقال سالم لـ"الراية" نحن نناشد»
    named = i == start or before in page.named_words or before.startswith(ARTICLE)
    return named and before.isalpha() and before not in kinds["preposition"] and before not in kinds["relative"]


def _stray(page: Page, i: int) -> bool:
    """Does a mark without partner open speech: «وقال النائب "لا شك أن»?"""
    paired = i in page.quotes or i in page.quotes.values()
    follows = page.norms[i + 1] if i + 1 < len(page) else ""
    behind = phrases.venue(page, page.norms[i - 1]) or any(
        s.form.tense in ("past", "present") for s in page.grammar.senses(page.norms[i - 1])
    )
    opens = behind and page.opens(i) and follows.isalpha()  # «قال في تغريدة "يصعب علينا», never closed
    return not paired and (opens or follows in page.grammar.words_by_kind["speech"])


def _indefinite_object(page: Page, k: int) -> bool:
    """Is word `k` an indefinite noun in the accusative: «تشريعا», and not «رسميا», «سابقا», «مازحا»?"""
    norm, kinds = page.norms[k], page.grammar.words_by_kind
    if len(norm) < 5 or not norm.endswith("ا") or norm.endswith(("يا", "ها", "نا", "ما")) or norm[0] in "موبلف":
        return False
    known = k in page.mentions or k in page.times or norm in page.named_words or k - 1 in page.mentions
    small = norm in kinds["adverb"] or norm in kinds["adjunct"] or bool(page.grammar.senses(norm))
    return not known and not small and page.norms[k - 1].startswith(ARTICLE) and common_noun(page.grammar, norm[:-1])


def _of_another(page: Page, cue: Cue, i: int, start: int) -> bool:
    """Does the «أن» at `i` belong to a noun, to another verb, or stand behind an object of the cue?

    «أقر المجلس تشريعا رغم المخاوف من أن», «سلاحا يهدد الوادي، ومن يعلم أن», «أورد الموقع مؤشرات تدل على أن».
    """
    if any(_indefinite_object(page, k) for k in range(start + 1, i)):
        return True
    before, head = page.norms[i - 1], page.norms[i - 2]
    if before in page.grammar.words_by_kind["governs-that"] and before not in page.grammar.prepositions(cue.entry):
        if cue.entry.does == "act":
            return True  # «هدد المرمى إلى أن جاء الهدف»
        loose = (
            head in (COMMA, "-") or i - 1 in page.named_until or i - 2 == start or page.grammar.noun(head) is not None
        )
        return not loose  # «وأضاف الحداد، في مؤتمر صحافي، إلى أن»
    verbs = (s for s in page.grammar.senses(before) if s.form.tense == "present")
    return any(s.entry.name != "qala" for s in verbs)  # «وتابعت الصحيفة تقول إن»


def _impersonal(page: Page, i: int) -> bool:
    """Does the «أن» at `i` belong to «من المفترض», which nobody says?"""
    before = [page.norms[i - 2].removeprefix("و"), page.norms[i - 1]]
    if before[0] != "من":
        return False
    length, entries = page.grammar.cues.find(before, 0)
    return length == 2 and any(e.kind in ("agentless", "author") for e in entries)


def _participle(page: Page, norm: str) -> bool:
    """«"…" مضيفا "…"»"""
    return any(s.form.tense == "participle" for s in page.grammar.senses(norm))


def _said_later(page: Page, i: int) -> bool:
    """Does a colon or «إن» follow in the same sentence, close behind word `i`?"""
    stop = min(page.sentence(i).stop if i < len(page) else i, i + ASIDE)
    for k in range(i, stop):
        if page.norms[k] == COLON and not clock(page, k):
            return True
        if page.norms[k] in page.grammar.words_by_kind["that"]:
            return page.source(k).startswith(KASRA_HAMZA)
        relative = page.norms[k - 1] in page.grammar.words_by_kind["relative"]  # «"آفاق السدود"، الذي نشره أمس، إن»
        if _finite_report(page, k) and not relative:
            return False
    return False


def _new_clause(page: Page, i: int, stop: int) -> bool:
    """Behind a comma: does a new report or a turn of the journalist begin?"""
    if i >= stop:
        return True
    turned = phrases.openers(page, i, stop)
    if turned > i and turned < stop and _finite_report(page, turned):
        return True  # «، إلى ذلك أكد الوزير أن»
    if page.norms[i] in page.grammar.words_by_kind["adjunct"]:
        return False  # «يوضح فلان، قائلا إن»
    if page.norms[i].startswith("و") and finite(page, i):
        return True  # «وأظهرت لقطات سيارات الشرطة، ويأتي إطلاق النار»
    senses = page.grammar.senses(page.norms[i])
    if page.norms[i].startswith("ف") and page.grammar.told_it(page.norms[i][1:]):
        return True  # «سأل النادل الرجل عما يريد، فأجابه»
    if any(s.form.tense == "participle" or (s.clitic and s.form.tense in ("past", "present")) for s in senses):
        return True
    kinds = page.grammar.words_by_kind
    return page.norms[i] in kinds["own-clause"] or page.norms[i] in kinds["and-he"]


def _finite_report(page: Page, i: int) -> bool:
    return any(s.form.tense in ("past", "present") for s in page.grammar.senses(page.norms[i]))


def _turns_to_speech(page: Page, i: int, takes: tuple[str, ...]) -> bool:
    """A further finite verb of saying tied on with «و» ends the search: it has its own complement."""
    senses = page.grammar.senses(page.norms[i])
    return bool(senses) and any(
        s.clitic == "و" and s.form.tense in ("past", "present") and s.entry.does != "publish" and not s.entry.by
        for s in senses
    )


def _named_by_the_way(page: Page, i: int) -> bool:
    """«عن جسره الذي وصفه البعض بأنه آمن», «التي قال إنها»: the «أن» behind it is another's."""
    if page.norms[i - 1] not in page.grammar.words_by_kind["relative"]:
        return False
    told = page.grammar.told_it(page.norms[i])
    own = bool(told) and i + 1 < len(page) and page.norms[i + 1] in page.grammar.words_by_kind["that"]
    return any(s.entry.does == "name" or (own and not s.clitic) for s in told)


def _held(page: Page, i: int) -> bool:
    """«في صفقة يراها البعض أنها»: the «أن» behind it is another's."""
    norm = page.norms[i]
    if norm[0] not in "يت" or norm[-1] not in "ها" or page.grammar.senses(norm):
        return False
    told = page.grammar.told_it(norm)
    return any(s.form.tense == "present" and s.entry.does in ("think", "name") for s in told)


def _qualified(page: Page, i: int) -> bool:
    """Is «خاصة» the adjective of a speaker: «مصادر خاصة أن»?"""
    return page.norms[i] == "خاصه" and i > 0 and page.grammar.noun(page.norms[i - 1]) is not None
