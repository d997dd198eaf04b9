"""A temporal expression in its place, before anything is resolved."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from riwaya.stages.dates.chart import Node
from riwaya.stages.dates.meaning import Meaning
from riwaya.text.span import Span

__all__ = ["Phrase", "short_rule"]


class Phrase(Struct, frozen=True, gc=False):
    """A temporal expression in its place, with its meaning and how it was composed."""

    span: Span
    first: int
    last: int
    """Its words, last exclusive."""
    meaning: Meaning
    node: Node
    rule: str
    """The rules that composed it, outermost first, as one name: `ar/dates/weekday+date+…`."""


def short_rule(node: Node) -> str:
    """The rules that composed a node, outermost first, as one name."""
    return joined(tuple(dict.fromkeys(node.rules())) or (node.rule,))


@lru_cache(maxsize=10_000)
def joined(rules: tuple[str, ...]) -> str:
    """The last parts of some names as one name; «timex» says nothing where there are others."""
    names = dict.fromkeys([name.rpartition("/")[2] for name in rules])
    if len(names) > 1:
        names.pop("timex", None)
    return "ar/dates/" + " < ".join(names)
