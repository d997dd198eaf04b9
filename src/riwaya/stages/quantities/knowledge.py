"""What a language knows of counting: its tables, indexed by folded words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from riwaya.lang.ar.frequency import UNCOMMON
from riwaya.lang.ar.numbers import ARTICLE, Number, numbers_of
from riwaya.lang.lexicon import Entry, Lexicon, Table
from riwaya.stages.quantities.nouns import Nouns, singular
from riwaya.text.words import LETTER, Sought

__all__ = ["AFTER", "BOUNDS", "PERCENT", "Knowledge", "knowledge"]

CLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب")
"""«ك» stands before no number: «كمية» is an amount, not like a hundred."""
BOUNDS = {"approx": "about", "more": "more-than", "less": "less-than", "up-to": "up-to", "no-less": "at-least"}
AFTER = {"approx-after": "about", "at-least": "at-least", "at-most": "up-to"}
PERCENT = "%"


class MeasureEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sign: str | None = None
    dotted: bool = False
    """Are three digits behind a point thousands: «91.400 ريال»?"""


class CountedEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    few: tuple[str, ...] = ()


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


class TimeUnit(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit of time, of which only the name matters here: «مئات السنين» is a length."""

    code: str
    number: str


PARTS = {
    3: ("أثلاث",), 4: ("أرباع",), 5: ("أخماس",), 6: ("أسداس",), 7: ("أسباع",), 8: ("أثمان",), 9: ("أتساع",),
    10: ("أعشار",),
}  # fmt: skip
"""«ثلاثة أرباع»."""


FOR_THE, REACH = "لل", ("تصل", "يصل")
PARTED = ("علي", "عن")
"""Folded prepositions; where a bounding verb and its preposition can be parted."""
PASSING = re.compile(r"[وف]?([تي]تجاوز|تجاوزت?|[تي]?تخط[يت]|[تي]فوق|فاقت?|[تي]تعدي?)")
"""Folded verbs that pass a number without a preposition: «تجاوزت», «تفوق»."""
SUBJECT = 6
"""The subject of a verb that passes a number has so many words at most."""
NEARING = re.compile(r"[وف]?([تي]?ناهزت?|[تي]?قاربت?)")
"""Folded verbs that come near a number: «يناهز», «قاربت»."""
SHORTEST = 4
"""Letters of what may not be a plural before its owner: «دوري»."""
SEATED = ("اي", "او")
"""How the end of «أبناء» is folded before a pronoun."""
PRONOUNS = ("هم", "هن", "ها", "نا", "ه")
OWNER = re.compile(r".{2,}(ه|ها|هم|هن)|.{3,}يا")
"""«نسبته», «سنويا»."""
YEAR_WORDS = ("عام", "سنه")
"""Folded words that count years, and that stand before the number of one."""
YEAR = re.compile(r"(19|20)\d\d")
NEGATIONS = ("لا", "ما", "لم", "لن")


