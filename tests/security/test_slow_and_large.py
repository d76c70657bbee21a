"""Requests that never end or are larger than any should be: bounded, and nobody else waits for them."""

import asyncio
import time
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

import httpx
import pytest

from console.conversation.people import Role
from console.server import connections
from console.server.faults import BODY_SECONDS, BodyLimit
from tests.security.serving import Team
from tests.server.conftest import Served

LOITERING: Final = 150
"""Connections of somebody who says nothing, or a byte at a time."""

HEADS: Final = (
    b"",
    b"GET /v1/me HTTP/1.1\r\nHost: desk\r\nX-A: ",
    b"POST /v1/sign-in HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n",
    b"POST /chat/messages HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n",
    b"POST /v1/sign-in HTTP/1.1\r\nHost: desk\r\nTransfer-Encoding: chunked\r\n\r\n",
)


async def loiter(port: int, head: bytes) -> float:
    """Open a connection, send what begins a request and then a byte a second; return how long it was borne."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with suppress(OSError):
        writer.write(head)
        ended = asyncio.create_task(reader.read())
        while not ended.done():
            writer.write(b"1\r\na\r\n" if b"chunked" in head else b"a")
            await writer.drain()
            await asyncio.wait([ended], timeout=1)
    writer.close()
    return time.monotonic() - began


@pytest.mark.slow
async def test_who_says_a_byte_a_second_is_cut_off_and_the_others_are_served_meanwhile(team: Team) -> None:
    """A hundred and fifty at once, of every kind; staff and customers go on, and none of them stays for a minute."""
    port = urlsplit(team.url).port
    assert port is not None
    crowd = [asyncio.create_task(loiter(port, HEADS[n % len(HEADS)])) for n in range(LOITERING)]
    slowest = 0.0
    async with httpx.AsyncClient(base_url=team.url, timeout=20) as staff:
        for _ in range(60):
            began = time.monotonic()
            answer = await staff.get("/v1/inbox", headers=team.bearer(Role.AGENT))
            answer.raise_for_status()
            (await staff.get("/chat")).raise_for_status()
            slowest = max(slowest, time.monotonic() - began)
            await asyncio.wait(crowd, timeout=0.2)
    borne = await asyncio.gather(*crowd)
    assert slowest < 5
    assert max(borne) < connections.HEAD_SECONDS + BODY_SECONDS + 15


async def test_a_body_that_does_not_come_is_given_up(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an answer that says so, also where it comes a little at a time."""
    limit = next(m for m in served.app.user_middleware if m.cls is BodyLimit)
    monkeypatch.setitem(limit.kwargs, "seconds", 0.3)
    async with served.listening() as url:
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(HEADS[2])
        answered = asyncio.create_task(reader.readuntil(b"\r\n"))
        while not answered.done():
            writer.write(b" ")
            await asyncio.wait([answered], timeout=0.05)
        assert answered.result().startswith(b"HTTP/1.1 408")
        writer.close()


@pytest.mark.parametrize(
    "announced", ["300000", "9" * 30, "9" * 5_000, "-1", "0x10", "1, 2", "\u00b2"], ids=lambda said: said[:8]
)
async def test_no_length_that_is_announced_breaks_the_server(served: Served, announced: str) -> None:
    """Too long, longer than a number may be, or none: refused, by whichever layer sees it first."""
    async with served.listening() as url:
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        head = f"POST /v1/sign-in HTTP/1.1\r\nHost: desk\r\nContent-Length: {announced}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        writer.write_eof()
        status = (await asyncio.wait_for(reader.readline(), 10)).decode()
        assert status.startswith(("HTTP/1.1 400", "HTTP/1.1 413", "HTTP/1.1 422")) or not status, status
        writer.close()
        async with httpx.AsyncClient(base_url=url) as client:
            assert (await client.get("/health")).status_code == 200


@pytest.mark.parametrize("path", ["/v1/sign-in", "/v1/conversations/c1/messages", "/v1/lookups"])
async def test_a_body_larger_than_any_should_be_is_refused_as_it_comes(served: Served, path: str) -> None:
    """Without a length, too: what is over the limit is not kept to find out."""

    async def endless() -> object:
        for _ in range(400):
            yield b" " * 1024

    async with served.client(Role.AGENT) as client:
        answer = await client.post(path, content=endless(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "nested", ["[" * 100_000, '{"a":' * 40_000, "[" * 50_000 + "]" * 50_000], ids=["open", "objects", "closed"]
)
async def test_a_body_that_is_nested_too_deep_is_a_bad_request(served: Served, nested: str) -> None:
    """On every route that reads one, as on this."""
    async with served.client(Role.AGENT) as client:
        answer = await client.post("/v1/lookups", content=nested, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    assert len(answer.content) < 1000
