"""Makes a corpus with known reuse: seeded, the same bytes for the same seed and base.

    python bench/reuse/generate.py 10000 OUT --base ARTICLES.jsonl

`ARTICLES.jsonl` has a `text` per line (any collection of Arabic news will do); without it articles are made of invented
words, with the lengths and word frequencies of news. Two thirds of the corpus are base articles, chosen so that no two
share eight words in a row with each other. Where the collection has too few, further ones are walks through it:
as many sentences of as many words as one of its articles, each word one that follows the word before it somewhere in
the collection, one in six any word. They read as nonsense, have the words and set phrases of the real ones, and
share no eight words in a row with any. Each of the rest is made from a base article by one kind of noise:

    verbatim       the article as it is
    dropped        half of its sentences
    reordered      all its sentences in another order
    words5/15/30   that share of words replaced, dropped, or followed by a new one
    spelling       hamzas, final ya, ta marbuta, digits, tatweel, vowel marks, quotation marks, commas
    embedded       one to three of its sentences inside an article that is not otherwise in the corpus

OUT gets `documents.jsonl` (id, text) and `truth.jsonl` (kind, source, copy, and the spans that answer to each other).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from pathlib import Path

KINDS = ("verbatim", "dropped", "reordered", "words5", "words15", "words30", "spelling", "embedded")
SENTENCE = re.compile(r"[^.!؟\n]*[.!؟\n]+|[^.!؟\n]+$")
LEAST_SENTENCE, LEAST_ARTICLE = 40, 400
ANY_WORD, MOST_WALKS, STOPS = 1 / 6, 3, ".!؟"
Span = tuple[int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    texts = read(args.base) if args.base else [article(chance) for _ in range(args.size)]
    documents, truth = corpus(texts, args.size, chance)
    args.out.mkdir(parents=True, exist_ok=True)
    write(args.out / "documents.jsonl", documents)
    write(args.out / "truth.jsonl", truth)
    print(f"{len(documents)} documents, {sum(len(d['text']) for d in documents):,} characters, {len(truth)} copies")


def read(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def write(path: Path, rows: Sequence[dict]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def corpus(texts: Sequence[str], size: int, chance: random.Random) -> tuple[list[dict], list[dict]]:
    """The documents in a random order, and what was taken from where."""
    copies = size // 3
    needed = size - copies + copies // len(KINDS) + 1
    texts = independent(sorted(set(texts)), chance, needed)
    if len(texts) < needed:
        raise SystemExit(f"Only {len(texts)} of {needed} base articles could be made: give more articles.")
    base, hosts = texts[: size - copies], texts[size - copies : needed]
    hosts = hosts or base
    words = sorted({w for text in texts[:2000] for w in text.split() if len(w) > 2})
    made: list[tuple[str, dict | None]] = [(text, None) for text in base]
    for k in range(copies):
        kind, source = KINDS[k % len(KINDS)], k % len(base)
        text, pieces = copy(kind, base[source], hosts[k // len(KINDS) % len(hosts)], words, chance)
        made.append((text, {"kind": kind, "source": source, "pieces": pieces}))
    order = list(range(len(made)))
    chance.shuffle(order)
    names = {index: f"d{place:06}" for place, index in enumerate(order)}
    documents = [{"id": names[index], "text": made[index][0]} for index in order]
    truth = [
        {**about, "source": names[about["source"]], "copy": names[i]} for i, (_, about) in enumerate(made) if about
    ]
    return documents, truth


def independent(texts: Sequence[str], chance: random.Random, most: int) -> list[str]:
    """Articles long enough, no two of which share eight words in a row; where there are too few, the last are walks."""
    texts = [text for text in texts if len(text) >= LEAST_ARTICLE]
    chance.shuffle(texts)
    seen: set[int] = set()
    kept: list[str] = []
    for text in chain(texts, islice(walks(texts, chance), MOST_WALKS * most)):
        words = re.findall(r"\w+", text)
        runs = {hash8(words[i : i + 8]) for i in range(len(words) - 7)}
        if not runs & seen:
            kept.append(text)
        seen |= runs
        if len(kept) >= most:
            break
    return kept


def walks(texts: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Articles made of what follows what in the given ones, in sentences as long as theirs."""
    following: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for word, after in pairwise(word.strip(STOPS) for word in text.split()):
            if word and after:
                following[word].append(after)
    every = [after for some in following.values() for after in some]
    while every:
        model = chance.choice(texts)
        lines = []
        for start, end in sentences(model):
            line: list[str] = []
            for _ in model[start:end].split():
                after = following.get(line[-1]) if line and chance.random() > ANY_WORD else None
                line.append(chance.choice(after or every))
            lines.append(" ".join(line) + ".")
        yield "\n".join(lines)


