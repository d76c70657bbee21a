"""Sessions in the store: short, each ended at once by its own mark. Functions on a connection."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, case, delete, insert, select, update

from console.accounts import endings
from console.accounts.people import Person
from console.accounts.schema import sessions
from console.conversation.people import Role

KEPT: Final = 30 * 24 * 3600
"""Seconds that an ended session is kept, so that its end can be looked up."""


ISSUED: Final = "issued"
"""How a session began that an administrator began for somebody; scripts use it too: it does not end without work."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a session holds, in seconds: at most, and without a sign of the person."""

    longest: int = 12 * 3600
    idle: int = 3600


@dataclass(frozen=True, slots=True)
class Session:
    """A session without its token. ``revoked`` is when others ended it; 0 where nobody did."""

    id: str
    person: str
    role: Role
    how: str
    address: str
    created: int
    used: int
    idle_end: int
    expires: int
    revoked: int = 0

    def holds(self, now: int) -> bool:
        """Return whether it lets its person in at this second."""
        return not self.revoked and now < min(self.idle_end, self.expires)


def begin(
    connection: Connection, person: Person, role: Role, digest: str, now: int, terms: Terms, *, how: str, address: str
) -> Session:
    """Begin a session, and forget those that ended long ago."""
    connection.execute(delete(sessions).where(sessions.c.expires < now - KEPT))
    name = f"s-{secrets.token_hex(6)}"
    expires = now + terms.longest
    made = Session(name, person.id, role, how, address, now, now, now + terms.idle, expires)
    row = {field: getattr(made, field) for field in Session.__slots__}
    connection.execute(insert(sessions).values({**row, "role": role.value, "digest": digest}))
    return made


def found(connection: Connection, digest: str) -> Session | None:
    """Return the session with this digest, whether or not it still holds."""
    row = connection.execute(select(sessions).where(sessions.c.digest == digest)).first()
    return _session(row) if row else None


def used(connection: Connection, digest: str, now: int, terms: Terms) -> None:
    """Note that its person was there just now."""
    idle_end = case((sessions.c.how == ISSUED, sessions.c.expires), else_=now + terms.idle)
    connection.execute(update(sessions).where(sessions.c.digest == digest).values(used=now, idle_end=idle_end))


def holding(connection: Connection, now: int, person: str = "") -> list[Session]:
    """Return the sessions that hold, of one person or of all, the newest first."""
    theirs: tuple[ColumnElement[bool], ...] = (sessions.c.person == person,) if person else ()
    still = (sessions.c.revoked == 0, sessions.c.expires > now, sessions.c.idle_end > now)
    rows = connection.execute(
        select(sessions).where(*still, *theirs).order_by(sessions.c.created.desc(), sessions.c.id)
    )
    return [_session(row) for row in rows]


def revoke(connection: Connection, ids: Sequence[str], now: int) -> None:
    """End sessions for good."""
    connection.execute(update(sessions).where(sessions.c.id.in_(ids), sessions.c.revoked == 0).values(revoked=now))
    endings.one_more(connection)


def _session(row: Row[Any]) -> Session:
    values = {field: getattr(row, field) for field in Session.__slots__}
    return Session(**{**values, "role": Role(row.role)})
