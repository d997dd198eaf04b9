"""Two texts word by word."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from riwaya.text.collate import collate
from riwaya.text.view import Fold, View
from riwaya.text.words import Words

FOLD = Fold({"أ": "ا", "ة": "ه"})


def words(text: str) -> Words:
    return Words(View(text, FOLD))


def shown(one: str, other: str) -> list[tuple[str, str, str]]:
    return [
        (op.kind, op.left.of(one) if op.left else "", op.right.of(other) if op.right else "")
        for op in collate(words(one), words(other))
    ]


def test_only_the_clitic_is_marked() -> None:
    assert shown("وقالت إن", "قالت إن") == [("omitted", "و", ""), ("equal", "قالت إن", "قالت إن")]
    assert shown("كتاب", "كتابها") == [("equal", "كتاب", "كتاب"), ("inserted", "", "ها")]
    assert shown("تدريب", "تحرير") == [("replaced", "تدريب", "تحرير")]


text = st.text(alphabet="ابتأة وق.", max_size=40)


@given(text, text)
def test_every_word_is_told_once_and_in_order(one: str, other: str) -> None:
    ops = collate(words(one), words(other))
    for side, source in (("left", one), ("right", other)):
        spans = [span for op in ops if (span := getattr(op, side))]
        assert all(a.end <= b.start for a, b in pairwise(spans))
        told = "".join(span.of(source) for span in spans)
        letters = [c for c in source if c.isalpha()]
        assert [c for c in told if c.isalpha()] == letters


@given(text)
def test_a_text_equals_itself(one: str) -> None:
    assert {op.kind for op in collate(words(one), words(one))} <= {"equal"}
