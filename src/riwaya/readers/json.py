"""JSON and JSON Lines: every record a document, with its own bytes.

A file is an object, an array of objects, an object around such an array, or one object a line.
Records are cut first and decoded one by one, so that a bad one costs only itself and each keeps its exact bytes.
msgspec decodes; what it rejects and Python's own decoder accepts (lone surrogates, NaN) is still read.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Raw, structs

from riwaya.errors import UnreadableDocument
from riwaya.model import Failure, Warning
from riwaya.readers.draft import Draft
from riwaya.readers.encoding import decode
from riwaya.readers.failing import failure
from riwaya.readers.options import ReadOptions
from riwaya.readers.records import Record, mapper

__all__ = ["read"]

READER = "riwaya.json 1"
SAMPLE = 20
"""Records that are looked at to learn the names of the fields."""
HEAD = 100_000
"""Bytes that decide which encoding a file is in; a record in another one is decoded by itself."""
WHOLE = 0
"""The number of a record that is the whole file."""
SPACE = b" \t\r\n"
RECORDS = re.compile(rb"\s*\[\s*\{")
BETWEEN = re.compile(r"[\s,]*")

Cut = tuple[int, bytes | UnreadableDocument]
"""A record's number, counted from 1 (in JSON Lines: its line), and its bytes or why there are none."""


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Draft | Failure]:
    """The documents of a JSON file, with a Failure for every record that is none.

    >>> [draft] = read('{"id": 7, "text": "انهار السد", "date": "2016-05"}'.encode(), "a.json", ReadOptions())
    >>> draft.id, draft.text, draft.published
    ('7', 'انهار السد', '2016-05')

    Raises UnreadableDocument when the file is no JSON or its records have no field for the text.
    """
    utf8, encoding, warnings = _as_utf8(data)
    yield from _drafts(list(_cut(utf8, options)), encoding, warnings, path, options)


def read_lines(block: bytes, path: str, options: ReadOptions, *, first: int) -> Iterator[Draft | Failure]:
    """The documents of some lines of a large JSON Lines file, of which `first` is the number of the first."""
    yield from _drafts(list(_lines(block, first)), None, (), path, options)


def _drafts(
    cuts: list[Cut], encoding: str | None, warnings: tuple[Warning, ...], path: str, options: ReadOptions
) -> Iterator[Draft | Failure]:
    """A draft or a failure for every record."""
    whole = len(cuts) == 1 and cuts[0][0] == WHOLE
    fields = mapper(_sample(cuts), options.fields)
    for number, raw in cuts:
        try:
            if isinstance(raw, UnreadableDocument):
                raise raw
            record, doubts = _decoded(raw)
            draft = fields.draft(
                record,
                reader=READER,
                media_type="application/json",
                original=raw if encoding is None else raw.decode().encode(encoding, errors="replace"),
                member=None if whole else str(number),
            )
            yield structs.replace(draft, warnings=warnings + doubts) if warnings or doubts else draft
        except UnreadableDocument as error:
            yield failure(path if whole else f"{path}#{number}", error)


def _as_utf8(data: bytes) -> tuple[bytes, str | None, tuple[Warning, ...]]:
    """The file in UTF-8 and, where it was in something else, in what; stray bytes are left to their records."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data or decode(data[:HEAD]).encoding == "utf_8":
        return data, None, ()
    decoded = decode(data)
    return decoded.text.encode(), decoded.encoding, decoded.warnings


def _cut(data: bytes, options: ReadOptions) -> Iterator[Cut]:
    """The file's records in order; one that is the whole file is number 0."""
    data = data.strip(SPACE)
    if data.startswith(b"["):
        try:
            yield from enumerate(map(bytes, msgspec.json.decode(data, type=list[Raw])), 1)
        except (msgspec.DecodeError, RecursionError):
            yield from _salvaged(data)
        return
    try:
        yield from _object(data, msgspec.json.decode(data, type=dict[str, Raw]), options)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        lines = list(_lines(data, 1))
        if len(lines) > 1 and any(_is_record(line) for _, line in lines[:SAMPLE]):
            yield from lines
        elif _is_record(data):  # with what Python's decoder alone accepts
            yield WHOLE, data
        else:
            raise UnreadableDocument(f"is not valid JSON, nor JSON Lines: {error}.") from error


def _lines(data: bytes, first: int) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(data.split(b"\n"), first) if line.strip(SPACE))


def _object(data: bytes, top: dict[str, Raw], options: ReadOptions) -> Iterator[Cut]:
    """An object is a document, or stands around a list of them: {"articles": [{…}, …]}."""
    lists = [bytes(value) for value in top.values() if RECORDS.match(bytes(value))]
    try:
        mapper([_decoded(data)[0]], options.fields)
    except UnreadableDocument:
        if len(lists) != 1:
            raise
        yield from enumerate(map(bytes, msgspec.json.decode(lists[0], type=list[Raw])), 1)
    else:
        yield WHOLE, data


def _salvaged(data: bytes) -> Iterator[Cut]:
    """The records of an array before the place where it breaks, and what is wrong there."""
    text = data.decode("utf-8", errors="replace")
    scan, at, number = json.JSONDecoder().raw_decode, 1, 1
    while True:
        at = BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # matches the empty string everywhere
        if text[at : at + 1] == "]":
            return
        try:
            _, end = scan(text, at)
        except (ValueError, RecursionError) as error:
            reason = "the file ends here" if at + 1 >= len(text) else f"it is not valid JSON ({error})"
            yield number, UnreadableDocument(f"could not be read, nor any record after it: {reason}.")
            return
        yield number, text[at:end].encode()
        at, number = end, number + 1


def _is_record(raw: bytes) -> bool:
    try:
        return bool(_decoded(raw))
    except UnreadableDocument:
        return False


def _sample(cuts: list[Cut]) -> list[Record]:
    """The first records that can be decoded, to learn the fields' names from; raises where there is none."""
    records: list[Record] = []
    why = UnreadableDocument("holds no records.")
    for _, raw in cuts:
        try:
            if isinstance(raw, UnreadableDocument):
                raise raw
            records.append(_decoded(raw)[0])
        except UnreadableDocument as error:
            why = error
        if len(records) == SAMPLE:
            break
    if not records:
        raise why
    return records


def _decoded(raw: bytes) -> tuple[Record, tuple[Warning, ...]]:
    """A record's fields, forgivingly; UnreadableDocument when it is no object."""
    try:
        return msgspec.json.decode(raw, type=dict[str, Any]), ()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        decoded = decode(raw)
    try:
        record = json.loads(decoded.text, strict=False)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(f"is not valid JSON: {error}.") from error
    if not isinstance(record, dict):
        raise UnreadableDocument(f"is {type(record).__name__} and not an object with fields.")
    return record, decoded.warnings
