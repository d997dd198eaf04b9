"""A case that grew is the case that was built at once."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

import riwaya
from riwaya import pipeline
from riwaya.example import corpus

FILES = sorted(path.name for path in corpus().iterdir())


def exported(case: Path) -> dict[str, bytes]:
    with riwaya.open(case) as opened:
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
