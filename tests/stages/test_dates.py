"""The dates stage: its cases, the publication date, anchors, and what each answer tells of itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from riwaya import edtf
from riwaya.lang.ar import arabic
from riwaya.model import Document, Masthead, Timex, Zone
from riwaya.settings import Settings
from riwaya.stage import Reading
from riwaya.stages.dates import dates, explain, find
from riwaya.stages.dates.lexemes import vocabulary

CASES = Path(__file__).parent.parent / "cases" / "dates"


def cases(name: str) -> list[Any]:
    table = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else [],
        )
        for case in table
    ]


@pytest.mark.parametrize("case", [*cases("synthetic"), *cases("wild"), *cases("negative")])
def test_cases(case: dict[str, Any]) -> None:
    found = find(case["text"], case.get("published"))
    wanted = [(words, value, *(rest or [None])) for words, value, *rest in case["times"]]
    told = [(f.text, f.value, f.mod) for f in found]
    assert [t if len(w) > 2 and w[2] else t[:2] for t, w in zip(told, wanted, strict=False)] == [
        w if w[2] else w[:2] for w in wanted
    ]
    assert len(told) == len(wanted), told


def read(text: str, published: str | None = None, zones: tuple[Zone, ...] = ()) -> list[Timex | Masthead]:
    document = Document(
        id="d", path="d.txt", sha256="0", media_type="text/plain", reader="test", text=text, published=published
    )
    found: list[Timex | Masthead] = list(dates(Reading(document, arabic, Settings(), {Zone: zones})))  # type: ignore[arg-type]
    return found


def masthead(text: str, published: str | None = None) -> tuple[str, str] | None:
    return next(((m.value, m.basis) for m in read(text, published) if isinstance(m, Masthead)), None)


def test_metadata_come_first() -> None:
    assert masthead("الجوزاء 5-3-2019 (رواسي) – ارتفعت الحصيلة.", "2019-03-06") is None


LONG = "نشرت الصحيفة الوثائق، وقد حصلت عليها {} من مصدر في المدينة لم تذكر اسمه في نصها كله ولا في صورها."


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        ("الخميس، 02-03-2017 الساعة 15:59\nهدى – الضفة\n\nخبر.", "2017-03-02T15:59", "dateline"),
        ("عنوان\nآخر تحديث 2016-12-12 00:00:00 - المصدر: رواسي\n\nخبر.", "2016-12-12", "dateline"),
        ("الجوزاء 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م\nخبر.", "2015-08-11", "dateline"),
        (LONG.format("أمس الاثنين 12 ديسمبر 2016"), "2016-12-13", "derived"),
        ("ديسمبر 2016 | كتبته هدى\n\nهاجموا القاعدة في 9 ديسمبر 2016. وسقطت أمس الاثنين.", "2016-12-13", "derived"),
        (LONG.format("الثلاثاء 3 مايو 2016"), "2016-05-03/..", "derived"),
    ],
)
def test_publication_from_the_text(text: str, value: str, basis: str) -> None:
    assert masthead(text) == (value, basis)
    assert edtf.is_valid(value.split("T")[0])


def test_no_publication_date_is_invented() -> None:
    assert masthead("وصل الوفد أمس الاثنين، وكان ذلك في ديسمبر.") is None


def test_boilerplate_dates_nothing() -> None:
    text = "خبر بلا تاريخ.\n\nشاهد أيضا: الجمعة 2 يناير 2019"
    start = text.index("شاهد")
    zone = Zone(doc="d", start=start, end=len(text), kind="boilerplate", rule="test")
    assert not [m for m in read(text, zones=(zone,)) if isinstance(m, Masthead)]


def test_anchors() -> None:
    found = [t for t in read("في 3 مارس 2011 وبعد ذلك بيومين، ثم أمس.", "2011-04-01") if isinstance(t, Timex)]
    assert [t.anchor for t in found] == ["explicit", found[0].id, "publication"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("أواخر مايو 2015", "2015-05-21/2015-05-31"),
        ("منتصف مارس 2011", "2011-03-15~"),
        ("ثمانينيات القرن الماضي", "198X"),
        ("صيف 2012", "2012-22"),
        ("قبل نحو ثلاثة أعوام", "2012-08-07~"),
        ("الأشهر الستة الماضية", "2015-02-07/2015-08-07"),
        ("الساعة 4:20 فجر اليوم", "2015-08-07T04:20:00"),
        ("الأسبوع المقبل", "2015-08-10/2015-08-16"),
        ("مؤخرا", "/2015-08-07"),
    ],
)
def test_edtf(text: str, form: str) -> None:
    assert find(text, "2015-08-07")[0].edtf == form


def test_every_answer_tells_how_it_was_made() -> None:
    (answer,) = explain("مساء يوم 21 مايو 2015")
    assert answer.found.rule.startswith("ar/dates/part+day")
    assert [line.strip() for line in answer.derivation if "months" in line] == ["ar/months/may"]


def test_a_diary_looks_ahead() -> None:
    assert find("الاثنين", "2013-02-12")[0].value == "2013-02-11"
    assert find("الاثنين", "2013-02-12", diary=True)[0].value == "2013-02-18"
    assert find("عدت إلى 27.", "2016-11-07", diary=True)[0].value == "2016-11-27"
    assert find("عدت إلى 27.", "2016-11-07") == []


def negatives() -> list[Any]:
    vocabulary(arabic)  # reads the tables with their own types
    tables = ("months", "weekdays", "units", "partsofday", "relative")
    return [
        pytest.param(entry, id=entry.rule)
        for (name, _), table in arabic._tables.items()
        for entry in table
        if name in tables and entry.negative
    ]


@pytest.mark.parametrize("entry", negatives())
def test_ordinary_words_of_the_tables(entry: Any) -> None:
    assert find(entry.negative, "2015-08-07") == []
