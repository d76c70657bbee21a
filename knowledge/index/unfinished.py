"""Vectors of a run that has not finished, so that after a kill the next one goes on where it ended."""

import hashlib
import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.embedding.port import Matrix

FILE = "unfinished.db"
"""In the folder of the index, while a run is at work or after one was killed."""


_CHECKSUM_BYTES = 4


class Unfinished:
    """Texts and their vectors, kept by what the text is; a file that cannot be used is begun anew.

    Each vector has a checksum, since the file belongs to no generation and its manifest.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """Open what an earlier run left in an index's folder; `fingerprint` is the embedder's."""
        self._file = folder / FILE
        self._fingerprint = fingerprint.encode()
        self._left = self._file.exists()
        self._db = sqlite3.connect(self._file)
        try:
            self._prepare()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._begin_anew()

    def vectors(self, texts: Sequence[str]) -> dict[int, Matrix]:
        """The vectors of those texts that were embedded before, by their place."""
        if not self._left:
            return {}
        query = "select vector from vectors where text = ?"
        try:
            found = [(at, self._db.execute(query, [self._key(text)]).fetchone()) for at, text in enumerate(texts)]
        except sqlite3.DatabaseError:
            self._begin_anew()
            return {}
        read = ((at, _checked(row[0])) for at, row in found if row)
        return {at: vector for at, vector in read if vector is not None}

    def keep(self, texts: Sequence[str], vectors: Matrix) -> None:
        """Put vectors where a later run finds them."""
        rows = [(self._key(text), _sealed(vector.tobytes())) for text, vector in zip(texts, vectors, strict=True)]
        try:
            self._insert(rows)
        except sqlite3.OperationalError:  # the disk is full
            raise
        except sqlite3.DatabaseError:
            self._begin_anew()
            self._insert(rows)

    def close(self, *, finished: bool) -> None:
        """Give the file back; when the run has finished, it is not needed any more."""
        self._db.close()
        if finished:
            self._file.unlink(missing_ok=True)

    def _insert(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        with self._db:
            self._db.executemany("insert or replace into vectors values (?, ?)", rows)

    def _begin_anew(self) -> None:
        self._db.close()
        self._file.unlink()
        # Of a run that was killed; it would be played back into the new file.
        self._file.with_name(f"{FILE}-journal").unlink(missing_ok=True)
        self._db, self._left = sqlite3.connect(self._file), False
        self._prepare()

    def _prepare(self) -> None:
        # A killed process loses nothing by it; after a power cut, what is damaged is embedded once more.
        self._db.execute("pragma synchronous = off")
        self._db.execute("create table if not exists vectors (text blob primary key, vector blob not null)")
        self._db.commit()

    def _key(self, text: str) -> bytes:
        told = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, digest_size=16, key=hashlib.sha256(self._fingerprint).digest()).digest()


def forget(folder: Path) -> None:
    """Remove what is of no use any more, since there is nothing to embed."""
    for name in (FILE, f"{FILE}-journal"):
        (folder / name).unlink(missing_ok=True)


def _sealed(vector: bytes) -> bytes:
    return zlib.crc32(vector).to_bytes(_CHECKSUM_BYTES, "big") + vector


def _checked(kept: object) -> "Matrix | None":
    """A vector as it was kept; None where it was altered."""
    if not isinstance(kept, bytes) or kept != _sealed(kept[_CHECKSUM_BYTES:]):
        return None
    return np.frombuffer(kept[_CHECKSUM_BYTES:], np.float32)
