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
    """The bytes the document was made from: of the file, the zip's member, or the record inside a container.

    A format's reader leaves None for the whole of what it was given; `readers.read` always fills it in.
    """
    member: str | None = None
    """Where in its source the record lies: a number, a line, a member's name; None when it is all of the source."""
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    warnings: tuple[Warning, ...] = ()
