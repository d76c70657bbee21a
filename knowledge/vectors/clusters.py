"""Approximate search among many vectors: FAISS clusters (IVF) with 8 bits a number.

A query looks only into the clusters next to it. How many it has to look into to miss little is measured when the
clusters are made, and kept in the file.
"""

import os
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.embedding.port import Matrix
from knowledge.vectors.port import Numbers

WANTED_RECALL = 0.98
"""Share of the true ten nearest that are found, with questions about as near to them as real ones are."""

_PROBES = (8, 16, 32, 64, 128)
_TRAINED_BY = 50
"""Vectors a cluster is trained by; FAISS asks for 39 at least."""

_SAMPLE, _NEAREST = 256, 10
_NOISE = 1.1
"""Length of the noise beside a vector of length 1 in a made-up question: a cosine of 0.67, as of good answers."""

_AT_ONCE = 65_536


def build(matrix: Matrix, file: Path) -> None:
    """Write the clusters of the rows; takes about 70 s for a million rows of 384 on 2 cores."""
    import faiss

    count, dimensions = matrix.shape
    lists = max(1, min(int(4 * count**0.5), count // _TRAINED_BY))
    chosen = np.random.default_rng(0)
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    try:
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimensions),
            dimensions,
            lists,
            faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
        )
        index.train(_rows(matrix, chosen.choice(count, min(count, _TRAINED_BY * lists), replace=False)))
        for at in range(0, count, _AT_ONCE):
            index.add(np.ascontiguousarray(matrix[at : at + _AT_ONCE]))
        index.nprobe = _probes(index, matrix, chosen)
        faiss.write_index(index, str(file))
    finally:
        faiss.omp_set_num_threads(1)


class Clusters:
    """The clusters in a file, mapped into memory."""

    def __init__(self, file: Path) -> None:
        """Open the file; raises ValueError where it is not one of ours."""
        import faiss

        try:
            self._index: Any = faiss.read_index(str(file), faiss.IO_FLAG_MMAP)
        except RuntimeError as error:
            raise ValueError(f"{file} cannot be read as clusters") from error
        self._faiss: Any = faiss

    def search(self, queries: Matrix, k: int, without: Numbers) -> tuple[Matrix, Numbers]:
        """Scores and rows of the k nearest, -1 where there are fewer; the rows `without` are passed over."""
        self._faiss.omp_set_num_threads(1)
        passed_over = self._faiss.IDSelectorNot(self._faiss.IDSelectorBatch(without)) if len(without) else None
        settings = self._faiss.SearchParametersIVF(nprobe=self._index.nprobe, sel=passed_over)
        scores, rows = self._index.search(queries, k, params=settings)
        return scores, rows


def _probes(index: Any, matrix: Matrix, chosen: np.random.Generator) -> int:  # noqa: ANN401 - FAISS is not typed
    """The fewest clusters to look into for the recall that is wanted."""
    import faiss

    near = _rows(matrix, chosen.choice(len(matrix), min(len(matrix), _SAMPLE), replace=False))
    noise = chosen.standard_normal(near.shape).astype(np.float32)
    asked = near + _NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    asked = np.ascontiguousarray(asked / np.linalg.norm(asked, axis=1, keepdims=True), np.float32)
    _, true = faiss.knn(asked, matrix, min(_NEAREST, len(matrix)), metric=faiss.METRIC_INNER_PRODUCT)
    for probes in _PROBES:
        index.nprobe = probes
        _, found = index.search(asked, true.shape[1])
        hits = sum(len(np.intersect1d(*pair)) for pair in zip(true, found, strict=True))
        if hits >= WANTED_RECALL * true.size:
            break
    return probes


def _rows(matrix: Matrix, rows: Numbers) -> Matrix:
    return np.ascontiguousarray(matrix[np.sort(rows)])
