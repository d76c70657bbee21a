"""What the index command and the doctor say when something is wrong with the index: one line, and what to do."""

import os
from pathlib import Path
from unittest.mock import patch

import pytest

from console.commands.doctor import Finding, Mark, findings
from console.workspace import Workspace
from knowledge import KnowledgeIndex
from knowledge.index.folder import writing
from tests.commands.running import secondchair

LOST = "# Lost parcels\nA parcel counts as lost when its tracking has not moved for seven days.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """One article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lost.md").write_text(LOST, encoding="utf-8")
    return folder


def _knowledge(workspace: Path) -> Finding:
    return next(found for found in findings(Workspace(workspace), None) if found.subject == "knowledge")


def _alter_in_silence(workspace: Path, at: int, content: bytes) -> None:
    (file,) = (workspace / "knowledge").glob("generations/*/articles/*.db")
    about, data = file.stat(), file.read_bytes()
    file.write_bytes(data[:at] + content + data[at + len(content) :])
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))


def test_damage_that_indexing_meets_is_mended_first(tmp_path: Path, articles: Path) -> None:
    """And what was lost by it is there again."""
    secondchair("index", articles, "--workspace", tmp_path / "desk")
    _alter_in_silence(tmp_path / "desk", 0, b"no database at all")
    done = secondchair("index", articles, "--workspace", tmp_path / "desk")
    assert done.code == 0
    assert "The index is damaged, and is mended first" in done.err
    assert "1 added" in done.err
    assert _knowledge(tmp_path / "desk").mark is Mark.OK


def test_the_doctor_finds_a_byte_that_flipped_and_mending_says_what_was_lost(tmp_path: Path, articles: Path) -> None:
    """Though the file's date is as it was."""
    secondchair("index", articles, "--workspace", tmp_path / "desk")
    (file,) = (tmp_path / "desk" / "knowledge").glob("generations/*/articles/*.db")
    _alter_in_silence(tmp_path / "desk", file.read_bytes().find(b"seven days"), b"eight")
    found = _knowledge(tmp_path / "desk")
    assert found.mark is Mark.FAIL
    assert "'secondchair index --mend' mends what can be mended" in found.said
    done = secondchair("index", "--mend", "--workspace", tmp_path / "desk")
    assert (done.code, done.out) == (1, "")
    mended, lost = done.err.splitlines()
    assert mended.startswith("Mended, but for what was lost: the index was damaged: ")
    assert lost == f"1 document of {articles} was lost to damage; run 'secondchair index {articles}' again"


def test_what_damage_cost_is_said_until_it_is_indexed_again(tmp_path: Path, articles: Path) -> None:
    """By the doctor, by mending, by indexing something else, and beside what a search finds."""
    desk, handbook = tmp_path / "desk", tmp_path / "hand book"
    handbook.mkdir()
    for name in ("tent", "boots"):
        (handbook / f"{name}.md").write_text(f"# Washing {name}\nWater and soap for {name}.\n", encoding="utf-8")
    secondchair("index", articles, "--workspace", desk)
    secondchair("index", handbook, "--workspace", desk)
    for file in (desk / "knowledge").glob("generations/*/articles/*.db"):
        data = file.read_bytes()
        file.write_bytes(bytes(200) + data[200:])
    assert _knowledge(desk).mark is Mark.FAIL
    assert secondchair("index", "--mend", "--workspace", desk).code == 1
    lost = f"2 documents of {handbook} were lost to damage; run 'secondchair index \"{handbook}\"' again"
    found = _knowledge(desk)
    assert found.mark is Mark.WARN
    assert f"; {lost}; 0 documents" in found.said
    done = secondchair("index", articles, "--workspace", desk)
    assert (done.code, done.err.splitlines()[-1]) == (0, lost)
    assert lost in secondchair("search", "lost parcels", "--workspace", desk).err
    done = secondchair("index", "--mend", "--workspace", desk)
    assert (done.code, done.err) == (1, f"Every file is whole: 1 documents, 1 passages.\n{lost}\n")
    done = secondchair("index", "--mend", handbook, "--workspace", desk)
    assert (done.code, "lost" in done.err) == (0, False)
    assert _knowledge(desk).mark is Mark.OK
    assert secondchair("index", "--mend", "--workspace", desk).code == 0


def test_another_run_at_work_is_told_in_one_line(tmp_path: Path, articles: Path) -> None:
    """The second waits for nothing."""
    with writing(tmp_path / "desk" / "knowledge"):
        done = secondchair("index", articles, "--workspace", tmp_path / "desk")
    assert done.code == 2
    assert "another indexing run is at work" in done.complaint


def test_a_run_that_is_stopped_says_that_nothing_is_lost(tmp_path: Path, articles: Path) -> None:
    """By Ctrl+C; the doctor tells of it until the next run."""
    with patch.object(KnowledgeIndex, "update_from", side_effect=KeyboardInterrupt):
        done = secondchair("index", articles, "--workspace", tmp_path / "desk")
    assert done.code == 130
    assert "stopped; the index is as it was before. Run the command again" in done.complaint
    (tmp_path / "desk" / "knowledge").mkdir(parents=True)
    (tmp_path / "desk" / "knowledge" / "unfinished.db").touch()
    assert "a run is at work or was interrupted: index again" in _knowledge(tmp_path / "desk").said
    secondchair("index", articles, "--workspace", tmp_path / "desk")
    assert _knowledge(tmp_path / "desk").mark is Mark.OK
