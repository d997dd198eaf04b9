"""The subject that stands before its verb: «بيسكوف يرى أن», «الوثائق التي … تشير إلى»."""

from __future__ import annotations

from riwaya.stages.attributions import heads, phrases, sources
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import finite, proper
from riwaya.stages.attributions.grammar import ARTICLE
from riwaya.stages.attributions.page import COMMA, QUOTE, Page
from riwaya.stages.attributions.phrases import Stretch

LONG_CLAUSE = 30
"""Words of a relative clause between a subject and its verb."""
TITLE = 5
"""Words from a title to the office behind its name."""


def before(page: Page, cue: Cue) -> tuple[Stretch, bool] | None:
    """The subject that stands before its verb: «بيسكوف يرى أن», «الوثائق التي … تشير إلى»."""
    norms, kinds = page.norms, page.grammar.words_by_kind
    first = page.sentence(cue.first).start
    end = cue.first - again(page, cue)
    back = norms[cue.stop : cue.stop + 1] and norms[cue.stop] in kinds["resumptive"]
    if back and not (end > first and norms[end - 1] in kinds["relative"]):
        return None  # «ألقى الحداد كلمة أشاد فيها بـ»
    while end > first and norms[end - 1] in kinds["auxiliary"]:
        end -= 1
    if end > first and norms[end - 1] in kinds["relative"]:
        return _antecedent(page, first, end - 1, cue) if hangs_on(norms[end - 1], cue) else None
    if end > first and norms[end - 1] in kinds["when"]:
        return None  # «كشفته الصحيفة حين أكدت أن»
    if end > first and norms[end - 1] == COMMA:
        end -= 1
    opened = phrases.openers(page, first, end)
    if described := _described(page, first, end, cue):
        return described
    near = _antecedent(page, opened, end, cue)
    if near and page.norms[near[0].start - 1] == COMMA and near[0].start - 1 in page.named_until:
        return Stretch(page.named_until[near[0].start - 1], near[0].stop), False  # «سامي الحداد، رئيس المجلس، ألمح»
    if near and page.norms[end] == COMMA and page.norms[near[0].start - 1] == "في" and cue.form.tense == "past":
        near = None  # «الوزارة، بعد التحقيق في مواقع الانهيار، أكدت أن»
    if near and _agrees(page, near[0].start, cue) and _opens_clause(page, first, near[0].start):
        return near
    start = _subject_start(page, first, end)
    if start is None or end - start < 1 or end - start > 30:
        return None
    if norms[start] == QUOTE and page.quotes.get(start, end) >= end:
        return None
    stop = phrases.phrase(page, start, end, cut=True)
    rest = norms[stop:end]
    if rest and rest[0] == COMMA:
        region = sources.region(page, start, end)
        stop = region.source.stop if region.source else stop
    if end - stop > (LONG_CLAUSE if rest and rest[0] in kinds["relative"] else 18):
        return None
    if stop < end and _describes(page, cue, end - 1):
        return None  # «بتوفير لوحات تحذر من»: the clause describes what stands before it
    if any(finite(page, k) for k in range(start + 1, stop)):
        return None  # «أن إيران ستفحم منتقدين يقولون»: another verb has that subject
    known = start in page.mentions or page.grammar.noun(norms[start]) is not None
    definite = norms[start].startswith(ARTICLE)
    if not known and norms[start].endswith("ت") and start + 1 < stop and page.grammar.noun(norms[start + 1]):
        return None  # «استشعرت الوزارة»
    if not known and (stop - start > 3 or (definite and (stop - start > 1 or norms[start].endswith("ات")))):
        return None
    return Stretch(start, stop), False


def again(page: Page, cue: Cue) -> bool:
    """«الحداد، الذي عاد وعبر عن»: do «عاد» and a relative pronoun before it share their subject with the verb?"""
    kinds = page.grammar.words_by_kind
    return cue.joined and page.norms[cue.first - 1] in kinds["again"] and page.norms[cue.first - 2] in kinds["relative"]


