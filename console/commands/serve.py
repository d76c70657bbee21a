"""``secondchair serve``: the desk server, for a team or for one console."""

import asyncio
import contextlib
import io
import logging
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TextIO, cast

import structlog
import uvicorn

from console.commands.outcome import CommandError, say
from console.server import private as pipe
from console.server.accounts import OWNER
from console.server.assembly import build_server
from console.server.attendance import Attendance
from console.server.connections import limits
from console.server.ending import LINGERING, STOPPING, end_within
from console.server.lock import AlreadyServed, ServerLock
from console.server.log_lines import Unquoting, without_values
from console.settings import Settings, chosen_settings
from console.workspace import Workspace

GRACE: Final = 3
"""Seconds that open streams have to end when the server stops."""

LEAVING: Final = 0.5
"""Seconds in which the stream of the console that closed its pipe is gone, too; any other is another console's."""

COMING_BACK: Final = 1.5
"""Seconds that a private server whose owner is gone waits for a console whose stream broke off."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the command line says, over the settings; ``None`` leaves a setting as it is."""

    host: str | None = None
    port: int | None = None
    replay: Path | None = None
    speed: float | None = None


def run_server(workspace: Workspace, config: Path | None, options: ServeOptions, *, private: bool) -> int:
    """Run the server until it is stopped; returns the exit code.

    ``private`` is how a console starts its own: on a free loopback port, the token and the end over the pipe.
    """
    _log_to_stderr()
    signal.signal(signal.SIGTERM, _end)
    token = pipe.read_token() if private else secrets.token_urlsafe(32)
    lock = ServerLock(workspace)
    try:
        settings = _settings(workspace, config, options, private=private)
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
    with _listening(settings) as listener:
        built = build_server(workspace, settings)
        built.accounts.admit(token, OWNER)
        host, port = listener.getsockname()[:2]
        url = f"http://{host}:{port}"
        config = uvicorn.Config(
            built.app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            **limits(),
        )
        announce = partial(_announce, lock, url, token, private=private)
        server = _Announcing(config, announce, built.desk.live.hub.close, lock.release)
        if private:
            pipe.on_end_of_pipe(partial(server.stop_after, built.app.state.attendance))
        logging.getLogger("uvicorn.error").addFilter(lambda _: server.started)  # why it did not start is said below
        with contextlib.suppress(SystemExit):
            server.run(sockets=[listener])
        if built.failure:
            raise built.failure[0]


def _announce(lock: ServerLock, url: str, token: str, *, private: bool) -> None:
    served = lock.announce(url, token)
    if private:
        pipe.say(url=url, credential=served.credential)
    else:
        say(f"The desk listens on {url}; the web chat is at {url}/chat. Ctrl+C stops it.")


class _Announcing(uvicorn.Server):
    """Announces itself once it listens; when it stops it ends its event streams first, and the process in any case."""

    def __init__(
        self,
        config: uvicorn.Config,
        announce: Callable[[], None],
        end_streams: Callable[[], None],
        release: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._announce, self._end_streams, self._release = announce, end_streams, release
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop_after(self, attendance: Attendance) -> None:
        """Stop once nobody follows the desk; call it from another thread."""
        if self._loop is None:
            self.should_exit = True  # nobody can follow yet
        else:
            asyncio.run_coroutine_threadsafe(self._stop_after(attendance), self._loop)

    async def _stop_after(self, attendance: Attendance) -> None:
        try:
            await asyncio.wait_for(attendance.alone(), LEAVING)
        except TimeoutError:
            pipe.say(staying="another console follows the desk")
            await attendance.alone(COMING_BACK)
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._loop = asyncio.get_running_loop()
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        end_within(STOPPING, self._release)
        self._end_streams()
        await super().shutdown(sockets)
        end_within(LINGERING, self._release)  # the log is closed by now


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    host, port = settings.server.host, settings.server.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise CommandError(f"cannot listen on {host}:{port} ({reason}); choose another --port or --host") from error
    with listener:
        yield listener


def _settings(workspace: Workspace, config: Path | None, options: ServeOptions, *, private: bool) -> Settings:
    settings = chosen_settings(config, workspace.config)
    server = {"host": options.host, "port": options.port}
    if private:
        server = {"host": "127.0.0.1", "port": 0}
    replay = {"source": str(options.replay.resolve()) if options.replay else None, "speed": options.speed}
    return settings.model_copy(
        update={
            "server": settings.server.model_copy(update=_given(server)),
            "replay": settings.replay.model_copy(update=_given(replay)),
        }
    )


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}


class _Unfailing(io.TextIOBase):
    """A stream for the server's log that never raises: a full disk must not turn a clear answer into a fault."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what can be written."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Pass on what can be passed on."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


def _log_to_stderr() -> None:
    """Log structured lines to standard error; never what people wrote."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Unquoting("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            without_values,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Unfailing(sys.stderr))),
    )
