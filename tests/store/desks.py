"""Where the contract's logs live: what a test needs of a database beside the port."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, event

from console.store import SqlEventLog, open_log


class Desk(Protocol):
    """One log's place. Every log it opened is closed with it."""

    workspace: Path
    keys: Path

    def open(self, *, read_only: bool = False) -> SqlEventLog:
        """Open the log of this place."""

    def writers(self) -> tuple[SqlEventLog, SqlEventLog]:
        """Return two logs that may write at once: one and the same where the database has one writer only."""

    def tamper(self, *statements: str) -> None:
        """Close every log and change the tables behind their back, as somebody with the database's password could."""

    def close(self) -> None:
        """Close every log."""


class SqliteDesk:
    """A workspace folder with ``desk.db``."""

    def __init__(self, workspace: Path, keys: Path) -> None:
        self.workspace = workspace
        self.keys = keys
        self._opened: list[SqlEventLog] = []

    def open(self, *, read_only: bool = False) -> SqlEventLog:
        """Open ``desk.db``."""
        log = open_log(self.workspace, self.keys, read_only=read_only)
        self._opened.append(log)
        return log

    def writers(self) -> tuple[SqlEventLog, SqlEventLog]:
        """Return one log twice: SQLite has one writer."""
        log = self.open()
        return log, log

    def tamper(self, *statements: str) -> None:
        """Drop the triggers and run the statements, each of which must change something."""
        self.close()
        connection = sqlite3.connect(self.workspace / "desk.db", isolation_level=None)
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, f"nothing to change: {statement}"
        connection.close()

    def close(self) -> None:
        """Close every log."""
        while self._opened:
            self._opened.pop().close()


def before_commit(log: SqlEventLog, hook: Callable[[], None]) -> None:
    """Call ``hook`` inside each write transaction of ``log``, when all is written and nothing committed."""

    def called(_connection: Connection) -> None:
        hook()

    event.listen(log.database.writer, "commit", called)
