"""From words to the smallest things the rules know: months, weekdays, numbers, particles.

Words are looked up together with the letters that may hang on them («بمايو», «والأربعاء»), and it is known which of
them can stand side by side at all: `sift.py` finds by that where to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from riwaya.lang.ar.frequency import zipf
from riwaya.lang.ar.numbers import ARTICLE, Number, numbers_of
from riwaya.lang.entries import Given
from riwaya.lang.lexicon import Entry, Lexicon, folded_words
from riwaya.stages.dates.chart import Node
from riwaya.stages.dates.junctions import Junctions
from riwaya.stages.dates.meaning import Counted, Every, Moment, Vague, replace
from riwaya.stages.dates.rules import GRAMMAR
from riwaya.text.words import DIGIT, SIGN, Sought

CLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل")
"""«ك» hangs on no time: «كابريل» is a name."""
CLITIC_KINDS = {"و": ("and",), "ف": ("and",), "ب": ("in", "by"), "ل": ("for",)}
"""«قبل ذلك بأسابيع» takes «ب», and not «في»."""
BY = "ب"
WHICH = ("الذي", "التي")
METRE = "م"
"""Also the mark of a year: with a digit right behind it, it is none."""
SIGNS = {
    "/": "slash",
    "\\": "slash",
    "-": "dash",
    ":": "colon",
    ",": "comma",
    "(": "open",
    ")": "close",
    ".": "dot",
    "+": "plus",
    ";": "comma",
    '"': "quote",
}
BRACKETED = (("(", ")"), ('"', '"'))
"""What may stand around the digits of a length: «(10) سنوات», «"24" ساعة»."""
CORES = {
    "month", "weekday", "unit-1", "unit-2", "unit-n", "the-unit-1", "the-unit-2", "the-unit-n", "part", "part-adverb",
    "deictic", "spoken", "vague", "anaphor", "stretch", "season", "decade", "holiday", "hour-word", "weekend",
    "earlier", "later", "early", "late", "set",
    "feast", "bygone", "to-come", "named-part", "age-word", "quarter-name", "moment-word", "at-age", "zone",
}  # fmt: skip
BOUNDS = {"more": "MORE_THAN", "less": "LESS_THAN", "up-to": "EQUAL_OR_LESS", "no-less": "EQUAL_OR_MORE"}
ISO = {"t": "iso-t", "z": "zone"}
EDGES = ("text-start", "text-end", "stop", "diary")
"""Kinds of what is no word."""
ALONE = ""
"""Stands for the word beside one that needs none."""
DIGITS = "0"
"""Stands for all digits where words are looked up, and for those in brackets with the bracket: «(0», «0)»."""
READ_ON: Mapping[str, frozenset[str]] = {
    "digits": frozenset({"number", "and", "dot", "comma", "close"}),
    "number": frozenset({"number", "and"}),
    "ordinal": frozenset({"number", "and"}),
    "and": frozenset({"number", "digits"}),
    "dot": frozenset({"digits"}),
    "comma": frozenset({"digits"}),
    "open": frozenset({"digits"}),
    "deictic": frozenset({"ordinal"}),
}
"""What is read together here and by no rule: numbers of several words, and «اليوم الثالث», which is not today."""


class MonthEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    month: int
    calendar: str = "gregorian"
    bare: bool = True
    preposition: bool = True


class WeekdayEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    day: int


class UnitEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    number: str


class PartEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    part: str
    hours: tuple[int, int]
    bare: bool = False
    clock: bool = False
    named: bool = False


class RelativeEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str
    step: int = 0
    base: str = "publication"
    part: str | None = None
    value: str = ""
    spoken: bool = False


class SeasonEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    season: str


class FuzzyEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    mod: str
    wide: bool = False


class DecadeEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    decade: int


class ZoneEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    offset: str


class HolidayEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    calendar: str = "gregorian"
    month: int | None = None
    day: int | None = None
    days: int = 1
    news: bool = False


class NotTimeEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str = "mask"


class MeasureName(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A measure, of which only the name matters here: «1050 - 1070 دولارا» are no years."""

    sign: str | None = None
    dotted: bool = False


