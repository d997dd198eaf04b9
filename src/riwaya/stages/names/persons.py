"""Persons: a title before a name, given and family names, well-known persons, and offices without a name."""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.stages.names.knowledge import HEADS, PERSONAL, TITLES, Part
from riwaya.stages.names.page import QUOTES, Find, Page
from riwaya.stages.names.personal import CLOSERS, name_end, supported

__all__ = ["offices", "persons"]

COMMAS = frozenset(",")
OF = ("ل", "ب")
MOST_UNKNOWN = 5
"""Words of an office's complement that no rule knows, between the office and the name."""


def persons(page: Page) -> Iterator[Find]:
    """Named persons."""
    yield from _well_known(page)
    for i in page.having(TITLES | PERSONAL | Part.PARTICLE | Part.COMPOUND | Part.SAYING):
        parts = page.any[i]
        if parts & TITLES:
            yield from _titled(page, i)
        if parts & (PERSONAL | Part.PARTICLE | Part.COMPOUND):
            yield from _by_given_name(page, i)
        if parts & Part.SAYING:
            yield from _by_apposition(page, i)


def _well_known(page: Page) -> Iterator[Find]:
    for i, spots in page.spots.items():
        for spot in spots:
            person = next((k for k in spot.bearers if k.kind == "person"), None)
            if person is None or page.behind(i, "facility"):
                continue
            if person.needs != "nothing" and not _cue_before(page, i):
                continue
            last = spot.last
            bound = page.inside(last + 1, i) and page.parts(last + 1) & Part.PARTICLE
            if bound and (longer := name_end(page, i, spot.skip)):
                last = max(last, longer)  # «محمد بن سلمان بن عبدالعزيز»
            yield Find(i, last, spot.skip, "person", "name", person.rule, 9, nested=True)
            break


def _cue_before(page: Page, i: int) -> bool:
    before = page.before_quote(i - 1)
    return bool(page.any_parts(before) & (Part.SAYING | Part.RANK | Part.CALLING | Part.HOLDER | Part.FORCE))


def _titled(page: Page, i: int) -> Iterator[Find]:
    """A title, perhaps adjectives, and a name."""
    title = page.form(i, TITLES)
    if title is None or (title.part & (Part.RANK | Part.CALLING) and page.behind(i, "facility")):
        return
    j = i + title.length
    adjectives = 0
    while j < page.size and page.inside(j, i) and adjectives < 4:
        if page.parts(j) & (Part.QUALIFIER | Part.NATIONAL) or (adjectives == 0 and _of_group(page, j)):
            j, adjectives = j + 1, adjectives + 1
        elif page.norms[j] in QUOTES and adjectives == 0:
            j += 1
        elif page.parts(j) & (Part.RANK | Part.CALLING) and (inner := page.form(j, Part.RANK | Part.CALLING)):
            title, j = inner, j + inner.length
        else:
            break
    if j >= page.size or not page.inside(j, i) or not page.is_word(j):
        return
    rule = f"{title.rule} + ar/names/person"
    if title.part & Part.RANK or (title.part & Part.HOLDER and adjectives):
        last = name_end(page, j, titled=True)
        one_unknown = last == j and not page.personal(j) and not title.part & Part.RANK
        if last is not None and not one_unknown and _believable(page, j, last):
            yield Find(j, last, 0, "person", "name", rule, 8)
    elif title.part & Part.HOLDER and title.length == 1 and _lone_nisba(page, j):
        yield Find(j, j, 0, "person", "name", rule, 6)
    elif page.parts(j) & PERSONAL and title.part & (Part.CALLING | Part.HOLDER):
        last = name_end(page, j, titled=True)
        if last is not None and (last > j or not page.parts(j) & Part.AMBIGUOUS):
            yield Find(j, last, 0, "person", "name", rule, 7)


def _of_group(page: Page, j: int) -> bool:
    """Is it «الحوثي» in «القيادي الحوثي سليم الوردي»: a nisba before a given name?"""
    following = j + 1
    given = page.inside(following, j) and page.parts(following) & (Part.GIVEN | Part.AMBIGUOUS)
    return bool(given) and page.definite(j) and page.norms[j].endswith("ي")


def _name_goes_on(page: Page, i: int) -> bool:
    """Is the word behind word i a name or unknown?"""
    following = i + 1
    return page.inside(following, i) and (page.personal(following) or page.namely(following))


def _lone_nisba(page: Page, j: int) -> bool:
    """Is it a family name that no table knows: «الوزير الوردكي»?"""
    if not page.inside(j + 1, j) or not (page.norms[j + 1] in CLOSERS or page.beside(j + 1, "place-preposition")):
        return False
    return page.definite(j) and page.norms[j].endswith("ي") and page.namely(j) and not page.parts(j)


