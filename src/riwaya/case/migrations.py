"""Brings the file of an older riwaya up to date, and turns away that of a newer one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from importlib.resources import files

from riwaya.errors import CaseError

VERSION = 6
"""Of schema.sql, seals.sql, briefs.sql and answers.sql."""


def _seals(connection: sqlite3.Connection) -> None:
    """1 → 2: seals, which the build that follows puts on."""
    connection.executescript(f"BEGIN; {_script('seals.sql')} PRAGMA user_version = 2; COMMIT;")


def _places_of_failures(connection: sqlite3.Connection) -> None:
    """2 → 3: failures of reading are told apart by where the source lies; sources that failed are read again."""
    table = _script("schema.sql").partition("CREATE TABLE failures")[2].partition(";")[0]
    connection.executescript(
        "BEGIN; UPDATE sources SET done = 0 WHERE label IN"
        " (SELECT substr(path, 1, length(sources.label)) FROM failures WHERE stage = 'read');"
        f"DROP TABLE failures; CREATE TABLE failures{table}; PRAGMA user_version = 3; COMMIT;"
    )


def _answers(connection: sqlite3.Connection) -> None:
    """3 → 4: a table of answers, which the build that follows fills."""
    table, _, _ = _script("schema.sql").partition("CREATE TABLE answers")[2].partition("\n\n")
    connection.executescript(f"BEGIN; CREATE TABLE answers{table} PRAGMA user_version = 4; COMMIT;")


def _briefs(connection: sqlite3.Connection) -> None:
    """4 → 5: short rows for lists, which the build that follows fills."""
    connection.executescript(f"BEGIN; {_script('briefs.sql')} PRAGMA user_version = 5; COMMIT;")


def _seals_of_answers(connection: sqlite3.Connection) -> None:
    """5 → 6: answers keep their seals, which the build that follows puts on."""
    connection.executescript(
        f"BEGIN; DELETE FROM seals WHERE part = 'answers'; {_script('answers.sql')} PRAGMA user_version = 6; COMMIT;"
    )


STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {
    1: _seals,
    2: _places_of_failures,
    3: _answers,
    4: _briefs,
    5: _seals_of_answers,
}
"""From each older version to the next; each writes its new version in its one transaction: it is done or it is not."""

APPLICATION = 0x72697761  # "riwa": the file says itself what it is


def prepare(connection: sqlite3.Connection, path: str, may_write: bool) -> None:
    """Makes the tables of a new file, migrates an old one; raises CaseError when it is neither."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if empty and may_write:
        create(connection)
    elif application != APPLICATION:
        raise CaseError(f"{path} is not a case of riwaya; give the path of one, or of a file that does not exist yet.")
    elif version > VERSION:
        raise CaseError(
            f"{path} was made by a newer riwaya (schema {version}, this one knows {VERSION}): upgrade riwaya."
        )
    elif version < VERSION:
        if not may_write:
            raise CaseError(
                f"{path} was made by an older riwaya: run `riwaya build {path}` once to bring it up to date."
            )
        for step in range(version, VERSION):
            STEPS[step](connection)


def create(connection: sqlite3.Connection) -> None:
    connection.executescript(
        # Texts and originals are a few kilobytes each: on pages of the usual 4 KB most would hang on chains of pages.
        f"PRAGMA page_size = 16384; BEGIN; {_script('schema.sql')} {_script('seals.sql')} {_script('briefs.sql')}"
        f"{_script('answers.sql')}"
        f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    )


@cache
def drawing() -> tuple[tuple[str, str | None], ...]:
    """The name and definition of every table, index and trigger of a case."""
    with closing(sqlite3.connect(":memory:")) as connection:
        create(connection)
        return tuple(connection.execute("SELECT name, sql FROM sqlite_schema"))


def _script(name: str) -> str:
    return files("riwaya.case").joinpath(name).read_text("utf-8")
