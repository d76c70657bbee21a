"""One state of the log as a SQLite file of its own, taken while others write, from a file or from a team's database."""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy.exc import DBAPIError

from console.desk.log import LogUnwritable
from console.store.database import Database
from console.store.migrate import migrate
from console.store.moving import Show, copy_rows
from console.store.schema import events, files, metadata
from console.store.sqlite import PATIENCE, SqliteDatabase, explain

AT_ONCE = 2_048
"""Pages that are copied between two reports of progress."""


def snapshot(source: Database, into: Path, show: Show) -> None:
    """Write the state of this moment to ``into``, which is not there yet; raises :class:`LogError`.

    Files of customers are left out: they are copied one by one.
    """
    try:
        if isinstance(source, SqliteDatabase):
            _copy_file(source.path, into, show)
        else:
            _copy_rows(source, into, show)
    except sqlite3.Error as error:
        raise explain(error, into) from error
    except DBAPIError as error:
        database: Any = SqliteDatabase if isinstance(error.orig, sqlite3.Error) else source
        raise (explain(error.orig, into) if database is SqliteDatabase else source.explain(error)) from error


def _copy_file(path: Path, into: Path, show: Show) -> None:
    """Copy a file page by page inside one transaction that reads: writers go on, and the copy is of one moment."""
    source = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=PATIENCE, isolation_level=None)
    target = sqlite3.connect(into, isolation_level=None)
    try:
        source.execute("BEGIN")
        source.execute("SELECT max(seq) FROM events").fetchall()  # from here on it is one state that is read
        source.backup(target, pages=AT_ONCE, progress=lambda _, left, total: show(total - left, total))
        source.execute("ROLLBACK")
        _make_plain(target)
    finally:
        source.close()
        target.close()


def _copy_rows(source: Database, into: Path, show: Show) -> None:
    """Copy the rows of a team's database as of one moment: its readers see one state in a transaction."""
    target = SqliteDatabase(into)
    try:
        with source.reader.connect() as here, target.writer.begin() as there:
            migrate(there, target.name)
            for table in metadata.sorted_tables:
                if table is not files:
                    there.execute(table.delete())
                    copy_rows(here, there, table, show if table is events else lambda *_: None)
        with target.writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - for the type checker
            _make_plain(raw)
    except BaseException:
        target.close()
        raise
    target.close()
    if not into.is_file():
        raise LogUnwritable(f"{into} could not be written.")


def _make_plain(connection: sqlite3.Connection) -> None:
    """Let all of it lie in one file."""
    connection.execute("PRAGMA journal_mode=DELETE").fetchall()
