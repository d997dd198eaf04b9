"""Does what a frame found agree with itself: where a source must end, what a verb cannot mean, who cannot do it."""

from __future__ import annotations

from riwaya.stages.attributions import heads, phrases
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import common, common_noun, given, proper, verbal_noun, whole
from riwaya.stages.attributions.frames import Match
from riwaya.stages.attributions.grammar import ARTICLE, CueEntry
from riwaya.stages.attributions.page import COMMA, QUOTE, Page
from riwaya.stages.attributions.phrases import Stretch

ABOUT = ("بشان", "بخصوص")
NEEDED = 25
"""Words within which a verb finds the word that it needs."""
WITNESSES = ("document", "outlet", "agency", "anonymous")
"""What can show something by saying it; a battle that shows something says nothing."""


def fits(page: Page, found: Match) -> bool:
    """Do source and object agree with what the verb can mean, and the verb with its subject?"""
    entry, source = found.cue.entry, found.source
    opening = page.norms[found.content] if found.content is not None and found.content < len(page) else ""
    if opening in page.grammar.words_by_kind["relative"]:
        return False  # «واتهم الحداد الذي يرأس»: he is accused
    if entry.needs and not _needed(page, found):
        return False
    if (
        found.opens in ("event", "object")
        and entry.does == "act"
        and opening in page.grammar.words_by_kind["preposition"]
    ):
        return False  # «كما شكرت الشركة الوطنية على دعمها»: she is thanked
    if found.opens == "object" and not page.grammar.may_adopt(entry, opening):
        return False
    if entry.by and (source is None or not may_say(page, entry, source)):
        return False
    if source is None or found.before:
        return True
    first, shows = page.norms[source.start].removeprefix(ARTICLE), page.grammar.words_by_kind["shows"]
    if first in shows and entry.does != "add" and page.norms[source.start] not in page.named_words:
        return False  # «أظهرت صور طائرا», «المؤشرات التي تشير إلى»
    if source.start + 1 < source.stop and page.norms[source.start] in ("كافه", "جميع"):
        follows = page.norms[source.start + 1]
        people = follows.endswith(("ون", "ين", "ي")) or page.grammar.noun(follows) or source.start + 1 in page.mentions
        if not people:
            return False  # «كشف كافة التفاصيل»
    head = source.start + (page.norms[source.start] in page.grammar.words_by_kind["this"])
    noun = page.grammar.noun(page.norms[head]) if head < source.stop else None
    if entry.name == "addana" and page.norms[head].removeprefix(ARTICLE) in page.grammar.words_by_kind["court"]:
        return False  # «أدانت المحكمة مواطنا بالسفر»
    if noun is not None and (noun.kind in entry.not_by or (noun.name == "quantity" and _of_things(page, source))):
        return False
    back = source.start == found.cue.stop + 1 and page.norms[found.cue.stop] in page.grammar.words_by_kind["resumptive"]
    before = page.norms[found.cue.first - 1] if found.cue.first else ""
    named = page.mentions.get(source.start)
    tied = named is not None and named[1].start > page.starts[source.start]  # «رحب فيها | بالأمير»
    asked = back and (tied or found.anchor == source.stop) and not found.cue.joined
    if asked and entry.does == "act" and before not in page.grammar.words_by_kind["relative"]:
        return False  # «أصدر قرارا يطالب فيه | الشركة بـ»: she is asked
    return source.start != found.cue.stop or not _disagrees(page, found.cue, source)


def may_say(page: Page, entry: CueEntry, source: Stretch) -> bool:
    """Is a source of a kind that says something with a verb which only some can say something with?"""
    some = WITNESSES if entry.does == "evidence" else entry.by
    kind = heads.kind_of(page, source)
    paper = kind is None and page.norms[source.start] == QUOTE and "outlet" in some  # «علمت "ملعب الراية" أن»
    return not some or kind in some or paper


def cited(page: Page, speaker: Stretch) -> bool:
    """Is it scripture, tradition, verse or a scholar of old that is cited, and nobody of the news who speaks?"""
    if speaker.stop - speaker.start == 1 and page.norms[speaker.start] in page.grammar.words_by_kind["poet"]:
        return True
    kinds = ("prophet", "old-scholar")
    opens = page.grammar.firsts("prophet") | page.grammar.firsts("old-scholar")
    within = range(speaker.start, min(speaker.stop + 1, len(page)))
    return any(page.norms[i] in opens and phrases.listed(page, i, kinds) for i in within)


