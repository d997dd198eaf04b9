"""Where what was said begins: behind «أن», a colon, an opening mark, the preposition that the verb governs.

Which of them a cue takes stands in `cues.toml`.
"""

from __future__ import annotations

from msgspec import Struct

from riwaya.stages.attributions import sources
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import verbal_noun
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COLON, COMMA, ENDS, QUOTE, Page
from riwaya.stages.attributions.sources import KASRA_HAMZA

NAME_QUOTE = 4
"""A quotation of so many words inside a source is a name, not speech."""
ASIDE = 16
"""Words of a clause between a speaker and what he said: «، وهو صياد من القرية،»."""
COMMAS = 4
"""A source with more commas than this is none."""


class Anchor(Struct, frozen=True):
    """Where what was said begins: the slots seen (`that`, `prep that`, `quote` …), their place, the first word."""

    slots: tuple[str, ...]
    at: int
    content: int
    skip: int = 0


def anchor(page: Page, cue: Cue, start: int, stop: int) -> Anchor | None:
    """Where the content of a verb begins: the first of its complements behind the cue."""
    norms, takes = page.norms, cue.entry.takes
    kinds = page.grammar.words_by_kind
    commas, weak, i = 0, None, start
    limit = min(stop, start + sources.LONGEST)
    while i < limit:
        norm = norms[i]
        if norm in kinds["that"]:
            if _wish(page, cue, i):
                i += 1
                continue
            said = "quote" in takes and i > start and norms[i - 1] in kinds["saying"]  # «اختتم حديثه بالقول إن»
            opens = i == start or norms[i - 1] not in kinds["no-that"] or _qualified(page, i - 1)
            if ("that" in takes or said) and opens:
                return Anchor(("that",), i, i + 1)
            if opens and i:
                break
        elif norm == COLON and _clock(page, i):
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
        elif (found := _governed(page, cue, i, start, stop)) is not None:
            if found.slots[-1] == "that" or (
                not sources.inner_preposition(page, i) and not _rivalled(page, cue, i, stop)
            ):
                return found
            if not sources.governed(page, i):  # «عدد من الأهالي»
                weak = weak or found
        elif i > start and _turns_to_speech(page, i, takes):
            break
        i += 1
    return weak


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
    if cue.entry.does not in ("say", "add", "evidence", "claim") or len(page.norms[i]) != 2 or i + 1 >= len(page):
        return False
    follows = page.norms[i + 1]
    looks = follows.startswith("ي") and len(follows) > 3 and i + 1 not in page.mentions
    return looks and follows not in page.grammar.words_by_kind["ya-noun"] and page.source(i)[:1] == "أ"


def _rivalled(page: Page, cue: Cue, i: int, stop: int) -> bool:
    """Does a better complement follow in the same clause: «… المعنية بالاقتصاد بأن», «… عن شهر مايو عن بلوغ»?"""
    norm, kinds, grammar = page.norms[i], page.grammar.words_by_kind, page.grammar
    bound = norm.startswith("ب")
    if norm == "عن" and "quote" in cue.entry.takes and _colon_follows(page, i + 1, stop):
        return True  # «متحدثا عن هدفه: "…"»
    if not bound and i + 1 < stop and grammar.masdar(page.norms[i + 1]):
        return False
    for k in range(i + 1, min(stop, i + 14)):
        here = page.norms[k]
        if here in (COMMA, ";", COLON) or (grammar.senses(here) and not bound):
            return False
        if bound and here.startswith("بال") and _at_body(page, norm):
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


def _behind_aside(page: Page, takes: tuple[str, ...], i: int, stop: int) -> Anchor | None:
    """«وقال فلان، واصفا ما حدث بأنه كارثة: إن …»: the content behind a participle clause and a colon."""
    if not any(s.form.tense == "participle" for s in page.grammar.senses(page.norms[i] if i < stop else "")):
        return None
    colon = next((k for k in range(i, min(stop, i + 16)) if page.norms[k] == COLON), None)
    return _after_colon(page, colon, stop) if colon and "quote" in takes and colon + 1 < stop else None


