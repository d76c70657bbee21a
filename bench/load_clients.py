"""Customers and consoles of the load bench: as little work as they can do, since they share the processors."""

import asyncio
import hashlib
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import urlsplit

import aiohttp
import jwt

LOOKS = 15.0
"""Seconds for which an agent looks at one conversation; a console says as often what it shows."""

EACH = 10
"""Messages of one customer, until the conversation is closed."""

WAITING = 5
"""Of so many conversations one is left waiting; the others are an agent's."""

FAILED = 400

MARK = "#"
"""Stands before a message's number, at its beginning, by which it is known again."""


@dataclass
class Measured:
    """What was sent, and when it was seen, in seconds of a monotonic clock."""

    began: float = 0.0
    before: int = 0
    """Messages that were written to begin with, before the measuring."""
    sent: dict[str, float] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    shown: dict[str, float] = field(default_factory=dict)
    filled: dict[str, float] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)
    doubled: int = 0
    behind: int = 0
    events: int = 0
    memory: list[list[float]] = field(default_factory=list)
    newest: dict[str, str] = field(default_factory=dict)
    """The newest message of each conversation."""
    looked_at: set[str] = field(default_factory=set)
    """Messages of conversations that waited, or that an agent had on the screen."""

    def after(self, settling: float) -> tuple[list[float], list[float]]:
        """Return the seconds until messages were shown, and until their panels were filled."""
        counted = [key for key, at in self.sent.items() if at > self.began + settling and key in self.shown]
        shown = [self.shown[key] - self.sent[key] for key in counted]
        read = [key for key in counted if key in self.looked_at and key in self.filled]
        return shown, [self.filled[key] - self.sent[key] for key in read]


@dataclass
class Customer:
    """Somebody with a browser."""

    number: int
    client: aiohttp.ClientSession
    url: str
    headers: dict[str, str]
    """Their cookie among them."""
    written: int = 0

    @property
    def conversation(self) -> str:
        """The id of their conversation."""
        return "w-" + hashlib.sha256(f"verified\x00load-{self.number}\x00".encode()).hexdigest()[:24]

    @property
    def waits(self) -> bool:
        """Whether nobody takes their conversation."""
        return self.number % WAITING == 0

    @classmethod
    async def arrive(cls, client: aiohttp.ClientSession, url: str, number: int, secret: str) -> "Customer":
        """Open the page as a customer whom the company knows."""
        claims = {
            "aud": "secondchair-chat",
            "sub": f"load-{number}",
            "exp": datetime.now(UTC) + timedelta(hours=1),
            "name": f"Load {number}",
            "email": f"load-{number}@example.test",
        }
        headers, body = {"Origin": url}, {"token": jwt.encode(claims, secret, "HS256")}
        async with client.post(f"{url}/chat/session", json=body, headers=headers) as answer:
            answer.raise_for_status()
            cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in answer.cookies.items())
        return cls(number, client, url, {**headers, "Cookie": cookie})

    async def write(self, text: str, number: int, measured: Measured) -> None:
        """Write a message that can be known again."""
        key = f"{number:08d}"
        self.written += 1
        measured.sent[key] = time.perf_counter()
        try:
            body = {"text": f"{MARK}{key} {text}", "key": f"k{key}"}
            async with self.client.post(f"{self.url}/chat/messages", json=body, headers=self.headers) as answer:
                if answer.status < FAILED:
                    measured.acknowledged.add(key)
                else:
                    measured.failures[f"{answer.status} {(await answer.text())[:120]}"] += 1
        except (aiohttp.ClientError, TimeoutError) as error:
            measured.failures[repr(error)] += 1


class Console:
    """Follows the events; ``reads`` them, or counts them."""

    def __init__(self, client: aiohttp.ClientSession, measured: Measured, url: str, token: str, *, reads: bool) -> None:
        self._client, self.measured, self._reads, self._url, self._token = client, measured, reads, url, token
        self._mine: list[str] = []
        self.screen = ""
        """The conversation that its agent looks at."""
        self.numbers: list[int] = []
        """The numbers of the events that came, in the order in which they came."""

        self._conversations: dict[str, str] = {}

    async def look_around(self, begins: float) -> None:
        """Show one of the agent's conversations after the other, until cancelled; the first after so many seconds."""
        await asyncio.sleep(begins)
        for turn in count():
            if self._mine:
                await self.show(self._mine[turn % len(self._mine)])
            await asyncio.sleep(LOOKS)

    async def show(self, conversation: str) -> None:
        """Put a conversation on the screen."""
        self.screen = conversation
        await self._ask("PUT", "/v1/screen", {"console": "bench", "conversation": conversation})

    async def claim(self, customer: Customer) -> None:
        """Take a customer's conversation, which opens it on the screen."""
        await self._ask("POST", f"/v1/conversations/{customer.conversation}/claim")
        self._mine.append(customer.conversation)
        await self.show(customer.conversation)

    async def end(self, customer: Customer) -> None:
        """Close a customer's conversation."""
        if customer.waits:
            await self.claim(customer)
        if customer.conversation in self._mine:
            self._mine.remove(customer.conversation)
        body = {"disposition": "solved", "resolved": True, "note": ""}
        await self._ask("POST", f"/v1/conversations/{customer.conversation}/close", body)

    async def _ask(self, verb: str, path: str, body: dict[str, object] | None = None) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            async with self._client.request(verb, f"{self._url}{path}", json=body, headers=headers) as answer:
                if answer.status >= FAILED:
                    self.measured.failures[f"{path.rpartition('/')[2]}: {(await answer.text())[:120]}"] += 1
        except (aiohttp.ClientError, TimeoutError) as error:
            self.measured.failures[f"{path.rpartition('/')[2]}: {error!r}"] += 1

    async def follow(self) -> None:
        """Read until cancelled."""
        place = urlsplit(self._url)
        reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=2**22)
        lines = ("GET /v1/events?after=0 HTTP/1.1", f"Host: {place.netloc}", f"Authorization: Bearer {self._token}")
        writer.write("".join(f"{line}\r\n" for line in (*lines, "")).encode())
        await writer.drain()
        rest = b""
        while chunk := await reader.read(2**18):
            now, lines = time.perf_counter(), (rest + chunk).split(b"\n")
            rest = lines.pop()
            for line in lines:
                if line.startswith(b"id: "):
                    self.numbers.append(int(line[4:]))
                elif self._reads and line.startswith(b"data: {"):
                    self._take(line, now)

    def _take(self, line: bytes, now: float) -> None:
        measured = self.measured
        if b'"kind": "message-added"' in line:
            row = json.loads(line[6:])
            text = row["data"]["text"]
            if text.startswith(MARK):
                key = text[1:9]
                measured.doubled += key in self._conversations
                self._conversations[key] = row["conversation"]
                measured.newest[row["conversation"]] = key
                measured.shown.setdefault(key, now)
                measured.events = max(measured.events, row["seq"])
        elif b'"actor": "assist"' in line:
            conversation = line.partition(b'"conversation": "')[2].partition(b'"')[0].decode()
            key = measured.newest.get(conversation, "")
            if key:
                measured.filled[key] = max(measured.filled.get(key, 0.0), now) if key in measured.filled else now
