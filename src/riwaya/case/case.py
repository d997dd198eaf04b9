"""The case: one file that holds an investigation, and how to read it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec
from msgspec import Struct

from riwaya.case import log, migrations, search
from riwaya.case.packing import Damaged, unpack_across, unpack_findings, unpack_text, unsqueeze
from riwaya.errors import CaseError, MissingLayer, UnknownDocument
from riwaya.lang.ar import arabic
from riwaya.lang.lexicon import Lexicon
from riwaya.model import ACROSS, LAYERS, Across, Document, Failure, Finding, Naming

if TYPE_CHECKING:
    import polars

F = TypeVar("F", bound=Finding)
A = TypeVar("A", bound=Across)
SUFFIX = ".riwaya"
_COLUMNS = "d.head, d.text, d.outlet, d.title, d.author, d.published, d.published_basis"


class Card(Struct, frozen=True, kw_only=True):
    """A document as a list shows it, without its text."""

    id: str
    outlet: str | None
    title: str | None
    published: str | None
    language: str | None
    characters: int
    warnings: int


class Case:
    """An investigation, opened for reading.

    >>> import riwaya
    >>> case = riwaya.open(riwaya.demo())                                        # doctest: +SKIP
    >>> len(case), case["01_alsada.txt"].outlet                                   # doctest: +SKIP

    Iterating gives documents in order of id. A case may be read while a build writes to it; what is read is the last
    finished step. Raises CaseError when the file is not a case.
    """

    def __init__(self, path: str | Path, lang: Lexicon = arabic) -> None:
        self.path, self.lang = Path(path), lang
        if not self.path.is_file():
            raise CaseError(f"There is no case {path}; make one with `riwaya build {path} FOLDER`.")
        try:
            self.connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?{_mode(self.path)}", uri=True)
        except sqlite3.DatabaseError as error:
            raise CaseError(f"{path} cannot be read as a case: {error}.") from error
        try:
            self.connection.execute("PRAGMA query_only = 1")
            migrations.prepare(self.connection, str(path), may_write=False)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            self.close()
            raise CaseError(f"{path} cannot be read as a case: {error}.") from error
        except CaseError:
            self.close()
            raise

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError | Damaged):
            raise self.broken(error) from error

    def broken(self, error: Exception) -> CaseError:
        """What is said of a file that nothing can go on with, as an error of ours."""
        return CaseError(f"{self.path} cannot be read on: {error}. `riwaya verify {self.path}` says what is off.")

    def copy(self, path: str | Path) -> None:
        """Copies the case, as it is at its last finished step, into a new file."""
        with closing(sqlite3.connect(path)) as other:
            self.connection.backup(other)

    # --- documents

    def __len__(self) -> int:
        return int(self.connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def __iter__(self) -> Iterator[Document]:
        return self.documents()

    def __getitem__(self, id: str) -> Document:
        return self.document(id)

    def __contains__(self, id: object) -> bool:
        return self.connection.execute("SELECT 1 FROM documents WHERE id = ?", (id,)).fetchone() is not None

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all documents, sorted."""
        return tuple(id for (id,) in self.connection.execute("SELECT id FROM documents ORDER BY id"))

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """All documents, or those named, in order of id."""
        for group in batched(self.ids if ids is None else sorted(set(ids)), 64):
            rows = self.connection.execute(
                f"SELECT {_COLUMNS} FROM documents d WHERE d.id IN ({marks(group)}) ORDER BY d.id", group
            ).fetchall()
            if len(rows) < len(group):
                self._missing(group)
            for row in rows:
                yield _document(row)

    def _missing(self, ids: Sequence[str]) -> None:
        missing = next(id for id in ids if id not in self)
        near = [id for id in self.ids if missing in id][:3]
        hint = f" Did you mean {', '.join(near)}?" if near else " `riwaya documents` lists them."
        raise UnknownDocument(f"The case has no document {missing!r}.{hint}")

    def document(self, id: str) -> Document:
        """One document; raises UnknownDocument."""
        return next(self.documents([id]))

    def original(self, id: str) -> bytes:
        """The bytes of a document as they were taken in."""
        row = self.connection.execute(
            "SELECT o.data, o.link, o.sha256 FROM documents d JOIN originals o USING (sha256) WHERE d.id = ?", (id,)
        ).fetchone()
        if row is None:
            self._missing([id])
        if row[0] is not None:
            return unsqueeze(row[0])
        try:
            return Path(row[1]).read_bytes()
        except OSError as error:
            raise CaseError(f"The original of {id} was left in place and cannot be read now: {error}.") from error

    def cards(self) -> Iterator[Card]:
        """All documents without their texts, in order of id: for lists."""
        names = ", ".join(Card.__struct_fields__)
        for row in self.connection.execute(f"SELECT {names} FROM documents ORDER BY id"):
            yield Card(**dict(zip(Card.__struct_fields__, row, strict=True)))

    # --- findings

    def findings(self, type: type[F], ids: Iterable[str] | None = None) -> Iterator[F]:
        """Everything found of a type, in order of document and place."""
        for _, found in self.findings_by_document([type], ids):
            yield from found.get(type, ())  # type: ignore[misc]  # the key is the type of what is in the list

    def findings_by_document(
        self, types: Sequence[type[Finding]], ids: Iterable[str] | None = None
    ) -> Iterator[tuple[str, dict[type[Finding], list[Finding]]]]:
        """For each document, what was found of some types, in order of place."""
        for group in batched(self.ids if ids is None else sorted(ids), 256):
            for id, packed in self.packed(types, group).items():
                yield id, unpacked(packed)

    def packed(self, types: Sequence[type[Finding]], ids: Sequence[str]) -> dict[str, list[tuple[str, bytes]]]:
        """What was found of some types in the documents named, as it is kept: by id, layers and their bytes."""
        layers = [t.layer for t in types]
        by_id: dict[str, list[tuple[str, bytes]]] = {id: [] for id in ids}
        rows = self.connection.execute(
            "SELECT d.id, f.layer, f.data FROM findings f JOIN documents d ON d.number = f.document"
            # The plus keeps SQLite from looking up each layer of each document from the root: they lie side by side.
            f" WHERE d.id IN ({marks(ids)}) AND +f.layer IN ({marks(layers)}) AND f.count > 0",
            (*ids, *layers),
        )
        for id, layer, data in rows:
            by_id[id].append((layer, data))
        return by_id

    def across(self, type: type[A], keys: Iterable[str] | None = None) -> Iterator[A]:
        """Everything found of a type in the case as a whole, or what is kept under some keys, in order of key."""
        if keys is None:
            packed = self.connection.execute("SELECT data FROM across WHERE layer = ? ORDER BY key", (type.layer,))
            some: Iterable[bytes] = (data for (data,) in packed)
        else:
            groups = batched(sorted(set(keys)), 256)
            some = (data for group in groups for _, data in sorted(self.packed_across(type, group)))
        for data in some:
            yield from unpack_across(type.layer, data)  # type: ignore[misc]  # the layer names the type

    def rows_across(self, type: type[Across], size: int) -> Iterator[list[bytes]]:
        """All that is kept of a type, as it is kept, so many keys at a time."""
        rows = self.connection.execute("SELECT data FROM across WHERE layer = ? ORDER BY key", (type.layer,))
        while some := rows.fetchmany(size):
            yield [data for (data,) in some]

    def keys_across(self, type: type[Across]) -> set[str]:
        """The keys under which something is kept of a type."""
        return {key for (key,) in self.connection.execute("SELECT key FROM across WHERE layer = ?", (type.layer,))}

    def packed_across(self, type: type[Across], keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """What is kept under some keys, as it is kept."""
        yield from self.connection.execute(
            f"SELECT key, data FROM across WHERE layer = ? AND key IN ({marks(keys)})", (type.layer, *keys)
        )

    def across_one(self, type: type[A], key: str) -> tuple[A, ...]:
        """What is kept under one key: a finding's id, or, of namings, a document's."""
        row = self.connection.execute(
            "SELECT data FROM across WHERE layer = ? AND key = ?", (type.layer, key)
        ).fetchone()
        return tuple(unpack_across(type.layer, row[0])) if row else ()  # type: ignore[arg-type]  # as above

    def namings(self, id: str) -> tuple[Naming, ...]:
        """Whom the mentions of a document mean."""
        return self.across_one(Naming, id)

    def finding(self, id: str) -> Finding | Across:
        """The finding of an id such as `T-1f09c2a4b1d3-120-131`; raises MissingLayer or UnknownDocument."""
        letter, _, rest = id.partition("-")
        key, _, _ = rest.partition("-")
        row = self.connection.execute("SELECT id FROM documents WHERE key = ?", (key,)).fetchone()
        if row:
            for layer, kind in LAYERS.items():
                if layer[0].upper() == letter:
                    for finding in self.findings(kind, [row[0]]):
                        if finding.id == id:
                            return finding
        for layer, across in ACROSS.items():
            if layer != "namings" and (values := self.across_one(across, id)):
                return values[0]
        raise MissingLayer(
            f"The case has no finding {id!r}; ids stand in the `id` column of `riwaya export` and `--json`."
        )

    def counts(self) -> dict[str, int]:
        """How many findings each layer holds."""
        found = dict.fromkeys([*LAYERS, *ACROSS], 0)
        found |= dict(self.connection.execute("SELECT layer, sum(count) FROM findings GROUP BY layer"))
        found |= dict(self.connection.execute("SELECT layer, count(*) FROM across GROUP BY layer"))
        return found

    def rows(self, layer: str) -> Iterator[dict[str, Any]]:
        """The rows of a layer as the JSON Lines export writes them; raises MissingLayer."""
        from riwaya.case import layers

        return layers.rows(self, layer)

    def frame(self, layer: str) -> polars.DataFrame:
        """The rows of a layer as a polars frame, for notebooks; needs `riwaya[frames]`."""
        from riwaya.case.frame import frame

        return frame(self, layer)

    # --- search, failures, history

    def search(self, query: str, limit: int = 20, offset: int = 0, exact: bool = False) -> list[search.Hit]:
        """Documents that hold the words of a query, best first; see `riwaya.case.search` for what a query may say."""
        parsed = search.parse(query, self.lang, exact)
        hits = []
        for number, score in search.found_numbers(self.connection, parsed, limit, offset):
            row = self.connection.execute(
                f"SELECT {_COLUMNS} FROM documents d WHERE d.number = ?", (number,)
            ).fetchone()
            doc = _document(row)
            spans = search.places(doc.text, parsed, self.lang)
            hits.append(
                search.Hit(
                    doc=doc.id,
                    title=doc.title,
                    outlet=doc.outlet,
                    published=doc.published,
                    snippet=search.best_snippet(doc.text, spans),
                    spans=spans,
                    score=round(score, 4),
                )
            )
        return hits

    def holding(self, phrases: Iterable[tuple[str, ...]]) -> set[str]:
        """The ids of the documents that hold one of some phrases, given as folded words."""
        found: set[str] = set()
        for words in phrases:
            query = search.Query(((search.Phrase(words),),)).to_fts()
            rows = self.connection.execute(
                "SELECT d.id FROM search s JOIN documents d ON d.number = s.rowid WHERE s.search MATCH ?", (query,)
            )
            found.update(id for (id,) in rows)
        return found

    def failures(self) -> Iterator[Failure]:
        """What could not be read or analysed, in order of path."""
        for row in self.connection.execute(
            "SELECT path, stage, error, message FROM failures ORDER BY path, stage, place"
        ):
            yield Failure(path=row[0], stage=row[1], error=row[2], message=row[3])

    def log(self, kind: str | None = None, last: bool = False) -> Iterator[log.Entry]:
        """What was done to the case, in order: intakes, runs, decisions; all, or one kind of them, or its last."""
        return log.entries(self.connection, kind, last)


def unpacked(packed: Sequence[tuple[str, bytes]]) -> dict[type[Finding], list[Finding]]:
    """What was found in one document, by type and in order of place."""
    found: dict[type[Finding], list[Finding]] = {}
    for layer, data in packed:
        found.setdefault(LAYERS[layer], []).extend(unpack_findings(layer, data))
    for values in found.values():
        values.sort(key=lambda f: (f.start, f.end))
    return found


def _mode(path: Path) -> str:
    """How SQLite opens a case to read.

    Reading beside a writer needs shared memory, which the reader may have to make. Where nobody may write, as on a
    medium that is kept as evidence, there is no writer either, and the file is read as it lies.
    """
    wal = Path(f"{path}-wal")
    beside_a_writer = os.access(path.resolve().parent, os.W_OK) or (wal.is_file() and wal.stat().st_size > 0)
    return "mode=rw" if beside_a_writer else "immutable=1"


def _document(row: Sequence[Any]) -> Document:
    head, text, outlet, title, author, published, basis = row
    return msgspec.structs.replace(
        msgspec.msgpack.decode(head, type=Document),
        text=unpack_text(text),
        outlet=outlet,
        title=title,
        author=author,
        published=published,
        published_basis=basis,
    )


def batched(values: Iterable[str], size: int) -> Iterator[list[str]]:
    group: list[str] = []
    for value in values:
        group.append(value)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def marks(values: Sequence[Any]) -> str:
    """As many question marks as values, for an SQL `IN`."""
    return ", ".join("?" * len(values))
