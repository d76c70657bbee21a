"""Writes the next state in one transaction: until it is committed nobody sees it, and a killed run leaves nothing."""

from contextlib import suppress
from pathlib import Path
from typing import Final

import numpy as np
import psycopg
from psycopg import sql

from knowledge.embedding.port import Matrix
from knowledge.errors import IndexBusy
from knowledge.vectors.port import Numbers
from knowledge.vectors.postgres import catalog, pointer
from knowledge.vectors.postgres.catalog import State
from knowledge.vectors.postgres.connections import Connections
from knowledge.vectors.postgres.encoding import copied
from knowledge.vectors.postgres.reader import get

EXACT_UP_TO: Final = 20_000
"""Vectors above which an HNSW index is made; an exact search of so many takes about 9 ms."""

_MOST_DIMENSIONS = 4000
"""What pgvector's HNSW takes of half-precision vectors."""

_LINKS, _CONSIDERED = 24, 200
"""HNSW's m and ef_construction. On 1,000,000 vectors in bundles of near doubles, and questions that are real sentences:

                         made in     MB     recall@10   p50
    HNSW 16, 64          281 s    1,170   0.82, 0.90   3, 7 ms    400, 800 candidates
    HNSW 24, 200       1,282 s    1,219   0.94, 0.95   13, 12 ms  400, 800 candidates
    IVFFlat 2000         222 s      828   0.91, 0.95   20, 33 ms  32, 64 lists

2 cores, loaded by other work, by a different amount for each line; IVFFlat would also have to be made anew as it grows.
"""

_LINK_BYTES = 1000
"""Beside its numbers, what a vector takes while the index is made; in memory that is many times faster."""

_MOST_MEMORY = 2 * 2**20
"""Kilobytes taken for it where the server's own setting is lower."""

_SESSION = {
    # Embedding may take hours between two writes.
    "idle_in_transaction_session_timeout": "0",
    "statement_timeout": "0",
    # A killed run is noticed also while the server is busy for it.
    "client_connection_check_interval": "5s",
}


