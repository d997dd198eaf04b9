"""Words that can begin a speaker, and what kind of speaker they begin."""

from __future__ import annotations

from riwaya.stages.attributions.finite import common, common_noun, given, proper, verbal_noun, whole
from riwaya.stages.attributions.grammar import ARTICLE, SourceKind
from riwaya.stages.attributions.page import KASRA_HAMZA, QUOTE, Page
from riwaya.stages.attributions.phrases import TANWIN, Stretch, own


def can_speak(page: Page, i: int) -> bool:
    """Can a source begin with word `i`: is it no function word, number, sign or further verb?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    if _initial(page, i) or _ali(page, i):
        return True  # «د. سامية الحداد»
    if norm == "كل" and page.norms[i + 1 : i + 2] == ["من"]:
        return True  # «قال كل من سامي الحداد ورائد الوادي»
    if norm in kinds["preposition"] and not page.source(i).startswith(KASRA_HAMZA):
        return False  # «أمام» before, «إمام» a speaker
    if len(norm) > 4 and norm.endswith("كم") and not norm.startswith(ARTICLE) and i not in page.mentions:
        return False  # «اعترفت أمامكم»
    if i in page.mentions and norm.startswith("ل") and page.mentions[i][1].start > page.starts[i]:
        return False  # «قال لجابر»
    if norm in kinds["ours"]:
        return True
    if (
        norm in kinds["this"]
        and i + 1 < len(page)
        and not (page.grammar.noun(page.norms[i + 1]) or i + 1 in page.mentions)
    ):
        return False  # «أقرت هذه اللوائح»
    if norm.endswith("نا") and page.grammar.noun(norm[:-2]):
        return False  # «يعتقد أحدنا»
    if i in page.mentions or page.grammar.noun(norm):
        return True
    if norm in kinds["attention-object"]:
        return False  # «كشف النقاب عن»
    if norm in kinds["adverb"] or norm in kinds["mine"] or _members(page, i):
        return False  # «نشرته أمس», «قال أعتقد», «وقال بصوت مسموع», «نبه سائقي السيارات»
    if _in_construct(page, i):
        return True
    if any(s.form.tense in ("present", "participle") and s.form.number != "p" for s in page.grammar.senses(norm)):
        return False  # «وأردف مؤكدا»
    if norm.startswith("م") and norm.endswith("ا") and 5 <= len(norm) <= 7 and common(page, i):
        return False  # «قال له مخاطبا: …»
    if len(norm) > 4 and norm.endswith("ت") and any(s.form.tense == "past" for s in page.grammar.senses(norm)):
        return False  # «تؤكد الخبر وفي يناير | أعلنت»
    if norm == QUOTE:
        return i in page.quotes
    if len(norm) < 2 or not norm.isalpha():
        return False
    joined = norm.startswith("و") and len(norm) > 4 and not whole(page, i)
    if joined and i and page.grammar.senses(page.norms[i - 1]) and not (norm in page.speaking and proper(page, i)):
        return False  # «إضافة نص ورسومات», «تحدثت وطبلت», but «وبينت وجدان»
    tied = norm[1] not in "يت" and common_noun(page.grammar, norm[1:]) and not (common(page, i) or given(page, i))
    if norm.startswith("ل") and (norm.endswith(("ها", "هم", "نا", "كم")) or page.grammar.noun(norm[1:]) or tied):
        return False  # «قالت لوالديها», «أضاف لاسم الكتاب»
    if page.source(i).endswith(TANWIN):  # «كتب مهاجما …», but «إلا أن مسؤولا …»
        topic = i > 0 and page.norms[i - 1] in kinds["that"]
        return topic and page.grammar.noun(norm.removesuffix("ا")) is not None
    if _accusative(page, i) or (i and page.norms[i - 1] in kinds["to-him"] and page.grammar.masdar(norm)):
        return False  # «طلب منه مغادرة المبنى»
    deed = page.grammar.masdar(norm[1:]) or verbal_noun(norm[1:])
    if norm.startswith("ب") and (page.source(i).endswith("ة") or deed):
        return False  # «بطريقة …», «بأخذ الحيطة», «بامتعاض»
    if norm.startswith(("بال", "وبال", "فبال", "كال", "لل")):
        return False
    bare = norm[1:] if norm[0] in "وف" and len(norm) > 2 else norm
    if any(w in kinds[k] for w in (norm, bare) for k in ("preposition", "relative", "adjunct", "that", "closed")):
        return False
    return norm not in kinds["no-that"] and not own(page, i)


def _members(page: Page, i: int) -> bool:
    """A plural of people that has lost its «ن» in the accusative, before another noun: «منظري الحركة»."""
    norm, follows = page.norms[i], page.norms[i + 1] if i + 1 < len(page) else ""
    noun = page.grammar.noun(norm[:-1]) if norm.endswith("ي") and len(norm) > 4 else None
    return noun is not None and noun.kind in ("person", "anonymous") and follows.startswith(ARTICLE)


def _accusative(page: Page, i: int) -> bool:
    """Do a noun and its adjective stand in the accusative, and are they no name: «إذا طلبت منتجا جيدا»?"""
    norm, follows = page.norms[i], page.norms[i + 1] if i + 1 < len(page) else ""
    both = len(norm) > 4 and norm.endswith("ا") and len(follows) > 3 and follows.endswith("ا")
    small = any(follows in page.grammar.words_by_kind[k] for k in ("that", "preposition"))
    return both and not small and not proper(page, i) and page.grammar.noun(norm[:-1]) is None


def _in_construct(page: Page, i: int) -> bool:
    """A dual or plural that has lost its «ن» before another noun: «أكد وزيرا الصحة والعدل», «قال مسؤولو الحملة»."""
    norm = page.norms[i]
    if not norm.endswith(("ا", "و")) or page.source(i).endswith(TANWIN) or i + 1 >= len(page):
        return False
    if any(s.form.tense == "participle" for s in page.grammar.senses(norm)):
        return False  # «مقدما الشكر»
    noun = page.grammar.noun(norm[:-1])
    return noun is not None and noun.kind == "person" and page.norms[i + 1].isalpha()


def _ali(page: Page, i: int) -> bool:
    """Is «علي» behind a verb the name? It is written with «ي», and the verb takes no «على»."""
    if page.norms[i] != "علي" or not page.source(i).endswith("ي") or i == 0 or i + 1 >= len(page):
        return False
    senses = page.grammar.senses(page.norms[i - 1])
    needs_none = bool(senses) and not any("على" in s.entry.takes for s in senses)
    return i in page.mentions or (needs_none and page.norms[i + 1] not in page.grammar.words_by_kind["venue-on"])


def _initial(page: Page, i: int) -> bool:
    """Does an abbreviated title stand at word `i`: «د.», «أ.», «م.»?"""
    norm = page.norms[i]
    alone = len(norm) == 1 and norm.isalpha() and page.norms[i + 1 : i + 2] == ["."]
    return alone and page.starts[i + 1] == page.stops[i] and i + 2 < len(page) and page.norms[i + 2].isalpha()


def people(norm: str) -> bool:
    """Is the word a sound masculine plural without article: «مسيحيون», «متطوعين»? Such plurals are people."""
    return len(norm) > 4 and norm.endswith(("ون", "يين")) and not norm.startswith(ARTICLE)


def kind_of(page: Page, source: Stretch) -> SourceKind | None:
    """What a source is: by its head noun, a known outlet, or a mention that it begins with."""
    norms = page.norms
    first = norms[source.start]
    head = first[source.skip :]
    entry = page.grammar.noun(head)
    if entry is not None:
        if entry.kind == "anonymous" and _named_inside(page, source):
            return "person"
        return entry.kind
    words = [head, *norms[source.start + 1 : source.stop]]
    while words and words[0] == QUOTE:
        words = words[1:]
    length, entries = page.grammar.outlets.find(words, 0) if words else (0, ())
    if length and (entries[0].needs is None or length == len(words)):
        return entries[0].kind
    if found := page.mentions.get(source.start):
        kind = found[1].kind
        return "organisation" if kind == "place" else kind
    return "anonymous" if people(head) else None


def _named_inside(page: Page, source: Stretch) -> bool:
    return any(
        i in page.mentions and page.mentions[i][1].kind == "person" and page.mentions[i][1].level == "name"
        for i in range(source.start + 1, min(source.stop, source.start + 4))
    )
