"""From what the words say to a value, with the help of the date of the document and of what was said before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from riwaya import edtf
from riwaya.lang.ar import hijri
from riwaya.stages.dates.answer import Answer, Context, answer, day_of, interval, iso, of_day
from riwaya.stages.dates.calendar import add_days, easter, valid
from riwaya.stages.dates.context import far
from riwaya.stages.dates.fields import (
    SOON,
    day_without_month,
    iso_day,
    nth_inside,
    quarter_year,
    season_year,
    weekday_alone,
    with_day,
    year_for,
)
from riwaya.stages.dates.lengths import counted_answer, cycle_answer, duration_answer, length_value
from riwaya.stages.dates.meaning import Counted, Cycle, Duration, Every, Meaning, Moment, Range, Vague, replace

__all__ = ["resolve"]

WEEK = 7
JUST_GONE = 60
"""A Hijri month or day that began so few days ago is meant, and not that of the next year."""


def resolve(meaning: Meaning, context: Context) -> Answer | None:
    """The answer for a meaning; None when the words make no possible date."""
    match meaning:
        case Moment():
            return moment_answer(meaning, context)
        case Cycle(of=None):
            return cycle_answer(meaning, context)
        case Cycle():
            return same_month(meaning, context)
        case Counted():
            return counted_answer(meaning, context)
        case Duration():
            return duration_answer(meaning, context)
        case Range():
            return span_answer(meaning, context)
        case Every():
            return every_answer(meaning, context)
        case Vague():
            return vague_answer(meaning, context)


def same_month(cycle: Cycle, context: Context) -> Answer | None:
    """«الشهر نفسه من العام الماضي»: of the year named the month spoken of last."""
    year = resolve(cycle.of, context) if cycle.of is not None else None
    if year is None or year.when is None or year.when.year is None:
        return None
    if cycle.unit in ("P", "Q"):
        return same_period(cycle.unit, year.when.year, year.anchor, context)
    month = context.previous.month if context.previous is not None else None
    if month is None:
        value = f"{year.when.year:04}-XX"
        return Answer(type="DATE", value=value, edtf=edtf.of_timex(value), anchor=year.anchor)
    return answer(Moment(year=year.when.year, month=month), year.anchor)


def same_period(unit: str, year: int, anchor: str | None, context: Context) -> Answer:
    """«الفترة نفسها من العام الماضي»: the quarter, the months spoken of last, of that year; else some part of it."""
    period = context.period or ""
    value = f"{year:04}-{'QX' if unit == 'Q' else 'XX'}"
    if period and (unit == "P" or period[5:6] == "Q"):
        ends = period.split("/")
        shift = year - int(ends[-1][:4])
        value = "/".join(f"{int(end[:4]) + shift:04}{end[4:]}" for end in ends)
    return Answer(type="DATE", value=value, edtf=edtf.of_timex(value), anchor=anchor)


def moment_answer(moment: Moment, context: Context) -> Answer | None:
    given = moment.year is not None
    anchor: str | None = "explicit"
    if not given or moment.within is not None:
        anchor = context.basis if context.anchor else None
    if moment.within is not None and not isinstance(moment.within, Vague):
        base = getattr(moment.within, "base", "publication")
        if base != "publication" and context.previous is not None:
            anchor = context.previous_id
    if moment.options or (moment.weekday and moment.day and not moment.year):
        moment = best_order(moment, context)
    if moment.easter or moment.hijri or isinstance(moment.within, Vague):
        return feast_or_hijri(moment, context, anchor)
    if moment.weekend and moment.within is None and not (context.future or context.ahead):
        return Answer(type="DATE", value="XXXX-WXX-WE", mod=moment.mod)  # one that was, or any
    found = settled(moment, context)
    if found is None or (found.year or 1) > 9999:
        return None
    timed = found.hour is not None or found.part is not None
    if timed and found.year is found.month is found.weekday is found.day is None:
        return clock_answer(found, context)
    return answer(found, anchor, moment.mod, moment.wide, given)


def best_order(moment: Moment, context: Context) -> Moment:
    """Which of the readings of «02-03-2017» is meant: the weekday beside it, other dates, nearness to writing."""
    readings = [replace(moment, options=()), *moment.options]
    clock = {
        "hour": moment.hour,
        "minute": moment.minute,
        "second": moment.second,
        "zone": moment.zone,
        "part": moment.part,
    }
    readings = [replace(r, mod=moment.mod, hijri=moment.hijri or r.hijri, **clock) for r in readings]
    if moment.weekday and context.anchor and (lunar := hijri_reading(moment, readings, context.anchor.date())):
        return lunar
    if moment.weekday:
        agreeing = [r for r in readings if (d := real_day(r)) is None or d.isoweekday() == moment.weekday]
        readings = agreeing or readings
    if len({r.year for r in readings}) > 1 and context.anchor:
        now = context.anchor.date()
        return min(readings, key=lambda r: abs((real_day(r) or now) - now))
    if context.day_first is False and len(readings) > 1:
        return readings[1]
    return readings[0]


def hijri_reading(moment: Moment, readings: list[Moment], now: date) -> Moment | None:
    """«الثلاثاء 10/12» where neither is a Tuesday nearby, but the 12th of the tenth Hijri month is one."""
    today = hijri.hijri(now)
    if today is None or any(r.year or r.hijri or not (r.month and r.day) for r in readings):
        return None

    def fits(day: date | None, within: int) -> bool:
        return day is not None and day.isoweekday() == moment.weekday and abs((day - now).days) <= within

    if any(fits(day_of(replace(r, year=y)), SOON) for r in readings for y in (now.year - 1, now.year, now.year + 1)):
        return None
    for r in readings:
        for year in (today[0], today[0] - 1, today[0] + 1):
            if fits(hijri.day(year, r.month or 1, r.day or 1), SOON):
                return replace(r, year=year, hijri=True)
    return None


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri date; a month of 29 days by the tables may have had 30 by sight."""
    if day == 30 and hijri.day(year, month, 30) is None:
        last = hijri.day(year, month, 29)
        return add_days(last, 1) if last else None
    return hijri.day(year, month, day)


