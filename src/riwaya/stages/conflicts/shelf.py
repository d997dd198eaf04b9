"""The claims of a case as facts, each made when it is first held against another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from riwaya.model import Claim
from riwaya.stage import Corpus
from riwaya.stages.conflicts.facts import Days, Fact, Telling, sides
from riwaya.stages.conflicts.sketches import Sketches

MOST = 20_000
"""Facts that are held while others are looked at."""


class Facts:
    """The facts of a case by number, each made when it is first asked for: most never are."""

    def __init__(
        self, corpus: Corpus, said: Sketches, tellings: Mapping[str, Telling], akin: Mapping[str, str]
    ) -> None:
        self.corpus, self.said, self.tellings, self.akin = corpus, said, tellings, akin
        self.made: dict[int, Fact] = {}

    def __getitem__(self, number: int) -> Fact:
        return self.made[number]

    def fetch(self, numbers: Iterable[int]) -> list[Fact]:
        """The facts of some numbers, in their order."""
        wanted = list(numbers)
        lacking = {self.said.ids[n]: n for n in wanted if n not in self.made}
        for claim in self.corpus.across(Claim, lacking):
            fact = Fact(claim, self.tellings, self.said.settings, self.akin, self.said.again)
            self.made[lacking[claim.id]] = fact
        return [self.made[n] for n in wanted]

    def forget(self) -> None:
        """Lets go of facts where there are many; what is asked for again is made again."""
        if len(self.made) > MOST:
            self.made.clear()

    def accounts(self) -> Iterator[Fact]:
        """The claims of a small case as facts, those of which some deny what others affirm as two."""
        for claim in self.corpus.across(Claim):
            for side in sides(claim):
                yield Fact(side, self.tellings, self.said.settings, self.akin, self.said.again)

    def told(self) -> dict[str, Days]:
        """When each document was published, as far as it is known."""
        return {doc: days for doc, telling in self.tellings.items() if (days := telling.days)}
