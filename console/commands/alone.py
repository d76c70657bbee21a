"""A command that writes the log itself where no desk server runs; where one runs, it is asked to."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from console.commands.outcome import CommandError
from console.server.lock import AlreadyServed, Served, ServerLock
from console.settings import Settings
from console.store import SqlEventLog, open_log
from console.workspace import Workspace, config_folder


@contextmanager
def log_alone(workspace: Workspace, settings: Settings) -> Iterator[SqlEventLog]:
    """Open a workspace's log to write it, no server running until the block ends; raises :class:`CommandError`."""
    lock = ServerLock(workspace)
    try:
        lock.take()
    except AlreadyServed as error:
        raise CommandError(f"{error} and does not answer yet; try again in a moment") from error
    try:
        with closing(open_log(workspace.root, config_folder(), address=settings.store.address)) as log:
            yield log
    finally:
        lock.release()


def unanswered(running: Served, error: Exception) -> CommandError:
    """Return what to say where a server that runs does not answer as it should."""
    return CommandError(
        f"the desk server at {running.url} (process {running.pid}) does not answer: {type(error).__name__}"
    )
