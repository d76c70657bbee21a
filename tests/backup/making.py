"""A desk to be backed up, and archives that are not as they should be."""

import io
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.accounts.opening import postgres_engine
from console.conversation.events import NewEvent
from console.conversation.message import Author
from console.conversation.people import Customer, Role
from console.conversation.practice_events import PracticeBegan
from console.desk.attachments import FileStore
from console.desk.desk import Desk, utc_now
from console.desk.intake import Incoming
from console.store.log import SqlEventLog
from console.workspace import Workspace
from tests.channels.files import PICTURE
from tests.desks import Chair

PEOPLE = "SELECT p.name, t.digest FROM accounts_people p JOIN accounts_tokens t ON t.person = p.id"
"""Who has an account, and the digests of their tokens."""


async def used(workspace: Workspace, log: SqlEventLog, files: FileStore, address: str = "") -> None:
    """Let a desk be used: two customers, one erased, one with a file; an agent's draft, an account, content, settings.

    The log is closed.
    """
    desk = Desk(log, Chair(), files=files)
    await desk.start({})
    for name in ("u1", "u2"):
        await desk.intake.open("web", Customer(name, "Dana Kovel"), conversation=name)
        await desk.intake.receive(name, Incoming(Author.CUSTOMER, "where are my boots?"))
    attachment = await desk.attachments.take("file", PICTURE)
    await desk.intake.receive("u1", Incoming(Author.CUSTOMER, "[file]", attachments=(attachment,)))
    log.save_draft("robin", "u1", "let me look")
    log.erase("u2")
    await desk.stop()
    accounts = Accounts(postgres_engine(address) if address else sqlite_engine(workspace.accounts))
    accounts.keep(Role.AGENT, "Robin Ashdale")
    accounts.close()
    (workspace.authored / "articles").mkdir(parents=True)
    (workspace.authored / "articles/lost.md").write_text("# Lost parcels\nAfter seven days.\n", encoding="utf-8")
    if not workspace.config.exists():
        workspace.config.write_text('[desk]\nname = "Larkfell"\n', encoding="utf-8")


def practised(log: SqlEventLog) -> None:
    """Let somebody practise: the log of practice, which is closed, then holds a session's beginning."""
    began = PracticeBegan("late", "1", "A late parcel", 1, "robin", "Robin Ashdale")
    log.append([NewEvent("p-1", "agent:robin", began, utc_now())])
    log.close()


def rewritten(archive: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """Return a copy of an archive with each part changed, or left out."""
    copy = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(copy, "w:gz") as target:
        for member in source:
            opened = source.extractfile(member)
            assert opened is not None
            changed = change(member.name, opened.read())
            if changed is not None:
                header = tarfile.TarInfo(changed[0])
                header.size = len(changed[1])
                target.addfile(header, io.BytesIO(changed[1]))
    return copy


def people(workspace: Workspace) -> list[tuple[str, str]]:
    """Return who has an account in a workspace's file, and the digests of their tokens."""
    with closing(sqlite3.connect(workspace.accounts)) as accounts:
        return sorted(accounts.execute(PEOPLE).fetchall())
