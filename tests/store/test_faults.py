"""Full disks, read-only folders, locks, damaged files: one clear line each, and nothing acknowledged is lost."""

import logging
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk.log import LogDamaged, LogError, LogUnwritable
from console.store import LogAbsent, LogLocked, SqlEventLog, sqlite
from tests.disks import small_disk
from tests.store.desks import Desk, SqliteDesk
from tests.store.making import opened, wrote


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; skipped where this user may not mount one."""
    with small_disk(tmp_path / "disk") as folder:
        yield folder


def test_a_full_disk_is_said_and_lost_nothing(mounted: Path, tmp_path: Path) -> None:
    """Appending stops with a clear line, and goes on by itself once there is room."""
    desk = SqliteDesk(mounted / "workspace", tmp_path / "config")
    filler = mounted / "filler"
    filler.write_bytes(b"x" * 300_000)
    log = desk.open()
    acknowledged = _fill(log)
    with pytest.raises(LogUnwritable, match=r"disk is full: .*desk\.db") as caught:
        log.append([wrote("x" * 20_000)])
    assert "\n" not in str(caught.value)
    assert [event.seq for event in log.read(limit=10_000)] == list(range(1, acknowledged + 1))
    filler.unlink()
    assert log.append([wrote("on we go")]).events[0].seq == acknowledged + 1
    assert log.verify().whole
    desk.close()
    assert desk.open().verify().events == acknowledged + 1
    desk.close()


def test_a_workspace_on_a_full_disk_is_not_begun(mounted: Path, tmp_path: Path) -> None:
    """There is nothing half-made to stumble over later."""
    (mounted / "filler").write_bytes(b"x" * 1_040_000)
    desk = SqliteDesk(mounted / "workspace", tmp_path / "config")
    with pytest.raises(LogUnwritable, match=r"full|free space"):
        desk.open()
    (mounted / "filler").unlink()
    assert desk.open().verify().whole
    desk.close()


_LIMITED = """
import resource, signal, sys
from pathlib import Path
from console.desk.log import LogUnwritable
from console.store import open_log
from tests.store.making import wrote

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
log = open_log(folder / "workspace", folder / "config")
log.append([wrote("one")])
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, hard))
count = 1
try:
    while count < 1000:
        log.append([wrote("x" * 10_000)])
        count += 1
except LogUnwritable as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
assert log.append([wrote("on we go")]).events[0].seq == count + 1
verdict = log.verify()
assert verdict.whole and verdict.events == count + 1, verdict
print("whole")
"""


def test_a_file_that_may_not_grow_is_a_full_disk_too(tmp_path: Path) -> None:
    """A quota stops the writing with one line, and what was written stands."""
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, tmp_path], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    line, last = done.stdout.splitlines()
    assert "desk.db" in line
    assert "free space" in line.lower()
    assert last == "whole"


def test_a_read_only_workspace_can_be_read_and_not_written(mounted: Path, tmp_path: Path) -> None:
    """Headless commands work on it; the desk says why it does not."""
    desk = SqliteDesk(mounted / "workspace", tmp_path / "config")
    desk.open().append([opened()])
    desk.close()
    subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)
    with pytest.raises(LogUnwritable, match=r"(?i)cannot be written.*read-only"):
        desk.open()
    assert desk.open(read_only=True).verify().whole
    desk.close()


def test_a_second_writer_is_told_who_is_there(desk: Desk) -> None:
    """Reading beside it is allowed, and once the first has gone the second may write."""
    first = desk.open()
    with pytest.raises(LogLocked, match=r"Another Second Chair process writes to .*desk\.db"):
        desk.open()
    assert desk.open(read_only=True).head() == 0
    first.close()
    desk.open()


def test_a_lock_that_another_program_holds_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database browser left open mid-change stops an append, not the desk."""
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    log = desk.open()
    browser = sqlite3.connect(desk.workspace / "desk.db", isolation_level=None)
    browser.execute("BEGIN IMMEDIATE")
    with pytest.raises(LogLocked, match=r"Another program holds .*desk\.db locked"):
        log.append([opened()])
    browser.execute("ROLLBACK")
    browser.close()
    assert log.append([opened()]).events[0].seq == 1


