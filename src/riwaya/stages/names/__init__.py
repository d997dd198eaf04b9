"""The names stage: who and where. Mentions of persons, organisations, places and anonymous sources.

Three sources of knowledge work together: the tables (`lang/ar/`), the words beside a name that give it away (a title,
«مدينة», «صحيفة»), and the document itself, which names a person in full before it says the surname alone.
See docs/method/names.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.lang.ar import arabic
from riwaya.lang.own import own_names
from riwaya.model import Document, Mention, Sentence, Timex, Zone
from riwaya.models.names import tagger
from riwaya.settings import Settings
from riwaya.stage import Reading, each
from riwaya.stages.names.knowledge import knowledge
from riwaya.stages.names.learn import learned
from riwaya.stages.names.nominals import anonymous, nominals
from riwaya.stages.names.organisations import organisations
from riwaya.stages.names.page import Find, Page
from riwaya.stages.names.persons import offices, persons
from riwaya.stages.names.places import places
from riwaya.stages.names.proposed import proposed

__all__ = ["find", "names"]


@each(needs=(Sentence, Zone, Timex), gives=(Mention,), version=4)
def names(reading: Reading) -> Iterator[Mention]:
    """Mentions of persons, organisations, places and anonymous sources, in order of place."""
    page = Page(reading, knowledge(reading.lang, own_names(reading.settings.names.own)))
    named = standing([*persons(page), *organisations(page), *places(page)])
    named = standing([*named, *learned(page, named), *nominals(page, named)])
    finds = standing([*named, *offices(page, named), *anonymous(page, named)])
    models = reading.settings.models
    if models.names is not None:
        finds = standing([*finds, *proposed(page, tagger(models.names), models.least, finds)])
    for find in finds:
        span = page.words.span(find.first, page.closed(find.first, find.last), find.skip)
        yield Mention(
            doc=reading.doc.id, start=span.start, end=span.end, kind=find.kind, level=find.level, rule=find.rule
        )


def standing(finds: list[Find]) -> list[Find]:
    """The finds that stand when some overlap: the longer one, then the higher rank; inner ones where allowed."""
    kept: list[Find] = []
    taken: dict[int, Find] = {}
    for find in sorted(finds, key=lambda f: (f.first - f.last, -f.rank, f.first)):
        outer = [taken[i] for i in range(find.first, find.last + 1) if i in taken]
        if outer and not _nests(find, outer):
            continue
        kept.append(find)
        for i in range(find.first, find.last + 1):
            taken.setdefault(i, find)
    return sorted(set(kept), key=lambda f: (f.first, -f.last))


def _nests(find: Find, outer: list[Find]) -> bool:
    """May a find lie inside those that already stand there?"""
    hull = outer[0]
    inside = all(o.first <= find.first and find.last <= o.last for o in outer)
    if not inside or (hull.first, hull.last) == (find.first, find.last):
        return False
    if hull.kind == "anonymous" or (hull.kind == "person" and hull.level == "nominal"):
        return find.kind != "person" or find.level == "name"
    if hull.kind == "organisation" and find.nested:
        return find.kind in ("person", "organisation")
    return False


def find(text: str) -> list[Mention]:
    """The mentions of a text, without a case.

    >>> text = "قال العقيد طلال الغزلاني إن الطريق إلى دمشق مفتوح"
    >>> [(text[m.start : m.end], m.kind) for m in find(text)]
    [('طلال الغزلاني', 'person'), ('دمشق', 'place')]

    Temporal expressions are not known here, so a name of a month counts as what the tables say.
    """
    doc = Document(id="text", path="", sha256="", media_type="text/plain", reader="", text=text)
    return list(names(Reading(doc, arabic, Settings())))