def _believable(page: Page, first: int, last: int) -> bool:
    """A title alone does not make a name of what may be its complement or an adjective."""
    if any(page.parts(k) & PERSONAL for k in range(first, last + 1)):
        return True
    if page.parts(first) & Part.KNOWN and page.known(first, "person") is None:
        return False
    return not page.definite(first) or page.norms[first].endswith("ي")


def _by_given_name(page: Page, i: int) -> Iterator[Find]:
    for split in page.splits[i]:
        if not split.parts & (Part.GIVEN | Part.AMBIGUOUS | Part.PARTICLE | Part.COMPOUND):
            continue
        if page.inside(i, i - 1) and page.beside(i - 1, "son-of"):
            continue  # the middle of a name that was given up
        title = i - 1 if page.parts(i - 1) & (Part.RANK | Part.CALLING) else i
        if page.behind(i, "facility") or page.behind(title, "facility"):
            continue
        if split.clitic and split.parts & Part.AMBIGUOUS and not supported(page, i):
            continue
        if (
            split.clitic
            and not split.parts & (Part.GIVEN | Part.AMBIGUOUS)
            and split.rest not in page.knows.beside["sure-opening"]
        ):
            continue
        if split.clitic and page.norms[i] in page.knows.frequency and not _name_goes_on(page, i):
            continue  # «لجان التوظيف»
        if _of_group(page, i) and page.inside(i, i - 1) and page.definite(i - 1):
            continue  # «البرلمان العربي أحمد …»
        opens = split.rest in page.knows.beside["opening-particle"]
        if split.parts & Part.PARTICLE and not split.parts & PERSONAL and not opens:
            continue
        last = name_end(page, i, split.skip)
        if last is not None:
            yield Find(i, last, split.skip, "person", "name", "ar/given + ar/names/person", 7)
            return


def _by_apposition(page: Page, i: int) -> Iterator[Find]:
    """A verb of saying, two or three unknown words, a comma, and an office: «صرح كارل فيندل، الناطق باسم …»."""
    saying = page.form(i, Part.SAYING)
    if saying is None:
        return
    j = first = i + saying.length
    while j < page.size and j - first < 3 and page.inside(j, i) and (page.namely(j) or page.personal(j)):
        j += 1
    comma = j - first >= 2 and page.inside(j + 1, i) and page.norms[j] in COMMAS
    if comma and page.form(j + 1, TITLES) is not None:
        yield Find(first, j - 1, 0, "person", "name", f"{saying.rule} + ar/names/apposition", 7)


def offices(page: Page, finds: list[Find]) -> Iterator[Find]:
    """Offices that stand for their holder: «محافظ حمص», «مدير المرصد», «الرئيس الروسي».

    An office whose holder is named before or behind it is a role and no mention: «وزير الري سليم الوردي», «سليم الوردي
    وزير الري رئيس اللجنة العليا».
    """
    starts: dict[int, Find] = {}
    bodies: dict[int, Find] = {}
    for find in finds:
        if find.kind != "person":
            longest = bodies.get(find.first)
            if longest is None or find.last > longest.last:
                bodies[find.first] = find
                if not find.skip:
                    starts[find.first] = find
    people = {find.first for find in finds if find.kind == "person"}
    introduced = _offices_named(page, starts) | {
        split.rest.removeprefix("ال")
        for i in people
        if i and page.inside(i, i - 1)
        for split in page.splits[i - 1]
        if split.parts & Part.HOLDER
    }
    found: list[Find] = []
    for i in reversed(page.multi(Part.OFFICE | Part.HOLDER)):
        find_ = _office(page, i, starts, bodies, introduced)
        if find_ is None:
            continue
        if _named_behind(page, find_.last + 1, people, bodies):
            people.add(i)  # the office before this one has the same holder
            continue
        if not find_.skip:
            starts[i] = find_
        found.append(find_)
    ends = {find.last for find in finds if find.kind == "person"}
    for find_ in reversed(found):
        before = find_.first - 1
        comma = before > 0 and page.norms[before] in COMMAS
        if before >= 0 and not find_.skip and page.inside(find_.first, before) and before - comma in ends:
            ends.add(find_.last)
        else:
            yield find_