class Form(Struct, frozen=True):
    """A form that starts with some word: what must follow, and what it is."""

    rest: tuple[str, ...]
    kind: str
    value: Any
    rule: str


NONE: frozenset[str] = frozenset()
NUMBER = Form((), "number", None, "ar/numbers/cardinal")
ORDINAL = Form((), "ordinal", None, "ar/numbers/ordinal")


def entries(lang: Lexicon) -> Iterator[tuple[str, str, Any, str]]:
    """Every form of every table with its kind, its value and its rule."""
    for month in lang.table("months", MonthEntry):
        moment = Moment(month=month.month, hijri=month.calendar == "hijri", alone=month.bare + month.preposition)
        yield from ((form, "month", moment, month.rule) for form in month.forms)
    for weekday in lang.table("weekdays", WeekdayEntry):
        for form in weekday.forms:
            yield form, "weekday", Moment(weekday=weekday.day), weekday.rule
            yield form.removeprefix("ال"), "weekday-name", Moment(weekday=weekday.day), weekday.rule
    for unit in lang.table("units", UnitEntry):
        kind = {"singular": "unit-1", "dual": "unit-2", "plural": "unit-n", "pair": "unit-pair"}[unit.number]
        for form in unit.forms:
            yield form, kind, unit.code, unit.rule
            yield "ال" + form, f"the-{kind}", unit.code, unit.rule
    for part in lang.table("partsofday", PartEntry):
        kind = "part-of-clock" if part.clock else "named-part" if part.named else "part-adverb" if part.bare else "part"
        moment = Moment(part=part.part, hours=part.hours)
        yield from ((form, kind, moment, part.rule) for form in part.forms)
    for relative in lang.table("relative", RelativeEntry):
        kind, value = relative_value(relative)
        yield from ((form, kind, value, relative.rule) for form in relative.forms)
    for season in lang.table("seasons", SeasonEntry):
        yield from ((form, "season", Moment(season=season.season), season.rule) for form in season.forms)
    for fuzzy in lang.table("fuzzy", FuzzyEntry):
        yield from ((form, "fuzzy", (fuzzy.mod, fuzzy.wide), fuzzy.rule) for form in fuzzy.forms)
    for decade in lang.table("decades", DecadeEntry):
        yield from ((form, "decade", decade.decade, decade.rule) for form in decade.forms)
    for zone in lang.table("timezones", ZoneEntry):
        yield from ((form, "zone", zone.offset, zone.rule) for form in zone.forms)
    for holiday in lang.table("holidays", HolidayEntry):
        moment = Moment(
            month=holiday.month, day=holiday.day, hijri=holiday.calendar == "hijri", easter=holiday.calendar == "easter"
        )
        yield from ((form, "holiday", moment, holiday.rule) for form in holiday.forms)
        if holiday.news:
            yield from ((form, "feast", (moment, holiday.days), holiday.rule) for form in holiday.forms)
    for particle in lang.table("particles", Entry):
        value = DIRECTIONS.get(particle.name)
        yield from ((form, particle.name, value, particle.rule) for form in particle.forms)


DIRECTIONS = {"coming": 1, "gone": -1}
"""Where the adjectives of «ثلاثة أعوام قادمة» point."""


def relative_value(entry: RelativeEntry) -> tuple[str, Any]:
    match entry.kind:
        case "day":
            sign = -1 if entry.step < 0 else 1
            return "spoken" if entry.spoken else "deictic", Counted(
                amounts=((abs(entry.step), "D"),), sign=sign, part=entry.part
            )
        case "adjective":
            return "adjective", (entry.step, entry.base, entry.name)
        case "reference":
            return "vague", Vague(value=entry.value)
        case "anaphor":
            return "anaphor", Vague(value="PREVIOUS")
        case "set":
            return "set", Every(amounts=((1, entry.value[-1]),))
    return entry.kind, None


