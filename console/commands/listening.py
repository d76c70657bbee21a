"""What servers begin with: a port of their own, the one of their last run where nobody else has it."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from console.commands.outcome import CommandError

LOWEST: Final = 1024
"""Ports below are the system's."""

HIGHEST: Final = 65535


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket bound to an address; raises :class:`CommandError` where it cannot be had."""
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


def remembered(last: Path, host: str) -> int:
    """Return the port that stands in ``last`` where it is free on ``host`` right now; else 0, which is any."""
    try:
        port = int(last.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0
    if not LOWEST <= port <= HIGHEST:
        return 0
    try:
        with listening(host, port) as listener:
            listener.listen(1)
    except (CommandError, OSError):
        return 0
    return port


def remember(last: Path, port: int) -> None:
    """Keep the port for the next run; where that cannot be done, the next run takes any."""
    with contextlib.suppress(OSError):
        last.write_text(f"{port}\n", encoding="utf-8")
