"""Reads the words around a cue into named slots, and looks up which frame they make.

The slots a cue may be followed by stand in `cues.toml` (`takes`), the sequences that count in `frames.toml`; here is
only how each slot is recognised. Slots are words, so that the derivation of every attribution can be shown again.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from riwaya.stages.attributions import checks, heads, objects, particles, phrases, sources, subjects
from riwaya.stages.attributions.anchors import anchor
from riwaya.stages.attributions.breaks import WHILE
from riwaya.stages.attributions.complements import Anchor
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import proper
from riwaya.stages.attributions.frames import Match, framed
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COMMA, QUOTE, Page
from riwaya.stages.attributions.phrases import Stretch

FIRST_PERSONS = ("itaqada", "zanna", "raa", "tamanna", "tawaqqaa")
"""Verbs whose first person is written like the past where its hamza is left out."""
MAY = ("قد", "وقد", "فقد")
"""Before a present verb: perhaps."""
COORDINATE = 25
"""Words between two present verbs of one subject."""


def match(page: Page, cue: Cue) -> Match | None:
    """The frame that a cue stands in; None when it stands in none."""
    match cue.kind:
        case "particle" | "as":
            return particles.particle(page, cue)
        case "headline":
            return _headline(page, cue)
        case "closing":
            return framed(page, cue, ("content", "cue"), before=True)
        case "agentless" | "author":
            return _impersonal(page, cue)
        case "carry":
            return _carried(page, cue)
        case _:
            found = _spoken(page, cue)
            if found is None or not checks.fits(page, found) or not checks.likened(page, found):
                return None
            return found


def _spoken(page: Page, cue: Cue) -> Match | None:
    """A verb, a participle or a verbal noun: cue, perhaps a source, then what was said."""
    stop = page.sentence(cue.start).stop
    start = cue.stop
    kind = cue.kind
    found = anchor(page, cue, start, stop)
    if (
        kind == "participle"
        and (found is None or found.slots[-1] != "that")
        and (bare := objects.bare(page, cue, stop))
    ):
        found = bare
    before_it = page.norms[cue.first - 1] if cue.first else ""
    turned = cue.first > 1 and page.norms[cue.first - 2] in page.grammar.words_by_kind["preposition"]  # «إلى ذلك أكد»
    if kind == "verb" and not cue.joined and before_it in page.grammar.words_by_kind["thing"] and not turned:
        return None  # «وهذا يشير إلى»
    prep = found is not None and found.slots == ("prep",)
    if prep and (cue.form.tense == "present" or cue.entry.takes[:1] == ("عن",)) and _about(page, cue, before_it):
        return None
    if cue.form.tense == "present" and before_it in page.grammar.words_by_kind["manner"]:
        return None  # «بشكل يدعو إلى الريبة»
    if kind == "participle" and before_it in page.grammar.words_by_kind["auxiliary"]:
        return None  # «كان متوقعا أن يحضر»
    whenever = before_it in page.grammar.words_by_kind["when"] and page.norms[cue.first - 2 : cue.first] != WHILE
    if cue.form.tense == "present" and whenever:
        return None  # «وعندما يتكلم عن الطعام»: as often as he does
    if before_it in page.grammar.words_by_kind["if"] or _supposed(page, cue, before_it):
        return None
    if (
        cue.form.tense == "present"
        and cue.entry.name == "itabara"
        and before_it in page.grammar.words_by_kind["relative"]
    ):
        return None  # «المركز الذي يعتبر المرجع»: is held to be
    if page.norms[start : start + 1] and page.norms[start].isdigit() and start not in page.times:
        return None  # «قال 77 في المئة إنهم»
    if page.norms[start : start + 1] and page.norms[start] in page.grammar.words_by_kind["attention"]:
        return None  # «ولفت نظري أن»
    if kind == "verb" and page.norms[start : start + 1] == ["بذلك"]:
        return None  # «صرح بذلك المدير»: what he said stands before
    if kind == "locative" and any(before_it in page.grammar.words_by_kind[k] for k in ("relative", "thing")):
        return None  # «المعاني التي وردت في المقال»
    if found is None:
        return objects.loose(page, cue, stop)
    if cue.negated and cue.entry.does == "doubt" and found.slots == ("prep",):
        return None  # «لم يشكك في صحة الخبر»
    if page.norms[found.content] == "ذلك" and _ends_with(page, found.content):
        return None  # «إذ تعلن عن ذلك»
    if found.slots[-1] in ("prep", "event") and (whole := objects.accused(page, cue, stop)) and whole.anchor < found.at:
        return whole
    if cue.entry.does == "publish" and not objects.is_paper(page, found.content):
        return None
    if found.slots[-1] in ("prep", "event") and found.at - start > objects.NEAR:
        return objects.loose(page, cue, stop) if "object" in cue.entry.takes else None
    if cue.entry.does == "add" and "that" not in cue.entry.takes and _letters(page, start, found.at) > 3:
        return None  # «زاد الأمر سوءا»
    region = sources.region(page, start, found.at)
    if (cue.first and page.norms[cue.first - 1] in page.grammar.words_by_kind["pronoun"]) or cue.plural:
        region = sources.Region(None, region.addressee)
    if region.source is not None and cue.entry.does == "act" and _asked(page, cue, region.source, start):
        region = sources.Region(None, region.addressee)
    if region.source is not None and cue.entry.does == "act" and subjects.had(page, cue):
        region = sources.Region(None, region.addressee)  # «كان النادي قد طالب الاتحاد بـ»
    tail = (*found.slots, "content")
    given = {
        "opens": found.slots[-1],
        "anchor": found.at,
        "content": found.content,
        "skip": found.skip,
        "addressee": region.addressee,
    }
    spoken = found.slots[-1] in ("quote", "colon")
    if region.source is not None and (spoken or "عن" not in cue.entry.takes):
        region = sources.Region(checks.about_cut(page, region.source, spoken), region.addressee)
    if region.source is not None and (cue.entry.does == "act" or "whom" in cue.entry.takes):
        region = sources.Region(checks.asked_cut(page, region.source, "whom" in cue.entry.takes), region.addressee)
    noun_like = cue.form.gender == "f" or cue.entry.does == "act"
    adverb = page.norms[cue.start] in page.grammar.words_by_kind["adverb"]
    if kind == "participle" and adverb and not objects.aside(page, cue):
        return None  # «الترشح مجددا»
    stands = objects.aside(page, cue) or _first(page, cue) or (cue.form.gender == "m" and _state(page, cue, found))
    if kind == "participle" and noun_like and not stands:
        return None  # «متابعة», «طالبا»: the nouns
    if kind == "participle":
        if (
            found.slots[-1] in ("event", "object", "prep")
            and not objects.aside(page, cue)
            and not _state(page, cue, found)
        ):
            return None
        opening = cue.first == page.sentence(cue.first).start and found.slots[-1] == "that"
        near = objects.NEAR if opening else 12 if objects.aside(page, cue) else 4  # «حضورا لافتا» is an adjective
        return None if found.at - start > near else framed(page, cue, ("cue", *tail), **given)
    if kind == "noun" and not cue.form.suffixed and (region.source is None or _occasion(page, cue, region.source)):
        return None
    speaker = region.source or Stretch(start, start + 1)
    if kind == "noun" and page.norms[start : start + 1] == [COMMA]:
        return None  # «تدوينها وتوثيقها، ولا أعتقد أنه»
    if kind == "noun" and not cue.form.suffixed and not checks.known(page, speaker):
        return None  # «وتوضيح القواعد التي اختير بها»
    if kind == "noun" and not cue.form.suffixed and heads.kind_of(page, speaker) == "document":
        return None  # «إقرار القانون هو تنظيم …»
    if found.slots[-1] == "event" and region.source is not None and not checks.known(page, region.source):
        near = region.source.start == start and region.source.stop - start <= 4 and cue.form.tense == "past"
        if not near or cue.entry.does not in ("say", "deny") or not _strangers(page, region.source):
            return None
    other = region.source is not None and region.source.start == start and checks.known(page, region.source)
    other = other and cue.entry.does != "act"  # «الوادي التي أعلن الوزير تحريرها», but «الذي يطالب الوزارة بـ»
    if before_it in page.grammar.words_by_kind["relative"] and found.slots[-1] in ("prep", "event") and not other:
        region = sources.Region(None, region.addressee)  # «الشيء الذي يؤكد وضوح …»
    if region.source is not None and not checks.credible(page, cue, region.source, found.at - start, found.slots[-1]):
        return None
    if cue.entry.does == "name" and region.source is not None:
        return _namer(page, cue, region.source, tail, given)
    if region.source is not None and not cue.form.suffixed:
        return framed(page, cue, ("cue", "source", *tail), source=region.source, **given)
    if kind == "verb" and region.source is None and (set_apart := subjects.contrasted(page, cue)):
        return framed(page, cue, ("source", "cue", *tail), source=set_apart, **given)
    if region.source is not None:
        return None
    if cue.first and page.norms[cue.first - 1] in page.grammar.words_by_kind["pronoun"]:
        return framed(page, cue, ("cue", *tail), **given)
    answers = page.norms[page.sentence(cue.start).start] in page.grammar.words_by_kind["topic"]
    asked = answers and before_it == COMMA  # «وردا على سؤال لنا، قال»
    subject = subjects.before(page, cue) if kind == "verb" and not cue.joined and not asked else None
    about = page.norms[page.sentence(cue.start).start] in page.grammar.words_by_kind["about"]
    if about and subject and cue.form.tense == "past" and page.norms[subject[0].start - 1] != COMMA:
        subject = None  # «وحول نقص المختصين قال»
    if cue.entry.does != "name" and subject:
        source, relative = subject
        if page.norms[source.start] == "احد" and page.norms[source.start - 1] in page.grammar.words_by_kind["no"]:
            return None  # «لا أحد ينكر أن»
        if page.mentions and not checks.named(page, source) and not _surname(page, source):
            return None
        if prep and cue.form.tense == "present" and page.norms[source.start - 1] in page.grammar.words_by_kind["was"]:
            return None  # «وكانت الوزيرة تشير إلى الاتفاق»
        if matched := framed(page, cue, ("source", "cue", *tail), source=source, relative=relative, **given):
            return matched
    if before_it in page.grammar.words_by_kind["relative"] and subjects.hangs_on(before_it, cue):
        return None  # «يدعى … الذي قال»: the noun before it, which is not known to be a speaker
    if kind == "verb" and (who := subjects.had(page, cue)):
        if not heads.can_speak(page, who.start):
            return None  # «كان ذلك قد أوضح»
        return framed(page, cue, ("source", "cue", *tail), source=who, **given)
    if region.strange and kind == "verb":
        return None  # somebody is named behind the verb whom the grammar does not know
    if kind == "verb" and not cue.joined and not _tied(page, cue) and not _goes_on(page, cue, found):
        return None  # «اعتقد أن …»: the columnist himself
    if before_it in page.grammar.words_by_kind["when"]:
        return None
    single = kind == "verb" and cue.form.tense == "past" and cue.form.number != "p"
    back = page.norms[cue.stop : cue.stop + 1] and page.norms[cue.stop] in page.grammar.words_by_kind["resumptive"]
    unnamed = single and not cue.joined and not _first(page, cue) and not back and not _further(page, cue, found)
    asked_of = cue.entry.name == "talaba" and page.norms[start] == "من"  # «حيث طلب من المشاركين أن»
    if unnamed and (asked_of or (found.slots[-1] in ("event", "prep") and found.at <= start + 1)):
        return None  # «وفي الضفاف، أعلن مقتل …»: written like the passive
    passive = kind == "verb" and cue.form.tense == "present" and _first(page, cue)
    if passive and any(e.kind == "agentless" for e in page.grammar.cues.find(page.norms, cue.start)[1]):
        return None  # «يذكر، بحسب الهيئة، أن»
    if cue.entry.name in FIRST_PERSONS and single and cue.form.gender == "m" and cue.joined:
        return None  # «واعتقد أنه»: the columnist, whose hamza is not written
    given["with_verb"] = _coordinate(page, cue)
    if cue.form.tense == "present" and found.slots[-1] in ("prep", "event") and given["with_verb"] is None:
        return None  # «ويعبر عن»: without a subject beside it, hardly somebody's word
    return framed(page, cue, ("cue", *tail), **given)


def unread(page: Page, cue: Cue) -> bool:
    """Does somebody speak at a cue that stands in no frame: «وأضاف المذكور أعلاه أن», of whom nothing is known?

    Whoever spoke before him is not meant by a verb without subject after him.
    """
    says = cue.kind == "verb" and cue.entry.does in ("say", "add", "deny") and not cue.entry.by and cue.stop < len(page)
    if not says or cue.form.tense not in ("past", "present") or phrases.own(page, cue.stop):
        return False  # «وكرر مطالبته بأن»
    if cue.form.tense == "present" and cue.form.gender == "f":
        return False  # «تشير السوابق إلى أن»: things
    found = anchor(page, cue, cue.stop, page.sentence(cue.start).stop)
    if found is None or found.slots[-1] not in ("that", "colon", "quote") or found.at - cue.stop > objects.NEAR:
        return False
    if page.grammar.senses(page.norms[cue.stop]):
        return False  # «ومضى يقول:»
    if page.norms[cue.stop].isdigit():
        return True  # «وقال 30 في المئة»
    between = sources.region(page, cue.stop, found.at)
    return between.strange or between.source is not None


def _state(page: Page, cue: Cue, found: Anchor) -> bool:
    """«أشاد بالجهود مؤكدا أهمية العمل»: no comma stands before the participle, and nothing behind it."""
    return found.at == cue.stop and (found.slots[-1] == "prep" or page.norms[cue.start].endswith("ا"))


def _surname(page: Page, source: Stretch) -> bool:
    """«غير أن الحداد أشار إلى»: a single word, hardly anything but a name, which spoke before."""
    i = source.start
    spoke = page.norms[i] in page.speaking or page.norms[i - 1] in page.grammar.words_by_kind["that"]
    return source.stop - i == 1 and spoke and proper(page, i)  # «لافتا إلى أن دونيس شدد على»


def _ends_with(page: Page, i: int) -> bool:
    """Does nothing more hang on word `i`?"""
    follows = page.norms[i + 1] if i + 1 < len(page) else "."
    return not follows.isalpha() or follows.startswith(("لت", "لي"))


def _supposed(page: Page, cue: Cue, before_it: str) -> bool:
    """«قد يقول قائل», «قد يعترض معترض ويقول»: nobody has said it yet."""
    if cue.form.tense != "present":
        return False
    first = page.sentence(cue.start).start
    verb = page.norms[first + 1] if first + 1 < cue.start else ""
    may = page.norms[first] in MAY and verb[:1] in ("ي", "ت") and not verb.endswith("ت")  # but «وقد تمكنت»
    return before_it in MAY or (cue.joined and may)


def _about(page: Page, cue: Cue, before_it: str) -> bool:
    """«مقالة كانت تتحدث عن», «الذي يتحدث عن»: what somebody or something was about."""
    kinds = page.grammar.words_by_kind
    topic = cue.entry.takes[:1] == ("عن",)
    back = page.norms[cue.stop : cue.stop + 1] and page.norms[cue.stop] in kinds["resumptive"]
    related = before_it in kinds["relative"]
    present = cue.form.tense == "present" and (before_it in kinds["was"] or (topic and related))
    return present or (topic and bool(back) and not related)  # «محاضرة تحدث فيها عن الصبر»


def _asked(page: Page, cue: Cue, source: Stretch, start: int) -> bool:
    """«وحث اللاعبين على»: people in the accusative right behind the verb are whom somebody asks."""
    known = checks.known(page, source) or checks.named(page, source) or proper(page, start)
    if source.start == start and page.norms[start] in page.grammar.words_by_kind["quantifier"]:
        return True  # «ودعا جميع الأطراف إلى»
    near = source.start == start and source.stop - source.start <= 2
    if near and cue.form.gender == "f" and cue.form.tense == "past" and start not in page.mentions:
        body = page.grammar.noun(page.norms[start])
        feminine = body is None or body.gender == "f" or page.norms[start].endswith(("ه", "ات", "اء", "ي"))
        if body is not None and body.kind == "organisation" and not feminine:
            return True  # «ودعت المجتمع إلى»
    return near and (phrases.plural(page, start) or (not known and page.norms[start].startswith(ARTICLE)))


def _strangers(page: Page, source: Stretch) -> bool:
    """«وأكد مصبح حرص الدائرة»: does a word stand in a source that is hardly anything but a name?"""
    return any(proper(page, i) for i in range(source.start, source.stop))


def _occasion(page: Page, cue: Cue, source: Stretch) -> bool:
    """Is the verbal noun where something was said, and what follows no speaker: «في تصريح خص به الراية أن»?"""
    within = cue.first > 0 and page.norms[cue.first - 1] == "في"
    own = page.norms[source.start] in page.grammar.words_by_kind["of-the-press"]  # «في تصريح صحافي أدلى به»
    return within and (own or not checks.known(page, source))


def _coordinate(page: Page, cue: Cue) -> int | None:
    """The present verb that a further one goes on with: «… يؤكد وجود شقوق، ويوصي بإخلاء الحي»."""
    first = max(page.sentence(cue.start).start, cue.start - COORDINATE)
    if cue.form.tense != "present" or not cue.joined or page.norms[cue.start - 1] != COMMA:
        return None
    for i in range(cue.start - 1, first - 1, -1):
        senses = page.grammar.senses(page.norms[i])
        if any(s.form.tense == "present" and not s.clitic and s.form.gender == cue.form.gender for s in senses):
            return i
    return None


def _letters(page: Page, start: int, stop: int) -> int:
    """How many of the words are no signs and no «بقوله»."""
    saying = page.grammar.words_by_kind["adjunct"]
    return sum(page.norms[i].isalpha() and page.norms[i] not in saying for i in range(start, stop))


def _namer(page: Page, cue: Cue, source: Stretch, tail: tuple[str, ...], given: dict[str, Any]) -> Match | None:
    """«وصف فلان القرار بأنه …»: only a known name tells where the speaker ends and the thing begins."""
    if page.norms[source.stop : source.stop + 1] == ["ما"] and checks.known(page, source):
        return framed(page, cue, ("cue", "source", *tail), source=source, **given)
    if source.start not in page.mentions:
        return None
    end = min(objects.coordinated(page, source.start), source.stop)
    return framed(page, cue, ("cue", "source", *tail), **(given | {"source": Stretch(source.start, end)}))


def _first(page: Page, cue: Cue) -> bool:
    """Does a cue open its sentence, openers aside?"""
    return phrases.openers(page, page.sentence(cue.start).start, cue.first) >= cue.first


def _further(page: Page, cue: Cue, found: Anchor) -> bool:
    """«كما رحب بالضيوف», «وقد أقر بالخطأ»: a further report; the passives of verbs with «ب» are seldom written."""
    kinds = page.grammar.words_by_kind
    before_it = page.norms[cue.first - 1] if cue.first else ""
    bound = found.slots[-1] == "prep" and found.at == cue.stop and page.norms[found.at].startswith("ب")
    single = len({s.entry.name for s in page.grammar.senses(page.norms[cue.start])}) == 1  # not «كما ذكر»
    tied = any(before_it in kinds[k] for k in ("clause", "auxiliary"))
    return bound and single and tied and "object" not in cue.entry.takes


def _goes_on(page: Page, cue: Cue, found: Anchor) -> bool:
    """May a verb without «و» and without subject go on for who spoke last?

    At the head of a sentence it may, before a quotation, and where a relative clause hangs on its content
    («المدينة التي قال إن أخبارها …», «وثائق أكد أنها …»); but nobody goes on to think.
    """
    if cue.entry.does == "think":
        return False
    before_it = page.norms[cue.first - 1] if cue.first else ""
    if _first(page, cue) or before_it == QUOTE or before_it in page.grammar.words_by_kind["relative"]:
        return True
    resumed = found.slots[-1] == "that" and len(page.norms[found.content - 1]) > 2
    return cue.form.tense == "past" and (found.slots[-1] in ("colon", "quote") or resumed)


def _tied(page: Page, cue: Cue) -> bool:
    """Does «كما», «وقد», «كان» or a comma tie a verb without subject to what somebody said before?"""
    kinds = page.grammar.words_by_kind
    before_it = page.norms[cue.first - 1] if cue.first else ""
    if (
        page.norms[cue.stop : cue.stop + 1]
        and page.norms[cue.stop] in kinds["resumptive"]
        and (
            before_it in kinds["venue"] or (before_it in kinds["other"] and page.norms[cue.first - 2] in kinds["venue"])
        )
    ):
        return True  # «ألقى كلمة نوه فيها بـ», «في تغريدة أخرى قال فيها»
    if page.norms[page.sentence(cue.start).start] in kinds["topic"]:
        return True  # «وعن أولويات الوزارة قال إن»
    return before_it == COMMA or any(before_it in kinds[k] for k in ("auxiliary", "clause"))


def _carried(page: Page, cue: Cue) -> Match | None:
    """«نقلت X عن Y قوله إن …»: a carrier and a source in one."""
    norms = page.norms
    stop = page.sentence(cue.start).stop
    about = next((i for i in range(cue.stop, min(stop, cue.stop + 14)) if norms[i] in ("عن", "عنه", "عنها")), None)
    if about is None or any(norms[i] in ".?!;" for i in range(cue.stop, about)):
        return None
    speaker = replace(cue, entry=replace(cue.entry, takes=("that", "quote")))
    found = anchor(page, speaker, about + 1, stop)
    if found is None:
        return None
    carrier = sources.region(page, cue.stop, about).source
    said = next((i for i in range(about + 1, found.at) if norms[i] in page.grammar.words_by_kind["said"]), None)
    source = sources.region(page, about + 1, said or found.at).source
    if source is None:
        return None
    slots = ["cue", *(["carrier"] if carrier else []), "prep", "source", *(["said"] if said else [])]
    return framed(
        page,
        cue,
        (*slots, *found.slots, "content"),
        source=source,
        said=Stretch(said, said + 1) if said else Stretch(about, about + 1),
        carrier=carrier,
        opens=found.slots[-1],
        anchor=found.at,
        content=found.content,
        skip=found.skip,
    )


def _headline(page: Page, cue: Cue) -> Match | None:
    """«وزير الري: السد آمن» on a line by itself."""
    start = page.paragraph(cue.start).start
    norm = page.norms[start]
    known = (start in page.mentions and page.mentions[start][1].kind != "place") or page.grammar.noun(norm) is not None
    if not (known or norm in page.speaking) or norm in page.grammar.words_by_kind["credit"]:
        return None
    source = Stretch(start, cue.start)
    if any(page.norms[i] in ",.-:" for i in range(start, cue.start)) or page.grammar.senses(norm):
        return None
    return framed(
        page, cue, ("source", "colon", "content"), source=source, opens="headline", anchor=cue.start, content=cue.stop
    )


def _goes_on_in_present(page: Page, cue: Cue) -> bool:
    """«ويشير التقرير إلى شقوق. ويرجح أن …»: did the sentence before report in the present too, so that it goes on?"""
    senses = page.grammar.senses(page.norms[cue.start])
    first = page.sentence(cue.first).start
    before = page.sentence(first - 1).start if first > page.paragraph(cue.first).start else first
    here = any(s.form.tense == "present" for s in senses)
    return here and any(
        s.form.tense == "present" for i in range(before, cue.first) for s in page.grammar.senses(page.norms[i])
    )


def _impersonal(page: Page, cue: Cue) -> Match | None:
    stop = page.sentence(cue.start).stop
    if cue.joined and _goes_on_in_present(page, cue):
        return None
    found = anchor(page, cue, cue.stop, min(stop, cue.stop + 6))
    if found is None or found.at - cue.stop > 3:
        return None
    return framed(
        page,
        cue,
        ("cue", *found.slots, "content"),
        opens=found.slots[-1],
        anchor=found.at,
        content=found.content,
        skip=found.skip,
    )
