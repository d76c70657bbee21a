"""A book on disk, so that it goes on where it stopped: made to be lost, and made anew from the log.

The file is arrays and JSON, for its owner alone; nothing in it is run. It is of one log up to one event, and of one
edition of the program: of another log, or of a program whose folds may read events otherwise, it is passed over.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import structlog

from console import __version__
from console.review.book import FOLDS, Book, Fold
from console.review.plain import Arrays, NotPlain

_FOLDED_BY: Final = ("console.review", "console.conversation")
"""The packages whose code decides what a fold makes of an event."""

_TOLD: Final = "told"
_log = structlog.get_logger(__name__)


class Marked(Protocol):
    """A log that knows itself again."""

    def mark(self, seq: int) -> str:
        """Return what tells this log, up to an event's number, from every other; empty where it has no such event."""


class BookFile:
    """Where a book of some folds is kept."""

    def __init__(self, path: Path | None, folds: Sequence[type[Fold]] = FOLDS) -> None:
        """Without a ``path`` it is kept nowhere."""
        self.path, self.folds = path, tuple(folds)
        self.upto = 0
        """Up to which event it goes, as far as was seen here; zero where there is none of use."""

    def load(self, log: Marked) -> Book | None:
        """Return the book that was kept of this log; ``None`` where there is none that can be gone on with."""
        book = self._read(log)
        self.upto = book.read if book is not None else 0
        return book

    def _read(self, log: Marked) -> Book | None:
        if self.path is None:
            return None
        try:
            with self.path.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
                told = json.loads(held[_TOLD].tobytes())
                if told["edition"] != edition() or told["mark"] != log.mark(int(told["book"]["read"])):
                    return None
                arrays = {name: held[name] for name in held.files if name != _TOLD}
            return Book.restored(told["book"], arrays, self.folds)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, EOFError, IndexError, zipfile.BadZipFile) as error:
            _log.info("the review's book cannot be read; it is made anew", file=str(self.path), why=str(error))
            return None

    def save(self, book: Book, log: Marked) -> bool:
        """Put a book in place of what the file held; returns whether it is kept. Whoever reads finds either."""
        mark = log.mark(book.read) if book.read else ""
        if self.path is None or not mark or book.spoilt:
            return False
        arrays: Arrays = {}
        try:
            told: dict[str, Any] = {"edition": edition(), "mark": mark, "book": book.told(arrays)}
            arrays[_TOLD] = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
            _write(self.path, arrays)
        except (OSError, NotPlain) as error:
            _log.warning("the review's book is not kept; it is made anew next time", why=str(error))
            return False
        self.upto = book.read
        return True

    def forget(self) -> None:
        """Delete the file, and what a killed program left of one beside it. Raises ``OSError``."""
        self.upto = 0
        if self.path is not None:
            for file in (self.path, *self.path.parent.glob(f".{self.path.name}-*")):
                file.unlink(missing_ok=True)


def review_file(books: Path | None) -> BookFile:
    """Return where the book of the lead's pages is kept, in the folder of books."""
    return BookFile(books / "review.npz" if books else None)


def forget_all(books: Path) -> None:
    """Delete every book: something was erased that they may have counted. Raises ``OSError``."""
    for file in books.glob("*"):
        file.unlink(missing_ok=True)


@cache
def edition() -> str:
    """Return what the program is, as far as it decides what a book holds: its version and the code of the folds."""
    digest = hashlib.sha256(__version__.encode())
    for package in _FOLDED_BY:
        for file in sorted(_code(resources.files(package)), key=lambda file: file.name):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _write(path: Path, arrays: Arrays) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as opened:
            np.savez(opened, allow_pickle=False, **arrays)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _code(folder: Traversable) -> list[Traversable]:
    inside = [file for one in folder.iterdir() if one.is_dir() for file in _code(one)]
    return inside + [file for file in folder.iterdir() if file.name.endswith(".py")]
