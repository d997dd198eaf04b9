"""A place in a text."""

from __future__ import annotations

from msgspec import Struct

from riwaya.errors import InvalidSpan


class Span(Struct, frozen=True, order=True, gc=False):
    """A half-open stretch of a document's text, counted in code points.

    >>> Span(4, 8).of("قال المتحدث")
    'المت'
    >>> Span(0, 3).overlaps(Span(2, 5)), Span(0, 3).overlaps(Span(3, 5))
    (True, False)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InvalidSpan(f"A span needs 0 ≤ start ≤ end, got start={self.start}, end={self.end}.")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True  # an empty span is still a place

    def of(self, text: str) -> str:
        """The letters of the span in `text`; raises InvalidSpan when it reaches beyond them."""
        if self.end > len(text):
            raise InvalidSpan(f"The span {self.start}–{self.end} reaches beyond its text of {len(text)} characters.")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Do the two share at least one letter?"""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Does `other` lie wholly inside?"""
        return self.start <= other.start and other.end <= self.end

    def hull(self, other: Span) -> Span:
        """The shortest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))
