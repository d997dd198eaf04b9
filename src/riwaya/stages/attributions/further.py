"""Where somebody says something further: signs of it that hold also where no frame reads who, or what.

What was said before must end there, whoever said it.
"""

from __future__ import annotations

from riwaya.stages.attributions import phrases
from riwaya.stages.attributions.finite import feminine_noun
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COLON, COMMA, QUOTE, SAYS, Page

ABOUT = 16
"""Words between «، وعن» and what is said of it."""
TOLD = 14
"""Words between «أما» and the «ف» of what he says."""
TANWIN = ("ًا", "اً")
ASKED = 5
"""Words between «مطالبا» and what somebody is asked for."""
BEFORE = ["قبل", "ان"]
SPEECH = ("act", "name", "think", "claim", "say", "add", "deny")
"""What somebody else does with words, when he stands behind the verb."""


def begins(page: Page, i: int) -> bool:
    """Behind a comma: does somebody say something further at word `i`?"""
    return (
        amid(page, i)
        or gives(page, i)
        or _before_saying(page, i)
        or _answers(page, i)
        or _another(page, i)
        or _turns_to(page, i)
        or as_for(page, i)
        or _on_his_word(page, i)
    )


def amid(page: Page, i: int) -> bool:
    """Does somebody say something further at word `i`, a comma before it or not?"""
    norm = page.norms[i]
    if norm[0] == "و" and (_and_said(page, i) or _this_is_what(page, i) or _to_them(page, i)):
        return True
    if norm in page.grammar.firsts("this-came") and phrases.listed(page, i, ("this-came",)):
        return True  # «الخطوة أفضل له جاء ذلك في تغريدة»
    if norm == "كما" and _gives_too(page, i + 1):
        return True
    return norm[-1] in "اه" and (_state(page, i) or _prays(page, i))


def _gives_too(page: Page, i: int) -> bool:
    """«كما أبدوا سعادتهم»: behind «كما», a verb with one of the few objects that make it a word of his."""
    if i + 1 >= len(page):
        return False
    acts = (s.entry for s in page.grammar.senses(page.norms[i]) if not s.clitic and s.form.tense == "past")
    return any(e.objects and e.does == "act" and page.grammar.may_adopt(e, page.norms[i + 1]) for e in acts)


def _prays(page: Page, i: int) -> bool:
    """«في العيد سائلا الله أن», «بالعيد مهنئا الأهالي»."""
    length = phrases.listed(page, i, ("narration",)) if page.norms[i] in page.grammar.firsts("narration") else 0
    return length > 1 or (length == 1 and page.norms[i].startswith("م") and complete(page, i))


def _and_said(page: Page, i: int) -> bool:
    """«… بالأولى هذا العام وقال تواصلنا مع الأعيان»: a verb that can mean nothing else."""
    said = page.norms[i][1:] in page.grammar.words_by_kind["said-so"]
    return said and any(s.clitic == "و" and s.form.tense == "past" for s in page.grammar.senses(page.norms[i]))


def gives(page: Page, i: int) -> bool:
    """«وأبدوا إعجابهم بالنهر», «وقدم شكره للأهالي»: a verb with one of the few objects that make it a word of his."""
    if i + 1 >= len(page):
        return False
    acts = (s.entry for s in page.grammar.senses(page.norms[i]) if s.clitic == "و" and s.form.tense == "past")
    return any(e.objects and e.does == "act" and page.grammar.may_adopt(e, page.norms[i + 1]) for e in acts)


def complete(page: Page, i: int) -> bool:
    """Is the phrase before word `i` complete and definite, so that an indefinite word behind it is no adjective?"""
    before = page.norms[i - 1]
    return before.startswith((ARTICLE, "لل", "وال", "بال")) or i in page.named_until or phrases.own(page, i - 1)


def _state(page: Page, i: int) -> bool:
    """«، مضيفا «حرصنا …», «، مشيرا لنموذج», «الحي مطالبا زميله بأن»: a participle in the accusative that goes on."""
    norm = page.norms[i]
    if norm[-1] not in "اه" or not (senses := page.grammar.senses(norm)):
        return False
    if norm in page.grammar.words_by_kind["adverb"]:
        return False  # «مجددا»
    takes = [s.entry for s in senses if s.form.tense == "participle" and s.entry.does != "carry"]  # «وناقلة جنود»
    if not takes or not (page.norms[i - 1] == COMMA or complete(page, i)):
        return False
    if page.norms[i - 1] == COMMA and any(entry.does == "add" for entry in takes):
        return True  # «، مضيفا لو كان السد قديما»
    for entry in takes:
        governed = page.grammar.prepositions(entry)
        for k in range(i + 1, min(i + 1 + (ASKED if entry.does == "act" else 1), len(page))):
            here = page.norms[k]
            if here in page.grammar.words_by_kind["that"] or here in governed:
                return True
            if here in (QUOTE, COLON) and "quote" in entry.takes:
                return True
            if here.startswith("ب") and "ب" in entry.takes and here not in page.grammar.words_by_kind["not-bi"]:
                return True
            if {"event", "object"} & {*entry.takes} and page.source(i).endswith(TANWIN) and here.isalpha():
                return True  # «بالعيد مهنئاً الجميع»
            if here.startswith("ل") and "إلى" in entry.takes and norm.endswith("ا"):
                return True
            if not here.isalpha():
                break
    return False


