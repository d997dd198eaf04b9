"""Places and sizes of what the pages draw, in the units of an SVG view box."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil

from msgspec import Struct

MOST_COLUMNS = 120
EDGE = 0.055
"""Half the width of a date under an axis: a tick nearer to an end than that would stand outside or on its neighbour."""


class Column(Struct, frozen=True, kw_only=True):
    """A column of a small chart over time; `x`, `width` and `height` are shares of the whole, 0..1."""

    first: str
    last: str
    count: int
    x: float
    width: float
    height: float


def day_of(value: str) -> date | None:
    """The first day that an EDTF date may mean, None where it means none.

    >>> day_of("2019-03-05T09:10"), day_of("2019-03"), day_of("2019"), day_of("XXXX-08")
    (datetime.date(2019, 3, 5), datetime.date(2019, 3, 1), datetime.date(2019, 1, 1), None)
    """
    parts = value[:10].split("T")[0].split("-")
    try:
        year, month, day = (int(p) for p in (*parts, "1", "1")[:3])
        return date(year, month, day)
    except ValueError:
        return None


def columns(days: Mapping[str, int]) -> list[Column]:
    """Counts by day as columns, several days to one where there are many."""
    counts: dict[date, int] = {}
    for text, count in days.items():
        if day := day_of(text):
            counts[day] = counts.get(day, 0) + count
    if not counts:
        return []
    first, last = min(counts), max(counts)
    span = (last - first).days + 1
    step = -(-span // MOST_COLUMNS)
    number = -(-span // step)
    totals = [0] * number
    for day, count in counts.items():
        totals[(day - first).days // step] += count
    top = max(totals)
    return [
        Column(
            first=(first + timedelta(days=k * step)).isoformat(),
            last=min(last, first + timedelta(days=(k + 1) * step - 1)).isoformat(),
            count=count,
            x=round(k / number, 5),
            width=round(1 / number, 5),
            height=round(count / top, 4),
        )
        for k, count in enumerate(totals)
    ]


# --- time ----------------------------------------------------------------------------------------------------------

_TIME = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d))?")


class Extent(Struct, frozen=True):
    """A stretch of time in days since the year 1, from the first moment a date may mean to the last."""

    first: float
    last: float


def extent(value: str | None) -> Extent | None:
    """What an EDTF or TIMEX3 date covers; None where it is not known.

    >>> day = extent("2019-03-05")
    >>> month = extent("2019-03")
    >>> day.last - day.first, month.last - month.first, extent("XXXX-08")
    (1.0, 31, None)
    """
    if not value:
        return None
    parts = [_one(part) for part in value.split("/")[:2]]
    known = [part for part in parts if part]
    return Extent(known[0].first, known[-1].last) if known else None


def _one(value: str) -> Extent | None:
    found = _TIME.match(value)
    if not found:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 1, month or 1, day or 1).toordinal()
        if day is not None:
            at = None if hour is None else (hour * 60 + (minute or 0)) / 1440
            return Extent(first, first + 1.0) if at is None else Extent(first + at, first + at)
        if month is not None:
            return Extent(first, first + monthrange(year or 1, month)[1])
        return Extent(first, date(year or 1, 12, 31).toordinal() + 1.0)
    except ValueError:
        return None


class Axis(Struct, frozen=True):
    """A line of time from one day to another; left is early, whatever the direction of the page."""

    first: float
    last: float

    def at(self, day: float) -> float:
        """Where a day is, 0..1."""
        return round(min(1.0, max(0.0, (day - self.first) / (self.last - self.first))), 5)

    def ticks(self, most: int = 8) -> list[Tick]:
        """Days, months or years with their names, at most so many."""
        span = self.last - self.first
        step = max(1, int(-(-span // most)))
        size = 10 if span < 700 else 7 if span < 3650 else 4
        made = [
            Tick(self.at(day), date.fromordinal(day).isoformat()[:size])
            for day in range(ceil(self.first), int(self.last) + 1, step)
        ]
        return [tick for tick in made if EDGE <= tick.x <= 1 - EDGE] or made[:1]


class Tick(Struct, frozen=True):
    x: float
    label: str


def axis(extents: list[Extent], margin: float = 0.03) -> Axis | None:
    """A line of time that holds all of them; None where there are none."""
    if not extents:
        return None
    first, last = min(e.first for e in extents), max(e.last for e in extents)
    room = max((last - first) * margin, 0.5)
    return Axis(max(1.0, first - room), last + room)
