"""How far a source reaches: the noun phrase between a cue and what was said, with its title and appositions."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from riwaya.lang.lexicon import folded_words
from riwaya.stages.attributions import heads
from riwaya.stages.attributions.finite import common, proper
from riwaya.stages.attributions.grammar import ARTICLE, REMEMBERED, Grammar
from riwaya.stages.attributions.page import COMMA, NAME_QUOTE, QUOTE, Page
from riwaya.stages.attributions.phrases import (
    ADDRESSED,
    TANWIN,
    Stretch,
    addressee,
    adjunct,
    listed,
    own,
    phrase,
    plural,
    unclosed,
)

UNKNOWN = 5
"""Words of a source of which nothing is known."""
LONGEST = 45
"""Words between a cue and what was said: royal titles are long."""


class Region(Struct, frozen=True):
    """What stands between a cue and what was said: a source, and perhaps to whom it was said."""

    source: Stretch | None
    addressee: Stretch | None = None
    strange: bool = False
    """Something stands there that is no speaker, no listener, and no when, where or how."""


def region(page: Page, start: int, stop: int) -> Region:
    """Reads the words from `start` to `stop`: first who speaks, then where, when and to whom.

    >>> from riwaya.stages.attributions import page_of
    >>> page = page_of("قال وزير الري سامي الحداد أمس لوكالة الفرات إن")
    >>> found = region(page, 1, 8)
    >>> page.span(found.source.start, found.source.stop).of(page.text)
    'وزير الري سامي الحداد'
    """
    source: Stretch | None = None
    heard: Stretch | None = None
    strange = False
    i = start
    while i < stop:
        i = _skip_signs(page, i, stop)
        if i >= stop:
            break
        if listener := addressee(page, i, stop):
            heard = heard or listener
            i = listener.stop + (listener.stop < stop and page.norms[listener.stop] == QUOTE)
            continue
        if (after := adjunct(page, i, stop)) > i:
            timed = page.norms[i] in page.grammar.words_by_kind["adverb"] or i in page.times
            waiting = source is None and page.norms[i] == "في"
            i = after if timed else _phrase_end(page, after, stop, waiting)
            continue
        end = phrase(page, i, stop)
        if source is None:
            if not heads.can_speak(page, i):
                strange = strange or _strange(page, i)
                alone = any(page.norms[i] in page.grammar.words_by_kind[k] for k in ("resumptive", "to-him"))
                i = i + 1 if alone else end  # «قال فيه | متحدث», «أكد لنا | مرشدنا»
                continue
            source = Stretch(i, end)
        elif page.norms[source.stop : i] == [COMMA] and (_apposition(page, i, end, source) or _joins(page, i)):
            source = Stretch(source.start, end)
        elif i == source.stop + 1 and _bears(page, source, i):
            source = Stretch(source.start, end)  # «مساعد المدير سابقا الدكتور سامي الحداد»
        i = end
    source = _past_name(page, source)
    plausible = _plausible(page, source)
    return Region(_trimmed(page, source) if plausible else None, heard, strange or (not plausible and bool(source)))


def _past_name(page: Page, source: Stretch | None) -> Stretch | None:
    """Without what stands behind a person's name and is no title: «سامي الحداد | ملامح الخطة», «الحداد | يقول»."""
    named = max((stop for stop in page.named_until if source and source.start < stop < source.stop), default=0)
    if source is None or not named:
        return source
    norms, kinds = page.norms, page.grammar.words_by_kind
    i = named
    if norms[i] in kinds["name-link"]:
        i = min(i + 2, source.stop)  # «سامي | أبو الخير»
    if i == source.stop:
        return source
    norm = norms[i]
    alone = i + 1 == source.stop
    state = norm.startswith("م") and norm.endswith("ا") and 5 <= len(norm) <= 7
    if state and not alone and not proper(page, i):
        return Stretch(source.start, i, source.skip)  # «قال الحداد مخاطبا الأهالي»
    if (around := page.enclosing(i)) and around[0] >= source.start:
        return source
    if norm == QUOTE and page.quotes.get(i, 0) - i > NAME_QUOTE and page.grammar.noun(norms[i + 1]) is None:
        return Stretch(source.start, i, source.skip)  # «قال الحداد «لا أعتقد أن …»، وأضاف»
    if alone and (page.grammar.senses(norm) or norm in kinds["matter"] or page.source(i).endswith(TANWIN)):
        return Stretch(source.start, i, source.skip)
    about = norm.startswith("ب") and not norm.startswith("بال") and page.grammar.noun(norm[1:]) is None
    if about and page.grammar.masdar(norm[1:]) and i not in page.mentions:
        return Stretch(source.start, i, source.skip)  # «اعتراف الحداد بضعف السد»
    small = any(norm in kinds[k] for k in ("same", "relative", "preposition", "adverb", "name-link", "closed"))
    tied = norm.startswith((ARTICLE, "و", "ل", "ب"))
    if alone or not norm.isalpha() or small or tied or page.grammar.noun(norm) or listed(page, i, ("aside",)):
        return source
    surname = norms[i + 1].startswith(ARTICLE) or not norms[i + 1].isalpha() or page.grammar.noun(norms[i + 1])
    if i in page.mentions or not common(page, i) or (surname and not norm.endswith("ات")):
        return source  # «سامي | حداد رئيس اللجنة»
    return Stretch(source.start, i, source.skip)


