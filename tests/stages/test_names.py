"""The names stage: its cases, the negatives of every table, and what a document teaches."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from riwaya.lang.ar import arabic
from riwaya.lang.entries import Country, Given, Group, Outlet, Person, Region
from riwaya.lang.lexicon import Entry, Lexicon
from riwaya.model import Document, Mention, Sentence
from riwaya.settings import Names, OwnName, Settings
from riwaya.stage import Reading
from riwaya.stages.names import find, names
from riwaya.stages.names.knowledge import Knowledge, inflected

CASES = Path(__file__).parents[1] / "cases" / "names"
KINDS = ("person", "organisation", "place", "anonymous")
TABLES: dict[str, type[Any]] = {
    "outlets": Outlet,
    "groups": Group,
    "persons": Person,
    "regions": Region,
    "countries": Country,
    "given": Given,
}


def cases(name: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else [],
        )
        for case in tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    ]


@pytest.mark.parametrize("case", [*cases("synthetic"), *cases("wild")])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    mentions = find(text)
    shown = [[text[m.start : m.end], m.kind, *(["nominal"] if m.level == "nominal" else [])] for m in mentions]
    assert shown == case.get("found", shown)
    for kind in KINDS:
        if kind in case:
            assert [text[m.start : m.end] for m in mentions if m.kind == kind] == case[kind]


@pytest.mark.parametrize("case", cases("negative"))
def test_negative_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    for mention in find(text):
        for word in case["absent"]:
            at = text.index(word)
            assert mention.end <= at or at + len(word) <= mention.start, (word, text[mention.start : mention.end])


def doubtful() -> list[Any]:
    """Every entry that is also an ordinary word, with the phrase in which it is one."""
    return [
        pytest.param(entry, id=entry.rule)
        for name, type in TABLES.items()
        for entry in arabic.table(name, type)
        if entry.needs != "nothing"
    ]


@pytest.mark.parametrize("entry", doubtful())
def test_every_doubtful_entry_has_a_negative_that_holds(entry: Entry) -> None:
    assert entry.negative, f"[{entry.name}] says what it needs but shows no phrase in which it is not meant"
    folded = arabic.fold(entry.negative)
    assert any(arabic.fold(form) in folded for form in entry.forms), "the negative contains none of the forms"
    found = [m for m in find(entry.negative) if m.rule.split(" + ")[0] == entry.rule]
    assert found == [], [entry.negative[m.start : m.end] for m in found]
    if isinstance(entry, Given):
        assert [m for m in find(entry.negative) if m.kind == "person" and m.level == "name"] == []


def test_outlets_are_many_and_known_by_their_names() -> None:
    outlets = arabic.table("outlets", Outlet)
    assert len(outlets) >= 300
    missed = []
    for outlet in outlets:
        head = "وكالة" if outlet.kind == "agency" else "صحيفة"
        text = f"ذكرت {head} {outlet.forms[0]} أن الجسر مغلق."
        if not any(m.rule.startswith("ar/outlets/") for m in find(text)):
            missed.append(outlet.name)
    assert missed == []


def test_sentences_end_names() -> None:
    text = "وصل سليم. الوردي غادر."
    doc = Document(id="a", path="", sha256="", media_type="", reader="", text=text)
    found = {Sentence: [Sentence(doc="a", start=0, end=9), Sentence(doc="a", start=10, end=len(text))]}
    assert list(names(Reading(doc, arabic, Settings(), found))) == []


def test_own_names() -> None:
    text = "أعلن لواء الوردة أن زنبوقة آمنة."
    doc = Document(id="a", path="", sha256="", media_type="", reader="", text=text)
    own = (
        OwnName(forms=("لواء الوردة",), kind="organisation"),
        OwnName(forms=("زنبوقة",), kind="place", lat=1.0, lon=2.0),
    )
    reading = Reading(doc, arabic, Settings(names=Names(own=own)))
    assert [(text[m.start : m.end], m.rule) for m in names(reading) if isinstance(m, Mention)] == [
        ("لواء الوردة", "own/لواء الوردة"),
        ("زنبوقة", "own/زنبوقة"),
    ]


def test_nationalities_inflect() -> None:
    assert (True, ("السوريين",)) in inflected(("سوري",))


@pytest.mark.slow
def test_tables_load_quickly() -> None:
    started = time.process_time()
    Knowledge(Lexicon("ar"))
    assert time.process_time() - started < 1.5  # half a second on a machine of its own
