"""What holds for one use and a short time: whoever takes it first has it. Functions on a connection."""

import json
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from console.accounts.errors import AccountsError
from console.accounts.schema import once

MOST = 100_000
"""Kept at the same time; what begins sign-ins in a flood is refused beyond that."""


def put(connection: Connection, digest: str, purpose: str, data: dict[str, Any], expires: int, now: int) -> None:
    """Keep something until it is taken or over. Raises :class:`AccountsError` where too much is kept already."""
    connection.execute(delete(once).where(once.c.expires <= now))
    if (connection.execute(select(func.count()).select_from(once)).scalar() or 0) >= MOST:
        raise AccountsError("too many people sign in at this moment; try again in a minute")
    row = {"digest": digest, "purpose": purpose, "data": json.dumps(data), "expires": expires}
    connection.execute(insert(once).values(row))


def take(connection: Connection, digest: str, purpose: str, now: int) -> dict[str, Any] | None:
    """Return it, and let nobody have it again; ``None`` for what is not there, was taken, or is over."""
    there = (once.c.digest == digest, once.c.purpose == purpose)
    row = connection.execute(delete(once).where(*there).returning(once.c.data, once.c.expires)).first()
    if row is None or row.expires <= now:
        return None
    data: dict[str, Any] = json.loads(row.data)
    return data
