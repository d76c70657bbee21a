"""What every store of vectors must do; a test module binds it to one by the fixture `place`."""

from collections.abc import Callable

import numpy as np

from knowledge.embedding.port import Matrix
from knowledge.vectors import Vectors, VectorWriter

DIMENSIONS = 16


class Place:
    """Where a store is written and opened."""

    def __init__(self, writer: Callable[[bool], VectorWriter], reader: Callable[[], Vectors]) -> None:
        self.writer = writer
        self.reader = reader


def unit(count: int, seed: int = 0) -> Matrix:
    """Random unit rows."""
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSIONS)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def write(place: Place, vectors: Matrix) -> None:
    """Write rows 0 to n."""
    writer = place.writer(False)
    writer.put(np.arange(len(vectors)), vectors)
    writer.close()


class VectorsContract:
    """Exact or nearly so: the nearest of a row is the row itself."""

    def test_the_nearest_is_found_first(self, place: Place) -> None:
        """Scores are cosines and descend."""
        vectors = unit(200)
        write(place, vectors)
        scores, rows = place.reader().search(vectors[[3, 150]], 5)
        assert rows[:, 0].tolist() == [3, 150]
        assert np.allclose(scores[:, 0], 1, atol=1e-3)
        assert (np.diff(scores) <= 0).all()

    def test_fewer_rows_than_asked_for_leave_places_empty(self, place: Place) -> None:
        """An empty place has row -1."""
        write(place, unit(3))
        _, rows = place.reader().search(unit(1, seed=1), 5)
        assert sorted(rows[0].tolist()) == [-1, -1, 0, 1, 2]

    def test_an_empty_store_can_be_searched(self, place: Place) -> None:
        """Nothing is found."""
        write(place, unit(0))
        _, rows = place.reader().search(unit(1), 2)
        assert rows.tolist() == [[-1, -1]]

    def test_a_cleared_row_is_not_found_and_can_be_used_again(self, place: Place) -> None:
        """Rows keep their numbers over a change."""
        vectors = unit(50)
        write(place, vectors)
        writer = place.writer(True)
        writer.clear(np.array([7, 8]))
        fresh = unit(2, seed=9)
        writer.put(np.array([50, 8]), fresh)
        writer.close()
        reader = place.reader()
        _, rows = reader.search(np.vstack([vectors[7:8], fresh, vectors[30:31]]), 51)
        assert 7 not in rows[0]
        assert rows[1:, 0].tolist() == [50, 8, 30]

    def test_kept_rows_are_numbered_anew(self, place: Place) -> None:
        """In their order, from 0."""
        vectors = unit(20)
        write(place, vectors)
        writer = place.writer(True)
        writer.keep(np.array([2, 5, 11]))
        writer.close()
        reader = place.reader()
        assert reader.rows == 3
        _, rows = reader.search(vectors[[2, 5, 11]], 1)
        assert rows[:, 0].tolist() == [0, 1, 2]
