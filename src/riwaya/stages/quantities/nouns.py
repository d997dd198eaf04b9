"""The noun that is counted: is the word behind a number one, and what is its singular?

Most counted nouns stand in a table. Of a word that does not, only its spelling can tell: numbers from three to ten ask
for a plural, from eleven to ninety-nine for a singular in the accusative (K. Ryding, 2005, ch. 15), and what begins or
ends like a verb, a preposition with its noun, or a noun with its pronoun is not counted at all.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from riwaya.lang.ar.frequency import UNCOMMON, frequencies
from riwaya.lang.ar.numbers import ARTICLE, Number
from riwaya.lang.entries import Given, Nationality
from riwaya.lang.lexicon import Lexicon

__all__ = ["Nouns", "singular"]

PLURAL = re.compile(r".{3,}(ات|ين|ون)|ا..ا.|ا...[هء]|.{3}اء|.{2,3}و.|.وا..|م.ا.ي?.|.{2}ا[يء].|.{2}ا.ي.|ت.ا.ي.|.{2}ا.")
"""Sound plurals, and the commonest patterns of broken ones: «أقمار», «أعمدة», «نجوم», «حوادث», «مواسم», «شرائح»."""
ACCUSATIVE = re.compile(r".{3,}ا|.{2,}ه")
"""«جهازا», «سيارة»."""
VERBAL_NOUN = re.compile(r"ت..ي.(ا|ه|ات)?")
"""«تقرير», «تذكيرة»: the nouns among words with the «ت» of verbs."""
VERB = re.compile(r"ي.*[^يا]|ت...?.?|.*(?<!ا)تا?|.*وا")
"""«يشكل», «تدفع», «انخفضت», «حضروا»."""
OWNED = re.compile(r".{2,}(ها|هم|هما|هن|كم)")
"""«أضعافها», «حالتهما»."""
BROKEN = re.compile(r"ا..ا.|ت..ي.")
"""What ends like a dual or a plural and is none: «أركان», «أبيات», «تعيين»."""
SHORTEST = 5
"""Letters of a noun that is in no table and may have a dual."""
LED = "لبكفس"
"""Letters that hang before another word: «لاستقبال», «بحلول», «سترتفع»."""


class Nouns:
    """Tells counted nouns that stand in no table from other words, by their spelling and how frequent they are."""

    def __init__(self, lang: Lexicon) -> None:
        words = frequencies()
        folded = lang.fold("\n".join(words)).split("\n")
        self.zipf: dict[str, float] = {}
        for norm, score in zip(folded, words.values(), strict=True):
            if score > self.zipf.get(norm, 0):
                self.zipf[norm] = score

        self.given = {word for name in lang.table("given", Given).by_words for word in name}
        self.nationalities = {
            lang.fold(form) for entry in lang.table("nationalities", Nationality) for form in entry.forms
        }
        """«22478 يمني»: written without the ending of the accusative."""

    def duals(self, but: Container[str]) -> dict[str, str]:
        """The duals of feminine nouns that no table has, with their singular: «ممارستين».

        «ثابتين» is a plural, and words that are commoner without their ending are adjectives («حاسمتين»).
        """
        found = {}
        for noun, score in self.zipf.items():
            if not noun.endswith("ه") or len(noun) < SHORTEST or score <= max(UNCOMMON, self.zipf.get(noun[:-1], 0)):
                continue
            led = noun.startswith(ARTICLE) or (noun[0] in "وف" + LED and noun[1:] in self.zipf)
            dual = noun[:-1] + "تين"
            if not (led or noun in but or dual in but or noun[:-1] + "ت" in self.zipf):
                found[dual] = found[dual[:-2] + "ان"] = noun
        return found

    def is_given(self, norm: str) -> bool:
        """Is it a given name («سلمان»)?"""
        return norm in self.given

    def countable(self, norm: str, number: Number) -> bool:
        """Can this word be what the number counts?"""
        value = number.value
        if number.definite or not self.is_noun(norm, accusative=value % 100 > 10):
            return False
        if number.bare == "scale" and value == 1000 and not norm.endswith("ي"):
            return False  # «ألف خير», but «ألف سوري»
        if isinstance(value, float) or (number.kind == "digits" and 1900 <= value <= 2100 and value % 100):
            return False
        rest = value % 100
        if 3 <= rest <= 10:
            return PLURAL.fullmatch(norm) is not None
        if rest > 10:
            return ACCUSATIVE.fullmatch(norm) is not None or norm in self.nationalities
        return value > 2

    def is_noun(self, norm: str, accusative: bool = False) -> bool:
        """Is it spelled like a noun that nothing hangs on? Where the `accusative` is asked for, «حوتا» is one."""
        if VERBAL_NOUN.fullmatch(norm) or (accusative and norm.endswith("تا") and len(norm) == 4):
            return True
        if VERB.fullmatch(norm) or OWNED.fullmatch(norm):
            return False
        led = norm[0] in LED and len(norm) > 3 and (norm[0] != "س" or VERB.fullmatch(norm[1:]))
        rest = self.zipf.get(norm[1:], 0) if led else 0
        return rest <= self.zipf.get(norm, UNCOMMON)

    def joined(self, norm: str) -> bool:
        """Is it a word behind «و», and not one that begins so («وافد»)?"""
        return norm[0] == "و" and self.zipf.get(norm, 0) <= self.zipf.get(norm[1:], UNCOMMON - 1)

    def is_people(self, norm: str) -> bool:
        """Is it a plural that only people have: «السعوديين»?"""
        return len(norm) >= 6 and norm.endswith(("يين", "يون"))

    def of_women_or_things(self, stem: str) -> str:
        """The singular of a plural in «ات» from its stem: «منتخب» of «منتخبات», «سيارة» of «سيارات».

        Of a word that is in no list it is not known, and the plural is kept («ميغابكسلات»).
        """
        feminine = stem + "ه"
        if stem not in self.zipf and feminine not in self.zipf:
            return stem + "ات"
        return stem if self.zipf.get(stem, 0) > self.zipf.get(feminine, UNCOMMON) + 1 else feminine


def singular(norm: str, counted: Mapping[str, str], nouns: Nouns | None = None) -> str:
    """The singular of a counted noun, as far as endings show it.

    >>> singular("مقاتلين", {}), singular("مسيحيا", {}), singular("سيارات", {}), singular("قتلي", {"قتلي": "قتيل"})
    ('مقاتل', 'مسيحي', 'سياره', 'قتيل')
    """
    if norm in counted:
        return counted[norm]
    sound = norm.endswith("ات") and (norm[:-2] in counted or norm[:-2] + "ه" in counted)
    if BROKEN.fullmatch(norm) and not sound:
        return norm
    if norm.endswith("ا") and len(norm) >= 4:
        return counted.get(norm[:-1], norm[:-1])
    for ending in ("ين", "ون", "ان"):
        if norm.endswith(ending) and len(norm) >= 5:
            stem = norm[:-2]
            stem = stem[:-1] + "ه" if stem.endswith("ت") and len(stem) >= 4 else stem
            return counted.get(stem, stem)
    if norm.endswith("ات") and len(norm) >= 5:
        stem = norm[:-2]
        verbal = (stem[0] == "ا" and len(stem) >= 6) or (stem[0] == "ت" and len(stem) == 5 and stem[3] == "ي")
        known = nouns is not None and nouns.zipf.get(stem + "ه", 0) > nouns.zipf.get(stem, 0)  # «أسطوانات»
        if stem in counted or (verbal and not known):  # «اجتماعات», «تغييرات»
            return counted.get(stem, stem)
        return counted.get(stem + "ه", nouns.of_women_or_things(stem) if nouns else stem + "ه")
    return norm
