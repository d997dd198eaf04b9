"""What must hold of dates and quantities whatever the text."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya import edtf
from riwaya.lang.ar import arabic
from riwaya.stages import dates, quantities
from riwaya.stages.dates import reading
from riwaya.stages.dates.lexemes import vocabulary

WORDS = [
    "في", "من", "إلى", "حتى", "بين", "و", "منذ", "قبل", "بعد", "خلال", "يوم", "أمس", "اليوم", "غدا", "الاثنين",
    "الجمعة", "صباح", "مساء", "ليل", "الساعة", "الثالثة", "والنصف", "إلا ربعا", "عصرا", "بتوقيت غرينتش", "11",
    "٣١", "2016", "1436", "99", "0", "000", "15:59", "24:00", "02-03-2017", "31/2/2015", "30/12/1436", "ديسمبر",
    "كانون الأول", "فبراير", "رمضان", "شوال", "هـ", "م", "شهر", "عام", "عامين", "أيام", "ثلاثة", "عشرين",
    "مئة ألف", "القرن", "التاسع عشر", "ثمانينيات", "صيف", "الربع", "الأول", "الماضي", "المقبل", "الجاري",
    "التالي", "نفسه", "آخر", "كل", "أواخر", "منتصف", "نهاية", "بضعة", "نحو", "أكثر من", "على الأقل", "بعد ذلك",
    "ب", "آنذاك", "حاليا", "قتيلا", "%", "دولار", "عشرات", "المدنيين", "قال",
]  # fmt: skip
SIGNS = [" ", "، ", ". ", "\n", "\n\n", "/", "-", ":", "(", ")", " – ", "«", "\ud800", "ـ", ""]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)), max_size=30).map(
    lambda parts: "".join(word + sign for word, sign in parts)
)
SPACED = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
KNOWN = st.lists(st.sampled_from([*sorted(vocabulary(arabic).known), *WORDS]), max_size=25).map(" ".join)
ANY = st.one_of(TEXTS, SPACED, KNOWN, st.text(max_size=60))
DAYS = st.dates(date(1900, 1, 1), date(2060, 12, 31))
PUBLISHED = st.one_of(st.none(), DAYS.map(str), st.just("9999-12-31"), st.just("0001-01-01"), st.text(max_size=12))

YEAR = r"(?:\d{4}|XXXX)"
DATE = rf"{YEAR}(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?)?"
PERIOD = rf"{YEAR}-(?:SP|SU|FA|WI|Q[1-4]|H[12])|{YEAR}-W(?:\d\d|XX)(?:-WE|-\d)?|BC\d{{2,4}}|\d\d|\d{{3}}|XXX|XX"
POINT = rf"(?:{DATE}|{PERIOD})"
CLOCK = r"T(?:\d\d:\d\d(?::\d\d)?Z?|MO|MI|AF|EV|NI)"
NUMBER = r"(?:\d+(?:\.\d+)?|X)"
LENGTH = rf"P(?:X|(?:{NUMBER}(?:CE|DE|Y|M|W|D))*(?:T(?:{NUMBER}[HMS])+)?)"
DAY = rf"(?:{YEAR}-(?:\d\d|XX)-(?:\d\d|XX)|{YEAR}-W(?:\d\d|XX)-\d)"
TIMEX = re.compile(rf"(?:{POINT}|{DAY}{CLOCK}|{CLOCK}|{LENGTH}|(?:PAST|PRESENT|FUTURE)_REF)")
MODS = {None, "START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"}
MODS |= {"BEFORE", "AFTER"}


@given(ANY, PUBLISHED, st.booleans())
@settings(max_examples=600, deadline=None)
def test_every_value_is_valid_and_in_its_place(text: str, published: str | None, diary: bool) -> None:
    last = 0
    for found in dates.find(text, published, diary=diary):
        assert last <= found.start < found.end <= len(text)
        last = found.end
        assert all(TIMEX.fullmatch(end) for end in found.value.split("/")), found.value
        assert len(found.value.split("/")) <= 2
        assert found.edtf is None or edtf.is_valid(found.edtf), found.edtf
        assert found.mod in MODS
        assert found.rule.startswith("ar/dates/")


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_quantities_lie_in_the_text_and_are_ordered(text: str) -> None:
    last = 0
    for found in quantities.find(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
        assert found.low is not None or found.high is not None
        assert found.low is None or found.high is None or found.low <= found.high


@given(SPACED, DAYS)
@settings(max_examples=150, deadline=None)
def test_what_is_remembered_changes_nothing(text: str, day: date) -> None:
    warm = dates.find(text, str(day))
    reading.forget()
    assert dates.find(text, str(day)) == warm


WEEKDAYS = ["السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"]
FRAMES = [
    "{}", "يوم {}", "{} الماضي", "{} المقبل", "مساء {}", "فجر يوم {}", "{} من الأسبوع الماضي", "أمس", "غدا",
    "الساعة الثامنة من مساء {}", "ليل {}", "وقت متأخر من مساء {}",
]  # fmt: skip


@given(st.builds(str.format, st.sampled_from(FRAMES), st.sampled_from(WEEKDAYS)), DAYS)
@settings(max_examples=150, deadline=None)
def test_a_week_later_weekdays_are_a_week_later(words: str, day: date) -> None:
    (before,) = dates.find(f"وصل الوفد {words} إلى الميناء", str(day))
    (after,) = dates.find(f"وصل الوفد {words} إلى الميناء", str(day + timedelta(weeks=1)))
    assert date.fromisoformat(after.value[:10]) - date.fromisoformat(before.value[:10]) == timedelta(weeks=1)
    assert after.value[10:] == before.value[10:]


SPELLINGS = [
    str.maketrans("أإآ", "ااا"),
    str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    str.maketrans({"ي": "ی", "ك": "ک"}),
    str.maketrans({"س": "سـ", "م": "مَ"}),
]


@given(SPACED, DAYS, st.sampled_from(SPELLINGS))
@settings(max_examples=200, deadline=None)
def test_spellings_that_fold_alike_answer_alike(text: str, day: date, spelling: dict[int, str]) -> None:
    def answers(text: str) -> list[tuple[str, str, str | None]]:
        return [(f.type, f.value, f.edtf) for f in dates.find(text, str(day))]

    assert answers(text.translate(spelling)) == answers(text)


@given(SPACED, st.sampled_from(SPELLINGS))
@settings(max_examples=200, deadline=None)
def test_quantities_that_fold_alike_are_alike(text: str, spelling: dict[int, str]) -> None:
    def answers(text: str) -> list[tuple[float | None, float | None, bool, str | None]]:
        return [(f.low, f.high, f.approx, f.unit) for f in quantities.find(text)]

    assert answers(text.translate(spelling)) == answers(text)


@given(SPACED, DAYS)
@settings(max_examples=100, deadline=None)
def test_the_name_of_a_person_changes_no_date(text: str, day: date) -> None:
    def values(name: str) -> list[str]:
        return [f.value for f in dates.find(f"قال {name} إن {text}", str(day))]

    assert values("سمير الحداد") == values("هدى النجار")


def test_no_period_lies_outside_of_the_years_that_have_a_name() -> None:
    assert dates.find("القرن الماضي", "0001-01-01") == dates.find("العقد الماضي", "0005-01-01") == []
    assert dates.find("القرن المقبل", "9999-12-31") == []
