"""The commands, as a person and as a program would call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import riwaya
from riwaya.cli import main, printing


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def case(articles: Path, tmp_path: Path) -> Path:
    path = tmp_path / "wadi.riwaya"
    assert call("build", path, articles, "--processes", "1").exit_code == 0
    return path


def test_build_says_what_it_did_and_with_failures_exits_three(articles: Path, tmp_path: Path) -> None:
    (articles / "empty.txt").write_bytes(b"")
    result = call("build", tmp_path / "a.riwaya", articles, "--processes", "1")
    assert result.exit_code == 3
    assert "3 documents, 3 of them new" in result.output
    assert "1 could not be read" in result.output
    failures = call("failures", tmp_path / "a.riwaya", "--json")
    (failure,) = json.loads(failures.output)
    assert failure["path"] == "empty.txt"
    assert "empty" in failure["message"]


def test_a_narrow_window_gets_lines_in_place_of_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "PIPED", 40)
    printing.table("2 things", ("id", "title"), [("01_nahr.txt", "خبر عن السد الذي انهار مساء أمس"), ("b", None)])
    assert capsys.readouterr().out.splitlines() == [
        "2 things",
        "01_nahr.txt",
        "  title  خبر عن السد الذي انهار مساء أمس",
        "b",
    ]


def test_a_path_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    result = call("build", tmp_path / "a.riwaya", tmp_path / "nothing")
    assert result.exit_code == 1
    assert "There is no file or folder" in result.output
    assert "Traceback" not in result.output


def test_fields_that_do_not_fit_are_explained(tmp_path: Path) -> None:
    result = call("build", tmp_path / "a.riwaya", tmp_path, "--fields", "content")
    assert result.exit_code == 1
    assert "text=content" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("show", "nahr.txt"),
        ("documents",),
        ("search", "السد"),
        ("failures",),
        ("log",),
    ],
)
def test_every_table_has_a_json_twin(arguments: tuple[str, ...], case: Path) -> None:
    command, *rest = arguments
    plain = call(command, case, *rest)
    assert plain.exit_code == 0, plain.output
    assert json.loads(call(command, case, *rest, "--json").output) is not None


def test_search_shows_the_passage(case: Path) -> None:
    assert "انهار" in call("search", case, "انهار").output
    hits = json.loads(call("search", case, "انهار", "--json").output)
    assert {hit["doc"] for hit in hits} == {"nahr.txt", "jabal.txt"}


def test_explain_names_the_letters_and_the_rule(case: Path) -> None:
    with riwaya.open(case) as opened:
        row = next(opened.rows("sentences"))
    result = call("explain", case, row["id"])
    assert result.exit_code == 0, result.output
    assert "sentences" in result.output
    assert json.loads(call("explain", case, row["id"], "--json").output)["finding"] == row


def test_verify_and_export(case: Path, tmp_path: Path) -> None:
    assert call("verify", case).exit_code == 0
    assert call("export", case, "-o", tmp_path / "out").exit_code == 0
    lines = (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["doc"] for line in lines] == ["jabal.txt", "nahr.txt", "sahl.txt"]
    assert call("export", case, "--as", "csv", "-o", tmp_path / "csv").exit_code == 0
    assert (tmp_path / "csv" / "documents.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc,")


def test_a_document_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "evil.txt").write_text("خبر \x1b[2J\x1b]0;owned\x07 عن السد \u202e", encoding="utf-8")
    call("build", tmp_path / "a.riwaya", tmp_path / "evil.txt", "--processes", "1")
    for arguments in (("show", "evil.txt"), ("search", "السد"), ("documents",)):
        command, *rest = arguments
        output = call(command, tmp_path / "a.riwaya", *rest).output
        assert not {"\x1b", "\x07", "\u202e"} & set(output)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "riwaya" in call("completion", shell).output


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example case."""
    return riwaya.demo(tmp_path_factory.mktemp("dam") / "dam.riwaya")


