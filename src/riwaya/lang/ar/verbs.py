"""The forms of a verb that a report can be made with: third persons, participles in the accusative, verbal nouns.

A table gives the principal parts («قال», «يقول», «قائل», «قول»); what follows from them is made here and not listed.
Unvocalised writing spares most of the conjugation: only final weak letters change what is seen. First and second
persons are left out on purpose: a journalist who reports does it in the third.

Source: K. Ryding, A Reference Grammar of Modern Standard Arabic (2005), ch. 20-31.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from riwaya.errors import InvalidLexicon

WEAK_ENDS = ("ى", "ا", "ي", "و")
VERB_SUFFIXES = ("ه", "ها", "هم", "هما", "هن")
NOUN_SUFFIXES = ("ه", "ها", "هم", "هما", "هن")


class Form(Struct, frozen=True):
    """One written form: its tense (or `participle`, `noun`), gender and number, and whether a pronoun hangs on it."""

    written: str
    tense: str
    gender: str = "m"
    number: str = "s"
    suffixed: bool = False


def past(lemma: str, suffixes: bool = False) -> Iterator[Form]:
    """The past of the third persons, from the masculine singular.

    >>> [f.written for f in past("قال")]
    ['قال', 'قالت', 'قالوا', 'قالا', 'قالتا']
    >>> [f.written for f in past("نفى")][:3]
    ['نفى', 'نفت', 'نفوا']

    With `suffixes` also those with an object pronoun («وصفها», «وصفوها»).
    """
    stem = lemma[:-1] if lemma.endswith(("ى", "ا")) else lemma
    dual = stem + "ي" if lemma.endswith("ى") else stem + "و" if lemma.endswith("ا") else stem
    yield Form(lemma, "past")
    yield Form(stem + "ت", "past", "f")
    yield Form(stem + "وا", "past", "m", "p")
    yield Form(dual + "ا", "past", "m", "p")
    yield Form(stem + "تا", "past", "f", "p")
    if suffixes:
        base = stem + "ا" if lemma.endswith("ى") else lemma
        for pronoun in VERB_SUFFIXES:
            yield Form(base + pronoun, "past", "m", "s", True)
            yield Form(stem + "ت" + pronoun, "past", "f", "s", True)
            if pronoun != "ه":  # «ألقوه» is written as «القوة»
                yield Form(stem + "و" + pronoun, "past", "m", "p", True)


def present(lemma: str, suffixes: bool = False) -> Iterator[Form]:
    """The present of the third persons, from the masculine singular; «لم» takes the short form of weak verbs.

    >>> [f.written for f in present("يؤكد")]
    ['يؤكد', 'تؤكد', 'يؤكدون', 'يؤكدوا', 'يؤكدان', 'تؤكدان']
    >>> [f.written for f in present("يرى")]
    ['يرى', 'ترى', 'ير', 'تر', 'يرون', 'يروا', 'يريان', 'تريان']

    Raises InvalidLexicon when the lemma does not begin with «ي».
    """
    if not lemma.startswith("ي") or len(lemma) < 3:
        raise InvalidLexicon(f"The present «{lemma}» must be given in the third person masculine: «يقول».")
    body = lemma[1:]
    weak = body.endswith(("ى", "ي", "و"))
    short = body[:-1] if weak else body
    dual = short + "ي" if body.endswith(("ى", "ي")) else body
    yield Form("ي" + body, "present")
    yield Form("ت" + body, "present", "f")
    if weak:
        yield Form("ي" + short, "jussive")
        yield Form("ت" + short, "jussive", "f")
    yield Form("ي" + short + "ون", "present", "m", "p")
    yield Form("ي" + short + "وا", "jussive", "m", "p")  # «لم يقاتلوا», «أن يقاتلوا»
    yield Form("ي" + dual + "ان", "present", "m", "p")
    yield Form("ت" + dual + "ان", "present", "f", "p")
    if suffixes:
        base = short + "ا" if body.endswith("ى") else body
        for pronoun in VERB_SUFFIXES:
            yield Form("ي" + base + pronoun, "present", "m", "s", True)
            yield Form("ت" + base + pronoun, "present", "f", "s", True)
            yield Form("ي" + short + "ون" + pronoun, "present", "m", "p", True)


def participle(lemma: str) -> Iterator[Form]:
    """The active participle as an adverb of state: «مؤكدا أن …».

    >>> [f.written for f in participle("مشير")]
    ['مشيرا', 'مشيرة', 'مشيرين', 'مشيرتين', 'مشيرات']
    """
    yield Form(lemma + "ا", "participle")
    yield Form(lemma + "ة", "participle", "f")
    yield Form((lemma[:-1] if lemma.endswith("ي") else lemma) + "ين", "participle", "m", "p")
    yield Form(lemma + "تين", "participle", "f", "p")
    yield Form(lemma + "ات", "participle", "f", "p")


def noun(lemma: str) -> Iterator[Form]:
    """The verbal noun, alone and with a pronoun: «تأكيد», «تأكيده», «مطالبتها».

    >>> [f.written for f in noun("مطالبة")][:3]
    ['مطالبة', 'مطالبته', 'مطالبتها']
    """
    stem = lemma[:-1] + "ت" if lemma.endswith("ة") else lemma
    yield Form(lemma, "noun")
    for pronoun, gender, number in zip(NOUN_SUFFIXES, "mfmmf", "ssppp", strict=True):
        yield Form(stem + pronoun, "noun", gender, number, True)
