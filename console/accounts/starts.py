"""How many sign-ins at an identity provider a network address begins, counted in the store by all servers together.

Functions on a connection. A row is written only together with a sign-in that is begun, of which there are at most
:data:`console.accounts.once.MOST`, and goes within a minute of the next one.
"""

from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from console.accounts.schema import starts

MOST: Final = 30
"""Sign-ins that one address may begin in a minute."""

MINUTE: Final = 60


def begin(connection: Connection, place: str, now: int) -> int:
    """Count a sign-in that is begun and return 0; or return the seconds to wait first, and count nothing.

    A minute begins with the first of them. ``place`` is the address, or the network it belongs to.
    """
    connection.execute(delete(starts).where(starts.c.since <= now - MINUTE))
    here = starts.c.place == place
    row = connection.execute(select(starts.c.since, starts.c.times).where(here)).first()
    if row is None:
        connection.execute(insert(starts).values(place=place, since=now, times=1))
        return 0
    if row.times >= MOST:
        return int(row.since) + MINUTE - now
    connection.execute(update(starts).where(here).values(times=row.times + 1))
    return 0
