"""Exact search over a mapped file."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from knowledge.vectors import FlatVectors, FlatWriter
from tests.knowledge.contract_vectors import DIMENSIONS, Place, VectorsContract, unit, write


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A new file for every change, as the index makes them."""
    numbers = itertools.count()
    files: list[Path] = []

    def writer(on_earlier: bool) -> FlatWriter:
        files.append(tmp_path / f"{next(numbers)}.f32")
        return FlatWriter(files[-1], DIMENSIONS, files[-2] if on_earlier else None)

    return Place(writer, lambda: FlatVectors(files[-1], DIMENSIONS))


class TestFlatVectors(VectorsContract):
    """The contract."""


def test_the_file_is_mapped_and_not_read_when_it_is_opened(place: Place) -> None:
    """Its pages belong to the file, so that processes share them."""
    write(place, unit(1000))
    vectors = place.reader()
    assert isinstance(vectors, FlatVectors)
    mapped = Path("/proc/self/maps").read_text(encoding="utf-8")
    assert isinstance(vectors._matrix, np.memmap)
    assert "0.f32" in mapped


def test_a_file_of_another_width_is_refused(tmp_path: Path) -> None:
    """It would be read as other vectors."""
    (tmp_path / "odd.f32").write_bytes(b"\0" * (DIMENSIONS * 4 + 1))
    with pytest.raises(ValueError, match="whole rows"):
        FlatVectors(tmp_path / "odd.f32", DIMENSIONS)
