"""Every page, as HTML and as JSON, with every layer filled and with none."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

import riwaya
from riwaya.case.case import Case
from riwaya.model import Event, Passage, Side, document_key
from riwaya.web.app import application
from riwaya.web.desk import Desk
from riwaya.web.draw import Axis
from riwaya.web.pages import PAGES, Page, timeline
from riwaya.web.strings import LANGUAGES, table
from tests.web.conftest import BASE, OURS
from tests.web.filled import fill

PATHS: dict[str, str] = {
    "reading": f"/documents/{document_key('07_marsad')}",
    "compare": f"/compare/{document_key('06_diffa.txt')}/{document_key('07_marsad')}",
    "claim": "/claims/C15",
}
"""An address for each page that needs more than its name."""


def path_of(page: Page) -> str:
    return PATHS.get(page.name, page.path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_both_languages(page: Page, language: str, client: TestClient) -> None:
    answer = client.get(path_of(page), params={"lang": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in answer.text
    assert table()[f"nav.{page.name}"][language] in answer.text or page.name in ("reading", "claim")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_has_a_json_twin_of_its_type(page: Page, client: TestClient) -> None:
    path = path_of(page)
    by_address = client.get("/overview.json" if path == "/" else f"{path}.json")
    by_header = client.get(path, headers={"accept": "application/json"})
    assert by_address.content == by_header.content
    assert msgspec.json.decode(by_address.content, type=page.gives)


@pytest.mark.parametrize("page", [p for p in PAGES if "{" not in p.path], ids=lambda page: page.name)
def test_a_case_with_no_findings_says_so(page: Page, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "a.txt").write_text("...", encoding="utf-8")
    case = tmp_path / "bare.riwaya"
    riwaya.build(case, [tmp_path / "bare"], processes=1)
    with TestClient(application(Desk(case)), base_url=BASE) as bare:
        assert bare.get(page.path).status_code == 200


def test_openapi_describes_what_is_given(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert len(described["paths"]) == len(PAGES)
    text = msgspec.json.encode(described).decode()
    for reference in {part.split('"')[0] for part in text.split('"$ref":"#/components/schemas/')[1:]}:
        assert reference in described["components"]["schemas"], reference
    parameters = described["paths"]["/compare/{left}/{right}.json"]["get"]["parameters"]
    assert [(p["name"], p["in"]) for p in parameters] == [("left", "path"), ("right", "path")]


def test_the_text_is_shown_to_the_letter(client: TestClient, example: Path) -> None:
    case = Case(example)
    for doc in case:
        view = client.get(f"/documents/{document_key(doc.id)}.json").json()
        for block in view["blocks"]:
            paragraph = block["paragraph"]
            shown = "".join(piece["text"] for piece in paragraph["pieces"])
            assert shown == doc.text[paragraph["start"] : paragraph["end"]]
        lines = [line for line in doc.text.split("\n") if line.strip()]
        assert len(view["blocks"]) == len(lines)


def test_a_mark_covers_whole_words(client: TestClient) -> None:
    view = client.get(PATHS["reading"] + ".json").json()
    pieces = [piece for block in view["blocks"] for piece in block["paragraph"]["pieces"]]
    for one, other in pairwise(pieces):
        if one["at"] + len(one["text"]) == other["at"]:
            assert not (one["text"][-1].isalpha() and other["text"][0].isalpha()), (one, other)


def test_the_words_of_a_query_are_marked_in_the_document(client: TestClient) -> None:
    view = client.get(PATHS["reading"] + ".json", params={"q": "قال"}).json()
    found = [p["text"] for b in view["blocks"] for p in b["paragraph"]["pieces"] if "found" in p["layers"]]
    assert "وقالت" not in found
    assert client.get("/search.json", params={"q": "الانذار"}).json()["hits"]


def test_search_facets_agree_with_hits(client: TestClient) -> None:
    everything = client.get("/search.json", params={"q": "السد"}).json()
    outlet = everything["outlets"][0]
    narrowed = client.get("/search.json", params={"q": "السد", "outlet": outlet["value"]}).json()
    assert narrowed["part"]["total"] == outlet["count"]
    assert {hit["doc"]["outlet"] for hit in narrowed["hits"]} == {outlet["value"]}


def test_copying_alarms_where_words_come_back_home(client: TestClient) -> None:
    loops = client.get("/copying.json").json()["loops"]
    assert [[doc["id"] for doc in loop["documents"]] for loop in loops] == [
        ["03_sada.txt", "05_dima.txt", "13_sada.txt"]
    ]


def test_a_claim_tells_of_its_circle(client: TestClient) -> None:
    claims = [row["id"] for row in client.get("/claims.json").json()["rows"]]
    circles = [alarm for id in claims for alarm in client.get(f"/claims/{id}.json").json()["alarms"]]
    assert [[doc["id"] for doc in alarm["documents"]] for alarm in circles] == [
        ["03_sada.txt", "05_dima.txt", "13_sada.txt"]
    ]


def test_without_a_rule_what_it_merged_falls_apart(client: TestClient) -> None:
    view = client.get("/claims/C09.json").json()
    assert view["rules"] == ["same-speaker"]
    without = client.get("/claims/C09.json", params={"rule": "same-speaker"}).json()
    assert without["now"]["origins"] == sum(len(origin["statements"]) for origin in view["origins"])


def test_without_an_origin_the_count_falls(client: TestClient) -> None:
    view: dict[str, Any] = client.get("/claims/C15.json").json()
    first = view["origins"][0]["id"]
    without = client.get("/claims/C15.json", params={"without": first}).json()
    assert without["now"]["origins"] == view["now"]["origins"] - 1
    assert without["machine"] == view["machine"]


def test_a_decision_changes_a_count_survives_a_rebuild_and_is_undone(own: Path) -> None:
    with TestClient(application(Desk(own)), base_url=BASE, follow_redirects=False) as page:

        def origins() -> int:
            return int(page.get("/claims/C09.json").json()["now"]["origins"])

        view = page.get("/claims/C09.json").json()
        origin = next(o for o in view["origins"] if len({s["doc"]["id"] for s in o["statements"]}) > 1)
        before, docs = origins(), len({s["doc"]["id"] for s in origin["statements"]})
        form = {"subject": origin["ask"]["subject"], "verdict": "split", "note": "صوتان", "back": "/claims/C09"}
        answer = page.post("/decisions", data=form, headers=OURS)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/claims/C09?done=D-")
        assert origins() == before + docs - 1
        riwaya.build(own, [], processes=1)
        fill(own)
        assert origins() == before + docs - 1
        (done,) = page.get("/decisions.json").json()["done"]
        assert done["made"]["decision"]["note"] == "صوتان"
        assert done["made"]["stands"]
        assert done["made"]["changed"] == [{"layer": "origins", "before": before, "after": before + docs - 1}]
        page.post("/decisions", data={"subject": form["subject"], "verdict": "undo"}, headers=OURS)
        assert origins() == before
        log = [entry for entry in Case(own).log() if entry.kind == "decision"]
        assert [entry.said["verdict"] for entry in log] == ["split", "undo"]
        assert log[1].said["previous"] == log[0].said["id"]


def test_a_decision_that_makes_no_sense_is_refused(own: Path) -> None:
    with TestClient(application(Desk(own)), base_url=BASE, follow_redirects=False) as page:
        for form in (
            {"subject": "origin/C09/O-X", "verdict": "explode"},
            {"subject": "what/ever", "verdict": "accept"},
            {"subject": "conflict/K01", "verdict": "undo"},
            {"verdict": "accept"},
            {},
        ):
            assert page.post("/decisions", data=form, headers=OURS).status_code == 400
        form = {"subject": "conflict/K01", "verdict": "accept", "back": "//evil.example/"}
        assert page.post("/decisions", data=form, headers=OURS).headers["location"].startswith("/decisions?done=D-")


def test_a_page_costs_no_more_in_a_large_case(tmp_path: Path) -> None:
    """The steps that SQLite takes for the first view of each list, in a case and in one of six times its size."""
    steps = []
    for size, copies in (("small", 50), ("large", 300)):
        folder = tmp_path / size
        folder.mkdir()
        for number in range(copies):
            for outlet, text in enumerate(CROWD):
                (folder / f"{number}-{outlet}.txt").write_text(said(text, number), encoding="utf-8")
        case = tmp_path / f"{size}.riwaya"
        riwaya.build(case, [folder], processes=1)
        steps.append({page.name: steps_of(page, case) for page in PAGES if "{" not in page.path})
    small, large = steps
    assert sum(large.values()) > 0
    for name in small:
        assert large[name] <= 2 * small[name] + 40, (name, small[name], large[name])


WORDS = ("برقاش", "زملوط", "فنجور", "دركال", "شمخوب", "عسنان", "قلدوس", "نوراب")
CROWD = (
    "قال المحافظ {a} {b} إن {n} شخصًا قتلوا في انهيار سد {c} يوم 5 مارس 2019، وإن المياه غمرت قرية {b} كلها.",
    "أكد الوزير {b} {c} أن {n} عاملًا وصلوا إلى ميناء {a} صباح الأحد لإصلاح جسر {c} بعد أن أغلقته بلدية {a}.",
)
"""Texts about different people and places, so that a claim does not grow with the case."""


def said(text: str, number: int) -> str:
    a, b, c = (WORDS[number // 8**place % 8] for place in range(3))
    return text.format(n=number * 7 + 3, a=a, b=b + c, c=c + a)


def steps_of(page: Page, case: Path) -> int:
    """How many hundreds of steps SQLite takes to answer a page that is asked for first."""
    desk, taken = Desk(case), [0]
    desk.case.connection.set_progress_handler(lambda: taken.__setitem__(0, taken[0] + 1), 100)
    value = page.answer(desk, page.asked())
    if page.name == "claims":  # which shows every statement of its claims, however many they are
        return 50 * taken[0] // sum(row.documents for row in value.rows)
    if page.name == "timeline":  # a small case does not fill a part of it
        return 50 * taken[0] // sum(len(panel.rows) for panel in value.panels)
    return taken[0]


def test_strings_are_whole() -> None:
    assert len(table()) > 150


def test_a_rival_date_outside_the_panel_is_told_and_not_drawn() -> None:
    seen = Passage(doc="a", start=0, end=4)
    event = Event(id="E-1", label="سيول", edtf="2021-03-02", earliest="2021-03-02", latest="2021-03-02", basis="said",
                  members=(seen,))  # fmt: skip
    sides = [Side(value=day, members=(), origins=("صوت الجبل",)) for day in ("2021-03-05", "2021-06-01")]
    disputes = {timeline.spot(seen): [("X-1", side) for side in sides]}
    line = Axis(date(2021, 3, 1).toordinal(), date(2021, 3, 11).toordinal())
    inside, outside = timeline.rivals(event, line, disputes)
    assert (inside.edtf, inside.x) == ("2021-03-05", 0.4)
    assert (outside.edtf, outside.x) == ("2021-06-01", None)
