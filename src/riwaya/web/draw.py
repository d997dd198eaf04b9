"""Places and sizes of what the pages draw, in the units of an SVG view box."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

MOST_COLUMNS = 120


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
