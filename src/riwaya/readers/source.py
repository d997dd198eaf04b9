"""What is there to be read, known before reading: one file, or one member of a zip file."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from riwaya.model import Failure
from riwaya.readers.draft import Draft

__all__ = ["About", "Source", "document_id"]


class About(Struct, frozen=True, kw_only=True):
    """What a side file says of a document; it overrules what the document says of itself."""

    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None


class Source(Struct, frozen=True, kw_only=True):
    """One thing to read, small enough to be sent to a worker; two equal sources give the same documents."""

    label: str
    """Its path as people see it: relative to the given folder, with `/`; a zip's member follows after `#`."""
    file: str
    """Where it lies on this machine, or its address in a storage that all machines reach."""
    inside: str | None = None
    """The name of a zip's member."""
    size: int = 0
    """In bytes, unpacked."""
    mtime_ns: int = 0
    """When the file was last changed, in nanoseconds since 1970; for a zip's member, the member's checksum."""
    about: tuple[tuple[str, About], ...] = ()
    """What side files say: of the whole source (name ""), or of one of its members."""
    problem: Failure | None = None
    """Why it cannot be read, where that was seen already: a locked folder, a loop of links."""

    @property
    def place(self) -> str:
        """Where it lies on this machine: what tells it from all others."""
        file = written(self.file if "://" in self.file else str(Path(self.file).absolute()))
        return file if self.inside is None else f"{file}#{self.inside}"


def written(file: str) -> str:
    """A path as text that can be kept: bytes of a name that are no UTF-8 are written out."""
    return os.fsencode(file).decode("utf-8", "backslashreplace")


def document_id(source: Source, draft: Draft) -> str:
    """A document's name in the case: its own id where it has one, else where it lies.

    >>> source = Source(label="news/day.jsonl", file="day.jsonl")
    >>> document_id(source, Draft(text="", reader="", media_type="", member="12"))
    'news/day.jsonl#12'
    """
    return draft.id or (source.label if draft.member is None else f"{source.label}#{draft.member}")