def test_there_is_nothing_to_read_where_nothing_was_begun(desk: Desk) -> None:
    """Reading creates neither file nor folder."""
    with pytest.raises(LogAbsent, match=r"no event log at .*desk\.db"):
        desk.open(read_only=True)
    assert not desk.workspace.exists()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "content", [b"this is no database, and long enough to be taken for one" * 40, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_log_is_left_as_it_is(desk: Desk, content: bytes, read_only: bool) -> None:
    """The message names the file and what to put in its place."""
    desk.workspace.mkdir()
    path = desk.workspace / "desk.db"
    path.write_bytes(content)
    with pytest.raises(LogDamaged, match=r"desk\.db .*back-up"):
        desk.open(read_only=read_only)
    assert path.read_bytes() == content


def test_an_emptied_file_is_neither_read_nor_begun_anew(desk: Desk) -> None:
    """The anchor knows that events lay there; to begin anew, the file has to go."""
    desk.open().append([opened()])
    desk.close()
    path = desk.workspace / "desk.db"
    path.write_bytes(b"")
    with pytest.raises(LogDamaged, match="holds no event log"):
        desk.open(read_only=True)
    with pytest.raises(LogDamaged, match=r"desk\.db is empty, but 1 events were anchored"):
        desk.open()
    path.unlink()
    assert desk.open().head() == 0


def test_a_log_whose_making_was_interrupted_is_made_again(desk: Desk) -> None:
    """An empty file of which nothing was anchored stands in nobody's way."""
    desk.workspace.mkdir()
    (desk.workspace / "desk.db").touch()
    assert desk.open().head() == 0


def test_a_file_damaged_in_the_middle_fails_verification_and_never_crashes_it(desk: Desk) -> None:
    """Wherever a page is overwritten, the answer is a verdict or one of the log's own errors."""
    log = desk.open()
    log.append([opened(), *(wrote(f"message {n} " * 20) for n in range(200))])
    desk.close()
    path = desk.workspace / "desk.db"
    sound = path.read_bytes()
    pages = range(4096, len(sound), 4096)
    wrong = 0
    for start in pages:
        path.write_bytes(sound[:start] + b"\xa5" * 4096 + sound[start + 4096 :])
        try:
            wrong += not desk.open(read_only=True).verify().whole
        except LogError:
            wrong += 1
        desk.close()
    assert wrong == len(pages)


@pytest.mark.parametrize("value", ["'text'", "x'00'", "7", "x'ff'"])
@pytest.mark.parametrize("column", ["events.digest", "events.actor", "events.at", "payloads.payload", "payloads.salt"])
def test_a_column_of_the_wrong_type_is_a_broken_event(desk: Desk, column: str, value: str) -> None:
    """SQLite stores anything anywhere; the verdict still names the event."""
    desk.open().append([opened(), wrote("one"), wrote("two")])
    table, name = column.split(".")
    desk.tamper(f"UPDATE {table} SET {name} = {value} WHERE seq = 2")  # noqa: S608 - the names stand above
    verdict = desk.open(read_only=True).verify()
    assert (verdict.whole, verdict.broken) == (False, 2)


def test_text_that_is_no_text_is_a_broken_event(desk: Desk) -> None:
    """Bytes that are not UTF-8 in a column of text stop neither verify nor its verdict."""
    desk.open().append([opened(), wrote("one"), wrote("two")])
    desk.tamper("UPDATE payloads SET payload = CAST(x'fffe' AS TEXT) WHERE seq = 2")
    log = desk.open(read_only=True)
    assert log.verify().broken == 2
    with pytest.raises(LogError):
        log.read()


def test_an_event_that_cannot_be_read_names_itself(desk: Desk) -> None:
    """Reading stops there instead of passing it over."""
    desk.open().append([opened(), wrote("one")])
    desk.tamper("UPDATE payloads SET payload = '{}' WHERE seq = 2")
    with pytest.raises(LogDamaged, match=r"event 2 .*secondchair verify"):
        desk.open(read_only=True).read()
    desk.tamper("UPDATE events SET kind = 'crystal-gazed' WHERE seq = 2")
    with pytest.raises(LogUnwritable, match="event 2 is a 'crystal-gazed'"):
        desk.open(read_only=True).read()


def test_a_head_that_cannot_be_anchored_does_not_stop_the_desk(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """The events are durable all the same; the log of the program says what is wrong, without the key."""
    log = desk.open()
    shutil.rmtree(desk.keys)
    with caplog.at_level(logging.WARNING):
        assert log.append([opened()]).events[0].seq == 1
    assert "could not be anchored" in caplog.text
    assert log.head() == 1


def _fill(log: SqlEventLog) -> int:
    """Append until the disk is full, and return how many events were acknowledged."""
    count = 0
    try:
        while count < 1000:
            log.append([wrote("x" * 4000)])
            count += 1
    except LogUnwritable:
        return count
    raise AssertionError("a disk of one megabyte took four")
