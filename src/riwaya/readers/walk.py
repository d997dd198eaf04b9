"""Folders, patterns and zip files → sources, in an order that is always the same.

Listing is cheap: no document is opened, of a zip file only its table of contents. What cannot be opened is a
source too, one that carries its problem, so that nothing is lost without a line that says so.
"""

from __future__ import annotations

import glob
import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import structs

from riwaya.errors import InvalidInput, InvalidMetadata
from riwaya.model import Failure
from riwaya.readers import zip as zips
from riwaya.readers.metadata import DISCOVERED, SideFile
from riwaya.readers.shown import shown
from riwaya.readers.source import Source

__all__ = ["sources"]

ZIPS = (".zip", ".wacz")


def sources(paths: Sequence[Path | str], *, metadata: Sequence[Path | str] = ()) -> Iterator[Source]:
    """Everything to read under the given files, folders and patterns, each once, in sorted order per folder.

    Labels are relative to the given folder (a file's label is its name). Two folders may hold the same relative path:
    the case keeps such documents apart, so that what else is given never changes a label. `metadata` are side files
    that speak of any of them.
    Raises InvalidInput for a path that is not there, InvalidMetadata for a side file that is faulty.
    """
    given = [SideFile.load(Path(file)) for file in metadata]
    seen_files: set[tuple[str, str | None]] = set()
    found_sides: list[SideFile] = []
    for path in _expand(paths):
        for source, sides in _under(path, found_sides):
            where = source.file, source.inside
            if source.problem is None and where in seen_files:
                continue
            seen_files.add(where)
            about = tuple(row for side in (*sides, *given) for row in side.about(source.label))
            yield structs.replace(source, about=about) if about else source
    for side in (*given, *found_sides):
        if side.unused:
            names = ", ".join(map(shown, side.unused[:5]))
            message = f"{shown(side.name)} speaks of files that are not here ({len(side.unused)} in all): {names}."
            yield _problem(side.name, side.name, InvalidMetadata(message))


def _expand(paths: Sequence[Path | str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if os.path.lexists(path):
            yield path
        elif matches := sorted(glob.glob(str(path), recursive=True)):
            yield from map(Path, matches)
        else:
            raise InvalidInput(
                f"There is no file or folder {shown(str(path))}, and no pattern that fits anything here."
            )


def _under(path: Path, found: list[SideFile]) -> Iterator[tuple[Source, tuple[SideFile, ...]]]:
    """The sources at a given path, each with the side files of the folders around it."""
    if path.is_dir():
        yield from _folder(os.path.realpath(path), "", (), {}, found)
    else:
        for source in _file(os.path.realpath(path), _label(path.name)):
            yield source, ()


def _folder(
    folder: str, prefix: str, sides: tuple[SideFile, ...], above: dict[tuple[int, int], str], found: list[SideFile]
) -> Iterator[tuple[Source, tuple[SideFile, ...]]]:
    try:
        here = os.stat(folder)
        entries = sorted(os.scandir(folder), key=lambda entry: _label(entry.name))
    except OSError as error:
        yield _problem(prefix.rstrip("/") or folder, folder, error), ()
        return
    above = above | {(here.st_dev, here.st_ino): prefix}
    for name in DISCOVERED:
        if (side := Path(folder, name)).is_file():
            try:
                found.append(SideFile.load(side, prefix))
                sides = (*sides, found[-1])
            except InvalidMetadata as error:
                yield _problem(prefix + name, str(side), error), ()
    for entry in entries:
        label = prefix + _label(entry.name)
        if zips.is_hidden(entry.name) or entry.name in DISCOVERED:
            continue
        try:
            if not entry.is_dir():
                real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
                yield from ((source, sides) for source in _file(real, label))
                continue
            inner = entry.stat()
        except OSError as error:  # a link to itself
            yield _problem(label, entry.path, error), ()
            continue
        if (inner.st_dev, inner.st_ino) in above:
            back = InvalidInput("is a link back to a folder above it; what it leads to is read there.")
            yield _problem(label, entry.path, back), ()
        else:
            real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
            yield from _folder(real, f"{label}/", sides, above, found)


def _file(file: str, label: str) -> Iterator[Source]:
    try:
        status = os.stat(file)
    except OSError as error:
        yield _problem(label, file, error)
        return
    if not stat.S_ISREG(status.st_mode):
        yield _problem(label, file, InvalidInput("is not a regular file but a pipe, a socket or a device."))
        return
    whole = Source(label=label, file=file, size=status.st_size, mtime_ns=status.st_mtime_ns)
    if not file.lower().endswith(ZIPS):
        yield whole
        return
    try:
        with zipfile.ZipFile(file) as archive:
            inside = [(zips.member_name(info), info) for info in zips.members(archive)]
    except zips.BROKEN:
        yield whole  # reading it says what is wrong
        return
    for name, info in inside:
        at = f"{label}#{name}"
        yield Source(label=at, file=file, inside=info.filename, size=info.file_size, mtime_ns=info.CRC)


def _label(name: str) -> str:
    """A file's name as text: bytes that are no letters are written out."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace") if not name.isascii() else name


def _problem(label: str, file: str, error: Exception) -> Source:
    reason = f"cannot be opened: {error.strerror}." if isinstance(error, OSError) else str(error)
    message = reason if shown(label) in reason else f"{shown(label)} {reason}"
    failure = Failure(path=label, stage="read", error=type(error).__name__, message=message)
    return Source(label=label, file=file, problem=failure)
