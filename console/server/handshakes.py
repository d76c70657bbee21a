"""The server's event loop, which gives whoever begins an encrypted connection a few seconds to go on with it."""

from typing import Any, Final

try:
    from uvloop import Loop
except ImportError:  # there is none for Windows
    from asyncio import ProactorEventLoop as Loop  # type: ignore[attr-defined,no-redef]

HANDSHAKE: Final = 10.0
"""Seconds from the first to the last byte of a handshake, the loop's own 60 being long enough to fill every place."""


class PromptLoop(Loop):
    """An event loop as uvicorn would choose it, but for that."""

    async def create_server(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as the loop says
        """Listen; see :meth:`asyncio.loop.create_server`."""
        if options.get("ssl") is not None:
            options.setdefault("ssl_handshake_timeout", HANDSHAKE)
        return await super().create_server(*args, **options)