def nobody(page: Page, speaker: Stretch, heard: bool) -> bool:
    """Is one word taken for a speaker that is no name and no noun of speakers: «قطعيا», «"طبيعية"», «جانب»?

    One whom a report names itself (`heard`) must have the shape of an adverb or adjective for that.
    """
    words = [i for i in range(speaker.start, speaker.stop) if page.norms[i] != QUOTE]
    if len(words) != 1 or any(i in page.mentions for i in (speaker.start, words[0])):
        return False
    i, quoted = words[0], page.norms[speaker.start] == QUOTE
    norm = page.norms[i][0 if quoted else speaker.skip :]
    if norm in page.grammar.words_by_kind["of-the-press"]:
        return page.norms[i - 1] in page.grammar.words_by_kind["venue"]  # «في مؤتمر صحافي يكشف»
    noun = page.grammar.noun(norm)
    if noun is not None:
        return not heard and noun.kind == "organisation" and not (norm.startswith(ARTICLE) or phrases.own(page, i))
    if heads.kind_of(page, speaker) is not None or heads.people(norm) or norm in page.named_words or given(page, i):
        return False
    if norm.endswith("يا") and not norm.startswith(ARTICLE) and common_noun(page.grammar, norm[:-2]):
        return True  # «نفى قطعيا أن»
    manner = norm.endswith("يه") or (quoted and norm.startswith("ب") and norm.endswith("ي"))
    return (common(page, i) or quoted) and manner and not norm.startswith(ARTICLE) if heard else common(page, i)


LIKENED = 10
"""Words between what is named and the «ب» of its name."""


def likened(page: Page, found: Match) -> bool:
    """«وصف القرار بأنه كارثة»: names somebody a thing only where a «ب» says what."""
    if found.cue.entry.does != "name" or found.content is None or found.skip:
        return True
    near = page.norms[found.content : found.content + LIKENED]
    return (
        any(n.startswith("ب") and n not in page.grammar.words_by_kind["not-bi"] for n in near) or "that" in found.opens
    )


def _of_things(page: Page, source: Stretch) -> bool:
    """«عدد من الفقرات»: is what is counted nobody who speaks?"""
    of = next((i for i in range(source.start + 1, source.stop - 1) if page.norms[i] == "من"), None)
    if of is None or not page.norms[of + 1].endswith("ات"):
        return False
    return of + 1 not in page.mentions and page.grammar.noun(page.norms[of + 1]) is None


def _needed(page: Page, found: Match) -> bool:
    """Does one of the words follow that the verb means this with: «حمل … مسؤولية»?"""
    wanted = {page.grammar.fold(word) for word in found.cue.entry.needs}
    start = found.cue.stop
    reach = found.content + 1 if found.opens == "prep" and found.content is not None else start + NEEDED
    return not wanted.isdisjoint(page.norms[start : min(reach, page.sentence(start).stop)])


def _disagrees(page: Page, cue: Cue, source: Stretch) -> bool:
    """Is a masculine past verb followed at once by a feminine body? Then it is another verb: «توقع الإدارة عقدا»."""
    head = page.grammar.noun(page.norms[source.start])
    if cue.form.tense == "present" and cue.form.gender == "f" and cue.kind == "verb" and head is not None:
        definite = page.norms[source.start].startswith(ARTICLE)
        one = (definite and source.stop - source.start < 4) or (not definite and source.start not in page.mentions)
        plural = page.norms[source.start] in page.grammar.words_by_kind["several"]
        return one and head.kind == "person" and not plural and not page.norms[source.start].endswith(("ه", "ات", "اء"))
    if cue.form.tense not in ("past", "present") or cue.form.gender != "m" or cue.form.number == "p":
        return False
    norm = page.norms[source.start]
    noun = page.grammar.noun(norm)
    if noun is None and norm.endswith("ات") and len(norm) > 5 and source.start not in page.mentions:
        return True  # «… التي تتيح طلب مشاورات»
    return noun is not None and noun.kind == "organisation" and norm.endswith("ه") and len(norm) > 4


def about_cut(page: Page, source: Stretch, spoken: bool) -> Stretch:
    """Without what was spoken about: «وقال الحداد عن السد: …», «وعلق الناطق على الخبر قائلا»."""
    head = page.grammar.noun(page.norms[source.start])
    if not spoken and head is not None and head.kind == "document":
        return source  # «التقرير الصادر عن المعهد»
    for i in range(source.start + 1, source.stop):
        topic = page.norms[i] in (("علي", "عن", *ABOUT) if spoken else ("عن", *ABOUT))
        topic = topic and not page.source(i).endswith("ي") and not _inside_name(page, source.start, i)
        if topic and not phrases.inner_preposition(page, i):
            clause = (k for k in range(source.start + 1, i) if page.norms[k] in page.grammar.words_by_kind["relative"])
            return Stretch(source.start, next(clause, i), source.skip)
    return source