def _office(page: Page, i: int, starts: dict[int, Find], bodies: dict[int, Find], introduced: set[str]) -> Find | None:
    """The office at word i with what belongs to it."""
    title = page.form(i, Part.OFFICE | Part.HOLDER)
    if title is None or page.unlike(i):
        return None
    before = page.form(i - 1, Part.HOLDER) if i and page.inside(i, i - 1) else None
    if before is not None and before.length > title.length:
        return None  # «ولي العهد» in «ولي ولي العهد»
    j = i + title.length
    if title.part & Part.OFFICE:
        complement = starts.get(page.after_quote(j))
        if complement is None or not page.inside(complement.last, i):
            return None
        last = complement.last
        adjectives = Part.QUALIFIER | Part.NATIONAL
        adjectives |= Part.OF_BODY if complement.level == "nominal" else Part.NONE
        while page.inside(last + 1, i) and page.parts(last + 1) & adjectives:
            last += 1
    else:
        last = j - 1
        while page.inside(last + 1, i) and page.parts(last + 1) & (Part.QUALIFIER | Part.NATIONAL):
            last += 1
        alone = last == j - 1 and title.length == 1
        body = bodies.get(last + 1)
        of = OF if last > i and body is not None and body.skip else OF[:1]
        if body is not None and page.inside(last + 1, i) and page.norms[last + 1].startswith(of):
            alone, last = False, body.last  # «الأمين العام لمجلس التعاون»
        elif last > i and (local := _branch(page, last + 1, bodies)) is not None:
            alone, last = False, local
        if alone and not _spoken_of(page, i, introduced):
            return None
    if page.inside(last + 2, i) and page.beside(last + 1, "affairs") and page.definite(last + 2):
        last += 2  # «نائب وزير الري للشؤون المالية»
    split = page.split_with(i, title.part) if title.length == 1 else page.splits[i][-1]
    skip = split.skip if split and split.clitic and "ال" not in split.clitic else 0
    if i and not skip and page.inside(i, i - 1) and page.norms[i - 1] in page.knows.beside["deputy"]:
        i -= 1
    unnamed = any(s.rest in page.knows.beside["correspondent"] for s in page.splits[i])
    return Find(i, last, skip, "anonymous" if unnamed else "person", "nominal", title.rule, 3)


def _branch(page: Page, j: int, bodies: dict[int, Find]) -> int | None:
    """The last word of «بشرطة منطقة الوردية» behind «الناطق الإعلامي»: an office of a place."""
    where = bodies.get(j + 1)
    if where is None or where.skip or not page.inside(where.last, j):
        return None
    branches = page.knows.beside["branch"]
    return where.last if any(page.norms[j] == of + branch for of in OF for branch in branches) else None


def _offices_named(page: Page, starts: dict[int, Find]) -> set[str]:
    """The offices that the document names with their complement: «محافظ حمص» names a governor."""
    return {
        split.rest
        for i in page.having(Part.OFFICE)
        for split in page.splits[i]
        if split.parts & Part.OFFICE and i + 1 in starts and page.inside(i + 1, i)
    }


def _spoken_of(page: Page, i: int, introduced: set[str]) -> bool:
    """Is it «المحافظ», alone, where the document has named a governor?"""
    if page.inside(i + 1, i) and page.is_word(i + 1) and page.definite(i + 1):
        return False
    offices = page.knows.beside["office-spoken-of"]
    return any(s.rest in offices and s.rest.removeprefix("ال") in introduced for s in page.splits[i])


def _named_behind(page: Page, i: int, people: set[int], bodies: dict[int, Find]) -> bool:
    """Does the holder's name follow: «… لوزارة الري بمنطقة الساحل العقيد سليم الوردي», «… (الوردة) سليم الوردي»?

    Between the two may stand what the office is of (behind «ل», «ب», «في»), ranks, adjectives, forms of address and
    something in brackets.
    """
    start = i - 1
    unknown = 0
    while page.inside(i, start):
        if i in people:
            return True
        norm = page.norms[i]
        if norm in QUOTES or norm in COMMAS:
            i += 1
        elif norm == "(":
            closing = next((k for k in range(i + 1, min(i + 6, page.size)) if page.norms[k] == ")"), None)
            if closing is None:
                return False
            i = closing + 1
        elif i in bodies and (norm.startswith(OF) or unknown or page.norms[i - 1] == "في"):
            i = bodies[i].last + 1
        elif norm == "في" and i + 1 in bodies:
            i += 1
        elif page.parts(i) & (Part.RANK | Part.OPENS) and (rank := page.form(i, Part.RANK)):
            i += rank.length
        elif page.parts(i) & (Part.QUALIFIER | Part.NATIONAL) or page.beside(i, "aside"):
            i += 1
        elif unknown < MOST_UNKNOWN and page.is_word(i) and (_of(page, i) or (unknown and _goes_on(page, i))):
            i, unknown = i + 1, unknown + 1
        else:
            return False
    return False


def _goes_on(page: Page, i: int) -> bool:
    """Is it a definite noun, or one behind «و»?"""
    return page.definite(i) or page.knows.definite(page.norms[i].removeprefix("و"))


def _of(page: Page, i: int) -> bool:
    """Is word i what an office may be of, with its preposition: «(الناطق) بجوازات …», «لإدارة …», «بالمنطقة»?"""
    norm = page.norms[i]
    if not norm.startswith(OF) or len(norm) < 5 or page.any_parts(i) & Part.SAYING:
        return False
    return norm.startswith(("بال", "لل")) or bool(page.any_parts(i) & (HEADS | Part.NOMINAL_BODY)) or (
        page.inside(i + 1, i) and (page.definite(i + 1) or bool(page.any_parts(i + 1) & (HEADS | Part.KNOWN)))
    )  # fmt: skip
