"""Periods, ranges, and what is reported at last: «العام الماضي», «أواخر مايو 2015», «بين 9 و11 ديسمبر»."""

from __future__ import annotations

from typing import Any

from riwaya.lang.ar.numbers import Number
from riwaya.stages.dates.meaning import Calendar, Cycle, Duration, Meaning, Moment, Span, Vague, merged, replace
from riwaya.stages.dates.rules.grammar import rule, whole

CYCLIC = ("D", "W", "M", "Y", "DE", "CE")

# --- the period we are in, the one before, the one after ----------------------------------------------------------------


@rule("cycle", "the-unit-1 adjective", name="unit+relative")
def relative_unit(unit: str, adjective: tuple[int, str, str]) -> Cycle | None:
    """«الشهر الماضي», «العام الجاري», «اليوم التالي»."""
    step, base, name = adjective
    return Cycle(unit=unit, step=step, base=base) if unit in CYCLIC and name != "past-recent" else None


@rule("cycle", "this the-unit-1", "this cycle", name="this+unit")
def this_unit(_: Any, unit: str | Cycle) -> Cycle | None:
    """«هذا الأسبوع»."""
    if isinstance(unit, Cycle):
        return unit if unit.step == 0 else None
    return Cycle(unit=unit, step=0) if unit in CYCLIC and unit != "D" else None


@rule("cycle", "that the-unit-1", "the-unit-1 same", "same-before the-unit-1", "the-unit-1 that", name="same+unit")
def same_unit(*parts: Any) -> Cycle | None:
    """«اليوم نفسه», «ذلك العام»."""
    unit = next(part for part in parts if part is not None)
    return Cycle(unit=unit, step=0, base="previous") if unit in CYCLIC else None


@rule("cycle-now", "the-unit-1", name="unit")
def unit_now(unit: str) -> Cycle | None:
    """«نهاية العام»: of the year we are in; only inside a larger phrase."""
    return Cycle(unit=unit, step=0) if unit in ("W", "M", "Y", "DE", "CE") else None


@rule(
    "date", "monthly adjective", "md adjective", "dom monthly adjective", name="month+relative"
)
def relative_month(*parts: Any) -> Moment | None:
    """«مارس الماضي», «11 ديسمبر/كانون الأول الماضي»."""
    date, (step, _, name) = parts[-2], parts[-1]
    if len(parts) != 2 or date.step is not None or date.year or name == "past-recent":
        return None
    return replace(date, step=step, alone=2)


@rule("date", "this monthly", name="this+month")
def this_month(_: Any, month: Moment) -> Moment | None:
    return replace(month, step=0, alone=2) if month.step is None else None


@rule(
    "date", *(f"{date} {link} cycle" for date in ("md", "monthly", "numbered-month") for link in ("", "from", "in", "for")),
    name="month+year-relative",
)  # fmt: skip
def month_of_cycle(date: Moment, *rest: Any) -> Moment | None:
    """«مارس من العام الماضي», «يونيو العام المقبل»."""
    cycle = rest[-1]
    return replace(date, within=cycle, alone=2) if cycle.unit == "Y" else None


@rule("date", "dom from cycle", "dom cycle", "spelled-dom from cycle", name="day+month-relative")
def day_of_cycle(day: Moment, *rest: Any) -> Moment | None:
    """«12 من الشهر الحالي»."""
    return replace(day, within=rest[-1]) if rest[-1].unit == "M" else None


# --- weeks, days and quarters inside a period -----------------------------------------------------------------------

WHERE = ("monthly", "date", "cycle", "year", "numbered-month", "yyyy", "spelled-year")


@rule(
    "period",
    *(f"{first} {link} {where}" for first in ("ordinal unit-1", "the-unit-1 ordinal", "the-unit-1 adjective") for link in ("from", "in", "") for where in WHERE),
    name="nth-unit",
)
def nth_unit(first: Any, second: Any, *rest: Any) -> Moment | None:
    """«الأسبوع الأول من أكتوبر», «آخر يوم من مايو», «العقد الأخير من القرن الماضي»."""
    unit = first if isinstance(first, str) else second
    number = second if unit is first else first
    value = whole(number, -1, 31) if isinstance(number, Number) else -1 if number[2] == "past-recent" else None
    where = rest[-1]
    if not value or (isinstance(where, Moment) and where.day):
        return None
    if unit == "DE":
        century = isinstance(where, Cycle) and where.unit == "CE"
        return Moment(decade=value - 1 if value > 0 else 9, within=where) if century else None
    return Moment(nth=value, nth_unit=unit, within=where) if unit in ("D", "W") else None


