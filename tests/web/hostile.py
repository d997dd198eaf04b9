"""A case whose every field attacks whoever shows it."""

from __future__ import annotations

import csv
import gzip
import io
import json
from html import escape
from pathlib import Path

import pyarrow
from pyarrow import parquet

import riwaya
from tests.readers.test_containers import packed
from tests.readers.test_documents import paragraph, word_file
from tests.readers.test_pdf import Printer, make_pdf

ATTACKS = (
    "<script>pwned=1</script>",
    '"><img src=x onerror=pwned=1>',
    "' onmouseover='pwned=1' x='",
    "</title><script>pwned=1</script>",
    "</textarea></select><svg onload=pwned=1>",
    "javascript:pwned=1",
    "{{7*7}}{% raise %}",
    "&lt;script&gt;pwned=1&lt;/script&gt;",
    "\u202e</bdi><b>txt",
)
TEXT = "قال المحافظ إن السد انهار مساء أمس في بلدة العرجون، وأضاف أن عشرة أشخاص لقوا حتفهم. {}"


DOCUMENTS = 3 * len(ATTACKS) + 7
"""Records of JSON Lines, CSV and Parquet, and a file of each other format."""
FIELDS = ("id", "text", "title", "outlet", "author", "url", "published")


def hostile(folder: Path) -> Path:
    """Builds a case in which title, outlet, author, address, text and file name are attacks, through every reader."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, data in files().items():
        (corpus / name).write_bytes(data)
    riwaya.build(folder / "hostile.riwaya", [corpus], processes=1)
    return folder / "hostile.riwaya"


def files() -> dict[str, bytes]:
    """A file for every format, whose every field attacks."""
    rows = [record(number, attack) for number, attack in enumerate(ATTACKS)]
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, FIELDS)
    writer.writeheader()
    writer.writerows({**row, "id": f"csv {row['id']}"} for row in rows)
    frame = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([{**row, "id": f"parquet {row['id']}"} for row in rows]), frame)
    page = (
        f'<html><head><title>{ATTACKS[3]}</title><meta name=author content="{escape(ATTACKS[1])}"></head>'
        f"<body onload=pwned=1><p>{TEXT.format('')}</p><script>parent.pwned=1</script>"
        "<img src=http://127.0.0.1:9/x><a href='javascript:pwned=1'>x</a></body></html>"
    ).encode()
    title, author = escape(ATTACKS[0]), escape(ATTACKS[4])
    core = f"<cp xmlns:dc='x'><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator></cp>"
    printer = Printer()
    printer.rightward(ATTACKS[0], 20, 300)
    printer.leftward(TEXT.format(""), 380, 200)
    return {
        "records.jsonl": "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode(),
        "records.csv": table.getvalue().encode(),
        "records.parquet": frame.getvalue(),
        "<img src=x onerror=pwned=1>.txt": TEXT.format(ATTACKS[0]).encode(),
        "page.html": page,
        "saved.html.gz": gzip.compress(page),
        "crawl.warc": archived(f"https://a.example/{ATTACKS[1]}", page),
        "letter.docx": word_file(paragraph(escape(TEXT.format(ATTACKS[0]))), docProps__core=core),
        "print.pdf": make_pdf(printer.content, mapping=printer.mapping),
        "bundle.zip": packed({f"{ATTACKS[1]}.txt": TEXT.format(ATTACKS[2]).encode()}),
    }


def record(number: int, attack: str) -> dict[str, str]:
    return {
        "id": f"{number}{attack}",
        "text": TEXT.format(attack),
        "title": attack,
        "outlet": attack,
        "author": attack,
        "url": f"javascript:pwned=1//{attack}" if number % 2 else f"http://a.example/{attack}",
        "published": "2019-03-05",
    }


def archived(url: str, page: bytes) -> bytes:
    """A web archive of one page."""
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-03-05T10:00:00Z\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"
