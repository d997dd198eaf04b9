"""Claims, origins and conflicts: cases of our own, through all stages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from riwaya.accounts import recount
from riwaya.errors import InvalidInput
from riwaya.lang.ar import arabic
from riwaya.stages.claims.knowledge import Predicate, knowledge
from riwaya.stages.conflicts.knowledge import aspects
from tests.stages.accounts import Told

CASES = Path(__file__).parent.parent / "cases" / "claims" / "synthetic.toml"


def cases() -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in tomllib.loads(CASES.read_text("utf-8"))["case"]]


@pytest.mark.parametrize("case", cases())
def test_cases(case: dict[str, Any], tmp_path: Path) -> None:
    told = Told(tmp_path, case["doc"])
    assert told.failures == []
    for wanted in case.get("claim", []):
        claim = told.claim(wanted["quote"])
        assert (claim.documents, len(claim.origins)) == (wanted["documents"], wanted["origins"])
    for wanted in case.get("conflict", []):
        found = [
            c
            for c in told.conflicts
            if (c.kind, c.severity) == (wanted["kind"], wanted["severity"])
            and any(wanted["sides"][0] in side for side in told.sides(c))
            and any(wanted["sides"][1] in side for side in told.sides(c))
        ]
        assert found, [(c.kind, c.severity, told.sides(c)) for c in told.conflicts]
        assert found[0].why
        assert found[0].why_ar
    hard = {c.kind for c in told.conflicts if c.severity == "hard"}
    assert not hard & set(case.get("none", []))
    assert not {c.kind for c in told.conflicts} & set(case.get("silent", []))


def test_every_member_lies_in_its_text_and_in_one_origin(tmp_path: Path) -> None:
    case = tomllib.loads(CASES.read_text("utf-8"))["case"][0]
    told = Told(tmp_path, case["doc"])
    for claim in told.claims:
        assert sorted(i for o in claim.origins for i in o.members) == list(range(len(claim.members)))
        for member in claim.members:
            assert 0 <= member.start < member.end <= len(told.texts[member.doc])


def test_recount_without_a_reason(tmp_path: Path) -> None:
    case = tomllib.loads(CASES.read_text("utf-8"))["case"][0]
    told = Told(tmp_path, case["doc"])
    claim = told.claim("18 شخصا قتلوا")
    kinds = {link[2] for origin in claim.origins for link in origin.links}
    assert len(recount(claim).origins) == 1
    assert kinds
    with pytest.raises(InvalidInput, match="has no origin"):
        recount(claim, without_origin="o9")
    with pytest.raises(InvalidInput, match="There is no reason"):
        recount(claim, without_reason="because")


def test_every_predicate_is_found_in_its_example() -> None:
    known = knowledge(arabic)
    entries = list(arabic.table("predicates", Predicate))
    assert len(entries) >= 60
    for entry in entries:
        norms = arabic.fold(entry.example or "").split()
        idioms = {found[1] for i in range(len(norms)) if (found := known.idiom(norms, i))}
        words = {found[0] for norm in norms if (found := known.predicate(norm))}
        assert entry.name in idioms | words, entry.name


def test_opposites_are_classes() -> None:
    entries = {entry.name: entry for entry in arabic.table("predicates", Predicate)}
    assert all(entry.opposite in entries for entry in entries.values() if entry.opposite)


def test_every_aspect_is_found_in_its_example_and_has_a_rival() -> None:
    known = knowledge(arabic)
    poles: dict[str, set[str]] = {}
    for aspect in known.aspects:
        poles.setdefault(aspect.aspect, set()).add(aspect.pole)
        norms = arabic.fold(aspect.example or "").split()
        assert any(aspect in known.aspects_at(norms, at) for at in range(len(norms))), aspect.name
    assert {name for name, some in poles.items() if len(some) < 2} == {"complicity"}


def test_poles_of_an_aspect_agree_on_what_they_are_about() -> None:
    about: dict[str, set[tuple[Any, ...]]] = {}
    for aspect in aspects(arabic).values():
        about.setdefault(aspect.aspect, set()).add((aspect.kind, aspect.whose, aspect.deed, aspect.of))
    assert {name: told for name, told in about.items() if len(told) > 1} == {}


@pytest.mark.parametrize("texts", [[], ["السلام عليكم ورحمة الله وبركاته."]])
def test_a_case_that_states_nothing_has_no_claims_and_no_failures(texts: list[str], tmp_path: Path) -> None:
    told = Told(tmp_path, [{"text": text} for text in texts])
    assert (told.failures, told.claims, told.conflicts, told.events) == ([], [], [], [])


def test_what_leads_to_words_or_waits_for_more_is_no_statement(tmp_path: Path) -> None:
    texts = [
        "وقال مدير الميناء سالم الراوي أمس الخميس، خلال مؤتمر صحفي نشر على موقع الميناء، إن السفينة غرقت قبالة الساجي.",
        "بحضور عدد من المسؤولين وأعضاء لجنة الصيد. غادر الأسطول الميناء فجر الثلاثاء، وذلك بعدما هدأت العاصفة.",
    ]
    told = Told(tmp_path, [{"text": text} for text in texts])
    said = [claim.statement.split() for claim in told.claims]
    assert ["السفينة", "غرقت", "قبالة", "الساجي"] in said
    assert not [words for words in said if words[-1] in ("إن", "وذلك", "بعدما") or words[0] in ("بحضور", "خلال")]


TOWNS = ["حلب", "حمص", "حماة", "إدلب", "الرقة", "درعا", "طرطوس", "اللاذقية", "بغداد", "الموصل", "البصرة", "كركوك"]


STORY = (
    "قتل {} جنديا في انفجار مخزن ذخيرة قرب قرية الزعفرانة فجر الاثنين. "
    "وهرعت سيارات الإسعاف من مستشفى الرازي إلى الثكنة. وقال العقيد سليم المرعشي إن عقب سيجارة أشعل البارود. "
    "وأغلق طريق الصنوبر أمام الشاحنات حتى المساء."
)
"""A story that two papers tell in nearly the same words."""


def test_where_happenings_are_many_counts_part_only_in_one_story(tmp_path: Path) -> None:
    others = [
        {
            "outlet": f"صحيفة {town}",
            "published": f"2021-03-{3 * week + 1:02}",
            "text": f"قتل {number} جنديا في حادث سير قرب {town} ليلة أمس. وزار المحافظ سوق {town} للتمور.",
        }
        for number, town in enumerate(TOWNS, 31)
        for week in range(3)
    ]
    told = Told(
        tmp_path,
        [
            *others,
            {"outlet": "صحيفة المرفأ", "published": "2021-03-02", "text": STORY.format("14")},
            {"outlet": "صوت الجبل", "published": "2021-03-03", "text": STORY.format("12")},
        ],
    )
    assert told.failures == []
    assert [sorted(side.value for side in c.sides) for c in told.conflicts if c.kind == "number"] == [["12", "14"]]


def test_where_happenings_are_many_any_four_are_not_the_same_four(tmp_path: Path) -> None:
    scenes = [
        {
            "outlet": f"صحيفة {town}",
            "published": f"2021-03-{3 * week + 1:02}",
            "text": f"اندلع حريق كبير في {town} ليلة أمس. قتل أربعة أشخاص.",
        }
        for town in TOWNS
        for week in range(3)
    ]
    many = Told(tmp_path / "many", scenes)
    few = Told(tmp_path / "few", scenes[:2])
    assert (many.failures, few.failures) == ([], [])
    assert max(claim.documents for claim in many.claims if "أربعة" in claim.statement) == 1
    assert max(claim.documents for claim in few.claims if "أربعة" in claim.statement) == 2