def real_day(moment: Moment) -> date | None:
    """The Gregorian day of full calendar fields, Hijri or not."""
    if moment.hijri and moment.year and moment.month and moment.day:
        return hijri_day(moment.year, moment.month, moment.day)
    return day_of(moment)


def settled(moment: Moment, context: Context) -> Moment | None:
    """The moment with all that can be known filled in; None when there is no such day."""
    if moment.within is not None:
        return inside(moment, context)
    if moment.weekend:
        return inside(replace(moment, within=Cycle(unit="W", step=0)), context)
    if moment.decade is not None:
        return moment if moment.decade > 99 else replace(moment, decade=190 + moment.decade)
    if moment.century is not None:
        return moment
    if moment.season and moment.year is None and moment.step == 99:
        return replace(moment, step=None)  # «الصيف»: any
    if moment.part_of_year and moment.year is None:
        return replace(moment, year=quarter_year(moment, context), step=None)
    if moment.season and moment.year is None:
        return replace(moment, year=season_year(moment, context), step=None)
    if moment.day and not moment.month:
        return day_without_month(moment, context)
    if moment.weekday and not moment.day and not moment.month:
        return weekday_alone(moment, context)
    if moment.month and moment.year is None:
        year = year_for(moment, context)
        moment = replace(moment, year=year, step=None)
    if moment.month and moment.day and not valid(moment.year, moment.month, moment.day):
        return None
    return replace(moment, step=None) if moment.step is not None else moment


