"""Periods, lengths, and days counted from another: «العام الماضي», «ثلاثة أيام», «بعد ذلك بشهرين»."""

from __future__ import annotations

from datetime import date, datetime

from riwaya import edtf
from riwaya.stages.dates.answer import Answer, Context, answer, day_of, of_day
from riwaya.stages.dates.calendar import add, add_days, add_months, month_days
from riwaya.stages.dates.context import far, quoted
from riwaya.stages.dates.meaning import Counted, Cycle, Duration, Moment, replace

__all__ = ["counted_answer", "cycle_answer", "duration_answer", "length_value"]


def base_of(base: str, context: Context) -> tuple[datetime | None, str | None, Moment | None]:
    """The moment that a period or a count starts from, and what to call it."""
    if base in BASES and context.previous is not None and context.previous.year is not None:
        previous = context.previous
        day = day_of(replace(previous, month=previous.month or 1, day=previous.day or 1))
        if day is not None:
            return datetime.combine(day, datetime.min.time()), context.previous_id, previous
    return context.anchor, context.basis if context.anchor else None, None


BASES = ("previous", "spoken")
"""`previous` needs a time that was spoken of; `spoken` takes the day of writing where there is none."""


def cycle_answer(cycle: Cycle, context: Context) -> Answer | None:
    now, anchor, previous = base_of(cycle.base, context)
    told = previous is not None and not (cycle.unit == "D" and (far(context) or context.previous_period))
    if now is not None and not told and cycle.base == "previous" and not context.ahead:
        now = None  # «ذلك اليوم», and no day was spoken of shortly before
    if now is None:
        return Answer(type="DATE", value=UNKNOWN[cycle.unit], mod=cycle.mod)
    if cycle.mod == "LAST_DAY":
        return last_day(cycle, now, anchor)
    if previous is not None and cycle.unit == "W" and previous.day is None and cycle.base == "spoken":
        now, anchor, previous = base_of("publication", context)  # «الأسبوع السابق»: before this one
    if now is None:
        return Answer(type="DATE", value=UNKNOWN[cycle.unit], mod=cycle.mod)
    if previous is not None and cycle.unit in ("D", "W") and previous.day is None and cycle.step != 0:
        return Answer(type="DATE", value=UNKNOWN[cycle.unit], mod=cycle.mod, anchor=anchor)
    if previous is not None and previous.day is None and cycle.unit == "D":  # «ذلك اليوم» of a month or a year
        value = f"{previous.year:04}-{f'{previous.month:02}' if previous.month else 'XX'}-XX"
        return Answer(type="DATE", value=value, edtf=edtf.of_timex(value), mod=cycle.mod, anchor=anchor)
    if previous is not None and previous.month is None and cycle.unit == "M":
        return Answer(type="DATE", value=f"{previous.year:04}-XX", mod=cycle.mod, anchor=anchor)
    found = shifted(now.date(), cycle.unit, cycle.step)
    return answer(found, anchor, cycle.mod, cycle.wide) if found else None


UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "DE": "XXX", "CE": "XX"}


def shifted(now: date, unit: str, step: int) -> Moment | None:
    """The period of a unit, `step` periods from the one that `now` lies in."""
    if unit == "D":
        day = add_days(now, step)
        return of_day(day) if day else None
    if unit == "W":
        day = add_days(now, 7 * step)
        if day is None:
            return None
        year, week, _ = day.isocalendar()
        return Moment(year=year, nth=week, nth_unit="W")
    if unit == "M":
        day = add_months(now.replace(day=1), step)
        return Moment(year=day.year, month=day.month) if day else None
    if unit == "Y":
        return Moment(year=now.year + step) if 1 <= now.year + step <= 9999 else None
    years = 10 if unit == "DE" else 100
    found = now.year // years + step
    if not 0 <= found <= 9999 // years:
        return None
    return Moment(decade=found) if unit == "DE" else Moment(century=found)


def last_day(cycle: Cycle, now: datetime, anchor: str | None) -> Answer | None:
    """The last day of the period we are in: where «بقية العام» ends."""
    today = now.date()
    match cycle.unit:
        case "W":
            day = add_days(today, 7 - today.isoweekday())
        case "M":
            day = today.replace(day=month_days(today.year, today.month))
        case "Y":
            day = today.replace(month=12, day=31)
        case _:
            return None
    return answer(of_day(day), anchor) if day else None


