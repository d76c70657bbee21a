"""A wire between the desk and a server, which can be cut and mended."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Wire:
    """Passes bytes on to a port of this machine; while it is cut, nobody is there."""

    def __init__(self, port: int) -> None:
        self._port, self._own = port, 0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def address(self) -> str:
        """Where to reach the server through the wire."""
        return f"http://127.0.0.1:{self._own}"

    async def mend(self) -> None:
        """Let through, on the same port as before."""
        self._server = await asyncio.start_server(self._passed, "127.0.0.1", self._own)
        self._own = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Break every connection and take no new one."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await self._server.wait_closed()

    async def _passed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            there, back = await asyncio.open_connection("127.0.0.1", self._port)
            ends = {writer, back}
            self._writers |= ends
            try:
                await asyncio.gather(_pump(reader, back), _pump(there, writer))
            finally:
                self._writers -= ends
                for end in ends:
                    end.close()
            return
        writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def wire(port: int) -> AsyncIterator[Wire]:
    """Lay a wire to a port."""
    made = Wire(port)
    await made.mend()
    try:
        yield made
    finally:
        await made.cut()
