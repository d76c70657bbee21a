"""Visits to the web chat that ended before their cookies do, for all servers of a team."""

import hashlib
import threading
import time
from collections.abc import Callable
from typing import Final

import structlog
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from console.store.postgres.database import PostgresDatabase
from console.store.schema import ended_visits

READ_AGAIN: Final = 5.0
"""Seconds after which a visit that ended on one server has ended on all."""

_log = structlog.get_logger(__name__)


class SharedEndedVisits:
    """Keeps what has ended in memory and writes it down beside; ``clock`` yields seconds since 1970."""

    def __init__(self, database: PostgresDatabase, clock: Callable[[], float] = time.time) -> None:
        self._database, self._clock = database, clock
        self._until: dict[str, int] = {}
        self._read()
        threading.Thread(target=self._follow, name="visits", daemon=True).start()

    def add(self, visit: str, seconds: float) -> None:
        """End a visit whose cookies hold for so many seconds at most."""
        digest, until = _digest(visit), int(self._clock() + seconds)
        self._until[digest] = until
        threading.Thread(target=self._write, args=(digest, until), daemon=True).start()

    def __contains__(self, visit: str) -> bool:
        return self._until.get(_digest(visit), 0) > self._clock()

    def _follow(self) -> None:
        while not self._database.closed.wait(READ_AGAIN):
            self._read()

    def _read(self) -> None:
        try:
            with self._database.side.connect() as connection:
                rows = connection.execute(
                    select(ended_visits.c.digest, ended_visits.c.until).where(ended_visits.c.until > self._clock())
                )
                self._until = {**{row.digest: row.until for row in rows}, **self._standing()}
        except DBAPIError as error:
            _log.warning("ended visits cannot be read", why=str(self._database.explain(error)))

    def _standing(self) -> dict[str, int]:
        now = self._clock()
        return {digest: until for digest, until in self._until.items() if until > now}

    def _write(self, digest: str, until: int) -> None:
        row = {"digest": digest, "until": until}
        over = delete(ended_visits).where(ended_visits.c.until < self._clock())
        try:
            with self._database.side.begin() as connection:
                connection.execute(over)
                connection.execute(insert(ended_visits).values(row).on_conflict_do_nothing())
        except DBAPIError as error:
            _log.warning("an ended visit could not be written down", why=str(self._database.explain(error)))


def _digest(visit: str) -> str:
    """Return what an ended visit is kept by; not the digest that anonymous customers are known by."""
    return hashlib.sha256(f"ended\x00{visit}".encode()).hexdigest()
