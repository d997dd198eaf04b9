"""Words that can only be finite verbs, of saying or not: where one stands, no noun phrase goes on.

Unvocalised Arabic does not show a verb. The present is told by its other person: where «تسعى» is a verb, «يسعى» is in
use as well; the feminine past by its stem («تمكنت», «تمكن»); the masculine past only where a table knows it.
"""

from __future__ import annotations

from functools import cache

from riwaya.lang.ar import verbs
from riwaya.lang.ar.frequency import frequencies
from riwaya.lang.entries import Given
from riwaya.lang.lexicon import Entry
from riwaya.stages.attributions.grammar import ARTICLE, Grammar
from riwaya.stages.attributions.page import Page

SHORT = 4
"""Letters; shorter words look like too many things."""


class Predicate(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """What is needed of a line of `predicates.toml`."""

    verbs: tuple[str, ...] = ()


@cache
def _common(grammar: Grammar) -> frozenset[str]:
    """The common words of the language, folded."""
    return frozenset(map(grammar.fold, frequencies()))


@cache
def _past(grammar: Grammar) -> frozenset[str]:
    """The pasts of the verbs of news that are no common nouns as well («وقع», but not «قتل»)."""
    lemmas = {v.split()[0] for p in grammar.lang.table("predicates", Predicate) for v in p.verbs if " " in v}
    forms = {form.written for lemma in lemmas for form in verbs.past(lemma)}
    return frozenset(n for n in map(grammar.fold, forms) if len(n) >= SHORT and not grammar.masdar(n))


def _noun_of_form_five(norm: str) -> bool:
    """Could it be a verbal noun of the fifth or sixth form: «تطور», «تعاون»?"""
    strong = norm[0] == "ت" and not set(norm[1:]) & set("اويه")
    return norm[0] == "ت" and ((len(norm) == SHORT and strong) or (len(norm) == SHORT + 1 and norm[2] == "ا"))


@cache
def shaped(grammar: Grammar, norm: str) -> bool:
    """Has a bare folded word the shape of a finite verb, and of nothing else that is known?

    >>> from riwaya.lang.ar import arabic
    >>> from riwaya.stages.attributions.grammar import of
    >>> [shaped(of(arabic), arabic.fold(w)) for w in ("تسعى", "يتمكن", "تمكنت", "تقرير", "تطور", "تعاون")]
    [True, True, True, False, False, False]
    """
    if len(norm) < SHORT or norm.startswith(ARTICLE) or grammar.noun(norm) or grammar.masdar(norm):
        return False
    if norm in _past(grammar):
        return True
    common = _common(grammar)
    if _noun_of_form_five(norm) or (norm[0] == norm[-1] == "ي" and len(norm) == SHORT):
        return False  # «تطور», «تعاون»; «يمني»
    other = ("ت" if norm[0] == "ي" else "ي") + norm[1:]
    if norm[0] in "يت" and norm in common and other in common and not norm.endswith(("ه", "ات")):
        return True
    return norm.endswith("ت") and not norm.endswith("ات") and len(norm) > SHORT and norm[:-1] in common


def verbal_noun(norm: str) -> bool:
    """Has a word the shape of a verbal noun of a derived form: «تأمين», «ارتكاب», «استهداف»?

    >>> [verbal_noun(w) for w in ("تامين", "ارتكاب", "استهداف", "الوزير")]
    [True, True, True, False]
    """
    if len(norm) == SHORT + 1:
        return norm[0] == "ت" and norm[3] == "ي"
    return norm[0:1] == "ا" and norm[-2:-1] == "ا" and norm[1:2] != "ل" and 6 <= len(norm) <= 7


def proper(page: Page, i: int) -> bool:
    """Is word `i` no common word of the language, so that it is hardly anything but a name?"""
    norm = page.norms[i]
    if not norm.isalpha() or len(norm) < SHORT or page.grammar.noun(norm) or page.grammar.masdar(norm):
        return False
    common = _common(page.grammar)
    return norm not in common and norm.removeprefix(ARTICLE) not in common and norm[1:] not in common


@cache
def _given(grammar: Grammar) -> frozenset[str]:
    """The words of given names, folded."""
    return frozenset(word for words in grammar.lang.table("given", Given).by_words for word in words)


def whole_stem(page: Page, i: int) -> bool:
    """Is word `i`, its pronoun aside, a word only with its first letter: «بيوتهم»?"""
    norm = page.norms[i]
    stem = next((norm.removesuffix(p) for p in ("هم", "ها", "ه") if norm.endswith(p)), norm)
    if page.source(i).endswith("ة"):
        return False  # «بإمكانية»
    return stem != norm and stem in _common(page.grammar) and stem[1:] not in _common(page.grammar)


def common_noun(grammar: Grammar, norm: str) -> bool:
    """Is a folded word in use as a common word, and no noun of speakers?"""
    return norm in _common(grammar) and grammar.noun(norm) is None


def feminine_noun(grammar: Grammar, stem: str) -> bool:
    """Is what stands before a pronoun a noun in «ة» and no verb: «ترجمتها», «قدرته»?"""
    return stem.endswith("ت") and stem[:-1] + "ه" in _common(grammar)


def common(page: Page, i: int) -> bool:
    """Is word `i`, as it stands, in use as a common word, and no given name?"""
    return page.norms[i] in _common(page.grammar) and page.norms[i] not in _given(page.grammar)


def given(page: Page, i: int) -> bool:
    """Is word `i` a given name?"""
    return page.norms[i] in _given(page.grammar)


def feminine_past(page: Page, i: int) -> bool:
    """Is word `i`, behind «و», a short past: «وعملت»?"""
    norm = page.norms[i][1:]
    short = len(norm) == SHORT and norm.endswith("ت") and norm[-2] not in "اوي"
    return short and norm[:-1] in _common(page.grammar) and page.grammar.noun(norm) is None and i not in page.mentions


def whole(page: Page, i: int) -> bool:
    """Is word `i`, which begins with «و», a word only with it: «وجدان»?"""
    common = _common(page.grammar)
    return page.norms[i] in common and page.norms[i][1:] not in common


def finite(page: Page, i: int) -> bool:
    """Is word `i` a finite verb, «و», «ف» or «س» before it or not?"""
    norm = page.norms[i]
    if i in page.mentions or not norm.isalpha() or norm in page.named_words:
        return False
    if norm in page.grammar.words_by_kind["resume"]:
        return True
    if norm[0] in "وف" and len(norm) > SHORT:
        norm = norm[1:]
    if norm[0] == "س" and norm[1:2] in ("ي", "ت"):
        norm = norm[1:]
    return shaped(page.grammar, norm)
