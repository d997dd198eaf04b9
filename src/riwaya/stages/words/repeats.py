"""Finds short blocks that say again what the same page says elsewhere: captions and pull-quotes.

They add no statement, and above all no origin to a claim.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from riwaya.stages.words.page import Page
from riwaya.text.shingles import shingles

RUN = 3
"""Words in a row that are compared."""
SHARE = 0.6
"""At least this share of a pull-quote's runs stands elsewhere: editors shorten, and change who says it."""
PULL_QUOTE_WORDS = range(6, 50)
MOST = 12
"""A page with more lines set apart is a list or a poem."""
_BULLETS = "*-_0123456789"


def captions(page: Page) -> None:
    """The same short line twice above the text: two pictures, or one shown twice."""
    by_text: dict[str, list[int]] = {}
    for i in page.head():
        if i not in page.taken and page.count(i) >= 3:
            by_text.setdefault(page.blocks[i].text, []).append(i)
    for same in by_text.values():
        if len(same) > 1:
            for i in same:
                page.take(i, "caption", "words/repeated-line")


def pull_quotes(page: Page) -> None:
    """Blocks between empty lines that do not end like a sentence and say again what a paragraph says."""
    candidates = [
        i
        for i in range(page.body + 1, len(page.blocks))
        if page.count(i) in PULL_QUOTE_WORDS
        and i not in page.taken
        and page.blocks[i].text[0] not in _BULLETS
        and page.blocks[i].after_blank
        and (i + 1 == len(page.blocks) or page.blocks[i + 1].after_blank)
        and not page.ended(i)
    ]
    if not 0 < len(candidates) <= MOST:
        return
    runs = shingles(page.words.hashes, RUN)
    for i in candidates:
        quote = _runs(page, runs, i)
        paragraphs = (k for k in range(len(page.blocks)) if k != i and k not in candidates and page.is_prose(k))
        if any(len(quote & _runs(page, runs, k)) >= SHARE * len(quote) for k in paragraphs):
            page.take(i, "pull-quote", "words/repeated-sentence")


def _runs(page: Page, runs: npt.NDArray[np.uint64], i: int) -> set[int]:
    """The runs of words that lie in block `i`."""
    return set(runs[page.edges[0][i] : max(page.edges[0][i], page.edges[1][i] - RUN + 1)].tolist())
