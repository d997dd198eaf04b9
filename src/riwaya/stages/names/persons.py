"""Persons: a title before a name, given and family names, well-known persons, and offices without a name."""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.stages.names.knowledge import PERSONAL, TITLES, Part
from riwaya.lang.ar.frequency import zipf
from riwaya.stages.names.page import QUOTES, Find, Page

__all__ = ["name_end", "offices", "persons"]

MOST_PARTS = 6
COMMAS = frozenset(",")
CLOSERS = frozenset({",", ".", ":", "ان"})
"""What follows a whole name: behind them even a common word was the family name."""
STOP = Part.SAYING


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
            if spot.first == spot.last and person.needs != "nothing" and not _cue_before(page, i):
                continue
            last = spot.last
            if spot.first < spot.last and (longer := name_end(page, i, spot.skip)):
                last = max(last, longer)
            yield Find(i, last, spot.skip, "person", "name", person.rule, 9, nested=True)
            break


def _cue_before(page: Page, i: int) -> bool:
    before = page.before_quote(i - 1)
    return bool(page.any_parts(before) & (Part.SAYING | Part.RANK | Part.CALLING | Part.HOLDER | Part.FORCE))


def name_end(page: Page, i: int, skip: int = 0, trusted: bool = False) -> int | None:
    """The last word of the personal name that starts with word i; None when it makes no name.

    A name is bound by particles («بن», «عبد», «أبو», «دي») and made of given names, family names and words that no
    table knows. `trusted` means that a title stands before it, so one unknown word is enough.
    """
    j, parts, unknown, sure = i, 0, 0, 0
    while j < page.size and parts < MOST_PARTS and page.inside(j, i) and page.is_word(j):
        first = j == i
        rest = page.norms[j][skip:] if first else page.norms[j]
        its = page.knows.parts.get(rest, Part.NONE)
        if j in page.times and not (its & Part.GIVEN):
            break
        following = j + 1 if page.inside(j + 1, i) and j + 1 < page.size and page.is_word(j + 1) else None
        if its & Part.PARTICLE and following is not None and page.parts(following) & Part.PARTICLE:
            j, parts = following, parts + 1  # «بن عبد …», «أبو عبد …»
            continue
        if its & Part.PARTICLE and following is not None and _after_particle(page, rest, following):
            j, parts, sure = following + 1, parts + 1, sure + (0 if rest in ("ام", "بني", "ذو", "ابي", "ابا") else 1)
            if j < page.size and page.inside(j, i) and page.parts(j) & Part.SECOND:
                j += 1
            continue
        if its & Part.COMPOUND and following is not None and page.parts(following) & Part.SECOND:
            j, parts, sure = following + 1, parts + 1, sure + 1
            continue
        if its & Part.FOREIGN and not first and following is not None and (
            page.personal(following) or page.namely(following)
        ):  # fmt: skip
            j, parts = j + 1, parts + 1
            continue
        if its & PERSONAL and (_another_word(page, j, rest) or (parts and _office_begins(page, j, its))):
            break
        if its & (Part.GIVEN | Part.FAMILY):
            sure += 1
        elif its & Part.AMBIGUOUS:
            if first and not trusted and not _supported(page, j):
                break
            if parts >= 2 and rest.startswith("و"):
                break  # «… وسام» may be «و» + «سام»
            sure += 1 if not first else 0
        elif _unknown(page, j, first=first, skip=skip, after_name=sure > 0, titled=trusted):
            unknown += 1
            if unknown > 2:
                break
        else:
            break
        j, parts = j + 1, parts + 1
        if trusted and parts == 1 and j < page.size and page.inside(j, i) and page.beside(j, "ordinal"):
            return j  # «الملك سليم الثاني»
    kunya = page.norms[i][skip:] in page.knows.beside["opening-particle"]
    linked = "بن" in page.norms[i:j] and not page.knows.definite(page.norms[j - 1])
    if ((parts == 1 and sure and not kunya) or linked) and j < page.size and page.inside(j, i) and page.is_word(j) and _family_noun(page, j):
        j, parts = j + 1, max(parts, 2)
    if parts == 0:
        return None
    return j - 1 if trusted or (parts >= 2 and sure >= 1) else None


