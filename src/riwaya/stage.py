"""Marks a function as a stage and says what it needs and gives.

An `each` stage reads one document and yields findings about it; an `across` stage is given the whole case. A stage
is pure: no files, no clock ("today" is the document's date), no unseeded chance. It never imports another stage:
they meet through the types in `model.py`.

    @each(needs=(Sentence,), gives=(Timex,), version=3)
    def dates(reading: Reading) -> Iterator[Timex]: ...

    @across(needs=(Sentence, Timex), gives=(Alignment, Cluster, Copy), version=1)
    def reuse(corpus: Corpus) -> Iterator[Alignment | Cluster | Copy]: ...
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any, Generic, Literal, TypeVar

import msgspec
from msgspec import Struct

from riwaya.errors import UnknownDocument
from riwaya.lang.lexicon import Lexicon
from riwaya.model import Across, Decision, Document, Finding, Masthead, Packed, Stands
from riwaya.settings import Settings
from riwaya.text.view import View
from riwaya.text.words import Words

F = TypeVar("F", bound=Finding)
A = TypeVar("A", bound=Across)
EachFunction = Callable[["Reading"], Iterable[Finding]]
AcrossFunction = Callable[["Corpus"], Iterable[Across | Packed | Stands]]
T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")
X = TypeVar("X")
N = TypeVar("N", bound=Struct)
Found = Mapping[type[Finding], Sequence[Finding]]
Kind = type[Finding] | type[Across]
PORTION = 4000
"""Values of the case as a whole that are looked at together."""


class Reading:
    """A document under the reader's eye: its text folded and cut, and what earlier stages found in it."""

    def __init__(
        self, doc: Document, lang: Lexicon, settings: Settings, found: Found | None = None, words: Words | None = None
    ) -> None:
        self.doc, self.lang, self.settings = doc, lang, settings
        self.found: dict[type[Finding], tuple[Finding, ...]] = {k: tuple(v) for k, v in (found or {}).items()}
        if words is not None:
            self.words = words

    @cached_property
    def words(self) -> Words:
        return Words(View(self.doc.text, self.lang.fold))

    @property
    def view(self) -> View:
        return self.words.view

    def add(self, findings: Iterable[Finding]) -> None:
        """Takes in what a stage found; what the text says of itself completes the document."""
        by_type: dict[type[Finding], list[Finding]] = {}
        for finding in findings:
            by_type.setdefault(type(finding), []).append(finding)
        for kind, new in by_type.items():
            both = (*self.found.get(kind, ()), *new)
            self.found[kind] = tuple(sorted(both, key=lambda f: (f.start, f.end)))
        self.doc = completed(self.doc, self.of(Masthead))

    def of(self, type: type[F]) -> tuple[F, ...]:
        """What earlier stages found of a type, in order of place; empty when there is none."""
        return self.found.get(type, ())  # type: ignore[return-value]  # the key is the type of what is in the tuple


def completed(doc: Document, mastheads: Iterable[Masthead]) -> Document:
    """The document with what its own text says where metadata is silent; the first word on a field stands."""
    said: dict[str, Any] = {}
    for masthead in mastheads:
        if getattr(doc, masthead.field) is None and masthead.field not in said:
            said[masthead.field] = masthead.value
            if masthead.field == "published":
                said["published_basis"] = masthead.basis
    return msgspec.structs.replace(doc, **said) if said else doc


