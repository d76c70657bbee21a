"""The event log's database on PostgreSQL, which several desk servers write to.

Numbers are given out under an advisory lock that is held until the transaction ends, so that they are committed in
their order and without gaps; a sequence of PostgreSQL promises neither. Each commit tells the other servers.
"""

import secrets
import threading
from typing import Final

import psycopg
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from console.desk.log import LogError
from console.store.postgres.address import conninfo, shown
from console.store.postgres.faults import explain
from console.store.postgres.listening import own_channel
from console.store.postgres.pool import watched

READERS: Final = 8
"""Connections kept for reading; as many more are opened for a moment when all are busy."""

WRITING: Final = 7_236_001
"""The advisory lock of whoever writes; any number that no other program uses in this database."""

HELD_SECONDS: Final = 5
"""Seconds after which a server that began to write and says no more is thrown out: all others wait for it."""

CHANNEL: Final = "secondchair_events"
"""The channel on which each commit is told; what is told is who wrote it. Each schema has its own."""

_SIDE: Final = ((2, 6), (1, 1))
"""Connections that are kept, and opened beyond them, for what lies beside a log; and beside one that few read."""

_LOCK: Final = text("SELECT pg_advisory_xact_lock(:lock, hashtext(current_schema()))").bindparams(lock=WRITING)
_TELL: Final = text(f"SELECT pg_notify({own_channel(':channel')}, :told_by)").bindparams(channel=CHANNEL)


class PostgresDatabase:
    """One database (or one schema of it, by ``?options=-csearch_path%3D…``), for as many servers as share it."""

    def __init__(self, address: str, *, readers: int = READERS) -> None:
        """``address`` is postgresql://user:password@host/database; raises ``ValueError`` for another.

        ``readers`` connections are kept for readers, and as many more are opened where that is not enough.
        """
        self.name = shown(address)
        self.told_by = secrets.token_hex(8)
        """What this server says of itself when it has written: its own news are none to itself."""
        self._address = address
        self.closed = threading.Event()
        # so that what follows the lock sees what came before it
        self.writer = self._engine(1, 0, "READ COMMITTED", f"-c idle_in_transaction_session_timeout={HELD_SECONDS}s")
        self.side = self._engine(*_SIDE[readers < READERS], "READ COMMITTED")  # may take its time, beside the log
        self.reader = self._engine(readers, readers, "REPEATABLE READ", "-c default_transaction_read_only=on")
        self.single: Engine = self.reader.execution_options(isolation_level="AUTOCOMMIT")

    def lock(self, connection: Connection) -> None:
        """Wait until no other server writes; see :class:`console.store.database.Database`."""
        connection.execute(_LOCK)

    def announce(self, connection: Connection) -> None:
        """Let the other servers hear of this transaction once it is committed."""
        connection.execute(_TELL, {"told_by": self.told_by})

    def explain(self, error: DBAPIError) -> LogError:
        """Return what went wrong with the database and what to do."""
        return explain(error.orig, self.name)

    def faults(self, connection: Connection) -> str:
        """Return nothing: PostgreSQL checks its own pages (``data_checksums``), and refuses a broken one when read."""
        return ""

    def vacuum(self) -> None:
        """Give up the space of what was erased, so that it is overwritten in time.

        Back-ups and the database's log of changes (WAL) keep it until they expire.
        """
        with self.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM payloads, conversations, outbox, drafts, files"))

    def close(self) -> None:
        """Close every connection."""
        self.closed.set()
        for engine in (self.reader, self.writer, self.side):
            engine.dispose()

    def _engine(self, kept: int, more: int, isolation: str, *options: str) -> Engine:
        where = conninfo(self._address, *options)
        return watched(
            create_engine(
                "postgresql+psycopg://",
                hide_parameters=True,
                creator=lambda: psycopg.connect(where),
                pool_size=kept,
                max_overflow=more,
                pool_timeout=10,
                isolation_level=isolation,
            )
        )
