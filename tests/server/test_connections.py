"""Connections that say nothing, or not all: they are closed, and the others are served."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
import uvicorn

from console.server import connections
from console.server.connections import PromptProtocol, limits, room_for_connections
from tests.desks import until
from tests.server.conftest import Served
from tests.serving_apps import port_of, serving

ASKED = b"GET /health HTTP/1.1\r\nHost: desk\r\n"


@asynccontextmanager
async def listening(served: Served) -> AsyncIterator[int]:
    """Serve as the command does, and yield the port."""
    async with serving(uvicorn.Config(served.app, port=0, log_level="error", **limits())) as server:
        yield port_of(server)


@pytest.mark.parametrize("said", [b"", b"GET /hea", ASKED], ids=["nothing", "line", "head"])
@pytest.mark.parametrize("first", [True, False])
async def test_a_head_that_does_not_come_whole_ends_the_connection(
    served: Served, monkeypatch: pytest.MonkeyPatch, said: bytes, first: bool
) -> None:
    """Nothing said, half a line, half a head; also of a request that follows another one."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    async with listening(served) as port, asyncio.timeout(10):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        if not first:
            writer.write(ASKED + b"\r\n")
            assert b"200 OK" in await reader.readuntil(b"}")
            said = said or b"G"  # between two requests uvicorn's own clock runs, which is longer
        writer.write(said)
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.close()


async def test_drops_of_a_head_do_not_win_time(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline is for the whole of it."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    async with listening(served) as port, asyncio.timeout(10):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        closed = asyncio.create_task(reader.read())
        writer.write(b"GET /")
        while not closed.done():
            writer.write(b"a")
            await asyncio.wait([closed], timeout=0.02)
        with suppress(ConnectionResetError):
            assert closed.result() == b""
        writer.close()


@pytest.mark.parametrize("first", [True, False])
async def test_a_head_without_an_end_is_not_kept(served: Served, first: bool) -> None:
    """However fast it comes; a body may be as long as it likes to begin with."""
    async with listening(served) as port, asyncio.timeout(10):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        if not first:
            writer.write(ASKED + b"\r\n")
            assert b"200 OK" in await reader.readuntil(b"}")
        writer.write(ASKED)
        with suppress(ConnectionError):
            for _ in range(2 * connections.HEAD_BYTES // 1024):
                writer.write(b"X-More: " + b"m" * 1014 + b"\r\n")
                await writer.drain()
            assert await reader.read() == b""
        writer.close()


async def test_a_connection_that_asks_again_and_again_is_served(served: Served) -> None:
    """Also with a pause between, which is uvicorn's own to end."""
    async with listening(served) as port, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        answers = [await client.get("/health") for _ in range(3)]
    assert [a.status_code for a in answers] == [200] * 3


async def test_connections_that_say_nothing_leave_the_desk_its_files(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some past the limit are told to come back, those past these are cut off, and room is there again after."""
    monkeypatch.setattr(connections, "CONNECTIONS", 5)
    monkeypatch.setattr(connections, "SPARE_FILES", 5)
    monkeypatch.setattr(connections, "HEARD_OUT", 3)
    async with listening(served) as port, asyncio.timeout(10):
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(6)]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            assert (await client.get("/health")).status_code == 503
        silent += [await asyncio.open_connection("127.0.0.1", port) for _ in range(20)]
        ended = await asyncio.gather(*(reader.read() for reader, _ in silent[8:]), return_exceptions=True)
        assert all(end == b"" or isinstance(end, ConnectionResetError) for end in ended)
        assert not any(reader.at_eof() or reader.exception() for reader, _ in silent[:8])
        for _, writer in silent:
            writer.close()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:

            async def answers() -> bool:
                return (await client.get("/health")).status_code == 200

            await until(answers)  # it is the server that notices


def test_the_limits_leave_room_for_other_files() -> None:
    """However few the system gives."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = room_for_connections()
    now, hard_now = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert hard_now == hard
    assert now >= soft
    assert most <= max(now - connections.SPARE_FILES, connections.SPARE_FILES)
    assert limits()["http"] is PromptProtocol
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
