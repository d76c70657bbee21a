"""Opens what a desk keeps where the settings say it lies: in the workspace, or in the database of a team."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from console.desk.attachments import FileStore
from console.desk.servers import Alone, Servers
from console.server.chat.keeping import Ended, EndedVisits, visit_key
from console.settings import Settings
from console.store import open_log
from console.store.files import FileFolder
from console.store.log import SqlEventLog
from console.workspace import Workspace, config_folder


class KeptFiles(FileStore, Protocol):
    """Files of customers, with what their keeper needs."""

    def keep_only(self, names: Collection[str]) -> int:
        """Delete for good every file that is not among these; returns how many that were. Raises ``OSError``."""


@dataclass(frozen=True, slots=True)
class Store:
    """What a desk keeps. ``key`` returns the secret for a purpose: of the visits' cookies, or of links to files."""

    log: SqlEventLog
    servers: Servers
    files: KeptFiles
    ended: Ended
    key: Callable[[str], bytes]


def open_store(workspace: Workspace, settings: Settings) -> Store:
    """Open it for writing; raises what :func:`console.store.open_log` raises, and :class:`SettingsError`."""
    address, config = settings.store.address, config_folder()
    log = open_log(workspace.root, config, address=address)
    if not address:
        ended = EndedVisits(config / "visits" / f"{workspace.id}.ended")
        return Store(log, Alone(), FileFolder(workspace.files), ended, partial(_own_key, workspace))
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.files import SqlFiles
    from console.store.postgres.servers import PostgresServers
    from console.store.postgres.visits import SharedEndedVisits

    database = log.database
    assert isinstance(database, PostgresDatabase)  # noqa: S101 - that is what an address opens
    return Store(log, PostgresServers(address), SqlFiles(database), SharedEndedVisits(database), log.derived)


def log_to_read(workspace: Workspace, settings: Settings) -> SqlEventLog | None:
    """Return the log for reading alone; ``None`` where none was begun in the workspace yet."""
    address = settings.store.address
    if not address and not workspace.database.exists():
        return None
    return open_log(workspace.root, config_folder(), address=address, read_only=True)


def _own_key(workspace: Workspace, purpose: str) -> bytes:
    """Return the key of a workspace for a purpose; it lies where no back-up of the workspace goes."""
    return visit_key(config_folder() / purpose / f"{workspace.id}.key")
