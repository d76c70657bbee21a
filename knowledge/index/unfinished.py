"""Vectors of a run that has not finished, so that after a kill the next one goes on where it ended."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.embedding.port import Matrix

FILE = "unfinished.db"
"""In the folder of the index, while a run is at work or after one was killed."""


class Unfinished:
    """Texts and their vectors, kept by what the text is; a file that cannot be used is begun anew."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """Open what an earlier run left in an index's folder; `fingerprint` is the embedder's."""
        self._file = folder / FILE
        self._fingerprint = fingerprint.encode()
        self._left = self._file.exists()
        try:
            self._db = self._opened()
        except sqlite3.DatabaseError:
            self._file.unlink()
            self._db, self._left = self._opened(), False

    def vectors(self, texts: Sequence[str]) -> dict[int, Matrix]:
        """The vectors of those texts that were embedded before, by their place."""
        if not self._left:
            return {}
        query = "select vector from vectors where text = ?"
        found = ((at, self._db.execute(query, [self._key(text)]).fetchone()) for at, text in enumerate(texts))
        return {at: np.frombuffer(row[0], np.float32) for at, row in found if row}

    def keep(self, texts: Sequence[str], vectors: Matrix) -> None:
        """Put vectors where a later run finds them."""
        rows = ((self._key(text), vector.tobytes()) for text, vector in zip(texts, vectors, strict=True))
        with self._db:
            self._db.executemany("insert or replace into vectors values (?, ?)", rows)

    def close(self, *, finished: bool) -> None:
        """Give the file back; when the run has finished, it is not needed any more."""
        self._db.close()
        if finished:
            self._file.unlink(missing_ok=True)

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file)
        # A killed process loses nothing by it; after a power cut, what is damaged is embedded once more.
        db.execute("pragma synchronous = off")
        db.execute("create table if not exists vectors (text blob primary key, vector blob not null)")
        db.commit()
        return db

    def _key(self, text: str) -> bytes:
        told = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, digest_size=16, key=hashlib.sha256(self._fingerprint).digest()).digest()
