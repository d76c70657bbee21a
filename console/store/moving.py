"""Moves the log of a workspace into a team's database: every event, payload, cursor and draft as it is.

All of it goes in one transaction, and is checked there by the same audit key before it counts. The file stays as it
was, but for a mark, so that nobody goes on writing to it by mistake.
"""

import sqlite3
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, Engine, Table, func, insert, select
from sqlalchemy.exc import DBAPIError

from console.desk.log import LogError, LogUnwritable
from console.store import keeping, reading, verify, writing
from console.store.audit import AuditKey, Head
from console.store.database import Database
from console.store.migrate import migrate
from console.store.schema import content_files, cursors, drafts, ended_visits, events, meta, payloads

MOVED: Final = "moved"
"""The fact of a log that lies elsewhere now."""

AT_ONCE: Final = 1_000
"""Rows that are written together."""

Show = Callable[[int, int], None]
"""Told how much is over, of how much."""


def move(source: Database, target: Database, key: AuditKey, show: Show) -> Head:
    """Copy the log, and return the end of its chain.

    Raises :class:`LogUnwritable` where the target holds a log already, and :class:`LogError` where what arrived is not
    what was sent; then nothing has changed.
    """
    try:
        return _move(source, target, key, show)
    except DBAPIError as error:
        database = source if isinstance(error.orig, sqlite3.Error) else target
        raise database.explain(error) from error


def _move(source: Database, target: Database, key: AuditKey, show: Show) -> Head:
    with source.reader.connect() as here, target.writer.begin() as there:
        target.lock(there)
        migrate(there, target.name)
        require_no_log(there, target.name)
        workspace = reading.fact(here, "workspace")
        if moved := reading.fact(here, MOVED):
            raise LogUnwritable(f"This log was moved to {moved} already.")
        for table in (meta, cursors, drafts, payloads, content_files, ended_visits, events):
            copy_rows(here, there, table, show if table is events else lambda *_: None)
        keeping.rebuild(there)
        head = reading.head(here, workspace)
        verdict = verify.verify(there, key, workspace, head)
        if not verdict.whole or reading.head(there, workspace) != head:
            raise LogError(f"What arrived in {target.name} is not whole ({verdict.reason}). Nothing was moved.")
    return head


def require_no_log(connection: Connection, name: str) -> None:
    """Raise :class:`LogUnwritable` where a database holds a log."""
    if reading.fact(connection, "workspace"):
        raise LogUnwritable(f"{name} holds a log already. Name an empty database.")


def prepare(target: Database) -> None:
    """Bring a database's tables, and refuse one that holds a log. Raises :class:`LogError`."""
    try:
        with target.writer.begin() as connection:
            target.lock(connection)
            migrate(connection, target.name)
            require_no_log(connection, target.name)
    except DBAPIError as error:
        raise target.explain(error) from error


def mark_moved(writer: Engine, where: str) -> None:
    """Let nobody write to the log any more that was moved."""
    with writer.begin() as connection:
        writing.set_fact(connection, MOVED, where)


def refuse_moved(connection: Connection, name: str) -> None:
    """Raise :class:`LogUnwritable` where the log lies elsewhere now."""
    if where := reading.fact(connection, MOVED):
        raise LogUnwritable(
            f"{name} was moved to {where}. Name that in [store] address, or in SECONDCHAIR_STORE__ADDRESS."
        )


def copy_rows(here: Connection, there: Connection, table: Table, show: Show) -> None:
    """Copy the rows of a table as they are."""
    total, done = here.execute(select(func.count()).select_from(table)).scalar() or 0, 0
    for rows in here.execution_options(yield_per=AT_ONCE).execute(select(table)).mappings().partitions():
        there.execute(insert(table), [dict(row) for row in rows])
        done += len(rows)
        show(done, total)
