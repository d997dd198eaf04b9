"""Stages on a cluster: Apache Spark hands portions of the work to the local engine of each node.

What runs there are the functions of `local.py`, over the same record batches; here stands only how a portion gets to
a node and its answer back. The case lies on the driver, which feeds the cluster from it and writes what comes back:
see docs/scaling.md for the size to which that holds.

A task that is lost with its node is run again by Spark. One that failed is run again with care, each portion in a
process of its own, so that a document that brings its process down costs only itself, as on one machine.
"""

from __future__ import annotations

import os
import pickle
import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pyarrow as pa
from msgspec import structs
from pyspark import TaskContext
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from riwaya.case import open as open_case
from riwaya.case.case import Case
from riwaya.case.writer import Analysed
from riwaya.engines.analyse import DOCUMENTS, Recipe
from riwaya.engines.crew import Raised, portable
from riwaya.engines.intake import Taken
from riwaya.engines.local import CaseCorpus, Local, in_batches
from riwaya.errors import InvalidInput, MissingThing
from riwaya.exporters import parquet
from riwaya.model import Failure
from riwaya.readers import ReadOptions, Source, sources
from riwaya.readers.metadata import DISCOVERED
from riwaya.readers.walk import ZIPS
from riwaya.settings import Settings

T = TypeVar("T")
Batches = Iterator[pa.RecordBatch]
Portion = Callable[[Batches], Batches]

ANSWERS = pa.schema([("number", pa.int64()), ("answer", pa.binary())])
"""What comes back from a node: the number of what was asked, and the answer, pickled."""
ITEMS = pa.schema([("number", pa.int64()), ("item", pa.binary())])
ROWS = pa.schema([*DOCUMENTS, ("characters", pa.int64())])
TASKS = 8
"""Tasks per core in one job: enough for the slow ones to even out."""
BYTES = 256_000_000
"""What is sent to the cluster in one job, at most; two jobs are under way at a time."""
FILES = 10_000
"""Files that are read in one job, at most."""
LARGEST = 2**31 - 16
"""Bytes of a file that Spark hands over in one piece."""
CONFIG = {
    "spark.app.name": "riwaya",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.maxResultSize": "0",
    "spark.sql.execution.arrow.localRelationThreshold": "0",  # so that each batch becomes a task
}
"""What the session is started with; spark-defaults.conf and the SPARK_ variables say the rest."""


