"""Days, months and years: «11 ديسمبر/كانون الأول 2016», «الخميس، 02-03-2017», «أمس الاثنين», «مارس الماضي»."""

from __future__ import annotations

from typing import Any

from riwaya.lang.ar.numbers import Number
from riwaya.stages.dates.calendar import valid
from riwaya.stages.dates.meaning import Counted, Cycle, Meaning, Moment, merged, replace
from riwaya.stages.dates.rules.grammar import rule, same_calendar, whole, year_of

# --- years ---------------------------------------------------------------------------------------------------------


@rule("yyyy", "digits", name="year")
def year_digits(text: str) -> Moment | None:
    return year_of(text)


@rule("spelled-year", "number", name="year-in-words")
def year_words(number: Number) -> Moment | None:
    """«ألفين وثمانية عشر»."""
    value = whole(number, 1000, 2199) if number.kind == "words" else None
    return Moment(year=value, hijri=1300 <= value <= 1499) if value else None


@rule("year", "unit-1 yyyy", "the-unit-1 yyyy", "unit-pair yyyy", "unit-1 spelled-year", name="year-word+year")
def named_year(unit: str, year: Moment) -> Moment | None:
    """«عام 2011», «العام 2011», «سنة ألفين وسبع»."""
    return year if unit == "Y" else None


@rule("year", "unit-1 digits", "unit-1 number", name="year-word+number")
def early_year(unit: str, number: str | Number) -> Moment | None:
    """«عام 750»: three digits count only behind the word."""
    value = int(number) if isinstance(number, str) and len(number) == 3 else None
    if isinstance(number, Number) and number.kind == "words":
        value = whole(number, 100, 999)
    return Moment(year=value) if unit == "Y" and value else None


@rule("year", "unit-1 digits ad", name="year-word+short-year")
def short_year(unit: str, text: str, _: Any) -> Moment | None:
    """«عام 72م»: of the last century."""
    return Moment(year=1900 + int(text)) if unit == "Y" and len(text) == 2 and int(text) >= SHORTEST else None


SHORTEST = 30
"""«عام 14م» may be of this century."""


@rule("year", "year ad", name="year+ad")
def named_christian_year(year: Moment, _: Any) -> Moment:
    return Moment(year=year.year, mod=year.mod)


@rule("year", "yyyy ad", name="year+ad")
def christian_year(year: Moment, _: Any) -> Moment | None:
    """«2015م»; «1000م» and «2000 م2» are metres."""
    return Moment(year=year.year) if year.year and year.year >= 1500 else None


@rule("year", "yyyy ah", "year ah", name="year+ah")
def hijri_year(year: Moment, _: Any) -> Moment | None:
    return Moment(year=year.year, hijri=True, mod=year.mod) if year.year and year.year <= 1500 else None


@rule("year", "digits ah", "unit-1 digits ah", name="year+ah")
def early_hijri_year(*parts: Any) -> Moment | None:
    """«748هـ», «عام 26 هـ»; «33هـ» alone may be of this century."""
    text = parts[-2]
    good = len(text) == 3 or (len(text) == 2 and parts[0] == "Y")
    return Moment(year=int(text), hijri=True) if good and int(text) else None


@rule("timex", "year slash [digits ad]", "year dash [digits ad]", "year slash [yyyy ad]", "year dash [yyyy ad]",
      name="year-of-pair")  # fmt: skip
def year_of_pair(hijri: Moment, _: Any, year: Moment | str, __: Any) -> Moment | None:
    """The «1347م» of «748هـ/1347م»."""
    number = year.year if isinstance(year, Moment) else int(year) if len(year) == 3 else None
    return Moment(year=number) if hijri.hijri and hijri.year and number else None


@rule("timex", "[digits ah] slash digits ad", "[approx digits ah] slash digits ad", name="year-of-pair")
def early_year_of_pair(*parts: Any) -> Moment | None:
    """The «83هـ» of «83هـ/703م»: the other year shows that it is one."""
    text, about = parts[-5], len(parts) == 6
    known = len(text) == 2 and int(text)
    return Moment(year=int(text), hijri=True, mod="APPROX" if about else None) if known else None


