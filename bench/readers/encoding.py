"""How often short Arabic texts in old encodings are read right, by us and by charset-normalizer.

    python -m bench.readers.encoding

Pieces of our example corpus, cut anywhere, are written in an encoding and must come back letter by letter.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from charset_normalizer import from_bytes

from riwaya.errors import UnreadableDocument
from riwaya.readers.encoding import decode

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "dam"
ENCODINGS = {"Windows-1256": "cp1256", "ISO-8859-6": "iso8859_6", "Mac Arabic": "mac_arabic", "DOS-720": "cp720"}
SIZES = (10, 30, 100, 1000)
PIECES = 200


def ours(data: bytes) -> str:
    try:
        return decode(data).text
    except UnreadableDocument:
        return ""


def peer(data: bytes) -> str:
    best = from_bytes(data).best()
    return data.decode(best.encoding, errors="replace") if best else ""


def right(program: Callable[[bytes], str], pieces: list[bytes], encoding: str) -> float:
    return sum(program(piece) == piece.decode(encoding) for piece in pieces) / len(pieces)


def main() -> None:
    chance = random.Random(1)
    text = "\n".join(decode(file.read_bytes()).text for file in sorted(EXAMPLES.glob("*.txt")))
    print("| encoding | " + " | ".join(f"{size} characters" for size in SIZES) + " |")
    print("|---" * (len(SIZES) + 1) + "|")
    spent = {ours: 0.0, peer: 0.0}
    for name, encoding in ENCODINGS.items():
        cells = []
        for size in SIZES:
            starts = [chance.randrange(len(text) - size) for _ in range(PIECES)]
            pieces = [text[at : at + size].encode(encoding, errors="ignore") for at in starts]
            pieces = [piece for piece in pieces if not piece.isascii()]
            shares = []
            for program in spent:
                began = perf_counter()
                shares.append(f"{right(program, pieces, encoding):.2f}")
                spent[program] += perf_counter() - began
            cells.append(" / ".join(shares))
        print(f"| {name} | {' | '.join(cells)} |")
    print(f"seconds in all: {spent[ours]:.2f} / {spent[peer]:.2f}")


if __name__ == "__main__":
    main()
