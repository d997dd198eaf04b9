"""riwaya and its peers on one generated corpus, in one run: quality, wall time, processor time, memory.

    python bench/reuse/generate.py 10000 /tmp/reuse10 --base ARTICLES.jsonl
    python bench/reuse/run.py /tmp/reuse10 riwaya passim datasketch rensa

Each system runs in a process of its own and writes alignments that `score.py` reads.

- **riwaya**: `riwaya.stages.reuse.find` on two processes, with typed edits and direction.
- **passim** (github.com/dasmiq/passim with pyspark; not the package of that name on PyPI): pairwise alignments with
  `--gap 100`, two cores. It is helped: letters are folded beforehand, and 64 spaces stand before each text, without
  which it loses passages that start a text. Its clustering afterwards is not needed and not counted.
- **datasketch**: MinHash over five-word runs with an LSH index at threshold 0.3: whole documents, no passages.
- **rensa** (MinHash in Rust): the same question, 128 permutations in 64 bands of two, pairs below 0.3 left out.
- **rapidfuzz**: for pairs that share a run of eight words, the best partial alignment of the two texts by letters.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from pathlib import Path

from score import lines, score

PROCESSES = 2
Row = dict


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("systems", nargs="+", choices=SYSTEMS)
    args = parser.parse_args()
    for system in args.systems:
        out = args.corpus / f"{system}.jsonl"
        started = time.perf_counter()
        child = os.fork()  # a process of its own, so that its time and memory are its own
        if not child:
            SYSTEMS[system](args.corpus, out)
            os._exit(0)
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - started
        print(f"\n{system}: {wall:.1f} s wall, {used.ru_utime + used.ru_stime:.1f} s of processor, ", end="")
        print(f"{used.ru_maxrss / 1024:.0f} MB in the largest process", "" if not status else "(failed)")
        if out.exists():
            for name, value in score(args.corpus, lines(out)).items():
                print(f"  {name:24} {value:.4f}" if isinstance(value, float) else f"  {name:24} {value}")


def texts_of(corpus: Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in lines(corpus / "documents.jsonl")}


def side(doc: str, start: int, end: int) -> Row:
    return {"doc": doc, "start": start, "end": end}


def write(out: Path, rows: Iterator[Row]) -> None:
    with out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def with_riwaya(corpus: Path, out: Path) -> None:
    from riwaya.stages.reuse import find

    with Pool(PROCESSES) as pool:
        found = find(texts_of(corpus), parallel=pool.imap)
    places = ((a.left, a.right) for a in found)
    write(out, ({"left": side(p.doc, p.start, p.end), "right": side(q.doc, q.start, q.end)} for p, q in places))


def with_passim(corpus: Path, out: Path) -> None:
    from riwaya.lang.ar import arabic
    from riwaya.text.view import View

    source, result = corpus / "passim-input.jsonl", corpus / "passim-output"
    shutil.rmtree(result, ignore_errors=True)
    views = {id: View(text, arabic.fold) for id, text in texts_of(corpus).items()}
    pad = 64
    with source.open("w", encoding="utf-8") as file:
        for id, view in views.items():
            file.write(json.dumps({"id": id, "series": id, "text": " " * pad + view.text}) + "\n")
    bin = Path(shutil.which("passim") or "passim").parent
    command = [str(bin / "spark-submit"), "--master", f"local[{PROCESSES}]", "--driver-memory", "8G"]
    command += [str(bin.parent / "share" / "submit-seriatim.py"), "--all-pairs", "--pairwise", "--gap", "100"]
    command += ["--fields", "xxhash64(series) as gid", "--filterpairs", "gid < gid2", str(source), str(result)]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def placed(id: str, start: int, end: int) -> Row:
        view = views[id]
        start, end = max(0, start - pad), min(len(view), max(0, end - pad))
        ends = len(view.source) if end == len(view) else int(view.offsets[end])
        return side(id, int(view.offsets[start]) if start < len(view) else ends, ends)

    rows = (row for part in sorted((result / "align.json").glob("part-*")) for row in lines(part))
    write(
        out,
        (
            {"left": placed(r["id"], r["begin"], r["end"]), "right": placed(r["id2"], r["begin2"], r["end2"])}
            for r in rows
        ),
    )


def with_datasketch(corpus: Path, out: Path) -> None:
    from datasketch import MinHash, MinHashLSH

    texts = texts_of(corpus)
    index, sketches = MinHashLSH(threshold=0.3, num_perm=128), {}
    for id, text in texts.items():
        words = text.split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch({" ".join(words[i : i + 5]).encode() for i in range(len(words) - 4)})
        sketches[id] = sketch
        index.insert(id, sketch)
    pairs = {(min(a, b), max(a, b)) for a, sketch in sketches.items() for b in index.query(sketch) if a != b}
    write(
        out,
        ({"left": side(a, 0, len(texts[a])), "right": side(b, 0, len(texts[b]))} for a, b in sorted(pairs)),
    )


def with_rensa(corpus: Path, out: Path) -> None:
    from rensa import RMinHash, RMinHashLSH

    texts = texts_of(corpus)
    index, sketches = RMinHashLSH(threshold=0.3, num_perm=128, num_bands=64), []
    for number, text in enumerate(texts.values()):
        words = text.split()
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update([" ".join(words[i : i + 5]) for i in range(len(words) - 4)])
        sketches.append(sketch)
        index.insert(number, sketch)
    near = {(i, j) for i, sketch in enumerate(sketches) for j in index.query(sketch) if i < j}
    ids = list(texts)
    pairs = sorted((ids[i], ids[j]) for i, j in near if sketches[i].jaccard(sketches[j]) >= 0.3)
    write(out, ({"left": side(a, 0, len(texts[a])), "right": side(b, 0, len(texts[b]))} for a, b in pairs))


def with_rapidfuzz(corpus: Path, out: Path) -> None:
    from rapidfuzz.fuzz import partial_ratio_alignment

    texts = texts_of(corpus)
    having: dict[str, set[str]] = defaultdict(set)
    for id, text in texts.items():
        words = text.split()
        for i in range(len(words) - 7):
            having[" ".join(words[i : i + 8])].add(id)
    pairs = {(a, b) for ids in having.values() if 1 < len(ids) <= 20 for a in ids for b in ids if a < b}

    def rows() -> Iterator[Row]:
        for a, b in sorted(pairs):
            found = partial_ratio_alignment(texts[a], texts[b], score_cutoff=50)
            if found:
                yield {
                    "left": side(a, found.src_start, found.src_end),
                    "right": side(b, found.dest_start, found.dest_end),
                }

    write(out, rows())


SYSTEMS: dict[str, Callable[[Path, Path], None]] = {
    "riwaya": with_riwaya,
    "passim": with_passim,
    "datasketch": with_datasketch,
    "rensa": with_rensa,
    "rapidfuzz": with_rapidfuzz,
}

if __name__ == "__main__":
    main()
