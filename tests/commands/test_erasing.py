"""``secondchair customer erase``: a customer's conversations and files, gone for good."""

import hashlib
from pathlib import Path

import pytest
import pytest_asyncio

from console.conversation.message import Author
from console.conversation.people import Customer
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.server.assembly import build_server
from console.server.lock import ServerLock
from console.settings import Settings
from console.store import open_log
from console.store.files import FileFolder
from console.workspace import Workspace, config_folder
from tests.channels.files import PDF, PICTURE
from tests.commands.running import secondchair
from tests.desks import Chair


@pytest_asyncio.fixture
async def workspace(tmp_path: Path) -> Workspace:
    """Two customers who sent the same picture, one of them a bill besides."""
    workspace = Workspace(tmp_path / "desk")
    workspace.root.mkdir()
    desk = Desk(open_log(workspace.root, config_folder()), Chair(), files=FileFolder(workspace.files))
    await desk.start({})
    for number, files in enumerate(([PICTURE, PDF], [PICTURE]), 1):
        name = f"c{number}"
        await desk.intake.open("web", Customer(f"u{number}", "Dana Kovel"), conversation=name)
        for data in files:
            attachment = await desk.attachments.take("file", data)
            await desk.intake.receive(name, Incoming(Author.CUSTOMER, "[file]", attachments=(attachment,)))
    await desk.stop()
    return workspace


def there(workspace: Workspace) -> list[bytes]:
    """Return which of the two files lie in the folder."""
    folder = FileFolder(workspace.files)
    return [data for data in (PICTURE, PDF) if folder.get(hashlib.sha256(data).hexdigest()) is not None]


def test_a_customer_is_erased_with_the_files_that_nobody_else_sent(workspace: Workspace) -> None:
    """The log stays whole; who is unknown is told so."""
    done = secondchair("customer", "erase", "u1", "--yes", "--workspace", workspace.root)
    assert (done.code, done.out) == (0, "Erased: 3 events, 1 file.\n")
    assert there(workspace) == [PICTURE]
    assert "3 erased" in secondchair("verify", "--workspace", workspace.root).out
    again = secondchair("customer", "erase", "u1", "--yes", "--workspace", workspace.root)
    assert again.out.startswith("There is nothing here of a customer 'u1'")
    assert secondchair("customer", "erase", "u2", "--yes", "--workspace", workspace.root).code == 0
    assert there(workspace) == []


def test_nothing_is_erased_without_a_yes(workspace: Workspace) -> None:
    """Not by a command that was typed too fast."""
    assert secondchair("customer", "erase", "u1", "--workspace", workspace.root).code != 0
    assert there(workspace) == [PICTURE, PDF]


def test_nothing_is_erased_under_a_desk_that_is_starting(workspace: Workspace) -> None:
    """It would go on showing what is gone; the line says what to do."""
    lock = ServerLock(workspace)
    lock.take()
    done = secondchair("customer", "erase", "u1", "--yes", "--workspace", workspace.root)
    lock.release()
    assert done.code == 2
    assert "try again in a moment" in done.complaint
    assert there(workspace) == [PICTURE, PDF]


async def test_what_a_crash_left_is_erased_when_the_desk_starts(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the events and the files: the next start deletes them, and what others sent stays."""

    def killed(_: FileFolder, __: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(FileFolder, "keep_only", killed)
        assert secondchair("customer", "erase", "u1", "--yes", "--workspace", workspace.root).code == 130
    assert there(workspace) == [PICTURE, PDF]
    server = build_server(workspace, Settings())
    async with server.app.router.lifespan_context(server.app):
        assert there(workspace) == [PICTURE]


async def test_a_file_that_cannot_be_deleted_keeps_no_desk_from_starting(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command says which; the desk logs it, and tries again at its next start."""

    def stuck(folder: FileFolder, _: object) -> int:
        raise PermissionError(13, "Permission denied", "files/ab/cd")

    monkeypatch.setattr(FileFolder, "keep_only", stuck)
    done = secondchair("customer", "erase", "u1", "--yes", "--workspace", workspace.root)
    assert (done.code, "files/ab/cd could not be deleted (Permission denied)" in done.complaint) == (2, True)
    assert done.out == "Erased: 3 events, 0 files.\n"
    server = build_server(workspace, Settings())
    async with server.app.router.lifespan_context(server.app):
        assert [row.id for row in server.desk.live.rows.values()] == ["c2"]


def test_what_people_write_about_a_customer_themselves_is_named_and_left(workspace: Workspace) -> None:
    """Records and past conversations of the content are theirs to take out; the line says where."""
    workspace.content.mkdir()
    (workspace.content / "customers.jsonl").write_text('{"id": "u2"}\n{"id": "u1"}\n', encoding="utf-8")
    (workspace.content / "past.jsonl").write_text(
        '{"id": "p1", "customer": {"id": "u1"}}\nnot JSON\n', encoding="utf-8"
    )
    done = secondchair("customer", "erase", "u1", "--yes", "--workspace", workspace.root)
    assert done.code == 0
    said = done.err.splitlines()
    assert [line.split(" is about")[0].rpartition("/")[2] for line in said] == [
        "customers.jsonl: line 2",
        "past.jsonl: line 1",
    ]
