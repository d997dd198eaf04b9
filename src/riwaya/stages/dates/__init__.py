"""When: every temporal expression of a text, with its value, its anchor, and the rules that composed it.

    find(text, published)      the expressions of a text
    explain(text, published)   the same, with the tree of rules behind each
    dates                      the stage

Phrases are read by small rules over words (`rules/`, put together by `chart.py`) and only then resolved, with the
date of the document and what was said before (`resolve.py`). The conventions for spans and values are those of
TIMEX3 as set out in docs/method/dates.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from msgspec import Struct

from riwaya.lang.ar import arabic
from riwaya.lang.lexicon import Lexicon
from riwaya.model import Masthead, Sentence, Timex, Zone, finding_id
from riwaya.stage import Reading, each
from riwaya.stages.dates import publication
from riwaya.stages.dates.answer import Answer, Context, day_of, of_day
from riwaya.stages.dates.answer import answer as day_answer
from riwaya.stages.dates.calendar import add_days, add_months
from riwaya.stages.dates.chart import Node
from riwaya.stages.dates.context import SENTENCE, coming_events, year_of_event
from riwaya.stages.dates.lexemes import Vocabulary, vocabulary
from riwaya.stages.dates.meaning import Counted, Cycle, Duration, Every, Meaning, Moment, Vague, replace
from riwaya.stages.dates.phrase import Phrase
from riwaya.stages.dates.publication import Published
from riwaya.stages.dates.reading import background, phrases
from riwaya.stages.dates.resolve import resolve
from riwaya.stages.dates.tense import ahead, looks_back
from riwaya.text.view import View
from riwaya.text.words import Words

__all__ = ["Explained", "Found", "dates", "explain", "find"]


class Found(Struct, frozen=True, kw_only=True):
    """A temporal expression of a text: the fields of a Timex, and its words."""

    start: int
    end: int
    text: str
    type: str
    value: str
    mod: str | None
    edtf: str | None
    anchor: str | None
    rule: str


class Explained(Struct, frozen=True, kw_only=True):
    """An answer with the tree that made it, a line per rule, innermost deepest."""

    found: Found
    derivation: tuple[str, ...]


def find(text: str, published: str | None = None, *, diary: bool = False) -> list[Found]:
    """The temporal expressions of a text, in order.

    >>> [(f.text, f.value) for f in find("وصل الوفد أمس الاثنين", "2016-12-13")]
    [('أمس الاثنين', '2016-12-12')]

    `published` is the date of the text as EDTF; without it the text's own date line is used, if it has one. A
    `diary` is a note about what is to come: bare weekdays and hours lie ahead and not behind, as in news, and bare
    numbers may be days of the month. Offsets are code points.
    """
    return [found for found, _ in _find(text, published, diary)]


def explain(text: str, published: str | None = None, *, diary: bool = False) -> list[Explained]:
    """The temporal expressions of a text, each with the rules that composed it.

    >>> print("\\n".join(explain("أمس الاثنين", "2016-12-13")[0].derivation))
    أمس الاثنين = 2016-12-12
      ar/dates/deictic+weekday
        ar/relative/yesterday
        ar/dates/weekday
          ar/weekdays/monday
    """
    return [
        Explained(found=found, derivation=(f"{found.text} = {found.value}", *tree(phrase.node, text, phrase)))
        for found, phrase in _find(text, published, diary)
    ]


def tree(node: Node, text: str, phrase: Phrase, depth: int = 1) -> Iterator[str]:
    """The rules under a node, a line each."""
    if node.rule.endswith("/timex") and node.children:
        yield from tree(node.children[0], text, phrase, depth)
        return
    yield f"{'  ' * depth}{node.rule}"
    for child in node.children:
        yield from tree(child, text, phrase, depth + 1)


def _find(text: str, published: str | None, diary: bool) -> list[tuple[Found, Phrase]]:
    resolved, _ = analyse(Words(View(text, arabic.fold)), arabic, "", published, diary=diary)
    return [
        (
            Found(
                start=phrase.span.start, end=phrase.span.end, text=phrase.span.of(text), type=answer.type,
                value=answer.value, mod=answer.mod, edtf=answer.edtf, anchor=answer.anchor, rule=phrase.rule,
            ),
            phrase,
        )
        for phrase, answer in resolved
    ]  # fmt: skip


@each(needs=(Zone, Sentence), gives=(Timex, Masthead), version=25)
def dates(reading: Reading) -> Iterator[Timex | Masthead]:
    """Every temporal expression of the document, and its publication date where only the text gives it."""
    doc = reading.doc
    resolved, published = analyse(
        reading.words, reading.lang, doc.id, doc.published, reading.of(Zone), reading.of(Sentence)
    )
    if published is not None:
        yield Masthead(
            doc=doc.id, start=published.span.start, end=published.span.end, field="published", value=published.value,
            basis="dateline" if published.basis == "dateline" else "derived", rule=published.rule,
        )  # fmt: skip
    for phrase, answer in resolved:
        yield Timex(
            doc=doc.id, start=phrase.span.start, end=phrase.span.end, type=answer.type, value=answer.value,
            mod=answer.mod, edtf=answer.edtf, anchor=answer.anchor, rule=phrase.rule,
        )  # fmt: skip


def analyse(
    words: Words, lang: Lexicon, doc: str, published: str | None, zones: Sequence[Zone] = (),
    sentences: Sequence[Sentence] = (), diary: bool = False,
) -> tuple[list[tuple[Phrase, Answer]], Published | None]:  # fmt: skip
    """The resolved expressions, and the publication date if it had to be found in the text."""
    found = phrases(words, lang, diary)
    if not found:
        return [], None
    text = words.view.source
    coming = ahead(found, words, lang)
    context = Context(ahead=diary)
    given: Published | None = None
    if (moment := publication.read_date(published)) is not None:
        context.anchor, context.timed = moment
    elif published is None:
        given = (
            publication.from_text(text, found, zones)
            or publication.month_and_weekday(found)
            or publication.not_before(found, coming, zones)
        )
        if given is not None:
            context.anchor, context.timed = given.moment, given.timed
            context.basis = finding_id(Timex.layer, doc, given.phrase.span.start, given.phrase.span.end)
        elif (latest := publication.since(found, zones)) is not None:
            context.anchor = datetime.combine(latest[1], datetime.min.time())
            context.basis = finding_id(Timex.layer, doc, latest[0].span.start, latest[0].span.end)
    if context.anchor is not None and not diary:
        context.anchor = publication.written(context.anchor, found, lambda p: looks_back(words, p.first, lang))
        context.anchor = publication.on_feast(context.anchor, found, text, context)
    context.day_first = day_first(found)
    context.dates = full_dates(found)
    return list(resolved(found, coming, words, lang, doc, context)), given


def resolved(
    found: Sequence[Phrase], coming: Sequence[bool], words: Words, lang: Lexicon, doc: str, context: Context
) -> Iterator[tuple[Phrase, Answer]]:
    """The answers in order; each leaves behind what the next may refer to."""
    text, known = words.view.source, vocabulary(lang)
    context.text = text
    events = coming_events(words, lang, context)
    paragraph = 0
    last: tuple[Phrase, Answer] | None = None
    for i, (phrase, future) in enumerate(zip(found, coming, strict=True)):
        if text.find("\n", paragraph, phrase.span.start) >= 0:
            context.day = context.day_id = context.year = context.said = None
            context.habit = False
        elif (context.year or context.habit or context.said) and STOP.search(text, paragraph, phrase.span.start):
            context.year = context.said = None
            context.habit = False
        paragraph = phrase.span.end
        context.future, context.here = future, phrase.span.start
        context.event = year_of_event(events, text, phrase.span.start) if events else None
        context.edge = aside = background(phrase, words, known)
        following = found[i + 1] if i + 1 < len(found) else None
        context.habit = context.habit or comes_again(found[i : i + AGAIN], words, known)
        pair = last is not None and phrase.first == last[0].last + 1 and in_brackets(phrase, last[0], words)
        context.paired = day_of(last[1].when) if last is not None and pair else None
        answer = resolve(phrase.meaning, context)
        if answer is None:
            continue
        if following is not None and in_brackets(following, phrase, words):
            answer = as_the_paper_says(phrase.meaning, answer, resolve(following.meaning, context))
        near = following is not None and following.first - phrase.last <= BESIDE
        if following is not None and near and text[phrase.span.end : following.span.start].strip(BRACKETS) == "":
            answer = of_date(phrase.meaning, answer, resolve(following.meaning, context))
        beside = last is not None and phrase.first - last[0].last <= BESIDE
        if last is not None and beside and text[last[0].span.end : phrase.span.start].strip() in JOINS:
            answer = of_list(phrase.meaning, answer, last[0].meaning, last[1])
        if weekday(phrase.meaning) and in_habit(found[i:], text):
            answer = Answer(type="SET", value=f"XXXX-WXX-{weekday(phrase.meaning)}")
        measured = last[0].meaning if last is not None and aside and phrase.first - last[0].last == 1 else None
        last = phrase, answer
        yield phrase, answer
        remember(context, answer, phrase, doc, aside)
        if measured is not None and (months := months_up_to(measured, answer)) is not None:
            context.period = months


JOINS = ("و", "،", ",")
STOP = re.compile(r"[.؟!]")
PERIOD = re.compile(r"\d{4}-(Q\d|H\d|S[PU]|FA|WI|\d\d)(/\d{4}-\d\d)?")
"""The values of quarters, seasons and months, and of months in a row."""
AGAIN = 4
"""So many expressions may follow until «من كل يوم», with the first."""
OPENING = 3
"""So many words at most stand before a year that is that of its whole sentence."""
LONGEST = 60
"""So many letters are looked at for them."""
BESIDE = 3
"""So many words and signs at most stand between two expressions that are read together."""
BRACKETS = ' \u00a0()«»"-–:،'


def in_brackets(second: Phrase, first: Phrase, words: Words) -> bool:
    """Does it stand alone in brackets right behind the first?"""
    at, end = first.last, second.last
    opened = second.first == at + 1 and words.norms[at] == "("
    return opened and end < len(words) and words.norms[end] == ")"


def as_the_paper_says(meaning: Meaning, answer: Answer, following: Answer | None) -> Answer:
    """The day of a speaker's «اليوم (أمس)», to which the paper adds what it is for its reader."""
    deictic = isinstance(meaning, Counted) and meaning.base == "publication" and meaning.weekday is None
    day = following.when and day_of(following.when) if following is not None else None
    if not deictic or not isinstance(meaning, Counted) or not day or not day_of(answer.when):
        return answer
    return day_answer(replace(of_day(day), part=meaning.part), answer.anchor, meaning.mod)


