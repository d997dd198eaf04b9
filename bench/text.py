"""How fast texts are folded, cut into words and into sentences, on one core.

    python -m bench.text

Reads the 15,042 articles of July 2015 where `../shared` lies beside the project, else as many articles made of
invented words. Beside our own steps stand what the standard library would do for the first two of them: fold with
`str.translate` and cut with a compiled regular expression, both without the way back to the source.
"""

from __future__ import annotations

import json
import random
import re
import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from riwaya.lang.ar import arabic
from riwaya.model import Document
from riwaya.settings import Settings
from riwaya.stage import Reading
from riwaya.stages.words import words
from riwaya.text.shingles import shingles
from riwaya.text.view import View
from riwaya.text.words import Words

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "saudinewsnet-2015-07"
BATCH = 128
"""Texts folded in one sweep, as the engine does."""


def articles() -> list[str]:
    """The texts to measure on."""
    if not CORPUS.is_dir():
        return list(islice(invented(random.Random(2015)), 15_000))
    texts: list[str] = []
    for path in sorted(CORPUS.glob("*.zip")):
        with zipfile.ZipFile(path) as members:
            for name in members.namelist():
                texts += [record["content"] for record in json.loads(members.read(name))]
    return texts


def invented(chance: random.Random) -> Iterator[str]:
    """Articles of about 1,800 letters, with marks, digits and tatweels in about the measure of the press."""
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآئء"
    stock = ["".join(chance.choices(letters, k=chance.randint(2, 8))) for _ in range(20_000)]
    stock += [word[:2] + "ّ" + word[2:] + "ً" for word in stock[:400]] + ["٢٠١٩", "15", "كـان"]
    while True:
        lines = (" ".join(chance.choices(stock, k=chance.randint(15, 60))) + "." for _ in range(7))
        yield "\n".join(line.replace(" ", "، ", 1) for line in lines)


def timed(step: Callable[[], object]) -> float:
    """Seconds of processor time: what other programs do to the machine counts little."""
    started = time.process_time()
    step()
    return time.process_time() - started


def main() -> None:
    texts = articles()
    letters = sum(map(len, texts))
    batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
    print(f"{len(texts):,} articles, {letters:,} characters" + ("" if CORPUS.is_dir() else ", invented"))

    def report(name: str, seconds: float) -> None:
        print(f"{name:44}{seconds:8.2f} s {letters / seconds / 1e6:8.1f} M characters/s")

    table = {source: target for source, target in enumerate(arabic.fold.table.tolist()) if source != target}
    table = {source: None if target > 0x10FFFF else target for source, target in table.items()}
    word = re.compile(r"\w+|[^\w\s]")
    report("standard library: translate", timed(lambda: [text.translate(table) for text in texts]))
    report("standard library: regular expression", timed(lambda: [[*word.finditer(text)] for text in texts]))

    cut: list[Words] = []
    report("fold, with offsets", timed(lambda: [View.many(batch, arabic.fold) for batch in batches]))
    report(
        "fold and words", timed(lambda: [cut.extend(Words.many(View.many(batch, arabic.fold))) for batch in batches])
    )
    report("hashes of words and of runs of five", timed(lambda: [shingles(one.hashes, 5) for one in cut]))
    settings = Settings()
    documents = [
        Document(id=str(i), path="", sha256="", media_type="text/plain", reader="", text=text)
        for i, text in enumerate(texts)
    ]
    found = 0

    def stage() -> None:
        nonlocal found
        for document, its in zip(documents, cut, strict=True):
            found += sum(1 for _ in words(Reading(document, arabic, settings, words=its)))

    report("the stage `words`: sentences, zones, mastheads", timed(stage))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{sum(map(len, cut)):,} words; {found:,} sentences, zones and mastheads; peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
