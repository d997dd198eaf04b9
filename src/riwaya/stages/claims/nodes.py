"""Statements of one wording and one date as one node, compared once: a copy adds a member and never a node."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from riwaya.stages.claims.passages import Place
from riwaya.stages.claims.sketches import Sketches
from riwaya.text.rows import Ints, Rows, Values


class Nodes:
    """The nodes of a case, in the order of their first members.

    Where happenings are many, statements that name nobody and nothing make one within a document only.
    """

    def __init__(self, said: Sketches, crowd: float) -> None:
        self.said = said
        stray = said.holds("nameless") & (crowd > 1)
        within = np.where(stray, said.docs, -1)
        order = np.lexsort((within, said.wordings))
        starts = np.flatnonzero(_differs(said.wordings[order]) | _differs(within[order]))
        first = order[starts]
        ranks = np.argsort(first)
        self.members = Rows(np.r_[starts, order.size].astype(np.int64), order).of_nodes(ranks)
        self.shown = first[ranks]
        """The statement of each that stands for all."""

    def __len__(self) -> int:
        return self.shown.size

    @cached_property
    def of_statements(self) -> Ints:
        """The node of each statement."""
        owners = np.empty(len(self.said), dtype=np.int64)
        owners[self.members.items] = self.members.owners
        return owners

    def statements(self, groups: Sequence[Sequence[int]]) -> Rows:
        """The statements of every claim in order of document and place, where some nodes together make one."""
        heads = np.arange(len(self))
        for group in groups:
            heads[group] = min(group)
        _, claims = np.unique(heads, return_inverse=True)
        said = self.said
        order = np.lexsort((said.last, said.first, said.docs))
        return Rows.owned(claims[self.of_statements[order]], order, int(claims.max(initial=-1)) + 1)

    def rows(self, name: str) -> Rows:
        return self.said.rows[name].of_nodes(self.shown)

    def holds(self, flag: str) -> npt.NDArray[np.bool_]:
        return self.said.holds(flag)[self.shown]

    @cached_property
    def speakers(self) -> Rows:
        """Everybody with a name on whose word a member stands."""
        voices = self.said.rows["voices"]
        voices = voices.only(~self.said.holds("anonymous")[voices.owners])
        return Rows.owned(self.of_statements[voices.owners], voices.items, len(self)).distinct()

    def numbers(self) -> Values:
        return Values.of_rows(self.rows("numbers"), self.said.names.numbers)

    def dates(self) -> Rows:
        """Their own dates."""
        return self.rows("days")

    def own_days(self) -> Values:
        """Their own dates, but for those that only bound them."""
        dates = self.dates()
        return Values.of_rows(dates.only(~self.holds("loose")[dates.owners]), self.said.names.days)

    def days(self) -> Values:
        """Their dates, or else those of their sentences."""
        dates, around = self.dates(), self.rows("around")
        around = around.only((np.diff(dates.starts) == 0)[around.owners])
        return Values.of_rows(Rows.united([dates, around]), self.said.names.days)

    def place(self, node: int) -> Place:
        at = int(self.shown[node])
        said = self.said
        return Place(said.tellers[said.docs[at]].id, int(said.first[at]), int(said.last[at]))


def _differs(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """Where a value is not the one before it."""
    differs: npt.NDArray[np.bool_] = np.r_[True, values[1:] != values[:-1]][: values.size]
    return differs
