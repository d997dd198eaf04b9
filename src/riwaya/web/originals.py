"""Originals beside the text: shown where that is harmless, given to keep where it is not."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from riwaya.web.desk import Desk
from riwaya.web.guard import ORIGINAL_POLICY
from riwaya.web.pages.page import slip

PAGES = {"text/html", "application/xhtml+xml"}
PLAIN = {"application/json", "application/x-ndjson", "application/jsonl"}
_REACHING = re.compile(rb"<(?=/?(?:link|base|meta|script|iframe|frame|object|embed|portal)\b)", re.IGNORECASE)
"""Elements that could reach out in spite of the policy (a preconnect, a refresh) or that have no use here."""


def showing(media_type: str) -> str:
    """How an original of a media type is shown beside its text: `page`, `text` or `download`.

    >>> showing("text/html"), showing("text/plain; charset=windows-1256"), showing("application/pdf")
    ('page', 'text', 'download')
    """
    kind = media_type.partition(";")[0].strip().lower()
    if kind in PAGES:
        return "page"
    return "text" if kind.startswith("text/") or kind in PLAIN else "download"


def harmless(data: bytes) -> tuple[bytes, str]:
    """A saved page with what could reach out made inert, and the encoding to read it in.

    The encoding is ours to name: one that a page names itself could hide a tag from the eye that looks for it.
    """
    try:
        data.decode("utf-8-sig")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "windows-1256"
    return _REACHING.sub(b"&lt;", data), encoding


def original(desk: Desk, request: Request) -> Response:
    """The bytes as they were taken in; inside a frame of ours, a page or text to look at."""
    doc = desk.case.document(slip(desk, request.path_params["key"]).id)
    data = desk.case.original(doc.id)
    headers = {"Content-Security-Policy": ORIGINAL_POLICY}
    how = showing(doc.media_type) if request.headers.get("sec-fetch-dest") == "iframe" else "download"
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if how == "page" and not wide:
        shown, encoding = harmless(data)
        return Response(shown, media_type=f"text/html; charset={encoding}", headers=headers)
    if how in ("page", "text"):
        return Response(data, media_type=f"text/plain; charset={encoding_of(data)}", headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="{asked_name(doc.path)}"'
    return Response(data, media_type="application/octet-stream", headers=headers)


def encoding_of(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    return harmless(data)[1]


def asked_name(path: str) -> str:
    """A file name for saving that no system trips over.

    >>> asked_name('a/b\\\\c".html'), asked_name("خبر.html")
    ('c_.html', '___.html')
    """
    name = re.split(r"[\\/]", path)[-1]
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)[:100].lstrip(".") or "original"
