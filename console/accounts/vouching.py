"""Signing in at an identity provider: what is kept while it is under way, and whom it then lets in."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from console.accounts import names, once, people, starts, tokens
from console.accounts.accounts import Accounts
from console.accounts.ending import end_all
from console.accounts.errors import AccountsError, NotSignedIn, RoleNotHeld, TryLater
from console.accounts.notes import note
from console.accounts.people import Person
from console.accounts.signing_in import Entered, enter
from console.conversation.people import Role
from console.conversation.sign_in_events import AccountChanged

UNDER_WAY: Final = 600
"""Seconds that a person may take at the provider."""

CODE: Final = 60
"""Seconds within which the code at the end is exchanged for a session."""

_STATE, _CODE = "sign-in", "code"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A sign-in that was begun: what must fit at its end. ``browser`` is a digest of the cookie it was begun with."""

    nonce: str
    verifier: str
    browser: str
    console: str
    """Where the person came from and goes back to; empty where they are shown a code."""
    challenge: str
    role: str


class Vouching:
    """Begins and ends such sign-ins, on whichever server of a team. All block."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def begin(self, state: str, under_way: UnderWay, place: str) -> None:
        """Keep a sign-in until its person comes back with ``state``; ``place`` is the network it is begun from.

        Raises :class:`TryLater` where many were begun from there in the last minute.
        """
        now = self._accounts.now()
        with self._accounts.database.changing() as connection:
            if wait := starts.begin(connection, place, now):
                raise TryLater(f"many sign-ins were begun from here; try again in {wait} seconds", wait)
            once.put(connection, tokens.digest_of(state), _STATE, asdict(under_way), now + UNDER_WAY, now)

    def take(self, state: str) -> UnderWay | None:
        """Return the sign-in of ``state``, once."""
        with self._accounts.database.changing() as connection:
            found = once.take(connection, tokens.digest_of(state), _STATE, self._accounts.now())
        return UnderWay(**found) if found else None

    def vouched(
        self, issuer: str, subject: str, name: str, roles: Sequence[Role], under_way: UnderWay, address: str
    ) -> str:
        """Have a person known with these roles, and return a code for a session of theirs.

        Raises :class:`RoleNotHeld` for one who has no role, or not the one they asked for; what held before ends.
        """
        code, now = tokens.new_secret(), self._accounts.now()
        with self._accounts.database.changing() as connection:
            person = people.of_subject(connection, issuer, subject)
            if person is None and roles:
                person = people.add(connection, _kept_name(name, subject), roles, subject=(issuer, subject))
                note(connection, now, _changed(person, "added"))
            elif person is not None and (person.roles, person.name) != (tuple(roles), _kept_name(name, subject)):
                person = replace(person, roles=tuple(roles), name=_kept_name(name, subject))
                people.change(connection, person)
                note(connection, now, _changed(person, "roles"))
                end_all(connection, person.id, "the identity provider took the role away", now, person.roles)
        if person is None or not roles:
            raise RoleNotHeld(
                "the identity provider knows you, and none of your groups there has a role on this desk; "
                "ask whoever runs it ([oidc] roles)"
            )
        role = Role(under_way.role) if under_way.role else person.roles[0]
        if not person.may(role):
            held = ", ".join(person.roles) if person.active else "none; the account is disabled"
            raise RoleNotHeld(f"you may not come in the role {role}; yours: {held}")
        data = {"person": person.id, "role": role.value, "challenge": under_way.challenge, "address": address}
        with self._accounts.database.changing() as connection:
            once.put(connection, tokens.digest_of(code), _CODE, data, now + CODE, now)
        return code

    def exchange(self, code: str, verifier: str) -> Entered:
        """Begin the session of a code, once. Raises :class:`NotSignedIn` and :class:`RoleNotHeld`."""
        accounts = self._accounts
        with accounts.database.changing() as connection:
            found = once.take(connection, tokens.digest_of(code), _CODE, accounts.now())
        if found is None or not _fits(found["challenge"], verifier):
            raise NotSignedIn("this code does not hold, or not any more; sign in again")
        with accounts.database.changing() as connection:
            person = people.by_id(connection, found["person"])
            if person is None:
                raise NotSignedIn("this code does not hold, or not any more; sign in again")
            return enter(connection, accounts, person, Role(found["role"]), how="oidc", address=found["address"])


def _fits(challenge: str, verifier: str) -> bool:
    """Return whether a verifier is what the challenge was made from (S256 of RFC 7636); without one there is none."""
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode(errors="replace")).digest()).rstrip(b"=").decode()
    return hmac.compare_digest(challenge, made) if challenge else not verifier


def _kept_name(name: str, subject: str) -> str:
    """Return a name as it can be kept; whoever has none that can is called by their subject."""
    try:
        return names.written(name)
    except AccountsError:
        return names.written(subject[: names.LONGEST_NAME])


def _changed(person: Person, change: str) -> AccountChanged:
    roles = tuple(role.value for role in person.roles)
    return AccountChanged(person.id, person.name, change, roles, person.teams, person.active)
