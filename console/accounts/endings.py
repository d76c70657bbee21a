"""Counts what was ended: sessions and tokens that let nobody in any more, and people who may do less.

A server that remembers whom the store let in looks at this one number, and need not ask about each of them again to
learn that somebody was ended elsewhere. Functions on a connection, in the caller's transaction.
"""

from typing import Final

from sqlalchemy import Connection, insert, select, update

from console.accounts.schema import facts

_NAME: Final = "endings"


def so_far(connection: Connection) -> int:
    """Return how often something was ended; after a restore it may be less than before."""
    return int(connection.execute(select(facts.c.value).where(facts.c.name == _NAME)).scalar() or 0)


def one_more(connection: Connection) -> None:
    """Count that something is ended in this transaction."""
    value = str(so_far(connection) + 1)
    if not connection.execute(update(facts).where(facts.c.name == _NAME).values(value=value)).rowcount:
        connection.execute(insert(facts).values(name=_NAME, value=value))
