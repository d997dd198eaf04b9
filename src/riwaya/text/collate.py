"""Two texts laid side by side, word by word.

A text becomes a `str` whose characters are its words, hashed into the space of Unicode code points: two words are
equal where their folded letters are, and the alignment of two texts is the alignment of two strings, in C.
Two unlike words meet on one character with a chance of about one in a million.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from rapidfuzz.distance import LCSseq

from riwaya.text.span import Span
from riwaya.text.words import SIGN, Words

Run = tuple[int, int, int]
"""Equal words: the first one left, the first one right, how many."""

_SURROGATES, _SURROGATE_COUNT = 0xD800, 0x800
_CHARACTERS = np.uint64(0x110000 - _SURROGATE_COUNT)
CLITIC = 3
"""A word that differs in no more letters than this at one end is marked there only."""


def characters(hashes: npt.NDArray[np.uint64]) -> str:
    """One character per word.

    >>> one, other = characters(np.array([7, 8, 7], dtype=np.uint64)), characters(np.array([8], dtype=np.uint64))
    >>> one[0] == one[2], one.index(other)
    (True, 1)
    """
    codes = (hashes % _CHARACTERS).astype("<u4")
    codes[codes >= _SURROGATES] += np.uint32(_SURROGATE_COUNT)
    return codes.tobytes().decode("utf-32-le")


def equal_runs(left: str, right: str) -> list[Run]:
    """The runs of a longest common subsequence of two strings of words, in order.

    >>> equal_runs("abxcd", "abycd")
    [(0, 0, 2), (3, 3, 2)]
    """
    found = LCSseq.editops(left, right).as_matching_blocks()
    return [(run.a, run.b, run.size) for run in found if run.size]


class Op(Struct, frozen=True):
    """One step from the left text to the right: the same words, others instead, or words of one side only."""

    kind: Literal["equal", "replaced", "omitted", "inserted"]
    left: Span | None
    right: Span | None


def collate(left: Words, right: Words, left_span: Span | None = None, right_span: Span | None = None) -> list[Op]:
    """What became of each word, in order; of words that differ only at one end, only that end is marked.

    >>> from riwaya.text.view import Fold, View
    >>> one, other = "وقال الوزير أمس نعم", "قال الوزير نعم"
    >>> fold = Fold({"أ": "ا"})
    >>> for op in collate(Words(View(one, fold)), Words(View(other, fold))):
    ...     print(op.kind, *(span.of(text) for span, text in ((op.left, one), (op.right, other)) if span))
    omitted و
    equal قال الوزير قال الوزير
    omitted أمس
    equal نعم نعم

    The spans lie in the sources. Signs are passed over: what stands between two equal words belongs to the step.
    `left_span` and `right_span` are the parts compared, all by default.
    """
    ours, theirs = _wording(left, left_span), _wording(right, right_span)
    runs = equal_runs(_string(left, ours), _string(right, theirs))
    ops: list[Op] = []
    a = b = 0
    for i, j, size in [*runs, (len(ours), len(theirs), 0)]:
        ops += _unequal(left, ours[a:i], right, theirs[b:j])
        if size:
            ops.append(Op("equal", left.span(ours[i], ours[i + size - 1]), right.span(theirs[j], theirs[j + size - 1])))
        a, b = i + size, j + size
    return _joined(ops)


def _wording(words: Words, span: Span | None) -> list[int]:
    """The words of a part that are not signs."""
    within = range(len(words)) if span is None else words.within(span)
    return [i for i in within if words.kinds[i] != SIGN]


def _string(words: Words, chosen: list[int]) -> str:
    return characters(words.hashes[chosen]) if chosen else ""


def _unequal(left: Words, ours: list[int], right: Words, theirs: list[int]) -> Iterator[Op]:
    """Words without a fellow: pair by pair where there are as many on both sides, else as one step."""
    if not ours and not theirs:
        return
    if len(ours) == len(theirs):
        for i, j in zip(ours, theirs, strict=True):
            yield from _word(left, i, right, j)
    elif not theirs:
        yield Op("omitted", left.span(ours[0], ours[-1]), None)
    elif not ours:
        yield Op("inserted", None, right.span(theirs[0], theirs[-1]))
    else:
        yield Op("replaced", left.span(ours[0], ours[-1]), right.span(theirs[0], theirs[-1]))


def _word(left: Words, i: int, right: Words, j: int) -> Iterator[Op]:
    """Two words that are not equal; a clitic that only one of them has is all that is marked."""
    one, other = left.norms[i], right.norms[j]
    a, b = left.span(i), right.span(j)
    tail, head = _alike(one[::-1], other[::-1]), _alike(one, other)
    for same, at_end in ((tail, True), (head, False)):
        extra = len(one) + len(other) - 2 * same
        if same < 2 or extra > CLITIC or min(len(one), len(other)) != same:
            continue  # only a clitic that was added or dropped is cut off
        view = left.view if len(one) > len(other) else right.view
        words, k = (left, i) if len(one) > len(other) else (right, j)
        if at_end:
            cut = int(view.offsets[words.starts[k] + extra])
            part, rest = Span(words.span(k).start, cut), Span(cut, words.span(k).end)
        else:
            cut = int(view.offsets[words.ends[k] - extra])
            rest, part = Span(words.span(k).start, cut), Span(cut, words.span(k).end)
        mark = Op("omitted", part, None) if words is left else Op("inserted", None, part)
        equal = Op("equal", rest, b) if words is left else Op("equal", a, rest)
        yield from (mark, equal) if at_end else (equal, mark)
        return
    yield Op("replaced", a, b)


def _alike(one: str, other: str) -> int:
    """How many letters two words begin alike."""
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _joined(ops: list[Op]) -> list[Op]:
    """Neighbouring steps of one kind as one."""
    done: list[Op] = []
    for op in ops:
        if done and done[-1].kind == op.kind:
            last = done[-1]
            done[-1] = Op(op.kind, _hull(last.left, op.left), _hull(last.right, op.right))
        else:
            done.append(op)
    return done


def _hull(one: Span | None, other: Span | None) -> Span | None:
    return one.hull(other) if one and other else one or other
