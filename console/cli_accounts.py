"""The command line of accounts and sessions: options and help here, the work in :mod:`console.commands.accounts`."""

from typing import Annotated

import typer

from console.cli_options import AnyRole, ConfigOption, JsonOption, WorkspaceOption, chosen_workspace

account_app = typer.Typer(help="Who may sign in, and as what.", no_args_is_help=True, rich_markup_mode=None)
session_app = typer.Typer(help="Who is signed in right now.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The person's name, or id where several have that name.")]
Roles = Annotated[list[AnyRole], typer.Option("--role", help="A role; the first one is theirs where they name none.")]
Teams = Annotated[list[str] | None, typer.Option("--team", metavar="TEAM", help="A team; may be given again.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input, one line; else it is asked.")
]


@account_app.command(name="add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name they sign in with, as customers see it.")],
    role: Roles,
    team: Teams = None,
    password_stdin: FromStdin = False,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
) -> None:
    """Add an account that signs in with a password."""
    from console.commands.accounts import add_account

    roles = [one.value for one in role]
    add_account(chosen_workspace(workspace), config, name, roles, team or [], from_stdin=password_stdin)


@account_app.command(name="list")
def list_(workspace: WorkspaceOption = None, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """List everybody who has, or had, a token or an account."""
    from console.commands.accounts import list_accounts

    list_accounts(chosen_workspace(workspace), config, as_json=as_json)


@account_app.command()
def disable(name: Name, workspace: WorkspaceOption = None, config: ConfigOption = None) -> None:
    """Let somebody in no more, with no token either; who is signed in is signed out within seconds."""
    from console.commands.accounts import set_active

    set_active(chosen_workspace(workspace), config, name, active=False)


@account_app.command()
def enable(name: Name, workspace: WorkspaceOption = None, config: ConfigOption = None) -> None:
    """Let somebody in again."""
    from console.commands.accounts import set_active

    set_active(chosen_workspace(workspace), config, name, active=True)


@account_app.command()
def password(
    name: Name, password_stdin: FromStdin = False, workspace: WorkspaceOption = None, config: ConfigOption = None
) -> None:
    """Give somebody another password; their sessions end."""
    from console.commands.accounts import set_password

    set_password(chosen_workspace(workspace), config, name, from_stdin=password_stdin)


@account_app.command()
def roles(
    name: Name,
    role: Annotated[list[AnyRole], typer.Argument(metavar="ROLE…", help="All the roles that they have from now on.")],
    team: Teams = None,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
) -> None:
    """Give somebody these roles and no others, and teams where they are named; sessions in other roles end."""
    from console.commands.accounts import set_roles

    set_roles(chosen_workspace(workspace), config, name, [one.value for one in role], team)


@session_app.command(name="list")
def list_sessions(
    name: Annotated[str, typer.Option("--account", metavar="NAME", help="Only this person's.")] = "",
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the sessions that hold, the newest first."""
    from console.commands.accounts import list_sessions as listed

    listed(chosen_workspace(workspace), config, name, as_json=as_json)


@session_app.command()
def revoke(
    session: Annotated[str, typer.Argument(metavar="[SESSION]", help="As 'session list' names it.")] = "",
    name: Annotated[str, typer.Option("--account", metavar="NAME", help="All of this person's.")] = "",
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
) -> None:
    """End a session, or all of a person; it lets nobody in any more within seconds, on any server."""
    from console.commands.accounts import revoke as revoked

    revoked(chosen_workspace(workspace), config, session, name)