def of_date(meaning: Meaning, answer: Answer, following: Answer | None) -> Answer:
    """A weekday right before a date that is one: «(الخميس) 14 / 10 / 1436»."""
    bare = isinstance(meaning, Moment) and meaning.weekday and not meaning.day and meaning.step is None
    if not bare or not isinstance(meaning, Moment) or meaning.part is not None or meaning.within is not None:
        return answer
    day = following.when and day_of(following.when) if following is not None else None
    if following is None or not day or following.type != "DATE" or day.isoweekday() != meaning.weekday:
        return answer
    return day_answer(of_day(day), answer.anchor)


def of_list(meaning: Meaning, answer: Answer, first_meaning: Meaning, before: Answer) -> Answer:
    """A weekday behind another: «أيام السبت والاثنين» are habits both, «الجمعة والسبت» follow each other."""
    if not isinstance(meaning, Moment) or not meaning.weekday or meaning.day or meaning.step is not None:
        return answer
    if meaning.within is not None or meaning.part is not None:
        return answer
    if before.type == "SET" and before.value.startswith("XXXX-WXX-"):
        return Answer(type="SET", value=f"XXXX-WXX-{meaning.weekday}")
    if not isinstance(first_meaning, Moment) or not first_meaning.weekday or first_meaning.day:
        return answer
    first, second = before.when and day_of(before.when), answer.when and day_of(answer.when)
    if first and second and answer.type == before.type == "DATE" and 0 < (first - second).days < 7:
        later = add_days(second, 7)
        return day_answer(of_day(later), answer.anchor) if later else answer
    return answer