def clitic_kinds(clitic: str) -> list[str]:
    """The kinds of the letters of a clitic."""
    return [kind for letter in clitic for kind in CLITIC_KINDS[letter]]


def contracted(word: str) -> str:
    """«للعام» from «العام»."""
    return "ل" + word[1:] if word.startswith(ARTICLE) else word


NOW = Counted(amounts=((0, "D"),), sign=1)


class Joint(Struct, frozen=True, kw_only=True):
    """What a word can stand beside in a phrase of time."""

    entered: int
    """The kinds that may begin where it begins, a bit each."""
    onward: int
    """The kinds that may begin right behind it."""
    inside: frozenset[str]
    """The words behind which it goes on with a form of many words."""
    opens: bool
    """Can a phrase begin with it, as such or behind its clitic?"""
    closes: bool
    """Can a phrase end with it?"""


class Vocabulary:
    """All that a word can start, with the letters that may hang on it."""

    def __init__(self, lang: Lexicon) -> None:
        self.lang = lang
        self.numbers = numbers_of(lang)
        bare: dict[str, list[Form]] = {}
        for written, kind, value, rule in entries(lang):
            first, *rest = folded_words(written, lang.fold)
            bare.setdefault(first, []).append(Form(tuple(rest), kind, value, rule))
        for word in sorted({*self.numbers.ordinals, *(w for w in self.numbers.words if w.startswith("ال"))}):
            bare.setdefault(word, []).append(ORDINAL)
        for word in self.numbers.words:
            bare.setdefault(word, []).append(NUMBER)
        self.starts: dict[str, tuple[tuple[str, Form], ...]] = {}
        """By folded word, clitics included: the clitics, and a form that starts behind them."""
        self.inside: dict[str, set[str]] = {}
        """Words inside a form, with those that stand before them there."""
        self.cores: dict[str, tuple[tuple[str, ...], ...]] = {}
        """Words that make a phrase of time likely; with those that must follow, where they must."""
        for word, forms in bare.items():
            unique = list(dict.fromkeys(forms))
            for form in unique:
                for left, right in zip((word, *form.rest), form.rest, strict=False):
                    self.inside.setdefault(right, set()).update((left, *(c + left for c in CLITICS if left == word)))
            for clitic in CLITICS:
                if clitic and (len(word) < 2 or any(f.kind == "the" for f in unique)):
                    continue
                written = clitic + word
                if clitic.endswith("ل") and word.startswith("ال"):
                    written = clitic + word[1:]  # «للعام»
                short = len(word) <= 2 or (len(word) <= 4 and any(f.kind == "deictic" for f in unique))
                if clitic not in ("", "و") and short:
                    continue  # «باب» is a door, «لامس» a verb
                several = bool(clitic) and written in bare  # «واحد» is no «و» and «أحد», but «بعيد الفطر» can be «ب»
                found = tuple((clitic, form) for form in unique if form.rest or not several)
                if not found:
                    continue
                self.starts[written] = (*self.starts.get(written, ()), *found)
                if cores := [form.rest for _, form in found if form.kind in CORES]:
                    self.cores[written] = () if () in cores else (*self.cores.get(written, ()), *cores)
        names = tuple((word,) for word, forms in bare.items() if any(f.kind == "weekday-name" for f in forms))
        for written, starting in self.starts.items():
            if any(form.kind == "every" and not form.rest for _, form in starting):
                self.cores[written] = (*self.cores.get(written, ()), *names)  # «كل جمعة»
        self.seconds = {word: frozenset([rest[0] for rest in rests]) for word, rests in self.cores.items() if rests}
        """Of the cores that need others behind them the words that can stand second."""
        self.masks: dict[str, dict[str, list[tuple[tuple[str, ...], int, bool]]]] = {}
        """What is no time, by a word of time in it or its rarest and by the word beside that: its words, which of them
        the first is, and must a carrier stand before it?"""
        self.carriers: set[str] = set()
        self.signers: set[str] = set()
        """Behind these «عقود» are contracts."""
        self.namesakes: set[str] = set()
        """What is named after a day or a month: «شارع 26 سبتمبر»."""
        self.markets: set[str] = set()
        """What is named after a weekday: «سوق الثلاثاء»."""
        self.nowadays: set[str] = set()
        """Behind these «اليوم» means our days."""
        self.spenders: set[str] = set()
        """Behind these «وقتها» is somebody's time."""
        self.adverbs: set[str] = set()
        """Words in the accusative behind which «سنويا» is no adjective."""
        self.attacks: set[str] = set()
        """Behind these the eleventh of September is a name."""
        self.priced: set[str] = set()
        """Beside these «سنتين» are cents."""
        self.spellings: set[str] = set()
        """Names as written that fold like a word of time: «آلان» is not «الآن»."""
        self.misspelled: set[str] = set()
        """How those fold."""
        before = {
            "carrier": self.carriers, "signer": self.signers, "namesake": self.namesakes, "market": self.markets,
            "nowadays": self.nowadays, "adverb": self.adverbs, "spender": self.spenders, "priced": self.priced,
            "attack": self.attacks,
        }  # fmt: skip
        for entry in lang.table("nottimes", NotTimeEntry):
            if entry.kind == "spelling":
                self.spellings.update(clitic + form for form in entry.forms for clitic in CLITICS)
                self.misspelled.update(map(lang.fold, self.spellings))
                continue
            for phrase in entry.forms:
                if entry.kind in before:
                    before[entry.kind].update(clitic + lang.fold(phrase) for clitic in CLITICS)
                    continue
                first, *rest = folded_words(phrase, lang.fold)
                for clitic in CLITICS:
                    written = clitic + (first[1:] if clitic.endswith("ل") and first.startswith("ال") else first)
                    mask = (written, *rest)
                    rarest = min(range(len(mask)), key=lambda k: (mask[k] not in self.cores, zipf(mask[k]), k))
                    beside = mask[rarest + 1 if rarest + 1 < len(mask) else rarest - 1] if len(mask) > 1 else ALONE
                    listed = self.masks.setdefault(mask[rarest], {}).setdefault(beside, [])
                    listed.append((mask, rarest, entry.kind == "carried"))
        self.kinds_of = {
            norm: frozenset(form.kind for _, form in forms if not form.rest) for norm, forms in self.starts.items()
        }
        """The kinds of what a word is by itself, with or without a clitic."""
        self.measures = {
            lang.fold(form)
            for measure in lang.table("measures", MeasureName)
            for form in measure.forms
            if " " not in form
        }
        """Measures and money of one word."""
        self.month_starts = {
            norm for norm, forms in self.starts.items() if any(f.kind == "month" and f.rest for _, f in forms)
        }
        """The «ربيع» of «ربيع أول»."""
        self.suspects = frozenset(self.masks.keys() | self.misspelled)
        """Words that show where a name may stand."""
        self.adjectives = {
            w for w, forms in self.starts.items() if any(f.kind == "adjective" and not c for c, f in forms)
        }
        self.given = {word for name in lang.table("given", Given).by_words for word in name if len(name) == 1}
        """Given names, behind which a weekday is a surname."""
        self.known = self.starts.keys() | self.inside.keys()
        self.bounds = {
            tuple(folded_words(form, lang.fold)): BOUNDS[particle.name]
            for particle in lang.table("particles", Entry)
            if particle.name in BOUNDS
            for form in particle.forms
        }
        """What bounds a length from before it: «يقل عن», «لا تزيد على»."""
        self.eras = {
            w
            for w, forms in self.starts.items()
            if w != METRE and any(f.kind in ("ad", "ah") and not c for c, f in forms)
        }
        """Words that make a year of the number before them."""
        self.centuries = {
            written
            for written, forms in self.starts.items()
            for _, form in forms
            if form.value == "CE" and not form.rest
        }
        """Words for a century, and centuries."""
        self.telling = Sought(self.cores.keys() | self.suspects)
        self.told = Sought(self.known | self.suspects)
        """What is looked for in a text, the words of names with it: cores, or in a diary all words that are known."""
        self._join()

    def _join(self) -> None:
        """Which words can stand side by side in a phrase, and which can begin and end one."""
        plain = {DIGITS: ["digits", "number"], "(0": ["open", "number"], "0)": ["close", "number"]}
        plain |= {sign: [kind] for sign, kind in (*SIGNS.items(), *ISO.items())}
        entered, left, held = ({word: set(kinds) for word, kinds in plain.items()} for _ in range(3))
        for written, starting in self.starts.items():
            for clitic, form in starting:
                letters = clitic_kinds(clitic)
                entered.setdefault(written, set()).update(CLITIC_KINDS[clitic[0]] if clitic else [form.kind])
                left.setdefault(form.rest[-1] if form.rest else written, set()).add(form.kind)
                held.setdefault(written, set()).update([form.kind, *letters])
        junctions = Junctions(GRAMMAR.rules, EDGES)
        begins, ends = junctions.begins("timex", "loose-timex"), junctions.ends("timex", "loose-timex")
        stopped = junctions.ends(*[rule.pattern[-2] for rule in GRAMMAR.rules if rule.pattern[-1] == "stop"])
        self.stopping = {word for word, kinds in left.items() if not stopped.isdisjoint(kinds)}
        """Those behind which it matters whether the clause ends there."""
        bits = {kind: 1 << i for i, kind in enumerate(sorted(set().union(*entered.values())))}
        kinds_left = set().union(*left.values())
        beside = {kind: junctions.beside.get(kind, set()) | READ_ON.get(kind, NONE) for kind in kinds_left}
        words = {*entered, *left, *held, *self.inside}.union(*self.inside.values())
        self.joints = {
            word: Joint(
                entered=sum(bits[kind] for kind in entered.get(word, ())),
                onward=sum(bits[kind] for kind in bits.keys() & set().union(*(beside[k] for k in left.get(word, ())))),
                inside=frozenset(self.inside.get(word, ())),
                opens=not begins.isdisjoint(held.get(word, ())),
                closes=not ends.isdisjoint(left.get(word, ())),
            )
            for word in words
        }

    def is_core(self, norms: Sequence[str], i: int) -> bool:
        """Does a form of many words that can be a phrase of time really start here, as «هذه الأثناء» does?"""
        if i + 1 >= len(norms) or norms[i + 1] not in self.seconds[norms[i]]:
            return False
        return any(tuple(norms[i + 1 : i + 1 + len(rest)]) == rest for rest in self.cores[norms[i]])

    def counts_days(self, norm: str) -> bool:
        """Is it a definite ordinal, and no weekday: the «الثالث» of «اليوم الثالث»?"""
        ordinal = norm.startswith(ARTICLE) and self.is_particle(norm, "ordinal")
        return ordinal and not self.is_particle(norm, "weekday")

    def is_particle(self, norm: str, *kinds: str) -> bool:
        """Is the word one of these particles, with or without a clitic?"""
        return not self.kinds_of.get(norm, NONE).isdisjoint(kinds)


