"""Cuts blocks into sentences.

A sentence ends with «.» «؟» «!» or with its block. «؛» ends none: in Arabic it stands before the reason or the
consequence («…؛ لأن», «…؛ بهدف»), and whoever is quoted is quoted across it. A full stop ends none after an initial
(«ب. ي. د»), between digits, before the tail of an address («راية. نت») and inside a quoted name («غازيتا. آر يو»);
two or three in a row are a pause. Quotation marks are counted to tell a closing from an opening one, within a short
distance and for nothing else, so a missing one does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from riwaya.lang.lexicon import Entry, Lexicon
from riwaya.text.view import View


class Neighbour(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word beside which a full stop ends nothing."""

    side: Literal["before", "after", "letter"]


_STOP = re.compile(r"([.!?]+)([\"')\]}]*)")
_WORD = re.compile(r"\w")
_LAST_WORD = re.compile(r"(\d\W*)?\b(\w+)$")
_NUMBER = re.compile(r"\W*\d{1,3}")
_QUOTED_NAME = re.compile(r"(?<!\w)\"\w[^\"\n]{0,24}[.!?] ?[^\"\n]{1,24}\"(?!\w)")
_NAME_REACH = 26
_REACH = 300
"""How far back quotation marks are counted."""


class Splitter:
    """Knows the words of a language beside which a full stop ends nothing.

    >>> from riwaya.lang.ar import arabic
    >>> text = "قال د. سامي إن النسبة 3.5 بالمئة. وأضاف: «لا أعلم.» ثم صمت"
    >>> [text[a:b] for a, b in Splitter(arabic).cut(View(text, arabic.fold), 0, len(text))]
    ['قال د. سامي إن النسبة 3.5 بالمئة.', 'وأضاف: «لا أعلم.»', 'ثم صمت']
    """

    def __init__(self, lang: Lexicon) -> None:
        forms: dict[str, list[str]] = {}
        for entry in lang.table("sentence", Neighbour):
            forms.setdefault(entry.side, []).extend(map(lang.fold, entry.forms))
        self.before = frozenset(forms["before"])
        self.after = re.compile(rf"\s?(?:{'|'.join(map(re.escape, forms['after']))})\b")
        letter = rf"(?:{'|'.join(forms['letter'])})"
        self.letters = (
            re.compile(rf"\b{letter}\.\s?{letter}$"),
            re.compile(rf"\b{letter}$"),
            re.compile(rf"\s?{letter}\b"),
        )
        self.long = 1 + max(len(form) for side in ("before", "letter") for form in forms[side])
        """A word of that many letters is no abbreviation."""

    def cut(self, view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The sentences between two places of the view, without the white space around them."""
        text = view.text
        first = start
        for stop in _STOP.finditer(text, start, end):
            if stop.end() >= end:
                break
            after = self.end_of_sentence(view, first, stop)
            if after is None or _inside_quoted_name(text, stop.start(), after):
                continue
            yield from _trimmed(text, first, after)
            first = after
        yield from _trimmed(text, first, end)

    def end_of_sentence(self, view: View, first: int, stop: re.Match[str]) -> int | None:
        """The place behind the sentence that ends with `stop`; None when it goes on."""
        text, at = view.text, stop.start()
        signs, closers = stop.groups()
        after = stop.end()
        following = text[after]
        if '"' in closers and following.isalnum() and not _quote_is_open(text, first, at):
            closers = closers[: closers.index('"')]  # it opens what follows: «قال."وأضاف»
            after = at + len(signs) + len(closers)
            following = text[after]
        if following in ",:;":
            return None
        if signs[0] != ".":
            glued = not following.isspace() and not closers and not _may_start(following)
            return None if glued or text[at - 1 : at] == "(" else after
        if len(signs) > 1 or view.source[int(view.offsets[at])] == "…":
            return None if set(signs) == {"."} else after
        if following.isspace() or closers:
            return None if self.is_abbreviated(text, first, at, after) else after
        return after if _may_start(following) and not self.is_abbreviated(text, first, at, after) else None

    def is_abbreviated(self, text: str, first: int, at: int, after: int) -> bool:
        """Does the full stop at `at` belong to the word before or after it?"""
        if text[at - self.long : at].isalpha():
            return self.after.match(text, after) is not None
        word = _LAST_WORD.search(text, max(first, at - 20), at)
        if word:
            digit, letters = word.groups()
            if letters.isdigit():
                return _NUMBER.fullmatch(text, first, at) is not None  # «1. …» in a list
            if (len(letters) == 1 and not digit) or letters in self.before or self.is_letter(text, at, after):
                return True
        return self.after.match(text, after) is not None

    def is_letter(self, text: str, at: int, after: int) -> bool:
        """Does the full stop part the names of two Latin letters, or follow such a row: «إن.بي.سي»?"""
        two_before, before, behind = self.letters
        word = text[max(0, at - 16) : at]
        return bool(two_before.search(word) or (before.search(word) and behind.match(text, after)))


def _may_start(letter: str) -> bool:
    """May a sentence start with it where nobody left a space? An Arabic letter or an opening sign may."""
    return letter in "\"'(-" or (letter > "\u0600" and letter.isalpha())


def _quote_is_open(text: str, first: int, at: int) -> bool:
    return text.count('"', max(first, at - _REACH), at) % 2 == 1


def _inside_quoted_name(text: str, at: int, after: int) -> bool:
    opened = text.rfind('"', max(0, at - _NAME_REACH), at)
    return opened >= 0 and (name := _QUOTED_NAME.match(text, opened)) is not None and after < name.end()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without white space around it; nothing when it holds no letter and no digit."""
    if _WORD.search(text, start, end):
        stretch = text[start:end].rstrip()
        yield start + len(stretch) - len(stretch.lstrip()), start + len(stretch)


@lru_cache(maxsize=8)
def splitter_of(lang: Lexicon) -> Splitter:
    return Splitter(lang)