@rule(
    "period", *(f"number ordinal {link} {where}" for link in ("from", "") for where in ("cycle", "year", "yyyy", "cycle-now", "spelled-year")),
    name="part-of-year",
)  # fmt: skip
def part_of_year(fraction: Number, number: Number, *rest: Any) -> Moment | None:
    """«الربع الأول من عام 2016», «النصف الثاني من العام الماضي»."""
    where = rest[-1]
    parts = {0.25: ("Q", 4), 0.5: ("H", 2)}.get(fraction.value) if fraction.bare == "fraction" and fraction.definite else None
    if parts is None or not (value := whole(number, -1, parts[1])):
        return None
    name = f"{parts[0]}{value if value > 0 else parts[1]}"
    return within_year(Moment(part_of_year=name), where)


def within_year(moment: Moment, where: Any) -> Moment | None:
    """A season or quarter in a year that is named or relative."""
    if isinstance(where, Cycle):
        return replace(moment, within=where) if where.unit == "Y" else None
    return replace(moment, year=where.year) if where.year and not where.hijri else None


@rule(
    "period", *(f"season {link} {where}" for link in ("", "from") for where in ("cycle", "year", "yyyy", "spelled-year")), name="season+year"
)
def season_of_year(season: Moment, *rest: Any) -> Moment | None:
    """«صيف 2012»."""
    return within_year(season, rest[-1])


@rule("period", "season adjective", name="season+relative")
def relative_season(season: Moment, adjective: tuple[int, str, str]) -> Moment | None:
    """«الصيف الماضي»."""
    return replace(season, step=adjective[0]) if adjective[2] != "past-recent" else None


@rule("period", "this season", name="this+season")
def this_season(_: Any, season: Moment) -> Moment:
    return replace(season, step=0)


@rule("period", "weekend", name="weekend")
def weekend(_: Any) -> Moment:
    """«عطلة نهاية الأسبوع»."""
    return Moment(weekend=True, within=Cycle(unit="W", step=0))


@rule("period", "weekend adjective", name="weekend+relative")
def relative_weekend(_: Any, adjective: tuple[int, str, str]) -> Moment | None:
    if adjective[2] == "past-recent":
        return None
    return Moment(weekend=True, within=Cycle(unit="W", step=adjective[0]))


# --- decades and centuries -----------------------------------------------------------------------------------------


@rule("century", "the-unit-1 ordinal", "unit-1 ordinal", name="century")
def century(unit: str, number: Number) -> Moment | None:
    """«القرن التاسع عشر»."""
    value = whole(number, 1, 30)
    return Moment(century=value - 1) if unit == "CE" and value and number.definite else None


@rule("century", "century bc", name="century+bc")
def century_bc(century: Moment, _: Any) -> Moment:
    return replace(century, bc=True)


@rule("century", "century ad", "century ah", name="century+ad")
def century_ad(century: Moment, _: Any) -> Moment:
    return century


@rule("period", "century", name="century")
def century_alone(century: Moment) -> Moment:
    return century


@rule("decade-x", "decade", name="decade")
def decade(digit: int) -> Moment:
    """«الثمانينيات»."""
    return Moment(decade=digit)


@rule("decade-x", "unit-1 decade", "unit-n decade", name="decade-word+decade")
def named_decade(unit: str, digit: int) -> Moment | None:
    return Moment(decade=digit) if unit in ("DE", "Y") else None


@rule("period", "decade-x", name="decade")
def decade_alone(decade: Moment) -> Moment:
    return decade


@rule("period", "decade-x cycle", "decade-x from cycle", "decade-x century", "decade-x from century", name="decade+century")
def decade_of_century(decade: Moment, *rest: Any) -> Moment | None:
    """«ثمانينيات القرن الماضي»."""
    where = rest[-1]
    if isinstance(where, Moment):
        return None if where.bc else replace(decade, decade=(where.century or 0) * 10 + (decade.decade or 0))
    return replace(decade, within=where) if where.unit == "CE" else None


# --- beginnings, middles, ends ---------------------------------------------------------------------------------------

FUZZY_OF = ("monthly", "date", "cycle", "year", "yyyy", "period", "numbered-month", "spelled-year")


@rule(
    "fuzzy-time", *(f"fuzzy {link} {what}" for link in ("", "from") for what in FUZZY_OF), "fuzzy cycle-now", "fuzzy month-of-year",
    name="fuzzy",
)  # fmt: skip
def fuzzy(how: tuple[str, bool], *rest: Any) -> Moment | Cycle | None:
    """«أواخر مايو/أيار 2015», «مطلع العام»."""
    what = rest[-1]
    mod, wide = how
    if isinstance(what, Moment):
        if what.day or what.weekday or what.mod or what.weekend or what.nth:
            return None
        return replace(what, mod=mod, wide=wide, alone=2)
    if not isinstance(what, Cycle) or what.mod or what.unit == "D":
        return None
    return replace(what, mod=mod, wide=wide)


@rule("period", "fuzzy this the-unit-1", name="weekend")
def end_of_this_week(how: tuple[str, bool], _: Any, unit: str) -> Moment | None:
    """«نهاية هذا الأسبوع»."""
    return Moment(weekend=True, within=Cycle(unit="W", step=0)) if unit == "W" and how == ("END", False) else None


@rule("date", "dom adjective", "unit-1 dom adjective", "day dom adjective", name="day+month-relative")
def day_relative(*parts: Any) -> Moment | None:
    """«15 الجاري», «الثلاثاء 20 المقبل»: the day of this or of the next month."""
    dom, (step, base, name) = parts[-2], parts[-1]
    if name == "past-recent" or base == "previous" or (len(parts) == 3 and parts[0] != "D" and not isinstance(parts[0], Moment)):
        return None
    return replace(dom, within=Cycle(unit="M", step=step)) if dom.day and dom.weekday is None else None


@rule("date", "ordinal monthly", "ordinal from monthly", name="first-of-month")
def first_of_month(number: Number, *rest: Any) -> Moment | None:
    """«أول يناير»."""
    return replace(rest[-1], day=1, alone=2) if number.value == 1 else None


THEN = ("cycle", "today", "day", "date", "day-part", "cycle-now")


@rule("dated-vague", *(f"earlier from {what}" for what in THEN), *(f"earlier {what}" for what in ("today",)), name="earlier")
def earlier(*parts: Any) -> Meaning | None:
    """«وقت سابق من هذا العام»."""
    what: Meaning = replace(parts[-1], mod="BEFORE")
    return what


@rule("dated-vague", *(f"later from {what}" for what in THEN), *(f"later {what}" for what in ("today",)), name="later")
def later(*parts: Any) -> Meaning | None:
    what: Meaning = replace(parts[-1], mod="AFTER")
    return what


@rule("range", "rest cycle", "rest cycle-now", name="rest")
def rest(_: Any, cycle: Cycle) -> Span | None:
    """«بقية العام»."""
    return Span(low=Calendar(amounts=((0, "D"),), sign=1), high=replace(cycle, mod="LAST_DAY")) if cycle.step == 0 else None


@rule("period", "holiday year", "holiday yyyy", "holiday cycle", name="holiday+year")
def holiday(day: Moment, year: Moment | Cycle) -> Moment | None:
    """«عيد الفطر 2013»."""
    if isinstance(year, Cycle):
        return replace(day, within=year) if year.unit == "Y" else None
    return replace(day, year=year.year, within=Vague(value="HIJRI_YEAR" if year.hijri else "GREGORIAN_YEAR"))


@rule("period", "text-start holiday text-end", name="holiday")
def holiday_alone(_: Any, day: Moment, __: Any) -> Moment:
    return day


# --- ranges --------------------------------------------------------------------------------------------------------

ENDS = ("date", "day", "today", "day-part", "time", "year", "cycle", "fuzzy-time", "period")
BETWEEN = [("between", "and"), ("from", "to"), ("from", "until"), ("from", "and until"), ("", "until"), ("", "to"), ("", "and until")]


@rule(
    "range",
    *(f"{a} [{low} {b} {high}]" for a, b in BETWEEN for low in ENDS for high in ENDS),
    *(f"[{low} dash {low}]" for low in ("date", "day", "year")),
    name="range",
)
def between(*parts: Any) -> Span | None:
    """«بين 4 سبتمبر و8 سبتمبر», «من الثلاثاء إلى الخميس»."""
    low, high = (part for part in parts if isinstance(part, Moment | Cycle | Calendar))
    return span(low, high)


def span(low: Meaning, high: Meaning) -> Span | None:
    """A range whose ends are of one kind: two clock times, two days, two years."""
    if isinstance(low, Moment) and isinstance(high, Moment):
        if (low.hour is None) != (high.hour is None) and low.hour is not None:
            return None
        low = borrowed(low, high)
    return Span(low=low, high=high)


def borrowed(low: Moment, high: Moment) -> Moment:
    """What the first end leaves to the second: month, year, week, part of day."""
    fields: dict[str, Any] = {}
    if low.day and high.day and low.month is None and low.within is None:
        fields |= {"month": high.month, "hijri": high.hijri}
    if low.month and low.year is None and high.year and low.within is None and (low.day or high.day is None):
        earlier = (low.month, low.day or 1) <= (high.month or 12, high.day or 1)
        fields["year"] = high.year if earlier else high.year - 1
    elif low.day and low.month is None:
        fields["year"] = high.year
    if low.year is None and high.step is not None and low.step is None and low.weekday is None:
        fields["step"] = high.step
    if low.within is None and high.within is not None and low.year is None:
        fields["within"] = high.within
    if low.hour is not None and low.part is None and high.hour is not None:
        if low.hour <= 12 < high.hour and low.hour + 12 < high.hour + (high.minute or 0) / 60:
            fields["hour"] = low.hour + 12
        if low.within is None and low.day is None and low.weekday is None:
            fields |= {k: getattr(high, k) for k in ("year", "month", "day", "weekday", "within", "zone")}
    return replace(low, **{k: v for k, v in fields.items() if v is not None})


DOM_ENDS = ("date", "md")


@rule(
    "range",
    *(f"{a} [{low} {b} {high}]" for a, b in BETWEEN for low in ("dom", "spelled-dom", "day-dom") for high in DOM_ENDS),
    *(f"{a} [dom dash {high}]" for a in ("", "from", "between") for high in DOM_ENDS),
    name="days-of-month",
)
def days_of_month(*parts: Any) -> Span | None:
    """«9 و11 ديسمبر» after «بين», «13-15 يوليو»."""
    low, high = (part for part in parts if isinstance(part, Moment))
    if not high.day or high.weekday or (low.day or 0) >= high.day:
        return None
    return span(low, high)


@rule("day-dom", "day dom", name="weekday+day")
def day_with_number(day: Moment, dom: Moment) -> Moment | None:
    return replace(day, day=dom.day) if day.step is None and day.day is None and day.within is None else None


@rule("range", "from [day-dom to day-dom]", "from [day-dom until day-dom]", "[day-dom until day-dom]", "between [day-dom and day-dom]", name="days")
def day_numbers(*parts: Any) -> Span:
    low, high = (part for part in parts if isinstance(part, Moment))
    return Span(low=low, high=high)


@rule(
    "range",
    *(f"{a} [monthly {c} dom {b} dom]" for a in ("", "from") for c, b in (("", "to"), ("", "dash"), ("", "until"), ("between", "and"))),
    name="month+days",
)
def month_then_days(*parts: Any) -> Span | None:
    """«يوليو 13-15»."""
    month, low, high = (part for part in parts if isinstance(part, Moment))
    if not low.day or not high.day or low.day >= high.day:
        return None
    return Span(low=replace(month, day=low.day), high=replace(month, day=high.day))


