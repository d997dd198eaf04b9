"""Ranges: «بين 9 و11 ديسمبر», «من الثلاثاء إلى الخميس», «2011-2013», «من الساعة الثالثة إلى الرابعة»."""

from __future__ import annotations

from typing import Any

from riwaya.lang.ar.numbers import Number
from riwaya.stages.dates.meaning import Counted, Cycle, Meaning, Moment, Range, merged, replace
from riwaya.stages.dates.rules.grammar import rule, whole

ENDS = ("date", "day", "today", "day-part", "time", "year", "cycle", "fuzzy-time", "period")
BETWEEN = [
    ("between", "and"),
    ("from", "to"),
    ("from", "until"),
    ("from", "and until"),
    ("between", "comma and"),
    ("", "until"),
    ("", "to"),
    ("", "and until"),
]


@rule(
    "range",
    *(f"{a} [{low} {b} {high}]" for a, b in BETWEEN for low in ENDS for high in ENDS),
    *(f"[{low} dash {low}]" for low in ("date", "day", "year")),
    name="range",
)
def between(*parts: Any) -> Range | None:
    """«بين 4 سبتمبر و8 سبتمبر», «من الثلاثاء إلى الخميس»."""
    low, high = (part for part in parts if isinstance(part, Moment | Cycle | Counted))
    return span(low, high)


def span(low: Meaning, high: Meaning) -> Range | None:
    """A range whose ends are of one kind: two clock times, two days, two years."""
    if isinstance(low, Counted) and isinstance(high, Moment) and high.hour is not None and not high.day:
        high = replace(high, within=high.within or replace(low, part=None))  # «صباح أمس إلى الساعة الثانية»
    if not isinstance(low, Moment) or not isinstance(high, Moment):
        return Range(low=low, high=high)
    if low.hijri != high.hijri and bool(low.month) == bool(high.month) and (low.year or not low.month):
        return None  # «1988م - 1408هـ» is one year twice, «29 صفر 1441هـ - 28 أكتوبر 2019م» one day
    if low.hour is not None and high.hour is None:
        return None
    low = same_half(low, high)
    if low.hour is not None and not (high.day or high.weekday or high.within):
        return Range(low=low, high=replace(high, **{field: getattr(low, field) for field in DAY_FIELDS}))
    return Range(low=borrowed(low, high), high=high)


def same_half(low: Moment, high: Moment) -> Moment:
    """«من الثالثة إلى الخامسة عصرا»: both in the afternoon."""
    if low.hour is None or high.hour is None or low.part is not None or low.hour > 12 or high.hour <= 12:
        return low
    later = low.hour % 12 + 12
    return replace(low, hour=later) if later < high.hour + (high.minute or 0) / 60 else low


DAY_FIELDS = ("year", "month", "day", "weekday", "step", "within", "hijri")


def borrowed(low: Moment, high: Moment) -> Moment:
    """What the first end leaves to the second: month, year, week, part of day, «قبل الميلاد»."""
    fields: dict[str, Any] = {}
    if high.bc and low.year and not low.month:
        fields["bc"] = True
    if low.day and high.day and low.month is None and low.within is None:
        fields |= {"month": high.month, "hijri": high.hijri}
    if low.month and low.year is None and high.year and low.within is None and (low.day or high.day is None):
        earlier = (low.month, low.day or 1) <= (high.month or 12, high.day or 1)
        fields["year"] = high.year if earlier else high.year - 1
    elif low.day and low.month is None:
        fields["year"] = high.year
    if low.year is None and high.step is not None and low.step is None and low.weekday is None:
        fields["step"] = high.step
    if low.within is None and high.within is not None and low.year is None and (high.month or not low.month):
        fields["within"] = high.within
    dayless = low.within is None and low.day is None and low.weekday is None
    if low.hour is not None and low.part is None and high.hour is not None and dayless:
        fields |= {k: getattr(high, k) for k in ("year", "month", "day", "weekday", "within", "zone")}
    return replace(low, **{k: v for k, v in fields.items() if v is not None})


@rule(
    "range",
    *(
        f"the-unit-n number ordinal {link} {what}"
        for link in ("from", "for")
        for what in ("year", "yyyy", "cycle", "cycle-now", "monthly", "date")
    ),
    name="first-units",
)
def first_units(unit: str, number: Number, ordinal: Number, _: Any, what: Moment | Cycle) -> Range | None:
    """«الأشهر الستة الأولى من العام الحالي», «الأيام الثلاثة الأولى من شهر شوال»."""
    return from_the_first(unit, whole(number, 2, 28), ordinal, what)