def _strange(page: Page, i: int) -> bool:
    """Is word `i` neither a small word, nor a sign, nor one that says how: «وقال له», «وقال ساخرا»?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    small = any(norm in kinds[k] for k in ("preposition", "relative", "adjunct", "that", "closed", "no-that", "this"))
    ours = norm.endswith("نا") and len(norm) > 4  # «أكد لنا مرشدنا أن»
    tied = norm.startswith(("ل", "ب", "و", "ك", "ف")) or (norm.endswith("ا") and not ours)
    return norm.isalpha() and len(norm) > 2 and not small and not tied


def _plausible(page: Page, source: Stretch | None) -> bool:
    """A long phrase in which no noun of speakers and no name is known is no source."""
    if source is None:
        return False
    end = next((i for i in range(source.start, source.stop) if page.norms[i] == COMMA), source.stop)
    if end - source.start <= UNKNOWN:
        return True
    each = page.norms[source.start] == "كل"
    if each or heads.people(page.norms[source.start][source.skip :]) or source.start in page.quotes:
        return True  # «وقال "أبو سعيد" (اسم مستعار)»
    return any(i in page.mentions or page.grammar.noun(page.norms[i]) for i in range(source.start, end))


def _phrase_end(page: Page, start: int, stop: int, waiting: bool) -> int:
    """One past an adjunct: the next comma or addressee, or, while a source is still `waiting`, the head of one."""
    i = start
    while i < stop and page.norms[i] != COMMA and not addressee(page, i, stop):
        before = page.norms[i - 1]
        heard = before.startswith("ل") and page.grammar.noun(before[1:]) is not None  # «في خطاب لرئيس الهيئة»
        paper = page.grammar.noun(before)  # «في تصريح نشرته وكالة | الأنباء»
        construct = paper is not None and paper.kind in ADDRESSED and not before.startswith(ARTICLE)
        # «في صفحته في موقع الراية»
        governed = heard or construct or before in page.grammar.words_by_kind["preposition"]
        clause = any(page.norms[k] in page.grammar.words_by_kind["relative"] for k in range(start, i))
        entry = page.grammar.noun(page.norms[i]) if waiting and i > start and not (governed or clause) else None
        if entry is not None and entry.kind != "document" and not (entry.kind in ADDRESSED and own(page, i - 1)):
            break  # «في كلمة بثها التلفزيون» names who relays, «في بيانه الوزير» who speaks
        i = page.quotes[i] + 1 if i in page.quotes and page.quotes[i] < stop else i + 1
    return max(i, start)


def _bears(page: Page, source: Stretch, i: int) -> bool:
    """Does the name of an office stand at `i`, an adverb between them?"""
    head, other = page.grammar.noun(page.norms[source.start]), page.grammar.noun(page.norms[i])
    office = head is not None and head.kind == "person" and page.norms[i - 1] in page.grammar.words_by_kind["adverb"]
    titled = other is not None and other.kind == "person" and i + 1 in page.mentions
    named = i in page.mentions and page.mentions[i][1].kind == "person" and page.mentions[i][1].level == "name"
    return office and (titled or named) and not any(source.start < k < source.stop for k in page.named_until)


def _apposition(page: Page, i: int, end: int, source: Stretch) -> bool:
    """Does the phrase behind a comma say who the source is: «، المتحدث باسم …», «رئيس الوفد، سامي الحداد»?"""
    norm = page.norms[i]
    head, other = page.grammar.noun(page.norms[source.start]), page.grammar.noun(norm)
    named = any(source.start < k <= source.stop for k in page.named_until)
    person = named or (head is not None and head.kind in ("person", "anonymous"))
    if person and other is not None and other.kind == "organisation":
        return False  # «دعا عضو البرنامج، مجلس الوادي إلى», «طالب سامي الحداد، الخطوط»
    if person and norm in page.grammar.words_by_kind["addressed"]:
        return False  # «وعد سامي الحداد، جماهير ناديه بـ»
    if (i in page.mentions and page.mentions[i][1].kind != "place") or other:
        return True
    if i in page.mentions and page.mentions[i][1].level == "name":
        return False  # «دعا سامي الحداد، الوادي إلى»
    if head is not None and head.kind in ("person", "anonymous") and 2 <= end - i <= 4 and heads.can_speak(page, i):
        return True
    asked = plural(page, i) or norm in page.grammar.words_by_kind["kin"]  # «ناشد المفتي، الشباب أن»
    return norm.startswith(ARTICLE) and len(norm) > 4 and not asked


def _joins(page: Page, i: int) -> bool:
    """Does somebody stand behind a comma and «و» who says it too: «أعلنت الهيئة، واللجنة المنظمة، عن»?"""
    norm = page.norms[i]
    entry = page.grammar.noun(norm[1:]) if norm.startswith("وال") else None
    return entry is not None and entry.kind in ("person", "organisation")


def _skip_signs(page: Page, i: int, stop: int) -> int:
    """Over commas, dashes with what stands between them, and parentheses."""
    norms = page.norms
    while i < stop:
        if norms[i] in (COMMA, ";"):
            i += 1
        elif aside := listed(page, i, ("aside",)):
            i += aside
        elif norms[i] == "-":
            second = next((k for k in range(i + 1, min(stop, i + 9)) if norms[k] == "-"), i)
            i = second + 1
        elif norms[i] in "([":
            i = next((k + 1 for k in range(i + 1, min(stop, i + 12)) if norms[k] in ")]"), i + 1)
        else:
            break
    return i


def _trimmed(page: Page, source: Stretch | None) -> Stretch | None:
    """Without signs and function words at the end."""
    if source is None:
        return None
    stop, kinds = unclosed(page, source.start, source.stop), page.grammar.words_by_kind
    open_ = "(" in page.norms[source.start : stop]
    signs = ",-;(ل" if open_ else ",-;()ل"
    small = kinds["preposition"] | kinds["relative"] | kinds["issued"]  # «التقرير (12) الصادر»
    while stop > source.start and (page.norms[stop - 1] in signs or page.norms[stop - 1] in small):
        if page.norms[stop - 1] == "علي" and page.source(stop - 1).endswith("ي") and stop - 1 > source.start:
            break  # «عادل علي»
        stop -= 1
    if stop - source.start > 2 and any(s.entry.does == "publish" for s in page.grammar.senses(page.norms[stop - 1])):
        stop -= 1  # «استطلاع للرأي | نشر مؤخرا»
    if page.norms[stop - 1 : stop] == [QUOTE] and page.quotes.get(source.start) != stop - 1:
        stray = stop - 1 not in page.quotes.values()  # «وأكد الوزير" جاهزية»
        stop -= stray
    return Stretch(source.start, stop, source.skip) if stop > source.start else None


def same_words(page: Page, words: str) -> tuple[str, ...]:
    return _folded(page.grammar, words)


@lru_cache(maxsize=REMEMBERED)
def _folded(grammar: Grammar, words: str) -> tuple[str, ...]:
    return folded_words(words, grammar.fold)
