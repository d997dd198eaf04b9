"""What one document says: its statements, their words, and a digest of each."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from riwaya.model import Naming
from riwaya.stage import Reading
from riwaya.stages.claims.knowledge import knowledge
from riwaya.stages.claims.statements import Statement, statements

SIZE = 8
"""Bytes of a digest."""


class Told(Struct, frozen=True, kw_only=True):
    """What one document says."""

    doc: str
    outlet: str
    published: str
    statements: list[Statement]
    words: list[str]
    """Of each statement, as written."""
    digests: bytes
    """Of each statement, its words and what is known of the document, one after the other."""


def telling(reading: Reading, namings: Sequence[Naming]) -> Told:
    """The statements of a document."""
    doc, found = reading.doc, whole_names(statements(reading, namings, knowledge(reading.lang)))
    words = [doc.text[s.start : s.end] for s in found]
    return Told(
        doc=doc.id,
        outlet=doc.outlet or "",
        published=doc.published or "~",
        statements=found,
        words=words,
        digests=b"".join(digest((*one, doc.outlet, doc.published)) for one in zip(found, words, strict=True)),
    )


encode = msgspec.msgpack.Encoder(order="deterministic").encode


def digest(value: object) -> bytes:
    return blake2b(encode(value), digest_size=SIZE).digest()


def whole_names(found: Sequence[Statement]) -> list[Statement]:
    """Within a document a short name means the one longer name that holds it: «الشبكة» is «شبكة ناشطي الوادي»."""
    names = {s.speaker_words: s for s in found if s.speaker_words and s.speaker_kind != "anonymous"}
    longer = {short: [long for long in names if short < long] for short in names}
    largest = {
        short: max(some, key=len)
        for short, some in longer.items()
        if some and all(one <= max(some, key=len) for one in some)
    }
    return [
        replace(s, speaker=names[largest[s.speaker_words]].speaker, speaker_words=largest[s.speaker_words])
        if s.speaker_kind != "anonymous" and s.speaker_words in largest
        else s
        for s in found
    ]
