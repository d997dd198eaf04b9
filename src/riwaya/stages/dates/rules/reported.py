"""What is reported at last, and what licenses a reading that alone would be too bold."""

from __future__ import annotations

from typing import Any

from riwaya.lang.ar.numbers import Number
from riwaya.stages.dates.meaning import Cycle, Duration, Meaning, Moment, Vague, merged, replace
from riwaya.stages.dates.rules.grammar import rule, whole


@rule(
    "timex",
    "date",
    "counted-day",
    "day",
    "today",
    "day-part",
    "time",
    "cycle",
    "year",
    "period",
    "fuzzy-time",
    "dated-vague",
    "range",
    "length",
    "relative-length",
    "licensed",
    "set",
    "vague",
    "anaphor",
    "clock-part",
    "no-time",
    name="timex",
)
def whole_time(meaning: Meaning) -> Meaning | None:
    if isinstance(meaning, Moment) and meaning.month and meaning.alone < 2 and not meaning.day and not meaning.year:
        return None
    return meaning


@rule("vague", "until [moment-word]", name="until-now")
def until_now(*_: Any) -> Vague:
    """«حتى اللحظة»."""
    return Vague(value="PRESENT_REF")


@rule("vague", "vague solemn", name="now+adjective")
def solemn_days(now: Vague, _: Any) -> Vague | None:
    """«هذه الأيام المباركة»."""
    return now if now.value == "PRESENT_REF" else None


@rule("timex", "monthly", name="month")
def month_alone(month: Moment) -> Moment | None:
    return month if month.alone == 2 else None


@rule(
    "timex",
    *(
        f"{licence} [monthly]"
        for licence in ("in", "since", "until", "during", "from", "to", "before", "after", "between")
    ),
    name="licensed-month",
)
def month_licensed(_: Any, month: Moment) -> Moment | None:
    """«في مارس»: the preposition shows that no verb is meant."""
    return replace(month, alone=2) if month.alone == 1 else None


@rule(
    "timex",
    "since [yyyy]",
    "from-on [yyyy]",
    "until [yyyy]",
    "born [yyyy]",
    "born in [yyyy]",
    "in [yyyy] stop",
    "before [yyyy] stop",
    "after [yyyy] stop",
    "by-time [yyyy]",
    "text-start [yyyy] text-end",
    name="licensed-year",
)
def year_licensed(*parts: Any) -> Moment | None:
    """«منذ 2011», «في 2014،»."""
    year = next(part for part in parts if isinstance(part, Moment))
    plausible = year.year is not None and (1800 <= year.year <= 2100 or year.hijri)
    return year if plausible else None


@rule("timex", "open [yyyy] close", name="licensed-year")
def year_in_brackets(_: Any, year: Moment, __: Any) -> Moment | None:
    """«(1971)»; «(1300) حالة» counts."""
    return year if year.year is not None and 1800 <= year.year <= 2100 and not year.hijri else None


@rule("timex", "in [yyyy]", name="licensed-year")
def year_after_in(_: Any, year: Moment) -> Moment | None:
    """«في 2014 سيطر»: a round thousand would rather count something."""
    return year if year.year is not None and 1900 <= year.year <= 2060 and year.year % 100 else None


YEAR_LINKS = ("comma", "and", "comma and")


@rule("year-list", "unit-pair yyyy", "unit-n yyyy", "the-unit-n yyyy", name="year-of-list")
def list_of_years(unit: str, _: Any) -> bool | None:
    """The «أعوام 2011» of «أعوام 2011 و2012 و2013»."""
    return True if unit == "Y" else None


@rule("year-list", *(f"year-list {link} yyyy" for link in YEAR_LINKS), name="year-of-list")
def longer_list(*_: Any) -> bool:
    return True


@rule("timex", *(f"year-list {link} [yyyy]" for link in YEAR_LINKS), name="year-of-list")
def year_of_list(*parts: Any) -> Moment:
    """The «2013» of «عامي 2011 و2013»."""
    year: Moment = parts[-1]
    return year


