"""Periods, ranges, and what is reported at last: «العام الماضي», «أواخر مايو 2015», «بين 9 و11 ديسمبر»."""

from __future__ import annotations

from typing import Any

from riwaya.lang.ar.numbers import Number
from riwaya.stages.dates.meaning import Counted, Cycle, Meaning, Moment, Range, Vague, replace
from riwaya.stages.dates.rules.days import day_digits
from riwaya.stages.dates.rules.grammar import rule, whole

CYCLIC = ("D", "W", "M", "Y", "DE", "CE")
YEARLY = ("cycle", "year", "yyyy", "cycle-now", "spelled-year")
WHERE = ("monthly", "date", "cycle", "year", "numbered-month", "yyyy", "spelled-year")
FISCAL = ("the-unit-1 fiscal", "the-unit-1 fiscal adjective")
SCHOOL = ("the-unit-1 school-kind", "the-unit-1 school-kind adjective")

# --- the period we are in, the one before, the one after -----------------------------------------------------------


@rule("cycle", "the-unit-1 adjective", name="unit+relative")
def relative_unit(unit: str, adjective: tuple[int, str, str]) -> Cycle | None:
    """«الشهر الماضي», «العام الجاري», «اليوم التالي»."""
    step, base, name = adjective
    if unit == "DE" and base != "publication":
        return None  # «العقد السابق»: the contract
    return Cycle(unit=unit, step=step, base=base) if unit in CYCLIC and name != "past-recent" else None


@rule("cycle", "this the-unit-1", "this cycle", name="this+unit")
def this_unit(_: Any, unit: str | Cycle) -> Cycle | None:
    """«هذا الأسبوع»."""
    if isinstance(unit, Cycle):
        return unit if unit.step == 0 else None
    return Cycle(unit=unit, step=0) if unit in CYCLIC and unit != "D" else None


@rule("cycle", "that the-unit-1", "the-unit-1 same", "same-before the-unit-1", name="same+unit")
def same_unit(*parts: Any) -> Cycle | None:
    """«اليوم نفسه», «ذلك العام»."""
    unit = next(part for part in parts if part is not None)
    return Cycle(unit=unit, step=0, base="previous") if unit in CYCLIC else None


OF_YEAR = ("from", "for", "in", "during", "")


@rule(
    "period", *(f"cycle {link} {year}" for link in OF_YEAR for year in ("cycle", "year", "yyyy")),
    name="same-month+year",
)  # fmt: skip
def same_month(cycle: Cycle, *rest: Any) -> Cycle | None:
    """«الشهر نفسه من العام الماضي», «نفس الشهر لعام 2014», «الشهر نفسه عام 2014»."""
    year: Cycle | Moment = rest[-1]
    if cycle.unit != "M" or cycle.step or cycle.base != "previous" or cycle.of is not None:
        return None
    yearly = year.unit == "Y" if isinstance(year, Cycle) else bool(year.year and not year.month)
    return replace(cycle, of=year) if yearly else None


ALIKE = ("same-before {0}", "{0} same", "{0} alike")


@rule(
    "period",
    *(
        f"{alike.format(what)} {link} {year}"
        for alike in ALIKE
        for what in ("stretch", "number")
        for link in OF_YEAR
        for year in ("cycle", "year", "yyyy")
    ),
    name="same-period+year",
)
def same_period(*parts: Any) -> Cycle | None:
    """«الفترة نفسها من العام الماضي», «الربع المماثل من 2014»: what was spoken of last, in another year."""
    number = next((part for part in parts if isinstance(part, Number)), None)
    quarter = number is not None and number.bare == "fraction" and number.value == 0.25 and number.definite
    year = parts[-1]
    yearly = year.unit == "Y" if isinstance(year, Cycle) else bool(year.year and not year.month)
    if not yearly or (number is not None and not quarter):
        return None
    return Cycle(unit="Q" if quarter else "P", step=0, base="previous", of=year)


@rule("period", "ordinal year", "ordinal cycle", name="end-of-period")
def last_of_period(number: Number, period: Moment | Cycle) -> Moment | Cycle | None:
    """«آخر العام 2014», «آخر الشهر الماضي»: its end."""
    if number.value != -1 or number.definite or period.mod:
        return None
    if isinstance(period, Cycle):
        return replace(period, mod="END") if period.unit in ("M", "Y") else None
    return replace(period, mod="END") if period.year and not period.day else None


