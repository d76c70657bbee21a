"""Brings accounts from one place to another: a workspace's file into a team's database, and into back-ups and out."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select

from console.accounts import migrate
from console.accounts.database import Database, sqlite_engine
from console.accounts.errors import AccountsUnavailable
from console.accounts.opening import postgres_engine
from console.accounts.schema import metadata, notes, passwords, people, tokens

COPIED: Final = (people, passwords, tokens, notes)
"""What is brought along. Sessions stay behind: one that was revoked since must not come to life again."""


def copy_accounts(source: Engine, target: Engine) -> int:
    """Bring along all that the target does not have, in one transaction; returns how many people that is.

    Whoever is there already stays as they are. Raises :class:`~console.accounts.errors.AccountsUnavailable`.
    """
    with Database(source).reading() as here, Database(target).changing() as there:
        if not inspect(here).has_table(people.name):
            return 0
        migrate.migrate(there)
        before = _people(there)
        for table in COPIED:
            _copy(here, there, table)
        return _people(there) - before


def bring_accounts(file: Path, address: str) -> int:
    """Bring the accounts of a workspace's file into a team's database; returns how many people were not there yet.

    The file stays. Raises :class:`~console.accounts.errors.AccountsUnavailable`.
    """
    if not file.exists():
        return 0
    with _engines(sqlite_engine(file), postgres_engine(address)) as (own, team):
        return copy_accounts(own, team)


def save_accounts(file: Path, address: str, copy: Path) -> None:
    """Write the accounts to ``copy``, of the team's database at ``address``, or of a workspace's file.

    Raises :class:`~console.accounts.errors.AccountsUnavailable`, and ``OSError``.
    """
    if address:
        with _engines(postgres_engine(address), sqlite_engine(copy)) as (team, saved):
            copy_accounts(team, saved)
    elif file.exists():
        try:
            _save_file(file, copy)
        except sqlite3.Error as error:
            raise AccountsUnavailable(f"the accounts in {file} cannot be read right now ({error})") from error


def _save_file(file: Path, copy: Path) -> None:
    """Copy an accounts file as of one moment, while others may write to it; sessions are left out."""
    # read only, so that a workspace that may not be written can be backed up
    with (
        closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=5)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        copy.chmod(0o600)
        source.backup(target)
        there = {name for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        kept = {table.name for table in COPIED} | {"accounts_facts"}
        for table in sorted((set(metadata.tables) & there) - kept):  # a file of an earlier version has fewer
            target.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
        target.commit()
        target.execute("VACUUM")  # or the deleted rows would stand in it still


@contextmanager
def _engines(*engines: Engine) -> Iterator[tuple[Engine, ...]]:
    try:
        yield engines
    finally:
        for engine in engines:
            engine.dispose()


def _people(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(people)).scalar_one()


def _copy(here: Connection, there: Connection, table: Table) -> None:
    """Copy the rows whose key is not there yet; a note's number is its place's own, its ``uid`` is what it is."""
    key = notes.c.uid if table is notes else next(iter(table.primary_key))
    known = set(there.execute(select(key)).scalars())
    rows = [dict(row._mapping) for row in here.execute(select(table)) if row._mapping[key.name] not in known]
    if table is notes:
        rows = [{name: value for name, value in row.items() if name != "number"} for row in rows]
    if rows:
        there.execute(insert(table), rows)
