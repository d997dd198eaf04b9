"""Who acts in a clause that says nothing, and how far his name reaches: «استقبل الوزير الوفد، مؤكدا أن»."""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.stages.attributions import phrases
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import common, finite, proper
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COMMA, ENDS, NAME_QUOTE, QUOTE, Page
from riwaya.stages.attributions.phrases import Stretch

HAMZAS = ("أ", "إ")
NEAR = 8
"""Words from the head of a clause to its verb: «وبهذه المناسبة، رفع المدير التهاني، مؤكدا»."""
OFFICE = 5
"""Words of an office before the «في» of where it is held."""
HOLDER = 7
"""Words from the «في» of an office to the name of who holds it."""


def subjects(page: Page, cue: Cue, sentence: int) -> Iterator[tuple[Stretch, str | None]]:
    """Who may be the subject of the sentence of a cue, likeliest first, with the gender of a verb right before them.

    >>> from riwaya.stages.attributions import page_of
    >>> from riwaya.stages.attributions.cues import candidates
    >>> page = page_of("زار وزير الري سامي الحداد أمس السد، مؤكدا أن")
    >>> [cue] = candidates(page)
    >>> [page.span(found.start, found.stop).of(page.text) for found, _ in subjects(page, cue, 0)]
    ['وزير الري سامي الحداد']
    """
    if cue.start - sentence < 3:
        return
    kinds = page.grammar.words_by_kind
    turns = [
        k + 1
        for k in range(sentence + 1, cue.start - 1)
        if page.norms[k] == "ثم" or (page.norms[k - 1] == COMMA and page.norms[k] in kinds["clause"])
    ]  # «ثم ألقى الشيخ كلمة نوه فيها»
    occasion = kinds["occasion"]
    turns += [k + 1 for k in range(sentence, cue.start - 4) if page.norms[k] == COMMA and page.norms[k + 1] in occasion]
    turns += [k + 1 for k in range(sentence, cue.start - 3) if page.norms[k] in kinds["as-for"]]
    turns += [k for k in range(sentence + 4, cue.start - 1) if phrases.listed(page, k, ("opener",)) > 2]
    start = _behind_adverbial(page, phrases.openers(page, max([sentence, *turns]), cue.start), cue.start)
    verb = next((i for i in range(start, min(cue.start - 2, start + NEAR)) if _opens(page, i)), None)
    sender = _sender(page, start, cue.start)
    told = start + 2 if page.norms[start + 1].removeprefix("ب") == "ذلك" else cue.start  # «أوضح ذلك | المدير»
    for i in (sender,) if sender else (start, start + 1, told, verb + 1 if verb is not None else cue.start):
        if i >= cue.start - 1:
            continue
        if i == start + 1 and not (_verb_like(page, start) or _demands(page, start, sentence)):
            continue
        if i == start and _demands(page, start, sentence):
            continue  # «طالب | المفتي سامي الحداد المؤسسة بـ»: no student
        if i == start + 1 and 1 < (closing := page.quotes.get(i, 0)) - i <= NAME_QUOTE and closing < cue.start:
            yield Stretch(i, closing + 1), _gender_by_verb(page, i, start)  # «دانت "القائمة الموحدة" القرار، وقالت»
            continue
        entry = page.grammar.noun(page.norms[i])
        kinds_of = ("person", "organisation", "place") if _her_deed(page, start, i, cue) else ("person", "organisation")
        known = i in page.mentions and page.mentions[i][1].kind in kinds_of
        norm = page.norms[i]
        known = known or (i == start + 1 and norm.startswith(ARTICLE) and norm.endswith("ي") and len(norm) > 5)
        known = known or (norm.startswith(ARTICLE) and person(page, i + 1))  # «ألقى الخريج | سامي الحداد»
        tied = norm.startswith((ARTICLE, "و", "ل", "ب", "ك", "ف")) or phrases.own(page, i)
        named = norm in kinds["name-link"] or (proper(page, i) and not tied and norm in page.speaking)
        known = known or (i == start + 1 and named)  # «وفضل | أبو الخير البقاء، مقدما»
        first = i <= start + 1 and not (norm in kinds["single"] and page.norms[i + 1 : i + 2] != ["من"])
        if known or (entry is not None and entry.kind in _subjects(page, cue, first)):
            end = min(cue.start, page.sentence(i).stop)
            end -= end < cue.start and page.norms[end - 1] in ENDS
            stop = name_end(page, i, min(phrases.phrase(page, i, end), i + 12))
            yield Stretch(i, phrases.unclosed(page, i, stop)), _gender_by_verb(page, i, start)


