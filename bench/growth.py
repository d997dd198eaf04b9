"""How time and memory grow with the corpus, stage by stage, on one machine and on Spark.

    python -m bench.growth [SIZE …] [--spark] [--out FOLDER]

Builds each size in a process of its own and writes a table and a plot of characters a second for each stage, of the
peak memory of all processes together, and of the exponents: the slope of seconds over documents, both in logarithms.
On Spark there are a master and two workers on this machine, so that it shows what the cluster costs, not what it gains.

The corpus comes from a seed. Its base are the articles of July 2015 where `../shared` lies beside the project, else the
example. Each further round through the base is another month of other news: days of publication move by a month, and
words that few articles have give way to invented ones, the same for the same word, so that inside a month the same is
copied, claimed and disputed as in the base, and between months what everybody writes is shared and nothing else.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import riwaya
from bench.build import SHARED
from bench.cluster import HERE, Cluster
from riwaya import pipeline
from riwaya.example import corpus

SIZES = (1000, 3000, 10_000)
SEED = 2015
COMMON = 0.01
"""Words in more than this share of the base's articles stay as they are."""
LETTERS = "بتثجحخدذرزسشصضطظعغفقكمنه"
WORD = re.compile(r"[^\W\d_]+")
FIELDS = "text=text,outlet=outlet,published=published,title=title,id=id"
PAGE = 4096


def base() -> list[dict[str, str]]:
    """The articles that all others are made of, in an order that only the seed decides."""
    found = []
    if SHARED.is_dir():
        for path in sorted(SHARED.glob("*.zip")):
            with zipfile.ZipFile(path) as members:
                for name in sorted(members.namelist()):
                    for row in json.loads(members.read(name)):
                        about = row["source"], row["date_extracted"][:10], row["title"], row["content"]
                        found.append(dict(zip(("outlet", "published", "title", "text"), about, strict=True)))
    else:
        for path in sorted(corpus().glob("*.txt")):
            text = path.read_text("utf-8", errors="replace")
            about = {"outlet": path.stem.split("_")[-1], "published": "2019-03-05", "title": text.split("\n")[0]}
            found.append({**about, "text": text})
    found = [row for row in found if row["text"].strip()]
    random.Random(SEED).shuffle(found)
    return found


def articles(size: int) -> Iterator[dict[str, str]]:
    """The corpus of a size; a smaller one is its beginning."""
    rows = base()
    counts = Counter(word for row in rows for word in set(WORD.findall(row["text"])))
    common = {word for word, count in counts.items() if count > max(2, COMMON * len(rows))}
    for number in range(size):
        month, row = divmod(number, len(rows))
        yield {"id": f"{month:03}-{row:05}", **(moved(rows[row], month, common) if month else rows[row])}


def moved(row: dict[str, str], month: int, common: set[str]) -> dict[str, str]:
    """An article as news of another month."""
    others = random.Random(f"{SEED}-{month}").sample(LETTERS, len(LETTERS))
    table = str.maketrans(LETTERS, "".join(others))

    def other(found: re.Match[str]) -> str:
        word = found[0]
        return word if word in common else word.translate(table)

    day = date.fromisoformat(row["published"]) + timedelta(31 * month)
    new = {key: WORD.sub(other, row[key]) for key in ("title", "text")}
    return {**row, **new, "published": day.isoformat()}


