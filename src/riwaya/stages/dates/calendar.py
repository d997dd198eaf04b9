"""Arithmetic of the calendar: days, weeks, months, and the first and last day of a period."""

from __future__ import annotations

from calendar import isleap
from datetime import date, datetime, timedelta

SECONDS = {"TH": 3600, "TM": 60, "TS": 1}
UNITS = {"D": 1, "W": 7, "NI": 1}
MONTHS = {"M": 1, "Y": 12, "DE": 120, "CE": 1200}


def add_months(day: date, months: int) -> date | None:
    """The same day of another month, or its last; None outside the years 1 to 9999.

    >>> add_months(date(2015, 3, 31), -1)
    datetime.date(2015, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, month_days(year, month + 1)))


def add_days(day: date, days: int) -> date | None:
    """Another day; None outside the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add(moment: datetime, number: float | int, unit: str) -> datetime | None:
    """A moment some units later: the units of TIMEX3, those of the clock with their T.

    >>> add(datetime(2014, 9, 1, 10, 30), -2, "W")
    datetime.datetime(2014, 8, 18, 10, 30)
    """
    try:
        if unit in SECONDS:
            return moment + timedelta(seconds=number * SECONDS[unit])
        if unit in UNITS:
            return moment + timedelta(days=number * UNITS[unit])
    except OverflowError:
        return None
    whole = add_months(moment.date(), round(number * MONTHS[unit])) if abs(number) < 10**5 else None
    return datetime.combine(whole, moment.time()) if whole else None


def month_days(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else DAYS[month - 1]


DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def valid(year: int | None, month: int, day: int) -> bool:
    """Is there such a day? Without a year the 29th of February is.

    >>> valid(2015, 2, 29), valid(None, 2, 29)
    (False, True)
    """
    return 1 <= month <= 12 and 1 <= day <= month_days(year if year and 1 <= year <= 9999 else 2000, month)


def to_weekday(day: date, weekday: int, step: int) -> date | None:
    """The nearest such weekday: step -1 before `day`, 1 after it, 0 on it or before.

    >>> to_weekday(date(2016, 12, 13), 5, -1)
    datetime.date(2016, 12, 9)
    """
    back = (day.isoweekday() - weekday) % 7
    if step == 0:
        return add_days(day, -back)
    if step < 0:
        return add_days(day, -(back or 7) + 7 * (step + 1))
    return add_days(day, (-back) % 7 or 7) if step == 1 else add_days(day, ((-back) % 7 or 7) + 7 * (step - 1))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian church (Meeus, Jones and Butcher).

    >>> easter(2013)
    datetime.date(2013, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    j, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * j - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)
