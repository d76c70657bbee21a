"""Signing in at the company's identity provider, as the settings have it."""

from console.accounts import Accounts
from console.accounts.vouching import Vouching
from console.oidc.port import Client
from console.server.routes_oidc import Oidc
from console.server.secret import secret
from console.settings import Settings
from console.sign_in_settings import role_mapping
from console.workspace import Workspace


def identity_provider(workspace: Workspace, settings: Settings, accounts: Accounts) -> Oidc | None:
    """Return how people sign in there; ``None`` where the settings name no provider.

    Raises :class:`~console.content.errors.ContentError` where the secret cannot be read.
    """
    oidc = settings.oidc
    if not oidc.issuer:
        return None
    from console.oidc.provider import Provider  # here: Authlib takes a third of a second, and most desks need it not

    known_as = secret(workspace, oidc.secret, oidc.secret_file, "the secret of the identity provider")
    client = Client(oidc.issuer, oidc.client_id, known_as, oidc.callback, oidc.scopes, oidc.insecure)
    roles, consoles = tuple(role_mapping(oidc.roles)), frozenset(oidc.consoles)
    return Oidc(Provider(client), Vouching(accounts), oidc.role_claim, roles, consoles)
