"""The events of who came in, who was refused, and what became of accounts; they concern the whole workspace.

Part of :data:`console.conversation.events.EventData`. They never hold a token, a password, or anything that was typed:
a name stands here only where it is that of a person who is known. They stay on the server: no console is sent them.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person began a session."""

    person: str
    name: str
    role: str
    how: str
    """``password``, or ``oidc`` where an identity provider vouched for them."""
    session: str
    """Names the session; its token is another thing."""
    address: str


@dataclass(frozen=True, slots=True)
class SignInRefused:
    """Somebody tried to sign in, or to change their password, and may not; repeats are counted."""

    reason: str
    how: str
    address: str
    person: str = ""
    """Whose name it was, where that is known."""
    times: int = 1


@dataclass(frozen=True, slots=True)
class SignedOut:
    """A person ended their session."""

    person: str
    session: str


@dataclass(frozen=True, slots=True)
class SessionsRevoked:
    """Sessions of a person were ended by others, or because their password or account changed."""

    person: str
    sessions: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """An account was added or changed."""

    person: str
    name: str
    change: str
    """``added``, ``enabled``, ``disabled``, ``password``, ``roles``; ``own password`` where they did it themselves."""
    roles: tuple[str, ...]
    teams: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class TokenMade:
    """A token was made for a person; an earlier one of the same person, role and label ended with it."""

    person: str
    name: str
    role: str
    label: str = ""
    """``session s-…`` where it is the token of a session that an administrator began over HTTP."""


@dataclass(frozen=True, slots=True)
class RequestsRefused:
    """A request was refused; repeats within the minute are counted."""

    verb: str
    route: str
    """The route's template, not what was asked for."""
    status: int
    """401: nobody known. 403: not allowed."""
    address: str
    person: str = ""
    role: str = ""
    times: int = 1


SignInEvent = SignedIn | SignInRefused | SignedOut | SessionsRevoked | AccountChanged | TokenMade | RequestsRefused

UNSENT: Final = frozenset(SignInEvent.__args__)
"""Events that no console is sent: who failed to come in from where is for whoever reads the log."""
