"""A cue in its frame: the slots that were found, and the sequence of them that `frames.toml` knows."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.grammar import Frame
from riwaya.stages.attributions.page import Page
from riwaya.stages.attributions.phrases import Stretch


class Match(Struct, frozen=True, kw_only=True):
    """A cue in its frame. `content` is the first word of what was said, None where it stands before the cue."""

    cue: Cue
    frame: Frame
    opens: str = ""
    anchor: int = 0
    source: Stretch | None = None
    said: Stretch | None = None
    """«قولها» in «نقلت X عن Y قولها»."""
    carrier: Stretch | None = None
    addressee: Stretch | None = None
    content: int | None = None
    skip: int = 0
    before: bool = False
    with_verb: int | None = None
    """The present verb that this one goes on with, when it has no subject of its own."""
    relative: bool = False
    """The source is the noun that a relative clause or an apposition hangs on."""


def framed(page: Page, cue: Cue, slots: tuple[str, ...], **found: object) -> Match | None:
    frame = page.grammar.sequences.get((cue.kind, " ".join(slots)))
    return replace(Match(cue=cue, frame=frame), **found) if frame else None
