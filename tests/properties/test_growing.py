"""A case that grew, or shrank, is the case that was built at once."""

from __future__ import annotations

import json
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

import riwaya
from riwaya import pipeline
from riwaya.case import briefs
from riwaya.case.decisions import decide
from riwaya.case.writer import Writer
from riwaya.example import corpus

FILES = sorted(path.name for path in corpus().iterdir())


def exported(case: Path) -> dict[str, bytes]:
    with riwaya.open(case) as opened:
        assert not list(briefs.faults(opened))
        return {path.name: path.read_bytes() for path in riwaya.export(opened, case.with_suffix(".out"))}


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    case = tmp_path_factory.mktemp("once") / "dam.riwaya"
    pipeline.build(case, [corpus()], processes=1)
    return exported(case)


@pytest.mark.parametrize("seed", range(4))
def test_in_steps(seed: int, at_once: dict[str, bytes], tmp_path: Path) -> None:
    """In two or three random steps, the last of which may bring a single file."""
    chance = random.Random(seed)
    files = chance.sample(FILES, len(FILES))
    cuts = sorted(chance.sample(range(1, len(files)), chance.randint(1, 2))) if seed else [len(files) - 1]
    folder = tmp_path / "dam"
    folder.mkdir()
    for first, stop in zip([0, *cuts], [*cuts, len(files)], strict=True):
        for name in files[first:stop]:
            shutil.copy(corpus() / name, folder / name)
        pipeline.build(tmp_path / "dam.riwaya", [folder], processes=1)
    assert exported(tmp_path / "dam.riwaya") == at_once


def months(count: int) -> list[dict[str, str]]:
    """The example told anew in other months, with other numbers and without some of its lines: many happenings."""
    found = []
    for month in range(count):
        chance = random.Random(month)
        digits = str.maketrans("123456789", "".join(chance.sample("123456789", 9)))
        for path in sorted(corpus().glob("*.txt")):
            lines = path.read_text("utf-8", errors="replace").splitlines()
            text = "\n".join(line for line in lines if not month or chance.random() < 0.6).translate(digits)
            told = date(2019, 3, 5) + timedelta(31 * month + chance.randint(0, 9))
            about = {"outlet": path.stem.split("_")[-1], "published": told.isoformat()}
            found.append({"id": f"{month}-{path.stem}", "text": text or path.stem, **about})
    return found


def written(folder: Path, rows: list[dict[str, str]]) -> None:
    """A file for each outlet."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for row in rows:
        with (folder / f"{row['outlet']}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def test_many_happenings(tmp_path: Path) -> None:
    """Of many happenings, in steps that add documents and take others out again, with a decision in between."""
    rows, folder, grown, whole = months(5), tmp_path / "news", tmp_path / "grown.riwaya", tmp_path / "whole.riwaya"
    chance = random.Random(7)
    for share in (0.6, 0.5, 0.9):
        kept = [row for row in rows if chance.random() < share]
        kept += [next(row for row in rows if row["outlet"] == outlet) for outlet in {r["outlet"] for r in rows}]
        written(folder, [row for row in rows if row in kept])
        pipeline.build(grown, [folder], processes=1)
    with Writer(grown) as case:
        claim = next(iter(case.across(riwaya.model.Claim)))
        decide(case, f"claim/{claim.id}", "rename", by="Maha", note="another name")
    pipeline.build(grown, processes=1)
    with Writer(grown) as case:
        decide(case, f"claim/{claim.id}", "undo", by="Maha")
    written(folder, rows)
    for case_ in (grown, whole):
        pipeline.build(case_, [folder], processes=1)
    ours, theirs = exported(grown), exported(whole)
    del ours["decisions.jsonl"], theirs["decisions.jsonl"]
    assert ours == theirs
