"""Finds short blocks that say again what the same page says elsewhere: captions and pull-quotes.

They add no statement, and above all no origin to a claim.
"""

from __future__ import annotations

import numpy as np

from riwaya.stages.words.page import Page
from riwaya.text.shingles import shingles

RUN = 3
"""Words in a row that are compared."""
SHARE = 0.6
"""At least this share of a pull-quote's runs stands elsewhere: editors shorten, and change who says it."""
PULL_QUOTE_WORDS = range(6, 50)


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
    """Blocks set apart that do not end like a sentence and repeat one of the document."""
    candidates = [
        i
        for i in range(page.body + 1, len(page.blocks))
        if page.count(i) in PULL_QUOTE_WORDS and i not in page.taken and not page.ended(i)
    ]
    if not candidates:
        return
    runs = shingles(page.words.hashes, RUN)
    for i in candidates:
        first, stop = page.edges[0][i], page.edges[1][i] - RUN + 1
        others = np.concatenate([runs[:first], runs[stop + RUN - 1 :]])
        if np.isin(runs[first:stop], others).mean() >= SHARE:
            page.take(i, "pull-quote", "words/repeated-sentence")
