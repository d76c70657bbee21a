"""``export``, ``verify`` and ``report``: what is read from the log, and what is said where there is none."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from console.conversation.assist_events import QuestionUnanswered
from console.conversation.events import NewEvent
from console.desk.desk import Desk
from console.store import open_log
from console.workspace import config_folder
from tests.commands.running import process, secondchair
from tests.desks import Chair, arrive


def test_the_log_is_exported_line_by_line(logged: Path) -> None:
    """As the events' own JSON."""
    done = process("export", "--workspace", logged)
    assert (done.code, done.err) == (0, "")
    assert [row["seq"] for row in done.rows] == list(range(1, len(done.rows) + 1))
    assert {row["kind"] for row in done.rows} >= {"conversation-opened", "message-added", "suggestions-shown"}
    texts = [row["data"]["text"] for row in done.rows if row["kind"] == "message-added"]
    assert texts == ["My boots are late"]


def test_output_that_nobody_reads_any_more_is_no_fault(logged: Path) -> None:
    """``secondchair export | head -1``."""
    command = f"{sys.executable} -m console export --workspace {logged} | head -n 1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["seq"] == 1
    assert "Traceback" not in done.stderr


def test_verifying_says_no_to_a_log_that_was_tampered_with(logged: Path) -> None:
    """Exit 1 and the first broken event; exit 0 before."""
    assert secondchair("verify", "--workspace", logged).code == 0
    connection = sqlite3.connect(logged / "desk.db", isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    changed = connection.execute("UPDATE payloads SET payload = replace(payload, 'boots', 'boats') WHERE seq = 3")
    assert changed.rowcount == 1
    connection.close()
    done = secondchair("verify", "--workspace", logged)
    assert (done.code, "event 3" in done.out) == (1, True), done.out
    doctor = secondchair("doctor", "--workspace", logged)
    assert doctor.code == 1
    assert any(line.startswith("fail  log: broken: event 3") for line in doctor.out.splitlines())


def test_the_report_is_a_table_or_json_or_a_page(logged: Path, tmp_path: Path) -> None:
    """Of the same figures."""
    as_json = secondchair("report", "--json", "--workspace", logged)
    (report,) = as_json.rows
    assert (report["total"]["shown"], report["conversations"]["opened"]) == (1, 1)
    assert "1 opened" in secondchair("report", "--workspace", logged).out
    table = secondchair("report", "--csv", tmp_path / "report.csv", "--weeks", "4", "--workspace", logged)
    assert "Written to" in table.out + table.err
    assert (tmp_path / "report.csv").read_text(encoding="utf-8").startswith("table,by,name,week,measure,part,of,")
    page = secondchair("report", "--html", tmp_path / "report.html", "--workspace", logged)
    assert (page.code, page.out) == (0, "")
    assert "<table" in (tmp_path / "report.html").read_text(encoding="utf-8")


async def test_the_report_names_what_customers_asked_in_vain(workspace: Path, articles: Path, tmp_path: Path) -> None:
    """Until an article answers it; and articles that contradict each other, as the doctor does."""
    desk = Desk(open_log(workspace, config_folder()), Chair())
    await desk.start({})
    for name, text in (("c1", "Do you offer gift wrapping?"), ("c2", "Is gift wrapping possible?")):
        await arrive(desk, name, text)
        question = QuestionUnanswered(text, "m1", "tent.md", "Cleaning a tent", 0.2)
        await desk.live.record([NewEvent(name, "assist", question, desk.now())])
    await desk.stop()
    (articles / "late.md").write_text("# Late\nA parcel counts as lost when tracking has not moved for 14 days.\n")
    assert "not looked for" in secondchair("report", "--workspace", workspace).out
    secondchair("index", articles, "--workspace", workspace)
    (report,) = secondchair("report", "--json", "--workspace", workspace).rows
    (gap,) = report["gaps"]
    assert (gap["questions"], gap["examples"][0]["conversation"]) == (2, "c2")
    assert {report["contradictions"][0][side]["article"] for side in ("first", "second")} == {"late.md", "lost.md"}
    told = secondchair("report", "--workspace", workspace).out
    assert "gift wrapping" in told
    assert "14 days" in " ".join(told.split())
    secondchair("report", "--html", tmp_path / "r.html", "--workspace", workspace)
    assert "gift wrapping" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "warn  articles: 1 pair" in secondchair("doctor", "--workspace", workspace).out
    (articles / "wrap.md").write_text("# Gift wrapping\nWe offer gift wrapping for £4. Gift wrapping is possible.\n")
    secondchair("index", articles, "--workspace", workspace)
    (after,) = secondchair("report", "--json", "--workspace", workspace).rows
    assert (after["gaps"], after["questions"]["answered_since"]) == ([], 2)


def test_the_report_needs_no_log(workspace: Path, articles: Path, tmp_path: Path) -> None:
    """Of an index alone it has no figures, but the articles that contradict each other; and it says so."""
    (articles / "late.md").write_text("# Late\nA parcel counts as lost when tracking has not moved for 14 days.\n")
    secondchair("index", articles, "--workspace", workspace)
    as_json = secondchair("report", "--json", "--workspace", workspace)
    assert as_json.code == 0
    assert "there is no event log here yet; the figures are those of no conversation" in as_json.err
    (report,) = as_json.rows
    assert (report["total"]["shown"], len(report["contradictions"])) == (0, 1)
    told = secondchair("report", "--workspace", workspace).out
    assert "0 opened" in told
    assert "14 days" in " ".join(told.split())
    assert secondchair("report", "--html", tmp_path / "r.html", "--workspace", workspace).code == 0
    assert not (workspace / "desk.db").exists()


@pytest.mark.parametrize("command", ["export", "verify", "report"])
def test_without_a_log_it_is_said_so(workspace: Path, command: str) -> None:
    """One line, exit 2."""
    done = secondchair(command, "--workspace", workspace)
    assert (done.code, done.out) == (2, "")
    assert "there is no event log here yet" in done.complaint
