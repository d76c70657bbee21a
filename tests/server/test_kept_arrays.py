"""Arrays kept in a file of the workspace."""

from pathlib import Path

import numpy as np
import pytest

from console.server.kept_arrays import ArraysFile

ARRAYS = {"weights": np.arange(6, dtype=np.float32).reshape(2, 3), "labels": np.array([1, 2], np.uint16)}


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    """In another process, too: through the file."""
    ArraysFile(tmp_path / "new" / "kept.npz", "model").save("a", ARRAYS)
    found = ArraysFile(tmp_path / "new" / "kept.npz", "model").load("a")
    assert found is not None
    assert {name: value.tolist() for name, value in found.items()} == {
        "weights": [[0, 1, 2], [3, 4, 5]],
        "labels": [1, 2],
    }


def test_of_another_key_or_another_model_nothing_is_given_out(tmp_path: Path) -> None:
    """They do not fit."""
    ArraysFile(tmp_path / "kept.npz", "model").save("a", ARRAYS)
    assert ArraysFile(tmp_path / "kept.npz", "model").load("b") is None
    assert ArraysFile(tmp_path / "kept.npz", "other").load("a") is None
    assert ArraysFile(tmp_path / "none.npz", "model").load("a") is None


def test_the_newest_takes_the_place_of_what_was_kept(tmp_path: Path) -> None:
    """One file, nothing beside it."""
    kept = ArraysFile(tmp_path / "kept.npz", "model")
    kept.save("a", ARRAYS)
    kept.save("b", ARRAYS)
    assert kept.load("a") is None
    assert kept.load("b") is not None
    assert [path.name for path in tmp_path.iterdir()] == ["kept.npz"]


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_a_damaged_file_counts_as_none(tmp_path: Path, cut: int) -> None:
    """It is made again."""
    file = tmp_path / "kept.npz"
    kept = ArraysFile(file, "model")
    kept.save("a", ARRAYS)
    whole = file.read_bytes()
    file.write_bytes(whole[:cut] if cut >= 0 else whole[: len(whole) // 2] + b"\xff" * 40 + whole[len(whole) // 2 :])
    assert kept.load("a") is None
    kept.save("a", ARRAYS)
    assert kept.load("a") is not None


def test_where_nothing_can_be_written_the_arrays_are_not_kept(tmp_path: Path) -> None:
    """And nobody is stopped by it."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    kept = ArraysFile(tmp_path / "file" / "kept.npz", "model")
    kept.save("a", ARRAYS)
    assert kept.load("a") is None