def _clock(page: Page, i: int) -> bool:
    """Is the colon that of a time of day: «11:30»?"""
    around = page.norms[i - 1 : i] + page.norms[i + 1 : i + 2]
    return len(around) == 2 and all(n.isdigit() for n in around)


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
    if i > start and length <= 2 * NAME_QUOTE and _said_later(page, closing + 1):
        return False  # «قال الحداد على هامش "ملتقى السدود"، الذي عقد أمس: إن»
    return length > NAME_QUOTE or (i == start and length > 1 and ends)


def _said_later(page: Page, i: int) -> bool:
    """Does a colon or «إن» follow in the same sentence, close behind word `i`?"""
    stop = min(page.sentence(i).stop if i < len(page) else i, i + ASIDE)
    for k in range(i, stop):
        if page.norms[k] == COLON and not _clock(page, k):
            return True
        if page.norms[k] in page.grammar.words_by_kind["that"]:
            return page.source(k).startswith(KASRA_HAMZA)
        if _finite_report(page, k):
            return False
    return False


def _new_clause(page: Page, i: int, stop: int) -> bool:
    """Behind a comma: does a new report or a turn of the journalist begin?"""
    if i >= stop:
        return True
    turned = sources.openers(page, i, stop)
    if turned > i and turned < stop and _finite_report(page, turned):
        return True  # «، إلى ذلك أكد الوزير أن»
    if page.norms[i] in page.grammar.words_by_kind["adjunct"]:
        return False  # «يوضح فلان، قائلا إن»
    senses = page.grammar.senses(page.norms[i])
    if page.norms[i].startswith("ف") and page.grammar.told_it(page.norms[i][1:]):
        return True  # «سأل النادل الرجل عما يريد، فأجابه»
    if any(s.form.tense == "participle" or (s.clitic and s.form.tense in ("past", "present")) for s in senses):
        return True
    return page.norms[i] == "وذلك" or page.norms[i] in page.grammar.words_by_kind["and-he"]


def _finite_report(page: Page, i: int) -> bool:
    return any(s.form.tense in ("past", "present") for s in page.grammar.senses(page.norms[i]))


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
    if cue.negated and norm in page.grammar.words_by_kind["exceptive"] and "ب" in takes:
        return Anchor(("prep",), i, i)
    if norm == "عن" and norms[i - 1] == "نقلا":
        return None  # «أفادت الشبكة نقلا عن شهود أن»
    if i + 1 < stop and norm in page.grammar.prepositions(cue.entry) and not _named_ali(page, i, start):
        if norms[i + 1] in that and i + 2 < stop:
            return Anchor(("prep", "that"), i, i + 2)
        return Anchor(("prep",), i, i + 1)
    if "ب" in takes and (skip := _with_bi(page, i, start, "that" not in takes or cue.entry.does == "act")):
        return Anchor(("prep",), i, i if skip < len(norm) else i + 1, skip if skip < len(norm) else 0)
    period = i + 1 < stop and norms[i + 1] in page.grammar.words_by_kind["period"]
    if cue.form.tense == "present" and cue.entry.does == "think" and "event" in takes:
        return None  # «يعتبر … الأكبر»: is held to be
    kinds = page.grammar.words_by_kind
    timed = norms[i - 1] in kinds["preposition"] or norms[i - 1] in kinds["adjunct"]  # «وتوقعت بعد ذلك»
    if "event" in takes and i > start and norm in kinds["this"] and not period and not timed:
        return Anchor(("event",), i, i)
    if "event" in takes and page.grammar.masdar(norm) and not construct(page, i, start) and not _which(page, i):
        return None if norm in page.named_words else Anchor(("event",), i, i)
    if "event" in takes and i > start + 1 and _object_of_body(page, i, start, stop):
        return Anchor(("event",), i, i)
    return None


