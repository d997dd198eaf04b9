"""PDFs made here, glyph by glyph, so that every test knows where each letter was printed."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from riwaya.errors import UnreadableDocument
from riwaya.readers.draft import Draft
from riwaya.readers.options import ReadOptions
from riwaya.readers.pdf import read

DATA = Path(__file__).parent.parent / "data" / "readers"
EM = 12.0


def make_pdf(*pages: str, mapping: dict[int, str] | None = None, rotate: int = 0, keep: float = 1.0) -> bytes:
    """A PDF of these content streams in one Type 3 font, whose every glyph is a box half as wide as high.

    Code 32 is a blank of a quarter of the font's size; `mapping` gives the letters of the other codes.
    """
    mapping = mapping or {}
    lines = "".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>\n" for code, text in mapping.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange {len(mapping)} beginbfchar\n{lines}endbfchar endcmap"
    )
    widths = " ".join("0.25" if code == 32 else "0.5" for code in range(256))
    names = " ".join(f"/g{code}" for code in range(256))
    glyphs = " ".join(f"/g{code} {'6' if code == 32 else '5'} 0 R" for code in range(256))
    first = 10
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 0 /LastChar 255 "
        f"/Widths [{widths}] /Encoding << /Type /Encoding /Differences [0 {names}] >> /CharProcs << {glyphs} >> "
        "/ToUnicode 4 0 R /Resources << >> >>",
        4: stream(to_unicode),
        5: stream("0.5 0 0 0 0.5 1 d1 0 0 0.5 0.7 re f"),
        6: stream("0.25 0 0 0 0 0 d1"),
    }
    for number, page in enumerate(pages):
        objects[first + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Rotate {rotate} /Contents {first + 2 * number + 1} "
            "0 R /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects[first + 2 * number + 1] = stream(page)
    data = b"%PDF-1.4\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(
        f"{places[n]:010d} 00000 n \n" if n in places else "0000000000 65535 f \n" for n in range(max(places) + 1)
    )
    size = max(places) + 1
    end = f"xref\n0 {size}\n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    data += end.encode("latin-1")
    return data[: int(len(data) * keep)]


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


class Printer:
    """Writes letters the way a printed page has them: each glyph at its place, right-to-left words from the right."""

    def __init__(self) -> None:
        self.mapping: dict[int, str] = {}
        self.codes: dict[str, int] = {}
        self.content = ""

    def code(self, text: str) -> int:
        if text not in self.codes:
            self.codes[text] = 65 + len(self.codes)
            self.mapping[self.codes[text]] = text
        return self.codes[text]

    def glyph(self, text: str, x: float, y: float, turn: str = "1 0 0 1") -> None:
        self.content += f"BT /F {EM} Tf {turn} {x:.2f} {y:.2f} Tm <{self.code(text):02x}> Tj ET\n"

    def leftward(self, glyphs: list[str] | str, right: float, y: float) -> float:
        """Glyphs from the right to the left, a blank for a space; gives the left end."""
        for text in glyphs:
            right -= EM / 4 if text == " " else EM / 2
            if text != " ":
                self.glyph(text, right, y)
        return right

    def rightward(self, text: str, left: float, y: float) -> float:
        for char in text:
            if char != " ":
                self.glyph(char, left, y)
            left += EM / 4 if char == " " else EM / 2
        return left

    def read(self, **kwargs: int) -> Draft:
        return only(make_pdf(self.content, mapping=self.mapping, **kwargs))


def only(data: bytes, options: ReadOptions | None = None) -> Draft:
    (draft,) = read(data, "news.pdf", options or ReadOptions())
    for warning in draft.warnings:
        assert warning.start is None or (
            warning.end is not None and 0 <= warning.start < warning.end <= len(draft.text)
        )
    return draft


def test_letters_printed_from_the_right_are_read_from_the_right() -> None:
    printer = Printer()
    printer.leftward("وصل الوفد", 300, 300)
    assert printer.read().text == "وصل الوفد"


def test_the_order_of_painting_does_not_matter() -> None:
    printer = Printer()
    end = printer.leftward("وصل ", 300, 300)
    printer.leftward("المدينة", end - 6 * EM, 300)
    printer.leftward("الوفد", end, 300)
    assert printer.read().text == "وصل الوفد المدينة"


def test_a_ligature_gives_its_letters_in_reading_order() -> None:
    printer = Printer()
    printer.leftward(["ا", "لا", "ت", "ف", "ا", "ق"], 300, 300)
    assert printer.read().text == "الاتفاق"


def test_presentation_forms_become_letters() -> None:
    printer = Printer()
    printer.leftward(["ﻻ", "ﺟ", "ﺊ", " ", "ﻟ", "ﷲ"], 300, 300)
    assert printer.read().text == "لاجئ لالله"


@pytest.mark.parametrize(
    ("printed", "expected"), [("2016", "عام 2016 م"), ("03:40", "عام 03:40 م"), ("1.5", "عام 1.5 م")]
)
def test_numbers_are_read_from_the_left(printed: str, expected: str) -> None:
    printer = Printer()
    end = printer.leftward("عام ", 300, 300)
    start = end - len(printed) * EM / 2
    printer.rightward(printed, start, 300)
    printer.leftward(" م", start, 300)
    assert printer.read().text == expected


def test_a_range_of_years_is_printed_with_the_first_on_the_right() -> None:
    printer = Printer()
    end = printer.leftward("بين ", 300, 300)
    printer.rightward("2018-2016", end - 9 * EM / 2, 300)
    assert printer.read().text == "بين 2016-2018"


def test_latin_words_are_read_from_the_left() -> None:
    printer = Printer()
    end = printer.leftward("قناة ", 300, 300)
    start = end - 9.5 * EM / 2
    printer.rightward("Delta News", start, 300)
    printer.leftward(" أمس", start, 300)
    assert printer.read().text == "قناة Delta News أمس"


def test_an_arabic_word_in_a_latin_line() -> None:
    printer = Printer()
    end = printer.rightward("a long line with the word ", 20, 300)
    printer.leftward("سد", end + EM, 300)
    printer.rightward(" in it", end + EM, 300)
    assert printer.read().text == "a long line with the word سد in it"


def test_brackets_open_before_a_word_and_close_after_it() -> None:
    printer = Printer()
    printer.leftward("قال (ساخرا) ذلك", 300, 300)
    assert printer.read().text == "قال (ساخرا) ذلك"


def test_a_mark_follows_the_letter_that_it_stands_over() -> None:
    printer = Printer()
    printer.leftward("مدن", 300, 300)
    printer.glyph("ُ", 300 - 6, 300)
    assert printer.read().text == "مُدن"


def test_paragraphs_are_parted_by_an_empty_line_and_pages_by_a_form_feed() -> None:
    printer = Printer()
    for y in (300, 284, 268, 230, 214):
        printer.leftward("خبر", 300, y)
    data = make_pdf(printer.content, printer.content, mapping=printer.mapping)
    page = "خبر\nخبر\nخبر\n\nخبر\nخبر"
    assert only(data).text == f"{page}\n\n\f{page}"


def test_columns_of_prose_are_read_one_after_the_other_from_the_right() -> None:
    printer = Printer()
    printer.leftward("عنوان يمتد فوق العمودين كليهما بلا انقطاع البتة", 380, 370)
    for row in range(6):
        printer.leftward("يمين يمين يمين يمين", 380, 330 - 16 * row)
        printer.leftward("يسار يسار يسار يسار", 180, 322 - 16 * row)
    text = printer.read().text
    assert text.index("عنوان") < text.index("يمين") < text.rindex("يمين") < text.index("يسار")


def test_a_table_is_read_row_by_row() -> None:
    printer = Printer()
    for row, (name, value) in enumerate(
        [("سد", "قرب"), ("جسر", "بعد"), ("نفق", "فوق"), ("درب", "تحت"), ("نهر", "عند")]
    ):
        printer.leftward(name, 380, 330 - 16 * row)
        printer.leftward(value, 180, 330 - 16 * row)
    assert " ".join(printer.read().text.split()) == "سد قرب جسر بعد نفق فوق درب تحت نهر عند"


@pytest.mark.parametrize(("rotate", "turn"), [(90, "0 1 -1 0"), (270, "0 -1 1 0"), (180, "-1 0 0 -1")])
def test_a_page_that_is_turned(rotate: int, turn: str) -> None:
    printer = Printer()
    for step, char in enumerate("سد"):
        x, y = {
            "0 1 -1 0": (200, 200 - 6 * step),
            "0 -1 1 0": (200, 200 + 6 * step),
            "-1 0 0 -1": (200 + 6 * step, 200),
        }[turn]
        printer.glyph(char, x, y, turn)
    assert printer.read(rotate=rotate).text == "سد"


def test_a_lost_number_is_marked_and_never_invented() -> None:
    printer = Printer()
    end = printer.leftward("بعد ", 300, 300)
    printer.content += f"BT /F {EM} Tf 1 0 0 1 {end - EM:.2f} 300 Tm <0102> Tj ET\n"
    printer.leftward(" أيام", end - EM, 300)
    draft = printer.read()
    assert draft.text == "بعد \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} أيام"
    (warning,) = draft.warnings
    assert (warning.kind, draft.text[warning.start : warning.end]) == ("lost-digits", "\N{REPLACEMENT CHARACTER}" * 2)


def test_digits_that_left_only_a_gap() -> None:
    printer = Printer()
    printer.leftward("وصل الوفد بعد  أيام من السفر", 390, 300)
    printer.leftward("إلى بلدة تبعد حوالي  كيلومترات", 390, 284)
    draft = printer.read()
    assert [(warning.kind, draft.text[warning.start : warning.end]) for warning in draft.warnings] == [
        ("lost-digits", "  ")
    ] * 2


def test_letters_lost_inside_words() -> None:
    printer = Printer()
    end = printer.leftward("مد", 300, 300)
    printer.content += f"BT /F {EM} Tf 1 0 0 1 {end - EM / 2:.2f} 300 Tm <01> Tj ET\n"
    printer.leftward("نة قديمة", end - EM / 2, 300)
    draft = printer.read()
    assert draft.text == "مد\N{REPLACEMENT CHARACTER}نة قديمة"
    assert [warning.kind for warning in draft.warnings] == ["lost-letters"]


def test_a_hidden_text_layer_is_somebodys_ocr() -> None:
    printer = Printer()
    printer.content = "3 Tr\n"
    printer.leftward("خبر", 300, 300)
    assert "ocr" in [warning.kind for warning in printer.read().warnings]


def test_a_page_that_is_a_picture_says_so() -> None:
    (warning,) = only(make_pdf("10 10 100 100 re f")).warnings
    assert (warning.kind, warning.detail) == ("no-text-layer", "page 1 has no text layer; run with --ocr")


def test_an_empty_page_is_no_picture() -> None:
    draft = only(make_pdf(" "))
    assert (draft.text, draft.warnings) == ("", ())


def test_ocr_is_marked() -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed: apt install tesseract-ocr tesseract-ocr-ara")
    data = (DATA / "picture.pdf").read_bytes()
    draft = only(data, ReadOptions(ocr=True))
    if [warning.kind for warning in draft.warnings] == ["no-text-layer"]:
        pytest.skip(f"Tesseract did not read the page: {draft.warnings[0].detail}")
    assert "وادي" in draft.text
    assert draft.reader.endswith("tesseract ara")
    assert [warning.kind for warning in draft.warnings if warning.end == len(draft.text)] == ["ocr"]


@pytest.mark.parametrize("font", ["amiri", "naskh"])
def test_a_page_printed_by_a_browser_comes_out_as_it_was_written(font: str) -> None:
    written = (DATA / "printed.txt").read_text("utf-8").split()
    assert only((DATA / f"{font}.pdf").read_bytes()).text.split() == written


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a PDF"),
        (b"<html>no PDF</html>", "not a PDF"),
        (make_pdf("", keep=0.02), "cut off"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
        (make_pdf("").replace(b"/Kids [10 0 R]", b"/Kids [2 0 R] "), "damaged"),
        ((DATA / "encrypted.pdf").read_bytes(), "password"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        only(data)


def test_a_file_that_was_cut_off_keeps_what_it_has() -> None:
    printer = Printer()
    printer.leftward("خبر", 300, 300)
    whole = make_pdf(printer.content, mapping=printer.mapping)
    draft = only(whole[: whole.rindex(b"startxref")])
    assert draft.text == "خبر"
    assert [warning.kind for warning in draft.warnings] == ["truncated"]


def test_more_pages_than_anybody_prints_are_refused() -> None:
    data = make_pdf("BT ET").replace(b"/Count 1 >>", b"/Count 99999 >>")
    with pytest.raises(UnreadableDocument, match="99,999 pages"):
        only(data)


def test_too_many_letters_are_refused() -> None:
    printer = Printer()
    printer.leftward("خبر طويل", 300, 300)
    data = make_pdf(printer.content, mapping=printer.mapping)
    with pytest.raises(UnreadableDocument, match="more than 5 characters"):
        only(data, ReadOptions(max_characters=5))


def test_a_page_of_more_letters_than_can_be_printed_is_not_read() -> None:
    printer = Printer()
    codes = "".join(f"{printer.code(char):02x}" for char in "خبر") * 1000
    lines = "".join(f"BT /F 0.1 Tf 1 0 0 1 1 {400 - line / 5:.2f} Tm <{codes}> Tj ET\n" for line in range(70))
    with pytest.raises(UnreadableDocument, match="more than any printed page"):
        only(make_pdf(lines, mapping=printer.mapping))


def test_one_damaged_page_leaves_the_others() -> None:
    printer = Printer()
    printer.leftward("خبر", 300, 300)
    data = make_pdf(printer.content, printer.content, mapping=printer.mapping).replace(
        b"[10 0 R 12 0 R]", b"[10 0 R 99 0 R]"
    )
    draft = only(data)
    assert draft.text.strip() == "خبر"
    assert [warning.kind for warning in draft.warnings] == ["unreadable-page"]


@pytest.mark.parametrize("seed", range(40))
def test_bytes_changed_at_random_give_a_draft_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray((DATA / "naskh.pdf").read_bytes())
    for _ in range(chance.choice((1, 30, 1000))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with suppress(UnreadableDocument):
        only(bytes(data[: chance.choice((len(data), chance.randrange(len(data))))]))
