"""Reads the phrases of a text: which stretches are times, and what they mean, before anything is resolved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from riwaya.lang.ar.frequency import UNCOMMON, zipf
from riwaya.lang.ar.numbers import ARTICLE
from riwaya.lang.lexicon import Entry, Lexicon
from riwaya.stages.dates.answer import day_of
from riwaya.stages.dates.chart import Node
from riwaya.stages.dates.lexemes import BY, Sift, Vocabulary, masked, nodes, vocabulary
from riwaya.stages.dates.meaning import Counted, Duration, Every, Meaning, Moment, Range, Vague
from riwaya.stages.dates.rules import GRAMMAR
from riwaya.text.span import Span
from riwaya.text.words import DIGIT, LETTER, SIGN, Words

REMEMBERED = 20_000
"""So many parsed stretches are kept: «أمس» is parsed once, not a thousand times."""


class Phrase(Struct, frozen=True, gc=False):
    """A temporal expression in its place, with its meaning and how it was composed."""

    span: Span
    first: int
    last: int
    """Its words, last exclusive."""
    meaning: Meaning
    node: Node

    @property
    def rule(self) -> str:
        """The rules that composed it, outermost first, as one name: `ar/dates/weekday+date+…`."""
        return short_rule(self.node)


def short_rule(node: Node) -> str:
    names = list(dict.fromkeys(name.rsplit("/", 1)[1] for name in node.rules() if not name.endswith("/timex")))
    return "ar/dates/" + (" < ".join(names) if names else node.rule.rsplit("/", 1)[1])


class Piece(Struct, frozen=True, gc=False):
    """A phrase inside a parsed stretch, counted from the stretch's first word."""

    start: int
    end: int
    node: Node


NOTHING: frozenset[int] = frozenset()
_REMEMBERED: dict[tuple[str, bool, bool, bool, bool, frozenset[int], frozenset[int]], tuple[Piece, ...]] = {}


def forget() -> None:
    """Empties what is remembered; answers never depend on it."""
    _REMEMBERED.clear()


def phrases(words: Words, lang: Lexicon, diary: bool = False) -> list[Phrase]:
    """The temporal expressions of a text in order, not yet resolved; in a `diary` also bare day numbers."""
    known = vocabulary(lang)
    norms, size = words.norms, len(words)
    view = words.view.text
    starts, ends, kinds = words.lists
    found: list[Phrase] = []
    drawn = TATWEEL in words.view.source
    for first, last in Sift(words, known, diary):
        hidden = masked(words, known, first, last)
        inside = frozenset([i - first for i in hidden if first <= i < last]) if hidden else NOTHING
        stop = last == size or kinds[last] == SIGN or "\n" in view[ends[last - 1] : starts[last]]
        if stop and last + 1 < size and norms[last] in DECIMAL and starts[last] == ends[last - 1]:
            stop = starts[last + 1] > ends[last] or kinds[last + 1] != DIGIT
        dashes = drawn_dashes(words, first, last) if drawn else NOTHING
        key = (view[starts[first] : ends[last - 1]], first == 0, last == size, stop, diary, inside, dashes)
        pieces = _REMEMBERED.get(key)
        if pieces is None:
            pieces = parse(words, first, last, stop, inside, known, diary, dashes)
            if len(_REMEMBERED) >= REMEMBERED:
                _REMEMBERED.clear()
            _REMEMBERED[key] = pieces
        for piece in pieces:
            a, b = first + piece.start // 4, first + (piece.end - 1) // 4
            meaning = piece.node.value
            if b == a and nowadays(norms, a, meaning, known):
                meaning = Vague(value="PRESENT_REF")
            phrase = Phrase(words.span(a, b, skip=piece.start % 4), a, b + 1, meaning, piece.node)
            if plausible(phrase, words, known):
                found.append(phrase)
    return found


TATWEEL = "ـ"


