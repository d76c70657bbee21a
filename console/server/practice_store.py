"""Where the log of practice lies: a folder of the workspace, or a schema beside the desk's in a team's database."""

from typing import Final

from console.desk.servers import Alone, Servers
from console.settings import Settings
from console.store import open_log
from console.store.audit import AuditKey
from console.store.log import SqlEventLog
from console.workspace import Workspace, config_folder

SCHEMA: Final = "practice"


def open_practice(workspace: Workspace, settings: Settings, key: AuditKey) -> tuple[SqlEventLog, Servers]:
    """Open it for writing, and begin it where there is none, with the ``key`` of the desk's own log.

    Raises what :func:`console.store.open_log` raises.
    """
    if not settings.store.address:
        workspace.practice.root.mkdir(mode=0o700, exist_ok=True)
        return open_log(workspace.practice.root, config_folder(), shared_key=key), Alone()
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.schemas import make_schema
    from console.store.postgres.servers import PostgresServers

    address = make_schema(settings.store.address, SCHEMA)
    log = open_log(workspace.root, config_folder(), address=address, shared_key=key)
    assert isinstance(log.database, PostgresDatabase)  # noqa: S101 - that is what an address opens
    return log, PostgresServers(address, log.database.told_by)


def practice_to_read(workspace: Workspace, settings: Settings, key: AuditKey) -> SqlEventLog | None:
    """Return it for reading alone; ``None`` where nobody has practised yet. Raises as :func:`open_practice`."""
    if not settings.store.address:
        there = workspace.practice.database.exists()
        root = workspace.practice.root
        return open_log(root, config_folder(), read_only=True, shared_key=key) if there else None
    from console.store.postgres.address import in_schema
    from console.store.postgres.schemas import holds_log

    address = in_schema(settings.store.address, SCHEMA)
    if not holds_log(address):
        return None
    return open_log(workspace.root, config_folder(), address=address, read_only=True, shared_key=key)
