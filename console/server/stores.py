"""Opens the event log where the settings say it lies."""

from console.desk.servers import Alone, Servers
from console.settings import Settings
from console.store import open_log
from console.store.log import SqlEventLog
from console.workspace import Workspace, config_folder


def open_store(workspace: Workspace, settings: Settings) -> tuple[SqlEventLog, Servers]:
    """Return the log for writing, and the servers that share it; raises what :func:`console.store.open_log` raises."""
    address = settings.store.address
    log = open_log(workspace.root, config_folder(), address=address)
    if not address:
        return log, Alone()
    from console.store.postgres.servers import PostgresServers

    return log, PostgresServers(address)


def log_to_read(workspace: Workspace, settings: Settings) -> SqlEventLog | None:
    """Return the log for reading alone; ``None`` where none was begun in the workspace yet."""
    address = settings.store.address
    if not address and not workspace.database.exists():
        return None
    return open_log(workspace.root, config_folder(), address=address, read_only=True)
