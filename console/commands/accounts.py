"""``secondchair token``."""

import typer

from console.commands.outcome import say
from console.conversation.people import Role
from console.server.accounts import Accounts
from console.workspace import Workspace


def make_token(workspace: Workspace, role: str, name: str) -> None:
    """Make and print a token; only its digest is kept."""
    token, agent = Accounts(workspace.accounts).keep(Role(role), name)
    say(f"A token for {agent.name} ({agent.role}); it is shown this once. An earlier one of theirs no longer works.")
    typer.echo(token)
