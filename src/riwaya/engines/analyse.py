"""Running `each` stages over a batch of documents: the one function that every engine calls.

Documents and findings travel as Arrow record batches, so that processes on one machine and executors on a cluster run
the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from time import perf_counter

import msgspec
import pyarrow as pa
from msgspec import Struct

from riwaya.case.packing import pack_findings, unpack_text
from riwaya.case.writer import Analysed, Found, Said
from riwaya.lang.lexicon import Lexicon
from riwaya.model import Document, Failure, Finding
from riwaya.settings import Settings
from riwaya.stage import Reading, Stage
from riwaya.text.view import View
from riwaya.text.words import Words

DOCUMENTS = pa.schema([("number", pa.int64()), ("head", pa.binary()), ("text", pa.binary())])
"""A document on its way to the stages: its head as msgpack, its text as kept in the case."""


class Recipe(Struct, frozen=True):
    """The stages to run, in order, with the digest of what each depends on."""

    stages: tuple[Stage, ...]
    digests: dict[str, str]
    settings: Settings


class Task(Struct, frozen=True):
    """A batch of documents and what to do with it."""

    recipe: Recipe
    batch: pa.RecordBatch


def batch_of(rows: Sequence[tuple[int, bytes, bytes]]) -> pa.RecordBatch:
    """Rows of number, head and text as an Arrow batch."""
    return pa.RecordBatch.from_pylist([dict(zip(DOCUMENTS.names, row, strict=True)) for row in rows], schema=DOCUMENTS)


@cache
def language(name: str) -> Lexicon:
    return Lexicon(name)


def analyse(task: Task) -> Analysed:
    """Runs the stages of a task over its documents; an error in one document becomes a Failure of that document."""
    recipe = task.recipe
    lang = language(recipe.settings.language)
    numbers = task.batch.column("number").to_pylist()
    documents = [
        msgspec.structs.replace(msgspec.msgpack.decode(head, type=Document), text=unpack_text(text))
        for head, text in zip(task.batch.column("head").to_pylist(), task.batch.column("text").to_pylist(), strict=True)
    ]
    result = Analysed(
        found=[],
        said=[],
        failures=[],
        ids=[doc.id for doc in documents],
        seconds=dict.fromkeys((stage.name for stage in recipe.stages), 0.0),
    )
    words = Words.many(View.many([doc.text for doc in documents], lang.fold))
    for number, doc, cut in zip(numbers, documents, words, strict=True):
        reading = Reading(doc, lang, recipe.settings, words=cut)
        for stage in recipe.stages:
            start = perf_counter()
            layers = _run(stage, reading, result)
            for layer in layers:
                result.found.append(layer.kept(number, stage.name, recipe.digests[stage.name]))
                reading.add(layer.found)
            result.seconds[stage.name] += perf_counter() - start
        result.said.append(_said(number, reading.doc))
    return result


class Layer(Struct, frozen=True):
    """What a stage found of one kind, in order of place, and the bytes it is kept as."""

    name: str
    found: list[Finding]
    data: bytes

    def kept(self, number: int, stage: str, digest: str) -> Found:
        return Found(number=number, layer=self.name, stage=stage, recipe=digest, count=len(self.found), data=self.data)


def _run(stage: Stage, reading: Reading, result: Analysed) -> list[Layer]:
    """The layers that a stage gives for a document; all empty when it fails or does not read its language."""
    kinds = stage.gives
    if not stage.any_language and reading.doc.language not in (None, reading.lang.language):
        return [_layer(kind.layer, []) for kind in kinds]
    try:
        found: list[Finding] = list(stage(reading))
        _check(stage, found, reading.doc)
        return [_layer(kind.layer, [f for f in found if type(f) is kind]) for kind in kinds]
    except Exception as error:  # whatever a stage raises costs this document's layers and nothing else
        message = f"The stage «{stage.name}» failed on this document: {type(error).__name__}: {error}."
        failure = Failure(path=reading.doc.id, stage=stage.name, error=type(error).__name__, message=message)
        result.failures.append(failure)
        return [_layer(kind.layer, []) for kind in kinds]


def _layer(name: str, found: list[Finding]) -> Layer:
    ordered = sorted(found, key=lambda f: (f.start, f.end))
    return Layer(name, ordered, pack_findings(ordered))


def _check(stage: Stage, found: Sequence[Finding], doc: Document) -> None:
    """A stage never yields outside its text, nor a layer it did not promise."""
    for finding in found:
        if type(finding) not in stage.gives:
            raise TypeError(f"it gave a {type(finding).__name__} and promises {[t.__name__ for t in stage.gives]}")
        if not (finding.doc == doc.id and 0 <= finding.start <= finding.end <= len(doc.text)):
            raise ValueError(f"it gave {finding.start}–{finding.end} in a text of {len(doc.text)} characters")


def _said(number: int, doc: Document) -> Said:
    return Said(
        number=number,
        outlet=doc.outlet,
        title=doc.title,
        author=doc.author,
        published=doc.published,
        published_basis=doc.published_basis,
    )
