"""Side files of metadata: a table that says which outlet published which file, and when.

A CSV or JSON Lines file with a column `path` and any of outlet, title, author, url, published. It is given with
--metadata or lies in a folder as metadata.csv or metadata.jsonl; paths are relative to the folder it lies in, or
as they stand in the case. What it says overrules what a document says of itself.
"""

from __future__ import annotations

import csv
import posixpath
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from riwaya.errors import InvalidMetadata, UnreadableDocument
from riwaya.readers.encoding import decode
from riwaya.readers.shown import shown
from riwaya.readers.source import About

__all__ = ["DISCOVERED", "SideFile"]

DISCOVERED = ("metadata.csv", "metadata.jsonl")
"""Names under which a side file is found by itself."""
COLUMNS = tuple(About.__struct_fields__)


class SideFile:
    """The rows of one side file by the path they speak of, and which of them were used.

    >>> rows = SideFile.parse("path,outlet\\na.txt,السد\\n".encode(), "metadata.csv", prefix="north/")
    >>> rows.about("north/a.txt")[0][1].outlet
    'السد'
    """

    def __init__(self, name: str, rows: Mapping[str, About]) -> None:
        self.name = name
        self._rows = rows
        self._unused = set(rows)
        self._members: dict[str, list[str]] = {}
        for path in rows:
            if "#" in path:
                self._members.setdefault(path.partition("#")[0], []).append(path)

    @classmethod
    def load(cls, file: Path, prefix: str = "") -> SideFile:
        """The side file at a path; InvalidMetadata when it cannot be read."""
        try:
            data = file.read_bytes()
        except OSError as error:
            raise InvalidMetadata(f"The metadata file {shown(str(file))} cannot be read: {error.strerror}.") from error
        return cls.parse(data, prefix + file.name, prefix)

    @classmethod
    def parse(cls, data: bytes, name: str, prefix: str = "") -> SideFile:
        """The rows of a side file, their paths after `prefix`; InvalidMetadata says which line is faulty."""
        try:
            text = decode(data).text
        except UnreadableDocument as error:
            raise InvalidMetadata(f"The metadata file {shown(name)} {error}") from error
        records = _json_lines(text, name) if text.lstrip()[:1] == "{" else _csv(text, name)
        rows: dict[str, About] = {}
        for line, record in records:
            path = str(record.get("path") or "").strip()
            if not path:
                raise InvalidMetadata(
                    f"The metadata file {shown(name)} names no file in line {line}: every row needs a «path» and "
                    f"may have {', '.join(COLUMNS)}."
                )
            given = {key: str(record[key]).strip() for key in COLUMNS if record.get(key) not in (None, "")}
            rows[_key(prefix + path)] = About(**given)
        return cls(name, rows)

    def about(self, label: str) -> tuple[tuple[str, About], ...]:
        """What the file says of a source and of its members."""
        key = _key(label)
        found = [path for path in (key, *self._members.get(key, ())) if path in self._rows]
        self._unused.difference_update(found)
        return tuple((path[len(key) + 1 :], self._rows[path]) for path in found)

    @property
    def unused(self) -> list[str]:
        """Paths that no source had."""
        return sorted(self._unused)


def _key(path: str) -> str:
    """Paths are compared with `/`, and composed: macOS writes «é» as two letters."""
    return unicodedata.normalize("NFC", posixpath.normpath(path.replace("\\", "/")))


def _csv(text: str, name: str) -> Iterable[tuple[int, dict[str, str]]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    names = [field.strip().lower() for field in reader.fieldnames or ()]
    if "path" not in names:
        raise InvalidMetadata(
            f"The metadata file {shown(name)} has no column «path»; its first line should name path and any of "
            f"{', '.join(COLUMNS)}, and it names {shown(', '.join(names)) or 'nothing'}."
        )
    reader.fieldnames = names
    try:
        yield from ((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise InvalidMetadata(
            f"The metadata file {shown(name)} is no CSV at line {reader.line_num}: {error}."
        ) from error


def _json_lines(text: str, name: str) -> Iterable[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, msgspec.json.decode(line, type=dict[str, object])
            except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
                raise InvalidMetadata(
                    f"The metadata file {shown(name)} is no JSON in line {number}: {error}."
                ) from error
