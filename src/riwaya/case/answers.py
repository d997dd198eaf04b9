"""What was said of single documents for the sake of the case as a whole, kept so that it is not asked again.

An `across` stage asks the same of every document. The answer depends on the document, on what was found in it, and on
what is given beside it; it is kept until one of these changes. So a case that grows asks of what is new, and the result
is that of a case built at once. A stage also keeps notes of the case as a whole, which spare it work that was done
before. Nothing here is evidence: it can be made again from the rest, and an exact re-run does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from riwaya.case.case import Case, batched, marks
from riwaya.model import Across

WHOLE = 0
"""Stands for the document where something is kept of the case as a whole; documents are numbered from 1."""


def lacking(
    case: Case, asked: str, recipe: str, beside: type[Across] | None, ids: Iterable[str]
) -> Iterator[tuple[str, bytes]]:
    """The documents, of those named, whose answer is not kept, and the digest of what it is to be made from.

    `recipe` stands for the stage, its version, tables, settings and all that it needs; `beside` is a layer that is
    kept by document, which the answer depends on.
    """
    layer = beside.layer if beside else ""
    for group in batched(ids, 256):
        rows = case.connection.execute(
            "SELECT d.id, a.given, b.data FROM documents d"
            " LEFT JOIN answers a ON a.asked = ? AND a.document = d.number"
            f" LEFT JOIN across b ON b.layer = ? AND b.key = d.id WHERE d.id IN ({marks(group)}) ORDER BY d.id",
            (asked, layer, *group),
        ).fetchall()
        for id, given, said in rows:
            due = blake2b(recipe.encode() + b"\0" + (said or b""), digest_size=16).digest()
            if given != due:
                yield id, due


def keep(case: Case, asked: str, answers: Sequence[tuple[str, bytes, bytes]]) -> None:
    """Keeps answers, each with the id of its document and the digest of what it was made from; the caller commits."""
    case.connection.executemany(
        "INSERT OR REPLACE INTO answers SELECT ?, number, ?, ? FROM documents WHERE id = ?",
        [(asked, given, data, id) for id, given, data in answers],
    )


def kept(case: Case, asked: str, ids: Iterable[str]) -> Iterator[bytes]:
    """The answers about the documents named, in order of id."""
    for group in batched(ids, 256):
        yield from (
            data
            for (data,) in case.connection.execute(
                # CROSS keeps SQLite from going through all answers for each group, and looking up their documents.
                "SELECT a.data FROM documents d CROSS JOIN answers a ON a.asked = ? AND a.document = d.number"
                f" WHERE d.id IN ({marks(group)}) ORDER BY d.id",
                (asked, *group),
            ).fetchall()
        )


def noted(case: Case, name: str, recipe: str) -> bytes | None:
    """What a stage noted of the case, if it did so under the same recipe."""
    row = case.connection.execute(
        "SELECT data FROM answers WHERE asked = ? AND document = ? AND given = ?", (name, WHOLE, recipe.encode())
    ).fetchone()
    return row[0] if row else None


def note(case: Case, name: str, recipe: str, data: bytes) -> None:
    """Keeps a note in place of the one before; the caller commits."""
    case.connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", (name, WHOLE, recipe.encode(), data))
