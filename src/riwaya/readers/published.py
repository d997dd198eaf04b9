"""Dates of publication, as records and pages write them, in EDTF (ISO 8601-2): or nothing, when in doubt.

A day and a month that could be each other's («02-03-2017») are not guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["edtf"]

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
ISO = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?"
    r"(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
YEARS = range(1800, 2101)
"""Years of the press; 1436 is a Hijri year."""
LONGEST = 80
EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?")


def edtf(written: str) -> str | None:
    """The date in EDTF, with the precision and the zone that were written; None when it is no date or unclear.

    >>> edtf("2015-07-31 04:15:32"), edtf("2016-05"), edtf("Fri, 31 Jul 2015 04:15:32 +0300")
    ('2015-07-31T04:15:32', '2016-05', '2015-07-31T04:15:32+03:00')
    >>> edtf("31/7/2015"), edtf("02-03-2017"), edtf("2015-02-31"), edtf("أمس")
    ('2015-07-31', None, None, None)
    """
    text = written.strip().translate(DIGITS)
    if len(text) > LONGEST:
        return None
    start, slash, end = text.partition("/")
    if slash and "/" not in end and (len(start) >= 7 or start in ("", "..")) and not DAY_FIRST.fullmatch(text):
        return _interval(start, end)
    if found := ISO.fullmatch(text):
        return _checked(*found.groups())
    if found := COMPACT.fullmatch(text):
        return _checked(*found.groups())
    if found := DAY_FIRST.fullmatch(text):
        first, second, year, *clock = found.groups()
        if int(second) <= 12 and (int(first) > 12 or int(first) == int(second)):
            return _checked(year, second, first, *clock)
        return _checked(year, first, second, *clock) if int(second) > 12 else None
    if found := EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(found[1]), UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return _mail(text)


def _interval(start: str, end: str) -> str | None:
    """2016-05-03/2016-05-05, with .. for an end that is not known."""
    ends = [side if side in ("", "..") else edtf(side) for side in (start, end)]
    return None if None in ends or not any(side not in ("", "..") for side in ends) else "/".join(map(str, ends))


def _checked(
    year: str,
    month: str | None,
    day: str | None,
    hour: str | None,
    minute: str | None,
    second: str | None,
    zone: str | None = None,
) -> str | None:
    """The parts written out, when there is such a day and such an hour."""
    try:
        if int(year) not in YEARS:
            return None
        datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    date = "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    if hour is None or day is None or minute is None:
        return date if hour is None else None
    return f"{date}T{int(hour):02}:{minute}:{second or '00'}{_zone(zone)}"


def _zone(written: str | None) -> str:
    if not written:
        return ""
    if written in ("Z", "UTC", "GMT"):
        return "Z"
    digits = written[1:].replace(":", "").ljust(4, "0")
    return f"{written[0]}{digits[:2]}:{digits[2:]}"


def _mail(text: str) -> str | None:
    """The form of e-mail, HTTP and RSS: Fri, 31 Jul 2015 04:15:32 +0300."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    written = moment.isoformat(timespec="seconds")
    return written.replace("+00:00", "Z")
