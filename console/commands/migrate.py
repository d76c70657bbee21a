"""``secondchair migrate``: an embedded workspace into the database of a team."""

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer

from console.accounts.copying import bring_accounts
from console.accounts.errors import AccountsError
from console.commands.outcome import CommandError, say
from console.commands.practice_moving import practice_moved
from console.commands.progress import Show, shown
from console.desk.log import LogError
from console.server.lock import AlreadyServed, ServerLock
from console.settings import Settings
from console.store.audit import Head
from console.store.files import FileFolder
from console.store.keys import VARIABLE, key_path
from console.store.log import SqlEventLog
from console.store.moving import mark_moved, move, prepare
from console.store.opening import open_log
from console.workspace import Workspace, config_folder

_NEXT: Final = """Each server, and each command for the team, needs both, in every terminal:
export SECONDCHAIR_STORE__ADDRESS=…    # the address that you gave
export SECONDCHAIR_AUDIT_KEY={key}"""


def migrate(workspace: Workspace, settings: Settings, address: str) -> None:
    """Move the workspace's log and files to ``address``; raises :class:`CommandError` with what to do."""
    if settings.store.address:
        raise CommandError(
            f"the settings say that the log lies in a database already; to move the one in {workspace.root}, take "
            f"SECONDCHAIR_STORE__ADDRESS out of the environment, or [store] address out of {workspace.config}"
        )
    if not workspace.database.exists():
        raise CommandError(f"{workspace.root}: there is no event log here; a server with [store] address begins one")
    lock = ServerLock(workspace)
    try:
        lock.take()
    except AlreadyServed as error:
        raise CommandError(f"{error}; stop it, then migrate") from error
    try:
        _move(workspace, address)
    finally:
        lock.release()


def _move(workspace: Workspace, address: str) -> None:
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.files import SqlFiles

    try:
        target = PostgresDatabase(address)
    except ValueError as error:
        raise CommandError(str(error)) from error
    log = open_log(workspace.root, config_folder())
    practice = _practice(workspace, log)
    try:
        prepare(target)
        with shown("Moving the log") as show, _beside(practice, address, show) as practised:
            known = bring_accounts(workspace.accounts, address)  # before the log: with that, the desk has moved
            head = move(log.database, target, log.key, lambda done, total: show(done, total, "events"))
        files, kept, place = SqlFiles(target), FileFolder(workspace.files), log.attachments()
        lost = 0
        for name in place:
            data = kept.get(name)
            if data is None:
                lost += 1
            else:
                files.put(name, data)
        for moved in (log, practice) if practice is not None else (log,):
            mark_moved(moved.database.writer, target.name)
    except AccountsError as error:
        raise CommandError(str(error)) from error
    finally:
        if practice is not None:
            practice.close()
        log.close()
        target.close()
    if lost:
        say(f"{lost} files that messages name were missing or damaged here already.")
    counts = f"events: {head.seq}, files: {len(place) - lost}, people: {known}"
    if practised is not None:
        counts += f", events of practice: {practised.seq}"
    typer.echo(f"Moved to {target.name}; {counts}; the chain is whole. {workspace.database} stays as it was.")
    typer.echo(_NEXT.format(key=_key(log.workspace)))


def _practice(workspace: Workspace, log: SqlEventLog) -> SqlEventLog | None:
    """Open the log of practice; ``None``, and said, where it stays behind or there is none."""
    if not workspace.practice.database.exists():
        return None
    try:
        practice = open_log(workspace.practice.root, config_folder(), shared_key=log.key)
    except LogError as error:
        say(f"The log of practice stays behind: {error}")
        return None
    if practice.key.fingerprint == log.key.fingerprint:
        return practice
    say("The log of practice stays behind: it has an audit key of its own, and the servers of a team have one for all.")
    practice.close()
    return None


@contextmanager
def _beside(practice: SqlEventLog | None, address: str, show: Show) -> Iterator[Head | None]:
    """Move the log of practice, where there is one, and take it back where the block fails."""
    if practice is None:
        yield None
        return
    moving = practice_moved(practice.database, practice.key, address, lambda done, total: show(done, total, "events"))
    with moving as head:
        yield head


def _key(workspace: str) -> str:
    """Return how a shell comes by the audit key, which is shown nowhere."""
    if os.environ.get(VARIABLE):
        return "…    # as it is set here"
    return f"$(cat {shlex.quote(str(key_path(config_folder(), workspace)))})    # elsewhere: what is in that file"
