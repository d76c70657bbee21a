"""Hears what other servers write and tell, through PostgreSQL's LISTEN, on a connection and a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

import psycopg
from psycopg import sql

from console.store.postgres.faults import first_line

LOOKS_EVERY: Final = 5.0
"""Seconds after which it asks for news without having been told: what was told while a connection died is lost."""

COMES_BACK_AFTER: Final = 0.25
"""Seconds from a lost connection to the next try; a database that starts again is back within seconds."""


def own_channel(name: str) -> str:
    """Return the SQL for the channel of the connection's own schema; ``name`` is SQL for what all of them call it.

    PostgreSQL's channels belong to the database: who practises beside a desk must not be heard there.
    """
    return f"CASE current_schema() WHEN 'public' THEN {name} ELSE {name} || '_' || hashtext(current_schema()) END"


_warn = logging.getLogger(__name__).warning


class Listening:
    """Calls a function for each of these channels, with what was told; and all of them with "" after a silence."""

    def __init__(self, connect: Callable[[], psycopg.Connection], calls: Mapping[str, Callable[[str], None]]) -> None:
        self._connect, self._calls = connect, calls
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)

    def start(self) -> None:
        """Begin to listen; what is told from the first connection on is heard."""
        self._thread.start()

    def close(self) -> None:
        """Stop, within a second or so."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(3)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                if not self._ended.is_set():
                    _warn("the other servers are not heard (%s); trying again", first_line(error))
                self._ended.wait(COMES_BACK_AFTER)

    def _listen(self) -> None:
        with self._connect() as connection:
            connection.autocommit = True
            calls = {_channel(connection, name): call for name, call in self._calls.items()}
            for channel in calls:
                connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            looked = 0.0
            while not self._ended.is_set():
                if time.monotonic() - looked >= LOOKS_EVERY:
                    looked = time.monotonic()
                    for call in calls.values():
                        call("")
                for heard in connection.notifies(timeout=0.5, stop_after=1):
                    if heard.pid != connection.info.backend_pid:
                        calls[heard.channel](heard.payload)


def _channel(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute(f"SELECT {own_channel('%(name)s::text')}", {"name": name}).fetchone()
    assert row is not None  # noqa: S101 - an expression has a value
    return str(row[0])
