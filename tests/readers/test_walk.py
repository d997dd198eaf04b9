"""What is listed: folders, patterns, names of every kind, and side files of metadata."""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from riwaya.errors import InvalidInput, InvalidMetadata
from riwaya.model import Failure
from riwaya.readers import Draft, Source, document_id, read, sources
from riwaya.readers.shown import shown

from .conftest import ARTICLE


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_txt", ".txt")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def labels(*paths: Path, **more: list[Path]) -> list[str]:
    return [source.label for source in sources(paths, **more)]


def only(source: Source) -> Draft:
    [draft] = read(source)
    assert isinstance(draft, Draft)
    return draft


def test_labels_are_relative_sorted_and_with_slashes(tmp_path: Path) -> None:
    write(tmp_path, b_txt="x", a__z_txt="x", a__b__c_txt="x", **{"ا_txt": "x"})
    assert labels(tmp_path) == ["a/b/c.txt", "a/z.txt", "b.txt", "ا.txt"]
    assert labels(tmp_path / "b.txt") == ["b.txt"]
    assert labels(tmp_path / "a" / "*.txt") == ["z.txt"]
    assert labels(tmp_path / "**" / "c.txt") == ["c.txt"]


def test_what_is_given_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, a_txt="x", b__c_txt="x")
    assert labels(tmp_path, tmp_path / "a.txt", tmp_path / "b") == ["a.txt", "b/c.txt"]


def test_what_else_is_given_never_changes_a_label(tmp_path: Path) -> None:
    write(tmp_path, north__a_txt="x", south__a_txt="y")
    assert labels(tmp_path / "south") == ["a.txt"]
    assert labels(tmp_path / "north", tmp_path / "south") == ["a.txt", "a.txt"]
    assert len({source.place for source in sources([tmp_path / "north", tmp_path / "south"])}) == 2


def test_nothing_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no file or folder"):
        labels(tmp_path / "nowhere")


def test_files_that_nobody_wrote_are_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        **dict.fromkeys((".hidden", "~$a.docx", "Thumbs.db", "page_files/a.js", "page_files/a.css", "a.txt"), "x"),
    )
    assert labels(tmp_path) == ["a.txt"]


def test_sources_travel_to_workers(tmp_path: Path) -> None:
    write(tmp_path, a_txt=ARTICLE)
    [source] = sources([tmp_path])
    assert pickle.loads(pickle.dumps(source)) == source
    assert source.size == len(ARTICLE.encode())
    assert only(source).text == ARTICLE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links only for administrators")
def test_a_loop_of_links_is_a_problem_and_not_the_end(tmp_path: Path) -> None:
    write(tmp_path, a__b__c_txt=ARTICLE)
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "other").symlink_to(tmp_path / "a" / "b" / "c.txt")
    found = list(sources([tmp_path]))
    good = [source for source in found if source.problem is None]
    assert [source.label for source in good] == ["a/b/c.txt"]
    problems = {source.label: source.problem.message for source in found if source.problem}
    assert list(problems) == ["a/b/up", "gone.txt", "self"]
    assert "a link back to a folder above it" in problems["a/b/up"]
    [failure] = read(found[-1])
    assert isinstance(failure, Failure)


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder with a locked file, a locked folder and a free file, seen by a user who may not do everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        write(folder, a_txt="x", locked__b_txt="x", z_txt=ARTICLE)
        (folder / "a.txt").chmod(0)
        (folder / "locked").chmod(0)
        is_root = os.geteuid() == 0
        try:
            if is_root:
                os.seteuid(65534)
            yield folder
        finally:
            if is_root:
                os.seteuid(0)
            (folder / "locked").chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks in other ways")
def test_locked_files_and_folders_are_problems(locked: Path) -> None:
    found = list(sources([locked]))
    assert [source.label for source in found] == ["a.txt", "locked", "z.txt"]
    failures = [item for source in found[:2] for item in read(source) if isinstance(item, Failure)]
    assert [(f.path, f.error) for f in failures] == [("a.txt", "PermissionError"), ("locked", "PermissionError")]
    assert failures[0].message == "a.txt cannot be opened: Permission denied."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    [source] = sources([tmp_path])
    assert source.problem is not None
    assert "not a regular file" in source.problem.message


