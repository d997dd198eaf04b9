"""What the tables say about single words, joined: one look-up tells a word's parts to play.

A `Reading` of a word is one way to part its clitics, with the parts the rest can play: «وبدمشق» is «وب» + «دمشق»,
a place. Words without a part are most of a text; they cost one look-up in a dictionary.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from riwaya.lang.ar import frequency
from riwaya.lang.ar.clitics import skipped, splits
from riwaya.lang.entries import Given, Nationality, Nominal, Trigger
from riwaya.lang.gazetteer import Gazetteer, Known, gazetteer
from riwaya.lang.lexicon import Lexicon, folded_words

__all__ = ["Form", "Knowledge", "Part", "Split", "knowledge"]


class Part:
    """What a word can do in a name, as bits of an integer; several at once.

    Not an `enum.IntFlag`: these bits are tested many times for every word, and plain integers are ten times as fast.
    """

    NONE = 0
    GIVEN = 1 << 0
    AMBIGUOUS = 1 << 1
    FAMILY = 1 << 2
    PARTICLE = 1 << 3
    FOREIGN = 1 << 4
    COMPOUND = 1 << 5
    SECOND = 1 << 6
    SAYING = 1 << 7
    RANK = 1 << 8
    CALLING = 1 << 9
    HOLDER = 1 << 10
    OFFICE = 1 << 11
    QUALIFIER = 1 << 12
    PLACE = 1 << 13
    AREA = 1 << 14
    OUTLET = 1 << 15
    AGENCY = 1 << 16
    GROUP = 1 << 17
    BODY = 1 << 18
    NAMED = 1 << 19
    FORCE = 1 << 20
    ARMY = 1 << 21
    OF_BODY = 1 << 22
    LABEL = 1 << 23
    DIRECTION = 1 << 24
    REGION = 1 << 25
    PORTFOLIO = 1 << 26
    NATIONAL = 1 << 27
    """An adjective of nationality with the article: «السوري»."""
    FOREIGNER = 1 << 28
    """The same without: «سوري», «سورية», «سوريون»."""
    NOMINAL_PLACE = 1 << 29
    NOMINAL_ORGANISATION = 1 << 30
    NOMINAL_BODY = 1 << 31
    SPEAKERS = 1 << 32
    ONE_OF = 1 << 33
    MEMBER = 1 << 34
    ADJECTIVE = 1 << 35
    KNOWN = 1 << 36
    """The first word of a form in the gazetteer."""
    OPENS = 1 << 37
    """The first word of a longer trigger, such as «آية الله»."""
    SERVICE = 1 << 38
    OPENS_FORCE = 1 << 39
    """The first word of a longer name of an army or a service, such as «قوات الأمن»."""


HEADS = Part.PLACE | Part.AREA | Part.OUTLET | Part.AGENCY | Part.GROUP | Part.BODY | Part.NAMED | Part.FORCE
TITLES = Part.RANK | Part.CALLING | Part.HOLDER | Part.OFFICE
PERSONAL = Part.GIVEN | Part.AMBIGUOUS | Part.FAMILY
ROLES: dict[str, int] = {
    "rank": Part.RANK,
    "calling": Part.CALLING,
    "holder": Part.HOLDER,
    "office": Part.OFFICE,
    "qualifier": Part.QUALIFIER,
    "particle": Part.PARTICLE,
    "foreign": Part.FOREIGN,
    "compound": Part.COMPOUND,
    "second": Part.SECOND,
    "saying": Part.SAYING,
    "place": Part.PLACE,
    "area": Part.AREA,
    "outlet": Part.OUTLET,
    "agency": Part.AGENCY,
    "group": Part.GROUP,
    "body": Part.BODY,
    "named": Part.NAMED,
    "force": Part.FORCE,
    "army": Part.ARMY,
    "service": Part.SERVICE,
    "label": Part.LABEL,
    "direction": Part.DIRECTION,
    "region": Part.REGION,
    "portfolio": Part.PORTFOLIO,
}
NOMINALS: dict[str, int] = {
    "place": Part.NOMINAL_PLACE,
    "organisation": Part.NOMINAL_ORGANISATION,
    "body": Part.NOMINAL_BODY,
    "place-body": Part.NOMINAL_PLACE | Part.NOMINAL_BODY,
    "anonymous": Part.SPEAKERS,
    "one-of": Part.ONE_OF,
    "member": Part.MEMBER,
    "adjective": Part.ADJECTIVE,
}
COMMON = 4.6
"""From this frequency (Zipf) on a word is not parted into a clitic and a rest without the article."""


ENDINGS = (
    "ت",
    "هن",
    "تهن",
    "كم",
    "وا",
    "ون",
    "ين",
    "ات",
    "ها",
    "هم",
    "نا",
    "تها",
    "ته",
    "تهم",
    "ه",
    "يه",
    "ا",
    "ان",
    "تين",
)


class Form(NamedTuple):
    """A trigger of one or more words: its length, part and rule."""

    length: int
    part: int
    rule: str


class Split(NamedTuple):
    """One way to read a word: letters of the source to skip, the clitics, the rest, and its parts."""

    skip: int
    clitic: str
    rest: str
    parts: int


class Knowledge:
    """The tables of a language as the rules of this stage need them."""

    def __init__(self, lang: Lexicon, own: tuple[Known, ...] = ()) -> None:
        self.gazetteer: Gazetteer = gazetteer(lang, own)
        self.fold = lang.fold
        self.outlets: dict[str, tuple[str, ...]] = {}
        self.parts: dict[str, int] = {}
        self.rules: dict[str, list[tuple[int, str]]] = {}
        self.longer: dict[str, list[tuple[tuple[str, ...], int, str]]] = {}
        self.cached: dict[str, tuple[int, tuple[Split, ...]]] = {}
        """The words met so far: their parts in any reading, and the readings; a word always has the same."""
        for table in ("titles", "nameparts", "heads", "qualifiers"):
            for words, triggers in lang.table(table, Trigger).by_words.items():
                for trigger in triggers:
                    part = ROLES.get(trigger.role, Part.NONE)
                    if table == "qualifiers" and trigger.role in ("body", "label"):
                        part = Part.OF_BODY | (Part.LABEL if trigger.role == "label" else Part.NONE)
                    self._add(words, part, trigger.rule)
        self.beside: dict[str, frozenset[str]] = {
            trigger.role: frozenset(" ".join(folded_words(form, lang.fold)) for form in trigger.forms)
            for trigger in lang.table("besides", Trigger)
        }
        """Words that stand beside names, by role."""
        self.look_alikes = frozenset(
            form for trigger in lang.table("besides", Trigger) if trigger.role == "look-alike" for form in trigger.forms
        )
        """As they are spelled."""
        for words, nominals in lang.table("nominals", Nominal).by_words.items():
            for nominal in nominals:
                self._add(words, NOMINALS[nominal.kind], nominal.rule)
        for words, names in lang.table("given", Given).by_words.items():
            for name in names:
                part = Part.FAMILY if name.kind == "family" else Part.GIVEN
                self._add(words, Part.AMBIGUOUS if name.needs != "nothing" else part, name.rule)
        for nationality in lang.table("nationalities", Nationality):
            for form in nationality.forms:
                for definite, word in inflected(folded_words(form, lang.fold)):
                    self._add(word, Part.NATIONAL if definite else Part.FOREIGNER, nationality.rule)
        for first in self.gazetteer.lengths:
            self.parts[first] = self.parts.get(first, Part.NONE) | Part.KNOWN
        for forms in self.longer.values():
            forms.sort(key=lambda form: -len(form[0]))
        common = frequency.frequencies()
        folded = lang.fold("\n".join(common)).split("\n")
        self.frequency = dict(zip(reversed(folded), reversed(common.values()), strict=True))

    def _add(self, words: tuple[str, ...], part: int, rule: str) -> None:
        if len(words) == 1:
            self.parts[words[0]] = self.parts.get(words[0], Part.NONE) | part
            self.rules.setdefault(words[0], []).append((part, rule))
        else:
            self.longer.setdefault(words[0], []).append((words, part, rule))
            opens = Part.OPENS | (Part.OPENS_FORCE if part & (Part.SERVICE | Part.ARMY) else Part.NONE)
            self.parts[words[0]] = self.parts.get(words[0], Part.NONE) | opens

    def rule(self, word: str, part: int) -> str:
        """The table entry that gives a word its part."""
        return next((rule for its, rule in self.rules.get(word, ()) if its & part), "ar/names")

    def ordinary(self, word: str) -> bool:
        """Is it a common word that no table knows as a name?"""
        return word in self.frequency and not self.parts.get(word, Part.NONE) & (PERSONAL | Part.KNOWN)

    def definite(self, word: str) -> bool:
        """Has it the article? «إلى» and «التي» only look so."""
        return word.startswith("ال") and len(word) > 3 and word not in self.beside["no-article"]

    def folded(self, name: str) -> tuple[str, ...]:
        """The folded words of a name, such as an outlet's; a case has few, and each on many documents."""
        if name not in self.outlets:
            self.outlets[name] = tuple(self.fold(name).split())
        return self.outlets[name]

    def look_up(self, norm: str) -> tuple[int, tuple[Split, ...]]:
        """The parts of a word in any reading, and the readings that have a part to play; the uncut one first."""
        found = self.cached.get(norm)
        if found is None:
            if len(self.cached) > 500_000:
                self.cached.clear()
            readings = tuple(self._read(norm))
            parts = 0
            for reading in readings:
                parts |= reading.parts
            found = self.cached[norm] = parts, readings
        return found

    def derived(self, norm: str) -> bool:
        """Is it a common word with a clitic, an article or an ending: «لمدينتهم», «اختتمت»?

        A nisba with the article («العمادي») is left out: it may be a family name.
        """
        if norm.startswith("ال") and norm.endswith("ي"):
            return False
        for _, rest in splits(norm):
            if rest in self.frequency and rest != norm:
                return True
            bare = rest.removeprefix("ال")
            for ending in ENDINGS:
                if rest.endswith(ending) and self.frequency.get(bare[: -len(ending)], 0.0) >= 3.5:
                    return True
            if bare != rest and bare in self.frequency:
                return True
        return False

    def verbal(self, norm: str) -> bool:
        """Does it look like the present of a common verb?"""
        return norm[0] in "يتن" and norm[1:] in self.frequency

    def _read(self, norm: str) -> list[Split]:
        common = self.frequency.get(norm, 0.0) >= COMMON
        result: list[Split] = []
        for clitic, rest in splits(norm):
            parts = self.parts.get(rest)
            if parts is None or (clitic and (len(rest) < 3 or "س" in clitic)):
                continue
            if clitic and (common or result) and not rest.startswith("ال"):
                continue
            result.append(Split(skipped(norm, rest) if clitic else 0, clitic, rest, parts))
        return result


def inflected(words: tuple[str, ...]) -> list[tuple[bool, tuple[str, ...]]]:
    """The forms of an adjective of nationality: with and without the article, feminine and plural.

    >>> [" ".join(w) for definite, w in inflected(("سوري",)) if definite]
    ['السوري', 'السوريه', 'السوريون', 'السوريين', 'السوريات']
    """
    result: list[tuple[bool, tuple[str, ...]]] = []
    for ending in ("", "ه", "ون", "ين", "ات"):
        if len(words) == 1:
            result.append((True, ("ال" + words[0] + ending,)))
            result.append((False, (words[0] + ending,)))
            if not ending:
                result.append((False, (words[0] + "ا",)))
        elif ending in ("", "ه"):
            result.append((True, tuple("ال" + word + ending for word in words)))
    return result


@cache
def knowledge(lang: Lexicon, own: tuple[Known, ...] = ()) -> Knowledge:
    """The knowledge of a language and of an analyst's own names, built once."""
    return Knowledge(lang, own)
