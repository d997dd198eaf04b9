"""The report: what the pages show, as one file that reads without the tool and prints well."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from msgspec import Struct

from riwaya.case import briefs
from riwaya.case.briefs import Told
from riwaya.errors import InvalidInput
from riwaya.model import document_key
from riwaya.web.desk import Desk
from riwaya.web.pages import claim, compare, conflicts, copying, names, overview, places, reading, sources, timeline
from riwaya.web.pages.page import Nothing
from riwaya.web.show import FILES, Reader, render
from riwaya.web.strings import LANGUAGES

CLAIMS = 40
"""Claims that are told in full: those whose documents outnumber their origins most, and all in conflicts shown."""
TEXTS = 200
"""Documents whose texts are added, those that the report cites first."""
PRESSED = re.compile(r"<form\b.*?</form>|<nav class=\"parts\".*?</nav>", re.DOTALL)
"""What only the server can answer; a text cannot hold it, for its signs are escaped."""


class Chapter(Struct, frozen=True):
    """A page inside the report."""

    name: str
    html: str


def comparison(
    case_path: str | Path, left: str, right: str, output: str | Path, language: str = "ar", digits: str = "latin"
) -> Path:
    """Writes the page that lays two documents of a case side by side as a file of its own, and returns its path.

    >>> comparison("dam.riwaya", "06_diffa.txt", "10_bawaba.html", "pair.html")   # doctest: +SKIP
    PosixPath('pair.html')

    Raises UnknownDocument where a document is not in the case.
    """
    desk = Desk(case_path)
    asked = compare.Asked(left=document_key(left), right=document_key(right))
    for id in (left, right):
        desk.case.document(id)
    return _written(
        [("compare", "compare", compare.answer(desk, asked))], desk, Reader(language=language, digits=digits), output
    )


def report(case_path: str | Path, output: str | Path, language: str = "ar", digits: str = "latin") -> Path:
    """Writes a case as one HTML file, with its style inside and no script, and returns its path.

    >>> report("dam.riwaya", "dam.html", language="en")                           # doctest: +SKIP
    PosixPath('dam.html')

    It holds the overview, claims with every sentence, conflicts, copying, sources, timeline, places, names and the
    texts that these cite, all linked inside the file. Raises CaseError when the file is no case, and InvalidInput
    when the language is not one of the interface.
    """
    if language not in LANGUAGES:
        raise InvalidInput(f"The interface does not speak {language!r}; one of {', '.join(LANGUAGES)} does.")
    desk = Desk(case_path)
    reader = Reader(language=language, digits=digits)
    return _written(list(contents(desk)), desk, reader, output)


def _written(values: list[tuple[str, str, Any]], desk: Desk, reader: Reader, output: str | Path) -> Path:
    """The pages as one file."""
    inside = {anchor for _, anchor, _ in values}
    links = Links(inside)
    chapters = [
        Chapter(anchor, PRESSED.sub("", render(name, value, desk, reader, "chapter.html", anchor=anchor, link=links)))
        for name, anchor, value in values
    ]
    style = (FILES / "static" / "style.css").read_text("utf-8")
    html = render("report", chapters, desk, reader, frame="", css=style, link=links)
    output = Path(output)
    output.write_text(html, encoding="utf-8")
    return output


def contents(desk: Desk) -> list[tuple[str, str, Any]]:
    """The pages of a report: template, anchor and value."""
    inflated = [id for id, _ in briefs.part(desk.case, "claims", Told, CLAIMS)]
    found = conflicts.answer(desk, conflicts.Asked())
    ids = dict.fromkeys([*inflated, *(id for card in found.cards for id in card.claim_ids)])
    told = [claim.answer(desk, claim.Asked(id=id)) for id in ids]
    cited = [s.doc.id for view in told for origin in view.origins for s in origin.statements]
    cited += [e.doc.id for card in found.cards for side in card.sides for e in side.evidence]
    texts = [
        id for id in dict.fromkeys([*cited, *(desk.case.ids if len(desk.case) <= TEXTS else ())]) if id in desk.case
    ]
    pages: list[tuple[str, str, Any]] = [
        ("overview", "overview", overview.answer(desk, Nothing())),
        *(("claim", f"claim-{view.id}", view) for view in told),
        ("conflicts", "conflicts", found),
        ("copying", "copying", copying.answer(desk, copying.Asked())),
        ("sources", "sources", sources.answer(desk, sources.Asked())),
        ("timeline", "timeline", timeline.answer(desk, timeline.Asked())),
        ("places", "places", places.answer(desk, places.Asked())),
        ("names", "names", names.answer(desk, names.Asked())),
    ]
    for id in texts[:TEXTS]:
        key = document_key(id)
        pages.append(("reading", f"reading-{key}", reading.answer(desk, reading.Asked(key=key))))
    return pages


class Links:
    """Links of a report lead to its own chapters; to what is not in it they lead nowhere."""

    def __init__(self, inside: set[str]) -> None:
        self.inside = inside

    def __call__(self, name: str, at: str | None = None, **values: object) -> str:
        if at and name == "conflicts":
            return f"#{at}"
        for key in ("id", "key"):
            if f"{name}-{values.get(key)}" in self.inside:
                return f"#{name}-{values[key]}"
        return f"#{name}" if name in self.inside else "#top"
