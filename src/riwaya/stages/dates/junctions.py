"""Which kinds of things can stand side by side in a phrase, read off the rules: what none joins is never parsed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise

from riwaya.stages.dates.chart import Rule

__all__ = ["Junctions"]


class Junctions:
    """What can follow what, and what phrases can begin and end with.

    >>> from riwaya.stages.dates.chart import Grammar
    >>> grammar = Grammar("demo")
    >>> for makes, pattern in (("date", "day month"), ("timex", "date stop"), ("timex", "in date")):
    ...     _ = grammar.rule(makes, pattern)(print)
    >>> junctions = Junctions(grammar.rules, unseen=["stop"])
    >>> sorted(junctions.beside["in"]), sorted(junctions.begins("timex")), sorted(junctions.ends("timex"))
    (['date', 'day'], ['date', 'day', 'in', 'timex'], ['date', 'month', 'timex'])

    `unseen` are the kinds of what takes no place.
    """

    def __init__(self, rules: Iterable[Rule], unseen: Collection[str]) -> None:
        patterns = [(rule.makes, [kind for kind in rule.pattern if kind not in unseen]) for rule in rules]
        self._first: dict[str, set[str]] = {}
        self._last: dict[str, set[str]] = {}
        for makes, pattern in patterns:
            self._first.setdefault(makes, set()).update(pattern[:1])
            self._last.setdefault(makes, set()).update(pattern[-1:])
        self.beside: dict[str, set[str]] = {}
        for _, pattern in patterns:
            for left, right in pairwise(pattern):
                behind = self.begins(right)
                for kind in self.ends(left):
                    self.beside.setdefault(kind, set()).update(behind)

    def begins(self, *kinds: str) -> set[str]:
        """All kinds that these can begin with, themselves included."""
        return _reached(kinds, self._first)

    def ends(self, *kinds: str) -> set[str]:
        """All kinds that these can end with, themselves included."""
        return _reached(kinds, self._last)


def _reached(kinds: Iterable[str], onward: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(kinds)
    while ahead:
        kind = ahead.pop()
        if kind not in found:
            found.add(kind)
            ahead += onward.get(kind, ())
    return found
