"""riwaya (رواية): who said what, on whose word, and who copied whom, in Arabic news.

>>> import riwaya
>>> riwaya.build("dam.riwaya", ["dam/"])                                       # doctest: +SKIP
>>> case = riwaya.open("dam.riwaya")                                          # doctest: +SKIP
>>> for doc in case: print(doc.outlet, doc.published, doc.title)              # doctest: +SKIP
"""

import sys

from riwaya.case import Case, open
from riwaya.errors import RiwayaError
from riwaya.example import demo
from riwaya.exporters import export
from riwaya.model import Document, Span
from riwaya.pipeline import build
from riwaya.readers import ReadOptions
from riwaya.settings import Settings
from riwaya.stages import attributions, dates, names, quantities, reuse

__version__ = "0.1.0"

for _door in (attributions, dates, names, quantities, reuse):  # `import riwaya.reuse` works like `riwaya.reuse`
    sys.modules[f"riwaya.{_door.__name__.rpartition('.')[2]}"] = _door

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