class Spark:
    """The engine of a cluster; `master` is its address, such as spark://host:7077, else that of the Spark settings.

    Every node needs Python with riwaya[spark] at the path that PYSPARK_PYTHON names.
    """

    def __init__(self, master: str | None = None, config: Mapping[str, str] = {}) -> None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master(master) if master else SparkSession.builder
        for key, value in {**CONFIG, **config}.items():
            builder = builder.config(key, value)
        try:
            self.session: Any = builder.getOrCreate()
        except Exception as error:  # of Java, of the network, of the master: whatever it is, the sentence is the same
            where = f" at {master}" if master else ""
            raise MissingThing(
                f"Spark cannot be started{where}: {_sentence(error)}. It needs Java 17 or newer and a master that runs."
            ) from error
        self.pool = ThreadPoolExecutor(2)

    def close(self) -> None:
        self.pool.shutdown(cancel_futures=True)
        self.session.stop()

    # --- what is asked of every engine

    def sources(self, paths: Sequence[str | Path], metadata: Sequence[str | Path]) -> Iterator[Source]:
        """What lies in a storage is laid out here without its bytes, so that it is listed as local folders are."""
        addresses: dict[str, str] = {}
        with TemporaryDirectory(prefix="riwaya-") as here:
            laid = [
                self._skeleton(str(path), Path(here).resolve() / str(number), addresses) if "://" in str(path) else path
                for number, path in enumerate(paths)
            ]
            for source in sources(laid, metadata=metadata):
                yield structs.replace(source, file=addresses.get(source.file, source.file))

    def read(self, sources: Sequence[Source], options: ReadOptions, language: str, link: bool) -> Iterator[Taken]:
        if link:
            raise InvalidInput("Originals cannot be left in place (--link) by a build on Spark; build without it.")
        by_file: dict[str, list[Source]] = {}
        for source in sources:
            if source.problem is not None:
                yield Taken(source=source, failures=[source.problem], finished=True)
            elif source.inside is None and source.size > LARGEST:
                message = f"{source.label} has {source.size:,} bytes; on Spark a file may have {LARGEST:,}. Part it."
                failure = Failure(path=source.label, stage="read", error="InvalidInput", message=message)
                yield Taken(source=source, failures=[failure], finished=True)
            else:
                by_file.setdefault(_address(source.file), []).append(source)
        self.session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")  # a file is large enough

        def jobs() -> Iterator[tuple[DataFrame, Portion]]:
            for group in _waves(by_file.items(), lambda file: sum(s.size for s in file[1]), FILES):
                yield self._files([file for file, _ in group]), _reading(dict(group), options, language)

        for _, taken in self._answers(jobs()):
            yield taken

    def analyse(self, recipe: Recipe, rows: Iterable[tuple[int, bytes, bytes, int]]) -> Iterator[Analysed]:
        self.session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "10000")
        batches = (
            pa.RecordBatch.from_pylist([dict(zip(ROWS.names, (*row, 0))) for row in batch], schema=ROWS)
            for batch in in_batches(rows)
        )
        for _, analysed in self._answers(self._jobs(batches, _analysing(recipe))):
            yield analysed

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Like the built-in `map`, in order; an error on a node is raised here."""
        self.session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
        batches = (
            pa.RecordBatch.from_pylist([{"number": number, "item": pickle.dumps(item)}], schema=ITEMS)
            for number, item in enumerate(items)
        )
        for _, answer in self._answers(self._jobs(batches, _calling(function))):
            if isinstance(answer, Raised):
                raise answer.error
            yield answer

    def corpus(self, case: Case, settings: Settings, recipe: str) -> CaseCorpus:
        return CaseCorpus(case, settings, recipe, self.map)

    # --- jobs

    def _jobs(self, batches: Iterable[pa.RecordBatch], portion: Portion) -> Iterator[tuple[DataFrame, Portion]]:
        """Batches in jobs, a task for each."""
        slots = self.session.sparkContext.defaultParallelism
        for wave in _waves(batches, lambda batch: batch.nbytes, TASKS * slots):
            yield self.session.createDataFrame(pa.Table.from_batches(wave)), portion

    def _answers(self, jobs: Iterable[tuple[DataFrame, Portion]]) -> Iterator[tuple[int, Any]]:
        """What comes back, job by job and in order of number; while one is taken in, the next ones run."""
        under_way: deque[Future[pa.Table]] = deque()
        for frame, portion in jobs:
            under_way.append(self.pool.submit(_collect, frame, portion))
            if len(under_way) > 2:
                yield from _unpacked(under_way.popleft().result())
        while under_way:
            yield from _unpacked(under_way.popleft().result())

    # --- storage

    def _files(self, addresses: Sequence[str]) -> DataFrame:
        found = self.session.read.format("binaryFile").load([_literally(address) for address in addresses])
        return found.select("path", "content")

    def _skeleton(self, address: str, folder: Path, addresses: dict[str, str]) -> Path:
        """Lays out what lies at an address: names, sizes, times, and of bytes only those that listing looks at.

        Returns where, and notes the addresses of the files that are laid out.
        """
        reader = self.session.read.format("binaryFile").option("recursiveFileLookup", "true")
        try:
            found = reader.load(address).select("path", "length", "modificationTime").collect()
        except PySparkException as error:
            raise InvalidInput(f"{address} cannot be read by Spark: {_sentence(error)}.") from error
        given = _plain(address).rstrip("/")
        folder.mkdir()
        for path, length, changed in found:
            file = folder / (_plain(path).removeprefix(given).lstrip("/") or given.rsplit("/", 1)[-1])
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.name in DISCOVERED or file.name.lower().endswith(ZIPS):
                file.write_bytes(self._files([path]).first()["content"])
            else:
                with file.open("wb") as hollow:
                    hollow.truncate(length)
            os.utime(file, (changed.timestamp(), changed.timestamp()))
            addresses[str(file)] = re.sub("^file:/+", "file:///", path)
        return folder / given.rsplit("/", 1)[-1] if [_plain(path) for path, *_ in found] == [given] else folder

    def write_layers(self, case: str | Path, folder: str) -> None:
        """Writes the layers of a case as Parquet into a folder of a storage: the files of `riwaya export`."""
        java: Any = self.session.sparkContext._jvm
        hadoop = java.org.apache.hadoop.fs.Path
        with TemporaryDirectory(prefix="riwaya-") as here, open_case(case) as opened:
            target = hadoop(folder)
            storage = target.getFileSystem(self.session.sparkContext._jsc.hadoopConfiguration())
            storage.mkdirs(target)
            for file in parquet.write(opened, Path(here)):
                storage.copyFromLocalFile(False, True, hadoop(f"file://{file}"), hadoop(f"{folder}/{file.name}"))


# --- what runs on the nodes


def _careful() -> int:
    """How many processes a task uses: its own, or after a failure one more, which may fall alone."""
    context = TaskContext.get()
    return 2 if context is not None and context.attemptNumber() else 1


def _reading(by_file: Mapping[str, Sequence[Source]], options: ReadOptions, language: str) -> Portion:
    asked = {_plain(file): tuple(group) for file, group in by_file.items()}

    def portion(batches: Batches) -> Batches:
        with closing(Local(_careful())) as engine:
            for batch in batches:
                for path, content in zip(*(batch.column(name) for name in ("path", "content"))):
                    with TemporaryDirectory(prefix="riwaya-") as folder:
                        file = Path(folder) / "source"
                        file.write_bytes(content.as_buffer())
                        meant = {s.label: s for s in asked[_plain(path.as_py())]}
                        here = [structs.replace(source, file=str(file)) for source in meant.values()]
                        for taken in engine.read(here, options, language, False):
                            yield _answer(0, structs.replace(taken, source=meant[taken.source.label]))

    return portion


def _analysing(recipe: Recipe) -> Portion:
    def portion(batches: Batches) -> Batches:
        rows = (row for batch in batches for row in zip(*(batch.column(n).to_pylist() for n in ROWS.names)))
        with closing(Local(_careful())) as engine:
            for analysed in engine.analyse(recipe, rows):
                yield _answer(0, analysed)

    return portion


def _calling(function: Callable[[Any], Any]) -> Portion:
    def portion(batches: Batches) -> Batches:
        for batch in batches:
            for number, item in zip(batch.column("number").to_pylist(), batch.column("item").to_pylist()):
                try:
                    yield _answer(number, function(pickle.loads(item)))
                except Exception as error:  # the same on every node: told, and not tried again
                    yield _answer(number, Raised(number, portable(error)))

    return portion


def _answer(number: int, value: Any) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([{"number": number, "answer": pickle.dumps(value)}], schema=ANSWERS)


# --- small things


def _collect(frame: DataFrame, portion: Portion) -> pa.Table:
    return frame.mapInArrow(portion, "number long, answer binary").toArrow()


def _unpacked(answers: pa.Table) -> Iterator[tuple[int, Any]]:
    for batch in answers.sort_by("number").to_batches():
        for number, answer in zip(batch.column("number"), batch.column("answer")):
            yield number.as_py(), pickle.loads(answer.as_buffer())


def _waves(values: Iterable[T], size: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """Values in portions for one job each."""
    wave: list[T] = []
    total = 0
    for value in values:
        if wave and (len(wave) == most or total + size(value) > BYTES):
            yield wave
            wave, total = [], 0
        wave.append(value)
        total += size(value)
    if wave:
        yield wave


def _address(file: str) -> str:
    return file if "://" in file else f"file://{Path(file).absolute()}"


def _plain(address: str) -> str:
    """An address as Spark and people may each write it: file:///a, file:/a."""
    return re.sub(r"^file:/+", "/", address)


def _literally(address: str) -> str:
    """An address in which nothing is a pattern."""
    return re.sub(r"([*?\[\]{}\\])", r"\\\1", address)


def _sentence(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")