@rule("timex", "digits ah slash [digits ad]", name="year-of-pair")
def christian_year_of_pair(hijri: str, _: Any, __: Any, year: str, ___: Any) -> Moment | None:
    """The «703م» of «83هـ/703م»."""
    return Moment(year=int(year)) if len(hijri) == 2 and len(year) == 3 else None


@rule("year", "yyyy bc", "year bc", name="year+bc")
def year_before_christ(year: Moment, _: Any) -> Moment:
    return replace(year, bc=True, hijri=False)


@rule("year", "digits bc", "unit-1 digits bc", "unit-pair digits bc", name="year+bc")
def any_year_before_christ(*parts: Any) -> Moment | None:
    """«عام 3100 قبل الميلاد»."""
    digits = parts[-2]
    return Moment(year=int(digits), bc=True) if len(digits) <= 4 and int(digits) and parts[0] in ("Y", digits) else None


@rule("year", "approx year", name="about+year")
def about_year(_: Any, year: Moment) -> Moment | None:
    """«نحو عام 1500»."""
    return replace(year, mod="APPROX") if year.mod is None else None


# --- months --------------------------------------------------------------------------------------------------------


@rule("monthly", "month", name="month")
def month_alone(month: Moment) -> Moment:
    return month


@rule("monthly", "unit-1 month", "unit-pair month", "the-unit-1 month", name="month-word+month")
def named_month(unit: str, month: Moment) -> Moment | None:
    """«شهر مارس»."""
    return replace(month, alone=2) if unit == "M" else None


@rule("licensed", "unit-pair month and [month]", name="month-word+month")
def second_month(unit: str, _: Moment, __: Any, month: Moment) -> Moment | None:
    """The second of «شهري رجب وشعبان»."""
    return named_month(unit, month)


@rule("monthly", "the-unit-1 holy", "this the-unit-1 holy", name="month-of-fasting")
def month_of_fasting(*parts: Any) -> Moment | None:
    """«الشهر الفضيل»: Ramadan."""
    step = 0 if len(parts) == 3 else None
    return Moment(month=9, hijri=True, step=step, alone=2) if parts[-2] == "M" else None


@rule(
    "monthly",
    "monthly slash month",
    "monthly open month close",
    "monthly dash month",
    "monthly month",
    name="two-names",
)
def doubled_month(first: Moment, *rest: Any) -> Moment | None:
    """«مايو/أيار», «فبراير شباط», «مارس (آذار)»: two names of one month."""
    second = next(part for part in rest if isinstance(part, Moment))
    same = first.month == second.month and first.hijri == second.hijri
    certain = max(first.alone, second.alone) == 2  # «صفر-صفر» is a score
    return replace(first, alone=2) if same and certain else None


@rule("numbered-month", "unit-1 number", "the-unit-1 ordinal", "unit-1 ordinal", name="month-by-number")
def month_by_number(unit: str, number: Number) -> Moment | None:
    """«شهر 3», «الشهر التاسع»: only inside a larger phrase."""
    value = whole(number, 1, 12)
    return Moment(month=value) if unit == "M" and value else None


# --- days of the month ---------------------------------------------------------------------------------------------


@rule("dom", "digits", name="day-number")
def day_digits(text: str) -> Moment | None:
    return Moment(day=int(text)) if len(text) <= 2 and 1 <= int(text) <= 31 else None


@rule("md", "the digits from monthly", "the digits monthly", name="day+month")
def day_with_article(_: Any, text: str, *rest: Any) -> Moment | None:
    """«الخميس الـ30 من يوليو»."""
    day = day_digits(text)
    return day_month(day, rest[-1]) if day else None


@rule("dom", "ordinal", name="day-ordinal")
def day_ordinal(number: Number) -> Moment | None:
    value = whole(number, 1, 31)
    return Moment(day=value) if value else None


