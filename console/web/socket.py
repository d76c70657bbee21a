"""The page at the other end of a websocket."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Final

from aiohttp import WSMsgType, web

from console.web.endings import BAD_FRAME
from console.web.frames import BadFrame, Focus, Keys, Ping, Window, read_frame
from console.web.process import TabProcess
from console.web.sessions import Session, Sessions

BEHIND: Final = 10.0
"""Seconds for which a page may be too slow to take what is painted; then it has to come back, and is painted anew."""


class SocketScreen:
    """Paints on a page; what fails there never reaches the console."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self._socket, self._request = socket, request
        self._closing: asyncio.Task[None] | None = None

    async def paint(self, data: bytes) -> None:
        """Write to its terminal."""
        await self._sent(self._socket.send_bytes(data))

    async def tell(self, what: str, said: object) -> None:
        """Say something to its scripts."""
        await self._sent(self._socket.send_json([what, said]))

    def close(self, code: int) -> None:
        """End the connection, without waiting for the page to agree."""

        async def close() -> None:
            with suppress(ConnectionError, RuntimeError):
                await self._socket.close(code=code)

        self._closing = asyncio.get_running_loop().create_task(close())

    async def gone(self) -> None:
        """Wait until the page has heard why the connection ends, if we ended it."""
        if self._closing is not None:
            await self._closing

    async def _sent(self, sending: Awaitable[None]) -> None:
        try:
            await asyncio.wait_for(sending, BEHIND)
        except TimeoutError:
            if self._request.transport is not None:
                self._request.transport.abort()
        except (ConnectionError, RuntimeError):  # it has gone; whoever reads from it notices
            pass


async def relay(socket: web.WebSocketResponse, process: TabProcess, sessions: Sessions, session: Session) -> None:
    """Hand on what a page says until its connection ends."""
    async for message in socket:
        try:
            if message.type is not WSMsgType.TEXT:
                raise BadFrame
            frame = read_frame(message.data)
        except BadFrame:
            await socket.close(code=BAD_FRAME)
            return
        match frame:
            case Keys(data):
                sessions.used(session)
                await process.send_bytes(data)
            case Window(width, height):
                await process.set_terminal_size(width, height)
            case Ping(mark):
                await socket.send_json(["pong", mark])
            case Focus(on=True):
                await process.focus()
            case Focus():
                await process.blur()
