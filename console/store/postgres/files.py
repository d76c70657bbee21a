"""Files that came with messages, in the team's database: every server gives out what any of them took in."""

import hashlib
import time
from collections.abc import Callable, Collection
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from console.store.postgres.database import PostgresDatabase
from console.store.schema import files

ON_THEIR_WAY: Final = 3600
"""Seconds after which a file that no message names is nobody's; another server may be recording its message."""

PLENTY: Final = 2**40
"""Bytes of room: how full its disk is the database says when it takes no more."""


class SqlFiles:
    """A :class:`console.desk.attachments.FileStore` on PostgreSQL; ``clock`` yields seconds since 1970.

    What goes wrong comes as :class:`OSError`, as of a folder.
    """

    def __init__(self, database: PostgresDatabase, clock: Callable[[], float] = time.time) -> None:
        self._database, self._clock = database, clock

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes for good."""
        row = {"name": name, "added": int(self._clock()), "data": data}
        try:
            with self._database.side.begin() as connection:
                connection.execute(insert(files).values(row).on_conflict_do_nothing())
        except DBAPIError as error:
            raise OSError(str(self._database.explain(error))) from error

    def get(self, name: str) -> bytes | None:
        """Return the bytes; nothing where they are missing or damaged."""
        try:
            with self._database.side.connect() as connection:
                data = connection.execute(select(files.c.data).where(files.c.name == name)).scalar()
        except DBAPIError as error:
            raise OSError(str(self._database.explain(error))) from error
        return data if data is not None and hashlib.sha256(data).hexdigest() == name else None

    def keep_only(self, names: Collection[str]) -> int:
        """Delete for good every file but these and those that have just come; returns how many files that were."""
        old = files.c.added < int(self._clock()) - ON_THEIR_WAY
        try:
            with self._database.side.begin() as connection:
                there = set(connection.execute(select(files.c.name).where(old)).scalars())
                gone = there - set(names)
                for name in gone:
                    connection.execute(delete(files).where(files.c.name == name))
        except DBAPIError as error:
            raise OSError(str(self._database.explain(error))) from error
        return len(gone)

    def remove(self, names: Collection[str]) -> int:
        """Delete these files for good; returns how many were there."""
        try:
            with self._database.side.begin() as connection:
                gone = delete(files).where(files.c.name.in_(list(names))).returning(files.c.name)
                return len(connection.execute(gone).all())
        except DBAPIError as error:
            raise OSError(str(self._database.explain(error))) from error

    def room(self) -> int:
        """Return how many bytes more may be kept."""
        return PLENTY
