"""Names of bodies word by word: a head, its complement, adjectives, «و» and «ل»: «وزارة النقل والطرق».

Where the name ends is a matter of agreement and of a few closed classes of words (`lang/ar/besides.toml`).
Source: K. Ryding, A Reference Grammar of Modern Standard Arabic (2005), ch. 8 (construct phrase) and 10 (agreement).
"""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.stages.names.knowledge import HEADS, PERSONAL, TITLES, Part, Split
from riwaya.stages.names.page import QUOTES, Find, Page

__all__ = ["ADJECTIVES", "adjectives", "bodies"]

ADJECTIVES = Part.NATIONAL | Part.OF_BODY
MOST_ADJECTIVES = 4
MOST_JOINED = 4
"""«وزارة الشؤون الإسلامية والأوقاف والدعوة والإرشاد»."""
PEOPLE = ("ين", "ون")
OTHERS = Part.PORTFOLIO | Part.ARMY | TITLES | Part.KNOWN | Part.NOMINAL_PLACE
NOMINAL = Part.NOMINAL_PLACE | Part.NOMINAL_ORGANISATION | Part.NOMINAL_BODY


def bodies(page: Page, i: int) -> Iterator[Find]:
    """The body whose head is word i: «وزارة الخارجية الفرنسية», «هيئة الأركان العامة», «جامعة باكنغهام»."""
    form = page.form(i, Part.BODY | Part.NAMED | Part.OUTLET)
    split = page.split_with(i, Part.BODY | Part.NAMED | Part.OUTLET)
    if form is None or split is None or not page.inside(i + form.length, i):
        return
    if split.rest in page.knows.beside["made-of-people"] and (people := _of_people(page, i)):
        yield Find(i, people, split.skip, "organisation", "name", f"{form.rule} + ar/names/body", 6)
    elif form.part & (Part.BODY | Part.NAMED):
        last = _last(page, i, i + form.length, split, bool(form.part & Part.NAMED))
        if last is not None:
            yield Find(i, last, split.skip, "organisation", "name", f"{form.rule} + ar/names/body", 5)


def _last(page: Page, i: int, k: int, split: Split, named: bool) -> int | None:
    """The last word of the body with head i, whose complement would start at k."""
    last: int | None
    if split.rest in page.knows.beside["front"] and page.beside(i - 1, "place-preposition"):
        return None  # «على الجبهة السورية» is where they fight
    if page.knows.definite(split.rest):
        last = _further(page, i, _numbered(page, i, adjectives(page, k - 1), split))
        return last if last >= k else None
    if page.norms[k] in QUOTES:
        last = page.quoted(k + 1, 6)
        described = last == k + 1 and page.norms[last].endswith("يه") and not page.definite(last)  # «لجنة "إرشادية"»
        return None if described or page.any_parts(i) & Part.AGENCY else last
    if page.norms[k] in page.knows.beside["no-complement"]:
        return None  # «هيئة التدريس» is its teachers
    inner = page.norms[k] in page.knows.beside["inner"]
    last = _inner(page, k) if inner else _complement(page, k, split, named)
    if last is None or page.norms[last] in page.knows.beside["whole"]:
        return last
    if named and not page.definite(k) and page.namely(k):
        return _proper(page, last)
    masculine = None if page.form(k, Part.PORTFOLIO) else not split.rest.endswith("ه")
    if split.rest in page.knows.beside["sure-body"] and page.inside(last + 1, i) and _field(page, last + 1):
        last += 1
    last = adjectives(page, last, masculine, feminine_head=split.rest.endswith("ه"))
    return _further(page, i, last, joins=not named or page.definite(k))


def _proper(page: Page, last: int) -> int:
    """«شركة فيندل كارل للطاقة»: a foreign name goes on; the adjective of its country is no part of it."""
    end = last
    while end < last + 2 and page.inside(end + 1, last) and page.is_word(end + 1):
        if not (page.namely(end + 1) or page.parts(end + 1) & (Part.GIVEN | Part.FOREIGN)) or page.definite(end + 1):
            break
        if page.norms[end + 1].startswith(("و", "ب", "ل")) or page.any_parts(end + 1) & Part.SAYING:
            break
        end += 1
    following = end + 1
    if page.inside(following, last) and page.norms[following].startswith("لل") and len(page.norms[following]) > 4:
        return adjectives(page, following, masculine=False)
    return end


def _inner(page: Page, k: int) -> int | None:
    """«(مجلس) إدارة الشركة», «(هيئة) تطوير مدينة الوردية»: a noun that takes the complement of the body."""
    j = k + 1
    if not page.inside(j, k) or not page.is_word(j):
        return None
    if spot := page.known(j, "organisation") or page.known(j, "place"):
        return spot.last
    if page.norms[j] in page.knows.beside["inner"]:
        return _inner(page, j)
    form, split = page.form(j, Part.BODY | Part.NAMED), page.split_with(j, Part.BODY | Part.NAMED)
    if form is not None and split is not None and not split.skip and page.inside(j + form.length, k):
        inner = _last(page, j, j + form.length, split, bool(form.part & Part.NAMED))
        if inner is not None:
            return inner
    if page.parts(j) & (Part.PLACE | Part.AREA) and page.inside(j + 1, j):
        place = page.known(j + 1, "place")
        return place.last if place else j + 1 if page.definite(j + 1) else None
    if page.definite(j) and j not in page.times and not page.parts(j) & (Part.NATIONAL | Part.SAYING):
        return j
    return None


