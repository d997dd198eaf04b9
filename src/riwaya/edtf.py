"""Dates with their uncertainty, as EDTF (ISO 8601-2:2019, levels 0 to 2).

`of_timex` writes the value of a temporal expression as EDTF; `bounds` gives the first and last day it can mean.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

__all__ = ["bounds", "is_valid", "of_timex"]

_YEAR = r"-?(?:\d{4}|\d{3}X|\d{2}XX|XXXX)"
_MONTH = r"(?:0[1-9]|1[0-2]|XX|2[1-4]|3[3-9]|4[01])"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|XX)"
_TIME = r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-]\d\d:\d\d)?"
_DATE = rf"{_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?"
_POINT = re.compile(rf"(?:{_DATE}[~?%]?|\d{{4}}-\d\d-\d\d{_TIME})")
_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_PARTS = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36", "H1": "40", "H2": "41"}
_MONTHS_OF = {
    "21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 14), "33": (1, 3), "34": (4, 6), "35": (7, 9),
    "36": (10, 12), "40": (1, 6), "41": (7, 12),
}  # fmt: skip


def is_valid(text: str) -> bool:
    """Is this EDTF as riwaya writes it: a date, a time, or an interval of them with an open or unknown end?

    >>> is_valid("2015-05-21"), is_valid("198X"), is_valid("2015-05/.."), is_valid("2015-13")
    (True, True, True, False)
    """
    ends = text.split("/")
    if len(ends) > 2 or (len(ends) == 2 and not any(end not in ("", "..") for end in ends)):
        return False
    return all((end in ("", "..") and len(ends) == 2) or _is_point(end) for end in ends)


def _is_point(text: str) -> bool:
    if not _POINT.fullmatch(text):
        return False
    found = re.fullmatch(r"(-?\d{4})-(\d\d)-(\d\d)(?:[~?%]|T.*)?", text)
    if not found:
        return True
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    return month <= 12 and day <= monthrange(year if 1 <= year <= 9999 else 2000, month)[1]


@lru_cache(maxsize=5_000)
def of_timex(value: str, mod: str | None = None, wide: bool = False) -> str | None:
    """The EDTF form of a TIMEX3 value; None when it has none («now», a duration, a weekday of no week).

    >>> of_timex("2015-05", "END", wide=True), of_timex("2015-05", "MID"), of_timex("198"), of_timex("2012-SU")
    ('2015-05-21/2015-05-31', '2015-05-15~', '198X', '2012-22')
    >>> of_timex("2017-03-02T15:59"), of_timex("2015-08-05TNI"), of_timex("2015-W33"), of_timex("P3D")
    ('2017-03-02T15:59:00', '2015-08-05', '2015-08-10/2015-08-16', None)

    A beginning, middle or end in the singular is a day or month about which one is not sure; in the plural
    («أوائل», `wide`) a third of the period.
    """
    if "/" in value:
        ends = [of_timex(end) for end in value.split("/")]
        if len(ends) != 2 or None in ends or any("/" in (end or "") for end in ends):
            return _joined(ends)
        return f"{ends[0]}/{ends[1]}"
    if mod in ("START", "MID", "END"):
        return _part(value, mod, wide) or of_timex(value)
    plain = _plain(value)
    if plain is None or not is_valid(plain):
        return None
    return plain + "~" if mod == "APPROX" and "T" not in plain and "/" not in plain else plain


def _joined(ends: list[str | None]) -> str | None:
    """An interval whose ends are themselves intervals: from the start of the first to the end of the second."""
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    return f"{ends[0].split('/')[0]}/{ends[1].split('/')[-1]}"


def _plain(value: str) -> str | None:
    if len(value) in (4, 7, 10) and value.replace("-", "").isdecimal():
        return value
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
        first, last = (5, 6) if found[3] else (0, 6)
        if monday > date.max - timedelta(days=6):
            return None
        return f"{monday + timedelta(days=first)}/{monday + timedelta(days=last)}"
    if found := re.fullmatch(r"(\d{4}|XXXX)-(SP|SU|FA|WI|Q[1-4]|H[12])", value):
        return f"{found[1]}-{(_SEASONS | _PARTS)[found[2]]}"
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\d)T(MO|MI|AF|EV|NI)", value):
        return found[1]
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\d)T24(?::00)?", value):
        try:
            return f"{date.fromisoformat(found[1]) + timedelta(days=1)}T00:00:00"
        except (ValueError, OverflowError):
            return None
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d)(?::(\d\d))?(?::(\d\d))?(Z|[+-]\d\d:\d\d)?", value):
        return f"{found[1]}T{found[2]}:{found[3] or '00'}:{found[4] or '00'}{found[5] or ''}"
    if re.fullmatch(r"\d{3}", value):
        return f"{value}X"
    if re.fullmatch(r"\d{2}", value):
        return f"{value}XX"
    if found := re.fullmatch(r"BC(\d{4})", value):
        return f"-{int(found[1]) - 1:04}" if int(found[1]) > 1 else "0000"
    if re.fullmatch(rf"{_DATE}", value):
        return value
    return None


def _part(value: str, mod: str, wide: bool) -> str | None:
    which = ("START", "MID", "END").index(mod)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        last = monthrange(int(found[1]), int(found[2]))[1] if int(found[1]) else 28
        if not wide:
            return f"{value}-{(1, 15, last)[which]:02}~"
        low, high = ((1, 10), (11, 20), (21, last))[which]
        return f"{value}-{low:02}/{value}-{high:02}"
    if re.fullmatch(r"\d{4}", value):
        if not wide:
            return f"{value}-{(1, 7, 12)[which]:02}~"
        low, high = ((1, 4), (5, 8), (9, 12))[which]
        return f"{value}-{low:02}/{value}-{high:02}"
    if re.fullmatch(r"\d{3}", value):
        low, high = ((0, 3), (4, 6), (7, 9))[which]
        return f"{value}{low}/{value}{high}"
    if re.fullmatch(r"\d{2}", value):
        low, high = ((0, 33), (34, 66), (67, 99))[which]
        return f"{value}{low:02}/{value}{high:02}"
    return None


def bounds(text: str) -> tuple[date | None, date | None]:
    """The first and last day that an EDTF value can mean; None for an open, unknown or unnamed end.

    >>> bounds("2015-05")
    (datetime.date(2015, 5, 1), datetime.date(2015, 5, 31))
    >>> bounds("2016-05-03/..")
    (datetime.date(2016, 5, 3), None)
    """
    ends = text.split("/")
    first = _edges(ends[0])
    last = _edges(ends[-1])
    return first[0], last[1]


def _edges(text: str) -> tuple[date | None, date | None]:
    found = re.fullmatch(r"(\d[\dX]{3})(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T.*)?[~?%]?", text)
    if not found:
        return None, None
    low, high = int(found[1].replace("X", "0")), int(found[1].replace("X", "9"))
    if not 1 <= low <= high <= 9999:
        return None, None
    if found[2] in (None, "XX"):
        return date(low, 1, 1), date(high, 12, 31)
    if found[2] in _MONTHS_OF:
        first, last = _MONTHS_OF[found[2]]
        year, month = high + (last - 1) // 12, (last - 1) % 12 + 1
        return date(low, first, 1), date(year, month, monthrange(year, month)[1]) if year <= 9999 else None
    month = int(found[2])
    if not 1 <= month <= 12:
        return None, None
    if found[3] in (None, "XX"):
        return date(low, month, 1), date(high, month, monthrange(high, month)[1])
    try:
        return date(low, month, int(found[3])), date(high, month, int(found[3]))
    except ValueError:
        return None, None