def weekday(meaning: Meaning) -> int | None:
    """The day of a weekday that stands by itself."""
    plain = isinstance(meaning, Moment) and not (meaning.day or meaning.part or meaning.within)
    return meaning.weekday if plain and isinstance(meaning, Moment) and meaning.step is None else None


def in_habit(found: Sequence[Phrase], text: str) -> bool:
    """Does the first begin a list of weekdays that come again: «الأحد والاثنين من كل أسبوع»?"""
    for before, phrase in pairwise(found):
        if text[before.span.end : phrase.span.start].strip() not in JOINS:
            return False
        if isinstance(phrase.meaning, Every):
            return phrase.meaning.moment is not None and weekday(phrase.meaning.moment) is not None
        if not weekday(phrase.meaning):
            return False
    return False


def remember(context: Context, answer: Answer, phrase: Phrase, doc: str, background: bool) -> None:
    """Keeps what later words may refer to: the time spoken of last, its day, its year."""
    when, meaning = answer.when, phrase.meaning
    context.habit = context.habit or answer.type == "SET"
    if isinstance(meaning, Vague):
        context.told = context.told and meaning.value == "PREVIOUS"
    elif isinstance(meaning, Duration):
        context.told = context.told and not (meaning.point or meaning.direction)
    compared = isinstance(meaning, Cycle) and meaning.base == "spoken" and meaning.step < 0  # «مقارنة بالعام السابق»
    if compared or when is None or answer.type not in ("DATE", "TIME") or getattr(meaning, "occasion", False):
        return
    context.told = True
    id = finding_id(Timex.layer, doc, phrase.span.start, phrase.span.end)
    if answer.mod is None and not background and PERIOD.fullmatch(answer.value):
        context.period = answer.value
    day = None if background else day_of(when)
    if day is not None:
        context.days.add(day)
    if (when.season or when.nth_unit == "W" or when.part_of_year) and answer.type == "DATE" and when.year:
        context.previous, context.previous_id, context.previous_end = Moment(year=when.year), id, phrase.span.end
        context.previous_period = answer.value, answer.edtf
    elif when.nth_unit is None:
        context.previous, context.previous_id, context.previous_end = when, id, phrase.span.end
        context.previous_period = (answer.value, answer.edtf) if "/" in answer.value and answer.type == "DATE" else None
    if day is not None and "/" not in answer.value:
        timed = answer.type == "TIME"
        whole = replace(when, hour=None, minute=None, second=None, part=None, zone=None) if timed else when
        context.day, context.day_id = whole, id
    if answer.year_given and when.day:
        context.year = when.year
    named = answer.year_given and answer.value == f"{when.year:04}" and phrase.last - phrase.first > 1
    if named and answer.mod is None and opens_sentence(context.text, phrase.span.start):
        context.said = when.year


