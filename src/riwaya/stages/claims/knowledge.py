"""What the claims stage knows of the language: predicates, where statements end, what hedges and denies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from riwaya.lang.ar import verbs
from riwaya.lang.ar.clitics import PREPOSITIONS, splits
from riwaya.lang.ar.stems import stem
from riwaya.lang.lexicon import Entry, Lexicon, all_folded_words

NOTHING: frozenset[str] = frozenset()
NOUN_CLITICS = frozenset(("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل"))
VERB_CLITICS = frozenset(("", "و", "ف", "س", "وس", "فس", "ل", "ول"))


TANWIN = 4
"""Letters of a word whose final alif can be that of the accusative: «انهيارا»."""


class Predicate(Entry, frozen=True, kw_only=True):
    """A class of predicates with the words that express it."""

    verbs: tuple[str, ...] = ()
    """Past and present, joined by a blank."""
    opposite: str | None = None
    daily: bool = False
    akin: str | None = None
    """The class that tells one happening from another side: what fell was seized."""
    object: Literal["person", "place"] | None = None
    """What it is done to."""


class Bound(Entry, frozen=True, kw_only=True):
    """Words that bound, negate or ground a statement."""

    kind: str


class Aspect(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A way of telling how a thing happened."""

    aspect: str
    pole: str
    predicates: tuple[str, ...] = ()
    needs: str | None = None


class Office(Entry, frozen=True, kw_only=True):
    """Who speaks for a body."""

    body: str | None = None