def _gender_by_verb(page: Page, i: int, start: int) -> str | None:
    """The gender of a name right behind the verb of saying that opens its clause: «قالت ديبورا»."""
    senses = page.grammar.senses(page.norms[start]) if i == start + 1 else ()
    return next((s.form.gender for s in senses if s.form.tense in ("past", "present")), None)


def _demands(page: Page, i: int, sentence: int) -> bool:
    """Is a word that is a noun too («طالب») the verb of its sentence: does it open it, a title or name behind?"""
    past = any(s.form.tense == "past" for s in page.grammar.senses(page.norms[i]))
    if not past or phrases.openers(page, sentence, i) < i or i + 1 >= len(page):
        return False
    title = page.grammar.noun(page.norms[i + 1])
    body = i + 1 in page.mentions and page.mentions[i + 1][1].kind == "organisation"
    return body or person(page, i + 1) or (title is not None and title.kind in ("person", "organisation"))


def _her_deed(page: Page, start: int, i: int, cue: Cue) -> bool:
    """May a place stand for its government: «ورفضت لندن الطلب، وقالت»?"""
    acts = i == start + 1 and page.norms[start].endswith("ت")
    return acts and cue.form.gender == "f" and cue.form.number != "p"


def _behind_adverbial(page: Page, start: int, stop: int) -> int:
    """Where the clause begins behind «عقب ذلك،», «خلال الحفل،»."""
    kinds = page.grammar.words_by_kind
    if start < stop and page.norms[start].removeprefix("و") in kinds["although"]:
        that = next((i for i in range(start + 1, min(stop, start + 4)) if page.norms[i] == "ان"), start)
        return that + 1 if that > start else start  # «ورغم أن الوزير لم يحضر، إلا أنه أكد»
    if start >= stop or not any(page.norms[start] in kinds[k] for k in ("preposition", "adjunct")):
        return start
    comma = next((i for i in range(start, min(stop, start + 10)) if page.norms[i] == COMMA), None)
    verb = next((i for i in range(start + 2, min(comma or stop, start + 10)) if _opens(page, i)), None)
    if verb is not None:
        return verb  # «وفي نهاية الحفل قدم المدير درعا، مؤكدا»
    return start if comma is None or comma + 1 >= stop else phrases.openers(page, comma + 1, stop)


def _sender(page: Page, start: int, stop: int) -> int | None:
    """The first word of who wrote what somebody received: «تلقى الأمير برقية من | الوزير»."""
    norms = page.norms
    if start >= stop or norms[start] not in page.grammar.words_by_kind["received"]:
        return None
    return next((i + 1 for i in range(start + 2, stop - 1) if norms[i] == "من"), None)


def _subjects(page: Page, cue: Cue, first: bool) -> tuple[str, ...]:
    """The kinds of nouns that a subject can be, `first` in its clause: «هدد عدد من الباعة بالإضراب، مؤكدين أن»."""
    return ("person", "organisation", *(("anonymous",) if first and cue.form.number == "p" else ()))


