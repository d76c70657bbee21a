"""The time of day of a server's machine is set by hours, there and back, while customers write."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.commands.init import prepare
from console.conversation.people import Role
from console.workspace import Workspace
from tests.commands.running import process, wait_until
from tests.faults.team import Member, free_port

LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1")
SHIFTS = ("+6h", "-3h", "+0")
LONGEST = 600.0
"""Seconds that anybody can have waited in this test, on the busiest machine."""


def _library() -> str:
    found = [str(path) for pattern in LIBRARIES for path in Path("/").glob(pattern.lstrip("/"))]
    if not found or shutil.which("faketime") is None:
        pytest.skip("faketime is not installed: apt-get install faketime")
    return found[0]


@pytest.mark.slow
def test_setting_the_clock_by_hours_changes_no_wait_and_no_order(tmp_path: Path) -> None:
    """Messages stay in their order, waits are what they were, nobody is signed out, and the chain holds."""
    library, shift = _library(), tmp_path / "shift"
    shift.write_text("+0", encoding="utf-8")
    workspace = Workspace(tmp_path / "desk")
    prepare(workspace, demo=False)
    workspace.config.write_text("[web_chat]\nmessages_per_minute = 600\n[model]\nthreads = 1\n", encoding="utf-8")
    faked = {
        "LD_PRELOAD": library,
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_TIMESTAMP_FILE": str(shift),
        "FAKETIME_CACHE_DURATION": "1",  # seconds until a shift is in force
    }
    member = Member(workspace, {**os.environ, **faked}, free_port())
    member.start()
    try:
        member.wait(assists=True, within=240)
        accounts = Accounts(sqlite_engine(workspace.accounts))
        heads = {"Authorization": f"Bearer {accounts.keep(Role.LEAD, 'Marta Quill')[0]}"}
        accounts.close()
        _write_through(member, heads, shift)
    finally:
        member.kill()
    events = process("export", "--workspace", workspace.root).rows
    texts = [event["data"]["text"] for event in events if event["kind"] == "message-added"]
    assert texts == [f"where is my parcel? {n}" for n in range(len(SHIFTS) + 1)]
    # What became of accounts is noted by the second in which it was done, and carried into the log afterwards.
    moments = [datetime.fromisoformat(event["at"]) for event in events if event["kind"] != "token-made"]
    assert moments == sorted(moments)
    done = process("verify", "--workspace", workspace.root)
    assert done.code == 0, done.out


def _write_through(member: Member, heads: dict[str, str], shift: Path) -> None:
    with (
        httpx.Client(base_url=member.url, headers={"Origin": member.url}, timeout=30) as page,
        httpx.Client(base_url=member.url, headers=heads, timeout=30) as staff,
    ):
        page.post("/chat/session", json={}).raise_for_status()
        for number, by in enumerate(("+0", *SHIFTS)):
            shift.write_text(by, encoding="utf-8")
            wait_until(lambda: _shown(page, by))  # noqa: B023 - asked at once
            text = {"text": f"where is my parcel? {number}", "key": f"message-{number:08d}"}
            page.post("/chat/messages", json=text).raise_for_status()
            rows = staff.get("/v1/inbox").raise_for_status().json()["rows"]
            assert len(rows) == 1
            wait_until(lambda: _assisted(staff, rows[0]["id"], f"m{number + 1}"), within=60)  # noqa: B023 - at once
            assert _longest_wait(member) < LONGEST


def _shown(page: httpx.Client, by: str) -> bool:
    """Return whether the server's time of day is shifted by so many hours."""
    date = parsedate_to_datetime(page.get("/health").headers["date"])
    hours = int(by.removesuffix("h"))
    return abs(date - datetime.now(UTC) - timedelta(hours=hours)) < timedelta(minutes=5)


def _assisted(staff: httpx.Client, conversation: str, turn: str) -> bool:
    state = staff.get(f"/v1/conversations/{conversation}").raise_for_status().json()["conversation"]
    return turn in state["moods"]


def _longest_wait(member: Member) -> float:
    """Return the longest wait of now, as the figures tell it."""
    figures = httpx.get(f"{member.url}/metrics", timeout=30).text.splitlines()
    waits = [line for line in figures if line.startswith("secondchair_oldest_wait_seconds")]
    return max(float(line.rpartition(" ")[2]) for line in waits)