def comes_again(found: Sequence[Phrase], words: Words, known: Vocabulary) -> bool:
    """Is the first of what comes again, as the sentence says behind it: «الساعة الخامسة من كل يوم»?"""
    text = words.view.source
    for phrase in found[1:]:
        if isinstance(phrase.meaning, Every) and known.is_particle(words.norms[phrase.first - 1], "from"):
            return SENTENCE.search(text, found[0].span.end, phrase.span.start) is None
    return False


def opens_sentence(text: str, at: int) -> bool:
    """Does its sentence begin a few words before `at`: «وفي عام 2011 …»?"""
    near = text[max(0, text.rfind("\n", 0, at) + 1, at - LONGEST) : at]
    return len(SENTENCE.split(near)[-1].split()) <= OPENING


def months_up_to(length: Meaning, answer: Answer) -> str | None:
    """The months of «ثلاثة أشهر حتى يونيو», from the first to the last."""
    when = answer.when
    if not isinstance(length, Duration) or when is None or not (when.year and when.month) or when.day:
        return None
    number = length.amounts[0][0] if length.amounts and length.amounts[0][1] == "M" else None
    first = add_months(date(when.year, when.month, 1), 1 - number) if isinstance(number, int) else None
    return f"{first:%Y-%m}/{when.year:04}-{when.month:02}" if first else None


def full_dates(found: Sequence[Phrase]) -> dict[tuple[int, int], int]:
    """The years of the days that a document names in full, where it names but one for a day."""
    years: dict[tuple[int, int], set[int]] = {}
    for phrase in found:
        meaning = phrase.meaning
        if not isinstance(meaning, Moment) or meaning.options or meaning.hijri:
            continue
        if meaning.year and meaning.month and meaning.day:
            years.setdefault((meaning.month, meaning.day), set()).add(meaning.year)
    return {day: next(iter(named)) for day, named in years.items() if len(named) == 1}


def day_first(found: Sequence[Phrase]) -> bool | None:
    """What the numbers of a document show of their order: «25/3» puts the day first."""
    for phrase in found:
        meaning = phrase.meaning
        if isinstance(meaning, Moment) and meaning.day and meaning.day > 12 and not meaning.options:
            leaves = [node.value for node in phrase.node.leaves() if node.kind == "digits"]
            if len(leaves) >= 3 and len(leaves[2]) == 4:
                return bool(int(leaves[0]) > 12)
    return None
