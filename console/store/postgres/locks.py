"""One decision at a time on a conversation, among all servers: session locks of PostgreSQL, one connection each."""

import logging
from typing import Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from console.desk.servers import Release

AT_ONCE: Final = 16
"""Decisions that one server makes at once; the next one waits for a connection."""

KEPT: Final = 4
"""Connections kept for decisions; as many more as are wanted are opened for a moment. What every server keeps, used or
not, is what the others cannot have."""

DECIDING: Final = 7_236_004

_TAKE: Final = text("SELECT pg_advisory_lock(:kind, hashtext(current_schema() || ':' || :name))")
_GIVE: Final = text("SELECT pg_advisory_unlock(:kind, hashtext(current_schema() || ':' || :name))")

_warn = logging.getLogger(__name__).warning


def take(engine: Engine, name: str) -> Release:
    """Wait until nobody else decides on ``name``, and return what ends that; raises what the driver raises.

    Two names may fall on the same lock; then one waits for the other, which does no harm.
    """
    connection = engine.connect()
    try:
        connection.execute(_TAKE, {"kind": DECIDING, "name": name})
    except BaseException:
        connection.invalidate()  # whether it holds the lock is not known: its end gives it back
        connection.close()
        raise

    def release() -> None:
        _give_back(connection, name)

    return release


def _give_back(connection: Connection, name: str) -> None:
    try:
        if not connection.execute(_GIVE, {"kind": DECIDING, "name": name}).scalar():
            _warn("a lock was lost while it was held")
    except DBAPIError:
        connection.invalidate()
    finally:
        connection.close()
