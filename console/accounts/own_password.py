"""Whoever signs in with a password changes it themselves, by the old one."""

import asyncio
from collections.abc import Callable

from sqlalchemy import Connection

from console.accounts import attempts, kept_passwords, people, sessions, tokens
from console.accounts.accounts import Accounts
from console.accounts.ending import end_all
from console.accounts.errors import AccountsError, NoPassword, TryLater, WrongPassword
from console.accounts.notes import note
from console.accounts.passwords import LONGEST, Passwords, good_enough
from console.accounts.people import OWNER, Person
from console.accounts.throttle import Limits
from console.conversation.people import Agent
from console.conversation.sign_in_events import AccountChanged, SignInRefused

WRONG = "the old password is wrong; nothing was changed"


class OwnPassword:
    """Changes passwords; ``refused`` is told of every attempt with a wrong one.

    Attempts count as those to sign in do, under the person's name: who has somebody's open console cannot guess on
    beside the door.
    """

    def __init__(
        self,
        accounts: Accounts,
        passwords: Passwords,
        refused: Callable[[SignInRefused], None],
        limits: Limits | None = None,
    ) -> None:
        self._accounts, self._passwords, self._refused = accounts, passwords, refused
        self._limits = limits or Limits()

    def why_not(self, agent: Agent) -> str:
        """Return why somebody has no password to change, in one line; empty for one who has; blocks."""
        with self._accounts.database.reading() as connection:
            try:
                _kept(connection, agent)
            except NoPassword as error:
                return str(error)
        return ""

    async def change(self, agent: Agent, token: str, old: str, new: str, place: str, address: str) -> None:
        """Give somebody another password; their sessions end, but for the one of ``token``, where it is one's.

        ``place`` is what attempts are counted by, as for signing in. Raises :class:`NoPassword`,
        :class:`WrongPassword`, :class:`TryLater`, and :class:`AccountsError` for a new one that will not do.
        """
        good_enough(new, agent.name)
        if new == old:
            raise AccountsError("the new password is the old one; make up another one")
        key = attempts.account_key(agent.name)
        kept, wait = await asyncio.to_thread(self._begun, agent, key, place)
        if wait:
            self._refused(SignInRefused("too many attempts", "password", address, agent.id))
            raise TryLater(f"too many attempts; try again in {wait} seconds", wait)
        try:
            fits = await self._passwords.fits(old[: LONGEST + 1], kept)
            hashed = await self._passwords.hashed(new) if fits else ""
        except TryLater:
            await asyncio.to_thread(self._taken_back, key, place)
            raise
        if not fits or not await asyncio.to_thread(self._changed, agent, token, kept, hashed, key, place):
            self._refused(SignInRefused("wrong old password", "password", address, agent.id))
            raise WrongPassword(WRONG)

    def _begun(self, agent: Agent, key: str, place: str) -> tuple[str, int]:
        accounts = self._accounts
        with accounts.database.changing() as connection:
            _, kept = _kept(connection, agent)
            return kept, attempts.begin(connection, key, place, self._limits, accounts.now())

    def _taken_back(self, key: str, place: str) -> None:
        with self._accounts.database.changing() as connection:
            attempts.take_back(connection, key, place)

    def _changed(self, agent: Agent, token: str, old: str, new: str, key: str, place: str) -> bool:
        """Keep the new hash in place of the old one; returns whether that was still the person's."""
        now = self._accounts.now()
        with self._accounts.database.changing() as connection:
            person, kept = _kept(connection, agent)
            if kept != old:  # an administrator gave them another one while this was checked
                return False
            attempts.succeeded(connection, key, place, now)
            kept_passwords.keep(connection, person.id, new, now)
            roles = tuple(role.value for role in person.roles)
            note(connection, now, AccountChanged(person.id, person.name, "own password", roles, person.teams, True))
            here = sessions.found(connection, tokens.digest_of(token))
            end_all(connection, person.id, "they changed their password", now, but=here.id if here else "")
        return True


def _kept(connection: Connection, agent: Agent) -> tuple[Person, str]:
    """Return a person and the hash of their password. Raises :class:`NoPassword` with the reason."""
    if agent.id == OWNER.id:
        raise NoPassword("this desk runs as you: you came without a password, and have none here")
    person = people.by_id(connection, agent.id)
    if person is not None and person.issuer:
        raise NoPassword("you sign in with your company's identity provider: change your password there")
    found = kept_passwords.of_name(connection, agent.name)
    if person is None or found is None or found[0].id != person.id:
        raise NoPassword("you came with a token and have no password here; whoever runs this desk can give you one")
    return person, found[1]
