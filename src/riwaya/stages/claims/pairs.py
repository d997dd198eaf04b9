"""How alike two statements are, as a price list: features, what each counts, and the reason in words."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from riwaya.lang.lexicon import Lexicon
from riwaya.model import Reason
from riwaya.stages.claims.statements import AGAIN, Days, Number, Statement

FEATURES = (
    "bias", "overlap", "contained", "passage", "predicate", "other_predicate", "number", "event", "who", "speaker",
    "polarity", "again",
)  # fmt: skip
"""Every feature lies between 0 and 1; `bias` is always 1."""

WORDS = {
    "overlap": "shared words, rare ones more",
    "contained": "the shorter is contained in the longer",
    "passage": "the same place of one copied passage",
    "predicate": "the same predicate",
    "other_predicate": "different predicates",
    "number": "the same number",
    "event": "the same predicate of the same day and place or people: one happening",
    "who": "the same people, bodies and places",
    "speaker": "the same speaker",
    "polarity": "one affirms what the other denies",
    "again": "for one it happened again",
}


class Node(Struct, frozen=True, kw_only=True):
    """Statements of one wording and one date, compared once: a copy adds a member and never a node."""

    members: tuple[int, ...]
    shown: Statement
    speakers: frozenset[str]
    tokens: tuple[str, ...]
    """Without repetition; sets of them would take more room than all the rest."""
    predicates: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    """Its predicates, those that tell one happening from two sides under one name."""
    named: frozenset[str] = frozenset()
    """Its people, bodies and places."""


class Scale:
    """How rare each token is among the nodes."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        counts: dict[str, int] = {}
        for node in nodes:
            for token in node.tokens:
                counts[token] = counts.get(token, 0) + 1
        top = math.log(len(nodes) + 1)
        self.totals: dict[int, float] = {}
        self.last: tuple[Node | None, frozenset[str]] = None, frozenset()
        self.idf = {token: (top - math.log(count)) / top if top else 1.0 for token, count in counts.items()}

    def total(self, node: Node) -> float:
        """The weight of all that a node says, counted once."""
        number = node.members[0]
        if number not in self.totals:
            self.totals[number] = self.weigh(node.tokens)
        return self.totals[number]

    def shared(self, a: Node, b: Node) -> float:
        """The weight of what two nodes both say; quick where pairs come in order of their first node."""
        if self.last[0] is not a:
            self.last = a, frozenset(a.tokens)
        return self.weigh(self.last[1].intersection(b.tokens))

    def weigh(self, tokens: Iterable[str]) -> float:
        return math.fsum(map(self.idf.__getitem__, tokens))  # exact, whatever the order of the set


@lru_cache(maxsize=4)
def weights(lang: Lexicon) -> Mapping[str, float]:
    """The fitted weights and the threshold, from `claim-weights.toml`."""
    table = tomllib.loads(lang.folder.joinpath("claim-weights.toml").read_text("utf-8"))
    return {name: float(weight) for name, weight in table["weights"].items()}


def apart(a: Statement, b: Statement) -> str | None:
    """Why two statements cannot be one proposition: other numbers, other days; None when they can."""
    if a.numbers and b.numbers and other_numbers(a.numbers, b.numbers):
        return "other numbers"
    if a.days and b.days and not any(touch(x, y) for x in a.days for y in b.days):
        return "other days"
    days_a, days_b = a.days or a.context_days, b.days or b.context_days
    if days_a and days_b and set(a.predicates) & set(b.predicates) and gap(days_a, days_b) > FAR:
        return "days far apart"
    return None


FAR = 60
"""Days beyond which two happenings of a kind are two, even where a date is only that of the sentence."""


def gap(a: Sequence[Days], b: Sequence[Days]) -> int:
    """The days between the nearest two of two sets of intervals."""
    return min(max(0, y[0] - x[1], x[0] - y[1]) for x in a for y in b)


def other_numbers(a: Sequence[Number], b: Sequence[Number]) -> bool:
    """Is there nothing that both count alike, or something that both count and count differently?"""
    if not any(same_number(x, y) for x in a for y in b):
        return True
    units = {x.unit for x in a} & {y.unit for y in b} - {None}
    return any(
        not any(same_number(x, y) for x in a for y in b if x.unit == y.unit == unit) for unit in sorted(units, key=str)
    )


def same_number(a: Number, b: Number) -> bool:
    """Do two numbers share an end? «أكثر من 220» and «220» do."""
    ends = {n for n in (a.low, a.high) if n is not None}
    return bool(ends & {n for n in (b.low, b.high) if n is not None})


def touch(a: Days, b: Days) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def features(a: Node, b: Node, scale: Scale, passage: float) -> list[float]:
    """The features of a pair, in the order of FEATURES."""
    both = scale.shared(a, b)
    one, other = scale.total(a), scale.total(b)
    x, y = a.shown, b.shown
    shared = not a.predicates.isdisjoint(b.predicates)
    one_kind = shared or not a.families.isdisjoint(b.families)
    named = len(a.named & b.named)
    either = len(a.named) + len(b.named) - named
    days_a, days_b = x.days or x.context_days, y.days or y.context_days
    return [
        1.0,
        2 * both / (one + other) if both else 0.0,
        both / min(one, other) if both else 0.0,
        passage,
        float(shared),
        float(bool(x.predicates and y.predicates) and not one_kind),
        float(any(same_number(m, n) for m in x.numbers for n in y.numbers)),
        float(one_kind and named > 0 and any(touch(m, n) for m in days_a for n in days_b)),
        named / either if either else 0.0,
        float(bool(a.speakers & b.speakers)),
        float(x.negated != y.negated),
        float(one_kind and (AGAIN in a.tokens) != (AGAIN in b.tokens)),
    ]


def price_list(values: Sequence[float], prices: Mapping[str, float]) -> list[Reason]:
    """What made a pair's score, for people to read."""
    return [
        Reason(kind=name, detail=WORDS[name], weight=round(value * prices.get(name, 0.0), 3))
        for name, value in zip(FEATURES, values, strict=True)
        if name in WORDS and value
    ]


def score(values: Sequence[float], prices: Mapping[str, float]) -> float:
    return math.fsum(value * prices.get(name, 0.0) for name, value in zip(FEATURES, values, strict=True))
