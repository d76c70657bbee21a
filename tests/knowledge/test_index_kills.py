"""A run may be killed at any moment, and the disk be full at any moment: the old index stays, and the next run ends.

Runs are real processes and end by SIGKILL; the full disk is a real one, of a megabyte.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.embedding.port import Matrix
from knowledge.lexical import Entry, TantivyWriter
from knowledge.vectors import FileWriter
from tests.knowledge.contract_vectors import unit
from tests.knowledge.faulty import NEW, OLD, fill, lines


def _check(seen: list[dict[str, Any]], *allowed: int) -> None:
    for one in seen:
        assert one["documents"] in allowed, one
        assert one["hit"] == {0: "", OLD: "note", NEW: "boots"}[one["documents"]], one
        assert (one["damage"], one["next"], one["left"], one["back"]) == ("", NEW, [], False), one


def test_a_run_that_is_killed_before_a_change_to_a_file_leaves_the_old_index_or_the_new_one(tmp_path: Path) -> None:
    """Whole, by every checksum; the next run succeeds and leaves nothing behind."""
    seen = lines("steps", tmp_path, 17)
    _check(seen, OLD, NEW)
    assert [one["documents"] for one in seen] == sorted(one["documents"] for one in seen)
    assert {one["documents"] for one in seen} == {OLD, NEW}


@pytest.mark.slow
def test_a_run_that_is_killed_before_any_change_to_a_file_leaves_the_old_index_or_the_new_one(tmp_path: Path) -> None:
    """The same before every single one of them."""
    seen = lines("steps", tmp_path, 1)
    assert len(seen) > 100
    _check(seen, OLD, NEW)


def test_a_run_that_is_killed_at_random_moments_leaves_the_old_index_or_the_new_one(tmp_path: Path) -> None:
    """Also in the middle of what a library writes."""
    _check(lines("random", tmp_path, 12), OLD, NEW)


@pytest.mark.slow
def test_a_run_that_is_killed_at_many_random_moments_leaves_the_old_index_or_the_new_one(tmp_path: Path) -> None:
    """Enough to meet each part of it several times."""
    seen = lines("random", tmp_path, 150)
    _check(seen, OLD, NEW)
    assert {one["documents"] for one in seen} == {OLD, NEW}


@pytest.mark.slow
def test_a_first_run_that_is_killed_leaves_nothing_or_an_index(tmp_path: Path) -> None:
    """There is no old one."""
    _check_first(lines("random", tmp_path, 40, "first"))


def _check_first(seen: list[dict[str, Any]]) -> None:
    for one in seen:
        assert one["documents"] in {0, NEW - 1}, one
        assert (one["damage"], one["next"], one["left"]) == ("", NEW - 1, []), one


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; skipped where this user may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def _check_full(seen: list[dict[str, Any]]) -> None:
    for one in seen:
        if one["said"] != "ended":
            assert "could not be written" in one["said"], one
            assert "No space left on device" in one["said"] or "disk is full" in one["said"], one
            assert "what was indexed before is unchanged" in one["said"], one
    _check([one for one in seen if one["said"] == "ended"], NEW)
    _check([one for one in seen if one["said"] != "ended"], OLD)


def test_a_full_disk_is_said_and_leaves_the_old_index(small_disk: Path) -> None:
    """Wherever it fills up: in the articles, the vectors or the words; with room, the next run succeeds."""
    seen = lines("full", small_disk, 0, 40, 150, *range(192, 224, 8), 500)
    _check_full(seen)
    assert not any(one["said"] == "ended" for one in seen[:3])
    assert seen[-1]["said"] == "ended"


@pytest.mark.parametrize("room", range(0, 24, 4))
def test_a_full_disk_is_told_by_whatever_writes_words(small_disk: Path, room: int) -> None:
    """Which tantivy does in its own way, and partly in its own threads."""
    fill(small_disk / "filler", room * 1024)
    with pytest.raises(OSError, match=r"No space left|could not be written"):
        _write_words(small_disk / "words")


def _write_words(folder: Path) -> None:
    writer = TantivyWriter(folder)
    writer.put(Entry(n, n, f"Title {n}", (), f"Something about word{n} and {n * 7919}.") for n in range(500))
    writer.close()


@pytest.mark.parametrize(("room", "exact_up_to"), [(0, 1000), (4, 1000), (0, 5), (4, 5), (8, 5)])
def test_a_full_disk_is_told_by_whatever_writes_vectors(small_disk: Path, room: int, exact_up_to: int) -> None:
    """Also where only the last and smallest file finds no room, which some libraries keep to themselves."""
    fill(small_disk / "filler", room * 1024)
    with pytest.raises(OSError, match="No space left"):
        _write_vectors(small_disk / "vectors", unit(20), exact_up_to)


def _write_vectors(folder: Path, vectors: Matrix, exact_up_to: int) -> None:
    writer = FileWriter(folder, vectors.shape[1], exact_up_to=exact_up_to)
    try:
        writer.put(np.arange(len(vectors)), vectors)
        writer.finish()
    finally:
        writer.discard()


@pytest.mark.slow
def test_a_disk_that_is_full_at_any_page_leaves_the_old_index(small_disk: Path) -> None:
    """Also where only the last few bytes of a file find no room, which some libraries keep to themselves."""
    seen = lines("full", small_disk, *range(0, 260, 4))
    _check_full(seen)
