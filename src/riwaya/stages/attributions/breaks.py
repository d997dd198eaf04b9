"""Where what was said must end: at the next report, or where the journalist speaks again."""

from __future__ import annotations

from collections.abc import Sequence

from riwaya.stages.attributions import further, phrases
from riwaya.stages.attributions.finite import feminine_noun, feminine_past, finite, shaped
from riwaya.stages.attributions.frames import Match
from riwaya.stages.attributions.page import COMMA, QUOTE, SAYS, Page

NOUN_PHRASE = ("event", "object", "prep")
"""Such a content is a phrase and no clause: where a clause begins behind a comma, the journalist goes on."""
APART = ("aside-clause", "turn-of-clause")
"""Kinds of words behind which a clause begins."""
WAS = 9
"""Words between «وكان» and the verb of what had been before."""
UNTOLD = 3
"""Words between a comma and the «لم» of what was not said."""
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
                found_out = page.norms[cue.start].removeprefix("و") in page.grammar.words_by_kind["found-out"]
                apart = cue.first > 0 and page.norms[cue.first - 1] == COMMA and not found_out
                if (cue.joined and not expected) or apart:
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
            elif kind == "verb" and (contrasted := _contrasted(page, found)) is not None:
                self.at[contrasted] = found
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
        if found is not None and found.cue.kind == "verb" and not found.cue.joined and self._open(own, found):
            return False  # «أن الوزير، بعد اطلاعه على النتائج، أكد الأمر», «أنه من خلال الكتب، وجد الباحثون»
        if found is not None and found.cue.kind == "participle" and found.cue.form.number == "p" and self._one(own):
            return False  # «قال المدير إن الطلاب زاروا المرضى، متمنين لهم»
        amid = found is not None and found.cue.kind == "closing" and found.source is None
        if found is not None and amid and "".join(self.page.norms[found.cue.stop : found.cue.stop + 1]).isalpha():
            return False  # «أن المركز، على حد قوله، لم يسمح بذلك»: his sentence goes on
        return found is not None and found.cue != own.cue and found.cue.start > own.cue.start

    def _open(self, own: Match, found: Match) -> bool:
        """Is what `own` says no clause yet where `found` begins behind a comma?"""
        page, first = self.page, own.content or 0
        if own.opens != "that" or page.norms[found.cue.first - 1] != COMMA or not first < found.cue.first:
            return False
        said = range(first, found.cue.first - 1)
        subject = page.norms[first] in page.grammar.words_by_kind["preposition"] or page.norms[
            first + 1 : first + 3
        ].count(COMMA)
        told = any(finite(page, k) or _verb(page, k) for k in said)
        return bool(subject) and not told

    def _one(self, own: Match) -> bool:
        """Is it a single person who says it?"""
        if own.source is None:
            return False
        words, kinds = self.page.norms[own.source.start : own.source.stop], self.page.grammar.words_by_kind
        head = self.page.grammar.noun(words[0])
        several = words[0] in kinds["several"] | kinds["crowd"] or words[0].endswith(("ون", "ين", "ات"))
        several = several or any(word.startswith("و") for word in words[1:])
        return head is not None and head.kind == "person" and not several


def _verb(page: Page, i: int) -> bool:
    return any(s.form.tense in ("past", "present") for s in page.grammar.senses(page.norms[i]))


def _consequence(page: Page, found: Match) -> bool:
    """Does «ف» without comma and without a named subject tell what followed: «رزق بمولود فطلبوا منه أن»?"""
    cue = found.cue
    alone = found.source is None or found.source.start < cue.start
    return cue.clitic == "ف" and alone and cue.first > 0 and page.norms[cue.first - 1] not in (COMMA, QUOTE, ";", ".")


def _contrasted(page: Page, found: Match) -> int | None:
    """The «لكن» before a speaker who stands before his verb: «لكن الحداد يقول إن»."""
    if found.source is None or found.relative or not 0 < found.source.start < found.cue.start:
        return None
    before = found.source.start - 1
    return before if page.norms[before] in page.grammar.words_by_kind["clause"] else None


def breaks(page: Page, i: int, stops: Stops, found: Match) -> bool:
    """Behind a comma: does the journalist speak again?"""
    length, entries = page.grammar.clause.find(page.norms, i)
    if any(e.kind in ("break", "narration") for e in entries):
        return True
    if found.opens in NOUN_PHRASE and page.norms[i] in page.grammar.words_by_kind["that"] and page.source(i)[:1] == "إ":
        return True  # «كشفت عن علاقة وثيقة، إن مثل هذه النتيجة»
    if found.opens in NOUN_PHRASE and (_state(page.norms[i]) or _doing(page, i)):
        return True  # «أعرب عن حزنه، معددا مناقبه»
    if found.opens in NOUN_PHRASE and (page.norms[i] == "مما" or (page.norms[i].startswith("و") and _told(page, i))):
        return True  # «متمنيا لهم الصحة، ورافقه مدير المركز», «خلصت إلى نتائج، واقترح الباحث»
    if found.opens in NOUN_PHRASE and page.norms[i] in page.grammar.words_by_kind["and-he"]:
        return True  # «كشف عن خلل، وهو ما لم يتوقعه أحد»
    kinds = page.grammar.words_by_kind
    if found.opens in NOUN_PHRASE and any(
        page.norms[i] in kinds[k] for k in ("besides", "turn", "left-open", "aftermath")
    ):
        return True
    so = page.norms[i].startswith("فال") or page.norms[i] in page.grammar.words_by_kind["so"]
    if found.opens in NOUN_PHRASE and so:
        return True  # «يصر على قناعته، فبأي منطق»
    if found.opens in NOUN_PHRASE and (any(e.kind in APART for e in entries) or _clause(page, i)):
        return True
    if further.begins(page, i) or _untold(page, i) or _was(page, i):
        return True
    after = i + length if any(e.kind == "opener" for e in entries) else i
    return stops.within(i, found) or stops.within(after, found) or (after > i and after in stops.named)


