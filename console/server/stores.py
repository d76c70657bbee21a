"""Opens what a desk keeps where the settings say it lies: in the workspace, or in the database of a team."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import structlog

from console.content.loader import load_library
from console.desk.attachments import FileStore
from console.desk.behaviour_drafts import BehaviourShelf
from console.desk.library import Shelf
from console.desk.servers import Alone, Servers
from console.desk.thresholds import BehaviourFiles
from console.server.article_shelf import ArticleShelf
from console.server.behaviour_files import BehaviourFolder
from console.server.behaviour_shelf import BehaviourFolderShelf
from console.server.chat.keeping import Ended, EndedVisits, visit_key
from console.settings import Settings
from console.store import open_log
from console.store.files import FileFolder
from console.store.log import SqlEventLog
from console.workspace import Workspace, config_folder

_log = structlog.get_logger(__name__)


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
    shelf: Shelf
    behaviours: BehaviourFiles
    behaviour_shelf: BehaviourShelf
    scenario_shelf: BehaviourShelf
    workspace: Workspace
    """Where the content lies that the desk judges by."""
    follow: Callable[[], None]
    """Brings that content up to date; blocks. Raises what the log raises, and ``OSError``."""

    def close(self) -> None:
        """Let go of all of it."""
        self.servers.close()
        self.log.close()


def open_store(workspace: Workspace, settings: Settings) -> Store:
    """Open it for writing; raises what :func:`console.store.open_log` raises, and :class:`SettingsError`."""
    address, config = settings.store.address, config_folder()
    log = open_log(workspace.root, config, address=address)
    if not address:
        ended = EndedVisits(config / "visits" / f"{workspace.id}.ended")
        behaviours = BehaviourFolder(workspace.content)
        shelf, key = ArticleShelf(workspace.content / "articles"), partial(_own_key, workspace)
        drafted, files = BehaviourFolderShelf(workspace.content / "behaviours"), FileFolder(workspace.files)
        made = BehaviourFolderShelf(workspace.content / "practice", "scenario")
        return Store(log, Alone(), files, ended, key, shelf, behaviours, drafted, made, workspace, lambda: None)
    try:
        return _team(workspace, address, log)
    except BaseException:
        log.close()
        raise


def _team(workspace: Workspace, address: str, log: SqlEventLog) -> Store:
    from console.server.behaviour_shelf import SharedBehaviours
    from console.server.published import PublishedFolder, SharedShelf, publish
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.content import PublishedContent
    from console.store.postgres.files import SqlFiles
    from console.store.postgres.servers import PostgresServers
    from console.store.postgres.visits import SharedEndedVisits

    database = log.database
    assert isinstance(database, PostgresDatabase)  # noqa: S101 - that is what an address opens
    content, shared = PublishedContent(database), replace(workspace, team=True)
    if not content.version() and workspace.authored.is_dir():
        load_library(workspace.authored)  # what cannot be judged by is never published
        if publish(content, workspace.authored, only_first=True):
            _log.info("the content of this workspace is published", folder=str(workspace.authored))
    folder = PublishedFolder(content, shared.content)
    folder.follow()
    ended, files, shelf = SharedEndedVisits(database), SqlFiles(database), SharedShelf(content)
    behaviours = BehaviourFolder(shared.content, folder.follow, content)
    servers = PostgresServers(address, database.told_by)
    drafted, made = SharedBehaviours(content), SharedBehaviours(content, "practice", "scenario")
    return Store(log, servers, files, ended, log.derived, shelf, behaviours, drafted, made, shared, folder.follow)


def files_of(workspace: Workspace, settings: Settings, log: SqlEventLog) -> KeptFiles:
    """Return where the files lie that the messages of a log name."""
    if not settings.store.address:
        return FileFolder(workspace.files)
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.files import SqlFiles

    assert isinstance(log.database, PostgresDatabase)  # noqa: S101 - that is what an address opens
    return SqlFiles(log.database)


def _own_key(workspace: Workspace, purpose: str) -> bytes:
    """Return the key of a workspace for a purpose; it lies where no back-up of the workspace goes."""
    return visit_key(config_folder() / purpose / f"{workspace.id}.key")
