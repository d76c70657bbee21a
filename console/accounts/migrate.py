"""Brings the accounts' tables to the present version, step by step, in the caller's transaction."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, update

from console.accounts.errors import AccountsUnavailable
from console.accounts.schema import (
    VERSION,
    attempts,
    facts,
    metadata,
    notes,
    once,
    passwords,
    people,
    sessions,
    starts,
    tokens,
)

_NAME: Final = "version"


def migrate(connection: Connection) -> None:
    """Create or renew the tables. Raises :class:`AccountsUnavailable` where a newer program made them."""
    found = version(connection)
    if found > VERSION:
        raise AccountsUnavailable(
            f"the accounts were written by a newer Second Chair (version {found}; this one knows {VERSION}); "
            "install that version"
        )
    for step in range(found + 1, VERSION + 1):
        _STEPS[step](connection)
    if found == 0:
        connection.execute(insert(facts).values(name=_NAME, value=str(VERSION)))
    elif found < VERSION:
        connection.execute(update(facts).where(facts.c.name == _NAME).values(value=str(VERSION)))


def version(connection: Connection) -> int:
    """Return the version of the tables; 0 where there are none yet."""
    if not inspect(connection).has_table(facts.name):
        return 0
    value = connection.execute(select(facts.c.value).where(facts.c.name == _NAME)).scalar()
    return int(value or 0)


def _first(connection: Connection) -> None:
    tables = [facts, people, passwords, tokens, sessions, attempts, once, notes]
    metadata.create_all(connection, tables=tables)


def _starts(connection: Connection) -> None:
    """Count the sign-ins that are begun at an identity provider where all servers do."""
    starts.create(connection)


_STEPS: Final[Mapping[int, Callable[[Connection], None]]] = {1: _first, 2: _starts}
"""What leads to each version. A later step that alters one of the first tables does it by statements of its own."""
