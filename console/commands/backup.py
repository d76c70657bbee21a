"""``secondchair backup`` and ``secondchair restore``: a whole desk in one file, and back."""

import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import typer

from console.accounts.copying import bring_accounts, save_accounts
from console.accounts.errors import AccountsError
from console.backup.making import MEGABYTE, Files, Logs, make
from console.backup.manifest import NotABackup
from console.backup.restoring import NotRestored, Put, Target
from console.backup.restoring import restore as restored
from console.commands.outcome import CommandError, say
from console.commands.practice_moving import practice_moved
from console.commands.progress import Show, shown
from console.server.lock import AlreadyServed, ServerLock
from console.server.practice_store import SCHEMA, practice_to_read
from console.server.reading_log import log_to_read
from console.settings import Settings
from console.store.audit import AuditKey
from console.store.database import Database
from console.store.files import FileFolder
from console.store.keys import VARIABLE, key_path
from console.store.log import SqlEventLog
from console.store.moving import move, prepare
from console.store.sqlite import SqliteDatabase
from console.workspace import Workspace, config_folder

_OURS: Final = re.compile(r"secondchair-\d{8}T\d{6}\.tar\.gz")
"""The names that back-ups get in a folder that is kept in order."""


def backup(workspace: Workspace, settings: Settings, target: Path, keep: int | None) -> None:
    """Back a desk up while it runs, to a file, or with ``keep`` into a folder where the oldest go."""
    if keep is not None:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        target /= f"secondchair-{datetime.now(UTC):%Y%m%dT%H%M%S}.tar.gz"
    elif target.is_dir():
        raise CommandError(f"{target} is a folder: name a file, or how many are to be kept in it with --keep")
    if target.exists():
        raise CommandError(f"{target} is there already; a back-up is never written over")
    log = log_to_read(workspace, settings)
    if log is None:
        raise CommandError(f"{workspace.root}: there is no event log here, so there is nothing to back up")
    try:
        with _practice(workspace, settings, log) as practice, shown("Backing up") as show:
            files, logs = _files(workspace, log.database), Logs(log.database, practice)
            save = partial(save_accounts, workspace.accounts, settings.store.address)
            made = make(workspace, logs, files, log.key, target.absolute(), show, save)
    except AccountsError as error:
        raise CommandError(str(error)) from error
    finally:
        log.close()
    held = sum(name.startswith("files/") for name in made.manifest.parts)
    typer.echo(f"{target}: {made.manifest.events} events, {held} files, {made.size / MEGABYTE:.1f} MB.")
    if made.lost:
        say(f"{made.lost} files that messages name were missing or damaged here already.")
    say(
        f"The audit key is not in it, and nothing can be restored without: keep a copy of "
        f"{key_path(config_folder(), log.workspace)} (or of {VARIABLE}) in another place."
    )
    if keep is not None:
        _expire(target.parent, keep)


def restore(workspace: Workspace, settings: Settings, file: Path, *, older: bool) -> None:
    """Restore a desk into an empty workspace, and where the settings name a database, its log into that."""
    if not file.is_file():
        raise CommandError(f"{file}: there is no such file")
    lock = ServerLock(workspace)
    try:
        lock.take()
    except AlreadyServed as error:
        raise CommandError(f"{error}; name an empty workspace") from error
    try:
        with shown("Restoring") as show:
            target, team = _target(workspace, settings.store.address, show)
            try:
                done = restored(file, workspace, config_folder(), target, show, older=older)
            finally:
                if team is not None:
                    team.close()
    except NotABackup as error:
        raise CommandError(f"{file}: {error}") from error
    except (NotRestored, AccountsError) as error:
        raise CommandError(str(error)) from error
    finally:
        lock.release()
    where = target.place if team is not None else workspace.root
    manifest = done.manifest
    typer.echo(f"Restored to {where}: {manifest.events} events as of {manifest.made}; the chain is whole.")
    if done.without:
        say(f"The log of practice was left out: {done.without}")
    say("The knowledge base is made anew from the content at the next start; index other sources again.")


def _target(workspace: Workspace, address: str, show: Show) -> tuple[Target, Database | None]:
    if not address:
        return Target(str(workspace.database.resolve()), practice=str(workspace.practice.database.resolve())), None
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.address import in_schema
    from console.store.postgres.address import shown as told

    try:
        team, practice = PostgresDatabase(address), told(in_schema(address, SCHEMA))
    except ValueError as error:
        raise CommandError(str(error)) from error

    def put_practice(log: SqliteDatabase, key: AuditKey) -> AbstractContextManager[object]:
        prepare(team)  # whoever has a log there already has one of practice, too, or will
        return practice_moved(log, key, address, partial(show, unit="events"))

    return Target(team.name, _putting(team, address, workspace, show), practice, put_practice), team


def _putting(team: Database, address: str, workspace: Workspace, show: Show) -> Put:
    """Return what puts a log, the files of customers and the accounts into a team's database; the log last."""
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.files import SqlFiles

    assert isinstance(team, PostgresDatabase)  # noqa: S101 - for the type checker

    def put(log: SqliteDatabase, key: AuditKey) -> None:
        prepare(team)
        files = SqlFiles(team)
        for file in sorted(workspace.files.glob("??/*")):
            files.put(file.name, file.read_bytes())
        shutil.rmtree(workspace.files, ignore_errors=True)  # an erasure would not find them there
        bring_accounts(workspace.accounts, address)
        workspace.accounts.unlink(missing_ok=True)  # nobody would look there any more
        move(log, team, key, partial(show, unit="events"))

    return put


@contextmanager
def _practice(workspace: Workspace, settings: Settings, log: SqlEventLog) -> Iterator[Database | None]:
    """Open where the log of practice lies; ``None`` where nobody has practised yet."""
    practice = practice_to_read(workspace, settings, log.key)
    try:
        yield practice.database if practice is not None else None
    finally:
        if practice is not None:
            practice.close()


def _files(workspace: Workspace, database: Database) -> Files:
    if isinstance(database, SqliteDatabase):
        return FileFolder(workspace.files)
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.files import SqlFiles

    assert isinstance(database, PostgresDatabase)  # noqa: S101 - there is no other kind
    return SqlFiles(database)


def _expire(folder: Path, keep: int) -> None:
    """Delete the oldest back-ups of a folder; what has another name is left alone."""
    ours = sorted(file for file in folder.iterdir() if _OURS.fullmatch(file.name))
    for old in ours[:-keep]:
        old.unlink()
        say(f"{old} has expired.")
