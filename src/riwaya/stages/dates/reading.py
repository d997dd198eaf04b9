"""Reads the phrases of a text: which stretches are times, and what they mean, before anything is resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter, eq

import numpy as np
from msgspec import Struct

from riwaya.lang.lexicon import Lexicon
from riwaya.stages.dates.answer import day_of
from riwaya.stages.dates.chart import Node
from riwaya.stages.dates.lexemes import Vocabulary, nodes, vocabulary
from riwaya.stages.dates.meaning import Duration, Moment, Vague, replace
from riwaya.stages.dates.neighbours import nowadays, parted_bound, plausible
from riwaya.stages.dates.phrase import Phrase, short_rule
from riwaya.stages.dates.rules import GRAMMAR
from riwaya.stages.dates.sift import DECIMAL, NOTHING, Sift
from riwaya.text.words import DIGIT, SIGN, Words

REMEMBERED = 20_000
"""So many parsed stretches are kept: «أمس» is parsed once, not a thousand times."""


class Piece(Struct, frozen=True, gc=False):
    """A phrase inside a parsed stretch, counted from the stretch's first word."""

    start: int
    end: int
    node: Node
    rule: str


_REMEMBERED: dict[tuple[object, ...], tuple[Piece, ...]] = {}


def forget() -> None:
    """Empties what is remembered; answers never depend on it."""
    _REMEMBERED.clear()


def phrases(words: Words, lang: Lexicon, diary: bool = False) -> list[Phrase]:
    """The temporal expressions of a text in order, not yet resolved; in a `diary` also bare day numbers."""
    known = vocabulary(lang)
    norms, size = words.norms, len(words)
    view = words.view.text
    starts, ends, _ = words.lists
    found: list[Phrase] = []
    drawn = drawn_dashes(words) if TATWEEL in words.view.source else []
    sift = Sift(words, known, diary, drawn)
    for first, last in sift:
        hidden = sift.hidden(first, last) if sift.names else NOTHING
        stop = sift.looks[last - 1] in known.stopping and sift.stopped(last)
        dashes = frozenset([i - first for i in drawn if first < i < last]) if drawn else NOTHING
        key = (view[starts[first] : ends[last - 1]], first == 0, last == size, stop, diary, hidden, dashes)
        pieces = _REMEMBERED.get(key)
        if pieces is None:
            pieces = parse(words, sift.looks[first:last], first, last, stop, hidden, known, diary, dashes)
            if len(_REMEMBERED) >= REMEMBERED:
                _REMEMBERED.clear()
            _REMEMBERED[key] = pieces
        for piece in pieces:
            a, b = first + piece.start // 4, first + (piece.end - 1) // 4
            meaning = piece.node.value
            if b == a and nowadays(norms, a, meaning, known):
                meaning = Vague(value="PRESENT_REF")
            if isinstance(meaning, Duration) and meaning.mod is None and (mod := parted_bound(norms, a, known)):
                meaning = replace(meaning, mod=mod)
            phrase = Phrase(words.span(a, b, skip=piece.start % 4), a, b + 1, meaning, piece.node, piece.rule)
            if plausible(phrase, words, known):
                found.append(phrase)
    return found


TATWEEL = "ـ"
HIJRI = "ه"
YEAR_WORDS = ("عام", "سنه")
"""Folded words that count years, and that stand before the number of one."""
YEAR = re.compile(r"(19|20)\d\d")


FREE_TATWEEL = re.compile(r"ـ(?<=\sـ)ـ*")


def drawn_dashes(words: Words) -> list[int]:
    """The words before which letters are drawn out into a dash: «من 4 ــ 6 محرم»."""
    source, found = words.view.source, []
    for drawn in FREE_TATWEEL.finditer(source):
        i = int(np.searchsorted(words.source_starts, drawn.start()))
        if 0 < i < len(words) and not source[words.span(i - 1).end : words.span(i).start].strip().strip(TATWEEL):
            found.append(i)
    return found


