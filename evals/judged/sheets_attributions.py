#!/usr/bin/env python3
"""Sheets for two readers who judge and mark attributions apart, and the count of what they wrote.

    sheets_attributions.py RECORDS... --out DIR            judge-1.md … judge-3.md, mark-1.md … mark-3.md, key.json
    sheets_attributions.py RECORDS... --out DIR --score     the shares, from verdicts-*.txt and marks-*.txt in DIR

A reader writes `verdicts-N-READER.txt`, a line for an item: its number, then y or n for cue, source and content
(`17 y n y`); and `marks-N-READER.txt`, a line for a statement: `7 | cue | source | first words … last words`.
The sheets hold text and stay outside the project; the rows that --judged writes hold places and verdicts only.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sample_attributions import JUDGED, articles, drawn, interval, read

from riwaya.model import Attribution, Span

SEED = 20_991
ITEMS, ARTICLES, FILES = 300, 60, 3
LONGEST = 3_000
"""Characters of an article that is marked by hand."""
SAME = 0.8
"""Share of the words of both contents that must be common."""

CONVENTIONS = """## What counts

**Statement.** Something that could be quoted is put in somebody's mouth: he says, writes, declares, confirms,
denies, demands, calls for, warns, praises, thanks, expects, fears or thinks it. Somebody may be a person, a body,
an outlet, a crowd («شهود»), an unnamed source («مصادر») or a paper («التقرير», «الدراسة»). All of these are cues:
verbs before or behind their subject, verbs without one («وأضاف»), participles («مؤكدا أن», «مشيرا إلى»), verbal
nouns («قوله إن»), particles («بحسب X», «وفق X», «كما أفاد X»). A negated or future verb («لم يقل إن», «سيعلن»), a
condition («إذا قال») and a deed without words («وجه بصرف», «وافق على») are no statement, nor is a passive without a
speaker («يذكر أن», «من المتوقع»), what the columnist thinks himself, or a name in quotation marks. Verse, scripture
and sayings that a text cites for the reader are none; a speaker of the news who is quoted with a verse in his words
is one.

**Source.** The whole noun phrase that speaks: office, title, name and apposition («المتحدث باسم الهيئة سامي
الحداد», «سامي الحداد، رئيس الهيئة،»), with the complements of the office («مدير السد في الوادي»). Without when,
where and how he said it, to whom, and what he spoke about. A spokesman is the source, not the body he speaks for;
with «نقلت X عن Y» it is Y. Right also: a shorter naming of the right one («الحداد», «المصدر», «سموه»), a
comma-phrase or relative clause about him left out or inside, a name cut short where nobody could take it for
somebody else, «لل…» shown with its «ل». Wrong: somebody else, a missing word that changes who it is, an object,
listener or adverb inside. For an elided subject, read on from the text: right is who is really meant, named as
fully or as shortly as the text does.

**Content.** It begins behind «أن», «إلى أن», «ب», the colon or the mark. With quotation marks it ends at the
closing one (over several paragraphs if the mark does) unless his words plainly go on. Without marks it does not run
past its sentence (a colon without marks: its paragraph), and it ends before
- the next cue, even of the same speaker («، مشيرا إلى», «، وأضاف», «وأوضح أن»);
- a clause of the journalist («، بينما …», «، فيما …», «، يذكر أن», «، علما بأن», «وجاء ذلك خلال …», «، في إشارة
  إلى»).
Between these two rules both of two ends are right where a clause can be read as his or as the journalist's: «، كما
أن», «، وبالتالي», «، مما», «، وهو», «، بعد أن» inside or outside. Behind a verb with a bare noun phrase
(«أكد أهمية العمل», «أشاد بـ», «أعلن عن») the noun phrase with what hangs on it is enough. With «بحسب X» it is the
clause around it. «أن», «و», a comma, a mark, a bracket or a word of address more or less is no fault.

"""
JUDGE = (
    """# Are these attributions right? Sheet {number}

Each item shows a paragraph before and the text with an attribution: [C: the cue] [S: the source, where it stands],
{{the content}}. Under it: cue; source (for an elided subject or a short name: whom the system takes it for); content;
chain. Judge from the text alone, and write one line for an item into `verdicts-{number}-READER.txt`:

    17 y n y        number, then y or n for: cue right? source right? content right? (the chain is not judged)

- cue: is there a statement at all, and does this word report it?
- source: is this who says it, by the rules below?
- content: does it begin and end where the reported words do, by the rules below?

There is no «partly»: y means that a reader who sees only cue, source and content would be told nothing false and would
miss nothing that the rules below put inside. If the cue is wrong, write n n n. Judge each of the three by itself else.

"""
    + CONVENTIONS
)
MARK = (
    """# Every statement in these articles. Sheet {number}