def test_a_name_that_turns_words_around_is_kept_and_shown_safely(tmp_path: Path) -> None:
    name = "تقرير\u202etxt.\u200fhtml"
    (tmp_path / name).write_bytes(b"")
    [source] = sources([tmp_path])
    assert source.label == name
    [failure] = read(source)
    assert isinstance(failure, Failure)
    assert failure.path == name
    assert "\\u202e" in failure.message
    assert not {"\u202e", "\u200f"} & set(failure.message)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text(ARTICLE, encoding="utf-8")
    [source] = sources([tmp_path])
    assert source.label == "\\xff.txt"
    assert document_id(source, only(source)) == "\\xff.txt"


def test_shown_leaves_words_alone() -> None:
    assert shown("تقرير عن السد.txt") == "تقرير عن السد.txt"


# --- side files --------------------------------------------------------------------------------------------------


def test_a_side_file_is_found_and_overrules(tmp_path: Path) -> None:
    write(tmp_path, north__a_txt=ARTICLE, north__b_txt=ARTICLE, c_txt=ARTICLE)
    table = "path,outlet,published,url\na.txt,السد,2016-05-03 10:00,http://a.example/\n./b.txt,الوادي,لاحقا,\n"
    (tmp_path / "north" / "metadata.csv").write_text(table, encoding="utf-8-sig")
    found = {source.label: only(source) for source in sources([tmp_path])}
    assert list(found) == ["c.txt", "north/a.txt", "north/b.txt"]
    first = found["north/a.txt"]
    assert (first.outlet, first.published, first.url) == ("السد", "2016-05-03T10:00:00", "http://a.example/")
    assert (found["north/b.txt"].published, [w.kind for w in found["north/b.txt"].warnings]) == (None, ["published"])
    assert found["c.txt"].outlet is None


def test_a_given_side_file_speaks_of_members_too(tmp_path: Path) -> None:
    (tmp_path / "day.jsonl").write_text('{"text": "one", "outlet": "x"}\n{"text": "two"}\n', encoding="utf-8")
    (tmp_path / "about.jsonl").write_text('{"path": "day.jsonl#1", "outlet": "السد"}\n', encoding="utf-8")
    [source] = sources([tmp_path / "day.jsonl"], metadata=[tmp_path / "about.jsonl"])
    assert [item.outlet for item in read(source) if isinstance(item, Draft)] == ["السد", None]


def test_rows_about_nothing_are_a_problem(tmp_path: Path) -> None:
    write(tmp_path, a_txt=ARTICLE)
    (tmp_path / "metadata.csv").write_text("path;outlet\na.txt;السد\ngone.txt;السد\n", encoding="utf-8")
    *_, last = sources([tmp_path])
    assert last.problem is not None
    assert "files that are not here (1 in all): gone.txt" in last.problem.message


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("file,outlet\na.txt,x\n", "no column «path»"),
        ("path,outlet\n,x\n", "names no file in line 2"),
        ('{"path": "a.txt"}\n{oops\n', "no JSON in line 2"),
        ("", "no column «path»"),
    ],
)
def test_a_faulty_side_file_is_refused(tmp_path: Path, table: str, says: str) -> None:
    write(tmp_path, a_txt=ARTICLE)
    about = tmp_path / "about.csv"
    about.write_text(table, encoding="utf-8")
    with pytest.raises(InvalidMetadata, match=says):
        labels(tmp_path, metadata=[about])
    about.rename(tmp_path / "metadata.csv")
    problems = [source.problem for source in sources([tmp_path]) if source.problem]
    assert [problem.error for problem in problems] == ["InvalidMetadata"]


def test_a_changed_side_file_changes_the_source(tmp_path: Path) -> None:
    write(tmp_path, a_txt=ARTICLE)
    [before] = sources([tmp_path])
    (tmp_path / "metadata.csv").write_text("path,outlet\na.txt,السد\n", encoding="utf-8")
    [after] = sources([tmp_path])
    assert before != after
