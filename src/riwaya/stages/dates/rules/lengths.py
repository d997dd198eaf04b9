"""Lengths of time and what comes again: «أكثر من عشرين يوما», «الأشهر الستة الماضية», «كل جمعة»."""

from __future__ import annotations

from typing import Any

from riwaya.lang.ar.numbers import Number
from riwaya.stages.dates.meaning import Counted, Duration, Every, Moment, Vague, replace
from riwaya.stages.dates.rules.grammar import rule, whole

Adjective = tuple[int, str, str]


# --- numbers of units ----------------------------------------------------------------------------------------------


HALF_A_DAY = ((0.5, "D"),)


@rule("length", "number unit-1", "number unit-n", "the number unit-1", "the number unit-n", name="number+unit")
def counted(*parts: Any) -> Duration | None:
    """«عشرين يوما», «3 أشهر»."""
    number, unit = parts[-2], parts[-1]
    if number.value < 0 or (number.bare == "fraction" and unit == "NI"):
        return None
    value = whole_thousands(number, unit)
    if unit == "Y" and isinstance(value, float) and value * 4 % 1:
        return None  # «من 2.07 عام 2014»
    if number.bare == "unit" and number.value == 1:
        return None  # «أحد أيام»
    if number.bare == "hundred" and number.definite:
        return None  # «خمسة في المئة يوم الاثنين»
    return Duration(amounts=((value, unit),))


def whole_thousands(number: Number, unit: str) -> float | int:
    """The value of «2.500 عام»."""
    return round(number.value * 1000) if number.dotted and unit not in ("TM", "TS") else number.value


@rule("length", "digits unit-1", "digits unit-n", name="number+unit")
def digits_unit(text: str, unit: str) -> Duration | None:
    return Duration(amounts=((int(text), unit),)) if len(text) <= 9 else None


@rule("length", "unit-2", name="dual")
def dual(unit: str) -> Duration | None:
    """«يومين»; «عقدين» alone are more often two contracts."""
    return Duration(amounts=((2, unit),)) if unit != "DE" else None


@rule("length", "unit-1 number", "unit-2 number", name="unit+number")
def unit_one(unit: str, number: Number) -> Duration | None:
    """«يوم واحد», «يومين اثنين»."""
    return (
        Duration(amounts=((number.value, unit),))
        if number.bare == "unit" and number.value in (1, 2) and not number.definite
        else None
    )


@rule("length", "several unit-n", "several unit-n long", "several the-unit-n", name="several+unit")
def several(_: Any, unit: str, __: Any = None) -> Duration:
    """«بضعة أيام», «آلاف السنين»."""
    return Duration(amounts=((None, unit),))


@rule("length", "unit-n long", name="units+adjective")
def long(unit: str, _: Any) -> Duration:
    """«سنوات طويلة», «أيام عدة»."""
    return Duration(amounts=((None, unit),))


@rule("licensed", "[digits] and length", "[number] and length", name="number-of-list")
def of_list(number: Number | str, _: Any, length: Duration) -> Duration | None:
    """The «21» of «تبلغان 21 و33 عاما»."""
    (last, unit), *others = length.amounts
    value = int(number) if isinstance(number, str) and len(number) <= 4 else getattr(number, "value", None)
    counts = value is not None and isinstance(last, int) and not others and not length.direction and length.mod is None
    return Duration(amounts=((value, unit),)) if counts and value and value < 1000 else None


@rule("length", "number the-unit-1", name="fraction+unit")
def fraction(number: Number, unit: str) -> Duration | None:
    """«نصف الساعة»."""
    return Duration(amounts=((number.value, unit),)) if number.bare == "fraction" and unit.startswith("T") else None


@rule(
    "length",
    "length and length",
    "length comma length",
    "length length",
    "length and weak",
    "weak and length",
    name="length+length",
)
def both(first: Duration, *rest: Any) -> Duration | None:
    """«سنة وشهر و21 يوما»."""
    second = rest[-1]
    if (
        {u for _, u in first.amounts} & {u for _, u in second.amounts}
        or first.mod
        or second.mod
        or first.most
        or second.most
    ):
        return None
    if any(n is None for n, _ in (*first.amounts, *second.amounts)) or second.amounts == HALF_A_DAY:
        return None  # «ست سنوات ونصف يوم الاثنين»
    return Duration(amounts=tuple(sorted((*first.amounts, *second.amounts), key=lambda a: UNITS.index(a[1]))))


