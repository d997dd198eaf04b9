"""The pages: each a function from the desk and what was asked to a value, shown as HTML or as JSON."""

from __future__ import annotations

from riwaya.web.pages import documents, overview, reading, search
from riwaya.web.pages.page import Page

__all__ = ["PAGES", "Page"]

PAGES: tuple[Page, ...] = (
    overview.page,
    documents.page,
    reading.page,
    search.page,
)