def _inside_name(page: Page, start: int, i: int) -> bool:
    """Does word `i` stand inside a name, quoted or known, that begins at `start` or behind it?"""
    if page.quotes.get(start, 0) > i:
        return True  # «دعت "جمعية الدفاع عن الصيادين" إلى»
    return any(s < i < stop for s, (stop, _) in page.mentions.items() if start <= s)


def asked_cut(page: Page, source: Stretch, told: bool = False) -> Stretch:
    """Without whom the speaker asks: «دعا الأمين العام للأمم المتحدة | أطراف النزاع», «حثت المنظمة | السلطات».

    Behind a complete definite phrase, a noun of a group is in no construct with it and no title.
    """
    head = page.grammar.noun(page.norms[source.start])
    for i in range(source.start + 1, source.stop):
        entry = page.grammar.noun(page.norms[i])
        if page.norms[i] in page.grammar.words_by_kind["invoked"] and not _inside_name(page, source.start, i):
            return Stretch(source.start, i, source.skip)  # «ودعت القيادة | الله أن»
        if (
            page.norms[i] == "من"
            and head is not None
            and head.kind == "person"
            and not phrases.inner_preposition(page, i)
        ):
            return Stretch(source.start, i, source.skip)  # «طلب معاليه | من الحضور إبداء رأيهم»
        complete = page.norms[i - 1].startswith((ARTICLE, "لل"))
        office = page.grammar.noun(page.norms[i][:-1]) if page.norms[i].endswith("ي") else None
        people = complete and office is not None and not page.norms[i].startswith(ARTICLE)
        follows = page.norms[i + 1] if i + 1 < len(page) else ""
        members = page.norms[i].endswith("ي") and (follows.startswith(ARTICLE) or phrases.crowd(page, i - 1))
        plain = not page.norms[i].startswith(ARTICLE) and len(page.norms[i]) > 4 and i not in page.mentions
        single = head is not None and head.kind == "person"  # «دعا المدير سعد المنيف | المرشحين»
        behind_name = i in page.named_until or i - 1 in page.named_until
        youth = page.norms[i] in page.grammar.words_by_kind["kin"]
        if behind_name and single and (phrases.plural(page, i) or youth):
            return Stretch(source.start, i, source.skip)  # «دعا رئيس اللجنة سامي شيبان | المشككين»
        asked = complete and (
            phrases.accusative(page, i, source.start) or bool(members and plain) or (single and phrases.plural(page, i))
        )  # «حث الوزير | منسوبي الوزارة»
        complete = complete or i in page.named_until  # «حذر سامي الحداد | الأطراف المتنازعة»
        named = page.mentions.get(i)
        country = named is not None and named[1].kind in ("place", "organisation") and named[1].level == "name"
        complete = complete or (i > source.start + 1 and proper(page, i - 1))
        paper = named is not None and phrases.outlet_at(page, page.norms[i : i + 4]) > 0 and i > source.start + 1
        if paper and told and page.norms[i - 1] != QUOTE:
            return Stretch(source.start, i, source.skip)  # «أبلغ رئيس الاتحاد | رويترز»
        opened = told and page.norms[i] == QUOTE and i in page.quotes and i > source.start + 1
        free = page.norms[i - 1].isalpha() and page.norms[i - 1] not in page.grammar.words_by_kind["preposition"]
        told_it = opened and phrases.outlet_at(page, page.norms[i + 1 : page.quotes[i]]) > 0
        if told_it and free and page.grammar.noun(page.norms[i - 1]) is None:
            return Stretch(source.start, i, source.skip)  # «أبلغت مصادر موثوقة | "الراية" بأن»
        quoted = page.mentions.get(i + 1) if page.norms[i] == QUOTE and i in page.quotes else None
        if quoted is not None and quoted[1].kind in ("place", "organisation") and i in page.named_until:
            return Stretch(source.start, i, source.skip)  # «دعا الحداد | "الضفاف" إلى»
        behind = country and i in page.named_until and page.named_until[i] >= source.start
        if behind and i > source.start + 1:
            return Stretch(source.start, i, source.skip)  # «حذر رئيسها سامي الحداد | الولايات المتحدة من»
        if country and i > source.start + 1 and not page.norms[i].startswith(ARTICLE) and proper(page, i - 1):
            return Stretch(source.start, i, source.skip)  # «حذر رئيس الهيئة عيسى قراقع | إسرائيل»
        other = told and single and i in page.named_until and entry is not None and entry.kind == "person"
        if other:
            return Stretch(source.start, i, source.skip)  # «أبلغ الوزير سامي الحداد | رئيس الهيئة أن»
        nisba = page.norms[i].startswith(ARTICLE) and page.norms[i].endswith("يه")  # «أعضاء المجالس البلدية»
        groups = ("organisation", "anonymous", *(("outlet", "agency") if told else ()))  # «وأخبر الحداد | الصحيفة بأن»
        group = entry is not None and entry.kind in groups and complete and not nisba
        his = phrases.own(page, i - 1) and entry is not None and entry.kind == "person"  # «ناشد الوالد وابنه | أمير»
        theirs = complete and phrases.own(page, i) and entry is not None and entry.kind in ("person", "anonymous")
        if (group or people or asked or his or theirs) and i not in page.times:  # «دعا الوزير | مديري الإدارات»
            return Stretch(source.start, i, source.skip)
    return source


