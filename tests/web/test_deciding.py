"""Every form of every page: sent as a browser without scripts sends it, it does what its button says, and is undone."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.testclient import TestClient

from riwaya.case.case import Case
from riwaya.case.decisions import VERDICTS, history, standing
from riwaya.model import document_key
from riwaya.web.app import application
from riwaya.web.desk import Desk
from riwaya.web.verdicts import decide
from tests.web.conftest import BASE, OURS
from tests.web.test_pages import PATHS


class Sent(NamedTuple):
    """A form as one of its buttons sends it."""

    fields: dict[str, str]

    @property
    def kind(self) -> str:
        return self.fields["subject"].partition("/")[0]


class Forms(HTMLParser):
    """The forms of a page that append a decision, once for each of their buttons; required words are filled in."""

    def __init__(self, words: str, other: str) -> None:
        super().__init__()
        self.words, self.other = words, other
        self.fields: dict[str, str] | None = None
        self.select: str | None = None
        self.sent: list[Sent] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "form":
            self.fields = {} if said.get("method") == "post" and said.get("action") == "/decisions" else None
        elif self.fields is not None:
            if tag == "input" and said.get("type") == "hidden":
                self.fields[name] = said.get("value") or ""
            elif tag == "input" and "required" in said:
                self.fields[name] = self.other if name == "other" else self.words
            elif tag == "select":
                self.select = name
            elif tag == "option" and self.select:
                self.fields[self.select] = said.get("value") or ""
                self.select = None
            elif tag == "button":
                self.sent.append(Sent({**self.fields, name: said.get("value") or ""}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.fields = None


def forms(page: TestClient, address: str, words: str = "كلمات المحلل", other: str = "C09") -> list[Sent]:
    reader = Forms(words, other)
    answer = page.get(address)
    assert answer.status_code == 200, address
    reader.feed(answer.text)
    return reader.sent


def addresses(client: TestClient) -> list[str]:
    view = client.get(PATHS["reading"] + ".json").json()
    statement = next(s["id"] for block in view["blocks"] for s in block["statements"])
    mention = view["names"][0]["id"]
    names = client.get("/names.json").json()["lines"]
    many = next(row for row in client.get("/claims.json").json()["rows"] if len(row["origins"]) > 1)
    person = next(e for e in names if e["kind"] == "person")
    return [
        "/claims/C15",
        f"/claims/{many['id']}",
        "/conflicts",
        PATHS["compare"],
        "/timeline",
        "/decisions",
        f"/names?entity={person['id']}&like=ال",
        f"{PATHS['reading']}?finding={statement}",
        f"{PATHS['reading']}?finding={mention}",
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_button_decides_and_is_undone(language: str, client: TestClient, own: Path) -> None:
    asked = addresses(client)
    with TestClient(application(Desk(own)), base_url=BASE, cookies={"lang": language}) as page:
        every = [(address, sent) for address in asked for sent in forms(page, address)]
        chosen = {(sent.kind, sent.fields["verdict"]): (address, sent) for address, sent in every}
        offered = {kind: {v for k, v in chosen if k == kind} for kind, _ in chosen}
        for kind in ("claim", "origin", "entity", "event", "conflict", "copy", "alignment", "mention", "attribution"):
            assert offered[kind] == set(VERDICTS[kind]), kind
        for kind in ("claims", "entities", "events", "origins"):
            assert "merge" in offered[kind], kind
        for (kind, verdict), (address, sent) in sorted(chosen.items()):
            shown = page.post("/decisions", data=sent.fields, headers=OURS)
            assert shown.status_code == 200, (kind, verdict)
            assert '<section class="notice" role="status">' in shown.text, (kind, verdict)
            with Case(own) as case:
                (made,) = standing(case)
            assert (made.subject.partition("/")[0], made.verdict) == (kind, verdict)
            if verdict in ("rename", "review", "note"):
                assert made.note == "كلمات المحلل"
            fields = {"subject": made.subject, "verdict": "undo", "back": sent.fields["back"]}
            undo = page.post("/decisions", data=fields, headers=OURS)
            assert undo.status_code == 200, (kind, verdict)
            with Case(own) as case:
                assert standing(case) == ()
            assert page.get(address).status_code == 200


def changed(page: TestClient, **fields: str) -> dict[str, tuple[int, int]]:
    headers = {**OURS, "accept": "application/json"}
    answer = page.post("/decisions", data=fields, headers=headers)
    assert answer.status_code == 200, answer.text
    return {c["layer"]: (c["before"], c["after"]) for c in answer.json()["changed"]}


def test_what_a_decision_changed_is_said(own: Path) -> None:
    with TestClient(application(Desk(own)), base_url=BASE) as page:
        documents = [row["doc"] for row in page.get("/documents.json").json()["rows"]]
        view = page.get("/claims/C15.json").json()
        origins = view["machine"]["origins"]
        assert changed(page, subject="claim/C15", verdict="reject") == {"claims": (1, 0), "origins": (origins, 0)}
        assert "C15" not in [row["id"] for row in page.get("/claims.json").json()["rows"]]
        assert page.get("/claims/C15.json").json()["stands"] == "rejected"
        assert changed(page, subject="claim/C15", verdict="undo") == {"claims": (0, 1), "origins": (0, origins)}
        assert changed(page, subject="claim/C15", verdict="rename", note="ما جرى للسد") == {}
        assert page.get("/claims/C15.json").json()["statement"] == "ما جرى للسد"
        assert changed(page, subject="claims/C15", other=f"{BASE}/claims/C09?lang=ar#main", verdict="merge")[
            "claims"
        ] == (2, 1)
        assert page.get("/claims/C15.json").json()["stands"] == "merged"
        joint = page.get("/claims/C09.json").json()
        assert joint["now"]["documents"] > joint["machine"]["documents"]
        conflict = page.get("/conflicts.json").json()["cards"][0]["id"]
        assert changed(page, subject=f"conflict/{conflict}", verdict="reject") == {"conflicts": (1, 0)}
        older, newer = (d for d in documents if d["id"] in ("06_diffa.txt", "07_marsad"))
        between = page.get(PATHS["compare"] + ".json").json()
        assert changed(page, subject=f"copy/{older['key']}/{newer['key']}", verdict="not-copying") == {
            "copies": (1, 0),
            "alignments": (len(between["passages"]), 0),
        }


def test_a_merge_with_what_is_not_there_is_refused(own: Path) -> None:
    with TestClient(application(Desk(own)), base_url=BASE) as page:
        for other in ("C99", "/claims/", "C15", "<script>", "https://elsewhere.example/claims/C99"):
            form = {"subject": "claims/C15", "other": other, "verdict": "merge"}
            assert page.post("/decisions", data=form, headers=OURS).status_code == 400, other


def test_a_new_name_is_shown_where_the_name_is(own: Path) -> None:
    desk = Desk(own)
    with TestClient(application(desk), base_url=BASE) as page:
        line = page.get("/names.json").json()["lines"][0]
        decide(desk, f"entity/{line['id']}", "rename", "اسم من عند المحلل")
        matrix = page.get("/names.json", params={"entity": line["id"]}).json()["matrix"]
        assert matrix["line"]["name"] == "اسم من عند المحلل"
        assert "اسم من عند المحلل" in page.get("/decisions").text


def test_an_undo_from_the_page_takes_back_the_last_only(own: Path) -> None:
    desk = Desk(own)
    for verdict, note in (("accept", None), ("note", "قول-ا"), ("note", "قول-ب")):
        decide(desk, "conflict/K01", verdict, note)
    with TestClient(application(desk), base_url=BASE) as page:
        shown = page.get("/conflicts").text
        assert shown.count("قول-ا") == shown.count("قول-ب") == 1
        (undo,) = {s.fields["subject"] for s in forms(page, "/conflicts") if s.fields["verdict"] == "undo"}
        page.post("/decisions", data={"subject": undo, "verdict": "undo"}, headers=OURS)
        with Case(own) as case:
            assert [d.note for d in standing(case)] == [None, "قول-ا"]
            assert len(history(case)) == 4


def test_only_our_own_pages_decide(own: Path) -> None:
    key = document_key("07_marsad")
    form = {"subject": f"mention/M-{key}-0-4", "verdict": "reject", "note": "x", "other": "C09"}
    with TestClient(application(Desk(own)), base_url=BASE) as page:
        for headers in ({}, {"origin": "http://evil.example"}, {"origin": BASE, "sec-fetch-site": "cross-site"}):
            assert page.post("/decisions", data=form, headers=headers).status_code == 403
        with Case(own) as case:
            assert history(case) == []


def test_words_of_an_analyst_stay_words(own: Path) -> None:
    desk, attack = Desk(own), '"><script>pwned=1</script>'
    decide(desk, "claim/C15", "rename", attack)
    decide(desk, "claim/C15", "review", attack)
    decide(desk, "conflict/K01", "note", attack)
    with TestClient(application(desk), base_url=BASE) as page:
        for address in ("/claims/C15", "/claims", "/conflicts", "/decisions", "/"):
            assert not re.search(r"<script(?! src=\"/static/script.js\")", page.get(address).text)
