"""passim: clusters of passages in the JSON that its users' programs read, and back.

One line per passage, with the fields of passim 2.0 (`id`, `series`, `begin`, `end`, `cluster`, `size`, `text`, `src`);
`src` is the passage of the cluster that is the older, where that is known.

Source: https://github.com/dasmiq/passim, README, "Running passim".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from riwaya.case import Case
from riwaya.model import Cluster, Document, Passage

Row = dict[str, Any]


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `passim.jsonl`: every passage of every cluster."""
    path = folder / "passim.jsonl"
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        for row in to_passim(case.across(Cluster), case.document):
            file.write(encode(row) + b"\n")
    return [path]


def to_passim(clusters: Iterable[Cluster], document: Callable[[str], Document]) -> Iterator[Row]:
    """The rows of passim's `out.json` for clusters.

    >>> doc = Document(id="a", path="a", sha256="", media_type="", reader="", outlet="Sada", text="انهار السد")
    >>> cluster = Cluster(id="T-1", members=(Passage(doc="a", start=6, end=10),))
    >>> [row] = to_passim([cluster], {"a": doc}.__getitem__)
    >>> row["series"], row["begin"], row["end"], row["size"], row["text"]
    ('Sada', 6, 10, 1, 'السد')
    """
    for cluster in clusters:
        number = int.from_bytes(blake2b(cluster.id.encode(), digest_size=6).digest(), "big")
        for place, passage in enumerate(cluster.members):
            doc = document(passage.doc)
            origin = cluster.members[cluster.origin] if cluster.origin not in (None, place) else None
            yield {
                "uid": number + place,
                "cluster": number,
                "size": len(cluster.members),
                "id": passage.doc,
                "series": doc.outlet,
                "date": doc.published,
                "begin": passage.start,
                "end": passage.end,
                "text": doc.text[passage.start : passage.end],
                "src": [{"id": origin.doc, "begin": origin.start, "end": origin.end}] if origin else [],
            }


def from_passim(lines: Iterable[bytes | str]) -> list[Cluster]:
    """The clusters in the lines of passim's `out.json`.

    >>> lines = ['{"id": "b", "cluster": 7, "begin": 0, "end": 9}', '{"id": "a", "cluster": 7, "begin": 4, "end": 13}']
    >>> [cluster] = from_passim(lines)
    >>> [passage.doc for passage in cluster.members]
    ['a', 'b']

    passim closes its clusters over chains of pairs, so not every pair in one was aligned. Raises `msgspec.DecodeError`
    for a line that is no JSON and KeyError for one without the fields.
    """
    members: dict[int, list[Passage]] = {}
    for line in lines:
        if line.strip():
            row = msgspec.json.decode(line)
            passage = Passage(doc=str(row["id"]), start=row["begin"], end=row["end"])
            members.setdefault(row["cluster"], []).append(passage)
    return [
        Cluster(id=f"passim-{number}", members=tuple(sorted(some, key=lambda p: (p.doc, p.start, p.end))))
        for number, some in sorted(members.items())
    ]
