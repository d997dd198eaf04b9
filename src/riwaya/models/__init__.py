"""Optional help from trained models: names from one that lies on this machine, and what a language model proposes.

riwaya needs none of them and never downloads one. A model is a folder that the settings name; what it finds carries a
rule of its own, `model/NAME@DIGEST`, and where tables and grammar have spoken it is silent. See docs/models.md.
"""

from __future__ import annotations

from riwaya.models.folder import digest
from riwaya.models.names import tagger

__all__ = ["known_by"]


def known_by(names: str | None) -> list[str]:
    """What the model of names is known by, if one is given; raises InvalidSettings or MissingThing if it cannot run."""
    if names is None:
        return []
    tagger(names)
    return [digest(names)]