@rule("spelled-dom", "number", name="day-in-words")
def day_words(number: Number) -> Moment | None:
    counted = number.kind == "words" and not number.definite  # «الست من شوال» are six days
    value = whole(number, 1, 31) if counted else None
    return Moment(day=value) if value else None


@rule(
    "md", "dom monthly", "dom from monthly", "dom from numbered-month", "spelled-dom monthly",
    "spelled-dom from monthly",
    "dom dot monthly", name="day+month",
)  # fmt: skip
def day_month(day: Moment, *rest: Any) -> Moment | None:
    """«11 ديسمبر», «الأول من شهر مايو»."""
    month: Moment = rest[-1]
    if day.day is None or month.month is None or month.day is not None:
        return None
    if day.day > 30 if month.hijri else not valid(None, month.month, day.day):
        return None
    return replace(month, day=day.day, alone=2)


@rule("md", "first-day monthly", "first-day from monthly", "first-day numbered-month", name="first-day+month")
def first_of_month(*parts: Any) -> Moment | None:
    """«فاتح غشت», «غرة محرم»."""
    return day_month(Moment(day=1), parts[-1])


@rule("md", "dom dash monthly", "dom slash monthly", name="day+month")
def day_dash_month(day: Moment, _: Any, month: Moment) -> Moment | None:
    """«3-مايو»; «7 - صفر» and «2/صفر» are scores."""
    return None if month.hijri and month.month == 2 else day_month(day, month)


@rule("us-md", "monthly dom", "monthly dash dom", name="month+day")
def month_day(month: Moment, *rest: Any) -> Moment | None:
    """«سبتمبر 21»: what follows must show that 21 counts nothing."""
    return day_month(rest[-1], month)


@rule("md", "us-md stop", name="month+day+end")
def month_day_end(date: Moment, _: Any) -> Moment:
    return date


@rule(
    "md",
    "unit-1 dom from monthly",
    "the-unit-1 dom from monthly",
    "the-unit-1 dom from numbered-month",
    name="nth-day+month",
)
def the_nth_day(unit: str, day: Moment, _: Any, month: Moment) -> Moment | None:
    """«اليوم الثالث من أكتوبر»."""
    return day_month(day, month) if unit == "D" else None


@rule("md", "ordinal unit-1 from monthly", "ordinal unit-1 from numbered-month", name="nth-day+month")
def nth_day(number: Number, unit: str, _: Any, month: Moment) -> Moment | None:
    """«ثالث يوم من شهر أكتوبر»."""
    value = whole(number, 1, 31)
    return day_month(Moment(day=value), month) if unit == "D" and value else None


# --- dates ---------------------------------------------------------------------------------------------------------


@rule("date", "md", name="day+month")
def date_without_year(date: Moment) -> Moment:
    return date


YEAR_LINKS = ("", "comma", "from", "for", "in", "slash", "dash", "dot")


@rule(
    "date",
    *(
        f"{date} {link} {year}"
        for date in ("md", "monthly", "us-md")
        for link in YEAR_LINKS
        for year in ("yyyy", "year")
    ),
    *(f"numbered-month {link} year" for link in ("from", "for", "in", "")),
    "numbered-month yyyy",
    *(f"{date} {link} spelled-year" for date in ("md", "us-md") for link in ("", "comma", "from")),
    "us-md comma yyyy",
    name="date+year",
)
def dated_year(date: Moment, *rest: Any) -> Moment | None:
    """«مايو 2015», «3 ماي 2016», «الثاني من سبتمبر عام 1945»."""
    year = same_calendar(date, rest[-1])
    if year is None or (date.day and not valid(year.year, date.month or 1, date.day) and not date.hijri):
        return None
    both = merged(replace(date, alone=2), replace(year, hijri=date.hijri))
    return both


@rule("date", "date ad", name="date+ad")
def christian_date(date: Moment, _: Any) -> Moment | None:
    return date if not date.hijri and date.year else None


