"""Damaged text is found where it is damaged, and sound text gives no warning."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.model import Warning
from riwaya.readers.damage import damage
from riwaya.readers.scramble import repair

SOUND = """أعلنت بلدية خرانة، مساء الثلاثاء، أن الطريق إلى القرية
ما زال مغلقا، وأن فرق الإنقاذ وصلت إلى السوق القديم بعد ساعات من الانتظار.

وقال رئيس البلدية إن المياه تراجعت، يا لها من ليلة، كما قال.
عام مضى  على انهيار السد."""

SCRAMBLED = "ية، وغادرت السوق خرجت القوافل من القر"
PRINTED = "خرجت القوافل من القرية، وغادرت السوق"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(warning.kind, text[warning.start : warning.end]) for warning in damage(text)]


def test_sound_text_has_no_warning() -> None:
    assert damage(SOUND) == ()


def test_stretched_words_are_one_warning_for_lines_that_follow_one_another() -> None:
    text = "خبر أول\nوصــل الوفــد\nإلى المدينــة أمس\nخبر ثان"
    assert kinds(text) == [("kashidas", "وصــل الوفــد\nإلى المدينــة")]


@pytest.mark.parametrize(
    "text",
    ["وُلد سنة 1390 هـ في خرانة", "قال لـ«الصدى» وبـ«الراية» ولـ«الفجر»", "جريدة الصـدى اليومية", "ـــ ـــ ـــ ـــ"],
)
def test_a_kashida_that_justifies_nothing_is_no_damage(text: str) -> None:
    assert damage(text) == ()


@pytest.mark.parametrize(
    "text",
    ["وصل الوفد بعد  أيام إلى مدينة تبعد حوالي  كيلومترات", "في  مايو، أي بعد مرور  أشهر على انهيار السد"],
)
def test_gaps_where_numbers_belong_in_a_text_without_digits(text: str) -> None:
    assert kinds(text) == [("lost-digits", "  ")] * 2
    for warning in damage(text):
        assert not re.search(r"\d", warning.detail), "a lost number is never invented"


@pytest.mark.parametrize(
    "text",
    [
        "وصل الوفد بعد  أيام في 3 سيارات إلى مدينة تبعد حوالي  كيلومترات",  # other digits are there
        "وصل  الوفد إلى  المدينة مع  الفجر",  # gaps, but not where numbers belong
        "وصل الوفد بعد  أيام",  # one slip of the keyboard
    ],
)
def test_gaps_that_need_not_be_lost_digits(text: str) -> None:
    assert damage(text) == ()


def test_one_gap_is_enough_in_a_text_that_is_broken_otherwise() -> None:
    assert ("lost-digits", "  ") in kinds(f"وصل الوفد بعد  أيام\n{SCRAMBLED}")


def test_a_scrambled_line_gets_a_reading_that_says_it_is_a_guess() -> None:
    (warning,) = damage(f"{SOUND}\n{SCRAMBLED}\nنحو الوادي")
    assert (warning.kind, warning.detail.count(PRINTED)) == ("scrambled-line", 1)
    assert "guess" in warning.detail


def test_a_line_torn_in_three_is_put_together_by_its_pieces_alone() -> None:
    printed = "عبرت القافلة من سوريا، ودخلت الأراضي السورية مساء"
    assert repair("ية مساء يا، ودخلت الأراضي السور عبرت القافلة من سور") == printed


def test_a_kashida_at_the_start_of_a_line_is_an_orphan() -> None:
    assert repair("ـة واسعة وصل الخبر إلى المدين") == "وصل الخبر إلى المدينة واسعة"


@pytest.mark.parametrize("line", ["ية", "", "يا رب", "ـ", "يا لها من ليلة قضاها أهل السور", "سارت القافلة إلى القرية"])
def test_lines_in_good_order_are_left_alone(line: str) -> None:
    assert repair(line) is None


def test_what_stands_elsewhere_in_the_text_decides_where_the_line_was_cut() -> None:
    pairs = frozenset({("السوق", "القديم"), ("القديم", "خرجت"), ("وغادرت", "السوق")})
    assert repair("ية، وغادرت السوق القديم خرجت من القر", pairs=pairs) != repair("ية، وغادرت السوق القديم خرجت من القر")


@given(st.text(alphabet="سوريةاملنتك ـ،.\n\f٣3  |", max_size=200))
def test_warnings_lie_in_the_text_and_in_order(text: str) -> None:
    found: tuple[Warning, ...] = damage(text)
    for warning in found:
        assert warning.start is not None
        assert warning.end is not None
        assert 0 <= warning.start < warning.end <= len(text)
    assert [warning.start for warning in found] == sorted(warning.start or 0 for warning in found)
