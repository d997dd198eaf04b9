"""A build on a real Spark cluster of two workers on this machine, one of which is killed half-way."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bench.cluster import HERE, Cluster, exported

import riwaya
from riwaya import pipeline
from riwaya.case.writer import Writer
from riwaya.engines.analyse import Recipe
from riwaya.engines.local import Local
from riwaya.example import corpus
from riwaya.model import Sentence
from riwaya.settings import Settings
from riwaya.stage import Reading, each
from tests.conftest import ARTICLES

if importlib.util.find_spec("pyspark") is None:
    pytest.skip("pyspark is not installed: pip install 'riwaya[spark]'", allow_module_level=True)
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java: apt install default-jre-headless", allow_module_level=True)

pytestmark = [  # of Spark's own sockets
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with closing(Cluster(tmp_path_factory.mktemp("cluster"))) as made:
        yield made


@pytest.fixture(scope="module")
def spark(cluster: Cluster) -> Iterator[Any]:
    from riwaya.engines.spark import Spark

    with closing(Spark(cluster.master, {**HERE, "spark.executor.memory": "512m"})) as engine:
        yield engine
    gc.collect()


def given(folder: Path) -> Path:
    """The example corpus, and a few articles as Parquet, JSON Lines and a zip beside it."""
    shutil.copytree(corpus(), folder)
    rows = [{"id": f"p{i}", "outlet": name, "text": text} for i, (name, text) in enumerate(ARTICLES.items())]
    pq.write_table(pa.Table.from_pylist(rows), folder / "سدّ [1].parquet")
    shutil.make_archive(str(folder / "more"), "zip", corpus(), "01_rawasi.txt")
    (folder / "broken.parquet").write_bytes(b"PAR1 and nothing more")
    return folder


def test_the_same_bytes_though_a_worker_is_killed(cluster: Cluster, spark: Any, tmp_path: Path) -> None:
    folder = given(tmp_path / "news")
    pipeline.build(tmp_path / "local.riwaya", [folder], processes=1)

    killed = []

    def progress(step: pipeline.Progress) -> None:
        if step.phase == "reuse":
            killed.append(cluster.kill(1))

    spark.session.range(2).repartition(2).count()  # both have an executor by now
    built = pipeline.build(tmp_path / "spark.riwaya", [f"file://{folder}"], engine=spark, progress=progress)
    assert killed
    assert cluster.groups[1].poll() is not None
    assert cluster.groups[2].poll() is None
    assert built.failures == 1
    assert exported(tmp_path / "spark.riwaya") == exported(tmp_path / "local.riwaya")
    assert not pipeline.build(tmp_path / "spark.riwaya", [f"file://{folder}"], engine=spark).added

    spark.write_layers(tmp_path / "spark.riwaya", f"file://{tmp_path / 'layers'}")
    with riwaya.open(tmp_path / "local.riwaya") as case:
        for path in riwaya.export(case, tmp_path / "parquet", "parquet"):
            assert (tmp_path / "layers" / path.name).read_bytes() == path.read_bytes()


@each(gives=(Sentence,), version=1)
def falling(reading: Reading) -> Iterator[Sentence]:
    """A stage that brings its process down over one document."""
    if "السدّ" in reading.doc.text:
        os._exit(7)
    yield Sentence(doc=reading.doc.id, start=0, end=1)


def test_a_document_that_brings_its_process_down_costs_only_itself(spark: Any, articles: Path, tmp_path: Path) -> None:
    pipeline.build(tmp_path / "three.riwaya", [articles], processes=1)
    recipe = Recipe((falling,), {"falling": "test"}, Settings())
    with Writer(tmp_path / "three.riwaya") as writer:
        rows = list(writer.heads([1, 2, 3]))

    def told(engine: Any) -> list[Any]:
        done = list(engine.analyse(recipe, rows))
        return [sorted(f.message for a in done for f in a.failures), sorted(f.number for a in done for f in a.found)]

    with closing(Local(2)) as local:
        alone = told(local)
    assert len(alone[0]) == 1
    assert "exit code 7" in alone[0][0]
    assert told(spark) == alone


def divided(by: int) -> float:
    return 6 / by


def test_what_a_function_raises_is_raised_here(spark: Any) -> None:
    assert list(spark.map(divided, [1, 2, 3])) == [6, 3, 2]
    with pytest.raises(ZeroDivisionError):
        list(spark.map(divided, [1, 0]))


def test_originals_cannot_be_left_in_place(spark: Any, articles: Path, tmp_path: Path) -> None:
    with pytest.raises(riwaya.RiwayaError, match="--link"):
        pipeline.build(tmp_path / "a.riwaya", [articles], engine=spark, link=True)


def test_a_path_that_is_not_there(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(riwaya.RiwayaError, match="cannot be read by Spark"):
        pipeline.build(tmp_path / "a.riwaya", [f"file://{tmp_path}/nothing"], engine=spark)


def test_without_a_master() -> None:
    """In a process of its own: there is one session in a process."""
    code = "from riwaya.engines.spark import Spark; Spark('no such master')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "MissingThing: Spark cannot be started at no such master" in done.stderr