def _opens(page: Page, i: int) -> bool:
    """Is word `i` a finite verb with its subject, a known speaker, right behind it?"""
    if page.norms[i] in page.grammar.words_by_kind["between"]:
        return False  # «لا فرق بين الوزارة والهيئة»
    past = any(s.form.tense == "past" and not s.clitic for s in page.grammar.senses(page.norms[i]))
    behind = page.grammar.noun(page.norms[i + 1]) if i + 1 < len(page) else None
    known = i + 1 in page.mentions and page.mentions[i + 1][1].kind in ("person", "organisation")
    known = known or (page.norms[i + 1 : i + 2] != [] and page.norms[i + 1].startswith(ARTICLE) and person(page, i + 2))
    speaks = known or (behind is not None and behind.kind in ("person", "organisation"))
    return speaks and (past or finite(page, i))


def person(page: Page, i: int) -> bool:
    """Does a person's name begin at word `i`?"""
    found = page.mentions.get(i)
    return found is not None and found[1].kind == "person" and found[1].level == "name"


def name_end(page: Page, start: int, stop: int) -> int:
    """One past the name alone: before a preposition, or an indefinite word behind a definite one."""
    norms = page.norms
    entry = page.grammar.noun(norms[start])
    kinds = page.grammar.words_by_kind
    if entry is not None and entry.kind == "anonymous" and norms[start + 1 : start + 2] == ["من"]:
        start += 2  # «عدد من الباعة»
    closing = kinds["preposition"] | kinds["that"] | kinds["thing"] | kinds["adverb"] | kinds["said"] | kinds["and-he"]
    closing |= kinds["so"]  # «أما المهندس سامي الحداد | فقد كتب»
    whole = page.mentions.get(start)
    if whole is not None and whole[1].kind == "organisation" and whole[1].level == "name":
        start = max(start, min(whole[0], stop) - 1)  # «منظمة الأمم المتحدة للأغذية» ends where it ends
    for i in range(start, stop):  # so does a person's name: «رئيس الهيئة سامي الحداد | الراية بـ»
        found = page.mentions.get(i)
        if found is not None and found[1].kind == "person" and found[1].level == "name":
            return min(found[0] + (norms[found[0] - 1] == "عبد"), stop)  # «… بن عبد | الله»
        if norms[i] == "في" and entry is not None and entry.kind == "person" and (holder := _holder(page, i, stop)):
            return holder  # «رئيس الشؤون الدينية في الضفاف سامي الحداد»
        if norms[i] == "في" and start < i < start + OFFICE and _serves_in(page, i + 1, stop, start):
            return name_end(page, i + 1, stop)  # «عضو اللجنة الزراعية في غرفة الضفاف», «المسؤولين في قطاع الري»
        if norms[i] in closing or norms[i] in kinds["relative"] or (i > start and norms[i] in kinds["venue"]):
            break
    for i in range(start + 1, stop):
        object_ = norms[i - 1].startswith(ARTICLE) and not norms[i].startswith((ARTICLE, "لل", "وال"))
        thing = page.grammar.masdar(norms[i]) or norms[i].endswith("ات")
        if object_ and i == start + 1 and thing and i not in page.mentions:
            return i  # «نقل الوكيل | تحيات الأمير»
        if _object_begins(page, i, start):
            return i
        if _asked_place(page, i):
            return i  # «طالب المجلس | تشاد بالكف عن»
        if page.norms[i - 1] in page.named_words and any(
            s.form.tense == "present" for s in page.grammar.senses(norms[i])
        ):
            return i  # «سامية الحداد | تحذر من»
        other = page.grammar.noun(norms[i])
        title = page.grammar.noun(norms[i - 1])
        if i == start + 1 and proper(page, start) and other is not None and other.kind == "organisation":
            return i  # «طالب الحداد | الخارجية بالرد»
        if object_ and title is not None and title.kind == "person" and i > start + 1:
            continue  # «مستشفى الملك سامي»
        group = any(noun is not None and noun.kind != "person" for noun in (entry, other))
        body = norms[i - 1].startswith(ARTICLE) and other is not None and other.kind in ("organisation", "document")
        if phrases.plural(page, i) and (i in page.named_until or i - 1 in page.named_until):
            return i  # «أوصى الخطيب سامي الحداد | المسلمين»
        counted = page.grammar.noun(norms[i - 1].removeprefix("و")) if norms[i] == "من" else None
        if counted is not None and counted.name == "quantity":
            continue  # «نشطاء وعدد من الرواد»
        if (
            norms[i] in closing
            or (body and group)
            or norms[i] in kinds["relative"]
            or (norms[i] in kinds["venue"] and norms[i - 1] not in kinds["preposition"])  # «ألقى الشيخ سامي | كلمة»
            or norms[i].startswith("لل")
            or (object_ and group)
            or phrases.begins_object(page, i)
            or phrases.accusative(page, i, start)
        ):
            return i
    return stop