def inside(moment: Moment, context: Context) -> Moment | None:
    """Fields whose larger part is itself worked out: «12 من الشهر الحالي», «آخر اثنين من آذار»."""
    if moment.within is None:
        return moment
    outer = resolve(moment.within, context)
    if outer is None:
        return None
    if outer.when is None:  # «23 من الشهر نفسه», and no month was spoken of
        return replace(moment, within=None) if moment.day and moment.nth is None else None
    base = outer.when
    bare = replace(moment, within=None)
    if moment.nth_unit == "D" and outer.edtf and "/" in outer.edtf:
        return day_inside(bare, outer.edtf)
    if moment.decade is not None and base.century is not None:
        return Moment(decade=base.century * 10 + moment.decade, mod=moment.mod)
    if moment.nth is not None:
        first, last = edtf.bounds(outer.edtf) if outer.edtf and "/" in outer.edtf and base.day else (None, None)
        return nth_inside(bare, base, (first, last) if first and last else None)
    if moment.weekend:
        return replace(base, weekend=True)
    if moment.weekday and base.nth_unit == "W" and base.year and base.nth:
        return with_day(bare, iso_day(base.year, base.nth, moment.weekday))
    if moment.part_of_year or moment.season:
        return replace(bare, year=base.year)
    if moment.hour is not None and not base.day:
        return replace(moment, within=None)
    if moment.hour is not None and base.day:
        return replace(base, hour=moment.hour, minute=moment.minute, second=moment.second, zone=moment.zone, part=None)
    filled = replace(bare, year=base.year, month=moment.month or base.month)
    if filled.day and filled.month and not valid(filled.year, filled.month, filled.day):
        return None
    return filled


def day_inside(moment: Moment, interval: str) -> Moment | None:
    """The n-th day of a period that is known by its first and last day: «آخر يوم من رمضان»."""
    first, last = edtf.bounds(interval)
    if first is None or last is None or moment.nth is None:
        return None
    day = last if moment.nth == -1 else add_days(first, moment.nth - 1)
    return with_day(moment, day if day and day <= last else None)


def clock_answer(moment: Moment, context: Context) -> Answer | None:
    """A clock time alone: of the day that its paragraph or else the text has named, if it is but one; else of no day.

    A part of the day or a span of hours alone is of a day that the paragraph has named, or of none: «ليلا» is often
    said of every night, and a span of hours of every day. An hour of a diary or of a time zone, as
    agencies write it, is of the day of writing.
    """
    general = context.habit or (context.day is None and (moment.hour is None or context.span or context.edge))
    if general and not context.ahead:
        return Answer(type="TIME", value=iso(moment) if moment.hour is None else clock_alone(moment), mod=moment.mod)
    if context.day is not None:
        day, anchor = context.day, context.day_id
    elif moment.zone != "Z" and (told := only_day(context)) is not None:
        day, anchor = of_day(told), context.basis
    elif context.anchor is not None and (context.ahead or moment.zone is not None):
        now = context.anchor
        if context.ahead and moment.hour is not None and moment.part is None and moment.hour <= 12 and context.timed:
            here = now.replace(hour=moment.hour % 24, minute=moment.minute or 0, second=0)
            if here < now and moment.hour <= 12:
                moment = replace(moment, hour=moment.hour % 12 + 12)
        day, anchor = of_day(now.date()), context.basis
    else:
        return Answer(type="TIME", value=clock_alone(moment), mod=moment.mod, when=None)
    both = replace(
        day, hour=moment.hour, minute=moment.minute, second=moment.second, zone=moment.zone, part=moment.part
    )
    if moment.hour is not None:
        both = replace(both, part=None)
    return answer(both, anchor, moment.mod)


def only_day(context: Context) -> date | None:
    """The day that an article tells of, if it has named but one, in the days around that of writing.

    What is announced comes behind no day that is over.
    """
    if context.anchor is None or context.ahead or len(context.days) != 1:
        return None
    (day,) = context.days
    gone = (context.anchor.date() - day).days
    return day if abs(gone) < WEEK and not (context.future and gone > 0) else None


def clock_alone(moment: Moment) -> str:
    """An hour of no day: «T15:59»."""
    return iso(moment).replace("XXXX-XX-XX", "")


def feast_or_hijri(moment: Moment, context: Context, anchor: str | None) -> Answer | None:
    if moment.easter:
        year = moment.year or (year_of_within(moment, context)) or (context.anchor.year if context.anchor else None)
        return answer(of_day(easter(year)), anchor) if year and 1583 <= year <= 4099 else None
    if isinstance(moment.within, Vague) or (moment.hijri and isinstance(moment.within, Cycle) and moment.month):
        return feast(moment, context, anchor)
    if moment.century is not None:
        first, last = hijri.year(100 * moment.century + 1), hijri.year(100 * moment.century + 100)
        return interval(first[0], last[1], anchor, moment.mod) if first and last else None
    if moment.decade is not None:
        first, last = hijri.year(10 * moment.decade), hijri.year(10 * moment.decade + 9)
        return interval(first[0], last[1], anchor, moment.mod) if first and last else None
    if not moment.month:
        return hijri_period(hijri.year(moment.year or 0), moment, anchor)
    year = moment.year or hijri_year_for(moment, context)
    if year is None:
        return None
    if moment.year and moment.year >= 1600:  # «رمضان 2019»: the one of that Gregorian year
        return feast(moment, context, anchor)
    if moment.day is None:
        return hijri_period(hijri.month(year, moment.month), replace(moment, year=year), anchor)
    day = hijri_day(year, moment.month, moment.day)
    if day is None:
        return None
    if moment.weekday and (moment.weekday - day.isoweekday()) % 7 in (1, 6):  # a month seen a day sooner or later
        day = add_days(day, 1 if (moment.weekday - day.isoweekday()) % 7 == 1 else -1) or day
    clock = {"hour": moment.hour, "minute": moment.minute, "second": moment.second, "zone": moment.zone}
    part = moment.part if moment.hour is None else None
    return answer(replace(of_day(day), part=part, **clock), anchor, moment.mod, moment.wide, moment.year is not None)


def year_of_within(moment: Moment, context: Context) -> int | None:
    if moment.within is None or isinstance(moment.within, Vague):
        return None
    outer = resolve(moment.within, context)
    return outer.when.year if outer and outer.when else None


def feast(moment: Moment, context: Context, anchor: str | None) -> Answer | None:
    """A day or month of the Hijri year that falls in a Gregorian one, or of the Gregorian year itself."""
    year = moment.year or year_of_within(moment, context)
    if year is None or moment.month is None:
        return None
    if not moment.hijri:
        return answer(Moment(year=year, month=moment.month, day=moment.day), anchor)
    if isinstance(moment.within, Vague) and moment.within.value == "HIJRI_YEAR":
        day = hijri.day(year, moment.month, moment.day or 1)
        return answer(of_day(day), anchor) if day else None
    for candidate in range(year - 580, year - 576):
        if (day := hijri.day(candidate, moment.month, moment.day or 1)) and day.year == year:
            if moment.day is None:
                return hijri_period(hijri.month(candidate, moment.month), moment, anchor)
            return answer(of_day(day), anchor)
    return None


def hijri_period(days: tuple[date, date] | None, moment: Moment, anchor: str | None) -> Answer | None:
    return interval(*days, anchor, moment.mod) if days is not None else None


def hijri_year_for(moment: Moment, context: Context) -> int | None:
    if context.anchor is None or (today := hijri.hijri(context.anchor.date())) is None or moment.month is None:
        return None
    now = context.anchor.date()
    starts = [(y, d) for y in range(today[0] - 2, today[0] + 3) if (d := hijri.day(y, moment.month, moment.day or 1))]
    if moment.weekday and moment.step is None and context.future:
        agreeing = [(abs(d - now), y) for y, d in starts if d.isoweekday() == moment.weekday]
        if agreeing:
            return min(agreeing)[1]
    length = 0 if moment.day else 29
    before = (
        [y for y, d in starts if d <= now]
        if moment.step != -1
        else [y for y, d in starts if d + timedelta(days=length) < now]
    )
    after = [(y, d) for y, d in starts if d > now]
    if moment.step == 0:
        return today[0]
    if moment.step is not None and moment.step > 0:
        return after[moment.step - 1][0] if len(after) >= moment.step else None
    soon = bool(after) and (after[0][1] - now).days <= SOON and moment.step is None
    running = bool(before) and (now - dict(starts)[before[-1]]).days <= length
    far = bool(before) and (now - dict(starts)[before[-1]]).days <= JUST_GONE
    if after and not running and (((context.future or context.ahead) and not far) or soon):
        return after[0][0]
    return before[-1] if before else None


