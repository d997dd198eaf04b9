"""From what the words say to a value, with the help of the date of the document and of what was said before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from riwaya import edtf
from riwaya.lang.ar import hijri
from riwaya.stages.dates.calendar import add, add_days, add_months, easter, month_days, to_weekday, valid
from riwaya.stages.dates.meaning import Calendar, Cycle, Duration, Every, Meaning, Moment, Span, Vague, replace

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
SOON = 100
"""A day without a year is taken as coming when it lies at most so many days ahead, else as past."""


class Context(Struct, kw_only=True):
    """What a value is worked out from."""

    anchor: datetime | None = None
    """The moment of writing."""
    basis: str = "publication"
    """What the anchor is: `publication`, or the id of the timex that stands in for it."""
    timed: bool = False
    """Does the anchor say the hour?"""
    future: bool = False
    """Do the words around speak of what is to come?"""
    ahead: bool = False
    """Are bare weekdays and hours ahead, as in a diary, rather than behind, as in news?"""
    year: int | None = None
    """The year that the sentence named last."""
    previous: Moment | None = None
    """The time spoken of last, and its id."""
    previous_id: str | None = None
    day: Moment | None = None
    """The day spoken of last in the same paragraph."""
    day_id: str | None = None
    day_first: bool | None = None
    """Do the document's own numbers show that the day stands before the month?"""


class Answer(Struct, frozen=True, kw_only=True):
    """A value and how it was come by."""

    type: Kind
    value: str
    mod: str | None = None
    edtf: str | None = None
    anchor: str | None = None
    when: Moment | None = None
    """The calendar fields, for what refers back to it."""
    year_given: bool = False


def resolve(meaning: Meaning, context: Context) -> Answer | None:
    """The answer for a meaning; None when the words make no possible date."""
    match meaning:
        case Moment():
            return moment_answer(meaning, context)
        case Cycle():
            return cycle_answer(meaning, context)
        case Calendar():
            return counted_answer(meaning, context)
        case Duration():
            return duration_answer(meaning, context)
        case Span():
            return span_answer(meaning, context)
        case Every():
            return every_answer(meaning, context)
        case Vague():
            return vague_answer(meaning, context)


# --- printing ------------------------------------------------------------------------------------------------------


def iso(moment: Moment) -> str:
    """The TIMEX3 value of calendar fields."""
    if moment.century is not None:
        return f"{moment.century:02}"
    if moment.decade is not None:
        return f"{moment.decade:03}"
    year = f"{moment.year:04}" if moment.year is not None else "XXXX"
    if moment.bc:
        return f"BC{year}"
    if moment.season or moment.part_of_year:
        return f"{year}-{moment.season or moment.part_of_year}"
    if moment.nth_unit == "W":
        return f"{year}-W{moment.nth:02}" + ("-WE" if moment.weekend else "")
    text = year
    if moment.month is not None:
        text += f"-{moment.month:02}"
        if moment.day is not None:
            text += f"-{moment.day:02}"
    elif moment.weekday is not None:
        text = f"XXXX-WXX-{moment.weekday}"
    elif moment.day is not None:
        text = f"XXXX-XX-{moment.day:02}"
    elif moment.year is None:
        text = "XXXX-XX-XX"
    if moment.hour is not None:
        clock = f"{moment.hour:02}:{moment.minute or 0:02}"
        clock += f":{moment.second:02}" if moment.second is not None else ""
        return f"{text}T{clock}{'Z' if moment.zone == 'Z' else ''}"
    if moment.part is not None:
        return f"{text}T{'24:00' if moment.part == '24' else moment.part}"
    return text


def of_day(day: date) -> Moment:
    return Moment(year=day.year, month=day.month, day=day.day)


def day_of(moment: Moment | None) -> date | None:
    if moment is None or moment.bc or not (moment.year and moment.month and moment.day):
        return None
    return date(moment.year, moment.month, moment.day) if valid(moment.year, moment.month, moment.day) else None


def answer(moment: Moment, anchor: str | None, mod: str | None = None, wide: bool = False, given: bool = False) -> Answer:
    value = iso(moment)
    timed = moment.hour is not None or moment.part is not None
    form = edtf.of_timex(value, mod, wide)
    if form and moment.zone and moment.zone != "Z" and "T" in form:
        form += moment.zone
    return Answer(
        type="TIME" if timed else "DATE", value=value, mod=mod, edtf=form, anchor=anchor, when=moment, year_given=given
    )


