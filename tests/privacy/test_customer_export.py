"""``secondchair customer export``: all that is kept about one customer, and nothing of anybody else."""

import io
import json
import zipfile
from pathlib import Path

import pytest
import pytest_asyncio

from console.conversation import commands as c
from console.conversation.draft_events import ArticleDrafted
from console.conversation.events import WORKSPACE, NewEvent
from console.conversation.message import Author, DraftLine
from console.conversation.people import Customer
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.server.past_folder import PastFolder
from console.store import open_log
from console.store.files import FileFolder
from console.workspace import Workspace, config_folder
from tests.channels.files import PICTURE
from tests.commands.running import secondchair
from tests.desks import DANA, ROBIN, Chair, Clock, arrive, until
from tests.privacy.serving import running

pytestmark = pytest.mark.slow


@pytest_asyncio.fixture
async def workspace(tmp_path: Path, clock: Clock) -> Workspace:
    """Dana was served, with a file, a note, a draft and a draft article; Iris too."""
    workspace = Workspace(tmp_path / "desk")
    workspace.root.mkdir()
    log, files = open_log(workspace.root, config_folder()), FileFolder(workspace.files)
    desk = Desk(log, Chair(), now=clock, files=files, past=PastFolder(workspace.past))
    await desk.start({})
    await arrive(desk, "c1", "My boots are late")
    picture = await desk.attachments.take("boots.png", PICTURE)
    await desk.intake.receive("c1", Incoming(Author.CUSTOMER, "[boots.png]", attachments=(picture,)))
    await desk.casework.claim(ROBIN, "c1")
    await desk.casework.note(ROBIN, "c1", c.AddNote("called before", "n1"))
    await desk.wrap_ups.close(ROBIN, "c1", c.Close("found", resolved=True))
    await arrive(desk, "c2", "My boots again")
    await desk.casework.claim(ROBIN, "c2")
    await desk.casework.save_draft(ROBIN, "c2", c.SaveDraft("Dear Dana"))
    drafted = ArticleDrafted("d-1", "c9", "Late boots", (DraftLine("step", "Boots come late.", ("m1",), "c1"),))
    await desk.live.record([NewEvent(WORKSPACE, "agent:marta", drafted, desk.now())])
    await arrive(desk, "c9", "Do you wrap gifts?", customer=Customer("iris-tam", "Iris Tam"))
    await until((workspace.past / "added.jsonl").exists)
    await desk.stop()
    return workspace


def test_the_export_holds_all_of_one_customer_and_nobody_else(workspace: Workspace, tmp_path: Path) -> None:
    """To read and to process; for its owner alone."""
    target = tmp_path / "dana.zip"
    done = secondchair("customer", "export", DANA.id, "--to", target, "--workspace", workspace.root)
    assert (done.code, done.out.startswith(f"Written to {target}")) == (0, True)
    assert target.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert "2 conversations" in parts["README.txt"].decode()
    told = parts["conversations/c1.txt"].decode()
    assert "Dana Kovel: My boots are late" in told
    assert "Internal note, Robin Ashdale: called before" in told
    assert "Closed: found, resolved" in told
    events = [json.loads(line) for line in parts["events.jsonl"].splitlines()]
    assert {event["conversation"] for event in events} == {"c1", "c2"}
    assert [record["name"] for record in json.loads(parts["record.json"])] == ["Dana Kovel"]
    assert [data for name, data in parts.items() if name.startswith("files/")] == [PICTURE]
    assert json.loads(parts["drafts.jsonl"]) == {"conversation": "c2", "agent": "robin", "text": "Dear Dana"}
    assert json.loads(parts["articles.jsonl"])["data"]["title"] == "Late boots"
    assert json.loads(parts["past.jsonl"])["id"] == "c1"
    assert b"Iris" not in b"".join(parts.values())


def test_of_somebody_unknown_there_is_no_file(workspace: Workspace, tmp_path: Path) -> None:
    """The answer is no: exit code 1."""
    target = tmp_path / "nobody.zip"
    done = secondchair("customer", "export", "nobody", "--to", target, "--workspace", workspace.root)
    assert (done.code, target.exists()) == (1, False)
    assert "nothing here of a customer 'nobody'" in done.complaint


def test_an_administrator_has_it_from_the_server(workspace: Workspace, tmp_path: Path) -> None:
    """The same as the command writes beside it; agents have none."""
    with running(workspace, tmp_path) as desk:
        answer = desk.ask("GET", f"/v1/customers/{DANA.id}/export")
        assert answer.headers["content-type"] == "application/zip"
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert b"My boots are late" in archive.read("conversations/c1.txt")
        assert desk.ask("GET", f"/v1/customers/{DANA.id}/export", desk.agent()).status_code == 403
        assert desk.ask("GET", "/v1/customers/nobody/export").status_code == 404
