"""Stages on one machine: processes, a case file, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from riwaya.case import answers, queries, seal
from riwaya.case.case import Case, batched
from riwaya.case.decisions import standing
from riwaya.case.packing import pack_one, squeeze, unpack_across, unsqueeze
from riwaya.case.steer import rejected, touching
from riwaya.case.writer import Analysed
from riwaya.engines.analyse import Recipe, Task, analyse, batch_of, language
from riwaya.engines.crew import Crew, Died, Raised, Result
from riwaya.engines.intake import ReadTask, Taken, take_in
from riwaya.engines.survey import Survey, decoder, survey, without
from riwaya.lang.lexicon import Lexicon
from riwaya.model import Across, Decision, Document, Failure, Finding, Packed
from riwaya.readers import ReadOptions, Source, sources
from riwaya.settings import Settings
from riwaya.stage import PORTION, Answers, Corpus, Found, Reading
from riwaya.text.view import View
from riwaya.text.words import Words

A = TypeVar("A", bound=Across)
T = TypeVar("T")
R = TypeVar("R")
N = TypeVar("N", bound=Struct)
S = TypeVar("S")
X = TypeVar("X")

SOURCES = 64
"""Small files that one worker is given at a time."""
BYTES = 4_000_000
"""Once a worker's files reach this size, it is given no more."""
DOCUMENTS = 200
"""That a worker surveys at a time: the few by which a case grows go to one, since a second one must first read the
tables of the language."""
LETTERS = 400_000
"""Of text in one batch of documents."""


class Local:
    """The engine of one machine; `processes` defaults to one per core."""

    def __init__(self, processes: int | None = None) -> None:
        self.crew = Crew(processes or os.cpu_count() or 1)

    def sources(self, paths: Sequence[str | Path], metadata: Sequence[str | Path]) -> Iterator[Source]:
        return sources(paths, metadata=metadata)

    def read(self, sources: Sequence[Source], options: ReadOptions, language: str, link: bool) -> Iterator[Taken]:
        """What the sources hold, mixed. One that brings its worker down becomes a Failure, and the rest goes on."""
        todo = [ReadTask(group, options, language, link) for group in grouped(sources)]
        while todo:
            under_way: dict[int, Source] = {}
            fallen: list[ReadTask] = []
            for message in self.crew.run(take_in, todo):
                if isinstance(message, Result):
                    under_way[message.task] = message.value.source
                    yield message.value
                elif isinstance(message, Died | Raised):
                    source = under_way.get(message.task, todo[message.task].sources[0])
                    yield Taken(source=source, failures=[_fallen(source, message)], finished=True, fell=True)
                    rest = todo[message.task].sources
                    after = rest[rest.index(source) + 1 :]
                    if after:
                        fallen.append(ReadTask(after, options, language, link))
            todo = fallen

    def analyse(self, recipe: Recipe, rows: Iterable[tuple[int, bytes, bytes, int]]) -> Iterator[Analysed]:
        """What the stages find in documents given as (number, head, text, characters)."""
        tasks: dict[int, Task] = {}

        def remembered() -> Iterator[Task]:
            for number, batch in enumerate(in_batches(rows)):
                tasks[number] = Task(recipe, batch_of(batch))
                yield tasks[number]

        alone: list[Task] = []
        for message in self.crew.run(_analyse, remembered()):
            if isinstance(message, Result):
                yield message.value
            elif isinstance(message, Died | Raised):
                # One of the documents brought the worker down: each is tried by itself to find out which.
                batch = tasks[message.task].batch
                alone += [Task(recipe, batch.slice(i, 1)) for i in range(batch.num_rows)]
            if not isinstance(message, Result):
                del tasks[message.task]
        for message in self.crew.run(_analyse, alone):
            if isinstance(message, Result):
                yield message.value
            elif isinstance(message, Died | Raised):
                yield _nothing(alone[message.task], message)

    def corpus(self, case: Case, settings: Settings, recipe: str) -> Corpus:
        return CaseCorpus(case, settings, recipe, self.crew.map)

    def close(self) -> None:
        self.crew.__exit__(None, None, None)


