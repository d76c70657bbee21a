"""``secondchair serve``: the desk server, for a team or for one console."""

import contextlib
import logging
import secrets
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import uvicorn

from console.accounts import OWNER
from console.commands.listening import listening, remember, remembered
from console.commands.outcome import CommandError, say
from console.server import private as pipe
from console.server.allocator import give_back_always, keep_memory_tidy
from console.server.assembly import build_server
from console.server.collecting import soon_keep_for_ever
from console.server.connections import limits
from console.server.desk_server import DeskServer
from console.server.draining import Drain
from console.server.listening import BehindProxy, encryption
from console.server.lock import AlreadyServed, ServerLock
from console.server.logs import log_to_stderr
from console.settings import Settings, chosen_settings
from console.workspace import Workspace

GRACE: Final = 3
"""Seconds that open streams have to end when the server stops."""

LOOPBACK: Final = "127.0.0.1"

SWITCHES_EVERY: Final = 0.0005
"""Seconds that a thread which computes may keep the others waiting; by default 0.005, which every write would pay."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the command line says, over the settings; ``None`` leaves a setting as it is."""

    host: str | None = None
    port: int | None = None
    replay: Path | None = None
    speed: float | None = None


def run_server(workspace: Workspace, config: Path | None, options: ServeOptions, *, private: bool) -> int:
    """Run the server until it is stopped; returns the exit code.

    ``private`` is how a console starts its own: on the loopback port of its last run, or any that is free, the token
    and the end over the pipe.
    """
    log_to_stderr()
    sys.setswitchinterval(SWITCHES_EVERY)
    keep_memory_tidy()
    give_back_always()
    signal.signal(signal.SIGTERM, _end)
    token = pipe.read_token() if private else secrets.token_urlsafe(32)
    lock = ServerLock(workspace)
    try:
        settings = _settings(workspace, config, options, private=private)
        log_to_stderr(settings.log.level)
        lock.take()
        try:
            _serve(workspace, settings, lock, token, private=private)
        finally:
            lock.release()
    except AlreadyServed as error:
        if private:
            pipe.say(error="already-served")
            return 0
        raise CommandError(str(error)) from error
    except Exception as error:
        if private:
            pipe.say(error=" ".join(str(error).split()) or type(error).__name__)
        raise
    return 0


def _end(*_: object) -> None:
    """End on SIGTERM as a process that cleans up behind itself; uvicorn raises the signal again once it has stopped."""
    raise SystemExit(0)


def _serve(workspace: Workspace, settings: Settings, lock: ServerLock, token: str, *, private: bool) -> None:
    encrypted = encryption(workspace, settings.server)
    last = remembered(workspace.last_port, LOOPBACK) if private else 0
    with listening(settings.server.host, last or settings.server.port) as listener:
        built = build_server(workspace, settings)
        built.accounts.admit(token, OWNER)
        built.desk.equipped.append(soon_keep_for_ever)
        host, port = listener.getsockname()[:2]
        if private:
            remember(workspace.last_port, port)
        url = f"http{'s' if encrypted else ''}://{f'[{host}]' if ':' in host else host}:{port}"
        app = BehindProxy(built.app, settings.server.proxies) if settings.server.behind_proxy else built.app
        config = uvicorn.Config(
            app,
            proxy_headers=False,  # nobody is believed but the proxies that the settings name
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            **limits(),
            **encrypted,
        )
        announce = partial(_announce, lock, url, token, _log(workspace, settings), private=private)
        drain = None if private else Drain(built.desks, settings.server.drain_seconds)
        server = DeskServer(config, announce, built.end_streams, lock.release, drain)
        if private:
            pipe.on_end_of_pipe(partial(server.stop_after, built.app.state.attendance))
        logging.getLogger("uvicorn.error").addFilter(lambda _: server.started)  # why it did not start is said below
        with contextlib.suppress(SystemExit):
            server.run(sockets=[listener])
        if built.failure:
            raise built.failure[0]


def _announce(lock: ServerLock, url: str, token: str, log: str, *, private: bool) -> None:
    served = lock.announce(url, token)
    if private:
        pipe.say(url=url, credential=served.credential)
    else:
        say(f"The desk listens on {url}; the web chat is at {url}/chat. Its log lies in {log}. Ctrl+C stops it.")


def _log(workspace: Workspace, settings: Settings) -> str:
    """Return where the log lies: a team's server that was not told would have a desk to itself, and look the same."""
    if not settings.store.address:
        return str(workspace.database.resolve())
    from console.store.postgres.address import shown  # here: most desks never need the driver

    return shown(settings.store.address)


def _settings(workspace: Workspace, config: Path | None, options: ServeOptions, *, private: bool) -> Settings:
    settings = chosen_settings(config, workspace.config)
    server = {"host": options.host, "port": options.port}
    if private:
        server = {"host": LOOPBACK, "port": 0}
    replay = {"source": str(options.replay.resolve()) if options.replay else None, "speed": options.speed}
    return settings.model_copy(
        update={
            "server": settings.server.model_copy(update=_given(server)),
            "replay": settings.replay.model_copy(update=_given(replay)),
        }
    )


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}
