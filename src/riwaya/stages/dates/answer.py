"""An answer, what it is worked out from, and how its value is written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from riwaya import edtf
from riwaya.stages.dates.calendar import valid
from riwaya.stages.dates.meaning import Moment

__all__ = ["Answer", "Context", "answer", "day_of", "interval", "iso", "of_day"]

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


class Context(Struct, kw_only=True):
    """What a value is worked out from."""

    anchor: datetime | None = None
    """The moment of writing."""
    basis: str = "publication"
    """What the anchor is: `publication`, or the id of the timex that stands in for it."""
    timed: bool = False
    """Does the anchor say the hour?"""
    future: bool = False
    """Do the words around speak of what is to come?"""
    ahead: bool = False
    """Are bare weekdays and hours ahead, as in a diary, rather than behind, as in news?"""
    year: int | None = None
    """The year that the sentence named last."""
    paired: date | None = None
    """The day right before the brackets that the expression fills: «10 جمادى الآخرة (30 مارس)»."""
    said: int | None = None
    """The year that the sentence named by itself: «في عام 2011 … في سبتمبر»."""
    previous: Moment | None = None
    """The time spoken of last, and its id."""
    previous_id: str | None = None
    here: int = 0
    """Where the text has been read to, and where the time spoken of last ended."""
    previous_end: int = 0
    text: str = ""
    """The text that is read."""
    told: bool = False
    """Is it what «then» would mean, or has the text come back to now, or to a length, in between?"""
    previous_period: tuple[str, str | None] | None = None
    """Its value and EDTF form, when it was a period that no calendar field can hold."""
    day: Moment | None = None
    """The day spoken of last in the same paragraph."""
    day_id: str | None = None
    period: str | None = None
    """The part of a year spoken of last, by the Gregorian calendar: a quarter, a month, some months."""
    days: set[date] = set()
    """The days near the day of writing that the text has told of."""
    event: int | None = None
    """The year of an event to come that the sentence or the one before names: «مونديال روسيا 2018»."""
    span: bool = False
    """Is it an end of a range that is worked out?"""
    edge: bool = False
    """Is it where something begins or ends («حتى الساعة 9»)?"""
    habit: bool = False
    """Does the sentence speak of what comes again («يوميا»)?"""
    dates: dict[tuple[int, int], int] = {}
    """Months and days that the document names with their year: «26 فبراير 2016»."""
    day_first: bool | None = None
    """Do the document's own numbers show that the day stands before the month?"""


class Answer(Struct, frozen=True, kw_only=True, gc=False):
    """A value and how it was come by."""

    type: Kind
    value: str
    mod: str | None = None
    edtf: str | None = None
    anchor: str | None = None
    when: Moment | None = None
    """The calendar fields, for what refers back to it."""
    year_given: bool = False


def iso(moment: Moment) -> str:
    """The TIMEX3 value of calendar fields."""
    if moment.century is not None:
        return f"{'BC' if moment.bc else ''}{moment.century:02}"
    if moment.decade is not None:
        return f"{moment.decade:03}"
    year = f"{moment.year:04}" if moment.year is not None else "XXXX"
    if moment.bc:
        return f"BC{year}"
    if moment.season or moment.part_of_year:
        return f"{year}-{moment.season or moment.part_of_year}"
    if moment.nth_unit == "W":
        return f"{year}-W{moment.nth:02}" + ("-WE" if moment.weekend else "")
    text = year
    if moment.month is not None:
        text += f"-{moment.month:02}"
        if moment.day is not None:
            text += f"-{moment.day:02}"
    elif moment.weekday is not None:
        text = f"XXXX-WXX-{moment.weekday}"
    elif moment.day is not None:
        text = f"XXXX-XX-{moment.day:02}"
    elif moment.year is None:
        text = "XXXX-XX-XX"
    if moment.hour is not None:
        clock = f"{moment.hour:02}:{moment.minute or 0:02}"
        clock += f":{moment.second:02}" if moment.second is not None else ""
        return f"{text}T{clock}{'Z' if moment.zone == 'Z' else ''}"
    if moment.part is not None:
        return f"{text}T{'24:00' if moment.part == '24' else moment.part}"
    return text


def of_day(day: date) -> Moment:
    return Moment(year=day.year, month=day.month, day=day.day)


def day_of(moment: Moment | None) -> date | None:
    if moment is None or moment.bc or not (moment.year and moment.month and moment.day):
        return None
    return date(moment.year, moment.month, moment.day) if valid(moment.year, moment.month, moment.day) else None


def answer(
    moment: Moment, anchor: str | None, mod: str | None = None, wide: bool = False, given: bool = False
) -> Answer:
    value = iso(moment)
    timed = moment.hour is not None or moment.part is not None
    form = edtf.of_timex(value, mod, wide)
    if form and moment.zone and moment.zone != "Z" and "T" in form:
        form += moment.zone
    return Answer(
        type="TIME" if timed else "DATE", value=value, mod=mod, edtf=form, anchor=anchor, when=moment, year_given=given
    )


def interval(first: date, last: date, anchor: str | None, mod: str | None = None) -> Answer:
    value = f"{first}/{last}"
    return Answer(type="DATE", value=value, mod=mod, edtf=value, anchor=anchor, when=of_day(first))
