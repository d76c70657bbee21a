"""Opens a log for reading alone, where the settings say that it lies; it imports little: commands begin with it."""

from datetime import timedelta
from typing import Final

from console.conversation.generated_events import WeeksPassed
from console.desk.log import EventLog
from console.settings import Settings
from console.store import open_log
from console.store.log import SqlEventLog
from console.workspace import Workspace, config_folder

PASSED: Final = ("weeks-passed",)


def log_to_read(workspace: Workspace, settings: Settings) -> SqlEventLog | None:
    """Return the log for reading alone; ``None`` where none was begun in the workspace yet."""
    address = settings.store.address
    if not address and not workspace.database.exists():
        return None
    return open_log(workspace.root, config_folder(), address=address, read_only=True)


def ahead_of(log: EventLog) -> timedelta:
    """Return how far the clock of a log's desk is before the time of day."""
    passed = (event.data for event in log.of_kinds(PASSED))
    return sum((one.until - one.since for one in passed if isinstance(one, WeeksPassed)), timedelta())
