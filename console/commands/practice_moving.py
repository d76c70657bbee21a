"""Brings the log of practice into a schema of a team's database, beside the desk's own, and takes it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from console.server.practice_store import SCHEMA
from console.store.audit import AuditKey, Head
from console.store.database import Database
from console.store.moving import Show, move, prepare


@contextmanager
def practice_moved(source: Database, key: AuditKey, address: str, show: Show) -> Iterator[Head]:
    """Move the log beside the one that is to lie at ``address``; where the block fails, nothing stays of it there.

    Raises :class:`~console.desk.log.LogError`, and changes nothing then, where either of them holds a log already.
    """
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.schemas import drop_schema, make_schema

    beside = make_schema(address, SCHEMA)
    target = PostgresDatabase(beside)
    try:
        prepare(target)
        head = move(source, target, key, show)
        try:
            yield head
        except BaseException:
            drop_schema(beside)
            raise
    finally:
        target.close()
