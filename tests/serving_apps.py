"""Serves an application as long as a test needs it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn


@asynccontextmanager
async def serving(config: uvicorn.Config, listener: socket.socket | None = None) -> AsyncIterator[uvicorn.Server]:
    """Serve while the block runs; on a socket that is open already, its address is known before the application is."""
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener] if listener else None))
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
    try:
        yield server
    finally:
        server.should_exit = True
        await task


def port_of(server: uvicorn.Server) -> int:
    """Return the port that it listens on."""
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port


def address_of(server: uvicorn.Server) -> str:
    """Return the address that it listens on."""
    return f"http://127.0.0.1:{port_of(server)}"
