"""What an `across` stage asks of every document by itself: done where there are processes for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct

from riwaya.case.case import unpacked
from riwaya.case.packing import squeeze, unpack_across
from riwaya.engines.analyse import language
from riwaya.model import Document
from riwaya.settings import Settings
from riwaya.stage import Found, Reading
from riwaya.text.view import View
from riwaya.text.words import Words

Packed = tuple[Document, Sequence[tuple[str, bytes]], bytes | None]
"""A document, what was found in it, and what is kept beside it for the case as a whole."""


class Survey(Struct, frozen=True, kw_only=True):
    """A portion of the documents, and what to ask of each."""

    function: Callable[[Reading, Sequence[Any]], Any]
    settings: Settings
    rejected: frozenset[str]
    beside: str | None
    documents: list[Packed]


def survey(task: Survey) -> list[bytes]:
    """The answers, in order, packed as they are kept."""
    lang = language(task.settings.language)
    words = Words.many(View.many([doc.text for doc, _, _ in task.documents], lang.fold))
    answers = []
    for (doc, packed, said), cut in zip(task.documents, words, strict=True):
        reading = Reading(doc, lang, task.settings, without(unpacked(packed), task.rejected), cut)
        answer = task.function(reading, unpack_across(task.beside, said) if task.beside and said else ())
        answers.append(squeeze(msgspec.msgpack.encode(answer)))
    return answers


@cache
def decoder(function: Callable[[Reading, Sequence[Any]], Any]) -> msgspec.msgpack.Decoder[Any]:
    """Of the answers of a function, by the type that it declares."""
    return msgspec.msgpack.Decoder(get_type_hints(function)["return"])


def without(found: Found, rejected: frozenset[str]) -> Found:
    """What was found, without what analysts rejected."""
    if not rejected:
        return found
    return {kind: [f for f in values if f.id not in rejected] for kind, values in found.items()}
