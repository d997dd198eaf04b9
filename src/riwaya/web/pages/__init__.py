"""The pages: each a function from the desk and what was asked to a value, shown as HTML or as JSON."""

from __future__ import annotations

from riwaya.web.pages import (
    claim,
    claims,
    compare,
    conflicts,
    copying,
    decisions,
    documents,
    names,
    overview,
    places,
    reading,
    search,
    sources,
    timeline,
)
from riwaya.web.pages.page import Page

__all__ = ["PAGES", "Page"]

PAGES: tuple[Page, ...] = (
    overview.page,
    documents.page,
    reading.page,
    compare.page,
    copying.page,
    sources.page,
    claims.page,
    claim.page,
    conflicts.page,
    timeline.page,
    places.page,
    names.page,
    search.page,
    decisions.page,
)
