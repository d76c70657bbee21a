"""A book on disk, so that it goes on where it stopped: made to be lost, and made anew from the log.

The file is arrays and JSON, for its owner alone; nothing in it is run. It is of one log up to one event, and of one
edition of the program: of another log, or of a program whose folds may read events otherwise, it is passed over.
"""

import json
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import structlog
from numpy.typing import NDArray

from console.review.book import FOLDS, Book, Fold, Kept, Unrestorable
from console.review.edition import REVIEW, TOLD, edition
from console.review.plain import Arrays, NotPlain

_BROKEN: Final = (
    OSError, ValueError, KeyError, TypeError, EOFError, IndexError, Unrestorable, zipfile.BadZipFile
)  # fmt: skip
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

    def load(self, log: Marked, *, later: bool = False) -> Book | None:
        """Return the book that was kept of this log; ``None`` where there is none that can be gone on with.

        With ``later`` each fold is put back when it is asked for: whoever looks at one thing waits for that alone. What
        then cannot be put back raises :class:`~console.review.book.Unrestorable`.
        """
        book = self._read(log, later=later)
        self.upto = book.read if book is not None else 0
        return book

    def _read(self, log: Marked, *, later: bool) -> Book | None:
        if self.path is None:
            return None
        try:
            with self.path.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
                told = json.loads(held[TOLD].tobytes())
                if told["edition"] != edition() or told["mark"] != log.mark(int(told["book"]["read"])):
                    return None
                kept = [_read_fold(held, at, name) for at, name in enumerate(told["folds"])]
            book = Book.restored(told["book"], kept, self.folds)
            return book if later else book.whole()
        except FileNotFoundError:
            return None
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            EOFError,
            IndexError,
            Unrestorable,
            zipfile.BadZipFile,
        ) as error:
            _log.info("the review's book cannot be read; it is made anew", file=str(self.path), why=str(error))
            return None

    def save(self, book: Book, log: Marked) -> bool:
        """Put a book in place of what the file held; returns whether it is kept. Whoever reads finds either."""
        mark = log.mark(book.read) if book.read else ""
        if self.path is None or not mark or book.spoilt:
            return False
        try:
            own, folds = book.told()
            told = {"edition": edition(), "mark": mark, "book": own, "folds": [one.name for one in folds]}
            arrays: Arrays = {TOLD: _bytes(told)}
            for at, one in enumerate(folds):
                arrays |= {f"{at}.{name}": array for name, array in one.arrays.items()}
                arrays[f"{at}.{TOLD}"] = _bytes(one.said)
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
    return BookFile(books / REVIEW if books else None)


def forget_all(books: Path) -> None:
    """Delete every book: something was erased that they may have counted. Raises ``OSError``."""
    for file in books.glob("*"):
        file.unlink(missing_ok=True)


def _write(path: Path, arrays: Arrays) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as opened:
            np.savez(opened, allow_pickle=False, **arrays)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _bytes(said: Mapping[str, Any]) -> NDArray[Any]:
    return np.frombuffer(json.dumps(said).encode(), dtype=np.uint8)


def _read_fold(held: Mapping[str, NDArray[Any]], at: int, name: str) -> Kept:
    arrays = {inside.partition(".")[2]: held[inside] for inside in held if inside.startswith(f"{at}.")}
    return Kept(name, json.loads(arrays.pop(TOLD).tobytes()), arrays)
