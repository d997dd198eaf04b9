"""Reads the words around a cue into named slots, and looks up which frame they make.

The slots a cue may be followed by stand in `cues.toml` (`takes`), the sequences that count in `frames.toml`; here is
only how each slot is recognised. Slots are words, so that the derivation of every attribution can be shown again.
"""

from __future__ import annotations

from typing import Any

from riwaya.stages.attributions import apart, checks, heads, objects, particles, phrases, sources, subjects
from riwaya.stages.attributions.anchors import anchor
from riwaya.stages.attributions.complements import Anchor
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import common, proper
from riwaya.stages.attributions.frames import Match, framed
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COMMA, Page
from riwaya.stages.attributions.phrases import Stretch
from riwaya.stages.attributions.unnamed import first, unnamed
from riwaya.stages.attributions.unsaid import unsaid


def match(page: Page, cue: Cue) -> Match | None:
    """The frame that a cue stands in; None when it stands in none."""
    match cue.kind:
        case "particle" | "as":
            return particles.particle(page, cue)
        case "headline":
            return apart.headline(page, cue)
        case "closing":
            return framed(page, cue, ("content", "cue"), before=True)
        case "agentless" | "author":
            return apart.impersonal(page, cue)
        case "carry":
            return apart.carried(page, cue)
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
    if unsaid(page, cue, found):
        return None
    if found is None:
        return objects.loose(page, cue, stop)
    if found.slots[-1] in ("prep", "event") and (whole := objects.accused(page, cue, stop)) and whole.anchor < found.at:
        return whole
    if cue.entry.does == "publish" and not objects.is_paper(page, found.content):
        return None
    if found.slots[-1] in ("prep", "event") and found.at - start > objects.NEAR and not _waits(page, cue, found):
        return objects.loose(page, cue, stop) if "object" in cue.entry.takes else None
    if cue.entry.does == "add" and "that" not in cue.entry.takes and _letters(page, start, found.at) > 3:
        return None  # «زاد الأمر سوءا»
    before_it = page.norms[cue.first - 1] if cue.first else ""
    region = sources.region(page, start, found.at)
    if (cue.first and page.norms[cue.first - 1] in page.grammar.words_by_kind["pronoun"]) or cue.plural:
        region = sources.Region(None, region.addressee)
    if region.source is not None and cue.entry.does == "act" and _asked(page, cue, region.source, start):
        region = sources.Region(None, region.addressee)
    if region.source is not None and subjects.had(page, cue):
        region = sources.Region(None, region.addressee)  # «كان النادي قد طالب الاتحاد بـ», «كان الحداد قد كتب رسالة»
    if region.source is not None and cue.entry.does == "add" and _his_words(page, region.source, start):
        region = sources.Region(None, region.addressee)  # «واختتم رسالته: "…"»
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
    if region.source is not None and cue.entry.by and "من" in page.norms[region.source.start : region.source.stop]:
        learnt = page.norms.index("من", region.source.start)  # «علمت "الراية" | من مصادرها أن»
        region = sources.Region(Stretch(region.source.start, learnt), region.addressee)
    if region.source is not None and (cue.entry.does == "act" or "whom" in cue.entry.takes):
        region = sources.Region(checks.asked_cut(page, region.source, "whom" in cue.entry.takes), region.addressee)
    noun_like = (
        cue.form.gender == "f" or cue.entry.does == "act"
    ) and cue.entry.name != "qala"  # «وردت الهيئة قائلة إن»
    adverb = page.norms[cue.start] in page.grammar.words_by_kind["adverb"]
    if kind == "participle" and adverb and not objects.aside(page, cue):
        return None  # «الترشح مجددا»
    told = found.slots == ("prep", "that") and found.at == cue.stop and cue.entry.does == "say"  # «مشيرة إلى أن»
    stands = objects.aside(page, cue) or first(page, cue) or told
    stands = stands or (cue.form.gender == "m" and _state(page, cue, found))
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
    behind = start + (start < len(page) and page.norms[start] in page.grammar.words_by_kind["resumptive"])
    other = region.source is not None and region.source.start == behind and checks.known(page, region.source)
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
    tied = not cue.joined or subjects.again(page, cue)
    subject = subjects.before(page, cue) if kind == "verb" and tied and not asked else None
    about = page.norms[page.sentence(cue.start).start] in page.grammar.words_by_kind["about"]
    if about and subject and cue.form.tense == "past" and page.norms[subject[0].start - 1] != COMMA:
        subject = None  # «وحول نقص المختصين قال»
    if cue.entry.does != "name" and subject:
        source, relative = subject
        if page.norms[source.start] == "احد" and page.norms[source.start - 1] in page.grammar.words_by_kind["no"]:
            return None  # «لا أحد ينكر أن»
        if page.mentions and not checks.named(page, source) and not _surname(page, source):
            return None
        if (
            found.slots == ("prep",)
            and cue.form.tense == "present"
            and page.norms[source.start - 1] in page.grammar.words_by_kind["was"]
        ):
            return None  # «وكانت الوزيرة تشير إلى الاتفاق»
        if _conditional(page, source.start):
            return None  # «إن كانت الوزارة قد أقرت بـ»
        if matched := framed(page, cue, ("source", "cue", *tail), source=source, relative=relative, **given):
            return matched
    return unnamed(page, cue, found, region.strange, given)


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
    today = page.norms[cue.stop : found.at] == ["بهذه", "المناسبه"]
    return (found.at == cue.stop or today) and (found.slots[-1] == "prep" or page.norms[cue.start].endswith("ا"))


