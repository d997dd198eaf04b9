"""A layer as a table for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from riwaya.errors import MissingThing

if TYPE_CHECKING:
    import polars

    from riwaya.case.case import Case


def frame(case: Case, layer: str) -> polars.DataFrame:
    """The rows of a layer as a polars frame (`.to_pandas()` makes a pandas one of it); needs `riwaya[frames]`."""
    try:
        import polars
    except ImportError as error:
        raise MissingThing("Frames need polars; install it with `pip install 'riwaya[frames]'`.") from error
    from riwaya.case.layers import rows

    return polars.DataFrame(list(rows(case, layer)), infer_schema_length=None)
