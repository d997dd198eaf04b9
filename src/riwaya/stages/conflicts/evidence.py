"""How much speaks for two claims being about one event, against how many events the case tells of.

Two articles of a small case on one town are mostly about the same things, and two of a month of newspapers mostly are
not. So what a pair must share grows with the number of happenings in the case: shared names and words count by how few
documents have them, and together must outweigh the chance that two claims meet in one happening.

Source: surprisal (log-odds of chance agreement, as in record linkage: Fellegi and Sunter 1969).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from riwaya.crowding import crowding
from riwaya.model import Member
from riwaya.stages.conflicts.facts import Fact, Telling
from riwaya.stages.conflicts.sketches import Sketches
from riwaya.text.meetings import LOW, distinct
from riwaya.text.rows import Ints, Rows

ONE = 2**40
"""Worth is counted in whole numbers, which add up to the same in any order."""

FINE = 2**30
"""What is left out of worth where it is squared, so that sums of squares stay whole numbers of 64 bits."""

STRICT = 2.0
"""How much more than chance what two claims share must speak for one event, in the same logarithm."""
HALF = 0.5
"""What share of all that the poorer claim says must be shared, where happenings are many."""
LIKE = {"number": 0.5, "date": 0.5, "place": 0.5, "polarity": 0.33}
"""How alike two claims must be, where happenings are many, for what differs between them to be a conflict."""
FEW = 3
"""So many shared names and words make an event, the best of which claims are looked up by."""
ONE_STORY = 0.5
"""How alike two documents must be for both to tell one story, where happenings are many."""
MOST = 0.9
"""The same for counts of things: prices, rates and points of one day are told of many things in the same words."""


class Evidence:
    """What shared names and words are worth in a case, and how much of it one event takes."""

    def __init__(self, said: Sketches, tellings: Mapping[str, Telling]) -> None:
        # A name that is both who did it and where counts as both.
        parts = [said.rows[name] for name in ("actors", "places", "terms")]
        self.tokens = Rows.united([Rows(row.starts, 3 * row.items + kind) for kind, row in enumerate(parts)])
        self.docs, self.texts = said.docs, _texts(parts, said.rows["docs"], len(said.docs))
        counts = np.bincount(self.texts.items, minlength=len(said.tokens))
        self.worths = np.array([round(ONE * math.log(len(said.docs) / n)) for n in counts.tolist()], dtype=np.int64)
        self.squares = (self.worths // FINE) ** 2
        self.worth: dict[str, int] = dict(zip(said.tokens, self.worths.tolist(), strict=True))
        self.sums: Ints = self.tokens.sums(np.repeat(self.worths, 3))
        self.totals: dict[str, int] = dict(zip(said.ids, self.sums.tolist(), strict=True))
        scenes = ((places[0], tellings[doc].published[:10]) for doc, places in said.settings.items() if places)
        crowd = crowding(scenes)
        self.needed: float = STRICT * math.log(crowd) * ONE
        self.alike: dict[tuple[str, str], bool] = {}
        self.share, self.most = HALF * (1 - 1 / crowd), MOST * (1 - 1 / crowd)

    def telling(self) -> npt.NDArray[np.bool_]:
        """Which names and words are worth looking claims up by: would a few like it be enough?"""
        return self.worths >= self.needed / FEW

    def of(self, tokens: Iterable[str]) -> int:
        return sum(self.worth[token] for token in tokens)

    def says_enough(self, fact: Fact) -> bool:
        """Does a claim say enough to be of one event by itself? «أثناء الإجازة» is said of many."""
        return self.totals[fact.claim.id] >= self.needed

    def likeness(self, a: Fact, b: Fact) -> float:
        """What share of all that both say both say: 1 where one repeats the other but for what disagrees."""
        shared = self.of(a.shared(b))
        return _share(shared, self.totals[a.claim.id] + self.totals[b.claim.id] - shared)

    def is_alike(self, kind: str, likeness: float) -> bool:
        """Are two claims so alike that they can be rival accounts, and not accounts of two things?"""
        return likeness >= LIKE.get(kind, 0.0) * self.share / HALF

    def members_alike(self, some: Iterable[Member], others: Iterable[Member]) -> float:
        """The same of two groups of members of one claim, by their words."""
        one, other = ({term for m in group for term in m.gist.terms} for group in (some, others))
        return _share(self._worth(one & other), self._worth(one | other))

    def _worth(self, terms: Iterable[str]) -> int:
        return sum(self.worth.get(term, 0) for term in terms)

    def enough(self, first: Ints, second: Ints) -> npt.NDArray[np.bool_]:
        """Of which pairs of facts, by their numbers, what they share is worth enough, by itself and beside all that
        the poorer one says."""
        shared = self.tokens.shared(first, second, np.repeat(self.worths, 3))
        least = np.minimum(self.sums[first], self.sums[second])
        enough: npt.NDArray[np.bool_] = (shared >= self.needed) & (shared >= self.share * least)
        return enough

    @property
    def is_crowded(self) -> bool:
        """Does the case tell of so many happenings that two of a kind are mostly two?"""
        return self.needed > 0

    def is_one_thing(self, a: Fact, b: Fact) -> bool:
        """Is what they tell the same, and not another of its kind?

        Where happenings are many, two articles must say most of it alike, somebody's name among it.
        """
        if not self.is_crowded:
            return True
        alike = self.of(a.shared(b)) >= self.most * self._least(a, b)
        return alike and self.is_of_one(a, b)

    def is_one_story(self, a: Fact, b: Fact) -> bool:
        """Is there a document of each that tells the story of the other's, whatever the two claims say of it?"""
        return any(self._are_alike(*sorted((x, y))) for x in sorted(a.docs) for y in sorted(b.docs) if x != y)

    def _are_alike(self, one: str, other: str) -> bool:
        """Do two documents share most of their rare names and words, by the cosine of what they are worth?"""
        if (one, other) not in self.alike:
            first, second = (self._text(doc) for doc in (one, other))
            both, *own = (int(self.squares[row].sum()) for row in (np.intersect1d(first, second), first, second))
            self.alike[one, other] = both > 0 and both**2 >= ONE_STORY**2 * own[0] * own[1]
        return self.alike[one, other]

    def _text(self, doc: str) -> Ints:
        """The names and words of a document, by number."""
        number = self.docs[doc]
        return self.texts.items[self.texts.starts[number] : self.texts.starts[number + 1]]

    @staticmethod
    def is_of_one(a: Fact, b: Fact) -> bool:
        """Do two articles tell it of somebody?"""
        return bool(a.actors & b.actors) and a.docs.isdisjoint(b.docs)

    def confesses(self, fact: Fact, names: Mapping[str, str]) -> bool:
        """Does it stand on the word of those alone of whom it tells? «اتهمت تركيا بمساعدة …» is not Turkey's word."""
        return set(fact.origins) <= {names[entity] for entity in (*fact.actors, *fact.places)}

    def is_one_meeting(self, a: Fact, b: Fact) -> bool:
        """Do they say most of it alike but for where it was?"""
        least = min(self.of((*fact.actors, *fact.terms)) for fact in (a, b))
        return least > 0 and self.of((*(a.actors & b.actors), *(a.terms & b.terms))) >= self.most * least

    def _least(self, a: Fact, b: Fact) -> int:
        """The worth of all that the poorer claim says."""
        return min(self.totals[a.claim.id], self.totals[b.claim.id])


