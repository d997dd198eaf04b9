"""A text file is one document, exactly as decoded: no line end, mark or space is changed."""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.readers.draft import Draft
from riwaya.readers.encoding import decode
from riwaya.readers.options import ReadOptions

__all__ = ["read"]

READER = "riwaya.text 1"


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Draft]:
    """The one document of a text file.

    >>> [draft] = read("انهار السد\\r\\n".encode("windows-1256"), "a.txt", ReadOptions())
    >>> draft.text
    'انهار السد\\r\\n'

    Raises UnreadableDocument when the bytes are no text.
    """
    decoded = decode(data)
    yield Draft(text=decoded.text, reader=READER, media_type="text/plain", warnings=decoded.warnings)
