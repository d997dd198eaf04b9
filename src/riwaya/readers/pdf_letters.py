"""What PDFium knows of a page, letter by letter: which one, where, how large.

PDFium's own text is not used, only its letters with their boxes: it turns round the letters of a ligature that
stands for several («الم» for «لما»), and it orders runs by the order in which they were painted.
This is the only file that talks to PDFium; it is not thread-safe, so use processes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_double
from math import degrees, hypot

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct, field

from riwaya.errors import UnreadableDocument

__all__ = ["LOST", "READER", "Letter", "Page", "is_rtl", "open_pages", "plain"]

LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands where a glyph was drawn whose letter the file does not tell."""

BLANK = " "

MANY_PAGES = 20_000
MANY_LETTERS = 200_000  # on a page; a full page of a newspaper has about 30,000
SAMPLE = 50
RASTER_DPI = 300
RASTER_PIXELS = 60_000_000  # an A2 sheet at 300 dpi; larger pages are rendered coarser

READER = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO}"

SPECK = 0.005  # of the font's size: smaller than this, nothing is drawn

SPACE = 0.05  # of the font's size: a narrower blank is no space

FLOATING = 0.3  # of the font's size above the baseline: no letter is drawn wholly above this
USUAL = 0.5  # of the font's size: the width of a letter whose box is not known

UNSEEN = {"Cc", "Cf"}
ZERO_WIDTH = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

HYPHEN = "\x02"  # what PDFium makes of a hyphen at the end of a line


