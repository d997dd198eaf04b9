"""What the pipeline asks of an engine: where sources lie, and where stages run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from riwaya.case.case import Case
from riwaya.case.writer import Analysed
from riwaya.engines.analyse import Recipe
from riwaya.engines.intake import Taken
from riwaya.readers import ReadOptions, Source
from riwaya.settings import Settings
from riwaya.stage import Corpus


class Engine(Protocol):
    """`Local` and `Spark` are such; both run the same functions over the same batches."""

    def sources(self, paths: Sequence[str | Path], metadata: Sequence[str | Path]) -> Iterable[Source]:
        """Everything to read under the paths, in an order that is always the same."""

    def read(self, sources: Sequence[Source], options: ReadOptions, language: str, link: bool) -> Iterator[Taken]:
        """What the sources hold, mixed. One that brings its reader down becomes a Failure, and the rest goes on."""

    def analyse(self, recipe: Recipe, rows: Iterable[tuple[int, bytes, bytes, int]]) -> Iterator[Analysed]:
        """What the stages find in documents given as (number, head, text, characters)."""

    def corpus(self, case: Case, settings: Settings, recipe: str) -> Corpus:
        """The documents of a case, as the `across` stage of a recipe sees them."""

    def close(self) -> None:
        """Ends what was started for it."""
