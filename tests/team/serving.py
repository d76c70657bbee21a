"""Servers of one desk as processes of their own, and a customer and a console that move from one to the next."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import httpx_sse

from console.server.lock import served
from console.workspace import Workspace
from tests.commands.running import wait_until

CONFIG = "[web_chat]\nmessages_per_minute = 600\n[model]\nthreads = 1\n"
KEY = "5e" * 32


@dataclass
class Running:
    """One server."""

    workspace: Workspace
    process: subprocess.Popen[str]
    url: str

    def asks(self, path: str) -> httpx.Response:
        """Ask it something that needs no token."""
        return httpx.get(f"{self.url}{path}", timeout=10)


def start(root: Path, address: str, *more: object) -> Running:
    """Start a server on a workspace of its own, in a database or without; it listens by the time this returns."""
    workspace = Workspace(root)
    root.mkdir(exist_ok=True)
    workspace.config.write_text(CONFIG, encoding="utf-8")
    environment = {**os.environ, "SECONDCHAIR_STORE__ADDRESS": address, "SECONDCHAIR_AUDIT_KEY": KEY}
    command = [sys.executable, "-m", "console", "serve", "--workspace", root, "--port", "0", *more]
    process = subprocess.Popen(list(map(str, command)), env=environment, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: served(workspace) is not None or process.poll() is not None, within=60)
    found = served(workspace)
    assert found is not None, process.communicate()[1]
    return Running(workspace, process, found.url)


def parts(server: Running, path: str = "/metrics") -> int:
    """Return how many parts of the work a server does, by the figures at ``path``."""
    found = re.search(r"^secondchair_work_parts ([\d.]+)$", server.asks(path).text, re.MULTILINE)
    assert found is not None
    return int(float(found[1]))


class Proxy:
    """Sends each request to the first server that says it is ready, as the proxy in front of a team does."""

    def __init__(self, servers: Sequence[Running], headers: dict[str, str] | None = None) -> None:
        self._clients = [
            httpx.AsyncClient(base_url=s.url, headers={"Origin": s.url, **(headers or {})}, timeout=15) for s in servers
        ]
        cookies = httpx.Cookies()
        for client in self._clients:
            client._cookies = cookies  # one browser; the property would copy them

    async def pick(self) -> httpx.AsyncClient:
        """Return a client of a server that is ready."""
        for client in self._clients:
            try:
                if (await client.get("/ready")).status_code == 200:
                    return client
            except httpx.TransportError:
                continue
        raise AssertionError("no server is ready")

    async def post(self, path: str, body: object) -> httpx.Response:
        """Send until it is answered: what carries a key may be sent again."""
        while True:
            try:
                answer = await (await self.pick()).post(path, json=body)
            except httpx.TransportError:
                continue
            if answer.status_code not in {502, 503}:  # a real proxy says 502 where a server went while it answered
                return answer.raise_for_status()

    async def follow(self, path: str) -> AsyncIterator[httpx_sse.ServerSentEvent]:
        """Yield the events of a stream, taken up again where it ended, for ever."""
        last = ""
        while True:
            heads = {"Last-Event-ID": last} if last else {}
            try:
                async with (await self.pick()).stream("GET", path, headers=heads) as response:
                    if response.status_code != 200:
                        continue
                    async for event in httpx_sse.EventSource(response).aiter_sse():
                        last = event.id or last
                        yield event
            except httpx.TransportError:
                continue

    async def close(self) -> None:
        """Let go of the connections."""
        for client in self._clients:
            await client.aclose()


@dataclass
class Follower:
    """Somebody who follows a stream and notes what came."""

    proxy: Proxy
    path: str
    seen: list[tuple[int, Any]] = field(default_factory=list)
    others: list[httpx_sse.ServerSentEvent] = field(default_factory=list)
    """What carried no number."""
    more: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Follow until cancelled."""
        async with aclosing(self.proxy.follow(self.path)) as events:  # type: ignore[type-var]
            async for event in events:
                numbered = event.event not in {"ping", "leaving", "typing", "seen", "caught-up", "message"}
                if numbered and event.id:
                    self.seen.append((int(event.id), json.loads(event.data)))
                else:
                    self.others.append(event)
                self.more.set()

    async def until(self, text: str) -> None:
        """Wait until something that came holds these words."""
        async with asyncio.timeout(30):
            while not any(text in json.dumps(data) for _, data in reversed(self.seen)):
                await self.more.wait()
                self.more.clear()

    def times(self, text: str) -> int:
        """Return how often messages with exactly these words came."""
        return sum(text in (data.get("text"), data.get("data", {}).get("text")) for _, data in self.seen)
