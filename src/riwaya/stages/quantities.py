"""How many: numbers that count or measure something, with what they count.

    find(text)        the quantities of a text
    explain(text)     the same, with the rules behind each
    quantities        the stage: a number inside a temporal expression is none

A quantity is a number (see `lang/ar/numbers.py`), what bounds it («نحو», «أكثر من», «بين … و…»), and the noun behind
it, brought back to its singular. A bare number counts only behind a word that says so: most others are names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from msgspec import Struct

from riwaya.lang.ar import arabic
from riwaya.lang.ar.numbers import ARTICLE, Number, numbers_of
from riwaya.lang.lexicon import Entry, Lexicon, Table
from riwaya.model import Quantity, Timex
from riwaya.stage import Reading, each
from riwaya.text.span import Span
from riwaya.text.view import View
from riwaya.text.words import DIGIT, LETTER, Words

__all__ = ["Explained", "Found", "explain", "find", "quantities"]

CLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب")
"""«ك» stands before no number: «كمية» is an amount, not like a hundred."""
BOUNDS = {"approx": "about", "more": "more-than", "less": "less-than", "up-to": "up-to", "no-less": "at-least"}
AFTER = {"approx-after": "about", "at-least": "at-least", "at-most": "up-to"}
PERCENT = "%"
LONGEST = 7
"""A longer run of digits without separators is a telephone number, not a count."""


class MeasureEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sign: str | None = None


class AmountEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str
    low: int | None = None
    high: int | None = None


class MonthName(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A month, of which only the name matters here: «مدينة 6 أكتوبر» counts nothing."""

    month: int
    calendar: str = ""
    bare: bool = True
    preposition: bool = True


PARTS = {
    3: ("أثلاث",), 4: ("أرباع",), 5: ("أخماس",), 6: ("أسداس",), 7: ("أسباع",), 8: ("أثمان",), 9: ("أتساع",),
    10: ("أعشار",),
}  # fmt: skip
"""«ثلاثة أرباع»."""


class Found(Struct, frozen=True, kw_only=True):
    """A quantity of a text: the fields of a Quantity, and its words."""

    start: int
    end: int
    text: str
    low: float | int | None
    high: float | int | None
    approx: bool
    unit: str | None
    rule: str


class Explained(Struct, frozen=True, kw_only=True):
    """An answer with the rules that made it, a line each."""

    found: Found
    derivation: tuple[str, ...]


class Amount(Struct, frozen=True, kw_only=True):
    """A quantity in words: `first` to `last` (exclusive), after `skip` letters of clitics."""

    first: int
    last: int
    skip: int
    low: float | int | None
    high: float | int | None
    approx: bool = False
    unit: str | None = None
    rules: tuple[str, ...] = ()


