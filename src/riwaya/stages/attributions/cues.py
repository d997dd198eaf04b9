"""Finds the words that may put something in somebody's mouth."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from riwaya.lang.ar.verbs import Form
from riwaya.stages.attributions.finite import proper
from riwaya.stages.attributions.grammar import ARTICLE, CueEntry, Grammar
from riwaya.stages.attributions.page import COLON, COMMA, ENDS, Page
from riwaya.stages.attributions.phrases import openers

ITSELF = Form("", "itself")
BARE_ALIF, HAMZA_ALIF = "ا", "أ"
DAMMA = "\u064f"
SHADDA = "\u0651"
VOWELS = frozenset("\u064e\u064f\u0650\u0652")
AROUND = 40
"""Characters that show whether a text is written with its vowels."""
CONJUNCTIONS = ("و", "ف")
HEDGED = ("doubt", "deny")
KEEPS_NEGATED = ("doubt", "think", "deny")
"""What is still a report when it is denied: «لا يستبعد» is a possibility, «لا يعتقد» an opinion."""


class Cue(Struct, frozen=True, kw_only=True):
    """Words `start` to `stop` read as the cue `entry`; `first` is where its negation, if any, begins."""

    start: int
    stop: int
    first: int
    entry: CueEntry
    form: Form
    clitic: str = ""

    @property
    def kind(self) -> str:
        """The kind that frames are looked up with."""
        if self.entry.kind != "verb":
            return self.entry.kind
        if self.entry.does == "carry" and self.form.tense in ("past", "present"):
            return "carry"
        return {"participle": "participle", "noun": "noun"}.get(self.form.tense, "verb")

    @property
    def joined(self) -> bool:
        """Does «و» or «ف» tie it to what goes before?"""
        return self.clitic.startswith(CONJUNCTIONS)

    @property
    def plural(self) -> bool:
        """Is it a verb in the plural? Its subject stands behind it nowhere: «قال الشهود», but «الشهود قالوا»."""
        return self.form.number == "p" and self.form.tense in ("past", "present")

    @property
    def negated(self) -> bool:
        return self.first < self.start


PRESENT_ONLY = ("لا", "لم", "لن", "ولا", "ولم", "ولن")
"""Behind these stands no past verb: what looks like one is a first person."""
SUBJECT = 6
"""Words of a subject between «بين» and «أن»."""
EXCEPTED = 7
"""Words between a denied verb and what it leaves over."""
ABOUT = 9
"""Words from «عبر» that opens a sentence to its «عن»."""
AIM = 14
"""Words from «بهدف» to the last of what is aimed at."""
HOPED = 12
"""Words from «أمل» to the «أن» of what is hoped."""
HEADING = 25
"""Words of a line that may be a headline."""


@cache
def _openers(grammar: Grammar) -> frozenset[str]:
    """First words of the cues that are no verbs, bare and with a conjunction."""
    firsts = {words[0] for words, entries in grammar.cues.by_words.items() for entry in entries if entry.kind != "verb"}
    return frozenset(firsts | {c + w for c in CONJUNCTIONS for w in firsts})


def candidates(page: Page) -> Iterator[Cue]:
    """Every cue of a page, in order; several readings of one word come one after the other."""
    grammar, norms = page.grammar, page.norms
    openers, senses = _openers(grammar), grammar.senses
    taken = 0
    for i, norm in enumerate(norms):
        if i < taken:
            continue
        if norm == COLON:
            if _heads_line(page, i):
                yield Cue(start=i, stop=i + 1, first=i, entry=_colon(grammar), form=ITSELF)
            continue
        if norm in openers and (cue := _phrase(page, i)):
            yield cue
            if cue.stop > i + 1 or cue.kind not in ("agentless", "author"):
                taken = cue.stop
                continue
        for sense in senses(norm):
            cue = Cue(start=i, stop=i + 1, first=i, entry=sense.entry, form=sense.form, clitic=sense.clitic)
            if checked := _in_place(page, cue):
                yield checked


@cache
def _colon(grammar: Grammar) -> CueEntry:
    return next(entry for entry in grammar.cues if entry.kind == "headline")


def _heads_line(page: Page, i: int) -> bool:
    """Is the colon that of a headline, a line by itself without a full stop: «وزير الري: السد آمن»?"""
    line = page.paragraph(i)
    if page.zone(i) == "title":
        return i - line.start <= 6
    alone = len(page.breaks) > 0 and len(line) <= HEADING
    return alone and i - line.start <= 6 and i + 3 <= line.stop and page.norms[line.stop - 1] not in ENDS


def _phrase(page: Page, i: int) -> Cue | None:
    """A cue that is no verb: a particle, a closing formula, an impersonal passive."""
    norms, table = page.norms, page.grammar.cues
    for clitic in ("", *CONJUNCTIONS):
        if not norms[i].startswith(clitic):
            continue
        here = [norms[i][len(clitic) :], *norms[i + 1 : i + 5]]
        length, entries = table.find(here, 0) if here[0] else (0, ())
        entry = next((e for e in entries if e.kind != "verb"), None)
        after = norms[i + length : i + length + 1]
        if (
            entry is not None
            and entry.kind == "closing"
            and length == 2
            and here[0] == "كما"
            and after
            and after[0].isalpha()
        ):
            continue  # «كما قال متحدثون: إن»
        if entry is not None and entry.kind == "closing" and i and norms[i - 1] in page.grammar.words_by_kind["each"]:
            continue  # «حكموا فيها كل حسب رأيه»
        if entry is not None:
            return Cue(start=i, stop=i + length, first=i, entry=entry, form=ITSELF, clitic=clitic)
    return None


def _in_place(page: Page, cue: Cue) -> Cue | None:
    """The cue with its negation, or None where the word is something else or nothing was said."""
    norms, i = page.norms, cue.start
    form, entry = cue.form, cue.entry
    if _other_word(page, cue):
        return None
    verbal, purpose = page.grammar.negators
    if i and form.tense in ("past", "present") and norms[i - 1] in page.grammar.words_by_kind["question"]:
        return None
    if form.tense in ("past", "present", "jussive"):
        for length in (3, 2, 1):
            before = tuple(norms[max(0, i - length) : i])
            if len(before) == length and before in verbal and not cue.joined:
                if form.tense == "past" and before[-1] in PRESENT_ONLY:
                    return None  # «لا أنكر»: I do not deny
                unthought = entry.does == "think" and before[-1] in ("لم", "ولم")
                if unthought or norms[i - length - 1 : i - length] == ["قد"]:
                    return None  # «لم يتوقع أحد», «قد لا يرى»
                if entry.does not in KEEPS_NEGATED and not ("ب" in entry.takes and _excepted(page, i)):
                    return None
                tied = "و" if before[0] in PRESENT_ONLY and before[0].startswith("و") else cue.clitic
                return Cue(start=i, stop=i + 1, first=i - length, entry=entry, form=form, clitic=tied)
        if form.tense == "jussive":
            return None
        wished = i > 1 and norms[i - 1] in page.grammar.words_by_kind["that"] and len(norms[i - 1]) == 2
        # «حاول أن يوضح» did not happen, «بعد أن أعلن» did
        if wished and (form.tense == "present" or norms[i - 2] not in page.grammar.words_by_kind["after"]):
            return None
        if form.tense == "present" and i and (norms[i - 1],) in purpose and not cue.joined:
            return None
    return cue


def _excepted(page: Page, i: int) -> bool:
    """«لا يعترف … سوى بـ», «لم يقل إلا إن»: what is left over was said."""
    return not page.grammar.words_by_kind["exceptive"].isdisjoint(page.norms[i + 1 : i + 1 + EXCEPTED])


def _makes_clear(page: Page, i: int) -> bool:
    """Is «بين» the verb: «وبين أن», «بين التقرير أن»? Between two things stands «و»."""
    norms, that = page.norms, page.grammar.words_by_kind["that"]
    after = i + 1 + (norms[i + 1 : i + 2] == [COMMA])  # «وبين، أن»
    if norms[after : after + 1] and norms[after] in that:
        return True
    noun = page.grammar.noun(norms[i + 1]) if i + 1 < len(norms) else None
    opening = openers(page, page.sentence(i).start, i) >= i
    if opening and not that.isdisjoint(norms[i + 2 : i + 4]):
        return True  # «وبين الحداد أن»
    if opening and norms[i][0] == "و" and noun is None and norms[i + 1 : i + 2] and norms[i + 1].startswith("ال"):
        near = norms[i + 2 : i + 2 + SUBJECT]  # «وبين الحداد في تصريح صحفي أن», but «وبين البلدة والوادي»
        told = next((k for k, norm in enumerate(near) if norm in that or norm.startswith("و")), None)
        return told is not None and near[told] in that
    if (noun is None or not norms[i + 1].startswith("ال")) and not (opening and (noun or i + 1 in page.mentions)):
        return False
    for k in range(i + 2, min(len(norms), i + 2 + (2 * SUBJECT if opening else SUBJECT))):
        if norms[k] in that:
            return True
        aside = opening and norms[k] in (COMMA, ".")  # «بين د. سامي الحداد، أن»
        if (norms[k].startswith("و") and not opening) or not (norms[k].isalpha() or aside):
            return False
    return False


def _aimed_at(page: Page, i: int) -> bool:
    """Does word `i` go on with an aim that the same clause names before: «بهدف إحياء التعاون وحث …»?"""
    for k in range(i - 1, max(page.sentence(i).start, i - AIM) - 1, -1):
        if page.norms[k] in (COMMA, COLON, ";"):
            return False
        if page.norms[k] in page.grammar.words_by_kind["aim"]:
            return True
    return False


def _noun_here(page: Page, cue: Cue) -> bool:
    """«رفض طلب الهيئة», «عزل أنفسهم وطلب الرعاية»: neither a clause nor somebody who acts stands before the word."""
    i, kinds = cue.start, page.grammar.words_by_kind
    before, after = page.norms[i - 1] if i else "", page.norms[i + 1] if i + 1 < len(page) else ""
    if not before.isalpha() or openers(page, page.sentence(i).start, i) >= i:
        return False
    if cue.joined:
        speaks = i + 1 in page.mentions or page.grammar.noun(after) is not None
        return not (
            speaks
            or after in kinds["resumptive"]
            or after in kinds["to-him"]
            or after in kinds["that"]
            or after == "من"
        )
    opens = any(before in kinds[k] for k in ("clause", "auxiliary", "relative", "pronoun", "when", "once", "that"))
    stands = any(stop == i for stop, _ in page.mentions.values()) or before.startswith((ARTICLE, "وال"))
    return not (opens or stands or after in kinds["resumptive"]) or cue.entry.name == "ajmaa"


def _vocalised(page: Page, i: int) -> bool:
    """Is the text around word `i` written with its vowels, as scripture is: «قَالَ رَسُولُ اللَّهِ»?"""
    around = page.text[page.starts[i] : page.starts[i] + AROUND]
    return not VOWELS.isdisjoint(around) and sum(sign in VOWELS for sign in around) > 0.25 * len(around)


def _other_word(page: Page, cue: Cue) -> bool:
    """Words that are written like a verb: nouns behind a preposition, «رأي» for «رأى», «بين» for «بيّن»."""
    norms, i, form = page.norms, cue.start, cue.form
    before = norms[i - 1] if i else ""
    written = page.source(i)
    kinds = page.grammar.words_by_kind
    if form.tense in ("past", "noun") and not cue.clitic and before in kinds["comes"]:
        return True  # «وعندما يأتي ذكر القانون», «تمت إفادة الأهالي»
    if cue.entry.name == "jaddada" and norms[i] == form.written == "جدد" and page.grammar.noun(before):
        return True  # «نواب جدد»
    if form.tense in ("past", "present") and (before in kinds["preposition"] or before in kinds["self"]):
        return True  # «وأنت تتابع», «كنت أنكر»
    if form.tense == "past" and cue.entry.does != "carry" and DAMMA in written[:3]:
        return True  # «أُعلن عن»: nobody says it
    if _vocalised(page, i):
        return True
    if before in kinds["name-link"] and not cue.clitic:
        return True  # «أبو طالب»
    if form.tense == "participle" and before.isdigit() and page.grammar.noun(norms[i].removesuffix("ا")):
        return True  # «53 طالبا»
    if form.tense == "past" and not cue.clitic and before in kinds["verbless"]:
        return True  # «فإن كذب المدينة», «بأن طلب النادي»: behind these stands a noun
    bare = written.lstrip("وف")
    if form.tense == "past" and form.written[:1] == BARE_ALIF and bare[:1] == HAMZA_ALIF:
        return True  # «أنتقد»: I criticise
    if cue.entry.strict and form.tense in ("past", "participle") and written.removeprefix("و")[:1] != form.written[:1]:
        return True  # «إبان», «أملا في»
    if form.tense == "past" and norms[i][len(cue.clitic) :] in kinds["noun-too"] and _noun_here(page, cue):
        return True
    if form.tense == "present" and form.written.endswith("ي") and written.endswith("ى"):
        return True  # «يدعى»: is called
    if form.written.endswith("ى") and not form.suffixed and written.endswith("ي"):
        return True
    if cue.entry.name == "abbara" and norms[i].removeprefix("و") == "عبر" and SHADDA not in written:
        head, *rest = (page.grammar.noun(norm) for norm in (*norms[i + 1 : i + 4], ""))
        person = head is not None and head.kind == "person"
        if not person and any(noun is not None and noun.kind in ("outlet", "agency") for noun in (head, *rest)):
            return True  # «وعبر قنوات عديدة», «وعبر العديد من الصحف»: channels are feminine
    auxiliary = before in page.grammar.words_by_kind["auxiliary"] or before in ("احد", "احدي")
    if cue.entry.name == "abraza" and cue.form.gender == "m" and auxiliary:
        return True  # «وكان أبرز الأسباب», «أحد أبرز الأسباب»
    after = norms[i + 1] if i + 1 < len(norms) else ""
    if cue.entry.name == "abraza" and cue.form.tense == "past" and cue.form.gender == "m":
        who = page.grammar.noun(after)  # «أهم وأبرز الأسباب», but «وأبرز المدير جهود»
        return i + 1 not in page.mentions and (who is None or who.kind not in ("person", "outlet"))
    if cue.entry.name == "taalaba" and form.written == "طالب" and after.endswith("ي") and i + 1 not in page.mentions:
        return not after.startswith("ال")  # «طالب جامعي»
    if (
        cue.entry.name == "sakhira"
        and after != "من"
        and i + 1 not in page.mentions
        and page.grammar.noun(after) is None
    ):
        return True  # «سخرت كافة الطاقات من أجل»
    if form.tense == "past" and form.number == "p" and form.written.endswith("نا"):
        return True  # «وأعلنا ذلك لكم»: we announced
    if cue.entry.name == "amala" and form.tense == "past" and form.gender == "m":
        return kinds["that"].isdisjoint(norms[i + 1 : i + HOPED])  # «أمل الحداد»: her name
    if cue.entry.name == "talaba" and after in kinds["of-me"]:
        return True  # «وصلني اتصال من الحداد وطلب مني المساعدة»: he who is quoted goes on
    if cue.entry.name == "talaba" and form.written == "طلبا" and after.startswith("ل"):
        return True  # «جاءوا طلبا للعلم»
    if cue.entry.name == "ittahama" and form.tense == "past" and after.startswith("ب") and after not in kinds["not-bi"]:
        return i + 1 not in page.mentions  # «واتهم بالسرقة»: nobody says who accuses him
    if cue.entry.name == "dhakara" and after in ("او", "وانثي"):
        return True  # «كل مواطن ذكر أو أنثى»
    if cue.entry.name == "radda" and form.written == "ردا":
        return True  # «وردا على سؤال»
    if norms[i] == "فرد" and after == "من":
        return True  # «إن كان بالأسرة فرد من ذوي الإعاقة»
    if norms[i] == "فرد" and before == COMMA and after not in page.named_words and proper(page, i + 1):
        return True  # «وقال مدير المصنع، فرد ديازي»: a name that was not met before
    if cue.entry.name == "aqarra" and form.written == "مقرا" and after in kinds["his"]:
        return True  # «اتخذ من الوادي مقرا له»
    if cue.entry.name in ("talaba", "taalaba") and norms[i] == "طالبا" and after in kinds["her-hand"]:
        return True  # «تقدم إليها طالبا يدها»
    noun_like = form.tense == "past" and cue.clitic == "و" and norms[i][1:] in kinds["like-a-noun"]
    if noun_like and after not in kinds["that"] and _aimed_at(page, i):
        return True  # «بهدف إحياء التعاون وحث الشباب على الصبر»
    if cue.entry.name == "alima" and form.number == "p":
        return True  # «علما بأن»
    if cue.entry.name == "zanna" and form.number == "p" and after in ("منه", "منها", "منهم"):
        return True  # «ظنا منهم أن»
    if cue.entry.name == "abbara" and norms[i] == cue.form.written and SHADDA not in written:  # «عبر قناة …»
        if any(s.form.tense in ("past", "present") for s in page.grammar.senses(before)):
            return True  # «تابعت عبر إحدى الصحف»
        follows = norms[i + 1] if i + 1 < len(norms) else ""
        known = i + 1 in page.mentions or page.grammar.noun(follows) is not None
        about = openers(page, page.sentence(i).start, i) >= i and "عن" in norms[i + 2 : i + ABOUT]
        return not (known or about) and follows not in page.grammar.words_by_kind["preposition"]
    if cue.entry.name == "bayyana" and len(norms[i].removeprefix("و")) == 3:  # «بين الناس», «وبين»
        return SHADDA not in written and not _makes_clear(page, i)
    return False
