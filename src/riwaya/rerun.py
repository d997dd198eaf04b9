"""An exact re-run: the stages once more, over the same texts, in a temporary case, compared byte for byte."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from riwaya import pipeline
from riwaya.case import Case, seal
from riwaya.case import open as open_case
from riwaya.case.writer import Writer
from riwaya.errors import CaseError
from riwaya.lang.lexicon import Lexicon
from riwaya.settings import Settings


def rerun(case: Case, processes: int | None = None) -> list[str]:
    """What came out otherwise, a line each; nothing when every finding is reproduced byte for byte.

    The texts, the settings and the decisions are those of the case. Raises CaseError when the case was built with
    other stages or tables than this riwaya has: their findings are not to be expected again.
    """
    settings = same_as_built(case)
    with TemporaryDirectory(prefix="riwaya-") as folder:
        path = Path(folder) / "rerun.riwaya"
        case.copy(path)
        with Writer(path, case.lang) as writer, writer.step():
            writer.forget_findings()
        pipeline.build(path, settings=settings, processes=processes)
        with open_case(path) as again:
            return seal.differences(case.connection, again.connection)


def same_as_built(case: Case) -> Settings:
    """The settings of the last run, if this riwaya is the one that made it."""
    runs = [entry.said for entry in case.log("run")]
    if not runs:
        raise CaseError(f"No build of {case.path} has ended; run `riwaya build {case.path}`.")
    last: dict[str, Any] = runs[-1]
    settings = msgspec.convert(last["settings"], type=Settings)
    stages = {stage.name: stage.version for stage in pipeline.STAGES}
    now = {"stages": stages, "tables": Lexicon(settings.language).digest}
    if other := [name for name, value in now.items() if last[name] != value]:
        raise CaseError(
            f"{case.path} was built by riwaya {last['riwaya']} with other {' and '.join(other)}: install that version,"
            f" or run `riwaya build {case.path}` to bring the findings up to date."
        )
    return settings
