"""How alike two statements are, as a price list: features, and what each counts."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from riwaya.lang.lexicon import Lexicon
from riwaya.stages.claims.cluster import components
from riwaya.stages.claims.nodes import Nodes
from riwaya.stages.claims.passages import Passages
from riwaya.stages.claims.statements import Days, Number
from riwaya.text.meetings import LOW
from riwaya.text.rows import Ints, Rows, at_once

FEATURES = (
    "bias", "overlap", "contained", "passage", "predicate", "other_predicate", "number", "event", "who", "speaker",
    "answer", "again", "fate", "stray", "many",
)  # fmt: skip
"""Every feature lies between 0 and 1; `bias` is always 1."""

ONE = 2**40
"""The weight of a token that no two nodes share; weights are whole numbers, which add up to the same in any order."""
BEST = 0.5
"""What the best pair of two groups counts beside the mean of all, where happenings are few: a short statement is like
one of a long claim's."""
ROUNDING = 1e-9
"""By how much sums of prices may differ that are added in another order."""


class Scale:
    """How rare each token is among the nodes; tokens are numbered from the rarest on."""

    def __init__(self, nodes: Nodes) -> None:
        names, rows = nodes.said.names.tokens, nodes.rows("tokens")
        counts = np.bincount(rows.items, minlength=len(names)).tolist()
        order = sorted(range(len(names)), key=lambda n: (counts[n], names[n]))
        self.tokens = [names[n] for n in order]
        ranks = np.empty(len(names), dtype=np.int64)
        ranks[order] = np.arange(len(names))
        self.rows = Rows(rows.starts, ranks[rows.items]).ordered()
        top = math.log(len(nodes) + 1)
        rare = [(top - math.log(count)) / top for count in sorted(counts)]
        self.worth = np.array([round(ONE * weight) for weight in rare], dtype=np.int64)
        self.totals = self.rows.sums(self.worth)
        """The weight of all that each node says."""


@lru_cache(maxsize=4)
def weights(lang: Lexicon) -> Mapping[str, float]:
    """The fitted weights and the threshold, from `claim-weights.toml`."""
    table = tomllib.loads(lang.folder.joinpath("claim-weights.toml").read_text("utf-8"))
    return {name: float(weight) for name, weight in table["weights"].items()}


FAR = 60
"""Days beyond which two happenings of a kind are two, even where a date is only that of the sentence."""


def gap(a: Sequence[Days], b: Sequence[Days]) -> int:
    """The days between the nearest two of two sets of intervals."""
    return min(max(0, y[0] - x[1], x[0] - y[1]) for x in a for y in b)


def other_numbers(a: Sequence[Number], b: Sequence[Number]) -> bool:
    """Is there nothing that both count alike, or something that both count and count differently?"""
    if not same_numbers(a, b):
        return True
    units = {x.unit for x in a} & {y.unit for y in b} - {None}
    return any(
        not any(same_number(x, y) for x in a for y in b if x.unit == y.unit == unit) for unit in sorted(units, key=str)
    )


def same_numbers(a: Sequence[Number], b: Sequence[Number]) -> bool:
    return any(same_number(x, y) for x in a for y in b)


def same_number(a: Number, b: Number) -> bool:
    """Do two numbers share an end? «أكثر من 220» and «220» do."""
    ends = {n for n in (a.low, a.high) if n is not None}
    return bool(ends & {n for n in (b.low, b.high) if n is not None})


