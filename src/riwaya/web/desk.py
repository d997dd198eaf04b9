"""The desk: a case opened for the pages, with what is costly to count kept until the case changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from riwaya.case import briefs, queries
from riwaya.case.case import Case
from riwaya.case.writer import Writer
from riwaya.errors import CaseError, MissingThing
from riwaya.lang.ar import arabic
from riwaya.lang.lexicon import Lexicon

T = TypeVar("T")


class NotThere(MissingThing):
    """What an address names is not in the case."""


class Desk:
    """A case for many threads: each has its own connection, all share what was counted."""

    def __init__(self, path: str | Path, lang: Lexicon = arabic) -> None:
        self.path, self.lang = Path(path), lang
        self._own = threading.local()
        self._kept: dict[str, tuple[int, Any]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        if not briefs.fresh(self.case):
            with suppress(CaseError), Writer(self.path, lang) as writer, writer.step():  # else the last build's serve
                briefs.write(writer)

    @property
    def case(self) -> Case:
        """This thread's connection."""
        opened: Case | None = getattr(self._own, "case", None)
        if opened is None:
            opened = self._own.case = Case(self.path, self.lang)
        return opened

    @property
    def name(self) -> str:
        return self.path.stem

    def keep(self, name: str, make: Callable[[Case], T]) -> T:
        """What `make` counts, counted once for each state of the case."""
        stamp = queries.stamp(self.case)
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            held = self._kept.get(name)
            if held is None or held[0] != stamp:
                held = self._kept[name] = (stamp, make(self.case))
        value: T = held[1]
        return value
