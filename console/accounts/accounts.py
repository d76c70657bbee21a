"""The accounts of a desk: who a bearer is, and what is kept of people.

An id stands in the log for ever, so it is one person's: whoever comes under another name, or in a role that nobody of
that name has, gets an id of their own, and the same name and role always lead to the same id. All calls block; a server
makes them off its event loop. What they change is told in notes, which go into the event log.
"""

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from console.accounts import endings, kept_passwords, migrate, people, sessions, takeover, tokens
from console.accounts.database import Database
from console.accounts.notes import note
from console.accounts.people import OWNER, Person
from console.accounts.sessions import Terms
from console.conversation.people import Agent, Role
from console.conversation.sign_in_events import TokenMade


@dataclass(frozen=True, slots=True)
class Pass:
    """Whom a bearer's token lets in: a person in a role, and the session it belongs to, where it is one's."""

    agent: Agent
    session: str = ""


class Accounts:
    """What is kept in the store, and tokens that live as long as the server."""

    def __init__(
        self,
        engine: Engine,
        *,
        terms: Terms | None = None,
        now: Callable[[], float] = time.time,
        earlier: Path | None = None,
    ) -> None:
        """``earlier`` is the accounts file of earlier programs, which is taken over where it is there."""
        self.database = Database(engine)
        self.terms = terms or Terms()
        self._now = now
        self._passing: dict[str, Agent] = {}
        with self.database.changing() as connection:
            migrate.migrate(connection)
            found = earlier is not None and earlier.exists()
            if found and earlier:
                takeover.take_over(connection, earlier, self.now())
        if found and earlier:
            takeover.put_away(earlier)

    def now(self) -> int:
        """Return the second."""
        return int(self._now())

    def close(self) -> None:
        """Let go of the store."""
        self.database.close()

    def who(self, token: str) -> Agent | None:
        """Return whose token this is; ``None`` for a token that lets nobody in."""
        seen = self.look(token)
        return seen.agent if seen else None

    def look(self, token: str, *, there: bool = True) -> Pass | None:
        """Return whom a token lets in right now; ``there``: the person is, so their session is not idle."""
        digest, now = tokens.digest_of(token), self.now()
        passing = next((agent for known, agent in self._passing.items() if hmac.compare_digest(known, digest)), None)
        with self.database.reading() as connection:
            if passing is not None:
                return Pass(passing) if _may(connection, passing.id, passing.role) else None
            kept = tokens.found(connection, digest, now)
            session = None if kept else sessions.found(connection, digest)
            held = kept or (session if session and session.holds(now) else None)
            person = _may(connection, held.person, held.role) if held else None
        if held is None or person is None:
            return None
        if there and now - held.used >= tokens.USED_EVERY:
            with self.database.changing() as connection:
                if session:
                    sessions.used(connection, digest, now, self.terms)
                else:
                    tokens.used(connection, digest, now)
        return Pass(person.within(held.role), session.id if session else "")

    def mint(self, role: Role, name: str) -> tuple[str, Agent]:
        """Return a new token that this server alone knows, until it stops."""
        with self.database.changing() as connection:
            agent = people.in_role(connection, role, name).within(role)
        token = tokens.new_secret()
        self._passing[tokens.digest_of(token)] = agent
        return token, agent

    def issue(self, role: Role, name: str) -> tuple[str, Agent, int]:
        """Return the token of a new session that an administrator begins for somebody, and when it ends.

        Every server knows it. It holds for the hours of a session, with or without work.
        """
        token, now = tokens.new_secret(), self.now()
        digest, terms = tokens.digest_of(token), Terms(self.terms.longest, self.terms.longest)
        with self.database.changing() as connection:
            person = people.in_role(connection, role, name)
            made = sessions.begin(connection, person, role, digest, now, terms, how=sessions.ISSUED, address="")
            note(connection, now, TokenMade(person.id, person.name, role.value, f"session {made.id}"))
        return token, person.within(role), made.expires

    def admit(self, token: str, agent: Agent) -> None:
        """Accept a token made elsewhere until the server stops."""
        self._passing[tokens.digest_of(token)] = agent

    def keep(self, role: Role, name: str, *, label: str = "", days: int = 0) -> tuple[str, Agent]:
        """Return a new token that is kept; an earlier one of the same person, role and label ends.

        It expires after so many days; 0: never.
        """
        token, now = tokens.new_secret(), self.now()
        with self.database.changing() as connection:
            person = people.in_role(connection, role, name)
            expires = now + days * 24 * 3600 if days else 0
            tokens.keep(connection, person, role, tokens.digest_of(token), now, label=label, expires=expires)
            note(connection, now, TokenMade(person.id, person.name, role.value, label))
        return token, person.within(role)

    def endings(self) -> int:
        """Return how often something was ended that let somebody in; another number says: ask about everybody anew."""
        with self.database.reading() as connection:
            return endings.so_far(connection)

    def people(self) -> list[Person]:
        """Return everybody who is known."""
        with self.database.reading() as connection:
            return people.everybody(connection)

    def with_password(self) -> frozenset[str]:
        """Return the ids of those who sign in with a password."""
        with self.database.reading() as connection:
            return kept_passwords.everybody(connection)


def _may(connection: Connection, person: str, role: Role) -> Person | None:
    """Return a person who may come in this role right now."""
    if person == OWNER.id:
        return Person(OWNER.id, OWNER.name, (OWNER.role,))
    found = people.by_id(connection, person)
    return found if found and found.may(role) else None
