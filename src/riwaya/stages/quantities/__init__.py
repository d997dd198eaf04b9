"""How many: numbers that count or measure something, with what they count.

    find(text)        the quantities of a text
    explain(text)     the same, with the rules behind each
    quantities        the stage: a number inside a temporal expression is none

A quantity is a number (see `lang/ar/numbers.py`), what bounds it («نحو», «أكثر من», «بين … و…»), and the noun behind
it, brought back to its singular. A bare number counts only behind a word that says so: most others are names. What is
known of words stands in `knowledge.py` and `nouns.py`; `reading.py` puts quantities together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from riwaya.lang.ar import arabic
from riwaya.model import Quantity, Timex
from riwaya.stage import Reading, each
from riwaya.stages.quantities.reading import Amount, amounts
from riwaya.text.span import Span
from riwaya.text.view import View
from riwaya.text.words import Words

__all__ = ["Explained", "Found", "amounts", "explain", "find", "quantities"]


class Found(Struct, frozen=True, kw_only=True):
    """A quantity of a text: the fields of a Quantity, and its words."""

    start: int
    end: int
    text: str
    low: float | int | None
    high: float | int | None
    approx: bool
    unit: str | None
    rule: str


class Explained(Struct, frozen=True, kw_only=True):
    """An answer with the rules that made it, a line each."""

    found: Found
    derivation: tuple[str, ...]


def find(text: str, times: Iterable[tuple[int, int]] = ()) -> list[Found]:
    """The quantities of a text, in order.

    >>> [(f.text, f.low, f.high, f.unit) for f in find("قتل نحو 200 مسلح وأكثر من ثلاثة آلاف مدني")]
    [('نحو 200 مسلح', 200, 200, 'مسلح'), ('أكثر من ثلاثة آلاف مدني', 3000, None, 'مدني')]

    `times` are the spans of temporal expressions, whose numbers count nothing. Offsets are code points; an open end
    is None; `unit` is the counted noun, folded and singular.
    """
    words = Words(View(text, arabic.fold))
    result = []
    for amount in amounts(words, arabic, times):
        span = words.span(amount.first, amount.last - 1, skip=amount.skip)
        result.append(
            Found(
                start=span.start, end=span.end, text=span.of(text), low=amount.low, high=amount.high,
                approx=amount.approx, unit=amount.unit, rule=rule_of(amount),
            )
        )  # fmt: skip
    return result


def explain(text: str, times: Iterable[tuple[int, int]] = ()) -> list[Explained]:
    """The quantities of a text, each with the rules that composed it.

    >>> explain("أكثر من 20 قتيلا")[0].derivation
    ('ar/quantities/more-than', 'ar/quantities/number', 'ar/quantities/counted')
    """
    return [
        Explained(
            found=found, derivation=tuple(f"ar/quantities/{name}" for name in found.rule.split("/")[2].split("+"))
        )
        for found in find(text, times)
    ]


def rule_of(amount: Amount) -> str:
    return "ar/quantities/" + "+".join(amount.rules)


@each(needs=(Timex,), gives=(Quantity,), version=18)
def quantities(reading: Reading) -> Iterator[Quantity]:
    """Every number that counts or measures something, and what."""
    words = reading.words
    times = [(timex.start, timex.end) for timex in reading.of(Timex)]
    for amount in amounts(words, reading.lang, times):
        span: Span = words.span(amount.first, amount.last - 1, skip=amount.skip)
        yield Quantity(
            doc=reading.doc.id, start=span.start, end=span.end, low=amount.low, high=amount.high,
            approx=amount.approx, unit=amount.unit, rule=rule_of(amount),
        )  # fmt: skip