class Knowledge:
    """What a language knows of counting, indexed by folded words."""

    def __init__(self, lang: Lexicon) -> None:
        fold = lang.fold
        self.numbers = numbers_of(lang)
        self.measures: Table[MeasureEntry] = lang.table("measures", MeasureEntry)
        self.units = {fold(entry.forms[0]) for entry in self.measures}
        self.signs = {entry.sign: fold(entry.forms[0]) for entry in self.measures if entry.sign}
        self.counted = {fold(f): fold(entry.forms[0]) for entry in lang.table("counted", Entry) for f in entry.forms}
        self.particles: Table[Entry] = lang.table("particles", Entry)
        bounds = [words for words, found in self.particles.by_words.items() if any(e.name in BOUNDS for e in found)]
        self.bound_ends = {clitic + words[-1] for words in bounds for clitic in CLITICS}
        """Last words of what can stand before a quantity and bound it."""
        self.between, self.to, self.of = (
            {fold(form) for name in names for form in self.particles_named(name)}
            for names in (("between",), ("to", "or"), ("from",))
        )
        amounts = lang.table("amounts", AmountEntry)
        self.amounts: Table[AmountEntry] = amounts
        kinds: dict[str, set[str]] = {}
        for entry in amounts:
            kinds.setdefault(entry.kind, set()).update(fold(form) for form in entry.forms)
        self.licences = {c + w for w in kinds["licence"] for c in ("", "و", "ف", "ب", "ل", "وب")}
        self.labels = {c + w for w in kinds["label"] for c in ("", "و", "ب", "ل")}
        self.stops = kinds["stop"] | {fold(form) for month in lang.table("months", MonthName) for form in month.forms}
        self.fractions = {fold(form): part for part, forms in PARTS.items() for form in forms}
        self.names = {form.split()[0] for form in kinds["name"]}
        self.people = set(self.counted.values())
        self.duals = dict(duals(lang))
        plurals = {fold(f).split()[0] for e in amounts if e.kind in ("plural", "few") for f in e.forms}
        starts = set(self.numbers.words) | plurals | set(self.duals)
        self.starts: dict[str, str] = {}
        """Words a quantity can start with, with the clitic in front of each."""
        for word in sorted(starts):
            for clitic in CLITICS:
                if not (clitic and word.startswith(ARTICLE) and word[2:] in starts):
                    self.starts.setdefault(clitic + word, clitic)
        self.starts |= dict.fromkeys(starts, "")

    def named(self, norms: Sequence[str], i: int, clitic: str) -> bool:
        """Does a name start here that looks like a quantity?"""
        if norms[i][len(clitic) :] not in self.names and norms[i] not in self.names:
            return False
        heads = ([norms[i][len(clitic) :], *norms[i + 1 : i + 3]], list(norms[i : i + 3]))
        return any(entry.kind == "name" for head in heads for entry in self.amounts.find(head, 0)[1])

    def particles_named(self, name: str) -> tuple[str, ...]:
        return next((entry.forms for entry in self.particles if entry.name == name), ())

    def particle(self, norms: Sequence[str], end: int) -> tuple[str, int]:
        """The particle that ends right before word `end`, and where it starts; ("", end) when there is none."""
        if not end or norms[end - 1] not in self.bound_ends:
            return "", end
        for length in (4, 3, 2, 1):
            at = end - length
            if at < 0:
                continue
            for clitic in ("", "و", "ب", "ل", "ف"):
                if clitic and not norms[at].startswith(clitic):
                    continue
                words = (norms[at][len(clitic) :], *norms[at + 1 : end])
                if clitic == "ل" and words[0] in REACH:
                    continue  # «لتصل إلى 856 مليونا»: it did
                for entry in self.particles.by_words.get(words, ()):
                    if entry.name in BOUNDS:
                        return entry.name, at
        return "", end

    def following(self, norms: Sequence[str], at: int) -> tuple[str, int]:
        """The particle after a quantity that bounds it («على الأقل»), and how many words it takes."""
        if at < len(norms):
            length, entries = self.particles.find(norms, at)
            for entry in entries:
                if entry.name in AFTER:
                    return entry.name, length
        return "", 0

    def unit(self, norms: Sequence[str], kinds: Sequence[int], at: int) -> tuple[str | None, int]:
        """The unit or counted noun that stands at `at`, as reported, and how many words it takes."""
        if at >= len(norms):
            return None, 0
        length, entries = self.measures.find(norms, at)
        if entries:
            return self.measures.fold(entries[0].forms[0]), length
        norm = norms[at]
        if kinds[at] != LETTER or norm in self.stops or len(norm) < 3 or norm.isascii() or norm.startswith(FOR_THE):
            return None, 0
        if norm in self.counted:
            return self.counted[norm], 1
        if (norm.startswith(ARTICLE) and norm[2:] not in self.counted) or (norm[0] == "و" and norm not in self.counted):
            return None, 0
        if norm[:1] in "بلك" and norm not in self.counted and (norm[1:] in self.counted or norm[1:3] == ARTICLE):
            return None, 0
        return singular(norm.removeprefix(ARTICLE) if norm[2:] in self.counted else norm, self.counted), 1


