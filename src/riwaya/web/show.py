"""Values as HTML: the reader's language and digits, links, and the templates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from riwaya.case import briefs
from riwaya.model import Reason
from riwaya.web.desk import Desk
from riwaya.web.guard import SCRIPT, STYLE
from riwaya.web.pages import PAGES, Page
from riwaya.web.strings import DIRECTIONS, LANGUAGES, number, say, table, when
from riwaya.web.verdicts import Made, made

FILES = Path(__file__).parent
DIGITS = ("latin", "arabic")
A_YEAR = 365 * 24 * 3600
MENU: tuple[tuple[str, str | None], ...] = (
    ("overview", None),
    ("documents", "documents"),
    ("claims", "claims"),
    ("conflicts", "conflicts"),
    ("copying", "copies"),
    ("sources", "attributions"),
    ("timeline", "events"),
    ("names", "entities"),
    ("places", None),
    ("search", None),
    ("decisions", None),
)
"""The pages of the menu, each with the layer whose count stands beside it."""


class Reader(Struct, frozen=True, kw_only=True):
    """Who looks: in which language and with which digits, and what is to be remembered of that."""

    language: str = "en"
    digits: str = "latin"
    chosen: Mapping[str, str] = {}
    path: str = "/"
    query: tuple[tuple[str, str], ...] = ()
    done: str = ""
    """The decision that has just been made here, to be told what it changed."""

    @classmethod
    def of(cls, request: Request) -> Reader:
        chosen = {}
        for name, known in (("lang", tuple(LANGUAGES)), ("digits", DIGITS)):
            if (value := request.query_params.get(name)) in known:
                chosen[name] = str(value)
        language = chosen.get("lang") or request.cookies.get("lang") or preferred(request)
        digits = chosen.get("digits") or request.cookies.get("digits") or "latin"
        return cls(
            language=language if language in LANGUAGES else "en",
            digits=digits if digits in DIGITS else "latin",
            chosen=chosen,
            path=request.url.path,
            query=tuple((k, v) for k, v in request.query_params.multi_items() if k not in ("lang", "digits", "done")),
            done=request.query_params.get("done", ""),
        )

    def here(self, **changes: object) -> str:
        """This page with some of its questions changed; None takes one out."""
        said = {**dict(self.query), **changes}
        return address(self.path, {k: v for k, v in said.items() if v is not None})


def preferred(request: Request) -> str:
    """The first language of ours that the browser names.

    Order is taken as preference; weights are not read, since browsers list languages by weight.
    """
    for entry in request.headers.get("accept-language", "").lower().split(","):
        language = entry.strip()[:2]
        if language in LANGUAGES:
            return language
    return "en"


def address(path: str, query: Mapping[str, object]) -> str:
    words = urlencode({k: str(v).lower() if isinstance(v, bool) else v for k, v in query.items()})
    return f"{path}?{words}" if words else path


def link(name: str, at: str | None = None, **values: object) -> str:
    """The address of a page, or of a spot on it.

    >>> link("reading", key="879346680e0c", start=3, end=9)
    '/documents/879346680e0c?start=3&end=9'
    """
    path = next(page.path for page in PAGES if page.name == name)
    for key in list(values):
        if f"{{{key}}}" in path:
            path = path.replace(f"{{{key}}}", quote(str(values.pop(key)), safe=""))
    return address(path, {k: v for k, v in values.items() if v is not None}) + (f"#{quote(at)}" if at else "")


def percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 or share == 0 else "< 1 %"


def web_address(url: str | None) -> str | None:
    """The address of a document where a browser may follow it, else None."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def shown_text(text: str) -> str:
    """A text as HTML may hold it: what HTML cannot say is shown as «�»."""
    return "".join("\ufffd" if (c < " " and c not in "\t\n\r\f") or c == "\x7f" else c for c in text)


def isolated(text: str) -> Markup:
    """A sentence whose dates and numbers keep their order in text of either direction.

    >>> str(isolated("في 2019-03-05 & «x's»"))
    'في <bdi dir="ltr">2019-03-05</bdi> &amp; «x&#39;s»'
    """
    pieces = _DATED.split(shown_text(text))  # every second piece is a date or number
    return Markup("").join(
        Markup('<bdi dir="ltr">{}</bdi>').format(piece) if n % 2 else escape(piece) for n, piece in enumerate(pieces)
    )


_DATED = re.compile(r"((?:[<≤≥~]\s?)?\d[\d./:T~–-]*\d)")


def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FILES / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: shown_text(value) if type(value) is str else value,
    )
    made.filters["isolated"] = isolated
    made.globals |= {"link": link, "web_address": web_address, "languages": LANGUAGES}
    return made


TEMPLATES = environment()


def html(page: Page | None, value: Any, desk: Desk, reader: Reader, status: int = 200) -> Response:
    """A page for people."""
    name = page.name if page else "fault"
    text = render(name, value, desk, reader)
    answer = HTMLResponse(text, status)
    for key, chosen in reader.chosen.items():
        answer.set_cookie(key, chosen, max_age=A_YEAR, samesite="strict", httponly=True)
    return answer


def render(name: str, value: Any, desk: Desk, reader: Reader, frame: str = "frame.html", **more: Any) -> str:
    arabic_digits = reader.digits == "arabic"
    counts = briefs.counts(desk.case) | {"documents": desk.keep("facets", briefs.facets).total}
    return TEMPLATES.get_template(f"{name}.html").render(
        page=value,
        name=name,
        frame=frame,
        case=desk.name,
        reader=reader,
        lang=reader.language,
        dir=DIRECTIONS[reader.language],
        other=next(language for language in LANGUAGES if language != reader.language),
        t=partial(translated, reader.language),
        n=partial(number, arabic_digits=arabic_digits),
        d=partial(when, arabic_digits=arabic_digits),
        reason=partial(known, reader.language, "reason"),
        value=partial(known, reader.language, "value"),
        because=partial(because, reader.language),
        percent=lambda share: digits(percent(share), arabic_digits),
        menu=MENU,
        counts=counts,
        notice=notice(desk, reader),
        script=SCRIPT,
        style=STYLE,
        **more,
    )


def notice(desk: Desk, reader: Reader) -> Made | None:
    """What the decision that the address names has changed."""
    return next(iter(made(desk, {reader.done})), None) if reader.done else None


def translated(language: str, key: str, **values: object) -> str:
    return say(key, language, **values)


def known(language: str, group: str, word: str) -> str:
    """A word of the stages as the interface says it; as it is where the interface has no word for it."""
    return say(f"{group}.{word}", language) if f"{group}.{word}" in table() else word


def because(language: str, reason: Reason) -> str:
    """Why a direction was given, in the reader's language; in the machine's words where the interface has none.

    >>> because("en", Reason(kind="same-credit", detail="both credit رواسي", weight=2.2))
    'both credit رواسي'
    """
    found = _BECAUSE.match(reason.detail)
    if f"because.{reason.kind}" not in table() or found is None:
        return reason.detail
    holes = {name: text or "" for name, text in found.groupdict().items()}
    side = say(f"side.{holes['side']}", language) if f"side.{holes['side']}" in table() else ""
    return say(f"because.{reason.kind}", language, **(holes | {"side": side}))


_BECAUSE = re.compile(
    r"(?P<side>left|right|both)\b"
    r"(?: published (?P<one>[^,]+), \w+ (?P<other>\S+)"
    r"| (?:credits?|outlets print) (?P<name>[^,]+)"
    r"| has (?P<count>\d+))?"
)


def digits(text: str, arabic_digits: bool) -> str:
    return text.translate(str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪")) if arabic_digits else text
