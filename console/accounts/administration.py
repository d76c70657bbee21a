"""What administrators do with accounts: add, enable, disable, give passwords and roles, end sessions. All block."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection

from console.accounts import kept_passwords, people, sessions
from console.accounts.accounts import Accounts
from console.accounts.ending import end, end_all
from console.accounts.errors import AccountsError
from console.accounts.notes import note
from console.accounts.passwords import Passwords, good_enough
from console.accounts.people import Person
from console.accounts.sessions import Session
from console.conversation.people import Role
from console.conversation.sign_in_events import AccountChanged

T = TypeVar("T")


class Administration:
    """Changes accounts. Each change is told in a note; what it takes away ends with it at once."""

    def __init__(self, accounts: Accounts, passwords: Passwords) -> None:
        self._accounts, self._passwords = accounts, passwords

    def add(self, name: str, roles: Sequence[Role], teams: Sequence[str], password: str) -> Person:
        """Add an account, for a new person or for one who had only tokens; raises :class:`AccountsError`."""
        hashed = self._passwords.hash(good_enough(password, name))
        with self._accounts.database.changing() as connection:
            if kept_passwords.of_name(connection, name):
                raise AccountsError(
                    f"there is an account {name} already; 'secondchair account roles' changes its roles"
                )
            named = [one for one in people.called(connection, name) if one.name == name and set(roles) & set(one.roles)]
            person = named[0] if named else people.add(connection, name, roles, teams)
            person = replace(person, roles=tuple(dict.fromkeys(roles)), teams=tuple(teams), active=True)
            people.change(connection, person)
            kept_passwords.keep(connection, person.id, hashed, self._accounts.now())
            self._note(connection, person, "added")
        return person

    def set_active(self, name: str, active: bool) -> Person:
        """Let somebody in again, or in no more."""
        with self._accounts.database.changing() as connection:
            person = replace(people.named(connection, name), active=active)
            people.change(connection, person)
            self._note(connection, person, "enabled" if active else "disabled")
            if not active:
                self._end(connection, person.id, "the account was disabled")
        return person

    def set_password(self, name: str, password: str) -> Person:
        """Give somebody another password; their sessions end."""
        hashed = self._passwords.hash(good_enough(password, name))
        with self._accounts.database.changing() as connection:
            person = people.named(connection, name)
            good_enough(password, person.name)
            if person.issuer:
                raise AccountsError(f"{person.name} signs in with the identity provider and has no password here")
            other = kept_passwords.of_name(connection, person.name)
            if other and other[0].id != person.id:
                raise AccountsError(f"{other[0].id} signs in under this name already; a name has one account")
            kept_passwords.keep(connection, person.id, hashed, self._accounts.now())
            self._note(connection, person, "password")
            self._end(connection, person.id, "the password was changed")
        return person

    def set_roles(self, name: str, roles: Sequence[Role], teams: Sequence[str] | None = None) -> Person:
        """Give somebody these roles and no others, and teams where they are given; sessions in other roles end."""
        if not roles:
            raise AccountsError(f"{name} needs a role")
        with self._accounts.database.changing() as connection:
            person = people.named(connection, name)
            person = replace(
                person, roles=tuple(dict.fromkeys(roles)), teams=person.teams if teams is None else tuple(teams)
            )
            people.change(connection, person)
            self._note(connection, person, "roles")
            self._end(connection, person.id, "the role was taken away", spare=person.roles)
        return person

    def sessions(self, name: str = "") -> list[tuple[Person, Session]]:
        """Return the sessions that hold, of one person or of all, the newest first."""
        with self._accounts.database.reading() as connection:
            person = people.named(connection, name).id if name else ""
            found = sessions.holding(connection, self._accounts.now(), person)
            known = {one.id: one for one in people.everybody(connection)}
        return [(known[one.person], one) for one in found if one.person in known]

    def revoke(self, session: str) -> Session:
        """End one session; raises :class:`AccountsError` where there is none."""
        with self._accounts.database.changing() as connection:
            for found in sessions.holding(connection, self._accounts.now()):
                if found.id == session:
                    end(connection, found.person, [found.id], "revoked", self._accounts.now())
                    return found
        raise AccountsError(f"no session '{session}' holds; 'secondchair session list' shows those that do")

    def revoke_all(self, name: str) -> int:
        """End all sessions of somebody; returns how many."""
        with self._accounts.database.changing() as connection:
            return self._end(connection, people.named(connection, name).id, "revoked")

    def _end(self, connection: Connection, person: str, reason: str, spare: Sequence[Role] = ()) -> int:
        return end_all(connection, person, reason, self._accounts.now(), spare)

    def _note(self, connection: Connection, person: Person, change: str) -> None:
        told = AccountChanged(
            person.id, person.name, change, tuple(r.value for r in person.roles), person.teams, person.active
        )
        note(connection, self._accounts.now(), told)


def _each(values: Sequence[T]) -> tuple[T, ...]:
    """Return them once each, in their order."""
    return tuple(dict.fromkeys(values))
