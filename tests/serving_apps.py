"""An application on a socket that is open already, so that its address is known before it is made."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn


@asynccontextmanager
async def served_on(config: uvicorn.Config, listener: socket.socket) -> AsyncIterator[None]:
    """Serve while the block runs."""
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await task
