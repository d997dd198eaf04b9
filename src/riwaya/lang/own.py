"""Names that an analyst adds to the tables, from the settings of a case."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from riwaya.lang.gazetteer import Known

__all__ = ["Own", "own_names"]


class Own(Protocol):
    """What an added name says; `riwaya.settings.OwnName` does."""

    @property
    def forms(self) -> tuple[str, ...]: ...
    @property
    def kind(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def country(self) -> str | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def wikidata(self) -> str | None: ...


@cache
def own_names(names: tuple[Own, ...]) -> tuple[Known, ...]:
    """The names as bearers for the gazetteer; the rule of each is `own/` and its first form.

    >>> from riwaya.settings import OwnName
    >>> own_names((OwnName(forms=("لواء الوردة",), kind="organisation"),))[0].rule
    'own/لواء الوردة'
    """
    return tuple(
        Known(
            rule=f"own/{own.forms[0]}",
            kind=own.kind,
            type="own",
            name=own.forms[0],
            name_en=own.name_en,
            country=own.country,
            lat=own.lat,
            lon=own.lon,
            precision="own" if own.lat is not None else None,
            wikidata=own.wikidata,
            forms=own.forms,
        )
        for own in names
    )