class Corpus(ABC):
    """All documents of a case, as an `across` stage sees them; documents come in order of id."""

    lang: Lexicon
    settings: Settings

    @abstractmethod
    def ids(self) -> Sequence[str]:
        """The ids of all documents, sorted."""

    @abstractmethod
    def readings(self, ids: Iterable[str] | None = None, with_: Sequence[type[Finding]] = ()) -> Iterator[Reading]:
        """The documents (all, or those named, in order of id) with what was found of the types in `with_`."""

    def texts(self, ids: Iterable[str]) -> Iterator[str]:
        """The texts of the documents named, in order of id."""
        return (reading.doc.text for reading in self.readings(ids))

    def over(
        self,
        function: Callable[[Reading, Sequence[Any]], R],
        with_: Sequence[type[Finding]] = (),
        beside: type[Across] | None = None,
        ids: Iterable[str] | None = None,
    ) -> Iterator[R]:
        """`function` of every document, or of those named, and of what earlier stages say of it, in order of id.

        It runs over processes where there are any, and must be importable. Where there is a case its answers are kept,
        so that a case that grows is asked only of what is new: the type of the answer must be declared, and be one
        that msgspec writes. `with_` are types of what was found in the document; `beside` is one of those that are kept
        by document for the case as a whole.
        """
        said: dict[str, list[Across]] = {}
        for value in self.across(beside) if beside else ():
            said.setdefault(value.key, []).append(value)
        for reading in self.readings(ids, with_):
            yield function(reading, said.get(reading.doc.id, ()))

    def renewed(
        self,
        function: Callable[[Reading, Sequence[Any]], R],
        with_: Sequence[type[Finding]],
        before: Mapping[str, bytes],
    ) -> Iterator[tuple[str, bytes, R | None]]:
        """Like `over` all documents, but each with its id and a digest of the answer, and the answer itself only where
        the digest is another one than `before`."""
        for reading in self.readings(None, with_):
            answer = function(reading, ())
            digest = blake2b(msgspec.msgpack.encode(answer), digest_size=8).digest()
            yield reading.doc.id, digest, answer if before.get(reading.doc.id) != digest else None

    def asked(
        self,
        function: Callable[[Reading, Sequence[Any]], R],
        with_: Sequence[type[Finding]] = (),
        beside: type[Across] | None = None,
    ) -> Answers[R]:
        """What `over` gives of all documents, to be looked at a few documents at a time."""
        by_id = dict(zip(self.ids(), self.over(function, with_, beside), strict=True))
        encode = msgspec.msgpack.Encoder(order="deterministic").encode
        versions = {id: blake2b(encode(answer), digest_size=8).digest() for id, answer in by_id.items()}
        return Answers(by_id, versions, self)

    def noted(self, kind: type[N]) -> N | None:
        """What the stage noted when it last ran with the same tables and settings, on other documents perhaps.

        A note spares work and changes no result: it says what came of something, by a digest of all that went into it.
        """
        return None

    def note(self, value: Struct) -> None:  # noqa: B027  # where there is no case, nothing is kept
        """Keeps a note of its type for the next run, where there is a case."""

    def holding(self, phrases: Iterable[tuple[str, ...]]) -> Collection[str]:
        """The ids of the documents that may hold one of some phrases, given as folded words, with clitics before them
        or without."""
        return self.ids()

    def given(self, type: type[Across]) -> Collection[str] | None:
        """The keys under which the case keeps what this stage gave of a type when it last ran.

        Instead of giving the same again the stage may say that it `Stands`. None where what the case keeps is not what
        the stage gave, since people decided on it, or where there is no case.
        """
        return None

    @abstractmethod
    def across(self, type: type[A], keys: Iterable[str] | None = None) -> Iterator[A]:
        """What earlier `across` stages found of a type, in order: all of it, or what is kept under some keys."""

    def across_as(self, shape: type[N], type: type[Across], filled: str) -> Iterator[N]:
        """What `across` gives, in a shape that names only the fields that are needed; values in which no list of the
        name `filled` holds anything may be left out. Of many large values that takes a part of the time."""
        yield from self.across(type)  # type: ignore[misc]  # which has these fields

    def versions(self, type: type[Across]) -> dict[str, bytes]:
        """For every key under which earlier `across` stages found something of a type, in order, a digest of what."""
        found: dict[str, list[Across]] = {}
        for value in self.across(type):
            found.setdefault(value.key, []).append(value)
        return {key: blake2b(msgspec.msgpack.encode(found[key]), digest_size=8).digest() for key in sorted(found)}

    def portions(self, function: Callable[[Sequence[A]], R], type: type[A]) -> Iterator[R]:
        """`function` of all that earlier `across` stages found of a type, a portion at a time, in order of key.

        It runs over processes where there are any, and must be importable. There the values are unpacked, too.
        """
        values = sorted(self.across(type), key=lambda value: value.key)
        return self.parallel(function, [values[at : at + PORTION] for at in range(0, len(values), PORTION)])

    @abstractmethod
    def parallel(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """`map`, over processes where there are any; `function` must be importable, results come in order."""

    def decisions(self) -> tuple[Decision, ...]:
        """What analysts decided and did not take back, in order; the engine applies it, so a stage rarely asks."""
        return ()

    def reading(self, id: str, with_: Sequence[type[Finding]] = ()) -> Reading:
        """One document; raises UnknownDocument."""
        for reading in self.readings([id], with_):
            return reading
        raise UnknownDocument(f"There is no document {id!r} in this corpus.")


class Answers(Generic[R]):
    """What a function said of every document of a corpus."""

    def __init__(self, by_id: Mapping[str, R], versions: Mapping[str, bytes], corpus: Corpus) -> None:
        self.by_id, self.versions, self.corpus = by_id, versions, corpus
        """`versions` has for every document, in order of id, a digest of the answer."""

    def of(self, ids: Iterable[str]) -> Iterator[R]:
        """The answers about the documents named, in order of id."""
        return (self.by_id[id] for id in sorted(ids))

    def portions(
        self, function: Callable[[Lexicon, Sequence[R], X], S], portions: Iterable[tuple[Sequence[str], X]]
    ) -> Iterator[S]:
        """`function` of the answers about the documents of each portion, given in order of id, and of what it brings.

        It runs over processes where there are any, and must be importable. There the answers are unpacked, too.
        """
        return (function(self.corpus.lang, list(self.of(ids)), given) for ids, given in portions)

    def findings(
        self, function: Callable[[Lexicon, Sequence[R], X], Sequence[A]], portions: Iterable[tuple[Sequence[str], X]]
    ) -> Iterator[A | Packed]:
        """What `function` finds in each portion, each under a key of its own, to be given by the stage as it comes.

        Where there are processes it travels packed.
        """
        return (found for some in self.portions(function, portions) for found in some)


class Memory(Corpus):
    """A corpus that lies in memory: for stages used as plain functions, and for tests.

    >>> from riwaya.lang.ar import arabic
    >>> Memory([], arabic).ids()
    []
    """

    def __init__(
        self,
        documents: Iterable[Document],
        lang: Lexicon,
        settings: Settings | None = None,
        findings: Iterable[Finding] = (),
        across: Iterable[Across] = (),
    ) -> None:
        self.lang, self.settings = lang, settings or Settings()
        self._documents = {doc.id: doc for doc in sorted(documents, key=lambda d: d.id)}
        self._findings: dict[tuple[str, type[Finding]], list[Finding]] = {}
        for finding in findings:
            self._findings.setdefault((finding.doc, type(finding)), []).append(finding)
        self._across = tuple(across)

    def ids(self) -> Sequence[str]:
        return list(self._documents)

    def readings(self, ids: Iterable[str] | None = None, with_: Sequence[type[Finding]] = ()) -> Iterator[Reading]:
        for id in self._documents if ids is None else sorted(ids):
            if id not in self._documents:
                raise UnknownDocument(f"There is no document {id!r} in this corpus.")
            found = {t: sorted(self._findings.get((id, t), ()), key=lambda f: (f.start, f.end)) for t in with_}
            yield Reading(self._documents[id], self.lang, self.settings, found)

    def across(self, type: type[A], keys: Iterable[str] | None = None) -> Iterator[A]:
        wanted = None if keys is None else set(keys)
        return (v for v in self._across if isinstance(v, type) and (wanted is None or v.key in wanted))

    def parallel(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        return map(function, items)


class Stage:
    """A function with its name, what it needs and gives, and a version that changes when its answers do."""

    def __init__(
        self,
        run: Callable[[Any], Iterable[Any]],
        kind: Literal["each", "across"],
        needs: Sequence[Kind],
        gives: Sequence[Kind],
        version: int,
        any_language: bool = True,
    ) -> None:
        self.run, self.kind, self.version, self.any_language = run, kind, version, any_language
        self.needs, self.gives = tuple(needs), tuple(gives)
        self.name = run.__name__
        self.__doc__ = run.__doc__

    def __call__(self, given: Any) -> Iterable[Any]:
        return self.run(given)

    def __repr__(self) -> str:
        return f"<stage {self.name}, {self.kind}, version {self.version}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Workers get a stage by its name and not by its code: the module holds it under that name.
        return _by_name, (self.run.__module__, self.name)


def _by_name(module: str, name: str) -> Any:
    from importlib import import_module

    return getattr(import_module(module), name)


def each(
    *, needs: Sequence[Kind] = (), gives: Sequence[Kind], version: int, any_language: bool = False
) -> Callable[[EachFunction], Stage]:
    """Marks a stage that reads one document at a time; `any_language` lets it read those in other languages too."""
    return lambda run: Stage(run, "each", needs, gives, version, any_language)


def across(*, needs: Sequence[Kind] = (), gives: Sequence[Kind], version: int) -> Callable[[AcrossFunction], Stage]:
    """Marks a stage that is given the case as a whole."""
    return lambda run: Stage(run, "across", needs, gives, version)