YEARS = ("yyyy", "spelled-year")


@rule(
    "range",
    *(f"{a} [{low} {b} {high}]" for a, b in BETWEEN[:4] for low in YEARS for high in YEARS),
    "[yyyy dash yyyy]",
    "year to yyyy",
    "year until yyyy",
    "between [year and yyyy]",
    "from [year to yyyy]",
    "from [year until yyyy]",
    "year dash yyyy",
    name="years",
)
def years(*parts: Any) -> Span | None:
    """«2011-2013», «بين 2011 و2013»."""
    low, high = (part for part in parts if isinstance(part, Moment))
    if not low.year or not high.year or low.year >= high.year or low.hijri != high.hijri:
        return None
    return Span(low=low, high=high)


@rule("range", "yyyy slash yyyy", "year slash yyyy", "year slash digits", name="school-year")
def school_year(low: Moment, _: Any, high: Moment | str) -> Span | None:
    """«2015/2016»."""
    number = high.year if isinstance(high, Moment) else (low.year or 0) // 100 * 100 + int(high) if len(high) == 2 else None
    if low.year is None or number != low.year + 1:
        return None
    return Span(low=low, high=replace(low, year=number))


@rule("range", *(f"{a} [monthly {b} {high}]" for a, b in BETWEEN for high in ("monthly", "date")), "[monthly dash date]", "[monthly dash monthly]", name="months")
def months(*parts: Any) -> Span | None:
    """«بين مارس ومايو 2015»."""
    low, high = (part for part in parts if isinstance(part, Moment))
    if high.day or not high.month or low.month == high.month:
        return None
    return span(replace(low, alone=2), replace(high, alone=2))


@rule("range", "from [clockish to clockish]", "from [clockish until clockish]", "between [clockish and clockish]", "[clockish until clockish]", "[clockish to clockish]", "[clockish dash clockish]", "from [clockish and until clockish]", name="hours")
def hours(*parts: Any) -> Span | None:
    """«من الساعة الثالثة إلى الرابعة عصرا»."""
    low, high = (part for part in parts if isinstance(part, Moment))
    if low.hour is None or high.hour is None:
        return None
    if low.part is None and high.part and low.hour <= 12:
        later_hour = low.hour % 12 + 12
        low = replace(low, hour=later_hour if later_hour < high.hour and high.hour >= 12 else low.hour)
    return span(low, high)


@rule("clockish", "time", "hh:mm", "hour-ordinal", name="clock")
def clockish(time: Moment) -> Moment | None:
    return time if time.within is None and time.day is None and time.weekday is None else None


@rule("range", "day range", "today range", "date range", "cycle between? range", "cycle from range", "cycle range", name="day+range")
def range_on_day(day: Any, *rest: Any) -> Span | None:
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
        both = replace(end, within=day) if isinstance(day, Calendar) else merged(day, end)
        if both is None:
            return None
        ends.append(both)
    return Span(low=ends[0], high=ends[1])


@rule("range", *(f"{a} [dom {b} dom {link} {month}]" for a, b in (("from", "to"), ("from", "until"), ("between", "and"), ("from", "dash"), ("between", "dash"), ("", "dash"), ("from", "and until"), ("", "to")) for link in ("", "from", "in") for month in ("cycle", "numbered-month")), name="days-of-cycle")
def days_of_cycle(*parts: Any) -> Span | None:
    """«من 4 إلى 22 هذا الشهر»."""
    low, high = (part for part in parts[:-1] if isinstance(part, Moment))
    month = parts[-1]
    if not low.day or not high.day or low.day >= high.day:
        return None
    if isinstance(month, Moment):
        return Span(low=replace(low, month=month.month), high=replace(high, month=month.month))
    return Span(low=replace(low, within=month), high=replace(high, within=month)) if month.unit == "M" else None


# --- what is reported ------------------------------------------------------------------------------------------------


