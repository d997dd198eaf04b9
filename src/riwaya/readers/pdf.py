"""PDF: the text of every page in reading order, and warnings wherever it cannot be trusted.

The work is done next door: `pdf_letters` gets the letters and their places from PDFium, `pdf_order` finds lines and
columns, `pdf_line` reads a line, `pdf_ocr` reads pictures, `damage` finds what was broken before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from riwaya.errors import UnreadableDocument
from riwaya.model import Warning
from riwaya.readers.damage import damage, wrong_letters
from riwaya.readers.draft import Draft
from riwaya.readers.options import ReadOptions
from riwaya.readers.pdf_letters import LOST, READER, Page, open_pages
from riwaya.readers.pdf_ocr import OCR_READER, read_picture
from riwaya.readers.pdf_order import page_text

__all__ = ["read"]

PAGE_BREAK = "\n\n\f"
ARABIC = "\u0600-\u06ff"
WORD = re.compile(r"\S+")
LOST_NUMBER = re.compile(rf"(?<=[{ARABIC}] )[^\w\s]?{LOST}+(?:[.,:/٫٬-]{LOST}+)*[^\w\s]?(?= |$)", re.MULTILINE)


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Draft]:
    """The one document of a PDF; pages end with a form feed, paragraphs with an empty line.

    Raises UnreadableDocument for what is not a PDF, encrypted, cut off, or longer than the options allow.
    """
    pieces: list[str] = []
    warnings: list[Warning] = []
    length, used_ocr, fault = 0, False, None
    with open_pages(data) as pages:
        for page in pages:
            text, found, was_ocr = _read_page(page, options)
            start = length + (len(PAGE_BREAK) if pieces else 0)
            length = start + len(text)
            if length > options.max_characters:
                raise UnreadableDocument(
                    f"holds more than {options.max_characters:,} characters by page {page.number}. Split it."
                )
            pieces.append(text)
            warnings += [_moved(warning, start) for warning in found]
            used_ocr |= was_ocr
            fault = page.fault if page.number == 1 or fault else None
    if fault:
        raise UnreadableDocument(f"is a PDF without a page that can be read: {fault}. Print it to a new PDF.")
    text = PAGE_BREAK.join(pieces)
    if b"%%EOF" not in data[-2048:]:
        warnings.append(Warning(kind="truncated", detail="the file was cut off: pages or letters may be missing"))
    warnings += _letters_lost(text)
    warnings += wrong_letters(text)
    warnings += damage(text)
    yield Draft(
        text=text,
        reader=f"{READER}, {OCR_READER}" if used_ocr else READER,
        media_type="application/pdf",
        warnings=tuple(warnings),
    )


def _read_page(page: Page, options: ReadOptions) -> tuple[str, list[Warning], bool]:
    """The text of a page, what is wrong with it, and whether OCR read it."""
    if page.fault:
        detail = f"page {page.number} was not read: {page.fault}"
        return "", [Warning(kind="unreadable-page", detail=detail)], False
    text = "\n\n".join(filter(None, (page_text(page.letters[angle]) for angle in sorted(page.letters))))
    if not text.strip():
        return _read_picture(page, options)
    warnings = []
    if page.hidden:
        detail = f"page {page.number} is a picture with a hidden text layer made by OCR: do not trust its numbers"
        warnings.append(Warning(kind="ocr", detail=detail, start=0, end=len(text)))
    if page.shapes:
        detail = f"page {page.number} gives {page.shapes} letters as presentation forms; they are read as plain letters"
        warnings.append(Warning(kind="presentation-forms", detail=detail, start=0, end=len(text)))
    return text, warnings, False


def _read_picture(page: Page, options: ReadOptions) -> tuple[str, list[Warning], bool]:
    if not page.drawn:
        return "", [], False
    if not options.ocr:
        detail = f"page {page.number} has no text layer; run with --ocr"
        return "", [Warning(kind="no-text-layer", detail=detail)], False
    try:
        text = read_picture(*page.raster())
    except UnreadableDocument as error:
        detail = f"page {page.number} has no text layer, and OCR did not read it: {error}"
        return "", [Warning(kind="no-text-layer", detail=detail)], False
    detail = f"page {page.number} was read by OCR: do not trust its numbers"
    return text, [Warning(kind="ocr", detail=detail, start=0, end=len(text))], True


def _letters_lost(text: str) -> Iterator[Warning]:
    """Glyphs whose letters the file does not tell; where only whole words are lost, they are likely numbers."""
    if LOST not in text:
        return
    lost = [word.span() for word in WORD.finditer(text) if LOST in word[0]]
    numbers = {match.span() for match in LOST_NUMBER.finditer(text)}
    likely = 2 * sum(span in numbers for span in lost) > len(lost)
    for start, end in lost:
        count = text.count(LOST, start, end)
        detail = "a glyph here has no letter in the file" if count == 1 else f"{count} glyphs here have no letter"
        kind = "lost-letters"
        if likely and (start, end) in numbers:
            kind, detail = "lost-digits", f"{detail}; it was probably a number"
        yield Warning(kind=kind, detail=detail, start=start, end=end)


def _moved(warning: Warning, by: int) -> Warning:
    if warning.start is None or warning.end is None:
        return warning
    return Warning(kind=warning.kind, detail=warning.detail, start=warning.start + by, end=warning.end + by)
