"""The server's event loop, which gives whoever begins an encrypted connection a few seconds to go on with it."""

import asyncio
from typing import Any, Final

try:
    from uvloop import Loop
except ImportError:  # there is none for Windows
    from asyncio import ProactorEventLoop as Loop  # type: ignore[attr-defined,no-redef]

HANDSHAKE: Final = 10.0
"""Seconds from the first to the last byte of a handshake, the loop's own 60 being long enough to fill every place."""


class PromptLoop(Loop):
    """An event loop as uvicorn would choose it, but for that."""

    async def create_server(self, *args: Any, **options: Any) -> asyncio.AbstractServer:  # noqa: ANN401 - the loop's own
        """Listen; see :meth:`asyncio.loop.create_server`."""
        if options.get("ssl") is not None:
            options.setdefault("ssl_handshake_timeout", HANDSHAKE)
        server: asyncio.AbstractServer = await super().create_server(*args, **options)
        return server
