"""Deciding, importing and verifying, as a person would call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from riwaya.cli import main


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def case(articles: Path, tmp_path: Path) -> Path:
    path = tmp_path / "wadi.riwaya"
    assert call("build", path, articles, "--processes", "1").exit_code == 0
    return path


def test_what_is_decided_is_listed_and_can_be_taken_back(case: Path) -> None:
    made = json.loads(call("decide", case, "claim/c", "review", "--note", "مضلل", "--by", "سلمى", "--json").output)
    assert (made["verdict"], made["note"], made["by"]) == ("review", "مضلل", "سلمى")
    assert "follows it" in call("decide", case, "claim/c", "undo").output
    assert [d["verdict"] for d in json.loads(call("decisions", case, "--json").output)] == ["review", "undo"]
    assert "2 decisions" in call("decisions", case).output
    refused = call("decide", case, "claim/c", "sing")
    assert (refused.exit_code, "one of accept" in refused.output) == (1, True)


def test_a_colleagues_decisions_come_from_a_file_or_from_a_case(case: Path, articles: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.riwaya"
    call("build", other, articles, "--processes", "1")
    call("decide", other, "claim/c", "accept", "--by", "كريم")
    call("decide", case, "claim/c", "reject", "--by", "سلمى")
    call("export", other, "--layer", "decisions", "-o", tmp_path / "out")
    taken = call("import", case, tmp_path / "out" / "decisions.jsonl")
    assert "1 decisions taken in, 0 were there" in taken.output
    assert "1 contested" in taken.output
    assert "0 decisions taken in, 1 were there" in call("import", case, other).output
    assert len(json.loads(call("decisions", case, "--contested", "--json").output)) == 2
    (tmp_path / "odd.jsonl").write_text("{}\n", encoding="utf-8")
    odd = call("import", case, tmp_path / "odd.jsonl")
    assert (odd.exit_code, "Line 1 is no decision" in odd.output) == (1, True)


def test_a_package_is_verified_and_becomes_a_case(case: Path, tmp_path: Path) -> None:
    assert call("export", case, "--as", "handover", "-o", tmp_path / "out").exit_code == 0
    package = tmp_path / "out" / "wadi.bag"
    assert "handed over" in call("verify", package).output
    assert "3 documents" in call("import", tmp_path / "copy.riwaya", package).output
    heads = [call("verify", path).output.split("head ")[1] for path in (case, tmp_path / "copy.riwaya")]
    assert heads[0] == heads[1]
    (package / "data" / "layers" / "sentences.jsonl").write_bytes(b"")
    altered = call("verify", package)
    assert (altered.exit_code, "sentences.jsonl" in altered.output) == (1, True)


def test_verify_runs_everything_again_when_asked(case: Path) -> None:
    result = call("verify", case, "--rerun", "--processes", "1")
    assert (result.exit_code, "byte for byte" in result.output) == (0, True)
    missing = call("verify", case.with_name("none.riwaya"))
    assert (missing.exit_code, "There is no case" in missing.output) == (1, True)
