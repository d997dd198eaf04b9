"""How to read: which fields of a record are which, and the limits that no input may break."""

from __future__ import annotations

from typing import Self

from msgspec import Struct

from riwaya.errors import InvalidMetadata

__all__ = ["TARGETS", "ReadOptions"]

TARGETS = ("text", "id", "outlet", "title", "author", "url", "published")
"""What a field of a record can be mapped to."""


class ReadOptions(Struct, frozen=True, kw_only=True):
    """One frozen value that travels to every worker.

    >>> ReadOptions.parse_fields("text=content,published=date_extracted")
    {'text': 'content', 'published': 'date_extracted'}
    """

    fields: dict[str, str] = {}
    """Target to source, from --fields; what it leaves out is guessed from the usual names."""
    ocr: bool = False
    """Read pages that are only pictures with Tesseract, where it is installed."""
    max_bytes: int = 100_000_000
    """Of one file, one member of a zip, or one record; larger ones are refused."""
    max_markup_bytes: int = 20_000_000
    """Of one HTML page or one part of a DOCX: their trees take many times the room of their bytes."""
    max_characters: int = 20_000_000
    """Of one document's text."""
    max_expansion: int = 200
    """How many times its size a compressed file may grow; text grows 3 to 50 times, a bomb 1,000 and more."""
    max_depth: int = 2
    """How many zip files may lie one inside the other."""

    @classmethod
    def with_fields(cls, given: str) -> Self:
        """The usual options with a --fields mapping."""
        return cls(fields=cls.parse_fields(given))

    @staticmethod
    def parse_fields(given: str) -> dict[str, str]:
        """A mapping as written after --fields, target=source with commas; raises InvalidMetadata."""
        fields: dict[str, str] = {}
        for pair in filter(None, (part.strip() for part in given.split(","))):
            target, equals, source = (part.strip() for part in pair.partition("="))
            if not equals or not source:
                raise InvalidMetadata(
                    f"--fields takes TARGET=SOURCE pairs with commas between, as in text=content,outlet=source; "
                    f"«{pair}» is not such a pair."
                )
            if target not in TARGETS:
                hint = f" Did you mean {source}={target}?" if source in TARGETS else ""
                raise InvalidMetadata(
                    f"--fields cannot fill «{target}»; it can fill {', '.join(TARGETS)}. "
                    f"The name on the right is the one in your file.{hint}"
                )
            if target in fields:
                raise InvalidMetadata(f"--fields fills «{target}» twice: from «{fields[target]}» and from «{source}».")
            fields[target] = source
        if not fields:
            raise InvalidMetadata("--fields is empty; write for example text=content,outlet=source.")
        return fields