def _of_people(page: Page, i: int) -> int | None:
    """The last word of «شبكة ناشطي الوادي»: a body, its members, and the place or the trade they are of."""
    k = i + 1
    if not page.inside(k + 1, i) or not page.beside(k, "members-of") or not page.is_word(k + 1):
        return None
    spot = page.known(k + 1, "place")
    if spot is None and page.parts(k + 1) & (Part.PLACE | Part.AREA):
        return _inner(page, k)  # «مجلس شباب منطقة الوردية»
    last = spot.last if spot else k + 1 if page.namely(k + 1) or page.definite(k + 1) else None
    return None if last is None else adjectives(page, last)


def _numbered(page: Page, i: int, last: int, split: Split) -> int:
    """«الفيلق الثالث»; a bare definite noun is a nominal and not meant."""
    if split.rest in page.knows.beside["numbered"] and page.beside(i + 1, "ordinal"):
        return max(last, i + 1)
    return last


def _complement(page: Page, k: int, split: Split, named: bool) -> int | None:
    """The last word of the genitive at word k that makes a name with the body before it."""
    if not page.is_word(k):
        return None
    if named:
        if spot := page.known(k, "place"):
            return spot.last
        sure = split.rest in page.knows.beside["sure-body"] and _sure_name(page, k)
        if split.rest in page.knows.beside["company"] and page.inside(k + 1, k) and page.norms[k + 1].startswith("لل"):
            sure = _sure_name(page, k)
            return k if sure and not page.definite(k) else None
        if page.norms[k].endswith("ات") and not page.definite(k):
            return None  # «شركة مقاولات»
        return k if page.namely(k) or (page.definite(k) and (sure or not page.plain(k))) else None
    if portfolio := page.form(k, Part.PORTFOLIO):
        return k + portfolio.length - 1
    if split.rest in page.knows.beside["centre"] and page.parts(k) & Part.NOMINAL_PLACE:
        return None
    if split.rest in page.knows.beside["doing"] and not _department(page, k):
        return None
    if split.rest in page.knows.beside["of-places"] and (spot := page.known(k, "place")):
        return spot.last
    if not page.definite(k) or k in page.times or page.parts(k) & (Part.NATIONAL | TITLES | Part.SAYING):
        return None
    if _people(page, k) and split.rest not in page.knows.beside["of-people"]:
        return None
    # An unknown word behind «مركز» is most often a place that is no body: «مركز الوردية».
    return k if page.norms[k] in page.knows.frequency or page.parts(k) or page.knows.derived(page.norms[k]) else None


def _department(page: Page, k: int) -> bool:
    """Is «إدارة …» an office, not the managing of something: «إدارة الجوازات», not «إدارة الصراع»?"""
    return page.norms[k] in page.knows.beside["department"] or bool(
        page.parts(k) & (Part.NOMINAL_BODY | Part.PORTFOLIO) or page.known(k, "organisation")
    )


def _people(page: Page, k: int) -> bool:
    """Is word k a plural of people: «المحامين»? «الشؤون», «التأمين» only look so."""
    norm = page.norms[k]
    return (
        norm.endswith(PEOPLE)
        and norm.removeprefix("و").removeprefix("لل").removeprefix("ال") not in (page.knows.beside["no-people"])
    )


def _sure_name(page: Page, k: int) -> bool:
    """May an ordinary definite word be the name of a hospital or a university: «مستشفى الأمل»?"""
    taken = TITLES | HEADS | Part.NATIONAL | Part.OF_BODY | Part.NOMINAL_PLACE | Part.NOMINAL_ORGANISATION
    return not _people(page, k) and k not in page.times and not page.parts(k) & taken


def adjectives(page: Page, last: int, masculine: bool | None = None, feminine_head: bool = False) -> int:
    """The last of the adjectives that follow; `masculine` says that a body stands before them, and its gender.

    A body takes every nisba that agrees with it or with a plural: «الدراسات الأمنية», «مجلس القضاء الإداري». Behind a
    head and a complement that are both feminine a masculine one is of somebody before: «وكيل وزارة الطاقة الفلاني».
    """
    start = last
    while last - start < MOST_ADJECTIVES and page.inside(last + 1, start):
        following = last + 1
        if following in page.times:
            break
        agreed = masculine is not None and _nisba(page, following, masculine)
        of_people = page.norms[last].endswith(PEOPLE) and page.beside(following, "peoples")
        if not (page.parts(following) & ADJECTIVES or agreed or of_people):
            break
        if feminine_head and page.norms[start].endswith(("ه", "اء")) and page.norms[following].endswith("ي"):
            break
        last = following
    return last