class Letter(Struct, frozen=True, gc=False):
    """A glyph as the reader sees it: usually one letter, for a ligature several, in reading order.

    Coordinates are points on the page turned upright: x grows to the right, y grows upwards.
    """

    text: str
    x: float
    """Where it was set: its left end on the baseline."""
    left: float
    right: float
    y: float
    """The height of the baseline."""
    em: float
    """The font's size in points."""
    seen: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of what is drawn, for marks that have no width of their own."""

    @property
    def blank(self) -> bool:
        return self.text == BLANK


class Page(Struct, frozen=True, kw_only=True):
    """What is printed on a page, or the fault for which it could not be read."""

    number: int
    letters: dict[int, list[Letter]] = field(default_factory=dict)
    """By the angle in degrees, clockwise quarters, at which they are written: most pages have only 0."""
    shapes: int = 0
    """How many letters were given as presentation forms."""
    hidden: bool = False
    """Its letters are not drawn: a layer that somebody's OCR laid under a picture."""
    drawn: bool = False
    """Is anything drawn on it?"""
    fault: str | None = None
    handle: pypdfium2.PdfPage | None = None

    def raster(self) -> tuple[int, int, bytes]:
        """Width, height and grey bytes of the page as a picture for OCR."""
        if self.handle is None:
            raise UnreadableDocument(f"cannot be drawn: {self.fault}.")
        scale = RASTER_DPI / 72
        width, height = self.handle.get_size()
        scale = min(scale, (RASTER_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = self.handle.render(scale=scale, grayscale=True)
        try:
            rows = bytes(bitmap.buffer)
            wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
        finally:
            bitmap.close()
        return wide, high, b"".join(rows[row * stride : row * stride + wide] for row in range(high))


@contextmanager
def open_pages(data: bytes) -> Iterator[Iterator[Page]]:
    """The pages of a PDF, one at a time; raises UnreadableDocument where there are none to be had."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(_reason(data, error)) from None
    try:
        if len(document) > MANY_PAGES:
            raise UnreadableDocument(
                f"says that it has {len(document):,} pages; more than {MANY_PAGES:,} are not read. Split it."
            )
        yield _pages(document)
    finally:
        document.close()


def _reason(data: bytes, error: pypdfium2.PdfiumError) -> str:
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        return "is encrypted and asks for a password. Save a copy without one and give that."
    if error.err_code == pdfium.FPDF_ERR_SECURITY:
        return "is encrypted in a way that PDFium does not know. Save a copy without encryption and give that."
    if b"%PDF-" not in data[:1024]:
        return "is not a PDF: there is no %PDF mark at its start. Give it the name that fits what it is."
    if b"%%EOF" not in data[-2048:]:
        return "is a PDF that was cut off: its end is missing. Fetch it again."
    return "is a damaged PDF: no page could be found in it. Open it in a viewer and print it to a new PDF."


def _pages(document: pypdfium2.PdfDocument) -> Iterator[Page]:
    for number in range(1, len(document) + 1):
        try:
            handle = document[number - 1]
        except pypdfium2.PdfiumError:
            yield Page(number=number, fault="is damaged")
            continue
        try:
            yield _page(handle, number)
        finally:
            handle.close()


def _page(handle: pypdfium2.PdfPage, number: int) -> Page:
    try:
        textpage = handle.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(number=number, fault="its text is damaged")
    try:
        if textpage.count_chars() > MANY_LETTERS:
            return Page(number=number, fault=f"it has {textpage.count_chars():,} letters, more than any printed page")
        glyphs = list(_glyphs(textpage))
        hidden = _is_hidden(textpage)
    finally:
        textpage.close()
    letters: dict[int, list[Letter]] = {}
    for angle, letter in _letters(glyphs):
        letters.setdefault(angle, []).append(letter)
    shapes = sum(_is_shape(glyph.char) for glyph in glyphs)
    drawn = pdfium.FPDFPage_CountObjects(handle.raw) > 0
    return Page(number=number, letters=letters, shapes=shapes, hidden=hidden, drawn=drawn, handle=handle)


def _is_hidden(textpage: pypdfium2.PdfTextPage) -> bool:
    """Are its letters not drawn? A sample of them tells."""
    count = textpage.count_chars()
    seen = [
        pdfium.FPDFTextObj_GetTextRenderMode(painted)
        for index in range(0, count, max(1, count // SAMPLE))
        if (painted := pdfium.FPDFText_GetTextObject(textpage.raw, index))
    ]
    return bool(seen) and seen.count(pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) > len(seen) / 2


class _Glyph(Struct, frozen=True, gc=False):
    char: str
    lost: bool
    angle: int
    origin: tuple[float, float]
    em: float
    loose: tuple[float, float, float, float]  # left, right, bottom, top, with the font's own height
    tight: tuple[float, float, float, float]  # of what is drawn


def _glyphs(textpage: pypdfium2.PdfTextPage) -> Iterator[_Glyph]:
    raw = textpage.raw
    left, right, bottom, top, x, y = (c_double() for _ in range(6))
    tight = (byref(left), byref(right), byref(bottom), byref(top))
    origin = (byref(x), byref(y))
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    loose, turn = byref(box), byref(matrix)
    for index in range(textpage.count_chars()):
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(raw, index)
        pdfium.FPDFText_GetCharBox(raw, index, *tight)
        pdfium.FPDFText_GetLooseCharBox(raw, index, loose)
        pdfium.FPDFText_GetCharOrigin(raw, index, *origin)
        pdfium.FPDFText_GetMatrix(raw, index, turn)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else LOST
        hyphen = char == HYPHEN and pdfium.FPDFText_IsHyphen(raw, index) == 1
        yield _Glyph(
            char="-" if hyphen else BLANK if char.isspace() else char,
            lost=char == LOST or (not hyphen and pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1),
            angle=round(degrees(pdfium.FPDFText_GetCharAngle(raw, index))) % 360,
            origin=(x.value, y.value),
            em=pdfium.FPDFText_GetFontSize(raw, index) * hypot(matrix.c, matrix.d),
            loose=(box.left, box.right, box.bottom, box.top),
            tight=(left.value, right.value, bottom.value, top.value),
        )


def _letters(glyphs: list[_Glyph]) -> Iterator[tuple[int, Letter]]:
    """Put the letters that one glyph stands for back together, and turn everything upright."""
    clusters: dict[tuple[float, float, int], list[_Glyph]] = {}
    for glyph in glyphs:
        clusters.setdefault((*glyph.origin, glyph.angle), []).append(glyph)
    for (x, y, angle), group in clusters.items():
        cluster = [glyph for glyph in group if glyph.char != " "] or group
        quarter = 90 * round(angle / 90) % 360
        start, _, base, _ = _upright((x, x, y, y), quarter)
        left, right = _hull([glyph.loose for glyph in cluster], quarter)
        seen = _hull([glyph.tight for glyph in cluster], quarter)
        em = cluster[0].em
        text = _reading(cluster, quarter)
        if any(glyph.lost for glyph in cluster) or text.isspace():
            text = LOST if any(_is_drawn(glyph) for glyph in cluster) else BLANK
        if not text or (text == BLANK and right - left < SPACE * em):
            continue  # PDFium's own guess at a space; the gaps between the letters tell better
        if len(cluster) > 1 and _is_floating(cluster):
            left = min(left, sum(seen) / 2 - USUAL * em / 2)
            if len(cluster) == len(group):  # else PDFium sees a space before it
                right = max(right, start + USUAL * em)
        yield quarter, Letter(text, start, min(start, left), right, base, em, seen)


def _is_drawn(glyph: _Glyph) -> bool:
    left, right, bottom, top = glyph.tight
    return min(right - left, top - bottom) > SPECK * glyph.em


def _is_floating(cluster: list[_Glyph]) -> bool:
    """Is the box only that of a mark, high above its letter, whose own box was lost?"""
    return all(glyph.tight[2] > glyph.origin[1] + FLOATING * glyph.em for glyph in cluster)


def _hull(boxes: list[tuple[float, float, float, float]], quarter: int) -> tuple[float, float]:
    turned = [_upright(box, quarter) for box in boxes] if quarter else boxes
    return min(box[0] for box in turned), max(box[1] for box in turned)


def _upright(box: tuple[float, float, float, float], quarter: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = box
    match quarter:
        case 90:
            return -top, -bottom, left, right
        case 180:
            return -right, -left, -top, -bottom
        case 270:
            return bottom, top, -right, -left
        case _:
            return left, right, bottom, top


def _reading(cluster: list[_Glyph], quarter: int) -> str:
    """The letters of one glyph in reading order.

    Where the letters have their own slices of the glyph's box, the slices tell the order. Where they share the box,
    PDFium has turned round what the file's table gives, but not what it took apart itself, a presentation form.
    """
    text = "".join(glyph.char for glyph in cluster)
    if len(text) == 1:
        return plain(text)
    rtl = [glyph for glyph in cluster if is_rtl(glyph.char) or unicodedata.combining(glyph.char)]
    ltr = [glyph for glyph in cluster if unicodedata.bidirectional(glyph.char) == "L"]
    if rtl and ltr:  # one glyph never shows two scripts: the longer part belongs to its neighbours
        return _reading(min(rtl, ltr, key=len), quarter)
    if not rtl:
        return plain(text)
    if text not in LIGATURES or text[::-1] in LIGATURES:  # «ني» and «ين» both are; the table is the likelier source
        cluster = cluster[::-1]
        cluster.sort(key=lambda glyph: -_upright(glyph.loose, quarter)[1])
    text = plain("".join(glyph.char for glyph in cluster))
    return text[::-1] if text and unicodedata.combining(text[0]) else text  # a mark follows its letter


def is_rtl(char: str) -> bool:
    """Is it a letter of a script that runs from right to left?"""
    return unicodedata.bidirectional(char) in {"R", "AL"}


def plain(text: str) -> str:
    """Letters instead of their presentation forms, without bidi marks and controls, which the new order makes void.

    >>> plain("ﻻﺟﺊ ﷲ")
    'لاجئ الله'
    """
    kept = "".join(unicodedata.normalize("NFKC", char) if _is_shape(char) else char for char in text)
    if kept.isprintable():
        return kept
    return "".join(char for char in kept if unicodedata.category(char) not in UNSEEN or char in ZERO_WIDTH)


def _is_shape(char: str) -> bool:
    return "\ufb00" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufefc"


LIGATURES = frozenset(
    letters
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))
    if len(letters := unicodedata.normalize("NFKC", chr(code))) > 1 and " " not in letters
)
"""What PDFium makes of a presentation form of several letters."""
