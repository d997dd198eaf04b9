"""Good files of every format, damaged in a thousand ways that are the same in every run."""

from __future__ import annotations

import gzip
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from riwaya.model import Failure
from riwaya.readers import Draft, ReadOptions, Source, read

from .conftest import ARTICLE
from .test_containers import answer, packed, page
from .test_documents import PAGE, paragraph, word_file

EXAMPLES = Path(__file__).parents[2] / "examples"
SEEDS = {
    "a.txt": ARTICLE.encode(),
    "b.txt": ARTICLE.encode("cp1256", "ignore"),
    "a.html": PAGE.encode(),
    "a.json": f'[{{"text": "{ARTICLE}", "id": 1}}, {{"text": "x"}}]'.encode(),
    "a.jsonl": f'{{"text": "{ARTICLE}"}}\n{{"text": "\\ud800"}}\n'.encode() * 3,
    "a.csv": f'text,id\n"{ARTICLE}",1\nb,2\n'.encode(),
    "a.docx": word_file(paragraph(ARTICLE) * 3),
    "a.zip": packed({"a.txt": ARTICLE.encode(), "b.html": PAGE.encode()}),
    "a.warc": answer(1, page(ARTICLE)) + answer(2, page(ARTICLE)),
    "a.warc.gz": gzip.compress(answer(1, page(ARTICLE))) + gzip.compress(answer(2, page(ARTICLE))),
    "a.html.gz": gzip.compress(PAGE.encode()),
    **{file.name: file.read_bytes() for file in sorted(EXAMPLES.rglob("*.pdf"))[:1]},
}
TRAPS = (
    b"\0",
    b"\xff" * 9,
    b"<" * 50,
    b'"',
    b"[" * 99,
    b"\\ud800",
    "\u202e".encode(),
    b"PK\x01\x02",
    b"%%EOF",
    b"\r\n\r\n",
)
ROUNDS = 60


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with some bytes changed, cut out, doubled, cut off, or a trap set in."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 30))):
        at = chance.randrange(len(changed)) if changed else 0
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randrange(1, 20)]
            case 2:
                changed[at:at] = changed[at : at + chance.randrange(1, 99)]
            case 3:
                changed[at:at] = chance.choice(TRAPS)
            case 4 if chance.random() < 0.2:
                del changed[at:]
    return bytes(changed)


@pytest.mark.parametrize("name", SEEDS)
def test_damage_never_raises_and_never_takes_long(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)
    file = tmp_path / name
    for _ in range(ROUNDS):
        file.write_bytes(damaged(SEEDS[name], chance))
        began = time.perf_counter()
        for item in everything(file):
            assert isinstance(item, Draft | Failure)
            assert isinstance(item, Draft) or item.message.startswith(name), item.message
            (item.text if isinstance(item, Draft) else item.message).encode()
        assert time.perf_counter() - began < 5


def everything(file: Path) -> Iterator[Draft | Failure]:
    yield from read(Source(label=file.name, file=str(file), size=file.stat().st_size), ReadOptions())
