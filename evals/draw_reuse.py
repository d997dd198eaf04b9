"""Draws alignments for a reader to judge, the same ones for the same seed, and counts verdicts.

    python -m evals.draw_reuse draw ALIGNMENTS.jsonl --count 150 --seed 7 > sheet.txt
    python -m evals.draw_reuse sheet ALIGNMENTS.jsonl --case CASE --seed 2026 > judge.md
    python -m evals.draw_reuse count evals/judged/reuse.jsonl

`sheet` draws from all outlets alike and shows each passage with the words around it, outlets and dates, for readers who
know nothing of the system; the order of its numbers is that of `index`, which holds places only.
The draw is spread over lengths: a third under 15 words, a third under 40, a third longer; no two of one pair of texts.
A verdict line keeps places and no text: {left, right, reader, reuse, direction}; `reuse` is true when one text, or a
common source, stands behind both; `direction` is true, false, or null where the texts do not let a reader say.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import riwaya

LENGTHS = (15, 40)
LETTERS = 5.6
"""Of a word, with the space behind it."""
AROUND = 300
INSTRUCTIONS = """# Is this reuse?

Each number shows two articles, A and B: outlet, date, title, and between ⟦ ⟧ the passage that both share, with the
words around it. Answer for each, without looking at what other readers say:

1. **reuse** `y` or `n`: does one text, or one common source (an agency, a statement), stand behind both passages? `n`
   where only custom makes them alike: set phrases, titles, a form filled in anew (weather, exchange rates, prayer
   times, results of matches, cables of kings) on another day or about something else.
2. **direction** `y`, `n` or `?`: is what the system says right? "A to B": B took it from A. "common-origin": both
   have it from a third. `?` where the texts do not let you say, and wherever the system says unknown.

Write one JSON line per number: {"number": 1, "reuse": true, "direction": true, "why": "…"}; null for `?`.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["draw", "sheet", "index", "count"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--case", type=Path, help="of a sheet: where the documents are")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.file.open(encoding="utf-8")]
    if args.do == "draw":
        for number, row in enumerate(drawn(rows, args.count, random.Random(args.seed))):
            places = [f"{row[s]['doc']} {row[s]['start']}-{row[s]['end']}" for s in ("left", "right")]
            print(f"#{number} {row['kind']} {row['similarity']} {row['direction']} {row['confidence']}")
            print("   because", "; ".join(r["detail"] for r in row["reasons"]))
            for place, side in zip(places, ("left", "right"), strict=True):
                print(f"  {place}\n    {row[side]['text'][:500]}")
    elif args.do in ("sheet", "index"):
        with riwaya.open(args.case) as case:
            chosen = spread(rows, {card.id: card.outlet or "" for card in case.documents()}, args.count, args.seed)
            print(sheet(chosen, case) if args.do == "sheet" else index(chosen))
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


def spread(rows: list[dict], outlets: dict[str, str], count: int, seed: int) -> list[dict]:
    """`count` alignments, a third from each class of lengths, the pairs of outlets of a class in turn."""
    chance = random.Random(seed)
    classes: list[dict[tuple[str, str], list[dict]]] = [{} for _ in (*LENGTHS, None)]
    for row in sorted(rows, key=lambda r: r["id"]):
        size = (row["left"]["end"] - row["left"]["start"]) / LETTERS
        pair = tuple(sorted(outlets[row[side]["doc"]] for side in ("left", "right")))
        classes[sum(size >= length for length in LENGTHS)].setdefault(pair, []).append(row)
    out, seen = [], set()
    for some in classes:
        queues = [some[pair] for pair in sorted(some)]
        chance.shuffle(queues)
        for queue in queues:
            chance.shuffle(queue)
        fresh: list[dict] = []
        while any(queues) and len(fresh) < count // len(classes):
            for row in [queue.pop() for queue in queues if queue]:
                pair = row["left"]["doc"], row["right"]["doc"]
                if pair not in seen and len(fresh) < count // len(classes):
                    seen.add(pair)
                    fresh.append(row)
        out += fresh
    chance.shuffle(out)
    return out


def sheet(rows: list[dict], case: riwaya.Case) -> str:
    parts = [INSTRUCTIONS]
    for number, row in enumerate(rows, 1):
        said = {"left-to-right": "A to B", "right-to-left": "B to A"}.get(row["direction"], row["direction"])
        parts.append(f"## {number}\n\nsystem: {said}, confidence {row['confidence']:.2f}\n")
        for name, side in (("A", row["left"]), ("B", row["right"])):
            doc, (start, end) = case.document(side["doc"]), (side["start"], side["end"])
            before, after = doc.text[max(0, start - AROUND) : start], doc.text[end : end + AROUND]
            shown = " ".join(f"{before} ⟦{doc.text[start:end]}⟧ {after}".split())
            parts.append(f"**{name}** {doc.outlet}, {doc.published}, «{doc.title or ''}»\n\n> {shown}\n")
    return "\n".join(parts)


def index(rows: list[dict]) -> str:
    """A line per number of the sheet: places, and what the system says."""
    kept = ("left", "right", "direction", "confidence")
    return "\n".join(json.dumps({"number": n, **{key: row[key] for key in kept}}) for n, row in enumerate(rows, 1))


if __name__ == "__main__":
    main()
