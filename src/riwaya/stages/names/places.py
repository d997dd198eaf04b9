"""Places: known ones, those behind «مدينة» and its like, and parts of countries."""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.lang.gazetteer import Known
from riwaya.stages.names.knowledge import HEADS, PERSONAL, TITLES, Part
from riwaya.stages.names.page import Find, Page, Spot

__all__ = ["places"]

RARE = 3.8
"""Behind a landmark only a definite word below this frequency (Zipf) is a name: «سد الفجوة» is none."""
KNOWN_SIZE = 200_000
"""A town of the gazetteer with so many people is believed without a cue."""


def places(page: Page) -> Iterator[Find]:
    """Named places."""
    headed: set[int] = set()
    for i in page.having(Part.PLACE | Part.AREA | Part.REGION | Part.OFFICE):
        parts = page.any[i]
        if parts & Part.OFFICE:
            yield from _governed(page, i)
        if parts & (Part.PLACE | Part.AREA):
            for find in _headed(page, i):
                headed.update(range(find.first, find.last + 1))
                yield find
        if parts & Part.REGION:
            yield from _part_of_country(page, i)
    accepted: set[int] = set()
    cued = _cued_towns(page, headed)
    for i, spots in page.spots.items():
        if i in headed:
            continue
        for spot in spots:
            place = _believed(page, spot, accepted, cued)
            if place is not None:
                accepted.add(spot.last)
                rank = 5 if place.type != "town" else 4
                rule = place.rule if place.type != "town" else "ar/places"
                yield Find(spot.first, _directed(page, spot.last), spot.skip, "place", "name", rule, rank, nested=True)
                break


def _cued_towns(page: Page, headed: set[int]) -> set[str]:
    """The rules of towns that a preposition or a head makes sure of somewhere in the document."""
    nothing: set[int] = set()
    towns: set[str] = set()
    for i, spots in page.spots.items():
        for spot in spots if i not in headed else ():
            if all(k.type == "town" for k in spot.bearers) and (town := _believed(page, spot, nothing, towns)):
                towns.add(town.rule)
    return towns


def _believed(page: Page, spot: Spot, accepted: set[int], cued: set[str]) -> Known | None:
    """The bearer under which the name is believed here; None when it may be an ordinary word or a person."""
    bearers = [k for k in spot.bearers if k.kind == "place"]
    i = spot.first
    if not bearers or page.adverbial(spot.last):
        return None
    first = page.norms[i][spot.skip :] if spot.skip else page.norms[i]
    long = spot.last > spot.first
    if page.parts(i) & Part.NATIONAL and not long and page.inside(i, i - 1) and i > 0 and _describes(page, i):
        return None
    for place in bearers:
        if place.type != "town" and place.needs == "nothing":
            return place
    cue = _cue(page, spot, accepted)
    for place in bearers:
        if place.type != "town" and cue and place.needs != "head":
            return place
    if any(place.needs == "head" for place in bearers):
        return None
    towns = [k for k in bearers if k.type == "town"]
    if not towns:
        return None
    town = max(towns, key=lambda k: k.population)
    if long:
        near = any(page.knows.parts.get(page.norms[k], Part.NONE) & PERSONAL for k in range(spot.first, spot.last + 1))
        return town if cue or not near else None
    parts = page.knows.parts.get(first, Part.NONE)
    ordinary = first in page.knows.frequency or page.norms[i] in page.knows.frequency
    if ordinary and town.population >= 500_000 and not spot.clitic and cue:
        ordinary = len(first) < 6
    if parts & ~Part.KNOWN or len(first) < 4 or ordinary:
        return None
    if page.personal(i - 1) or (page.inside(i + 1, i) and page.personal(i + 1)):
        return None
    return town if cue or town.rule in cued or town.population >= KNOWN_SIZE else None


def _describes(page: Page, i: int) -> bool:
    """Is «السعودية» behind a definite noun an adjective: «الحدود السعودية»?"""
    return (
        page.norms[i - 1].removeprefix("و").removeprefix("ب").startswith(("ال", "لل"))
        and (not page.beside(i - 1, "no-article") and not page.beside(i - 1, "place-preposition"))
    ) or bool(page.parts(i - 1) & (Part.NATIONAL | Part.OF_BODY))


def _cue(page: Page, spot: Spot, accepted: set[int]) -> bool:
    """Does a preposition of place, a head, or a place just before say that this is one?"""
    if "ب" in spot.clitic:
        if any(k.type != "town" for k in spot.bearers):
            return True
        norm = page.norms[spot.first]
        return (norm not in page.knows.frequency and not page.knows.derived(norm)) or page.norms[spot.first][
            spot.skip :
        ].startswith("ال")
    before = page.before_quote(spot.first - 1)
    if before < 0 or not page.inside(spot.first, before):
        return False
    norm = page.norms[before]
    if page.beside(before, "place-preposition") or page.parts(before) & (Part.PLACE | Part.AREA):
        return True
    if norm == ",":
        before -= 1
    return before in accepted and (norm == "," or "و" in spot.clitic or page.norms[before] == "و")


