"""Definite nouns that stand for somebody («المدينة», «التنظيم»), and groups that speak without a name."""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.stages.names.knowledge import Part
from riwaya.stages.names.page import Find, Kind, Page

__all__ = ["anonymous", "nominals"]


def nominals(page: Page, named: list[Find]) -> Iterator[Find]:
    """Definite nouns of places and organisations; those of bodies only where the document names such a body."""
    bodies = _introduced(page, named)
    regime = not page.knows.beside["regime-context"].isdisjoint(page.norms)
    for i in page.multi(Part.NOMINAL_PLACE | Part.NOMINAL_ORGANISATION | Part.NOMINAL_BODY):
        form = page.form(i, Part.NOMINAL_PLACE | Part.NOMINAL_ORGANISATION | Part.NOMINAL_BODY)
        if form is None:
            continue
        if page.beside(i + form.length, "ordinal"):
            continue  # «المركز الأول»
        if page.beside(i - 1, "demonstrative") and not form.part & Part.NOMINAL_PLACE:
            continue
        if (
            form.part & Part.NOMINAL_BODY
            and not (regime and page.beside(i, "regime"))
            and not any(s.rest.removeprefix("ال") in bodies for s in page.splits[i])
        ):
            continue
        keeping = any(s.rest == "المحافظه" for s in page.splits[i])
        if keeping and page.inside(i + form.length, i) and page.spelled(i + form.length) == "على":
            continue  # «المحافظة على …» is a verbal noun
        split = page.split_with(i, form.part) or page.splits[i][-1]
        last = i + form.length - 1
        if page.inside(last + 1, i) and page.parts(last + 1) & Part.LABEL:
            last += 1
        if page.inside(last + 1, i) and page.parts(last + 1) & Part.NATIONAL and page.definite(last + 1):
            last += 1  # «الشركة المصرية», «العاصمة البريطانية»
        kind: Kind = "place" if form.part & Part.NOMINAL_PLACE else "organisation"
        yield Find(i, last, split.skip, kind, "nominal", form.rule, 2)


def _introduced(page: Page, named: list[Find]) -> set[str]:
    """The nouns without the article by which the document names bodies and places: «حزب …», «سد …», «موقع «…»»."""
    nouns: set[str] = set()
    for find in named:
        if find.kind == "organisation":
            nouns.update(norm.removeprefix("ال") for norm in page.norms[find.first : find.first + 2])
            outlet = page.split_with(page.before_quote(find.first - 1), Part.OUTLET) if find.first else None
            if outlet is not None and page.inside(find.first, page.before_quote(find.first - 1)):
                nouns.add(outlet.rest)
        elif find.kind == "place":
            nouns.add(page.norms[find.first][find.skip :].removeprefix("ال"))
            before = page.split_with(find.first - 1, Part.OFFICE) if find.first else None
            if before is not None and before.rest == "محافظ":
                nouns.add("محافظه")  # «محافظ الوردية» speaks of a governorate
    return nouns


def anonymous(page: Page, finds: list[Find]) -> Iterator[Find]:
    """«مصادر أمنية تركية», «أحد المنشقين عن …», «ناشطون»."""
    starts: dict[int, Find] = {}
    for find in finds:
        if find.first not in starts or find.last > starts[find.first].last:
            starts[find.first] = find
    met: set[str] = set()
    for i in page.multi(Part.ONE_OF | Part.SPEAKERS):
        parts = page.any[i]
        if parts & Part.ONE_OF and page.inside(i + 1, i) and page.any_parts(i + 1) & Part.MEMBER:
            split = page.split_with(i, Part.ONE_OF)
            last = _towards(page, i + 1, starts)
            yield Find(i, last, split.skip if split else 0, "anonymous", "nominal", "ar/nominals/one-of", 4)
        form = page.form(i, Part.SPEAKERS)
        if form is None:
            continue
        split = page.split_with(i, Part.SPEAKERS) or page.splits[i][-1]
        last = i + form.length - 1
        while page.inside(last + 1, i) and last + 1 < page.size and last < i + 4:
            if not page.parts(last + 1) & (Part.ADJECTIVE | Part.FOREIGNER):
                break
            last += 1
        adjectives = last - (i + form.length - 1)
        again = split.rest.removeprefix("ال") in met
        met.add(split.rest)
        told = _towards(page, last, starts)
        spoken_of = again and page.knows.definite(split.rest)
        alone = form.length == 1 and not adjectives and told == last and not spoken_of
        if alone and split.rest not in page.knows.beside["bare-speaker"]:
            continue
        yield Find(i, told, split.skip, "anonymous", "nominal", form.rule, 4)


def _towards(page: Page, last: int, starts: dict[int, Find]) -> int:
    """Takes in «… عن التنظيم», «… داخل مدينة كذا»."""
    if page.inside(last + 2, last) and last + 2 < page.size and page.norms[last + 1] in page.knows.beside["complement"]:
        complement = starts.get(page.after_quote(last + 2))
        inside = page.norms[last + 1] == "في" and complement is not None and complement.kind == "organisation"
        if complement is not None and (complement.level == "name" or inside) and not complement.skip:
            return complement.last
    return last
