"""Measures the quality of every layer on gold, and holds it against `floors.json`.

    python -m evals.run                 build, score, compare; fails when a figure falls below its floor
    python -m evals.run --pin           raise the floors to what was reached
    python -m evals.run --pin --lower   also lower them where quality was given up on purpose (say why in the commit)

The gold of the example corpus lies in this repository; two sets of real articles, and the scorer, lie beside it in
`../shared` and are used where they are there. Floors are pinned together with the digest of the gold they were measured
on: when the gold changes, its old floors say nothing and are measured anew.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import riwaya

HERE = Path(__file__).parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "gold" / "score.py"
FLOORS = HERE / "floors.json"
OUT = HERE / "out"
SLACK = 0.0005
"""Figures are pinned to three digits."""

SETS = {
    "example": (ROOT / "examples" / "gold", ROOT / "examples" / "dam"),
    "seeds": (SHARED / "gold" / "seeds", SHARED / "seeds"),
    "kidnapping": (SHARED / "gold" / "kidnapping", SHARED / "gold" / "kidnapping" / "docs.jsonl"),
}
"""Name → its gold, and the documents it speaks of."""

LESS_IS_BETTER = ("invented", "lookalikes reported", "mean error", "unjudged")
UNPINNED = ("unjudged", "claims, mean size")
"""Figures that are shown and not held: more is neither better nor worse."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true", help="write the figures reached as the new floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: let floors sink too")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors of each sort")
    parser.add_argument("sets", nargs="*", choices=[*SETS, []], help="only these sets")
    args = parser.parse_args()
    if not SCORER.is_file():
        print("evals: the scorer is not beside this checkout (../shared/gold/score.py); nothing was measured.")
        return 0
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    fallen: list[str] = []
    for name, (gold, documents) in SETS.items():
        if (args.sets and name not in args.sets) or not (gold.is_dir() and documents.exists()):
            continue
        figures = measure(name, gold, documents, args.errors)
        known = floors.get(name, {})
        if known.get("gold") == digest(gold):
            fallen += [f"{name}: {line}" for line in below(figures, known["figures"])]
            held = merged(figures, known["figures"], args.lower)
        else:
            print(f"{name}: the gold is not the one the floors were measured on; they do not apply.")
            held = figures
        if args.pin:
            floors[name] = {"gold": digest(gold), "figures": held}
    if args.pin:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
        return 0
    for line in fallen:
        print(f"below its floor: {line}")
    return 1 if fallen else 0


def measure(name: str, gold: Path, documents: Path, errors: int) -> dict[str, float]:
    """Builds the case of a set, exports and scores it; prints the table and returns the figures."""
    OUT.mkdir(exist_ok=True)
    case = OUT / f"{name}.riwaya"
    for old in OUT.glob(f"{name}.riwaya*"):
        old.unlink()
    riwaya.build(case, [documents])
    with riwaya.open(case) as opened:
        riwaya.export(opened, OUT / name)
    command = [sys.executable, str(SCORER), "--gold", str(gold), "--pred", str(OUT / name)]
    shown = subprocess.run([*command, "--errors", str(errors)], capture_output=True, text=True, check=True)
    print(f"\n=== {name}\n{shown.stderr}{shown.stdout}", flush=True)
    scored = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    return dict(figures(json.loads(scored.stdout)["rows"]))


def figures(rows: list[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    """One number per row of the table: its F1, or else its value, or its recall."""
    for row in rows:
        number = next((row[key] for key in ("f1", "value", "recall") if row.get(key) is not None), None)
        if number is not None and row["metric"] not in UNPINNED:
            yield f"{row['layer']} · {row['metric']}", round(float(number), 3)


def is_better(metric: str, new: float, old: float) -> bool:
    """Is `new` at least as good as `old`?"""
    if any(word in metric for word in LESS_IS_BETTER):
        return new <= old + SLACK
    return new >= old - SLACK


def below(figures: dict[str, float], floors: dict[str, float]) -> Iterator[str]:
    for metric, floor in floors.items():
        reached = figures.get(metric)
        if reached is None:
            yield f"{metric}: not measured any more, the floor is {floor}"
        elif not is_better(metric, reached, floor):
            yield f"{metric}: {reached}, the floor is {floor}"


def merged(figures: dict[str, float], floors: dict[str, float], lower: bool) -> dict[str, float]:
    """The floors after pinning: what was reached, but never worse than before unless asked."""
    if lower:
        return figures
    return {m: v if m not in floors or is_better(m, v, floors[m]) else floors[m] for m, v in figures.items()}


def digest(gold: Path) -> str:
    """Of every file that the scorer reads."""
    hasher = sha256()
    for path in sorted([*gold.rglob("*.json"), *gold.rglob("*.jsonl")]):
        hasher.update(path.relative_to(gold).as_posix().encode() + b"\0" + path.read_bytes())
    return hasher.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
