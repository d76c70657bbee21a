"""One part of the articles: an SQLite file that is never altered, read from any thread."""

import sqlite3
import weakref
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from knowledge.errors import IndexDamaged

_MANY = "(?…)"
"""Stands in a query for as many marks as there are values."""


class PartReader:
    """Answers queries of one file."""

    def __init__(self, file: Path) -> None:
        """Open the file; nothing of it is read before it is asked for. Raises FileNotFoundError."""
        file.stat()  # SQLite would not say that a file is gone
        self._file = file
        # `immutable`: no locks, no look at the file's state at every query; true of a part.
        address = f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        self._lock = Lock()

    def select(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """The rows of a query; `(?…)` in it stands for all values. Raises IndexDamaged."""
        try:
            with self._lock:
                asked = query.replace(_MANY, f"({','.join('?' * len(values))})")
                return self._connection.execute(asked, values).fetchall()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.ProgrammingError):
                raise
            raise IndexDamaged(
                f"{self._file} cannot be read ({error}); run the index command again on the same documents"
            ) from error

    def close(self) -> None:
        """Give the file back."""
        with self._lock, closing(self._connection):
            pass
