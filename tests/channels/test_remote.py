"""Another server's bad days: slow, endless, broken, leading elsewhere. Each is a fault in one line, in time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from console.desk.channels.remote import Remote, RemoteFault

TOKEN = "the token"


@asynccontextmanager
async def answering(*parts: bytes, pause: float = 0.0) -> AsyncIterator[Remote]:
    """Answer every request with these bytes, with a pause after each part."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            for part in parts:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(pause)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    remote = Remote(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", {"Authorization": f"Bearer {TOKEN}"})
    try:
        yield remote
    finally:
        await remote.close()
        server.close()


def head(status: str, *lines: str) -> bytes:
    """Return the head of an answer that ends with the connection."""
    return "\r\n".join((f"HTTP/1.1 {status}", "Connection: close", *lines, "", "")).encode()


async def fault_of(remote: Remote, seconds: float = 5.0) -> RemoteFault:
    """Ask, and return the fault."""
    with pytest.raises(RemoteFault) as raised:
        await remote.ask("GET", "/x", seconds=seconds)
    assert TOKEN not in str(raised.value)
    assert "\n" not in str(raised.value)
    return raised.value


async def test_a_slow_drip_ends_in_time() -> None:
    """However much comes meanwhile."""
    async with answering(head("200 OK"), *[b"1"] * 100, pause=0.1) as remote:
        assert "no answer within" in str(await fault_of(remote, 0.4))


async def test_what_is_too_large_is_not_read_to_the_end() -> None:
    """It counts as refused: asking again would not help."""
    async with answering(head("200 OK"), *[b"1" * 1000] * 50) as remote:
        with pytest.raises(RemoteFault) as raised:
            await remote.download("/x", 4000)
        assert (raised.value.status, raised.value.final) == (413, True)


async def test_nonsense_and_a_cut_connection_are_faults() -> None:
    """Which may pass."""
    async with answering(head("200 OK"), b"{broken") as remote:
        assert not (await fault_of(remote)).final
    async with answering(head("200 OK", "Content-Length: 100"), b"{") as remote:
        assert not (await fault_of(remote)).final
    async with answering(b"SSH-2.0-OpenSSH\r\n") as remote:
        assert not (await fault_of(remote)).final


async def test_it_says_when_it_wants_to_be_asked_again() -> None:
    """In either way."""
    limited = b'{"errcode": "M_LIMIT_EXCEEDED", "error": "Too\\nfast", "retry_after_ms": 2500}'
    async with answering(head("429 Too Many Requests"), limited) as remote:
        fault = await fault_of(remote)
        assert (fault.code, fault.again_after, fault.final) == ("M_LIMIT_EXCEEDED", 2.5, False)
    async with answering(head("503 Unavailable", "Retry-After: 7")) as remote:
        assert (await fault_of(remote)).again_after == 7


async def test_no_redirect_is_followed_with_the_token() -> None:
    """It goes where the settings say and nowhere else."""
    async with answering(head("302 Found", "Location: http://elsewhere.example/")) as remote:
        assert (await fault_of(remote)).location == "http://elsewhere.example/"


async def test_a_server_that_is_not_there_is_a_fault() -> None:
    """At once."""
    remote = Remote("http://127.0.0.1:1", {})
    assert "connection failed" in str(await fault_of(remote))
    await remote.close()


async def test_what_let_go_of_its_connections_asks_again_over_new_ones() -> None:
    """A channel that goes to another server of the desk may come back."""
    async with answering(head("200 OK"), b"{}") as remote:
        assert await remote.ask("GET", "/x") == {}
        await remote.close()
        assert await remote.ask("GET", "/x") == {}
