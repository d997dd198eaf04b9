"""The case: one SQLite file that holds an investigation."""

from pathlib import Path

from riwaya.case.case import Case

__all__ = ["Case", "open"]


def open(path: str | Path) -> Case:
    """Opens a case for reading; raises CaseError with what would do when it is not one."""
    return Case(path)
