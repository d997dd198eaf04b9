"""Numbers as Arabic writes them: digits, words with their grammar, duals, ordinals.

Units come before tens («ثلاثة وعشرون»), teens have no «و» («ثلاثة عشر»), hundreds may be glued («ثلاثمئة»), and a
dual is a number by itself («ألفان»). What is read is folded: see `fold.toml` for digits and separators.

Source: K. Ryding, A Reference Grammar of Modern Standard Arabic (2005), ch. 15.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from riwaya.lang.lexicon import Entry, Lexicon

AND = "و"
ARTICLE = "ال"
POINT = "ر"
MOST = 10**15
"""Longer runs of digits are identifiers, not numbers."""


class Numeral(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number word; `role` says how it composes: zero, unit, ten, tens, hundred, hundreds, scale, dual, fraction."""

    value: float | int
    role: str


class Ordinal(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An ordinal word; `compound` ones live only before «عشر» and the tens; -1 is «last»."""

    value: int
    compound: bool = False
    feminine: tuple[str, ...] = ()
    """Which of the forms are feminine: hours are counted with them."""


class Number(Struct, frozen=True, gc=False):
    """A number that was read: words `first` to `end` (exclusive), its value, and how it was written."""

    end: int
    value: float | int
    kind: str
    """`digits`, `words`, `mixed` or `ordinal`."""
    definite: bool = False
    bare: str = ""
    """The role of its only word, when it has but one («ألف» alone is weaker than «ثلاثة آلاف»); an ordinal's gender."""
    dotted: bool = False
    """Does it have one point with three digits behind, which may be thousands: «2.500 عام»?"""


class Numbers:
    """Reads numbers out of folded words.

    >>> from riwaya.lang.ar import arabic
    >>> numbers = Numbers(arabic)
    >>> numbers.cardinal(["ثلاثه", "وعشرون", "الف", "دولار"], 0)
    Number(end=3, value=23000, kind='words', definite=False, bare='', dotted=False)
    >>> numbers.ordinal(["الخامس", "والعشرين"], 0).value
    25
    """

    def __init__(self, lang: Lexicon) -> None:
        fold = lang.fold
        self.words = {fold(form): entry for entry in lang.table("numbers", Numeral) for form in entry.forms}
        self.ordinals = {fold(form): entry for entry in lang.table("ordinals", Ordinal) for form in entry.forms}
        self.feminine = {fold(form) for entry in lang.table("ordinals", Ordinal) for form in entry.feminine}
        for word, entry in list(self.words.items()):
            if entry.role != "fraction":
                self.words.setdefault(ARTICLE + word, entry)

    def cardinal(
        self, norms: Sequence[str], at: int, glued: Sequence[bool] | None = None, skip: int = 0
    ) -> Number | None:
        """The longest number that starts at word `at`, after `skip` letters of clitics; None when there is none.

        `glued[i]` says that word i stands right behind word i - 1, as the parts of «1,234» do.
        """
        head = norms[at][skip:]
        if head[:1].isdecimal():
            return self._digits(norms, at, glued)
        entry = self.words.get(head)
        if entry is None:
            return None
        return self._words(norms, at, head, entry, glued)

    def _digits(self, norms: Sequence[str], at: int, glued: Sequence[bool] | None) -> Number | None:
        end, value = literal(norms, at, glued)
        if value is None:
            return None
        kind = "digits"
        dotted = end == at + 3 and norms[at + 1] == "." and len(norms[at + 2]) == 3
        while (scale := self._scale(norms, end)) is not None:  # «100 ألف», «3.5 مليون», «5 آلاف و300»
            kind = "mixed"
            entry, end = scale
            value = clean(value * entry.value)
            below: float = entry.value
            while below > 1 and (rest := self._remainder(norms, end, below, glued)):  # «مليونا و940 ألفا و36»
                end, value, below = rest[0], clean(value + rest[1]), top_scale(rest[1])
        return Number(end, value, kind, dotted=dotted and kind == "digits" and isinstance(value, float))

    def _scale(self, norms: Sequence[str], at: int) -> tuple[Numeral, int] | None:
        entry = self.words.get(norms[at]) if at < len(norms) else None
        return (entry, at + 1) if entry and entry.role in ("scale", "hundred") else None

    def _remainder(
        self, norms: Sequence[str], at: int, below: float, glued: Sequence[bool] | None
    ) -> tuple[int, float] | None:
        """What «و» adds after a scale: a smaller number, or a fraction of the scale."""
        if (step := after_and(norms, at)) is None:
            return None
        head, i = step
        fraction = self.words.get(head)
        if fraction is not None and fraction.role == "fraction":
            end = i + 1
            if end < len(norms) and (unit := self.words.get(norms[end])) is not None and unit.value == below:
                end += 1  # «مليون ونصف المليون»
            return end, fraction.value * below
        if head[:1].isdecimal():
            end, value = literal(norms, i, glued)
            if value is None or value >= below or ((s := self._scale(norms, end)) and value * s[0].value >= below):
                return None
            if s := self._scale(norms, end):
                return s[1], value * s[0].value
            return (end, value) if below >= 1000 or value < 100 else None
        if fraction is None:
            return None
        number = self._words(norms, i, head, fraction, glued)
        return (number.end, number.value) if number and number.value < below else None

    def _words(
        self, norms: Sequence[str], at: int, head: str, entry: Numeral, glued: Sequence[bool] | None
    ) -> Number | None:
        definite = head.startswith(ARTICLE) and head != ARTICLE and head[2:] in self.words
        group = self._group(norms, at, head)
        if group is None:
            if entry.role == "fraction":
                return Number(at + 1, entry.value, "words", definite, "fraction")
            return None
        end, value = group
        bare = entry.role if end == at + 1 else ""
        while (scale := self._scale(norms, end)) is not None and scale[0].value > value:
            value, end, bare = value * scale[0].value, scale[1], ""
        limit = top_scale(value)
        rest = None if limit > 1 else self._fraction(norms, end)
        if rest:
            end, value, bare = rest[0], value + rest[1], ""
        while limit > 1 and (rest := self._remainder(norms, end, limit, glued)):
            end, value, bare, limit = rest[0], value + rest[1], "", top_scale(rest[1])
        return Number(end, clean(value), "words", definite, bare)

    def _fraction(self, norms: Sequence[str], at: int) -> tuple[int, float] | None:
        if (step := after_and(norms, at)) is None:
            return None
        entry = self.words.get(step[0])
        return (step[1] + 1, entry.value) if entry is not None and entry.role == "fraction" else None

    def _group(self, norms: Sequence[str], at: int, head: str) -> tuple[int, float | int] | None:
        """A number below a thousand, or a scale word or its dual standing first."""
        entry = self.words.get(head)
        if entry is None or entry.role == "fraction":
            return None
        end, value = at + 1, entry.value
        following = self.words.get(norms[end]) if end < len(norms) else None
        match entry.role:
            case "scale" | "dual" | "zero":
                return end, value
            case "unit" if following is not None and following.role == "ten" and following.value == 10:
                if not norms[end].startswith(ARTICLE):
                    return end + 1, value + 10
            case "unit" if following is not None and following.role == "hundred":
                end, value = end + 1, value * 100
            case "unit":
                if tens := self._joined(norms, end, {"tens"}):
                    return tens[0], value + tens[1]
                return end, value
            case "hundred" | "hundreds":
                pass
            case _:
                return end, value
        if 100 <= value < 1000 and (rest := self._below_hundred(norms, end)):
            return rest[0], value + rest[1]
        return end, value

    def _below_hundred(self, norms: Sequence[str], at: int) -> tuple[int, float | int] | None:
        if (step := after_and(norms, at)) is None:
            return None
        entry = self.words.get(step[0])
        if entry is None or entry.role not in ("unit", "ten", "tens"):
            return None
        group = self._group(norms, step[1], step[0])
        return group if group and group[1] < 100 else None

    def _joined(self, norms: Sequence[str], at: int, roles: set[str]) -> tuple[int, float | int] | None:
        if (step := after_and(norms, at)) is None:
            return None
        entry = self.words.get(step[0])
        return (step[1] + 1, entry.value) if entry is not None and entry.role in roles else None

    def ordinal(self, norms: Sequence[str], at: int, skip: int = 0) -> Number | None:
        """The longest ordinal that starts at word `at`: «الثالث», «الثالث عشر», «الخامس والعشرون», «العشرون»."""
        head = norms[at][skip:]
        definite = head.startswith(ARTICLE)
        entry = self.ordinals.get(head)
        if entry is None:
            tens = self.words.get(head)
            if tens is None or not definite or tens.role not in ("tens", "unit", "hundred"):
                return None
            if tens.role == "unit":  # «الواحد والعشرون», «الأحد عشر»
                return self._compound(norms, at, tens.value, definite)
            return Number(at + 1, tens.value, "ordinal", definite)
        feminine = "feminine" if head in self.feminine else ""
        if entry.value > 0 and (compound := self._compound(norms, at, entry.value, definite)):
            return replace(compound, bare=feminine)
        return None if entry.compound else Number(at + 1, entry.value, "ordinal", definite, feminine)

    def _compound(self, norms: Sequence[str], at: int, value: float | int, definite: bool) -> Number | None:
        following = self.words.get(norms[at + 1]) if at + 1 < len(norms) else None
        if following is not None and following.role == "ten" and value < 10:
            return Number(at + 2, value + 10, "ordinal", definite)
        if definite and value < 10 and (tens := self._joined(norms, at + 1, {"tens"})):
            return Number(tens[0], value + tens[1], "ordinal", definite)
        return None


def after_and(norms: Sequence[str], at: int) -> tuple[str, int] | None:
    """The word that «و» joins on at `at`, without it, and its index; «و» may stand apart.

    >>> after_and(["و", "عشرون"], 0), after_and(["وعشرون"], 0), after_and(["عشرون"], 0)
    (('عشرون', 1), ('عشرون', 0), None)
    """
    if at >= len(norms) or not norms[at].startswith(AND):
        return None
    if norms[at] != AND:
        return norms[at][1:], at
    return (norms[at + 1], at + 1) if at + 1 < len(norms) else None


def literal(norms: Sequence[str], at: int, glued: Sequence[bool] | None) -> tuple[int, float | int | None]:
    """A number in digits with its separators: where it ends, and its value (None for endless runs of digits).

    >>> literal(["1", ",", "234", ",", "567"], 0, [False, True, True, True, True])
    (5, 1234567)
    >>> literal(["3", ".", "5"], 0, [False, True, True])
    (3, 3.5)

    Three digits behind a comma are thousands, others decimals; a full stop is decimal unless there are two. Agencies
    write the point as a letter and the fraction first, so that a reader from the left sees «83ر1»:

    >>> literal(["1", "ر", "83"], 0, [False, True, True])
    (3, 83.1)
    """
    first, end = norms[at], at + 1
    if len(first) > 15 or not first.isdecimal():
        return end, None
    if glued is not None and list(norms[end : end + 1]) == [POINT] and all(glued[end : end + 2]) and len(first) <= 4:
        whole = norms[end + 1] if end + 1 < len(norms) else ""
        if whole.isdecimal() and len(whole) <= 9:
            return end + 2, float(f"{whole}.{first}")
    parts: list[tuple[str, str]] = []
    while (
        glued is not None and end + 1 < len(norms) and norms[end] in (",", ".") and glued[end] and glued[end + 1]
        and norms[end + 1].isdecimal() and len(norms[end + 1]) <= 9
    ):  # fmt: skip
        parts.append((norms[end], norms[end + 1]))
        end += 2
    if not parts:
        return at + 1, int(first)
    signs = {sign for sign, _ in parts}
    grouped = all(len(digits) == 3 for _, digits in parts) and len(first) <= 3 and first != "0"
    if len(signs) == 1 and grouped and ("," in signs or len(parts) > 1 or parts[0][1] == "000"):
        return end, int(first + "".join(digits for _, digits in parts))
    if len(parts) == 1:
        return end, float(f"{first}.{parts[0][1]}")
    if len(signs) == 1 and len(first) <= 3 and len(parts[-1][1]) <= 2 and all(len(d) == 3 for _, d in parts[:-1]):
        return end, float(first + "".join(d for _, d in parts[:-1]) + "." + parts[-1][1])  # «51.824.281.70»
    if parts[-1][0] != parts[0][0] and all(len(d) == 3 for _, d in parts[:-1]) and len({s for s, _ in parts[:-1]}) == 1:
        return end, float(first + "".join(d for _, d in parts[:-1]) + "." + parts[-1][1])
    return at + 1, int(first)


def top_scale(value: float | int) -> int:
    """The scale a number ends on: a remainder must be smaller.

    >>> top_scale(3000), top_scale(20), top_scale(2_000_000)
    (1000, 1, 1000000)
    """
    for scale in (10**12, 10**9, 10**6, 1000, 100):
        if value >= scale and value % scale == 0:
            return scale
    return 1


def clean(value: float | int) -> float | int:
    """A whole number as int, others rounded to twelve digits.

    >>> clean(3.0), clean(0.1 + 0.2)
    (3, 0.3)
    """
    if isinstance(value, int):
        return value
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < MOST else rounded


@cache
def numbers_of(lang: Lexicon) -> Numbers:
    """The reader of a language's numbers, made once."""
    return Numbers(lang)
