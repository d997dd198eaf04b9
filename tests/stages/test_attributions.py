"""The attributions stage: its cases, the derivation of each answer, and the tables behind it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from riwaya.errors import InvalidLexicon
from riwaya.lang.ar import arabic, verbs
from riwaya.model import Attribution, Span
from riwaya.stages.attributions import explain, find, page_of
from riwaya.stages.attributions.grammar import Grammar, of

CASES = Path(__file__).parent.parent / "cases" / "attributions"


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


def told(text: str, found: Attribution) -> dict[str, Any]:
    """An attribution in the words of its text, as the cases quote it."""

    def cut(span: Span | None) -> str:
        return span.of(text) if span else ""

    return {
        "cue": cut(found.cue),
        "closing": cut(found.cue_closing),
        "source": cut(found.source),
        "means": cut(found.resolved_from),
        "content": " | ".join(part.of(text) for part in found.parts or (found.content,)),
        "manner": found.manner,
        "function": found.function,
        "polarity": found.polarity,
        "hedged": [span.of(text) for span in found.certainty],
        "through": [hop.name for hop in found.chain],
    }


BOOKS = (
    "synthetic",
    "negative",
    "wild",
    "presses",
    "edges",
    "crowds",
    "strangers",
    "bounds",
    "speakers",
    "turns",
    "courtesies",
)


@pytest.mark.parametrize("case", [case for book in BOOKS for case in cases(book)])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"].strip("\n")
    found = [told(text, a) for a in find(text, case.get("outlet"))]
    found.sort(key=lambda row: text.index(row["cue"]) if row["cue"] else 0)
    assert [row["content"] for row in found if len(found) != len(case["said"])] == []
    for row, wanted in zip(found, case["said"], strict=True):
        assert {key: row[key] for key in wanted} == wanted


@pytest.mark.parametrize("case", cases("synthetic"))
def test_every_answer_can_be_derived_again(case: dict[str, Any]) -> None:
    text = case["text"].strip("\n")
    page = page_of(text, case.get("outlet"))
    for found in find(text, case.get("outlet")):
        slots = explain(page.reading, found)
        assert [span for name, span in slots if name == "content"] == list(found.parts or (found.content,))
        assert found.cue in [span for name, span in slots if name == "cue"]


def test_a_derivation_of_something_else_is_empty() -> None:
    [found] = find("قال الوزير إن السد آمن.")
    assert explain(page_of("لا شيء هنا.").reading, found) == []


def test_the_present_is_given_in_the_third_person() -> None:
    with pytest.raises(InvalidLexicon, match="third person"):
        list(verbs.present("تقول"))


def test_no_verb_of_the_table_is_without_its_forms() -> None:
    grammar = of(arabic)
    for entry in grammar.cues:
        if entry.kind == "verb":
            assert all(grammar.senses(grammar.fold(form)) for form in entry.forms), entry.name


@pytest.mark.parametrize("table", ["cues", "source_nouns", "clause", "hedges", "negation", "masdars"])
def test_an_example_shows_its_form(table: str) -> None:
    grammar = of(arabic)
    for entry in {"cues": grammar.cues, "clause": grammar.clause, "hedges": grammar.hedges}.get(table, ()):
        if entry.example:
            assert any(grammar.fold(form) in grammar.fold(entry.example) for form in entry.forms)


def test_what_was_read_before_changes_nothing() -> None:
    """A reading of a verb that governs no preposition is not remembered for one that does."""
    known = Grammar(arabic)
    entry = next(entry for entry in known.cues if entry.takes == ("عن",))
    assert known.prepositions(replace(entry, takes=())) == ()
    assert known.prepositions(entry) == ("عن",)
