"""Signing in with a name and a password, and signing out."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from console.accounts import attempts, kept_passwords, people, sessions, tokens
from console.accounts.accounts import Accounts
from console.accounts.errors import AccountsError, NotSignedIn, RoleNotHeld, TryLater
from console.accounts.notes import note
from console.accounts.passwords import LONGEST, Passwords
from console.accounts.people import Person
from console.accounts.throttle import Limits
from console.conversation.people import Agent, Role
from console.conversation.sign_in_events import SignedIn, SignedOut, SignInRefused

REFUSED: Final = "the name or the password is wrong, or the account is not active"
"""What everybody is told who is not let in, whatever the reason."""

LONGEST_TYPED: Final = 200
"""Characters of a name that are looked at."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that has begun: its token, whose it is, and when it ends at the latest (seconds since 1970)."""

    token: str
    agent: Agent
    session: str
    expires: int


class SigningIn:
    """Lets people in; ``refused`` is told of every attempt that fails."""

    def __init__(
        self,
        accounts: Accounts,
        passwords: Passwords,
        refused: Callable[[SignInRefused], None],
        limits: Limits | None = None,
    ) -> None:
        self._accounts, self._passwords, self._refused = accounts, passwords, refused
        self._limits = limits or Limits()

    async def with_password(
        self, name: str, password: str, place: str, address: str, role: Role | None = None
    ) -> Entered:
        """Begin a session. ``place`` is what attempts are counted by: the address, or the network it belongs to.

        Raises :class:`NotSignedIn`, :class:`TryLater` and :class:`RoleNotHeld`.
        """
        name, key = name[:LONGEST_TYPED], attempts.account_key(name[:LONGEST_TYPED])
        found, wait = await asyncio.to_thread(self._begun, name, key, place)
        whose = found[0].id if found else ""
        if wait:
            self._refused(SignInRefused("too many attempts", "password", address, whose))
            raise TryLater(f"too many attempts; try again in {wait} seconds", wait)
        try:
            fits = await self._passwords.fits(password[: LONGEST + 1], found[1] if found else None)
        except TryLater:
            await asyncio.to_thread(self._taken_back, key, place)
            raise
        if not found or not fits or not found[0].active:
            reason = "no such account" if not found else "wrong password" if not fits else "the account is disabled"
            self._refused(SignInRefused(reason, "password", address, whose))
            raise NotSignedIn(REFUSED)
        renewed = await self._passwords.renewed(password, found[1])
        try:
            return await asyncio.to_thread(self._entered, found[0], role, renewed, key, place, address)
        except RoleNotHeld:
            self._refused(SignInRefused("not in this role", "password", address, whose))
            raise

    def _begun(self, name: str, key: str, place: str) -> tuple[tuple[Person, str] | None, int]:
        accounts = self._accounts
        with accounts.database.changing() as connection:
            wait = attempts.begin(connection, key, place, self._limits, accounts.now())
            return kept_passwords.of_name(connection, name), wait

    def _taken_back(self, key: str, place: str) -> None:
        with self._accounts.database.changing() as connection:
            attempts.take_back(connection, key, place)

    def _entered(
        self, person: Person, role: Role | None, renewed: str | None, key: str, place: str, address: str
    ) -> Entered:
        accounts, now = self._accounts, self._accounts.now()
        with accounts.database.changing() as connection:
            attempts.succeeded(connection, key, place, now)
            if renewed:
                kept_passwords.keep(connection, person.id, renewed, now)
            current = people.by_id(connection, person.id)  # they may have been disabled while the password was checked
            if current is None or not current.active:
                raise NotSignedIn(REFUSED)
            return enter(connection, accounts, current, role, how="password", address=address)


def enter(
    connection: Connection, accounts: Accounts, person: Person, role: Role | None, *, how: str, address: str
) -> Entered:
    """Begin a session of somebody who is who they say; raises :class:`RoleNotHeld`."""
    chosen = role or person.roles[0]
    if not person.may(chosen):
        held = ", ".join(person.roles) if person.active else "none"
        raise RoleNotHeld(f"you may not come in the role {chosen}; yours: {held}")
    token, now = tokens.new_secret(), accounts.now()
    digest, terms = tokens.digest_of(token), accounts.terms
    made = sessions.begin(connection, person, chosen, digest, now, terms, how=how, address=address)
    note(connection, now, SignedIn(person.id, person.name, chosen.value, how, made.id, address))
    return Entered(token, person.within(chosen), made.id, made.expires)


def sign_out(accounts: Accounts, token: str) -> None:
    """End the session of a token; blocks. Raises :class:`AccountsError` for a token that is no session's."""
    now = accounts.now()
    with accounts.database.changing() as connection:
        session = sessions.found(connection, tokens.digest_of(token))
        if session is None:
            raise AccountsError("this token is no session; it holds until it is made again or its person is disabled")
        sessions.revoke(connection, [session.id], now)
        note(connection, now, SignedOut(session.person, session.id))
