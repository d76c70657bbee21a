"""Connections to one database: kept for the next search, replaced when the server was restarted; its errors in words.

No thread and no ping: a search that meets a dead connection is asked once more on a fresh one, which costs nothing
where all is well. Nothing depends on a session, so that a pooler between (PgBouncer, by transaction) is welcome.
"""

import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg import conninfo

from knowledge.errors import IndexUnwritable, StoreUnavailable
from knowledge.text import one_line

Connection = psycopg.Connection[tuple[Any, ...]]

T = TypeVar("T")

_KEPT = 8
"""Connections kept open for searches to come; more are opened when more search at once, and closed after."""

_DEFAULTS = {
    "connect_timeout": "5",
    "application_name": "knowledge index",
    # A server that vanished without a word is noticed after 15 s instead of hours.
    "keepalives_idle": "5",
    "keepalives_interval": "5",
    "keepalives_count": "2",
    "tcp_user_timeout": "15000",
}


class Connections:
    """Opens, keeps and gives connections; may be used from any thread."""

    def __init__(self, dsn: str) -> None:
        """Nothing is opened yet. Raises StoreUnavailable where `dsn` is no address of PostgreSQL."""
        try:
            told = conninfo.conninfo_to_dict(dsn)
        except psycopg.ProgrammingError:
            # What libpq says may hold the password.
            raise StoreUnavailable(
                "the address of the vectors' database cannot be read; write postgresql://user:password@host/database"
            ) from None
        self._told = {key: str(value) for key, value in told.items()}
        self._conninfo = conninfo.make_conninfo("", **{**_DEFAULTS, **self._told})
        self._idle: deque[Connection] = deque()
        weakref.finalize(self, _close, self._idle)

    @property
    def place(self) -> str:
        """Which database it is, without the password."""
        told = {key: self._told.get(key, "") for key in ("user", "host", "port", "dbname")}
        port = f":{told['port']}" if told["port"] else ""
        user = f"{told['user']}@" if told["user"] else ""
        return f"{user}{told['host'] or 'localhost'}{port}/{told['dbname'] or told['user']}"

    def run(self, work: Callable[[Connection], T]) -> T:
        """What `work`, which only reads, returns; it is done again where a kept connection turns out to be dead."""
        while True:
            kept = self._taken()
            connection = kept or self.opened()
            try:
                result = work(connection)
            except psycopg.Error as error:
                dead = connection.broken or connection.closed
                connection.close()
                if kept and dead:
                    continue
                raise self.unavailable(error) from error
            except BaseException:
                connection.close()
                raise
            self._keep(connection)
            return result

    def opened(self) -> Connection:
        """A new connection, which commits each statement. Raises StoreUnavailable."""
        try:
            # Statements are not prepared: a pooler may send the next one to another session.
            return psycopg.connect(self._conninfo, autocommit=True, prepare_threshold=None)
        except psycopg.Error as error:
            raise self.unavailable(error) from error

    def unavailable(self, error: psycopg.Error) -> StoreUnavailable:
        """The error in words."""
        return StoreUnavailable(
            f"the vectors' database {self.place} cannot be used ({self._said(error)}); start it, or correct its address"
        )

    @contextmanager
    def writing(self, connection: Connection) -> Iterator[None]:
        """Turn what the database says to a writer into StoreUnavailable or IndexUnwritable."""
        try:
            yield
        except psycopg.Error as error:
            if connection.broken or connection.closed:
                raise StoreUnavailable(
                    f"the connection to the vectors' database {self.place} was lost ({self._said(error)}); run the "
                    "index command again; what was indexed before is unchanged"
                ) from error
            raise IndexUnwritable(
                f"the vectors could not be written to {self.place} ({self._said(error)}); mend this and run the index "
                "command again; what was indexed before is unchanged"
            ) from error

    def _said(self, error: psycopg.Error) -> str:
        said = one_line(str(error)) or type(error).__name__
        password = self._told.get("password")
        return said.replace(password, "…") if password else said

    def _taken(self) -> Connection | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _keep(self, connection: Connection) -> None:
        if connection.closed or len(self._idle) >= _KEPT:
            connection.close()
        else:
            self._idle.append(connection)


def _close(idle: deque[Connection]) -> None:
    while idle:
        idle.pop().close()
