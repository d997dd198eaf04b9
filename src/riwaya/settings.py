"""What an analyst may set: one frozen value, read from `riwaya.toml` beside the documents or given in Python.

    [reuse]
    min_words = 10

Every field says what it does in a sentence; an unknown one is an error, so that a typing slip never passes silently.
"""

from __future__ import annotations

import tomllib
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from riwaya.errors import InvalidSettings


class Reuse(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of text reuse."""

    min_words: int = 8
    """Shared passages shorter than this many words are not reported."""
    shuffled: bool = True
    """Whether passages are looked for whose words were shuffled or replaced, too; it takes about half as long again."""
    together: bool = False
    """Whether pieces that changed places side by side make one passage, rather than each its own."""


class OwnName(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name of the analyst's own, for what no table knows."""

    forms: tuple[str, ...]
    """How it is written; the first form is the usual one."""
    kind: Literal["person", "organisation", "place"]
    """What bears the name."""
    name_en: str = ""
    """Its name in English."""
    country: str | None = None
    """ISO 3166 code of its country."""
    lat: float | None = None
    """Latitude of a place, in degrees."""
    lon: float | None = None
    """Longitude of a place, in degrees."""
    wikidata: str | None = None
    """Its Wikidata item."""


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of names and entities."""

    own: tuple[OwnName, ...] = ()
    """Names to be found besides those of the tables."""


class Models(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Trained models that lie on this machine; none is needed, and none is ever downloaded. See docs/models.md."""

    names: str | None = None
    """Folder of a token-classification model; beside `riwaya.toml` where the path is not absolute."""
    least: float = 0.9
    """How sure the model must be of a name, from 0 to 1."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings; the defaults suit news.

    >>> Settings().language
    'ar'
    """

    language: str = "ar"
    """Which tables are used; documents in other languages are kept and marked."""
    reuse: Reuse = Reuse()
    names: Names = Names()
    models: Models = Models()

    @property
    def digest(self) -> str:
        """Changes when any setting changes: part of the key under which findings are kept."""
        return blake2b(msgspec.json.encode(self, order="deterministic"), digest_size=8).hexdigest()


def read_settings(path: Path) -> Settings:
    """Reads `riwaya.toml`; raises InvalidSettings that names the field at fault."""
    try:
        read = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Settings)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidSettings(
            f"{path} cannot be used: {error}. See docs/reference/settings.md for what it may say."
        ) from error
    if read.models.names is None:
        return read
    placed = str(path.absolute().parent / read.models.names)
    return msgspec.structs.replace(read, models=msgspec.structs.replace(read.models, names=placed))