def duals(lang: Lexicon) -> Iterator[tuple[str, str]]:
    """The duals of counted nouns: «قتيلان», «قتيلين»; where «ين» could be a plural, only «ان»."""
    for entry in lang.table("counted", Entry):
        noun = lang.fold(entry.forms[0])
        stem = noun[:-1] + "ت" if noun.endswith("ه") else noun
        yield stem + "ان", noun
        if len(entry.forms) > 1 or noun.endswith("ه"):
            yield stem + "ين", noun


def singular(norm: str, counted: dict[str, str]) -> str:
    """The singular of a counted noun, as far as endings show it.

    >>> singular("مقاتلين", {}), singular("مسيحيا", {}), singular("سيارات", {}), singular("قتلي", {"قتلي": "قتيل"})
    ('مقاتل', 'مسيحي', 'سياره', 'قتيل')
    """
    if norm in counted:
        return counted[norm]
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
        if stem in counted or verbal:  # «اجتماعات», «تغييرات»
            return counted.get(stem, stem)
        return counted.get(stem + "ه", stem + "ه")
    return norm


@cache
def knowledge(lang: Lexicon) -> Knowledge:
    """What a language knows of counting; made once."""
    return Knowledge(lang)


def find(text: str, times: Iterable[tuple[int, int]] = ()) -> list[Found]:
    """The quantities of a text, in order.

    >>> [(f.text, f.low, f.high, f.unit) for f in find("قتل نحو 200 مسلح وأكثر من ثلاثة آلاف مدني")]
    [('نحو 200 مسلح', 200, 200, 'مسلح'), ('أكثر من ثلاثة آلاف مدني', 3000, None, 'مدني')]

    `times` are the spans of temporal expressions, whose numbers count nothing. Offsets are code points; an open end
    is None; `unit` is the counted noun, folded and singular.
    """
    words = Words(View(text, arabic.fold))
    result = []
    for amount in amounts(words, arabic, times):
        span = words.span(amount.first, amount.last - 1, skip=amount.skip)
        result.append(
            Found(
                start=span.start, end=span.end, text=span.of(text), low=amount.low, high=amount.high,
                approx=amount.approx, unit=amount.unit, rule=rule_of(amount),
            )
        )  # fmt: skip
    return result


def explain(text: str, times: Iterable[tuple[int, int]] = ()) -> list[Explained]:
    """The quantities of a text, each with the rules that composed it.

    >>> explain("أكثر من 20 قتيلا")[0].derivation
    ('ar/quantities/more-than', 'ar/quantities/number', 'ar/quantities/counted')
    """
    return [
        Explained(
            found=found, derivation=tuple(f"ar/quantities/{name}" for name in found.rule.split("/")[2].split("+"))
        )
        for found in find(text, times)
    ]


FOR_THE, REACH = "لل", ("تصل", "يصل")
LARGEST = 10**15
"""A longer number names an account or a telephone, and readers of JSON would round it."""


def rule_of(amount: Amount) -> str:
    return "ar/quantities/" + "+".join(amount.rules)


@each(needs=(Timex,), gives=(Quantity,), version=3)
def quantities(reading: Reading) -> Iterator[Quantity]:
    """Every number that counts or measures something, and what."""
    words = reading.words
    times = [(timex.start, timex.end) for timex in reading.of(Timex)]
    for amount in amounts(words, reading.lang, times):
        span: Span = words.span(amount.first, amount.last - 1, skip=amount.skip)
        yield Quantity(
            doc=reading.doc.id, start=span.start, end=span.end, low=amount.low, high=amount.high,
            approx=amount.approx, unit=amount.unit, rule=rule_of(amount),
        )  # fmt: skip


