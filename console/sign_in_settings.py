"""Settings of how staff sign in."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from console.addresses import endpoint, require_private
from console.conversation.people import Role
from console.toml import Strict


class SignInSettings(Strict):
    """How staff sign in to the desk server of a team (docs/security.md)."""

    hours: Annotated[float, Field(gt=0, le=168)] = 12.0
    """Hours after which everybody signs in again."""
    idle_minutes: Annotated[float, Field(ge=5, le=1440)] = 60.0
    """Minutes without any work at a console after which its session ends."""
    failures: Annotated[int, Field(ge=2, le=100)] = 5
    """Wrong passwords in a row, for one account from one address, before the first pause."""


def _address(address: str) -> str:
    endpoint(address)  # says what is wrong with it; a slash at the end is part of an issuer's name
    return address


def _each_address(addresses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_address(address) for address in addresses if address)


def role_mapping(entries: tuple[str, ...]) -> list[tuple[str, Role]]:
    """Return ``group=role`` entries as pairs; raises ``ValueError`` for one that is none."""
    pairs = []
    for entry in entries:
        group, _, role = entry.rpartition("=")
        if not group.strip() or role.strip() not in set(Role):
            raise ValueError(f"'{entry}' should read group=role, with one of the roles {', '.join(Role)}")
        pairs.append((group.strip(), Role(role.strip())))
    return pairs


def _mapped(entries: tuple[str, ...]) -> tuple[str, ...]:
    role_mapping(entries)
    return entries


class OidcSettings(Strict):
    """Signing in at the company's identity provider, by OpenID Connect (docs/security.md)."""

    issuer: Annotated[str, AfterValidator(_address)] = ""
    """The provider's own name for itself (https://login.example/realms/staff); empty: there is none."""
    client_id: str = ""
    """The desk's id at the provider."""
    secret: Annotated[str, Field(repr=False)] = ""
    """Its secret there; better in the environment as SECONDCHAIR_OIDC__SECRET, or in a file named by secret_file."""
    secret_file: str = ""
    """File that holds the secret; a relative path is one in the workspace."""
    callback: Annotated[str, AfterValidator(_address)] = ""
    """Where the provider sends people back to: this server's address as browsers see it, with /v1/oidc/callback."""
    consoles: Annotated[tuple[str, ...], AfterValidator(_each_address)] = ()
    """Addresses of consoles in browsers to which people go back with a code; others are shown it."""
    scopes: tuple[str, ...] = ("openid", "profile")
    """What is asked for; some providers need "groups" too."""
    role_claim: str = ""
    """The claim that holds somebody's groups or roles (groups, realm_access.roles); without it nobody has a role."""
    roles: Annotated[tuple[str, ...], AfterValidator(_mapped)] = ()
    """Which of them leads to which role, the first one first: ["support=agent", "support-leads=lead"]."""
    insecure: bool = False
    """Whether the provider may be reached without encryption (http) on another machine."""

    @model_validator(mode="after")
    def _usable(self) -> "OidcSettings":
        if not self.issuer:
            return self
        if not self.client_id or not self.callback:
            raise ValueError("'client_id' and 'callback' are needed beside 'issuer'")
        if not self.callback.endswith("/v1/oidc/callback"):
            raise ValueError("'callback' should end in /v1/oidc/callback")
        require_private(self.issuer, insecure=self.insecure)
        return self
