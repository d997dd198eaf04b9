"""Past or future: which way the words before an expression look, where it does not say so itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from riwaya.lang.ar.frequency import UNCOMMON, zipf
from riwaya.lang.lexicon import Entry, Lexicon
from riwaya.stages.dates.lexemes import WHICH, vocabulary
from riwaya.stages.dates.meaning import Counted, Duration, Meaning, Moment, Range, Vague
from riwaya.stages.dates.phrase import Phrase
from riwaya.text.words import LETTER, SIGN, Words

__all__ = ["ahead", "looks_back"]

BACK, FAR_BACK = 9, 15
"""So many words before an expression may tell; what is planned («المقرر») or has a verb with «س» from further off."""
PAST = re.compile(r"(?!ليست)[^يتسن].{2,}ت(ه|ها|هم)?")
"""«طرحتها», «أعلنت»: behind «التي» it is a verb of the past."""
THAT = "ان"
"""How «أن» and «إن» are folded."""
WILL = ("سوف", "فسوف", "يمكن")


class TenseEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str


@cache
def tense_words(lang: Lexicon) -> dict[str, str]:
    return {lang.fold(form): entry.kind for entry in lang.table("tense", TenseEntry) for form in entry.forms}


def telling(words: Words, at: int, lang: Lexicon, reach: int = FAR_BACK) -> Iterator[tuple[int, str]]:
    """The words of the sentence before `at` that tell of the past or the future, nearest first, and of which."""
    known = tense_words(lang)
    norms, (_, _, kinds) = words.norms, words.lists
    for i in range(at - 1, max(-1, at - 1 - reach), -1):
        near = i >= at - BACK
        norm = norms[i]
        if kinds[i] != LETTER:
            if kinds[i] == SIGN and norm in ".!؟?":
                return
            continue
        for form in (norm, norm[1:]) if norm[0] in "وف" else (norm,):
            kind = known.get(form)
            if kind in ("past", "future"):
                if near:
                    yield i, kind
            elif kind == "planned" or (kind is None and with_future_prefix(form, sure=not near)):
                yield i, "future"
            elif kind is None and near and i and norms[i - 1] in WHICH and PAST.fullmatch(form):
                yield i, "past"


def looks_ahead(words: Words, at: int, lang: Lexicon, *, measured: bool = False, reach: int = FAR_BACK) -> bool:
    """Does the nearest telling word before `at` speak of the future: «سوف», «المقرر», «ستعقد»?

    «حتى يناير» looks ahead too, where nothing tells of the past and no length is `measured` up to it («12 شهرا حتى»).
    """
    i, kind = next(telling(words, at, lang, reach), (0, ""))
    if kind == "past":
        return i > 0 and tense_words(lang).get(words.norms[i - 1]) in (
            "future",
            "planned",
        )  # «من المقرر عقد الاجتماع»: to be held
    until = at > 0 and not measured and vocabulary(lang).is_particle(words.norms[at - 1], "until")
    return kind == "future" or until


def looks_back(words: Words, at: int, lang: Lexicon) -> bool:
    """Is the nearest telling word before `at` one of the past: «فاز», «أعلن»?"""
    return next(telling(words, at, lang), (0, ""))[1] == "past"


def leads_ahead(words: Words, at: int) -> bool:
    """Is the word behind a verb of the future: «حينها سيكون», «حينها، يمكن»?"""
    at += at < len(words) and words.norms[at] == ","
    norm = words.norms[at] if at < len(words) else ""
    return norm in WILL or with_future_prefix(norm)


def with_future_prefix(norm: str, sure: bool = False) -> bool:
    """«ستعقد»: a present tense behind «س», and no «سنترال», a common word whose rest is none.

    For `sure` the rest must be a common word, and so it is no name («ستنغل»).
    """
    if len(norm) < 5 or norm[0] != "س" or norm[1] not in "يتن":
        return False
    return zipf(norm[1:]) > UNCOMMON or (zipf(norm) <= UNCOMMON and not sure)


def ahead(found: Sequence[Phrase], words: Words, lang: Lexicon) -> list[bool]:
    """Which phrases lie in the future; those of a list («السبت والاثنين») go together."""
    result: list[bool] = []
    for i, phrase in enumerate(found):
        if not needs_tense(phrase.meaning):
            result.append(False)
            continue
        if isinstance(phrase.meaning, Vague):
            then = phrase.meaning.value == "PREVIOUS" and looks_ahead(words, phrase.first, lang, reach=BACK)
            result.append(then or leads_ahead(words, phrase.last))
            continue
        if bracketed(phrase, words):
            result.append(False)
            continue
        gap = phrase.first - found[i - 1].last if i > 0 else len(words)
        joined = gap <= 0 and type(phrase.meaning) is type(found[i - 1].meaning)
        measured = gap == 1 and isinstance(found[i - 1].meaning, Duration)
        before = looks_ahead(words, phrase.first, lang, measured=measured)
        result.append(result[-1] if joined else before or led(phrase, words))
    return result


def led(phrase: Phrase, words: Words) -> bool:
    """Does a bare weekday open what is told, with a verb of the future behind it: «أن يوم الجمعة سوف يشهد»?"""
    meaning = phrase.meaning
    bare = isinstance(meaning, Moment) and meaning.weekday and not meaning.day
    return bool(bare) and words.norms[max(0, phrase.first - 1)] == THAT and leads_ahead(words, phrase.last)


def bracketed(phrase: Phrase, words: Words) -> bool:
    """Is it all that stands in a pair of brackets, as a date of what has been: «أعلن ترشحه (23 مارس)»?"""
    first, last = phrase.first, phrase.last
    return first > 0 and last < len(words) and words.norms[first - 1] == "(" and words.norms[last] == ")"


def needs_tense(meaning: Meaning) -> bool:
    """Does it depend on what is told whether it lies before or behind: a weekday or month with nothing else?"""
    if isinstance(meaning, Range):
        return needs_tense(meaning.low)
    if isinstance(meaning, Vague):
        return meaning.value in ("PREVIOUS", "THOSE_DAYS")
    if isinstance(meaning, Counted):
        return meaning.base == "previous" and meaning.amounts[0][0] is None  # «بعدها بأيام»
    return isinstance(meaning, Moment) and meaning.year is None and meaning.within is None and meaning.step is None