UNITS = ["CE", "DE", "Y", "M", "W", "D", "NI", "TH", "TM", "TS"]


@rule(
    "length",
    "length and number",
    "unit-1 and number",
    "unit-1 and number the-unit-1",
    "length and number the-unit-1",
    "weak and number",
    name="length+fraction",
)
def and_a_half(first: Any, _: Any, number: Number, unit: str | None = None) -> Duration | None:
    """«ساعتين ونصف», «عام ونصف العام», «عقدين ونصف»."""
    if number.bare != "fraction" or (isinstance(first, Duration) and first.amounts[-1][0] is None):
        return None
    length = Duration(amounts=((1, first),)) if isinstance(first, str) else first
    last, code = length.amounts[-1]
    if last is None or length.mod or length.most or (unit is not None and unit != code):
        return None
    return Duration(amounts=(*length.amounts[:-1], (last + number.value, code)))


@rule("length", "length in-sequence", name="length+adjective")
def running(length: Duration, _: Any) -> Duration:
    """«خمس سنوات متتالية»."""
    return length


@rule("length", "unit-1 whole", "length whole", name="whole")
def whole_unit(unit: Any, _: Any) -> Duration:
    """«عاما كاملا»."""
    return Duration(amounts=((1, unit),)) if isinstance(unit, str) else unit


@rule(
    "length", "between number and number unit-1", "between number and number unit-n", "number to number unit-1",
    "number to number unit-n", "number dash number unit-n", "number dash number unit-1", "number or number unit-n",
    "from number to number unit-n", "from number to number unit-1", name="numbers+unit",
)  # fmt: skip
def between_numbers(*parts: Any) -> Duration | None:
    """«بين 3 و5 سنوات»."""
    low, high = (part for part in parts if isinstance(part, Number))
    if low.value >= high.value:
        return None
    return Duration(amounts=((low.value, parts[-1]),), most=high.value)


@rule(
    "length",
    *(
        f"{a} number {low} {b} number {high}"
        for a, b in (("between", "and"), ("between", "and until"), ("from", "to"), ("from", "until"), ("", "to"))
        for low in ("unit-1", "unit-n")
        for high in ("unit-1", "unit-n")
    ),
    name="numbers+unit",
)
def between_lengths(*parts: Any) -> Duration | None:
    """«بين 16 سنة و64 سنة»."""
    low, high = (part for part in parts if isinstance(part, Number))
    first, second = (part for part in parts if isinstance(part, str))
    return (
        Duration(amounts=((low.value, first),), most=high.value) if first == second and low.value < high.value else None
    )


@rule("length", "unit-2 to number unit-n", "from unit-2 to number unit-n", name="numbers+unit")
def from_two(*parts: Any) -> Duration | None:
    """«يومين إلى 3 أيام»."""
    first, second = (part for part in parts if isinstance(part, str))
    number = next(part for part in parts if isinstance(part, Number))
    return Duration(amounts=((2, first),), most=number.value) if first == second and number.value > 2 else None


@rule("length", "unit-1 to unit-2", "from unit-1 to unit-2", "between unit-1 and unit-2", name="one-or-two")
def one_to_two(*parts: Any) -> Duration | None:
    """«شهر إلى شهرين»."""
    first, second = (part for part in parts if isinstance(part, str))
    return Duration(amounts=((1, first),), most=2) if first == second else None


@rule("length", "unit-2 or number unit-n", "unit-2 or number", "unit-1 or unit-2", name="one-or-two")
def one_or_two(unit: str, _: Any, second: Any, __: Any = None) -> Duration | None:
    """«يومين أو ثلاثة», «شهر أو شهرين»."""
    if isinstance(second, Number):
        return Duration(amounts=((2, unit),), most=3) if second.value == 3 else None
    return Duration(amounts=((1, unit),), most=2) if second == unit else None


# --- one unit, or some: only where the words around show that a length is meant ---------------------------------------


@rule("weak", "unit-1", name="unit")
def one(unit: str) -> Duration:
    return Duration(amounts=((1, unit),))