class PostgresWriter:
    """The next state of an index, from its first vector to the commit."""

    def __init__(
        self,
        connections: Connections,
        index: str,
        folder: Path,
        dimensions: int,
        earlier: State | None,
        *,
        exact_up_to: int = EXACT_UP_TO,
    ) -> None:
        """Take the right to write; `folder` will name the state.

        Raises IndexBusy where another run has it, StoreUnavailable, IndexUnwritable.
        """
        self._connections, self._index = connections, index
        self._folder, self._dimensions = folder, dimensions
        self._earlier, self._exact_up_to = earlier, exact_up_to
        self._connection = connections.opened()
        try:
            with connections.writing(self._connection):
                catalog.set_up(self._connection, connections.place)
                if earlier:
                    self._clear(earlier)
                self._connection.autocommit = False
                self._begin()
                if earlier and catalog.newer(self._connection, index, earlier.number):
                    raise self._busy()
                self._series = earlier.series if earlier else self._new_series()
        except BaseException:
            self.discard()
            raise
        self._vectors = catalog.table("vectors", self._series)
        self._gone = catalog.table("removed", self._series)
        self._last = self._first = earlier.last if earlier else -1
        self._put = 0
        self._removed: set[int] = set()

    def put(self, numbers: Numbers, vectors: Matrix) -> None:
        """Add vectors; see `VectorWriter.put`."""
        if not len(numbers):
            return
        statement = sql.SQL("copy {} (number, vector) from stdin (format binary)").format(self._vectors)
        with (
            self._connections.writing(self._connection),
            self._connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            copy.write(copied(numbers, vectors))
        self._last = max(self._last, int(numbers.max()))
        self._put += len(numbers)

    def remove(self, numbers: Numbers) -> None:
        """Take vectors out."""
        self._removed.update(numbers.tolist())

    def get(self, numbers: Numbers) -> Matrix:
        """Vectors of the state before; see `Vectors.get`."""
        if not self._earlier:
            return np.zeros((0, self._dimensions), np.float32)
        with self._connections.writing(self._connection):
            return get(self._connection, self._earlier, numbers)

    def finish(self) -> None:
        """Commit, then name the state in the folder. The index of a large store is made before."""
        with self._connections.writing(self._connection):
            number = catalog.next_number(self._connection)
            count = (self._earlier.count if self._earlier else 0) + self._put - self._take_out(number)
            indexed = bool(self._earlier and self._earlier.indexed)
            if not indexed and self._exact_up_to < count and self._dimensions <= _MOST_DIMENSIONS:
                self._make_index(count)
                indexed = True
            self._connection.execute(
                "insert into knowledge.states (index, state, series, dimensions, last, count, indexed)"
                " values (%s, %s, %s, %s, %s, %s, %s)",
                [self._index, number, self._series, self._dimensions, self._last, count, indexed],
            )
            self._connection.commit()
        self.discard()
        pointer.write(self._folder, self._index, number)

    def discard(self) -> None:
        """End the connection, and with it what was not committed."""
        self._connection.close()

    def _clear(self, earlier: State) -> None:
        """Delete what is not needed any more, in a transaction of its own, so that its locks are short."""
        # A table that is being read for long (by a backup) is left for the next run.
        with suppress(psycopg.errors.LockNotAvailable), self._connection.transaction():
            self._begin()
            self._set("lock_timeout", "2s")
            catalog.clear(self._connection, self._index, earlier)

    def _begin(self) -> None:
        """First in a transaction: nobody else writes to this index until it ends."""
        for name, value in _SESSION.items():
            self._set(name, value)
        if not catalog.locked(self._connection, self._index):
            raise self._busy()

    def _busy(self) -> IndexBusy:
        return IndexBusy(
            f"another run is writing the vectors of '{self._index}' in {self._connections.place}; wait for it to finish"
        )

    def _set(self, name: str, value: str) -> None:
        """Change a setting of PostgreSQL until the transaction ends."""
        self._connection.execute("select set_config(%s, %s, true)", [name, value])

    def _new_series(self) -> int:
        series = catalog.next_number(self._connection)
        tables = {"vectors": catalog.table("vectors", series), "removed": catalog.table("removed", series)}
        for statement in (
            f"create table {{vectors}} (number bigint primary key, vector halfvec({self._dimensions}) not null)",
            # Never compressed, never moved out of the row: a search reads every bit of it.
            "alter table {vectors} alter column vector set storage plain",
            "create table {removed} (number bigint primary key, state bigint not null)",
        ):
            self._connection.execute(sql.SQL(statement).format(**tables))
        return series

    def _take_out(self, state: int) -> int:
        """Delete what was just put, note of the rest that it is gone; returns how many there were."""
        fresh = [number for number in self._removed if number > self._first]
        known = [number for number in self._removed if number <= self._first]
        deleted = self._connection.execute(
            sql.SQL("delete from {} where number = any(%s)").format(self._vectors), [fresh]
        )
        noted = self._connection.execute(
            sql.SQL(
                "insert into {} select number, %s from {} where number = any(%s) on conflict do nothing returning 1"
            ).format(self._gone, self._vectors),
            [state, known],
        )
        return deleted.rowcount + len(noted.fetchall())

    def _make_index(self, count: int) -> None:
        needed = count * (2 * self._dimensions + _LINK_BYTES) // 1024
        query = "select greatest(setting::bigint, %s) || 'kB' from pg_settings where name = 'maintenance_work_mem'"
        (memory,) = self._connection.execute(query, [min(needed, _MOST_MEMORY)]).fetchone() or ("64MB",)
        self._set("maintenance_work_mem", memory)
        options = f"(m = {_LINKS}, ef_construction = {_CONSIDERED})"
        statement = sql.SQL(f"create index on {{}} using hnsw (vector halfvec_ip_ops) with {options}")
        try:
            with self._connection.transaction():
                self._connection.execute(statement.format(self._vectors))
        except psycopg.errors.DiskFull:
            # Workers share memory through /dev/shm, which containers keep small; one process needs none.
            self._set("max_parallel_maintenance_workers", "0")
            self._connection.execute(statement.format(self._vectors))
        self._connection.execute(sql.SQL("analyze {}").format(self._vectors))
