"""HTML: the article of a page, without what stands around it.

trafilatura finds the main text; it was chosen by measurement (docs/method/readers.md). What the page says of itself
is read by html_about.py, as guessing a date from anywhere on the page does more harm than not knowing it.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator

import trafilatura
from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.settings import Document

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
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
"""What no tree can hold."""
TAG = re.compile("<[^<>]*>")
UNSEEN = ("<!--", "-->"), ("<script", "</script"), ("<style", "</style")
MOST_STEPS = 1_000_000
"""Elements of a page times their depth; a heavy news page has a tenth of it."""
LONGEST_CELL = 300
"""Characters of a table's cell above which it holds prose."""
TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
PARTS = frozenset({"head", "p", "item", "list", "quote", "code", "table", "row", "lb"})
"""What begins a line in trafilatura's tree of an article."""
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tr", "ul",
})  # fmt: skip
"""What begins a line in HTML."""
CELLS = frozenset({"cell", "td", "th"})
SPACES = re.compile(r"[ \n\r\xa0]+")
LONG_ATTRIBUTES = "//@*[string-length(.) > 20000]"
SHORT = "[string-length(normalize-space(.)) < 700]"
SMALL_PRINT = (
    "(//a[contains(@href, 'privacy') or contains(@href, 'terms') or contains(@href, 'guidelines')])[position() <= 50]"
    f"/ancestor::*[self::p or self::div or self::section][position() <= 2]{SHORT}"
)
"""A short block that links to the site's rules is about the site: consent, sign-up, comments.

The counts keep the search short on a page made of nothing but such links."""
MARKED = " or ".join(
    f"contains(concat(' ', @class, ' '), ' {mark} ')"
    for mark in ("ad", "ads", "advert", "advertisement", "newsletter", "promo", "share", "tags")
)
ASIDE = f"(//*[self::div or self::p or self::section or self::ul][{MARKED}])[position() <= 200]{SHORT}"
"""A short block that calls itself one of these, in a whole word, is not the article."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it has to say, a Failure says


def read(data: bytes, path: str, options: ReadOptions, *, charset: str | None = None) -> Iterator[Draft]:
    """The one article of a page; `charset` is what the server said the encoding is.

    Raises UnreadableDocument when the page is too large, or is no HTML at all.
    """
    if len(data) > options.max_markup_bytes:
        size, limit = len(data) / 1e6, options.max_markup_bytes / 1e6
        raise UnreadableDocument(f"is a page of {size:,.0f} MB; a page may have {limit:,.0f} MB.")
    decoded = _letters(data, charset)
    tree, is_whole = _parsed(decoded.text)
    said = about(tree)
    doubts = decoded.warnings
    text = ""
    if not is_whole or _is_maze(tree):
        detail = "the page is nested too deeply, or too long in one piece, to be taken apart: the text is all it holds"
        doubts += (Warning(kind="no-article", detail=detail),)
        text = _all_text(decoded.text)
    elif not (text := _main_text(tree)):
        detail = "no article could be told from its surroundings: the text is all that the page shows"
        doubts += (Warning(kind="no-article", detail=detail),)
        text = _shown_text(tree)
    yield Draft(text=text, reader=READER, media_type="text/html", warnings=doubts, **said)


def _letters(data: bytes, charset: str | None) -> Decoded:
    """The page decoded by what the server, the page and the bytes say, the bytes having the last word."""
    meta = CHARSET.search(data[:HEAD])
    return decode(data, charset or (meta[1].decode("ascii") if meta else None))


def _parsed(text: str) -> tuple[HtmlElement, bool]:
    """The page's tree, and whether it holds all of the page: the parser leaves off at its limits without a word."""
    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(CONTROLS.sub("\ufffd", text).encode(), parser=parser)
    except LxmlError as error:
        raise UnreadableDocument("is named or looks like HTML and holds none.") from error
    for value in tree.xpath(LONG_ATTRIBUTES):  # pictures written out, and traps for whoever searches attributes
        value.getparent().attrib.pop(value.attrname, None)
    return tree, not any(entry.level_name == "FATAL" for entry in parser.error_log)


def _is_maze(tree: HtmlElement) -> bool:
    """Would a search of this page, element by element and up from each, take longer than any page is worth?"""
    depth = steps = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        steps += depth
    return steps > MOST_STEPS


def _main_text(tree: HtmlElement) -> str:
    _straighten(tree)
    try:
        article = trafilatura.bare_extraction(tree, include_comments=False, prune_xpath=[SMALL_PRINT, ASIDE])
    except ValueError:  # control characters that the page wrote as references
        return ""
    return "\n".join(_lines(article.body, PARTS)) if isinstance(article, Document) and article.body is not None else ""


def _shown_text(tree: HtmlElement) -> str:
    """All that a page shows, a line for each of its blocks."""
    for unseen in tree.xpath("//head | //script | //style | //template"):
        unseen.drop_tree()
    return "\n".join(_lines(tree, BLOCKS))


def _straighten(tree: HtmlElement) -> None:
    """Tables that only lay out the page, as was the custom until about 2010, become plain blocks."""
    laid_out = {table for table in tree.iter("table") if _lays_out(table)}
    parts = [part for part in tree.iter(*TABLE) if (part if part.tag == "table" else _table_of(part)) in laid_out]
    for part in parts:
        part.tag = "div"


def _table_of(part: HtmlElement) -> HtmlElement | None:
    return next(part.iterancestors("table"), None)


def _lays_out(table: HtmlElement) -> bool:
    """A table around tables, or around prose."""
    if table.find(".//table") is not None:
        return True
    return any(len(cell.text_content()) > LONGEST_CELL for cell in table.iter("td", "th"))


def _lines(body: HtmlElement, blocks: frozenset[str]) -> Iterator[str]:
    """The paragraphs, headings, items and table rows, a line each, with no letter added but tabs between cells."""
    pieces: list[str] = []

    def line() -> Iterator[str]:
        words = SPACES.sub(" ", "".join(pieces)).strip()
        pieces.clear()
        if words:
            yield words

    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag in blocks:
            yield from line()
        elif element.tag in CELLS and event == "end":
            pieces.append("\t")
        pieces.append((element.text if event == "start" else element.tail) or "")
    yield from line()


def _all_text(page: str) -> str:
    """The letters between the tags of a page that no parser takes, in time that grows with its length alone.

    >>> _all_text("<div><div>انهار<b> السد</b><script>x</script>")
    'انهار\\n السد'
    """
    for opening, closing in UNSEEN:
        seen, at = [], 0
        while (start := page.find(opening, at)) >= 0:
            seen.append(page[at:start])
            at = end if (end := page.find(closing, start)) >= 0 else len(page)
        page = "".join([*seen, page[at:]])
    lines = (line.rstrip() for line in html.unescape(TAG.sub("\n", page)).splitlines())
    return "\n".join(line for line in lines if line)
