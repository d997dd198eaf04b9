"""How fast dates and quantities are found, beside `dateparser.search` on the same text in the same run.

    python -m bench.dates                        the example corpus, repeated to a million letters
    python -m bench.dates FILE.txt DIR ARCHIVE.zip …
                                                 texts of your own; archives hold JSON lists with a `content`

Both stages run from the bare text on one core: folding, words, dates, quantities. «Cold» is with nothing remembered;
«warm» is in the middle of a run, after up to three million letters of other texts. `dateparser` gets every n-th text of
the million, since it is slow; it is called as its documentation says, and also told the language.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from riwaya.lang.ar import arabic
from riwaya.stages import dates, quantities
from riwaya.stages.dates import reading
from riwaya.text.view import View
from riwaya.text.words import Words

EXAMPLES = Path(__file__).parents[1] / "examples" / "dam"
LETTERS, BEFORE, SHARE = 1_000_000, 3_000_000, 100_000
"""Letters that are clocked, read before for the warm figure, and given to dateparser."""


def texts(paths: list[Path]) -> Iterator[str]:
    """The texts in files, folders and archives."""
    for path in paths:
        if path.is_dir():
            yield from texts(sorted([*path.rglob("*.txt"), *path.rglob("*.zip")]))
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield from (row["content"] for row in json.loads(archive.read(name)))
        else:
            yield path.read_text("utf-8", errors="replace")


def up_to(given: list[str], letters: int) -> list[str]:
    """The first texts of so many letters together."""
    chosen: list[str] = []
    total = 0
    for text in given:
        if total >= letters:
            break
        chosen.append(text)
        total += len(text)
    return chosen


def both(sample: list[str]) -> tuple[int, int]:
    """How many dates and quantities there are."""
    times = amounts = 0
    for text in sample:
        words = Words(View(text, arabic.fold))
        found, _ = dates.analyse(words, arabic, "", "2015-07-25")
        spans = [(phrase.span.start, phrase.span.end) for phrase, _ in found]
        times += len(found)
        amounts += sum(1 for _ in quantities.amounts(words, arabic, spans))
    return times, amounts


def alone(sample: list[str]) -> None:
    """The dates of all texts, as a user gets them: what dateparser is asked for."""
    for text in sample:
        dates.find(text, "2015-07-25")


def speed(run: Callable[[list[str]], object], sample: list[str], before: list[str]) -> float:
    """Letters a processor second, the best of three."""
    seconds = []
    for _ in range(3):
        reading.forget()
        alone(before)
        start = time.process_time()
        run(sample)
        seconds.append(time.process_time() - start)
    return sum(map(len, sample)) / min(seconds)


def peer(sample: list[str], **hint: list[str]) -> float:
    """Letters a processor second of `dateparser.search`, the best of three."""
    from dateparser.search import search_dates

    search_dates("أمس", **hint)
    stride = max(1, sum(map(len, sample)) // SHARE)
    chosen = sample[::stride]
    seconds = []
    for _ in range(3):
        start = time.process_time()
        for text in chosen:
            search_dates(text, **hint)
        seconds.append(time.process_time() - start)
    return sum(map(len, chosen)) / min(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[EXAMPLES])
    given = list(texts(parser.parse_args().paths))
    sample = up_to(given, LETTERS)
    while sum(map(len, sample)) < LETTERS:
        sample += given
    before = up_to(given[len(sample) :], BEFORE)
    times, amounts = both(sample)
    gc.collect()
    gc.freeze()  # what was loaded before the clock starts is not searched for garbage, for either side
    print(f"{times} dates and {amounts} quantities; figures are letters a second on one core")
    for name, other in (("cold", []), ("warm", before)) if before else (("cold", []),):
        print(f"dates and quantities, {name}  {speed(both, sample, other):>12,.0f}")
        best = speed(alone, sample, other)
        print(f"dates, {name}                 {best:>12,.0f}")
    try:
        for name, hint in (("dateparser.search", {}), ("… told it is Arabic", {"languages": ["ar"]})):
            theirs = peer(sample, **hint)
            print(f"{name:<27} {theirs:>12,.0f}   dates are found {best / theirs:.0f} times as fast")
    except ImportError:
        print("dateparser is not installed: pip install dateparser")


if __name__ == "__main__":
    main()