@rule(
    "timex", *(f"[{unit} yyyy] {link} yyyy" for unit in ("unit-n", "the-unit-n") for link in ("and", "comma")),
    name="year-of-list",
)  # fmt: skip
def first_year_of_list(unit: str, year: Moment, *rest: Any) -> Moment | None:
    """The «أعوام 2011» of «أعوام 2011 و2012 و2013»."""
    return year if unit == "Y" else None


@rule("timex", "unit-1 yyyy and [yyyy]", "the-unit-1 yyyy and [yyyy]", name="year-of-list")
def second_year(unit: str, first: Moment, _: Any, second: Moment) -> Moment | None:
    """The «2011» of «سنة 2010 و2011»; what follows much later would rather count something."""
    near = first.year is not None and second.year is not None and 0 < second.year - first.year <= 10
    return second if unit == "Y" and near and first.hijri == second.hijri else None


@rule("timex", "[unit-pair dom] and date", name="day-of-list")
def first_of_two_days(unit: str, day: Moment, _: Any, date: Moment) -> Moment | None:
    """The «يومي 2» of «يومي 2 و3 مايو»."""
    return day_of_list(day, date) if unit == "D" else None


@rule("timex", "[dom] and date", "[dom] comma dom and date", name="day-of-list")
def day_of_list(day: Moment, *rest: Any) -> Moment | None:
    """The «2» of «2 و3 مايو»."""
    date: Moment = rest[-1]
    if not date.day or not date.month or date.weekday or (day.day or 0) >= date.day:
        return None
    return replace(date, day=day.day, options=())


@rule("timex", "unit-pair monthly and [monthly]", name="month-of-list")
def second_month(unit: str, _: Any, __: Any, month: Moment) -> Moment | None:
    """The «مارس» of «شهري يناير ومارس»."""
    return replace(month, alone=2) if unit == "M" and month.alone else None


@rule("timex", "[monthly] and date", name="month-of-list")
def month_of_list(month: Moment, _: Any, date: Moment) -> Moment | None:
    """The «مايو» of «مايو ونوفمبر 2003»."""
    if date.year is None or date.day or not date.month or date.hijri != month.hijri or month.day or month.year:
        return None
    if month.step is not None or month.within is not None or (month.month or 0) >= date.month:
        return None
    return replace(month, year=date.year, alone=2)


@rule("timex", "quarter", name="quarter")
def quarter_alone(quarter: Moment) -> Moment:
    """«أرباح الربع الثاني»."""
    return quarter


@rule("timex", "that [cycle]", name="unit+relative")
def that_and_last(_: Any, cycle: Cycle) -> Cycle | None:
    """«وافق على ذلك الأسبوع الماضي»: «ذلك» is what was agreed to."""
    return cycle if cycle.step and cycle.base == "publication" else None


@rule("timex", "approx [time]", name="time")
def about_the_time(_: Any, time: Meaning) -> Meaning:
    """«حوالي الساعة 3»: no length of an hour."""
    return time


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


@rule("timex", "anaphor from of-time", name="length+of-time")
def period_of_time(then: Vague, *_: Any) -> Vague:
    """«تلك الفترة من الزمن»."""
    return then


@rule("timex", "in [bygone]", name="bygone")
def in_the_past(*_: Any) -> Vague:
    """«في السابق»."""
    return Vague(value="PAST_REF")


@rule("timex", "in [to-come]", name="to-come")
def in_the_future(*_: Any) -> Vague:
    """«في المستقبل»."""
    return Vague(value="FUTURE_REF")


# --- what only a diary would say -------------------------------------------------------------------------------------


@rule("loose-timex", "numeric-md", "slashed-md", name="day/month")
def loose_day_month(date: Moment) -> Moment:
    return date


@rule(
    "loose-timex",
    "in [dom] stop",
    "to [dom] stop",
    "for [dom] stop",
    "day in dom stop",
    "day in spelled-dom stop",
    name="day-number",
)
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
