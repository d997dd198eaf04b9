"""TEI: aligned passages as a critical apparatus in parallel segmentation, a witness per document.

What both passages say stands once; where they part stands an `app` with a `rdg` for each. Taking one witness's
readings gives the letters of its passage back, with nothing added or lost.

Source: TEI P5 Guidelines, chapter 13 (Critical Apparatus), "The Parallel Segmentation Method".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from riwaya.case import Case
from riwaya.exporters.gexf import xml
from riwaya.model import Alignment, Document, document_key
from riwaya.text.collate import collate
from riwaya.text.span import Span
from riwaya.text.view import View
from riwaya.text.words import Words

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
Segment = tuple[str, str]
"""What the left and the right passage have at one place."""


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `collations.xml`: a `div` per alignment, in order of id."""
    path = folder / "collations.xml"
    alignments = list(case.across(Alignment))
    with etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        with out.element(f"{{{TEI}}}TEI", nsmap={None: TEI}):
            ids = sorted({side.doc for a in alignments for side in (a.left, a.right)})
            out.write(header(case, ids))
            with out.element(f"{{{TEI}}}text"), out.element(f"{{{TEI}}}body"):
                if not alignments:
                    out.write(element("p"))
                for alignment in alignments:
                    out.write(division(case, alignment))
    return [path]


def element(tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = etree.Element(f"{{{TEI}}}{tag}", attributes, nsmap={None: TEI})
    made.text = xml(text) if text is not None else None
    return made


def within(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = element(tag, text, **attributes)
    parent.append(made)
    return made


def header(case: Case, ids: Sequence[str]) -> etree._Element:
    root = element("teiHeader")
    description = within(root, "fileDesc")
    within(within(description, "titleStmt"), "title", case.path.stem)
    within(within(description, "publicationStmt"), "p", "Written by riwaya.")
    source = within(description, "sourceDesc")
    if ids:
        witnesses = within(source, "listWit")
        for doc in case.documents(ids):
            said = ", ".join(part for part in (doc.outlet, doc.title, doc.published) if part) or doc.id
            within(witnesses, "witness", said, n=xml(doc.id)).set(f"{{{XML}}}id", sigil(doc.id))
    else:
        within(source, "p", "No passage stands in two documents.")
    within(within(root, "encodingDesc"), "variantEncoding", method="parallel-segmentation", location="internal")
    return root


def division(case: Case, alignment: Alignment) -> etree._Element:
    made = element("div", type=alignment.kind, n=xml(alignment.id))
    made.set(f"{{{XML}}}lang", "ar")
    paragraph = within(made, "p")
    left, right = (case.document(side.doc) for side in (alignment.left, alignment.right))
    last: etree._Element | None = None
    for one, other in segments(case, alignment, left, right):
        if one == other:
            if last is None:
                paragraph.text = (paragraph.text or "") + xml(one)
            else:
                last.tail = (last.tail or "") + xml(one)
        else:
            last = within(paragraph, "app")
            for doc, reading in ((left, one), (right, other)):
                within(last, "rdg", reading, wit=f"#{sigil(doc.id)}")
    return made


def segments(case: Case, alignment: Alignment, left: Document, right: Document) -> Iterator[Segment]:
    """The two passages cut where they begin or cease to differ, in order, every letter of each once."""
    spans = Span(alignment.left.start, alignment.left.end), Span(alignment.right.start, alignment.right.end)
    ops = collate(words(case, left), words(case, right), *spans)
    ours = cuts([op.left for op in ops], spans[0])
    theirs = cuts([op.right for op in ops], spans[1])
    for a, b in zip(ours, theirs, strict=True):
        yield from by_piece(a.of(left.text), b.of(right.text))


def cuts(parts: Sequence[Span | None], whole: Span) -> list[Span]:
    """The parts, stretched so that they cover the whole: spaces and signs go to the part before them.

    >>> cuts([Span(1, 3), None, Span(4, 6)], Span(0, 8))
    [Span(start=0, end=4), Span(start=4, end=4), Span(start=4, end=8)]
    """
    if not any(parts):
        return [whole, *(Span(whole.end, whole.end) for _ in parts[1:])] if parts else [whole]
    ends: list[int] = []
    at = whole.end
    for part in reversed(parts):
        ends.append(at)
        at = part.start if part else at
    ends.reverse()
    return [Span(start, end) for start, end in zip([whole.start, *ends], ends, strict=False)]


PIECES = re.compile(r"\s+|\S+")


def by_piece(one: str, other: str) -> Iterator[Segment]:
    """Two stretches word by word where they have as many words: folding calls «أن» and «ان» equal, letters do not.

    >>> list(by_piece("قال أن", "قال ان"))
    [('قال', 'قال'), (' ', ' '), ('أن', 'ان')]
    """
    ours, theirs = PIECES.findall(one), PIECES.findall(other)
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
    elif one or other:
        yield one, other


def words(case: Case, doc: Document) -> Words:
    return Words(View(doc.text, case.lang.fold))


def sigil(doc: str) -> str:
    """A document's name as XML takes one.

    >>> sigil("kharana/alsada.txt")
    'd879346680e0c'
    """
    return f"d{document_key(doc)}"