def amounts(words: Words, lang: Lexicon, times: Iterable[tuple[int, int]] = ()) -> Iterator[Amount]:
    """The quantities of a text in order, by words."""
    known = knowledge(lang)
    norms, kinds = words.norms, words.kinds.tolist()
    glued = [False, *(words.starts[1:] == words.ends[:-1]).tolist()]
    taken = {i for start, end in times for i in words.within(Span(start, end))}
    behind, starts = 0, known.starts
    heads = [i for i, norm in enumerate(norms) if norm in starts]
    for i in sorted(heads + np.flatnonzero(words.kinds == DIGIT).tolist()):
        if i < behind or i in taken or (i and glued[i] and kinds[i - 1] == DIGIT):
            continue
        if is_scale(norms[i], known) and (kinds[i - 1 : i] == [DIGIT] or norms[max(0, i - 1) : i] == [")"]):
            continue  # the «ألف» of «15 ألف» and of «(15) ألف»
        amount = amount_at(norms, kinds, glued, i, known)
        if amount is not None and max(amount.low or 0, amount.high or 0) >= LARGEST:
            continue
        if amount is None or not taken.isdisjoint(range(amount.first, amount.last)) or amount.first < behind:
            continue
        yield amount
        behind = amount.last


def amount_at(
    norms: Sequence[str], kinds: Sequence[int], glued: Sequence[bool], i: int, known: Knowledge
) -> Amount | None:
    """The quantity that starts at word `i`, with the words before and after that bound it."""
    clitic = "" if kinds[i] == DIGIT else known.starts[norms[i]]
    if known.named(norms, i, clitic):
        return None  # «طالبان», «ألف ليلة»
    if (noun := known.duals.get(norms[i][len(clitic) :])) is not None:
        if clitic == "و" and norms[i].endswith("ين") and i and norms[i - 1].endswith(("ين", "ون")):
            return None  # «موظفين وعاملين»: one more plural
        if i > 1 and norms[i - 1] in known.to and norms[i - 2] in (noun, noun + "ا"):
            one = Amount(first=i - 2, last=i + 1, skip=0, low=1, high=2, unit=noun, rules=("range", "counted"))
            return bounded(one, norms, known)  # «عضو أو عضوين»
        two = Amount(first=i, last=i + 1, skip=len(clitic), low=2, high=2, unit=noun, rules=("dual", "counted"))
        return bounded(two, norms, known)
    if (open_number := plural_at(norms, kinds, i, clitic, known)) is not None:
        return bounded(open_number, norms, known)
    number = known.numbers.cardinal(norms, i, glued, len(clitic))
    if number is not None and number.bare == "fraction" and (scaled := part_of_scale(norms, glued, number, known)):
        number = scaled
    if number is not None and number.bare == "unit" and number.value == 2 and not norms[i].endswith("ن"):
        return None  # «أثنى»: praised; «اثني» counts before «عشر» only
    if number is None or number.bare in ("fraction", "zero") or in_a_name(norms, kinds, glued, i, number, known):
        return None
    if number.end < len(norms) and 2 <= number.value <= 9 and (part := known.fractions.get(norms[number.end])):
        share = number.value / part
        return bounded(
            Amount(
                first=i, last=number.end + 1, skip=len(clitic), low=share, high=share, rules=("number", "fraction")
            ), norms, known,
        )  # fmt: skip
    low, high, end, rules = number.value, number.value, number.end, ["number"]
    if (second := upper(norms, kinds, glued, i, number, known)) is not None:
        high, end, rules = second.value, second.end, ["range"]
        if low < 10 < high and high >= 1000 and number.kind == "digits" and low < 1000:
            low = low * scale_of(high)
    sign = known.signs.get(norms[i - 1]) if i and glued[i] else None
    negative = i > 0 and norms[i - 1] == "-" and glued[i] and not (i > 1 and glued[i - 1]) and kinds[i] == DIGIT
    unit, length = known.unit(norms, kinds, end)
    if unit is None and end + 1 < len(norms) and norms[end] in known.of:
        partitive = norms[end + 1]
        if (
            partitive.startswith(ARTICLE)
            and (found := singular(partitive[2:], known.counted)) in known.counted.values()
        ):
            unit, length = found, 2  # «15 من المدنيين»
    if sign is None and unit is None and end < len(norms) and norms[end] in known.signs:
        unit, length = known.signs[norms[end]], 1
    if sign is not None:
        unit, length = sign, 0
    if unit is None and not licensed(norms, kinds, i, number, known):
        return None
    if number.bare == "unit" and ((number.value == 1 and unit != PERCENT) or number.definite):
        return None
    if number.bare in ("scale", "ten") and unit is None:
        return None
    if number.bare == "scale" and length == 1 and norms[end].endswith("ا") and norms[end][:-1] in known.counted:
        return None  # «ألف كتابا»: he wrote one
    if unit in known.people and number.kind == "digits" and norms[i + 1 : i + 2] == ["."] and len(norms[i + 2]) == 3:
        low, high = round(low * 1000), round(high * 1000)  # «5.706 عامل»
    if unit is not None:
        rules.append("counted" if unit in known.counted.values() else "unit" if unit in known.units else "noun")
    if negative:
        low, high = -high, -low
    amount = Amount(
        first=i - 1 if sign or negative else i, last=end + length, skip=0 if sign or negative else len(clitic),
        low=low, high=high, unit=unit,
        rules=tuple(rules),
    )  # fmt: skip
    return bounded(amount, norms, known)