List every statement of every article into `marks-{number}-READER.txt`, one line for each cue («قال مؤكدا أن» has one
content and is one), the words exactly as in the text. What one says that another said is a line of its own; what he
says that another only thinks or expects is not:

    7 | وأضاف | الوزير سامي الحداد | أول ثلاث كلمات … آخر ثلاث كلمات

article number | cue word | who says it (the fullest name in the article) | first words … last words of the content.

"""
    + CONVENTIONS
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--judged", type=Path, help="with --score: add the judgements, places only, to this file")
    args = parser.parse_args()
    if args.score:
        judged(args.out, args.judged)
        marked(args.out, args.records, args.seed)
    else:
        args.out.mkdir(parents=True, exist_ok=True)
        write_items(args.out, args.records, args.seed)
        write_articles(args.out, args.records, args.seed)
    return 0


def write_items(out: Path, records: list[Path], seed: int) -> None:
    """The judging sheets, and the places of their items in `key.json`."""
    items = list(drawn(records, ITEMS, seed))
    key = []
    for number in range(FILES):
        lines = [JUDGE.format(number=number + 1)]
        for k in range(number, len(items), FILES):
            name, text, found = items[k]
            lines.append(item(k + 1, text, found))
            key.append({"number": k + 1, "draw": seed, "record": name, "rule": found.rule, **places(found)})
        (out / f"judge-{number + 1}.md").write_text("\n".join(lines), "utf-8")
    (out / "key.json").write_text(json.dumps(key, ensure_ascii=False), "utf-8")


def places(found: Attribution) -> dict[str, Any]:
    def pair(span: Span | None) -> list[int] | None:
        return [span.start, span.end] if span else None

    return {
        "cue": pair(found.cue),
        "source": pair(found.source),
        "means": pair(found.resolved_from),
        "content": [pair(part) for part in found.parts or (found.content,)],
    }


def item(number: int, text: str, found: Attribution) -> str:
    first = text.rfind("\n", 0, max(0, text.rfind("\n", 0, found.start)))
    start = max(first + 1, found.start - 1_200)
    if found.source is None and found.resolved_from:
        start = max(0, min(start, found.resolved_from.start - 80), found.start - 3_000)
    end = min(len(text), max(found.end + 200, 0))
    signs: list[tuple[int, int, str]] = []
    for sign, span in (("[C:", found.cue), ("[S:", found.source)):
        if span is not None:
            signs += [(span.start, 1, sign), (span.end, 0, "]")]
    for part in found.parts or (found.content,):
        signs += [(part.start, 1, "{"), (part.end, 0, "}")]
    shown = text
    for place, _, sign in sorted(signs, reverse=True):
        shown = shown[:place] + sign + shown[place:] if start <= place <= end else shown
    shown = shown[start : end + sum(len(sign) for _, _, sign in signs)]
    meant = (found.resolved_from or found.source) if found.source is None else found.source
    also = f" (= {found.resolved_from.of(text)})" if found.source and found.resolved_from else ""
    who = f"{meant.of(text)}{also}" if meant else "nobody"
    chain = " > ".join(hop.name for hop in found.chain)
    said = " … ".join(part.of(text) for part in found.parts or (found.content,))
    cue = found.cue.of(text) if found.cue else "-"
    flat = " ".join(said.split())
    return f"## {number}\n\n{shown}\n\n- cue: {cue}\n- source: {who}\n- content: {flat}\n- chain: {chain}\n"


def chosen(records: list[Path], seed: int) -> list[tuple[str, dict[str, Any]]]:
    """The articles to mark: the outlets take turns, none longer than a reader can mark with care."""
    rng = random.Random(seed)
    by_outlet: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for name, record in articles(records):
        if 2 * LONGEST > 2 * len(record["content"]) > 800:
            by_outlet.setdefault(record["source"], []).append((name, record))
    for outlet in sorted(by_outlet):
        rng.shuffle(by_outlet[outlet])
    turns = zip_longest(*(by_outlet[outlet] for outlet in sorted(by_outlet)))
    return [pair for turn in turns for pair in turn if pair is not None][:ARTICLES]


def write_articles(out: Path, records: list[Path], seed: int) -> None:
    picked = chosen(records, seed)
    for number in range(FILES):
        lines = [MARK.format(number=number + 1)]
        for k in range(number, len(picked), FILES):
            name, record = picked[k]
            lines.append(f"## {k + 1} ({name}, {record['source']})\n")
            paragraphs = [p.strip() for p in record["content"].splitlines() if p.strip()]
            lines += [f"{n}. {p}\n" for n, p in enumerate(paragraphs, 1)]
        (out / f"mark-{number + 1}.md").write_text("\n".join(lines), "utf-8")


def judged(out: Path, add_to: Path | None) -> None:
    """The shares of right answers by reader and of both, from the verdict files."""
    key = {row["number"]: row for row in json.loads((out / "key.json").read_text("utf-8"))}
    readers: dict[str, dict[int, tuple[bool, ...]]] = {}
    for path in sorted(out.glob("verdicts-*.txt")):
        reader = path.stem.split("-", 2)[2]
        for line in path.read_text("utf-8").splitlines():
            if match := re.match(r"\s*(\d+)\s+([yn])\s+([yn])\s+([yn])", line):
                verdict = tuple(letter == "y" for letter in match.groups()[1:])
                readers.setdefault(reader, {})[int(match[1])] = verdict
    for reader, verdicts in sorted(readers.items()):
        for part, name in enumerate(("cue", "source", "content", "all")):
            right = sum(all(v) if name == "all" else v[part] for v in verdicts.values())
            low, high = interval(right, len(verdicts))
            share = right / len(verdicts)
            print(f"{reader:10} {name:8} {right}/{len(verdicts)} = {share:.3f} ({low:.2f}-{high:.2f})")
        if add_to:
            with add_to.open("a", encoding="utf-8") as stream:
                for number, v in sorted(verdicts.items()):
                    right_of = dict(zip(("cue", "source", "content"), v, strict=True))
                    row = {k: x for k, x in key[number].items() if k != "number"} | {"right": right_of, "by": reader}
                    stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    if len(readers) == 2:
        one, other = readers.values()
        both = sorted(set(one) & set(other))
        same = sum(all(one[n]) == all(other[n]) for n in both)
        print(f"readers agree on {same}/{len(both)} triples = {same / max(1, len(both)):.3f}")


def marked(out: Path, records: list[Path], seed: int) -> None:
    """How many of the statements that readers marked were found: cue, source, whole."""
    picked = chosen(records, seed)
    found = {k: [a for a in read(r["content"], r["source"]) if a.function in JUDGED] for k, (_, r) in enumerate(picked)}
    by_reader: dict[str, list[tuple[int, str, str, str]]] = {}
    for path in sorted(out.glob("marks-*.txt")):
        by_reader.setdefault(path.stem.split("-", 2)[2], []).extend(lines_of(path))
    for reader, marks in sorted(by_reader.items()):
        scores = [found_again(picked[k - 1][1]["content"], found[k - 1], *rest) for k, *rest in marks]
        scores = [score for score in scores if score is not None]
        print(f"{reader}: {len(marks)} marked, {len(marks) - len(scores)} not located in the text")
        for part, name in enumerate(("cue", "source", "all")):
            right = sum(all(score[: part + 1]) for score in scores)
            low, high = interval(right, max(1, len(scores)))
            print(f"{reader:10} recall {name:8} {right}/{len(scores)} ({low:.2f}-{high:.2f})")


def lines_of(path: Path) -> Iterator[tuple[int, str, str, str]]:
    for line in path.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) >= 4 and cells[0].isdigit():
            yield int(cells[0]), cells[1], cells[2], cells[3]


def found_again(
    text: str, found: list[Attribution], cue: str, source: str, content: str
) -> tuple[bool, bool, bool] | None:
    """Was a marked statement found, with its source, and whole? None where its words do not stand in the text."""
    first, _, last = (part.strip() for part in content.partition("…"))
    starts = [m.start() for m in re.finditer(loose(first), text)]
    cues = [m.start() for m in re.finditer(loose(cue), text)]
    if not starts or not cues:
        return None
    at, begin = min(((c, s) for c in cues for s in starts), key=lambda pair: abs(pair[0] - pair[1]))
    ends = [m.end() for m in re.finditer(loose(last), text[begin:])] if last else []
    end = begin + (ends[0] if ends else len(first))
    near = [a for a in found if a.cue and a.cue.start < at + len(cue) and at < a.cue.end]
    for a in near:
        meant = " ".join(s.of(text) for s in (a.source, a.resolved_from) if s)
        wanted, got = set(words(source)), set(words(meant))
        right = bool(wanted & got) and len(wanted & got) >= 0.5 * min(len(wanted), len(got))
        shared = max(0, min(end, a.content.end) - max(begin, a.content.start))
        whole = shared >= SAME * max(end - begin, a.content.end - a.content.start)
        return True, right, whole
    return False, False, False


def words(text: str) -> list[str]:
    return [w.removeprefix("و").removeprefix("ال") for w in re.findall(r"\w+", text)]


def loose(phrase: str) -> str:
    """A pattern for words with anything but letters between them."""
    return r"\W*".join(map(re.escape, re.findall(r"\w+", phrase))) or r"(?!)"


if __name__ == "__main__":
    sys.exit(main())
