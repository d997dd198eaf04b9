"""Reads, folds and checks the tables of a language.

A table is a TOML file in `lang/LANG/`. Its `[about]` says what it holds, from which source, and which alphabet its
forms are written in; every other table is an entry, and its name is the last part of the rule it makes:

    [about]
    title = "Months of the Gregorian year"
    source = "Unicode CLDR 45, ar / ar-SY / ar-DZ"
    alphabet = "arabic"

    [mars]
    forms = ["مارس"]
    value = 3
    example = "في 28 مارس 2016"

Forms are in full good spelling: they go through the same fold as the text, so a table never lists spellings.
Every fault of a table is reported at once: letters outside the alphabet (a Farsi yeh in an Arabic word), forms
that fold alike, an example without its form, unknown keys.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Generic, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.errors import InvalidLexicon, UnknownLanguage
from riwaya.text.view import Fold, View
from riwaya.text.words import Words

ALPHABETS = {
    "arabic": frozenset(
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي" + "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
    )
    | frozenset(" .-/()«»:،؟'0123456789%"),
    "latin": frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .-&'/0123456789()"),
}
ALPHABETS["any"] = ALPHABETS["arabic"] | ALPHABETS["latin"]


WALL = "⁂"
"""A sign of nobody's alphabet, to part forms."""


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every entry of every table may say; a table's own type adds its values."""

    forms: tuple[str, ...]
    example: str | None = None
    """A phrase that contains one of the forms."""
    negative: str | None = None
    """A phrase in which the form is an ordinary word and must not be found."""
    where: str | None = None
    """Countries or traditions that write it so."""
    source: str | None = None
    note: str | None = None
    name: str = ""
    """The key of the entry in its file; set by the loader."""
    rule: str = ""
    """`LANG/TABLE/NAME`; set by the loader."""


class About(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    source: str
    alphabet: str = "arabic"
    note: str | None = None


E = TypeVar("E", bound=Entry)


class Table(Generic[E]):
    """The entries of one table, found by their folded words.

    `find(norms, i)` gives the longest form that starts with word i. `hashes` are those of first words, for
    sifting candidates out of a long text with one array operation.
    """

    def __init__(self, entries: Sequence[E], fold: Fold) -> None:
        self.entries = tuple(entries)
        self.fold = fold
        self.by_words: dict[tuple[str, ...], tuple[E, ...]] = {}
        bearers = [entry for entry in self.entries for _ in entry.forms]
        keys = all_folded_words([form for entry in self.entries for form in entry.forms], fold)
        for entry, key in zip(bearers, keys, strict=True):
            self.by_words[key] = (*self.by_words.get(key, ()), entry)
        self.lengths: dict[str, tuple[int, ...]] = {}
        for key in self.by_words:
            self.lengths[key[0]] = tuple(sorted({*self.lengths.get(key[0], ()), len(key)}, reverse=True))

    def __iter__(self) -> Iterator[E]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, norms: Sequence[str], at: int) -> tuple[int, tuple[E, ...]]:
        """How many words from `at` the longest form takes, and its entries; (0, ()) when none starts there."""
        for length in self.lengths.get(norms[at], ()):
            words = tuple(norms[at : at + length])
            if entries := self.by_words.get(words):
                return len(words), entries  # at the end of the text fewer words are left than the longest form has
        return 0, ()

    def get(self, form: str) -> tuple[E, ...]:
        """The entries of a form, however it is spelled."""
        return self.by_words.get(folded_words(form, self.fold), ())

    @cached_property
    def hashes(self) -> npt.NDArray[np.uint64]:
        return np.unique(Words(View("\n".join(sorted(self.lengths)), self.fold)).hashes)


def folded_words(form: str, fold: Fold) -> tuple[str, ...]:
    return tuple(Words(View(form, fold)).norms)


def all_folded_words(forms: Sequence[str], fold: Fold) -> list[tuple[str, ...]]:
    """The folded words of many forms, folded and cut in one sweep: thousands in the time of a few one by one."""
    result: list[tuple[str, ...]] = []
    current: list[str] = []
    for norm in Words(View("".join(form + WALL for form in forms), fold)).norms:
        if norm == WALL:
            result.append(tuple(current))
            current = []
        else:
            current.append(norm)
    return result


