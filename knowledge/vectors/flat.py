"""Exact search: one file of float32 rows, mapped into memory and scanned by FAISS.

The file is the bare matrix, so that opening costs nothing, its pages are shared between processes, and an update may
copy it and change single rows.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import numpy as np

from knowledge.embedding.port import Matrix
from knowledge.vectors.port import Rows

_BYTES = 4
_FLOOR = 1e-6
"""A cleared row is all zeros, so its score is exactly 0; nothing worth finding is so near to it."""


class FlatVectors:
    """Every row is compared with every query."""

    def __init__(self, file: Path, dimensions: int) -> None:
        """Map the file; raises ValueError where its size is no whole number of rows."""
        self.rows, rest = divmod(file.stat().st_size, dimensions * _BYTES)
        if rest:
            raise ValueError(f"{file} does not hold whole rows of {dimensions} numbers")
        shape = (self.rows, dimensions)
        self._matrix: Matrix = (
            np.memmap(file, np.float32, "r", shape=shape) if self.rows else np.zeros(shape, np.float32)
        )

    def search(self, queries: Matrix, k: int) -> tuple[Matrix, Rows]:
        """Scores and rows of the k nearest of each query; see `Vectors.search`."""
        scores = np.full((len(queries), k), -np.inf, np.float32)
        rows = np.full((len(queries), k), -1, np.int64)
        width = min(k, self.rows)
        if width and len(queries):
            import faiss  # takes 0.1 s, which an index that is only written or inspected need not pay

            # One query is scanned by one thread anyway; waking the others costs ten times the scan on a busy machine.
            faiss.omp_set_num_threads(1)
            found, at = faiss.knn(queries, self._matrix, width, metric=faiss.METRIC_INNER_PRODUCT)
            cleared = np.abs(found) < _FLOOR
            at[cleared], found[cleared] = -1, -np.inf
            scores[:, :width], rows[:, :width] = found, at
        return scores, rows


class FlatWriter:
    """Writes the file of `FlatVectors`, from scratch or on a copy of an earlier one."""

    def __init__(self, file: Path, dimensions: int, earlier: Path | None = None) -> None:
        """Begin with nothing, or with the rows of an earlier file, which stays as it is."""
        if earlier:
            shutil.copyfile(earlier, file)
        self._path = file
        self._file = file.open("r+b" if earlier else "w+b")
        self._width = dimensions * _BYTES
        self._dimensions = dimensions

    def put(self, rows: Rows, vectors: Matrix) -> None:
        """Set rows to vectors."""
        # Written, not mapped: on a full disk a write fails in order, a mapped page kills the process.
        order = np.argsort(rows)
        for run in np.split(order, np.flatnonzero(np.diff(rows[order]) != 1) + 1):
            if len(run):
                self._file.seek(int(rows[run[0]]) * self._width)
                self._file.write(np.ascontiguousarray(vectors[run], np.float32).data)

    def clear(self, rows: Rows) -> None:
        """Set rows to zeros."""
        self.put(rows, np.zeros((len(rows), self._dimensions), np.float32))

    def keep(self, rows: Rows) -> None:
        """Keep only these rows, renumbered in their order."""
        self._file.flush()
        shorter = self._path.with_suffix(".kept")
        with shorter.open("w+b") as target:
            matrix = np.memmap(self._path, np.float32, "r").reshape(-1, self._dimensions)
            for at in range(0, len(rows), 4096):
                target.write(np.ascontiguousarray(matrix[rows[at : at + 4096]]).data)
        self._file.close()
        shorter.replace(self._path)
        self._file = self._path.open("r+b")

    def close(self) -> None:
        """Write everything to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Give the file back, whatever state it is in."""
        with suppress(OSError):  # on a full disk, closing tries once more to write what is left
            self._file.close()
