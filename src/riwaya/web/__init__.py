"""The reading room: a case as web pages on this machine, in Arabic and English."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from pathlib import Path

import uvicorn

from riwaya.errors import InvalidInput
from riwaya.web.app import application
from riwaya.web.desk import Desk
from riwaya.web.guard import LOOPBACK
from riwaya.web.pages import PAGES, overview
from riwaya.web.pages.page import Nothing
from riwaya.web.report import report

__all__ = ["report", "serve"]


def serve(case_path: str | Path, port: int = 8642, browser: bool = True, host: str = "127.0.0.1") -> None:
    """Serves a case until it is stopped with Ctrl-C.

    >>> serve("dam.riwaya")                                                       # doctest: +SKIP
    http://127.0.0.1:8642/

    Only this machine can reach it, unless `host` is an address of the machine in a network: then a token is made,
    and only who has the printed address comes in. `port` 0 takes a free one. Raises CaseError when the file is no
    case, and InvalidInput when the port is taken.
    """
    desk = Desk(case_path)
    token = None if host in LOOPBACK else secrets.token_urlsafe(24)
    listener = listen(host, port)
    name = f"[{host}]" if ":" in host else host
    where = f"http://{name}:{listener.getsockname()[1]}/" + (f"?token={token}" if token else "")
    overview.page.answer(desk, Nothing())  # what the browser asks for first is counted before anything else
    print(f"{where}  (Ctrl-C stops)", flush=True)
    threading.Thread(target=warm, args=(desk,), daemon=True).start()
    if browser:
        threading.Timer(0.5, webbrowser.open, [where]).start()
    hosts = LOOPBACK if token is None else LOOPBACK | {host}
    settings = uvicorn.Config(
        application(desk, hosts, token), log_level="warning", server_header=False, lifespan="off", proxy_headers=False
    )
    uvicorn.Server(settings).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises InvalidInput when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise InvalidInput(
            f"Port {port} of {host} cannot be opened ({error.strerror or error}); try another with --port, 0 takes a"
            " free one."
        ) from error


def warm(desk: Desk) -> None:
    """Counts what the pages will show while the browser is still opening."""
    for page in PAGES:
        if "{" not in page.path:
            page.answer(desk, page.asked())
