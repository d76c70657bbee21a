"""The store of vectors in a folder: exact search, and clusters above a size."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from knowledge.vectors import FileVectors, FileWriter
from tests.knowledge.contract_vectors import DIMENSIONS, Place, VectorsContract, unit, write


@pytest.fixture(params=[1_000_000, 15], ids=["exact", "clusters"])
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """A new folder for every state, as the index makes them."""
    numbers = itertools.count()
    folders: list[Path] = []

    def writer() -> FileWriter:
        finished = [folder for folder in folders if (folder / "removed").exists()]
        folders.append(tmp_path / f"{next(numbers)}")
        return FileWriter(folders[-1], DIMENSIONS, finished[-1] if finished else None, exact_up_to=int(request.param))

    def reader() -> FileVectors:
        return FileVectors([folder for folder in folders if (folder / "removed").exists()][-1], DIMENSIONS)

    return Place(writer, reader)


class TestFileVectors(VectorsContract):
    """The contract."""


def test_the_rows_are_mapped_and_not_read_when_they_are_opened(tmp_path: Path) -> None:
    """Their pages belong to the file, so that processes share them."""
    writer = FileWriter(tmp_path / "a", DIMENSIONS)
    writer.put(np.arange(1000), unit(1000))
    writer.finish()
    vectors = FileVectors(tmp_path / "a", DIMENSIONS)
    assert isinstance(vectors.segments[0].rows, np.memmap)


def test_an_update_shares_the_files_that_it_does_not_change(tmp_path: Path) -> None:
    """What an update costs depends on what changed."""
    for name, earlier, vectors, first in (("a", None, unit(900), 0), ("b", "a", unit(3), 900)):
        writer = FileWriter(tmp_path / name, DIMENSIONS, tmp_path / earlier if earlier else None)
        writer.put(np.arange(first, first + len(vectors)), vectors)
        writer.remove(np.array([5]))
        writer.finish()
    large = "000000000000000.f32"
    assert (tmp_path / "a" / large).samefile(tmp_path / "b" / large)
    assert FileVectors(tmp_path / "b", DIMENSIONS).count == 902


def test_many_vectors_are_searched_by_clusters_with_little_loss(tmp_path: Path) -> None:
    """At least 95 of 100 of the true ten nearest are found."""
    vectors = unit(6000)
    found = []
    for limit in (100_000, 1000):
        folder = tmp_path / str(limit)
        writer = FileWriter(folder, DIMENSIONS, exact_up_to=limit)
        writer.put(np.arange(len(vectors)), vectors)
        writer.finish()
        found.append(FileVectors(folder, DIMENSIONS).search(unit(100, seed=5), 10)[1])
    assert (tmp_path / "1000" / "000000000000000.clusters").exists()
    hits = sum(len(np.intersect1d(*pair)) for pair in zip(*found, strict=True))
    assert hits >= 950


@pytest.mark.parametrize("name", ["000000000000000.f32", "000000000000000.numbers", "removed"])
def test_files_that_do_not_fit_together_are_refused(place: Place, tmp_path: Path, name: str) -> None:
    """A cut file would be read as other vectors."""
    write(place, unit(10))
    with (tmp_path / "0" / name).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ValueError, match=r"cut|whole rows"):
        place.reader()