def _nisba(page: Page, i: int, masculine: bool) -> bool:
    """Is word i a definite nisba that goes with the word before it, or with a masculine body?"""
    norm, before = page.norms[i], page.norms[i - 1]
    if not page.definite(i) or page.parts(i) & OTHERS:
        return False
    common = not page.knows.frequency.keys().isdisjoint((norm, norm[2:], norm + "ه"))
    if norm.endswith("يه"):
        return common or not page.parts(i)  # «الثروة السمكية»
    noun = page.definite(i - 1) or before.startswith(("لل", "وال"))
    agrees = masculine or (noun and not before.endswith(("ه", "ات", "اء", *PEOPLE)))
    return agrees and common and norm.endswith("ي") and not page.parts(i) & PERSONAL


def _field(page: Page, i: int) -> bool:
    """Is word i the nisba in «كلية العلوم الإدارية», «مستشفى الصحة النفسية»?"""
    return page.definite(i) and page.norms[i].endswith("يه") and not page.parts(i) & (OTHERS | Part.NATIONAL)


def _further(page: Page, i: int, last: int, joins: bool = True) -> int:
    """«… والاستخباراتية», «… لحقوق الإنسان», «… للقوات المسلحة السورية», «… وريادة الأعمال»."""
    if last == i and page.knows.definite(page.norms[i]):
        return last  # «اجتمعت الهيئة والجهات المشاركة», «خرجت اللجنة للتأكد»
    if (purpose := _purpose(page, i, last + 1)) is not None:
        last = purpose
    if page.inside(last + 2, i) and page.norms[last + 1] == "ذوي" and page.definite(last + 2):
        last = adjectives(page, last + 2, masculine=False)  # «جمعية الأشخاص ذوي الإعاقة»
    for _ in range(MOST_JOINED if joins else 0):
        if (joined := _joined(page, last + 1, i)) is None:
            break
        last = adjectives(page, joined, masculine=False)
    return last


def _purpose(page: Page, i: int, j: int) -> int | None:
    """The last word of «للقوات المسلحة», «لحقوق الإنسان» at word j."""
    if not page.inside(j, i) or not page.is_word(j):
        return None
    norm = page.norms[j]
    if norm.startswith("ل") and (page.parts(j - 1) & ADJECTIVES or page.definite(i)) and (of := _of_body(page, j)):
        return of
    if norm.startswith("لل") and page.norms[i].endswith("وزاره"):
        return None
    if norm.startswith("لل") and len(norm) > 3 and norm != "لله":
        going = _people(page, j) or page.beside(j, "going-to")
        return None if going else adjectives(page, j, masculine=False)
    qualified = bool(page.parts(j - 1) & ADJECTIVES)
    if not page.beside(j, "purpose") and not (qualified and page.beside(j, "doing-for")):
        return None
    end = j
    while end < j + 3 and page.inside(end + 1, i):
        if not page.definite(end + 1) or end + 1 in page.times or page.any_parts(end + 1) & (HEADS | TITLES):
            break
        end += 1
    return adjectives(page, end) if end > j else None


def _of_body(page: Page, j: int) -> int | None:
    """The last word of «لهيئة كبار العلماء», «لجيش النظام», «للدفاع المدني», behind «الأمانة العامة» and its like."""
    for spot in page.spots.get(j, ()):
        if spot.clitic.endswith("ل") and any(known.kind == "organisation" for known in spot.bearers):
            return spot.last
    form = page.form(j, Part.BODY | Part.NAMED)
    split = page.split_with(j, Part.BODY | Part.NAMED | Part.FORCE)
    if split is None or not split.clitic.endswith("ل") or not page.inside(j + 1, j):
        return None
    if form is not None and page.inside(j + form.length, j):
        return _last(page, j, j + form.length, split, bool(form.part & Part.NAMED))
    return adjectives(page, j + 1) if page.beside(j + 1, "regime") else None


def _joined(page: Page, j: int, i: int) -> int | None:
    """The last word of a second complement at word j: «وزارة النقل والطرق», «مركز الإبداع وريادة الأعمال»."""
    if not page.inside(j, i) or not page.is_word(j) or page.parts(j - 1) & Part.NATIONAL:
        return None
    norm = page.norms[j]
    others = HEADS | TITLES | Part.ARMY | Part.KNOWN | NOMINAL | Part.NATIONAL
    if norm.startswith("وال"):
        if _people(page, j) and not (_people(page, j - 1) or page.parts(j - 1) & Part.OF_BODY):
            return None
        if page.knows.definite(page.norms[i]) and not page.parts(j - 1) & ADJECTIVES and j - 1 == i:
            return None
        known = page.knows.gazetteer.of((norm[3:],)) or page.knows.gazetteer.of((norm[1:],))
        if page.any_parts(j) & others or known or norm[1:] in page.knows.beside["no-complement"]:
            return None
        return j
    inner = norm.startswith("و") and norm[1:] in page.knows.beside["inner"]
    if inner and page.inside(j + 1, j) and page.definite(j + 1) and not page.any_parts(j + 1) & (HEADS | TITLES):
        return j + 1
    return None