def drawn_dashes(words: Words, first: int, last: int) -> frozenset[int]:
    """The words of a stretch before which letters were drawn out into a dash: «من 4 ــ 6 محرم»."""
    source = words.view.source
    gaps = {i - first: source[words.span(i - 1).end : words.span(i).start].strip() for i in range(first + 1, last)}
    return frozenset([i for i, gap in gaps.items() if gap and not gap.strip(TATWEEL)])


def parse(
    words: Words,
    first: int,
    last: int,
    stop: bool,
    hidden: frozenset[int],
    known: Vocabulary,
    diary: bool,
    dashes: frozenset[int],
) -> tuple[Piece, ...]:
    """The phrases of one stretch: the longest readings that do not overlap."""
    norms = words.norms[first:last]
    starts, ends, kinds = (places[first:last] for places in words.lists)
    glued = [False, *(starts[i] == ends[i - 1] for i in range(1, len(norms)))]
    small = list(nodes(norms, glued, kinds, known, set(hidden)))
    size = 4 * len(norms)
    small += [
        Node("stop", 4 * i, 4 * i, None, "stop")
        for i, kind in enumerate(kinds)
        if kind == SIGN and i and not (norms[i] in DECIMAL and i + 1 < len(norms) and glued[i] and glued[i + 1])
    ]
    small += [Node("dash", 4 * i, 4 * i, False, "sign") for i in dashes]
    if diary:  # «بكرة» may begin where a word begins
        small += [Node("diary", node.start, node.start, None, "diary") for node in small if node.kind == "spoken"]
    if stop:
        small.append(Node("stop", size, size, None, "stop"))
    if first == 0:
        small.append(Node("text-start", 0, 0, None, "start"))
    if last == len(words):
        small.append(Node("text-end", size, size, None, "end"))
    candidates = [
        node
        for node in GRAMMAR.parse(small)
        if (node.kind == "timex" or (diary and node.kind == "loose-timex"))
        and not cut(node, norms, glued, kinds)
        and not contradicted(node)
    ]
    return tuple(sorted(chosen(candidates), key=lambda piece: piece.start))


def cut(node: Node, norms: Sequence[str], glued: Sequence[bool], kinds: Sequence[int]) -> bool:
    """Does it end or start inside a date in digits: at the «18/10» of «18/10/1436»?"""
    start, end = node.mark
    first, last = start // 4, (end - 1) // 4
    behind = last + 2 < len(norms) and kinds[last] == kinds[last + 2] == DIGIT and norms[last + 1] == "/"
    ahead = first > 1 and kinds[first] == kinds[first - 2] == DIGIT and norms[first - 1] == "/"
    decimals = first > 1 and kinds[first] == DIGIT == kinds[first - 2] and norms[first - 1] == "."
    if decimals and glued[first] and glued[first - 1]:
        return True  # the «07 عام» of «2.07 عام 2014»
    return (behind and last > first and norms[last - 1] == "/") or (
        ahead and first > 3 and norms[first - 3] == "/" and kinds[first - 4] == DIGIT
    )


def contradicted(node: Node) -> bool:
    """Is it «الاثنين يوم 26 فبراير 2016», and that is a Friday? The weekday is of something else."""
    parts = node.children[0].children if node.children else ()
    if len(parts) != 2 or not parts[1].rule.endswith("/day-word+date"):
        return False
    day, date = parts[0].value, parts[1].value
    if not isinstance(day, Moment) or not isinstance(date, Moment) or date.hijri or date.options:
        return False
    known = day_of(date)
    return known is not None and day.weekday is not None and known.isoweekday() != day.weekday


def chosen(candidates: Sequence[Node]) -> list[Piece]:
    """Longest first; of two as long the one that reads more of what stands around, then the simpler one."""
    ranked = sorted(candidates, key=lambda n: (n.mark[0] - n.mark[1], n.start - n.end, n.size, n.mark[0]))
    taken: list[Piece] = []
    for node in ranked:
        start, end = node.mark
        if all(end <= piece.start or piece.end <= start for piece in taken):
            taken.append(Piece(start, end, node))
    return [piece for piece in taken if piece.node.value is not True]


