"""A store of vectors in a folder: segments that are never altered, and the numbers of what was removed from them."""

from pathlib import Path

import numpy as np

from knowledge.embedding.port import Matrix
from knowledge.files import share
from knowledge.levels import first_to_merge
from knowledge.vectors import clusters
from knowledge.vectors.port import Numbers
from knowledge.vectors.rows import RowWriter, mapped, read_numbers, write_numbers
from knowledge.vectors.segment import CLUSTERS, NUMBERS, ROWS, Segment

EXACT_UP_TO = 100_000
"""Vectors in a segment above which it is searched by clusters; an exact search of so many takes 5 ms."""

_REMOVED = "removed"
_AT_ONCE = 8192


class FileVectors:
    """The vectors in a folder."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        """Open the folder; raises ValueError where files do not fit together."""
        self._dimensions = dimensions
        self._removed = read_numbers(folder / _REMOVED)
        self.segments = [Segment(file, dimensions, self._removed) for file in sorted(folder.glob(f"*{ROWS}"))]

    @property
    def count(self) -> int:
        """How many vectors there are; removed ones do not count."""
        return sum(segment.part.live for segment in self.segments)

    def search(self, queries: Matrix, k: int) -> tuple[Matrix, Numbers]:
        """Scores and numbers of the k nearest of each query; see `Vectors.search`."""
        empty = np.full((len(queries), k), -np.inf, np.float32), np.full((len(queries), k), -1, np.int64)
        found = [empty, *(segment.search(queries, k) for segment in self.segments)]
        scores = np.hstack([scores for scores, _ in found])
        numbers = np.hstack([numbers for _, numbers in found])
        order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(scores, order, axis=1), np.take_along_axis(numbers, order, axis=1)

    def get(self, numbers: Numbers) -> Matrix:
        """The vectors of numbers, in their order. Raises KeyError where one is not there."""
        got: Matrix = np.empty((len(numbers), self._dimensions), np.float32)
        wanted = ~np.isin(numbers, self._removed)
        missing = np.ones(len(numbers), np.bool_)
        for segment in self.segments:
            rows = segment.at(numbers)
            here = wanted & (rows >= 0)
            got[here] = segment.get(rows[here])
            missing &= ~here
        if missing.any():
            raise KeyError(int(numbers[missing][0]))
        return got

    @property
    def removed(self) -> Numbers:
        """The numbers that lie in segments but were removed."""
        return self._removed


class FileWriter:
    """Writes the next state into a new folder; what the state before it holds is shared, not copied."""

    def __init__(
        self, folder: Path, dimensions: int, earlier: Path | None = None, *, exact_up_to: int = EXACT_UP_TO
    ) -> None:
        """Begin with nothing, or with what an earlier folder holds, which stays as it is."""
        folder.mkdir(exist_ok=True)
        self._folder, self._dimensions, self._exact_up_to = folder, dimensions, exact_up_to
        self._earlier = FileVectors(earlier, dimensions) if earlier else None
        self._removed = self._earlier.removed if self._earlier else np.zeros(0, np.int64)
        self._segments = self._earlier.segments if self._earlier else []
        self._first = max((int(s.numbers[-1]) + 1 for s in self._segments if len(s.numbers)), default=0)
        self._fresh = RowWriter(folder / "fresh", dimensions)
        self._put: set[int] = set()

    def put(self, numbers: Numbers, vectors: Matrix) -> None:
        """Add vectors; see `VectorWriter.put`."""
        self._fresh.put(numbers - self._first, vectors)
        self._put.update(numbers.tolist())

    def remove(self, numbers: Numbers) -> None:
        """Take vectors out."""
        self._put.difference_update(numbers.tolist())
        self._removed = np.union1d(self._removed, numbers[numbers < self._first])

    def get(self, numbers: Numbers) -> Matrix:
        """Vectors of the state before; see `Vectors.get`."""
        return self._earlier.get(numbers) if self._earlier else np.zeros((0, self._dimensions), np.float32)

    def finish(self) -> None:
        """Write everything, merging what has become too many small parts."""
        self._fresh.flush()
        fresh = np.asarray(sorted(self._put), np.int64)
        # Opened again, so that what was removed in this run counts.
        earlier = [Segment(segment.file, self._dimensions, self._removed) for segment in self._segments]
        start = first_to_merge([segment.part for segment in earlier], len(fresh))
        for segment in earlier[:start]:
            for file in segment.files:
                share(file, self._folder / file.name)
        if len(fresh) or start < len(earlier):
            self._write(earlier[start:], fresh)
        self._fresh.discard()
        (self._folder / "fresh").unlink(missing_ok=True)
        held = [segment.numbers for segment in earlier[:start]]
        still = (
            np.intersect1d(self._removed, np.concatenate(held), assume_unique=True) if held else np.zeros(0, np.int64)
        )
        write_numbers(self._folder / _REMOVED, still)

    def discard(self) -> None:
        """Give the files back."""
        self._fresh.discard()

    def _write(self, merged: list[Segment], fresh: Numbers) -> None:
        """One segment of what is alive in earlier ones and of what was put."""
        numbers = np.concatenate([*(segment.numbers[segment.alive()] for segment in merged), fresh])
        if not len(numbers):
            return
        file = self._folder / f"{numbers[0]:015d}{ROWS}"
        if merged or len(fresh) != fresh[-1] - self._first + 1:
            writer = RowWriter(file, self._dimensions)
            try:
                for segment in merged:
                    alive = segment.alive()
                    for at in range(0, len(alive), _AT_ONCE):
                        writer.append(segment.rows[alive[at : at + _AT_ONCE]])
                rows = mapped(self._fresh.path, self._dimensions)
                for at in range(0, len(fresh), _AT_ONCE):
                    writer.append(rows[fresh[at : at + _AT_ONCE] - self._first])
                writer.close()
            finally:
                writer.discard()
        else:
            self._fresh.close()
            self._fresh.path.rename(file)
        write_numbers(file.with_suffix(NUMBERS), numbers)
        if len(numbers) > self._exact_up_to:
            clusters.build(mapped(file, self._dimensions), file.with_suffix(CLUSTERS))


class FileStore:
    """Keeps vectors in files of the generation's folder."""

    def open(self, folder: Path, dimensions: int) -> FileVectors:
        """See `VectorStore.open`."""
        try:
            return FileVectors(folder, dimensions)
        except FileNotFoundError as error:
            raise ValueError(f"{error.filename} is gone") from error

    def writer(self, folder: Path, dimensions: int, earlier: Path | None) -> FileWriter:
        """See `VectorStore.writer`."""
        return FileWriter(folder, dimensions, earlier)
