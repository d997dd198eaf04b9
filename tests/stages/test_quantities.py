"""The quantities stage: its cases, and that a number inside a temporal expression counts nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from riwaya.lang.ar import arabic
from riwaya.model import Document, Quantity, Timex
from riwaya.settings import Settings
from riwaya.stage import Reading
from riwaya.stages.quantities import explain, find, quantities

CASES = Path(__file__).parent.parent / "cases" / "quantities"


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
    found = [(f.text, f.low, f.high, f.unit, f.approx) for f in find(case["text"])]

    def end(value: Any) -> Any:
        return None if value == "…" else value

    assert found == [
        (text, end(low), end(high), unit or None, about) for text, low, high, unit, about in case["amounts"]
    ]


def test_a_number_inside_a_time_counts_nothing() -> None:
    text = "قتل 12 شخصا خلال 3 أيام"
    start = text.index("3")
    timex = Timex(doc="d", start=start, end=len(text), type="DURATION", value="P3D", rule="test")
    document = Document(id="d", path="d.txt", sha256="0", media_type="text/plain", reader="test", text=text)
    found = list(quantities(Reading(document, arabic, Settings(), {Timex: (timex,)})))
    assert [(q.low, q.unit) for q in found if isinstance(q, Quantity)] == [(12, "شخص")]
    assert [f.text for f in find(text, [(start, len(text))])] == ["12 شخصا"]


def test_every_answer_tells_how_it_was_made() -> None:
    (answer,) = explain("أكثر من ثلاثة آلاف قتيل")
    assert answer.derivation == ("ar/quantities/more-than", "ar/quantities/number", "ar/quantities/counted")
