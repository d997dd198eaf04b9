"""Words as arrays: what is one word, and where it stands."""

from __future__ import annotations

import numpy as np
import pytest

from riwaya.lang.ar import arabic
from riwaya.text.shingles import shingles
from riwaya.text.span import Span
from riwaya.text.view import View
from riwaya.text.words import DIGIT, LETTER, SIGN, Token, Words


def words_of(text: str) -> Words:
    return Words(View(text, arabic.fold))


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("3ماي2016", ["3", "ماي", "2016"]),
        ("ب. ي. د", ["ب", ".", "ي", ".", "د"]),
        ("11 ديسمبر/كانون الأول", ["11", "ديسمبر", "/", "كانون", "الاول"]),
        ("«الدولة»", ['"', "الدوله", '"']),
        ("l'État 😀", ["l", "'", "état", "😀"]),
        ("تــدمر، سقطت", ["تدمر", ",", "سقطت"]),
        ("\0\u200f \n", []),
        ("𞸀ب", ["𞸀ب"]),
    ],
)
def test_what_is_a_word(text: str, norms: list[str]) -> None:
    assert words_of(text).norms == norms


def test_kinds_and_tokens() -> None:
    words = words_of("قالَ: ٢٢")
    assert words.kinds.tolist() == [LETTER, SIGN, DIGIT]
    assert list(words) == [Token(Span(0, 4), "قال"), Token(Span(4, 5), ":"), Token(Span(6, 8), "22")]


def test_places_of_words() -> None:
    text = "وقالَ المتحدث إنّ"
    words = words_of(text)
    assert words.span(0, 1).of(text) == "وقالَ المتحدث"
    assert words.span(0, skip=1).of(text) == "قالَ"
    assert words.span(2).of(text) == "إنّ"
    assert [words.at(place) for place in (0, 4, 5, 6, 17, 99)] == [0, 0, 1, 1, 3, 3]
    assert list(words.within(Span(0, len(text)))) == [0, 1, 2]
    assert list(words.within(Span(1, 13))) == [1]
    assert list(words.within(Span(8, 9))) == []


def test_nothing_has_no_words() -> None:
    words = words_of("")
    assert (len(words), words.norms, words.hashes.size, list(words)) == (0, [], 0, [])
    assert words.at(0) == 0
    assert Words.many([]) == []


def test_no_word_crosses_from_one_text_into_the_next() -> None:
    cut = Words.many(View.many(["قال", "المتحدث", "", "12", "3"], arabic.fold))
    assert [words.norms for words in cut] == [["قال"], ["المتحدث"], [], ["12"], ["3"]]


def test_hashes_are_the_same_in_every_run() -> None:
    """They are kept in cases: another value would part new documents from old ones."""
    assert words_of("سد العرجون").hashes.tolist() == [10224099757523219742, 14113093788074090645]


def test_order_counts_in_shingles() -> None:
    hashes = words_of("قال شهود قال").hashes
    two = shingles(hashes, 2)
    assert two.size == 2
    assert two[0] != two[1]
    assert shingles(hashes, 4).dtype == np.uint64
    assert shingles(hashes, 4).size == 0
