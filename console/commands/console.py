"""The console itself, on a workspace or on a team's server."""

import getpass
import os
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Final

from console.commands.attach import Role, WorkspaceDesk
from console.commands.outcome import CommandError, say
from console.workspace import Workspace, config_folder

DEMO_NAMES = {"agent": "Robin Ashdale", "lead": "Marta Quill", "trainer": "Teo Brandt"}
"""The demo company's staff."""

LETS_GO_WITHIN: Final = 4.0
"""Seconds in which a server has let go of its workspace after the last console closed."""


def open_console(workspace: Workspace, *, server: str, role: Role, name: str) -> int:
    """Open the console on a team's server, or on the workspace's own; returns the exit code."""
    _needs_terminal()
    from console.commands.signing_in import signed_in
    from console.terminal.app import run

    if server:
        url = server.rstrip("/")
        token = os.environ.get("SECONDCHAIR_TOKEN", "")
        with nullcontext(token) if token else signed_in(url) as held:
            return run(_Named(url, held), config_folder=config_folder())
    return _run(WorkspaceDesk(workspace, role=role, name=name or _own_name()))


def open_demo(workspace: Workspace, *, role: Role, name: str, speed: float, fresh: bool, later: int = 0) -> int:
    """Open the console on the demo company; its workspace is made, or brought up to date, first.

    ``later`` is how many weeks pass before; they pass for leads.
    """
    from console.commands.init import prepare
    from console.server.lock import is_served

    _needs_terminal()
    if later and role != "lead":
        raise CommandError("weeks pass for a lead: secondchair demo --role lead --later 2")
    if fresh:
        _forget(workspace)
    if not is_served(workspace):
        prepare(workspace, demo=True)
    if workspace.database.exists():
        say("The demo goes on where it was left; 'secondchair demo --fresh' begins it again.")
    options = ("--speed", str(speed))
    desk = WorkspaceDesk(workspace, role=role, name=name or DEMO_NAMES[role], options=options)
    if later:
        from console.commands.weeks import let_weeks_pass

        try:
            let_weeks_pass(desk, later)
        except BaseException:
            desk.stop()
            raise
    return _run(desk)


class _Named:
    """A server that was named."""

    def __init__(self, url: str, token: str) -> None:
        self._reached = (url, token)

    async def __call__(self, progress: Callable[[str], None]) -> tuple[str, str]:
        """Return ``(base URL, token)``."""
        return self._reached


def _run(desk: WorkspaceDesk) -> int:
    from console.terminal.app import run

    try:
        return run(desk, config_folder=config_folder())
    finally:
        desk.stop()


def _needs_terminal() -> None:
    """Refuse to paint into a pipe or a file; Textual draws on standard error."""
    for name, stream in (("input", sys.stdin), ("output", sys.stdout), ("error", sys.stderr)):
        if stream is None or not stream.isatty():
            raise CommandError(
                f"the console needs a terminal, and standard {name} is none; scripts use commands such as "
                "'secondchair search' and 'secondchair report'"
            )


def _forget(workspace: Workspace) -> None:
    """Remove the demo's conversations and drafts; its content becomes what it came with again, its indexes stay."""
    from console.commands.init import BROUGHT
    from console.server.lock import is_served

    until = time.monotonic() + LETS_GO_WITHIN
    while is_served(workspace) and time.monotonic() < until:
        time.sleep(0.1)
    if is_served(workspace):
        raise CommandError(f"a console is open on {workspace.root}; close it before you begin again")
    for leftover in workspace.root.glob("desk.db*"):
        leftover.unlink()
    (workspace.root / BROUGHT).unlink(missing_ok=True)


def _own_name() -> str:
    try:
        return getpass.getuser().replace(".", " ").title()
    except (OSError, KeyError):
        return "Agent"
