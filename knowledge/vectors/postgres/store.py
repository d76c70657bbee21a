"""The store: a generation's folder holds a small file that names a state, and the database the state."""

from pathlib import Path

from knowledge.errors import IndexDamaged
from knowledge.vectors.postgres import catalog, pointer
from knowledge.vectors.postgres.catalog import State
from knowledge.vectors.postgres.connections import Connection, Connections
from knowledge.vectors.postgres.reader import PostgresVectors
from knowledge.vectors.postgres.writer import EXACT_UP_TO, PostgresWriter


class PostgresStore:
    """Keeps vectors in PostgreSQL with pgvector 0.8 or newer.

    Several servers may read, each with the index's folder or a copy of it; a copy may be one state behind. One folder
    writes. The password is in no message and in no file.
    """

    def __init__(self, dsn: str, name: str = "knowledge", *, exact_up_to: int = EXACT_UP_TO) -> None:
        """Nothing is opened yet; `name` tells an index from others in the database.

        Raises StoreUnavailable where `dsn` (postgresql://user:password@host/database) cannot be read.
        """
        self._connections = Connections(dsn)
        self._name, self._exact_up_to = name, exact_up_to

    @property
    def place(self) -> str:
        """Which database it is, without the password."""
        return self._connections.place

    def check(self) -> str:
        """What answers, in words. Raises StoreUnavailable where nothing does, or it lacks pgvector."""

        def told(connection: Connection) -> str:
            version, _ = catalog.pgvector(connection, self.place)
            server = connection.info.server_version // 10_000
            return f"PostgreSQL {server}, pgvector {version}"

        return self._connections.run(told)

    def open(self, folder: Path, dimensions: int) -> PostgresVectors:
        """See `VectorStore.open`. Raises ValueError where the state is not there, StoreUnavailable."""
        index, number = pointer.read(folder)
        return PostgresVectors(self._connections, index, self._state(index, number, dimensions))

    def writer(self, folder: Path, dimensions: int, earlier: Path | None) -> PostgresWriter:
        """See `VectorStore.writer`. Raises IndexBusy, IndexDamaged, IndexUnwritable, StoreUnavailable."""
        try:
            before = self._state(*pointer.read(earlier), dimensions) if earlier else None
        except ValueError as error:
            raise IndexDamaged(f"{error}; run the index command again") from error
        folder.mkdir(exist_ok=True)
        return PostgresWriter(self._connections, self._name, folder, dimensions, before, exact_up_to=self._exact_up_to)

    def _state(self, index: str, number: int, dimensions: int) -> State:
        def found(connection: Connection) -> State | None:
            return catalog.state(connection, index, number)

        state = self._connections.run(found)
        if state is None:
            raise ValueError(f"{self.place} does not hold state {number} of the vectors of '{index}'")
        if state.dimensions != dimensions:
            raise ValueError(
                f"the vectors of '{index}' in {self.place} have {state.dimensions} dimensions, not {dimensions}"
            )
        return state