def _family_noun(page: Page, j: int) -> bool:
    """May a definite common noun behind a given name be its family name: «طارق الفلاح»?"""
    norm = page.norms[j]
    if not page.definite(j):
        closed = j + 1 < page.size and (page.norms[j + 1] in CLOSERS or page.any_parts(j + 1) & TITLES)
        return bool(closed) and not page.parts(j) and page.knows.frequency.get(norm, 0.0) < 3.9 and (
            len(norm) > 3 and not norm.startswith(("و", "ي", "ت", "ل", "ب")) and not norm.endswith(("ا", "ت")) and j not in page.times
        )  # fmt: skip
    if len(norm) < 5 or norm.startswith("الم") or norm.endswith(("ه", "ين", "ون", "ات")) or j in page.times:
        return False
    others = TITLES | Part.NATIONAL | Part.QUALIFIER | Part.OF_BODY | Part.NOMINAL_ORGANISATION | Part.NOMINAL_PLACE
    rare = page.knows.frequency.get(norm, 0.0) < 4.1
    return rare and not page.parts(j) & (others | Part.ARMY | Part.BODY | Part.DIRECTION | Part.REGION | Part.PORTFOLIO)


def _office_begins(page: Page, j: int, its: int) -> bool:
    """«… بن عبدالعزيز أمير منطقة …»: a name that is also an office, with its complement behind it."""
    if not its & (Part.OFFICE | Part.RANK) or not page.inside(j + 1, j) or j + 1 >= page.size:
        return False
    return bool(page.any_parts(j + 1) & (Part.PLACE | Part.AREA | Part.KNOWN | Part.BODY)) or page.definite(j + 1)


def _another_word(page: Page, i: int, rest: str) -> bool:
    """Do the letters as written make another, common word: «على», «أن»?"""
    written = page.spelled(i)
    return written.endswith(("ى", "ه")) and rest.endswith(("ي", "ه")) and written[-1] != "ه" and zipf(written) > 5.5


def _after_particle(page: Page, particle: str, i: int) -> bool:
    """May the word behind «عبد», «بن», «أبو» go on with the name?"""
    if particle == "عبد":
        return page.definite(i) or page.norms[i] in ("ربه", "مناف", "علي", "الله")
    if particle in ("بنت", "ام", "بو", "ذو", "بني", "ابا", "ابي", "ابو", "ولد"):
        return page.personal(i) or page.namely(i) or bool(page.parts(i) & Part.PARTICLE)
    return not page.any_parts(i) & Part.SAYING and not page.beside(i, "place-preposition") and len(page.norms[i]) > 2


def _supported(page: Page, i: int) -> bool:
    """Does something beside an ambiguous given name say that it is one?"""
    if page.any_parts(i - 1) & (Part.SAYING | Part.RANK | Part.CALLING | Part.HOLDER):
        return True
    if not page.inside(i + 1, i):
        return False
    after = page.parts(i + 1)
    if after & (Part.GIVEN | Part.FAMILY) or (after & Part.PARTICLE and page.norms[i + 1] in ("بن", "ابو", "عبد", "ال")):
        return True
    return page.definite(i + 1) and page.norms[i + 1].endswith("ي") and page.namely(i + 1)


def _unknown(page: Page, j: int, *, first: bool, skip: int, after_name: bool, titled: bool) -> bool:
    norm = page.norms[j]
    if (first and skip) or (not first and norm.startswith("و")):
        return False
    if page.namely(j, titled=titled) and not page.parts(j) & (Part.KNOWN | Part.NOMINAL_ORGANISATION | Part.NOMINAL_PLACE):
        return True
    if not (after_name or titled) or first or j in page.times:
        return False
    # A rare nisba with the article behind a given name is a family name, though it may also be an adjective.
    rare = page.knows.frequency.get(norm, 0.0) < 4.0
    parts = page.parts(j)
    return (
        page.definite(j) and norm.endswith("ي") and rare and not parts & (Part.NATIONAL | Part.QUALIFIER | Part.OF_BODY)
    )