class Comparison:
    """The nodes of a case, to be compared in pairs; equal first nodes of pairs should stand together."""

    def __init__(self, nodes: Nodes, scale: Scale, passages: Passages, crowd: float) -> None:
        self.nodes, self.scale, self.passages = nodes, scale, passages
        self.strangers = round(1 - 1 / crowd, 2)
        """How likely two happenings of a kind are two; rounded, so that one more document changes no score."""
        self.best = BEST * (1 - self.strangers)
        self.predicates, self.families, self.named, self.actors = map(
            nodes.rows, ("predicates", "families", "named", "actors")
        )
        self.speakers = nodes.speakers
        kinds = self.families, self.named, self.speakers, self.actors, nodes.rows("parties"), nodes.rows("fates")
        self.most_kinds, self.all_kinds = Kinds(kinds[:3]), Kinds(kinds)
        self.numbers, self.own_days, self.days = nodes.numbers(), nodes.own_days(), nodes.days()
        self.again, self.denies = nodes.holds("again"), nodes.holds("denies")
        self.docs = nodes.said.docs[nodes.shown]
        docs = {teller.id: number for number, teller in enumerate(nodes.said.tellers)}
        met = (docs[one] << 32 | docs[other] for one, other in passages.by_pair if one in docs and other in docs)
        self.copied = np.array(sorted(met), dtype=np.int64)

    def apart(self, first: Ints, second: Ints) -> npt.NDArray[np.bool_]:
        """Which pairs cannot be one proposition: their numbers are others, or their days, or days of one kind of
        happening lie far apart."""
        numbers = self.numbers.judged(first, second, other_numbers, 0.0) > 0
        other_days = self.own_days.judged(first, second, gap, 0.0) > 0
        far = np.flatnonzero(self.days.judged(first, second, gap, 0.0) > FAR)
        far_apart = np.zeros(first.size, dtype=bool)
        far_apart[far] = self.predicates.shared(first[far], second[far]) > 0
        return numbers | other_days | far_apart

    def features(self, first: Ints, second: Ints) -> npt.NDArray[np.float64]:
        """The features of each pair, a row for each of FEATURES."""
        both = self.scale.rows.shared(first, second, self.scale.worth)
        one, other = self.scale.totals[first], self.scale.totals[second]
        kinds, named, spoken, actors, parties, fates = self.all_kinds.shared(first, second)
        kinds_of_either = _of_either(self.families, first, second, kinds)
        told = (_sizes(self.families)[first] > 0) & (_sizes(self.families)[second] > 0)
        named_by_either = _of_either(self.named, first, second, named)
        one_day = self.days.judged(first, second, gap, 1.0) == 0
        meet = self.days.judged(first, second, gap, 0.0) == 0
        one_speaker = spoken > 0
        places = self.places(first, second)
        # Where happenings are many, «قتل أربعة أشخاص» is said of any four, and the cable to one king also of another.
        others = (_sizes(self.named)[first] > 0) & (_sizes(self.named)[second] > 0)
        met = np.maximum(named > 0, (parties > 0) * (1 - self.strangers))
        stray = (named == 0) & (others | (~one_speaker & (places == 0)))
        return np.array(
            [
                np.ones(first.size),
                2 * both / np.maximum(one + other, 1),
                both / np.maximum(np.minimum(one, other), 1),
                places,
                kinds > 0,
                told & (kinds == 0),
                self.numbers.judged(first, second, same_numbers, 0.0),
                met * one_day * kinds / np.maximum(kinds_of_either, 1),
                named / np.maximum(named_by_either, 1),
                one_speaker,
                self.answers(first, second, both, actors) * (1 - self.strangers),
                (kinds > 0) & (self.again[first] != self.again[second]),
                ((fates > 0) & ~one_day & meet) * (1 - self.strangers),
                stray * self.strangers,
                np.full(first.size, self.strangers),
            ],
            dtype=np.float64,
        )

    def answers(self, first: Ints, second: Ints, both: Ints, actors: Ints) -> npt.NDArray[np.float64]:
        """How much of a denial the other of a pair affirms; nothing where each names others who did it.

        What a denial adds to what it denies («في ليلة واحدة») may be all that it denies: hence the square.
        """
        others_did = (actors == 0) & (_sizes(self.actors)[first] > 0) & (_sizes(self.actors)[second] > 0)
        opposed = (self.denies[first] != self.denies[second]) & ~others_did
        denied = np.where(self.denies[first], self.scale.totals[first], self.scale.totals[second])
        return np.asarray(opposed * (both / np.maximum(denied, 1)) ** 2, dtype=np.float64)

    def places(self, first: Ints, second: Ints) -> npt.NDArray[np.float64]:
        """How much the two of each pair cover one another in a copied passage."""
        found = np.zeros(first.size)
        for i in np.flatnonzero(np.isin(self.docs[first] << 32 | self.docs[second], self.copied)).tolist():
            found[i] = self.passages.place(self.nodes.place(first[i]), self.nodes.place(second[i]))
        return found

    def scored(self, candidates: Iterable[Ints], prices: Mapping[str, float]) -> tuple[Ints, npt.NDArray[np.float64]]:
        """Of pairs, given packed and sorted, those that draw together, and the score of each; and those beside them.

        Most pairs share so little that whatever else they share could not make up for it: those are not looked at.
        What lies beside are pairs of nodes that others bring together.
        """

        def drawn(some: Ints) -> tuple[Ints, Ints]:
            hopeful = some[self.hopeful(some >> 32, some & LOW, prices)]
            pairs, scores = self._scored(hopeful, prices)
            return pairs[scores > 0], some

        parts = list(at_once(drawn, candidates))
        none = np.zeros(0, dtype=np.int64)
        together, every = (
            (np.concatenate([none, *some]) for some in zip(*parts, strict=True)) if parts else (none, none)
        )
        labels = components(len(self.nodes), together)
        inside = every[labels[every >> 32] == labels[every & LOW]]
        return self._scored(inside, prices)

    def _scored(self, some: Ints, prices: Mapping[str, float]) -> tuple[Ints, npt.NDArray[np.float64]]:
        """Those of some pairs that can be one proposition, and the score of each."""
        some = some[~self.apart(some >> 32, some & LOW)]
        return some, priced(self.features(some >> 32, some & LOW), prices)

    def hopeful(self, first: Ints, second: Ints, prices: Mapping[str, float]) -> npt.NDArray[np.bool_]:
        """Which pairs could come to more than nothing, by what is soon told of them: most could not."""
        both = self.scale.rows.shared(first, second, self.scale.worth)
        one, other = self.scale.totals[first], self.scale.totals[second]
        sure = {
            "bias": np.ones(first.size),
            "overlap": 2 * both / np.maximum(one + other, 1),
            "contained": both / np.maximum(np.minimum(one, other), 1),
            "many": np.full(first.size, self.strangers),
        }
        told, named, spoken = (_sizes(rows) > 0 for rows in (self.families, self.named, self.speakers))
        dated, counted = self.days.numbers > 0, self.numbers.numbers > 0
        happened = told[first] & told[second]
        perhaps = {
            "passage": np.isin(self.docs[first] << 32 | self.docs[second], self.copied),
            "predicate": happened,
            "number": counted[first] & counted[second],
            "event": happened & dated[first] & dated[second],
            "speaker": spoken[first] & spoken[second],
            "answer": self.denies[first] != self.denies[second],
        }
        found = np.flatnonzero(_most(sure, perhaps, prices) > -ROUNDING)
        first, second = first[found], second[found]
        sure, perhaps = ({name: flags[found] for name, flags in some.items()} for some in (sure, perhaps))
        kinds, names, speakers = self.most_kinds.shared(first, second)
        perhaps["predicate"] = kinds > 0
        perhaps["event"] &= perhaps["predicate"]
        perhaps["speaker"] = speakers > 0
        others = (named[first] & named[second]) | ~(perhaps["speaker"] | perhaps["passage"])
        sure["stray"] = (others & (names == 0)) * self.strangers
        hopeful = np.zeros(both.size, dtype=bool)
        hopeful[found[_most(sure, perhaps, prices) > -ROUNDING]] = True
        return hopeful


