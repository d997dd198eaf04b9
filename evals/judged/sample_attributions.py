#!/usr/bin/env python3
"""Draws attributions for readers to judge, the same ones every time, as many from each outlet as can be.

    sample_attributions.py RECORDS... --count 300 --seed 2018 > sample.txt
    sample_attributions.py RECORDS... --verdicts attributions.jsonl

RECORDS are JSON files (or zips of them) with a list of articles: `content`, `source`, `title`, `author`. With
`--verdicts` nothing is drawn: the judgements of the file are counted. A judgement holds places and verdicts only,
never text: which record, where cue, source and content stand, and for each of them whether it is right.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from riwaya.lang.ar import arabic
from riwaya.model import Attribution, Document
from riwaya.settings import Settings
from riwaya.stage import Reading
from riwaya.stages.attributions import attributions
from riwaya.stages.dates import dates
from riwaya.stages.names import names
from riwaya.stages.words import words

JUDGED = ("statement", "carrier", "naming")
PARTS = ("cue", "source", "content")
SHORT = 200
"""Characters; shorter records are headlines and pictures."""


def articles(paths: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every article with a name that finds it again: the file's stem and its number there."""
    for path in sorted(paths):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                blobs = [archive.read(name) for name in sorted(archive.namelist())]
        else:
            blobs = [path.read_bytes()]
        for blob in blobs:
            for number, record in enumerate(json.loads(blob)):
                if len(record.get("content") or "") >= SHORT:
                    yield f"{path.stem}/{number}", record


def drawn(paths: list[Path], count: int, seed: int) -> Iterator[tuple[str, str, Attribution]]:
    """`count` attributions, one from an article, the outlets taking turns."""
    rng = random.Random(seed)
    by_outlet: dict[str, list[tuple[str, str]]] = {}
    for name, record in articles(paths):
        by_outlet.setdefault(record["source"], []).append((name, record["content"]))
    queues = []
    for outlet in sorted(by_outlet):
        rng.shuffle(by_outlet[outlet])
        queues.append(one_each(outlet, by_outlet[outlet], rng))
    turns = (item for turn in zip_longest(*queues) for item in turn if item is not None)
    for _, item in zip(range(count), turns, strict=False):
        yield item


def one_each(outlet: str, texts: list[tuple[str, str]], rng: random.Random) -> Iterator[tuple[str, str, Attribution]]:
    for name, text in texts:
        if found := [a for a in read(text, outlet) if a.function in JUDGED]:
            yield name, text, rng.choice(found)


def read(text: str, outlet: str) -> list[Attribution]:
    """The attributions of a text after the stages before them have run."""
    doc = Document(
        id="text", path="", sha256="", media_type="text/plain", reader="", outlet=outlet, language="ar", text=text
    )
    reading = Reading(doc, arabic, Settings())
    for stage in (words, dates, names):
        reading.add(list(stage(reading)))
    return list(attributions(reading))


def shown(name: str, text: str, found: Attribution) -> str:
    """One attribution with the text around it, for a reader."""
    around = text[max(0, found.start - 300) : found.start], text[found.end : found.end + 150]
    source = found.source.of(text) if found.source else None
    meant = found.resolved_from.of(text) if found.resolved_from else None
    parts = " … ".join(part.of(text) for part in found.parts or (found.content,))
    lines = [
        f"# {name} {found.id} {found.function} {found.manner} [{found.rule}]",
        f"  {around[0]}⟦{text[found.start : found.end]}⟧{around[1]}",
        f"  cue: {found.cue.of(text) if found.cue else None} | source: {source} | meant: {meant} ({found.source_kind})",
        f"  content: {parts}",
    ]
    return "\n".join(" ".join(line.split()) for line in lines)


def count(verdicts: Path) -> None:
    """How many of the judged are right, draw by draw and reader by reader, and how often two readers agree."""
    every = [json.loads(line) for line in verdicts.read_text("utf-8").splitlines()]
    for draw, reader in sorted({(row["draw"], row["by"]) for row in every}):
        rows = [row for row in every if (row["draw"], row["by"]) == (draw, reader)]
        for part in (*PARTS, "all"):
            right = sum(verdict(row, part) for row in rows)
            low, high = interval(right, len(rows))
            print(
                f"draw {draw} {reader:13} {part:8} {right}/{len(rows)} = {right / len(rows):.3f} ({low:.2f}-{high:.2f})"
            )
    agreement(every)


def verdict(row: dict[str, Any], part: str) -> bool:
    return all(row["right"][p] for p in (PARTS if part == "all" else (part,)))


def interval(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson interval of a share."""
    share = right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return middle - half, middle + half


def agreement(every: list[dict[str, Any]]) -> None:
    """On how many of what two readers have judged they agree, and Cohen's kappa."""
    by_place: dict[str, dict[str, dict[str, Any]]] = {}
    for row in every:
        place = json.dumps([row[key] for key in ("draw", "record", "cue", "source", "means", "content")])
        by_place.setdefault(place, {})[row["by"]] = row
    pairs = [tuple(readers.values()) for readers in by_place.values() if len(readers) == 2]
    for part in (*PARTS, "all") if pairs else ():
        marks = [(verdict(one, part), verdict(other, part)) for one, other in pairs]
        same = sum(a == b for a, b in marks) / len(marks)
        first, second = (sum(mark[k] for mark in marks) / len(marks) for k in (0, 1))
        chance = first * second + (1 - first) * (1 - second)
        kappa = (same - chance) / (1 - chance) if chance < 1 else 1.0
        print(f"two readers   {part:8} agree on {same:.3f} of {len(pairs)}, kappa {kappa:.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--verdicts", type=Path)
    args = parser.parse_args()
    if args.verdicts:
        count(args.verdicts)
        return 0
    for item in drawn(args.records, args.count, args.seed):
        print(shown(*item))
    return 0


if __name__ == "__main__":
    sys.exit(main())