@rule("date", "date ah", name="date+ah")
def hijri_date(date: Moment, _: Any) -> Moment | None:
    """«26 شوال 1436 هـ», «14-09-1432 هـ»."""
    if date.hijri:
        return date
    options = [o for o in (date, *date.options) if o.year and 1300 <= o.year <= 1500]
    return replace(options[0], hijri=True, options=()) if options else None


@rule("date", "day on-date date", "day comma on-date date", name="weekday+date")
def day_on_date(day: Moment, *rest: Any) -> Moment | None:
    """«يوم الخميس بتاريخ 30-07-2015»."""
    date: Moment = rest[-1]
    if not date.day or date.weekday or not day.weekday or day.day or day.step is not None or day.within:
        return None
    return replace(date, weekday=day.weekday)


NUMERIC = [f"digits {sign} digits {sign} digits" for sign in ("slash", "dash", "dot")]


@rule("date", *NUMERIC, name="numeric")
def numeric_date(a: str, _: Any, b: str, __: Any, c: str) -> Moment | None:
    """«02-03-2017», «2017/3/2», «16/04/21»: every order that makes a day."""
    if len(a) == 4:
        orders = [(a, b, c)]
    elif len(c) == 4:
        orders = [(c, b, a), (c, a, b)]
    elif max(map(len, (a, b, c))) == 2:
        orders = [("20" + c, b, a), ("20" + a, b, c), ("20" + c, a, b)]
    else:
        return None
    if max(len(b), len(a) if len(a) != 4 else 0, len(c) if len(c) != 4 else 0) > 2:
        return None
    found = []
    for y, m, d in orders:
        year, month, day = int(y), int(m), int(d)
        hijri = 1300 <= year <= 1499
        possible = 1 <= month <= 12 and (1 <= day <= 30 if hijri else valid(year, month, day))
        moment = Moment(year=year, month=month, day=day, hijri=hijri)
        if 1000 <= year <= 2199 and possible and moment not in found:
            found.append(moment)
    return replace(found[0], options=tuple(found[1:])) if found else None


@rule("date", "slashed-md comma digits", "slashed-md comma yyyy", name="numeric+year")
def numeric_with_year(date: Moment, _: Any, year: str | Moment) -> Moment | None:
    """«08/12, 2015»: the American order stands behind the comma."""
    number = year.year if isinstance(year, Moment) else int("20" + year) if len(year) == 2 else None
    if number is None or not date.options:
        return replace(date, year=number) if number else None
    return replace(date.options[0], year=number)


@rule("month-of-year", "digits slash yyyy", "digits dash yyyy", name="month/year")
def month_slash_year(month: str, _: Any, year: Moment) -> Moment | None:
    return (
        Moment(month=int(month), year=year.year)
        if len(month) <= 2 and 1 <= int(month) <= 12 and not year.hijri
        else None
    )


@rule("dotted-month", "yyyy dot digits", name="year/month")
@rule("month-of-year", "yyyy slash digits", name="year/month")
def year_slash_month(year: Moment, sign: Any, month: str) -> Moment | None:
    return month_slash_year(month, sign, year)


@rule(
    "date",
    "in [month-of-year]",
    "text-start [month-of-year] text-end",
    "text-start [dotted-month] text-end",
    "unit-1 month-of-year",
    name="month/year",
)
def licensed_month_of_year(first: Any, month: Moment, _: Any = None) -> Moment | None:
    """«في 3/2015»."""
    return month if first in (None, "M") else None


@rule("slashed-md", "digits slash digits", name="day/month")
@rule("numeric-md", "digits dash digits", "digits dot digits", name="day/month")
def numeric_day_month(a: str, _: Any, b: str) -> Moment | None:
    """«21/09»: only beside a weekday, «يوم» or «بتاريخ»."""
    if max(len(a), len(b)) > 2:
        return None
    orders = [(int(b), int(a)), (int(a), int(b))]
    found = [Moment(month=m, day=d) for m, d in dict.fromkeys(orders) if 1 <= m <= 12 and d >= 1 and valid(None, m, d)]
    return replace(found[0], options=tuple(found[1:])) if found else None


