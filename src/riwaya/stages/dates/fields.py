"""The calendar fields that the words leave out: the year of «11 ديسمبر», the date of «الأربعاء»."""

from __future__ import annotations

from datetime import date, timedelta

from riwaya.stages.dates.answer import Context
from riwaya.stages.dates.calendar import add_days, add_months, month_days, to_weekday, valid
from riwaya.stages.dates.meaning import Moment, replace

__all__ = [
    "SOON",
    "day_without_month",
    "iso_day",
    "nth_inside",
    "quarter_year",
    "season_year",
    "weekday_alone",
    "with_day",
    "year_for",
]

JUST_GONE = 2
"""A month that ended so few months ago is meant, and not that of the next year, whatever the tense."""
SOON = 100
"""A day without a year is taken as coming when it lies at most so many days ahead, else as past."""


def year_for(moment: Moment, context: Context) -> int | None:
    """The year of «11 ديسمبر» or «مارس الماضي»."""
    if context.anchor is None:
        return None
    now = context.anchor.date()
    month = moment.month or 1
    if moment.step is None and moment.day and (other := context.paired) is not None:
        near = [
            (abs(d - other), y)
            for y in (other.year - 1, other.year, other.year + 1)
            if (d := safe_day(y, month, moment.day))
        ]
        return min(near)[1] if near else None
    if moment.step is None and context.year is not None and context.year < now.year:
        return context.year
    if moment.step is None and context.said is not None and context.said < now.year:
        return context.said
    if moment.step is None and moment.day and (year := context.dates.get((month, moment.day))):
        return year
    if moment.step is None and moment.day and not moment.weekday and context.event is not None:
        return context.event
    if moment.step == 0:
        return now.year
    if moment.day is None:
        passed = (now.month - month) % 12  # months since the last one; 0 is this month
        ahead = (month - now.month) % 12
        if moment.step == -1:
            return add_year(now, -(passed or 12))
        if moment.step is not None and moment.step > 0:
            return add_year(now, ahead or 12)
        coming = (context.future and passed > JUST_GONE) or context.ahead or ahead * 30 <= SOON
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
        moment,
        year=day.year,
        month=day.month,
        day=day.day,
        weekday=None,
        step=None,
        within=None,
        nth=None,
        nth_unit=None,
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


def quarter_year(moment: Moment, context: Context) -> int | None:
    """The year of «الربع الثاني»: the last such quarter that has begun."""
    if context.anchor is None or moment.part_of_year is None:
        return None
    begun = (int(moment.part_of_year[1]) - 1) * 3 < context.anchor.month
    return context.anchor.year if begun else context.anchor.year - 1


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


def iso_day(year: int, week: int, weekday: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None


def nth_inside(moment: Moment, base: Moment, days: tuple[date, date] | None = None) -> Moment | None:
    """The n-th day, weekday or week of a month, a year or some `days`; weeks of a month lie wholly in it."""
    if base.year is None or moment.nth is None or not 1 <= base.year <= 9998:
        return None
    first = days[0] if days else date(base.year, base.month or 1, 1)
    last = days[1] if days else date(base.year, base.month or 12, month_days(base.year, base.month or 12))
    if moment.nth_unit == "D":
        day = last if moment.nth == -1 else add_days(first, moment.nth - 1)
        return with_day(moment, day if day and day <= last else None)
    if moment.nth_unit == "W" and base.month is None and days is None:
        week = moment.nth if moment.nth > 0 else date(base.year, 12, 28).isocalendar().week
        return Moment(year=base.year, nth=week, nth_unit="W") if week <= 53 else None
    if moment.nth_unit == "W" and days is not None and moment.nth > 0:
        # Of a month that begins on any day of ours the week is the one that holds most of its seven days.
        year, week, _ = (first + timedelta(days=7 * moment.nth - 4)).isocalendar()
        return Moment(year=year, nth=week, nth_unit="W")
    weekday = moment.weekday or 1
    if moment.nth_unit == "or-day" and days is None and first.replace(day=moment.nth).isoweekday() == weekday:
        return with_day(moment, first.replace(day=moment.nth))
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
