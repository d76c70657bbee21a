"""``secondchair web``: the console in browsers, on a named desk server or on the workspace's own."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp import web

from console.addresses import endpoint
from console.commands.attach import WorkspaceDesk
from console.commands.listening import listening
from console.commands.outcome import CommandError, say
from console.server.connections import room_for_connections
from console.server.logs import log_to_stderr
from console.settings import chosen_settings
from console.web.consoles import Consoles
from console.web.crowding import BACKLOG, bounded
from console.web.desk_reception import DeskReception
from console.web.doorkeeper import Doorkeeper
from console.web.place import NotSafe, Place, place_of
from console.web.server import Behind, WebConsole
from console.web.sessions import Sessions
from console.web_settings import WebSettings
from console.workspace import Workspace, config_folder, private_folder

GRACE: Final = 8.0
"""Seconds that open pages have to end when the server stops."""

FILES_OF_A_TAB: Final = 4
"""Open files of a console beside its page's connection: three pipes, and one that tells of its end."""


@dataclass(frozen=True, slots=True)
class WebOptions:
    """What the command line says, over the settings; ``None`` leaves a setting as it is."""

    server: str = ""
    host: str | None = None
    port: int | None = None
    public_url: str | None = None


def run_web(workspace: Workspace, config: Path | None, options: WebOptions) -> int:
    """Serve until stopped; returns the exit code."""
    settings = _settings(workspace, config, options)
    log_to_stderr()
    with listening(settings.host, settings.port) as listener:
        try:
            place = place_of(settings.host, listener.getsockname()[1], settings.public_url)
        except NotSafe as error:
            raise CommandError(str(error)) from error
        desk, leave = _desk(workspace, options.server)
        try:
            return asyncio.run(_serve(settings, place, desk, listener))
        finally:
            leave()


def build_web(settings: WebSettings, place: Place, desk: Callable[[], Awaitable[str]]) -> WebConsole:
    """Return a web server before the desk whose address ``desk`` returns."""
    sessions = Sessions(settings.idle_minutes * 60, settings.longest_hours * 3600)
    consoles = Consoles(sessions, most=settings.consoles, per_person=settings.per_person, kept=settings.kept_seconds)
    behind = Behind(desk, settings.desk_url, private_folder(config_folder() / "web"), settings.company_sign_in)
    return WebConsole(place, behind, Doorkeeper(DeskReception(desk)), sessions, consoles)


async def _serve(
    settings: WebSettings, place: Place, desk: Callable[[], Awaitable[str]], listener: socket.socket
) -> int:
    await desk()  # whatever keeps it from starting is said now
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    runner = web.AppRunner(
        await build_web(settings, place, desk).make_app(), access_log=None, shutdown_timeout=GRACE, keepalive_timeout=30
    )
    await runner.setup()
    most = room_for_connections(BACKLOG + FILES_OF_A_TAB * settings.consoles)
    server = await loop.create_server(bounded(runner, most), sock=listener, backlog=BACKLOG)
    try:
        say(f"The console is at {place.url}. Ctrl+C stops it.")
        await stopped.wait()
    finally:
        server.close()
        await runner.cleanup()
    return 0


def _desk(workspace: Workspace, server: str) -> tuple[Callable[[], Awaitable[str]], Callable[[], None]]:
    """Return what tells the desk's address, and what leaves the desk at the end."""
    if server:
        try:
            named = endpoint(server)
        except ValueError as error:
            raise CommandError(f"--server {error}") from error

        async def fixed() -> str:
            return named

        return fixed, lambda: None
    owned = WorkspaceDesk(workspace, role="agent", name="")
    turn = asyncio.Lock()

    async def found() -> str:
        async with turn:
            return await asyncio.to_thread(owned.address, say)

    return found, owned.stop


def _settings(workspace: Workspace, config: Path | None, options: WebOptions) -> WebSettings:
    from pydantic import ValidationError

    given = {"host": options.host, "port": options.port, "public_url": options.public_url}
    settings = chosen_settings(config, workspace.config).web
    try:
        return WebSettings.model_validate(settings.model_dump() | {k: v for k, v in given.items() if v is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        option = "--" + str(first["loc"][0]).replace("_", "-")
        raise CommandError(f"{option}: {first['msg'].removeprefix('Value error, ')}") from error