@rule(
    "date",
    *(
        f"{first} {numbers}"
        for first in ("weekday", "weekday comma", "day", "day comma", "unit-1")
        for numbers in ("numeric-md", "slashed-md")
    ),
    *(f"on-date [{numbers}]" for numbers in ("numeric-md", "slashed-md")),
    name="day/month",
)
def licensed_day_month(first: Any, *rest: Any) -> Moment | None:
    date: Moment = rest[-1]
    if isinstance(first, Moment):
        day = first.weekday
        return replace(date, weekday=day, options=tuple(replace(o, weekday=day) for o in date.options))
    return date if first in ("D", None) else None


@rule("date", "unit-1 dom stop", name="day-word+day")
def day_word_number(unit: str, day: Moment, _: Any) -> Moment | None:
    """«يوم 27،»: of the month we are in, or of the one beside it."""
    return day if unit == "D" and (day.day or 0) > 10 else None


@rule("date", "unit-1 date", "unit-1 us-md", "unit-pair date", name="day-word+date")
def day_word_date(unit: str, date: Moment) -> Moment | None:
    """«يوم 21 مايو 2015»."""
    return date if unit == "D" and date.day and date.weekday is None else None


# --- weekdays ------------------------------------------------------------------------------------------------------


@rule("day", "weekday", name="weekday")
def weekday(day: Moment) -> Moment:
    return day


@rule("day", "unit-1 weekday", "unit-1 weekday-name", "unit-pair weekday", name="day-word+weekday")
def day_word_weekday(unit: str, day: Moment) -> Moment | None:
    """«يوم الجمعة», «يوم جمعة»."""
    return day if unit == "D" else None


@rule(
    "date", "day date", "day comma date", "day dash date", "day corresponding date", "day corresponding for date",
    "day in date", "day open date close",
    "day comma us-md", "day us-md", name="weekday+date",
)  # fmt: skip
def weekday_date(day: Moment, *rest: Any) -> Moment | None:
    """«الثلاثاء 3 مايو 2016», «الأربعاء الموافق 13 فبراير»."""
    date = next(part for part in rest if isinstance(part, Moment))
    if date.weekday or day.day or not date.day:
        return None
    return replace(date, weekday=day.weekday, options=tuple(replace(o, weekday=day.weekday) for o in date.options))


@rule(
    "date", "unit-1 open day close corresponding date", "unit-1 open day close corresponding for date",
    "unit-1 open day close date", name="weekday+date",
)  # fmt: skip
def bracketed_weekday(unit: str, _: Any, day: Moment, __: Any, *rest: Any) -> Moment | None:
    """«يوم (الاثنين) الموافق 13 فبراير»."""
    return weekday_date(day, rest[-1]) if unit == "D" else None


@rule("date", "date open day close", "date comma day", name="date+weekday")
def date_weekday(date: Moment, *rest: Any) -> Moment | None:
    """«3 مايو (الثلاثاء)»."""
    day = next(part for part in rest if isinstance(part, Moment))
    return weekday_date(day, date) if date.day else None


@rule("day", "day dom stop", "day in dom stop", "day comma dom stop", name="weekday+day")
def weekday_dom(day: Moment, *rest: Any) -> Moment | None:
    """«الخميس 21»: the day of the month stands last, so that it counts nothing."""
    dom = next(part for part in rest if isinstance(part, Moment))
    return replace(day, day=dom.day) if day.weekday and day.day is None and (dom.day or 0) > 5 else None


@rule("day", "day adjective", "unit-1 day adjective", name="weekday+relative")
def weekday_relative(*parts: Any) -> Moment | None:
    """«الجمعة الماضي», «الأحد المقبل»."""
    day: Moment = parts[-2]
    step, _, name = parts[-1]
    if (len(parts) == 3 and parts[0] != "D") or day.step is not None or day.day or name == "past-recent":
        return None
    return replace(day, step=step)


