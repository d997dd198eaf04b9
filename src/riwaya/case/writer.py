"""Writing to a case: one writer at a time, in small transactions that each leave it whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from riwaya.case import log, migrations, seal, spool
from riwaya.case.case import Case, marks
from riwaya.case.packing import unpack_text
from riwaya.case.search import indexed
from riwaya.errors import CaseError
from riwaya.lang.ar import arabic
from riwaya.lang.lexicon import Lexicon
from riwaya.model import Across, Document, Failure, Packed, Stands, document_key
from riwaya.text.view import View
from riwaya.text.words import Words

INDEXING = 1
"""Changes when what `indexed` gives does: the search index is then filled again."""
AT_ONCE = 2000
"""Documents that wait for the index at the most."""


class Intake(Struct, frozen=True, kw_only=True):
    """A document on its way into the case, made ready by the process that read it."""

    document: bytes
    """The Document without its text; msgpack."""
    id: str
    member: str | None
    sha256: str
    text_sha256: str
    digest: str
    text: bytes
    words: str
    """What the search index holds."""
    characters: int
    warnings: int
    original: bytes | None
    """Compressed; None when it is left in place or another document of the same bytes brought it."""
    original_size: int
    link: str | None


class Bearer(NamedTuple):
    """A document that already bears an id."""

    number: int
    source: str
    sha256: str
    member: str | None
    digest: str


def renamed(head: bytes, id: str) -> bytes:
    """The head of a document with another id."""
    return msgspec.msgpack.encode(msgspec.structs.replace(msgspec.msgpack.decode(head, type=Document), id=id))


class Analysed(Struct, frozen=True, kw_only=True):
    """What the `each` stages found in some documents."""

    found: list[Found] = []
    said: list[Said] = []
    failures: list[Failure] = []
    ids: list[str] = []
    """Of the documents that were looked at."""
    seconds: dict[str, float] = {}

    @property
    def documents(self) -> int:
        return len(self.ids)


class Found(Struct, frozen=True, kw_only=True):
    """What one stage found in one document, of one layer."""

    number: int
    layer: str
    stage: str
    recipe: str
    count: int
    data: bytes


class Said(Struct, frozen=True, kw_only=True):
    """What the text of a document says of itself, once the stages have read it."""

    number: int
    outlet: str | None
    title: str | None
    author: str | None
    published: str | None
    published_basis: str


class Writer(Case):
    """A case opened for writing; raises CaseError when somebody else is writing to it."""

    def __init__(self, path: str | Path, lang: Lexicon = arabic) -> None:
        self.path, self.lang = Path(path), lang
        self._unindexed: list[tuple[int, str]] = []
        self.lock = FileLock(f"{self.path}-lock")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.lock.acquire(timeout=0)
        except Timeout:
            raise CaseError(f"{path} is being written by another riwaya; wait until it ends, or stop it.") from None
        except OSError as error:
            raise CaseError(f"{path} cannot be written: {error.strerror}. Choose a folder you may write to.") from error
        try:
            self.connection = sqlite3.connect(self.path.absolute())
        except sqlite3.DatabaseError as error:
            self._unlock()
            raise CaseError(f"{path} cannot be opened as a case: {error}.") from error
        try:
            migrations.prepare(self.connection, str(path), may_write=True)
            # Only now, for the mode of its journal stands in the file: what is no case is not touched.
            self.connection.executescript(
                # FULL would wait for the disk at each step; with WAL a crash of the machine loses whole steps at most.
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF;"
                "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16384;"
            )
        except sqlite3.DatabaseError as error:
            self.close()
            raise CaseError(f"{path} cannot be opened as a case: {error}.") from error
        except CaseError:
            self.close()
            raise

    def close(self) -> None:
        super().close()
        self._unlock()

    def _unlock(self) -> None:
        # The file goes while the lock is still held: later, it could be the lock of somebody else.
        with suppress(OSError):  # Windows keeps an open file; there the lock takes it away itself
            Path(self.lock.lock_file).unlink(missing_ok=True)
        self.lock.release()

    @contextmanager
    def step(self) -> Iterator[None]:
        """A transaction; a full disk or a broken file becomes a CaseError, and nothing of the step is kept."""
        try:
            with self.connection:
                yield
                self._index()  # a document never lasts without its words in the index
        except sqlite3.DatabaseError as error:
            raise self.broken(error) from error

    def broken(self, error: Exception) -> CaseError:
        return CaseError(
            f"{self.path} cannot be written: {error}. What was done before stands; "
            "make room or mend the cause, then run the same command to go on."
        )

    # --- intake

    def is_read(self, place: str, stamp: str) -> bool:
        """Was the source read whole, as it is now?"""
        row = self.connection.execute("SELECT stamp, done FROM sources WHERE place = ?", (place,)).fetchone()
        return row is not None and row[0] == stamp and bool(row[1])

    def forget_side_files(self) -> None:
        """Takes back what was said of side files of metadata: it speaks of what was given with them."""
        with self.step():
            said = "SELECT place FROM failures WHERE stage = 'read' AND error = 'InvalidMetadata'"
            self.connection.execute(f"DELETE FROM sources WHERE place IN ({said})")
            self.connection.execute(f"DELETE FROM failures WHERE place IN ({said})")

    def begin_source(self, place: str, label: str, stamp: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, 0)", (place, label, stamp))
        self.connection.execute("DELETE FROM failures WHERE place = ?", (place,))

    def end_source(self, place: str, kept: Collection[str]) -> None:
        """Marks a source as read whole; its documents that were not seen again are taken out."""
        self.connection.execute("UPDATE sources SET done = 1 WHERE place = ?", (place,))
        rows = self.connection.execute("SELECT number, id FROM documents WHERE source = ?", (place,)).fetchall()
        for number, id in rows:
            if id not in kept:
                self.drop(number)

    def take_in(self, place: str, intake: Intake) -> str:
        """Keeps a document and returns its id.

        Where another document already bears the id, the one that comes first by path keeps it and the other gets a
        part of its hash added, so that the order of reading never shows.
        """
        id = intake.id
        bearer = self._bearer(id)
        if bearer and bearer.source != place and (bearer.sha256, bearer.member) != (intake.sha256, intake.member):
            other = f"{id}~{intake.sha256[:8]}"
            if (bearer.source, bearer.member or "") < (place, intake.member or ""):
                id = other
                bearer = self._bearer(id)
            else:
                self._rename(bearer.number, f"{id}~{bearer.sha256[:8]}")
                bearer = None
        if bearer:
            if bearer.digest == intake.digest:
                self._keep_original(intake)
                self.connection.execute("UPDATE documents SET source = ? WHERE number = ?", (place, bearer.number))
                return id
            self.drop(bearer.number)
        self._insert(place, id, intake)
        return id

    def _bearer(self, id: str) -> Bearer | None:
        row = self.connection.execute(
            "SELECT number, source, sha256, member, digest FROM documents WHERE id = ?", (id,)
        ).fetchone()
        return Bearer(*row) if row else None

    def _rename(self, number: int, id: str) -> None:
        """Gives a document another id; what was found under the old one is found again."""
        head = self.connection.execute("SELECT head FROM documents WHERE number = ?", (number,)).fetchone()[0]
        self.connection.execute(
            "UPDATE documents SET id = ?, key = ?, head = ? WHERE number = ?",
            (id, document_key(id), renamed(head, id), number),
        )
        self._forget(number)

    def _insert(self, place: str, id: str, intake: Intake) -> None:
        doc = msgspec.msgpack.decode(intake.document, type=Document)
        head = intake.document if id == doc.id else renamed(intake.document, id)
        self._keep_original(intake)
        cursor = self.connection.execute(
            "INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(id, document_key(id), place, intake.member, intake.sha256, intake.text_sha256, intake.digest),
                *(head, intake.text, intake.characters, intake.warnings, doc.language),
                *(doc.outlet, doc.title, doc.author, doc.published, doc.published_basis),
            ),
        )
        assert cursor.lastrowid is not None
        self._unindexed.append((cursor.lastrowid, intake.words))
        if len(self._unindexed) >= AT_ONCE:
            self._index()

    def index_anew(self) -> None:
        """Fills the search index again where it was made with another folding of letters, or in another way."""
        made = f"{INDEXING} {self.lang.folding}"
        row = self.connection.execute("SELECT value FROM about WHERE key = 'index'").fetchone()
        if row == (made,):
            return
        with self.step():
            if len(self):
                self.connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
            for number, text in self.connection.execute("SELECT number, text FROM documents ORDER BY number"):
                self._unindexed.append((number, indexed(Words(View(unpack_text(text), self.lang.fold)))))
                if len(self._unindexed) >= AT_ONCE:
                    self._index()
            self._index()
            self.connection.execute("DELETE FROM seals WHERE part = 'search'")
            self.connection.execute("INSERT OR REPLACE INTO about VALUES ('index', ?)", (made,))

    def _index(self) -> None:
        """Puts the documents of this step into the search index.

        All at once: the index writes out what it has gathered whenever another table is written to in between.
        """
        self.connection.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", self._unindexed)
        self._unindexed.clear()

    def _keep_original(self, intake: Intake) -> None:
        """Keeps the bytes, or the link to them; bytes that are in the case already stay, and replace a link."""
        self.connection.execute(
            "INSERT INTO originals VALUES (?, ?, ?, ?)"
            " ON CONFLICT (sha256) DO UPDATE SET data = excluded.data, link = excluded.link WHERE data IS NULL",
            (intake.sha256, intake.original_size, intake.original, intake.link),
        )

    def drop(self, number: int) -> None:
        """Takes out a document that its source no longer holds; the log keeps its hash."""
        row = self.connection.execute(
            "SELECT id, sha256, text, source FROM documents WHERE number = ?", (number,)
        ).fetchone()
        log.append(self.connection, "riwaya", "intake", {"removed": row[0], "sha256": row[1]})
        self._index()
        # An index without the texts must be told once more what it held.
        words = indexed(Words(View(unpack_text(row[2]), self.lang.fold)))
        self.connection.execute("INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", (number, words))
        self._forget(number)
        self.connection.execute("DELETE FROM failures WHERE path = ? AND stage != 'read'", (row[0],))
        self.connection.execute("DELETE FROM documents WHERE number = ?", (number,))
        self.connection.execute(
            "DELETE FROM originals WHERE sha256 = ? AND sha256 NOT IN (SELECT sha256 FROM documents)", (row[1],)
        )
        # Another file of the same name and bytes may have been taken for this one: it is read when it is given again.
        self.connection.execute(
            "UPDATE sources SET done = 0 WHERE place != ? AND place NOT IN (SELECT source FROM documents)"
            " AND label = (SELECT label FROM sources WHERE place = ?)",
            (row[3], row[3]),
        )

    def _forget(self, number: int) -> None:
        """Takes out what was found in a document."""
        for table in ("findings", "answers"):
            self.connection.execute(f"DELETE FROM {table} WHERE document = ?", (number,))

    # --- findings

    def unfinished(self, wanted: Sequence[tuple[str, str, str]]) -> list[int]:
        """The numbers of the documents that lack a finding row of any wanted (layer, stage, recipe)."""
        numbers: set[int] = set()
        for layer, stage, recipe in wanted:
            numbers.update(
                n
                for (n,) in self.connection.execute(
                    "SELECT number FROM documents WHERE number NOT IN"
                    " (SELECT document FROM findings WHERE layer = ? AND stage = ? AND recipe = ?)",
                    (layer, stage, recipe),
                )
            )
        return sorted(numbers)

    def heads(self, numbers: Sequence[int]) -> Iterator[tuple[int, bytes, bytes, int]]:
        """Documents as they were read, for the stages: number, head, text, characters."""
        for start in range(0, len(numbers), 256):
            group = numbers[start : start + 256]
            yield from self.connection.execute(
                "SELECT number, head, text, characters FROM documents"
                f" WHERE number IN ({marks(group)}) ORDER BY number",
                group,
            ).fetchall()

    def keep_found(self, analysed: Analysed) -> None:
        """Replaces what the stages found in these documents before."""
        self.connection.executemany(
            "DELETE FROM failures WHERE path = ? AND stage != 'read'", [(id,) for id in analysed.ids]
        )
        for failure in analysed.failures:
            self.keep_failure(failure)
        self.connection.executemany(
            "DELETE FROM answers WHERE document = ?", [(number,) for number in {f.number for f in analysed.found}]
        )
        self.connection.executemany(
            "INSERT OR REPLACE INTO findings VALUES (?, ?, ?, ?, ?, ?)",
            [(f.layer, f.stage, f.number, f.recipe, f.count, f.data) for f in analysed.found],
        )
        self.connection.executemany(
            "UPDATE documents SET outlet = ?, title = ?, author = ?, published = ?, published_basis = ?"
            " WHERE number = ?",
            [(s.outlet, s.title, s.author, s.published, s.published_basis, s.number) for s in analysed.said],
        )

    def keep_across(
        self, stage: str, recipe: str, layers: Sequence[str], values: Iterable[Across | Packed | Stands]
    ) -> None:
        """Replaces what an `across` stage gave before, but for what it says stands."""
        run = self.connection
        given = spool.in_order(values)
        due = next(given, None)
        for layer in sorted(layers):
            for keys in self._stretches(layer):
                last, had = keys[-1] if keys else None, set(keys)
                changed: list[tuple[str, str, bytes]] = []
                while due and due[0][0] == layer and (last is None or due[0][1] <= last):
                    (_, key), data = due
                    # What is as it was is not written again, and keeps its seal.
                    if data is not None and not (key in had and self._is_kept(layer, key, data)):
                        changed.append((layer, key, data))
                    had.discard(key)
                    due = next(given, None)
                run.executemany("DELETE FROM across WHERE layer = ? AND key = ?", [(layer, key) for key in sorted(had)])
                run.executemany("INSERT OR REPLACE INTO across VALUES (?, ?, ?)", changed)
        if due:
            raise TypeError(f"it gave {due[0][0]} and promises {list(layers)}")
        run.execute("INSERT OR REPLACE INTO done VALUES (?, ?)", (stage, recipe))

    def _stretches(self, layer: str) -> Iterator[list[str]]:
        """The keys of a layer in order, some at a time, and in the end none."""
        after = ""
        while True:
            rows = self.connection.execute(
                "SELECT key FROM across WHERE layer = ? AND key > ? ORDER BY key LIMIT ?", (layer, after, AT_ONCE)
            ).fetchall()
            yield [key for (key,) in rows]
            if not rows:
                return
            after = rows[-1][0]

    def _is_kept(self, layer: str, key: str, data: bytes) -> bool:
        row = self.connection.execute("SELECT data FROM across WHERE layer = ? AND key = ?", (layer, key)).fetchone()
        return row is not None and row[0] == data

    def forget_findings(self) -> None:
        """Takes out all that stages found; originals, texts, decisions and the log stay."""
        for table in ("findings", "answers", "across", "done"):
            self.connection.execute(f"DELETE FROM {table}")
        self.connection.execute("DELETE FROM failures WHERE stage != 'read'")

    def content_digest(self) -> str:
        """Changes when any document does: what `across` stages depend on."""
        hasher = blake2b(digest_size=8)
        for row in self.connection.execute("SELECT digest FROM documents ORDER BY id"):
            hasher.update(row[0].encode())
        return hasher.hexdigest()

    def commit(self) -> None:
        """Makes all that was written last."""
        with self.step():
            pass

    def is_done(self, stage: str, recipe: str) -> bool:
        row = self.connection.execute("SELECT recipe FROM done WHERE stage = ?", (stage,)).fetchone()
        return row is not None and row[0] == recipe

    def keep_failure(self, failure: Failure, place: str = "") -> None:
        """Keeps what went wrong: of reading with the place of the source, since two may bear one path."""
        self.connection.execute(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?)",
            (place, failure.path, failure.stage, failure.error, failure.message),
        )

    def forget_failure(self, path: str, stage: str) -> None:
        self.connection.execute("DELETE FROM failures WHERE path = ? AND stage = ?", (path, stage))

    def record(self, kind: str, values: dict[str, Any], by: str = "riwaya") -> None:
        log.append(self.connection, by, kind, values)

    def seal(self) -> dict[str, str]:
        """Seals what the build has changed; returns the digests that the log takes. See `riwaya.case.seal`."""
        return seal.seal(self.connection)
