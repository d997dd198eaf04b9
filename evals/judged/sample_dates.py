#!/usr/bin/env python3
"""Draws sentences for readers to judge what was found of dates in them and what was missed, the same ones every time.

    sample_dates.py RECORDS... --count 200 --seed 2015 > sample.txt
    sample_dates.py --verdicts dates.jsonl

RECORDS are JSON files (or zips of them) with a list of articles: `content`, `source`, `date_extracted`. Sentences are
drawn blindly, whether anything was found in them or not. With `--verdicts` nothing is drawn: the judgements of the
file are counted. A judgement holds places and verdicts only, never text: which record, where the sentence stands,
and for each expression whether its extent and value are right; and the places of what was missed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from riwaya.lang.ar import arabic
from riwaya.model import Document, Sentence, Timex
from riwaya.settings import Settings
from riwaya.stage import Reading
from riwaya.stages.dates import dates
from riwaya.stages.words import words

SHORT = 6
"""Words; shorter sentences are bylines and captions."""


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
                if (record.get("content") or "").strip():
                    yield f"{path.stem}/{number}", record


def read(record: dict[str, Any]) -> tuple[tuple[Sentence, ...], tuple[Timex, ...]]:
    """The sentences of an article and its temporal expressions."""
    document = Document(
        id="text", path="", sha256="", media_type="text/plain", reader="", language="ar", text=record["content"],
        published=record["date_extracted"][:10],
    )  # fmt: skip
    reading = Reading(document, arabic, Settings())
    for stage in (words, dates):
        reading.add(list(stage(reading)))
    return reading.of(Sentence), reading.of(Timex)


def drawn(
    paths: list[Path], count: int, seed: int
) -> Iterator[tuple[str, dict[str, Any], Sentence, tuple[Timex, ...]]]:
    """`count` sentences, each from another article."""
    rng = random.Random(seed)
    every = list(articles(paths))
    rng.shuffle(every)
    left = count
    for name, record in every:
        if not left:
            return
        sentences, found = read(record)
        long = [s for s in sentences if len(record["content"][s.start : s.end].split()) >= SHORT]
        if long:
            left -= 1
            sentence = rng.choice(long)
            yield name, record, sentence, tuple(t for t in found if sentence.span.contains(t.span))


def shown(number: int, name: str, record: dict[str, Any], sentence: Sentence, found: tuple[Timex, ...]) -> str:
    """One sentence with what was found in it, for a reader."""
    text, parts, last = record["content"], [], sentence.start
    for timex in found:
        value = timex.value + (f" {timex.mod}" if timex.mod else "")
        parts.append(f"{text[last : timex.start]}⟦{timex.span.of(text)} = {timex.type} {value}⟧")
        last = timex.end
    line = " ".join(("".join(parts) + text[last : sentence.end]).split())
    return (
        f"# {number} {name} {sentence.start}-{sentence.end} {record['date_extracted'][:10]} {record['source']}\n{line}"
    )


def count(verdicts: Path) -> None:
    """Precision and misses, draw by draw and reader by reader."""
    every = [json.loads(line) for line in verdicts.read_text("utf-8").splitlines()]
    for draw, reader in sorted({(row["draw"], row["reader"]) for row in every}):
        rows = [row for row in every if (row["draw"], row["reader"]) == (draw, reader)]
        found = [f for row in rows for f in row["found"]]
        missed = sum(len(row["missed"]) for row in rows)
        right = sum(f["extent"] and f["value"] for f in found)
        print(
            f"draw {draw}, reader {reader}: {len(rows)} sentences, {len(found)} found, {right} right in extent and "
            f"value = {right / len(found):.3f}; {missed} missed, recall {right / (missed + len(found)):.3f}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2015)
    parser.add_argument("--verdicts", type=Path)
    args = parser.parse_args()
    if args.verdicts:
        count(args.verdicts)
        return 0
    for number, item in enumerate(drawn(args.records, args.count, args.seed)):
        print(shown(number, *item))
    return 0


if __name__ == "__main__":
    sys.exit(main())
