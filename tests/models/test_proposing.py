"""A language model asked over HTTP: a real server that answers well, badly, or in bad faith."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import riwaya
from riwaya.case.verify import faults
from riwaya.case.writer import Writer
from riwaya.cli import main
from riwaya.errors import InvalidInput
from riwaya.model import Claim, Member, Origin
from riwaya.models.endpoint import Endpoint
from riwaya.proposing import near, proposals, propose

ONE = "انهار سد العرجون فجر الثلاثاء وغمرت المياه القرى."
OTHER = "ولم يصمد حاجز العرجون المائي أمام السيل فانفتح عند الفجر."
Answer = Callable[[dict[str, Any]], Any]


class Model:
    """An endpoint that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _: {"same": False}
        self.asked: list[dict[str, Any]] = []
        self.url = ""


@pytest.fixture
def model() -> Iterator[Model]:
    told = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append({**asked, "path": self.path, "key": self.headers.get("Authorization")})
            said = told.answer(asked)
            content = said if isinstance(said, str) else json.dumps(said)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"choices": [{"message": {"content": content}}]}).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        told.url = f"http://127.0.0.1:{server.server_port}/v1"
        yield told
        server.shutdown()


def claim(id: str, doc: str, text: str, when: str | None = None) -> Claim:
    member = Member(doc=doc, start=0, end=len(text), stance="asserts", origin="o1")
    origin = Origin(id="o1", label=doc, kind="outlet", members=(0,))
    return Claim(
        id=id, statement=text, members=(member,), documents=1, origins=(origin,), about=("place-arjun",), when=when
    )


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(OTHER, encoding="utf-8")
    path = tmp_path / "dam.riwaya"
    riwaya.build(path, [tmp_path / "in"], processes=1)
    with Writer(path) as writer, writer.step():
        writer.keep_across("claims", "test", ["claims"], [claim("C-1", "a.txt", ONE), claim("C-2", "b.txt", OTHER)])
    return path


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_a_proposal_quotes_its_letters_and_waits_for_somebody_to_decide(case: Path, model: Model) -> None:
    model.answer = lambda _: {"same": True, "left": "انهار سد العرجون", "right": OTHER[3:-1], "statement": ONE[:-1]}
    before = riwaya.open(case).counts()
    asked = call("propose", case, "--model", "tiny", "--endpoint", model.url)
    assert "1 pairs asked about, 1 proposals, 0 answers dropped" in asked.output
    assert riwaya.open(case).counts() == before, "a proposal changes nothing"
    (listed,) = json.loads(call("proposals", case, "--json").output)
    assert (listed["left"], listed["right"]) == ("انهار سد العرجون", OTHER[3:-1])
    assert (listed["subject"], listed["model"], listed["decided"]) == ("claims/C-1+C-2", "tiny", None)
    with riwaya.open(case) as opened:
        (made,) = proposals(opened)
        assert made.statement is not None
        assert made.statement.end == len(ONE) - 1
        assert [entry.by for entry in opened.log("proposal")] == ["model tiny"]
        assert not any(fault.startswith("log") for fault in faults(opened))
    assert call("decide", case, listed["subject"], "merge").exit_code == 0
    assert json.loads(call("proposals", case, "--json").output)[0]["decided"] == "merge"


def test_what_was_asked_is_not_asked_again(case: Path, model: Model) -> None:
    model.answer = lambda _: {"same": True, "left": "انهار سد العرجون", "right": "أمام السيل فانفتح"}
    endpoint = Endpoint(model="tiny", url=model.url, key="secret")
    with Writer(case) as writer:
        assert len(propose(writer, endpoint).proposals) == 1
        assert propose(writer, endpoint).pairs == 0
    (asked,) = model.asked
    assert (asked["path"], asked["key"], asked["model"]) == ("/v1/chat/completions", "Bearer secret", "tiny")
    assert ONE in asked["messages"][1]["content"]


@pytest.mark.parametrize(
    "answer",
    [
        "no JSON at all",
        {"same": "perhaps"},
        {"same": True},
        {"same": True, "left": "انهار سد العرجون", "right": "انهار سد العرجون"},  # not the words of the other claim
        {"same": True, "left": "انهار السد كله", "right": "أمام السيل فانفتح"},  # nobody wrote that
        {"same": True, "left": "سد", "right": "السيل"},  # too little to show anything
    ],
)
def test_what_quotes_no_letters_of_the_documents_is_dropped(answer: Any, case: Path, model: Model) -> None:
    model.answer = lambda _: answer
    with Writer(case) as writer:
        asked = propose(writer, Endpoint(model="tiny", url=model.url))
        assert (asked.proposals, asked.dropped) == ([], 1)
        assert not list(proposals(writer))


def test_no_is_an_answer(case: Path, model: Model) -> None:
    with Writer(case) as writer:
        asked = propose(writer, Endpoint(model="tiny", url=model.url))
    assert (asked.proposals, asked.pairs, asked.dropped) == ([], 1, 0)


def test_nothing_leaves_the_machine_unless_it_is_allowed(case: Path) -> None:
    refused = call("propose", case, "--model", "tiny", "--endpoint", "https://example.org/v1")
    assert (refused.exit_code, "beyond this machine" in refused.output) == (1, True)
    assert Endpoint(model="tiny", url="https://example.org/v1", remote=True).remote
    with pytest.raises(InvalidInput, match="no address"):
        Endpoint(model="tiny", url="file:///etc/passwd")
    silent = call("propose", case, "--model", "tiny", "--endpoint", "http://127.0.0.1:9/v1")
    assert (silent.exit_code, "gave no answer" in silent.output) == (1, True)


def test_an_answer_in_another_form_is_a_sentence(case: Path, model: Model) -> None:
    class Odd:
        def __call__(self, _: dict[str, Any]) -> str:
            return "x"

    model.answer = Odd()
    with Writer(case) as writer:
        assert propose(writer, Endpoint(model="tiny", url=model.url)).dropped == 1


def test_claims_of_different_days_are_not_asked_about() -> None:
    one, same, other = claim("A", "a", ONE, "2019-03-05"), claim("B", "b", ONE), claim("C", "c", ONE, "2019-03-09")
    assert [(x.id, y.id) for x, y in near([one, same, other])] == [("A", "B"), ("B", "C")]
    assert near([one, claim("D", "a", OTHER)]) == []  # of one document alone
