"""Connections that nobody needs: they take neither the others' place nor every open file."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp
from aiohttp import web

from console.web.crowding import bounded
from tests.desks import until


async def _hello(_: web.Request) -> web.Response:
    return web.Response(text="hello")


@asynccontextmanager
async def _serving(most: int) -> AsyncIterator[tuple[int, web.AppRunner]]:
    app = web.Application()
    app.add_routes([web.get("/", _hello)])
    runner = web.AppRunner(app)
    await runner.setup()
    server = await asyncio.get_running_loop().create_server(bounded(runner, most), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], runner
    finally:
        server.close()
        await runner.cleanup()


async def test_connections_past_the_most_are_cut_off_and_room_comes_back() -> None:
    """Silent or with half a head."""
    async with _serving(4) as (port, runner), asyncio.timeout(20):
        server = runner.server
        assert server is not None
        held = []
        for number in range(4):
            held.append(await asyncio.open_connection("127.0.0.1", port))
            held[-1][1].write(b"GET / HTTP/1.1\r\nHost: ")
            await until(lambda most=number: len(server.connections) > most)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.close()
        assert not any(reader.at_eof() for reader, _ in held)
        for _, writer in held:
            writer.close()
        await until(lambda: not server.connections)
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/") as answer:
            assert await answer.text() == "hello"
