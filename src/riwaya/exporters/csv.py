"""CSV as Excel reads it: a byte-order mark so that Arabic stays Arabic, CRLF, and no cell that runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from riwaya.case import Case
from riwaya.case.layers import MAKERS, rows

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be computed by a spreadsheet; an apostrophe in front makes it text (OWASP)."""


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `LAYER.csv` for every layer that holds rows; nested values are JSON in one cell."""
    written = []
    for layer in layers or MAKERS:
        path = folder / f"{layer}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, dialect="excel")
            header: list[str] | None = None
            for row in rows(case, layer):
                if header is None:
                    header = list(row)
                    writer.writerow(header)
                writer.writerow([cell(row.get(key)) for key in header])
        written.append(path)
    return written


def cell(value: Any) -> str:
    """A value as a spreadsheet may hold it.

    >>> cell("=1+1"), cell(None), cell([1, 2]), cell(-3)
    ("'=1+1", '', '[1,2]', '-3')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        # NUL ends a cell in most readers of CSV, so it is left out here; the JSON Lines export keeps it.
        text = value.replace("\0", "")
        return f"'{text}" if text.startswith(FORMULA) else text
    if isinstance(value, list | tuple | dict):
        return msgspec.json.encode(value).decode("utf-8")
    return str(value).lower() if isinstance(value, bool) else str(value)