def part_of_scale(norms: Sequence[str], glued: Sequence[bool], fraction: Number, known: Knowledge) -> Number | None:
    """«نصف مليون»."""
    scale = known.numbers.cardinal(norms, fraction.end, glued) if fraction.end < len(norms) else None
    if scale is None or scale.bare != "scale":
        return None
    return Number(scale.end, round(fraction.value * scale.value), "words")


def is_scale(norm: str, known: Knowledge) -> bool:
    entry = known.numbers.words.get(norm)
    return entry is not None and entry.role == "scale"


def scale_of(value: float | int) -> int:
    return next((scale for scale in (10**9, 10**6, 1000) if value >= scale), 1)


def plural_at(norms: Sequence[str], kinds: Sequence[int], i: int, clitic: str, known: Knowledge) -> Amount | None:
    """«عشرات القتلى», «آلاف الأشخاص», «بضعة رجال»: open at one end."""
    head = [norms[i][len(clitic) :], *norms[i + 1 : i + 2]]
    length, entries = known.amounts.find(head, 0)
    entry = next((e for e in entries if e.kind in ("plural", "few")), None)
    if entry is None:
        return None
    at = i + length
    partitive = at + 1 < len(norms) and norms[at] in known.of
    at += partitive
    if at >= len(norms) or kinds[at] != LETTER or norms[at] in known.stops:
        if length == 1 or partitive or entry.kind != "plural":
            return None  # «عشرات الآلاف» says how many, «عشرات» alone too little
        return Amount(
            first=i, last=i + length, skip=len(clitic), low=entry.low, high=entry.high, approx=True, rules=(entry.name,)
        )
    unit, taken = known.unit(norms, kinds, at)
    if norms[at].startswith(ARTICLE):
        rest = [norms[at].removeprefix(ARTICLE)]
        measures, found = known.measures.find(rest, 0)
        unit, taken = known.measures.fold(found[0].forms[0]) if measures else singular(rest[0], known.counted), 1
    elif partitive or (head[0].startswith(ARTICLE) and length == 1):
        return None  # «الملايين لأنه»
    return Amount(
        first=i, last=at + taken, skip=len(clitic), low=entry.low, high=entry.high, approx=True, unit=unit,
        rules=(entry.name, "counted" if unit in known.counted.values() else "noun"),
    )  # fmt: skip


def upper(
    norms: Sequence[str], kinds: Sequence[int], glued: Sequence[bool], i: int, number: Number, known: Knowledge
) -> Number | None:
    """The second number of a range: «بين 10 و20», «من 10 إلى 20», «10-20», «10 أو 12»."""
    at = number.end
    if at + 1 >= len(norms):
        return None
    before = norms[i - 1] if i else ""
    between = before in known.between and norms[at][:1] == "و"
    if between:
        skip, at = (0, at + 1) if norms[at] == "و" else (1, at)
    elif norms[at] in known.to or norms[at] == "-":
        skip, at = 0, at + 1
    else:
        return None
    if kinds[at] != DIGIT and known.starts.get(norms[at]) is None:
        return None
    second = known.numbers.cardinal(norms, at, glued, skip)
    return second if second and second.value > number.value and not second.definite else None


