"""Puts quantities together: a number, what bounds it, and what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from riwaya.lang.ar.numbers import ARTICLE, POINT, Number, after_and, clean, top_scale
from riwaya.lang.lexicon import Lexicon
from riwaya.stages.quantities.knowledge import AFTER, BOUNDS, PERCENT, Knowledge, knowledge
from riwaya.stages.quantities.nouns import singular
from riwaya.stages.quantities.signs import as_read
from riwaya.text.words import DIGIT, LETTER, Words

__all__ = ["Amount", "amounts"]

LONGEST = 7
"""A longer run of digits without separators is a telephone number, not a count."""
NOT_SIX = "لست"
"""«لست أدري»: I am not."""
TWO = ("ين", "ان", "تي", "تا")
"""Endings of duals and of their verbs."""
FEWEST = 3
"""Behind its noun a number counts at least so many: «الطرفان الاثنان» are a pair."""
HIJRI, METRE = "ه", "م"
IN = "في"
TIMES = ("×", "x", "*")
MEN = ("ين", "ون")
NISBA = ("يين", "يون")
WHICH = (["التي"], ["الذي"])
DUAL = ("ين", "ان")
DASH = "-"
LED = ("لل", "بال", "وال", "فال")
"""What hangs before a definite noun, with its article."""
BRACKETED = 4
"""So many words behind a quantity may the bracket close that opens before it."""
CHANGED = 8
"""So many words before «من» may the word of change stand."""
LARGEST = 10**15
"""A longer number names an account or a telephone, and readers of JSON would round it."""


class Amount(Struct, frozen=True, kw_only=True, gc=False):
    """A quantity in words: `first` to `last` (exclusive), after `skip` letters of clitics."""

    first: int
    last: int
    skip: int
    low: float | int | None
    high: float | int | None
    approx: bool = False
    unit: str | None = None
    rules: tuple[str, ...] = ()


def amounts(words: Words, lang: Lexicon, times: Iterable[tuple[int, int]] = ()) -> Iterator[Amount]:
    """The quantities of a text in order, by words."""
    known = knowledge(lang)
    digits = words.digits
    heads = words.places(known.heads)
    if not heads and not digits:
        return
    glued = [False, *(words.starts[1:] == words.ends[:-1]).tolist()]
    edges = [edge for span in times for edge in span]
    bounds = np.searchsorted(words.source_starts, edges).tolist() if edges else []
    taken = {i for a, b in zip(bounds[::2], bounds[1::2], strict=True) for i in range(a, b)}
    every_head = sorted(heads + digits)
    edited = as_read(words, digits, glued)
    if edited is None:
        yield from read(words.norms, words.lists[2], glued, taken, every_head, known)
        return
    taken = set(edited.places(taken))
    for amount in read(edited.norms, edited.kinds, edited.glued, taken, edited.places(every_head), known):
        # A noun behind brackets must be known, or in the accusative.
        sure = amount.unit in known.people or amount.unit in known.units or edited.norms[amount.last - 1].endswith("ا")
        if sure or edited.bare.isdisjoint(range(amount.first, amount.last)):
            first, last = edited.written(amount.first, amount.last)
            yield replace(amount, first=first, last=last)


def read(
    norms: Sequence[str], kinds: Sequence[int], glued: Sequence[bool], taken: set[int], heads: Iterable[int],
    known: Knowledge,
) -> Iterator[Amount]:  # fmt: skip
    """The quantities that start at one of the `heads`, in order."""
    behind = 0
    for i in heads:
        if i < behind or i in taken or (i and glued[i] and kinds[i - 1] == DIGIT):
            continue
        if is_scale(norms[i], known) and ((i and kinds[i - 1] == DIGIT) or norms[max(0, i - 1) : i] == [")"]):
            continue  # the «ألف» of «15 ألف» and of «(15) ألف»
        amount = amount_at(norms, kinds, glued, i, known)
        if amount is not None and max(amount.low or 0, amount.high or 0) >= LARGEST:
            continue
        if amount is None or amount.first < behind or not taken.isdisjoint(range(amount.first, amount.last)):
            continue
        yield at_least(amount, norms, behind, known)
        behind = amount.last


def at_least(amount: Amount, norms: Sequence[str], behind: int, known: Knowledge) -> Amount:
    """The quantity with a bound that stands before it and belongs to none before that: «على الأقل 5 موظفين»."""
    first = amount.first - (amount.first > 0 and norms[amount.first - 1] == "(")
    if not first or norms[first - 1] not in known.after_ends:
        return amount
    if amount.low != amount.high or amount.approx or amount.skip:
        return amount
    name, at = known.leading(norms, first)
    if not name or at < behind or (at > 0 and norms[at - 1].removeprefix(ARTICLE) in known.times):
        return amount
    low, high = (amount.low, None) if AFTER[name] == "at-least" else (None, amount.high)
    return replace(amount, first=at, skip=0, low=low, high=high, rules=(AFTER[name], *amount.rules))


def amount_at(
    norms: Sequence[str], kinds: Sequence[int], glued: Sequence[bool], i: int, known: Knowledge
) -> Amount | None:
    """The quantity that starts at word `i`, with the words before and after that bound it."""
    clitic = "" if kinds[i] == DIGIT else known.starts[norms[i]]
    if known.named(norms, i, clitic):
        return None  # «طالبان», «ألف ليلة»
    if (noun := known.duals.get(norms[i][len(clitic) :])) is not None:
        near = norms[max(0, i - 2) : i]
        if noun not in known.people and not clitic and any(norm.endswith(TWO) for norm in near):
            return None  # «منطقتين صناعيتين»: its adjective
        if not clitic and describes(norms, i, known):
            return None
        if (
            clitic == "و"
            and norms[i].endswith("ين")
            and not norms[i].endswith("تين")
            and i
            and norms[i - 1].endswith(("ين", "ون"))
        ):
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
    if number is not None and not clitic and (behind := behind_noun(norms, i, number, known)) is not None:
        return bounded(behind, norms, known)
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
        if low < 1000 <= high and (number.kind == "digits" or number.bare) and low * scale_of(high) < high:
            low = low * scale_of(high)  # «بين 100 و150 مليار», «أربعة إلى خمسة ملايين»
    sign = known.signs.get(norms[i - 1]) if i and glued[i] else None
    negative = i > 0 and norms[i - 1] == "-" and glued[i] and not (i > 1 and glued[i - 1]) and kinds[i] == DIGIT
    unit, length = known.unit(norms, kinds, end, counting(norms, i, second or number, known))
    if number.bare == "unit" and number.value == 2 and second is None and unit not in known.units:
        unit, length = None, 0  # «اثنان صورا مقطعا»: two of a noun are its dual
    if unit not in known.people and unit not in known.units and norms[i] == NOT_SIX and end == i + 1:
        return None  # «لست أدري»
    bare = number.bare == "unit" and norms[end : end + 1] and norms[end].startswith(ARTICLE) and unit is not None
    if bare and norms[end] not in known.counted:
        return None  # «خمس السكان»: a fifth of them; «ثلاثة ألوان» only looks so
    if unit is None and end + 1 < len(norms) and norms[end] in known.of:
        these = end + 2 < len(norms) and norms[end + 1] in known.these  # «19 من تلك العناصر»
        if (found := among_these(norms[end + 2], known) if these else known.partitive(norms[end + 1])) is not None:
            unit, length = found, 2 + these  # «15 من المدنيين»
        elif plural_measure(norms[end + 1], known) and (money := known.measures.find([norms[end + 1][2:]], 0)[1]):
            unit, length = known.measures.fold(money[0].forms[0]), 2  # «20 مليارا من الدولارات»
    if sign is None and unit is None and end < len(norms) and norms[end] in known.signs:
        unit, length = known.signs[norms[end]], 1
    if sign is not None:
        unit, length = sign, 0
    metres = (
        unit is None and kinds[i] == DIGIT and number.value < 1000 and norms[end : end + 1] == [METRE] and glued[end]
    )
    if metres and licensed(norms, kinds, i, number, known):
        unit, length = known.measures.fold("متر"), 1  # «نحو 100م»
    shared = second is not None and second.kind == "mixed" and norms[i - 1 : i] and norms[i - 1] in known.between
    if unit is None and not shared and not licensed(norms, kinds, i, number, known):
        return None
    if unit is None and number.kind == "digits" and (last := last_of_list(norms, kinds, glued, end, known)) is not None:
        scale, unit = last  # «2.3 و1.7 مليون شتلة»
        low = high = clean(low * scale)
    if number.bare == "unit" and ((number.value == 1 and unit != PERCENT) or number.definite):
        return None
    if number.bare in ("scale", "ten") and unit is None:
        return None
    if number.bare == "scale" and number.definite and norms[end : end + 1] and norms[end].startswith(ARTICLE):
        return None  # «الآلاف الزوار»
    if number.bare == "scale" and length == 1 and norms[end].endswith("ا") and norms[end][:-1] in known.counted:
        return None  # «ألف كتابا»: he wrote one
    if number.dotted and unit is not None and (unit not in known.units or (unit in known.dotted and low >= 10)):
        low, high = round(low * 1000), round(high * 1000)  # «5.706 عامل», «91.400 ريال»
    if number.bare == "scale" and unit is not None and norms[i].endswith("ا") and low == high and length == 1:
        low = high = 2 * low  # «مليونا يورو», «ألفا طالب»: two
    half = None
    if unit is not None and low == high and norms[end + length : end + length + 1] and norms[end + length][0] == "و":
        half = part_behind(norms, end + length, unit, number.value, known)
    if half is not None:
        low = high = clean(low + half[0])
        length = half[1] - end
    if unit is not None:
        rules.append("counted" if unit in known.people else "unit" if unit in known.units else "noun")
    among = unit is not None and rules[0] == "number" and half is None and opens_range(norms, i, end + length, known)
    if among and (far := far_end(norms, kinds, glued, end + length, str(unit), number, known)) is not None:
        high, length, rules = far[0], far[1] - end, ["range", *rules[1:]]
    if negative:
        low, high = -high, -low
    amount = Amount(
        first=i - 1 if sign or negative else i, last=end + length, skip=0 if sign or negative else len(clitic),
        low=low, high=high, unit=unit,
        rules=tuple(rules),
    )  # fmt: skip
    return bounded(amount, norms, known)


def describes(norms: Sequence[str], i: int, known: Knowledge) -> bool:
    """Is the dual at `i` the adjective of the noun before it: «مراقبان عسكريان», «مسؤولين منتخبين»?"""
    before = norms[i - 1] if i else ""
    if not before.endswith(norms[i][-2:]) or norms[i][-2:] not in DUAL or known.nouns.is_given(before):
        return False
    stem = before.removeprefix("و")[:-2]
    stem = stem[:-1] + "ه" if stem.endswith("ت") else stem
    return (
        before in known.duals or stem in known.people or known.nouns.zipf.get(stem, 0) > known.nouns.zipf.get(before, 0)
    )


def behind_noun(norms: Sequence[str], i: int, number: Number, known: Knowledge) -> Amount | None:
    """«الدول الاثنتا عشرة», «للشركات الـ 120»: a definite number behind the plural that it counts."""
    article = i > 0 and norms[i - 1] == ARTICLE
    at = i - 1 - article
    if at < 0 or not (article or number.definite) or not isinstance(number.value, int) or number.value < FEWEST:
        return None
    measured = number.end < len(norms) and known.measures.find(norms, number.end)[0]
    if number.bare == "dual":
        return None  # «تجاوز عدد المسجلين المليونين»
    if article and (number.kind != "digits" or measured):
        return None  # «تجاوزت الخسائر الـ 20 مليار ريال»
    described = norms[at].startswith(ARTICLE) and norms[at].endswith("ه") and at and known.plural(norms[at - 1])
    if described and not article:  # «بطولة المنتخبات العربية الـ13» is the 13th
        at -= 1  # «المراحل الدراسية الثلاث»
    if at and norms[at].startswith(ARTICLE) and of_men(norms[at - 1], norms[at], known):
        at -= 1  # «الضباط الليبيين الثلاثة»
    led = norms[at].startswith(LED)
    noun = norms[at][2 if norms[at].startswith("لل") else 3 if led else 2 :]
    unit = singular(noun, known.counted, known.nouns)
    men = noun[-2:] in MEN and known.partitive(ARTICLE + noun) is not None
    plural = noun.endswith("ات") or known.counted.get(noun, noun) != noun or men
    if not (led or norms[at].startswith(ARTICLE)) or noun in known.times or not plural or noun in known.numbers.words:
        return None  # «الرقم العشرون», «المرتبة الثلاثين»
    return Amount(
        first=at, last=number.end, skip=int(led), low=number.value, high=number.value, unit=unit,
        rules=("number", "counted"),
    )  # fmt: skip


def of_men(before: str, norm: str, known: Knowledge) -> bool:
    """Is a definite plural of people the adjective of the one before it: «المواطنين الليبيين», «الضباط الليبيون»?"""
    if before.startswith(LED):
        before = ARTICLE + before[2 if before.startswith("لل") else 3 :]
    if not before.startswith(ARTICLE) or norm[-2:] not in MEN:
        return False
    if before[-2:] in MEN:
        return before[-2:] == norm[-2:] and known.partitive(before) is not None
    return norm.endswith(NISBA) and known.plural(before)


def among_these(norm: str, known: Knowledge) -> str | None:
    """What «من تلك …» takes a number from: any plural that is known."""
    noun = norm.removeprefix(ARTICLE)
    return known.counted[noun] if noun != norm and known.counted.get(noun, noun) != noun else None


def counting(norms: Sequence[str], i: int, number: Number, known: Knowledge) -> Number:
    """The number as it counts a noun: a scale in the accusative («31 ألفا») has its noun behind «من», if any."""
    closed = number.end > i + 1 and norms[number.end - 1].endswith("ا") and is_scale(norms[number.end - 1], known)
    return replace(number, definite=True) if closed else number


def opens_range(norms: Sequence[str], i: int, end: int, known: Knowledge) -> bool:
    """Can a number and its noun, up to `end`, be the lower end: «بين 150 ريالا», «من 10% إلى», «60% -»?"""
    before, after = norms[i - 1] if i else "", norms[end] if end < len(norms) else ""
    if before in known.between or after == DASH:
        return True
    if before not in known.of or after not in known.to:
        return False
    back = norms[max(0, i - CHANGED) : i]  # «توسع من 90 مقعدا إلى 240 مقعدا» is none
    return any(norm.removeprefix("و") in known.ranging for norm in back)


def far_end(
    norms: Sequence[str], kinds: Sequence[int], glued: Sequence[bool], at: int, unit: str, low: Number, known: Knowledge
) -> tuple[float | int, int] | None:
    """The upper end of «بين 150 ريالا و700 ريال», which names its noun again: the number, and where it ends."""
    if at + 1 >= len(norms):
        return None
    if norms[at] in known.to or norms[at] in ("و", DASH):
        skip, at = 0, at + 1
    elif norms[at].startswith("و"):
        skip = 1
    else:
        return None
    number = known.numbers.cardinal(norms, at, glued, skip)
    if number is None or number.value <= low.value:
        return None
    again, length = known.unit(norms, kinds, number.end, number)
    return (number.value, number.end + length) if again == unit else None


def plural_measure(norm: str, known: Knowledge) -> bool:
    """Is it a definite plural that measures: «الدولارات»?"""
    return norm.startswith(ARTICLE) and norm.endswith("ات") and norm[2:] not in known.times


def last_of_list(
    norms: Sequence[str], kinds: Sequence[int], glued: Sequence[bool], at: int, known: Knowledge
) -> tuple[int, str | None] | None:
    """The scale and the noun that the «2.3» of «2.3 و1.7 مليون شتلة» leaves to the number behind it."""
    if norms[at : at + 1] != ["و"] or at + 1 >= len(norms) or kinds[at + 1] != DIGIT:
        return None
    last = known.numbers.cardinal(norms, at + 1, glued)
    if last is None or last.kind != "mixed" or (scale := scale_of(last.value)) == 1:
        return None
    return scale, known.unit(norms, kinds, last.end, last)[0]


def part_behind(
    norms: Sequence[str], at: int, unit: str | None, value: float | int, known: Knowledge
) -> tuple[float, int] | None:
    """What «ونصف» behind the unit adds: «مليون ريال ونصف», «3 كيلومترات ونصف الكيلومتر», and where it ends."""
    step = after_and(norms, at)
    entry = known.numbers.words.get(step[0]) if step is not None else None
    if step is None or entry is None or entry.role != "fraction" or unit == PERCENT:
        return None
    end = step[1] + 1
    whole = norms[end].removeprefix(ARTICLE) if end < len(norms) and norms[end].startswith(ARTICLE) else ""
    if whole and (known.measures.find([whole], 0)[0] or known.counted.get(whole) == unit):
        end += 1
    elif end < len(norms) and norms[end].isalpha() and not (norms[end] in known.stops or norms[end][0] in "لبوف"):
        return None  # «مليون ريال ونصف مليون دولار»
    return entry.value * top_scale(value) if value >= 1000 else entry.value, end


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
    if norms[at].removeprefix(ARTICLE) in known.times:
        return None  # «مئات السنين»
    unit, taken = known.unit(norms, kinds, at)
    definite = head[0].startswith(ARTICLE) and head[0][2:] in known.starts and not partitive
    if norms[at] in known.numbers.words or (definite and norms[at].startswith(ARTICLE)):
        return None  # «مئات من آلاف البراميل»; «المليارات الإيرانية»: what they are like, and not of what
    if norms[at].startswith(ARTICLE):
        rest = [norms[at].removeprefix(ARTICLE)]
        measures, found = known.measures.find(rest, 0)
        unit, taken = known.measures.fold(found[0].forms[0]) if measures else singular(rest[0], known.counted), 1
    elif partitive:
        unit, taken = known.partitive(norms[at]), 1  # «العشرات من صواريخ العدو»
    elif head[0].startswith(ARTICLE) and length == 1:
        return None  # «الملايين لأنه»
    if unit is None and length == 1:
        return None  # «عشرات أصيبوا»
    return Amount(
        first=i, last=at + taken, skip=len(clitic), low=entry.low, high=entry.high, approx=True, unit=unit,
        rules=(entry.name, "counted" if unit in known.people else "noun"),
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
        if before in known.of and norms[at] != "-" and changed(norms, i - 1, known):
            return None  # «ارتفعت من 10 آلاف إلى 20 ألفا»: two numbers, each of its time
        skip, at = 0, at + 1
    else:
        return None
    if kinds[at] != DIGIT and known.starts.get(norms[at]) is None:
        return None
    second = known.numbers.cardinal(norms, at, glued, skip)
    return second if second and second.value > number.value and not second.definite else None


def changed(norms: Sequence[str], at: int, known: Knowledge) -> bool:
    """Does a word of change stand before `at`: «ارتفعت … من 10 إلى 20»?"""
    for norm in reversed(norms[max(0, at - CHANGED) : at]):
        if not norm.isalnum() or norm in known.ranging:
            return False
        if norm in known.changes or norm[1:] in known.changes:
            return True
    return False


def in_a_name(
    norms: Sequence[str], kinds: Sequence[int], glued: Sequence[bool], i: int, number: Number, known: Knowledge
) -> bool:
    """Is the number part of a date, a score, a telephone number, a version, a label?"""
    end = number.end
    before = norms[i - 1] if i else ""
    after = norms[end] if end < len(norms) else ""
    if kinds[i] == DIGIT:
        if (len(norms[i]) > LONGEST and end == i + 1) or (norms[i][0] == "0" and len(norms[i]) > 1):
            return norms[i + 1 : i + 2] != [POINT]  # «07ر70»
        if before in ("/", ":", ".", "_", "@", "#", "+", "\\", "×", "x", "*") and glued[i]:
            return True
        if before == "," and glued[i] and i > 1 and glued[i - 1] and kinds[i - 2] == DIGIT:
            return True  # the «5» of «3,5»
        if before in TIMES or (before == ":" and i > 1 and kinds[i - 2] == DIGIT):
            return True  # «200 × 300», «1: 15»
        if after in ("/", ":", "\\", "_") and glued[end]:
            return True
        if after in TIMES and end + 1 < len(norms) and kinds[end + 1] == DIGIT:
            return True  # the «2» of «2×2»
        if before == "-" and glued[i] and i > 1 and glued[i - 1]:
            return True
        if end < len(norms) and glued[end] and norms[end].isascii() and norms[end].isalpha():
            return True  # «4k»
        if after == HIJRI and glued[end]:
            return True  # «83هـ»
        named = before not in ("ال", "و", "ب", "ل", "ف", "ك") and (before.isascii() or number.kind == "digits")
        if i and glued[i] and kinds[i - 1] == LETTER and named:
            return True  # «G20», but «سيوفر15 ألف» lacks a space
    percent = before == IN and i > 1 and kinds[i - 2] == DIGIT
    if percent and norms[i].startswith(ARTICLE) and number.value == 100:
        return True  # the «المئة» of «+5.37 في المئة»
    if number.bare == "ten" and (before in known.numbers.ordinals or before in known.numbers.words):
        return True  # «المرتبة الثالثة عشرة», «دور الستة عشر»
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
    after = norms[number.end] if number.end < len(norms) else ""
    if number.bare == "unit":  # «مقتل ثلاثة»
        return number.value > 2 and (before in known.licences or after in known.among)
    if number.bare in ("tens", "ten", "scale", "hundred", "dual"):
        return False
    return before in known.licences or after in known.among or known.particle(norms, i)[0] != ""


def bounded(amount: Amount, norms: Sequence[str], known: Knowledge) -> Amount | None:
    """The quantity with what stands before («أكثر من») and after it («على الأقل»).

    «لا تتعدى عشرات الملايين» has no end that could be named.
    """
    low, high, approx, first, skip = amount.low, amount.high, amount.approx, amount.first, amount.skip
    last, rules = amount.last, amount.rules
    wrapped = first > 0 and norms[first - 1] == "(" and norms[last : last + 1] == [")"]
    inside = first > 1 and norms[first - 1] == "(" and ")" in norms[last : last + BRACKETED]
    name, at = known.particle(norms, first - (wrapped or inside))  # «نحو (ألفي موظف سعودي)»
    bound = BOUNDS.get(name, "")
    if bound:
        last += wrapped  # «لا تتجاوز (23 كلغ)»
        first, rules = at, (bound, *rules)
        name, at = known.particle(norms, first)
        if bound != "about" and BOUNDS.get(name) == "about":  # «نحو ما يزيد عن»
            first, approx, rules = at, True, ("about", *rules)
        elif BOUNDS.get(name) == bound:
            first = at  # «يتجاوز أكثر من»
        skip = clitic_of(norms, first, known)
    else:
        name, length = known.following(norms, last)
        bound = AFTER.get(name, "")
        if bound:
            last, rules = last + length, (*rules, bound)
        elif known_figure(amount, norms):
            pass
        elif amount.unit is not None and not skip and (bound := BOUNDS.get(known.passed(norms, first), "")):
            rules = (bound, *rules)  # far from it, and so not part of it: «تجاوزت أرباح الشركة 50%»
    match bound:
        case "about":
            approx = True
        case "more-than" | "at-least":
            high = None
        case "less-than" | "up-to" if high is None:
            return None
        case "less-than" | "up-to":
            low = None
    return Amount(first=first, last=last, skip=skip, low=low, high=high, approx=approx, unit=amount.unit, rules=rules)


def known_figure(amount: Amount, norms: Sequence[str]) -> bool:
    """Is it the figure «الـ 7 ملايين دولار التي سجلتها», known before, which something else passes?"""
    return norms[max(0, amount.first - 1) : amount.first] == [ARTICLE] and norms[amount.last : amount.last + 1] in WHICH


def clitic_of(norms: Sequence[str], at: int, known: Knowledge) -> int:
    """How many letters of clitics hang on the particle at `at`."""
    norm = norms[at]
    return 0 if norm in known.particles.lengths else 1 if norm[1:] in known.particles.lengths else 0
