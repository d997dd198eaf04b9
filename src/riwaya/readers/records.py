"""Records → drafts: what JSON, JSON Lines and CSV have in common."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from msgspec import Struct

from riwaya.errors import UnreadableDocument
from riwaya.readers.draft import Draft
from riwaya.readers.options import TARGETS
from riwaya.readers.shown import shown

__all__ = ["Mapper", "mapper"]

Record = Mapping[str, object]


class Mapper(Struct, frozen=True):
    """Which field of a file's records is which: a path of keys for each target that was found."""

    paths: dict[str, tuple[str, ...]]

    def draft(self, record: Record, *, reader: str, media_type: str, original: bytes, member: str | None) -> Draft:
        """The document that a record holds; `text` is exactly its field. UnreadableDocument when it has none."""
        paths = self.paths
        text = _fetch(record, paths["text"])
        if isinstance(text, list) and text and all(isinstance(part, str) for part in text):
            text = "\n".join(text)  # a list of paragraphs
        if not isinstance(text, str):
            held = "no text" if text is None else f"{type(text).__name__} and not text"
            raise UnreadableDocument(f"holds {held} in its field «{'.'.join(paths['text'])}».")
        about = {target: _plain(_fetch(record, path)) for target, path in paths.items() if target != "text"}
        return Draft(
            text=text,
            reader=reader,
            media_type=media_type,
            id=about.get("id"),
            original=original,
            member=member,
            outlet=about.get("outlet"),
            title=about.get("title"),
            author=about.get("author"),
            url=about.get("url"),
            published=about.get("published"),
        )


def mapper(sample: Iterable[Record], given: Mapping[str, str]) -> Mapper:
    """Which field is which, by --fields and, for what it leaves out, by the usual names.

    >>> mapper([{"headline": "خبر", "body": "نص"}], {}).paths
    {'text': ('body',), 'title': ('headline',)}
    >>> mapper([{"a": {"b": "نص"}}], {"text": "a.b"}).paths
    {'text': ('a', 'b')}

    Raises UnreadableDocument when no record of the sample has a text field.
    """
    records = list(sample)
    keys = {key: None for record in records for key in record}
    by_plain: dict[str, str] = {}
    for key in keys:
        by_plain.setdefault(_bare(key), key)
    paths: dict[str, tuple[str, ...]] = {}
    for target in TARGETS:
        if target in given:
            paths[target] = (given[target],) if given[target] in keys else tuple(given[target].split("."))
            continue
        usual = (by_plain[name] for name in usual_names()[target] if name in by_plain)
        if found := next((key for key in usual if _ever(target, (record.get(key) for record in records))), None):
            paths[target] = (found,)
    if "text" not in paths or not _ever("text", (_fetch(record, paths["text"]) for record in records)):
        wanted = f"the field «{given['text']}» that --fields names" if "text" in given else "a field for the text"
        raise UnreadableDocument(
            f"holds records without {wanted}; they have {shown(', '.join(list(keys)[:12])) or 'no fields'}. "
            f"Say which holds the text with --fields text=NAME."
        )
    return Mapper(paths)


@cache
def usual_names() -> dict[str, list[str]]:
    """The table of fields.toml, names bare."""
    table = tomllib.loads((files("riwaya.readers") / "fields.toml").read_text(encoding="utf-8"))
    return {target: [_bare(name) for name in names] for target, names in table.items()}


def _ever(target: str, values: Iterable[object]) -> bool:
    """Does a field ever hold what its name promises?"""
    if target == "text":
        return any(isinstance(value, str | list) for value in values)
    return any(_plain(value) for value in values)


def _bare(key: str) -> str:
    return re.sub(r"[_\-\s]", "", key).casefold()


def _fetch(record: object, path: tuple[str, ...]) -> object:
    for key in path:
        if not isinstance(record, Mapping):
            return None
        record = record.get(key)
    return record


def _plain(value: object) -> str | None:
    """A field that is not the text, as a string: numbers written out, lists of names joined."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "، ".join(filter(None, map(_plain, value))) or None
    if isinstance(value, Mapping):  # schema.org: {"@type": "Organization", "name": …}
        return _plain(value.get("name"))
    return None
