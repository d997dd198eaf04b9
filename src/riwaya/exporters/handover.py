"""The hand-over package: everything of a case in open files, as an RO-Crate inside a BagIt bag.

The bag lists the hash of every file; the crate says what each is. `riwaya verify` checks it, `riwaya import` makes a
case of it again, and whoever has neither reads originals, texts and layers with what they have.

Source: RFC 8493 (BagIt 1.0); RO-Crate Metadata Specification 1.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Any

import msgspec

from riwaya.case import Case, bag, package
from riwaya.errors import InvalidInput
from riwaya.exporters import jsonl

CRATE = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.3/context"
Row = dict[str, Any]
RIGHTS: Row = {
    "@id": "http://rightsstatements.org/vocab/CNE/1.0/",
    "@type": "CreativeWork",
    "name": "Copyright Not Evaluated",
    "description": "The rights of the originals are those of their publishers; nobody has looked into them.",
}


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes the folder `NAME.bag`; one that is there from an earlier export is replaced."""
    bagged = folder / f"{case.path.stem}.bag"
    if bagged.exists():
        if not (bagged / "bagit.txt").is_file():
            raise InvalidInput(f"{bagged} is there and is no bag; move it away, or write into another folder.")
        rmtree(bagged)
    data = bagged / package.DATA
    for part in ("originals", "texts", "layers", "tables"):
        (data / part).mkdir(parents=True)
    encode = msgspec.json.Encoder().encode
    parts: list[Row] = list(documents(case, data))
    parts += [
        file(f"layers/{path.name}", f"The layer {path.stem}", "Findings, a line each.", "application/jsonl", path)
        for path in jsonl.write(case, data / "layers", layers)
    ]
    for table in package.TABLES:
        path = data / "tables" / f"{table}.jsonl"
        with path.open("wb") as out:
            for row in package.lines(case, table):
                out.write(encode(row) + b"\n")
        about = "Rows of the case file, of which `riwaya import` makes it again."
        parts.append(file(f"tables/{path.name}", f"The table {table} of the case", about, "application/jsonl", path))
    (data / CRATE).write_bytes(msgspec.json.format(encode(crate(case, parts)), indent=1) + b"\n")
    bag.seal(bagged, {"External-Identifier": case.path.stem, "Bag-Software-Agent": "riwaya", "Bagging-Date": day(case)})
    return [bagged]


def documents(case: Case, data: Path) -> Iterator[Row]:
    """Writes originals and texts; says what each is."""
    seen: set[str] = set()
    for card in package.lines(case, "documents"):
        doc = case.document(card["id"])
        original, text = package.original_path(doc.sha256), package.text_path(card["key"])
        if original not in seen:
            seen.add(original)
            (data / original).write_bytes(case.original(doc.id))
            about = "The bytes as they were taken in."
            yield file(original, f"The original of {doc.path}", about, doc.media_type, data / original)
        (data / text).write_bytes(doc.text.encode("utf-8"))
        read = file(text, doc.title or doc.id, f"The text that {doc.reader} read.", "text/plain", data / text)
        yield {**read, "isBasedOn": {"@id": original}, "identifier": doc.id, "inLanguage": doc.language or "und"}


def file(id: str, name: str, description: str, form: str, path: Path) -> Row:
    return {
        "@id": id,
        "@type": "File",
        "name": name,
        "description": description,
        "encodingFormat": form,
        "contentSize": str(path.stat().st_size),
        "sha256": bag.digest(path),
    }


def crate(case: Case, parts: Sequence[Row]) -> Row:
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": case.path.stem,
        "description": "A case of riwaya: originals, texts, what was found in them, what was decided, and the log.",
        "datePublished": day(case),
        "license": {"@id": RIGHTS["@id"]},
        "hasPart": [{"@id": part["@id"]} for part in parts],
    }
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.3"},
        "about": {"@id": "./"},
    }
    return {"@context": CONTEXT, "@graph": [descriptor, root, RIGHTS, *parts]}


def day(case: Case) -> str:
    """The day of the last entry of the log: the same case gives the same package on any day."""
    return max((entry.at[:10] for entry in case.log()), default="1970-01-01")
