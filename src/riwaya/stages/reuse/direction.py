"""Which of two texts is the older, and why: reasons with weights, read like a price list.

A positive weight speaks for the left text, a negative one for the right; the reasons `same-credit` and `third-credit`
speak for an origin outside of both, whatever their sign. Nothing but an open credit makes a direction confident:
times say which was published first, not which was written from which, and two papers that carry one agency's text
are no copies of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from math import exp
from typing import Literal

from msgspec import Struct

from riwaya.model import Reason
from riwaya.stages.reuse.edits import Change, Marked, Range, merged
from riwaya.stages.reuse.extend import Stretch
from riwaya.stages.reuse.wording import CARRIER, CREDIT, Phrase

Direction = Literal["left-to-right", "right-to-left", "common-origin", "unknown"]

ENDS = 15
"""A credit in so many first or last words of a text is for the whole of it."""
NEAR = 25
"""A credit so many words from a passage is for the passage."""
BESIDE = 3
"""The word of credit stands so many words before the name, at most."""

NAMES_OTHER, SAME_CREDIT, THIRD_CREDIT = 2.5, 2.2, 0.8
SAME_INSIDE, SAME_MORE = 1.6, 0.2
"""Both credit an agency, but only inside what they share; and each further name that both credit."""
DAYS, HOURS = 0.6, 0.3
HEDGE_LOST, ATTRIBUTION_LOST, QUOTED, FULLER = 0.4, 0.3, 0.5, 0.2
MOST_LOST = 0.8
"""Hedges, or attributions, together count no more than this."""
DECIDED = 0.5
"""What the weights must add up to."""
MOST_SURE = 0.75
"""Confidence without an open credit never reaches more."""
OPENING, CLOSING = frozenset('«“"”‟„'), frozenset('»”"“')


class About(Struct, frozen=True, gc=False):
    """What is known of a text beside its words: its outlet, what the tables call it, agencies in its byline, when."""

    outlet: str | None = None
    known_as: str | None = None
    author_credits: tuple[str, ...] = ()
    published: str | None = None
    feeds: frozenset[str] = frozenset()
    """The agencies whose texts its outlet prints."""


class Teller(Struct, frozen=True, gc=False):
    """A text with its marks, its credits, and what is known about it."""

    marked: Marked
    phrases: list[tuple[int, Phrase]]
    about: About


class Verdict(Struct, frozen=True, gc=False):
    direction: Direction
    confidence: float
    reasons: tuple[Reason, ...]
    left_first: bool
    """From which side edits are read: the left when nothing speaks for the right."""
    credited: tuple[str, ...]
    """The agencies that either text credits with what they share."""
    named: bool
    """Does one text name the other's outlet as its source?"""


def judge(left: Teller, right: Teller, passages: Sequence[Stretch], found: Iterable[Change]) -> Verdict:
    """The direction of what two texts share."""
    ours = credits(left, merged((s.left, s.left_end) for s in passages))
    theirs = credits(right, merged((s.right, s.right_end) for s in passages))
    reasons = [
        *_published(left.about, right.about),
        *_named(ours, right.about, -1, "left", "right"),
        *_named(theirs, left.about, 1, "right", "left"),
        *_lost(found),
        *_quoted(left, right, passages),
        *_fuller(left, right, passages),
    ]
    outside = [*_outside(ours, theirs, left.about, right.about)]
    named = any(r.kind == "names-the-other" for r in reasons)
    fed = [] if named else [*_fed(left.about, right.about)]
    total = sum(r.weight for r in reasons)
    away = sum(r.weight for r in outside)
    direction: Direction = "unknown"
    confidence = 0.0
    if away >= DECIDED and not (named and abs(total) > away):
        direction, confidence = "common-origin", 1 - exp(-away)
    elif abs(total) >= DECIDED and not fed:
        direction = "left-to-right" if total > 0 else "right-to-left"
        confidence = 1 - exp(-abs(total))
        confidence = confidence if named else min(confidence, MOST_SURE)
    else:
        confidence = 1 - exp(-min(abs(total), DECIDED))
    agencies = {name for name, credit in (*ours.items(), *theirs.items()) if credit.agency}
    ordered = tuple(sorted((*reasons, *outside, *fed), key=lambda r: (-abs(r.weight), r.kind, r.detail)))
    return Verdict(direction, round(confidence, 3), ordered, total >= 0, tuple(sorted(agencies)), named)


class Credit(Struct, frozen=True, gc=False):
    """An outlet or agency that a text names as where it has its matter from."""

    agency: bool
    inside: bool
    """Only within what is shared."""