def interval(first: date, last: date, anchor: str | None, mod: str | None = None) -> Answer:
    value = f"{first}/{last}"
    return Answer(type="DATE", value=value, mod=mod, edtf=value, anchor=anchor, when=of_day(first))


# --- calendar fields -------------------------------------------------------------------------------------------------


def moment_answer(moment: Moment, context: Context) -> Answer | None:
    given = moment.year is not None
    anchor: str | None = "explicit"
    if not given or moment.within is not None:
        anchor = context.basis if context.anchor else None
    if moment.within is not None and not isinstance(moment.within, Vague):
        base = getattr(moment.within, "base", "publication")
        if base == "previous" and context.previous is not None:
            anchor = context.previous_id
    if moment.options:
        moment = best_order(moment, context)
    if moment.easter or moment.hijri or isinstance(moment.within, Vague):
        return feast_or_hijri(moment, context, anchor)
    found = settled(moment, context)
    if found is None:
        return None
    if found.hour is not None or found.part is not None:
        if found.year is None and found.month is None and found.weekday is None and found.day is None:
            return clock_answer(found, context)
    return answer(found, anchor, moment.mod, moment.wide, given)


def best_order(moment: Moment, context: Context) -> Moment:
    """Which of the readings of «02-03-2017» is meant: the weekday beside it, other dates, nearness to writing."""
    readings = [replace(moment, options=()), *moment.options]
    clock = {"hour": moment.hour, "minute": moment.minute, "second": moment.second, "zone": moment.zone, "part": moment.part}
    readings = [replace(r, mod=moment.mod, hijri=moment.hijri or r.hijri, **clock) for r in readings]
    if moment.weekday:
        agreeing = [r for r in readings if (d := day_of(r)) is None or d.isoweekday() == moment.weekday]
        readings = agreeing or readings
    if len({r.year for r in readings}) > 1 and context.anchor:
        now = context.anchor.date()
        return min(readings, key=lambda r: abs((day_of(r) or now) - now))
    if context.day_first is False and len(readings) > 1:
        return readings[1]
    return readings[0]


def settled(moment: Moment, context: Context) -> Moment | None:
    """The moment with all that can be known filled in; None when there is no such day."""
    if moment.within is not None:
        return inside(moment, context)
    if moment.decade is not None:
        return moment if moment.decade > 99 else replace(moment, decade=190 + moment.decade)
    if moment.century is not None:
        return moment
    if moment.season and moment.year is None and moment.step == 99:
        return replace(moment, step=None)  # «الصيف»: any
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


def year_for(moment: Moment, context: Context) -> int | None:
    """The year of «11 ديسمبر» or «مارس الماضي»."""
    if context.anchor is None:
        return None
    now = context.anchor.date()
    month = moment.month or 1
    if moment.step is None and context.year is not None and context.year < now.year:
        return context.year
    if moment.step == 0:
        return now.year
    if moment.day is None:
        passed = (now.month - month) % 12  # months since the last one; 0 is this month
        ahead = (month - now.month) % 12
        if moment.step == -1:
            return add_year(now, -(passed or 12))
        if moment.step is not None and moment.step > 0:
            return add_year(now, ahead or 12)
        coming = context.future or context.ahead or ahead * 30 <= SOON
        return add_year(now, ahead if coming else -passed)
    days = [(d, y) for y in range(now.year - 5, now.year + 6) if (d := safe_day(y, month, moment.day))]
    before = [y for d, y in days if d < now or (d == now and moment.step is None)]
    after = [(d, y) for d, y in days if d > now or (d == now and moment.step is None)]
    if moment.weekday:
        agreeing = [y for d, y in days if d.isoweekday() == moment.weekday and abs(y - now.year) <= 1]
        if agreeing:
            return min(agreeing, key=lambda y: abs((safe_day(y, month, moment.day or 1) or now) - now))
    if moment.step == -1:
        return before[-1] if before else None
    if moment.step is not None and moment.step > 0:
        return after[0][1] if after else None
    if month == now.month:
        return now.year
    soon = bool(after) and (after[0][0] - now).days <= SOON
    if after and (context.future or context.ahead or soon):
        return after[0][1]
    return before[-1] if before else None


