"""HTML: the article of a page, without what stands around it.

trafilatura finds the main text; it was chosen by measurement (docs/method/readers.md). What the page says of itself
is read by html_about.py, as guessing a date from anywhere on the page does more harm than not knowing it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import trafilatura

from riwaya.errors import UnreadableDocument
from riwaya.model import Warning
from riwaya.readers.draft import Draft
from riwaya.readers.encoding import Decoded, decode
from riwaya.readers.html_about import about
from riwaya.readers.options import ReadOptions

__all__ = ["read"]

READER = f"trafilatura {trafilatura.__version__}"
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
HEAD = 8192
PROLOGUE = re.compile(r"\s*<\?xml[^>]*>")
DEEPEST = 256
"""Levels below which the parser flattens a page; no page for people comes near."""
SMALL_PRINT = (
    "//a[contains(@href, 'privacy') or contains(@href, 'terms') or contains(@href, 'guidelines')]"
    "/ancestor::*[self::p or self::div or self::section][string-length(normalize-space(.)) < 700]"
)
"""A short block that links to the site's rules is about the site: consent, sign-up, comments."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it has to say, a Failure says


def read(data: bytes, path: str, options: ReadOptions, *, charset: str | None = None) -> Iterator[Draft]:
    """The one article of a page; `charset` is what the server said the encoding is.

    Raises UnreadableDocument when the page is too large, or is no HTML at all.
    """
    if len(data) > options.max_markup_bytes:
        size, limit = len(data) / 1e6, options.max_markup_bytes / 1e6
        raise UnreadableDocument(f"is a page of {size:,.0f} MB; a page may have {limit:,.0f} MB.")
    decoded = _letters(data, charset)
    tree = trafilatura.load_html(PROLOGUE.sub("", decoded.text.replace("\0", "\ufffd"), count=1))
    if tree is None:
        raise UnreadableDocument("is named or looks like HTML and holds none.")
    said = about(tree)
    warnings = decoded.warnings
    text = trafilatura.extract(tree, include_comments=False, prune_xpath=SMALL_PRINT, output_format="txt")
    if not text:
        text = trafilatura.html2txt(tree)
        doubt = "no article could be told from its surroundings, so the text is all that the page shows"
        warnings += (Warning(kind="no-article", detail=doubt),)
    yield Draft(text=text, reader=READER, media_type="text/html", warnings=warnings, **said)


def _letters(data: bytes, charset: str | None) -> Decoded:
    """The page decoded by what the server, the page and the bytes say, the bytes having the last word."""
    meta = CHARSET.search(data[:HEAD])
    return decode(data, charset or (meta[1].decode("ascii") if meta else None))
