"""Draws alignments for a reader to judge, the same ones for the same seed, and counts verdicts.

    python -m evals.draw_reuse draw ALIGNMENTS.jsonl --count 150 --seed 7 > sheet.txt
    python -m evals.draw_reuse count evals/judged/reuse.jsonl

The draw is spread over lengths: a third under 15 words, a third under 40, a third longer; no two of one pair of texts.
A verdict line keeps places and no text: {left, right, reader, reuse, direction}; `reuse` is true when one text, or a
common source, stands behind both; `direction` is true, false, or null where the texts do not let a reader say.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

LENGTHS = (15, 40)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["draw", "count"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.file.open(encoding="utf-8")]
    if args.do == "draw":
        for number, row in enumerate(drawn(rows, args.count, random.Random(args.seed))):
            places = [f"{row[s]['doc']} {row[s]['start']}-{row[s]['end']}" for s in ("left", "right")]
            print(f"#{number} {row['kind']} {row['similarity']} {row['direction']} {row['confidence']}")
            print("   because", "; ".join(r["detail"] for r in row["reasons"]))
            for place, side in zip(places, ("left", "right"), strict=True):
                print(f"  {place}\n    {row[side]['text'][:500]}")
    else:
        judged = [row["reuse"] for row in rows]
        sure = [row["direction"] for row in rows if row["direction"] is not None]
        print(f"reuse {sum(judged)} of {len(judged)}; direction {sum(sure)} of {len(sure)} that can be judged")


def drawn(rows: list[dict], count: int, chance: random.Random) -> list[dict]:
    """`count` alignments, a third from each class of lengths."""
    classes: list[list[dict]] = [[] for _ in (*LENGTHS, None)]
    for row in sorted(rows, key=lambda r: r["id"]):
        words = len(row["left"]["text"].split())
        classes[sum(words >= length for length in LENGTHS)].append(row)
    out: list[dict] = []
    seen: set[tuple[str, str]] = set()
    for some in classes:
        chance.shuffle(some)
        fresh = []
        for row in some:
            pair = row["left"]["doc"], row["right"]["doc"]
            if pair not in seen and len(fresh) < count // len(classes):
                seen.add(pair)
                fresh.append(row)
        out += fresh
    return out


if __name__ == "__main__":
    main()
