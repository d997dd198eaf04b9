"""passim: clusters of passages in the JSON that its users' programs read, and back.

One line per passage, with the fields of passim 2.0 (`id`, `series`, `begin`, `end`, `cluster`, `size`, `text`, `src`);
`src` is the passage of the cluster that is the older, where that is known.

Source: https://github.com/dasmiq/passim, README, "Running passim".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from riwaya.case import Case
from riwaya.errors import InvalidInput
from riwaya.model import Alignment, Cluster, Document, Passage

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

    passim closes its clusters over chains of pairs, so not every pair in one was aligned. Raises InvalidInput for a
    line that is no passage, naming it.
    """
    members: dict[int | str, list[Passage]] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                row = _decoder.decode(line)
            except msgspec.DecodeError as error:
                raise InvalidInput(f"Line {number} is no passage of passim ({error}); give its out.json.") from error
            members.setdefault(row.cluster, []).append(Passage(doc=str(row.id), start=row.begin, end=row.end))
    return [
        Cluster(id=f"passim-{number}", members=tuple(sorted(some, key=lambda p: (p.doc, p.start, p.end))))
        for number, some in sorted(members.items(), key=lambda item: str(item[0]))
    ]


class _Row(Struct):
    id: str | int
    cluster: int | str
    begin: int
    end: int


_decoder = msgspec.json.Decoder(_Row)


class Beside(Struct, frozen=True):
    """Two documents that passim, riwaya or both find to share text, in letters of the first."""

    left: str
    right: str
    passim: int
    riwaya: int
    both: int


def read(path: str | Path) -> list[Cluster]:
    """The clusters of passim's `out.json`, which is a file or the folder that Spark makes of one.

    Raises InvalidInput where there is none, or where a line is no passage.
    """
    path = Path(path)
    parts = sorted(path.glob("part-*")) if path.is_dir() else [path]
    if not parts or not parts[0].is_file():
        raise InvalidInput(f"{path} is no output of passim; give its out.json, a file or a folder of parts.")
    return from_passim(line for part in parts for line in part.read_bytes().splitlines())


def beside(case: Case, clusters: Iterable[Cluster]) -> list[Beside]:
    """What passim's clusters and the case's alignments say of every pair of documents, the widest difference first.

    Documents are told by their ids or by the stem of their file's name. Raises InvalidInput where passim knows none of
    the case's documents.
    """
    ids = {name: id for id in case.ids for name in (Path(id).stem, id)}
    theirs: dict[tuple[str, str], set[int]] = {}
    for cluster in clusters:
        known = sorted((ids[m.doc], m.start, m.end) for m in cluster.members if m.doc in ids)
        for (left, start, end), (right, _, _) in combinations(known, 2):
            if left != right:
                theirs.setdefault((left, right), set()).update(range(start, end))
    if not theirs:
        raise InvalidInput("passim's passages lie in no two documents of this case; their ids must be the case's.")
    ours: dict[tuple[str, str], set[int]] = {}
    for found in case.across(Alignment):
        first = min(found.left, found.right, key=lambda passage: passage.doc)
        pair = first.doc, max(found.left.doc, found.right.doc)
        ours.setdefault(pair, set()).update(range(first.start, first.end))
    nothing: set[int] = set()
    made = [
        Beside(*pair, len(there), len(here), len(there & here))
        for pair in sorted({*theirs, *ours})
        for there, here in [(theirs.get(pair, nothing), ours.get(pair, nothing))]
    ]
    return sorted(made, key=lambda b: (2 * b.both - b.passim - b.riwaya, b.left, b.right))
