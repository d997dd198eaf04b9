"""A Spark cluster of two workers on this machine, and whether a build on it gives the bytes of a local one.

    python -m bench.cluster FIELDS PATH …

Builds what lies at the paths on one machine and on a standalone master with two workers, one of which is killed
half-way, and compares the exports byte by byte. FIELDS are those of `riwaya build --fields`, or `-`.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import riwaya
from riwaya import pipeline

ROOT = Path(__file__).parents[1]
HERE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.executor.memory": "1g",
}
"""What Spark must be told where all of it runs on one machine."""


class Cluster:
    """A master and workers of one core each, every one in a process group of its own."""

    def __init__(self, folder: Path, workers: int = 2, memory: str = "1g") -> None:
        import pyspark

        self.home, self.folder = Path(pyspark.__file__).parent, folder
        self.groups: list[subprocess.Popen[bytes]] = []
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        self.master = f"spark://127.0.0.1:{port}"
        self._start("master.Master", "--port", str(port))
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        for _ in range(workers):
            self._start("worker.Worker", "--cores", "1", "--memory", memory, "--work-dir", str(folder), self.master)

    def _start(self, name: str, *options: str) -> None:
        made = {"SPARK_HOME": str(self.home), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        program = [str(self.home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}"]
        options = ("--host", "127.0.0.1", "--webui-port", "0", *options)
        with (self.folder / f"{len(self.groups)}.log").open("wb") as log:
            self.groups.append(
                subprocess.Popen(
                    [*program, *options], env={**os.environ, **made}, stdout=log, stderr=log, start_new_session=True
                )
            )

    def kill(self, number: int) -> None:
        """Kills the master (0) or a worker (1, 2, …) with its executors, at once and without a word."""
        if self.groups[number].poll() is None:
            os.killpg(self.groups[number].pid, signal.SIGKILL)
            self.groups[number].wait()

    def close(self) -> None:
        for number in range(len(self.groups)):
            self.kill(number)


def exported(case: Path) -> dict[str, bytes]:
    with riwaya.open(case) as opened:
        return {path.name: path.read_bytes() for path in riwaya.export(opened, case.with_suffix(".out"))}


def main() -> int:
    from riwaya.engines.spark import Spark

    fields, paths = sys.argv[1], sys.argv[2:]
    options = riwaya.ReadOptions.with_fields(fields) if fields != "-" else riwaya.ReadOptions()
    with tempfile.TemporaryDirectory() as here:
        folder = Path(here)
        local = pipeline.build(folder / "local.riwaya", paths, options=options)
        print(f"local: {local.seconds}", flush=True)
        with closing(Cluster(folder)) as cluster, closing(Spark(cluster.master, HERE)) as engine:

            def half_way(step: pipeline.Progress) -> None:
                if step.phase == "analyse" and cluster.groups[1].poll() is None and 2 * step.done >= (step.total or 0):
                    cluster.kill(1)
                    print("killed a worker", flush=True)

            spark = pipeline.build(
                folder / "spark.riwaya",
                [f"file://{Path(path).resolve()}" for path in paths],
                options=options,
                engine=engine,
                progress=half_way,
            )
        print(f"spark: {spark.seconds}", flush=True)
        ours, theirs = exported(folder / "local.riwaya"), exported(folder / "spark.riwaya")
        for name in sorted({*ours, *theirs}):
            same = ours.get(name) == theirs.get(name)
            print(f"{name:24}{len(ours.get(name, b'')):14,} bytes  {'the same' if same else 'DIFFERENT'}")
        return int(ours != theirs)


if __name__ == "__main__":
    sys.exit(main())
