"""The Hijri calendar of Umm al-Qura, as days of the Gregorian one.

The tables of `hijridate` reach from 1343 to 1500 AH (1924 to 2077 CE); outside them a date is not known here.
"""

from __future__ import annotations

from datetime import date

from hijridate import Gregorian, Hijri

FIRST_YEAR, LAST_YEAR = 1343, 1500


def day(year: int, month: int, number: int) -> date | None:
    """The Gregorian day of a Hijri date; None when there is no such day.

    >>> day(1436, 10, 26)
    datetime.date(2015, 8, 11)
    >>> day(1436, 13, 1) is None
    True
    """
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12 or not 1 <= number <= 30:
        return None
    try:
        converted = Hijri(year, month, number).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(converted.year, converted.month, converted.day)


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
