"""Where weeks have passed in a demo, commands go by the log's clock, as its servers do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.commands.dry_run import recent
from console.conversation.events import WORKSPACE, ConversationClosed, ConversationOpened, MessageAdded, NewEvent
from console.conversation.generated_events import WeeksPassed
from console.conversation.message import Author
from console.conversation.people import Customer
from console.server.log_time import time_in
from console.store import open_log
from console.workspace import Workspace, config_folder
from tests.commands.running import secondchair

WEEKS = 8


@pytest.fixture
def ahead(tmp_path: Path) -> Path:
    """A workspace whose log is weeks ahead: one chat was closed before them, one lies in the last days."""
    secondchair("init", "--workspace", tmp_path)
    now = datetime.now(UTC)
    later = now + timedelta(weeks=WEEKS)
    passed = WeeksPassed(WEEKS, now, later, "Marta")
    log = open_log(tmp_path, config_folder())
    for name, at in (("c-old", now - timedelta(hours=1)), ("c-new", later - timedelta(days=1))):
        who = f"customer:{name}"
        log.append(
            [
                NewEvent(name, who, ConversationOpened("web", Customer(name, "Dana Kovel"), "late"), at),
                NewEvent(name, who, MessageAdded(Author.CUSTOMER, "My boots are late"), at),
                NewEvent(name, "agent:robin", ConversationClosed("done", resolved=True), at),
            ]
        )
        if name == "c-old":
            log.append([NewEvent(WORKSPACE, "agent:marta", passed, now)])
    log.close()
    return tmp_path


def test_the_time_in_a_log_is_that_of_its_desk(ahead: Path) -> None:
    """The machine's, and the weeks that have passed."""
    log = open_log(ahead, config_folder(), read_only=True)
    off = time_in(log) - datetime.now(UTC) - timedelta(weeks=WEEKS)
    log.close()
    assert abs(off) < timedelta(seconds=5)


def test_what_has_been_kept_long_enough_is_erased_by_the_logs_clock(ahead: Path) -> None:
    """What a server would erase, the command says and erases, too; and nothing that is new by that clock."""
    config = ahead / "config.toml"
    config.write_text(config.read_text().replace("# closed_days = 0", "closed_days = 30"))
    told = secondchair("retention", "--dry-run", "--workspace", ahead)
    assert "1 conversations closed more than 30 days ago" in told.out, told
    done = secondchair("retention", "--workspace", ahead)
    assert "Erased: 3 events" in done.out, done
    assert secondchair("verify", "--workspace", ahead).code == 0


def test_marks_are_asked_for_anew_from_the_logs_clock_back(ahead: Path) -> None:
    """And it is noted at the log's own time, not weeks before what was written last."""
    assert secondchair("rescore", "--weeks", "4", "--workspace", ahead).code == 0
    (row,) = [r for r in secondchair("export", "--workspace", ahead).rows if r["kind"] == "rescoring-asked"]
    later = datetime.now(UTC) + timedelta(weeks=WEEKS)
    assert abs(datetime.fromisoformat(row["at"]) - later) < timedelta(minutes=1)
    since = datetime.fromisoformat(row["data"]["since"])
    assert abs(since - later + timedelta(weeks=4)) < timedelta(minutes=1)


def test_an_erasure_is_noted_at_the_logs_time(ahead: Path) -> None:
    """Where no server runs."""
    assert secondchair("customer", "erase", "c-old", "--yes", "--workspace", ahead).code == 0
    (row,) = [r for r in secondchair("export", "--workspace", ahead).rows if r["kind"] == "conversations-erased"]
    assert datetime.fromisoformat(row["at"]) > datetime.now(UTC) + timedelta(weeks=WEEKS - 1)


def test_a_dry_run_looks_at_the_last_days_of_the_log(ahead: Path) -> None:
    """Not at weeks that lie between."""
    assert [one.id for one in recent(Workspace(ahead), 7)] == ["c-new"]
    assert [one.id for one in recent(Workspace(ahead), 7 * WEEKS + 1)] == ["c-old", "c-new"]
