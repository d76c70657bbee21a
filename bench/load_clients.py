"""Customers and consoles of the load bench: as little work as they can do, since they share the processors."""

import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import jwt

MARK = "#"
"""Stands before a message's number, by which it is known again."""


@dataclass
class Measured:
    """What was sent, and when it was seen, in seconds of a monotonic clock."""

    began: float = 0.0
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

    def after(self, settling: float) -> tuple[list[float], list[float]]:
        """Return the seconds until messages were shown, and until their panels were filled."""
        counted = [key for key, at in self.sent.items() if at > self.began + settling and key in self.shown]
        shown = [self.shown[key] - self.sent[key] for key in counted]
        return shown, [self.filled[key] - self.sent[key] for key in counted if key in self.filled]


@dataclass
class Customer:
    """Somebody with a browser."""

    number: int
    client: httpx.AsyncClient
    written: int = 0
    conversation: str = ""

    @classmethod
    async def arrive(cls, url: str, number: int, secret: str) -> "Customer":
        """Open the page as a customer whom the company knows."""
        claims = {
            "aud": "secondchair-chat",
            "sub": f"load-{number}",
            "exp": datetime.now(UTC) + timedelta(hours=1),
            "name": f"Load {number}",
            "email": f"load-{number}@example.test",
        }
        client = httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=30)
        answer = await client.post("/chat/session", json={"token": jwt.encode(claims, secret, "HS256")})
        answer.raise_for_status()
        return cls(number, client)

    async def write(self, text: str, number: int, measured: Measured) -> None:
        """Write a message that can be known again."""
        key = f"{number:08d}"
        self.written += 1
        measured.sent[key] = time.perf_counter()
        try:
            answer = await self.client.post("/chat/messages", json={"text": f"{text} {MARK}{key}", "key": f"k{key}"})
            answer.raise_for_status()
        except httpx.HTTPStatusError as error:
            measured.failures[f"{error.response.status_code} {error.response.text[:120]}"] += 1
        except httpx.HTTPError as error:
            measured.failures[repr(error)] += 1
        else:
            measured.acknowledged.add(key)

    async def leave(self) -> None:
        """Close the page."""
        await self.client.aclose()


class Console:
    """Follows the events; ``reads`` them, or counts them."""

    def __init__(self, measured: Measured, *, reads: bool) -> None:
        self._measured, self._reads = measured, reads
        self.numbers: list[int] = []
        """The numbers of the events that came, in the order in which they came."""

        self._conversations: dict[str, str] = {}

    async def follow(self, url: str, token: str) -> None:
        """Read until cancelled."""
        place = urlsplit(url)
        reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=2**22)
        writer.write(
            f"GET /v1/events?after=0 HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        )
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
        measured = self._measured
        if b'"kind": "message-added"' in line:
            row = json.loads(line[6:])
            text = row["data"]["text"]
            if MARK in text:
                key = text.rpartition(MARK)[2][:8]
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


async def close_conversation(url: str, token: str, customer: Customer) -> None:
    """Let an agent take the customer's conversation, and close it."""
    import hashlib

    name = "w-" + hashlib.sha256(f"verified\x00load-{customer.number}\x00".encode()).hexdigest()[:24]
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as client:
        (await client.post(f"/v1/conversations/{name}/claim")).raise_for_status()
        body = {"disposition": "solved", "resolved": True, "note": ""}
        (await client.post(f"/v1/conversations/{name}/close", json=body)).raise_for_status()
