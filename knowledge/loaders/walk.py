"""Files and folders to documents: hidden files and links that lead outside are left alone."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from knowledge.document import Document, Skipped, Unchanged
from knowledge.loaders.isolation import Isolation, Stopped
from knowledge.loaders.origin import Origins, origin_of
from knowledge.loaders.registry import AnyLoader, ManyLoader, loader_of, suffixes

MAX_BYTES = 20 * 1024**2
"""Largest single document that is read, in bytes; no help article comes near it."""

WHOLE_SOURCE = "/"
"""Said of something skipped that may have held any document of its source."""


def load(
    path: Path, known: Origins | None = None, *, max_bytes: int = MAX_BYTES
) -> Iterator[Document | Skipped | Unchanged]:
    """Every document of a file or folder, in a fixed order; one that cannot be read comes out as Skipped.

    A document whose origin is `known` comes out as Unchanged, without being read again.

    The id of a document is its path relative to the folder named (for a single file: its name), or the line's own
    id for .jsonl. In a folder, files of other formats are passed over in silence; one that is named itself is not.
    Raises FileNotFoundError where the path does not exist.
    """
    # Not a generator itself, so that a wrong path is told before anything is done with what it would hold.
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file or folder")
    return _load(path, known or {}, max_bytes)


def _load(path: Path, known: Origins, max_bytes: int) -> Iterator[Document | Skipped | Unchanged]:
    with Isolation() as isolation:
        if not path.is_dir():
            yield from _file(path, path.name, known, max_bytes, isolation)
            return
        root = path.resolve()
        closed: list[OSError] = []
        for file in _walk(path, closed.append):
            if file.is_symlink() and not file.resolve().is_relative_to(root):
                yield Skipped(str(file), "is a link that leads outside the folder")
                continue
            yield from _file(file, file.relative_to(path).as_posix(), known, max_bytes, isolation)
        for error in closed:
            where = Path(error.filename)
            inside = where.relative_to(path).as_posix()
            yield Skipped(str(where), _unread(error), WHOLE_SOURCE if inside == "." else f"{inside}/")


def _walk(folder: Path, closed: Callable[[OSError], object]) -> Iterator[Path]:
    """Readable files below a folder, sorted, without hidden ones and without following linked folders.

    Folders that cannot be read are told to ``closed``.
    """
    for here, folders, files in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and loader_of(name):
                yield Path(here, name)


def _file(
    path: Path, name: str, known: Origins, max_bytes: int, isolation: Isolation
) -> Iterator[Document | Skipped | Unchanged]:
    loader = loader_of(path.name)
    if loader is None:
        yield Skipped(str(path), f"has a format that cannot be read; known are {', '.join(suffixes())}")
        return
    try:
        _check(path, loader.max_bytes or max_bytes)
        for item in _parsed(path, name, known, loader, isolation):
            if isinstance(item, Skipped):
                yield Skipped(str(path) + item.where.removeprefix(name), item.reason, item.stays)
            else:
                yield item
    except ValueError as error:
        yield Skipped(str(path), str(error))
    except Stopped as error:
        yield Skipped(str(path), str(error), name)
    except OSError as error:
        reason = _unread(error)
        yield Skipped(str(path), reason, WHOLE_SOURCE if isinstance(loader, ManyLoader) else name)


def _parsed(
    path: Path, name: str, known: Origins, loader: AnyLoader, isolation: Isolation
) -> Iterator[Document | Skipped | Unchanged]:
    with path.open("rb") as file:
        if isinstance(loader, ManyLoader):
            yield from loader.parse(file, name, known)
            return
        origin = origin_of(name, file.read())
        if known.get(origin) == name:
            yield Unchanged(name)
            return
        file.seek(0)
        if loader.isolated:
            found: Iterable[Document | Skipped] = isolation.parse(loader.parse, path, name, (Document, Skipped))
        else:
            found = loader.parse(file, name)
        for item in found:
            yield replace(item, origin=origin) if isinstance(item, Document) else item


def _unread(error: OSError) -> str:
    what = "; give yourself the right to, and index again" if isinstance(error, PermissionError) else ""
    return f"cannot be read ({error.strerror or error}){what}"


def _check(path: Path, limit: int) -> None:
    """Raise ValueError where a file is not one to read."""
    # A named pipe or device would block or never end.
    if not path.is_file():
        raise ValueError("is not a regular file")
    size = path.stat().st_size
    if size == 0:
        raise ValueError("is empty")
    if size > limit:
        raise ValueError(f"has {size // 1024**2} MB, which is larger than {limit // 1024**2} MB; save it in parts")
