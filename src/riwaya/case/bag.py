"""A BagIt bag: a folder that lists the hash of every file in it.

Source: RFC 8493, The BagIt File Packaging Format (V1.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from riwaya.errors import InvalidInput

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
TAGGED = ("bagit.txt", "bag-info.txt", MANIFEST)
CHUNK = 1 << 20


def seal(folder: Path, info: dict[str, str]) -> list[Path]:
    """Makes a bag of a folder whose files lie under `data`; returns the files that were added."""
    payload = files(folder / "data")
    size = sum(path.stat().st_size for path in payload)
    told = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
    (folder / "bagit.txt").write_bytes(DECLARATION)
    lines = "".join(f"{key}: {' '.join(value.split())}\n" for key, value in sorted(told.items()))
    (folder / "bag-info.txt").write_bytes(lines.encode("utf-8"))
    (folder / MANIFEST).write_bytes(manifest(folder, payload))
    (folder / TAGS).write_bytes(manifest(folder, [folder / name for name in TAGGED]))
    return [folder / name for name in (*TAGGED, TAGS)]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def manifest(folder: Path, paths: Iterable[Path]) -> bytes:
    return "".join(f"{digest(path)}  {encoded(path.relative_to(folder))}\n" for path in paths).encode("utf-8")


def encoded(path: Path) -> str:
    """A path as a manifest holds it: line breaks and per cent signs are escaped (RFC 8493, 2.1.3).

    >>> encoded(Path("data/a%b"))
    'data/a%25b'
    """
    return path.as_posix().replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def digest(path: Path) -> str:
    hasher = sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            hasher.update(chunk)
    return hasher.hexdigest()


def faults(folder: Path) -> Iterator[str]:
    """What is off in a bag that `seal` made, a sentence each; raises InvalidInput when the folder is no bag."""
    if not (folder / TAGS).is_file() and not (folder / "bagit.txt").is_file():
        raise InvalidInput(f"{folder} is no hand-over package: it has no bagit.txt.")
    yield from _compare(folder, TAGS, [folder / name for name in TAGGED])
    yield from _compare(folder, MANIFEST, files(folder / "data"))
    if (folder / "bagit.txt").is_file() and (folder / "bagit.txt").read_bytes() != DECLARATION:
        yield "bagit.txt: it was altered"
    known = {*TAGGED, TAGS}
    yield from (f"{path.name}: it does not belong to the package" for path in folder.glob("*") if _odd(path, known))


def _odd(path: Path, known: set[str]) -> bool:
    return path.name not in known and path.name != "data"


def _compare(folder: Path, name: str, paths: Iterable[Path]) -> Iterator[str]:
    """The files against the manifest that lists them."""
    if not (folder / name).is_file():
        yield f"{name}: it is missing"
        return
    listed: dict[str, str] = {}
    for number, line in enumerate((folder / name).read_bytes().split(b"\n")[:-1], start=1):
        hash, _, path = line.decode("utf-8", "replace").partition("  ")
        if len(hash) != 64 or path in listed:
            yield f"{name}: line {number} was altered"
        listed[path] = hash
    for file in paths:
        path = encoded(file.relative_to(folder))
        if not file.is_file():
            continue
        hash = listed.pop(path, "")
        if not hash:
            yield f"{path}: {name} does not list it"
        elif hash != digest(file):
            yield f"{path}: it was altered, or its line in {name} was"
    yield from (f"{path}: it is missing, or its line in {name} was altered" for path in listed)
    if not (folder / name).read_bytes().endswith(b"\n"):
        yield f"{name}: its end was altered"
