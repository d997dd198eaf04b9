"""The Hijri calendar as days of the Gregorian one.

The tables of Umm al-Qura reach from 1343 to 1500 AH (1924 to 2077 CE). Before and after them the arithmetic calendar is
used, which has months of 30 and 29 days by turns and eleven leap years in thirty: it is right to a day or two.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from hijridate import Gregorian, Hijri

FIRST_YEAR, LAST_YEAR = 1343, 1500
"""Of the tables."""
LATEST = 1600
BEFORE_THE_FIRST = 227014
"""The day before the first of Muharram of the year 1, counted from the first of January of the year 1."""


@lru_cache(maxsize=20_000)
def day(year: int, month: int, number: int) -> date | None:
    """The Gregorian day of a Hijri date; None when there is no such day.

    >>> day(1436, 10, 26), day(1229, 2, 2)
    (datetime.date(2015, 8, 11), datetime.date(1814, 1, 24))
    >>> day(1436, 13, 1) is None
    True
    """
    if not 1 <= year <= LATEST or not 1 <= month <= 12 or not 1 <= number <= 30:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return arithmetic(year, month, number)
    try:
        converted = Hijri(year, month, number).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(converted.year, converted.month, converted.day)


def arithmetic(year: int, month: int, number: int) -> date | None:
    """The Gregorian day of a date of the arithmetic calendar; None when there is no such day.

    >>> arithmetic(1, 1, 1), arithmetic(1436, 10, 26)
    (datetime.date(622, 7, 19), datetime.date(2015, 8, 12))
    """
    leap = (11 * year + 14) % 30 < 11
    if number > 29 + (month % 2 or (month == 12 and leap)):
        return None
    days = 354 * (year - 1) + (11 * year + 3) // 30 + 29 * (month - 1) + month // 2 + number
    return date.fromordinal(BEFORE_THE_FIRST + days)


def month(year: int, number: int) -> tuple[date, date] | None:
    """The first and last Gregorian day of a Hijri month.

    >>> month(1436, 9)
    (datetime.date(2015, 6, 18), datetime.date(2015, 7, 16))
    """
    first = day(year, number, 1)
    last = day(year, number, 30) or day(year, number, 29)
    return (first, last) if first and last else None


def year(number: int) -> tuple[date, date] | None:
    """The first and last Gregorian day of a Hijri year."""
    first, last = month(number, 1), month(number, 12)
    return (first[0], last[1]) if first and last else None


@lru_cache(maxsize=20_000)
def hijri(of: date) -> tuple[int, int, int] | None:
    """Year, month and day of a Gregorian day; None beyond the tables.

    >>> hijri(date(2015, 8, 11))
    (1436, 10, 26)
    """
    try:
        converted = Gregorian(of.year, of.month, of.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return converted.year, converted.month, converted.day