class Boundless(Evidence):
    """Evidence as if whatever two claims share were worth enough: what is in no conflict by it is in none in any case.

    It must answer every question that `kinds` asks in the way that leaves more conflicts.
    """

    def __init__(self, other: Evidence) -> None:
        self.needed = other.needed

    def says_enough(self, fact: Fact) -> bool:
        return True

    def likeness(self, a: Fact, b: Fact) -> float:
        return 1.0

    def is_alike(self, kind: str, likeness: float) -> bool:
        return True

    def is_one_thing(self, a: Fact, b: Fact) -> bool:
        return not self.is_crowded or self.is_of_one(a, b)

    def is_one_meeting(self, a: Fact, b: Fact) -> bool:
        return True

    def is_one_story(self, a: Fact, b: Fact) -> bool:
        return True

    def confesses(self, fact: Fact, names: Mapping[str, str]) -> bool:
        return False


def _texts(parts: Sequence[Rows], docs: Rows, size: int) -> Rows:
    """For each document its names and words."""
    found = [np.zeros(0, dtype=np.int64)]
    for part in parts:
        lengths, said = docs.spread(np.repeat(np.arange(part.starts.size - 1), np.diff(part.starts)))
        found.append(said << 32 | np.repeat(part.items, lengths))
    stands = distinct(np.concatenate(found))
    return Rows.owned(stands >> 32, stands & LOW, size)


def _share(part: float, whole: float) -> float:
    return round(part / whole, 2) if whole else 1.0