class State(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A country, or an adjective of nationality."""

    country: str


class Form(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A line of a table of which only the forms matter."""


class Knowledge:
    """The tables as look-ups over folded words.

    >>> from riwaya.lang.ar import arabic
    >>> known = knowledge(arabic)
    >>> known.predicate("وسيطروا"), known.predicate("السيطره"), known.predicate("كتاب")
    (('seize', True), ('seize', False), None)
    """

    def __init__(self, lang: Lexicon) -> None:
        self.verbs: dict[str, str] = {}
        self.nouns: dict[str, str] = {}
        self.idioms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.opposite: dict[str, str] = {}
        self.akin: dict[str, str] = {}
        self.daily: set[str] = set()
        self.done_to: dict[str, Literal["person", "place"]] = {}
        """What predicates are done to, as far as it is always of one kind."""
        self._suffixed: set[str] = set()
        rows: list[tuple[str, str, bool]] = []
        for entry in lang.table("predicates", Predicate):
            if entry.opposite:
                self.opposite[entry.name] = entry.opposite
            if entry.akin:
                self.akin[entry.name] = entry.akin
            if entry.daily:
                self.daily.add(entry.name)
            if entry.object:
                self.done_to[entry.name] = entry.object
            made = [(form, True) for form in _inflected(entry)] + [(form, False) for form in _nouns(entry)]
            rows += [(form.written, entry.name, verbal) for form, verbal in made]
            self._suffixed.update(lang.fold(form.written) for form, _ in made if form.suffixed)
        for key, (_, name, verbal) in zip(all_folded_words([row[0] for row in rows], lang.fold), rows, strict=True):
            if len(key) == 1:
                (self.verbs if verbal else self.nouns).setdefault(key[0], name)
            elif key:
                self.idioms.setdefault(key[0], []).append((key, name))
        self.bounds: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for bound in lang.table("clauses", Bound):
            self._add(bound.kind, bound.forms, lang)
        for hedge in lang.table("hedges", Form):
            self._add("hedge", hedge.forms, lang)
        hollow = {norm for norm, rows in self.bounds.items() if any(kind == "hollow" for kind, _ in rows)}
        self.hollow = frozenset(hollow)
        for norm in hollow:  # «كأن» folds to «كان»
            self.bounds[norm] = [row for row in self.bounds[norm] if row[0] != "hedge" or len(row[1]) > 1]
        self.aspects = lang.table("aspects", Aspect)
        self.aspects_of = {name: aspect for aspect in self.aspects for name in aspect.predicates}
        self.ways: dict[str, list[tuple[tuple[str, ...], Aspect]]] = {}
        for words, some in self.aspects.by_words.items():
            key = tuple(map(_bare, words))
            self.ways.setdefault(key[0], []).extend((key, aspect) for aspect in some)
        self._openings: dict[str, tuple[str, ...]] = {}
        self.offices: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
        for office in lang.table("offices", Office):
            body = stem(lang.fold(office.body)) if office.body else None
            for key in all_folded_words(office.forms, lang.fold):
                self.offices.setdefault(key[0], []).append((key, body))
        for longest in self.offices.values():
            longest.sort(key=lambda row: -len(row[0]))
        self.same = {
            stem(lang.fold(form)): stem(lang.fold(row.forms[0]))
            for row in lang.table("alike", Form)
            for form in row.forms
        }
        self._stems: dict[str, str] = {}
        adjectives = {state.country: state.forms[0] for state in lang.table("nationalities", State)}
        self._states = {code: self.word(lang.fold(form)) for code, form in adjectives.items()}
        for state in lang.table("countries", State):
            if state.country in adjectives:
                for capital in ("", "-capital"):  # «موسكو ترفض»
                    self._states[f"place-{state.name}{capital}"] = self._states[state.country]
        self.adjectives = frozenset(self._states.values())
        """Those of states, as they are compared; a statement that names a state has its adjective among its words."""
        self._firsts: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
        self._found: dict[str, tuple[str, bool] | None] = {}
        self._bounding: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._called: dict[str, frozenset[str]] = {}
        self.fold = lang.fold

    def _add(self, kind: str, forms: Sequence[str], lang: Lexicon) -> None:
        for key in all_folded_words(forms, lang.fold):
            if key:
                self.bounds.setdefault(key[0], []).append((kind, key))

    def word(self, norm: str) -> str:
        """A folded word as it is compared: its light stem, or that of the first of the words that news use for it.

        >>> from riwaya.lang.ar import arabic
        >>> known = knowledge(arabic)
        >>> known.word("نصرانيا") == known.word("المسيحيين")
        True
        """
        if norm not in self._stems:
            found = stem(norm)
            self._stems[norm] = self.same.get(found, found)
        return self._stems[norm]

    def is_hollow(self, norm: str) -> bool:
        """Does a folded word carry nothing of what is stated, with or without «و» or «ف»?"""
        return norm in self.hollow or (norm[:1] in ("و", "ف") and norm[1:] in self.hollow)

    def predicate(self, norm: str) -> tuple[str, bool] | None:
        """The class of a folded word, and whether the word is a verb; clitics are peeled."""
        if norm not in self._found:
            self._found[norm] = self._look_up(norm)
        return self._found[norm]

    def _look_up(self, norm: str) -> tuple[str, bool] | None:
        for clitic, rest in splits(norm):
            if clitic in VERB_CLITICS and rest in self.verbs:
                return self.verbs[rest], True
            if clitic in NOUN_CLITICS and (name := self._noun(rest)) is not None:
                return name, False
        return None

    def _noun(self, norm: str) -> str | None:
        """The class of a folded noun without clitics but the article."""
        bare = norm[2:] if norm.startswith("ال") and len(norm) > 3 else norm
        plain = bare[:-1] if bare.endswith("ا") and len(bare) > TANWIN else bare
        return self.nouns.get(norm) or self.nouns.get(bare) or self.nouns.get(plain)

    def hangs(self, norm: str) -> bool:
        """Is a noun that tells of something written on to a preposition?

        >>> from riwaya.lang.ar import arabic
        >>> [knowledge(arabic).hangs(norm) for norm in ("لارتفاع", "ارتفاع", "بيع")]
        [True, False, False]
        """
        found = (clitic for clitic, rest in splits(norm) if rest in self.verbs or self._noun(rest) is not None)
        return next(found, "")[-1:] in PREPOSITIONS

    def pronoun(self, norm: str) -> str | None:
        """The pronoun of one that hangs on a predicate.

        >>> from riwaya.lang.ar import arabic
        >>> known = knowledge(arabic)
        >>> known.pronoun("واعتقلتها"), known.pronoun("اعتقاله"), known.pronoun("اعتقلت")
        ('ها', 'ه', None)
        """
        if any(rest in self._suffixed for _, rest in splits(norm)):
            return next((ending for ending in ("ها", "ه") if norm.endswith(ending)), None)
        return None

    def called(self, name: str) -> frozenset[str]:
        """What tells a speaker, from the name as it is written; a case names few, many times."""
        if name not in self._called:
            self._called[name] = self.name(re.findall(r"\w+", self.fold(name)))
        return self._called[name]

    def state(self, entity: str) -> str | None:
        """The adjective of the state that an entity is, or whose body it is, as it is compared.

        >>> from riwaya.lang.ar import arabic
        >>> known = knowledge(arabic)
        >>> known.state("org-air-force-ru") == known.state("place-russia") == known.word("الروسيه")
        True
        """
        found = STATE.fullmatch(entity)
        return self._states.get(found[1].upper() if found else entity)

    def name(self, norms: Sequence[str]) -> frozenset[str]:
        """What tells a speaker: the stems of the name, an office replaced by its body.

        >>> from riwaya.lang.ar import arabic
        >>> known = knowledge(arabic)
        >>> known.name(["وزير", "المياه"]) == known.name(["المتحدث", "باسم", "وزاره", "المياه"])
        True
        """
        found: list[str] = []
        at = 0
        while at < len(norms):
            for key, body in self.offices.get(norms[at], ()):
                if tuple(norms[at : at + len(key)]) == key:
                    found += [body] if body else []
                    at += len(key)
                    break
            else:
                if norms[at] not in self.hollow:
                    found.append(stem(norms[at]))
                at += 1
        return frozenset(found) - {""}

    def idiom(self, norms: Sequence[str], at: int) -> tuple[int, str] | None:
        """How many words an idiom that starts here takes, and its class."""
        norm = norms[at]
        if norm not in self._firsts:
            parts = [first for clitic, first in splits(norm) if clitic in ("", "و", "ف", "ب", "ل")]
            self._firsts[norm] = tuple(row for first in parts for row in self.idioms.get(first, ()))
        for key, name in self._firsts[norm]:
            if tuple(norms[at + 1 : at + len(key)]) == key[1:]:
                return len(key), name
        return None

    def aspects_at(self, norms: Sequence[str], at: int) -> list[Aspect]:
        """The ways of telling a happening whose words start here, with or without clitics.

        >>> from riwaya.lang.ar import arabic
        >>> [a.pole for a in knowledge(arabic).aspects_at(["وبسرعه", "كبيره"], 0)]
        ['quick']
        """
        norm = norms[at]
        if norm not in self._openings:
            self._openings[norm] = tuple({first: None for _, w in splits(norm) if (first := _bare(w)) in self.ways})
        return [
            aspect
            for first in self._openings[norm]
            for key, aspect in self.ways[first]
            if len(key) == 1 or tuple(map(_bare, norms[at + 1 : at + len(key)])) == key[1:]
        ]

    def kinds(self, norms: Sequence[str], at: int) -> frozenset[str]:
        """The kinds of bound of which a form starts at the word, with or without «و» or «ف».

        >>> from riwaya.lang.ar import arabic
        >>> sorted(knowledge(arabic).kinds(["وبينهم", "ستون"], 0))
        ['dangling', 'hollow', 'member', 'part']
        """
        rows = self._rows(norms[at])
        if not rows:  # most words
            return NOTHING
        return frozenset(
            [kind for kind, key in rows if len(key) == 1 or tuple(norms[at + 1 : at + len(key)]) == key[1:]]
        )

    def reach(self, norms: Sequence[str], at: int, kind: str) -> int:
        """How many words the longest form of a kind takes that starts at the word; 0 where none does."""
        fitting = [key for of, key in self._rows(norms[at]) if of == kind]
        return max((len(key) for key in fitting if tuple(norms[at + 1 : at + len(key)]) == key[1:]), default=0)

    def _rows(self, norm: str) -> list[tuple[str, tuple[str, ...]]]:
        """The bounds that begin with a word."""
        if norm not in self._bounding:
            firsts = (norm, norm[1:]) if norm[:1] in ("و", "ف") and len(norm) > 2 else (norm,)
            self._bounding[norm] = [row for first in firsts for row in self.bounds.get(first, ())]
        return self._bounding[norm]


STATE = re.compile(r"org-(?:army|air-force|regime|government|police)-([a-z]{2})")
"""Bodies that every state has one of, as the entities stage names them."""


def _bare(norm: str) -> str:
    """A folded word without the article and the ending of the accusative: «الخلل», «خللا»."""
    norm = norm[2:] if norm.startswith("ال") and len(norm) > 4 else norm
    return norm[:-1] if norm.endswith("ا") and len(norm) > 3 else norm


def _inflected(entry: Predicate) -> Iterator[verbs.Form]:
    for pair in entry.verbs:
        past, _, present = pair.partition(" ")
        yield from verbs.past(past, suffixes=True)
        yield from verbs.present(present, suffixes=True)


def _nouns(entry: Predicate) -> Iterator[verbs.Form]:
    for form in entry.forms:
        if " " in form:
            yield verbs.Form(form, "noun")
        else:
            yield from verbs.noun(form)


@lru_cache(maxsize=4)
def knowledge(lang: Lexicon) -> Knowledge:
    """The knowledge of a language, made once."""
    return Knowledge(lang)
