"""A verb whose subject stands neither behind it nor in its frame: who had spoken, or whoever spoke before."""

from __future__ import annotations

from typing import Any

from riwaya.stages.attributions import heads, phrases, subjects
from riwaya.stages.attributions.complements import Anchor
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import finite
from riwaya.stages.attributions.frames import Match, framed
from riwaya.stages.attributions.page import COMMA, QUOTE, Page

FIRST_PERSONS = ("itaqada", "zanna", "raa", "tamanna", "tawaqqaa")
"""Verbs whose first person is written like the past where its hamza is left out."""
SPEECH = 10
"""Words from a speech or paper to the verb whose «فيه» goes back to it."""
COORDINATE = 25
"""Words between two present verbs of one subject."""


def unnamed(page: Page, cue: Cue, found: Anchor, strange: bool, given: dict[str, Any]) -> Match | None:
    """The frame of a verb without a subject; None when it goes on for nobody.

    `strange`: somebody is named behind it whom the grammar does not know. `given` is what the frame holds already.
    """
    tail = (*found.slots, "content")
    kind, start = cue.kind, cue.stop
    before_it = page.norms[cue.first - 1] if cue.first else ""
    if before_it in page.grammar.words_by_kind["relative"] and subjects.hangs_on(before_it, cue):
        return None  # «يدعى … الذي قال»: the noun before it, which is not known to be a speaker
    if kind == "verb" and (who := subjects.had(page, cue)):
        if not heads.can_speak(page, who.start):
            return None  # «كان ذلك قد أوضح»
        return framed(page, cue, ("source", "cue", *tail), source=who, **given)
    if strange and kind == "verb":
        return None  # somebody is named behind the verb whom the grammar does not know
    if kind == "verb" and not cue.joined and not _tied(page, cue) and not _goes_on(page, cue, found):
        return None  # «اعتقد أن …»: the columnist himself
    if before_it in page.grammar.words_by_kind["when"]:
        return None
    single = kind == "verb" and cue.form.tense == "past" and cue.form.number != "p"
    back = page.norms[cue.stop : cue.stop + 1] and page.norms[cue.stop] in page.grammar.words_by_kind["resumptive"]
    alone = single and not cue.joined and not first(page, cue) and not back and not _further(page, cue, found)
    asked_of = cue.entry.name == "talaba" and page.norms[start] == "من"  # «حيث طلب من المشاركين أن»
    if alone and (asked_of or (found.slots[-1] in ("event", "prep") and found.at <= start + 1)):
        return None  # «وفي الضفاف، أعلن مقتل …»: written like the passive
    passive = kind == "verb" and cue.form.tense == "present" and first(page, cue)
    if passive and any(e.kind == "agentless" for e in page.grammar.cues.find(page.norms, cue.start)[1]):
        return None  # «يذكر، بحسب الهيئة، أن»
    if cue.entry.name in FIRST_PERSONS and single and cue.form.gender == "m" and cue.joined:
        return None  # «واعتقد أنه»: the columnist, whose hamza is not written
    with_verb = _coordinate(page, cue)
    if cue.form.tense == "present" and found.slots[-1] in ("prep", "event") and with_verb is None:
        return None  # «ويعبر عن»: without a subject beside it, hardly somebody's word
    return framed(page, cue, ("cue", *tail), **given, with_verb=with_verb)


def first(page: Page, cue: Cue) -> bool:
    """Does a cue open its sentence, openers aside?"""
    return phrases.openers(page, page.sentence(cue.start).start, cue.first) >= cue.first


def _further(page: Page, cue: Cue, found: Anchor) -> bool:
    """«كما رحب بالضيوف», «وقد أقر بالخطأ»: a further report; the passives of verbs with «ب» are seldom written."""
    kinds = page.grammar.words_by_kind
    before_it = page.norms[cue.first - 1] if cue.first else ""
    opening = page.norms[found.at]
    governed = opening.startswith("ب") or (opening in ("علي", "الي", "من") and cue.entry.does in ("say", "act"))
    bound = found.slots[-1] == "prep" and found.at == cue.stop and governed
    single = len({s.entry.name for s in page.grammar.senses(page.norms[cue.start])}) == 1  # not «كما ذكر»
    tied = any(before_it in kinds[k] for k in ("clause", "auxiliary"))
    return bound and single and tied and "object" not in cue.entry.takes and "event" not in cue.entry.takes[:1]


def _goes_on(page: Page, cue: Cue, found: Anchor) -> bool:
    """May a verb without «و» and without subject go on for who spoke last?

    At the head of a sentence it may, before a quotation, and where a relative clause hangs on its content
    («المدينة التي قال إن أخبارها …», «وثائق أكد أنها …»); but nobody goes on to think.
    """
    if cue.entry.does == "think":
        return False
    before_it = page.norms[cue.first - 1] if cue.first else ""
    if first(page, cue) or before_it == QUOTE or before_it in page.grammar.words_by_kind["relative"]:
        return True
    resumed = found.slots[-1] == "that" and len(page.norms[found.content - 1]) > 2
    return cue.form.tense == "past" and (found.slots[-1] in ("colon", "quote") or resumed)


def _tied(page: Page, cue: Cue) -> bool:
    """Does «كما», «وقد», «كان» or a comma tie a verb without subject to what somebody said before?"""
    kinds = page.grammar.words_by_kind
    before_it = page.norms[cue.first - 1] if cue.first else ""
    back = cue.stop + (page.norms[cue.stop : cue.stop + 1] == ["من"])  # «أشاد من خلاله بـ»
    if back < len(page) and page.norms[back] in kinds["resumptive"] and _occasion(page, cue):
        return True  # «ألقى كلمة نوه فيها بـ», «أصدر بيانا توضيحيا قال فيه إن»
    if page.norms[page.sentence(cue.start).start] in kinds["topic"]:
        return True  # «وعن أولويات الوزارة قال إن»
    return before_it == COMMA or any(before_it in kinds[k] for k in ("auxiliary", "clause"))


def _occasion(page: Page, cue: Cue) -> bool:
    """Does a speech, a paper or a talk stand close before the verb, that its «فيه» goes back to?"""
    first = max(page.sentence(cue.start).start, cue.first - SPEECH)
    for i in range(cue.first - 1, first - 1, -1):
        norm = page.norms[i]
        if phrases.venue(page, norm) or phrases.venue(page, norm.removesuffix("ا")):
            return True
        if finite(page, i) or norm in page.grammar.words_by_kind["that"] or norm in (":", ";"):
            return False
    return False


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