@rule("day", "this day", name="this+weekday")
def this_weekday(_: Any, day: Moment) -> Moment:
    return replace(day, step=0) if day.step is None else day


@rule("day", "this unit-1 weekday", name="this+weekday")
def this_day_weekday(_: Any, unit: str, day: Moment) -> Moment | None:
    return replace(day, step=0) if unit == "D" else None


@rule("day", "day from cycle", "day cycle", "weekday-name cycle", "cycle day", "day in cycle", name="weekday+week")
def weekday_of_week(*parts: Any) -> Moment | None:
    """«الأحد من الأسبوع الماضي»."""
    day = next(part for part in parts if isinstance(part, Moment))
    cycle = next(part for part in parts if isinstance(part, Cycle))
    return replace(day, within=cycle) if cycle.unit == "W" and day.step is None else None


@rule(
    "day",
    *(
        f"{first} {link} {where}"
        for first in (
            "ordinal weekday",
            "ordinal weekday-name",
            "weekday ordinal",
            "ordinal unit-1 weekday-name",
            "ordinal day",
        )
        for link in ("from", "in")
        for where in ("monthly", "date", "cycle", "numbered-month")
    ),
    name="nth-weekday",
)
def nth_weekday(*parts: Any) -> Moment | None:
    """«آخر اثنين من شهر آذار», «الثلاثاء الثالث من أيلول 2014»."""
    number = next(part for part in parts if isinstance(part, Number))
    day = next(part for part in parts if isinstance(part, Moment) and part.weekday)
    if not (value := whole(number, -1, 5)) or day.step is not None:
        return None
    where: Meaning = parts[-1]
    dated = parts[0] is day and value > 0 and isinstance(where, Moment) and where.day is None
    if dated and isinstance(where, Moment) and where.hijri:
        return replace(where, day=value, weekday=day.weekday, alone=2)
    if dated:
        # «الأحد الثاني من أغسطس»: the 2nd, where that is a Sunday
        return Moment(weekday=day.weekday, nth=value, nth_unit="or-day", within=where)
    return Moment(weekday=day.weekday, nth=value, within=where)


# --- days counted from today ---------------------------------------------------------------------------------------


@rule("deictic", "diary spoken", name="deictic")
def spoken(_: Any, day: Counted) -> Counted:
    """«بكرة»: in a diary."""
    return day


@rule("today", "deictic", name="deictic")
def deictic(day: Counted) -> Counted:
    return day


@rule(
    "today", "deictic day", "deictic comma day", "deictic open day close", "deictic quote day quote", "day deictic",
    "today weekday",
    name="deictic+weekday",
)  # fmt: skip
def deictic_weekday(*parts: Any) -> Counted | None:
    """«أمس الاثنين», «اليوم (الجمعة)»."""
    day = next(part for part in parts if isinstance(part, Moment))
    today = next(part for part in parts if isinstance(part, Counted))
    if day.day or day.step is not None or day.within or today.weekday:
        return None
    return replace(today, weekday=day.weekday)


@rule("today", "unit-1 today", "the-unit-1 today", name="day-word+deictic")
def day_word_deictic(unit: str, today: Counted) -> Counted | None:
    """«يوم أمس», «يوم غد الأربعاء»."""
    return today if unit == "D" and today.amounts[0][0] else None


@rule("today", "this the-unit-1", name="this-day")
def this_day(_: Any, unit: str) -> Counted | None:
    return Counted(amounts=((0, "D"),), sign=1) if unit == "D" else None


@rule(
    "date", "today date", "today comma date", "today corresponding date", "today open date close", name="deictic+date"
)
def deictic_date(today: Counted, *rest: Any) -> Moment | None:
    """«اليوم الجمعة 7 أغسطس»: the date says it all."""
    date = next(part for part in rest if isinstance(part, Moment))
    if not date.day:
        return None
    return replace(date, weekday=today.weekday) if date.weekday is None and today.weekday else date
