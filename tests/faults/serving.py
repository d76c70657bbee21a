"""A desk of this process on a real port, and connections that are as slow as a test wants."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI

from console.desk.desk import Desk
from console.server.connections import limits
from tests.serving_apps import address_of, serving


@asynccontextmanager
async def listening(app: FastAPI, desk: Desk) -> AsyncIterator[str]:
    """Serve with the options of ``secondchair serve``, and yield the address."""
    config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1, **limits())
    async with serving(config) as server:
        try:
            yield address_of(server)
        finally:
            desk.live.hub.close()


def deaf(url: str, path: str, token: str) -> socket.socket:
    """Ask for a stream and read nothing of it; the system takes in as little as it can."""
    place = urlsplit(url)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect((place.hostname, place.port))
    head = (f"GET {path} HTTP/1.1", f"Host: {place.netloc}", f"Authorization: Bearer {token}", "", "")
    line.sendall("\r\n".join(head).encode())
    return line