NEARBY = 16
"""Words between «كتب» and the «أن» of what was written."""
UNKNOWN_LENGTH = 7
"""Words of a speaker of whom nothing is known."""
FOREIGN = 30
"""Words between a cue and its content, a name that no table knows and what it says of him between them."""
FAR = 16
"""Words between a cue and its content that only a known speaker may fill."""


def credible(page: Page, cue: Cue, source: Stretch, distance: int, opens: str) -> bool:
    """May an unknown phrase be the speaker? Near a verb of saying in the past it may; columnists write the rest.

    Where names have been looked for, who only thinks, wants or is saying must be among them.
    """
    if cue.entry.name == "kataba" and opens == "that" and distance > NEARBY and page.norms[source.stop] != COMMA:
        return False  # «وكتبت مؤلفة القصة سيناريو الفيلم … أن»
    if known(page, source):
        return True
    if _thing(page, source):
        return False
    if cue.entry.name in ("kataba", "talaba") and opens not in ("quote", "colon"):
        return named(page, source)  # «كتب التغذية», «طلب مشاورات»: the nouns
    if cue.entry.name == "qaddara" and opens in ("event", "object"):
        return named(page, source)  # «قدر صغير أو متوسط الحجم», «أكبر قدر ممكن من الأراضي»
    alone = distance == source.stop - source.start < 3
    man = cue.form.gender == "m" or proper(page, source.start)
    head = page.norms[source.start]
    tied = head.startswith(("ب", "ل", "ك", "ف")) and not whole(page, source.start) and not proper(page, source.start)
    foreign = (
        proper(page, source.start) and not tied and source.start == cue.stop and opens in ("that", "colon", "quote")
    )
    if foreign and cue.entry.does in ("say", "add", "deny") and distance <= FOREIGN:
        return True  # «وتقول جانين كريبنر، المتخصصة في البراكين، إن»
    says = cue.form.tense == "present" and cue.entry.does in ("say", "add")
    if alone and man and says and opens in ("that", "colon") and not tied:
        return True  # «ويضيف سعد أن»: alone between the verb and «أن» stands who speaks; things take «تشير»
    clause = not page.grammar.words_by_kind["relative"].isdisjoint(page.norms[source.start : source.stop])
    if clause and not named(page, source):
        return False  # «واصل الفريق كشف الطرق التي لا تسمح بـ»
    plain = cue.form.tense == "past" and cue.entry.does in ("say", "add", "deny")
    if distance > FAR:
        return plain and named(page, source)
    return (
        plain or not page.mentions or named(page, source) or (cue.form.tense == "past" and proper(page, source.start))
    )


def _thing(page: Page, source: Stretch) -> bool:
    """Is an unknown source long, a verbal noun («استقرار البلد»), or does a verb of saying stand in it?"""
    norms, head = page.norms, page.norms[source.start]
    if head == QUOTE or heads.kind_of(page, source) is not None or proper(page, source.start):
        return False
    said = any(
        norms[i].endswith("ت")
        and len(norms[i]) > 3
        and any(s.form.tense == "past" for s in page.grammar.senses(norms[i]))
        for i in range(source.start + 1, source.stop)
        if norms[i - 1] not in page.grammar.words_by_kind["relative"]
    )
    event = (
        not head.startswith(ARTICLE) and (page.grammar.masdar(head) or verbal_noun(head)) and head not in page.speaking
    )
    titled = any(
        noun is not None and (noun.kind == "person" or i < source.start + 3)
        for i, noun in ((i, page.grammar.noun(norms[i])) for i in range(source.start, source.stop))
    )
    return said or event or (source.stop - source.start > UNKNOWN_LENGTH and not titled)


def named(page: Page, source: Stretch) -> bool:
    """Does a source hold a name or a noun of speakers anywhere?"""
    head = page.norms[source.start][source.skip :]
    if heads.people(head) or page.norms[source.start] == QUOTE:
        return True
    norms, names = page.norms, page.named_words
    return any(
        i in page.mentions or norms[i] in names or page.grammar.noun(norms[i]) for i in range(source.start, source.stop)
    )


def known(page: Page, source: Stretch) -> bool:
    """Does a source begin with a noun of speakers or a name that is known to be one?"""
    head = page.norms[source.start]
    return source.start in page.mentions or page.grammar.noun(head) is not None or head in page.named_words
