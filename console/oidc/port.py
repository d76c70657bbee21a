"""What signing in needs of an identity provider; light to import, as most desks have none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Client:
    """The desk, as the provider knows it. Without a secret it is a public client, and PKCE alone protects it."""

    issuer: str
    id: str
    secret: str = field(repr=False)
    callback: str
    scopes: tuple[str, ...]
    insecure: bool = False


class IdentityProvider(Protocol):
    """The provider of a client. Either call raises :class:`~console.oidc.errors.ProviderError`."""

    @property
    def client(self) -> Client:
        """The desk, as it knows it."""

    async def where(self, state: str, nonce: str, verifier: str) -> str:
        """Return the address at which a person signs in."""

    async def claims(self, code: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """Return the checked claims of whoever came back with ``code``."""

    async def close(self) -> None:
        """Let go of its connections."""
