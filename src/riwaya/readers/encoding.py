"""Bytes → letters, for bytes of any encoding.

A text that says what it is (a byte-order mark, valid UTF-8) is believed. What is left is nearly always one byte a
letter, and the candidates give quite different letters for the same bytes: the right one is that whose letters
come as often as they do in Arabic (letters.toml). General detectors need more letters for it,
know no Mac Arabic, and are slower; see docs/method/readers.md for the measurement.
"""

from __future__ import annotations

import codecs
from functools import cache

import numpy as np
from charset_normalizer import from_bytes
from msgspec import Struct
from numpy.typing import NDArray

from riwaya.errors import UnreadableDocument
from riwaya.model import Warning
from riwaya.readers.letters import letters

__all__ = ["Decoded", "decode"]

ARABIC = {"cp1256": 0.0, "iso8859_6": -6.0, "mac_arabic": -8.0, "cp720": -10.0}
"""One-byte Arabic encodings, with how much less likely each is than the commonest, as a log probability."""
WESTERN = "cp1252"
NAMES = {
    "cp1256": "Windows-1256",
    "iso8859_6": "ISO-8859-6",
    "mac_arabic": "Mac Arabic",
    "cp720": "DOS-720",
    "cp1252": "Windows-1252",
    "utf_8": "UTF-8",
    "utf_16_le": "UTF-16LE",
    "utf_16_be": "UTF-16BE",
}
MARKS = (
    (codecs.BOM_UTF8, "utf_8_sig"),
    (codecs.BOM_UTF32_LE, "utf_32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
NOT_DECLARED = ("utf", "ascii", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined")
"""Names in a header that say nothing about bytes that are not UTF-8: latin letters in disguise, or refuted."""
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\f\r\x1b"))
HEAD = 4096
"""Bytes that tell text from other things."""
SAMPLE = 200_000
"""Bytes that are looked at to decide; the rest of a file does not change its encoding."""
PLAUSIBLE = -6.0
"""Mean log probability of a letter above which a text is taken for Arabic; real news has about -3, noise -9."""


class Decoded(Struct, frozen=True, kw_only=True):
    text: str
    encoding: str
    warnings: tuple[Warning, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The letters of `data`, and a warning where they are a guess; `declared` is what a header says.

    >>> decode("قالت صحيفة محلية إن السد انهار".encode("windows-1256")).encoding
    'cp1256'
    >>> decode("قالت صحيفة".encode(), declared="windows-1256").text
    'قالت صحيفة'

    Raises UnreadableDocument when the bytes are no text in any encoding.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _forgiving(data, encoding)
    if wide := _utf16(data):
        return _forgiving(data, wide, guessed=True)
    _refuse_binary(data[:HEAD])
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf_8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data[:SAMPLE]):
        return _forgiving(data, "utf_8")
    return _one_byte(data, _known(declared))


def _forgiving(data: bytes, encoding: str, *, guessed: bool = False) -> Decoded:
    """Decoded with U+FFFD where bytes make no letter, and a warning that says where the first one is."""
    text = data.decode(encoding, errors="replace")
    warnings = [_guess(encoding)] if guessed else []
    if (first := text.find("\ufffd")) >= 0:
        count = text.count("\ufffd")
        detail = f"{count} places hold bytes that are no {NAMES.get(encoding, encoding)} letter and were read as U+FFFD"
        warnings.append(Warning(kind="undecodable", detail=detail, start=first, end=first + 1))
    return Decoded(text=text, encoding=encoding, warnings=tuple(warnings))


def _guess(encoding: str) -> Warning:
    detail = f"nothing the file says of its encoding fits its bytes; its letters say {NAMES.get(encoding, encoding)}"
    return Warning(kind="encoding-guessed", detail=detail)


def _known(declared: str | None) -> str | None:
    """Python's name of the encoding that a header names; None when there is none such or the bytes refuted it."""
    try:
        name = codecs.lookup((declared or "").strip()).name.replace("-", "_")
        b"".decode(name)  # raises for codecs that are not between bytes and letters, such as zip
    except (LookupError, ValueError):
        return None
    return None if name.startswith(NOT_DECLARED) else name


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is 00 (Latin, spaces), 06 (Arabic) or 20 (quotation marks)."""
    sample = data[:HEAD]
    if len(sample) < 4 or len(data) % 2 or sample.count(6) + sample.count(0) < len(sample) // 5:
        return None
    units = np.frombuffer(sample[: len(sample) & ~1], dtype=np.uint8).reshape(-1, 2)
    for column, encoding in ((1, "utf_16_le"), (0, "utf_16_be")):
        high, low = units[:, column], units[:, 1 - column]
        if np.isin(high, (0x00, 0x06, 0x20, 0xFB, 0xFC, 0xFD, 0xFE)).mean() > 0.95 and (high | low).all():
            return encoding
    return None


def _mostly_utf8(sample: bytes) -> bool:
    """Some bad bytes in good UTF-8 (a cut end, a stray byte), rather than another encoding."""
    text = sample.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - sum(1 for byte in sample if byte < 0x80)
    return good > 3 * bad


def _one_byte(data: bytes, declared: str | None) -> Decoded:
    sample = np.frombuffer(data[:SAMPLE], dtype=np.uint8)
    high = sample >= 0x80
    joined = int((high[1:] & high[:-1]).sum()) / max(1, int(high.sum()))
    scores = _scores(sample)
    letters_seen = int(high.sum())
    best = max(ARABIC, key=lambda encoding: scores[encoding] * letters_seen + ARABIC[encoding])
    if declared in scores and scores[declared] > scores[best] - 0.3 and scores[declared] > PLAUSIBLE:
        return _forgiving(data, declared)
    if joined >= 0.4 and scores[best] > PLAUSIBLE:
        return _forgiving(data, best, guessed=True)
    if joined < 0.4 and declared not in ARABIC:
        # single accented letters among ASCII ones: French, German or Turkish in a Western encoding
        return _forgiving(data, declared or WESTERN, guessed=declared is None)
    other = from_bytes(data[:SAMPLE]).best()
    encoding = declared or (other.encoding if other else best)
    return _forgiving(data, encoding, guessed=declared is None)


def _refuse_binary(head: bytes) -> None:
    """Control characters make no text; a few may stand in a damaged one."""
    if (len(head) - len(head.translate(None, CONTROLS))) * 20 > len(head):
        raise UnreadableDocument("is not text in any encoding: one byte in twenty or more is a control code.")


def _scores(sample: NDArray[np.uint8]) -> dict[str, float]:
    """Mean log probability of the sample's letters as each encoding reads them."""
    counts = np.bincount(sample[sample >= 0x80] - 0x80, minlength=128)
    if counts[0x20] <= (sample == 0x20).sum():
        counts[0x20] = 0  # A0 is a no-break space, and only where it outnumbers 20 is it Mac Arabic's own space
    return {encoding: float(counts @ row) / max(1, int(counts.sum())) for encoding, row in _log_probabilities().items()}


@cache
def _log_probabilities() -> dict[str, NDArray[np.float64]]:
    frequency = letters().frequency
    total = sum(frequency.values())

    def log(byte: int, encoding: str) -> float:
        letter = bytes([byte]).decode(encoding, errors="replace")
        if letter in frequency:
            return float(np.log(frequency[letter] / total))
        if letter == "\ufffd" or (not letter.isprintable() and letter not in "\u200c\u200d\u200e\u200f\xa0\xad"):
            return -16.0
        if letter == " ":
            return -2.0
        return -8.0 if letter.isalpha() or letter == "\xa0" else -10.0

    return {e: np.array([log(byte, e) for byte in range(0x80, 0x100)]) for e in ARABIC}