@rule("timex", "date", "day", "today", "day-part", "time", "cycle", "year", "period", "fuzzy-time", "dated-vague", "range", "length", "relative-length", "licensed", "set", "vague", "anaphor", "clock-part", "no-time", name="timex")
def whole_time(meaning: Meaning) -> Meaning | None:
    if isinstance(meaning, Moment) and meaning.month and meaning.alone < 2 and not meaning.day and not meaning.year:
        return None
    return meaning


@rule("timex", "monthly", name="month")
def month_alone(month: Moment) -> Moment | None:
    return month if month.alone == 2 else None


@rule("timex", *(f"{licence} [monthly]" for licence in ("in", "since", "until", "during", "from", "to", "before", "after", "between")), name="licensed-month")
def month_licensed(_: Any, month: Moment) -> Moment | None:
    """«في مارس»: the preposition shows that no verb is meant."""
    return replace(month, alone=2) if month.alone == 1 else None


@rule("timex", "since [yyyy]", "until [yyyy]", "born [yyyy]", "born in [yyyy]", "open [yyyy] close", "in [yyyy] stop", "before [yyyy] stop", "after [yyyy] stop", "text-start [yyyy] text-end", name="licensed-year")
def year_licensed(*parts: Any) -> Moment | None:
    """«منذ 2011», «(1971)», «في 2014،»."""
    year = next(part for part in parts if isinstance(part, Moment))
    plausible = year.year is not None and (1800 <= year.year <= 2100 or year.hijri)
    return year if plausible else None


@rule("timex", "in [yyyy]", name="licensed-year")
def year_after_in(_: Any, year: Moment) -> Moment | None:
    """«في 2014 سيطر»: a round thousand would rather count something."""
    return year if year.year is not None and 1900 <= year.year <= 2060 and year.year % 100 else None


@rule("timex", "[dom] and date", "[dom] comma dom and date", name="day-of-list")
def day_of_list(day: Moment, *rest: Any) -> Moment | None:
    """The «2» of «2 و3 مايو»."""
    date = rest[-1]
    if not date.day or not date.month or date.weekday or (day.day or 0) >= date.day:
        return None
    return replace(date, day=day.day, options=())



@rule("timex", "in [spelled-year]", name="licensed-year")
def spelled_year_after_in(_: Any, year: Moment) -> Moment | None:
    """«في ألف وسبعمئة وتسعة وثمانين»."""
    return year if year.year is not None and year.year % 100 else None


@rule("timex", "text-start [weak] text-end", name="unit")
def unit_alone(_: Any, length: Duration, __: Any) -> Duration:
    """A unit that is all there is."""
    return length


@rule("timex", "in [slashed-md] stop", name="day/month")
def licensed_slash(_: Any, date: Moment, __: Any) -> Moment:
    """«في 22/4.»."""
    return date


# --- what only a diary would say -------------------------------------------------------------------------------------


@rule("loose-timex", "numeric-md", "slashed-md", name="day/month")
def loose_day_month(date: Moment) -> Moment:
    return date


@rule("loose-timex", "in [dom] stop", "to [dom] stop", "for [dom] stop", "day in dom stop", "day in spelled-dom stop", name="day-number")
def loose_day(*parts: Any) -> Moment | None:
    """«إلى 27», «للثاني والعشرين»."""
    moments = [part for part in parts if isinstance(part, Moment)]
    return merged(*moments) if all(m.step is None and m.within is None for m in moments) else None


@rule("loose-timex", "day ordinal stop", name="nth-weekday")
def loose_nth_weekday(day: Moment, number: Number, _: Any) -> Moment | None:
    """«الأحد الثاني»: of this month."""
    value = whole(number, 1, 5)
    if not value or day.step is not None or day.day or day.within:
        return None
    return Moment(weekday=day.weekday, nth=value, within=Cycle(unit="M", step=0))


@rule("loose-timex", "cycle-now", name="unit")
def loose_cycle(cycle: Cycle) -> Cycle:
    return cycle


@rule("loose-timex", "season", name="season")
def loose_season(season: Moment) -> Moment:
    return replace(season, step=99)


@rule("loose-timex", "fuzzy season", name="season")
def loose_fuzzy_season(how: tuple[str, bool], season: Moment) -> Moment:
    return replace(season, step=99, mod=how[0])