FEW = ("the-unit-n ordinal", "the-unit-n adjective")


@rule(
    "period", *(f"{few} {link} {where}" for few in FEW for link in ("from", "in") for where in WHERE), name="few-units"
)
def first_units(unit: str, number: Any, *rest: Any) -> Moment | Cycle | None:
    """«الأيام الأولى من أغسطس», «الليالي الأخيرة من رمضان», «الأشهر الأخيرة من العام الماضي»: its start or its end."""
    where: Moment | Cycle = rest[-1]
    first = isinstance(number, Number) and number.value == 1
    last = number.value == -1 if isinstance(number, Number) else number[2] == "past-recent"
    larger = {"D": "WMY", "NI": "M", "W": "MY", "M": "Y"}.get(unit, "")
    inner = where.unit if isinstance(where, Cycle) else "M" if where.month else "Y" if where.year else ""
    if not (first or last) or inner not in larger or not inner or where.mod:
        return None
    if isinstance(where, Moment) and where.day:
        return None
    mod = "START" if first else "END"
    return replace(where, mod=mod, alone=2) if isinstance(where, Moment) else replace(where, mod=mod)


DAYS = ("day", "date", "today", "day-part")
FIRST_HOURS = ("the-unit-n ordinal", "the-unit-n adjective")


@rule("day-part", *(f"{hours} from {day}" for hours in FIRST_HOURS for day in DAYS), name="first-hours")
@rule("clock-part", *(f"{hours} from {part}" for hours in FIRST_HOURS for part in ("part", "named-part")),
      name="first-hours")  # fmt: skip
def first_hours(unit: str, number: Any, _: Any, day: Moment | Counted) -> Moment | Counted | None:
    """«الساعات الأولى من فجر اليوم», «الساعات الأخيرة من الليل»: its start or its end."""
    first = isinstance(number, Number) and number.value == 1
    last = number.value == -1 if isinstance(number, Number) else number[2] == "past-recent"
    known = isinstance(day, Counted) or day.day or day.weekday or day.part
    if unit != "TH" or not (first or last) or not known or day.mod or getattr(day, "hour", None) is not None:
        return None
    return replace(day, mod="START" if first else "END")


@rule("day-part", *(f"unit-n part ordinal {day}" for day in ("day", "date", "today")), name="first-hours")
def hours_of_part(unit: str, part: Moment, number: Number, day: Moment | Counted) -> Moment | Counted | None:
    """«ساعات الصباح الأولى أمس»."""
    found = first_hours(unit, number, None, day)
    return replace(found, part=part.part) if found is not None and found.part is None else None


@rule("year", "cycle yyyy", "cycle comma yyyy", "cycle open yyyy close", "cycle year", name="relative-year+year")
def relative_and_named(cycle: Cycle, *rest: Any) -> Moment | None:
    """«العام الماضي 2014م»: the number says it all; «العام الماضي 1500 كتاب» counts."""
    year = next(part for part in rest if isinstance(part, Moment))
    counts = len(rest) == 1 and year.year is not None and year.year % 100 == 0
    return year if cycle.unit == "Y" and not counts else None


@rule("year", "the-unit-1 kind-of-year yyyy", "unit-1 kind-of-year yyyy", name="year-word+year")
def fiscal_year(unit: str, _: Any, year: Moment) -> Moment | None:
    """«العام المالي 2015»."""
    return year if unit == "Y" else None


@rule("period", "last-ten from monthly", "last-ten in monthly", name="ten-days")
def last_ten(_: Any, __: Any, month: Moment) -> Moment | None:
    """«العشر الأواخر من رمضان»: its end."""
    return replace(month, mod="END", alone=2) if not month.day else None


@rule("period", "first-ten from monthly", "first-ten in monthly", name="ten-days")
def first_ten(_: Any, __: Any, month: Moment) -> Moment | None:
    """«العشر الأوائل من ذي الحجة»."""
    return replace(month, mod="START", alone=2) if month.hijri else None