def nowadays(norms: Sequence[str], at: int, meaning: Meaning, known: Vocabulary) -> bool:
    """Is it the «اليوم» of «نحن اليوم»: our days, and no one of them?"""
    if not isinstance(meaning, Counted) or meaning.amounts != TODAY or meaning.part or meaning.weekday:
        return False
    return at > 0 and norms[at - 1] in known.nowadays


TODAY = ((0, "D"),)


class TenseEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str


@cache
def tense_words(lang: Lexicon) -> dict[str, str]:
    return {lang.fold(form): entry.kind for entry in lang.table("tense", TenseEntry) for form in entry.forms}


BACK = 9
DECIMAL = ".,"
"""«14.64»: no end of anything."""


def looks_ahead(words: Words, at: int, lang: Lexicon) -> bool:
    """Does the nearest telling word before `at` speak of the future: «سوف», «المقرر», «ستعقد»?"""
    known = tense_words(lang)
    norms, (_, _, kinds) = words.norms, words.lists
    for i in range(at - 1, max(-1, at - 1 - BACK), -1):
        if kinds[i] == SIGN and norms[i] in ".!؟?":
            return False
        if kinds[i] != LETTER:
            continue
        for norm in dict.fromkeys((norms[i], norms[i][1:] if norms[i][0] in "وف" else norms[i])):
            kind = known.get(norm)
            if kind == "future":
                return True
            if kind == "past":
                return i > 0 and known.get(norms[i - 1]) == "future"  # «من المقرر عقد الاجتماع»: to be held
            if kind is None and with_future_prefix(norm):
                return True
    return at > 0 and vocabulary(lang).is_particle(norms[at - 1], "until")  # «حتى يناير», and nothing past before it


def looks_back(words: Words, at: int, lang: Lexicon) -> bool:
    """Is the nearest telling word before `at` one of the past: «فاز», «أعلن»?"""
    known = tense_words(lang)
    norms, (_, _, kinds) = words.norms, words.lists
    for i in range(at - 1, max(-1, at - 1 - BACK), -1):
        if kinds[i] == SIGN and norms[i] in ".!؟?":
            return False
        kind = known.get(norms[i]) or known.get(norms[i].lstrip("وف"))
        if kind or with_future_prefix(norms[i]):
            return kind == "past"
    return False


def leads_ahead(words: Words, at: int) -> bool:
    """Is the word behind a verb of the future: «حينها سيكون»?"""
    norm = words.norms[at] if at < len(words) else ""
    return norm in WILL or with_future_prefix(norm)


def with_future_prefix(norm: str) -> bool:
    """«ستعقد»: a present tense behind «س», and no «سنترال», a common word whose rest is none."""
    if len(norm) < 5 or norm[0] != "س" or norm[1] not in "يتن":
        return False
    return zipf(norm) <= UNCOMMON or zipf(norm[1:]) > UNCOMMON


WILL = ("سوف", "فسوف")
CARRIED = 4
WITH = "مع"
TOMORROW = ("الغد", "والغد")
POSSESSED = ("يومها", "وقتها")
"""«Then», unless it is «its day»."""
SEPARATORS = ("-", "/")
ANYONE = "احد"
RANGE_OF_YEARS = 3
"""«1050 - 1070»: so many words at most."""
HELD = "عقد"
NEAR, IN_FUTURE, FORMERLY = "قريبا", "مستقبلا", "سابقا"
BY_THE = BY + ARTICLE
WELL = "بخير"
AGED = 5
WHICH = ("الذي", "التي")
SERVANT = "عبد"
"""Starts a given name, behind which a weekday is a surname."""