@rule("weak", "unit-2", name="dual")
def two_decades(unit: str) -> Duration | None:
    return Duration(amounts=((2, unit),)) if unit == "DE" else None


@rule("length", "approx the-unit-1", name="modified-length")
def about_an_hour(_: Any, unit: str) -> Duration | None:
    """«قرابة الساعة»."""
    return Duration(amounts=((1, unit),), mod="APPROX") if unit in ("TH", "TM") else None  # «الثانية»: the second


@rule("length", "approx the-unit-2", name="modified-length")
def about_two(_: Any, unit: str) -> Duration:
    """«قرابة الساعتين»."""
    return Duration(amounts=((2, unit),), mod="APPROX")


@rule("weak", "unit-n", name="units")
def some(unit: str) -> Duration:
    return Duration(amounts=((None, unit),))


def _modifier(kind: str, mod: str, weak: bool = True) -> None:
    patterns = [f"{kind} length", *([f"{kind} weak"] if weak else [])]

    @rule("length", *patterns, name="modified-length")
    def modified(_: Any, length: Duration) -> Duration | None:
        """«نحو عام», «أكثر من أربع سنوات»."""
        return replace(length, mod=mod) if length.mod is None else None


for _kind, _mod in (
    ("approx", "APPROX"),
    ("more", "MORE_THAN"),
    ("less", "LESS_THAN"),
    ("up-to", "EQUAL_OR_LESS"),
    ("no-less", "EQUAL_OR_MORE"),
):
    _modifier(_kind, _mod)


@rule("length", "length approx-after", "weak approx-after", name="modified-length")
def about(length: Duration, _: Any) -> Duration | None:
    """«عشرة أيام تقريبا», «نحو عشرة أيام تقريبا»."""
    return replace(length, mod="APPROX") if length.mod in (None, "APPROX") else None


@rule("length", "number unit-n others", "number unit-1 others", "unit-2 others", name="length+others")
def more_of_them(*parts: Any) -> Duration | None:
    """«أسبوعين آخرين», «ثلاثة أيام أخرى»."""
    return counted(*parts[:-1]) if len(parts) > 2 else dual(parts[0])


@rule("length", "length at-least", name="modified-length")
def at_least(length: Duration, _: Any) -> Duration | None:
    return replace(length, mod="EQUAL_OR_MORE") if length.mod is None else None


@rule("length", "length at-most", name="modified-length")
def at_most(length: Duration, _: Any) -> Duration | None:
    return replace(length, mod="EQUAL_OR_LESS") if length.mod is None else None


@rule("licensed", "during [weak]", "all [weak]", "lasting [weak]", name="unit")
def licensed(_: Any, length: Duration) -> Duration | None:
    """«لمدة عام», «استمرت أسبوعا»; «خلال عقد» may be a contract."""
    return length if length.amounts != ((1, "DE"),) else None


@rule("licensed", "for [weak]", "by [weak]", name="units")
def for_some(_: Any, length: Duration) -> Duration | None:
    """«لأشهر», «قبل الانتخابات بأسابيع»; «بعقود» is with contracts."""
    return length if length.amounts[0][0] is None and length.amounts != ((None, "DE"),) else None


@rule("licensed", "since [weak]", "since [length]", name="since+length")
def since(_: Any, length: Duration) -> Duration:
    """«منذ أشهر»."""
    return replace(length, direction=-1)


@rule("licensed", "before [weak]", "before [length]", name="before+length")
def before(_: Any, length: Duration) -> Duration:
    """«قبل يومين»: the day it points at stands in the EDTF form."""
    return replace(length, direction=-1, point=True)


@rule("licensed", "after [weak]", "after [length]", name="after+length")
def after(_: Any, length: Duration) -> Duration:
    return replace(length, direction=1, point=True)


@rule("licensed", "during [number the-unit-1]", "during [number the-unit-1 approx-after]", name="fraction+unit")
def fraction_during(_: Any, number: Number, unit: str, *about: Any) -> Duration | None:
    """«على مدى نصف السنة تقريبا»: so long, and not in its middle."""
    mod = "APPROX" if about else None
    return Duration(amounts=((number.value, unit),), mod=mod) if number.bare == "fraction" else None


@rule("length", "length from of-time", "weak from of-time", name="length+of-time")
def of_time(length: Duration, *_: Any) -> Duration:
    """«عقد من الزمن», «ثلاثة عقود من الزمن»."""
    return length


