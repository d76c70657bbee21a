"""What a console asks when somebody signs in or changes their password, and what it gets back: bodies over HTTP."""

from dataclasses import dataclass, field
from datetime import datetime

from console.conversation.people import Role


@dataclass(frozen=True, slots=True)
class SignIn:
    """Begin a session with a name and a password, in ``role`` or in the first of the person's roles."""

    name: str
    password: str = field(repr=False)
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class PasswordStanding:
    """Whether whoever asks has a password to change: ``why_not`` says why there is none, and is empty for one."""

    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Change one's own password, by the old one."""

    old: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignInCode:
    """Begin a session with the code that a sign-in at the identity provider ended with; it holds once.

    ``verifier`` is what the ``challenge`` at its beginning was made from.
    """

    code: str = field(repr=False)
    verifier: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SessionBegun:
    """A session: its token, who they are, and when it ends at the latest; without work it ends earlier."""

    token: str = field(repr=False)
    id: str
    name: str
    role: Role
    expires_at: datetime