def _titled(page: Page, i: int) -> Iterator[Find]:
    """A title, perhaps adjectives, and a name."""
    title = page.form(i, TITLES)
    if title is None or (title.part & (Part.RANK | Part.CALLING) and page.behind(i, "facility")):
        return
    j = i + title.length
    adjectives = 0
    while j < page.size and page.inside(j, i) and adjectives < 4:
        if page.parts(j) & (Part.QUALIFIER | Part.NATIONAL):
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
        last = name_end(page, j, trusted=True)
        if last is not None and _believable(page, j, last):
            yield Find(j, last, 0, "person", "name", rule, 8)
    elif title.part & (Part.CALLING | Part.HOLDER):
        if page.parts(j) & PERSONAL and (last := name_end(page, j, trusted=True)) is not None:
            yield Find(j, last, 0, "person", "name", rule, 7)


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
        if page.behind(i, "facility"):
            continue
        if split.clitic and split.parts & Part.AMBIGUOUS and not _supported(page, i):
            continue
        if split.clitic and not split.parts & (Part.GIVEN | Part.AMBIGUOUS) and split.rest not in ("عبد", "ابو"):
            continue
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
    if 2 <= j - first and j + 1 < page.size and page.norms[j] in COMMAS and page.inside(j + 1, i):
        if page.form(j + 1, TITLES) is not None:
            yield Find(first, j - 1, 0, "person", "name", f"{saying.rule} + ar/names/apposition", 7)


def offices(page: Page, finds: list[Find]) -> Iterator[Find]:
    """Offices that stand for their holder: «محافظ حمص», «مدير المرصد», «الرئيس الروسي»."""
    starts: dict[int, Find] = {}
    for find in finds:
        if find.kind != "person" and not find.skip and (find.first not in starts or find.last > starts[find.first].last):
            starts[find.first] = find
    people = {find.first for find in finds if find.kind == "person"}
    ends = {find.last for find in finds if find.kind == "person"}
    for i in reversed(page.multi(Part.OFFICE | Part.HOLDER)):
        title = page.form(i, Part.OFFICE | Part.HOLDER)
        if title is None or (page.norms[i - 1 : i] == [","] and i - 2 in ends):
            continue
        j = i + title.length
        if title.part & Part.OFFICE:
            complement = starts.get(page.after_quote(j))
            if complement is None or not page.inside(complement.last, i):
                continue
            last = complement.last
            while page.inside(last + 1, i) and page.parts(last + 1) & (Part.QUALIFIER | Part.NATIONAL):
                last += 1
        else:
            last = j - 1
            while page.inside(last + 1, i) and page.parts(last + 1) & (Part.QUALIFIER | Part.NATIONAL):
                last += 1
            if last == j - 1 and title.length == 1:
                continue
        if _named_behind(page, last + 1, people, starts):
            continue
        split = page.split_with(i, title.part) if title.length == 1 else page.splits[i][-1]
        skip = split.skip if split and split.clitic and "ال" not in split.clitic else 0
        find = Find(i, last, skip, "person", "nominal", title.rule, 3)
        if not skip:
            starts[i] = find
        yield find


def _named_behind(page: Page, i: int, people: set[int], starts: dict[int, Find]) -> bool:
    """Does the holder's name follow, perhaps behind a comma or «في روما»?"""
    if page.norms[i : i + 1] == ["في"] and i + 1 in starts:
        i = starts[i + 1].last + 1
    while i < page.size and (page.norms[i] in QUOTES or page.norms[i] in COMMAS):
        i += 1
    return i in people
