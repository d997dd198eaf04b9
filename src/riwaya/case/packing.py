"""How values lie in the case: msgpack, and zstd where it pays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
import zstandard

from riwaya.model import ACROSS, LAYERS, Across, Finding

Damaged = zstandard.ZstdError
"""What a frame raises that is not the one that was written."""
MOST = 1 << 30
"""No text in a case unpacks to more than this many bytes: a damaged frame must not fill the memory."""


@cache
def _compressor() -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=3)


@cache
def _decompressor() -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor()


def squeeze(data: bytes) -> bytes:
    return _compressor().compress(data)


def unsqueeze(data: bytes) -> bytes:
    return _decompressor().decompress(data, max_output_size=MOST)


def pack_text(text: str) -> bytes:
    return squeeze(text.encode("utf-8"))


def unpack_text(data: bytes) -> str:
    return unsqueeze(data).decode("utf-8")


def pack_findings(findings: Sequence[Finding]) -> bytes:
    return squeeze(msgspec.msgpack.encode(findings))


@cache
def _findings_decoder(layer: str) -> msgspec.msgpack.Decoder[Any]:
    kind: Any = LAYERS[layer]
    return msgspec.msgpack.Decoder(list[kind])


def unpack_findings(layer: str, data: bytes) -> list[Finding]:
    found: list[Finding] = _findings_decoder(layer).decode(unsqueeze(data))
    return found


@cache
def _across_decoder(layer: str) -> msgspec.msgpack.Decoder[Any]:
    kind: Any = ACROSS[layer]
    return msgspec.msgpack.Decoder(list[kind])


def pack_one(value: Across) -> bytes:
    """A finding by itself, on its way to the case: there it lies in a list."""
    return msgspec.msgpack.encode(value)


@cache
def _one_decoder(layer: str) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(ACROSS[layer])


def unpack_one(layer: str, data: bytes) -> Across:
    value: Across = _one_decoder(layer).decode(data)
    return value


def unpack_across(layer: str, data: bytes) -> list[Across]:
    values: list[Across] = _across_decoder(layer).decode(data)
    return values
