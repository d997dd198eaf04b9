"""Makes `src/riwaya/lang/ar/frequencies.txt.xz`, how frequent the common Arabic words are, from wordfreq.

    pip install wordfreq
    python scripts/make_frequencies.py

Source: wordfreq 3 by Robyn Speer (code Apache-2.0, data CC BY-SA 4.0, https://github.com/rspeer/wordfreq), which
counts Wikipedia, subtitles, news, books, web pages, Twitter and Reddit. Kept are the words of Arabic letters that
appear at least about twice in a million words; the table stays under CC BY-SA 4.0.
"""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from math import log10
from pathlib import Path

TABLE = Path(__file__).parent.parent / "src/riwaya/lang/ar/frequencies.txt.xz"
WORDS = 40_000
STEP = 10  # classes to a unit of the Zipf scale
LETTERS = re.compile("[ء-غف-ي]+")
HEAD = "# Zipf frequency x 10, then the words. wordfreq 3 by Robyn Speer, CC BY-SA 4.0; scripts/make_frequencies.py"


def main() -> None:
    from wordfreq import get_frequency_dict

    frequencies = {word: f for word, f in get_frequency_dict("ar", wordlist="best").items() if LETTERS.fullmatch(word)}
    classes: dict[int, list[str]] = defaultdict(list)
    for word in sorted(frequencies, key=lambda word: (-frequencies[word], word))[:WORDS]:
        classes[round(STEP * (log10(frequencies[word]) + 9))].append(word)
    lines = [HEAD, *(f"{zipf} {' '.join(sorted(words))}" for zipf, words in sorted(classes.items(), reverse=True))]
    TABLE.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{TABLE.name}: {WORDS:,} words, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
