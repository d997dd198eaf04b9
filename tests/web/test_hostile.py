"""Nothing that a document or an address says becomes part of a page's own words; and nothing makes it stumble."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from riwaya.web.app import application
from riwaya.web.desk import Desk
from riwaya.web.pages import PAGES
from tests.web.conftest import BASE, OURS
from tests.web.hostile import ATTACKS, DOCUMENTS, hostile
from tests.web.test_pages import PATHS

SENDS = {"src", "href", "action", "formaction", "data", "poster", "srcset", "xlink:href"}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    desk = Desk(hostile(tmp_path_factory.mktemp("hostile")))
    with TestClient(application(desk), base_url=BASE) as client:
        yield client


class Reader(HTMLParser):
    """Notes what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts.append(dict(attrs).get("src"))
        if tag in ("img", "object", "embed", "base", "style"):
            self.faults.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.faults.append(f"{tag} {name}")
            if name in SENDS and urlsplit(value or "").scheme not in ("", "http", "https"):
                self.faults.append(f"{tag} {name}={value}")


def check(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    assert reader.scripts == ["/static/script.js"]
    assert not reader.faults


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_field_of_a_document_becomes_markup(language: str, attacked: TestClient) -> None:
    rows = attacked.get("/documents.json").json()["rows"]
    assert len(rows) == DOCUMENTS, "a reader gave nothing"
    keys = [row["doc"]["key"] for row in rows]
    addresses = [page.path for page in PAGES if "{" not in page.path]
    addresses += [f"/documents/{key}?q=السد" for key in keys] + [f"/compare/{keys[0]}/{key}" for key in keys]
    addresses += [f"/search?q={quote(attack)}" for attack in ATTACKS]
    addresses += [f"/documents?outlet={quote(attack)}" for attack in ATTACKS]
    for address in addresses:
        answer = attacked.get(address, params=None, headers={"cookie": f"lang={language}"})
        assert answer.status_code in (200, 400), address
        check(answer.text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_address_becomes_markup(attack: str, client: TestClient) -> None:
    for page in PAGES:
        for name in (
            "q",
            "outlet",
            "since",
            "who",
            "entity",
            "without",
            "rule",
            "order",
            "part",
            "lang",
            "digits",
            "start",
        ):
            answer = client.get(PATHS.get(page.name, page.path), params={name: attack})
            assert answer.status_code in (200, 400, 404)
            check(answer.text)
    for path in ("/claims/", "/documents/", "/compare/x/", "/"):
        answer = client.get(path + quote(attack, safe=""))
        assert answer.status_code in (404, 405)
        check(answer.text)


PIECES = (
    *ATTACKS,
    *("", "0", "-1", "1", "99999999999999999999", "1e309", "nan", "true", "on", "null", "[]"),
    *("\x00", "\ud7ff", "\U0010ffff", "السد", '"السد"', "*", '"', "OR", "OR OR", "(", "NEAR("),
    *("2019-03-05", "2019-99-99", "9999-12-31", "XXXX", "..", "%", "%00", "/", "//", "\\"),
    *("C15", "K01", "GOV", "O-CD", "origin/C09/O-CD", "copy/a/b", "conflict/K01", "split", "undo", "accept"),
    *("claims/C09", "claims/C09+C15", "entities/a", "origins/C09/a+b", "mention/M-0-0-1", "alignment/x", "event/x"),
    *("merge", "rename", "review", "note", "reject", "unsure"),
)
FORM = ("subject", "verdict", "note", "back")


def test_a_fuzzer_finds_no_500(client: TestClient, own: Path) -> None:
    chance = random.Random(8642)
    names = sorted({f for page in PAGES for f in page.asked.__struct_fields__} | {"lang", "digits", "token", "junk"})
    docs = [row["doc"]["key"] for row in client.get("/documents.json").json()["rows"]]
    for _ in range(400):
        page = chance.choice(PAGES)
        path = page.path
        while "{" in path:
            hole = path[path.index("{") : path.index("}") + 1]
            piece = chance.choice([*docs, *PIECES])
            path = path.replace(hole, quote(piece.encode("utf-8", "replace"), safe=""), 1)
        path += chance.choice(["", "", ".json", "/original", "/", ".json.json"]) if path != "/" else ""
        params = {chance.choice(names): chance.choice(PIECES) for _ in range(chance.randrange(4))}
        answer = client.get(path, params=params)
        assert answer.status_code < 500, (path, params, answer.text)
    with TestClient(application(Desk(own)), base_url=BASE, follow_redirects=False) as writing:
        for _ in range(200):
            form = {
                name: chance.choice(PIECES)
                for name in ("subject", "verdict", "note", "back", "other")
                if chance.random() < 0.9
            }
            answer = writing.post("/decisions", data=form, headers=OURS)
            assert answer.status_code < 500, (form, answer.text)
        for raw in (b"\xff\xfe", b"%ZZ=%", b"&" * 5000, b"subject=%ED%A0%80&verdict=accept", b"a=1" + b"&a=1" * 100):
            assert writing.post("/decisions", content=raw, headers=OURS).status_code < 500
        for page in PAGES:
            assert writing.get(PATHS.get(page.name, page.path)).status_code == 200


def test_other_methods_are_refused(client: TestClient) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert client.request(method, "/", headers=OURS).status_code == 405
