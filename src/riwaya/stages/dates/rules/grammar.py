"""The grammar that the rules of this folder are added to, and the tests they share."""

from __future__ import annotations

from riwaya.lang.ar.numbers import Number
from riwaya.stages.dates.chart import Grammar
from riwaya.stages.dates.meaning import Moment

GRAMMAR = Grammar("ar/dates")
rule = GRAMMAR.rule


def year_of(text: str) -> Moment | None:
    """Four digits as a year; those of the Hijri centuries in living memory are taken as Hijri.

    >>> year_of("1436").hijri, year_of("2015").hijri, year_of("3015") is None
    (True, False, True)
    """
    if len(text) != 4:
        return None
    year = int(text)
    return Moment(year=year, hijri=1300 <= year <= 1499) if 1000 <= year <= 2199 else None


def whole(number: Number, low: int, high: int) -> int | None:
    """The value of a whole number between two bounds."""
    value = number.value
    return value if isinstance(value, int) and low <= value <= high else None


def same_calendar(month: Moment, year: Moment) -> Moment | None:
    """The year as the month reads it: a Gregorian month makes «1391» a Gregorian year, «رمضان 2019» stays one."""
    if year.year is None or month.hijri == year.hijri or (month.hijri and year.year >= 1900):
        return year
    return None if month.hijri else Moment(year=year.year)
