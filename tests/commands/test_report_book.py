"""The report's book counted by a process of its own: the file is there once it was waited for, or nothing is amiss."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.commands import report_book
from console.commands.report_book import counted_beside
from console.demo.history import Shape, events_of, material
from console.review.impact.trials import EPOCH
from console.review.plain import Arrays
from console.review.reading import book_of, report_file
from console.store import SqlEventLog, open_log
from console.workspace import Workspace, config_folder

UNTIL = datetime(2026, 3, 20, 9, tzinfo=UTC)
MADE = [*events_of(Shape(UNTIL, days=6), material())]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a log that is long enough for a process."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(report_book, "MANY", 100)
    monkeypatch.setattr(report_book, "_processors", lambda: 2)
    place = Workspace(tmp_path / "workspace")
    log = open_log(place.root, config_folder())
    for _ in range(-(-20_000 // len(MADE))):  # as many as a file is written for
        log.append(MADE)
    log.close()
    return place


def opened(workspace: Workspace) -> SqlEventLog:
    """Open the log for reading."""
    return open_log(workspace.root, config_folder(), read_only=True)


def test_the_process_writes_the_book_that_the_command_would_have_read(workspace: Workspace) -> None:
    """And with that file there, no process is started any more."""
    log = opened(workspace)
    with counted_beside(workspace, "", log) as wait:
        wait()
    kept = report_file(workspace.books).load(log)
    assert kept is not None
    made: Arrays = {}
    ours: Arrays = {}
    assert kept.told(made) == book_of(log, report_file(None), EPOCH).told(ours)
    assert str(made) == str(ours)
    with counted_beside(workspace, "", log) as wait:
        assert wait() is None
    log.close()


def test_a_log_that_the_process_cannot_read_is_no_fault(workspace: Workspace) -> None:
    """Whoever waits goes on, and finds no file."""
    log = opened(workspace)
    with counted_beside(workspace, "postgresql://nobody@127.0.0.1:1/none", log) as wait:
        wait()
    assert not workspace.books.exists()
    log.close()
