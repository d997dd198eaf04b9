"""What the text around an expression shows of it: the event that a day belongs to, the words that are quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from riwaya.lang.lexicon import Entry, Lexicon
from riwaya.stages.dates.answer import Context
from riwaya.text.words import Words

__all__ = ["SENTENCE", "coming_events", "far", "quoted", "year_of_event"]

FAR = 700
"""«حينها» reaches back so many letters, and over two ends of sentences; else it is some time in the past."""
SENTENCE = re.compile(r"[.؟!]*\s*\n\s*|[.؟!]+(?=\s)")
"""Where a sentence ends; the points of «3.5» and «د.ب.أ» end none."""

NAMED = 5
"""So many words before its year may the name of an event begin."""
FURTHEST = 20
"""Years ahead."""
STOP = re.compile(r"[.؟!]+(?=\s)|\n\s*(?=\S)")


@cache
def event_nouns(lang: Lexicon) -> frozenset[str]:
    forms = [lang.fold(form) for entry in lang.table("events", Entry) for form in entry.forms]
    return frozenset(clitic + form for form in forms for clitic in ("", "ب", "ل", "و"))


def coming_events(words: Words, lang: Lexicon, context: Context) -> list[tuple[int, int]]:
    """The years still to come that are part of an event's name, with where they end: «مونديال روسيا 2018»."""
    if context.anchor is None:
        return []
    now, nouns, norms = context.anchor.year, event_nouns(lang), words.norms
    found = []
    for i in words.digits:
        if len(norms[i]) != 4 or not norms[i].isdecimal() or not now < int(norms[i]) <= now + FURTHEST:
            continue
        if not nouns.isdisjoint(norms[max(0, i - NAMED) : i]):
            found.append((words.span(i).end, int(norms[i])))
    return found


def year_of_event(events: Sequence[tuple[int, int]], text: str, at: int) -> int | None:
    """The year of the event that the sentence of `at` or the one before it names last."""
    for end, year in reversed(events):
        if end <= at:
            return year if len(STOP.findall(text, end, at)) <= 1 else None
    return None


def far(context: Context) -> bool:
    """Was the time spoken of last named too long ago for «حينها» and «ذلك اليوم»?"""
    end, here = context.previous_end, context.here
    return here - end > FAR or len(SENTENCE.findall(context.text, end, here)) > 2


def quoted(text: str, at: int) -> bool:
    """Does a quotation begin at `at`?"""
    line = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    return line.endswith(("«", "“")) or (line.endswith('"') and line.count('"') % 2 == 1)