def ahead(found: Sequence[Phrase], words: Words, lang: Lexicon) -> list[bool]:
    """Which phrases lie in the future; those of a list («السبت والاثنين») go together."""
    result: list[bool] = []
    for i, phrase in enumerate(found):
        if not needs_tense(phrase.meaning):
            result.append(False)
            continue
        if isinstance(phrase.meaning, Vague):
            result.append(looks_ahead(words, phrase.first, lang) or leads_ahead(words, phrase.last))
            continue
        if bracketed(phrase, words):
            result.append(False)
            continue
        joined = i > 0 and phrase.first - found[i - 1].last <= 0 and type(phrase.meaning) is type(found[i - 1].meaning)
        result.append(result[-1] if joined else looks_ahead(words, phrase.first, lang))
    return result


def bracketed(phrase: Phrase, words: Words) -> bool:
    """Is it all that stands in a pair of brackets, as a date of what has been: «أعلن ترشحه (23 مارس)»?"""
    first, last = phrase.first, phrase.last
    return first > 0 and last < len(words) and words.norms[first - 1] == "(" and words.norms[last] == ")"


def needs_tense(meaning: Meaning) -> bool:
    """Does it depend on what is told whether it lies before or behind: a weekday or month with nothing else?"""
    if isinstance(meaning, Range):
        return needs_tense(meaning.low)
    if isinstance(meaning, Vague):
        return meaning.value == "PREVIOUS"
    if isinstance(meaning, Counted):
        return meaning.base == "previous" and meaning.amounts[0][0] is None  # «بعدها بأيام»
    return isinstance(meaning, Moment) and meaning.year is None and meaning.within is None and meaning.step is None


def yearless(meaning: Meaning) -> bool:
    """Is it a month, or a day of one, and nothing else?"""
    return isinstance(meaning, Moment) and meaning == Moment(
        month=meaning.month or 1, day=meaning.day, hijri=meaning.hijri, alone=meaning.alone
    )