@pytest.mark.parametrize(
    "arguments",
    [("dates",), ("quantities",), ("reuse",), ("sources",), ("names",), ("compare", "06_diffa.txt", "10_bawaba.html")],
)
def test_what_was_found_is_listed_for_people_and_programs(arguments: tuple[str, ...], dam: Path) -> None:
    command, *rest = arguments
    plain = call(command, dam, *rest)
    assert plain.exit_code == 0, plain.output
    rows = json.loads(call(command, dam, *rest, "--json").output)
    assert len(rows) > 2


def test_two_documents_are_written_side_by_side(dam: Path, tmp_path: Path) -> None:
    page = tmp_path / "pair.html"
    done = call("compare", dam, "06_diffa.txt", "10_bawaba.html", "--html", page)
    assert done.exit_code == 0, done.output
    html = page.read_text("utf-8")
    assert "<ins>" in html
    assert "<script" not in html
    assert "<form" not in html
    assert call("compare", dam, "06_diffa.txt", "nowhere.txt", "--html", page).exit_code == 1


def test_what_passim_found_stands_beside_what_we_found(dam: Path, tmp_path: Path) -> None:
    assert call("export", dam, "--as", "passim", "-o", tmp_path / "out").exit_code == 0
    ours = (tmp_path / "out" / "passim.jsonl").read_text("utf-8").splitlines()
    spark = tmp_path / "out.json"
    spark.mkdir()
    (spark / "part-00000.json").write_text("\n".join(ours[:40]), encoding="utf-8")
    (spark / "part-00001.json").write_text("\n".join(ours[40:]) + "\n", encoding="utf-8")
    rows = json.loads(call("reuse", dam, "--beside", spark, "--json").output)
    assert sum(row["both"] for row in rows) > 0.9 * sum(row["passim"] for row in rows) > 0
    (tmp_path / "odd.json").write_text('{"id": "a"}\n', encoding="utf-8")
    for odd, said in ((tmp_path / "odd.json", "Line 1 is no passage"), (tmp_path / "none", "no output of passim")):
        answer = call("reuse", dam, "--beside", odd)
        assert (answer.exit_code, said in answer.output) == (1, True)


def test_names_come_with_what_they_leave_open(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, name in enumerate(("طلال الغزلاني", "هيثم الغزلاني", "العقيد الغزلاني")):
        (tmp_path / "in" / f"{number}.txt").write_text(f"قال {name} إن الجسر مغلق منذ أمس.", "utf-8")
    riwaya.build(tmp_path / "x.riwaya", [tmp_path / "in"])
    asked = json.loads(call("names", tmp_path / "x.riwaya", "--questions", "--json").output)
    assert [row["name"] for row in asked] == ["الغزلاني"]
    assert "طلال الغزلاني" in asked[0]["question"]
    assert "هيثم الغزلاني" in asked[0]["question"]


def test_one_speaker_is_one_source_however_he_is_named(dam: Path) -> None:
    voices = {voice["name"]: voice for voice in json.loads(call("sources", dam, "--json").output)}
    colonel = next(voice for name, voice in voices.items() if "الراسي" in name)
    assert colonel["statements"] >= 5
    assert len(colonel["by"]) >= 2


def test_explain_shows_an_attribution_slot_by_slot(dam: Path) -> None:
    with riwaya.open(dam) as opened:
        row = next(row for row in opened.rows("attributions") if row["cue"] and row["source"])
    told = json.loads(call("explain", dam, row["id"], "--json").output)
    assert {"cue", "source", "content"} <= {slot["slot"] for slot in told["slots"]}
    assert any(rule.startswith("ar/cues/") for rule in told["rules"])


def test_when_reads_a_phrase_with_its_rules() -> None:
    result = call("when", "وصل الوفد أمس الاثنين", "--published", "2016-12-13", "--json")
    (answer,) = json.loads(result.output)
    assert answer["value"] == "2016-12-12"
    assert answer["derivation"]
