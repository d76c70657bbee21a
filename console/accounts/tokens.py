"""Personal tokens in the store; functions on a connection, in the caller's transaction."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from console.accounts import endings
from console.accounts.people import Person
from console.accounts.schema import tokens
from console.conversation.people import Role

USED_EVERY: Final = 60
"""Seconds between two notes of when a token or a session was last used."""


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A token, without what it is: whose, since when, and until when (0: until it is replaced)."""

    person: str
    role: Role
    label: str
    created: int
    used: int
    expires: int


def new_secret() -> str:
    """Return something that nobody can guess."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret; it is long and random, so that its digest tells nothing."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def keep(
    connection: Connection, person: Person, role: Role, digest: str, now: int, *, label: str = "", expires: int = 0
) -> None:
    """Keep a token; an earlier one of the same person, role and label ends."""
    same = (tokens.c.person == person.id, tokens.c.role == role.value, tokens.c.label == label)
    if connection.execute(delete(tokens).where(*same)).rowcount:
        endings.one_more(connection)
    row = {"digest": digest, "person": person.id, "role": role.value, "label": label}
    connection.execute(insert(tokens).values(**row, created=now, used=0, expires=expires))


def found(connection: Connection, digest: str, now: int) -> KeptToken | None:
    """Return the token with this digest, unless it has expired."""
    row = connection.execute(select(tokens).where(tokens.c.digest == digest)).first()
    return _token(row) if row and not 0 < row.expires <= now else None


def used(connection: Connection, digest: str, now: int) -> None:
    """Note that it was used just now."""
    connection.execute(update(tokens).where(tokens.c.digest == digest).values(used=now))


def _token(row: Row[Any]) -> KeptToken:
    return KeptToken(row.person, Role(row.role), row.label, row.created, row.used, row.expires)
