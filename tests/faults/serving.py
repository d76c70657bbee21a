"""A desk of this process on a real port, and connections that are as slow as a test wants."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI

from console.desk.desk import Desk
from console.server.connections import limits


@asynccontextmanager
async def listening(app: FastAPI, desk: Desk) -> AsyncIterator[str]:
    """Serve with the options of ``secondchair serve``, and yield the address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1, **limits()))
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        desk.live.hub.close()
        server.should_exit = True
        await task


def deaf(url: str, path: str, token: str) -> socket.socket:
    """Ask for a stream and read nothing of it; the system takes in as little as it can."""
    place = urlsplit(url)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect((place.hostname, place.port))
    head = (f"GET {path} HTTP/1.1", f"Host: {place.netloc}", f"Authorization: Bearer {token}", "", "")
    line.sendall("\r\n".join(head).encode())
    return line
