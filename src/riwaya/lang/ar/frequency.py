"""How frequent the common Arabic words are.

From wordfreq 3 by Robyn Speer, CC BY-SA 4.0; the table is made by `scripts/make_frequencies.py`.
"""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files

__all__ = ["UNCOMMON", "frequencies", "zipf"]

UNCOMMON = 2.5
"""For every word that is not among the 40,000 most frequent: the rarest of those has 3.2."""


def zipf(word: str) -> float:
    """The logarithm of how often a word comes in a thousand million; the word as spelled, without vowel marks.

    >>> zipf("في") > zipf("مدينة") > zipf("قارب")
    True
    >>> zipf("يات")
    2.5
    """
    return frequencies().get(word, UNCOMMON)


@cache
def frequencies() -> dict[str, float]:
    """The whole table: word as spelled → Zipf frequency."""
    packed = files("riwaya.lang.ar").joinpath("frequencies.txt.xz").read_bytes()
    table: dict[str, float] = {}
    for line in lzma.decompress(packed).decode("utf-8").splitlines()[1:]:
        score, *words = line.split(" ")
        table.update(dict.fromkeys(words, int(score) / 10))
    return table
