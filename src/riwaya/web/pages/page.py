"""What a page is, and what pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, get_type_hints

from msgspec import Meta, Struct

from riwaya.case import queries
from riwaya.case.queries import Slip
from riwaya.model import document_key
from riwaya.web.desk import Desk, NotThere

MOST_PAGES = 100_000
Number = Annotated[int, Meta(ge=1, le=MOST_PAGES)]
"""Of a part of a list, from 1."""
Text = Annotated[str, Meta(max_length=500)]


class Page(Struct, frozen=True, kw_only=True):
    """A page: `{name}` in the path and the query string together make what is asked."""

    name: str
    path: str
    answer: Callable[[Desk, Any], Any]

    @property
    def asked(self) -> type[Struct]:
        kind: type[Struct] = get_type_hints(self.answer)["asked"]
        return kind

    @property
    def gives(self) -> type[Struct]:
        kind: type[Struct] = get_type_hints(self.answer)["return"]
        return kind


class Nothing(Struct, frozen=True, kw_only=True):
    """Asked of a page that has no questions."""


class Part(Struct, frozen=True, kw_only=True):
    """A part of a list: which one, and of how many."""

    number: int
    of: int
    total: int


def part(number: int, size: int, total: int) -> Part:
    return Part(number=number, of=max(1, -(-total // size)), total=total)


class Bar(Struct, frozen=True, kw_only=True):
    """A value of a facet and how many there are."""

    value: str
    count: int


def bars(counts: dict[str, int], most: int = 60) -> list[Bar]:
    return [Bar(value=value, count=count) for value, count in list(counts.items())[:most]]


def slip(desk: Desk, key: str) -> Slip:
    """The document of a key; raises NotThere."""
    found = queries.slip_of_key(desk.case, key)
    if found is None:
        raise NotThere(f"There is no document {key!r} in this case; the list of documents has all of them.")
    return found


def slips(desk: Desk, ids: Iterable[str]) -> dict[str, Slip]:
    """The documents of some ids, with a bare one where a finding names a document that has gone."""
    wanted = set(ids)
    found = queries.slips_of(desk.case, wanted)
    return found | {id: Slip(id=id, key=document_key(id)) for id in sorted(wanted - set(found))}
