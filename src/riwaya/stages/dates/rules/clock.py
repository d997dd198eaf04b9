"""Clock times and parts of the day: «الساعة 15:59», «الثالثة فجرا بتوقيت غرينتش», «مساء يوم 21 مايو»."""

from __future__ import annotations

from typing import Any

from riwaya.lang.ar.numbers import Number
from riwaya.stages.dates.meaning import Counted, Cycle, Moment, merged, replace
from riwaya.stages.dates.rules.grammar import rule, whole

# --- hours and minutes ---------------------------------------------------------------------------------------------


FRACTIONS = {0.5: 30, 0.25: 15, 1 / 3: 20}


def minutes_of(number: Number | str) -> int | None:
    """Minutes from a number or a fraction of the hour."""
    if isinstance(number, str):
        return int(number) if len(number) <= 2 and int(number) < 60 else None
    if number.bare == "fraction":
        return next((m for fraction, m in FRACTIONS.items() if abs(fraction - number.value) < 0.01), None)
    return whole(number, 1, 59)


@rule("hh:mm", "digits colon digits", name="hour:minute")
def hour_minute(hour: str, glued: bool, minute: str) -> Moment | None:
    """«15:59»."""
    if not glued or len(hour) > 2 or len(minute) != 2 or int(hour) > 24 or int(minute) > 59:
        return None
    return Moment(hour=int(hour), minute=int(minute))


@rule("hh:mm:ss", "hh:mm colon digits", name="hour:minute:second")
def hour_minute_second(time: Moment, glued: bool, second: str) -> Moment | None:
    return replace(time, second=int(second)) if glued and len(second) == 2 and int(second) <= 59 else None


@rule("clock", "hour-word open hh:mm close", name="clock")
def bracketed_clock(_: Any, __: Any, time: Moment, ___: Any) -> Moment:
    """«الساعة (11:59)»."""
    return time


@rule("clock", "hour-word hh:mm", "hour-word hh:mm:ss", "hh:mm:ss", name="clock")
def clock(*parts: Any) -> Moment:
    time: Moment = parts[-1]
    return time


@rule("clock", "hour-word digits dot digits", "hour-word digits dash digits", name="hour.minute")
def hour_dot_minute(_: Any, hour: str, glued: bool, minute: str) -> Moment | None:
    return hour_minute(hour, glued, minute)


@rule("loose-clock", "hh:mm", name="clock")
def loose_clock(time: Moment) -> Moment:
    """Only beside a day, a part of the day or a zone: «2:15» is also a score or a verse."""
    return time


@rule("clock", "hour-word the digits dot digits", name="hour.minute")
@rule("clock", "hour-word the digits comma digits", name="hour.minute")
def hour_dot_with_article(_: Any, __: Any, hour: str, glued: bool, minute: str) -> Moment | None:
    """«الساعة الـ 8.30»."""
    good = len(minute) == 2 and len(hour) <= 2 and int(hour) <= 24 and int(minute) <= 59
    return Moment(hour=int(hour), minute=int(minute)) if good else None


@rule("clock", "clock unit-1", name="hour+minutes")
def with_minute_word(time: Moment, unit: str) -> Moment | None:
    """«الساعة 8:40 دقيقة»."""
    return time if unit == "TM" and time.minute is not None and time.part is None else None


@rule("clock", "hour-word the digits", "hour-word the hh:mm", name="hour")
def hour_with_article(_: Any, __: Any, time: str | Moment) -> Moment | None:
    """«الساعة الـ12»."""
    return hour("", time) if isinstance(time, str) else time


@rule("clock", "hour-word digits zone", name="hhmm")
def four_digits(_: Any, text: str, zone: str) -> Moment | None:
    """«الساعة 1401 بتوقيت غرينتش»: as the agencies write it."""
    if not plausible_hhmm(text):
        return None
    return Moment(hour=int(text[:2]), minute=int(text[2:]), zone=zone)


@rule("clock", "hour-word digits part-adverb", name="hhmm")
def four_digits_of_day(_: Any, text: str, part: Moment) -> Moment | None:
    """«الساعة 1159 مساء»."""
    return clock_part(Moment(hour=int(text[:2]), minute=int(text[2:])), part) if plausible_hhmm(text) else None


@rule("timex", "open [digits zone] close", name="hhmm")
def four_digits_in_brackets(_: Any, text: str, zone: str, __: Any) -> Moment | None:
    """«(0830 بتوقيت غرينتش)»."""
    return four_digits(None, text, zone)


def plausible_hhmm(text: str) -> bool:
    return len(text) == 4 and int(text[:2]) <= 23 and int(text[2:]) <= 59