FEW_UNITS = tuple(
    f"{few} {link} {what}"
    for few in ("ordinal unit-2", "ordinal number unit-n")
    for link in ("from", "in")
    for what in ("year", "yyyy", "cycle", "cycle-now", "monthly", "date")
)
"""«أول شهرين من العام», «آخر ثلاثة أيام في رمضان»."""


@rule(
    "range",
    *FEW_UNITS,
    name="first-units",
)
def first_few_units(ordinal: Number, *rest: Any) -> Range | None:
    """«أول شهرين من العام الحالي», «أول ثلاثة أيام من رمضان»."""
    number = whole(rest[0], 2, 28) if isinstance(rest[0], Number) else 2
    unit = rest[1] if isinstance(rest[0], Number) else rest[0]
    return from_the_first(unit, number, ordinal, rest[-1])


@rule(
    "period",
    *FEW_UNITS,
    name="last-units",
)
def last_few_units(ordinal: Number, *rest: Any) -> Moment | Cycle | None:
    """«آخر يومين من رمضان», «آخر ثلاثة أشهر من العام الماضي»: its end."""
    unit = rest[1] if isinstance(rest[0], Number) else rest[0]
    what: Moment | Cycle = rest[-1]
    inner = what.unit if isinstance(what, Cycle) else "M" if what.month else "Y"
    days = isinstance(what, Moment) and (what.day or what.weekday)
    if ordinal.value != -1 or what.mod or days or (unit, inner) not in (("D", "M"), ("W", "M"), ("M", "Y")):
        return None
    return replace(what, mod="END", alone=2) if isinstance(what, Moment) else replace(what, mod="END")


def from_the_first(unit: str, last: int | None, ordinal: Number, what: Moment | Cycle) -> Range | None:
    """The months 1 to `last` of a year, or the days of a month."""
    if unit == "M" and (last or 0) > 12:
        return None
    if ordinal.value != 1 or last is None or unit not in ("M", "D"):
        return None
    if isinstance(what, Cycle):
        fits = what.unit == ("Y" if unit == "M" else "M") and not what.mod
    else:
        plain = what.day is None and what.weekday is None and what.hour is None
        fits = plain and (bool(what.year) and not what.month if unit == "M" else bool(what.month))
    if not fits:
        return None
    field = "month" if unit == "M" else "day"
    where = Moment(within=what) if isinstance(what, Cycle) else replace(what, alone=2)
    return Range(low=replace(where, **{field: 1}), high=replace(where, **{field: last}))


DOM_ENDS = ("date", "md")


@rule(
    "range",
    *(f"{a} [{low} {b} {high}]" for a, b in BETWEEN for low in ("dom", "spelled-dom", "day-dom") for high in DOM_ENDS),
    *(f"{a} [dom dash {high}]" for a in ("", "from", "between") for high in DOM_ENDS),
    name="days-of-month",
)
def days_of_month(*parts: Any) -> Range | None:
    """«9 و11 ديسمبر» after «بين», «13-15 يوليو»."""
    low, high = (part for part in parts if isinstance(part, Moment))
    if not high.day or high.weekday or (low.day or 0) >= high.day:
        return None
    return span(low, high)


@rule("range", "unit-pair range", "unit-1 range", name="day-word+range")
def named_days(unit: str, days: Range) -> Range | None:
    """«يومي 7 إلى 8 أكتوبر»."""
    low = days.low
    return (
        days if unit == "D" and isinstance(low, Moment) and low.day and not low.weekday and low.hour is None else None
    )


@rule("day-dom", "day dom", name="weekday+day")
def day_with_number(day: Moment, dom: Moment) -> Moment | None:
    return replace(day, day=dom.day) if day.step is None and day.day is None and day.within is None else None


@rule(
    "range",
    "from [day-dom to day-dom]",
    "from [day-dom until day-dom]",
    "[day-dom until day-dom]",
    "between [day-dom and day-dom]",
    name="days",
)
def day_numbers(*parts: Any) -> Range:
    low, high = (part for part in parts if isinstance(part, Moment))
    return Range(low=low, high=high)


