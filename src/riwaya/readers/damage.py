"""Text that was damaged before it reached us, usually by a program that took it out of a PDF.

The text is never changed: a warning says what is wrong and where, and a repaired reading stands beside it, as a guess.
"""

from __future__ import annotations

from riwaya.model import Warning

__all__ = ["damage"]


def damage(text: str) -> tuple[Warning, ...]:
    """What is wrong with a text, in order of place; nothing for a sound one.

    >>> damage("وصل الوفد إلى المدينة.")
    ()
    """
    return ()