def add_year(now: date, months: int) -> int | None:
    moved = add_months(now.replace(day=1), months)
    return moved.year if moved else None


def safe_day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= year <= 9999 and valid(year, month, day) else None


def weekday_alone(moment: Moment, context: Context) -> Moment | None:
    """«الأربعاء», «الجمعة الماضي», «الأحد المقبل»."""
    if context.anchor is None or moment.weekday is None:
        return moment
    now = context.anchor.date()
    if moment.step is not None and moment.step != 0:
        found = to_weekday(now, moment.weekday, moment.step)
    elif context.ahead:
        found = to_weekday(now, moment.weekday, 1)
    elif context.future:
        found = to_weekday(now - timedelta(days=1) if now > date.min else now, moment.weekday, 1)
    elif moment.step == 0:
        found = add_days(now, moment.weekday - now.isoweekday())
    else:
        found = to_weekday(now, moment.weekday, 0)
    return with_day(moment, found)


def with_day(moment: Moment, day: date | None) -> Moment | None:
    if day is None:
        return None
    return replace(
        moment, year=day.year, month=day.month, day=day.day, weekday=None, step=None, within=None, nth=None, nth_unit=None
    )


def day_without_month(moment: Moment, context: Context) -> Moment | None:
    """«الخميس 21»: the nearest month in which the 21st is a Thursday."""
    if context.anchor is None or moment.day is None:
        return moment
    now = context.anchor.date()
    for months in (0, -1, 1, -2, 2):
        start = add_months(now.replace(day=1), months)
        if start is None or not valid(start.year, start.month, moment.day):
            continue
        day = start.replace(day=moment.day)
        if moment.weekday in (None, day.isoweekday()):
            return with_day(moment, day)
    return None


SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def season_year(moment: Moment, context: Context) -> int | None:
    if context.anchor is None or moment.season is None:
        return None
    now = context.anchor.date()
    first, last = SEASON_MONTHS[moment.season]
    if moment.step == -1:
        return now.year if now.month > last else now.year - 1
    if moment.step == 1:
        return now.year if now.month < first else now.year + 1
    return now.year


# --- fields inside a larger period -----------------------------------------------------------------------------------


def inside(moment: Moment, context: Context) -> Moment | None:
    """Fields whose larger part is itself worked out: «12 من الشهر الحالي», «آخر اثنين من آذار»."""
    if moment.within is None:
        return moment
    outer = resolve(moment.within, context)
    if outer is None or outer.when is None:
        return None
    base = outer.when
    bare = replace(moment, within=None)
    if moment.decade is not None and base.century is not None:
        return Moment(decade=base.century * 10 + moment.decade, mod=moment.mod)
    if moment.nth is not None:
        return nth_inside(bare, base)
    if moment.weekend:
        return replace(base, weekend=True)
    if moment.weekday and base.nth_unit == "W" and base.year and base.nth:
        return with_day(bare, iso_day(base.year, base.nth, moment.weekday))
    if moment.part_of_year or moment.season:
        return replace(bare, year=base.year)
    if moment.hour is not None and base.day:
        return replace(base, hour=moment.hour, minute=moment.minute, second=moment.second, zone=moment.zone, part=None)
    filled = replace(bare, year=base.year, month=moment.month or base.month)
    if filled.day and filled.month and not valid(filled.year, filled.month, filled.day):
        return None
    return filled


