"""Shares the parts of the work among the servers, by advisory locks that end with the connection that holds them.

Each server holds one shared lock, by which the others count it, and one lock for each part that is its own: no more
than its fair share, so that what a newcomer needs is let go. A server that ends, however it ends, loses its connection
and with it its parts; one that is frozen is put out by the others.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection
from typing import Final

import psycopg

from console.desk.servers import PARTS, Busy, Gained
from console.store.postgres.faults import first_line

EVERY: Final = 1.0
"""Seconds between two looks; what a dead server did is taken over in about two."""

LETTING_GO: Final = 0.1
"""The same while this server leaves."""

FROZEN_AFTER: Final = 10
"""Seconds without a look of its own after which a server is put out."""

STALE: Final = 5.0
"""Seconds without a look after which this server does nothing that must be done once: the others may have taken it."""

PRESENT: Final = 7_236_002
PARTS_OF: Final = 7_236_003

_KEYS: Final = (
    "SELECT part, hashtext(current_schema() || ':' || part)::int8 & x'ffffffff'::int8 "
    "FROM generate_series(-1, %s) AS part"
)
"""The keys of the locks; each schema of a database has its own. Number -1 is the one by which servers are counted."""

_LOOK: Final = (
    "SELECT l.classid::int8, l.objid::int8, l.pid, l.pid = pg_backend_pid(), "
    "coalesce(clock_timestamp() - a.query_start > make_interval(secs => %s), false) "
    "FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid) "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.classid IN (%s, %s) "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)

_warn = logging.getLogger(__name__).warning


class Sharing:
    """Holds this server's share. ``gained`` is told, in a thread, what has come to it."""

    def __init__(self, connect: Callable[[], psycopg.Connection], gained: Gained) -> None:
        self._connect, self._gained = connect, gained
        self._held: frozenset[int] = frozenset()
        self._looked = 0.0
        self._ended, self._woken = threading.Event(), threading.Event()
        self._busy: Busy | None = None
        """Which parts are still needed; set once this server leaves."""
        self._thread = threading.Thread(target=self._run, name="sharing", daemon=True)

    def start(self) -> None:
        """Begin to take part."""
        self._thread.start()

    def mine(self, part: int) -> bool:
        """Return whether a part is this server's."""
        return self._busy is None and part in self._held and time.monotonic() - self._looked < STALE

    @property
    def count(self) -> int:
        """How many parts this server holds."""
        return len(self._held) if time.monotonic() - self._looked < STALE else 0

    def leave(self, busy: Busy) -> None:
        """Let nothing more begin here, and each part go once it is not ``busy``."""
        self._busy = busy
        self._woken.set()

    def close(self) -> None:
        """Let go of everything: the connection ends, and the locks with it."""
        self._ended.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(3)

    def _run(self) -> None:
        while not self._ended.is_set() and self._busy is None:
            try:
                with self._connect() as connection:
                    connection.autocommit = True
                    self._share(connection)
            except psycopg.Error as error:
                if not self._ended.is_set():
                    _warn("this server does no work that is shared (%s); trying again", first_line(error))
            finally:
                self._held = frozenset()
            self._ended.wait(EVERY / 4)

    def _share(self, connection: psycopg.Connection) -> None:
        keys: dict[int, int] = dict(connection.execute(_KEYS, [PARTS - 1]).fetchall())
        connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", [PRESENT, _signed(keys[-1])])
        while not self._ended.is_set() and self._busy is None:
            self._look(connection, keys)
            self._woken.wait(EVERY)
            self._woken.clear()
        if self._busy is not None:
            self._let_go(connection, keys, self._busy)

    def _let_go(self, connection: psycopg.Connection, keys: dict[int, int], busy: Busy) -> None:
        """Be counted no more, so that the others take all, and give them each part as it falls idle."""
        connection.execute("SELECT pg_advisory_unlock_shared(%s, %s)", [PRESENT, _signed(keys[-1])])
        while self._held and not self._ended.is_set():
            self._looked = time.monotonic()
            self._release(connection, keys, self._held - busy())
            self._ended.wait(LETTING_GO)

    def _release(self, connection: psycopg.Connection, keys: dict[int, int], parts: Collection[int]) -> None:
        self._held -= frozenset(parts)  # first, so that nothing is begun on what is let go
        for part in parts:
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", [PARTS_OF, _signed(keys[part])])

    def _look(self, connection: psycopg.Connection, keys: dict[int, int]) -> None:
        """Let go of what is too much, or take what is free and wanting."""
        locks = connection.execute(_LOOK, [FROZEN_AFTER, PRESENT, PARTS_OF]).fetchall()
        was_stale, self._looked = time.monotonic() - self._looked >= STALE, time.monotonic()
        servers = [(pid, own, frozen) for kind, key, pid, own, frozen in locks if (kind, key) == (PRESENT, keys[-1])]
        for pid, own, frozen in servers:
            if frozen and not own:
                _warn("a server that gives no sign of life is put out (process %s of the database)", pid)
                connection.execute("SELECT pg_terminate_backend(%s)", [pid])
        fair = -(-PARTS // max(1, len(servers)))
        held = sorted(self._held)
        if len(held) > fair:
            self._release(connection, keys, held[fair:])
        elif len(held) < fair:
            taken = {key for kind, key, *_ in locks if kind == PARTS_OF}
            free = [part for part in range(PARTS) if keys[part] not in taken][: fair - len(held)]
            self._add(connection, {part: _signed(keys[part]) for part in free})
        if was_stale and held:
            self._gained(self._held)  # what came meanwhile nobody has begun

    def _add(self, connection: psycopg.Connection, free: dict[int, int]) -> None:
        """Take these parts, unless another server is faster."""
        take = "SELECT part FROM unnest(%s::int4[], %s::int4[]) AS t(part, key) WHERE pg_try_advisory_lock(%s, key)"
        found = connection.execute(take, [list(free), list(free.values()), PARTS_OF]).fetchall()
        if come := frozenset(part for (part,) in found):
            self._held |= come
            self._gained(come)


def _signed(key: int) -> int:
    """Return a key as PostgreSQL takes it: it shows as unsigned what it takes as signed."""
    return key - 2**32 if key >= 2**31 else key