def span_answer(span: Range, context: Context) -> Answer | None:
    """A range, whose ends are resolved one after the other."""
    outer, context.span = context.span, True
    try:
        return both_ends(span, context)
    finally:
        context.span = outer


def both_ends(span: Range, context: Context) -> Answer | None:
    span = afternoon(span)
    low = resolve(span.low, context)
    before = context.previous, context.previous_id
    if low is not None and low.when is not None and low.type == "DATE":
        context.previous, context.previous_id = low.when, low.anchor  # «حتى 14 من الشهر نفسه»
    if (same := same_hijri_month(span)) is not None:
        span = replace(span, high=same)
    high = resolve(span.high, context)
    context.previous, context.previous_id = before
    end, start = span.high, low and low.when and day_of(low.when)
    yearless = isinstance(end, Moment) and end.month is not None and not end.year and end.within is None
    reversed_ = start and high and high.when and (found := day_of(high.when)) and found < start
    if start and isinstance(end, Moment) and yearless and (end.step == 1 or (reversed_ and end.step is None)):
        now, context.anchor = context.anchor, datetime.combine(start, datetime.min.time())
        high = resolve(replace(end, step=1), context)  # «من 29 شعبان إلى 8 رمضان القادم»: the one after the start
        context.anchor = now
    if low is None or high is None or "REF" in low.value + high.value:
        return None
    low = same_year(span, low, high)
    first, last = low.value.split("/")[0], high.value.split("/")[-1]
    if (
        low.when is not None
        and high.when is not None
        and (a := day_of(low.when))
        and (b := day_of(high.when))
        and a > b
    ):
        if isinstance(span.low, Moment) and span.low.weekday and isinstance(span.high, Moment) and span.high.weekday:
            moved = add_days(b, 7)
            if moved is None:
                return None
            high = answer(of_day(moved), high.anchor)
            last = high.value
        else:
            return None
    if low.when and high.when and day_of(low.when) == day_of(high.when) and clock_of(high.when) < clock_of(low.when):
        later = add_days(day_of(high.when) or date.min, 1)  # «من الثامنة مساء حتى الثانية ليلا»
        if day_of(high.when) is not None and later is not None:
            high = answer(replace(high.when, year=later.year, month=later.month, day=later.day), high.anchor)
            last = high.value
    if isinstance(span.high, Moment) and high.when and high.when.year and len(first) == len(last) == 7 and last < first:
        last = f"{high.when.year + 1:04}{last[4:]}"  # «من نوفمبر إلى مارس»
    timed = low.type == "TIME" or high.type == "TIME"
    sooner, later = day_of(low.when), day_of(high.when)
    if sooner and later and sooner > later:
        return None
    value = f"{first}/{last}"
    return Answer(
        type="TIME" if timed else "DATE", value=value, mod=span.mod, edtf=edtf.of_timex(value), anchor=low.anchor,
        when=high.when,
    )  # fmt: skip


def same_year(span: Range, low: Answer, high: Answer) -> Answer:
    """The 28 June of «28 يونيو وحتى 2 يوليو», of the year that the second end is in."""
    first, second, ends = low.when, high.when, (span.low, span.high)
    if not all(isinstance(end, Moment) and end.month and not end.year and not end.hijri for end in ends):
        return low
    if first is None or second is None or not first.year or not second.year or first.year >= second.year:
        return low
    sooner = (first.month or 0, first.day or 0) <= (second.month or 0, second.day or 0)
    return answer(replace(first, year=second.year), low.anchor, low.mod) if sooner else low