@rule(
    "range",
    *(
        f"{a} [monthly {c} dom {b} dom]"
        for a in ("", "from")
        for c, b in (("", "to"), ("", "dash"), ("", "until"), ("between", "and"))
    ),
    name="month+days",
)
def month_then_days(*parts: Any) -> Range | None:
    """«يوليو 13-15»."""
    month, low, high = (part for part in parts if isinstance(part, Moment))
    if not low.day or not high.day or low.day >= high.day:
        return None
    return Range(low=replace(month, day=low.day), high=replace(month, day=high.day))


YEARS = ("yyyy", "spelled-year")


@rule(
    "range",
    *(f"{a} [{low} {b} {high}]" for a, b in BETWEEN[:5] for low in YEARS for high in YEARS),
    "[yyyy dash yyyy]",
    *(f"open [yyyy {link} yyyy] close" for link in ("to", "until", "and until")),
    "year to yyyy",
    "year until yyyy",
    "year and until yyyy",
    "between [year and yyyy]",
    "from [year to yyyy]",
    "from [year until yyyy]",
    "year dash yyyy",
    name="years",
)
def years(*parts: Any) -> Range | None:
    """«2011-2013», «بين 2011 و2013»."""
    low, high = (part for part in parts if isinstance(part, Moment))
    if not low.year or not high.year or low.hijri != high.hijri:
        return None
    if high.bc:
        low = replace(low, bc=True)
    return Range(low=low, high=high) if ((low.year or 0) >= high.year) == high.bc else None


@rule("school-year", "the-unit-1 kind-of-year yyyy slash yyyy", "the-unit-1 kind-of-year yyyy dash yyyy", name="years")
def school_year_reversed(unit: str, _: Any, first: Moment, __: Any, second: Moment) -> Range | None:
    """«العام الدراسي 1437/1436»: written in either order."""
    low, high = sorted((first, second), key=lambda moment: moment.year or 0)
    adjacent = low.hijri == high.hijri and (high.year or 0) - (low.year or 0) == 1
    return Range(low=low, high=high) if unit == "Y" and adjacent else None


@rule(
    "range",
    *(f"between [{low} and digits ad]" for low in ("year", "digits")),
    *(f"{low} dash digits ad" for low in ("year", "digits")),
    name="early-years",
)
def early_years(*parts: Any) -> Range | None:
    """«بين عام 568 و645 ميلادية», «حوالي 570 - 632 ميلادية»."""
    low, high = [part for part in parts if isinstance(part, Moment | str)]
    plain = isinstance(low, str) or (isinstance(low, Moment) and not (low.hijri or low.month or low.mod))
    first, last = (end.year if isinstance(end, Moment) else int(end) for end in (low, high))
    if not plain or not first or not last or not 100 <= first < last <= 1500:
        return None
    return Range(low=Moment(year=first), high=Moment(year=last))


@rule("range", "approx range", name="about+range")
def about_years(_: Any, years: Range) -> Range | None:
    """«حوالي 570 - 632 ميلادية»."""
    whole_years = isinstance(years.low, Moment) and years.low == Moment(year=years.low.year, hijri=years.low.hijri)
    return replace(years, mod="APPROX") if whole_years and years.mod is None else None


@rule("range", "range ad", name="years+calendar")
def years_of_calendar(years: Range, _: Any) -> Range | None:
    """«2014-2015م», «القرن 10-11م»."""
    low, high = years.low, years.high
    if not isinstance(low, Moment) or not isinstance(high, Moment) or low.month or low.day:
        return None
    return years if low.year or low.century is not None else None


@rule("range", "range ah", name="years+calendar")
def hijri_years(years: Range, ah: Any) -> Range | None:
    """«1182-1188هـ», «القرن 4-5هـ»."""
    plain = years_of_calendar(years, ah)
    low, high = (replace(end, hijri=True) if isinstance(end, Moment) else end for end in (years.low, years.high))
    early = isinstance(high, Moment) and (high.year or 0) <= 1500
    return replace(years, low=low, high=high) if plain and early else None


@rule("range", "school-year", name="school-year")
def school_year_alone(years: Range) -> Range:
    return years


@rule("range", "fuzzy playing-season range", "fuzzy school-year", name="fuzzy-season")
def fuzzy_season(how: tuple[str, bool], *rest: Any) -> Range | None:
    """«أواخر موسم 2014-2015», «مطلع العام الدراسي 2014/2015»."""
    years: Range = rest[-1]
    whole_years = isinstance(years.low, Moment) and years.low == Moment(year=years.low.year, hijri=years.low.hijri)
    return replace(years, mod=how[0]) if whole_years else None


