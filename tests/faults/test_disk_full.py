"""A server whose disk is full says so, acknowledges nothing that is not kept, and goes on once there is room."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.commands.init import prepare
from console.conversation.people import Role
from console.workspace import Workspace
from tests.commands.running import process, wait_until
from tests.disks import fill, small_disk
from tests.faults.team import Member, free_port

MEGABYTES = 4


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Member]:
    """A desk of one server, all of it on a small disk; only its keys are elsewhere."""
    with small_disk(tmp_path / "disk", MEGABYTES) as disk:
        workspace = Workspace(disk / "desk")
        prepare(workspace, demo=False)
        workspace.config.write_text("[web_chat]\nmessages_per_minute = 600\n[model]\nthreads = 1\n", encoding="utf-8")
        member = Member(workspace, dict(os.environ), free_port())
        member.start()
        try:
            member.wait()
            yield member
        finally:
            member.kill()


def test_a_server_on_a_full_disk_refuses_and_goes_on(served: Member) -> None:
    """Customers and staff are told in one line; what was written is read on; the same message again is taken once."""
    accounts = Accounts(sqlite_engine(served.workspace.accounts))
    heads = {"Authorization": f"Bearer {accounts.keep(Role.LEAD, 'Marta Quill')[0]}"}
    accounts.close()
    with (
        httpx.Client(base_url=served.url, headers={"Origin": served.url}, timeout=20) as page,
        httpx.Client(base_url=served.url, headers=heads, timeout=20) as staff,
    ):
        page.post("/chat/session", json={}).raise_for_status()
        assert _write(page, 0).status_code == 204
        (name,) = [row["id"] for row in staff.get("/v1/inbox").json()["rows"]]
        staff.post(f"/v1/conversations/{name}/claim").raise_for_status()
        filler = fill(served.workspace.root.parent)
        kept, refused = _until_refused(page)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "not-kept")
        assert refused.headers["Retry-After"]
        wait_until(lambda: staff.get("/ready").status_code == 503, within=10)
        for answer in _everything_else(page, staff, name):
            assert answer.status_code in {200, 204, 422, 503}, answer.text
            assert "Traceback" not in answer.text
        sent = staff.post(f"/v1/conversations/{name}/messages", json={"text": "I am here.", "key": "answer-1"})
        assert "full" in sent.json()["error"]["message"]
        said = staff.get(f"/v1/conversations/{name}").raise_for_status().text
        assert f"message {kept - 1}. " in said
        filler.unlink()
        assert _write(page, kept).status_code == 204
        wait_until(lambda: staff.get("/ready").status_code == 200, within=10)
        sent = staff.post(f"/v1/conversations/{name}/messages", json={"text": "I am here.", "key": "answer-1"})
        assert sent.json()["sent"]
        events = process("export", "--workspace", served.workspace.root).rows
    texts = [e["data"]["text"].split(". ")[0] for e in events if e["kind"] == "message-added"]
    assert texts == [*(f"message {n}" for n in range(kept + 1)), "I am here."]
    done = process("verify", "--workspace", served.workspace.root)
    assert done.code == 0, done.out


def _write(page: httpx.Client, number: int) -> httpx.Response:
    text = f"message {number}. {'x' * 3000}"
    return page.post("/chat/messages", json={"text": text, "key": f"message-{number:08d}"})


def _until_refused(page: httpx.Client) -> tuple[int, httpx.Response]:
    """Write until the desk takes no more; return how many messages it took in all, and how it refused the next."""
    number = 1
    while (answer := _write(page, number)).status_code == 204:
        number += 1
    return number, answer


def _everything_else(page: httpx.Client, staff: httpx.Client, name: str) -> Iterator[httpx.Response]:
    """Ask for all kinds of things that write, and some that do not."""
    yield staff.get("/v1/inbox")
    yield staff.get("/v1/me")
    yield staff.put(f"/v1/conversations/{name}/draft", json={"text": "I am " + "x" * 3000})
    yield staff.post(f"/v1/conversations/{name}/notes", json={"text": "x" * 3000, "key": "note-1"})
    yield staff.put("/v1/presence", json={"presence": "break"})
    file = {"X-File-Key": "file-00000001", "X-File-Name": "a.png"}
    yield page.post("/chat/files", content=b"\x89PNG\r\n\x1a\n" + b"x" * 5000, headers=file)
    yield page.post("/chat/session", json={})