def in_a_name(
    norms: Sequence[str], kinds: Sequence[int], glued: Sequence[bool], i: int, number: Number, known: Knowledge
) -> bool:
    """Is the number part of a date, a score, a telephone number, a version, a label?"""
    end = number.end
    before = norms[i - 1] if i else ""
    after = norms[end] if end < len(norms) else ""
    if kinds[i] == DIGIT:
        if (len(norms[i]) > LONGEST and end == i + 1) or (norms[i][0] == "0" and len(norms[i]) > 1):
            return True
        if before in ("/", ":", ".", "_", "@", "#", "+", "\\") and glued[i]:
            return True
        if before == "," and glued[i] and i > 1 and glued[i - 1] and kinds[i - 2] == DIGIT:
            return True  # the «5» of «3,5»
        if after in ("/", ":", "\\", "_") and glued[end]:
            return True
        if before == "-" and glued[i] and i > 1 and glued[i - 1]:
            return True
        if end < len(norms) and glued[end] and norms[end].isascii() and norms[end].isalpha():
            return True  # «4k»
        named = before not in ("ال", "و", "ب", "ل", "ف", "ك") and (before.isascii() or number.kind == "digits")
        if i and glued[i] and kinds[i - 1] == LETTER and named:
            return True  # «G20», but «سيوفر15 ألف» lacks a space
    if before == ARTICLE:
        return number.kind != "mixed"  # «الفرقة الـ 18», but «الـ27 مليون ريال»
    return before in known.labels and number.kind != "mixed"  # «العدد 12», but «العدد 3,5 مليون»


def licensed(norms: Sequence[str], kinds: Sequence[int], i: int, number: Number, known: Knowledge) -> bool:
    """Does a word before a bare number say that it counts: «مقتل 15», «نحو 200»?"""
    if number.kind == "digits" and isinstance(number.value, int) and 1900 <= number.value <= 2100:
        return False
    if number.kind == "mixed" or (number.kind == "words" and number.value >= 1000 and not number.bare):
        return True
    before = norms[i - 1] if i else ""
    if number.bare == "unit":  # «مقتل ثلاثة»
        return number.value > 2 and before in known.licences
    if number.bare in ("tens", "ten", "scale", "hundred", "dual"):
        return False
    return before in known.licences or known.particle(norms, i)[0] != ""


def bounded(amount: Amount, norms: Sequence[str], known: Knowledge) -> Amount:
    """The quantity with what stands before («أكثر من») and after it («على الأقل»)."""
    low, high, approx, first, skip = amount.low, amount.high, amount.approx, amount.first, amount.skip
    last, rules = amount.last, amount.rules
    name, at = known.particle(norms, first) if not skip or norms[first][:skip] in ("ب", "ل") else ("", first)
    if not name and first:
        name, at = known.particle(norms, first)
    bound = BOUNDS.get(name, "")
    if bound:
        first, rules = at, (bound, *rules)
        skip = clitic_of(norms, at, first, known)
    else:
        name, length = known.following(norms, last)
        bound = AFTER.get(name, "")
        if bound:
            last, rules = last + length, (*rules, bound)
    match bound:
        case "about":
            approx = True
        case "more-than" | "at-least":
            high = None
        case "less-than" | "up-to":
            low = None
    return Amount(first=first, last=last, skip=skip, low=low, high=high, approx=approx, unit=amount.unit, rules=rules)


def clitic_of(norms: Sequence[str], at: int, first: int, known: Knowledge) -> int:
    """How many letters of clitics hang on the particle at `at`."""
    norm = norms[at]
    return 0 if norm in known.particles.lengths else 1 if norm[1:] in known.particles.lengths else 0