@rule("clock", "hour-word digits comma digits", name="hour:minute")
def comma_time(_: Any, hours: str, __: Any, minutes: str) -> Moment | None:
    """«الساعة 9,11»."""
    good = len(minutes) == 2 and len(hours) <= 2 and int(hours) <= 24 and int(minutes) <= 59
    return Moment(hour=int(hours), minute=int(minutes)) if good else None


@rule("clock", "hour-word digits", "hour-word number", "hour-word ordinal", name="hour")
def hour(_: Any, number: str | Number) -> Moment | None:
    """«الساعة 3», «الساعة الثالثة»."""
    if isinstance(number, Number):
        if isinstance(number.value, float):  # «ثلاثة وثلث»
            minutes = minutes_of(Number(0, number.value % 1, "words", bare="fraction"))
            return Moment(hour=int(number.value), minute=minutes) if minutes and number.value < 13 else None
        value = whole(number, 1, 24)
        first = number.kind == "ordinal" and value == 1  # «الساعة الأولى» is the first hour, or the first watch
        return Moment(hour=value) if value and number.kind != "digits" and not first else None
    return Moment(hour=int(number)) if len(number) <= 2 and int(number) <= 24 else None


@rule("hour-ordinal", "ordinal", name="hour")
def hour_ordinal(number: Number) -> Moment | None:
    """«الثالثة» before «فجرا»: hours are feminine, and the first of them is «الواحدة»."""
    value = whole(number, 2, 12)
    return Moment(hour=value) if value and number.definite and number.bare == "feminine" else None


@rule("hour-ordinal", "number", name="hour")
def one_o_clock(number: Number) -> Moment | None:
    """«الواحدة ظهرا»."""
    return Moment(hour=1) if number.value == 1 and number.definite and number.bare == "unit" else None


@rule("hour-digits", "digits dot digits", name="hour:minute")
def dotted_hour(hours: str, _: Any, minutes: str) -> Moment | None:
    """«8.30 مساء»."""
    good = len(minutes) == 2 and len(hours) <= 2 and 1 <= int(hours) <= 12 and int(minutes) <= 59
    return Moment(hour=int(hours), minute=int(minutes)) if good else None


@rule("hour-digits", "the digits", name="hour")
def hour_digits_with_article(_: Any, text: str) -> Moment | None:
    """«إلى الـ 4 عصرا»."""
    return hour_digits(text)


@rule("hour-digits", "digits", name="hour")
def hour_digits(text: str) -> Moment | None:
    return Moment(hour=int(text)) if len(text) <= 2 and 1 <= int(text) <= 12 else None


@rule(
    "clock",
    "clock and number",
    "clock and digits unit-1",
    "clock and number unit-1",
    "clock and number unit-n",
    name="hour+minutes",
)
@rule(
    "hour-ordinal", "hour-ordinal and number", "hour-ordinal and number unit-1", "hour-ordinal and number unit-n",
    "hour-digits and number", name="hour+minutes",
)  # fmt: skip
def hour_and_minutes(time: Moment, _: Any, number: Number | str, unit_said: str | None = None) -> Moment | None:
    """«الثالثة والنصف», «الرابعة وعشر دقائق»."""
    unit = unit_said or "TM"
    minutes = minutes_of(number)
    fraction = isinstance(number, Number) and number.bare == "fraction"
    if isinstance(number, Number) and number.kind == "digits" and unit_said is None:
        return None  # «الساعة 11 و12 ليلا»
    if time.minute is not None or unit != "TM" or minutes is None or (not fraction and time.hour is None):
        return None
    return replace(time, minute=minutes)