def iso_day(year: int, week: int, weekday: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None


def nth_inside(moment: Moment, base: Moment) -> Moment | None:
    """The n-th day, weekday or week of a month or year; weeks of a month are those that lie wholly in it."""
    if base.year is None or moment.nth is None or not 1 <= base.year <= 9998:
        return None
    first = date(base.year, base.month or 1, 1)
    last = date(base.year, base.month or 12, month_days(base.year, base.month or 12))
    if moment.nth_unit == "D":
        day = last if moment.nth == -1 else add_days(first, moment.nth - 1)
        return with_day(moment, day if day and day <= last else None)
    if moment.nth_unit == "W" and base.month is None:
        week = moment.nth if moment.nth > 0 else date(base.year, 12, 28).isocalendar().week
        return Moment(year=base.year, nth=week, nth_unit="W") if week <= 53 else None
    weekday = moment.weekday or 1
    if moment.nth == -1:
        end = last if moment.weekday else last - timedelta(days=6)
        day = to_weekday(end, weekday, 0)
    else:
        start = to_weekday(first - timedelta(days=1), weekday, 1)
        day = start + timedelta(weeks=moment.nth - 1) if start else None
    if day is None or not first <= day <= last:
        return None
    if moment.nth_unit == "W":
        year, week, _ = day.isocalendar()
        return Moment(year=year, nth=week, nth_unit="W", month=None)
    return with_day(moment, day)


def clock_answer(moment: Moment, context: Context) -> Answer | None:
    """A clock time or part of day alone: of the day spoken of last, else of the day of writing."""
    if context.day is not None:
        day, anchor = context.day, context.day_id
    elif context.anchor is not None:
        now = context.anchor
        if context.ahead and moment.hour is not None and moment.part is None and moment.hour <= 12 and context.timed:
            here = now.replace(hour=moment.hour % 24, minute=moment.minute or 0, second=0)
            if here < now and moment.hour <= 12:
                moment = replace(moment, hour=moment.hour % 12 + 12)
        day, anchor = of_day(now.date()), context.basis
    else:
        value = iso(moment).replace("XXXX-XX-XX", "")
        return Answer(type="TIME", value=value, mod=moment.mod, when=None)
    both = replace(day, hour=moment.hour, minute=moment.minute, second=moment.second, zone=moment.zone, part=moment.part)
    if moment.hour is not None:
        both = replace(both, part=None)
    return answer(both, anchor, moment.mod)


# --- Hijri and feasts ------------------------------------------------------------------------------------------------


def feast_or_hijri(moment: Moment, context: Context, anchor: str | None) -> Answer | None:
    if moment.easter:
        year = moment.year or (year_of_within(moment, context)) or (context.anchor.year if context.anchor else None)
        return answer(of_day(easter(year)), anchor) if year and 1583 <= year <= 4099 else None
    if isinstance(moment.within, Vague) or (moment.hijri and isinstance(moment.within, Cycle) and moment.month):
        return feast(moment, context, anchor)
    if not moment.month:
        return hijri_period(hijri.year(moment.year or 0), moment, anchor)
    year = moment.year or hijri_year_for(moment, context)
    if year is None:
        return None
    if moment.year and moment.year >= 1600:  # «رمضان 2019»: the one of that Gregorian year
        return feast(moment, context, anchor)
    if moment.day is None:
        return hijri_period(hijri.month(year, moment.month), replace(moment, year=year), anchor)
    day = hijri.day(year, moment.month, moment.day)
    if day is None:
        return None
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
    if days is not None:
        return interval(*days, anchor, moment.mod)
    if moment.month is None and moment.year:
        # Beyond the tables a Hijri year is known to a year or so: 33 lunar years are 32 of the sun.
        return answer(Moment(year=round(moment.year * 0.970224 + 621.57)), anchor, "APPROX")
    return None


def hijri_year_for(moment: Moment, context: Context) -> int | None:
    if context.anchor is None or (today := hijri.hijri(context.anchor.date())) is None or moment.month is None:
        return None
    now = context.anchor.date()
    starts = [(y, d) for y in range(today[0] - 2, today[0] + 3) if (d := hijri.day(y, moment.month, moment.day or 1))]
    length = 0 if moment.day else 29
    before = [y for y, d in starts if d <= now] if moment.step != -1 else [y for y, d in starts if d + timedelta(days=length) < now]
    after = [(y, d) for y, d in starts if d > now]
    if moment.step == 0:
        return today[0]
    if moment.step is not None and moment.step > 0:
        return after[0][0] if after else None
    soon = bool(after) and (after[0][1] - now).days <= SOON and moment.step is None
    running = bool(before) and (now - dict(starts)[before[-1]]).days <= length
    if after and not running and (context.future or context.ahead or soon):
        return after[0][0]
    return before[-1] if before else None


# --- periods, counted days, lengths ----------------------------------------------------------------------------------


def base_of(base: str, context: Context) -> tuple[datetime | None, str | None, Moment | None]:
    """The moment that a period or a count starts from, and what to call it."""
    if base == "previous" and context.previous is not None and context.previous.year is not None:
        previous = context.previous
        day = day_of(replace(previous, month=previous.month or 1, day=previous.day or 1))
        if day is not None:
            return datetime.combine(day, datetime.min.time()), context.previous_id, previous
    return context.anchor, context.basis if context.anchor else None, None


def cycle_answer(cycle: Cycle, context: Context) -> Answer | None:
    now, anchor, previous = base_of(cycle.base, context)
    if now is None:
        return Answer(type="DATE", value=UNKNOWN[cycle.unit], mod=cycle.mod)
    if cycle.mod == "LAST_DAY":
        return last_day(cycle, now, anchor)
    if previous is not None and cycle.unit in ("D", "W") and previous.day is None and cycle.step != 0:
        return Answer(type="DATE", value=UNKNOWN[cycle.unit], mod=cycle.mod, anchor=anchor)
    found = shifted(now.date(), cycle.unit, cycle.step)
    return answer(found, anchor, cycle.mod, cycle.wide) if found else None


UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "DE": "XXX", "CE": "XX"}


