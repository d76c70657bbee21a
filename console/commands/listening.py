"""What servers begin with: a port of their own."""

import contextlib
import socket
from collections.abc import Iterator

from console.commands.outcome import CommandError


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