def _object_of_body(page: Page, i: int, start: int, stop: int) -> bool:
    """«أكدت وزارة العمل | أحقية المقيمين»: behind a complete body, an indefinite noun of another construct."""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    head = page.grammar.noun(page.norms[start])
    if head is None or head.kind != "organisation" or i + 1 >= stop or not page.norms[i - 1].startswith(ARTICLE):
        return False
    small = any(
        norm in kinds[k]
        for k in ("preposition", "adjunct", "adverb", "closed", "relative", "that", "this", "quantifier")
    )
    plain = norm.isalpha() and len(norm) > 3 and not norm.startswith((ARTICLE, "و", "ل", "ب", "ف", "ك"))
    free = i not in page.mentions and i not in page.times and page.grammar.noun(norm) is None
    return plain and not small and free and page.norms[i + 1].startswith(ARTICLE) and not page.grammar.senses(norm)


def _qualified(page: Page, i: int) -> bool:
    """Is «خاصة» the adjective of a speaker: «مصادر خاصة أن»?"""
    return page.norms[i] == "خاصه" and i > 0 and page.grammar.noun(page.norms[i - 1]) is not None


def _which(page: Page, i: int) -> bool:
    """«خلال اجتماع | عقده مع»: a verb with the pronoun of the indefinite occasion before it, no event."""
    before, kinds = page.norms[i - 1], page.grammar.words_by_kind
    return sources.own(page, i) and before in kinds["venue"] and not before.startswith(ARTICLE)


def _named_ali(page: Page, i: int, start: int) -> bool:
    """«علي» the name folds like «على» the preposition; the source tells them apart."""
    return page.norms[i] == "علي" and page.source(i).endswith("ي") and i > start


def _with_bi(page: Page, i: int, start: int, alone: bool) -> int:
    """1 when word `i` is or begins with the preposition «ب», else 0; `alone`: the verb seldom takes anything else."""
    norm = page.norms[i]
    if norm == "ب":
        return 1
    rest = norm[1:]
    behind_comma = i > start and page.norms[i - 1] == COMMA
    if norm.startswith("ب") and norm in page.grammar.words_by_kind["thing"]:
        return 1  # «أشاد الوزير بما …»
    long = len(norm) > 3 or page.grammar.masdar(rest)
    if not norm.startswith("ب") or not long or norm in page.grammar.words_by_kind["not-bi"]:
        return 0
    if i in page.mentions and page.mentions[i][1].start == page.starts[i]:
        return 0  # the town «بريدة»
    if norm in page.named_words:
        return 0  # «بنسون», whom the page names elsewhere
    his = sources.own(page, i) and page.grammar.noun(rest) is None  # «ونوه المختار باهتمامهم»
    done = page.norms[i - 1].startswith(ARTICLE) and verbal_noun(rest)  # «وعد الوزير بتأمين»
    if rest.startswith(ARTICLE) or page.grammar.masdar(rest) or behind_comma or his or done:
        return 1
    return 1 if i == start or (alone and i > start + 1 and len(norm) > 4 and page.grammar.noun(rest) is None) else 0


def construct(page: Page, i: int, start: int) -> bool:
    """Does the verbal noun at `i` belong to the source: «وزارة إعادة الإعمار», «هيئة تنظيم …»?"""
    if i == start:
        return False
    before = page.norms[i - 1]
    if sources.own(page, i - 1):
        return False  # «أكدت الشركة في بيانها | سلامة»
    entry = page.grammar.noun(before) or (page.grammar.noun(before[1:]) if before.startswith("ل") else None)
    if before in page.grammar.words_by_kind["preposition"]:
        return True
    if page.grammar.masdar(before) and not before.startswith(ARTICLE):
        return True  # «حادثة انهيار الجسر»
    return entry is not None and not before.startswith(ARTICLE) and entry.kind in ("organisation", "person", "document")
