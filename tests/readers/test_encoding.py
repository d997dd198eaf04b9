"""Which letters some bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.errors import UnreadableDocument
from riwaya.readers.encoding import decode

ARTICLE = "أعلنت بلدية خرانة، مساء الأحد، أن «جسر الحديد» أُغلق أمام السيارات حتى إشعار آخر؛ ولم تذكر السبب."
ONE_BYTE = ("cp1256", "iso8859_6", "mac_arabic", "cp720")
WIDE = ("utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32")


def in_encoding(text: str, encoding: str) -> tuple[bytes, str]:
    """What can be written of a text in an encoding, and how it reads there."""
    data = text.encode(encoding, errors="ignore")
    return data, data.decode(encoding)


@pytest.mark.parametrize("encoding", ONE_BYTE + WIDE)
@pytest.mark.parametrize("size", [30, 60, 1000])
def test_every_arabic_encoding_is_told_from_its_letters(encoding: str, size: int) -> None:
    data, text = in_encoding((ARTICLE * 10)[:size], encoding)
    assert decode(data).text == text


@pytest.mark.parametrize("encoding", ONE_BYTE)
def test_a_guess_is_said(encoding: str) -> None:
    [warning] = decode(in_encoding(ARTICLE, encoding)[0]).warnings
    assert warning.kind == "encoding-guessed"


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "ascii", "zip", "no-such", "", "utf-7"])
def test_a_header_that_is_wrong_does_not_mislead(declared: str) -> None:
    data, text = in_encoding(ARTICLE, "cp1256")
    assert decode(data, declared).text == text


@pytest.mark.parametrize("encoding", ONE_BYTE)
def test_a_header_that_is_right_is_believed_without_a_warning(encoding: str) -> None:
    data, text = in_encoding(ARTICLE, encoding)
    decoded = decode(data, encoding)
    assert (decoded.text, decoded.warnings) == (text, ())


@pytest.mark.parametrize(
    "text", ["L'été dernier, à Genève, le conseil a été élu.", "Die größte Übung für Männer", "El año pasado, señor"]
)
def test_western_texts_stay_western(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


def test_a_stray_byte_does_not_change_the_encoding() -> None:
    decoded = decode(ARTICLE.encode() + b"\xff" + ARTICLE.encode())
    assert decoded.text == ARTICLE + "\ufffd" + ARTICLE
    [warning] = decoded.warnings
    assert (warning.kind, warning.start) == ("undecodable", len(ARTICLE))


def test_a_cut_end_does_not_change_the_encoding() -> None:
    assert decode(ARTICLE.encode()[:-2]).text.startswith(ARTICLE[:-2])


@pytest.mark.parametrize("data", [bytes(range(32)) * 9 + b"\xff", b"\x01\x02\xfe" * 50])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="not text in any encoding"):
        decode(data)


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "windows-1256", "iso-8859-1", "koi8-r"]))
def test_any_bytes_give_letters_or_a_refusal(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared).text
    except UnreadableDocument:
        return
    text.encode()


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئء ،.\n", min_size=1))
def test_valid_utf8_is_always_itself(text: str) -> None:
    assert decode(text.encode()).text == text
