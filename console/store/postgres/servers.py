"""The servers of a team that share a database: :class:`console.desk.servers.Servers` on PostgreSQL."""

from collections.abc import Callable
from typing import Final

import psycopg
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from console.desk.log import LogUnwritable
from console.desk.servers import Busy, Gained, Release, part_of
from console.store.postgres import locks
from console.store.postgres.address import conninfo, shown
from console.store.postgres.database import CHANNEL
from console.store.postgres.faults import explain
from console.store.postgres.listening import Listening, own_channel
from console.store.postgres.pool import watched
from console.store.postgres.sharing import Sharing

TOLD: Final = "secondchair_told"
"""The channel of what passes and is not logged."""

MOST: Final = 7_900
"""Bytes that PostgreSQL passes on at once are fewer than 8,000."""

_TELL: Final = text(f"SELECT pg_notify({own_channel(':channel')}, :told)")


class PostgresServers:
    """One server among those of ``address``."""

    shared = True

    def __init__(self, address: str, told_by: str = "") -> None:
        """``told_by`` is what this server's own writer says of itself: what it tells is no news here."""
        self._address, self._name, self._told_by = address, shown(address), told_by
        self._listening: Listening | None = None
        self._sharing: Sharing | None = None
        self._engine = watched(
            create_engine(
                "postgresql+psycopg://",
                hide_parameters=True,
                creator=self._connect,
                pool_size=locks.KEPT,
                max_overflow=locks.AT_ONCE - locks.KEPT,
                pool_timeout=20,
                isolation_level="AUTOCOMMIT",
            )
        )

    def start(self, news: Callable[[], None], told: Callable[[str], None], gained: Gained) -> None:
        """Begin to listen and to take part; see :class:`~console.desk.servers.Servers`."""

        def written(by: str) -> None:
            if not by or by != self._told_by:
                news()

        calls = {CHANNEL: written, TOLD: lambda text: told(text) if text else None}
        self._listening = Listening(self._connect, calls)
        self._sharing = Sharing(self._connect, gained)
        self._listening.start()
        self._sharing.start()

    def mine(self, name: str) -> bool:
        """Return whether this server does the work of this name."""
        return self._sharing is not None and self._sharing.mine(part_of(name))

    def parts(self) -> int:
        """Return how many parts of the work are this server's."""
        return self._sharing.count if self._sharing is not None else 0

    def take(self, name: str) -> Release:
        """Wait until nobody else decides on ``name``."""
        try:
            return locks.take(self._engine, name)
        except DBAPIError as error:
            raise explain(error.orig, self._name) from error
        except NoConnectionFree as error:
            raise LogUnwritable(f"{self._name} is too busy: no decision could be made for a while.") from error

    def tell(self, text: str) -> None:
        """Tell the other servers something of up to ``MOST`` bytes; what is longer is not told."""
        if len(text.encode()) > MOST:
            return
        try:
            with self._engine.connect() as connection:
                connection.execute(_TELL, {"channel": TOLD, "told": text})
        except DBAPIError as error:
            raise explain(error.orig, self._name) from error

    def leave(self, busy: Busy) -> None:
        """Begin nothing more, and let go of each part once nothing goes on in it."""
        if self._sharing is not None:
            self._sharing.leave(busy)

    def close(self) -> None:
        """Leave: the others take over at once."""
        for part in (self._sharing, self._listening):
            if part is not None:
                part.close()
        self._engine.dispose()

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(conninfo(self._address))