def shifted(now: date, unit: str, step: int) -> Moment | None:
    """The period of a unit, `step` periods from the one that `now` lies in."""
    if unit == "D":
        day = add_days(now, step)
        return of_day(day) if day else None
    if unit == "W":
        day = add_days(now, 7 * step)
        if day is None:
            return None
        year, week, _ = day.isocalendar()
        return Moment(year=year, nth=week, nth_unit="W")
    if unit == "M":
        day = add_months(now.replace(day=1), step)
        return Moment(year=day.year, month=day.month) if day else None
    if unit == "Y":
        return Moment(year=now.year + step) if 1 <= now.year + step <= 9999 else None
    if unit == "DE":
        return Moment(decade=now.year // 10 + step)
    return Moment(century=now.year // 100 + step)


def last_day(cycle: Cycle, now: datetime, anchor: str | None) -> Answer | None:
    """The last day of the period we are in: where «بقية العام» ends."""
    today = now.date()
    match cycle.unit:
        case "W":
            day = add_days(today, 7 - today.isoweekday())
        case "M":
            day = today.replace(day=month_days(today.year, today.month))
        case "Y":
            day = today.replace(month=12, day=31)
        case _:
            return None
    return answer(of_day(day), anchor) if day else None


def counted_answer(counted: Calendar, context: Context) -> Answer | None:
    """«أمس», «بعد ذلك بثلاثة أشهر»."""
    now, anchor, previous = base_of(counted.base, context)
    if any(number is None for number, _ in counted.amounts):
        return Answer(type="DATE", value="PAST_REF" if counted.sign < 0 else "FUTURE_REF", mod=counted.mod, anchor=anchor)
    if now is None:
        if counted.weekday:
            return answer(Moment(weekday=counted.weekday, part=counted.part), None, counted.mod)
        value = "PRESENT_REF" if counted.amounts[0][0] == 0 else "PAST_REF" if counted.sign < 0 else "FUTURE_REF"
        if counted.part:
            return Answer(type="TIME", value=f"XXXX-XX-XXT{counted.part}", mod=counted.mod)
        return Answer(type="DATE", value=value, mod=counted.mod)
    for number, unit in counted.amounts:
        moved = add(now, counted.sign * (number or 0), unit)
        if moved is None:
            return None
        now = moved
    if any(unit.startswith("T") for _, unit in counted.amounts):
        return answer(Moment(year=now.year, month=now.month, day=now.day, hour=now.hour, minute=now.minute), anchor, counted.mod)
    found = replace(of_day(now.date()), part=counted.part)
    if previous is not None and previous.day is None:  # what was counted from is known to the month or the year
        coarse = max((unit for _, unit in counted.amounts), key=["D", "W", "M", "Y"].index) if all(
            unit in ("D", "W", "M", "Y") for _, unit in counted.amounts
        ) else "D"
        if previous.month is None:
            found = Moment(year=found.year)
        elif coarse in ("M", "Y"):
            found = Moment(year=found.year, month=found.month)
    return answer(found, anchor, counted.mod)


def length_value(amounts: tuple[tuple[float | int | None, str], ...]) -> str:
    """The TIMEX3 value of a length.

    >>> length_value(((1, "Y"), (2, "TH"))), length_value(((None, "D"),)), length_value(())
    ('P1YT2H', 'PXD', 'PX')
    """
    text, clock = "P", False
    for number, unit in amounts:
        if unit.startswith("T") and not clock:
            text, clock = text + "T", True
        text += ("X" if number is None else f"{number:.10g}") + {"NI": "D"}.get(unit, unit.removeprefix("T"))
    return text if amounts else "PX"


def duration_answer(length: Duration, context: Context) -> Answer:
    value = length_value(length.amounts)
    if length.most is not None:
        last = (*length.amounts[:-1], (length.most, length.amounts[-1][1]))
        return Answer(type="DURATION", value=f"{value}/{length_value(last)}", mod=length.mod)
    now, anchor, _ = base_of(length.base, context)
    form = None
    if length.direction and now is not None and length.amounts:
        form = extent(length, now)
    return Answer(type="DURATION", value=value, mod=length.mod, edtf=form, anchor=anchor if form else None)


def extent(length: Duration, now: datetime) -> str | None:
    """Where a length lies that ends or starts now: to the second for hours, by decades for decades, else by days."""
    if length.amounts[-1][1] in ("DE", "CE"):
        return decades(length, now)
    far: datetime | None = now
    for number, unit in length.amounts:
        far = add(far, length.direction * number, unit) if far and number is not None else None
    if far is None:
        return None
    if length.amounts[-1][1].startswith("T"):
        if length.point:
            return far.isoformat()[:19]
        return "/".join(sorted((far.isoformat()[:19], now.isoformat()[:19])))
    if length.point:
        return far.date().isoformat() + ("~" if length.mod == "APPROX" else "")
    if length.direction < 0:
        return f"{far.date()}/{now.date()}"
    tomorrow = add_days(now.date(), 1)
    return f"{tomorrow}/{far.date()}" if tomorrow and tomorrow <= far.date() else None


def decades(length: Duration, now: datetime) -> str | None:
    """«العقدين الماضيين» are two whole decades."""
    number, unit = length.amounts[-1]
    if not isinstance(number, int) or unit != "DE" or length.point or not 1 <= number <= 20:
        return None
    here = now.year // 10
    low, high = (here - number, here - 1) if length.direction < 0 else (here + 1, here + number)
    return f"{low:03}X/{high:03}X" if low > 0 and high < 1000 else None


def span_answer(span: Span, context: Context) -> Answer | None:
    low, high = resolve(span.low, context), resolve(span.high, context)
    if low is None or high is None or "REF" in low.value + high.value:
        return None
    first, last = low.value.split("/")[0], high.value.split("/")[-1]
    if low.when is not None and high.when is not None and (a := day_of(low.when)) and (b := day_of(high.when)) and a > b:
        if isinstance(span.low, Moment) and span.low.weekday and isinstance(span.high, Moment) and span.high.weekday:
            moved = add_days(b, 7)
            if moved is None:
                return None
            high = answer(of_day(moved), high.anchor)
            last = high.value
        else:
            return None
    timed = low.type == "TIME" or high.type == "TIME"
    value = f"{first}/{last}"
    return Answer(
        type="TIME" if timed else "DATE", value=value, edtf=edtf.of_timex(value), anchor=low.anchor, when=high.when
    )


def every_answer(every: Every, context: Context) -> Answer:
    if every.moment is None:
        return Answer(type="SET", value=length_value(every.amounts))
    moment = every.moment
    if moment.month and moment.day:
        return Answer(type="SET", value=f"XXXX-{moment.month:02}-{moment.day:02}")
    if moment.weekday:
        return Answer(type="SET", value=iso(Moment(weekday=moment.weekday)))
    return Answer(type="SET", value=f"XXXX-XX-XXT{'24:00' if moment.part == '24' else moment.part}" if moment.part else "P1Y")


def vague_answer(vague: Vague, context: Context) -> Answer | None:
    now = context.anchor.date().isoformat() if context.anchor else None
    if vague.value != "PREVIOUS":
        forms = {"PRESENT_REF": now, "PAST_REF": now and f"/{now}", "FUTURE_REF": now and f"{now}/"}
        return Answer(
            type="DATE", value=vague.value, mod=vague.mod, edtf=forms.get(vague.value), anchor=context.basis if now else None
        )
    if context.previous is None:
        return Answer(type="DATE", value="PAST_REF")
    return answer(replace(context.previous, hour=None, minute=None, second=None, part=None, zone=None), context.previous_id)


__all__ = ["Answer", "Context", "resolve"]
