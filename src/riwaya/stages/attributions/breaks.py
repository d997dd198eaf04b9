"""Where what was said must end: at the next report, or where the journalist speaks again."""

from __future__ import annotations

from collections.abc import Sequence

from riwaya.stages.attributions import phrases
from riwaya.stages.attributions.finite import feminine_past, finite, shaped
from riwaya.stages.attributions.frames import Match
from riwaya.stages.attributions.page import COMMA, QUOTE, SAYS, Page

NOUN_PHRASE = ("event", "object", "prep")
"""Such a content is a phrase and no clause: where a clause begins behind a comma, the journalist goes on."""
WAS = 9
"""Words between «وكان» and the verb of what had been before."""
UNTOLD = 3
"""Words between a comma and the «لم» of what was not said."""
ABOUT = 16
"""Words between «، وعن» and what is said of it."""
BEFORE = ["قبل", "ان"]
WHILE = ["في", "حين"]
"""Before another's report these end the content before."""


class Stops:
    """Where on a page a further report begins, so that the one before it must end."""

    def __init__(self, page: Page, matches: Sequence[Match]) -> None:
        self.page = page
        self.at: dict[int, Match] = {}
        self.named = frozenset(m.cue.first for m in matches if m.source is not None and m.source.start > m.cue.start)
        for found in matches:
            cue, kind = found.cue, found.cue.kind
            if kind in ("agentless", "author"):
                expected = page.norms[cue.first] in ("ومن", "فمن")  # «تحرك الإعصار شمالا ومن المتوقع أن …»
                if (cue.joined and not expected) or (cue.first and page.norms[cue.first - 1] == COMMA):
                    self.at[cue.first] = found
            elif kind in ("participle", "closing", "particle", "as") or (
                cue.joined and kind in ("verb", "carry", "locative") and not _consequence(page, found)
            ):
                self.at[cue.first] = found
            elif (
                kind in ("verb", "carry")
                and cue.first
                and (
                    page.norms[cue.first - 1] in page.grammar.words_by_kind["clause"]
                    or page.norms[cue.first - 1] in page.grammar.words_by_kind["but-he"]
                )
            ):
                self.at[cue.first - 1] = found
            elif kind == "verb" and page.norms[max(0, cue.first - 2) : cue.first] == WHILE and found.source is not None:
                self.at[cue.first - 2] = found
            elif kind in ("verb", "carry") and found.source is not None and found.source.start > cue.start:
                after_comma = cue.first > 0 and page.norms[cue.first - 1] == COMMA
                self.at |= {cue.first: found} if after_comma else {}

    def within(self, i: int, own: Match) -> bool:
        """Does another report than `own` begin at word `i`, and end its content?"""
        found = self.at.get(i)
        if found is not None and found.with_verb is not None and found.with_verb >= (own.content or 0):
            return False  # «عن تقرير يؤكد …، ويوصي بـ»: both verbs are the paper's
        return found is not None and found.cue != own.cue and found.cue.start > own.cue.start


def _consequence(page: Page, found: Match) -> bool:
    """Does «ف» without comma and without a named subject tell what followed: «رزق بمولود فطلبوا منه أن»?"""
    cue = found.cue
    alone = found.source is None or found.source.start < cue.start
    return cue.clitic == "ف" and alone and cue.first > 0 and page.norms[cue.first - 1] not in (COMMA, QUOTE, ";", ".")


def breaks(page: Page, i: int, stops: Stops, found: Match) -> bool:
    """Behind a comma: does the journalist speak again?"""
    length, entries = page.grammar.clause.find(page.norms, i)
    if any(e.kind in ("break", "narration") for e in entries):
        return True
    if found.opens in NOUN_PHRASE and _state(page.norms[i]):
        return True  # «أعرب عن حزنه، معددا مناقبه»
    if found.opens in NOUN_PHRASE and (page.norms[i] == "مما" or (page.norms[i].startswith("و") and _told(page, i))):
        return True  # «متمنيا لهم الصحة، ورافقه مدير المركز», «خلصت إلى نتائج، واقترح الباحث»
    if found.opens in NOUN_PHRASE and page.norms[i] in page.grammar.words_by_kind["and-he"]:
        return True  # «كشف عن خلل، وهو ما لم يتوقعه أحد»
    if found.opens in NOUN_PHRASE and page.norms[i] in page.grammar.words_by_kind["besides"]:
        return True
    so = page.norms[i].startswith("فال") or page.norms[i] in page.grammar.words_by_kind["so"]
    if found.opens in NOUN_PHRASE and so:
        return True  # «يصر على قناعته، فبأي منطق»
    if found.opens in NOUN_PHRASE and (any(e.kind == "aside-clause" for e in entries) or _clause(page, i)):
        return True
    speaks = any(s.form.tense == "participle" and "quote" in s.entry.takes for s in page.grammar.senses(page.norms[i]))
    if speaks and page.norms[i + 1 : i + 2] == [QUOTE]:
        return True  # «، مضيفا «حرصنا …», a mark without partner
    if _untold(page, i) or _was(page, i) or _before_saying(page, i) or _to_them(page, i):
        return True
    if _answers(page, i) or _another(page, i) or _turns_to(page, i):
        return True
    after = i + length if any(e.kind == "opener" for e in entries) else i
    return stops.within(i, found) or stops.within(after, found) or (after > i and after in stops.named)


