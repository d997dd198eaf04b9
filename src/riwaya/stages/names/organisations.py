"""Organisations: outlets and agencies, groups, armies and governments, ministries and other bodies."""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.lang.gazetteer import Known
from riwaya.stages.names.bodies import ADJECTIVES, adjectives, bodies
from riwaya.stages.names.knowledge import TITLES, Part
from riwaya.stages.names.page import QUOTES, Find, Page, Spot

__all__ = ["organisations"]


def organisations(page: Page) -> Iterator[Find]:
    """Named organisations."""
    for spots in page.spots.values():
        for spot in spots:
            yield from _known(page, spot)
    for i in page.multi(Part.OUTLET | Part.GROUP | Part.FORCE | Part.ARMY | Part.BODY | Part.NAMED | Part.SERVICE):
        parts = page.any[i]
        if parts & (Part.OUTLET | Part.AGENCY):
            yield from _unknown_outlet(page, i)
        if parts & Part.GROUP:
            yield from _unknown_group(page, i)
        if parts & Part.FORCE:
            yield from _commanded(page, i)
        if parts & (Part.ARMY | Part.OPENS_FORCE):
            yield from _national(page, i)
        if parts & (Part.BODY | Part.NAMED | Part.OUTLET):
            yield from bodies(page, i)
        if parts & Part.OPENS_FORCE:
            yield from _service(page, i)


def _known(page: Page, spot: Spot) -> Iterator[Find]:
    for known in spot.bearers:
        if known.kind != "organisation":
            continue
        if known.type in ("outlet", "agency"):
            yield from _outlet(page, spot, known)
            return
        before = page.before_quote(spot.first - 1)
        heads = Part.GROUP | Part.FORCE
        head = page.split_with(before, heads) if before >= 0 and page.inside(spot.first, before) else None
        if known.needs != "nothing" and head is None and not _cued(page, spot):
            continue
        last = _labelled(page, spot.last)
        if head is not None and not spot.skip:
            yield Find(before, last, head.skip, "organisation", "name", known.rule, 8)
        else:
            yield Find(spot.first, last, spot.skip, "organisation", "name", known.rule, 8)
        return


def _cued(page: Page, spot: Spot) -> bool:
    before = page.before_quote(spot.first - 1)
    quoted = before == spot.first - 2 and page.norms[spot.last + 1 : spot.last + 2] != [] and (
        page.norms[spot.last + 1] in QUOTES
    )  # fmt: skip
    return quoted or bool(page.any_parts(before) & (Part.SAYING | Part.GROUP | Part.OFFICE | Part.BODY))


def _labelled(page: Page, last: int) -> int:
    """«تنظيم داعش الإرهابي»: the label belongs to the naming."""
    following = last + 1
    if page.inside(following, last) and following < page.size and page.parts(following) & Part.LABEL:
        return following
    return last


def _outlet(page: Page, spot: Spot, known: Known) -> Iterator[Find]:
    i = spot.first
    before = page.before_quote(i - 1)
    quoted = before == i - 2
    heads = Part.AGENCY if known.type == "agency" else Part.OUTLET | Part.AGENCY
    near = before >= 0 and page.inside(i, before)
    head = page.split_with(before, heads | Part.OUTLET) if near and not spot.clitic else None
    if known.needs != "nothing" and head is None:
        told = near and page.any_parts(before) & Part.SAYING != 0
        given = quoted and near and page.beside(before, "told-to")
        if not ((known.needs == "cue" and told) or given):
            return
        if page.parts(spot.last + 1) & Part.QUALIFIER:
            return
    first, skip = i, spot.skip
    last = spot.last
    shorter = page.knows.gazetteer.of(page.norms[i:last])
    if page.parts(last) & Part.NATIONAL and known.needs == "nothing" and known in shorter:
        last -= 1  # «سكاي نيوز البريطانية»: the nationality is the outlet's, not its name's
    if head is not None and head.parts & Part.AGENCY:
        first, skip = before, head.skip
        if page.norms[before] == "انباء" and page.parts(before - 1) & Part.AGENCY:
            first -= 1
        if page.inside(last + 1, i) and page.parts(last + 1) & Part.NATIONAL:
            last += 1
    yield Find(first, last, skip, "organisation", "name", known.rule, 9 if known.needs == "nothing" else 8)


def _unknown_outlet(page: Page, i: int) -> Iterator[Find]:
    """A quoted phrase behind «صحيفة», or words that no table knows."""
    head = page.form(i, Part.OUTLET | Part.AGENCY)
    if head is None or page.norms[i].endswith(("مراسل", "مراسله", "مءسسه", "شبكه")):
        return
    k = i + head.length
    if k + 1 >= page.size or not page.inside(k + 1, i):
        return
    rule = f"{head.rule} + ar/names/outlet"
    if page.norms[k] in QUOTES:
        last = page.quoted(k + 1)
        if last is not None and not page.any_parts(k + 1) & Part.SAYING:
            yield Find(k + 1, last, 0, "organisation", "name", rule, 6)
        return
    if not head.part & Part.OUTLET:
        return
    last = k - 1
    while last + 1 < page.size and last + 1 < k + 3 and page.inside(last + 1, i) and page.namely(last + 1):
        last += 1
    if last >= k and not page.definite(k):
        yield Find(k, last, 0, "organisation", "name", rule, 5)


