"""The archive: a gzipped tar that appears under its name only when it is whole."""

import hashlib
import io
import os
import secrets
import shutil
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from console.backup.manifest import LOG, NAME, Manifest, NotABackup, Part, read_manifest

UNFINISHED: Final = ".secondchair-part-"
"""How the names of what is not finished begin, in the folder of the archive."""

LEFT_BEHIND: Final = 86_400.0
"""Seconds after which an unfinished one is nobody's any more."""

SINGLE: Final = frozenset({NAME, LOG, "accounts.db", "config.toml"})
FOLDERS: Final = frozenset({"content", "files", "past", "practice"})

_CHUNK: Final = 1024 * 1024

Moved = Callable[[int], None]
"""Told how many more bytes are over."""


class Writer:
    """Puts parts into an archive and keeps their digests."""

    def __init__(self, tar: tarfile.TarFile, moved: Moved) -> None:
        self._tar, self._moved = tar, moved
        self.parts: dict[str, Part] = {}

    def add(self, name: str, data: bytes) -> None:
        """Add bytes."""
        self._add(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, file: Path) -> None:
        """Add a file that nobody changes meanwhile."""
        with file.open("rb") as opened:
            self._add(name, opened, os.fstat(opened.fileno()).st_size)

    def _add(self, name: str, source: IO[bytes], size: int) -> None:
        header = tarfile.TarInfo(name)
        header.size, header.mode, header.mtime = size, 0o600, int(time.time())
        reading = _Hashing(source, self._moved)
        self._tar.addfile(header, reading)
        self.parts[name] = Part(reading.sha256.hexdigest(), size)


class _Hashing:
    def __init__(self, source: IO[bytes], moved: Moved) -> None:
        self._source, self._moved = source, moved
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.sha256.update(data)
        self._moved(len(data))
        return data


@contextmanager
def writing(target: Path) -> Iterator[tuple[Path, Path]]:
    """Yield a folder to gather things in and the file to write; it becomes ``target`` when the block is done."""
    _clear_left(target.parent)
    place = target.with_name(f"{UNFINISHED}{secrets.token_hex(4)}")
    place.mkdir(mode=0o700)
    try:
        unfinished = place / target.name
        yield place, unfinished
        descriptor = os.open(unfinished, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        unfinished.replace(target)
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def packing(file: Path, moved: Moved) -> Iterator[Writer]:
    """Write an archive; raises ``OSError``."""
    with tarfile.open(file, "w:gz", compresslevel=6) as tar:
        yield Writer(tar, moved)


def unpack(file: Path, into: Path, moved: Moved) -> tuple[Manifest, dict[str, object]]:
    """Lay the parts of an archive out in a folder; return its manifest, with the fields that it was read from.

    Raises :class:`NotABackup` where a part is missing, is one too many, or is not what it was.
    """
    found: dict[str, Part] = {}
    manifest = b""
    try:
        with tarfile.open(file, "r|gz") as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isreg() else None
                if manifest or source is None or member.name in found:
                    raise NotABackup(f"it holds what no back-up holds: {member.name!r}")
                if member.name == NAME:
                    manifest = source.read()
                else:
                    found[member.name] = _lay(source, _place(into, member.name), moved)
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise NotABackup("it is no back-up, or was cut short") from error
    if not manifest:
        raise NotABackup("it was cut short: its manifest is missing")
    said, fields = read_manifest(manifest)
    for name in sorted({*found, *said.parts}):
        if found.get(name) != said.parts.get(name):
            raise NotABackup(f"{name} is damaged or missing")
    return said, fields


def _lay(source: IO[bytes], place: Path, moved: Moved) -> Part:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while data := source.read(_CHUNK):
            digest.update(data)
            file.write(data)
            size += len(data)
            moved(len(data))
        file.flush()
        os.fsync(file.fileno())
    return Part(digest.hexdigest(), size)


def _place(into: Path, name: str) -> Path:
    """Return where a part goes; a name that leads anywhere else is refused."""
    parts = PurePosixPath(name).parts
    plain = "/".join(parts) == name and not {"..", ".", "/"} & set(parts) and "\\" not in name and "\x00" not in name
    if not plain or not (name in SINGLE or (len(parts) > 1 and parts[0] in FOLDERS)):
        raise NotABackup(f"it holds what no back-up holds: {name!r}")
    return into.joinpath(*parts)


def _clear_left(folder: Path) -> None:
    """Clear away what killed back-ups left unfinished."""
    for left in folder.glob(f"{UNFINISHED}*"):
        if left.stat().st_mtime < time.time() - LEFT_BEHIND:
            shutil.rmtree(left, ignore_errors=True)
