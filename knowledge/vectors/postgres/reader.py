"""Searches one state: exactly while it is small, by its HNSW index when it is large."""

from typing import Final

import numpy as np
import psycopg
from psycopg import sql

from knowledge.embedding.port import Matrix
from knowledge.errors import IndexDamaged
from knowledge.vectors.port import Numbers
from knowledge.vectors.postgres.catalog import State
from knowledge.vectors.postgres.connections import Connection, Connections
from knowledge.vectors.postgres.encoding import literal, matrix

LOOKED_AT: Final = 400
"""Candidates (hnsw.ef_search) that a search follows, at least: recall@10 was 0.98 and more among 100,000 vectors."""

LOOKED_AT_AMONG_MANY: Final = 800
"""The same for more than `MANY` vectors: recall@10 was 0.95 among 1,000,000; see `writer` for how it was measured."""

MANY: Final = 300_000

_MOST = 1000
"""Wider searches than this, which PostgreSQL's HNSW cannot follow, compare every vector."""

_NEAREST = (
    "select v.number, v.vector <#> %(query)s::halfvec as distance from {vectors} v where v.number <= %(last)s"
    " and not exists (select from {removed} r where r.number = v.number and r.state <= %(state)s)"
    " order by distance limit %(k)s"
)

_GET = (
    "select v.number, v.vector::real[] from {vectors} v where v.number = any(%(numbers)s) and v.number <= %(last)s"
    " and not exists (select from {removed} r where r.number = v.number and r.state <= %(state)s)"
)


class PostgresVectors:
    """A state, as it was finished."""

    def __init__(self, connections: Connections, index: str, state: State) -> None:
        self._connections, self._index, self._state = connections, index, state
        self._nearest = _for(_NEAREST, state)

    @property
    def count(self) -> int:
        """How many vectors there are."""
        return self._state.count

    def search(self, queries: Matrix, k: int) -> tuple[Matrix, Numbers]:
        """Scores and numbers of the k nearest of each query; see `Vectors.search`. Raises StoreUnavailable.

        Raises IndexDamaged where so many states were written since that this one is no longer kept.
        """
        scores = np.full((len(queries), k), -np.inf, np.float32)
        numbers = np.full((len(queries), k), -1, np.int64)
        for at, rows in enumerate(self._connections.run(lambda connection: self._rows(connection, queries, k))):
            if rows:
                found, distances = zip(*rows, strict=True)
                numbers[at, : len(rows)] = found
                scores[at, : len(rows)] = np.negative(distances)
        return scores, numbers

    def get(self, numbers: Numbers) -> Matrix:
        """The vectors of numbers, in their order. Raises KeyError where one is not there."""

        def rows(connection: Connection) -> Matrix:
            return get(connection, self._state, numbers)

        return self._connections.run(rows)

    def _rows(self, connection: Connection, queries: Matrix, k: int) -> list[list[tuple[int, float]]]:
        """All in one journey to the server and back."""
        about = {"state": self._state.number, "last": self._state.last, "k": k}
        try:
            with connection.transaction(), connection.pipeline():
                for name, value in self._ways(k):
                    connection.execute("select set_config(%s, %s, true)", [name, value])
                asked = [connection.execute(self._nearest, {**about, "query": literal(query)}) for query in queries]
                # Asked last: rows are deleted together with the state, so that it was whole if it is still there.
                kept = connection.execute(
                    "select 1 from knowledge.states where index = %s and state = %s", [self._index, self._state.number]
                )
                rows = [cursor.fetchall() for cursor in asked]
                if kept.fetchone():
                    return rows
        except psycopg.errors.UndefinedTable:
            pass
        raise IndexDamaged(
            f"the vectors of state {self._state.number} were cleared, since newer states are in use; "
            "open the index again, or copy the present index folder"
        )

    def _ways(self, k: int) -> list[tuple[str, str]]:
        """How the server is to go about it."""
        if not self._state.indexed:
            return []
        if k > _MOST:
            return [("enable_indexscan", "off")]
        least = LOOKED_AT if self._state.count <= MANY else LOOKED_AT_AMONG_MANY
        return [
            ("enable_seqscan", "off"),
            ("hnsw.ef_search", str(max(least, k))),
            ("hnsw.iterative_scan", "strict_order"),
        ]


def get(connection: Connection, state: State, numbers: Numbers) -> Matrix:
    """The vectors of a state by number, in their order. Raises KeyError where one is not there."""
    about = {"state": state.number, "last": state.last, "numbers": numbers.tolist()}
    rows: dict[int, list[float]] = dict(connection.execute(_for(_GET, state), about).fetchall())
    for number in numbers.tolist():
        if number not in rows:
            raise KeyError(number)
    return matrix([rows[number] for number in numbers.tolist()], state.dimensions)


def _for(query: str, state: State) -> sql.Composed:
    return sql.SQL(query).format(vectors=state.table("vectors"), removed=state.table("removed"))