def write(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in articles(size):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


# --- one build --------------------------------------------------------------------------------------------------------


def one(path: str, engine: str) -> None:
    """Builds in this process and prints what the build says."""
    options = riwaya.ReadOptions.with_fields(FIELDS)
    with tempfile.TemporaryDirectory() as here:
        case = Path(here) / "case.riwaya"
        if engine == "local":
            built = pipeline.build(case, [path], options=options)
        else:
            from riwaya.engines.spark import Spark

            with closing(Cluster(Path(here))) as cluster, closing(Spark(cluster.master, HERE)) as spark:
                built = pipeline.build(case, [f"file://{path}"], options=options, engine=spark)
        with riwaya.open(case) as opened:
            counts, failed = opened.counts(), [f.message for f in opened.failures()]
        size = case.stat().st_size
    told = {"documents": built.documents, "characters": built.characters, "seconds": built.seconds}
    print(json.dumps({**told, "case": size, "counts": counts, "failures": failed[:20]}))


def measured(path: Path, engine: str) -> dict[str, object]:
    """Builds in a process of its own; with the most memory that it and its children held together."""
    command = [sys.executable, "-m", "bench.growth", "--one", str(path), engine]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    most = [0]
    watch = threading.Thread(target=_watch, args=(child, most), daemon=True)
    watch.start()
    out, _ = child.communicate()
    if child.returncode:
        raise SystemExit(f"the build of {path} on {engine} failed")
    return {**json.loads(out.splitlines()[-1]), "memory": most[0]}


def _watch(child: subprocess.Popen[str], most: list[int]) -> None:
    while child.poll() is None:
        most[0] = max(most[0], resident(child.pid))
        time.sleep(0.5)


def resident(top: int) -> int:
    """Bytes that a process and all below it hold; 0 where there is no /proc."""
    above, held = {}, {}
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if name.isdigit():
            try:
                stat = Path("/proc", name, "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:  # it ended
                continue
            above[int(name)], held[int(name)] = int(stat[1]), int(stat[21]) * PAGE
    total = 0
    for pid in held:
        at = pid
        while at != top and at in above:
            at = above[at]
        total += held[pid] if at == top else 0
    return total


# --- what comes out ---------------------------------------------------------------------------------------------------


def exponent(points: list[tuple[float, float]]) -> float:
    """The slope of a line through points, both in logarithms.

    >>> exponent([(1, 2), (10, 20), (100, 200)])
    1.0
    """
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 2:
        return math.nan
    mean_x, mean_y = (sum(side) / len(logs) for side in zip(*logs, strict=True))
    above = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    return round(above / sum((x - mean_x) ** 2 for x, _ in logs), 2)


def table(engine: str, rows: list[dict]) -> str:
    stages = list(rows[0]["seconds"])
    lines = [f"{engine}: thousand characters a second", ""]
    head = "".join(f"{row['documents']:>12,}" for row in rows)
    lines += [f"{'documents':14}{head}{'exponent':>12}", "-" * (26 + 12 * len(rows))]
    for stage in stages:
        speeds = [row["characters"] / row["seconds"][stage] / 1000 if row["seconds"].get(stage) else 0 for row in rows]
        slope = exponent([(row["documents"], row["seconds"].get(stage, 0)) for row in rows])
        lines.append(f"{stage:14}" + "".join(f"{speed:>12,.0f}" for speed in speeds) + f"{slope:>12}")
    for what, unit in (("memory", 1e6), ("case", 1e6)):
        slope = exponent([(row["documents"], row[what]) for row in rows])
        lines.append(f"{what + ', MB':14}" + "".join(f"{row[what] / unit:>12,.0f}" for row in rows) + f"{slope:>12}")
    failed = [message for row in rows for message in row["failures"]]
    return "\n".join([*lines, *(f"failed: {message}" for message in failed), ""])


def plot(measures: dict[str, list[dict]], path: Path) -> None:
    try:
        import matplotlib
    except ImportError:
        print("no plot: matplotlib is not installed (make bench installs it)")
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 5))
    for (engine, rows), style in zip(measures.items(), ("-o", "--s"), strict=False):
        sizes = [row["documents"] for row in rows]
        for number, stage in enumerate(rows[0]["seconds"]):
            seconds = [row["seconds"].get(stage, math.nan) for row in rows]
            label = stage if style == "-o" else None
            left.plot(sizes, seconds, style, color=pyplot.cm.tab20(number), label=label, markersize=4)
        right.plot(sizes, [row["memory"] / 1e9 for row in rows], style, label=engine)
    for axes, what in ((left, "seconds (stages of one document: summed over processes)"), (right, "peak memory, GB")):
        axes.set(xscale="log", yscale="log", xlabel="documents", ylabel=what)
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path)
    print(f"plot: {path}")


def main() -> int:
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:4])
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--spark", action="store_true", help="on Spark, too, up to 10,000 documents")
    parser.add_argument("--out", type=Path, default=Path("bench-growth"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    measures: dict[str, list[dict]] = {}
    print(f"made of {'the articles of July 2015' if SHARED.is_dir() else 'the example'}", flush=True)
    with tempfile.TemporaryDirectory() as here:
        for engine in ("local", "spark") if args.spark else ("local",):
            rows = measures.setdefault(engine, [])
            for size in sorted(args.sizes):
                path = Path(here) / f"{size}.jsonl"
                if not path.exists():
                    write(path, size)
                rows.append(measured(path, engine))
                print(f"{engine} {size:,}: {json.dumps(rows[-1], ensure_ascii=False)}", flush=True)
            told = table(engine, rows)
            print(f"\n{told}", flush=True)
            (args.out / f"{engine}.txt").write_text(told, encoding="utf-8")
    (args.out / "measures.json").write_text(json.dumps(measures, ensure_ascii=False, indent=1), encoding="utf-8")
    plot(measures, args.out / "growth.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