def contrasted(page: Page, cue: Cue) -> Stretch | None:
    """Who is set against others before «ف»: «أما سامي الحداد، وهو مهندس، فقال», «أما الوكيل فقد قال»."""
    first = phrases.openers(page, page.sentence(cue.first).start, cue.first)
    end = cue.first - (page.norms[cue.first - 1] == "فقد")
    if not page.grammar.words_by_kind["so"].isdisjoint(page.norms[first:end]):
        return None  # «أما التفكير فهو عادة، وقد قال»
    answers = cue.clitic == "ف" or end < cue.first
    if not answers or page.norms[first] not in page.grammar.words_by_kind["as-for"] or first + 1 >= end:
        return None
    return sources.region(page, first + 1, end).source if heads.can_speak(page, first + 1) else None


def had(page: Page, cue: Cue) -> Stretch | None:
    """The subject of a verb between «كان» and «قد»: «كان النادي قد طالب»."""
    if cue.first == 0 or page.norms[cue.first - 1] != "قد":
        return None
    first = max(page.sentence(cue.first).start, cue.first - LONG_CLAUSE)
    for i in range(cue.first - 2, first - 1, -1):
        if page.norms[i] in (COMMA, ":", ";") or page.norms[i] in page.grammar.words_by_kind["that"]:
            return None
        if page.norms[i] in page.grammar.words_by_kind["auxiliary"]:
            return Stretch(i + 1, phrases.phrase(page, i + 1, cue.first - 1, cut=True)) if i + 2 < cue.first else None
    return None


def _describes(page: Page, cue: Cue, i: int) -> bool:
    """Does a present verb behind the indefinite noun `i` begin a relative clause, which has no pronoun?"""
    norm, kinds = page.norms[i], page.grammar.words_by_kind
    if (
        cue.form.tense != "present"
        or cue.joined
        or not norm.isalpha()
        or norm.startswith((ARTICLE, "وال", "بال", "لل"))
    ):
        return False
    small = any(norm in kinds[k] for k in ("adverb", "adjunct", "preposition", "closed", "auxiliary"))
    named = any(a <= i < b for a, (b, _) in page.mentions.items()) or norm in page.speaking or proper(page, i)
    return not (small or named or i in page.times or phrases.own(page, i) or finite(page, i))


def _described(page: Page, first: int, end: int, cue: Cue) -> tuple[Stretch, bool] | None:
    """The papers that a clause describes: «تقرير …، يؤكد أن», «على نسخة من التقرير …، وهو يشير إلى».

    A relative clause behind an indefinite noun has no pronoun (Ryding, ch. 14); «وهو» and «وهي» go back to any.
    """
    if cue.form.tense != "present" or end <= first:
        return None
    by_pronoun = page.norms[end - 1] in page.grammar.words_by_kind["and-he"]
    if by_pronoun and page.norms[end - 1].startswith("وهم"):
        return None  # «وهم يتحدثون»
    behind_comma = page.norms[end] == COMMA
    for i in range(end - 1, max(first, end - LONG_CLAUSE) - 1, -1):
        norm = page.norms[i]
        entry = page.grammar.noun(norm) or page.grammar.noun(norm.removesuffix("ا"))  # «أن تقريرا … يؤكد»
        if entry is None or entry.kind != "document" or not _agrees(page, i, cue):
            continue
        construct = i + 1 < end and page.norms[i + 1].startswith(ARTICLE)
        behind_comma = behind_comma or (norm.endswith("ا") and not by_pronoun)  # «تلقت بلاغا صباح اليوم يفيد بـ»
        topic = i > first and page.norms[i - 1] in page.grammar.words_by_kind["that"]
        if by_pronoun or ((behind_comma or topic) and not (norm.startswith(ARTICLE) or construct)):
            return Stretch(i, min(phrases.phrase(page, i, end, cut=True), end)), True
    return None


def _subject_start(page: Page, first: int, end: int) -> int | None:
    """Where a subject before the verb may begin: behind the openers of the sentence, or of the last clause."""
    norms, kinds = page.norms, page.grammar.words_by_kind
    start = first
    for i in range(end - 1, first - 1, -1):
        norm = norms[i]
        if norm == ":":
            return None
        if norm in kinds["that"] or norm in kinds["reply-that"] or norm == ";" or norm in kinds["clause"]:
            start = i + 1
            break
    start = phrases.openers(page, start, end)
    while start < end and norms[start] in kinds["auxiliary"]:
        start += 1
    if start >= end or start in page.times or not heads.can_speak(page, start) or finite(page, start):
        return None
    if page.grammar.senses(norms[start]):
        return None
    return start


