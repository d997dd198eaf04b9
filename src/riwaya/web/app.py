"""The server: addresses, answers as HTML or JSON, and what is said when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import parse_qs, parse_qsl, urlencode

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from riwaya.errors import InvalidInput, MissingThing, RiwayaError
from riwaya.web.desk import Desk
from riwaya.web.guard import LOOPBACK, Guard
from riwaya.web.openapi import describe
from riwaya.web.originals import original
from riwaya.web.pages import PAGES, Page
from riwaya.web.pages.page import Text
from riwaya.web.show import FILES, Reader, html
from riwaya.web.verdicts import decide, made, plain

S = TypeVar("S", bound=msgspec.Struct)
MOST_QUERY = 8000
"""Characters of a query string or a form; browsers and people send less."""
LOCAL = re.compile(r"/(?![/\\\\])[\x21-\x7e]*")
"""An address on this server."""


def application(desk: Desk, hosts: frozenset[str] = LOOPBACK, token: str | None = None) -> Guard:
    """The pages of a case as an ASGI application."""
    routes: list[Route | Mount] = [Mount("/static", StaticFiles(directory=FILES / "static"))]
    for page in PAGES:
        answer = answering(page, desk)
        twin = "/overview" if page.path == "/" else page.path
        routes += [Route(f"{twin}.json", answer), Route(page.path, answer)]
    routes.append(Route("/decisions", deciding(desk), methods=["POST"]))
    routes.append(Route("/documents/{key}/original", lambda request: original(desk, request)))
    routes.append(Route("/openapi.json", lambda _: JSONResponse(describe(PAGES))))
    app = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: lambda request, error: failure(desk, request, error),
            RiwayaError: lambda request, error: failure(desk, request, error),
            msgspec.DecodeError: lambda request, error: failure(desk, request, error),
        },
    )
    return Guard(app, hosts, token)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as a form sends it."""

    subject: Text
    verdict: Text
    note: Text | None = None
    other: Text | None = None
    """What to merge the subject with."""
    back: Text = "/decisions"


def deciding(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_QUERY:
                raise HTTPException(413, "A decision is shorter than that.")
        fields = parse_qs(body.decode("utf-8", "replace"))
        said = converted({key: values[-1] for key, values in fields.items()}, Said)
        decision = await run_in_threadpool(decide, desk, said.subject, said.verdict, said.note, said.other)
        if wants_json(request):
            (now,) = await run_in_threadpool(made, desk, {decision.id})
            return Response(plain(decision, now.changed), media_type="application/json")
        return RedirectResponse(told(said.back if LOCAL.fullmatch(said.back) else "/decisions", decision.id), 303)

    return answer


def told(back: str, decision: str) -> str:
    """The page that somebody decided on, asked to say what that changed."""
    address, _, at = back.partition("#")
    path, _, query = address.partition("?")
    kept = [(key, value) for key, value in parse_qsl(query) if key != "done"]
    return f"{path}?{urlencode([*kept, ('done', decision)])}" + (f"#{at}" if at else "")


def answering(page: Page, desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        if len(request.url.query) > MOST_QUERY:
            raise HTTPException(414, "The address is too long.")
        value = page.answer(desk, asked(page, request))
        if wants_json(request):
            return Response(msgspec.json.encode(value), media_type="application/json")
        return html(page, value, desk, Reader.of(request))

    return answer


def asked(page: Page, request: Request) -> Any:
    """What a request asks of a page; empty values mean nothing was said."""
    said: dict[str, object] = {}
    for key in request.query_params:
        values = [value for value in request.query_params.getlist(key) if value]
        if values:
            said[key] = {"on": "true"}.get(values[-1], values[-1])
    return converted({**said, **request.path_params}, page.asked)


def converted(said: dict[str, Any], kind: type[S]) -> S:
    """Words as values of a type; raises InvalidInput that says what is wrong."""
    try:
        return msgspec.convert(said, type=kind, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(f"{error}.") from error


def wants_json(request: Request) -> bool:
    if request.url.path.endswith(".json"):
        return True
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def failure(desk: Desk, request: Request, error: Exception) -> Response:
    """An error as a page, or as JSON for programs."""
    if isinstance(error, HTTPException):
        status, message = error.status_code, error.detail
    elif isinstance(error, MissingThing):
        status, message = 404, str(error)
    elif isinstance(error, InvalidInput):
        status, message = 400, str(error)
    elif isinstance(error, msgspec.DecodeError):
        status, message = 503, f"The case holds what this riwaya cannot read ({error}); build it again."
    else:
        status, message = 503, str(error)
    if wants_json(request):
        return JSONResponse({"error": message}, status)
    return html(None, {"status": status, "message": message}, desk, Reader.of(request), status)