@rule("length", "ordinal from age-word", "number from age-word", name="age")
def year_of_age(number: Number, *_: Any) -> Duration | None:
    """«في السابعة عشرة من عمره»: years of a life."""
    value = whole(number, 2, 130) if number.definite and number.kind != "digits" else None
    return Duration(amounts=((value, "Y"),)) if value else None


@rule("length", "the digits from age-word", name="age")
def year_of_age_in_digits(_: Any, text: str, *__: Any) -> Duration | None:
    """«في الـ26 من العمر»."""
    return Duration(amounts=((int(text), "Y"),)) if len(text) <= 2 and int(text) > 1 else None


@rule("length", "at-age number", "at-age number unit-n", "at-age number unit-1", name="age")
def age_reached(_: Any, number: Number, unit: str = "Y") -> Duration | None:
    """«فوق سن الخمسين»."""
    return year_of_age(number) if unit == "Y" else None


@rule("licensed", "all [the-unit-1]", name="whole")
def throughout(_: Any, unit: str) -> Duration:
    """«طوال اليوم»."""
    return Duration(amounts=((1, unit),))


# --- lengths that end or start now ---------------------------------------------------------------------------------


@rule(
    "length", "the-unit-n number adjective", "the-unit-n the number adjective", "number unit-n adjective",
    "number unit-1 adjective",
    "the number unit-1 adjective", "the number unit-n adjective", "the-unit-n adjective number",
    "number the-unit-n adjective", name="units+relative",
)  # fmt: skip
def past_units(*parts: Any) -> Duration | None:
    """«الأشهر الستة الماضية», «الـ24 ساعة الماضية»."""
    unit = next(part for part in parts if isinstance(part, str))
    number = next(part for part in parts if isinstance(part, Number))
    step, base, _ = next(part for part in parts if isinstance(part, tuple))
    if parts[-1] is number and number.kind == "digits":
        return None  # «الأيام الماضية 3864 مراجعا»
    return Duration(amounts=((number.value, unit),), direction=step, base=base) if step and number.value > 0 else None


@rule(
    "length",
    *(f"{many} {way}" for many in ("number unit-n", "number unit-1", "unit-2") for way in ("coming", "gone")),
    name="units+direction",
)
def units_to_come(*parts: Any) -> Duration | None:
    """«ثلاثة أعوام قادمة», «عامين مقبلين»."""
    number, unit = (whole_thousands(*parts[:2]), parts[1]) if isinstance(parts[0], Number) else (2, parts[0])
    return Duration(amounts=((number, unit),), direction=parts[-1]) if number > 1 and unit != "DE" else None


@rule("length", "the-unit-n number to number adjective", "the-unit-n number to number", name="numbers+units")
def those_units_or_more(
    unit: str, low: Number, _: Any, high: Number, adjective: Adjective | None = None
) -> Duration | None:
    """«السنوات الثلاث إلى الخمس المقبلة»."""
    if low.kind != "words" or not (low.definite and high.definite) or low.value >= high.value:
        return None
    step, base, _ = adjective or (0, "publication", "")
    return Duration(amounts=((low.value, unit),), most=high.value, direction=step, base=base)


@rule("length", "the-unit-n number ordinal", name="first-units")
def first_of_those_units(unit: str, number: Number, ordinal: Number) -> Duration | None:
    """«خلال الأيام العشرة الأولى»: of what is not said."""
    return those_units(unit, number) if ordinal.definite and ordinal.value in (1, -1) else None


@rule("length", "the-unit-n the digits", name="units+number")
def those_units_in_digits(unit: str, _: Any, text: str) -> Duration | None:
    """«الأشهر الـ12 حتى فبراير»."""
    some = len(text) <= 2 and int(text) > 2 and unit not in ("TM", "TS")  # «الدقائق الـ90» are of a match
    return Duration(amounts=((int(text), unit),)) if some else None


@rule("length", "the-unit-n number", name="units+number")
def those_units(unit: str, number: Number) -> Duration | None:
    """«الأشهر الستة المنتهية في 30 يونيو»."""
    small = number.kind == "words" and number.definite and 2 < number.value < 100
    return Duration(amounts=((number.value, unit),)) if small else None