def credits(text: Teller, passages: Sequence[Range]) -> dict[str, Credit]:
    """The outlets a text credits near what is shared, or for the whole of it."""
    words, flags = text.marked.text.words, text.marked.flags
    found: dict[str, Credit] = {}
    for at, phrase in text.phrases:
        if phrase.name is None or phrase.name == text.about.known_as:
            continue
        whole = at < ENDS or at >= len(words) - ENDS
        if not (whole or any(a - NEAR <= at < b + NEAR for a, b in passages)):
            continue
        after = at + len(phrase.words)
        beside = flags[max(0, at - (BESIDE if phrase.sure else 1)) : at]
        openly = any(f & CREDIT for f in beside) if phrase.sure else any(f & CARRIER for f in beside)
        bracketed = "(" in text.marked.text.between(at) and ")" in text.marked.text.between(after)
        if openly or (phrase.agency and phrase.sure and (whole or bracketed)):
            inside = any(a <= at < b for a, b in passages)
            known = found.get(phrase.name)
            found[phrase.name] = Credit(phrase.agency, inside and (known is None or known.inside))
    found.update(dict.fromkeys(text.about.author_credits, Credit(True, False)))
    return found


def days_apart(left: About, right: About) -> int:
    """How many days lie between the publication of two texts; 0 where that is not known."""
    one, other = _day(left.published), _day(right.published)
    return abs((one - other).days) if one and other else 0


@lru_cache(maxsize=4096)
def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[: len("2016-05-03")])
    except ValueError:
        return None


def _published(left: About, right: About) -> Iterable[Reason]:
    one, other = left.published, right.published
    if not one or not other:
        return
    size = min(len(one), len(other))
    if size < len("2016-05-03") or one[:size] == other[:size]:
        return
    sign = 1 if one[:size] < other[:size] else -1
    weight = DAYS if one[:10] != other[:10] else HOURS
    first, second = ("left", one) if sign > 0 else ("right", other), ("right", other) if sign > 0 else ("left", one)
    yield Reason(
        kind="published", detail=f"{first[0]} published {first[1]}, {second[0]} {second[1]}", weight=sign * weight
    )


def _fed(left: About, right: About) -> Iterable[Reason]:
    """Two papers that print one agency each edit and print its text when they will: only a credit tells of a copy."""
    if shared := min(left.feeds & right.feeds, default=None):
        yield Reason(kind="same-agencies", detail=f"both outlets print {shared}", weight=0.0)


def _named(credited: dict[str, Credit], other: About, sign: int, side: str, other_side: str) -> Iterable[Reason]:
    if other.known_as and other.known_as in credited:
        detail = f"{side} credits {other.known_as}, the outlet of {other_side}"
        yield Reason(kind="names-the-other", detail=detail, weight=sign * NAMES_OTHER)


def _outside(ours: dict[str, Credit], theirs: dict[str, Credit], left: About, right: About) -> Iterable[Reason]:
    outlets = {left.known_as, right.known_as}
    weights = {}
    for name in ours.keys() & theirs.keys() - outlets:
        inside = ours[name].inside and theirs[name].inside
        weights[name] = SAME_CREDIT if not inside else SAME_INSIDE if ours[name].agency else THIRD_CREDIT
    for place, name in enumerate(sorted(weights, key=lambda n: (-weights[n], n))):
        detail = f"both credit {name}"
        yield Reason(kind="same-credit", detail=detail, weight=SAME_MORE if place else weights[name])
    if not weights:
        for side, credited in (("left", ours), ("right", theirs)):
            for name in sorted(credited.keys() - outlets):
                if not credited[name].inside:
                    yield Reason(kind="third-credit", detail=f"{side} credits {name}", weight=THIRD_CREDIT)


def _lost(found: Iterable[Change]) -> Iterable[Reason]:
    for kind, each in (("hedge", HEDGE_LOST), ("attribution", ATTRIBUTION_LOST)):
        sides = [c.in_left for c in found if c.kind == kind]
        balance = sum(1 if in_left else -1 for in_left in sides)
        if balance:
            side, other = ("left", "right") if balance > 0 else ("right", "left")
            weight = min(MOST_LOST, each * abs(balance)) * (1 if balance > 0 else -1)
            yield Reason(kind=f"{kind}-lost", detail=f"{side} has {abs(balance)} more than {other}", weight=weight)


def _quoted(left: Teller, right: Teller, passages: Sequence[Stretch]) -> Iterable[Reason]:
    balance = 0
    for s in passages:
        one = _in_quotes(left, s.left, s.left_end)
        other = _in_quotes(right, s.right, s.right_end)
        balance += other - one
    if balance:
        side = "right" if balance > 0 else "left"
        weight = QUOTED if balance > 0 else -QUOTED
        yield Reason(kind="quoted", detail=f"{side} puts what is shared in quotation marks", weight=weight)


def _in_quotes(text: Teller, first: int, stop: int) -> bool:
    strand = text.marked.text
    return not OPENING.isdisjoint(strand.between(first)[-2:]) and not CLOSING.isdisjoint(strand.between(stop)[:2])


def _fuller(left: Teller, right: Teller, passages: Sequence[Stretch]) -> Iterable[Reason]:
    """The text that holds nearly nothing else may have been cut from the other, which holds much more."""
    one = sum(s.left_end - s.left for s in passages) / max(1, len(left.marked.text.words))
    other = sum(s.right_end - s.right for s in passages) / max(1, len(right.marked.text.words))
    if max(one, other) >= 0.8 and min(one, other) <= 0.6:
        side, weight = ("left", FULLER) if one < other else ("right", -FULLER)
        yield Reason(kind="fuller", detail=f"{side} holds what is shared and much more", weight=weight)