def _antecedent(page: Page, first: int, end: int, cue: Cue) -> tuple[Stretch, bool] | None:
    """The noun phrase before a relative pronoun: «المعلومات الواردة من تدمر، التي أشارت إلى»."""
    norms, kinds = page.norms, page.grammar.words_by_kind
    pronoun = norms[end] if norms[end] in kinds["relative"] else ""
    if end > first and norms[end - 1] == COMMA:
        end -= 1
    for i in range(end - 1, max(first, end - 8) - 1, -1):
        if norms[i] in (COMMA, ":", ".", ";") or norms[i] in kinds["that"] or page.grammar.senses(norms[i]):
            return None
        if i > first and phrases.listed(page, i - 1, ("opener",)) > 1:
            return None  # «من جهة | ثانية، قد أعلنت»
        entry = page.grammar.noun(norms[i])
        if (
            i in page.mentions and page.mentions[i][0] == end and page.mentions[i][1].kind != "place"
        ) or entry is not None:
            if (
                entry is not None
                and entry.name == "quantity"
                and norms[i + 1 : i + 2] != ["من"]
                and i not in page.mentions
            ):
                return None  # «عوامل عديدة توضح»
            if norms[i] in page.grammar.words_by_kind["other"]:
                continue  # «لاعبين آخرين طالبوا»
            one = norms[i].removeprefix(ARTICLE) in page.grammar.words_by_kind["single"]
            if entry is not None and entry.kind == "anonymous" and pronoun.endswith("الذي") and not one:
                return None  # «فرق النادي مهتمة باللاعب، الذي أعرب»
            head = norms[i - 1] if i > first else ""
            tied = page.grammar.noun(head[1:]) if head[:1] and head[0] in "ولبف" else None  # «لرئيس نادي …»
            if (page.grammar.noun(head) or tied) and not head.startswith((ARTICLE, "وال", "لل", "بال")):
                continue
            if any(n in kinds["thing"] or n in kinds["resume"] for n in norms[i:end]):
                return None  # «لا يعنيني المقال بقدر ما يعنيني التصرف الذي يؤكد»
            if not _may_own(page, i, first, cue) or (pronoun.endswith("التي") and _of_paper(page, i, first)):
                return None
            if pronoun and i not in page.mentions and not _goes_with(page, i, norms[i], pronoun):
                return None  # «توجيهات وزراء الداخلية التي تؤكد»
            stop = phrases.phrase(page, i, end, cut=True) if pronoun else end
            return Stretch(_whole_name(page, i, first), stop), True  # «المحافظ | فور وصوله والذي قال»
        if norms[i].startswith("لل") and len(norms[i]) > 4 and page.grammar.noun(norms[i][2:]):
            if pronoun and not _goes_with(page, i, norms[i][2:], pronoun):
                return None  # «المؤشر العقاري للوزارة، الذي يشير»
            return Stretch(i, end), True  # «للفنان سامي الحداد، الذي قال إن»
        behind = page.grammar.noun(norms[i - 1]) if i > first else None
        if (
            i > first + 1
            and norms[i][0] == "ل"
            and norms[i - 1].startswith(ARTICLE)
            and norms[i - 2].startswith(ARTICLE)
        ):
            behind = behind or page.grammar.noun(norms[i - 2])  # «التقرير الأولي | لمكتب التحقيقات يؤكد»
        if norms[i][0] in "بلكوف" and len(norms[i]) > 3 and page.grammar.noun(norms[i][1:]) and behind is None:
            if pronoun and not _goes_with(page, i, norms[i][1:], pronoun):
                return None
            return Stretch(i, end, 1), True
    return None


