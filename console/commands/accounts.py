"""``secondchair token``."""

import typer

from console.accounts.opening import open_accounts
from console.commands.outcome import say
from console.conversation.people import Role
from console.settings import chosen_settings
from console.workspace import Workspace


def make_token(workspace: Workspace, role: str, name: str) -> None:
    """Make and print a token; only its digest is kept."""
    accounts = open_accounts(workspace, chosen_settings(None, workspace.config).sign_in)
    token, agent = accounts.keep(Role(role), name)
    say(f"A token for {agent.name} ({agent.role}); it is shown this once. An earlier one of theirs no longer works.")
    typer.echo(token)
