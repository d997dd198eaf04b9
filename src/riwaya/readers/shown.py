"""Names as they may be printed: a name can hold marks that turn the words around it."""

from __future__ import annotations

import re

__all__ = ["shown"]

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""Control characters, joiners, direction marks, line separators, and surrogates from undecodable names."""


def shown(name: str) -> str:
    """The name with what cannot be seen written out.

    >>> print(shown("report\\u202etxt.exe"))
    report\\u202etxt.exe
    """
    return HIDDEN.sub(lambda m: m.group().encode("unicode_escape", "surrogatepass").decode("ascii"), name)
