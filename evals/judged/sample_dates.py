#!/usr/bin/env python3
"""Sheets for readers who judge dates and quantities, from sentences drawn blindly, and the count of their verdicts.

    sample_dates.py RECORDS... --seed 2015 --out DIR     sheet.md for the readers, key.jsonl for the count
    sample_dates.py --out DIR --answers FILE --reader A  the shares; with --rows DIR the judgements are kept there
    sample_dates.py --verdicts dates.jsonl               counts what has been kept

RECORDS are JSON files (or zips of them) with a list of articles: `content`, `source`, `date_extracted`. Each sentence
is drawn from another article, whether anything was found in it or not. The sheet holds text and stays outside the
project. What is kept of a judgement are places and verdicts: which record, where the sentence stands, for each item
whether extent and value are right, and how many were missed (`missed`: [start, end], or null where it was not found).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from riwaya.lang.ar import arabic
from riwaya.model import Document, Quantity, Sentence, Timex
from riwaya.settings import Settings
from riwaya.stage import Reading
from riwaya.stages.dates import dates
from riwaya.stages.quantities import quantities
from riwaya.stages.words import words

SHORT = 6
"""Words; shorter sentences are bylines and captions."""
BEFORE, AFTER = 350, 120
"""Letters of the article shown before and behind a sentence: what its times may refer to."""
SETTLED = ("deictic+weekday", "today+date")
"""Rules of «أمس الاثنين»: such words elsewhere in the article show which day «أمس» is."""
LAYERS = {"D": "dates", "Q": "quantities"}
HOW = """
## How to answer

One line for every found item, in a plain text file: its number, then y or n for the extent, then y or n for the value.
One line for every item that was missed: M, the number of the sentence, D or Q, and its words as they stand.

    D12.1 y y
    Q12.2 n y
    M 12 Q ثلاثين جنديا