def _serves_in(page: Page, i: int, stop: int, start: int) -> bool:
    """Does a body, and no occasion, stand behind «في» at word `i`, where the people at `start` serve?"""
    head, body = page.grammar.noun(page.norms[start]), page.grammar.noun(page.norms[i]) if i < stop else None
    people = head is not None and head.kind in ("person", "anonymous")
    return (
        people
        and QUOTE not in page.norms[start:i]
        and body is not None
        and body.kind == "organisation"
        and not phrases.venue(page, page.norms[i])
    )


def _holder(page: Page, i: int, stop: int) -> int | None:
    """One past the name of who holds an office in the place behind «في» at word `i`."""
    for k in range(i + 1, min(stop, i + HOLDER)):
        if person(page, k):
            return min(page.mentions[k][0], stop)
        if not page.norms[k].isalpha() or finite(page, k) or page.norms[k] in page.grammar.words_by_kind["venue"]:
            return None
    return None


def _object_begins(page: Page, i: int, start: int) -> bool:
    """Behind a definite word: a definite verbal noun, or another construct: «القائد سامي الوادي | معسكر الفريق»."""
    norm = page.norms[i]
    if not page.norms[i - 1].startswith((ARTICLE, "لل")) or i in page.mentions or not norm.isalpha():
        return False
    if norm.startswith(ARTICLE):
        return page.grammar.masdar(norm)  # «رئيس المجلس سامي الوادي | التصويت»
    follows = page.norms[i + 1] if i + 1 < len(page) else ""
    kinds = page.grammar.words_by_kind
    small = any(norm in kinds[k] for k in ("preposition", "adjunct", "adverb", "name-link", "same", "closed"))
    tied = norm.startswith(("و", "ل", "ب", "ك", "ف")) or norm.endswith("ي")
    plain = len(norm) > 3 and not small and not tied and page.grammar.noun(norm) is None
    return plain and common(page, i) and (i > start + 1 or follows.startswith(ARTICLE))


def _asked_place(page: Page, i: int) -> bool:
    """Does a place stand by itself at word `i` behind a definite word, so that neither hangs on the other?"""
    found, norm = page.mentions.get(i), page.norms[i]
    place = found is not None and found[1].kind == "place" and found[1].level == "name"
    tied = norm.startswith((ARTICLE, "و")) or (found is not None and page.starts[i] != found[1].start)
    title = page.grammar.noun(page.norms[i - 1])
    titled = title is not None and title.kind == "person"
    return place and not tied and not titled and page.norms[i - 1].startswith(ARTICLE)


def _verb_like(page: Page, i: int) -> bool:
    """Can word `i` be the verb that opens a sentence?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    bare = norm[1:] if norm.startswith("و") else norm
    article = norm.startswith(("ال", "وال", "بال", "لل")) and page.source(i).lstrip("وف")[:1] not in HAMZAS  # «ألقى»
    noun = article or page.grammar.noun(bare) is not None
    return norm.isalpha() and len(bare) > 2 and not noun and bare not in kinds["preposition"]
