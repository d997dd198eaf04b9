"""Time stamps by an outside authority: proof that the log stood as it stands before a certain moment.

The hash of the log's last entry stands for the whole case. An authority that is sent this hash, and nothing else, signs
it together with the time (RFC 3161); its reply is kept as an entry of the log. Nothing is sent unless somebody asks for
it: `ask` is the one place from which riwaya calls another machine.

Needs `pip install 'riwaya[stamps]'`. Source: RFC 3161; the hash is stamped as its 64 hexadecimal letters, so that
`openssl ts -verify -data FILE` checks it too, with those letters in FILE.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from msgspec import Struct

from riwaya.errors import InvalidInput, MissingThing

if TYPE_CHECKING:
    from riwaya.case.case import Case
    from riwaya.case.writer import Writer

GRANTED = (0, 1)
"""States of a reply that holds a stamp: granted, and granted with changes."""
SHA256 = "2.16.840.1.101.3.4.2.1"
LARGEST = 1 << 20
"""Bytes of a reply that are read at the most."""
PATIENCE = 30
"""Seconds an authority is waited for."""


class Stamp(Struct, frozen=True, kw_only=True):
    """The time at which an authority saw the hash of an entry of the log."""

    number: int
    """Of the entry that was stamped; everything before it stands under the same stamp."""
    hash: str
    at: str
    """In UTC, by the authority's clock."""
    authority: str | None
    """Where the reply came from; None when it was brought as a file."""
    reply: str
    """As the authority sent it, in base64."""


def query(case: Case) -> Any:
    """What an authority is asked to stamp the case as it is: a hash, and a number to know its reply by."""
    client = _client()
    last = [entry.hash for entry in case.log()]
    if not last:
        raise InvalidInput(f"{case.path} holds nothing to stamp yet; run `riwaya build {case.path} FOLDER`.")
    return client.TimestampRequestBuilder(last[-1].encode(), client.HashAlgorithm.SHA256).build()


def ask(url: str, query: bytes) -> bytes:
    """Sends a query to an authority and returns its reply; raises InvalidInput when there is none."""
    if not url.startswith(("http://", "https://")):
        raise InvalidInput(f"{url!r} is no address of an authority; give one that starts with https://.")
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with urlopen(Request(url, query, headers), timeout=PATIENCE) as answer:
            reply: bytes = answer.read(LARGEST)
    except (URLError, OSError, ValueError) as error:
        raise InvalidInput(f"{url} gave no stamp: {getattr(error, 'reason', None) or error}.") from error
    return reply


def keep(writer: Writer, reply: bytes, authority: str | None = None, nonce: int | None = None) -> Stamp:
    """Makes an authority's reply an entry of the log.

    Raises InvalidInput when it is no reply, when it refuses, when it does not bear the number of the query, if one is
    given, or when it stamps something that is not in this log. Who signed it is checked by `faults`.
    """
    token = _parsed(reply)
    if nonce is not None and token.nonce != nonce:
        raise InvalidInput("The reply does not answer this query: its number is another one.")
    stamped = [entry for entry in writer.log() if _imprint(entry.hash) == token.message_imprint.message]
    if not stamped or token.message_imprint.hash_algorithm.dotted_string != SHA256:
        raise InvalidInput(f"The reply does not stamp {writer.path}: no entry of its log has this hash.")
    stamp = Stamp(
        number=stamped[0].number,
        hash=stamped[0].hash,
        at=token.gen_time.astimezone(UTC).isoformat(timespec="seconds"),
        authority=authority,
        reply=b64encode(reply).decode(),
    )
    values = {name: getattr(stamp, name) for name in Stamp.__struct_fields__}
    with writer.step():
        writer.record("stamp", values)
    return stamp


def stamps(case: Case) -> Iterator[Stamp]:
    """The stamps in the log, in order."""
    for entry in case.log("stamp"):
        yield Stamp(**entry.said)


def faults(case: Case, roots: str | Path | None = None) -> Iterator[str]:
    """Stamps of what the log does not hold and, given root certificates (PEM), those that nobody under them signed."""
    signed = _verifier(roots) if roots is not None else None
    hashes = {entry.number: entry.hash for entry in case.log()}
    for stamp in stamps(case):
        if hashes.get(stamp.number) != stamp.hash:
            yield f"log: the stamp of entry {stamp.number} is of another hash than the entry has"
        elif signed is not None and (fault := signed(stamp)):
            yield f"log: the stamp of entry {stamp.number} is not signed as it should be: {fault}"


def _verifier(roots: str | Path) -> Callable[[Stamp], str | None]:
    """Says what is wrong with the signature of a stamp."""
    client = _client()
    import cryptography.x509

    try:
        certificates = cryptography.x509.load_pem_x509_certificates(Path(roots).read_bytes())
    except ValueError as error:
        raise InvalidInput(f"{roots} holds no certificates: {error}; give the authority's root as PEM.") from error
    verifier = client.VerifierBuilder(roots=certificates).build()

    def fault(stamp: Stamp) -> str | None:
        try:
            verifier.verify(client.decode_timestamp_response(b64decode(stamp.reply)), _imprint(stamp.hash))
        except (client.VerificationError, ValueError) as error:
            return str(error)
        return None

    return fault


def _imprint(hash: str) -> bytes:
    """What a stamp names in place of the hash: its own SHA-256."""
    return sha256(hash.encode()).digest()


def _parsed(reply: bytes) -> Any:
    """What a reply says that was stamped, and when."""
    try:
        response = _client().decode_timestamp_response(reply)
        status, told = response.status, " ".join(response.status_string)
        token = response.tst_info if status in GRANTED else None
    except ValueError as error:
        raise InvalidInput(f"This is no reply of a time-stamping authority (RFC 3161): {error}.") from error
    if token is None:
        raise InvalidInput(f"The authority refused to stamp (status {status}){f': {told}' if told else ''}.")
    return token


def _client() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise MissingThing("Time stamps need a package more: pip install 'riwaya[stamps]'.") from error
    return rfc3161_client
