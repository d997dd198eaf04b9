"""Finds the plagiarised passages of ExAra (AraPlagDet 2015) and writes them for the scorer.

    python -m evals.exara ../shared/corpora/exara OUT
    python ../shared/gold/score.py --exara ../shared/corpora/exara --pred OUT

The engine is that of news, with two settings of its own: passages have at least 16 words (the corpus has none of fewer
than thirty, and quotations of scripture are no plagiarism), and pieces that changed places side by side make one
passage, as the annotation wants it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from riwaya.settings import Reuse
from riwaya.stages.reuse import find

SETTINGS = Reuse(min_words=16, together=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    texts = {
        path.stem: path.read_bytes().decode("utf-8")
        for folder in ("source-documents", "suspicious-documents")
        for path in sorted((args.corpus / folder).glob("*.txt"))
    }
    args.out.mkdir(parents=True, exist_ok=True)
    with (args.out / "alignments.jsonl").open("w", encoding="utf-8") as file:
        for found in find(texts, SETTINGS):
            sides = {
                side: {"doc": p.doc, "start": p.start, "end": p.end}
                for side, p in (("left", found.left), ("right", found.right))
            }
            file.write(json.dumps({**sides, "kind": found.kind}) + "\n")


if __name__ == "__main__":
    main()