def _unknown_group(page: Page, i: int) -> Iterator[Find]:
    """«حزب …», «كتائب …»: a quoted phrase, or a word that no table knows."""
    head = page.form(i, Part.GROUP)
    split = page.split_with(i, Part.GROUP)
    if head is None or split is None:
        return
    if split.rest in page.knows.beside["front"] and page.beside(i - 1, "place-preposition"):
        return  # «في جبهة …» is where they fight
    k = i + head.length
    if k >= page.size or not page.inside(k, i):
        return
    rule = f"{head.rule} + ar/names/group"
    if page.norms[k] in QUOTES and page.inside(k + 1, i):
        last = page.quoted(k + 1)
        if last is not None:
            yield Find(i, last, split.skip, "organisation", "name", rule, 6)
        return
    strong = split.rest in page.knows.beside["strong-group"]
    if split.rest in page.knows.beside["quoted-group"]:
        return
    norm, parts = page.norms[k], page.parts(k)
    if not page.is_word(k) or parts & (Part.NATIONAL | Part.FOREIGNER | TITLES | Part.OF_BODY):
        return
    if page.namely(k) or (strong and page.definite(k) and len(norm) > 4):
        last = k
        while page.inside(last + 1, i) and last < k + 2 and page.parts(last + 1) & ADJECTIVES:
            last += 1
        yield Find(i, last, split.skip, "organisation", "name", rule, 5)


def _commanded(page: Page, i: int) -> Iterator[Find]:
    """«قوات النظام السوري», «نظام بشار الأسد», «فصائل المعارضة المسلحة»."""
    split = page.split_with(i, Part.FORCE)
    if split is None:
        return
    k = i + 1
    if k < page.size and page.inside(k, i) and page.norms[k] == "نظام":
        k += 1
    if k >= page.size or not page.inside(k, i):
        return
    rule = f"{page.knows.rule(split.rest, Part.FORCE)} + ar/names/force"
    for spot in page.spots.get(k, ()):
        if not spot.clitic and any(bearer.kind == "person" for bearer in spot.bearers):
            yield Find(i, spot.last, split.skip, "organisation", "name", rule, 7)
            if k == i + 2:
                yield Find(i + 1, spot.last, 0, "organisation", "name", rule, 7, nested=True)
            return
    if k > i + 1 or page.norms[k] not in page.knows.beside["regime"]:
        return
    last = adjectives(page, k)
    named = any(page.parts(j) & Part.NATIONAL for j in range(k + 1, last + 1))
    yield Find(i, last, split.skip, "organisation", "name", rule, 7, nested=True)
    if page.norms[k] == "النظام":
        yield Find(k, last, 0, "organisation", "name" if named else "nominal", rule, 7 if named else 2, nested=True)


def _national(page: Page, i: int) -> Iterator[Find]:
    """«الجيش السوري», «القوات الجوية الروسية»."""
    form = page.form(i, Part.ARMY)
    split = page.split_with(i, Part.ARMY) or (page.splits[i][-1] if page.splits[i] else None)
    if form is None or split is None:
        return
    last = adjectives(page, i + form.length - 1)
    if last == i + form.length - 1:
        if form.length > 1:
            yield Find(i, last, split.skip, "organisation", "nominal", form.rule, 3)
        return
    if page.any_parts(i - 1) & Part.OFFICE and page.inside(i, i - 1):
        return  # «وزير الخارجية الفلاني»: the adjective is the minister's
    named = any(page.parts(j) & Part.NATIONAL for j in range(i + form.length, last + 1))
    if page.norms[i + form.length - 1].endswith("ه") and not page.norms[last].endswith("ه"):
        return  # «الشؤون الخارجية الفلاني»: the adjective belongs to a man before it
    if named or split.rest in page.knows.beside["armed"]:
        rule = f"{form.rule} + ar/names/national"
        yield Find(i, last, split.skip, "organisation", "name" if named else "nominal", rule, 6)


def _service(page: Page, i: int) -> Iterator[Find]:
    """«الدفاع المدني», «الأرصاد الجوية السورية»."""
    form = page.form(i, Part.SERVICE)
    if form is None or not page.inside(i + form.length - 1, i):
        return
    split = page.split_with(i, Part.SERVICE) or page.splits[i][-1]
    last = i + form.length - 1
    while page.inside(last + 1, i) and page.parts(last + 1) & Part.NATIONAL:
        last += 1
    yield Find(i, last, split.skip, "organisation", "name", f"{form.rule} + ar/names/service", 4)
