"""The report reads without the tool: one file, nothing to load, nothing to run, no link that leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riwaya.errors import InvalidInput
from riwaya.web import report
from tests.web.hostile import hostile
from tests.web.test_hostile import Reader


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_report_is_one_file(language: str, example: Path, tmp_path: Path) -> None:
    html = report(example, tmp_path / "dam.html", language=language).read_text("utf-8")
    reader = Reader()
    reader.feed(html)
    assert reader.scripts == []
    assert [fault for fault in reader.faults if fault != "style"] == []
    anchors = set(re.findall(r'\bid="([^"]*)"', html))
    inner = set(re.findall(r'href="#([^"]+)"', html))
    assert inner <= anchors
    outer = set(re.findall(r'(?:src|href)="([^#"][^"]*)"', html))
    assert all(address.startswith(("http://", "https://")) for address in outer), outer
    assert "وثّقت" in html


def test_an_attack_stays_text_in_a_report(tmp_path: Path) -> None:
    html = report(hostile(tmp_path), tmp_path / "hostile.html", language="en").read_text("utf-8")
    reader = Reader()
    reader.feed(html)
    assert reader.scripts == []
    assert [fault for fault in reader.faults if fault != "style"] == []


def test_a_language_that_is_not_spoken_is_refused(example: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="ar, en"):
        report(example, tmp_path / "dam.html", language="fr")
