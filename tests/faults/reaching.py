"""How browsers and consoles reach a team: each request goes to a server that takes it, as behind a proxy."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import httpx
import httpx_sse

PAUSE = 0.05
"""Seconds before the next server is asked."""

TIMES = httpx.Timeout(10, connect=2)
"""A server that does not answer is as good as one that is gone; a stream says something every 15 seconds."""


class Way:
    """One browser's or console's way; the first server comes first, the next where it does not answer."""

    def __init__(self, urls: Sequence[str], token: str = "") -> None:
        heads = {"Authorization": f"Bearer {token}"} if token else {}
        self._clients = [
            httpx.AsyncClient(base_url=url, headers={"Origin": url, **heads}, timeout=TIMES) for url in urls
        ]
        cookies = httpx.Cookies()
        for client in self._clients:
            client._cookies = cookies  # one browser; the property would copy them

    async def post(self, path: str, body: object = None) -> httpx.Response:
        """Send until it is answered by a server that can: what carries a key may be sent again."""
        while True:
            for client in self._clients:
                with contextlib.suppress(httpx.TransportError):
                    answer = await client.post(path, json=body)
                    if answer.status_code not in {429, 500, 502, 503}:
                        return answer.raise_for_status()
                await asyncio.sleep(PAUSE)

    async def get(self, path: str) -> Any:  # noqa: ANN401 - JSON is any of its types
        """Ask until it is answered."""
        while True:
            for client in self._clients:
                with contextlib.suppress(httpx.TransportError):
                    answer = await client.get(path)
                    if answer.status_code not in {500, 502, 503}:
                        return answer.raise_for_status().json()
                await asyncio.sleep(PAUSE)

    async def follow(self, path: str) -> AsyncIterator[httpx_sse.ServerSentEvent]:
        """Yield the events of a stream, taken up again where it ended, for ever."""
        last = ""
        while True:
            for client in self._clients:
                heads = {"Last-Event-ID": last} if last else {}
                with contextlib.suppress(httpx.TransportError):
                    quiet = httpx.Timeout(20, connect=2)
                    async with client.stream("GET", path, headers=heads, timeout=quiet) as response:
                        if response.is_client_error and response.status_code != 429:
                            response.raise_for_status()
                        if response.status_code == 200:
                            async for event in httpx_sse.EventSource(response).aiter_sse():
                                last = event.id or last
                                yield event
                await asyncio.sleep(PAUSE)

    async def close(self) -> None:
        """Let go of the connections."""
        for client in self._clients:
            await client.aclose()


@dataclass
class Watch:
    """Follows the desk's events as a console does, and notes when what came."""

    way: Way
    last: int = 0
    doubled: int = 0
    """Events that came twice, or out of their order."""
    texts: dict[str, tuple[float, str, int]] = field(default_factory=dict)
    """When what was written came, in which conversation, under which number."""
    assisted: dict[str, tuple[float, int]] = field(default_factory=dict)
    """When the newest event of assistance came for each conversation, under which number."""
    kinds: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    """Events of the kinds that a test wants to see."""
    wanted: frozenset[str] = frozenset()
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Follow until cancelled."""
        async with aclosing(self.way.follow("/v1/events?after=0")) as events:  # type: ignore[type-var]
            async for event in events:
                if event.event not in {"ping", "leaving", "typing", "writing", "message"} and event.id:
                    self._take(int(event.id), event.event, json.loads(event.data))
                    self._more.set()

    def _take(self, number: int, kind: str, row: dict[str, Any]) -> None:
        self.doubled += number <= self.last
        self.last = max(number, self.last)
        now = time.perf_counter()
        if kind == "message-added":
            self.texts.setdefault(row["data"]["text"], (now, row["conversation"], number))
        elif row["actor"] == "assist":
            self.assisted[row["conversation"]] = (now, number)
        if kind in self.wanted:
            self.kinds.append((number, kind, row))

    async def until(self, holds: Callable[[], object], within: float) -> None:
        """Wait until something came. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not holds():
                self._more.clear()
                await self._more.wait()

    async def came(self, text: str, within: float = 60) -> float:
        """Return when a text came, once it has."""
        await self.until(lambda: text in self.texts, within)
        return self.texts[text][0]

    async def helped(self, text: str, within: float = 60) -> float:
        """Return when something of assistance came for the conversation of a text, after it."""
        await self.came(text, within)
        _, conversation, number = self.texts[text]
        await self.until(lambda: self.assisted.get(conversation, (0.0, 0))[1] > number, within)
        return self.assisted[conversation][0]


@dataclass
class Page:
    """A customer's page: it follows what they may see, and writes."""

    way: Way
    texts: dict[str, list[float]] = field(default_factory=dict)
    """When each text came; once is right."""
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, token: str | None = None) -> None:
        """Begin the visit, vouched for by the company where there is a token."""
        await self.way.post("/chat/session", {"token": token} if token else {})

    async def writes(self, text: str, key: str) -> None:
        """Write, again and again until it is acknowledged."""
        await self.way.post("/chat/messages", {"text": text, "key": key})

    async def run(self) -> None:
        """Follow until cancelled."""
        async with aclosing(self.way.follow("/chat/events")) as events:  # type: ignore[type-var]
            async for event in events:
                text = json.loads(event.data).get("text") if event.data.startswith("{") else None
                if text:
                    self.texts.setdefault(text, []).append(time.perf_counter())
                    self._more.set()

    async def came(self, text: str, within: float = 60) -> float:
        """Return when a text came, once it has. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while text not in self.texts:
                self._more.clear()
                await self._more.wait()
        return self.texts[text][0]
