"""Optional help from trained models that lie on this machine: names and sentence vectors; and proposals of an endpoint.

riwaya needs none of them and never downloads one. A model is a folder that the settings name; what it finds carries a
rule of its own, `model/NAME@DIGEST`, and where tables and grammar have spoken it is silent. See docs/models.md.
"""

from __future__ import annotations

from riwaya.models.folder import digest
from riwaya.models.names import tagger
from riwaya.models.vectors import encoder

__all__ = ["digests"]


def digests(names: str | None, vectors: str | None) -> list[str]:
    """What the given models are known by; raises InvalidSettings or MissingThing when one cannot be run here."""
    for folder, load in ((names, tagger), (vectors, encoder)):
        if folder:
            load(folder)
    return [digest(folder) for folder in (names, vectors) if folder]