class Knowledge:
    """What a language knows of counting, indexed by folded words."""

    def __init__(self, lang: Lexicon) -> None:
        fold = lang.fold
        self.numbers = numbers_of(lang)
        self.measures: Table[MeasureEntry] = lang.table("measures", MeasureEntry)
        self.units = {fold(entry.forms[0]) for entry in self.measures}
        self.signs = {entry.sign: fold(entry.forms[0]) for entry in self.measures if entry.sign}
        self.dotted = {fold(entry.forms[0]) for entry in self.measures if entry.dotted}
        counted = lang.table("counted", CountedEntry)
        self.counted = {fold(f): fold(entry.forms[0]) for entry in counted for f in entry.forms}
        self.few = {fold(plural): fold(entry.forms[0]) for entry in counted for plural in entry.few}
        """Of words that are also a singular, what they are the plural of: «أسرة» of «سرير»."""
        self.nouns = Nouns(lang)
        self.times = {fold(form).split()[-1] for unit in lang.table("units", TimeUnit) for form in unit.forms}
        """Units of time, which make lengths and no quantities."""
        self.particles: Table[Entry] = lang.table("particles", Entry)
        self.negated = {clitic + word for word in NEGATIONS for clitic in ("و", "ف")}
        bounds = [words for words, found in self.particles.by_words.items() if any(e.name in BOUNDS for e in found)]
        self.bound_ends = {clitic + words[-1] for words in bounds for clitic in CLITICS}
        """Last words of what can stand before a quantity and bound it."""
        self.after_ends = {
            words[-1] for words, found in self.particles.by_words.items() if any(e.name in AFTER for e in found)
        }
        """Last words of what mostly stands behind a quantity and bounds it."""
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
        self.labels |= {FOR_THE + w[2:] for w in kinds["label"] if w.startswith(ARTICLE)}
        self.stops = kinds["stop"] | {fold(form) for month in lang.table("months", MonthName) for form in month.forms}
        self.fractions = {fold(form): part for part, forms in PARTS.items() for form in forms}
        self.asides, self.crossed, self.among = kinds["aside"], kinds["crossed"], kinds["among"]
        self.names = {form.split()[0] for form in kinds["name"]}
        self.changes, self.ranging, self.these = kinds["change"], kinds["ranging"], kinds["these"]
        self.people = set(self.counted.values())
        self.duals = self.nouns.duals({*self.numbers.words, *self.times}) | dict(duals(lang))
        names = kinds["agents"] | self.nouns.given
        self.duals = {dual: noun for dual, noun in self.duals.items() if dual not in names}
        plurals = {fold(f).split()[0] for e in amounts if e.kind in ("plural", "few") for f in e.forms}
        starts = set(self.numbers.words) | plurals | set(self.duals)
        self.starts: dict[str, str] = {}
        """Words a quantity can start with, with the clitic in front of each."""
        for word in sorted(starts):
            for clitic in CLITICS:
                if not (clitic and word.startswith(ARTICLE) and word[2:] in starts):
                    self.starts.setdefault(clitic + word, clitic)
        self.starts |= dict.fromkeys(starts, "")
        self.heads = Sought(self.starts)

    def plural(self, norm: str) -> bool:
        """Is it a definite plural that is known: «المراحل»?"""
        noun = norm[2:]
        return norm.startswith(ARTICLE) and self.counted.get(noun, noun) != noun

    def partitive(self, norm: str) -> str | None:
        """What «من» takes a number from: «15 من المدنيين», «7 من عناصر الشرطة»."""
        if not norm.startswith(ARTICLE):
            forms = [form for form in unowned(norm) if form not in self.few]  # «5 من أسرة واحدة»
            found = next((self.counted[form] for form in forms if self.counted.get(form, form) != form), None)
            long = norm.endswith("ي") and len(norm) > SHORTEST  # «مقاتلي النصرة», but no «دوري الأبطال»
            men = singular(norm + "ن", self.counted) if long else None
            agents = long and norm.startswith("م") and self.nouns.zipf.get(norm + "ن", 0) > UNCOMMON  # «مشجعي النادي»
            return found or (men if men in self.people or agents else None)
        found = singular(norm[2:], self.counted, self.nouns)
        people = found in self.people or self.nouns.is_people(norm[2:])
        # «اثنين من المهربين»: a participle, and no pair as in «من الجنسين»
        agents = norm[2:3] == "م" and len(norm) > 7 and norm.endswith(("ين", "ون")) and not norm.endswith("تين")
        return found if people or agents else None

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
            return self.interrupted(norms, end)
        for length in (4, 3, 2, 1):
            at = end - length
            if at < 0:
                continue
            for clitic in ("", "و", "ب", "ل", "ف"):
                if clitic and not norms[at].startswith(clitic):
                    continue
                words = (norms[at][len(clitic) :], *norms[at + 1 : end])
                if clitic in ("ل", "و", "ف") and words[0] in REACH:
                    continue  # «لتصل إلى 856 مليونا»: it did
                for entry in self.particles.by_words.get(words, ()):
                    if entry.name in BOUNDS:
                        return entry.name, at
        return self.parted(norms, end)

    def parted(self, norms: Sequence[str], end: int) -> tuple[str, int]:
        """A particle with what is counted inside it: «لا تزيد نسبته على», «يقل عددهم عن»."""
        if norms[end - 1] not in PARTED:
            return "", end
        for between in (1, 2):
            if between == 1 and not OWNER.fullmatch(norms[max(0, end - 2)]):
                continue
            for length in (3, 2, 1):
                at = end - 1 - between - length
                words = (*norms[max(0, at) : end - 1 - between], norms[end - 1])
                if words[0] in self.negated:
                    words = (words[0][1:], *words[1:])
                for entry in self.particles.by_words.get(words, ()) if at >= 0 else ():
                    if entry.name in BOUNDS and (between == 1 or words[0] in NEGATIONS):
                        return entry.name, at
        return "", end

    def interrupted(self, norms: Sequence[str], end: int) -> tuple[str, int]:
        """A particle, and one word more before the number: «لا تتجاوز عادة», «تتجاوز قيمتها»."""
        aside = end > 1 and (norms[end - 1] in self.asides or OWNER.fullmatch(norms[end - 1]))
        if aside and (PASSING.fullmatch(norms[end - 2]) or NEARING.fullmatch(norms[end - 2])):
            return self.particle(norms, end - 1)
        if end > 1 and norms[end - 1] in self.asides and norms[end - 2] in PARTED:
            return self.particle(norms, end - 1)  # «يزيد على مبلغ»
        return "", end

    def passed(self, norms: Sequence[str], end: int) -> str:
        """How a verb bounds the number at `end` that has its subject in between: «تجاوزت أرباح الشركة 50%»."""
        for at in range(end - 1, max(-1, end - 2 - SUBJECT), -1):
            if not norms[at].isalpha() or norms[at] in self.crossed:
                return ""
            if at < end - 1 and PASSING.fullmatch(norms[at]):
                return self.particle(norms, at + 1)[0]
        return ""

    def following(self, norms: Sequence[str], at: int) -> tuple[str, int]:
        """The particle after a quantity that bounds it («على الأقل»), and how many words it takes."""
        if at < len(norms):
            length, entries = self.particles.find(norms, at)
            for entry in entries:
                if entry.name in AFTER:
                    return entry.name, length
        return "", 0

    def leading(self, norms: Sequence[str], end: int) -> tuple[str, int]:
        """The particle right before word `end` that mostly stands behind («على الأقل»), and where it starts."""
        for length in (2, 3):
            for entry in self.particles.by_words.get(tuple(norms[max(0, end - length) : end]), ()):
                if AFTER.get(entry.name, "about") != "about":
                    return entry.name, end - length
        return "", end

    def unit(
        self, norms: Sequence[str], kinds: Sequence[int], at: int, number: Number | None = None
    ) -> tuple[str | None, int]:
        """The unit or noun counted by `number` that stands at `at`, as reported, and how many words it takes.

        Without a number any noun will do: it stands behind «عشرات».
        """
        if at >= len(norms):
            return None, 0
        length, entries = self.measures.find(norms, at)
        if length == 1 and norms[at] in YEAR_WORDS and YEAR.fullmatch(norms[at + 1] if at + 1 < len(norms) else ""):
            return None, 0  # «572 مليون عام 2014»
        if entries:
            return self.measures.fold(entries[0].forms[0]), length
        norm = norms[at]
        if kinds[at] != LETTER or norm in self.stops or len(norm) < 3 or norm.isascii() or norm.startswith(FOR_THE):
            return None, 0
        if number is not None and norm in self.numbers.words:
            return None, 0  # «(25) خمسة وعشرون»
        if number is not None and norm in self.few and 3 <= number.value % 100 <= 10:
            return self.few[norm], 1
        if norm in self.counted:
            return self.counted[norm], 1
        if len(norm) == 3 and norm.endswith("ا") and norm[:2] in self.counted and number and number.value % 100 > 10:
            return self.counted[norm[:2]], 1  # «30 حيا»
        if (norm.startswith(ARTICLE) and norm[2:] not in self.counted) or self.nouns.joined(norm):
            return None, 0
        if norm[:1] in "بلك" and norm not in self.counted and (norm[1:] in self.counted or norm[1:3] == ARTICLE):
            return None, 0
        if norm.startswith(ARTICLE) and norm[2:] in self.counted:
            # «تصفيات مونديال 2018 المنتخب»
            return (
                (None, 0) if number is not None and number.kind == "digits" else (singular(norm[2:], self.counted), 1)
            )
        unit = singular(norm, self.counted, self.nouns)
        if unit in self.people:  # «15 مسافرين»
            return unit, 1
        good = self.nouns.is_noun(norm) if number is None else self.nouns.countable(norm, number)
        return (unit, 1) if good else (None, 0)


def unowned(norm: str) -> Iterator[str]:
    """A folded word, and the same without a pronoun behind it: «أبناء» of «أبنائه»."""
    yield norm
    for pronoun in PRONOUNS:
        if norm.endswith(pronoun) and len(norm) > len(pronoun) + 3:  # «فرقة» is no «فرق» of his
            stem = norm.removesuffix(pronoun)
            yield stem
            if stem.endswith(SEATED):
                yield stem[:-1] + "ء"


def duals(lang: Lexicon) -> Iterator[tuple[str, str]]:
    """The duals of counted nouns: «قتيلان», «قتيلين»; where «ين» could be a plural, only «ان»."""
    for entry in lang.table("counted", CountedEntry):
        noun = lang.fold(entry.forms[0])
        stem = noun[:-1] + "ت" if noun.endswith("ه") else noun
        yield stem + "ان", noun
        broken = [form for form in entry.forms[1:] if not form.endswith(("ين", "ون", "ي"))]
        if broken or noun.endswith("ه"):
            yield stem + "ين", noun


@cache
def knowledge(lang: Lexicon) -> Knowledge:
    """What a language knows of counting; made once."""
    return Knowledge(lang)
