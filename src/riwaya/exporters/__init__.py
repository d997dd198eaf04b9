"""Case → files, a file per format.

    export(case, "out/", "jsonl")

`FORMATS` names them; each is a function of a case and a folder that returns the files it wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from riwaya.case import Case
from riwaya.errors import InvalidInput
from riwaya.exporters import (
    csv,
    ftm,
    geojson,
    gexf,
    handover,
    jsonl,
    parquet,
    passim,
    prov,
    schemaorg,
    tei,
    timelinejs,
    webannotation,
)

__all__ = ["FORMATS", "export"]

FORMATS: dict[str, Callable[[Case, Path, Sequence[str] | None], list[Path]]] = {
    "csv": csv.write,
    "ftm": ftm.write,
    "geojson": geojson.write,
    "gexf": gexf.write,
    "handover": handover.write,
    "jsonl": jsonl.write,
    "parquet": parquet.write,
    "passim": passim.write,
    "prov": prov.write,
    "schemaorg": schemaorg.write,
    "tei": tei.write,
    "timelinejs": timelinejs.write,
    "webannotation": webannotation.write,
}


def export(case: Case, folder: str | Path, form: str = "jsonl", layers: Sequence[str] | None = None) -> list[Path]:
    """Writes the layers of a case (all, or those named) into a folder; returns the files.

    The same case gives the same bytes, on any machine. Raises InvalidInput for an unknown format and MissingLayer for
    an unknown layer.
    """
    if form not in FORMATS:
        raise InvalidInput(f"There is no export format {form!r}; there are {', '.join(FORMATS)}.")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return FORMATS[form](case, folder, layers)