def _waits(page: Page, cue: Cue, found: Anchor) -> bool:
    """«وتحدث الحداد خلال لقائه منسوبي الوزارة، عن اعتزازه»: behind a comma, the verb's own preposition."""
    own = page.norms[found.at] in page.grammar.prepositions(cue.entry) and page.norms[found.at - 1] == COMMA
    first = cue.stop in page.mentions or page.grammar.noun(page.norms[cue.stop]) is not None
    return own and first and found.slots == ("prep",)


def _his_words(page: Page, source: Stretch, start: int) -> bool:
    """Is what stands behind the verb only what he goes on with or ends: «رسالته»?"""
    alone = source.start == start and source.stop == start + 1
    return alone and phrases.own(page, start) and phrases.venue(page, page.norms[start])


def _surname(page: Page, source: Stretch) -> bool:
    """«غير أن الحداد أشار إلى»: a single word, hardly anything but a name, which spoke before."""
    i = source.start
    spoke = page.norms[i] in page.speaking or page.norms[i - 1] in page.grammar.words_by_kind["that"]
    named = proper(page, i) or (page.norms[i - 1] in page.grammar.words_by_kind["that"] and not common(page, i))
    return source.stop - i == 1 and spoke and named  # «لافتا إلى أن نادر شدد على»


def _conditional(page: Page, i: int) -> bool:
    """Does «إن كان» or «إذا كانت» stand before word `i`?"""
    was = i > 1 and page.norms[i - 1] in page.grammar.words_by_kind["was"]
    return was and page.norms[i - 2] in ("ان", "وان", "اذا", "واذا", "لو")


def _asked(page: Page, cue: Cue, source: Stretch, start: int) -> bool:
    """«وحث اللاعبين على»: people in the accusative right behind the verb are whom somebody asks."""
    known = checks.known(page, source) or checks.named(page, source) or proper(page, start)
    if source.start == start and page.norms[start] in page.grammar.words_by_kind["quantifier"]:
        return True  # «ودعا جميع الأطراف إلى»
    near = source.start == start and source.stop - source.start <= 2
    named = page.mentions.get(start)
    if near and named is not None and named[1].kind == "organisation" and page.norms[start].endswith("يين"):
        return True  # «الاتحاد يطالب المتمردين بـ»
    if near and _one_man(page, cue, source):
        return True  # «وطالبت اللاعب بـ»
    if _paper_before(page, cue):
        return True  # «تبنى المجلس قرارا يطالب الضفاف بـ»
    if near and cue.form.gender == "f" and cue.form.tense == "past" and start not in page.mentions:
        body = page.grammar.noun(page.norms[start])
        feminine = body is None or body.gender == "f" or page.norms[start].endswith(("ه", "ات", "اء", "ي"))
        if body is not None and body.kind == "organisation" and not feminine:
            return True  # «ودعت المجتمع إلى»
    return near and (phrases.plural(page, start) or (not known and page.norms[start].startswith(ARTICLE)))


def _one_man(page: Page, cue: Cue, source: Stretch) -> bool:
    """Does one man stand alone behind a feminine verb in the past, so that he is not its subject?"""
    norm, noun = page.norms[source.start], page.grammar.noun(page.norms[source.start])
    feminine = cue.form.tense == "past" and cue.form.gender == "f" and cue.form.number != "p"
    alone = source.stop == source.start + 1 and norm.startswith(ARTICLE) and source.start not in page.mentions
    man = (
        noun is not None and noun.kind == "person" and noun.gender != "f" and not norm.endswith(("ه", "ات", "اء", "ي"))
    )
    return feminine and alone and man and norm not in page.grammar.words_by_kind["several"]


def _paper_before(page: Page, cue: Cue) -> bool:
    """Does an indefinite paper in the accusative stand right before a present verb, which then tells what it asks?"""
    norm = page.norms[cue.first - 1] if cue.first else ""
    paper = page.grammar.noun(norm[:-1]) if norm.endswith("ا") and len(norm) > 3 else None
    return cue.form.tense == "present" and not cue.joined and paper is not None and paper.kind == "document"


def _strangers(page: Page, source: Stretch) -> bool:
    """«وأكد مصبح حرص الدائرة»: does a word stand in a source that is hardly anything but a name?"""
    return any(proper(page, i) for i in range(source.start, source.stop))


def _occasion(page: Page, cue: Cue, source: Stretch) -> bool:
    """Is the verbal noun where something was said, and what follows no speaker: «في تصريح خص به الراية أن»?"""
    within = cue.first > 0 and page.norms[cue.first - 1] == "في"
    own = page.norms[source.start] in page.grammar.words_by_kind["of-the-press"]  # «في تصريح صحافي أدلى به»
    return within and (own or not checks.known(page, source))


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