class Lexicon:
    """The tables of one language.

    >>> from riwaya.lang.ar import arabic
    >>> arabic.fold("إلى مدرسةٍ")
    'الي مدرسه'
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.folder: Traversable = files("riwaya.lang").joinpath(language)
        if not self.folder.joinpath("fold.toml").is_file():
            raise UnknownLanguage(f"There are no tables for the language {language!r}; there are some for 'ar'.")
        self._tables: dict[tuple[str, type[Any]], Table[Any]] = {}

    @cached_property
    def fold(self) -> Fold:
        return read_fold(self.folder.joinpath("fold.toml").read_bytes())

    @property
    def folding(self) -> str:
        """Changes when the folding of letters does: what a search index was made with."""
        return blake2b(self.folder.joinpath("fold.toml").read_bytes(), digest_size=8).hexdigest()

    def table(self, name: str, type: type[E]) -> Table[E]:
        """The table `name`, its entries read as `type`; read once."""
        key = name, type  # stages may read one table each for its own purpose
        if key not in self._tables:
            data = self.folder.joinpath(f"{name}.toml").read_bytes()
            self._tables[key] = read_table(data, f"{self.language}/{name}", type, self.fold)
        return self._tables[key]

    def rules(self, rule: str) -> dict[str, dict[str, Any]]:
        """The table entries that a finding's rule names, as they stand in the tables.

        A rule is one or several of `LANG/TABLE/NAME`, joined by « + »; what is not in a table is left out.
        """
        found: dict[str, dict[str, Any]] = {}
        for piece in rule.replace("+", " ").split():
            language, _, rest = piece.partition("/")
            table, _, name = rest.partition("/")
            path = self.folder.joinpath(f"{table}.toml")
            if language == self.language and name and path.is_file():
                entry = tomllib.loads(path.read_text("utf-8")).get(name)
                if isinstance(entry, dict):
                    found[piece] = entry
        return found

    @cached_property
    def digest(self) -> str:
        """Changes when any table changes: part of the key under which findings are kept."""
        hasher = blake2b(digest_size=8)
        for path in sorted(self.folder.iterdir(), key=lambda p: p.name):
            if path.is_file() and not path.name.endswith((".py", ".pyc")):
                hasher.update(path.name.encode() + b"\0" + path.read_bytes())
        return hasher.hexdigest()


def read_table(data: bytes, where: str, type: type[E], fold: Fold) -> Table[E]:
    """Reads a TOML table and checks it; raises InvalidLexicon with all its faults."""
    try:
        raw = tomllib.loads(data.decode("utf-8"))
        about = msgspec.convert(raw.pop("about", None), About)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidLexicon(f"{where}.toml cannot be read: {error}.") from error
    faults: list[str] = []
    entries: list[E] = []
    for name, fields in raw.items():
        try:
            entries.append(msgspec.convert({**fields, "name": name, "rule": f"{where}/{name}"}, type))
        except (msgspec.ValidationError, TypeError) as error:
            faults.append(f"[{name}] {error}")
    faults += check(entries, about, fold)
    if faults:
        raise InvalidLexicon(f"{where}.toml has {len(faults)} faults:\n  " + "\n  ".join(faults))
    return Table(entries, fold)


def check(entries: Sequence[Entry], about: About, fold: Fold) -> Iterator[str]:
    """The faults that a type cannot see."""
    alphabet = ALPHABETS[about.alphabet]
    keys = iter(all_folded_words([form for entry in entries for form in entry.forms], fold))
    for entry in entries:
        if not entry.forms:
            yield f"[{entry.name}] has no forms"
        seen: dict[tuple[str, ...], str] = {}
        for form in entry.forms:
            if strange := sorted(set(form) - alphabet):
                letters = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '?')}" for c in strange)
                yield f"[{entry.name}] «{form}» has letters outside the {about.alphabet} alphabet: {letters}"
            key = next(keys)
            if not key:
                yield f"[{entry.name}] «{form}» folds to nothing"
            elif key in seen:
                yield f"[{entry.name}] «{form}» and «{seen[key]}» fold alike: one is enough"
            seen[key] = form
        if entry.example and not any(fold(form) in fold(entry.example) for form in entry.forms):
            yield f"[{entry.name}] the example «{entry.example}» contains none of its forms"


def read_fold(data: bytes) -> Fold:
    """Reads `fold.toml`: groups of letters with the one they are compared as, and the reason.

    Raises InvalidLexicon when a letter is folded twice.
    """
    raw: Mapping[str, Mapping[str, Any]] = tomllib.loads(data.decode("utf-8"))
    letters: dict[str, str] = {}
    attached: list[str] = []
    faults = []
    for name, group in raw.items():
        pairs = dict(group.get("pairs", {}))
        sources = group.get("letters", "") + "".join(
            chr(c) for first, last in group.get("ranges", []) for c in range(int(first, 16), int(last, 16) + 1)
        )
        pairs |= dict.fromkeys(sources, group.get("to", ""))
        match group.get("form"):
            case "compatibility":
                pairs = {c: unicodedata.normalize("NFKC", c).strip() for c in pairs}
            case "lower":
                pairs = {c: c.lower() for c in pairs}
        if group.get("attached"):
            attached += pairs
        for source, target in pairs.items():
            if source in letters:
                faults.append(f"[{name}] U+{ord(source):04X} is folded twice")
            letters[source] = target
    # Ligatures and digits of other shapes fold to letters that may fold again.
    done = {source: "".join(letters.get(c, c) for c in target) for source, target in letters.items()}
    if faults:
        raise InvalidLexicon("fold.toml: " + "; ".join(faults))
    return Fold(done, attached)
