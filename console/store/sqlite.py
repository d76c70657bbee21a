"""The event log's database as one SQLite file.

SQLite 3.7.0 to 3.51.2 can damage a WAL database when one connection writes while another one checkpoints. Here nothing
but a single connection of a single process ever does either: a file lock keeps a second process from writing, and every
reader opens the file with ``mode=ro``, which may not checkpoint. So the SQLite that came with Python is safe to use.
"""

import contextlib
import logging
import os
import sqlite3
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from filelock import BaseFileLock, FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from console.desk.log import LogDamaged, LogError, LogUnwritable
from console.store.errors import LogAbsent, LogLocked

READERS: Final = 8
"""Connections kept for reading; more are opened for a moment when all are busy."""

PATIENCE: Final = 5.0
"""Seconds to wait for a lock that another program holds on the file."""

TRIES: Final = 3
"""Times that the log of changes is tried to be emptied while others read."""

_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")


class SqliteDatabase:
    """One SQLite file: a single connection that writes, and a pool that reads."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.name = str(path)
        self.path = path
        self._lock: BaseFileLock | None = None
        if read_only:
            if not path.is_file():
                raise LogAbsent(f"There is no event log at {path}. Name the workspace with --workspace.")
            self.reader = _engine(self.path, _reading_uri(path), "BEGIN")
            self.single = self.writer = self.reader
            return
        self._lock = _take_lock(path)
        _keep_private(path)
        self.writer = _engine(self.path, _uri(path, "rwc"), "BEGIN IMMEDIATE", single=True)
        self.reader = self.single = _engine(self.path, _uri(path, "ro"), "BEGIN")

    def lock(self, connection: Connection) -> None:
        """Nothing is left to do: the transaction began with ``BEGIN IMMEDIATE`` in the only process that writes."""

    def announce(self, connection: Connection) -> None:
        """Nobody is left to tell: the log has one server."""

    def explain(self, error: DBAPIError) -> LogError:
        """Return what went wrong with the file and what to do."""
        return explain(error.orig, self.path)

    def faults(self, connection: Connection) -> str:
        """Return the first fault that SQLite finds in the file; indexes and free pages are looked at too."""
        found = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar())
        return "" if found == "ok" else f"{self.path} is damaged ({found}). Put a back-up of the file in its place."

    def vacuum(self) -> None:
        """Write the log of changes back into the file and empty it; ``secure_delete`` has overwritten the rest."""
        with self.writer.connect() as connection:
            raw = connection.connection.driver_connection  # a checkpoint cannot run inside a transaction
            assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - for the type checker
            try:
                for _ in range(TRIES):  # each waits for those who read, PATIENCE long
                    if not raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                        return
            except sqlite3.Error as error:
                raise explain(error, self.path) from error
        _warn("%s is being read all the time: what was erased stays in the file beside it for a while", self.path)

    def close(self) -> None:
        """Close every connection, then let another process write."""
        self.reader.dispose()
        self.writer.dispose()
        if self._lock is not None:
            self._lock.release()


def explain(error: BaseException | None, path: Path) -> LogError:
    """Return what an error of SQLite means for the file at ``path``, and what to do about it."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, kind, meaning in _MEANINGS:
        if name.startswith(start):
            return kind(meaning.format(path=path, error=error))
    return LogError(f"{path}: {error}")


_warn = logging.getLogger(__name__).warning

_MEANINGS: Final[tuple[tuple[str, type[LogError], str], ...]] = (
    ("SQLITE_FULL", LogUnwritable, "The disk is full: {path} takes nothing more. Free some space; nothing is lost."),
    (
        "SQLITE_READONLY",
        LogUnwritable,
        "{path} is read-only. Make it and its folder writable, or use another workspace.",
    ),
    ("SQLITE_BUSY", LogLocked, "Another program holds {path} locked. Close it and try again."),
    ("SQLITE_LOCKED", LogLocked, "Another program holds {path} locked. Close it and try again."),
    ("SQLITE_CORRUPT", LogDamaged, "{path} is damaged. Put a back-up of the file in its place."),
    ("SQLITE_NOTADB", LogDamaged, "{path} is not a Second Chair log, or damaged. Put a back-up of it in its place."),
    ("SQLITE_CANTOPEN", LogUnwritable, "{path} cannot be opened. Check that the folder exists and can be written."),
    ("SQLITE_PERM", LogUnwritable, "{path} may not be opened. Check who owns it."),
    (
        "SQLITE_ERROR",
        LogDamaged,
        "{path} is not an event log as it should be ({error}). Put a back-up of it in its place.",
    ),
    ("SQLITE_IOERR", LogUnwritable, "The disk refused {path} ({error}). Check its free space and its health."),
)


def _engine(path: Path, uri: str, begin: str, *, single: bool = False) -> Engine:
    def connect() -> sqlite3.Connection:
        # isolation_level None: the driver begins nothing on its own, so that BEGIN IMMEDIATE is ours to say
        made = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            for pragma in _PRAGMAS if single else ("query_only=ON",):
                made.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            made.close()
            raise
        return made

    size: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if single else {"pool_size": READERS, "max_overflow": 56}
    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool, hide_parameters=True, **size)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path))}?mode={mode}"


def _reading_uri(path: Path) -> str:
    """Return how to open the file for reading: a folder that takes no ``-shm`` beside it is taken to be at rest."""
    uri = _uri(path, "ro")
    try:
        probe = sqlite3.connect(uri, uri=True, timeout=PATIENCE)
        try:
            probe.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        finally:
            probe.close()
    except sqlite3.OperationalError as error:
        wal = path.with_name(path.name + "-wal")
        if error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) and not (
            wal.is_file() and wal.stat().st_size
        ):
            return uri + "&immutable=1"
        raise explain(error, path) from error
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    return uri


def _keep_private(path: Path) -> None:
    """Make the file for its owner alone before SQLite does, or close one that others could read.

    SQLite gives ``-wal`` and ``-shm`` the mode of the file. What cannot be done here, it will say in its own words.
    """
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        for end in ("", "-wal", "-shm"):
            file = path.with_name(path.name + end)
            if file.exists() and file.stat().st_mode & 0o077:
                file.chmod(0o600)


def _take_lock(path: Path) -> BaseFileLock:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(path.with_name(path.name + ".lock"), timeout=0, thread_local=False, fallback_to_soft=False)
        lock.acquire()
    except Timeout as error:
        raise LogLocked(
            f"Another Second Chair process writes to {path}. Attach to it, or end it before you start this one."
        ) from error
    except OSError as error:
        raise LogUnwritable(
            f"{path.parent} cannot be written ({error.strerror or error}). Make it writable, or use another workspace."
        ) from error
    return lock
