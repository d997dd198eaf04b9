"""The table of letters: how often Arabic writes each, and which ones only its neighbours have."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

__all__ = ["Letters", "Native", "letters"]


class Native(Struct, frozen=True):
    letters: list[str]
    article: str


class Letters(Struct, frozen=True, forbid_unknown_fields=True):
    """letters.toml, checked."""

    frequency: dict[str, int]
    """In ten thousand letters of Arabic news."""
    foreign: dict[str, list[str]]
    """Letters that Arabic does not have, with the languages that do (ISO 639)."""
    native: Native


@cache
def letters() -> Letters:
    """The table, read once.

    >>> letters().frequency["ا"], letters().foreign["ٹ"]
    (1508, ['ur'])
    """
    return msgspec.toml.decode((files("riwaya.readers") / "letters.toml").read_bytes(), type=Letters)
