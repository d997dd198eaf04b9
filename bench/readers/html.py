"""Compares the article we find on a page with what other programs find, and writes the table into the docs.

    python -m bench.readers.html [--write]

Pages with a reference text are taken from ../shared/corpora/readers, where that is there, and from `pages/` beside this
file, which we wrote. Every program is given the same decoded letters. Programs that are not installed are left out,
with a line that says so, and a program gets half a minute for a page. Figures: precision, recall and F1 of words,
counted as often as they stand; letters, whether a program put in marks that the page does not have; seconds a page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from time import perf_counter

from riwaya.readers.encoding import decode
from riwaya.readers.html import read
from riwaya.readers.options import ReadOptions

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared" / "corpora" / "readers"
OWN = Path(__file__).parent / "pages"
PAGE = ROOT / "docs" / "method" / "readers.md"
MARKERS = "<!-- table: bench/readers/html.py -->", "<!-- end of table -->"
PATIENCE = 30
"""Seconds that a program has for a page."""

Pages = Iterator[tuple[str, bytes, str]]


def pages() -> Pages:
    """Name, bytes and main text of every page."""
    for file in sorted(OWN.glob("*.html")):
        yield f"ours: {file.stem}", file.read_bytes(), file.with_suffix(".txt").read_text("utf-8")
    example = ROOT / "examples" / "dam" / "10_bawaba.html"
    paragraphs = re.findall(r"^<p>(.*)</p>$", example.read_text("utf-8"), re.MULTILINE)
    yield "ours: example", example.read_bytes(), "\n".join(paragraphs[:5])
    if not SHARED.is_dir():
        print("left out: ../shared/corpora/readers is not here")
        return
    text = (SHARED / "newspaper4k/tests/data/txt/arabic_article.txt").read_text("utf-8")
    yield (
        "CNN Arabic, newspaper4k's copy",
        (SHARED / "newspaper4k/tests/data/html/arabic_article.html").read_bytes(),
        text,
    )
    yield "CNN Arabic, goose3's copy", (SHARED / "goose3/tests/data/content/test_cnn_arabic.html").read_bytes(), text
    folder = SHARED / "fundus/tests/resources/parser/test_data/lb"
    [page] = folder.glob("*.html.gz")
    body = json.loads((folder / "LBCGroup.json").read_bytes())["V1"]["body"]
    text = "\n".join(line for section in body["sections"] for line in section["paragraphs"])
    yield "LBC, fundus's copy", gzip.decompress(page.read_bytes()), text


def ours(page: str) -> str:
    return "\n".join(draft.text for draft in read(page.encode(), "page.html", ReadOptions()))


def trafilatura(page: str) -> str:
    import trafilatura

    return trafilatura.extract(page, include_comments=False) or ""


def resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(page, main_content=True, alt_texts=False)


def newspaper4k(page: str) -> str:
    from newspaper import Article

    article = Article("http://page.example/", language="ar")
    article.download(input_html=page)
    article.parse()
    return str(article.text)


def goose3(page: str) -> str:
    from goose3 import Goose
    from goose3.text import StopWordsArabic

    return str(Goose({"stopwords_class": StopWordsArabic}).extract(raw_html=page).cleaned_text)


def readability(page: str) -> str:
    from lxml.html import fromstring
    from readability import Document

    return str(fromstring(Document(page).summary()).text_content())


def justext(page: str) -> str:
    import justext

    paragraphs = justext.justext(page.encode(), justext.get_stoplist("Arabic"), encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def boilerpy3(page: str) -> str:
    from boilerpy3.extractors import ArticleExtractor

    return str(ArticleExtractor().get_content(page))


PROGRAMS = (ours, trafilatura, resiliparse, newspaper4k, goose3, readability, justext, boilerpy3)


class TooSlow(Exception):
    """A program took longer than it was given."""


def timed(program: Callable[[str], str], page: str) -> tuple[str, float]:
    def stop(*_: object) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    began = perf_counter()
    try:
        return program(page), perf_counter() - began
    except TooSlow:
        return "", float(PATIENCE)
    finally:
        signal.alarm(0)


def scores(found: str, wanted: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of words."""
    ours_, gold = Counter(found.split()), Counter(wanted.split())
    both = sum((ours_ & gold).values())
    precision, recall = both / max(1, sum(ours_.values())), both / max(1, sum(gold.values()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def table() -> Iterator[str]:
    material = [(name, decode(data).text, wanted) for name, data, wanted in pages()]
    yield (
        "| program | " + " | ".join(name for name, _, _ in material) + " | mean F1 | invented marks | seconds a page |"
    )
    yield "|---" * (len(material) + 4) + "|"
    for program in PROGRAMS:
        try:
            program(OWN.joinpath("wordpress.html").read_text("utf-8"))
        except ImportError as error:
            print(f"left out: {program.__name__} ({error})")
            continue
        cells, f1s, times, invented = [], [], [], 0
        for _, page, wanted in material:
            found, seconds = timed(program, page)
            precision, recall, f1 = scores(found, wanted)
            f1s.append(f1)
            times.append(seconds)
            invented += sum((Counter(found) - Counter(page))[mark] for mark in "|-•*")
            slow = " (gave up)" if seconds >= PATIENCE else ""
            cells.append(f"{f1:.3f} ({precision:.2f}/{recall:.2f}){slow}")
        name = "riwaya" if program is ours else program.__name__
        yield f"| {name} | {' | '.join(cells)} | {mean(f1s):.3f} | {invented} | {mean(times):.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/method/readers.md")
    write = parser.parse_args().write
    lines = "\n".join(table())
    print(lines)
    if write:
        before, _, rest = PAGE.read_text("utf-8").partition(MARKERS[0])
        _, _, after = rest.partition(MARKERS[1])
        PAGE.write_text(f"{before}{MARKERS[0]}\n\n{lines}\n\n{MARKERS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
