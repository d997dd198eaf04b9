"""A case in which every layer holds something, told by hand on invented articles."""

from __future__ import annotations

from pathlib import Path

import pytest

import riwaya
from riwaya.case import Case
from riwaya.case.writer import Writer
from riwaya.model import Copy, Entity, Event, Name, Passage, Reason


@pytest.fixture
def case(articles: Path, tmp_path: Path) -> Case:
    path = tmp_path / "wadi.riwaya"
    (articles / "emoji.txt").write_text("😀 قـالَ «المتحدثُ» إنّ السدَّ 😀 انهار.", encoding="utf-8")
    (articles / "=1+1.txt").write_text("=HYPERLINK(1)\nخبر عن السد", encoding="utf-8")
    riwaya.build(path, [articles], processes=1)
    with Writer(path) as writer, writer.step():
        place = Entity(
            entity="place-wadi",
            kind="place",
            name="الوادي",
            name_en="al-Wadi",
            names=(Name(text="الوادي", counts={"": 1}),),
            lat=34.5,
            lon=38.25,
            precision="town",
        )
        writer.keep_across("entities", "test", ["entities"], [place])
        copy = Copy(
            older="jabal.txt",
            newer="nahr.txt",
            share=0.25,
            passages=("a",),
            credited=False,
            confidence=0.9,
            reasons=(Reason(kind="time", detail="مساء", weight=0.4),),
        )
        writer.keep_across("reuse", "test", ["alignments", "clusters", "copies"], [copy])
        event = Event(
            id="e1",
            label="انهيار السد <b>",
            edtf="2019-03-05",
            earliest="2019-03-05",
            latest="2019-03-06",
            basis="two documents",
            members=(Passage(doc="nahr.txt", start=0, end=14),),
        )
        writer.keep_across("events", "test", ["events"], [event])
    return riwaya.open(path)
