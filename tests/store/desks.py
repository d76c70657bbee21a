"""Where the contract's logs live: what a test needs of a database beside the port."""

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import Connection, event

from console.store import SqlEventLog, open_log
from tests.postgres import Server


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

    def bytes_kept(self) -> Iterator[tuple[str, bytes]]:
        """Yield all that the database keeps, as far as this program answers for it, each part with its name."""

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

    def bytes_kept(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files."""
        return ((file.name, file.read_bytes()) for file in self.workspace.iterdir())

    def close(self) -> None:
        """Close every log."""
        while self._opened:
            self._opened.pop().close()


def before_commit(log: SqlEventLog, hook: Callable[[], None]) -> None:
    """Call ``hook`` inside each write transaction of ``log``, when all is written and nothing committed."""

    def called(_connection: Connection) -> None:
        hook()

    event.listen(log.database.writer, "commit", called)


class PostgresDesk:
    """A database of its own on a PostgreSQL server; every log that is opened is another server's."""

    def __init__(self, server: Server, workspace: Path, keys: Path) -> None:
        self.workspace = workspace
        self.keys = keys
        self._database = f"desk_{secrets.token_hex(6)}"
        self._server = server
        self._opened: list[SqlEventLog] = []
        server.execute(f"create database {self._database}")

    @property
    def address(self) -> str:
        """How its servers reach it."""
        return self._server.dsn.replace("/postgres?", f"/{self._database}?")

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """Return what the database answers to a question."""
        with psycopg.connect(self.address) as connection:
            return connection.execute(question.encode()).fetchall()

    def open(self, *, read_only: bool = False) -> SqlEventLog:
        """Open the log as one more server does."""
        log = open_log(self.workspace, self.keys, address=self.address, read_only=read_only)
        self._opened.append(log)
        return log

    def writers(self) -> tuple[SqlEventLog, SqlEventLog]:
        """Return the logs of two servers."""
        return self.open(), self.open()

    def tamper(self, *statements: str) -> None:
        """Drop the triggers and run the statements, each of which must change something."""
        self.close()
        with psycopg.connect(self.address, autocommit=True) as connection:
            triggers = connection.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
            ).fetchall()
            for name, table in triggers:
                connection.execute(f"DROP TRIGGER {name} ON {table}".encode())
            for statement in statements:
                changed = connection.execute(statement.encode())
                assert changed.rowcount != 0, f"nothing to change: {statement}"

    def bytes_kept(self) -> Iterator[tuple[str, bytes]]:
        """Yield the tables, row by row: its disk is the database's own affair."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            tables = connection.execute("SELECT relname FROM pg_stat_user_tables").fetchall()
            for (table,) in tables:
                with connection.cursor().copy(f"COPY {table} TO STDOUT".encode()) as rows:
                    yield from ((table, bytes(row)) for row in rows)

    def close(self) -> None:
        """Close every log."""
        while self._opened:
            self._opened.pop().close()

    def cut_off(self) -> None:
        """Break every connection that the servers have, and wait until they are gone."""
        with psycopg.connect(self._server.dsn, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = %s", [self._database]
            )

    def remove(self) -> None:
        """Drop the database."""
        self.close()
        self._server.execute(f"drop database if exists {self._database} with (force)")