@rule("no-time", *(f"number ordinal from {year}" for year in SCHOOL), name="other-year")
@rule("no-time", "the-unit-1 kind-of-year adjective", "the-unit-1 kind-of-year", name="other-year")
@rule("no-time", "fuzzy the-unit-1 kind-of-year", "fuzzy the-unit-1 kind-of-year adjective", name="other-year")
def other_year(*_: Any) -> bool:
    """«العام الدراسي المقبل» begins in no January."""
    return True


@rule("cycle-now", "the-unit-1", name="unit")
def unit_now(unit: str) -> Cycle | None:
    """«نهاية العام»: of the year we are in; only inside a larger phrase."""
    return Cycle(unit=unit, step=0) if unit in ("W", "M", "Y", "DE", "CE") else None


@rule("date", "monthly adjective", "md adjective", "dom monthly adjective", name="month+relative")
def relative_month(*parts: Any) -> Moment | None:
    """«مارس الماضي», «11 ديسمبر/كانون الأول الماضي»."""
    date: Moment = parts[-2]
    step, _, name = parts[-1]
    if len(parts) != 2 or date.step is not None or date.year or name == "past-recent":
        return None
    return replace(date, step=step, alone=2)


@rule("date", "this monthly", name="this+month")
def this_month(_: Any, month: Moment) -> Moment | None:
    return replace(month, step=0, alone=2) if month.step is None else None


