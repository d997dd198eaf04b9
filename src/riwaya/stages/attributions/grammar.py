"""What the tables say, in the form that a page of words is read with."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from typing import Literal, NamedTuple, TypeVar

from riwaya.lang.ar import clitics, verbs
from riwaya.lang.lexicon import Entry, Lexicon, Table, all_folded_words, folded_words

Read = TypeVar("Read")
SourceKind = Literal["person", "organisation", "outlet", "agency", "document", "anonymous"]

REMEMBERED = 200_000
"""Words whose readings are kept at hand."""
ARTICLE = "ال"
"""The definite article, as letters: every Arabic table knows it."""


class CueEntry(Entry, frozen=True, kw_only=True):
    """A line of `cues.toml`."""

    kind: Literal["verb", "particle", "as", "closing", "agentless", "author", "locative", "headline"] = "verb"
    present: str | None = None
    participle: str | None = None
    noun: str | None = None
    takes: tuple[str, ...] = ()
    does: Literal[
        "say", "add", "think", "doubt", "deny", "claim", "act", "refuse", "evidence", "carry", "publish", "name"
    ] = "say"
    suffixes: bool = False
    strict: bool = False
    """The first letter must be written as the table writes it: «أبان» is a verb, «إبان» is not."""
    governs: str | None = None
    objects: tuple[str, ...] = ()
    """Nouns that a bare object must begin with: who adopts an attack claims it, who adopts a programme says nothing.

    With `event` and no `object` in `takes` they narrow the event: who reveals details says them.
    """
    needs: tuple[str, ...] = ()
    """One of these words must follow: who carries a bag says nothing, who makes somebody bear the blame does."""
    by: tuple[SourceKind, ...] = ()
    """The only kinds of sources that say something with it; any, when empty."""
    not_by: tuple[SourceKind, ...] = ()
    """Kinds of sources that cannot do it: a document does not write."""


class SourceNoun(Entry, frozen=True, kw_only=True):
    """A line of `source_nouns.toml`."""

    kind: SourceKind
    prepositions: tuple[str, ...] = ()
    gender: Literal["m", "f"] | None = None


class Word(Entry, frozen=True, kw_only=True):
    """A line of `clause.toml`."""

    kind: str


class Frame(Entry, frozen=True, kw_only=True):
    """A line of `frames.toml`: its forms are sequences of slots."""

    of: tuple[str, ...]


class Outlet(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """What is needed of a line of `outlets.toml`."""

    kind: Literal["outlet", "agency"]
    name_en: str | None = None
    country: str | None = None
    needs: str | None = None


class Sense(NamedTuple):
    """One reading of a written word as a cue: the entry, the form it stands in, and the clitics before it."""

    entry: CueEntry
    form: verbs.Form
    clitic: str


class Remembered(dict[str, Read]):
    """What was read of each word, made once: a look-up costs no call."""

    def __init__(self, read: Callable[[str], Read]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, norm: str) -> Read:
        if len(self) > REMEMBERED:
            self.clear()
        found = self[norm] = self.read(norm)
        return found


class Grammar:
    """The tables of one language, ready to read with.

    >>> from riwaya.lang.ar import arabic
    >>> grammar = of(arabic)
    >>> [(s.entry.name, s.form.tense, s.clitic) for s in grammar.senses("واضافت")]
    [('adafa', 'past', 'و')]
    """

    def __init__(self, lang: Lexicon) -> None:
        self.lang, self.fold = lang, lang.fold
        self.cues: Table[CueEntry] = lang.table("cues", CueEntry)
        self.clause: Table[Word] = lang.table("clause", Word)
        self.frames: Table[Frame] = lang.table("frames", Frame)
        self.hedges: Table[Entry] = lang.table("hedges", Entry)
        self.outlets: Table[Outlet] = lang.table("outlets", Outlet)
        self.senses: Callable[[str], tuple[Sense, ...]] = Remembered(self._read).__getitem__
        """How a word can be read as the cue of a verb; empty for most words."""
        self.noun: Callable[[str], SourceNoun | None] = Remembered(self._noun).__getitem__
        """The entry of a word that can head a source, article and clitics aside."""
        self.masdar: Callable[[str], bool] = Remembered(self._masdar).__getitem__
        """Can the word open a bare event: «مقتل», «السيطرة», «تقدمها»?"""
        self._prepositions: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._objects: dict[tuple[str, ...], frozenset[str]] = {}
        self._firsts: dict[str, frozenset[str]] = {}

    @cached_property
    def written(self) -> dict[str, tuple[tuple[CueEntry, verbs.Form], ...]]:
        """Every one-word form of every verb and verbal noun, folded."""
        forms: dict[str, list[tuple[CueEntry, verbs.Form]]] = {}
        inflected = [(entry, form) for entry in self.cues for form in self._inflected(entry)]
        folded = all_folded_words([form.written for _, form in inflected], self.fold)
        for (entry, form), words in zip(inflected, folded, strict=True):
            forms.setdefault(words[0], []).append((entry, form))
        return {norm: tuple(found) for norm, found in forms.items()}

    def _inflected(self, entry: CueEntry) -> list[verbs.Form]:
        if entry.kind != "verb":
            return []
        made = [form for lemma in entry.forms for form in verbs.past(lemma, entry.suffixes)]
        if entry.present:
            made += verbs.present(entry.present, entry.suffixes)
        if entry.participle:
            made += verbs.participle(entry.participle)
        if entry.noun:
            made += verbs.noun(entry.noun)
        return made

    def _read(self, norm: str) -> tuple[Sense, ...]:
        for clitic, rest in clitics.splits(norm):
            bare = clitic.lstrip("وف")
            found = tuple(
                Sense(entry, form, clitic)
                for entry, form in self.written.get(rest, ())
                if not bare or (form.tense == "noun" and bare in clitics.PREPOSITIONS)
            )
            if found:
                return found
        return ()

    def told_it(self, norm: str) -> tuple[Sense, ...]:
        """How a word behind «ما» can be read: the relative's pronoun may hang on the verb («ما أعلنه», «ما روته»)."""
        if found := self.senses(norm):
            return found
        for pronoun in ("ه", "ها"):
            stem = norm.removesuffix(pronoun)
            if stem != norm and (found := self.senses(stem) or self.senses(stem.removesuffix("ا") + "ي")):
                return tuple(s for s in found if s.form.tense in ("past", "present") and not s.form.suffixed)
        return ()

    def prepositions(self, entry: CueEntry | SourceNoun) -> tuple[str, ...]:
        """The prepositions that a verb or a noun governs, folded; «ب», which is written on, is not among them."""
        named = entry.takes if isinstance(entry, CueEntry) else entry.prepositions
        known = self._prepositions.get(named)  # by what is asked: readings of one entry may govern other ones
        if known is None:
            known = tuple(self.fold(p) for p in named if p.isalpha() and not p.isascii() and len(p) > 1)
            self._prepositions[named] = known
        return known

    def may_adopt(self, entry: CueEntry, norm: str) -> bool:
        """Can the word be the object of a verb that `objects` narrows: «الهجوم», «مسؤوليته»?"""
        heads = self._objects.get(entry.objects)
        if heads is None:
            written = (form.written for head in entry.objects for form in verbs.noun(head))
            heads = self._objects[entry.objects] = frozenset(map(self.fold, (*entry.objects, *written)))
        return not heads or norm in heads or norm.removeprefix(ARTICLE) in heads

    @cached_property
    def source_words(self) -> frozenset[str]:
        """The one-word forms of `source_nouns.toml`, as they stand there."""
        return frozenset(w[0] for w in self.lang.table("source_nouns", SourceNoun).by_words if len(w) == 1)

    @cached_property
    def words_by_kind(self) -> dict[str, frozenset[str]]:
        """The one-word forms of `clause.toml`, by kind."""
        kinds: dict[str, set[str]] = {}
        for words, entries in self.clause.by_words.items():
            if len(words) == 1:
                for entry in entries:
                    kinds.setdefault(entry.kind, set()).add(words[0])
        return {kind: frozenset(words) for kind, words in kinds.items()}

    def firsts(self, kind: str) -> frozenset[str]:
        """The first words of the forms of `clause.toml` of one kind."""
        known = self._firsts.get(kind)
        if known is None:
            words = (w[0] for w, entries in self.clause.by_words.items() if any(e.kind == kind for e in entries))
            known = self._firsts[kind] = frozenset(words)
        return known

    def _noun(self, norm: str) -> SourceNoun | None:
        table = self.lang.table("source_nouns", SourceNoun).by_words
        bares = [norm, norm.removeprefix(ARTICLE)]
        for pronoun in ("ه", "ها", "هم", "هما"):  # «والدته», «مديرها»
            if norm.endswith(pronoun) and len(norm) > len(pronoun) + 2:
                stem = norm.removesuffix(pronoun)
                bares += [stem[:-1] + "ه" if stem.endswith("ت") else stem]
        if (found := next((entries[0] for bare in bares if (entries := table.get((bare,)))), None)) is not None:
            return found
        bare = bares[1]
        if bare[-2:] not in ("ون", "ين", "ان") or len(bare) < 6:
            return None
        several = table.get((bare[:-2],)) or table.get((bare[:-2] + "ون",))  # «مندوبين», «المؤيدين»
        return several[0] if several and several[0].kind in ("person", "anonymous") else None

    @cached_property
    def _events(self) -> frozenset[str]:
        forms = (form for entry in self.lang.table("masdars", Entry) for form in entry.forms)
        return frozenset(f.written for base in forms for f in map(self._folded, verbs.noun(base)))

    def _folded(self, form: verbs.Form) -> verbs.Form:
        return verbs.Form(self.fold(form.written), form.tense)

    def _masdar(self, norm: str) -> bool:
        bare = norm.removesuffix("ا") if len(norm) > 4 else norm  # «هطولا»
        return norm in self._events or bare in self._events or norm.removeprefix(ARTICLE) in self._events

    @cached_property
    def negators(self) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
        """Words that deny the cue behind them, and words that make it a wish."""
        table = {entry.name: entry for entry in self.lang.table("negation", Entry)}
        verbal, purpose = (
            frozenset(folded_words(form, self.fold) for form in table[name].forms) for name in ("verbal", "purpose")
        )
        return verbal, purpose

    @cached_property
    def sequences(self) -> dict[tuple[str, str], Frame]:
        """Which frame a kind of cue and a sequence of slots make."""
        return {(kind, form): frame for frame in self.frames for form in frame.forms for kind in frame.of}


@cache
def of(lang: Lexicon) -> Grammar:
    """The grammar of a language, made once."""
    return Grammar(lang)
