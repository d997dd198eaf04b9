#!/usr/bin/env python3
"""Draws mentions for readers to judge, the same ones every time, as many of each kind.

    sample_mentions.py RECORDS... --count 300 --seed 2015 > sample.txt
    sample_mentions.py --verdicts mentions.jsonl

RECORDS are JSON files (or zips of them) with a list of articles: `content`, `source`. One mention of a kind is drawn
from an article. With `--verdicts` nothing is drawn: the judgements of the file are counted. A judgement holds places
and verdicts only, never text: which record, kind, start, end, whether it is a mention of that kind (`kind`) and
whether its edges are right (`span`).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from riwaya.lang.ar import arabic
from riwaya.model import Document, Mention
from riwaya.settings import Settings
from riwaya.stage import Reading
from riwaya.stages.dates import dates
from riwaya.stages.names import names
from riwaya.stages.words import words

KINDS = ("person", "organisation", "place")
SHORT = 200
"""Characters; shorter records are headlines and pictures."""


def articles(paths: list[Path]) -> Iterator[tuple[str, str, str]]:
    """Every article with a name that finds it again (the file's stem and its number there) and its outlet."""
    for path in sorted(paths):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                blobs = [archive.read(name) for name in sorted(archive.namelist())]
        else:
            blobs = [path.read_bytes()]
        for blob in blobs:
            for number, record in enumerate(json.loads(blob)):
                if len(record.get("content") or "") >= SHORT:
                    yield f"{path.stem}/{number}", record["source"], record["content"]


def draw(paths: list[Path], count: int, seed: int) -> Iterator[tuple[str, str, Mention]]:
    """`count` mentions, a third of each kind, no two of a kind from one article."""
    rng = random.Random(seed)
    pool = list(articles(paths))
    rng.shuffle(pool)
    drawn: dict[str, list[tuple[str, str, Mention]]] = defaultdict(list)
    for name, outlet, text in pool:
        if all(len(drawn[kind]) >= count // len(KINDS) for kind in KINDS):
            break
        found = read(text, outlet)
        for kind in KINDS:
            of_kind = [m for m in found if m.kind == kind]
            if of_kind and len(drawn[kind]) < count // len(KINDS):
                drawn[kind].append((name, text, rng.choice(of_kind)))
    for kind in KINDS:
        yield from drawn[kind]


def read(text: str, outlet: str) -> list[Mention]:
    doc = Document(
        id="text", path="", sha256="", media_type="text/plain", reader="", outlet=outlet, language="ar", text=text
    )
    reading = Reading(doc, arabic, Settings())
    for stage in (words, dates):
        reading.add(list(stage(reading)))
    return [m for m in names(reading) if isinstance(m, Mention)]


def shown(name: str, text: str, m: Mention) -> str:
    before, after = text[max(0, m.start - 60) : m.start], text[m.end : m.end + 40]
    line = f"{name} {m.start}-{m.end} {m.kind} {m.level} [{m.rule}] {before}⟦{text[m.start : m.end]}⟧{after}"
    return " ".join(line.split())


def count(verdicts: Path) -> None:
    """How many of the judged are right, draw by draw, reader by reader and kind by kind."""
    every = [json.loads(line) for line in verdicts.read_text("utf-8").splitlines()]
    for draw, reader in sorted({(row["draw"], row["reader"]) for row in every}):
        for kind in KINDS:
            judged = [r for r in every if (r["draw"], r["reader"], r["as"]) == (draw, reader, kind)]
            for part in ("kind", "span"):
                right = sum(row["kind"] and row[part] for row in judged)
                share = right / len(judged)
                print(f"draw {draw}, reader {reader}: {kind:13} {part:5} {right}/{len(judged)} = {share:.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2015)
    parser.add_argument("--verdicts", type=Path)
    args = parser.parse_args()
    if args.verdicts:
        count(args.verdicts)
        return 0
    for item in draw(args.records, args.count, args.seed):
        print(shown(*item))
    return 0


if __name__ == "__main__":
    sys.exit(main())