class CaseCorpus(Corpus):
    """The documents of a case, as an `across` stage sees them.

    `map` is that of the engine; `recipe` stands for the stage and all that its answers depend on but the documents.
    """

    def __init__(self, case: Case, settings: Settings, recipe: str, map: Callable[..., Iterator[Any]]) -> None:
        self.case, self.lang, self.settings, self.recipe, self.map = case, case.lang, settings, recipe, map

    def ids(self) -> Sequence[str]:
        return self.case.ids

    def readings(self, ids: Iterable[str] | None = None, with_: Sequence[type[Finding]] = ()) -> Iterator[Reading]:
        for group in batched(self.case.ids if ids is None else sorted(ids), 100):
            documents = list(self.case.documents(group))
            words = Words.many(View.many([doc.text for doc in documents], self.lang.fold))
            found = dict(self.case.findings_by_document(with_, group)) if with_ else {}
            for doc, cut in zip(documents, words, strict=True):
                yield Reading(doc, self.lang, self.settings, self._kept(found.get(doc.id)), cut)

    def texts(self, ids: Iterable[str]) -> Iterator[str]:
        return (doc.text for doc in self.case.documents(ids))

    def over(
        self,
        function: Callable[[Reading, Sequence[Any]], R],
        with_: Sequence[type[Finding]] = (),
        beside: type[Across] | None = None,
        ids: Iterable[str] | None = None,
    ) -> Iterator[R]:
        decode = decoder(function).decode
        yield from (decode(unsqueeze(data)) for _, data in self._answers(function, with_, beside, ids))

    def renewed(
        self,
        function: Callable[[Reading, Sequence[Any]], R],
        with_: Sequence[type[Finding]],
        before: Mapping[str, bytes],
    ) -> Iterator[tuple[str, bytes, R | None]]:
        decode = decoder(function).decode
        for id, data in self._answers(function, with_):
            digest = blake2b(data, digest_size=8).digest()
            yield id, digest, decode(unsqueeze(data)) if before.get(id) != digest else None

    def asked(
        self,
        function: Callable[[Reading, Sequence[Any]], R],
        with_: Sequence[type[Finding]] = (),
        beside: type[Across] | None = None,
    ) -> Answers[R]:
        versions = {id: blake2b(data, digest_size=8).digest() for id, data in self._answers(function, with_, beside)}
        return CaseAnswers(versions, self, function)

    def _answers(
        self,
        function: Callable[[Reading, Sequence[Any]], Any],
        with_: Sequence[type[Finding]],
        beside: type[Across] | None = None,
        ids: Iterable[str] | None = None,
    ) -> Iterator[tuple[str, bytes]]:
        """The answers of documents, packed, in order of id; those that are not kept yet are asked for."""
        asked = _name(function)
        ids = self.case.ids if ids is None else sorted(ids)
        out = blake2b("\n".join(sorted(self._rejected)).encode(), digest_size=8).hexdigest()
        lacking = dict(answers.lacking(self.case, asked, f"{self.recipe} {out}", beside, ids))
        surveys = self._surveys(function, with_, beside, lacking)
        for group, packed in zip(batched(lacking, DOCUMENTS), self.parallel(survey, surveys), strict=True):
            answers.keep(self.case, asked, [(id, lacking[id], data) for id, data in zip(group, packed, strict=True)])
        yield from zip(ids, answers.kept(self.case, asked, ids), strict=True)

    def _surveys(
        self,
        function: Callable[[Reading, Sequence[Any]], Any],
        with_: Sequence[type[Finding]],
        beside: type[Across] | None,
        ids: Iterable[str],
    ) -> Iterator[Survey]:
        """Portions of the documents, packed as they are kept: it is the workers that unpack them."""
        for group in batched(ids, DOCUMENTS):
            packed = self.case.packed(with_, group)
            said = dict(self.case.packed_across(beside, group)) if beside else {}
            yield Survey(
                function=function,
                settings=self.settings,
                rejected=self._rejected,
                beside=beside.layer if beside else None,
                documents=[(doc, packed[doc.id], said.get(doc.id)) for doc in self.case.documents(group)],
            )

    def _kept(self, found: Found | None) -> Found | None:
        return without(found, self._rejected) if found else found

    @cached_property
    def _rejected(self) -> frozenset[str]:
        return rejected(self.decisions())

    def noted(self, kind: type[N]) -> N | None:
        data = answers.noted(self.case, _name(kind), self.recipe)
        return msgspec.msgpack.decode(unsqueeze(data), type=kind) if data is not None else None

    def note(self, value: Struct) -> None:
        answers.note(self.case, _name(type(value)), self.recipe, squeeze(msgspec.msgpack.encode(value)))

    def decisions(self) -> tuple[Decision, ...]:
        return self._decisions

    @cached_property
    def _decisions(self) -> tuple[Decision, ...]:
        return standing(self.case)

    def across(self, type: type[A], keys: Iterable[str] | None = None) -> Iterator[A]:
        return self.case.across(type, keys)

    def across_as(self, shape: type[N], type: type[Across], filled: str) -> Iterator[N]:
        return queries.across(self.case, type.layer, shape, filled)

    def holding(self, phrases: Iterable[tuple[str, ...]]) -> Collection[str]:
        return self.case.holding(phrases)

    def given(self, type: type[Across]) -> Collection[str] | None:
        return None if touching(self.decisions(), {type.layer}) else self.case.keys_across(type)

    def versions(self, type: type[Across]) -> dict[str, bytes]:
        return seal.versions(self.case.connection, type.layer)

    def portions(self, function: Callable[[Sequence[A]], R], type: type[A]) -> Iterator[R]:
        return self.map(partial(_of_packed, function, type.layer), self.case.rows_across(type, PORTION))

    def parallel(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        return self.map(function, items)


class CaseAnswers(Answers[R]):
    """What a function said of every document, as the case keeps it."""

    def __init__(
        self, versions: Mapping[str, bytes], corpus: CaseCorpus, function: Callable[[Reading, Sequence[Any]], R]
    ) -> None:
        super().__init__({}, versions, corpus)
        self.case, self.function, self.parallel = corpus.case, function, corpus.parallel

    def of(self, ids: Iterable[str]) -> Iterator[R]:
        decode = decoder(self.function).decode
        return (decode(unsqueeze(data)) for data in answers.kept(self.case, _name(self.function), sorted(ids)))

    def portions(
        self, function: Callable[[Lexicon, Sequence[R], X], S], portions: Iterable[tuple[Sequence[str], X]]
    ) -> Iterator[S]:
        name = _name(self.function)
        tasks = ((list(answers.kept(self.case, name, ids)), given) for ids, given in portions)
        return self.parallel(partial(_of_answers, self.function, function, self.corpus.lang.language), tasks)

    def findings(
        self, function: Callable[[Lexicon, Sequence[R], X], Sequence[A]], portions: Iterable[tuple[Sequence[str], X]]
    ) -> Iterator[A | Packed]:
        return (found for some in self.portions(partial(_packed, function), portions) for found in some)


def _packed(function: Callable[..., Sequence[A]], lang: Lexicon, told: Sequence[Any], given: Any) -> list[Packed]:
    return [Packed(found.layer, found.key, pack_one(found)) for found in function(lang, told, given)]


def _of_answers(asked: Callable[..., R], function: Callable[..., S], name: str, task: tuple[Sequence[bytes], X]) -> S:
    packed, given = task
    decode = decoder(asked).decode
    return function(language(name), [decode(unsqueeze(data)) for data in packed], given)


def _name(asked: Callable[..., Any]) -> str:
    return f"{asked.__module__}.{asked.__qualname__}"


def _of_packed(function: Callable[[Sequence[Any]], R], layer: str, packed: Sequence[bytes]) -> R:
    return function([value for data in packed for value in unpack_across(layer, data)])


def _analyse(task: Task) -> Iterator[Analysed]:
    yield analyse(task)


def _fallen(source: Source, message: Died | Raised) -> Failure:
    if isinstance(message, Raised):
        why = f"{type(message.error).__name__}: {message.error}"
    else:
        why = f"the process that read it died (exit code {message.exitcode}); the file may be hostile or too large"
    return Failure(
        path=source.label, stage="read", error="ReaderFell", message=f"{source.label} cannot be read: {why}."
    )


def _nothing(task: Task, message: Died | Raised) -> Analysed:
    """What is known of a document that brings the stages down: that it does."""
    id = msgspec.msgpack.decode(task.batch.column("head")[0].as_py(), type=Document).id
    why = f"{message.error}" if isinstance(message, Raised) else f"exit code {message.exitcode}"
    text = f"The analysis of {id} brought its process down ({why}); it is left without findings."
    failure = Failure(path=id, stage=task.recipe.stages[0].name, error="WorkerFell", message=text)
    return Analysed(failures=[failure], ids=[id])


def grouped(sources: Sequence[Source]) -> Iterator[tuple[Source, ...]]:
    """Sources in portions for one worker: many small files, or one large one."""
    group: list[Source] = []
    size = 0
    for source in sources:
        if group and (len(group) == SOURCES or size + source.size > BYTES):
            yield tuple(group)
            group, size = [], 0
        group.append(source)
        size += source.size
    if group:
        yield tuple(group)


def in_batches(rows: Iterable[tuple[int, bytes, bytes, int]]) -> Iterator[list[tuple[int, bytes, bytes]]]:
    """Documents in batches of about the same number of letters."""
    batch: list[tuple[int, bytes, bytes]] = []
    letters = 0
    for number, head, text, characters in rows:
        batch.append((number, head, text))
        letters += characters
        if letters >= LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch
