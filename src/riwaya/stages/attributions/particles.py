"""«بحسب X»: before what X said, after it, or in its midst."""

from __future__ import annotations

from msgspec.structs import replace

from riwaya.stages.attributions import checks, heads, phrases
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import finite as begins
from riwaya.stages.attributions.finite import proper
from riwaya.stages.attributions.frames import Match, framed
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COLON, COMMA, QUOTE, Page
from riwaya.stages.attributions.phrases import Stretch

ISSUED = 5
"""Words from «صدر» to «عن»."""
ASIDE = 14
"""Words of an aside between a source and the «فإن» that answers its particle."""


def particle(page: Page, cue: Cue) -> Match | None:
    """«بحسب X»: before what X said, after it, or in its midst."""
    sentence = page.sentence(cue.start)
    start, skip = cue.stop, 0
    finite = None
    if cue.entry.kind == "as":
        follows = page.grammar.told_it(page.norms[start]) if start < sentence.stop else ()
        finite = next((s for s in follows if s.form.tense in ("past", "present") and not s.clitic), None)
        published = finite is not None and finite.entry.does == "publish" and page.norms[start].endswith(("ه", "ها"))
        if finite is None or (finite.entry.does in ("act", "name", "publish") and not published):
            return None
        if cue.start and any("على" in s.entry.takes for s in page.grammar.senses(page.norms[cue.start - 1])):
            return None  # «وشدد على ما تضمنه البيان»
        if page.norms[cue.start] == "كما" and finite.entry.name == "taddamana":
            return None  # «كما تضمن القرار السماح»: it holds more
        noted = page.norms[start + 1] if start + 1 < sentence.stop else ""
        back = noted in page.grammar.words_by_kind["resumptive"] or start + 1 in page.mentions
        if "quote" in finite.entry.takes and "that" not in finite.entry.takes:
            return None  # «كما ردت الوزارة المبلغ»
        if "ب" in finite.entry.takes and noted.startswith("ب") and not back and page.grammar.noun(noted) is None:
            return None  # «كما نوه بجهود الأهالي»: a report, no particle
        cue = replace(cue, stop=start + 1)
        start += 1
        if start < sentence.stop and page.norms[start] in page.grammar.words_by_kind["resumptive"]:
            start += 1
    if cue.entry.governs:
        norm = page.norms[start] if start < sentence.stop else ""
        if not norm.startswith("ل"):
            return None
        start, skip = (start + 1, 0) if norm == "ل" else (start, 0 if norm.startswith("لل") else 1)
    if start >= sentence.stop:
        return None
    told = cue.start > sentence.start and page.norms[cue.start - 1] == COLON  # «وقال الحداد: بحسب معلوماتنا فإن»
    if cue.start > sentence.start and page.norms[cue.start - 1] in ("علي", "وعلي"):
        return None  # «على حسب المواسم»
    leading = cue.joined or told or phrases.openers(page, sentence.start, cue.start) >= cue.start
    leading = leading or _contrasted(page, cue.start)
    end, content = _particle_source(page, start, sentence.stop, leading, cue.entry.kind == "as")
    answered = content is not None and page.norms[content - 1] in page.grammar.words_by_kind["then"]
    if begins(page, start) and start not in page.mentions and not answered:
        return None  # «كما ذكر آنفا، يتصورون أن»
    if end is None or not (skip or cue.entry.governs or heads.can_speak(page, start)):
        return None
    if end > start and (cut := _object_begins(page, start, end)):
        if page.norms[cue.start] == "كما":
            return None  # «كما تضمن القرار السماح بـ»: a clause of its own
        end, content = cut, cut
    source = Stretch(start, phrases.unclosed(page, start, end), skip)
    if cue.entry.kind == "as" and finite is not None and not checks.may_say(page, finite.entry, source):
        return None  # «كما سجلت الشركة نتائج»
    if not _authority(page, source, answered):
        return None
    if not leading and page.norms[cue.start - 1] != COMMA and _law(page, source):
        return None  # «تعمل وفقا للقانون النموذجي»: how something is done
    if cue.entry.kind == "as" and page.norms[start] in page.grammar.words_by_kind["some"]:
        return None  # «كما توقع البعض»
    if content is not None and page.norms[content - 1] in page.grammar.words_by_kind["that"]:
        if matched := framed(
            page, cue, ("cue", "source", "that", "content"), source=source, opens="that", anchor=end, content=content
        ):
            return matched
        return None
    if leading and page.norms[cue.start] == "كما" and content is None:
        return None  # «كما أعلنت الوزارة»: and also
    if leading and content is None and _last_word(page, cue.start):
        return framed(page, cue, ("content", "cue", "source"), source=source, before=True, opens="particle", anchor=end)
    if leading:
        if content is None or (cue.entry.name == "hasbama" and page.norms[cue.start] == "كما"):
            return None
        return framed(
            page, cue, ("cue", "source", "content"), source=source, opens="particle", anchor=end, content=content
        )
    said = page.norms[content] if content is not None else ""
    if content is not None and content + 1 < sentence.stop and said in page.grammar.words_by_kind["that"]:
        quoted = ("cue", "source", "that", "content")  # «قالت القناة، نقلا عن شهود، إن …»
        return framed(page, cue, quoted, source=source, opens="that", anchor=content, content=content + 1)
    if content is not None and said in page.grammar.words_by_kind["said"] and content + 2 < sentence.stop:
        opened = content + 1 + (page.norms[content + 1] == COLON)  # «نقلا عن ناج، قوله: إن»
        if page.norms[opened] in page.grammar.words_by_kind["that"]:
            quoted = ("cue", "source", "that", "content")
            return framed(page, cue, quoted, source=source, opens="that", anchor=opened, content=opened + 1)
    if content is not None and _amid(page, cue.start):
        all_of_it = ("cue", "source", "content")  # «وأضاف أنه، وفقا للهيئة، لا يقل عدد …»
        return framed(page, cue, all_of_it, source=source, opens="particle", anchor=end, content=content)
    if content is not None and not _goes_on(page, content) and not _indefinite(page, content):
        content = None
    inside = cue.start > sentence.start and page.norms[cue.start - 1].isalpha() and end < sentence.stop - 1
    tied = inside and cue.entry.kind == "particle" and page.norms[cue.start] != "نقلا"
    paper = page.norms[end : end + 1] != [COMMA] and heads.kind_of(page, source) in ("document", None)
    amidst = content is None or paper  # «أجمل رواية حسب روايات المعاصرين عندما خسر»
    if inside and cue.entry.kind == "as" and page.norms[cue.start - 1] in page.grammar.words_by_kind["was"]:
        return None  # «كان كما ذكر الكاتب يحمل»
    if tied and amidst and heads.kind_of(page, source) not in ("outlet", "agency"):
        return None  # «احترازات تتكرر وفق تقارير أمنية انتهت»: how something is done
    slots = ("content", "cue", "source") + (("content",) if content is not None else ())
    return framed(page, cue, slots, source=source, before=True, content=content, opens="particle", anchor=end)


