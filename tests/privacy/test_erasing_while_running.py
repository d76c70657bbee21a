"""``secondchair customer erase`` beside a server that runs: nothing that names the customer is left anywhere."""

from pathlib import Path

import pytest

from console.workspace import Workspace
from tests.commands.running import secondchair, wait_until
from tests.privacy.serving import Running, running, traces

pytestmark = pytest.mark.slow

WORDS = "my parcel LF-88213 for Philippa Thistlewood is lost"
MARKS = (b"Thistlewood", b"LF-88213")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with nothing in it."""
    made = Workspace(tmp_path / "desk")
    made.root.mkdir()
    return made


def talk(desk: Running, workspace: Workspace) -> dict[str, object]:
    """Let a customer write, send a file and be answered; an agent notes, drafts and closes. Returns the row."""
    row = desk.customer_writes(WORDS)
    robin, place = desk.agent(), f"/v1/conversations/{row['id']}"
    assert desk.ask("POST", f"{place}/claim", robin).is_success
    note = {"text": "Philippa Thistlewood called before", "key": "note-1"}
    assert desk.ask("POST", f"{place}/notes", robin, note).is_success
    answer = {"text": "I will look for it at once.", "key": "send-1"}
    assert desk.ask("POST", f"{place}/messages", robin, answer).is_success
    assert desk.ask("POST", f"{place}/close", robin, {"disposition": "found", "resolved": True}).is_success
    assert desk.ask("PUT", f"{place}/draft", robin, {"text": "Dear Ms Thistlewood"}).is_success
    wait_until((workspace.past / "added.jsonl").exists)
    return row


def test_nothing_of_an_erased_customer_is_left_and_the_server_goes_on(workspace: Workspace, tmp_path: Path) -> None:
    """Not in the files, not in an answer; the customer can write again, and the chain holds."""
    with running(workspace, tmp_path) as desk:
        row = talk(desk, workspace)
        assert traces(workspace.root, *MARKS)
        done = secondchair("customer", "erase", row["customer"], "--yes", "--workspace", workspace.root)
        assert done.code == 0, done.err
        assert done.out.startswith("Erased: ")
        marks = (*MARKS, str(row["customer"]).encode())
        assert traces(workspace.root, *marks) == []
        assert not any(mark in desk.log.read_bytes() for mark in marks)
        assert desk.conversations() == []
        assert desk.ask("GET", f"/v1/conversations/{row['id']}").status_code == 404
        assert str(row["id"]) in secondchair("export", "--workspace", workspace.root).out  # that it was erased stands
        assert desk.customer_writes("hello")["id"] != row["id"]
    verdict = secondchair("verify", "--workspace", workspace.root)
    assert verdict.code == 0, verdict.out
    assert traces(workspace.root, *marks) == []


def test_only_an_administrator_erases(workspace: Workspace, tmp_path: Path) -> None:
    """Neither an agent nor a lead."""
    with running(workspace, tmp_path) as desk:
        for role in ("agent", "lead"):
            token = desk.agent("Marta Quill", role)
            assert desk.ask("POST", "/v1/customers/u1/erase", token).status_code == 403
        assert desk.ask("POST", "/v1/customers/u1/erase").json()["events"] == 0