@cache
def vocabulary(lang: Lexicon) -> Vocabulary:
    """What a language knows of time, indexed; made once."""
    return Vocabulary(lang)


def nodes(
    norms: Sequence[str], glued: Sequence[bool], kinds: Sequence[int], known: Vocabulary, hidden: frozenset[int]
) -> Iterator[Node]:
    """The smallest nodes of a stretch; words of it that are `hidden` give none."""
    behind_number = behind_ordinal = ordinal_from = 0
    bracketed, hour = "(" in norms or '"' in norms, False
    for i, norm in enumerate(norms):
        if i in hidden:
            continue
        at, end = 4 * i, 4 * i + 4
        if kinds[i] == DIGIT:
            if not norm.isdecimal():
                continue  # «½», «²»
            yield Node("digits", at, end, norm, "ar/numbers/digits")
            if bracketed and len(norm) <= 3 and tuple(norms[max(0, i - 1) : i + 2 : 2]) in BRACKETED:
                yield Node("number", at - 4, end + 4, Number(i + 2, int(norm), "digits"), "ar/numbers/digits")
            number = known.numbers.cardinal(norms, i, glued)
            if number is not None and i >= behind_number:
                yield Node("number", at, 4 * number.end, number, "ar/numbers/cardinal")
                behind_number = number.end if number.kind != "digits" else behind_number
            continue
        if kinds[i] == SIGN:
            if (kind := SIGNS.get(norm)) is not None:
                yield Node(kind, at, end, glued[i], "sign")
            continue
        if norm == METRE and i + 1 < len(norms) and glued[i + 1] and kinds[i + 1] == DIGIT:
            continue  # «2000 م2»
        if norm in ISO and iso_letter(norms, glued, kinds, i):
            yield Node(ISO[norm], at, end, norm.upper(), "sign")
        seen_clitics: tuple[str, ...] = ()
        for clitic, form in known.starts.get(norm, ()):
            stop = i + 1 + len(form.rest)
            if form.rest and (tuple(norms[i + 1 : stop]) != form.rest or not hidden.isdisjoint(range(i, stop))):
                continue
            if form.value == NOW and stop < len(norms) and known.counts_days(norms[stop]):
                continue  # «حتى اليوم الثالث»
            skip = len(clitic)
            if form is NUMBER or form is ORDINAL:
                found = number_at(norms, glued, i, clitic, form is ORDINAL, known)
                inside = i < behind_number or (ordinal_from < i < behind_ordinal and not hour)
                if found is None or (form is NUMBER and inside):
                    continue  # «الأربع والعشرين» can be both, «العشرين» of «الرابع والعشرين» is no number
                if form is NUMBER:
                    behind_number = max(behind_number, found.end)
                else:
                    if found.end > behind_ordinal:
                        ordinal_from, behind_ordinal, hour = i, found.end, found.value > 20 and found.bare == "feminine"
                    if found.value > 20 and found.end > i + 1:  # «الرابعة وأربعون دقيقة»: also the hour alone
                        yield Node(
                            "ordinal", at + skip, end, replace(found, value=found.value % 10, end=i + 1), form.rule
                        )
                yield Node(form.kind, at + skip, 4 * found.end, found, form.rule)
            else:
                yield Node(form.kind, at + skip, 4 * stop, form.value, form.rule)
            if clitic and clitic not in seen_clitics:
                seen_clitics += (clitic,)
                for k, letter in enumerate(clitic):
                    for kind in CLITIC_KINDS[letter]:
                        yield Node(kind, at + k, at + k + 1, None, "clitic")


def iso_letter(norms: Sequence[str], glued: Sequence[bool], kinds: Sequence[int], i: int) -> bool:
    """Is the letter part of a time stamp: the T and the Z of «2016-12-12T08:30:00Z»?"""
    behind = i + 1 < len(norms) and glued[i + 1] and kinds[i + 1] == DIGIT
    return i > 0 and glued[i] and kinds[i - 1] == DIGIT and behind == (norms[i] == "t")


def number_at(
    norms: Sequence[str], glued: Sequence[bool], i: int, clitic: str, ordinal: bool, known: Vocabulary
) -> Number | None:
    """The number that stands behind a clitic; «لل» gives the article its alif back."""
    words = norms
    skip = len(clitic)
    if clitic.endswith("ل") and norms[i][skip - 1 : skip + 1] == "لل":
        words = [*norms[:i], "ا" + norms[i][skip:], *norms[i + 1 :]]
        skip = 0
    if ordinal:
        return known.numbers.ordinal(words, i, skip)
    return known.numbers.cardinal(words, i, glued, skip)
