"""The report's book counted by a process of its own: the file is there once it was waited for, or nothing is amiss."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.commands import report_book
from console.commands.report_book import counted_beside
from console.demo.history import Shape, events_of, material
from console.review.impact.trials import EPOCH
from console.review.reading import book_of, counted_in, report_file
from console.store import SqlEventLog, open_log
from console.workspace import Workspace, config_folder

UNTIL = datetime(2026, 3, 20, 9, tzinfo=UTC)
MADE = [*events_of(Shape(UNTIL, days=6), material())]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a log that is long enough for a process."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(report_book, "LARGE", 100)
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
    """And with that file there, no process is started any more; one of another program is made anew."""
    log = opened(workspace)
    with counted_beside(workspace) as wait:
        figures = wait()
    assert figures == counted_in(log, None)
    kept = report_file(workspace.books).load(log)
    assert kept is not None
    (own, folds), (ours, theirs) = kept.told(), book_of(log, report_file(None), EPOCH).told()
    assert own == ours
    assert str(folds) == str(theirs)
    with counted_beside(workspace) as wait:
        assert wait() is None
    report_file(workspace.books).path.write_bytes(b"of an earlier program")  # type: ignore[union-attr] - it is there
    with counted_beside(workspace) as wait:
        assert wait() == figures
    assert report_file(workspace.books).load(log) is not None
    log.close()


def test_a_log_that_the_process_cannot_read_is_no_fault(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits goes on, and finds no file."""
    monkeypatch.setenv("SECONDCHAIR_STORE__ADDRESS", "postgresql://nobody@127.0.0.1:1/none")
    with counted_beside(workspace) as wait:
        assert wait() is None
    assert not workspace.books.exists()


def test_a_short_log_is_worth_no_process(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read sooner than one is started."""
    monkeypatch.setattr(report_book, "LARGE", 10**9)
    with counted_beside(workspace) as wait:
        assert wait() is None
