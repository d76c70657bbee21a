"""Where the accounts lie: a SQLite file of the workspace, or the database of a team.

Several processes open the file (a server, the command line), so it is not in WAL mode: SQLite 3.7.0 to 3.51.2 can
damage such a database when one connection writes while another one checkpoints.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from console.accounts.errors import AccountsUnavailable

PATIENCE: Final = 5.0
"""Seconds to wait for another process that writes to the file."""

CHANGING: Final = 7_236_101
"""PostgreSQL's advisory lock of whoever changes accounts; any number that nothing else uses in this database."""

_LOCK: Final = text("SELECT pg_advisory_xact_lock(:lock, hashtext(current_schema()))").bindparams(lock=CHANGING)
_PRAGMAS: Final = ("journal_mode=DELETE", "synchronous=FULL", "secure_delete=ON")


class Database:
    """Transactions on an engine: PostgreSQL's, or what :func:`sqlite_engine` returns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read in one transaction. Raises :class:`AccountsUnavailable`."""
        with self._explained(), self._engine.connect().execution_options(only_reads=True) as connection:
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """Have the accounts to oneself until the block ends, then commit. Raises :class:`AccountsUnavailable`."""
        with self._explained(), self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(_LOCK)
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            why = _not_ours(self._engine.url.database) or (str(cause).strip().splitlines() or ["no answer"])[0]
            place = f" in {self._engine.url.database}" if self._engine.url.database else ""
            raise AccountsUnavailable(f"the accounts{place} cannot be read or written right now ({why})") from error


def sqlite_engine(path: Path) -> Engine:
    """Return the engine of a file that only its owner may read; it is made where it is missing."""
    uri = f"file:{quote(str(path))}?mode=rwc"

    def connect() -> sqlite3.Connection:
        _keep_private(path)
        # isolation_level None: the driver begins nothing on its own, so that BEGIN IMMEDIATE is ours to say
        made = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            for pragma in _PRAGMAS:
                made.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            made.close()
            raise
        return made

    shown = URL.create("sqlite+pysqlite", database=str(path))  # for messages; connections come from above
    engine = create_engine(shown, creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=60)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("only_reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _not_ours(place: str | None) -> str:
    """Return why a file cannot be had, where it is the system that refuses; SQLite does not say it."""
    folder = Path(place).parent if place else None
    refused = folder is not None and folder.exists() and not os.access(folder, os.W_OK | os.X_OK)
    return "Permission denied" if refused else ""


def _keep_private(path: Path) -> None:
    """Make the file for its owner alone before SQLite does; its journal gets the same mode."""
    with contextlib.suppress(OSError):  # what cannot be done here, SQLite will say in its own words
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
