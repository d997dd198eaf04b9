"""Compares our PDF text with that of other programs, on the same files, and writes the table into the docs.

    python -m bench.readers.pdf [--write]

Files with a reference text are taken from ../shared/corpora/readers, where that is there; our own sample is printed
with Chromium in each Arabic font that is installed. Programs that are not installed are left out, with a line that
says so. Figures: CER, the character error rate (edits by the reference's length, white space as one space, bidi marks
and kashidas left out); words, the share of the reference's words that come out whole; order, the share that comes out
whole and in the reference's order.
"""

from __future__ import annotations

import argparse
import importlib
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from rapidfuzz.distance import Indel, Levenshtein

from riwaya.readers.options import ReadOptions
from riwaya.readers.pdf import read

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared" / "corpora" / "readers"
PAGE = ROOT / "docs" / "method" / "readers-pdf.md"
SAMPLE = Path(__file__).parent / "pdf_sample.html"
FONTS = ("Amiri", "Noto Naskh Arabic", "Noto Kufi Arabic", "DejaVu Sans")
MARKERS = "<!-- table: bench/readers/pdf.py -->", "<!-- end of table -->"

UNSEEN = re.compile("[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
MARKUP = re.compile(r"<!--.*?-->|<[^>]*>|^\s*(?:#+|- \[[ x]\]|- )\s*", re.DOTALL | re.MULTILINE)


def ours(path: Path) -> str:
    return "\n".join(draft.text for draft in read(path.read_bytes(), path.name, ReadOptions()))


def pdftotext(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode("utf-8")


def plain_pypdfium2(path: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def pypdf(path: Path) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def pymupdf(path: Path) -> str:
    import pymupdf

    with pymupdf.open(path) as document:
        return "\n".join(page.get_text() for page in document)


def readers() -> dict[str, Callable[[Path], str]]:
    found: dict[str, Callable[[Path], str]] = {"riwaya": ours}
    if shutil.which("pdftotext"):
        found["pdftotext"] = pdftotext
    modules = {"pypdfium2": plain_pypdfium2, "pypdf": pypdf, "pdfplumber": pdfplumber, "PyMuPDF": pymupdf}
    for name, reader in modules.items():
        try:
            importlib.import_module(name.lower())
        except ImportError:
            print(f"{name} is not installed: left out")
        else:
            found[name] = reader
    return found


def files(printed: Path) -> Iterator[tuple[str, Path, str]]:
    """Name, path and reference text of every file."""
    if SHARED.is_dir():
        habibi = MARKUP.sub(" ", (SHARED / "pypdf_samples/015-arabic/habibi.html").read_text().split("</head>")[1])
        for name, pages in (("habibi", 1), ("habibi-oneline-cmap", 1), ("habibi-rotated", 4)):
            yield name, SHARED / f"pypdf_samples/015-arabic/{name}.pdf", habibi * pages
        bidi = SHARED / "pdfbox/pdfbox/src/test/resources/org/apache/pdfbox/text"
        yield "BidiSample", bidi / "BidiSample.pdf", (bidi / "BidiSample.pdf-sorted.txt").read_text()
        docling = SHARED / "docling/tests/data/pdf"
        for number in (1, 2, 3):
            name = f"right_to_left_0{number}"
            reference = (docling / f"groundtruth/{name}.md").read_text()
            yield name, docling / f"sources/{name}.pdf", MARKUP.sub(" ", reference)
    else:
        print(f"{SHARED} is not there: only our own sample is measured")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is not installed: our own sample is left out")
        return
    reference = MARKUP.sub(" ", SAMPLE.read_text().split("</style>")[1])
    installed = subprocess.run(["fc-list", ":lang=ar", "family"], capture_output=True, check=True).stdout.decode()
    for font in FONTS:
        if font not in installed:
            print(f"{font} is not installed: left out")
            continue
        page, pdf = printed / f"{font}.html", printed / f"{font}.pdf"
        page.write_text(SAMPLE.read_text().replace("FONT", f"'{font}'"))
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
        subprocess.run([chromium, *options, page], capture_output=True, check=True, timeout=120)
        yield f"our sample in {font}", pdf, reference


def measure(text: str, reference: str) -> tuple[float, float, float]:
    """Character error rate, share of words, share of words in order."""
    text = text.replace("\N{REPLACEMENT CHARACTER}", " ")  # a letter that is lost: the references have a space there
    text, reference = (" ".join(UNSEEN.sub("", each).split()) for each in (text, reference))
    words, wanted = text.split(), reference.split()
    found = sum((Counter(words) & Counter(wanted)).values())
    in_order = (len(words) + len(wanted) - Indel.distance(words, wanted)) / 2
    return Levenshtein.distance(text, reference) / len(reference), found / len(wanted), in_order / len(wanted)


def table() -> str:
    columns = readers()
    lines = ["| file | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    seconds = dict.fromkeys(columns, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        for name, path, reference in files(Path(folder)):
            cells = []
            for column, reader in columns.items():
                start = perf_counter()
                try:
                    text = reader(path)
                except Exception as error:  # another program's failure is a result of this comparison
                    cells.append(type(error).__name__)
                    continue
                finally:
                    seconds[column] += perf_counter() - start
                cells.append("{:.3f} · {:.2f} · {:.2f}".format(*measure(text, reference)))
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines.append("| seconds, all files | " + " | ".join(f"{seconds[column]:.2f}" for column in columns) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}")
    given = parser.parse_args()
    text = table()
    print(text)
    if given.write:
        before, rest = PAGE.read_text().split(MARKERS[0])
        PAGE.write_text(before + MARKERS[0] + "\n\n" + text + "\n\n" + MARKERS[1] + rest.split(MARKERS[1])[1])


if __name__ == "__main__":
    main()