def plausible(phrase: Phrase, words: Words, known: Vocabulary) -> bool:
    """Do the words around allow it? «اليوم» in quotation marks is a newspaper, «قناة … 24 ساعة» a channel."""
    norms, (starts, ends, kinds) = words.norms, words.lists
    first, last = phrase.first, phrase.last
    before = norms[first - 1] if first else ""
    after = norms[last] if last < len(norms) else ""
    meaning = phrase.meaning
    if last - first == 1 and isinstance(meaning, Every) and not meaning.moment and adjective_of(norms, first, known):
        return False  # «ارتفاعا سنويا»
    if norms[first] == FORMERLY and adjective_of(norms, first, known):
        return False  # «رئيسا سابقا»
    if isinstance(meaning, Moment) and meaning.part_of_year and meaning.step and known.is_particle(after, "from"):
        return False  # «الربع الثاني من المباراة»
    if norms[first] == IN_FUTURE and after.endswith("ا"):
        return False  # «توقعت له مستقبلا جميلا»
    if isinstance(meaning, Vague) and last - first == 1 and norms[first].startswith(BY_THE):
        return False  # «تذكرهم بالماضي»
    if norms[first] == NEAR and after.startswith("ل") and first and kinds[first - 1] == SIGN:
        return False  # «مخلصا، قريبا للخير»
    servant = (before[: len(SERVANT)], norms[first - 2] if first > 1 else "")
    if before == '"' and after == '"' and last - first == 1 and kinds[first] != DIGIT:
        return isinstance(meaning, Vague)
    if isinstance(meaning, Duration) and meaning.amounts[-1:] == ((24, "TH"),) and not meaning.direction:
        named = before not in known.starts and known.carriers.intersection(norms[max(0, first - CARRIED) : first])
        return not named
    if isinstance(meaning, Duration) and meaning.amounts[-1:] and meaning.amounts[-1][1] == "Y" and after.isdecimal():
        return len(after) != 4 or last - first < 3  # «194 مليونا عام 2013»
    if isinstance(meaning, Duration) and norms[last - 1] == HELD and (meaning.amounts[0][0] or 0) > 10:
        return False  # «المؤتمر الـ11 عقد هنا»: was held
    if isinstance(meaning, Duration) and any(unit == "DE" for _, unit in meaning.amounts) and not meaning.direction:
        without = meaning.amounts[0][0] is None and meaning.mod == "LESS_THAN"  # «دون عقود»: without contracts
        return not without and known.signers.isdisjoint(norms[max(0, first - BACK) : first])
    licensed = isinstance(meaning, Duration) and phrase.node.children[0].kind == "licensed" and last - first == 1
    if licensed and (known.is_particle(after, "month", "unit-1", "holiday") or after in known.month_starts):
        return False  # «خلال أيام شهر رمضان», «لأشهر ربيع أول»
    if isinstance(meaning, Moment) and meaning.hour == 1 and not (meaning.minute or meaning.part or meaning.day):
        return not (known.is_particle(before, "in") and last - first == 2)  # «مئة طائف في الساعة الواحدة»
    if licensed and after.startswith(ARTICLE) and after not in WHICH:
        # «خلال ساعات الدوام»: hours of something, not some hours
        same_line = "\n" not in words.view.text[ends[last - 1] : starts[last]]
        return not (same_line and len(after) > 3 and not known.is_particle(after, "adjective"))
    if isinstance(meaning, Duration) and norms[first] == "(" and known.is_particle(before, "unit-1"):
        return False  # «مساء يوم (27) ليلة (28)»
    if numeric_piece(phrase, words):
        return False
    if isinstance(meaning, Range) and kinds[first] == kinds[last - 1] == DIGIT and last - first <= RANGE_OF_YEARS:
        behind = norms[last + 1] if after == ")" and last + 1 < len(norms) else after
        if behind in known.measures and len(norms[last - 1]) == len(norms[first]) == 4:
            return False  # «بين 1050 - 1070 دولارا»
    if isinstance(meaning, Every) and WELL in norms[last : last + 5] and after[:1] == "و":
        return False  # «كل عام والجميع بخير»
    if decade_of(meaning) and known.is_particle(after, "degrees"):
        return False  # «منتصف الأربعينات المئوية»
    if (decade_of(meaning) or hours_alone(phrase)) and any(
        known.is_particle(word, "age-word") for word in norms[max(0, first - AGED) : first]
    ):
        return False  # «من عمره في الثلاثينات»
    if isinstance(meaning, Counted) and last - first == 2 and meaning.part and known.is_particle(after, "ordinal"):
        return False  # «صباح اليوم الأول من الدوام»
    if before in known.namesakes and yearless(meaning):
        return False  # «شارع 26 سبتمبر», «حرب أكتوبر»
    if last - first == 1 and isinstance(meaning, Moment) and meaning.weekday and at_market(norms, first, known):
        return False
    if last - first == 2 and isinstance(meaning, Moment) and meaning.weekday and after.startswith(ARTICLE):
        return norms[last - 1].startswith(ARTICLE)  # «يوم اثنين الهزيمة»
    if last - first == 1 and norms[first] in POSSESSED and after.startswith(ARTICLE):
        return not known.is_particle(after, "ordinal")  # «في يومها الأول»
    if last - first == 1 and norms[first] in TOMORROW and not norms[first].startswith(BY):
        return known.is_particle(before, "since", "until", "from", "to", "deictic")  # «جيل الغد»
    if isinstance(meaning, Counted) and meaning.part and last - first == 1 and after.startswith(ARTICLE):
        return not after.endswith("ه")  # «الليلة الختامية»
    if isinstance(meaning, Every) and last - first == 2 and norms[last - 1] == ANYONE:
        aside = last == len(norms) or kinds[last] == SIGN
        return aside and not known.is_particle(before, "on")  # «كل أحد يعرف», «على كل أحد»: everybody
    if isinstance(meaning, Moment) and last - first == 1 and meaning.part and known.is_particle(after, "unit-1"):
        return False  # «مساء يوم في مايو»
    if isinstance(meaning, Moment) and last - first == 1 and meaning.weekday and before == WITH:
        return False  # «مع الاثنين»: with both
    if (
        isinstance(meaning, Moment)
        and last - first == 1
        and meaning.weekday
        and (SERVANT in servant or before in known.given)
    ):
        return False  # «عبد الرحيم الخميس», «أحمد الخميس»
    if (
        isinstance(meaning, Moment)
        and last - first == 1
        and meaning.part
        and meaning.day is None
        and not meaning.weekday
    ):
        return not known.is_particle(after, "ordinal")  # «مساء ثاني أيام العيد»
    if isinstance(meaning, Counted) and last - first == 2 and after in WHICH:
        return bool(meaning.amounts[0][0]) or meaning.weekday is not None  # «هذا اليوم الذي»
    if isinstance(meaning, Counted) and last - first == 1 and meaning.amounts[0][0] == 0:
        # «في اليوم» is a rate, «اليوم الأول» the first of some days
        rate = known.is_particle(before, "in") or norms[first].startswith(BY)
        return not (rate or after in WHICH or known.is_particle(after, "ordinal"))
    return True