def counted_answer(counted: Counted, context: Context) -> Answer | None:
    """«أمس», «بعد ذلك بثلاثة أشهر»."""
    now, anchor, previous = base_of(counted.base, context)
    if (spoken := day_of_speech(counted, context)) is not None:
        now = spoken
    if any(number is None for number, _ in counted.amounts):
        if counted.part:
            return Answer(type="TIME", value=f"XXXX-XX-XXT{counted.part}", mod=counted.mod)
        if counted.base == "previous" and counted.sign > 0 and not context.future:
            return Answer(type="DURATION", value=length_value(counted.amounts), mod=counted.mod)  # «بعدها بأيام»
        return Answer(
            type="DATE", value="PAST_REF" if counted.sign < 0 else "FUTURE_REF", mod=counted.mod, anchor=anchor
        )
    unknown = previous is None or previous.day is None or far(context)
    if counted.part and counted.base == "previous" and unknown and not context.ahead:
        return Answer(type="TIME", value=f"XXXX-XX-XXT{counted.part}", mod=counted.mod)  # «تلك الليلة»: which?
    if now is None:
        if counted.weekday:
            return answer(Moment(weekday=counted.weekday, part=counted.part), None, counted.mod)
        value = "PRESENT_REF" if counted.amounts[0][0] == 0 else "PAST_REF" if counted.sign < 0 else "FUTURE_REF"
        if counted.part:
            return Answer(type="TIME", value=f"XXXX-XX-XXT{counted.part}", mod=counted.mod)
        return Answer(type="DATE", value=value, mod=counted.mod)
    for number, unit in counted.amounts:
        moved = add(now, counted.sign * (number or 0), unit)
        if moved is None:
            return None
        now = moved
    if any(unit.startswith("T") for _, unit in counted.amounts):
        if (counted.base == "previous" and previous is None) or (previous is not None and previous.hour is None):
            return Answer(type="DURATION", value=length_value(counted.amounts), mod=counted.mod)  # of what hour?
        return answer(
            Moment(year=now.year, month=now.month, day=now.day, hour=now.hour, minute=now.minute), anchor, counted.mod
        )
    day = now.date()
    if counted.weekday and day.isoweekday() != counted.weekday:  # the weekday is surer than the count
        day = min((d for n in range(-3, 4) if (d := add_days(day, n))), key=lambda d: d.isoweekday() != counted.weekday)
    found = replace(of_day(day), part=counted.part)
    if previous is not None and previous.day is None:  # what was counted from is known to the month or the year
        coarse = (
            max((unit for _, unit in counted.amounts), key=["D", "W", "M", "Y"].index)
            if all(unit in ("D", "W", "M", "Y") for _, unit in counted.amounts)
            else "D"
        )
        if previous.month is None:
            found = Moment(year=found.year)
        elif coarse in ("M", "Y"):
            found = Moment(year=found.year, month=found.month)
    return answer(found, anchor, counted.mod)


def day_of_speech(counted: Counted, context: Context) -> datetime | None:
    """The day of which a speaker says «اليوم»: the only one told of before his words, if in the week before."""
    if context.anchor is None or counted.amounts != ((0, "D"),) or counted.weekday or counted.base != "publication":
        return None
    if len(context.days) != 1 or not quoted(context.text, context.here):
        return None
    (day,) = context.days
    return datetime.combine(day, datetime.min.time()) if 0 < (context.anchor.date() - day).days < WEEK else None


WEEK = 7


def length_value(amounts: tuple[tuple[float | int | None, str], ...]) -> str:
    """The TIMEX3 value of a length.

    >>> length_value(((1, "Y"), (2, "TH"))), length_value(((None, "D"),)), length_value(())
    ('P1YT2H', 'PXD', 'PX')
    >>> length_value(((1.5, "Y"),)), length_value(((0.25, "TH"),)), length_value(((1.5, "W"),))
    ('P1Y6M', 'PT15M', 'P1.5W')

    A fraction is written in the next smaller unit where that makes it whole.
    """
    text, clock = "P", False
    for number, unit in [part for amount in amounts for part in whole_units(*amount)]:
        if unit.startswith("T") and not clock:
            text, clock = text + "T", True
        text += "X" if number is None else f"{number:.4f}".rstrip("0").rstrip(".")
        text += {"NI": "D"}.get(unit, unit.removeprefix("T"))
    return text if amounts else "PX"


SMALLER = {"Y": (12, "M"), "D": (24, "TH"), "TH": (60, "TM"), "TM": (60, "TS"), "CE": (100, "Y"), "DE": (10, "Y")}


def whole_units(number: float | int | None, unit: str) -> list[tuple[float | int | None, str]]:
    """«ساعة ونصف» as one hour and thirty minutes."""
    if number is None or isinstance(number, int) or unit not in SMALLER:
        return [(number, unit)]
    many, smaller = SMALLER[unit]
    if unit in ("CE", "DE"):
        return [(round(number * many), smaller)]  # «قرن ونصف القرن» are 150 years
    rest = number % 1 * many
    if abs(rest - round(rest)) > 0.01:
        return [(number, unit)]
    return [(n, u) for n, u in ((int(number), unit), (round(rest), smaller)) if n]


def duration_answer(length: Duration, context: Context) -> Answer:
    value = length_value(length.amounts)
    if length.most is not None:
        last = (*length.amounts[:-1], (length.most, length.amounts[-1][1]))
        return Answer(type="DURATION", value=f"{value}/{length_value(last)}", mod=length.mod)
    now, anchor, _ = base_of(length.base, context)
    form = None
    if length.direction and now is not None and length.amounts:
        form = extent(length, now)
    return Answer(type="DURATION", value=value, mod=length.mod, edtf=form, anchor=anchor if form else None)


def extent(length: Duration, now: datetime) -> str | None:
    """Where a length lies that ends or starts now: to the second for hours, by decades for decades, else by days."""
    if length.amounts[-1][1] in ("DE", "CE"):
        return decades(length, now)
    far: datetime | None = now
    for number, unit in length.amounts:
        far = add(far, length.direction * number, unit) if far and number is not None else None
    if far is None:
        return None
    if length.amounts[-1][1].startswith("T"):
        if length.point:
            return far.isoformat()[:19]
        return "/".join(sorted((far.isoformat()[:19], now.isoformat()[:19])))
    if length.point:
        return far.date().isoformat() + ("~" if length.mod == "APPROX" else "")
    if length.direction < 0:
        return f"{far.date()}/{now.date()}"
    tomorrow = add_days(now.date(), 1)
    return f"{tomorrow}/{far.date()}" if tomorrow and tomorrow <= far.date() else None


def decades(length: Duration, now: datetime) -> str | None:
    """«العقدين الماضيين» are two whole decades."""
    number, unit = length.amounts[-1]
    if not isinstance(number, int) or unit != "DE" or length.point or not 1 <= number <= 20:
        return None
    here = now.year // 10
    low, high = (here - number, here - 1) if length.direction < 0 else (here + 1, here + number)
    return f"{low:03}X/{high:03}X" if low > 0 and high < 1000 else None
