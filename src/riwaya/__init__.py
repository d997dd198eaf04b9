"""riwaya (رواية): who said what, on whose word, and who copied whom, in Arabic news.

>>> import riwaya
>>> riwaya.build("dam.riwaya", ["dam/"])                                       # doctest: +SKIP
>>> case = riwaya.open("dam.riwaya")                                          # doctest: +SKIP
>>> for doc in case: print(doc.outlet, doc.published, doc.title)              # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from riwaya import attributions, dates, names, quantities, reuse
    from riwaya.case import Case, open
    from riwaya.errors import RiwayaError
    from riwaya.example import demo
    from riwaya.exporters import export
    from riwaya.model import Document, Span
    from riwaya.pipeline import build
    from riwaya.readers import ReadOptions
    from riwaya.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Case",
    "Document",
    "ReadOptions",
    "RiwayaError",
    "Settings",
    "Span",
    "attributions",
    "build",
    "dates",
    "demo",
    "export",
    "names",
    "open",
    "quantities",
    "reuse",
]

_ROOMS = {
    "Case": "case",
    "Document": "model",
    "ReadOptions": "readers",
    "RiwayaError": "errors",
    "Settings": "settings",
    "Span": "model",
    "build": "pipeline",
    "demo": "example",
    "export": "exporters",
    "open": "case",
}
"""Where a name comes from. It is fetched when it is asked for: a worker that compares texts needs no reader of PDFs."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'riwaya' has no attribute {name!r}")
    room = import_module(f"riwaya.{_ROOMS.get(name, name)}")
    return getattr(room, name) if name in _ROOMS else room


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