Only what stands in the sentence is judged; lines that start with > show what stood before it and behind it, and the
heading quotes what the article says elsewhere of the day it was written on. Lines that start with # are ignored.
"""


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


def read(record: dict[str, Any]) -> Reading:
    """An article with its sentences, dates and quantities."""
    document = Document(
        id="text", path="", sha256="", media_type="text/plain", reader="", language="ar", text=record["content"],
        published=record["date_extracted"][:10],
    )  # fmt: skip
    reading = Reading(document, arabic, Settings())
    for stage in (words, dates, quantities):
        reading.add(list(stage(reading)))
    return reading


def drawn(paths: list[Path], count: int, seed: int) -> Iterator[tuple[str, dict[str, Any], Sentence, Reading]]:
    """`count` sentences, each from another article."""
    rng = random.Random(seed)
    every = list(articles(paths))
    rng.shuffle(every)
    left = count
    for name, record in every:
        if not left:
            return
        reading = read(record)
        long = [s for s in reading.of(Sentence) if len(record["content"][s.start : s.end].split()) >= SHORT]
        if long:
            left -= 1
            yield name, record, rng.choice(long), reading


def items(sentence: Sentence, reading: Reading) -> Iterator[tuple[str, Timex | Quantity, str]]:
    """What was found in a sentence: D or Q, the finding, its value as a reader sees it."""
    for timex in reading.of(Timex):
        if sentence.span.contains(timex.span):
            yield "D", timex, f"{timex.type} {timex.value}" + (f" {timex.mod}" if timex.mod else "")
    for found in reading.of(Quantity):
        if sentence.span.contains(found.span):
            low, high = ("open" if end is None else f"{end:,}" for end in (found.low, found.high))
            number = low if low == high else f"{low} to {high}"
            yield "Q", found, f"{number}{' approx' if found.approx else ''} of {found.unit or '(no noun)'}"


def shown(number: int, record: dict[str, Any], sentence: Sentence, reading: Reading) -> str:
    """One sentence with what was found in it, for a reader."""
    text = record["content"]
    before = " ".join(text[max(0, sentence.start - BEFORE) : sentence.start].split())
    behind = " ".join(text[sentence.end : sentence.end + AFTER].split())
    lines = [f"## {number}, published {weekday(record)}{settled(text, sentence, reading)}", ""]
    if before:
        lines.append(f"> … {before}\n")
    lines.append(" ".join(text[sentence.start : sentence.end].split()) + "\n")
    if behind:
        lines.append(f"> {behind} …\n")
    for i, (layer, found, value) in enumerate(items(sentence, reading), 1):
        lines.append(f"- {layer}{number}.{i} «{' '.join(found.span.of(text).split())}» = {value}")
    return "\n".join(lines) + "\n"


def settled(text: str, sentence: Sentence, reading: Reading) -> str:
    """What the article says outside the sentence of the day it was written on: «أمس الاثنين»."""
    said = [
        " ".join(timex.span.of(text).split())
        for timex in reading.of(Timex)
        if any(rule in timex.rule for rule in SETTLED) and not sentence.span.contains(timex.span)
    ]
    quoted = ", ".join(f"«{words}»" for words in list(dict.fromkeys(said))[:3])
    return f"; elsewhere it says {quoted}" if quoted else ""


def weekday(record: dict[str, Any]) -> str:
    day = date.fromisoformat(record["date_extracted"][:10])
    return f"{day:%A} {day}"


def write(out: Path, paths: list[Path], count: int, seed: int) -> None:
    """The sheet and its key."""
    out.mkdir(parents=True, exist_ok=True)
    conventions = Path(__file__).with_name("conventions_dates.md").read_text("utf-8")
    sheet, key = [conventions, HOW], []
    for number, (name, record, sentence, reading) in enumerate(drawn(paths, count, seed)):
        sheet.append(shown(number, record, sentence, reading))
        found = [(f"{k}{number}.{i}", f.start, f.end) for i, (k, f, _) in enumerate(items(sentence, reading), 1)]
        key.append({"draw": seed, "record": name, "start": sentence.start, "end": sentence.end, "found": found,
                    "text": record["content"][sentence.start : sentence.end]})  # fmt: skip
    (out / "sheet.md").write_text("\n".join(sheet), "utf-8")
    (out / "key.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in key), "utf-8")


def judged(key: Path, answers: Path, reader: str) -> dict[str, list[dict[str, Any]]]:
    """A reader's judgements by layer, a row for a sentence; an item without an answer stops everything."""
    verdicts: dict[str, tuple[bool, bool]] = {}
    missed: dict[tuple[str, int], list[str]] = {}
    for line in answers.read_text("utf-8").splitlines():
        match line.split():
            case ["M", number, layer, *rest]:
                missed.setdefault((layer, int(number)), []).append(" ".join(rest))
            case [item, extent, value] if item[0] in LAYERS:
                verdicts[item] = extent == "y", value == "y"
    rows: dict[str, list[dict[str, Any]]] = {layer: [] for layer in LAYERS}
    lines = [json.loads(line) for line in key.read_text("utf-8").splitlines()]
    if unanswered := [item for row in lines for item, *_ in row["found"] if item not in verdicts]:
        sys.exit(f"No answer for {', '.join(unanswered)}")
    for number, row in enumerate(lines):
        for layer in LAYERS:
            found = [
                {"start": start, "end": end, "extent": verdicts[item][0], "value": verdicts[item][1]}
                for item, start, end in row["found"]
                if item[0] == layer
            ]
            places = [place(row, words) for words in missed.get((layer, number), ())]
            rows[layer].append({"draw": row["draw"], "reader": reader, "record": row["record"], "start": row["start"],
                                "end": row["end"], "found": found, "missed": places})  # fmt: skip
    return rows


def place(row: dict[str, Any], words: str) -> list[int] | None:
    """Where missed words stand in the article, if they are quoted as they stand."""
    at = row["text"].find(words)
    return None if at < 0 else [row["start"] + at, row["start"] + at + len(words)]


def count(every: list[dict[str, Any]], layer: str = "") -> None:
    """Precision and misses, draw by draw and reader by reader."""
    for draw, reader in sorted({(row["draw"], row["reader"]) for row in every}):
        rows = [row for row in every if (row["draw"], row["reader"]) == (draw, reader)]
        found = [f for row in rows for f in row["found"]]
        missed = sum(len(row["missed"]) for row in rows)
        right = sum(f["extent"] and f["value"] for f in found)
        print(
            f"{layer}draw {draw}, reader {reader}: {len(rows)} sentences, {len(found)} found, {right} right in extent "
            f"and value = {right / max(1, len(found)):.3f}; {missed} missed, recall "
            f"{right / max(1, missed + len(found)):.3f}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2015)
    parser.add_argument("--out", type=Path, default=Path("sheets-dates"))
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--reader", default="A")
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--verdicts", type=Path)
    args = parser.parse_args()
    if args.verdicts:
        count([json.loads(line) for line in args.verdicts.read_text("utf-8").splitlines()])
    elif args.answers:
        for layer, rows in judged(args.out / "key.jsonl", args.answers, args.reader).items():
            count(rows, f"{LAYERS[layer]}, ")
            if args.rows:
                with (args.rows / f"{LAYERS[layer]}.jsonl").open("a", encoding="utf-8") as kept:
                    kept.writelines(json.dumps(row) + "\n" for row in rows)
    else:
        write(args.out, args.records, args.count, args.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