@rule(
    "date",
    *(f"{date} {link} cycle" for date in ("md", "monthly", "numbered-month") for link in ("", "from", "in", "for")),
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


@rule(
    "period",
    *(
        f"{first} {link} {where}"
        for first in ("ordinal unit-1", "the-unit-1 ordinal", "the-unit-1 adjective")
        for link in ("from", "in", "")
        for where in WHERE
    ),
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


@rule("period", "first-day cycle", "first-day from cycle", name="first-day")
def first_of_cycle(*parts: Any) -> Moment | None:
    """«غرة الشهر المقبل»."""
    cycle: Cycle = parts[-1]
    return Moment(nth=1, nth_unit="D", within=cycle) if cycle.unit in ("M", "Y") else None


@rule(
    "period",
    *(f"number ordinal {link} {where}" for link in ("from", "for", "") for where in YEARLY),
    name="part-of-year",
)  # fmt: skip
def part_of_year(fraction: Number, number: Number, *rest: Any) -> Moment | None:
    """«الربع الأول من عام 2016», «النصف الثاني من العام الماضي»."""
    where = rest[-1]
    parts = (
        {0.25: ("Q", 4), 0.5: ("H", 2)}.get(fraction.value)
        if fraction.bare == "fraction" and fraction.definite
        else None
    )
    if parts is None or not (value := whole(number, -1, parts[1])):
        return None
    name = f"{parts[0]}{value if value > 0 else parts[1]}"
    return within_year(Moment(part_of_year=name), where)


@rule(
    "period",
    *(f"number ordinal {link} {month}" for link in ("from", "") for month in ("monthly", "date", "cycle", "century")),
    name="half-of-month",
)
def half_of_month(fraction: Number, number: Number, *rest: Any) -> Moment | Cycle | Counted | None:
    """«النصف الثاني من تشرين الثاني المقبل»: its end, and not its second day; so of centuries."""
    what, half = rest[-1], whole(number, 1, 2)
    named = isinstance(what, Moment) and ((what.month and not what.day) or what.century is not None)
    month = what.unit in ("M", "CE") if isinstance(what, Cycle) else named
    if fraction.value != 0.5 or not fraction.definite or not half or not month:
        return None
    return fuzzy(("START" if half == 1 else "END", False), what)


@rule("period", "number the-unit-1 ordinal", name="part-of-year")
def half_of_this_year(fraction: Number, unit: str, number: Number) -> Moment | None:
    """«نصف العام الأول»."""
    value = whole(number, 1, 2)
    half = fraction.bare == "fraction" and fraction.value == 0.5 and unit == "Y" and number.definite and value
    return Moment(part_of_year=f"H{value}", within=Cycle(unit="Y", step=0)) if half else None


@rule("period", *(f"number ordinal {link} {year}" for link in ("from", "for") for year in FISCAL), name="part-of-year")
def fiscal_quarter(fraction: Number, number: Number, _: Any, unit: str, __: Any, *which: Any) -> Moment | None:
    """«الربع الأول من السنة المالية», «النصف الثاني من العام المالي الماضي»."""
    if unit != "Y":
        return None
    if which:
        year = relative_unit(unit, which[0])
        return part_of_year(fraction, number, year) if year is not None else None
    return bare_quarter(fraction, number)


@rule("quarter", "number ordinal", name="part-of-year")
def bare_quarter(fraction: Number, number: Number) -> Moment | None:
    """«الربع الثاني» of the year told of."""
    value = (
        whole(number, 1, 4) if fraction.value == 0.25 and fraction.bare == "fraction" and fraction.definite else None
    )
    return Moment(part_of_year=f"Q{value}", step=-1) if value and number.definite else None


def within_year(moment: Moment, where: Any) -> Moment | None:
    """A season or quarter in a year that is named or relative."""
    if isinstance(where, Cycle):
        return replace(moment, within=where) if where.unit == "Y" else None
    return replace(moment, year=where.year) if where.year and not where.hijri else None


@rule(
    "period",
    *(f"season {link} {where}" for link in ("", "from") for where in ("cycle", "year", "yyyy", "spelled-year")),
    name="season+year",
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
    return Moment(weekend=True)


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


@rule("century", "the-unit-1 ad ordinal", name="century+ad")
def century_after_christ(unit: str, _: Any, number: Number) -> Moment | None:
    """«القرن الميلادي السابع عشر»."""
    return century(unit, number)


@rule("century", "the-unit-1 ah ordinal", name="century+ah")
def century_after_hijra(unit: str, _: Any, number: Number) -> Moment | None:
    """«القرن الهجري الثالث»."""
    return century_ah(plain, None) if (plain := century(unit, number)) else None


@rule("century", "the-unit-1 the digits", "the-unit-1 digits", name="century")
def century_in_digits(unit: str, *rest: Any) -> Moment | None:
    """«القرن الـ20»."""
    value = int(rest[-1]) if len(rest[-1]) <= 2 else 0
    return Moment(century=value - 1) if unit == "CE" and 1 <= value <= 30 else None


@rule("century", "century bc", name="century+bc")
def century_bc(century: Moment, _: Any) -> Moment:
    return replace(century, bc=True)


@rule("century", "century ad", name="century+ad")
def century_ad(century: Moment, _: Any) -> Moment:
    return century


@rule("century", "century ah", name="century+ah")
def century_ah(century: Moment, _: Any) -> Moment | None:
    """«القرن السادس الهجري»."""
    return replace(century, hijri=True) if not century.bc else None


@rule(
    "range",
    *(f"the-unit-1 {the} digits {link} {the} digits" for the in ("the?",) for link in ("dash", "to", "and")),
    name="centuries",
)
def centuries(unit: str, *rest: Any) -> Range | None:
    """«القرن 4-5»: of one calendar with what follows."""
    low, high = (century_in_digits(unit, part) for part in rest if isinstance(part, str))
    return Range(low=low, high=high) if low and high and (low.century or 0) < (high.century or 0) else None


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


@rule("nth-decade", "the-unit-1 ordinal", name="nth-decade")
def nth_decade(unit: str, number: Number) -> Moment | None:
    value = whole(number, -1, 10)
    return Moment(decade=value - 1 if value > 0 else 9) if unit == "DE" and value else None


@rule("period", "nth-decade from century", "nth-decade century", name="nth-decade+century")
def nth_decade_of_century(decade: Moment, *rest: Any) -> Moment | None:
    """«العقد الأول من القرن الحادي والعشرين»."""
    return decade_of_century(decade, rest[-1])


@rule("period", "decade-x ah", name="hijri-decade")
def hijri_decade(decade: Moment, _: Any) -> Moment:
    """«التسعينات الهجرية»: of the century before ours."""
    return replace(decade, decade=130 + (decade.decade or 0), hijri=True)


@rule("period", "decade-x", name="decade")
def decade_alone(decade: Moment) -> Moment:
    return decade


@rule(
    "period",
    "decade-x cycle",
    "decade-x from cycle",
    "decade-x century",
    "decade-x from century",
    name="decade+century",
)
def decade_of_century(decade: Moment, *rest: Any) -> Moment | None:
    """«ثمانينيات القرن الماضي»."""
    where = rest[-1]
    if isinstance(where, Moment):
        number = (where.century or 0) * 10 + (decade.decade or 0)
        return None if where.bc else replace(decade, decade=number, hijri=where.hijri)
    return replace(decade, within=where) if where.unit == "CE" else None


# --- beginnings, middles, ends ---------------------------------------------------------------------------------------

FUZZY_OF = ("monthly", "date", "cycle", "year", "yyyy", "period", "numbered-month", "spelled-year", "day", "today")


@rule("fuzzy-time", *(f"fuzzy {what}" for what in (*FUZZY_OF, "cycle-now", "month-of-year")), name="fuzzy")
def fuzzy(how: tuple[str, bool], what: Moment | Cycle | Counted) -> Moment | Cycle | Counted | None:
    """«أواخر مايو/أيار 2015», «مطلع العام», «نهاية الأسبوع الأول من مايو», «نهاية يوم الخميس»."""
    mod, wide = how
    end = mod == "END" and not wide  # a day has but an end: «قال مصدر مطلع اليوم»
    if isinstance(what, Counted):
        return replace(what, mod=mod) if end and what.part is None and what.mod is None else None
    if isinstance(what, Moment):
        day = (what.day and not what.occasion) or what.weekday or what.nth_unit == "D"
        if what.mod or what.weekend or (day and not (end and what.hour is None and what.part is None)):
            return None
        return replace(what, mod=mod, wide=wide, alone=2)
    if not isinstance(what, Cycle) or what.mod or what.unit == "D":
        return None
    return replace(what, mod=mod, wide=wide)


@rule("period", "fuzzy this the-unit-1", name="weekend")
def end_of_this_week(how: tuple[str, bool], _: Any, unit: str) -> Moment | None:
    """«نهاية هذا الأسبوع»."""
    return Moment(weekend=True, within=Cycle(unit="W", step=0)) if unit == "W" and how == ("END", False) else None


@rule("quarter", "number ordinal adjective", name="part-of-year")
def past_quarter(fraction: Number, number: Number, _: Any) -> Moment | None:
    """«الربع الثاني الماضي»."""
    return bare_quarter(fraction, number)


@rule("date", "digits adjective", name="day+month-relative")
def digits_relative(text: str, adjective: tuple[int, str, str]) -> Moment | None:
    """«15 الجاري»; «الفريق الأول الحالي» is no day."""
    day = day_digits(text)
    return day_relative(day, adjective) if day is not None else None


@rule("date", "unit-1 dom adjective", "day dom adjective", name="day+month-relative")
def day_relative(*parts: Any) -> Moment | None:
    """«15 الجاري», «الثلاثاء 20 المقبل»: the day of this or of the next month."""
    dom, (step, base, name) = parts[-2], parts[-1]
    if (
        name == "past-recent"
        or base != "publication"
        or (len(parts) == 3 and parts[0] != "D" and not isinstance(parts[0], Moment))
    ):
        return None
    return replace(dom, within=Cycle(unit="M", step=step)) if dom.day and dom.weekday is None else None


@rule("date", "ordinal monthly", "ordinal from monthly", name="first-of-month")
def first_of_month(number: Number, *rest: Any) -> Moment | None:
    """«أول يناير»."""
    return replace(rest[-1], day=1, alone=2) if number.value == 1 else None


THEN = ("cycle", "today", "day", "date", "day-part", "cycle-now", "period", "year", "yyyy")


PLACED = {"earlier": "BEFORE", "later": "AFTER", "early": "START", "late": "END"}


def placed(name: str, mod: str) -> None:
    """«وقت سابق من هذا العام», «وقت متأخر من مساء أمس»: in the part of a time that its `mod` names."""

    @rule("dated-vague", *(f"{name} from {what}" for what in THEN), f"{name} today", f"{name} day-part", name=name)
    def of_time(*parts: Any) -> Meaning:
        what: Meaning = replace(parts[-1], mod=mod)
        return what


for _name, _mod in PLACED.items():
    placed(_name, _mod)


@rule("range", "rest cycle", "rest cycle-now", name="rest")
def rest(_: Any, cycle: Cycle) -> Range | None:
    """«بقية العام»."""
    return (
        Range(low=Counted(amounts=((0, "D"),), sign=1), high=replace(cycle, mod="LAST_DAY"))
        if cycle.step == 0
        else None
    )


@rule("period", "holiday year", "holiday yyyy", "holiday cycle", name="holiday+year")
def holiday(day: Moment, year: Moment | Cycle) -> Moment | None:
    """«عيد الفطر 2013»."""
    if isinstance(year, Cycle):
        return replace(day, within=year) if year.unit == "Y" else None
    return replace(day, year=year.year, within=Vague(value="HIJRI_YEAR" if year.hijri else "GREGORIAN_YEAR"))


Feast = tuple[Moment, int]
LONGEST_FEAST = 10
"""Days: a feast is also counted beyond its end («رابع أيام عيد الفطر»)."""


@rule("period", "feast", "feast adjective", name="feast")
def feast_by_name(feast: Feast, relative: tuple[int, str, str] | None = None) -> Moment | None:
    """«بمناسبة عيد الفطر», «عيد الأضحى المقبل»: its first day, of the year near the day of writing."""
    step, _, name = relative or (None, "", "")
    return replace(feast[0], occasion=True, step=step) if name != "past-recent" else None


@rule("feast-day", "unit-1 feast", name="feast-day")
def first_day_of_feast(unit: str, feast: Feast) -> Moment | None:
    """«يوم عيد الفطر»."""
    return feast[0] if unit == "D" else None


@rule(
    "feast-day",
    "ordinal unit-n feast",
    "ordinal unit-1 from feast",
    "ordinal unit-n from feast",
    "the-unit-1 ordinal from feast",
    "the-unit-1 ordinal for feast",
    name="nth-day+feast",
)
def nth_day_of_feast(*parts: Any) -> Moment | None:
    """«ثاني أيام عيد الفطر», «اليوم الثالث من عيد الأضحى»."""
    number = next(part for part in parts if isinstance(part, Number))
    moment, _ = parts[-1]
    value = whole(number, 1, LONGEST_FEAST)
    return replace(moment, day=(moment.day or 1) + value - 1) if "D" in parts and value else None


@rule("period", "feast-day", name="feast-day")
def day_of_feast(day: Moment) -> Moment:
    return day


@rule("day-part", "part feast-day", "part-adverb feast-day", "part feast", name="part+feast")
def part_of_feast(part: Moment, feast: Moment | Feast) -> Moment | None:
    """«صباح يوم عيد الفطر»; its night is the one before, or the one after."""
    day = feast if isinstance(feast, Moment) else feast[0]
    return replace(day, part=part.part, hours=part.hours) if part.part not in ("NI", "24") else None


@rule("range", "unit-n feast", name="days-of-feast")
def days_of_feast(unit: str, feast: Feast) -> Range | None:
    """«أيام عيد الفطر»: from the first to the last."""
    day, days = feast
    last = replace(day, day=(day.day or 1) + days - 1, occasion=True)
    return Range(low=replace(day, occasion=True), high=last) if unit == "D" else None


@rule("range", *(f"the-unit-n number ordinal {link} feast" for link in ("from", "for")), name="days-of-feast")
def first_days_of_feast(unit: str, number: Number, ordinal: Number, _: Any, feast: Feast) -> Range | None:
    """«الأيام الثلاثة الأولى من عيد الفطر»."""
    last = whole(number, 2, LONGEST_FEAST)
    return days_of_feast(unit, (feast[0], last)) if last and ordinal.value == 1 else None


@rule(
    "range",
    *(f"ordinal number unit-n {link} feast{year}" for link in ("from", "in", "for") for year in ("", " year", " yyyy")),
    name="days-of-feast",
)
def first_few_days_of_feast(
    ordinal: Number, number: Number, unit: str, _: Any, feast: Feast, year: Moment | None = None
) -> Range | None:
    """«أول خمسة أيام من عيد الفطر 1436هـ»."""
    day, days = feast
    if year is not None and day.hijri != year.hijri:
        return None
    named = (replace(day, year=year.year), days) if year is not None else feast
    return first_days_of_feast(unit, number, ordinal, None, named)


@rule("period", "text-start holiday text-end", name="holiday")
def holiday_alone(_: Any, day: Moment, __: Any) -> Moment:
    return day
