"""The company's own authority, named by SSL_CERT_FILE, is believed by all that ask servers of the company's."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from console.assist.bot.ports import Call
from console.assist.llm.ports import Prompt, Purpose
from console.desk.channels.remote import Remote
from console.llm.client import OpenAiModel
from console.llm.probing import probe
from console.tools.http import HttpTools
from tests.web.tls import certificate


async def of_a_channel(url: str) -> None:
    """Ask as a channel does."""
    remote = Remote(url, {})
    try:
        await remote.ask("GET", "/x")
    finally:
        await remote.close()


async def of_a_model(url: str) -> None:
    """Ask as assistance does."""
    model = OpenAiModel(url, "model")
    try:
        await model.write(Prompt(Purpose.SUMMARY, "Say hello.", "", 8), 5.0, lambda _: None)
    finally:
        await model.close()


async def of_the_doctor(url: str) -> None:
    """Ask as ``doctor`` does."""
    if not (await asyncio.to_thread(probe, url, "model")).reached:
        raise httpx.ConnectError("it could not be reached")


async def of_a_tool(url: str) -> None:
    """Ask as the bot does."""
    tools = HttpTools(url)
    try:
        await tools.call(Call("orders", "c1"))
    finally:
        await tools.close()


@pytest.mark.parametrize("ask", [of_a_channel, of_a_model, of_the_doctor, of_a_tool])
async def test_a_server_is_believed_once_its_authority_is_named(
    ask: Callable[[str], Awaitable[None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, no request reaches it; afterwards one does, whatever is made of the answer."""
    arrived: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    signed: ssl.SSLContext = certificate(tmp_path, "localhost")
    listening = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=signed)
    url = f"https://localhost:{listening.sockets[0].getsockname()[1]}"
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    async with listening:
        await asyncio.gather(ask(url), return_exceptions=True)
        assert not arrived
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
        await asyncio.gather(ask(url), return_exceptions=True)
    assert arrived