def _most(
    sure: Mapping[str, npt.NDArray[np.float64]],
    perhaps: Mapping[str, npt.NDArray[np.bool_]],
    prices: Mapping[str, float],
) -> npt.NDArray[np.float64]:
    """What pairs come to at the most, of which some features are known and of some others that they may be there."""
    most = np.zeros(sure["bias"].size)
    for name in FEATURES:
        price = prices.get(name, 0.0)
        most += price * sure[name] if name in sure else max(price, 0.0) * perhaps.get(name, 1.0)
    return most


class Kinds:
    """Several rows about the same nodes, looked up together: what nodes share of each is counted in bits of its own."""

    def __init__(self, parts: Sequence[Rows]) -> None:
        self.count = len(parts)
        ends = np.cumsum([0, *(int(rows.items.max(initial=-1)) + 1 for rows in parts)]).tolist()
        self.rows = Rows.united([Rows(rows.starts, rows.items + end) for rows, end in zip(parts, ends, strict=False)])
        self.worth = np.repeat(1 << np.arange(self.count) * COUNTED, np.diff(ends))

    def shared(self, first: Ints, second: Ints) -> list[Ints]:
        """How many numbers both of each pair have in each of the rows."""
        both = self.rows.shared(first, second, self.worth)
        return [both >> part * COUNTED & (1 << COUNTED) - 1 for part in range(self.count)]


COUNTED = 10
"""Bits for a count: no statement names a thousand."""


def _of_either(rows: Rows, first: Ints, second: Ints, both: Ints) -> Ints:
    """How many numbers at least one of each pair has, if both have so many in common."""
    return _sizes(rows)[first] + _sizes(rows)[second] - both


def _sizes(rows: Rows) -> Ints:
    return np.diff(rows.starts)


def priced(features: npt.NDArray[np.float64], prices: Mapping[str, float]) -> npt.NDArray[np.float64]:
    """What the features of each pair come to; added one after the other, which gives the same bits everywhere."""
    total = np.zeros(features.shape[1])
    for name, values in zip(FEATURES, features, strict=True):
        total += values * prices.get(name, 0.0)
    return total
