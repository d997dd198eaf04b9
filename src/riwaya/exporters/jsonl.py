"""JSON Lines: one file per layer, one object a line; the contract that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from riwaya.case import Case
from riwaya.case.layers import MAKERS, rows


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `LAYER.jsonl` for every layer, UTF-8, keys in the order of the contract."""
    encode = msgspec.json.Encoder().encode
    written = []
    for layer in layers or MAKERS:
        path = folder / f"{layer}.jsonl"
        with path.open("wb") as file:
            for row in rows(case, layer):
                file.write(encode(row) + b"\n")
        written.append(path)
    return written