def hash8(words: Sequence[str]) -> int:
    return hash(tuple(words))  # used within one run only: nothing of it is written


def sentences(text: str) -> list[Span]:
    return [m.span() for m in SENTENCE.finditer(text) if m.end() - m.start() >= 2]


def copy(kind: str, text: str, host: str, words: Sequence[str], chance: random.Random) -> tuple[str, list[list[int]]]:
    """The noisy copy, and for each sentence [start, end] in the source and [start, end] in the copy."""
    parts = [(text[a:b], (a, b)) for a, b in sentences(text)]
    match kind:
        case "dropped":
            parts = sorted(chance.sample(parts, max(1, len(parts) // 2)), key=lambda p: p[1])
        case "reordered":
            chance.shuffle(parts)
        case "words5" | "words15" | "words30":
            rate = int(kind.removeprefix("words")) / 100
            parts = [(edited(part, rate, words, chance), span) for part, span in parts]
        case "spelling":
            parts = [(misspelled(part, chance), span) for part, span in parts]
        case "embedded":
            able = [p for p in parts if len(p[0]) >= LEAST_SENTENCE] or parts
            count = min(chance.randint(1, 3), len(able))
            first = chance.randint(0, len(able) - count)
            around: list[tuple[str, Span | None]] = [(host[a:b], None) for a, b in sentences(host)]
            at = chance.randint(0, len(around))
            return joined([*around[:at], *able[first : first + count], *around[at:]])
    return joined(parts)


def joined(parts: Sequence[tuple[str, Span | None]]) -> tuple[str, list[list[int]]]:
    text, pieces = "", []
    for part, span in parts:
        if text and not text[-1].isspace():
            text += " "
        if span:
            pieces.append([*span, len(text), len(text) + len(part)])
        text += part
    return text, pieces


def edited(part: str, rate: float, words: Sequence[str], chance: random.Random) -> str:
    def changed(match: re.Match[str]) -> str:
        if chance.random() >= rate:
            return match[0]
        return chance.choice((chance.choice(words), chance.choice(words), "", f"{match[0]} {chance.choice(words)}"))

    return re.sub(r"\w+", changed, part)


SPELLINGS = {
    "أ": "اإ", "إ": "اأ", "آ": "ا", "ى": "ي", "ي": "یى", "ة": "ه", "ك": "ک",
    "«": "\"“", "»": "\"”", "،": ",", "\"": "«”",
    **{str(d): "٠١٢٣٤٥٦٧٨٩"[d] for d in range(10)},
}  # fmt: skip


def misspelled(part: str, chance: random.Random) -> str:
    """Every second letter that has another spelling gets it; marks and tatweel are strewn in."""
    out = []
    for letter in part:
        other = SPELLINGS.get(letter)
        out.append(chance.choice(other) if other and chance.random() < 0.5 else letter)
        if "ب" <= letter <= "ي" and chance.random() < 0.05:
            out.append(chance.choice("ـ\u064e\u064f\u0650\u0651"))
    return "".join(out)


def article(chance: random.Random) -> str:
    """Invented words with the frequencies of a language (Zipf), in sentences of 8 to 40."""

    def word() -> str:
        rank = int(60_000 ** chance.random())
        letters = random.Random(rank)  # the word of a rank is the same everywhere
        return "".join(letters.choice("ابتثجحخدذرزسشصضطظعغفقكلمنهوي") for _ in range(letters.randint(2, 7)))

    def sentence() -> str:
        return " ".join(word() for _ in range(chance.randint(8, 40))) + "."

    return "\n".join(sentence() for _ in range(max(3, int(chance.lognormvariate(2.2, 0.6)))))


def lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as rows:
        yield from map(json.loads, rows)


if __name__ == "__main__":
    main()
