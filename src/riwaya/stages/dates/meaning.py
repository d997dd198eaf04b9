"""What a temporal expression says, before anybody asks when it was written.

A meaning holds only what the words hold: «11 ديسمبر الماضي» is a day, a month and a step back. `resolve.py` turns it
into a value with the help of the date of the document.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["Counted", "Cycle", "Duration", "Every", "Meaning", "Moment", "Range", "Vague", "merged", "replace"]


class Moment(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Fields of a calendar and a clock; what is not said is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """1 is Monday."""
    nth: int | None = None
    """Which of the weekdays, weeks or days inside `within`; -1 is the last."""
    nth_unit: str | None = None
    season: str | None = None
    part_of_year: str | None = None
    """Q1 to Q4, H1 and H2."""
    weekend: bool = False
    decade: int | None = None
    """The tens digit alone (8 for the eighties) or the first three digits of the years (198)."""
    century: int | None = None
    """The first two digits of its years: 19 for the twentieth."""
    part: str | None = None
    """MO MI AF EV NI, or 24 for midnight."""
    hours: tuple[int, int] | None = None
    """The clock hours that the part of day allows."""
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str | None = None
    hijri: bool = False
    bc: bool = False
    easter: bool = False
    occasion: bool = False
    """A feast that is named, and not the day that is told of: «بمناسبة عيد الفطر»."""
    step: int | None = None
    """-1 the last that fits, 0 the one we are in, 1 the next."""
    options: tuple[Moment, ...] = ()
    """Other readings of the same digits."""
    within: Meaning | None = None
    mod: str | None = None
    wide: bool = False
    alone: int = 2
    """2: may stand alone; 1: only behind a preposition; 0: not even there (months that are also verbs or names)."""


class Cycle(Struct, frozen=True, kw_only=True, gc=False):
    """The period of a unit that lies `step` from the one we are in: «الأسبوع المقبل», «العام نفسه»."""

    unit: str
    step: int
    base: str = "publication"
    """Where «we» are: `publication`, `previous` (the time spoken of last), or `spoken` (that, else publication)."""
    mod: str | None = None
    wide: bool = False
    of: Meaning | None = None
    """The year of «الشهر نفسه من العام الماضي»; of unit P it is the period spoken of last («الفترة نفسها»), of Q the
    quarter."""


class Duration(Struct, frozen=True, kw_only=True, gc=False):
    """A length of time: numbers of units; None is «some»."""

    amounts: tuple[tuple[float | int | None, str], ...]
    most: float | int | None = None
    """The upper end, of the last unit, when the words give two numbers."""
    mod: str | None = None
    direction: int = 0
    """-1 when it ends at the moment of writing («الأيام الماضية»), 1 when it starts there."""
    base: str = "publication"
    point: bool = False
    """Do the words around it point at its far end («قبل ثلاثة أيام») rather than along it?"""


class Counted(Struct, frozen=True, kw_only=True, gc=False):
    """A day counted from another by a duration: «أمس», «بعد ذلك بثلاثة أشهر»."""

    amounts: tuple[tuple[float | int | None, str], ...]
    sign: int
    base: str = "publication"
    part: str | None = None
    weekday: int | None = None
    mod: str | None = None


class Range(Struct, frozen=True, kw_only=True, gc=False):
    """From one time to another, both included."""

    low: Meaning
    high: Meaning
    mod: str | None = None


class Every(Struct, frozen=True, kw_only=True, gc=False):
    """Something that comes again."""

    amounts: tuple[tuple[float | int | None, str], ...] = ()
    moment: Moment | None = None


class Vague(Struct, frozen=True, kw_only=True, gc=False):
    """PRESENT_REF, PAST_REF, FUTURE_REF, or an anaphor (`PREVIOUS`)."""

    value: str
    mod: str | None = None


Meaning: TypeAlias = Moment | Cycle | Duration | Counted | Range | Every | Vague

_FIELDS = (
    "year", "month", "day", "weekday", "season", "part_of_year", "decade", "century", "part", "hours", "hour",
    "minute", "second", "zone", "step", "within", "mod",
)  # fmt: skip


def merged(*moments: Moment) -> Moment | None:
    """One moment with the fields of all; None when two of them contradict each other.

    >>> merged(Moment(month=12), Moment(day=11)) == Moment(month=12, day=11)
    True
    >>> merged(Moment(day=3), Moment(day=4)) is None
    True
    """
    result = moments[0]
    for moment in moments[1:]:
        changes: dict[str, object] = {}
        for field in _FIELDS:
            mine, other = getattr(result, field), getattr(moment, field)
            if other is None or mine == other:
                continue
            if mine is not None:
                return None
            changes[field] = other
        for flag in ("hijri", "bc", "easter", "weekend", "wide"):
            if getattr(moment, flag):
                changes[flag] = True
        if moment.options:
            changes["options"] = moment.options
        result = replace(result, **changes)
    return result
