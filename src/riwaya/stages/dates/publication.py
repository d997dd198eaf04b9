"""When the document itself was published: what its metadata say, its date line, or what its words imply.

«أمس الاثنين» beside a date line of Thursday shows when the text was written, whatever the page says: the nearest
such day before the published one is the moment of writing, or the next one for a paper that is out the evening before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from msgspec import Struct

from riwaya.model import Zone
from riwaya.stages.dates.answer import Answer, Context, day_of
from riwaya.stages.dates.meaning import Counted, Meaning, Moment
from riwaya.stages.dates.phrase import Phrase
from riwaya.stages.dates.resolve import resolve
from riwaya.text.span import Span

HEAD, TAIL = 700, 400
"""A date line stands so near the start or the end."""
SHORT_LINE = 90
CITY = 30
DASHES = (" – ", " - ", " — ", ":")


class Published(Struct, frozen=True, kw_only=True):
    """A publication date found in the text: EDTF, its basis, and where it stands."""

    value: str
    basis: str
    span: Span
    rule: str
    moment: datetime
    timed: bool = False
    phrase: Phrase


def read_date(text: str | None) -> tuple[datetime, bool] | None:
    """The moment an EDTF date begins, and whether it says the hour; None when it says no day.

    >>> read_date("2016-12-13"), read_date("2016-05-03T14:00")[1], read_date("2016"), read_date("2016-05-03/..")[0].day
    ((datetime.datetime(2016, 12, 13, 0, 0), False), True, None, 3)
    """
    if not text:
        return None
    first = text.split("/")[0].strip().rstrip("~?%").replace(" ", "T")
    if len(first) < 10:
        return None
    try:
        moment = datetime.fromisoformat(first)
    except ValueError:
        return None
    return moment.replace(tzinfo=None), len(first) > 10


def from_text(text: str, phrases: Sequence[Phrase], zones: Sequence[Zone] = ()) -> Published | None:
    """The publication date that the text itself gives, by date line first, then by what it implies."""
    dated = [(p, a) for p in phrases if (a := explicit(p.meaning)) is not None]
    usable = [(p, a) for p, a in dated if not in_zone(p.span, zones, {"boilerplate", "teaser"})]
    for phrase, answer in usable:
        if (moment := read_date(answer.edtf)) and on_date_line(text, phrase.span, zones):
            return published(phrase, answer, moment, "dateline")
    for phrase, answer in usable:
        if (found := beside_deictic(phrase, answer)) is not None:
            return found
    return None


def explicit(meaning: Meaning) -> Answer | None:
    """The answer of a date that needs nothing from outside."""
    if not isinstance(meaning, Moment) or meaning.year is None or meaning.within is not None or meaning.mod:
        return None
    answer = resolve(meaning, Context())
    return answer if answer and answer.when and day_of(answer.when) else None


def in_zone(span: Span, zones: Sequence[Zone], kinds: set[str]) -> bool:
    return any(zone.kind in kinds and zone.span.overlaps(span) for zone in zones)


def on_date_line(text: str, span: Span, zones: Sequence[Zone]) -> bool:
    """Does it stand in a date line: a zone of that kind, or a short line near the start or the end?"""
    if in_zone(span, zones, {"dateline", "byline", "credit"}):
        return True
    if span.start > HEAD and span.end < len(text) - TAIL:
        return False
    start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.end)
    line = text[start : stop if stop >= 0 else len(text)].strip()
    if len(line) <= SHORT_LINE and not line.endswith("."):
        return True
    # «الجوزاء 5-3-2019 (رواسي) – …»: a place, the day, and a dash before the story begins.
    behind = text[span.end : span.end + CITY]
    return span.start - start <= CITY and any(dash in behind for dash in DASHES)


def published(phrase: Phrase, answer: Answer, moment: tuple[datetime, bool], basis: str) -> Published:
    when, timed = moment
    midnight = timed and not (when.hour or when.minute or when.second)  # a placeholder, not an hour
    value = when.date().isoformat() if midnight or not timed else when.isoformat()[:16]
    return Published(
        value=value, basis=basis, span=phrase.span, rule=f"{phrase.rule} < {basis}", moment=when,
        timed=timed and not midnight, phrase=phrase,
    )  # fmt: skip


def beside_deictic(phrase: Phrase, answer: Answer) -> Published | None:
    """«أمس الاثنين 12 ديسمبر 2016» was written on the 13th."""
    offset = next((n.value for n in phrase.node.leaves() if n.kind == "deictic"), None)
    day = day_of(answer.when)
    if not isinstance(offset, Counted) or day is None:
        return None
    number = offset.amounts[0][0] or 0
    when = datetime.combine(day, datetime.min.time()) - timedelta(days=int(number) * offset.sign)
    return Published(
        value=when.date().isoformat(), basis="derived", span=phrase.span, rule=f"{phrase.rule} < derived", moment=when,
        phrase=phrase,
    )  # fmt: skip


def since(phrases: Sequence[Phrase], zones: Sequence[Zone] = ()) -> tuple[Phrase, date] | None:
    """The latest day that the text names in full: it was written then or later."""
    days = [
        (day, p)
        for p in phrases
        if (a := explicit(p.meaning))
        and (day := day_of(a.when))
        and not in_zone(p.span, zones, {"boilerplate", "teaser"})
    ]
    if not days:
        return None
    latest, phrase = max(days, key=lambda item: (item[0], -item[1].span.start))
    return phrase, latest


def not_before(phrases: Sequence[Phrase], ahead: Sequence[bool], zones: Sequence[Zone] = ()) -> Published | None:
    """A lower bound: a day named in full with its weekday, as news names days just gone."""
    past = [
        p for p, a in zip(phrases, ahead, strict=True) if not a and isinstance(p.meaning, Moment) and p.meaning.weekday
    ]
    if (found := since(past, zones)) is None:
        return None
    phrase, day = found
    moment = datetime.combine(day, datetime.min.time())
    return Published(
        value=f"{day}/..", basis="derived", span=phrase.span, rule=f"{phrase.rule} < not-before", moment=moment,
        phrase=phrase,
    )  # fmt: skip


def month_and_weekday(phrases: Sequence[Phrase]) -> Published | None:
    """«ديسمبر 2016» in the date line and «أمس الاثنين» in the text: the first such day after all days named."""
    months = [
        p for p in phrases if isinstance(p.meaning, Moment) and p.meaning.year and p.meaning.month and not p.meaning.day
    ]
    weekdays = [p.meaning for p in phrases if isinstance(p.meaning, Counted) and p.meaning.weekday]
    if not months or not weekdays or months[0].span.start > HEAD or months[0].meaning.hijri:  # type: ignore[union-attr]  # a Moment, see above
        return None
    month = months[0].meaning
    if not (isinstance(month, Moment) and month.year and month.month):
        return None
    weekday = (weekdays[0].weekday or 1) - weekdays[0].sign * int(weekdays[0].amounts[0][0] or 0)
    latest = since(phrases)
    start = date(month.year, month.month, 1)
    day = max(start, latest[1]) if latest and (latest[1].year, latest[1].month) == (month.year, month.month) else None
    if day is None:
        return None
    day += timedelta(days=(weekday - day.isoweekday()) % 7)
    if (day.year, day.month) != (month.year, month.month):
        return None
    return Published(
        value=day.isoformat(), basis="derived", span=months[0].span, rule=f"{months[0].rule} < derived",
        moment=datetime.combine(day, datetime.min.time()), phrase=months[0],
    )  # fmt: skip


def written(published: datetime, phrases: Sequence[Phrase], told: Callable[[Phrase], bool]) -> datetime:
    """The moment of writing: published, or the nearest day whose weekday is the one that the text calls today.

    A paper of the next morning is out the evening before, but what it has `told` of today lies behind.
    """
    votes: dict[int, int] = {}
    behind: set[int] = set()
    for phrase in phrases:
        meaning = phrase.meaning
        if isinstance(meaning, Counted) and meaning.weekday and meaning.base == "publication":
            number = meaning.amounts[0][0] or 0
            today = (meaning.weekday - meaning.sign * int(number) - 1) % 7 + 1
            votes[today] = votes.get(today, 0) + 1
            if number == 0 and told(phrase):
                behind.add(today)
        elif isinstance(meaning, Moment) and meaning.weekday and meaning.mod == "BEFORE":  # «وقت سابق من يوم الاثنين»
            votes[meaning.weekday] = votes.get(meaning.weekday, 0) + 1
    if not votes:
        return published
    today = max(votes, key=lambda day: (votes[day], -day))
    back = (published.isoweekday() - today) % 7
    shift = timedelta(days=1) if back == 6 and today not in behind else -timedelta(days=back)
    try:
        return published + shift
    except OverflowError:
        return published


def on_feast(anchor: datetime, phrases: Sequence[Phrase], text: str, context: Context) -> datetime:
    """The moment of writing where «هذا اليوم، أول أيام عيد الفطر» shows it to be a day of the week before."""
    for today, feast in pairwise(phrases):
        if "feast" not in feast.rule or today.meaning != TODAY:
            continue
        if text[today.span.end : feast.span.start].strip(" ،,(-–"):
            continue
        answer = resolve(feast.meaning, context)
        day = day_of(answer.when) if answer is not None and answer.when is not None else None
        if day is not None and 0 < (anchor.date() - day).days < WEEK:
            return datetime.combine(day, datetime.min.time())
    return anchor


TODAY = Counted(amounts=((0, "D"),), sign=1)
WEEK = 7


__all__ = ["Published", "from_text", "month_and_weekday", "not_before", "on_feast", "read_date", "since", "written"]
