"""How fast dates and quantities are found, beside `dateparser.search` on the same text in the same run.

    python -m bench.dates                        the example corpus, repeated to a million letters
    python -m bench.dates FILE.txt DIR ARCHIVE.zip …
                                                 texts of your own; archives hold JSON lists with a `content`

Both stages run from the bare text on one core: folding, words, dates, quantities. Nothing is remembered from an
earlier text when the clock starts. `dateparser` gets a small share of the same letters, since it is slow.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from riwaya.lang.ar import arabic
from riwaya.stages import dates, quantities
from riwaya.stages.dates import reading
from riwaya.text.view import View
from riwaya.text.words import Words

EXAMPLES = Path(__file__).parents[1] / "examples" / "dam"
LETTERS = 1_000_000
SHARE = 20_000
"""Letters given to dateparser."""


def texts(paths: list[Path]) -> Iterator[str]:
    """The texts in files, folders and archives."""
    for path in paths:
        if path.is_dir():
            yield from texts(sorted(path.rglob("*.txt")) + sorted(path.rglob("*.zip")))
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield from (row["content"] for row in json.loads(archive.read(name)))
        else:
            yield path.read_text("utf-8", errors="replace")


def sample(paths: list[Path]) -> list[str]:
    """Texts of about a million letters together, the same ones over again where there are fewer."""
    chosen: list[str] = []
    given = list(texts(paths))
    while given and sum(map(len, chosen)) < LETTERS:
        for text in given:
            chosen.append(text)
            if sum(map(len, chosen)) >= LETTERS:
                break
    return chosen


def ours(sample: list[str]) -> tuple[int, int]:
    """How many dates and quantities there are."""
    times = amounts = 0
    for text in sample:
        words = Words(View(text, arabic.fold))
        found, _ = dates.analyse(words, arabic, "", "2015-07-25")
        spans = [(phrase.span.start, phrase.span.end) for phrase, _ in found]
        times += len(found)
        amounts += sum(1 for _ in quantities.amounts(words, arabic, spans))
    return times, amounts


def clocked(sample: list[str]) -> float:
    """Processor seconds for all texts, with nothing remembered."""
    reading.forget()
    start = time.process_time()
    ours(sample)
    return time.process_time() - start


def dates_alone(sample: list[str]) -> float:
    """Processor seconds for the dates of all texts, with nothing remembered: what dateparser is asked for."""
    reading.forget()
    start = time.process_time()
    for text in sample:
        dates.analyse(Words(View(text, arabic.fold)), arabic, "", "2015-07-25")
    return time.process_time() - start


def peer(sample: list[str], **hint: list[str]) -> float:
    """Letters a second of `dateparser.search`, as anybody calls it or told the language."""
    from dateparser.search import search_dates

    search_dates("أمس", **hint)
    letters, start = 0, time.process_time()
    for text in sample:
        search_dates(text, **hint)
        letters += len(text)
        if letters >= SHARE:
            break
    return letters / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[EXAMPLES])
    args = parser.parse_args()
    chosen = sample(args.paths)
    letters = sum(map(len, chosen))
    ours(chosen[:3])
    gc.collect()
    gc.freeze()  # what was loaded before the clock starts is not searched for garbage, for either side
    seconds = min(clocked(chosen) for _ in range(3))
    alone = letters / min(dates_alone(chosen) for _ in range(3))
    times, amounts = ours(chosen)
    print(
        f"dates and quantities   {letters / seconds / 1e6:7.3f} million letters a second ({times} and {amounts} found)"
    )
    print(f"dates alone            {alone / 1e6:7.3f}")
    try:
        for name, hint in (("dateparser.search", {}), ("… told it is Arabic", {"languages": ["ar"]})):
            theirs = peer(chosen, **hint)
            print(f"{name:<22} {theirs / 1e6:7.3f}   dates alone are {alone / theirs:.0f} times as fast")
    except ImportError:
        print("dateparser is not installed: pip install dateparser")


if __name__ == "__main__":
    main()
