"""Ends sessions of a person, and tells so; functions on a connection, in the caller's transaction."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from console.accounts import sessions
from console.accounts.notes import note
from console.conversation.people import Role
from console.conversation.sign_in_events import SessionsRevoked


def end_all(
    connection: Connection, person: str, reason: str, now: int, spare: Collection[Role] = (), but: str = ""
) -> int:
    """End the sessions of a person, without those in the roles to ``spare`` and the one ``but``; returns how many."""
    held = sessions.holding(connection, now, person)
    ids = [one.id for one in held if one.role not in spare and one.id != but]
    if ids:
        end(connection, person, ids, reason, now)
    return len(ids)


def end(connection: Connection, person: str, ids: Sequence[str], reason: str, now: int) -> None:
    """End these sessions of a person."""
    sessions.revoke(connection, ids, now)
    note(connection, now, SessionsRevoked(person, tuple(ids), reason))
