"""How many connections the web server has at once: those past it are cut off, or they would take every open file.

They come without a sign-in, and a proxy may pass on what is not whole yet. Without a bound nobody else would be let in,
no console could be started, and each connection that could not be taken would be written down.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from aiohttp import web

BACKLOG: Final = 128
"""Connections that are taken in one go, before any of them counts."""


class CutOff(asyncio.Protocol):
    """Ends a connection without a word."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """End it."""
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


def bounded(runner: web.AppRunner, most: int) -> Callable[[], asyncio.BaseProtocol]:
    """Return what makes the protocols of a runner's connections, as long as there are fewer than ``most``."""

    def protocol() -> asyncio.BaseProtocol:
        server = runner.server
        return server() if server is not None and len(server.connections) < most else CutOff()

    return protocol
