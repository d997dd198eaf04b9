"""Workers that may die, and builds that may be killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import riwaya
from riwaya.engines.crew import Crew, Died, Ended, Raised, Result


def count_to(n: int) -> Iterator[int]:
    yield from range(n)


def double(n: int) -> int:
    return 2 * n


def die_of_seven(n: int) -> Iterator[int]:
    if n == 7:
        os._exit(9)
    if n == 8:
        raise ValueError("eight")
    yield n


@pytest.mark.parametrize("size", [1, 2])
def test_results_come_back(size: int) -> None:
    with Crew(size) as crew:
        messages = list(crew.run(count_to, [3, 0, 2]))
        assert sorted(m.value for m in messages if isinstance(m, Result)) == [0, 0, 1, 1, 2]
        assert sorted(m.task for m in messages if isinstance(m, Ended)) == [0, 1, 2]


@pytest.mark.parametrize("size", [1, 2])
def test_map_keeps_the_order(size: int) -> None:
    with Crew(size) as crew:
        assert list(crew.map(double, range(50))) == [2 * n for n in range(50)]


def test_a_worker_that_dies_costs_its_task_only() -> None:
    with Crew(2) as crew:
        messages = list(crew.run(die_of_seven, range(12)))
        assert sorted(m.value for m in messages if isinstance(m, Result)) == [*range(7), 9, 10, 11]
        assert [m.task for m in messages if isinstance(m, Died)] == [7]
        assert [(m.task, str(m.error)) for m in messages if isinstance(m, Raised)] == [(8, "eight")]


def test_a_reader_that_leaves_early_leaves_no_worker_busy() -> None:
    with Crew(2) as crew:
        stream = crew.run(count_to, [10_000] * 4)
        next(stream)
        stream.close()  # type: ignore[attr-defined]  # it is a generator
        assert list(crew.map(double, [1])) == [2]


WORDS = "السد انهار مساء أمس وقال المحافظ إن النهر فاض على القرية وأضاف المتحدث أن عشرة فقدوا في بلدة الوادي"
BUILD = "import riwaya, sys; riwaya.build(sys.argv[1], sys.argv[2:], processes=2)"


def test_a_plain_script_needs_no_main_guard(articles: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import riwaya, sys\nprint('once')\nriwaya.build(sys.argv[1], sys.argv[2:], processes=2)\n")
    command = [sys.executable, str(script), str(tmp_path / "a.riwaya"), str(articles)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "once\n"


def test_killed_at_random_moments_it_goes_on_with_the_same_result(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    chance = random.Random(7)
    words = WORDS.split()
    for number in range(600):
        text = ". ".join(" ".join(chance.choices(words, k=12)) for _ in range(12))
        (folder / f"{number:03}.txt").write_text(f"خبر {number}\n\n{text}.", encoding="utf-8")
    whole, broken = tmp_path / "whole.riwaya", tmp_path / "broken.riwaya"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", BUILD, str(whole), str(folder)], check=True)
    length = time.perf_counter() - start
    for _ in range(10):
        process = subprocess.Popen([sys.executable, "-c", BUILD, str(broken), str(folder)])
        time.sleep(chance.uniform(0.1, 1.0) * length)
        process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        process.wait()
    subprocess.run([sys.executable, "-c", BUILD, str(broken), str(folder)], check=True)
    for path in (whole, broken):
        with riwaya.open(path) as case:
            riwaya.export(case, tmp_path / path.stem)
    for file in sorted((tmp_path / "whole").iterdir()):
        assert file.read_bytes() == (tmp_path / "broken" / file.name).read_bytes(), file.name
