"""What a reader makes of some bytes, before the case gives it a name."""

from __future__ import annotations

from msgspec import Struct

from riwaya.model import Warning


class Draft(Struct, frozen=True, kw_only=True):
    """A document as a reader saw it: its text, what it says of itself, and what is wrong with it."""

    text: str
    reader: str
    media_type: str
    id: str | None = None
    """The record's own id, where it has one; otherwise the path names the document."""
    original: bytes | None = None
    """The bytes of a record inside a container (JSON Lines, WARC, …); None when the whole file is the document."""
    member: str | None = None
    """Where in the container the record lies: a member's name, a line or index, a WARC record id."""
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    warnings: tuple[Warning, ...] = ()
