"""Prints gold/17_saqiya.txt as dam/17_saqiya.pdf, with the faults that Arabic PDF files have in the wild.

    pip install fonttools
    python make_pdf.py Amiri-Regular.ttf

Nothing is broken by hand: the page looks right, and its text layer says what a plain producer would say.

- Each line is shown glyph by glyph from left to right, so the letters come out backwards (visual order).
- Each glyph names the joined shape it draws (U+FE70 to U+FEFC), not the letter.
- Lines are stretched to the margin with kashidas, and those are characters too.
- The digits have no entry in the ToUnicode map: they can be seen but not read.

The font is Amiri (SIL Open Font License 1.1, Debian package fonts-hosny-amiri); only its joined shapes and what the
text uses are embedded. The same font file gives the same bytes.
"""

from __future__ import annotations

import sys
import unicodedata
import zlib
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]  # fontTools has no stubs
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # fontTools has no stubs

HERE = Path(__file__).parent
TATWEEL = "\u0640"
MIRRORED = str.maketrans("«»()", "»«)(")
PAGE = (420, 595)  # A5, in points
MARGIN = 45
SIZES = {"title": 17, "byline": 9, "pull-quote": 14, "body": 11}
LEADING = 1.75


def joined_shapes() -> dict[str, dict[str, str]]:
    """Letter (or lam-alef) → its shapes by position, read out of the Unicode database.

    >>> joined_shapes()["ب"]["initial"] == chr(0xFE91)
    True
    """
    shapes: dict[str, dict[str, str]] = {}
    for code in range(0xFE80, 0xFEFD):
        position, *letters = unicodedata.decomposition(chr(code)).split()
        letter = "".join(chr(int(x, 16)) for x in letters)
        shapes.setdefault(letter, {})[position.strip("<>")] = chr(code)
    return shapes


SHAPES = joined_shapes()


def joins_next(letter: str) -> bool:
    return letter == TATWEEL or "initial" in SHAPES.get(letter, {})


def joins_previous(letter: str) -> bool:
    return letter == TATWEEL or "final" in SHAPES.get(letter, {})


def clusters(word: str) -> list[str]:
    """Letters, with lam and alef together; marks go, as they do in most print.

    >>> clusters("سلام")
    ['س', 'لا', 'م']
    """
    out: list[str] = []
    for char in word:
        if unicodedata.combining(char):
            continue
        if out and out[-1] == "ل" and "ل" + char in SHAPES:
            out[-1] += char
        else:
            out.append(char)
    return out


def shaped(word: str) -> str:
    """The word in joined shapes, still in reading order.

    >>> [hex(ord(c)) for c in shaped("بلد")]
    ['0xfe91', '0xfee0', '0xfeaa']
    """
    parts = clusters(word)
    out = []
    for before, part, after in zip([" ", *parts], parts, [*parts[1:], " "], strict=False):
        left = joins_next(before[-1]) and len(before) == 1 and joins_previous(part)
        right = joins_next(part) and joins_previous(after)
        position = {(0, 0): "isolated", (0, 1): "initial", (1, 1): "medial", (1, 0): "final"}[left, right]
        out.append(SHAPES.get(part, {}).get(position, part))
    return "".join(out)


def stretched(words: list[str], turn: int) -> list[str] | None:
    """The words with one more kashida, in the word whose turn it is; None when that word has no room for one."""
    word = words[turn]
    for i in range(len(word) - 2, 0, -1):
        pair = word[i - 1 : i + 1]
        if joins_next(pair[0]) and joins_previous(pair[1]) and pair not in SHAPES and TATWEEL not in word:
            return [*words[:turn], word[:i] + TATWEEL + word[i:], *words[turn + 1 :]]
    return None


def visual(line: str) -> str:
    """A shaped line from left to right: everything turned round but the numbers."""
    out: list[str] = []
    for char in reversed(line.translate(MIRRORED)):
        if char.isdigit() and out and out[-1][-1].isdigit():
            out[-1] = char + out[-1]
        else:
            out.append(char)
    return "".join(out)