def reads_in(page: Page, start: int, i: int) -> int:
    """Where the clause begins that ends in «جاء فيه:» at word `i`, at the last comma or «حيث»; `i` if nowhere."""
    if i <= start or not phrases.listed(page, i, ("reads-in",)):
        return i
    clause = page.grammar.words_by_kind["clause"]
    return next((k for k in range(i - 1, start, -1) if page.norms[k] == COMMA or page.norms[k] in clause), i)


def _told(page: Page, i: int) -> bool:
    """Does a clause begin with the finite verb at word `i`, a pronoun written on or not?"""
    norm = page.norms[i]
    stem = next((norm.removesuffix(p) for p in ("هم", "ها", "ه") if norm.endswith(p) and len(norm) > 5), norm)
    past = any(s.form.tense == "past" for s in page.grammar.senses(norm)) or feminine_past(page, i)
    if past or finite(page, i):
        return True
    return stem != norm and not feminine_noun(page.grammar, stem[1:]) and shaped(page.grammar, stem[1:])


def _state(norm: str) -> bool:
    """Has a word the shape of a participle in the accusative: «معددا»?"""
    shape = norm.startswith("م") and norm.endswith("ا") and 5 <= len(norm) <= 7
    return shape and (not norm.endswith(("ما", "ها", "نا")) or norm in ("مومنا", "مضمنا"))


def _doing(page: Page, i: int) -> bool:
    """Is word `i` written as an active participle of the first form in the accusative: «ناسبًا»?"""
    norm = page.norms[i]
    shape = 5 <= len(norm) <= 6 and norm[1] == "ا" and norm[0] not in "اول" and norm.endswith("ا")
    return shape and page.source(i).endswith(phrases.TANWIN)


def _clause(page: Page, i: int) -> bool:
    """Does a main clause with its subject before it begin at word `i`: «و"الراية" تنشر غدا»?"""
    if page.norms[i] != "و" or i + 1 not in page.quotes:
        return False
    verb = page.quotes[i + 1] + 1
    if verb >= len(page):
        return False
    return finite(page, verb) or any(s.form.tense == "present" for s in page.grammar.senses(page.norms[verb]))


def turned(page: Page, i: int, start: int) -> bool:
    """Does a clause begin at `i`, in a noun phrase that starts at `start`, even without a comma: «وقد», «إلا أن»?"""
    kinds, norm = page.grammar.words_by_kind, page.norms[i]
    if norm in kinds["but-he"] or further.gives(page, i) or (norm in kinds["turn"] and not _related(page, start, i)):
        return True
    if norm == "في":
        return phrases.listed(page, i, ("purpose",)) > 0
    if norm in kinds["once"] or page.norms[i : i + 2] == ["بعد", "ان"]:
        told = i + (2 if norm == "بعد" else 1)
        return told < len(page) and _verb(page, told)  # «قدم شكره للنادي بعد أن أعلن رئيسه»
    if norm.startswith(("لت", "لي")):
        return _declares(page, i)  # «إذ تعلن الوزارة عن ذلك لتؤكد للجميع أن»
    if norm in ("الا", "غير"):
        return phrases.listed(page, i, ("turn-of-clause",)) > 0
    if not norm.endswith("ا"):
        return False
    if page.norms[i - 1] in kinds["was"]:
        return False  # «المهرجان الذي كان متابعا له»
    if any(s.form.tense == "participle" for s in page.grammar.senses(norm)):
        return True  # «قدم تهنئته للأمير داعيا الله أن»
    state = _state(norm) and page.norms[i + 1 : i + 2] and page.norms[i + 1] in kinds["his"]
    alone = not page.norms[i - 1].endswith("ا")
    # «عبر عن سعادته بالنجاح شاكرا الجميع», «مقدرا لهم جهودهم»
    return alone and bool(state or phrases.listed(page, i, ("narration",)))


def _related(page: Page, start: int, i: int) -> bool:
    """Does a relative clause stand before word `i`: «أشاد بجهود من ساهم وقدم»?"""
    kinds = page.grammar.words_by_kind
    return any(norm in kinds["relative"] or norm in kinds["who"] for norm in page.norms[start:i])


def _declares(page: Page, i: int) -> bool:
    """Does «لتؤكد للجميع» stand at word `i`, behind what was declared?"""
    told = any(s.form.tense == "present" and s.entry.does == "say" for s in page.grammar.senses(page.norms[i][1:]))
    return told and i + 1 < len(page) and page.norms[i + 1].startswith("لل")


def _was(page: Page, i: int) -> bool:
    """Does the journalist go back at word `i`: «وكان الوزير قد …», «وكانت الهيئة أعلنت …»?"""
    if page.norms[i] not in ("وكان", "وكانت"):
        return False
    near = range(i + 1, min(i + WAS, len(page)))
    return any(
        page.norms[k] == "قد" or any(s.form.tense == "past" for s in page.grammar.senses(page.norms[k])) for k in near
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
