"""A temporal expression in its place, before anything is resolved."""

from __future__ import annotations

from msgspec import Struct

from riwaya.stages.dates.chart import Node
from riwaya.stages.dates.meaning import Meaning
from riwaya.text.span import Span

__all__ = ["Phrase"]


class Phrase(Struct, frozen=True, gc=False):
    """A temporal expression in its place, with its meaning and how it was composed."""

    span: Span
    first: int
    last: int
    """Its words, last exclusive."""
    meaning: Meaning
    node: Node

    @property
    def rule(self) -> str:
        """The rules that composed it, outermost first, as one name: `ar/dates/weekday+date+…`."""
        return short_rule(self.node)


def short_rule(node: Node) -> str:
    names = list(dict.fromkeys(name.rsplit("/", 1)[1] for name in node.rules() if not name.endswith("/timex")))
    return "ar/dates/" + (" < ".join(names) if names else node.rule.rsplit("/", 1)[1])
