"""What a page says of itself: outlet, title, author, address, and when it was published.

Only marked statements count: schema.org in JSON-LD, Open Graph and other meta elements, the canonical link, a time
element marked as the publication's, and a full date in the address. The first that is there wins, in the order of
how carefully sites keep them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict
from urllib.parse import urlsplit

import msgspec
from lxml.html import HtmlElement

__all__ = ["Said", "about"]


class Said(TypedDict):
    outlet: str | None
    title: str | None
    author: str | None
    url: str | None
    published: str | None


META = {
    "outlet": ("og:site_name", "application-name", "dc.publisher", "citation_journal_title"),
    "title": ("og:title", "twitter:title", "dc.title", "citation_title", "headline"),
    "author": ("author", "article:author", "dc.creator", "citation_author", "parsely-author", "sailthru.author"),
    "url": ("og:url",),
    "published": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "publication_date",
        "publishdate",
        "publish-date",
        "pubdate",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "citation_publication_date",
        "date",
    ),
}
ARTICLES = frozenset(
    ["Article", "NewsArticle", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "BlogPosting"]
)
LD = "//script[@type='application/ld+json']"
DATED = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/_-]|$)")
BETWEEN = re.compile(r"\s[-–—|:»«]+\s")
"""What sites put between a headline and their own name."""
AT_MOST = 500
"""Characters of a statement; longer ones are no title and no name."""


def about(tree: HtmlElement) -> Said:
    """What the page says of itself; None for what it does not say."""
    meta = _meta(tree)
    article = _article(tree)
    url = _first(_links(tree)) or _first(meta.get(name) for name in META["url"])
    author = _name(article.get("author")) or _named(meta, "author")
    return Said(
        outlet=_named(meta, "outlet") or _name(article.get("publisher")),
        title=_named(meta, "title") or _name(article.get("headline")) or _heading(tree),
        author=None if author and author.startswith("http") else author,
        url=url,
        published=_name(article.get("datePublished"))
        or _named(meta, "published")
        or _first(tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime"))
        or _dated(url),
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The meta elements by name, the first of a name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (content := _tidy(element.get("content"))):
            found.setdefault(name.strip().lower(), content)
    return found


def _article(tree: HtmlElement) -> Mapping[str, object]:
    """The page's article in schema.org terms, or nothing."""
    for script in tree.xpath(LD):
        try:
            said = msgspec.json.decode((script.text or "").strip().encode())
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
        for thing in _things(said):
            kinds = thing.get("@type")
            if ARTICLES.intersection(kinds if isinstance(kinds, list) else [kinds]):
                return thing
    return {}


def _things(said: object) -> Iterator[Mapping[str, object]]:
    """The objects of a JSON-LD script: one, a list of them, or those under @graph."""
    if isinstance(said, dict):
        yield said
        yield from _things(said.get("@graph"))
    elif isinstance(said, list):
        yield from (thing for thing in said if isinstance(thing, dict))


def _name(value: object) -> str | None:
    """A statement as words: itself, the name of a thing, or the names of several."""
    if isinstance(value, str):
        return _tidy(value)
    if isinstance(value, dict):
        return _tidy(value.get("name"))
    if isinstance(value, list):
        return "، ".join(filter(None, (_name(one) for one in value if not isinstance(one, list)))) or None
    return None


def _named(meta: Mapping[str, str], target: str) -> str | None:
    return _first(meta.get(name) for name in META[target])


def _heading(tree: HtmlElement) -> str | None:
    """The only first-level heading; else what the window is called, in so far as the page shows it too."""
    headings = [_tidy(heading.text_content()) for heading in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    window = _first(_tidy(title.text_content()) for title in tree.iter("title")) or ""
    body = tree.find("body")
    shown = " ".join(body.text_content().split()) if body is not None else ""
    parts = sorted((part.strip() for part in BETWEEN.split(window)), key=len, reverse=True)
    return next((part for part in [window, *parts] if part.count(" ") >= 2 and part in shown), None)


def _links(tree: HtmlElement) -> Iterator[str]:
    return (href.strip() for href in tree.xpath("//link[@rel='canonical']/@href") if href.strip().startswith("http"))


def _dated(url: str | None) -> str | None:
    """The day in an address that is filed by days: /2015/07/20/."""
    try:
        found = DATED.search(urlsplit(url or "").path)
    except ValueError:
        return None
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _tidy(value: object) -> str | None:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if 0 < len(text) <= AT_MOST else None
