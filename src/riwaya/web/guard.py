"""The door: who may ask, and what an answer may do in the browser that shows it.

Documents are hostile. What keeps them harmless: every text is escaped, and no page may run a script, load a style or
send a form except our own, which the browser enforces by the Content-Security-Policy set here. What keeps strangers
out: another web page open in the same browser can neither name this server (the Host header must be ours, which stops
DNS rebinding) nor post to it, and beyond the machine itself a token is needed.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
COOKIE = "riwaya-token"
SCRIPT, STYLE = "/static/script.js", "/static/style.css"

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
"""Headers of every answer that does not say otherwise itself."""


def page_policy(base: str) -> str:
    """What a page of ours may do: our script and style by their path, pictures and frames of this server."""
    return (
        f"default-src 'none'; script-src {base}{SCRIPT}; style-src {base}{STYLE}; img-src {base}/static/;"
        f" connect-src {base}/decisions; frame-src {base}/documents/; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    )


ORIGINAL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none';"
    " frame-ancestors 'self'"
)
"""What an original may do when it is shown: wear its own colours, nothing else."""


class Guard:
    """ASGI middleware that refuses strangers and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = LOOPBACK, token: str | None = None) -> None:
        self.app, self.hosts, self.token = app, hosts, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        base = f"{scope['scheme']}://{headers.get('host', '')}"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    answer.setdefault(name, value)
                answer.setdefault("Content-Security-Policy", page_policy(base))
            await send(message)

        refused = self.refusal(scope, headers, base)
        await (refused or self.app)(scope, receive, send_with_headers)

    def refusal(self, scope: Scope, headers: Headers, base: str) -> Response | None:
        """The answer to a request that must not come in, or None."""
        if not known_host(headers.get("host", ""), self.hosts):
            return PlainTextResponse(
                f"This server answers only to {', '.join(sorted(self.hosts))}; the request named another host.\n", 421
            )
        if scope["method"] not in ("GET", "HEAD") and not same_origin(headers, base):
            return PlainTextResponse("Only this server's own pages may post to it.\n", 403)
        if self.token is not None:
            return self._without_token(scope, headers, self.token)
        return None

    def _without_token(self, scope: Scope, headers: Headers, token: str) -> Response | None:
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if given := query.pop("token", None):
            if not same(given[0], token):
                return PlainTextResponse("The token is not right; use the address that `riwaya serve` printed.\n", 403)
            where = scope["path"] + (f"?{urlencode(query, doseq=True)}" if query else "")
            answer = RedirectResponse(where if where.startswith("/") and where[1:2] != "/" else "/", 303)
            answer.set_cookie(COOKIE, token, httponly=True, samesite="strict")
            return answer
        cookie: SimpleCookie = SimpleCookie()
        cookie.load(headers.get("cookie", ""))
        if COOKIE in cookie and same(cookie[COOKIE].value, token):
            return None
        return PlainTextResponse("This case is open to those who have its address with the token.\n", 401)


def same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def known_host(host: str, hosts: frozenset[str]) -> bool:
    """Whether a Host header names this server, whatever the port.

    >>> known_host("localhost:8642", LOOPBACK), known_host("[::1]:80", LOOPBACK), known_host("evil.example", LOOPBACK)
    (True, True, False)
    """
    try:
        parts = urlsplit(f"//{host}")
        return parts.hostname in hosts and parts.username is None and not parts.path and (parts.port or 0) >= 0
    except ValueError:
        return False


def same_origin(headers: Mapping[str, str], base: str) -> bool:
    """Whether a browser says that the request comes from a page of this server."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None:
        return origin == base and site in (None, "same-origin")
    return site == "same-origin"
