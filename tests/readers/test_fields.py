"""What drafts say of themselves: dates, addresses, language."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.readers.language import language
from riwaya.readers.published import edtf

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return found


@pytest.mark.parametrize("case", cases("published"), ids=lambda case: case["written"])
def test_published(case: dict[str, str]) -> None:
    assert edtf(case["written"]) == case.get("edtf")


@pytest.mark.parametrize("case", cases("language"), ids=lambda case: case["text"][:20])
def test_language(case: dict[str, str]) -> None:
    assert language(case["text"]) == case.get("language")


@given(
    st.text(max_size=60) | st.from_regex(r"[0-9]{1,4}[-/.][0-9]{1,4}[-/.][0-9]{1,4}[T ]?[0-9:+Z]{0,12}", fullmatch=True)
)
def test_any_date_is_edtf_or_nothing(written: str) -> None:
    date = edtf(written)
    assert date is None or re.match(r"(18|19|20)\d\d|21\d\d|\.\.|/", date)
    assert date is None or "/" in date or edtf(date) == date


@given(st.text(max_size=500))
def test_any_text_has_a_language_or_none(text: str) -> None:
    found = language(text)
    assert found is None or re.fullmatch(r"[a-z]{2,3}", found)
