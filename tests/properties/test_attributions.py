"""What must hold of attributions whatever the text: marks that never close, cues without end, names that change."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.stages.attributions import explain, find, page_of

SIGNS = [*".؟!؛:،«»“”\"'„‟‹›()-–…ـ \n", "..", "\n\n", "\u200f", "\ud800", "😀", ""]
WORDS = [
    "قال", "وقال", "وأضاف", "مؤكدا", "أن", "إن", "إلى أن", "بأن", "بحسب", "وفق قوله", "كما ذكر", "ونقلت", "عن", "قولها",
    "الوزير", "مصدر", "وزارة الري", "صحيفة «الراية»", "المتحدث باسم الهيئة", "سامي الحداد", "التي", "الذي", "وجود",
    "السد آمن", "انهار الجدار", "في بيان", "أمس", "لـ", "لوكالة الفرات", "ربما", "لا يستبعد", "يشار إلى", "نفى", "علي",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=40).map(" ".join)
GLUED = st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=40).map("".join)
PARAGRAPHS = 3


@given(st.one_of(TEXTS, GLUED, st.text(max_size=80)))
@settings(max_examples=250, deadline=None)
def test_nothing_raises_and_nothing_reaches_beyond_the_text(text: str) -> None:
    for found in find(text):
        assert 0 <= found.start < found.end <= len(text)
        for span in (found.cue, found.cue_closing, found.source, found.resolved_from, *found.parts, *found.certainty):
            if span is not None:
                assert span.start < span.end <= len(text)
        assert found.start <= found.content.start
        assert found.content.end <= found.end


@given(st.one_of(TEXTS, GLUED))
@settings(max_examples=150, deadline=None)
def test_nobody_speaks_in_an_impersonal_passive(text: str) -> None:
    for found in find(text):
        if found.function in ("agentless", "author-hedge"):
            assert found.source is None
            assert found.resolved_from is None


@given(st.one_of(TEXTS, GLUED))
@settings(max_examples=100, deadline=None)
def test_the_same_text_has_the_same_answers(text: str) -> None:
    assert find(text) == find(text)


@given(st.one_of(TEXTS, GLUED))
@settings(max_examples=100, deadline=None)
def test_every_answer_can_be_explained(text: str) -> None:
    page = page_of(text)
    for found in find(text):
        assert explain(page.reading, found)


@given(st.lists(st.sampled_from(["«", "»", '"', "“", "”", "„"]), max_size=6), st.integers(0, 5))
@settings(max_examples=100, deadline=None)
def test_a_stray_mark_never_makes_a_content_run_over_paragraphs(marks: list[str], at: int) -> None:
    paragraphs = [f"وقال المدير رقم {n} إن السد آمن اليوم وغدا." for n in range(6)]
    paragraphs[at] += " ".join(marks)
    text = "\n".join(paragraphs)
    for found in find(text):
        assert text[found.content.start : found.content.end].count("\n") <= PARAGRAPHS


@given(st.sampled_from(["نادر قاسم", "Nadir", "هالة بركات العلي", "م. ن."]), st.sampled_from(["وقال", "وأكد", "وأعلن"]))
@settings(max_examples=20, deadline=None)
def test_another_name_changes_no_content(name: str, verb: str) -> None:
    text = f"{verb} مدير السد {name} أن الماء انحسر عن القرية."
    [found] = find(text)
    assert found.content.of(text) == "الماء انحسر عن القرية"


def test_a_deep_nest_and_a_long_row_of_cues_end() -> None:
    assert find("قال الوزير إن " * 300)
    assert find("وأضاف، " * 2000 + "قال مصدر إن السد آمن.")
    assert find('"' * 3000 + "قال مصدر إن السد آمن.") is not None
