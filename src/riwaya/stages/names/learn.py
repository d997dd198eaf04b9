"""What a document teaches: a surname whose full name stood there once, a place that once had its head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riwaya.stages.names.knowledge import PERSONAL, Part
from riwaya.stages.names.page import QUOTES, Find, Page

__all__ = ["learned"]

RARE = 3.8
"""Frequency (Zipf) below which a definite word is believed to be the place once named so."""
Lesson = tuple[str, str, bool]
"""Kind, rule, and whether a cue must stand beside the name."""


def learned(page: Page, finds: Iterable[Find]) -> Iterator[Find]:
    """The further mentions of names that the document itself has introduced."""
    lessons = _lessons(page, finds)
    if not lessons:
        return
    lengths: dict[str, set[int]] = {}
    for words in lessons:
        lengths.setdefault(words[0], set()).add(len(words))
    firsts = {
        clitic + first: (len(clitic), first)
        for first in lengths
        for clitic in ("", "و", "ف", "ب", "ل", "ول", "وب", "ك")
    }
    for i, norm in enumerate(page.norms):
        if norm not in firsts:
            continue
        skip, first = firsts[norm]
        for length in sorted(lengths[first], reverse=True):
            lesson = lessons.get((first, *page.norms[i + 1 : i + length]))
            if lesson is None or (length > 1 and not page.inside(i + length - 1, i)):
                continue
            kind, rule, cautious = lesson
            if kind == "person" and page.behind(i, "facility"):
                continue  # «كلية آل …»
            if cautious and not CUES[kind](page, i, i + length - 1):
                continue
            yield Find(i, i + length - 1, skip, kind, "name", rule, 6 if length > 1 else 3)  # type: ignore[arg-type]
            break


def _told(page: Page, i: int, last: int) -> bool:
    return bool(page.any_parts(page.before_quote(i - 1)) & (Part.SAYING | Part.RANK | Part.CALLING))


def _placed(page: Page, i: int, last: int) -> bool:
    return page.beside(i - 1, "place-preposition") or page.before_quote(i - 1) < i - 1


def _published(page: Page, i: int, last: int) -> bool:
    """Is it in quotation marks, told by or to, or the end of a dateline: «الوردية – مرساة:»?"""
    quoted = page.before_quote(i - 1) < i - 1 and page.after_quote(last + 1) > last + 1
    before, after = page.any_parts(i - 1), page.norms[last + 1 : last + 2]
    return quoted or after == [":"] or bool(i and before & (Part.SAYING | Part.OUTLET | Part.AGENCY))


CUES = {"person": _told, "place": _placed, "organisation": _published}


def _own_outlet(page: Page) -> tuple[str, ...]:
    """The name of the outlet that publishes the document, without «وكالة» and «للأنباء»."""
    words = [w for w in page.knows.folded(page.reading.doc.outlet or "") if w not in QUOTES]
    while len(words) > 1 and page.knows.parts.get(words[0], Part.NONE) & (Part.OUTLET | Part.AGENCY):
        words = words[1:]
    while len(words) > 1 and words[-1] in page.knows.beside["of-agency"]:
        words = words[:-1]
    return tuple(words)


def _lessons(page: Page, finds: Iterable[Find]) -> dict[tuple[str, ...], Lesson]:
    lessons: dict[tuple[str, ...], Lesson] = {}
    if (own := _own_outlet(page)) and not page.knows.gazetteer.of(own):
        ordinary = all(word in page.knows.frequency for word in own)
        lessons[own] = ("organisation", "ar/names/outlet + ar/names/again", ordinary)
    for find in finds:
        words = [page.norms[find.first][find.skip :], *page.norms[find.first + 1 : find.last + 1]]
        if find.level != "name":
            continue
        if find.kind == "person" and len(words) > 1:
            surname = _surname(page, words)
            lessons.setdefault(tuple(words), ("person", find.rule, False))
            if surname[-1].endswith(("ين", "ون", "ات")) and page.knows.definite(surname[-1]):
                continue  # a plural is no surname
            lessons.setdefault(surname, ("person", f"{find.rule} + ar/names/surname", _risky(page, surname)))
        elif find.kind == "place" and find.rule.endswith("ar/names/place"):
            head = page.split_with(find.first, Part.PLACE | Part.AREA)
            if head is not None and head.rest in page.knows.beside["landmark"]:
                continue
            name = tuple(w for w in (words[1:] if head else words) if page.kinds[find.first] and w not in ('"',))
            if (name and name[0] not in page.knows.beside["leader"]) or len(name) > 1:
                known = any(k.kind == "place" for k in page.knows.gazetteer.of(name))
                cautious = _risky(page, name) and not known and not _rare(page, name)
                lessons.setdefault(name, ("place", f"{find.rule} + ar/names/again", cautious))
        elif find.kind == "organisation" and find.rule.endswith(("ar/names/outlet", "ar/names/group")):
            name = tuple(w for w in words if w not in ('"', "'"))
            outlet = find.rule.endswith("ar/names/outlet")
            if outlet or not _risky(page, name):
                cautious = all(word in page.knows.frequency for word in name) if outlet else False
                lessons.setdefault(name, ("organisation", f"{find.rule} + ar/names/again", cautious))
    return lessons


def _surname(page: Page, words: list[str]) -> tuple[str, ...]:
    """The last part of a name with the particles that bind it: «عبد الرحمن», «دي فيندل»."""
    start = len(words) - 1
    while start > 1 and page.knows.parts.get(words[start - 1], Part.NONE) & (Part.PARTICLE | Part.FOREIGN):
        start -= 1
    if start > 0 and words[start] in ("الله", "الدين", "الرحمن"):
        start -= 1
    if start > 0 and page.knows.parts.get(words[start - 1], Part.NONE) & Part.PARTICLE:
        start -= 1
    return tuple(words[start:])


def _rare(page: Page, name: tuple[str, ...]) -> bool:
    """Is it a definite word so rare that it means the place when the document has named one so?"""
    word = name[0]
    return page.knows.definite(word) and page.knows.frequency.get(word, 0.0) < RARE and word not in page.knows.parts


def _risky(page: Page, words: tuple[str, ...]) -> bool:
    """May the name alone be an ordinary word, a given name, a nationality or a place?"""
    if len(words) > 1:
        return False
    parts = page.knows.parts.get(words[0], Part.NONE)
    return len(words[0]) < 3 or words[0] in page.knows.frequency or bool(parts & ~Part.FAMILY & ~PERSONAL) or (
        bool(parts & (Part.GIVEN | Part.AMBIGUOUS))
    )  # fmt: skip