class Font:
    """A font cut down to the characters of one text."""

    def __init__(self, path: str, characters: set[str]):
        font = TTFont(path, recalcTimestamp=False)
        options = Options(notdef_outline=True, layout_features=[], name_IDs=[0, 1, 2, 13, 14], hinting=False)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[ord(c) for c in characters])
        subsetter.subset(font)
        file = BytesIO()
        font.save(file)
        self.bytes = file.getvalue()
        self.glyphs = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
        if missing := characters - set(self.glyphs):
            raise SystemExit(f"the font has no glyph for {', '.join(sorted(map(ascii, missing)))}")
        per_unit = 1000 / font["head"].unitsPerEm
        names = font.getGlyphOrder()
        self.widths = [round(font["hmtx"][name][0] * per_unit) for name in names]
        self.ascent, self.descent = (round(x * per_unit) for x in (font["hhea"].ascent, font["hhea"].descent))

    def width(self, text: str, size: float) -> float:
        return float(sum(self.widths[self.glyphs[c]] for c in text) * size / 1000)

    def to_unicode(self) -> bytes:
        """The map from glyphs back to characters; the digits are left out, which is the fault we want."""
        rows = [f"<{g:04x}> <{ord(c):04x}>" for c, g in sorted(self.glyphs.items()) if not c.isdigit()]
        blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
        body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CMapName /Amiri-UCS def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode()


def lines_of(paragraph: str, font: Font, size: float, room: float) -> list[str]:
    """Shaped lines in visual order, each but the last stretched towards the margins."""
    lines: list[list[str]] = [[]]
    for word in paragraph.split():
        if lines[-1] and font.width(shaped_line([*lines[-1], word]), size) > room:
            lines.append([])
        lines[-1].append(word)
    for i, words in enumerate(lines[:-1]):
        for turn in range(len(words)):
            longer = stretched(words, turn)
            if longer and font.width(shaped_line(longer), size) <= room:
                words = longer
        lines[i] = words
    return [visual(shaped_line(words)) for words in lines]


def shaped_line(words: list[str]) -> str:
    return " ".join(map(shaped, words))


def page_content(paragraphs: list[tuple[str, str]], font: Font) -> bytes:
    """The drawing commands: one text object a line, flush right."""
    right, y = PAGE[0] - MARGIN, PAGE[1] - MARGIN - 20.0
    out = []
    for kind, paragraph in paragraphs:
        size = SIZES[kind]
        for line in lines_of(paragraph, font, size, PAGE[0] - 2 * MARGIN):
            glyphs = "".join(f"{font.glyphs[c]:04x}" for c in line)
            x = right - font.width(line, size)
            out.append(f"BT /F1 {size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{glyphs}> Tj ET")
            y -= size * LEADING
        y -= 6
    if y < MARGIN / 2:
        raise SystemExit(f"the text does not fit on the page: {y:.0f}")
    return "\n".join(out).encode()


def stream(data: bytes, extra: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {extra}>>\nstream\n".encode() + packed + b"\nendstream"


def write_pdf(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def main(font_path: str) -> None:
    text = (HERE / "gold" / "17_saqiya.txt").read_text(encoding="utf-8")
    title, byline, *rest = [p for p in text.split("\n\n") if p.strip()]
    body = [("pull-quote" if "." not in p else "body", p) for p in rest]
    paragraphs = [("title", title), ("byline", byline), *body]
    shapes = {shape for by_position in SHAPES.values() for shape in by_position.values()}
    plain = {c for c in shaped(text).translate(MIRRORED) if c not in shapes and not c.isspace()}
    font = Font(font_path, shapes | plain | {TATWEEL, " "})
    widths = " ".join(map(str, font.widths))
    width, height = PAGE
    metrics = f"/Ascent {font.ascent} /Descent {font.descent} /CapHeight 700 /ItalicAngle 0 /StemV 80 /Flags 4"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (ar) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>".encode(),
        stream(page_content(paragraphs, font)),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /RIWAYA+Amiri /Encoding /Identity-H "
        b"/DescendantFonts [6 0 R] /ToUnicode 9 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /RIWAYA+Amiri /CIDToGIDMap /Identity "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R "
        + f"/W [0 [{widths}]] >>".encode(),
        "<< /Type /FontDescriptor /FontName /RIWAYA+Amiri /FontBBox [-500 -600 1500 1200] "
        f"{metrics} /FontFile2 8 0 R >>".encode(),
        stream(font.bytes, f"/Length1 {len(font.bytes)} "),
        stream(font.to_unicode()),
    ]
    (HERE / "dam" / "17_saqiya.pdf").write_bytes(write_pdf(objects))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
