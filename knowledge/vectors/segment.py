"""Vectors that were written together: exact search while they are few, clusters beside them when they are many."""

import os
import weakref
from pathlib import Path

import numpy as np

from knowledge.embedding.port import Matrix
from knowledge.errors import MEND, IndexDamaged
from knowledge.levels import Part
from knowledge.vectors.clusters import Clusters
from knowledge.vectors.port import Numbers
from knowledge.vectors.rows import mapped, read_numbers, read_rows

_COMPARED = 64
"""Rows of those that clusters give that are compared exactly; the true ten nearest are among 40."""

ROWS, NUMBERS, CLUSTERS = ".f32", ".numbers", ".clusters"


class Segment:
    """One stored part; its files are never altered, what was removed since is told from outside."""

    def __init__(self, file: Path, dimensions: int, removed: Numbers) -> None:
        """Open by the path of the rows; raises ValueError where its files do not fit together."""
        self.file = file
        self.rows = mapped(file, dimensions)
        self.numbers = read_numbers(file.with_suffix(NUMBERS))
        if len(self.numbers) != len(self.rows):
            raise ValueError(f"{file} holds {len(self.rows)} rows, but {len(self.numbers)} numbers")
        self._gone = np.flatnonzero(np.isin(self.numbers, removed, assume_unique=True))
        clusters = file.with_suffix(CLUSTERS)
        self._clusters = Clusters(clusters) if clusters.exists() else None
        if self._clusters:
            self._descriptor = os.open(file, os.O_RDONLY)
            weakref.finalize(self, os.close, self._descriptor)

    @property
    def files(self) -> list[Path]:
        """All files of the segment."""
        kept = (self.file.with_suffix(suffix) for suffix in (ROWS, NUMBERS, CLUSTERS))
        return [file for file in kept if file.exists()]

    @property
    def part(self) -> Part:
        """How much of it is still wanted."""
        return Part(len(self.rows) - len(self._gone), len(self._gone))

    def alive(self) -> Numbers:
        """The rows that were not removed, ascending."""
        return np.delete(np.arange(len(self.rows)), self._gone)

    def at(self, numbers: Numbers) -> Numbers:
        """The row of each number; -1 where it is not here."""
        if not len(self.numbers):
            return np.full(len(numbers), -1, np.int64)
        rows = np.searchsorted(self.numbers, numbers).clip(max=len(self.numbers) - 1)
        return np.where(self.numbers[rows] == numbers, rows, -1).astype(np.int64)

    def get(self, rows: Numbers) -> Matrix:
        """Rows by their place."""
        return read_rows(self._descriptor, rows, self.rows.shape[1]) if self._clusters else self.rows[rows]

    def search(self, queries: Matrix, k: int) -> tuple[Matrix, Numbers]:
        """Scores and numbers of up to k nearest; -inf and -1 where there are fewer."""
        width = min(k, len(self.rows))
        if not width or not len(queries):
            return np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
        if self._clusters:
            scores, rows = self._clusters.search(queries, width, self._gone)
            if len(rows) and rows.max() >= len(self.rows):
                # Read as they are, other bytes would be taken for vectors.
                raise IndexDamaged(f"{self.file.with_suffix(CLUSTERS)} was altered; {MEND}")
            self._compare_the_best(queries, scores, rows)
        else:
            scores, rows = self._exactly(queries, width)
        numbers = np.where(rows >= 0, self.numbers[rows], -1)
        return np.where(rows >= 0, scores, -np.inf).astype(np.float32), numbers.astype(np.int64)

    def _compare_the_best(self, queries: Matrix, scores: Matrix, rows: Numbers) -> None:
        """Put exact scores in the place of the clusters' 8-bit ones, for the best, and order these by them."""
        for query, score, row in zip(queries, scores, rows, strict=True):
            best = row[: min(_COMPARED, int((row >= 0).sum()))]
            exact = read_rows(self._descriptor, best, queries.shape[1]) @ query
            order = np.argsort(-exact, kind="stable")
            score[: len(best)], row[: len(best)] = exact[order], best[order]

    def _exactly(self, queries: Matrix, width: int) -> tuple[Matrix, Numbers]:
        """Compare every row with every query, wider until enough are found that were not removed."""
        import faiss  # takes 0.1 s, which an index that is only written or inspected need not pay

        # One query is scanned by one thread anyway; waking the others costs ten times the scan on a busy machine.
        faiss.omp_set_num_threads(1)
        wanted = min(width, self.part.live)
        while True:
            scores, rows = faiss.knn(queries, self.rows, width, metric=faiss.METRIC_INNER_PRODUCT)
            rows[np.isin(rows, self._gone)] = -1
            if width == len(self.rows) or ((rows >= 0).sum(axis=1) >= wanted).all():
                return scores, rows
            width = min(2 * width, len(self.rows))