def _told(page: Page, i: int) -> bool:
    """Does a clause begin with the finite verb at word `i`, a pronoun written on or not?"""
    norm = page.norms[i]
    stem = next((norm.removesuffix(p) for p in ("هم", "ها", "ه") if norm.endswith(p) and len(norm) > 5), norm)
    past = any(s.form.tense == "past" for s in page.grammar.senses(norm)) or feminine_past(page, i)
    return past or finite(page, i) or (stem != norm and shaped(page.grammar, stem[1:]))


def _state(norm: str) -> bool:
    """Has a word the shape of a participle in the accusative: «معددا»?"""
    shape = norm.startswith("م") and norm.endswith("ا") and 5 <= len(norm) <= 7
    return shape and (not norm.endswith(("ما", "ها", "نا")) or norm in ("مومنا", "مضمنا"))


def _clause(page: Page, i: int) -> bool:
    """Does a main clause with its subject before it begin at word `i`: «و"الراية" تنشر غدا»?"""
    if page.norms[i] != "و" or i + 1 not in page.quotes:
        return False
    verb = page.quotes[i + 1] + 1
    return verb < len(page) and finite(page, verb)


def turned(page: Page, i: int) -> bool:
    """Does a clause begin at word `i` even without a comma: «وقد», «إلا أن»?"""
    kinds = page.grammar.words_by_kind
    norm = page.norms[i]
    if norm in kinds["turn"] or norm in kinds["but-he"] or (norm == "في" and phrases.listed(page, i, ("purpose",))):
        return True
    if page.norms[i].endswith("ا") and any(s.form.tense == "participle" for s in page.grammar.senses(page.norms[i])):
        return True  # «قدم تهنئته للأمير داعيا الله أن»
    alone = page.norms[i].endswith("ا") and not page.norms[i - 1].endswith("ا")
    state = _state(page.norms[i]) and page.norms[i + 1 : i + 2] and page.norms[i + 1] in kinds["his"]
    if alone and (state or phrases.listed(page, i, ("narration",))):
        return True  # «عبر عن سعادته بالنجاح شاكرا الجميع», «مقدرا لهم جهودهم»
    return any(
        e.kind == "turn-of-clause"
        for e in page.grammar.clause.find(page.norms, i)[1]
        if page.norms[i] in ("الا", "غير")
    )


def _was(page: Page, i: int) -> bool:
    """Does the journalist go back at word `i`: «وكان الوزير قد …», «وكانت الهيئة أعلنت …»?"""
    if page.norms[i] not in ("وكان", "وكانت"):
        return False
    near = range(i + 1, min(i + WAS, len(page)))
    return any(
        page.norms[k] == "قد" or any(s.form.tense == "past" for s in page.grammar.senses(page.norms[k])) for k in near
    )


def _before_saying(page: Page, i: int) -> bool:
    """«، قبل أن يشدد على»: another report."""
    if page.norms[i : i + 2] != BEFORE or i + 2 >= len(page):
        return False
    return any(s.form.tense == "present" and s.entry.does in SAYS for s in page.grammar.senses(page.norms[i + 2]))


def _to_them(page: Page, i: int) -> bool:
    """«، وطالبهم بـ», «، وأبلغه أن»: a further report whose verb has its listener written on."""
    norm = page.norms[i]
    if not norm.startswith("و") or page.grammar.senses(norm):
        return False
    stem = next((norm[1:].removesuffix(p) for p in ("هم", "ها", "ه") if norm.endswith(p)), "")
    asks = ("act", *SAYS)
    return len(stem) > 3 and any(
        s.form.tense == "past" and not s.clitic and s.entry.does in asks for s in page.grammar.senses(stem)
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
    """«، ودعا الوزير الأهالي أن»: somebody else says something, also where no frame reads it."""
    behind = page.grammar.noun(page.norms[i + 1]) if i + 1 < len(page) else None
    named = page.mentions.get(i + 1)
    speaks = (named is not None and named[1].kind != "place") or (behind is not None and behind.kind != "document")
    return speaks and any(
        s.clitic == "و" and s.form.tense == "past" and s.entry.does in ("say", "add", "deny")
        for s in page.grammar.senses(page.norms[i])
    )


def _untold(page: Page, i: int) -> bool:
    """Does the journalist say at word `i` what was left unsaid: «لكنه لم يوضح», «ولم تذكر»?"""
    for k in range(i, min(i + UNTOLD, len(page) - 1)):
        if page.norms[k] in ("لم", "ولم"):
            senses = page.grammar.senses(page.norms[k + 1]) or page.grammar.senses(
                page.norms[k + 1].removesuffix("وا") + "ون"
            )
            return any(s.entry.does in SAYS for s in senses)
    return False
