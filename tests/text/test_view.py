"""The corners of views that a property would meet once in a thousand runs."""

from __future__ import annotations

import pytest

from riwaya.errors import InvalidSpan
from riwaya.lang.ar import arabic
from riwaya.text.span import Span
from riwaya.text.view import Fold, View


def source_of(text: str, found: str) -> str:
    """The letters of `text` in which the folded words `found` are seen."""
    view = View(text, arabic.fold)
    at = view.text.index(found)
    return view.to_source(Span(at, at + len(found))).of(text)


@pytest.mark.parametrize(
    ("text", "found", "letters"),
    [
        ("وقال عِلمٌ، إنّ", "علم", "عِلمٌ"),
        ("تــدمــر ســقطت", "تدمر", "تــدمــر"),
        ("في يــــد\nداعش", "يد", "يــــد"),
        ("المسؤول", "المسءول", "المسؤول"),
        ("ﻻ أحد", "لا", "ﻻ"),
        ("ﻻً أحد", "لا", "ﻻً"),
        ("عام ٢٠١٦م", "2016", "٢٠١٦"),
        ("\u202bالتي\u202c هنا", "التي", "التي"),
        ("التی", "التي", "التی"),
        ("\u064bقال", "قال", "قال"),
        ("قال\u200f\u064b", "قال", "قال"),
        ("«اليوم»", '"اليوم"', "«اليوم»"),
        ("USA", "usa", "USA"),
    ],
)
def test_folded_words_are_found_as_written(text: str, found: str, letters: str) -> None:
    assert source_of(text, found) == letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أعلن", "اعلن"),
        ("إلى", "الي"),
        ("مدرسة", "مدرسه"),
        ("مسؤول", "مسئول"),
        ("كتـاب", "كتاب"),
        ("كَتَبَ", "كتب"),
        ("١٢٣", "123"),
        ("۱۲۳", "123"),
        ("علی", "علي"),
        ("کان", "كان"),
        ("ﺩﻣﺸﻖ", "دمشق"),
        ("تعاونًا", "تعاوناً"),
    ],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert arabic.fold(one) == arabic.fold(other)


@pytest.mark.parametrize(("one", "other"), [("على", "علا"), ("سأل", "سال؟"), ("كان", "كن"), ("دار", "ذار")])
def test_spellings_that_are_two(one: str, other: str) -> None:
    assert arabic.fold(one) != arabic.fold(other)


def test_an_empty_span_is_a_place() -> None:
    view = View("قال\u064b ثم", arabic.fold)
    assert view.to_source(Span(3, 3)) == Span(4, 4)
    assert view.to_source(Span(len(view), len(view))) == Span(len(view.source), len(view.source))
    assert view.from_source(Span(3, 4)) == Span(3, 3)  # the mark alone is nothing in the view


def test_spans_beyond_the_text_raise() -> None:
    view = View("قال", arabic.fold)
    with pytest.raises(InvalidSpan, match="beyond a view of 3 letters"):
        view.to_source(Span(0, 4))
    with pytest.raises(InvalidSpan, match="beyond 3 characters"):
        view.from_source(Span(0, 4))
    with pytest.raises(InvalidSpan, match="start=2, end=1"):
        Span(2, 1)
    with pytest.raises(InvalidSpan, match="3–9 reaches beyond its text"):
        Span(3, 9).of("قال")


def test_many_of_none_and_of_empty() -> None:
    assert View.many([], arabic.fold) == []
    assert [view.text for view in View.many(["", "قالَ", "", "ثم"], arabic.fold)] == ["", "قال", "", "ثم"]


def test_a_fold_to_several_letters_ends_behind_its_marks_for_each_of_them() -> None:
    fold = Fold({"ﻻ": "لا", "ً": ""}, attached="ً")
    view = View("ﻻًب", fold)
    assert [view.to_source(Span(i, i + 1)) for i in range(3)] == [Span(0, 2), Span(0, 2), Span(2, 3)]