def _headed(page: Page, i: int) -> Iterator[Find]:
    """«مدينة تدمر», «ريف حمص الشرقي», «بلدتي كذا وكذا»: a head and its name, known or learned."""
    head = page.form(i, Part.PLACE | Part.AREA)
    split = page.split_with(i, Part.PLACE | Part.AREA)
    if head is None or split is None:
        return
    skip = split.skip
    k = page.after_quote(i + head.length)
    quoted = k > i + head.length
    while (
        k < page.size
        and page.inside(k, i)
        and page.parts(k) & (Part.PLACE | Part.AREA)
        and page.norms[k] not in page.knows.beside["leader"]
    ):
        k += 1  # «ريف مدينة حمص»: the inner head brings the name
    inner = k > page.after_quote(i + head.length)
    if inner or k >= page.size or not page.inside(k, i) or not page.is_word(k):
        return
    sure = split.rest in page.knows.beside["settlement"]
    if not sure and split.rest in page.knows.beside["landmark"] and page.is_word(k):
        sure = page.knows.frequency.get(page.norms[k], 0.0) < RARE
    if split.rest in page.knows.beside["quarter"] and page.parts(k) & Part.NOMINAL_PLACE and page.definite(k):
        last: int | None = k
    else:
        last = _place_end(page, k, bool(head.part & Part.PLACE), sure)
    if last is None:
        return
    plural = split.rest in page.knows.beside["several"]
    rule = f"{head.rule} + ar/names/place"
    if plural or quoted:
        yield Find(k, last, 0, "place", "name", rule, 6)
        yield from _list(page, last, rule, bool(head.part & Part.PLACE))
        return
    last = _directed(page, last, always=split.rest in page.knows.beside["directed"])
    if split.rest in page.knows.beside["landmark"] and page.inside(last + 1, i):
        last += page.beside(last + 1, "international")
    yield Find(i, last, skip, "place", "name", rule, 6)


def _governed(page: Page, i: int) -> Iterator[Find]:
    """«محافظ الوردية», «عمدة الوردية»: the place of a local office, known or learned."""
    split = page.split_with(i, Part.OFFICE)
    k = i + 1
    if split is None or split.rest not in page.knows.beside["local-office"] or not page.inside(k, i):
        return
    if page.unlike(i) or not page.is_word(k) or page.personal(k) or page.known(k, "place") is not None:
        return
    last = _place_end(page, k, learned=True, sure=True)
    if last is not None and not page.parts(last + 1) & (Part.OF_BODY | Part.NATIONAL):
        rule = f"{page.knows.rule(split.rest, Part.OFFICE)} + ar/names/place"
        yield Find(k, last, 0, "place", "name", rule, 6)


def _place_end(page: Page, k: int, learned: bool, sure: bool) -> int | None:
    """The last word of the place's name that starts with word k."""
    spot = page.known(k, "place")
    if spot is not None:
        return spot.last
    norm, parts = page.norms[k], page.parts(k)
    if (
        norm in page.knows.beside["leader"]
        and page.inside(k + 1, k)
        and page.is_word(k + 1)
        and not page.any_parts(k + 1) & Part.SAYING
    ):
        end = k + 2 if page.norms[k + 1] in page.knows.beside["leader"] and page.inside(k + 2, k) else k + 1
        if end < page.size and page.is_word(end) and (page.namely(end) or page.definite(end)):
            return end
        return None
    if not learned or k in page.times:
        return None
    taken = TITLES | HEADS | Part.SAYING | Part.NATIONAL | Part.FOREIGNER | Part.QUALIFIER | Part.OF_BODY
    if parts & (taken | Part.NOMINAL_PLACE | Part.NOMINAL_ORGANISATION | Part.DIRECTION | Part.PORTFOLIO | Part.ARMY):
        return None
    if norm.startswith("م") and len(norm) == 6 and norm[3] == "و" and norm.endswith("ه"):
        return None  # a passive participle: «مدينة محفورة»
    if page.namely(k) or page.personal(k):
        return k
    if sure and page.definite(k) and len(norm) >= 5 and not norm.endswith(("ين", "ون", "ات")):
        return k if page.knows.frequency.get(norm, 0.0) < 4.8 else None
    return None


def _list(page: Page, last: int, rule: str, learned: bool) -> Iterator[Find]:
    """The further members of «بلدات كذا وكذا وكذا»."""
    for _ in range(8):
        j = last + 1
        comma = page.inside(j, last) and j < page.size and page.norms[j] == ","
        j += comma
        if j >= page.size or not page.inside(j, last) or not page.is_word(j):
            return
        skip = 1 if page.norms[j].startswith("و") and len(page.norms[j]) > 3 else 0
        if not skip and not comma:
            return
        rest = page.norms[j][skip:]
        known = page.knows.gazetteer.of((rest,))
        ordinary = page.knows.frequency.get(rest, 0.0) > 3.6 or page.knows.parts.get(rest, Part.NONE) & ~(
            Part.KNOWN | PERSONAL
        )
        if not any(k.kind == "place" for k in known) and (ordinary or not learned or len(rest) < 3):
            return
        yield Find(j, j, skip, "place", "name", rule, 6)
        last = j


def _directed(page: Page, last: int, always: bool = False) -> int:
    """Takes in «الشرقي» behind a countryside or a governorate."""
    following = last + 1
    if always and page.inside(following, last) and following < page.size and page.parts(following) & Part.DIRECTION:
        return following
    return last


def _part_of_country(page: Page, i: int) -> Iterator[Find]:
    """«الشمال السوري», «الأراضي التركية»."""
    split = page.split_with(i, Part.REGION)
    if split and page.inside(i + 1, i) and i + 1 < page.size and page.parts(i + 1) & Part.NATIONAL:
        yield Find(i, i + 1, split.skip, "place", "name", page.knows.rule(split.rest, Part.REGION), 6)
