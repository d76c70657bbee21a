"""``secondchair customer``: what the desk keeps about one customer, taken away."""

import typer

from console.commands.outcome import CommandError
from console.server.lock import AlreadyServed, ServerLock
from console.store import open_log
from console.store.files import FileFolder
from console.store.log import SqlEventLog
from console.workspace import Workspace, config_folder


def erase(workspace: Workspace, customer: str, *, sure: bool) -> None:
    """Erase a customer's conversations and their files; without ``sure`` it is asked for once more.

    Events first: cut short after them, the next start of the desk, or this command, deletes the files. Raises
    :class:`CommandError` with what to do.
    """
    if not workspace.database.exists():
        raise CommandError(f"{workspace.root}: there is no event log here, so there is nothing to erase")
    if not sure:
        typer.confirm(f"Erase all conversations of customer '{customer}' and their files, for good?", abort=True)
    lock = ServerLock(workspace)
    try:
        lock.take()
    except AlreadyServed as error:
        raise CommandError(f"{error}; it would go on showing what is erased. Stop it, then erase") from error
    try:
        log = open_log(workspace.root, config_folder())
        try:
            typer.echo(_erased(workspace, log, customer))
        finally:
            log.close()
    finally:
        lock.release()


def _erased(workspace: Workspace, log: SqlEventLog, customer: str) -> str:
    events = log.erase(customer)
    try:
        files = FileFolder(workspace.files).keep_only(log.attachments())
    except OSError as error:
        raise CommandError(
            f"{events} events are erased, but {error.filename} could not be deleted ({error.strerror}); "
            "make it writable and run this again"
        ) from error
    if not events and not files:
        return f"There is nothing here of a customer '{customer}'; 'secondchair export' shows the ids."
    return f"Erased: {events} event{'' if events == 1 else 's'}, {files} file{'' if files == 1 else 's'}."
