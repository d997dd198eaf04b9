"""What is no report, whoever stands beside the verb: what things show, what may be said, what somebody was about."""

from __future__ import annotations

from riwaya.stages.attributions.breaks import WHILE
from riwaya.stages.attributions.complements import Anchor
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.page import Page


def unsaid(page: Page, cue: Cue, found: Anchor | None) -> bool:
    """Do the words around a cue say that nobody says anything with it? `found` is its complement, if it has one."""
    kinds = page.grammar.words_by_kind
    before_it = page.norms[cue.first - 1] if cue.first else ""
    return (
        _of_things(page, cue, before_it)
        or _supposed(page, cue, before_it)
        or before_it in kinds["if"]
        or before_it == "يا"  # «هل نسي، يا ترى»
        or _provided(page, cue, before_it)
        or _deed(page, cue, before_it)
        or (found is not None and _set_apart(page, cue, found))
        or (found is not None and found.slots == ("prep",) and _about(page, cue, before_it))
        or (cue.kind == "participle" and before_it in kinds["auxiliary"])  # «كان متوقعا أن يحضر»
        or (cue.form.tense == "present" and _habit(page, cue, before_it))
        or _behind(page, cue)
        or (found is not None and _nothing(page, cue, found))
    )


def _provided(page: Page, cue: Cue, before_it: str) -> bool:
    """«وإن رأى الطالب أن»: written with «إ», before a past verb, this is «if»."""
    return before_it == "وان" and cue.form.tense == "past" and page.source(cue.first - 1).startswith("وإ")


def _deed(page: Page, cue: Cue, before_it: str) -> bool:
    """«بعد تشدد المدينة في»: behind a preposition stands a noun, and no verb in the present."""
    kinds = page.grammar.words_by_kind
    tied = before_it in kinds["preposition"] or before_it in kinds["before-it"]
    name = before_it == "علي" and page.source(cue.first - 1).endswith("ي")
    return cue.kind == "verb" and cue.form.tense == "present" and not cue.joined and tied and not name


def _set_apart(page: Page, cue: Cue, found: Anchor) -> bool:
    """«(كما يظهر في المقطع) ولم يقل أحد إن»: a bracket closes between the verb and what seems to be said."""
    between = page.norms[cue.stop : found.at] if cue.form.tense == "present" else []
    return ")" in between and "(" not in between[: between.index(")")]


def _of_things(page: Page, cue: Cue, before_it: str) -> bool:
    """«وهذا يشير إلى», «المعاني التي وردت في المقال»."""
    kinds = page.grammar.words_by_kind
    if cue.kind == "locative":
        return before_it in kinds["relative"] or before_it in kinds["thing"]
    turned = cue.first > 1 and page.norms[cue.first - 2] in kinds["preposition"]  # «إلى ذلك أكد»
    return cue.kind == "verb" and not cue.joined and before_it in kinds["thing"] and not turned


def _habit(page: Page, cue: Cue, before_it: str) -> bool:
    """«بشكل يدعو إلى الريبة», «وعندما يتكلم عن الطعام», «المركز الذي يعتبر المرجع»."""
    kinds = page.grammar.words_by_kind
    whenever = before_it in kinds["when"] and page.norms[cue.first - 2 : cue.first] != WHILE
    held = cue.entry.name == "itabara" and before_it in kinds["relative"]
    return before_it in kinds["manner"] or whenever or held


def _behind(page: Page, cue: Cue) -> bool:
    """«قال 77 في المئة إنهم», «ولفت نظري أن», «صرح بذلك المدير»: what he said stands before."""
    if cue.stop >= len(page):
        return False
    follows = page.norms[cue.stop]
    if follows.isdigit() and cue.stop not in page.times:
        return True
    cited = follows in page.grammar.words_by_kind["attention"] and not cue.entry.needs  # «سائلا الله أن» is a prayer
    return cited or (cue.kind == "verb" and follows == "بذلك")


def _nothing(page: Page, cue: Cue, found: Anchor) -> bool:
    """«لم يشكك في صحة الخبر», «إذ تعلن عن ذلك»."""
    if found.slots == ("prep",) and found.at > cue.stop and page.norms[cue.stop] in _its_own(page, cue):
        return True  # «ما كتبه الحداد وحذر منه قبل سنوات من الآن»
    doubts = cue.negated and cue.entry.does == "doubt" and found.slots == ("prep",)
    return doubts or (page.norms[found.content : found.content + 1] == ["ذلك"] and _ends_with(page, found.content))


def _its_own(page: Page, cue: Cue) -> frozenset[str]:
    """The preposition that a verb takes, with a pronoun that goes back to something: «حذر منه»."""
    stems = (preposition.removesuffix("ي") for preposition in page.grammar.prepositions(cue.entry))
    return frozenset(stem + pronoun for stem in stems if stem in ("من", "عن") for pronoun in ("ه", "ها", "هم"))


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
    perhaps = page.grammar.words_by_kind["perhaps"]
    may = page.norms[first] in perhaps and verb[:1] in ("ي", "ت") and not verb.endswith("ت")  # but «وقد تمكنت»
    return before_it in perhaps or (cue.joined and may)


def _about(page: Page, cue: Cue, before_it: str) -> bool:
    """«مقالة كانت تتحدث عن», «الذي يتحدث عن»: what somebody or something was about."""
    kinds = page.grammar.words_by_kind
    topic = cue.entry.takes[:1] == ("عن",)
    back = page.norms[cue.stop : cue.stop + 1] and page.norms[cue.stop] in kinds["resumptive"]
    related = before_it in kinds["relative"]
    present = cue.form.tense == "present" and (before_it in kinds["was"] or (topic and related))
    return present or (topic and bool(back) and not related)  # «محاضرة تحدث فيها عن الصبر»
