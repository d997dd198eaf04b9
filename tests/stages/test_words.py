"""The words stage: its cases, and what must hold for any text."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.lang.ar import arabic
from riwaya.model import Document, Finding, Masthead, Sentence, Zone
from riwaya.settings import Settings
from riwaya.stage import Reading
from riwaya.stages.words import SILENT, sentences, words

CASES = Path(__file__).parent.parent / "cases" / "words"


def read(text: str, **fields: Any) -> list[Finding]:
    doc = Document(id="a", path="a.txt", sha256="", media_type="text/plain", reader="", text=text, **fields)
    return list(words(Reading(doc, arabic, Settings())))


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


@pytest.mark.parametrize("case", [*cases("synthetic"), *cases("negative")])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"].strip("\n")
    found = read(text, title=case.get("title"))
    cut = [text[f.start : f.end] for f in found if isinstance(f, Sentence)]
    zones = [[f.kind, text[f.start : f.end]] for f in found if isinstance(f, Zone)]
    said = {f.field: f.value for f in found if isinstance(f, Masthead)}
    assert cut == case.get("sentences", cut)
    assert zones == case.get("zones", zones)
    assert said == case.get("said", said)
    assert not {kind for kind, _ in zones} & set(case.get("absent", ()))


SIGNS = [*'.؟!؛:،«»"“”()*-–…ـ \n', "..", "\n\n", "\r\n", "\u00a0", "\u200f", "\ud800", "\0", "😀"]
WORDS = ["انهار السد", "قال", "د.", "2019", "5", "بي.بي.سي", "a@b.example", "facebook", "Next Previous", "كتب", "سمات"]
FURNITURE = [
    "/انتهى/",
    "اقرأ أيضاً",
    "رويترز",
    "(رويترز)",
    "واس",
    "الرياض",
    "التعليقات على",
    "مغلقة",
    "آخر تحديث",
    "المصدر",
]
PROSE = ["رابط الخبر بصحيفة", "وصلت فرق الإنقاذ إلى القرية قبل الفجر بقليل."]
PIECES = st.sampled_from([*SIGNS, *WORDS, *FURNITURE, *PROSE])
TEXTS = st.one_of(
    st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=60).map(" ".join), st.text(max_size=300)
)


@given(TEXTS)
@settings(deadline=None, max_examples=400)
def test_any_text(text: str) -> None:
    found = read(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    cut = [f for f in found if isinstance(f, Sentence)]
    zones = [f for f in found if isinstance(f, Zone)]
    assert all(a.end <= b.start for a, b in pairwise(cut)), "sentences overlap or are out of order"
    for sentence in cut:
        assert not text[sentence.start].isspace()
        assert not text[sentence.end - 1].isspace()
        for zone in zones:
            apart = sentence.end <= zone.start or zone.end <= sentence.start
            inside = zone.start <= sentence.start and sentence.end <= zone.end
            assert apart or inside, "a sentence crosses the edge of a zone"
    covered = [*cut, *(zone for zone in zones if zone.kind in SILENT)]
    for i, letter in enumerate(text):
        if letter.isalnum() and len(arabic.fold(letter)) == 1:
            assert any(f.start <= i < f.end for f in covered), f"{letter!r} at {i} is in no sentence and no zone"
    assert read(text) == found


@given(TEXTS)
@settings(deadline=None, max_examples=100)
def test_sentences_are_those_of_the_stage(text: str) -> None:
    cut = [(f.start, f.end) for f in read(text) if isinstance(f, Sentence)]
    assert [(span.start, span.end) for span in sentences(text)] == cut


@given(st.text(alphabet='اب.؟" \n«»', max_size=80), st.integers(0, 80))
@settings(deadline=None)
def test_a_mark_changes_no_cut(text: str, at: int) -> None:
    """Folding is what the splitter sees: a vowel mark behind a letter moves ends and changes nothing else."""
    at = min(at, len(text))
    if at == 0 or not text[at - 1].isalpha():
        return
    marked = text[:at] + "\u064e" + text[at:]
    assert [s.of(text) for s in sentences(text)] == [s.of(marked).replace("\u064e", "") for s in sentences(marked)]


def test_metadata_silences_mastheads() -> None:
    text = (
        "انهيار السد في العرجون\n\nهشام سالم- الخليج أونلاين\n\nقال شهود إن السد انهار فجر الثلاثاء وإن القرية أُخليت."
    )
    assert {f.field for f in read(text) if isinstance(f, Masthead)} == {"title", "outlet", "author"}
    found = read(text, title="غير ذلك", outlet="رواسي", author="سارة العلي")
    assert not [f for f in found if isinstance(f, Masthead)]


@pytest.mark.parametrize(
    "text",
    [
        '"' * 300_000,
        '"ا ' * 300_000,
        "\n" * 1_000_000,
        "قال الرجل إن السد انهار أمس " * 40_000,
        "ا." * 300_000,
        'اب."' * 100_000,
        "(ا" * 300_000,
        "facebook\n" * 30_000,
        "اقرأ أيضاً\n" * 30_000,
        "ا" + "\u064b" * 500_000,
        "رابط الخبر بصحيفة : " * 20_000,
        "أربع كلمات في سطر واحد هنا\n\n" * 20_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_time_grows_with_length_only(text: str) -> None:
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 20
