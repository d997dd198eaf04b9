"""Judges a phrase by the words around it: «اليوم» in quotation marks is a newspaper, «الخميس» behind «أحمد» a surname.

`REFUSALS` lists the questions by the kind of meaning; each says what is no time, and one yes is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from riwaya.lang.ar.clitics import PRONOUNS
from riwaya.lang.ar.numbers import ARTICLE
from riwaya.stages.dates.lexemes import BY, WHICH, Vocabulary
from riwaya.stages.dates.meaning import Counted, Cycle, Duration, Every, Meaning, Moment, Range, Vague
from riwaya.stages.dates.phrase import Phrase
from riwaya.text.words import DIGIT, LETTER, SIGN, Words

__all__ = ["nowadays", "parted_bound", "plausible"]

CARRIED = 4
"""So many words before hours may the name of an outlet begin («قناة … 24 ساعة»)."""
AGED = 5
"""So many words before a decade or an hour may a word of age stand."""
SIGNED = 9
"""So many words before «عقود» may those who sign them stand."""
PRICED = 6
"""So many words around «سنتين» may show that they are cents."""
CENTURY_BACK = 10
"""So many words before «الـ11م» may «القرن» stand."""
RANGE_OF_YEARS = 3
"""«1050 - 1070»: so many words at most."""
TODAY, MONTHS = ((0, "D"),), ((None, "M"),)
WITH, OTHERS = "مع", ("الاخرين", "الاخران")
TOMORROW = ("الغد", "والغد", "غد", "وغد", "لغد")
POSSESSED = ("يومها", "وقتها")
"""«Then», unless it is «its day»."""
BOUNDING = ("ي", "ت")
"""How the verbs begin that bound a length."""
OVER = ("عن", "علي", "الي")
OWNED = ("عمر", "اعمار", "مده", "فتره")
"""What may stand before the owner of a length: «لا يقل عمر المشارك عن»."""
SEPARATORS = ("-", "/")
ANYONE = "احد"
PAIRS, PAIRED = frozenset(["ثورتي", "لثورتي", "بثورتي", "حربي"]), 6
"""What names two days («ثورتي 25 يناير و30 يونيو»), so many words at most before the second."""
SOIREE, CENTS = "امسيه", ("سنتين", "سنتان")
HELD, ERA, MOMENT = "عقد", "عصرا", "اللحظه"
LATER = "لاحق"
NEAR, IN_FUTURE, FORMERLY, AT_ONCE = "قريبا", "مستقبلا", "سابقا", "حالا"
BY_THE = BY + ARTICLE
FOR_THE_DAY = ("لليوم", "ولليوم")
WELL = "بخير"
SERVANT = "عبد"
"""Starts a given name, behind which a weekday is a surname."""
OPENING = {"(": ")", '"': '"'}


class Near(Struct, frozen=True, gc=False):
    """A phrase among its words: `before` and `after` it, and whether it is but one word."""

    phrase: Phrase
    words: Words
    known: Vocabulary
    norms: Sequence[str]
    kinds: Sequence[int]
    first: int
    last: int
    size: int
    head: str
    before: str
    after: str

    def before_is(self, *kinds: str) -> bool:
        return self.known.is_particle(self.before, *kinds)

    def after_is(self, *kinds: str) -> bool:
        return self.known.is_particle(self.after, *kinds)

    def tight(self) -> bool:
        """Do the signs two words before it and right behind it hang on what they enclose?"""
        starts, ends, _ = self.words.lists
        return starts[self.first - 1] == ends[self.first - 2] and starts[self.last] == ends[self.last - 1]

    def same_line(self) -> bool:
        """Does the word behind stand on its line?"""
        starts, ends, _ = self.words.lists
        return "\n" not in self.words.view.text[ends[self.last - 1] : starts[self.last]]


def plausible(phrase: Phrase, words: Words, known: Vocabulary) -> bool:
    """Do the words around allow it?"""
    norms, first, last = words.norms, phrase.first, phrase.last
    near = Near(
        phrase, words, known, norms, words.lists[2], first, last, last - first, norms[first],
        norms[first - 1] if first else "", norms[last] if last < len(norms) else "",
    )  # fmt: skip
    meaning = phrase.meaning
    for refuse in REFUSALS[type(meaning)]:  # noqa: SIM110  # `all` would make a generator for each phrase
        if refuse(near, meaning):
            return False
    return True


def nowadays(norms: Sequence[str], at: int, meaning: Meaning, known: Vocabulary) -> bool:
    """Is it the «اليوم» of «نحن اليوم»: our days, and no one of them?"""
    if not isinstance(meaning, Counted) or meaning.amounts != TODAY or meaning.part or meaning.weekday:
        return False
    return at > 0 and norms[at - 1] in known.nowadays


def parted_bound(norms: Sequence[str], at: int, known: Vocabulary) -> str | None:
    """The bound of a length before which its owner stands: «تقل أعمارهم عن 15 عاما»; the words are not part of it.

    Also «لا يتجاوز العمر عن 30 عاما», «لا يتجاوز عمره 30 عاما», «ألا يقل عمر المشارك عن 18 عاما».
    """
    led = norms[at - 1 : at] if norms[at - 1 : at] and norms[at - 1] in OVER else ()
    end = at - len(led)
    if end > 2 and norms[end - 2] in OWNED:
        verb = end - 3
    elif end > 1 and (norms[end - 1].endswith(PRONOUNS) or known.is_particle(norms[end - 1], "age-word")):
        verb = end - 2
    else:
        return None
    if not norms[verb].removeprefix("و").startswith(BOUNDING):
        return None  # «الأشعة فوق البنفسجية طيلة النهار»
    for first in (verb - 1, verb):
        words = (norms[first].removeprefix("و"), *norms[first + 1 : verb + 1]) if first >= 0 else ()
        if mod := known.bounds.get((*words, *led)) or known.bounds.get(words):
            return mod
    return None


# --- all kinds -----------------------------------------------------------------------------------------------------


def quoted_word(near: Near, meaning: Meaning) -> bool:
    """«صحيفة "اليوم"», «رواية "عصافير ديسمبر"»; a month alone in quotation marks is one."""
    month = isinstance(meaning, Moment) and meaning.month
    if near.size != 1 or near.kinds[near.first] == DIGIT or near.after != '"':
        return False
    titled = near.first > 1 and near.norms[near.first - 2] == '"' and near.before not in near.known.starts
    return (titled and near.tight()) or (near.before == '"' and not month)


def named_now(near: Near, meaning: Counted | Vague) -> bool:
    """«حركة (الإنصاف الآن)», «قناة "البلدة اليوم"»: two words alone in brackets are a name."""
    now = meaning.amounts == TODAY if isinstance(meaning, Counted) else meaning.value == "PRESENT_REF"
    if not now or near.size != 1 or near.first < 2 or near.before in near.known.starts:
        return False
    opening = near.norms[near.first - 2]
    if OPENING.get(opening) != near.after:
        return False
    return near.tight() if opening == '"' else near.before.startswith(ARTICLE)


# --- what comes again ----------------------------------------------------------------------------------------------


def adverb_as_adjective(near: Near, meaning: Every) -> bool:
    """«ارتفاعا سنويا»."""
    return near.size == 1 and not meaning.moment and adjective_of(near)


def greeting(near: Near, meaning: Every) -> bool:
    """«كل عام والجميع بخير»."""
    return WELL in near.norms[near.last : near.last + 5] and near.after[:1] == "و"


def everybody(near: Near, meaning: Every) -> bool:
    """«كل أحد يعرف», «على كل أحد»."""
    if near.size != 2 or near.norms[near.last - 1] != ANYONE:
        return False
    aside = near.last == len(near.norms) or near.kinds[near.last] == SIGN
    return not aside or near.before_is("on")


# --- vague words ---------------------------------------------------------------------------------------------------


def vague_as_adjective(near: Near, meaning: Vague) -> bool:
    """«رئيسا سابقا», «موعدا قريبا»."""
    return near.head in (FORMERLY, NEAR) and adjective_of(near)


def described_future(near: Near, meaning: Vague) -> bool:
    """«توقعت له مستقبلا جميلا», «مستقبلا أفضل»."""
    return near.head == IN_FUTURE and (near.after.endswith("ا") or comparative(near.after))


def last_moment(near: Near, meaning: Vague) -> bool:
    """«حتى اللحظة الأخيرة»."""
    return near.head == MOMENT and near.size == 1 and near.after_is("adjective")


def remembered_past(near: Near, meaning: Vague) -> bool:
    """«تذكرهم بالماضي»."""
    return near.size == 1 and near.head.startswith(BY_THE)


def near_to(near: Near, meaning: Vague) -> bool:
    """«مخلصا، قريبا للخير»."""
    aside = near.first and near.kinds[near.first - 1] == SIGN
    return bool(near.head == NEAR and near.after.startswith("ل") and aside)


def later_in_something(near: Near, meaning: Vague) -> bool:
    """«وفي وقت لاحق من المؤتمر»: dated by what happened."""
    return near.size == 2 and near.norms[near.last - 1] == LATER and near.after_is("from")


def better_off(near: Near, meaning: Vague) -> bool:
    """«أفضل حالا», «ليس حالا عارضا»: a state, and not at once."""
    described = near.after.endswith("ا") and near.after not in near.known.starts
    return near.head == AT_ONCE and (comparative(near.before) or described)


def its_time(near: Near, meaning: Vague) -> bool:
    """«في يومها الأول», «تقضي وقتها», «جزءا من وقتها»."""
    if near.size != 1 or near.head not in POSSESSED:
        return False
    ordinal = near.after.startswith(ARTICLE) and near.after_is("ordinal")
    return ordinal or near.before in near.known.spenders


# --- lengths -------------------------------------------------------------------------------------------------------


def channel_hours(near: Near, meaning: Duration) -> bool:
    """«قناة … 24 ساعة»."""
    if meaning.amounts[-1:] != ((24, "TH"),) or meaning.direction or near.before in near.known.starts:
        return False
    return not near.known.carriers.isdisjoint(near.norms[max(0, near.first - CARRIED) : near.first])


def amount_and_year(near: Near, meaning: Duration) -> bool:
    """«194 مليونا عام 2013»."""
    yearly = meaning.amounts[-1:] and meaning.amounts[-1][1] == "Y"
    return bool(yearly and near.after.isdecimal() and len(near.after) == 4 and near.size >= 3)


def was_held(near: Near, meaning: Duration) -> bool:
    """«المؤتمر الـ11 عقد هنا»."""
    return near.norms[near.last - 1] == HELD and (meaning.amounts[0][0] or 0) > 10


def contracts(near: Near, meaning: Duration) -> bool:
    """«دون عقود», «وقعت ثلاثة عقود»."""
    if meaning.direction or all(unit != "DE" for _, unit in meaning.amounts):
        return False
    without = meaning.amounts[0][0] is None and meaning.mod == "LESS_THAN"
    return without or not near.known.signers.isdisjoint(near.norms[max(0, near.first - SIGNED) : near.first])


def holding(near: Near, meaning: Duration) -> bool:
    """«بعد عقد صفقة»: after its making; a decade alone ends its clause or goes on with «من» and its like."""
    if meaning.amounts != ((1, "DE"),) or near.size != 1 or near.last >= len(near.norms):
        return False
    return near.kinds[near.last] == LETTER and not near.after_is("from", "on", "and", "or", "until", "vague")


def units_of_something(near: Near, meaning: Duration) -> bool:
    """«خلال ساعات الدوام» are no hours, «خلال أيام شهر رمضان» no days, «لأشهر ربيع أول» no months."""
    if near.size != 1 or near.phrase.node.children[0].kind != "licensed":
        return False
    if meaning.amounts == MONTHS and most_famous(near):
        return True
    if near.after_is("month", "unit-1", "holiday") or near.after in near.known.month_starts:
        return True
    if not near.after.startswith(ARTICLE) or near.after in WHICH or len(near.after) <= 3:
        return False
    return near.same_line() and not near.after_is("adjective")


def most_famous(near: Near) -> bool:
    """«من قبل أشهر خطاط», «لأشهر دور النشر»: no months."""
    if near.first > 1 and near.before_is("before") and near.known.is_particle(near.norms[near.first - 2], "from"):
        return True
    noun = near.last < len(near.norms) and near.kinds[near.last] == LETTER and near.after not in near.known.starts
    return noun and near.head.startswith("ل") and not near.after.startswith(("و", "ب", "ل", "ف"))


def another(near: Near, meaning: Duration) -> bool:
    """«لفترة ثانية»: a second one."""
    return meaning.amounts == ((1, "TS"),) and near.size == 1 and near.before_is("during")


def cents(near: Near, meaning: Duration) -> bool:
    """«تراجعت عقود برنت سنتين إلى 55 دولارا»."""
    if near.size != 1 or near.head not in CENTS or near.before_is("since", "before", "after", "during"):
        return False
    around = near.norms[max(0, near.first - PRICED) : near.first + PRICED]
    return not near.known.priced.isdisjoint(around)


def night_of_month(near: Near, meaning: Duration) -> bool:
    """«مساء يوم (27) ليلة (28)»."""
    return near.head == "(" and near.before_is("unit-1")


def night_of_something(near: Near, meaning: Duration) -> bool:
    """«منذ ليلة 28», «خلال ليلة العرس»."""
    return meaning.amounts == ((1, "NI"),) and near.size == 1 and (
        near.after.isdecimal() or near.after.startswith(ARTICLE)
    )  # fmt: skip


# --- ranges --------------------------------------------------------------------------------------------------------


def prices(near: Near, meaning: Range) -> bool:
    """«بين 1050 - 1070 دولارا»."""
    norms, first, last = near.norms, near.first, near.last
    if near.size > RANGE_OF_YEARS or not near.kinds[first] == near.kinds[last - 1] == DIGIT:
        return False
    behind = norms[last + 1] if near.after == ")" and last + 1 < len(norms) else near.after
    return behind in near.known.measures and len(norms[last - 1]) == len(norms[first]) == 4


# --- moments -------------------------------------------------------------------------------------------------------


def quarter_of_game(near: Near, meaning: Moment) -> bool:
    """«الربع الثاني من المباراة»."""
    return bool(meaning.part_of_year and meaning.step and near.after_is("from"))


def in_the_hour(near: Near, meaning: Moment) -> bool:
    """«مئة طائف في الساعة الواحدة»."""
    alone = meaning.hour == 1 and not (meaning.minute or meaning.part or meaning.day)
    return alone and near.size == 2 and near.before_is("in")


def piece_of_numbers(near: Near, meaning: Moment) -> bool:
    """The «12-13-14» of «12-13-14-15», the «6» of «ق/4 وتاريخ 12/5/1391»."""
    norms, first, last = near.norms, near.first, near.last
    starts, ends, kinds = near.words.lists
    if near.size == 1 and kinds[first] == DIGIT:
        return near.before == "/" and starts[first] == ends[first - 1]
    if near.size < 3 or kinds[last - 1] != DIGIT or (sign := norms[last - 2]) not in SEPARATORS:
        return False
    behind = last + 1 < len(norms) and norms[last] == sign and kinds[last + 1] == DIGIT
    ahead_of = kinds[first] == DIGIT and first > 1 and norms[first - 1] == sign and kinds[first - 2] == DIGIT
    glued_behind = behind and starts[last + 1] == ends[last - 1] + 1
    return bool(glued_behind or (ahead_of and starts[first] == ends[first - 2] + 1))


def name_of_place(near: Near, meaning: Moment) -> bool:
    """«شارع 26 سبتمبر», «حرب أكتوبر», «ثورتي 25 يناير و30 يونيو»: a month, or a day of one, and nothing else."""
    head = near.before if near.before != '"' else near.norms[near.first - 2] if near.first > 1 else ""
    attacks = head in near.known.attacks and (meaning.month, meaning.day) == (9, 11)
    pair = near.before == "و" and not PAIRS.isdisjoint(near.norms[max(0, near.first - PAIRED) : near.first])
    return (attacks or pair or head in near.known.namesakes) and meaning == Moment(
        month=meaning.month or 1, day=meaning.day, hijri=meaning.hijri, alone=meaning.alone
    )


def of_a_person(near: Near, meaning: Moment) -> bool:
    """«فريدريك أغسطس»."""
    listed = near.first > 1 and near.known.is_particle(near.norms[near.first - 2], "unit-pair")  # «شهري رجب وشعبان»
    return near.size == 1 and meaning.month is not None and near.before in near.known.given and not listed


def hour_of_century(near: Near, meaning: Moment) -> bool:
    """The «الـ11م» of «القرن الـ10-الـ11م»."""
    if meaning.hour is None or near.head != ARTICLE or meaning.day:
        return False
    return not near.known.centuries.isdisjoint(near.norms[max(0, near.first - CENTURY_BACK) : near.first])


def bare_weekday(near: Near, meaning: Moment) -> bool:
    """«سوق الثلاثاء», «مع الاثنين» (with both), «رفض الاثنين الآخرين», «عبد الرحيم الخميس», «وأحمد الخميس»."""
    if near.size != 1 or not meaning.weekday:
        return False
    servant = near.before[: len(SERVANT)] == SERVANT or (near.first > 1 and near.norms[near.first - 2] == SERVANT)
    given = near.before in near.known.given or (near.before[:1] == "و" and near.before[1:] in near.known.given)
    return servant or given or near.before == WITH or near.after in OTHERS or at_market(near)


def weekday_of_something(near: Near, meaning: Moment) -> bool:
    """«يوم اثنين الهزيمة»."""
    indefinite = near.size == 2 and meaning.weekday and not near.norms[near.last - 1].startswith(ARTICLE)
    return bool(indefinite and near.after.startswith(ARTICLE))


def bare_part(near: Near, meaning: Moment) -> bool:
    """«مساء يوم في مايو», «مساء ثاني أيام العيد»: of a day named otherwise; «عصرا جديدا», «خلال أمسية شعرية»."""
    if near.size != 1 or not meaning.part:
        return False
    other_day = near.after_is("ordinal") and meaning.day is None and not meaning.weekday
    era = near.head == ERA and near.after.endswith("ا")
    return near.after_is("unit-1") or other_day or era or near.head == SOIREE


def counted_year(near: Near, meaning: Cycle) -> bool:
    """«وهذه السنة الثانية على التوالي»: this is the second."""
    return near.size == 2 and meaning.step == 0 and near.after.startswith(ARTICLE) and near.after_is("ordinal")


# --- days counted from today ---------------------------------------------------------------------------------------


def tomorrow_of_something(near: Near, meaning: Counted) -> bool:
    """«جيل الغد», «غد أفضل»: behind few words only is it a day."""
    if near.size != 1 or near.head not in TOMORROW or near.head.startswith(BY):
        return False
    if not near.before_is("since", "until", "from", "to", "deictic"):
        return True
    described = near.last < len(near.norms) and near.kinds[near.last] == LETTER and near.after not in near.known.starts
    return ARTICLE not in near.head and described


def described_night(near: Near, meaning: Counted) -> bool:
    """«الليلة الختامية», «الليلة الظلماء», «الليلة التي»."""
    if not meaning.part or near.size != 1:
        return False
    return near.after in WHICH or (near.after.startswith(ARTICLE) and near.after.endswith(("ه", "اء")))


def first_day_of_something(near: Near, meaning: Counted) -> bool:
    """«صباح اليوم الأول من الدوام»."""
    return bool(near.size == 2 and meaning.part and near.after_is("ordinal"))


def day_which(near: Near, meaning: Counted) -> bool:
    """«هذا اليوم الذي»."""
    return near.size == 2 and near.after in WHICH and not meaning.amounts[0][0] and meaning.weekday is None


def day_as_rate(near: Near, meaning: Counted) -> bool:
    """«في اليوم», «400 ريال لليوم»: a rate; «اليوم الذي» and «اليوم الأول» are of some other day."""
    if near.size != 1 or meaning.amounts[0][0] != 0:
        return False
    rate = near.before_is("in") or near.head.startswith(BY) or near.head in FOR_THE_DAY
    return rate or near.after in WHICH or near.after_is("ordinal")


# --- decades and hours that could be something else ----------------------------------------------------------------


def degrees(near: Near, meaning: Meaning) -> bool:
    """«منتصف الأربعينات المئوية»."""
    return decade_of(meaning) is not None and near.after_is("degrees")


def of_age(near: Near, meaning: Meaning) -> bool:
    """«من عمره في الثلاثينات», «أعمارهم بين التاسعة والعاشرة»."""
    if decade_of(meaning) is None and not hours_alone(near.phrase):
        return False
    return any(near.known.is_particle(word, "age-word") for word in near.norms[max(0, near.first - AGED) : near.first])


REFUSALS: Mapping[type[Meaning], tuple[Callable[[Near, Any], bool], ...]] = {
    Moment: (
        quoted_word, quarter_of_game, in_the_hour, piece_of_numbers, name_of_place, of_a_person,
        hour_of_century, bare_weekday,
        weekday_of_something, bare_part, degrees, of_age,
    ),
    Counted: (
        quoted_word, named_now, tomorrow_of_something, described_night, first_day_of_something, day_which, day_as_rate,
    ),
    Duration: (
        quoted_word, channel_hours, amount_and_year, was_held, contracts, holding, units_of_something, another, cents,
        night_of_month, night_of_something,
    ),
    Range: (prices, degrees, of_age),
    Every: (quoted_word, adverb_as_adjective, greeting, everybody),
    Vague: (
        named_now, vague_as_adjective, described_future, last_moment, remembered_past, near_to, better_off,
        later_in_something, its_time,
    ),
    Cycle: (counted_year,),
}  # fmt: skip
"""What a meaning of each kind must not be."""


# --- what several of them ask --------------------------------------------------------------------------------------


def adjective_of(near: Near) -> bool:
    """Is the «سنويا» the adjective of an indefinite noun before it, and no habit?"""
    norms, at, noun, known = near.norms, near.first, near.before, near.known
    if not noun.endswith("ا") or noun.endswith(NO_NOUN) or len(noun) < 4 or norms[at] == noun:
        return False
    if noun.startswith(ARTICLE) or near.words.span(at - 1).of(near.words.view.source).endswith("أ"):
        return False  # «سيبدأ قريبا»
    counted = at > 1 and (norms[at - 2].isdecimal() or known.is_particle(norms[at - 2], "number"))
    return not (counted or noun in known.adverbs or noun in known.starts or noun in known.measures)


NO_NOUN = ("ها", "نا", "يا", "هما", "اا")
"""Pronouns, verbs of «we», adverbs («عالميا سنويا»)."""


def comparative(norm: str) -> bool:
    """«أفضل», «بأسوأ», «الأفقر»: by its pattern."""
    stem = norm.removeprefix(BY).removeprefix(ARTICLE)
    return len(stem) == 4 and stem[0] == "ا"


def at_market(near: Near) -> bool:
    """«سوق الثلاثاء», «سوق (الثلاثاء)»."""
    back = 2 if near.before in OPENING else 1
    return near.first >= back and near.norms[near.first - back] in near.known.markets


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
