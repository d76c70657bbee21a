"""Opens a log for reading alone, where the settings say that it lies; it imports little: commands begin with it."""

from console.settings import Settings
from console.store import open_log
from console.store.log import SqlEventLog
from console.workspace import Workspace, config_folder


def log_to_read(workspace: Workspace, settings: Settings) -> SqlEventLog | None:
    """Return the log for reading alone; ``None`` where none was begun in the workspace yet."""
    address = settings.store.address
    if not address and not workspace.database.exists():
        return None
    return open_log(workspace.root, config_folder(), address=address, read_only=True)
