"""A bare file of float32 rows: mapped to be read, written row by row.

Opening it costs nothing, its pages are shared between processes, and every version of FAISS can read it.
"""

import os
from contextlib import suppress
from pathlib import Path

import numpy as np

from knowledge.embedding.port import Matrix
from knowledge.vectors.port import Numbers

BYTES = 4


def mapped(file: Path, dimensions: int) -> Matrix:
    """The rows of a file, read from the disk when they are used; raises ValueError for half a row."""
    count, rest = divmod(file.stat().st_size, dimensions * BYTES)
    if rest:
        raise ValueError(f"{file} does not hold whole rows of {dimensions} numbers")
    shape = (count, dimensions)
    return np.memmap(file, np.float32, "r", shape=shape) if count else np.zeros(shape, np.float32)


def read_rows(descriptor: int, rows: Numbers, dimensions: int) -> Matrix:
    """Single rows of an open file. Read, not mapped, so that they do not count as memory of the process."""
    width = dimensions * BYTES
    data = b"".join(os.pread(descriptor, width, row * width) for row in rows.tolist())
    return np.frombuffer(data, np.float32).reshape(len(rows), dimensions)


def read_numbers(file: Path) -> Numbers:
    """The numbers in a file, ascending; raises ValueError where it is cut."""
    if file.stat().st_size % 8:
        raise ValueError(f"{file} is cut")
    return np.fromfile(file, np.int64)


def write_numbers(file: Path, numbers: Numbers) -> None:
    """Write numbers; raises OSError where the disk is full, which `numpy.ndarray.tofile` keeps to itself."""
    file.write_bytes(np.ascontiguousarray(numbers, np.int64).data)


class RowWriter:
    """Writes rows at any place of a new file.

    Written, not mapped: on a full disk a write fails in order, a mapped page kills the process.
    """

    def __init__(self, file: Path, dimensions: int) -> None:
        self.path = file
        self._file = file.open("w+b")
        self._width = dimensions * BYTES

    def put(self, rows: Numbers, vectors: Matrix) -> None:
        """Set rows, counted from 0, to vectors."""
        order = np.argsort(rows)
        for run in np.split(order, np.flatnonzero(np.diff(rows[order]) != 1) + 1):
            if len(run):
                self._file.seek(int(rows[run[0]]) * self._width)
                self._file.write(np.ascontiguousarray(vectors[run], np.float32).data)

    def append(self, vectors: Matrix) -> None:
        """Add rows at the end."""
        self._file.seek(0, os.SEEK_END)
        self._file.write(np.ascontiguousarray(vectors, np.float32).data)

    def flush(self) -> None:
        """Make what was written readable under the file's name."""
        self._file.flush()

    def close(self) -> None:
        """Write what is left."""
        self._file.close()

    def discard(self) -> None:
        """Give the file back, whatever state it is in."""
        with suppress(OSError):  # on a full disk, closing tries once more to write what is left
            self._file.close()
