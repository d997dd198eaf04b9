"""A language model behind an OpenAI-compatible address, such as one that runs on this machine.

Nothing is sent unless a command names the model. An address beyond this machine is refused unless it is allowed in so
many words, because what is sent are sentences of the documents.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import msgspec
from msgspec import Struct

from riwaya.errors import InvalidInput

LOCAL = "http://127.0.0.1:11434/v1"
PATIENCE = 300
"""Seconds an answer is waited for: a model on a laptop is slow."""
LARGEST = 1 << 20
"""Bytes of an answer that are read at the most."""


class Endpoint(Struct, frozen=True, kw_only=True):
    """An address, the model to ask there, and the key if it wants one."""

    model: str
    url: str = LOCAL
    key: str | None = None
    remote: bool = False
    """Whether an address beyond this machine is allowed."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InvalidInput(f"{self.url!r} is no address of a model; give one such as {LOCAL}.")
        if not self.remote and not is_loopback(parts.hostname):
            raise InvalidInput(
                f"{self.url} lies beyond this machine, and sentences of the documents would be sent there;"
                " say --remote if that is meant."
            )

    def ask(self, instruction: str, question: str) -> str:
        """The model's answer; raises InvalidInput when there is none."""
        body = {
            "model": self.model,
            "temperature": 0,
            "seed": 0,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": question}],
        }
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        address = f"{self.url.rstrip('/')}/chat/completions"
        try:
            with urlopen(Request(address, msgspec.json.encode(body), headers), timeout=PATIENCE) as answer:
                said: Any = msgspec.json.decode(answer.read(LARGEST))
            text = said["choices"][0]["message"]["content"]
        except (URLError, OSError, msgspec.MsgspecError, ValueError) as error:
            raise InvalidInput(f"{address} gave no answer: {getattr(error, 'reason', None) or error}.") from error
        except (KeyError, IndexError, TypeError) as error:
            raise InvalidInput(f"{address} answered in a form that is not OpenAI's: no choices[0].message.") from error
        return str(text)


def is_loopback(host: str) -> bool:
    """Does a host name this machine?

    >>> is_loopback("localhost"), is_loopback("127.8.0.1"), is_loopback("::1"), is_loopback("example.org")
    (True, True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
