"""Reading sources into documents that are ready to be kept: what a worker does first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b, sha256

import msgspec
from msgspec import Struct

from riwaya.case.packing import pack_text, squeeze
from riwaya.case.search import indexed
from riwaya.case.writer import Intake
from riwaya.lang.lexicon import Lexicon
from riwaya.model import Document, Failure
from riwaya.readers import Draft, ReadOptions, Source, document_id, read
from riwaya.text.view import View
from riwaya.text.words import Words

GROUP = 100
"""Documents that are folded in one sweep: about 200,000 letters, which fit the processor's cache."""


class ReadTask(Struct, frozen=True):
    """Sources for one worker, and how to read them."""

    sources: tuple[Source, ...]
    options: ReadOptions
    language: str
    link: bool


class Taken(Struct, frozen=True, kw_only=True):
    """Some of what a source holds; the first of a source is empty and says that it is begun."""

    source: Source
    intakes: list[Intake] = []
    failures: list[Failure] = []
    finished: bool = False
    fell: bool = False
    """Whether its reader died: the source counts as not read, and the next build tries again."""


def take_in(task: ReadTask) -> Iterator[Taken]:
    """Reads the sources of a task, each in portions."""
    lang = Lexicon(task.language)
    for source in task.sources:
        yield Taken(source=source)
        failures: list[Failure] = []
        group: list[tuple[Document, Draft]] = []
        for item in read(source, task.options):
            if isinstance(item, Failure):
                failures.append(item)
                continue
            group.append((document(source, item), item))
            if len(group) == GROUP:
                yield Taken(source=source, intakes=ready(group, source, task.link, lang), failures=failures)
                group, failures = [], []
        yield Taken(source=source, intakes=ready(group, source, task.link, lang), failures=failures, finished=True)


def document(source: Source, draft: Draft) -> Document:
    """A draft with its name and hash."""
    return Document(
        id=document_id(source, draft),
        path=source.label,
        sha256=sha256(draft.original or b"").hexdigest(),
        media_type=draft.media_type,
        reader=draft.reader,
        outlet=draft.outlet,
        title=draft.title,
        author=draft.author,
        url=draft.url,
        published=draft.published,
        published_basis="metadata" if draft.published else "unknown",
        language=draft.language,
        warnings=draft.warnings,
        text=draft.text,
    )


def ready(group: Sequence[tuple[Document, Draft]], source: Source, link: bool, lang: Lexicon) -> list[Intake]:
    """Documents folded, hashed and packed, so that the writer has only to write."""
    if not group:
        return []
    views = View.many([doc.text for doc, _ in group], lang.fold)
    return [
        _ready(doc, draft, words, source, link) for (doc, draft), words in zip(group, Words.many(views), strict=True)
    ]


def _ready(doc: Document, draft: Draft, words: Words, source: Source, link: bool) -> Intake:
    head = msgspec.msgpack.encode(msgspec.structs.replace(doc, text=""))
    text = doc.text.encode("utf-8")
    original = draft.original or b""
    utf8 = source.file == source.file.encode("utf-8", "ignore").decode("utf-8")  # no other name can be kept
    in_place = link and draft.member is None and source.inside is None and utf8
    return Intake(
        document=head,
        id=doc.id,
        member=draft.member,
        sha256=doc.sha256,
        text_sha256=sha256(text).hexdigest(),
        digest=blake2b(head + b"\0" + text, digest_size=16).hexdigest(),
        text=pack_text(doc.text),
        words=indexed(words),
        characters=len(doc.text),
        warnings=len(doc.warnings),
        original=None if in_place else squeeze(original),
        original_size=len(original),
        link=source.file if in_place else None,
    )