def _goes_with(page: Page, i: int, norm: str, pronoun: str) -> bool:
    """Can a relative pronoun go back to the noun at `i`: «الوزارة التي», «الوزراء الذين», but no «الوزارة الذي»?"""
    entry, kinds = page.grammar.noun(norm), page.grammar.words_by_kind
    bare = norm.removeprefix(ARTICLE)
    if bare in kinds["several"] or bare in kinds["crowd"]:
        return pronoun.endswith("ين")
    if entry is None or entry.kind == "anonymous":
        return True
    if pronoun.endswith("ين"):
        return entry.kind == "person"  # «رجال المقاومة الذين»
    feminine = entry.gender == "f" or norm.endswith(("ه", "ات", "اء"))
    if entry.kind == "person":  # «الدكتورة سميرة الحداد عضو المجلس، التي», but no «الفنان، التي»
        titles = (page.grammar.noun(n) for n in page.norms[max(0, i - TITLE) : i] if n.endswith("ه"))
        named = i in page.named_until or any(noun is not None and noun.kind == "person" for noun in titles)
        return feminine or named or not pronoun.endswith("التي")
    return feminine == pronoun.endswith("التي")


def _whole_name(page: Page, i: int, first: int) -> int:
    """Where a name begins whose title stands at `i`: «الدكتورة سهيلة الحداد | عضو الجمعية، التي أكدت»."""
    start = page.named_until.get(i, i)
    title = page.grammar.noun(page.norms[start - 1]) if first < start < i else None
    return start - 1 if title is not None and title.kind == "person" else start


def _may_own(page: Page, i: int, first: int, cue: Cue) -> bool:
    """Can the noun at `i` be what a verb behind it says: does it agree, and is it no place where somebody stood?"""
    entry = page.grammar.noun(page.norms[i])
    governed = i > first and page.norms[i - 1] in page.grammar.words_by_kind["preposition"]
    if governed and entry is not None and entry.kind == "organisation" and not page.norms[i].startswith(ARTICLE):
        return False  # «في دولة مجاورة لاحظت»
    return entry is None or entry.kind == "person" or _agrees(page, i, cue)


def _of_paper(page: Page, i: int, first: int) -> bool:
    """«تصريحات الوزير سامي الحداد التي أكدت»: it is the papers that the clause is about."""
    if i not in page.mentions or page.mentions[i][1].kind != "person":
        return False
    near = range(max(first, i - 6), i)
    nouns = (page.grammar.noun(page.norms[k].removeprefix("و")) for k in near)
    return any(page.norms[k] in page.grammar.words_by_kind["venue"] for k in near) or any(
        noun is not None and noun.kind == "document" for noun in nouns
    )


def _opens_clause(page: Page, first: int, head: int) -> bool:
    """Can a noun be the subject of a verb without a relative pronoun: is it indefinite, or first in its clause?"""
    kinds = page.grammar.words_by_kind
    construct = head + 1 < len(page) and page.norms[head + 1].startswith(ARTICLE)  # «قناة الضفاف» is definite too
    named = head in page.mentions and page.mentions[head][1].level == "name"
    if not page.norms[head].startswith((ARTICLE, "بال", "وال", "لل")) and not construct and not named:
        return True
    before_it = page.norms[head - 1] if head > first else COMMA
    bare = before_it.removeprefix("و")
    replies = before_it in kinds["reply-that"]  # «ورغم ذلك فإن المجلس قال»
    return before_it in (COMMA, ":", ";") or bare in kinds["that"] or bare in kinds["clause"] or replies


def hangs_on(pronoun: str, cue: Cue) -> bool:
    """Is the relative pronoun the subject of the verb? «المدينة التي قال إن أخبارها …» has another."""
    plural = pronoun.endswith(("ين", "ان", "اتي", "ن"))
    if plural or cue.form.number == "p":
        return plural
    return pronoun.endswith("التي") == (cue.form.gender == "f")


def _agrees(page: Page, head: int, cue: Cue) -> bool:
    """Does a noun that stands before a verb agree with it, as it must in Arabic?"""
    norm = page.norms[head]
    entry = page.grammar.noun(norm)
    if entry is not None and entry.kind == "anonymous":
        return True  # «معظم التقارير تؤكد»
    feminine = (entry is not None and entry.gender == "f") or norm.endswith("ه") or norm.endswith("ات")
    return cue.form.number == "p" or feminine == (cue.form.gender == "f")
