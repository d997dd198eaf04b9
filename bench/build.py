"""How fast a case is built, from zip files to findings, and how much memory that takes.

    python -m bench.build [PROCESSES]

Builds the 15,042 articles of July 2015 where `../shared` lies beside the project, else three hundred copies of the
example corpus with a number in every sentence. Prints characters a second for taking in (reading, folding, cutting into
words, indexing and storing), for each stage, and for the whole; then the second build, which has nothing to do.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import riwaya
from riwaya.example import corpus
from riwaya.pipeline import Built

SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "saudinewsnet-2015-07"
FIELDS = "text=content,outlet=source,published=date_extracted,title=title,url=url,id=url"
COPIES = 300


def articles(folder: Path) -> Path:
    """What is built."""
    if SHARED.is_dir():
        return SHARED
    texts = [path.read_text("utf-8", errors="replace") for path in sorted(corpus().glob("*.txt"))]
    path = folder / "copies.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for copy in range(COPIES):
            for number, text in enumerate(texts):
                row = {
                    "content": text.replace(".", f" {copy}."),
                    "source": f"outlet {number}",
                    "date_extracted": "2019-03-05 10:00:00",
                    "title": f"{copy}-{number}",
                    "url": f"https://outlet.example/{copy}/{number}",
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def main() -> int:
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else None
    options = riwaya.ReadOptions.with_fields(FIELDS)
    with tempfile.TemporaryDirectory() as folder:
        given = articles(Path(folder))
        case = Path(folder) / "bench.riwaya"
        built = riwaya.build(case, [given], options=options, processes=processes)
        report(built)
        own, workers = (
            resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(f"peak memory: {own:,.0f} MB in the process that writes, {workers:,.0f} MB in the largest worker")
        print(f"case file: {case.stat().st_size / 1e6:,.0f} MB")
        start = time.perf_counter()
        riwaya.build(case, [given], options=options, processes=processes)
        print(f"second build, nothing new: {time.perf_counter() - start:.2f} s")
    return 0


def report(built: Built) -> None:
    print(f"{built.documents:,} documents, {built.characters / 1e6:.1f} million characters, {built.failures} failures")
    for name, seconds in built.seconds.items():
        rate = built.characters / seconds / 1e6 if seconds else 0.0
        where = "on the wall" if name in ("read", "total") else "summed over processes"
        print(f"{name:14} {seconds:8.2f} s {rate:8.2f} M characters/s  ({where})")


if __name__ == "__main__":
    sys.exit(main())
