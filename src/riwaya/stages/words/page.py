"""A page as the finders of zones see it: its blocks, with their words at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from msgspec import Struct

from riwaya.model import Document
from riwaya.stages.words.layout import Block, blocks
from riwaya.text.words import DIGIT, SIGN, Words

Kind = Literal["title", "byline", "dateline", "boilerplate", "teaser", "caption", "pull-quote", "credit"]

SHORT = 220
"""Page furniture is short: the words of blocks of more letters are not looked at, their ends excepted."""
PROSE_WORDS, LONG_WORDS = 8, 25
HEAD_BLOCKS = 8
_ENDED = re.compile(r"[.!?](?:[\"')\]}]|\s)*$")


class Found(Struct, frozen=True, order=True):
    """A zone by its places in the view."""

    start: int
    end: int
    kind: Kind
    rule: str


class Said(Struct, frozen=True):
    """A field of the document that the text fills, by its place in the view."""

    field: Literal["outlet", "title", "author"]
    start: int
    end: int
    rule: str


class Line(Struct, frozen=True):
    """Words of a block in a row, signs among them, with their places in the view."""

    tokens: list[str]
    kinds: list[int]
    starts: list[int]
    ends: list[int]

    @property
    def plain(self) -> list[int]:
        """Which of the tokens are words and numbers."""
        return [i for i, kind in enumerate(self.kinds) if kind != SIGN]

    def words(self) -> list[str]:
        return [token for token, kind in zip(self.tokens, self.kinds, strict=True) if kind != SIGN]

    def numbers(self) -> list[str]:
        return [token for token, kind in zip(self.tokens, self.kinds, strict=True) if kind == DIGIT]


class Page:
    """The blocks of a document in order, and what was found of them so far.

    Each finder adds to `zones`; a block that one has taken as a whole is `taken` and no business of the next.
    """

    def __init__(self, words: Words, doc: Document) -> None:
        self.words, self.view, self.doc = words, words.view, doc
        self.blocks: list[Block] = blocks(words.view)
        self.zones: list[Found] = []
        self.said: list[Said] = []
        self.taken: set[int] = set()
        self._lines: dict[int, Line] = {}

    @cached_property
    def edges(self) -> tuple[list[int], list[int]]:
        """The first word of each block, and the one after its last."""
        starts = self.words.starts
        return (
            starts.searchsorted([block.start for block in self.blocks]).tolist(),
            starts.searchsorted([block.end for block in self.blocks]).tolist(),
        )

    def count(self, i: int) -> int:
        """How many words and signs block `i` has."""
        return self.edges[1][i] - self.edges[0][i]

    def line(self, i: int) -> Line:
        """The words of block `i`, which should be short."""
        if i not in self._lines:
            self._lines[i] = self.row(self.edges[0][i], self.edges[1][i])
        return self._lines[i]

    def row(self, first: int, stop: int) -> Line:
        """The words from `first` up to `stop`."""
        words, text = self.words, self.view.text
        starts, ends = words.starts[first:stop].tolist(), words.ends[first:stop].tolist()
        tokens = [text[a:b] for a, b in zip(starts, ends, strict=True)]
        return Line(tokens, words.kinds[first:stop].tolist(), starts, ends)

    def short(self) -> Iterator[int]:
        """The short blocks that nobody has taken."""
        return (i for i, block in enumerate(self.blocks) if len(block.text) <= SHORT and i not in self.taken)

    def split(self, i: int, place: int) -> None:
        """Cuts block `i` in two where one thing ran into another."""
        block, text = self.blocks[i], self.view.text
        front = Block(block.start, place, text[block.start : place].rstrip(), block.after_blank)
        rest = text[place : block.end].lstrip()
        self.blocks[i : i + 1] = [front, Block(block.end - len(rest), block.end, rest, False)]
        for cached in ("edges", "body"):
            self.__dict__.pop(cached, None)
        self._lines.clear()

    def take(self, i: int, kind: Kind, rule: str) -> None:
        """Block `i` as a whole is a zone."""
        self.zones.append(Found(self.blocks[i].start, self.blocks[i].end, kind, rule))
        self.taken.add(i)

    def part(self, start: int, end: int, kind: Kind, rule: str) -> None:
        """A stretch of a block is a zone."""
        if start < end:
            self.zones.append(Found(start, end, kind, rule))

    def ended(self, i: int) -> bool:
        """Does block `i` end like a sentence?"""
        return _ENDED.search(self.blocks[i].text[-12:]) is not None and not self.cut_short(i)

    def cut_short(self, i: int) -> bool:
        """Does block `i` end in an ellipsis, as the first lines of another article do?"""
        end = self.blocks[i].text.rstrip("])( ")
        return end.endswith("..") or self.source_at(self.blocks[i].start + len(end) - 1) == "…"

    def source_at(self, place: int) -> str:
        return self.view.source[int(self.view.offsets[place])]

    def is_prose(self, i: int) -> bool:
        """Is block `i` a paragraph? It has several words and a full stop (titles may ask), or is long."""
        words = self.count(i)
        return words >= LONG_WORDS or (words >= PROSE_WORDS and self.ended(i) and "." in self.blocks[i].text[-4:])

    @cached_property
    def body(self) -> int:
        """The first block of prose; the number of blocks when there is none."""
        return next((i for i in range(len(self.blocks)) if self.is_prose(i)), len(self.blocks))

    def head(self) -> range:
        """The few blocks before the prose."""
        return range(min(self.body, HEAD_BLOCKS)) if self.body < len(self.blocks) else range(0)
