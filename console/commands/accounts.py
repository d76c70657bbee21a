"""``secondchair token``, ``secondchair account …`` and ``secondchair session …``."""

import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import typer

from console.accounts import Accounts
from console.accounts.administration import Administration
from console.accounts.opening import open_accounts
from console.accounts.passwords import LONGEST, SHORTEST, Passwords, good_enough
from console.accounts.people import Person
from console.commands.outcome import CommandError, say
from console.conversation.people import Role
from console.settings import chosen_settings
from console.workspace import Workspace

WITHIN: Final = "within seconds"


@contextmanager
def opened(workspace: Workspace, config: Path | None) -> Iterator[Accounts]:
    """Open the accounts of a desk until the block ends."""
    settings = chosen_settings(config, workspace.config)
    accounts = open_accounts(workspace, settings.sign_in, settings.store.address)
    try:
        yield accounts
    finally:
        accounts.close()


@contextmanager
def administering(workspace: Workspace, config: Path | None) -> Iterator[Administration]:
    """Administer the accounts of a desk until the block ends."""
    with opened(workspace, config) as accounts:
        yield Administration(accounts, Passwords())


def make_token(workspace: Workspace, config: Path | None, role: str, name: str, *, label: str, days: int) -> None:
    """Make and print a token; only its digest is kept."""
    with opened(workspace, config) as accounts:
        token, agent = accounts.keep(Role(role), name, label=label, days=days)
    ends = f"It ends in {days} days. " if days else ""
    earlier = f"An earlier one of theirs{' with this label' if label else ''} no longer works."
    say(f"A token for {agent.name} ({agent.role}); it is shown this once. {ends}{earlier}")
    typer.echo(token)


def add_account(
    workspace: Workspace,
    config: Path | None,
    name: str,
    roles: Sequence[str],
    teams: Sequence[str],
    *,
    from_stdin: bool,
) -> None:
    """Add an account and print whom it is for."""
    password = read_password(name, from_stdin=from_stdin)
    with administering(workspace, config) as administration:
        person = administration.add(name, [Role(role) for role in roles], teams, password)
    typer.echo(f"{person.name} may sign in as {_words(person)}, under this name; commands know {person.id} too.")


def list_accounts(workspace: Workspace, config: Path | None, *, as_json: bool) -> None:
    """Print everybody, a line each."""
    with opened(workspace, config) as accounts:
        people, passwords = accounts.people(), accounts.with_password()
    for person in people:
        has = person.id in passwords
        if as_json:
            who = {"id": person.id, "name": person.name, "roles": person.roles, "teams": person.teams}
            row = {**who, "active": person.active, "password": has, "issuer": person.issuer}
            typer.echo(json.dumps(row, ensure_ascii=False))
            continue
        how = "password" if has else f"signs in at {person.issuer}" if person.issuer else "tokens only"
        state = "" if person.active else "  disabled"
        typer.echo(f"{person.id}  {person.name}  {_words(person)}  {how}{state}")


def set_active(workspace: Workspace, config: Path | None, name: str, *, active: bool) -> None:
    """Enable or disable an account."""
    with administering(workspace, config) as administration:
        person = administration.set_active(name, active)
    typer.echo(f"{person.name} may come in again." if active else f"{person.name} is kept out {WITHIN}.")


def set_password(workspace: Workspace, config: Path | None, name: str, *, from_stdin: bool) -> None:
    """Change a password."""
    password = read_password(name, from_stdin=from_stdin)
    with administering(workspace, config) as administration:
        person = administration.set_password(name, password)
    typer.echo(f"{person.name} has another password; their sessions end {WITHIN}.")


def set_roles(
    workspace: Workspace, config: Path | None, name: str, roles: Sequence[str], teams: Sequence[str] | None
) -> None:
    """Change roles, and teams where they are given."""
    with administering(workspace, config) as administration:
        person = administration.set_roles(name, [Role(role) for role in roles], teams)
    typer.echo(f"{person.name} may come in as {_words(person)}; sessions in other roles end {WITHIN}.")


def list_sessions(workspace: Workspace, config: Path | None, name: str, *, as_json: bool) -> None:
    """Print the sessions that hold, a line each."""
    with administering(workspace, config) as administration:
        found = administration.sessions(name)
    for person, one in found:
        moments = {"created": one.created, "used": one.used, "idle_end": one.idle_end, "expires": one.expires}
        if as_json:
            row = {"id": one.id, "person": person.id, "name": person.name, "role": one.role, "how": one.how}
            row |= {"address": one.address, **{name: _moment(at).isoformat() for name, at in moments.items()}}
            typer.echo(json.dumps(row, ensure_ascii=False))
            continue
        times = f"since {_moment(one.created):%d %b %H:%M}, used {_moment(one.used):%H:%M}"
        typer.echo(f"{one.id}  {person.name}  {one.role}  {one.address}  {times} UTC")


def revoke(workspace: Workspace, config: Path | None, session: str, name: str) -> None:
    """End one session, or all of a person."""
    if bool(session) is bool(name):
        raise CommandError("name either a session ('session list' shows them) or a person with --account")
    with administering(workspace, config) as administration:
        ended = administration.revoke_all(name) if name else len([administration.revoke(session)])
    typer.echo(f"{ended} session{'' if ended == 1 else 's'} ended; on every server {WITHIN}.")


def read_password(name: str, *, from_stdin: bool) -> str:
    """Return a new password from the terminal, typed twice, or from the first line of standard input.

    Raises :class:`CommandError` and, before the second time, ``AccountsError`` where it will not do.
    """
    if from_stdin:
        return sys.stdin.readline(LONGEST + 2).rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError("there is no terminal to ask for the password; --password-stdin reads it from the input")
    first = good_enough(getpass.getpass(f"Password for {name} (at least {SHORTEST} characters): "), name)
    if getpass.getpass("Once more: ") != first:
        raise CommandError("the two passwords differ; nothing was changed")
    return first


def _words(person: Person) -> str:
    teams = f" in {', '.join(person.teams)}" if person.teams else ""
    return ", ".join(person.roles) + teams


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
