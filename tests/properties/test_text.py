"""What holds of views, words and shingles for any text whatever: marks, ligatures, emoji, NUL, lone surrogates."""

from __future__ import annotations

import unicodedata

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.errors import InvalidSpan
from riwaya.lang.ar import arabic
from riwaya.text.shingles import shingles
from riwaya.text.span import Span
from riwaya.text.view import Fold, View
from riwaya.text.words import DIGIT, LETTER, SIGN, Words

ARABIC = "اأإآٱبتثةىيئءؤوكکگڤ\u064b\u064e\u0651\u0670ـ،؛؟٪٣3۳ ﻻﷲﷺﰲ«»“”…\u200f\u202b\u00a0\n"
STRANGE = "\0\ud800\udfff\uffff\ufffe😀👨‍👩‍👧𞸀aÉß½²\u0301\u2028"
TEXTS = st.one_of(
    st.text(alphabet=ARABIC, max_size=60),
    st.text(alphabet=ARABIC + STRANGE, max_size=60),
    st.text(st.characters(), max_size=60),  # every code point there is, surrogates included
)
FOLD = arabic.fold


@given(TEXTS, st.data())
def test_a_span_of_the_view_maps_to_letters_that_fold_to_it(text: str, data: st.DataObject) -> None:
    view = View(text, FOLD)
    start = data.draw(st.integers(0, len(view)))
    end = data.draw(st.integers(start, len(view)))
    there = view.to_source(Span(start, end))
    assert 0 <= there.start <= there.end <= len(text)
    back = view.from_source(there)
    if start == end:
        return
    assert FOLD(there.of(text)) == view.text[back.start : back.end]
    assert back.contains(Span(start, end))
    if not any(c in FOLD.expansions for c in map(ord, text)):  # a ligature cannot be cut: all its letters come back
        assert back == Span(start, end)


@given(TEXTS, st.data())
def test_a_span_of_the_source_comes_back_inside_itself_with_its_marks(text: str, data: st.DataObject) -> None:
    view = View(text, FOLD)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = view.from_source(Span(start, end))
    assert 0 <= there.start <= there.end <= len(view)
    assert view.text[there.start : there.end] == FOLD(text[start:end])
    if len(there):
        back = view.to_source(there)
        assert start <= back.start
        assert FOLD(text[end : back.end]) == ""  # what was added behind is marks of the last letter


@given(TEXTS)
def test_to_source_takes_the_marks_of_the_last_letter_and_no_more(text: str) -> None:
    view = View(text, FOLD)
    for i, offset in enumerate(view.offsets.tolist()):
        end = offset + 1
        while end < len(text) and ord(text[end]) < FOLD.attached.size and FOLD.attached[ord(text[end])]:
            end += 1
        assert int(view.ends[i]) == end


@given(TEXTS)
def test_folding_is_idempotent(text: str) -> None:
    assert FOLD(FOLD(text)) == FOLD(text)


@given(TEXTS, TEXTS)
def test_folding_is_letter_by_letter(one: str, other: str) -> None:
    assert FOLD(one + other) == FOLD(one) + FOLD(other)


@given(st.lists(TEXTS, max_size=8))
@settings(deadline=None)
def test_many_are_as_one_by_one(texts: list[str]) -> None:
    views = View.many(texts, FOLD)
    for view, words, text in zip(views, Words.many(views), texts, strict=True):
        alone = View(text, FOLD)
        assert view.source == text
        assert view.text == alone.text
        assert view.offsets.tolist() == alone.offsets.tolist()
        assert view.ends.tolist() == alone.ends.tolist()
        lone = Words(alone)
        assert words.norms == lone.norms
        assert words.kinds.tolist() == lone.kinds.tolist()
        assert words.hashes.tolist() == lone.hashes.tolist()
        assert [words.span(i) for i in range(len(words))] == [lone.span(i) for i in range(len(lone))]


@given(TEXTS)
def test_words_part_the_text(text: str) -> None:
    view = View(text, FOLD)
    words = Words(view)
    bounds = [b for pair in zip(words.starts.tolist(), words.ends.tolist(), strict=True) for b in pair]
    assert bounds == sorted(bounds)
    assert all(start < end for start, end in zip(words.starts.tolist(), words.ends.tolist(), strict=True))
    left_out = set(range(len(view))) - {i for a, b in zip(bounds[::2], bounds[1::2], strict=True) for i in range(a, b)}
    for i in left_out:  # white space and controls are in no word, and nothing else is left out
        assert view.text[i].isspace() or unicodedata.category(view.text[i])[0] in "ZC"


@given(TEXTS)
def test_words_are_of_one_kind(text: str) -> None:
    words = Words(View(text, FOLD))
    for norm, kind in zip(words.norms, words.kinds.tolist(), strict=True):
        match kind:
            case k if k == LETTER:
                assert all(unicodedata.category(c)[0] in "LM" for c in norm)
            case k if k == DIGIT:
                assert all(unicodedata.category(c)[0] == "N" for c in norm)
            case k:
                assert k == SIGN
                assert len(norm) == 1


@given(TEXTS)
def test_equal_words_have_equal_hashes_and_others_others(text: str) -> None:
    words = Words(View(text, FOLD))
    by_norm = dict(zip(words.norms, words.hashes.tolist(), strict=True))
    assert all(by_norm[norm] == h for norm, h in zip(words.norms, words.hashes.tolist(), strict=True))
    assert len(set(by_norm.values())) == len(by_norm)


@given(TEXTS, st.data())
def test_within_and_at_agree_with_spans(text: str, data: st.DataObject) -> None:
    words = Words(View(text, FOLD))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = [words.span(i) for i in range(len(words))]
    assert list(words.within(Span(start, end))) == [
        i for i, span in enumerate(spans) if start <= span.start and span.end <= end
    ] or any(c in FOLD.expansions for c in map(ord, text))  # two words of one ligature share their place
    assert words.at(start) == next((i for i, span in enumerate(spans) if span.end > start), len(words))


@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 6))
def test_shingles_are_equal_where_runs_are(numbers: list[int], n: int) -> None:
    hashes = np.array(numbers, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    runs = [tuple(numbers[i : i + n]) for i in range(max(0, len(numbers) - n + 1))]
    made = shingles(hashes, n).tolist()
    assert len(made) == len(runs)
    assert len(set(made)) == len(set(runs))
    assert all((a == b) == (x == y) for a, x in zip(made, runs, strict=True) for b, y in zip(made, runs, strict=True))


@given(st.integers(-5, 20), st.integers(-5, 20), st.text(max_size=10))
def test_a_span_lies_in_its_text_or_raises(start: int, end: int, text: str) -> None:
    try:
        letters = Span(start, end).of(text)
    except InvalidSpan:
        assert not 0 <= start <= end <= len(text)
    else:
        assert letters == text[start:end]


@given(st.dictionaries(st.characters(max_codepoint=0xFFFF), st.text(st.characters(), max_size=3), max_size=8), TEXTS)
def test_any_fold_keeps_its_way_back(letters: dict[str, str], text: str) -> None:
    fold = Fold(letters, attached=[c for c, target in letters.items() if not target])
    view = View(text, fold)
    assert view.text == "".join(letters.get(c, c) for c in text)
    for i in range(len(view)):
        place = view.to_source(Span(i, i + 1))
        assert place.start < place.end
        assert view.text[i] in fold(text[place.start])
