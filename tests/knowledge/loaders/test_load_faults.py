"""Files that are too large, too many, or no files at all."""

import os
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest

from knowledge import Document, Skipped, load
from tests.knowledge.loaders.made import LOST, pdf, reason


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html", "a.pdf", "a.docx"])
def test_a_file_of_500_megabytes_is_not_read(tmp_path: Path, name: str) -> None:
    """Its size is known before it is opened."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(500 * 1024**2)
    began = process_time()
    assert "has 500 MB, which is larger than" in reason(tmp_path / name)
    assert process_time() - began < 1


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_file_of_500_megabytes_of_nothing_is_one_bad_line(tmp_path: Path, name: str) -> None:
    """A file of many documents may be as large; a line of it may not."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(500 * 1024**2)
    (skipped,) = [item for item in load(tmp_path / name) if isinstance(item, Skipped)]
    assert "is longer than 20 MB" in skipped.reason or "is not a whole gzip file" in skipped.reason


@pytest.mark.parametrize("suffix", [".md", ".pdf", ".docx", ".jsonl.gz", ".html"])
def test_a_named_pipe_is_not_waited_for(tmp_path: Path, suffix: str) -> None:
    """Nobody may ever write to it."""
    os.mkfifo(tmp_path / f"a{suffix}")
    assert reason(tmp_path / f"a{suffix}") == "is not a regular file"


def test_a_folder_is_walked_as_it_is_read(tmp_path: Path) -> None:
    """The first document is there before the last file is looked at."""
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("Text.")
    reading = load(tmp_path)
    assert isinstance(next(reading), Document)
    (tmp_path / "2.txt").unlink()
    assert [type(item) for item in reading] == [Document, Skipped]


def _tiny(folder: Path, count: int) -> None:
    for number in range(count):
        inside = folder / f"{number // 1000:03}"
        inside.mkdir(exist_ok=True)
        (inside / f"{number}.txt").write_text(f"Article {number}.")


def test_ten_thousand_tiny_files_take_seconds(tmp_path: Path) -> None:
    """A file costs what it takes to open it."""
    _tiny(tmp_path, 10_000)
    began = process_time()
    assert sum(1 for _ in load(tmp_path)) == 10_000
    assert process_time() - began < 20


@pytest.mark.slow
def test_a_hundred_thousand_tiny_files_take_no_memory(tmp_path: Path) -> None:
    """None is kept once it was given; measured in a process of its own."""
    _tiny(tmp_path, 100_000)
    code = (
        "import resource, sys; from pathlib import Path; from knowledge import load;"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "reading = load(Path(sys.argv[1])); next(reading); before = peak();"
        "count = 1 + sum(1 for _ in reading); print(count, peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    count, grown_kb = map(int, done.stdout.split())
    assert count == 100_000
    assert grown_kb < 30_000


def test_a_bad_file_among_good_ones_costs_only_itself(tmp_path: Path) -> None:
    """Order and ids are those of the folder."""
    pdf(tmp_path / "a.pdf", lambda book: book.paragraph(LOST))
    (tmp_path / "b.pdf").write_bytes((tmp_path / "a.pdf").read_bytes()[:700])
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 100)
    (tmp_path / "d.html").write_text("<p>Nine to six.</p>")
    found = list(load(tmp_path))
    assert [item.id for item in found if isinstance(item, Document)] == ["a.pdf", "d.html"]
    assert [Path(item.where).name for item in found if isinstance(item, Skipped)] == ["b.pdf", "c.docx"]


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    """Neither by the package nor by the loading of what needs none of it."""
    code = (
        "import sys, knowledge, knowledge.loaders;"
        "print(*(m for m in ('pypdf', 'docx', 'lxml', 'trafilatura', 'httpx', 'protego', 'numpy') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
