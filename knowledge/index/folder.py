"""The folder of an index: generations, the name of the current one, and the lock of whoever writes.

    index/
      CURRENT                 the name of the generation in use
      write.lock              held while a run writes
      generations/000007-3f/  one finished, never altered state: manifest.json, articles/, vectors/, lexical/

Most of a generation's files are those of the one before it under a second name: files are never altered, only added.
A generation is built under a name of its own and put in use by replacing CURRENT, so that a run that is killed at any
moment leaves the old one in use, and readers go on with the one that they have opened. Where CURRENT is lost or names
nothing, the newest generation is in use: all are finished, and all but one are removed at the end of a run.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import IndexBusy, IndexMissing

CURRENT = "CURRENT"
_GENERATIONS = "generations"
_BUILDING = ".building-"
_NAME = re.compile(r"\A\d{6,}-[0-9a-f]{4}\Z")


def current(folder: Path) -> Path:
    """The folder of the generation in use. Raises IndexMissing where nothing has been indexed."""
    named = _named(folder)
    if named and named.is_dir():
        return named
    found = max(_finished(folder), default=named)
    if found is None:
        raise IndexMissing(f"nothing has been indexed in {folder} yet; run the index command on your articles")
    return found


def pointer_fault(folder: Path) -> str:
    """What is wrong with the file that names the generation in use; empty where it is well, or there is no index."""
    named = _named(folder)
    if (named and named.is_dir()) or not _finished(folder):
        return ""
    return "is gone" if not (folder / CURRENT).exists() else "was altered (it names no generation that is there)"


def _named(folder: Path) -> Path | None:
    """The generation that CURRENT names, there or not; None where it names none."""
    try:
        name = (folder / CURRENT).read_bytes().decode("ascii")
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None
    return folder / _GENERATIONS / name if _NAME.fullmatch(name) else None


def _finished(folder: Path) -> list[Path]:
    """Every generation that is there; the newest has the highest name."""
    try:
        return [path for path in (folder / _GENERATIONS).iterdir() if _NAME.fullmatch(path.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the write lock. Raises IndexBusy at once where another run holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # The system releases the lock when the holder dies, so that a killed run blocks nobody.
        with FileLock(folder / "write.lock", timeout=0):
            yield
    except Timeout as error:
        raise IndexBusy(f"another indexing run is at work on {folder}; wait for it to finish") from error


@contextmanager
def building(folder: Path) -> Iterator[Path]:
    """An empty folder to build a generation in; it is gone afterwards unless it was put in use."""
    generations = folder / _GENERATIONS
    generations.mkdir(parents=True, exist_ok=True)
    _tidy(folder)
    draft = generations / f"{_BUILDING}{secrets.token_hex(4)}"
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def put_in_use(folder: Path, draft: Path) -> Path:
    """Make a finished draft the current generation and remove the others; returns its folder."""
    generations = folder / _GENERATIONS
    numbers = [int(path.name.partition("-")[0]) for path in _finished(folder)]
    name = f"{max(numbers, default=0) + 1:06d}-{secrets.token_hex(2)}"
    for file in draft.rglob("*"):
        _to_disk(file)
    _to_disk(draft)
    draft.rename(generations / name)
    _to_disk(generations)
    pointer = folder / f"{CURRENT}.{secrets.token_hex(4)}"
    try:
        pointer.write_text(name, encoding="ascii")
        _to_disk(pointer)
        pointer.replace(folder / CURRENT)
    except OSError:
        # On a full disk, what nobody uses must not stay.
        pointer.unlink(missing_ok=True)
        shutil.rmtree(generations / name, ignore_errors=True)
        raise
    _to_disk(folder)
    _tidy(folder)
    return generations / name


def _tidy(folder: Path) -> None:
    """Remove what is not in use, such as killed runs leave it; by whoever holds the lock."""
    for pointer in folder.glob(f"{CURRENT}.*"):
        pointer.unlink()
    used = current(folder) if _finished(folder) else None
    for left in (folder / _GENERATIONS).iterdir():
        if left != used:
            shutil.rmtree(left, ignore_errors=True)


def _to_disk(path: Path) -> None:
    """Make sure that a file or folder survives a power cut; a folder only where the system can."""
    with suppress(OSError) if path.is_dir() else nullcontext():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
