"""Who may come in: the port through which a name and a password, or a token, become a person with a token."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person whom the desk server knows."""

    id: str
    name: str
    role: str
    token: str = field(repr=False)
    expires: float | None = None
    """When the token ends, in seconds since 1970; ``None``: not by itself."""


class SignInError(Exception):
    """Nobody was signed in; one line for the person who tried, and the HTTP status that says the same."""

    status = 503


class Wrong(SignInError):
    """The desk does not know this name, password or token."""

    status = 401


class TooOften(SignInError):
    """Somebody tries again and again."""

    status = 429

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many tries. Wait {max(1, round(seconds))} seconds, then try again.")
        self.seconds = seconds


class Reception(Protocol):
    """Asks the desk server; all raise :class:`SignInError`. ``address`` is where somebody comes from in the network."""

    async def by_password(self, name: str, password: str, address: str) -> SignedIn:
        """Return who has this name and password."""
        ...

    async def by_token(self, token: str, address: str) -> SignedIn:
        """Return who has this token."""
        ...

    async def by_code(self, code: str, proof: str, address: str) -> SignedIn:
        """Return whom the identity provider vouched for: the code at the end, the proof that it was begun here."""
        ...

    async def leave(self, person: SignedIn) -> None:
        """End the token of somebody who signed in with a password or at the provider."""
        ...