@rule("length", "the-unit-2 adjective", "unit-2 adjective", name="dual+relative")
def past_dual(unit: str, adjective: Adjective) -> Duration | None:
    """«اليومين الماضيين»."""
    return Duration(amounts=((2, unit),), direction=adjective[0], base=adjective[1]) if adjective[0] else None


@rule("length", "ordinal number unit-n", "ordinal number unit-1", "ordinal unit-2", name="last+length")
def last_units(ordinal: Number, *rest: Any) -> Duration | None:
    """«آخر ثلاث سنوات»."""
    if ordinal.value != -1:
        return None
    number = rest[0].value if isinstance(rest[0], Number) else 2
    return Duration(amounts=((number, rest[-1]),), direction=-1)


@rule("relative-length", "the-unit-n adjective", name="units+relative")
def past_some(unit: str, adjective: Adjective) -> Duration | Vague | None:
    """«الأيام الماضية» is a length, «الأيام القادمة» the future."""
    step, base, _ = adjective
    if step > 0 and base != "publication":
        return Duration(amounts=((None, unit),), direction=1, base=base)  # «العقود التالية»: what followed then
    if step > 0:
        return Vague(value="FUTURE_REF")
    return Duration(amounts=((None, unit),), direction=-1, base=base) if step < 0 else None


@rule("relative-length", "the-unit-n few adjective", name="few-units+relative")
def past_few(unit: str, _: Any, adjective: Adjective) -> Vague | None:
    """«الأيام القليلة الماضية»."""
    return {-1: Vague(value="PAST_REF"), 1: Vague(value="FUTURE_REF")}.get(adjective[0])


@rule("relative-length", "the-unit-1 adjective", name="last-unit")
def latest_unit(unit: str, adjective: Adjective) -> Duration | None:
    """«الأسبوع الأخير»: seven days up to now, not a week of the calendar."""
    recent = adjective[2] == "past-recent" and unit in ("W", "M", "Y", "DE", "TH")
    return Duration(amounts=((1, unit),), direction=-1) if recent else None


@rule("relative-length", "stretch adjective", name="stretch+relative")
def stretch(_: Any, adjective: Adjective) -> Duration | Vague | None:
    """«الفترة الماضية», «المرحلة الراهنة»."""
    step, base, name = adjective
    if base != "publication":
        return None
    if step < 0:
        return Vague(value="PAST_REF") if name == "past-recent" else Duration(amounts=(), direction=-1, mod="APPROX")
    return Vague(value="PRESENT_REF" if step == 0 else "FUTURE_REF")


# --- counted from another time ---------------------------------------------------------------------------------------


@rule("counted-day", "before-that in length", "before-that in weak", name="before-that+length")
def before_that(_: Any, __: Any, length: Duration) -> Counted:
    """«قبل ذلك بأيام»."""
    return Counted(amounts=length.amounts, sign=-1, base="previous", mod=length.mod)


@rule("counted-day", "after-that in length", "after-that in weak", name="after-that+length")
def after_that(_: Any, __: Any, length: Duration) -> Counted:
    """«بعد ذلك بثلاثة أشهر»."""
    return Counted(amounts=length.amounts, sign=1, base="previous", mod=length.mod)


@rule("counted-day", "after [length from vague]", "after [weak from vague]", name="length+from-now")
def from_now(_: Any, length: Duration, __: Any, now: Vague) -> Counted | Duration | None:
    """«بعد أسبوعين من الآن»; «بعد أكثر من قرن من الآن» is no day."""
    if now.value != "PRESENT_REF":
        return None
    if length.mod or length.amounts[0][0] is None:
        return replace(length, direction=1, point=True)
    return Counted(amounts=length.amounts, sign=1)


@rule("counted-day", "since [length from vague]", "since [weak from vague]", name="length+from-now")
def until_now(_: Any, length: Duration, __: Any, now: Vague) -> Counted | None:
    """«منذ شهر و21 يوما من الآن»."""
    return Counted(amounts=length.amounts, sign=-1) if now.value == "PRESENT_REF" else None


@rule("licensed", "until [length from vague]", "until [weak from vague]", name="length+from-now")
@rule("licensed", "before [length from vague]", "before [weak from vague]", name="length+from-now")
def ago_from_now(_: Any, length: Duration, __: Any, now: Vague) -> Duration | None:
    """«حتى أيام من الآن», «قبل شهرين من الآن»: counted back."""
    return replace(length, direction=-1, point=True) if now.value == "PRESENT_REF" else None


