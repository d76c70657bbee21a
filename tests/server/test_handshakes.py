"""Who begins an encrypted connection and says nothing does not hold a place for long."""

import asyncio
import ssl
import time
from pathlib import Path

import pytest
import uvicorn

from console.server.connections import limits
from console.server.handshakes import PromptLoop
from tests.server.certificates import make


async def held(context: ssl.SSLContext) -> float:
    """Return how many seconds a connection is held that never begins its handshake."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0, ssl=context)
    async with server:
        began = time.monotonic()
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await asyncio.wait_for(reader.read(), 20) == b""
        writer.close()
        return time.monotonic() - began


def test_a_handshake_that_does_not_begin_ends_the_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the loop that the server runs on."""
    monkeypatch.setattr("console.server.handshakes.HANDSHAKE", 0.3)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*make(tmp_path))
    factory = uvicorn.Config("none", **limits()).get_loop_factory()
    assert factory is PromptLoop
    with asyncio.Runner(loop_factory=factory) as runner:
        assert runner.run(held(context)) < 10