def _contrasted(page: Page, i: int) -> bool:
    """Does a clause begin with «لكن» right before the particle: «…، ولكن وفقا للتقرير فإن»?"""
    before = i - 1 - (i > 1 and page.norms[i - 1] == COMMA)
    return before > 0 and page.norms[before] in page.grammar.words_by_kind["but"]


def _object_begins(page: Page, start: int, end: int) -> int | None:
    """Where the interrupted clause goes on without a comma: «وفقا لوكالة الأنباء اليمنية | مواقف الصين»."""
    as_well = page.norms[start - 2] == "كما"
    for i in range(start + 1 if as_well else start + 2, end):
        complete = page.norms[i - 1].startswith(ARTICLE) or phrases.own(page, i - 1)
        bare = as_well or not page.norms[i].startswith(ARTICLE)
        if complete and page.grammar.masdar(page.norms[i]) and bare:
            return i
    return None


def _goes_on(page: Page, i: int) -> bool:
    """Behind «، بحسب X،»: does the interrupted clause go on, and no new one begin?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    if any(e.kind == "particle" for e in page.grammar.cues.find(page.norms, i)[1]):
        return False  # «وفقا للتقرير، نقلا عن شهود»
    if page.grammar.masdar(norm) and page.norms[i - 1] != COMMA:
        return True
    if norm in kinds["relative"] and any(s.form.tense for s in page.grammar.senses(page.norms[i + 1])):
        return False  # «بحسب الحداد، الذي يرى»
    if norm == QUOTE and i in page.quotes:
        return True  # «ولم يعرف، بحسب المرصد، "ما إذا كان"»
    if norm in kinds["auxiliary"] and page.norms[page.sentence(i).start] in kinds["auxiliary"]:
        return True  # «كانت المهندسة، وفق الموقع، قد رفعت …»
    if norm == "في" and (behind := page.norms[i + 1]) != "الوقت" and phrases.venue(page, behind):
        return False  # «وفقا لما ذكره الناطق، في بيان»
    if norm in kinds["preposition"] or norm in kinds["relative"] or norm in kinds["adjunct"]:
        return True
    tied = norm.startswith(("ل", "ب")) and len(norm) > 3 and norm not in kinds["not-bi"]
    return tied and not page.grammar.senses(norm)


def _amid(page: Page, i: int) -> bool:
    """Does «أن» or «أنه» stand before the particle, so that what follows is all that was said?"""
    before = i - 1 - (i > 1 and page.norms[i - 1] == COMMA)
    return before > 0 and page.norms[before] in page.grammar.words_by_kind["that"]


def _last_word(page: Page, i: int) -> bool:
    """Is «وفقا لموقع الراية.» a sentence by itself, behind what the site said?"""
    sentence = page.sentence(i)
    return sentence.start >= i - 1 and sentence.start > page.paragraph(i).start


def _authority(page: Page, source: Stretch, told: bool = False) -> bool:
    """Is what stands behind «بحسب» somebody who speaks, and no rule or standard («وفق المواصفات»)?

    «فإن» behind it says that somebody is (`told`).
    """
    norm = page.norms[source.start][source.skip :]
    norm = ARTICLE + norm[2:] if norm.startswith("لل") else norm  # «وفقا للتقرير»
    named = page.mentions.get(source.start)
    if norm.endswith("نا") and len(norm) > 5 and named is None:
        return False  # «وبحسب معلوماتنا»
    if any(n.endswith(("ناها", "ناه", "لدينا")) for n in page.norms[source.start + 1 : source.stop]):
        return False  # «بحسب المعلومات التي تلقيناها»
    bare = next((norm.removesuffix(p) for p in ("هم", "ها", "ه") if norm.endswith(p)), norm)  # «حسب نظامه»
    standards = page.grammar.words_by_kind["standard"]
    if (norm in standards or bare in standards) and (named is None or named[0] - source.start < 3):
        return False  # «نظام الاتحاد» is a rule, «برنامج الأغذية العالمي» a body
    if named is not None:
        return True
    if told:
        return True
    if source.stop == source.start + 1 and norm in page.grammar.words_by_kind["share"]:
        return False  # «حسب الجهات», «حسب القطاع»: how something is divided
    if page.mentions:
        near = range(source.start, min(source.stop, source.start + 3))
        if page.grammar.noun(norm) is None and not any(i in page.mentions or _says(page, i, source) for i in near):
            words = [w for w in page.norms[source.start : source.stop] if w != QUOTE]
            return (bool(words) and bool(page.grammar.outlets.find(words, 0)[0])) or heads.people(norm)
    if page.grammar.noun(norm) is not None:
        return True
    words = [w for w in (norm, *page.norms[source.start + 1 : source.stop]) if w != QUOTE]
    if not words or page.grammar.outlets.find(words, 0)[0]:
        return bool(words)
    return words[0] in page.speaking


def _paper_alone(page: Page, start: int, i: int) -> bool:
    """Does a definite paper stand alone at `start`, with nothing of its own behind it?"""
    head = page.norms[start]
    bare = head[2:] if head.startswith("لل") else head.removeprefix(ARTICLE)
    noun, norm, kinds = page.grammar.noun(bare), page.norms[i], page.grammar.words_by_kind
    small = any(
        norm in kinds[k] for k in ("preposition", "relative", "adjunct", "that", "then", "adverb", "published", "same")
    )
    plain = norm.isalpha() and not small and not norm.startswith((ARTICLE, "ف"))
    return bare != head and noun is not None and noun.kind == "document" and plain and i not in page.times


def _hyphen(page: Page, i: int) -> bool:
    """Does the dash at word `i` join two words of a name?"""
    glued = page.starts[i] == page.stops[i - 1] and page.starts[i + 1] == page.stops[i]
    return glued and page.norms[i + 1].isalnum()


def _law(page: Page, source: Stretch) -> bool:
    """Is the source a law or an agreement, which somebody may act by and not only quote?"""
    norm = page.norms[source.start][source.skip :].removeprefix("لل").removeprefix(ARTICLE)
    return norm in page.grammar.words_by_kind["law"]


def _says(page: Page, i: int, source: Stretch) -> bool:
    """Is word `i` a noun of speakers that heads a source, or one that an unknown head is of: «معطيات المنظمة»?"""
    follows = page.norms[i + 1] if i + 1 < source.stop else ""
    definite = page.norms[i].startswith((ARTICLE, "لل")) or follows.startswith(ARTICLE) or i + 1 in page.mentions
    return page.grammar.noun(page.norms[i]) is not None and (i == source.start or definite)


def _particle_source(page: Page, start: int, stop: int, leading: bool, told: bool) -> tuple[int | None, int | None]:
    """Where the source of a particle ends, and where the content behind it begins, if there is any."""
    norms, kinds = page.norms, page.grammar.words_by_kind
    opens = kinds["then"] | kinds["that"]
    i = page.mentions[start][0] if start in page.mentions else start + 1
    if norms[start] == QUOTE and start in page.quotes:
        i = page.quotes[start] + 1
        follows = norms[i] if i < stop else ""
        noun = follows.isalpha() and not follows.startswith(ARTICLE) and follows not in opens | kinds["preposition"]
        if noun and leading and not page.times.get(i):
            return i, i  # «ووفقا لـ"الراية" انخفض الإنتاج»
    while i < min(stop, start + 25):
        norm = norms[i]
        if norm == COLON and leading and not told and i + 1 < stop:
            return i, i + 1  # «وبحسب أحد المعلقين: "…"»
        if i > start and norm in kinds["turn"]:
            return i, None  # «بحسب البلدية وقد أغلقت المدارس»
        if norm in ".?!;:" or any(s.clitic and s.form.tense == "past" for s in page.grammar.senses(norm)):
            return i, None
        if norm == "-" and i + 1 < stop and _hyphen(page, i):
            i += 2  # «بيانات بترو-لوجيستكس»
            continue
        if norm == "-" and leading is False:
            return i, i + 1 if i + 1 < stop else None
        if leading and i == start + 1 and _paper_alone(page, start, i):
            return i, i  # «ووفقا للتقرير | تراجع حجم الإنتاج»
        if norm in kinds["published"] and i > start:
            behind = next((k + 1 for k in range(i, min(stop - 1, i + ASIDE)) if norms[k] == COMMA), None)
            if leading and behind is not None:
                return i, behind  # «ووفقا لدراسة نشرت أمس في مجلة الوادي، وجد أن»
        if norm == "الي" and i > start and not phrases.inner_preposition(page, i):
            return i, i  # «وصلت، بحسب الإحصاءات | إلى ألف»
        if norm == COMMA and norms[i + 1 : i + 3] == ["من", "ان"]:
            return i, i + 3 if i + 3 < stop else None  # «طبقا لما كشفه الحداد، من أن»
        if norm == COMMA:
            if _titled(page, i, stop):
                i += 1
                continue
            reply = next((k for k in range(i + 1, min(stop - 1, i + ASIDE)) if norms[k] in kinds["reply-that"]), None)
            behind = reply + 1 if reply is not None else i + 2 if norms[i + 1 : i + 2] == ["فقد"] else i + 1
            return i, behind if behind < stop else None
        if norm in kinds["then"]:
            return i, i + 1
        if norm in kinds["that"]:
            return i, i + 1
        if norm in kinds["relative"] and i + 1 < stop and page.grammar.senses(norms[i + 1]):
            reply = next((k for k in range(i + 1, min(stop - 1, i + ASIDE)) if norms[k] in kinds["reply-that"]), None)
            return i, None if reply is None else reply + 1  # «وفقا للمصادر التي أشارت إلى أن»
        if i > start + 1 and norms[i - 1] not in kinds["relative"] and begins(page, i):
            near = range(i + 1, min(stop - 1, i + ASIDE)) if leading else ()
            reply = next((k for k in near if norms[k] in kinds["reply-that"] and COMMA not in norms[i:k]), None)
            # «وبحسب التقارير الواردة | تسعى الشركة إلى», but «ووفقا لمصادر | تحدثت للراية فإن»
            return i, i if reply is None else reply + 1
        if told and i > start and (listener := phrases.addressee(page, i, stop)):
            after = listener.stop + (listener.stop < stop and norms[listener.stop] == QUOTE)
            return i, after + 1 if after + 1 < stop and norms[after] == COMMA else None
        if norm in kinds["resume"] or (norm[:2] in ("ست", "سي") and len(norm) > 4) or norm.startswith("فقد"):
            return i, i
        if norm.startswith("ل") and page.grammar.masdar(norm[1:]) and COMMA not in norms[i + 1 : i + 4]:
            return i, i
        if norm in kinds["said"] or (i > start + 1 and _his(page, i)):
            return i, i  # «على لسان متحدث قوله: …», «وفقا لموقع "الراية" | أبناءه»
        if i > start + 1 and _indefinite(page, i):
            return i, i  # «بحسب البوابة العربية | خيارا ثالثا»
        if norm == QUOTE and i in page.quotes:
            i = page.quotes[i]
        elif phrases.adjunct(page, i, stop) > i:
            near = range(i + 1, min(stop - 1, i + ISSUED)) if norms[i - 1] in kinds["issued"] else ()
            if by := next((k for k in near if norms[k] == "عن"), None):
                i = by + 2  # «وفقا لبيان صدر أمس عن الهيئة»
                continue
            end = i
            while i < stop and norms[i] not in (COMMA, ".", ";") and norms[i] not in opens:
                if not leading and norms[i].startswith("ب") and page.grammar.masdar(norms[i][1:]):
                    return end, i  # «واعترف هؤلاء، وفق ما أعلنته الوزارة في بيان | بتلقي دورات»
                i += 1
            inside = i < stop and (norms[i] == COMMA or norms[i] in opens)
            return end, i + 1 if inside and i + 1 < stop else None
        i += 1
    return (i, None) if i >= stop else (None, None)


def _his(page: Page, i: int) -> bool:
    """Does a noun with its pronoun stand behind a quoted name, where the interrupted clause goes on?"""
    same = page.norms[i] in page.grammar.words_by_kind["same"] or page.norms[i].startswith("و")
    return page.norms[i - 1] == QUOTE and phrases.own(page, i) and not same


def _indefinite(page: Page, i: int) -> bool:
    """Is word `i` an indefinite accusative behind a definite word, so that the interrupted clause goes on with it?"""
    norm = page.norms[i]
    shape = norm.endswith("ا") and not norm.endswith(("ها", "نا", "ما")) and len(norm) > 3 and norm[0] not in "وبل"
    known = i in page.mentions or page.grammar.noun(norm) is not None or proper(page, i)
    return shape and page.norms[i - 1].startswith(ARTICLE) and not norm.startswith(ARTICLE) and not known


def _titled(page: Page, i: int, stop: int) -> bool:
    """Does an apposition follow the comma, with another comma or the end behind it?"""
    if i + 1 >= stop or page.grammar.noun(page.norms[i + 1]) is None:
        return False
    if page.norms[i + 1] in ("احد", "احدي") and page.grammar.noun(page.norms[i + 2]) is None:
        return False  # «يشكل التأخر، وفق الهيئة، أحد العوامل»
    after = next((k for k in range(i + 1, stop) if page.norms[k] in ",.:;"), stop)
    return after - i <= 10 and (after >= stop - 1 or page.norms[after] == COMMA)