@rule("licensed", "for [the-unit-1 ordinal in-a-row]", "for [ordinal unit-1 in-a-row]", name="running-count")
def in_a_row(_: Any, first: Any, second: Any, __: Any) -> Duration | None:
    """«لليوم العشرين على التوالي»: twenty days running."""
    number, unit = (first, second) if isinstance(first, Number) else (second, first)
    value = whole(number, 1, 9999)
    return Duration(amounts=((value, unit),)) if value else None


# --- again and again -----------------------------------------------------------------------------------------------


@rule(
    "set",
    "every weekday",
    "every weekday-name",
    "every day",
    "every part",
    "every part-adverb",
    "every date",
    name="every",
)
def every_day(_: Any, moment: Moment) -> Every | None:
    """«كل جمعة»."""
    return Every(moment=moment) if moment.step is None and moment.within is None else None


@rule("set", "every monthly", "every season", name="every")
def every_month_or_season(_: Any, moment: Moment) -> Every | None:
    """«كل رمضان», «كل صيف»."""
    return Every(moment=moment) if moment.year is None and moment.within is None and not moment.day else None


@rule("set", "every unit-1", name="every")
def every_unit(_: Any, unit: str) -> Every:
    """«كل يوم»."""
    return Every(amounts=((1, unit),))


@rule("set", "every length", name="every")
def every_length(_: Any, length: Duration) -> Every | None:
    """«كل ثلاثة أسابيع»."""
    return Every(amounts=length.amounts) if not length.mod and not length.direction else None


@rule("set", "date from every unit-1", "date every unit-1", name="every-year")
def every_year(date: Moment, *rest: Any) -> Every | None:
    """«18 مايو من كل عام»."""
    yearly = rest[-1] == "Y" and date.month and date.year is None and date.within is None and date.step is None
    return Every(moment=date) if yearly and not date.hijri else None


@rule("set", "day from every unit-1", "day every unit-1", "every day from every unit-1", name="every-week")
def every_week(*parts: Any) -> Every | None:
    """«يوم الجمعة من كل أسبوع», «كل يوم أحد من كل أسبوع»."""
    day: Moment = next(part for part in parts if isinstance(part, Moment))
    plain = day.weekday and day.day is None and day.step is None and day.within is None
    return Every(moment=day) if parts[-1] == "W" and plain else None


@rule("set", "dom from every unit-1", name="every-month")
def every_month(day: Moment, _: Any, __: Any, unit: str) -> Every | None:
    """«الثامن والعشرين من كل شهر»."""
    return Every(moment=day) if unit == "M" and day.day else None


@rule("set", "unit-1 dom from every unit-1", "the-unit-1 dom from every unit-1", name="day-word+every-month")
def day_of_every_month(day_word: str, day: Moment, _: Any, __: Any, unit: str) -> Every | None:
    """«يوم 28 من كل شهر»."""
    return every_month(day, None, None, unit) if day_word == "D" else None


@rule("set", "this stretch from every unit-1", "vague from every unit-1", name="now-of-every")
def this_time_of_every(*parts: Any) -> Every | None:
    """«هذه الفترة من كل عام», «هذا الوقت من كل عام»."""
    now = parts[0] is None or parts[0].value == "PRESENT_REF"
    return every_unit(None, parts[-1]) if now else None


@rule("set", "unit-n weekend", "the-unit-n weekend", name="weekdays")
def weekends(unit: str, _: Any) -> Every | None:
    """«أيام عطلة نهاية الأسبوع»."""
    return Every(moment=Moment(weekend=True)) if unit == "D" else None


@rule("set", "unit-n weekday", name="weekdays")
def weekdays(unit: str, day: Moment) -> Every | None:
    """«أيام الجمعة»."""
    return Every(moment=day) if unit == "D" else None


@rule("no-time", "decade from age-word", "decade age-word", name="age")
@rule("no-time", "the-unit-1 ordinal from age-word", "unit-1 ordinal from age-word", name="age")
def decade_of_life(*_: Any) -> bool:
    """«في العشرينيات من عمره» says how old, not when."""
    return True
