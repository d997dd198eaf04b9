"""Scores alignments against the truth of a generated corpus.

    python bench/reuse/score.py CORPUS ALIGNMENTS.jsonl

An alignment is `{left: {doc, start, end}, right: {doc, start, end}}`. Only letters and digits count.

- recall of a kind: of the letters of its passages, on both sides, the share that alignments of that pair cover
- precision: of the letters that alignments of true pairs cover on both sides, the share that lies in true passages
- pairs: of the pairs with at least one copy in them, the share that is true. Pairs of two base articles are counted
  apart: they may be real reuse, or an error, and only a reader can tell; so are pairs of their copies that follow
  from them, when the article that one was made from is itself said to share text with the other, or its source.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

Intervals = list[tuple[int, int]]


def score(corpus: Path, alignments: Iterable[dict]) -> dict[str, float]:
    texts = {row["id"]: row["text"] for row in lines(corpus / "documents.jsonl")}
    truth = list(lines(corpus / "truth.jsonl"))
    sums = {doc: [0, *accumulate(map(str.isalnum, text))] for doc, text in texts.items()}
    found: dict[tuple[str, str], Intervals] = defaultdict(list)
    for a in alignments:
        for one, other in ((a["left"], a["right"]), (a["right"], a["left"])):
            found[one["doc"], other["doc"]].append((one["start"], one["end"]))

    def letters(doc: str, parts: Intervals) -> int:
        return sum(sums[doc][b] - sums[doc][a] for a, b in parts)

    wanted_of, got_of, said = defaultdict(int), defaultdict(int), 0
    for t in truth:
        for doc, other, at in ((t["source"], t["copy"], 0), (t["copy"], t["source"], 2)):
            true = union((p[at], p[at + 1]) for p in t["pieces"])
            claimed = union(found.get((doc, other), []))
            wanted_of[t["kind"]] += letters(doc, true)
            got_of[t["kind"]] += letters(doc, common(true, claimed))
            said += letters(doc, claimed)
    pairs = {tuple(sorted(pair)) for pair in found}
    true_pairs = {tuple(sorted((t["source"], t["copy"]))) for t in truth}
    copies = {t["copy"] for t in truth}
    source = {t["copy"]: t["source"] for t in truth}
    base = {pair for pair in pairs if not copies.intersection(pair)}

    def follows(pair: tuple[str, str]) -> bool:
        return tuple(sorted(source.get(doc, doc) for doc in pair)) in base

    judged = {pair for pair in pairs - base if pair in true_pairs or not follows(pair)}
    result = {f"recall {kind}": got_of[kind] / wanted for kind, wanted in sorted(wanted_of.items())}
    result["recall"] = sum(got_of.values()) / sum(wanted_of.values())
    result["precision"] = sum(got_of.values()) / said if said else 0.0
    result["pair recall"] = len(judged & true_pairs) / len(true_pairs)
    result["pair precision"] = len(judged & true_pairs) / len(judged) if judged else 0.0
    result["pairs of base articles"] = len(base)
    result["pairs that follow"] = len(pairs - base - judged)
    return result


def union(parts: Iterable[tuple[int, int]]) -> Intervals:
    out: Intervals = []
    for a, b in sorted(parts):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        elif a < b:
            out.append((a, b))
    return out


def common(one: Intervals, other: Intervals) -> Intervals:
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d)]


def lines(path: Path) -> Iterable[dict]:
    with path.open(encoding="utf-8") as rows:
        yield from map(json.loads, rows)


if __name__ == "__main__":
    for name, value in score(Path(sys.argv[1]), lines(Path(sys.argv[2]))).items():
        print(f"{name:24} {value:.4f}" if isinstance(value, float) else f"{name:24} {value}")