def _this_is_what(page: Page, i: int) -> bool:
    """«وهذا ما أكده الخبراء», «، وهو ما نفته الوزارة»."""
    if page.norms[i] not in page.grammar.words_by_kind["this-what"] or page.norms[i + 1 : i + 2] != ["ما"]:
        return False
    told = page.grammar.told_it(page.norms[i + 2]) if i + 2 < len(page) and phrases.own(page, i + 2) else ()
    return any(s.form.tense in ("past", "present") and s.entry.does in ("deny", *SAYS) for s in told)


def _before_saying(page: Page, i: int) -> bool:
    """«، قبل أن يشدد على»: another report."""
    if page.norms[i : i + 2] != BEFORE or i + 2 >= len(page):
        return False
    return any(s.form.tense == "present" and s.entry.does in SAYS for s in page.grammar.senses(page.norms[i + 2]))


def _to_them(page: Page, i: int) -> bool:
    """«وطالبهم بـ», «وأبلغه أن»: a further report whose verb has its listener written on."""
    norm = page.norms[i]
    if not norm.endswith(("ه", "ها", "هم")) or not phrases.own(page, i) or page.grammar.senses(norm):
        return False
    stem = next(norm[1:].removesuffix(p) for p in ("هم", "ها", "ه") if norm.endswith(p))
    apart = norm.endswith("هم") and len(stem) == 2 and page.norms[i - 1] == COMMA  # «، وحثهم على»
    if (len(stem) < 4 and not apart) or feminine_noun(page.grammar, stem):
        return False
    return any(
        s.form.tense == "past" and not s.clitic and s.entry.does in ("act", *SAYS) for s in page.grammar.senses(stem)
    )


def _answers(page: Page, i: int) -> bool:
    """«، ليرد عليه المدير»: the journalist tells what was said next."""
    norm = page.norms[i]
    return norm.startswith(("لي", "لت")) and any(
        s.form.tense in ("present", "jussive") and s.entry.does in SAYS for s in page.grammar.senses(norm[1:])
    )


def _turns_to(page: Page, i: int) -> bool:
    """«، وعن السد قال»: another subject, of which he says something; «بعيدا عن الغلو، وعن الفتنة» goes on."""
    if page.norms[i] not in page.grammar.words_by_kind["about"]:
        return False
    near = range(i + 1, min(i + ABOUT, page.sentence(i).stop))
    return any(
        s.form.tense == "past" and s.entry.does in SAYS for k in near for s in page.grammar.senses(page.norms[k])
    )


def _another(page: Page, i: int) -> bool:
    """«، ودعا الوزير الأهالي أن», «، ووصف الخبراء السد»: somebody else speaks, also where no frame reads it."""
    if not page.norms[i].startswith("و") or i + 1 >= len(page):
        return False
    senses = page.grammar.senses(page.norms[i])
    if not senses:
        return False
    if page.norms[i + 1].startswith("ل") and any(
        s.clitic == "و" and s.form.tense in ("past", "present") and "إلى" in s.entry.takes for s in senses
    ):
        return True  # «، ولفت لأجواء الوادي»
    behind, named = page.grammar.noun(page.norms[i + 1]), page.mentions.get(i + 1)
    shows = any(s.clitic == "و" and s.form.tense == "past" and s.entry.does == "evidence" for s in senses)
    if shows and (page.norms[i + 1] in page.grammar.words_by_kind["shows"] or (behind and behind.kind == "document")):
        return True  # «، وأظهرت لقطات مصورة اعتقال»
    if not any(
        s.clitic == "و" and s.form.tense in ("past", "present") and s.form.number != "p" and s.entry.does in SPEECH
        for s in senses
    ):
        return False
    return (named is not None and named[1].kind != "place") or (behind is not None and behind.kind != "document")


def as_for(page: Page, i: int) -> bool:
    """«أما البعض الآخر فيؤكد أن», «أما رئيس الهيئة فقد قال»: the next to speak is set apart."""
    if page.norms[i] not in page.grammar.words_by_kind["as-for"]:
        return False
    near = page.norms[i + 1 : min(i + TOLD, page.sentence(i).stop)]
    replies = [k for k, norm in enumerate(near) if norm.startswith("ف")]
    return any(
        s.form.tense in ("past", "present")
        for k in replies
        for s in page.grammar.senses(near[k + 1] if near[k] == "فقد" and k + 1 < len(near) else near[k])
    )


def _on_his_word(page: Page, i: int) -> bool:
    """«، حسب تصريحاته»: the journalist says whose word it is."""
    length, entries = page.grammar.cues.find(page.norms, i)
    if not any(e.kind == "particle" for e in entries) or i + length >= len(page):
        return False
    paper = page.norms[i + length]
    stem = next((paper.removesuffix(p) for p in ("هم", "ها", "ه") if paper.endswith(p)), paper)
    noun = page.grammar.noun(stem) if stem != paper else None
    return noun is not None and noun.kind == "document" and phrases.own(page, i + length)