@rule("clock", "clock except number", "clock except number unit-1", "clock except number unit-n", name="hour-minutes")
@rule("hour-ordinal", "hour-ordinal except number", "hour-ordinal except number unit-n", name="hour-minutes")
def hour_less_minutes(time: Moment, _: Any, number: Number, unit: str = "TM") -> Moment | None:
    """«الثالثة إلا ربعا»."""
    minutes = minutes_of(number)
    if unit != "TM" or minutes is None or time.hour is None:
        return None
    total = (time.hour * 60 + (time.minute or 0) - minutes) % 1440
    return replace(time, hour=total // 60 or 12, minute=total % 60)


PARTS = ("part-adverb", "part", "part-of-clock")


@rule(
    "clock",
    *(f"{time} {part}" for time in ("clock", "loose-clock", "hour-ordinal", "hour-digits") for part in PARTS),
    *(f"{time} in part" for time in ("clock", "loose-clock")),
    "clock this part",
    "hour-ordinal this part",
    "hour-ordinal from part",
    "clock from part",
    name="clock+part",
)
def clock_part(time: Moment, *rest: Any) -> Moment | None:
    """«3:18 صباحا», «الساعة الثانية عشرة والنصف ظهرا»."""
    part = rest[-1]
    if time.part or time.hour is None:
        return None
    if (hour := hour_in(time.hour, part.hours)) is None:
        return None
    return replace(time, hour=hour, part=part.part, hours=part.hours)


EVENING = (12, 24)


def hour_in(hour: int, hours: tuple[int, int]) -> int | None:
    """The hour of 24 that a part of the day makes of an hour of 12.

    >>> hour_in(3, (12, 20)), hour_in(12, (0, 12)), hour_in(1, (18, 30)), hour_in(15, (0, 12))
    (15, 0, 1, 15)
    """
    if hour > 12:
        return hour
    for candidate in (hour % 12, hour % 12 + 12, hour % 12 + 24):
        if hours == EVENING and candidate == 12:
            return 0  # «12 مساء» is midnight
        if hours[0] <= candidate <= hours[1] and not (candidate == hours[1] and candidate in (12, 24)):
            return candidate % 24
    return hour


@rule(
    "zoned", "clock zone", "loose-clock zone", "clock open zone close", "hour-ordinal zone", "clock comma zone",
    "clock in zone", name="clock+zone",
)  # fmt: skip
def clock_zone(time: Moment, *rest: Any) -> Moment:
    """«الساعة 12:00 بتوقيت غرينتش», «10:00 ت م»."""
    zone = next(part for part in rest if isinstance(part, str))
    return replace(time, zone=zone)


@rule("time", "clock", "zoned", name="clock")
def time_alone(time: Moment) -> Moment:
    return time


@rule("time", "text-start loose-clock text-end", name="clock")
def clock_alone(_: Any, time: Moment, __: Any) -> Moment:
    return time


# --- parts of the day ----------------------------------------------------------------------------------------------

DAYS = ("day", "date", "today")


@rule(
    "day-part",
    *(f"{part} {day}" for part in ("part", "part-adverb") for day in DAYS),
    *(f"part from {day}" for day in DAYS),
    "unit-1 day",
    "unit-1 today",
    name="part+day",
)
def part_of_day(part: Any, *rest: Any) -> Moment | Counted | None:
    """«مساء يوم 21 مايو 2015», «صباح السبت», «ليلة أمس»."""
    if isinstance(part, str):
        if part != "NI":
            return None
        part = Moment(part="NI", hours=(18, 30))
    return with_part(rest[-1], part)


@rule(
    "day-part",
    "part cycle", "part-adverb cycle", "part from cycle", "cycle part-adverb", "cycle part", name="part+day",
)  # fmt: skip
def part_of_cycle(*parts: Any) -> Counted | None:
    """«مساء اليوم نفسه», «صباح اليوم التالي»."""
    day = next(part for part in parts if isinstance(part, Cycle))
    part = next(part for part in parts if isinstance(part, Moment))
    if day.unit != "D":
        return None
    amounts = ((abs(day.step), "D"),)
    return Counted(amounts=amounts, sign=-1 if day.step < 0 else 1, base=day.base, part=part.part)


def with_part(day: Moment | Counted, part: Moment) -> Moment | Counted | None:
    if isinstance(day, Counted):
        return replace(day, part=part.part) if day.part is None else None
    if day.part or not (day.day or day.weekday):
        return None
    options = tuple(replace(o, part=part.part, hours=part.hours) for o in day.options)
    return replace(day, part=part.part, hours=part.hours, options=options)


@rule(
    "day-part",
    *(f"{day} {link} {part}" for day in DAYS for link in ("", "comma", "in") for part in ("part-adverb", "part")),
    name="day+part",
)
def day_then_part(day: Moment | Counted, *rest: Any) -> Moment | Counted | None:
    """«السبت صباحا», «أمس مساء»."""
    return with_part(day, rest[-1])


@rule("day-part", "part day dash weekday", "part day slash weekday", "part day weekday", name="part+day+day")
def night_between(part: Moment, day: Moment, *rest: Any) -> Moment | Counted | None:
    """«ليل الأربعاء - الخميس»: the night belongs to the first day."""
    following = rest[-1].weekday
    if part.part not in ("NI", "24") or not day.weekday or (day.weekday % 7) + 1 != following:
        return None
    return with_part(day, part)


@rule("day-part", "this part", name="this+part")
def this_part(_: Any, part: Moment) -> Counted | None:
    """«هذا الصباح»."""
    return Counted(amounts=((0, "D"),), sign=1, part=part.part)


@rule("day-part", "this the-unit-1", name="this+part")
def this_night(_: Any, unit: str) -> Counted | None:
    return Counted(amounts=((0, "D"),), sign=1, part="NI") if unit == "NI" else None


@rule("day-part", "that the-unit-1", "that deictic", "same-before the-unit-1", "same-before deictic", name="that+night")
def that_night(_: Any, night: str | Counted) -> Counted | None:
    """«تلك الليلة», «نفس الليلة»."""
    found = night == "NI" or (isinstance(night, Counted) and night.part == "NI")
    return Counted(amounts=((0, "D"),), sign=1, base="previous", part="NI") if found else None


@rule("day-part", "the-unit-1 adjective", "deictic adjective", name="night+relative")
def last_night(unit: Any, adjective: tuple[int, str, str]) -> Counted | None:
    """«الليلة الماضية»: the night before the day of writing."""
    step, base, name = adjective
    night = unit == "NI" or (isinstance(unit, Counted) and unit.part == "NI")
    if not night or name == "past-recent":
        return None
    return Counted(amounts=((abs(step), "D"),), sign=-1 if step < 0 else 1, base=base, part="NI")


@rule("clock-part", "part-adverb", name="part-of-day")
def part_alone(part: Moment) -> Moment:
    """«صباحا»: of the day spoken of."""
    return Moment(part=part.part, hours=part.hours)


@rule("clock-part", "spell part", "spell named-part", name="part-of-day")
def spell(_: Any, part: Moment) -> Moment:
    """«فترة المساء»."""
    return part_alone(part)


@rule("day-part", "in [named-part]", name="part-of-day")
@rule("day-part", "during [part]", name="part-of-day")
def part_during(_: Any, part: Moment) -> Moment | Counted:
    """«خلال الليل»: of no day, since a night lies between two."""
    if part.part == "NI":
        return Counted(amounts=((None, "D"),), sign=-1, part="NI")
    return Moment(part=part.part, hours=part.hours)


@rule("clock-part", "in? part text-end", name="part-of-day")
def midnight(*parts: Any) -> Moment | None:
    part = next(p for p in parts if isinstance(p, Moment))
    return Moment(part=part.part, hours=part.hours) if part.part in ("24", "MI") else None


# --- a clock time on a day -----------------------------------------------------------------------------------------

LINKS = ("", "comma", "in", "dash", "and", "for", "from")
TIMES = ("clock", "zoned", "loose-clock", "hh:mm:ss")


@rule(
    "time",
    *(f"{day} {link} {time}" for day in (*DAYS, "day-part") for link in LINKS for time in TIMES),
    *(
        f"{time} {link} {day}"
        for day in (*DAYS, "day-part")
        for link in ("", "comma", "from", "in", "for")
        for time in TIMES
    ),
    *(f"hour-ordinal from {day}" for day in ("day-part",)),
    *(f"hour-ordinal {day}" for day in ("day-part",)),
    *(f"day-part {link} hour-ordinal" for link in ("in",)),
    name="day+clock",
)
def time_on_day(*parts: Any) -> Moment | None:
    """«الخميس، 02-03-2017 الساعة 15:59», «العاشرة من مساء أمس»."""
    time = next(part for part in parts if isinstance(part, Moment) and part.hour is not None)
    day = next((part for part in parts if part is not time and isinstance(part, Moment | Counted)), None)
    if day is None:
        return None
    part = day.part
    if part and not time.part:
        hours = day.hours if isinstance(day, Moment) else HOURS.get(part)
        hour = hour_in(time.hour, hours or (0, 24)) if time.hour is not None else None
        time = replace(time, hour=hour)
    if isinstance(day, Moment) and day.month and not day.day:
        return None  # «15:59 ديسمبر 2016»
    if isinstance(day, Counted):
        return replace(time, within=replace(day, part=None))
    return merged(replace(day, part=None, hours=None), replace(time, part=None, hours=None))


HOURS = {"MO": (0, 12), "MI": (11, 15), "AF": (12, 20), "EV": (12, 24), "NI": (18, 30), "24": (24, 30)}


@rule("time", "date iso-t hh:mm", "date iso-t hh:mm:ss", name="iso")
def iso_time(date: Moment, _: Any, time: Moment) -> Moment | None:
    """«2016-12-12T00:00:00»."""
    return merged(date, time)


@rule("zone", "plus hh:mm", name="iso-zone")
def iso_zone(glued: bool, offset: Moment) -> str | None:
    """The «+03:00» of a time stamp."""
    if not glued or offset.hour is None or offset.hour > 14 or offset.minute is None:
        return None
    return f"+{offset.hour:02}:{offset.minute:02}"


@rule("time", "time zone", "time open zone close", name="time+zone")
def time_zone(time: Moment, *rest: Any) -> Moment | None:
    zone = next(part for part in rest if isinstance(part, str))
    return replace(time, zone=zone) if time.zone is None else None


@rule("time", "time part-adverb", "time part-of-clock", "time part", name="clock+part")
def time_then_part(time: Moment, part: Moment) -> Moment | None:
    return clock_part(time, part)


@rule("time", "clock from cycle", name="clock+cycle")
def clock_in_cycle(time: Moment, _: Any, cycle: Cycle) -> Moment | None:
    return replace(time, within=cycle) if cycle.unit == "D" else None