@rule("range", "yyyy slash yyyy", "year slash yyyy", "year slash digits", name="school-year")
def school_year(low: Moment, _: Any, high: Moment | str) -> Range | None:
    """«2015/2016»."""
    number = (
        high.year if isinstance(high, Moment) else (low.year or 0) // 100 * 100 + int(high) if len(high) == 2 else None
    )
    if low.year is None or number != low.year + 1:
        return None
    return Range(low=low, high=replace(low, year=number))


@rule(
    "range",
    *(f"{a} [monthly {b} {high}]" for a, b in (*BETWEEN, ("stretch from", "and")) for high in ("monthly", "date")),
    "[monthly dash date]",
    "[monthly dash monthly]",
    name="months",
)
def months(*parts: Any) -> Range | None:
    """«بين مارس ومايو 2015»."""
    low, high = (part for part in parts if isinstance(part, Moment))
    if high.day or not high.month or low.month == high.month:
        return None
    return span(replace(low, alone=2), replace(high, alone=2))


@rule(
    "range",
    "from [clockish to clockish]",
    "from [hour-digits to clockish]",
    "from [hour-digits until clockish]",
    "from [hour-digits and until clockish]",
    "from [clockish until clockish]",
    "between [clockish and clockish]",
    "[clockish until clockish]",
    "[clockish to clockish]",
    "[clockish dash clockish]",
    "from [clockish and until clockish]",
    name="hours",
)
def hours(*parts: Any) -> Range | None:
    """«من الساعة الثالثة إلى الرابعة عصرا»."""
    low, high = (part for part in parts if isinstance(part, Moment))
    if low.hour is None or high.hour is None:
        return None
    return span(low, high)


PARTS = ("part", "named-part", "part-adverb")


@rule(
    "range",
    *(f"from [{part} {b} clockish]" for part in PARTS for b in ("to", "until", "and until")),
    *(f"from [clockish {b} {part}]" for part in PARTS for b in ("to", "until", "and until")),
    name="part+hour",
)
def part_and_hour(_: Any, low: Moment, *rest: Any) -> Range:
    """«من الصباح وحتى الساعة 12 ظهرا»."""
    low, high = (replace(end, hours=None, part=None if end.hour is not None else end.part) for end in (low, rest[-1]))
    return Range(low=low, high=high)


@rule("clockish", "time", "hh:mm", "hour-ordinal", name="clock")
def clockish(time: Moment) -> Moment | None:
    return time if time.within is None and time.day is None and time.weekday is None else None


@rule(
    "range",
    "day range",
    "today range",
    "date range",
    "cycle between? range",
    "cycle from range",
    "cycle range",
    name="day+range",
)
def range_on_day(day: Any, *rest: Any) -> Range | None:
    """«الخميس من الساعة التاسعة حتى الحادية عشرة», «الأسبوع المقبل بين الأربعاء والجمعة»."""
    found = rest[-1]
    ends = []
    for end in (found.low, found.high):
        if not isinstance(end, Moment) or end.within is not None:
            return None
        if isinstance(day, Cycle):
            if day.unit != "W" or not end.weekday or end.day:
                return None
            ends.append(replace(end, within=day))
            continue
        if end.hour is None or end.day or end.weekday:
            return None
        both = replace(end, within=day) if isinstance(day, Counted) else merged(day, end)
        if both is None:
            return None
        ends.append(both)
    return Range(low=ends[0], high=ends[1])


@rule(
    "range",
    *(
        f"{a} [dom {b} dom {link} {month}]"
        for a, b in (
            ("from", "to"),
            ("from", "until"),
            ("between", "and"),
            ("from", "dash"),
            ("between", "dash"),
            ("", "dash"),
            ("from", "and until"),
            ("", "to"),
        )
        for link in ("", "from", "in")
        for month in ("cycle", "numbered-month")
    ),
    name="days-of-cycle",
)
def days_of_cycle(*parts: Any) -> Range | None:
    """«من 4 إلى 22 هذا الشهر»."""
    low, high = (part for part in parts[:-1] if isinstance(part, Moment))
    month = parts[-1]
    if not low.day or not high.day or low.day >= high.day:
        return None
    if isinstance(month, Moment):
        return Range(low=replace(low, month=month.month), high=replace(high, month=month.month))
    return Range(low=replace(low, within=month), high=replace(high, within=month)) if month.unit == "M" else None
