"""Scores dates, lengths and numbers on public lists, which lie beside this checkout and are used where they are there.

    python -m evals.dates [--errors] [LIST...]

A list has its own notation, and its own idea of time: it speaks to an assistant («غدا» is never in the past), so the
dates are read as in a diary, from the time that the list gives. Where one answer can be written in several ways (a
length as the interval it spans, an interval with its last day or the day after), any of them counts.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from riwaya import dates, edtf
from riwaya.lang.ar import arabic
from riwaya.lang.ar.numbers import numbers_of
from riwaya.stages.dates.calendar import add
from riwaya.text.view import View
from riwaya.text.words import LETTER, Words

SHARED = Path(__file__).parents[2] / "shared" / "gold"
Row = dict[str, Any]
Answers = Callable[[Row], set[str]]


def longest(found: list[Any]) -> Any | None:
    return max(found, key=lambda piece: piece.end - piece.start, default=None)


def interval(form: str, text: str) -> str | None:
    """An EDTF form as first day and day after the last."""
    first, last = edtf.bounds(form)
    return f"{first}/{last + timedelta(days=1)}" if first and last and first != last and "T" not in text else None


def duckling_time(row: Row) -> set[str]:
    piece = longest(dates.find(row["expression"], row["reference"][:19], diary=True))
    if piece is None:
        return set()
    told = {piece.value}
    if piece.edtf and (piece.type == "DURATION" or piece.mod in ("START", "MID", "END")):
        told = {piece.edtf.rstrip("~")}
    if piece.value.endswith("Z"):
        local = datetime.fromisoformat(piece.value[:-1]) + timedelta(hours=int(row["reference"][19:22]))
        told.add(local.isoformat()[:16])
    return told


DATEPARSER_NOW = datetime(2014, 9, 1, 10, 30)


def dateparser(row: Row) -> set[str]:
    """A length is to be counted back from now."""
    piece = longest(dates.find(row["expression"], DATEPARSER_NOW.isoformat()[:16]))
    if piece is None:
        return set()
    if piece.type != "DURATION":
        return {piece.value}
    moment, clock = DATEPARSER_NOW, ""
    for number, unit in re.findall(r"([\d.]+|T)([YMWDHS]?)", piece.value[1:]):
        if number == "T":
            clock = "T"
            continue
        moment = add(moment, -int(number), clock + unit) or moment
    return {moment.isoformat()[:16], (piece.edtf or "").split("/")[0][:16]}


def recognizers(row: Row) -> set[str]:
    text, day = row["input"], row["reference"][:10]
    at = text.find(row["expression"])
    there = [p for p in dates.find(text, day, diary=True) if p.start < at + len(row["expression"]) and p.end > at]
    piece = longest(there) or longest(dates.find(row["expression"], day, diary=True))
    if piece is None:
        return set()
    told = {piece.value, piece.value.removeprefix("XXXX-")}
    form = (piece.edtf or "").rstrip("~")
    if years := re.fullmatch(r"(\d{4})/(\d{4})", piece.value):
        told.add("/".join(f"{year}-01-01" for year in years.groups()))
    if form and (piece.type == "DURATION" or "/" not in piece.value):
        told |= {form, interval(form, piece.value) or form}
    return told


def length(row: Row) -> set[str]:
    piece = longest(dates.find(row["expression"]))
    return {piece.value} if piece else set()


def one_number(kind: str) -> Answers:
    def answers(row: Row) -> set[str]:
        words = Words(View(row["expression"], arabic.fold))
        found = list(every_number(words, kind))
        whole = [value for first, end, value in found if first == 0 and end == len(words)]
        return {plain(value) for value in whole}

    return answers


def all_numbers(kind: str) -> Answers:
    def answers(row: Row) -> set[str]:
        found = every_number(Words(View(row["input"], arabic.fold)), kind)
        return {plain([value for _, _, value in found])}

    return answers


def every_number(words: Words, kind: str) -> Iterator[tuple[int, int, float]]:
    """The numbers of a text from left to right: first word, end, value."""
    numbers = numbers_of(arabic)
    glued = [False, *(int(words.starts[i]) == int(words.ends[i - 1]) for i in range(1, len(words)))]
    at = 0
    while at < len(words):
        norms = list(words.norms)
        found = numbers.cardinal(norms, at, glued) if kind == "cardinal" else numbers.ordinal(norms, at)
        if found is None and words.kinds[at] == LETTER and norms[at][:1] in "وبلف" and len(norms[at]) > 3:
            norms[at] = norms[at][1:]
            found = numbers.cardinal(norms, at, glued) if kind == "cardinal" else numbers.ordinal(norms, at)
        if found is not None:
            yield at, found.end, found.value
        at = found.end if found is not None else at + 1


def plain(value: Any) -> str:
    """As the scorer writes a value: numbers as numbers, times without empty minutes."""
    from scoring import dates as scorer

    return str(scorer.plain(value))


def supported(spec: str) -> Callable[[Row], bool]:
    return lambda row: row["spec"] == spec and not row["not_supported"]


LISTS: dict[str, tuple[str, Answers, Callable[[Row], bool]]] = {
    "duckling time": ("duckling_time_ar", duckling_time, bool),
    "duckling durations": ("duckling_duration_ar", length, bool),
    "duckling numerals": ("duckling_numeral_ar", one_number("cardinal"), bool),
    "duckling ordinals": ("duckling_ordinal_ar", one_number("ordinal"), bool),
    "dateparser": ("dateparser_ar", dateparser, bool),
    "recognizers dates": ("recognizers_datetime_ar_flat", recognizers, supported("DateParser")),
    "recognizers periods": ("recognizers_datetime_ar_flat", recognizers, supported("DatePeriodParser")),
    "recognizers numbers": ("recognizers_number_ar", all_numbers("cardinal"), supported("NumberModel")),
    "recognizers ordinals": ("recognizers_number_ar", all_numbers("ordinal"), supported("OrdinalModel")),
}
"""Name → the file, how to answer a row, and which rows are asked."""


def scored(name: str) -> tuple[int, int, list[str]]:
    """Right, asked, and the rows that were missed."""
    from scoring import dates as scorer

    file, answers, asked = LISTS[name]
    right = total = 0
    missed: list[str] = []
    with (SHARED / "dates" / f"{file}.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            accepted = scorer.accepted(row) if asked(row) else None
            if accepted is None:
                continue
            total += 1
            told = {plain(answer) for answer in answers(row)}
            if told & {plain(value) for value in accepted}:
                right += 1
            else:
                words = row.get("expression") or row["input"]
                missed.append(f"row {number} «{words}»: {', '.join(sorted(told)) or 'nothing'}, not {accepted[0]}")
    return right, total, missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print each row that was missed")
    parser.add_argument("lists", nargs="*", choices=[*LISTS, []], help="only these lists")
    args = parser.parse_args()
    if not (SHARED / "dates").is_dir():
        print("evals: the lists are not beside this checkout; nothing was measured.")
        return 0
    sys.path.insert(0, str(SHARED))
    for name in args.lists or LISTS:
        right, total, missed = scored(name)
        print(f"{name:<22}{right:>5} of {total:<5}{right / total:.3f}")
        if args.errors:
            print(*(f"    {row}" for row in missed), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