def same_hijri_month(span: Range) -> Moment | None:
    """The 25 of «من 3 رجب إلى 25 منه»: the calendar of the one is that of the other."""
    low, high = span.low, span.high
    if not (isinstance(low, Moment) and isinstance(high, Moment)) or not (low.hijri and low.month and high.day):
        return None
    if not isinstance(high.within, Cycle) or high.within.unit != "M" or high.within.base == "publication":
        return None
    return replace(low, day=high.day, weekday=high.weekday)


def afternoon(span: Range) -> Range:
    """«من الساعة 5 مساء إلى الساعة 10»: what follows an hour of the afternoon is one, if that is later."""
    low, high = span.low, span.high
    if not (isinstance(low, Moment) and isinstance(high, Moment)) or low.hour is None or high.hour is None:
        return span
    plain = low.part is not None and high.part is None and high.zone is None and high.within is None
    if plain and high.hour <= 12 and high.hour < low.hour < high.hour + 12 <= 24:
        return replace(span, high=replace(high, hour=(high.hour + 12) % 24))
    return span


def clock_of(moment: Moment) -> tuple[int, int]:
    """Hour and minute, for comparing; a part of the day has those it begins with, what says no hour comes last."""
    return (BEGINS.get(moment.part or "", 25), 0) if moment.hour is None else (moment.hour, moment.minute or 0)


BEGINS = {"MO": 4, "MI": 11, "AF": 13, "EV": 17, "NI": 19, "24": 24}
"""The hour at which a part of the day begins."""


def every_answer(every: Every, context: Context) -> Answer:
    if every.moment is None:
        return Answer(type="SET", value=length_value(every.amounts))
    moment = every.moment
    if moment.weekend:
        return Answer(type="SET", value="XXXX-WXX-WE")
    if moment.season or (moment.month and not moment.day):
        known = moment.season or (None if moment.hijri else f"{moment.month:02}")
        return Answer(type="SET", value=f"XXXX-{known}" if known else "P1Y")
    if moment.month and moment.day:
        return Answer(type="SET", value=f"XXXX-{moment.month:02}-{moment.day:02}")
    if moment.weekday or moment.day:
        return Answer(type="SET", value=iso(Moment(weekday=moment.weekday, day=moment.day)))
    return Answer(
        type="SET", value=f"XXXX-XX-XXT{'24:00' if moment.part == '24' else moment.part}" if moment.part else "P1Y"
    )


def lies_ahead(context: Context) -> bool:
    """Is the time spoken of last to come?"""
    then = context.previous
    if then is None or context.anchor is None or then.year is None or then.bc:
        return False
    now = context.anchor.date()
    return (then.year, then.month or 1) > (now.year, now.month if then.month else 1)


def vague_answer(vague: Vague, context: Context) -> Answer | None:
    now = context.anchor.date().isoformat() if context.anchor else None
    if vague.value == "THOSE_DAYS":
        vague = replace(vague, value="FUTURE_REF" if context.future else "PAST_REF")
    if vague.value != "PREVIOUS":
        forms = {"PRESENT_REF": now, "PAST_REF": now and f"/{now}", "FUTURE_REF": now and f"{now}/"}
        return Answer(
            type="DATE",
            value=vague.value,
            mod=vague.mod,
            edtf=forms.get(vague.value),
            anchor=context.basis if now else None,
        )
    if (
        context.previous is None
        or not context.told
        or far(context)
        or (context.anchor and day_of(context.previous) == context.anchor.date())
    ):
        coming = context.future or (not far(context) and lies_ahead(context))
        return Answer(type="DATE", value="FUTURE_REF" if coming else "PAST_REF")  # «حينها» is not now
    if context.anchor and (known := day_of(context.previous)) is not None and known > context.anchor.date():
        return Answer(type="DATE", value="XXXX-XX-XX")  # then, and whether what lies ahead is meant is not said
    if context.previous_period is not None:
        value, form = context.previous_period
        return Answer(type="DATE", value=value, edtf=form, anchor=context.previous_id)
    return answer(
        replace(context.previous, hour=None, minute=None, second=None, part=None, zone=None), context.previous_id
    )
