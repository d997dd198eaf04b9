"""Strangers stay out, and what comes out can do nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import riwaya
from riwaya.model import document_key
from riwaya.web import listen
from riwaya.web.app import application
from riwaya.web.desk import Desk
from riwaya.web.guard import LOOPBACK
from tests.web.conftest import BASE, OURS


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8642",
        "127.0.0.1.evil.example",
        "localhost@evil.example",
        "[::1",
        "",
        "a b",
        "x:99999",
    ],
)
def test_another_host_is_refused(host: str, client: TestClient) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8642", "[::1]:8642", "LOCALHOST"])
def test_this_machine_is_let_in(host: str, client: TestClient) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": BASE, "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": BASE + ":1"},
    ],
)
def test_a_post_from_elsewhere_is_refused(headers: dict[str, str], own: Path) -> None:
    with TestClient(application(Desk(own)), base_url=BASE) as page:
        form = {"subject": "conflict/K01", "verdict": "accept"}
        assert page.post("/decisions", data=form, headers=headers).status_code == 403
        assert not page.get("/decisions.json").json()["done"]


def test_beyond_this_machine_a_token_is_asked(example: Path) -> None:
    app = application(Desk(example), LOOPBACK | {"192.0.2.7"}, token="s3cret")
    with TestClient(app, base_url="http://192.0.2.7:8642", follow_redirects=False) as page:
        assert page.get("/").status_code == 401
        assert page.get("/claims.json").status_code == 401
        assert page.get("/static/style.css").status_code == 401
        assert page.get("/?token=wrong").status_code == 403
        assert page.get("/?token=%FF%D9").status_code == 403
        answer = page.get("/claims?order=origins&token=s3cret")
        assert (answer.status_code, answer.headers["location"]) == (303, "/claims?order=origins")
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert page.get("/").status_code == 200


def test_every_answer_forbids_what_pages_do_not_need(client: TestClient) -> None:
    for path in ("/", "/claims.json", "/openapi.json", "/static/style.css", "/nowhere", "/claims/none"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert f"script-src {BASE}/static/script.js;" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"]
)
def test_no_path_leaves_the_house(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


@pytest.mark.parametrize("key", ["../../etc/passwd", "..%2f..%2fapp.py", "nahr.txt", "000000000000", "'", "%00"])
def test_a_document_is_named_by_its_key_only(key: str, client: TestClient) -> None:
    assert client.get(f"/documents/{key}").status_code == 404
    assert client.get(f"/documents/{key}/original").status_code == 404


def test_an_original_is_kept_in_a_box(client: TestClient) -> None:
    address = f"/documents/{document_key('10_bawaba.html')}/original"
    saved = client.get(address)
    original = (Path(__file__).parents[2] / "examples" / "dam" / "10_bawaba.html").read_bytes()
    assert saved.content == original
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"] == 'attachment; filename="10_bawaba.html"'
    framed = client.get(address, headers={"sec-fetch-dest": "iframe"})
    assert framed.headers["content-type"] == "text/html; charset=utf-8"
    for answer in (saved, framed):
        assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none';")
    text = client.get(f"/documents/{document_key('11_difaf.txt')}/original", headers={"sec-fetch-dest": "iframe"})
    assert text.headers["content-type"] == "text/plain; charset=windows-1256"


@pytest.mark.parametrize(
    "page",
    [
        b'<link rel=preconnect href="//evil.example">',
        b'<LINK rel="dns-prefetch" href="//evil.example">',
        b'<meta http-equiv=refresh content="0;url=//evil.example">',
        b'<base href="//evil.example"><a href=x>x</a>',
        b"<iframe src=//evil.example></iframe>",
        "<link rel=preconnect href=//evil.example>".encode("utf-16"),
        b"<\x1b(Blink rel=preconnect href=//evil.example>",
    ],
)
def test_nothing_in_an_original_reaches_out(page: bytes, tmp_path: Path) -> None:
    text = "قال المحافظ إن السد انهار مساء أمس في البلدة. " * 5
    wide = page.startswith((b"\xff\xfe", b"\xfe\xff"))
    body = f"<html><body><p>{text}</p></body></html>"
    (tmp_path / "a.html").write_bytes(page + (body.encode("utf-16-le") if wide else body.encode()))
    riwaya.build(tmp_path / "a.riwaya", [tmp_path / "a.html"], processes=1)
    with TestClient(application(Desk(tmp_path / "a.riwaya")), base_url=BASE) as client:
        address = f"/documents/{document_key('a.html')}/original"
        framed = client.get(address, headers={"sec-fetch-dest": "iframe"})
    if framed.headers["content-type"].startswith("text/html"):
        assert not re.search(rb"(?i)<(link|meta|base|iframe)", framed.content)
    else:
        assert framed.headers["content-type"] == "text/plain; charset=utf-16"


def test_a_port_that_is_taken_is_a_sentence() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(riwaya.errors.InvalidInput, match="try another with --port"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_a_form_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.post("/decisions", content=b"x" * 100_000, headers=OURS).status_code == 413
    assert client.get("/search", params={"q": "ق" * 4000}).status_code == 414
