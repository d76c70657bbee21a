"""What every store of vectors must do; a test module binds it to one by the fixture `place`."""

from collections.abc import Callable

import numpy as np
import pytest

from knowledge.embedding.port import Matrix
from knowledge.vectors import Vectors, VectorWriter

DIMENSIONS = 16


class Place:
    """Where the states of a store are written and opened."""

    def __init__(self, writer: Callable[[], VectorWriter], reader: Callable[[], Vectors]) -> None:
        self.writer = writer
        """The next state, on the one before it if there is one."""
        self.reader = reader
        """The state that was finished last."""


def unit(count: int, seed: int = 0) -> Matrix:
    """Random unit rows."""
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSIONS)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def write(place: Place, vectors: Matrix, first: int = 0, removed: tuple[int, ...] = ()) -> None:
    """One update: vectors numbered from `first`, and numbers that go."""
    writer = place.writer()
    if len(vectors):
        writer.put(np.arange(first, first + len(vectors)), vectors)
    if removed:
        writer.remove(np.asarray(removed))
    writer.finish()


class VectorsContract:
    """Exact or nearly so: the nearest of a vector is the vector itself."""

    def test_the_nearest_is_found_first(self, place: Place) -> None:
        """Scores are cosines and descend."""
        vectors = unit(200)
        write(place, vectors)
        scores, numbers = place.reader().search(vectors[[3, 150]], 5)
        assert numbers[:, 0].tolist() == [3, 150]
        assert np.allclose(scores[:, 0], 1, atol=1e-2)
        assert (np.diff(scores) <= 0).all()

    def test_fewer_vectors_than_asked_for_leave_places_empty(self, place: Place) -> None:
        """An empty place has number -1."""
        write(place, unit(3))
        _, numbers = place.reader().search(unit(1, seed=1), 5)
        assert sorted(numbers[0].tolist()) == [-1, -1, 0, 1, 2]

    def test_an_empty_store_can_be_searched(self, place: Place) -> None:
        """Nothing is found."""
        write(place, unit(0))
        _, numbers = place.reader().search(unit(1), 2)
        assert numbers.tolist() == [[-1, -1]]
        assert place.reader().count == 0

    def test_a_removed_vector_is_not_found(self, place: Place) -> None:
        """However near it is; all others are found, each under its number."""
        vectors = unit(50)
        write(place, vectors)
        fresh = unit(2, seed=9)
        write(place, fresh, first=50, removed=(7, 8))
        reader = place.reader()
        _, numbers = reader.search(np.vstack([vectors[7:8], fresh, vectors[30:31]]), 52)
        assert sorted(numbers[0].tolist()) == [-1, -1, *(n for n in range(52) if n not in {7, 8})]
        assert numbers[1:, 0].tolist() == [50, 51, 30]
        assert reader.count == 50

    def test_what_is_put_and_removed_in_one_update_never_was(self, place: Place) -> None:
        """As when a document is replaced twice."""
        writer = place.writer()
        vectors = unit(4)
        writer.put(np.arange(4), vectors)
        writer.remove(np.array([1, 2]))
        writer.finish()
        _, numbers = place.reader().search(vectors[[1, 3]], 4)
        assert [sorted(row) for row in numbers.tolist()] == [[-1, -1, 0, 3]] * 2

    def test_numbers_stay_over_many_updates(self, place: Place) -> None:
        """Parts are merged and written anew meanwhile."""
        vectors = unit(120)
        gone: set[int] = set()
        for at in range(0, 120, 8):
            out = (at - 5, at - 3) if at else ()
            gone |= set(out)
            write(place, vectors[at : at + 8], first=at, removed=out)
        left = [number for number in range(120) if number not in gone]
        reader = place.reader()
        assert reader.count == len(left)
        _, numbers = reader.search(vectors[left], 1)
        assert numbers[:, 0].tolist() == left
        _, numbers = reader.search(vectors[sorted(gone)], 120)
        assert not gone & set(numbers.ravel().tolist())

    def test_a_store_can_be_emptied_and_filled_again(self, place: Place) -> None:
        """Numbers go on rising."""
        write(place, unit(10))
        write(place, unit(0), removed=tuple(range(10)))
        assert place.reader().search(unit(1), 3)[1].tolist() == [[-1, -1, -1]]
        fresh = unit(3, seed=4)
        write(place, fresh, first=10)
        assert place.reader().search(fresh, 1)[1].ravel().tolist() == [10, 11, 12]

    def test_vectors_are_given_back_by_number(self, place: Place) -> None:
        """In the order asked for, also while the next state is made; one that is not there is an error."""
        vectors = unit(30)
        write(place, vectors)
        write(place, unit(5, seed=1), first=30, removed=(4,))
        reader = place.reader()
        assert np.allclose(reader.get(np.array([29, 0, 17])), vectors[[29, 0, 17]], atol=1e-3)
        writer = place.writer()
        assert np.allclose(writer.get(np.array([12])), vectors[[12]], atol=1e-3)
        writer.discard()
        for missing in (4, 99):
            with pytest.raises(KeyError):
                reader.get(np.array([1, missing]))

    def test_a_state_that_is_not_finished_changes_nothing(self, place: Place) -> None:
        """Readers go on with the one before it."""
        vectors = unit(20)
        write(place, vectors)
        reader = place.reader()
        writer = place.writer()
        writer.put(np.arange(20, 25), unit(5, seed=2))
        writer.remove(np.array([0]))
        writer.discard()
        assert reader.search(vectors[:1], 1)[1].tolist() == [[0]]
        assert reader.count == 20