def parse(
    words: Words,
    looks: Sequence[str],
    first: int,
    last: int,
    stop: bool,
    hidden: frozenset[int],
    known: Vocabulary,
    diary: bool,
    dashes: frozenset[int],
) -> tuple[Piece, ...]:
    """The phrases of one stretch: the longest readings that do not overlap."""
    norms = words.norms[first:last]
    starts, ends, kinds = words.lists
    glued = [False, *map(eq, starts[first + 1 : last], ends[first : last - 1])]
    kinds = kinds[first:last]
    small = list(nodes(norms, glued, kinds, known, hidden))
    end = 4 * len(norms)
    small += [
        Node("stop", 4 * i, 4 * i, None, "stop")
        for i, kind in enumerate(kinds)
        if kind == SIGN
        and i
        and looks[i - 1] in known.stopping
        and not (norms[i] in DECIMAL and i + 1 < len(norms) and glued[i] and glued[i + 1])
    ]
    small += [Node("dash", 4 * i, 4 * i, False, "sign") for i in dashes]
    if diary:  # «بكرة» may begin where a word begins
        small += [Node("diary", node.start, node.start, None, "diary") for node in small if node.kind == "spoken"]
    if stop:
        small.append(Node("stop", end, end, None, "stop"))
    if first == 0:
        small.append(Node("text-start", 0, 0, None, "start"))
    if last == len(words):
        small.append(Node("text-end", end, end, None, "end"))
    taken: list[Piece] = []
    for reported, _, size, low, _, rule, parts in sorted(GRAMMAR.parse(small)):
        high = low - reported
        if rule.makes not in WHOLE[diary] or any(low < piece.end and piece.start < high for piece in taken):
            continue
        node = rule.made(parts, size)
        if node is not None and not cut(node, norms, glued, kinds) and not contradicted(node):
            taken.append(Piece(low, high, node, short_rule(node)))
    return tuple(sorted([piece for piece in taken if piece.node.value is not True], key=attrgetter("start")))


WHOLE = (("timex",), ("timex", "loose-timex"))
"""What is looked for, and what is in a diary."""


def cut(node: Node, norms: Sequence[str], glued: Sequence[bool], kinds: Sequence[int]) -> bool:
    """Does it end or start inside a date in digits: at the «18/10» of «18/10/1436»?"""
    start, end = node.mark
    first, last = start // 4, (end - 1) // 4
    behind = last + 2 < len(norms) and kinds[last] == kinds[last + 2] == DIGIT and norms[last + 1] == "/"
    ahead = first > 1 and kinds[first] == kinds[first - 2] == DIGIT and norms[first - 1] == "/"
    if last + 1 < len(norms) and norms[last + 1] == HIJRI and glued[last + 1] and kinds[last] == DIGIT:
        return True  # the «ربيع سنة 1247» of «ربيع سنة 1247هـ»
    slashed = first > 1 and norms[first - 1] == "/" and kinds[first] == kinds[first - 2] == DIGIT
    if slashed and len(norms[first - 2]) <= 2 and any(leaf.kind == "ah" for leaf in node.leaves()):
        return True  # the «1436هـ» of «8/ /10 /1436هـ»
    if last > first and norms[last] in YEAR_WORDS and last + 1 < len(norms) and YEAR.fullmatch(norms[last + 1]):
        return True  # the «572 مليون عام» of «572 مليون عام 2014»
    decimals = first > 1 and kinds[first] == DIGIT == kinds[first - 2] and norms[first - 1] == "."
    if decimals and glued[first] and glued[first - 1]:
        return True  # the «07 عام» of «2.07 عام 2014»
    return (behind and last > first and norms[last - 1] == "/") or (
        ahead and first > 3 and norms[first - 3] == "/" and kinds[first - 4] == DIGIT
    )


def contradicted(node: Node) -> bool:
    """Is it «الاثنين يوم 26 فبراير 2016», and that is a Friday? The weekday is of something else."""
    parts = node.children[0].children if node.children else ()
    if len(parts) != 2 or not parts[1].rule.endswith("/day-word+date"):
        return False
    day, date = parts[0].value, parts[1].value
    if not isinstance(day, Moment) or not isinstance(date, Moment) or date.hijri or date.options:
        return False
    known = day_of(date)
    return known is not None and day.weekday is not None and known.isoweekday() != day.weekday


def background(phrase: Phrase, words: Words, known: Vocabulary) -> bool:
    """Does it date a background («منذ 11 يوليو») and not what is told?"""
    return phrase.first > 0 and known.is_particle(words.norms[phrase.first - 1], "since", "until", "before", "after")