def adjective_of(norms: Sequence[str], at: int, known: Vocabulary) -> bool:
    """Is the «سنويا» at `at` the adjective of an indefinite noun before it, and no habit?"""
    noun = norms[at - 1] if at else ""
    if not noun.endswith("ا") or noun.endswith(NO_NOUN) or len(noun) < 4 or norms[at] == noun:
        return False
    counted = at > 1 and (norms[at - 2].isdecimal() or known.is_particle(norms[at - 2], "number"))
    return not (counted or noun in known.adverbs or noun in known.starts or noun in known.measures)


NO_NOUN = ("ها", "نا", "يا", "هما", "اا")
"""Pronouns, verbs of «we», adverbs («عالميا سنويا»)."""


def at_market(norms: Sequence[str], at: int, known: Vocabulary) -> bool:
    """«سوق الثلاثاء», «سوق (الثلاثاء)»."""
    back = 2 if at and norms[at - 1] in ("(", '"') else 1
    return at >= back and norms[at - back] in known.markets


def hours_alone(phrase: Phrase) -> bool:
    """Is it a range of ordinals that could be hours: «بين التاسعة والعاشرة»?"""
    meaning = phrase.meaning
    low = meaning.low if isinstance(meaning, Range) else None
    plain = isinstance(low, Moment) and low.hour is not None and low.part is None and low.day is None
    return plain and not any(leaf.kind in ("hour-word", "colon") for leaf in phrase.node.leaves())


def decade_of(meaning: Meaning) -> Moment | None:
    """The bare decade that a meaning is or begins with."""
    first = meaning.low if isinstance(meaning, Range) else meaning
    return first if isinstance(first, Moment) and first.decade is not None and first.decade < 100 else None


def numeric_piece(phrase: Phrase, words: Words) -> bool:
    """Is it a piece of a longer row of numbers: the «12-13-14» of «12-13-14-15»?"""
    norms, first, last = words.norms, phrase.first, phrase.last
    starts, ends, kinds = words.lists
    if not isinstance(phrase.meaning, Moment) or kinds[last - 1] != DIGIT or last - first < 3:
        return False
    sign = norms[last - 2]
    if sign not in SEPARATORS:
        return False
    behind = last + 1 < len(norms) and norms[last] == sign and kinds[last + 1] == DIGIT
    ahead_of = kinds[first] == DIGIT and first > 1 and norms[first - 1] == sign and kinds[first - 2] == DIGIT
    glued_behind = behind and starts[last + 1] == ends[last - 1] + 1
    return bool(glued_behind or (ahead_of and starts[first] == ends[first - 2] + 1))


def background(phrase: Phrase, words: Words, known: Vocabulary) -> bool:
    """Does it date a background («منذ 11 يوليو») and not what is told?"""
    return phrase.first > 0 and known.is_particle(words.norms[phrase.first - 1], "since", "until", "before", "after")
