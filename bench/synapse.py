"""A message's way to its reader, here and on Synapse: ``python -m bench.synapse [--rate 5] [--seconds 60]``.

Three servers run side by side, each a process of its own on SQLite: a desk on the demo company with its assistance, the
same desk without (its model is away), and Synapse, a Matrix homeserver, as a measure of what carrying messages costs.
They are written to in turns, a spell each a round, by as many customers with as many messages a second and the same
words. One reader follows all: on the desk as a console does (server-sent events), on Synapse as a client does (long
polls of ``/sync``). Taken is the time from a message's sending until its reader has read it, and what memory the server
holds at the end. All share the machine, so ratios within a run are the figure.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any, Final, Protocol, Self

import httpx
import psutil
from httpx_sse import aconnect_sse

from bench.figures import Figure, show
from bench.latency import texts, wait_until_ready
from console.commands.init import prepare
from console.server.lock import served
from console.workspace import Workspace
from tests.channels.synapse import Member, Synapse, missing

CUSTOMERS: Final = 12
"""Each has a conversation, or a room, with the reader."""

MARK: Final = "#"
"""Stands before a message's number, by which it is known again."""

ARRIVES_WITHIN: Final = 20.0
"""Seconds after a spell in which what is under way may still come."""

AWAY: Final = "a model that is away"


@dataclass
class Seen:
    """When messages were sent and read, in seconds of a monotonic clock, by their number."""

    sent: dict[str, float] = field(default_factory=dict)
    read: dict[str, float] = field(default_factory=dict)

    def reads(self, text: str) -> None:
        """Note a message that the reader has read."""
        number = text.rpartition(MARK)[2]
        if number in self.sent:
            self.read.setdefault(number, time.perf_counter())

    def took(self, percent: int) -> float:
        """Return the milliseconds that ``percent`` of the messages took at most."""
        taken = [at - self.sent[number] for number, at in self.read.items()]
        return 1000 * quantiles(taken, n=100, method="inclusive")[percent - 1]

    @property
    def lost(self) -> int:
        """How many were sent and never read."""
        return len(self.sent) - len(self.read)


class Service(Protocol):
    """A server with customers and a reader."""

    name: str
    pid: int
    seen: Seen

    async def arrive(self, stack: AsyncExitStack) -> None:
        """Let the customers come; what they hold is let go with the stack."""

    async def write(self, customer: int, text: str) -> None:
        """Let a customer write."""

    async def follow(self) -> None:
        """Read what customers write until cancelled."""


class DeskService:
    """A desk server on the demo company, with its assistance or without."""

    def __init__(self, folder: Path, *, assists: bool) -> None:
        self.name = "desk with assistance" if assists else "desk without assistance"
        self.seen = Seen()
        self._customers: list[httpx.AsyncClient] = []
        workspace = Workspace(folder)
        prepare(workspace, demo=True)
        model = "" if assists else f'[model]\nname = "{folder / AWAY}"\n'
        workspace.config.write_text(f"[web_chat]\nmessages_per_minute = 600\n{model}", encoding="utf-8")
        command = [sys.executable, "-m", "console"]
        made = subprocess.run(
            [*command, "token", "lead", "Reader", "--workspace", folder], check=True, capture_output=True, text=True
        )
        self._token = made.stdout.strip()
        with folder.with_suffix(".log").open("wb") as log:
            self._process = subprocess.Popen(
                [*command, "serve", "--workspace", folder, "--port", "0"], stdout=log, stderr=log
            )
        self.pid = self._process.pid
        self._workspace, self._assists, self._url = workspace, assists, ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    async def arrive(self, stack: AsyncExitStack) -> None:
        self._url = await asyncio.to_thread(self._listening)
        for _ in range(CUSTOMERS):
            client = httpx.AsyncClient(base_url=self._url, headers={"Origin": self._url}, timeout=30)
            await stack.enter_async_context(client)
            (await client.post("/chat/session", json={})).raise_for_status()
            self._customers.append(client)

    async def write(self, customer: int, text: str) -> None:
        body = {"text": text, "key": f"key-{text.rpartition(MARK)[2]}"}
        (await self._customers[customer].post("/chat/messages", json=body)).raise_for_status()

    async def follow(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        async with (
            httpx.AsyncClient(timeout=60) as client,
            aconnect_sse(client, "GET", f"{self._url}/v1/events", headers=headers) as source,
        ):
            async for event in source.aiter_sse():
                if event.event == "message-added":
                    self.seen.reads(json.loads(event.data)["data"]["text"])

    def _listening(self) -> str:
        """Return where it listens, once it does; with assistance, once that is ready."""
        while (found := served(self._workspace)) is None:
            if self._process.poll() is not None:
                raise RuntimeError(self._workspace.root.with_suffix(".log").read_text(encoding="utf-8"))
            time.sleep(0.1)
        if self._assists:
            wait_until_ready(found.url)
        return found.url


class Homeserver:
    """Synapse, with the reader in a room with each customer."""

    name = "Synapse"

    def __init__(self) -> None:
        self.seen = Seen()
        self._server = Synapse()
        self._rooms: list[tuple[str, httpx.AsyncClient]] = []

    def __enter__(self) -> Self:
        try:
            self._server.start()
        except RuntimeError:
            self._server.remove()
            raise
        self.pid = self._server.pid
        self._reader = self._server.member("reader")
        return self

    def __exit__(self, *_: object) -> None:
        self._server.remove()

    async def arrive(self, stack: AsyncExitStack) -> None:
        for _ in range(CUSTOMERS):
            member = await asyncio.to_thread(self._server.member)
            room = await asyncio.to_thread(member.invite, self._reader)
            await asyncio.to_thread(self._reader.call, "POST", f"rooms/{room}/join", {})
            client = await stack.enter_async_context(self._client(member))
            self._rooms.append((room, client))

    async def write(self, customer: int, text: str) -> None:
        room, client = self._rooms[customer]
        path = f"rooms/{room}/send/m.room.message/{text.rpartition(MARK)[2]}"
        (await client.put(path, json={"msgtype": "m.text", "body": text})).raise_for_status()

    async def follow(self) -> None:
        narrow = {"room": {"timeline": {"limit": 50}, "state": {"lazy_load_members": True}}}
        asked: dict[str, Any] = {"timeout": 0, "filter": json.dumps(narrow)}
        async with self._client(self._reader) as client:
            while True:
                answer = (await client.get("sync", params=asked)).raise_for_status().json()
                for room in answer.get("rooms", {}).get("join", {}).values():
                    for event in room["timeline"]["events"]:
                        self.seen.reads(event["content"].get("body", ""))
                asked |= {"since": answer["next_batch"], "timeout": 30_000}

    def _client(self, member: Member) -> httpx.AsyncClient:
        base = f"{self._server.address}/_matrix/client/v3/"
        return httpx.AsyncClient(base_url=base, headers={"Authorization": f"Bearer {member.token}"}, timeout=60)


async def spell(service: Service, said: list[str], first: int, rate: float, seconds: float) -> int:
    """Let customers write in turn at an even pace; return the number of the next message."""
    begun, count = time.perf_counter(), int(rate * seconds)
    writing: list[asyncio.Task[None]] = []
    for number in range(first, first + count):
        text = f"{said[number % len(said)]} {MARK}{number:05d}"
        service.seen.sent[f"{number:05d}"] = time.perf_counter()
        writing.append(asyncio.create_task(service.write(number % CUSTOMERS, text)))
        await asyncio.sleep(max(0.0, begun + (number - first + 1) / rate - time.perf_counter()))
    await asyncio.gather(*writing)
    until = time.perf_counter() + ARRIVES_WITHIN
    while service.seen.lost and time.perf_counter() < until:  # noqa: ASYNC110 - read by another task
        await asyncio.sleep(0.05)
    return first + count


async def measure(services: list[Service], said: list[str], chosen: argparse.Namespace) -> None:
    """Write to each in turns; what was seen stands in the services."""
    async with AsyncExitStack() as stack:
        for service in services:
            await service.arrive(stack)
        following = [asyncio.create_task(service.follow()) for service in services]
        await asyncio.sleep(2)
        for service in services:  # nobody's first messages count
            await spell(service, said, 0, chosen.rate, 2 * CUSTOMERS / chosen.rate)
            service.seen.sent.clear()
            service.seen.read.clear()
        numbers = dict.fromkeys((service.name for service in services), 2 * CUSTOMERS)
        for _ in range(chosen.rounds):
            for service in services:
                first = numbers[service.name]
                numbers[service.name] = await spell(service, said, first, chosen.rate, chosen.seconds / chosen.rounds)
        for task in following:
            task.cancel()
        for ended in await asyncio.gather(*following, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


def figures(services: list[Service]) -> Iterator[Figure]:
    """Yield the figures of each, and its ratios to the last, which is the measure."""
    memory = {service.name: psutil.Process(service.pid).memory_info().rss / 1024**2 for service in services}
    measure_of = services[-1]
    for service in services:
        yield Figure(f"{service.name}: messages; never read", len(service.seen.sent), unit=f"; {service.seen.lost}")
        yield Figure(f"{service.name}: sent until read, p50", service.seen.took(50), unit=" ms")
        yield Figure(f"{service.name}: sent until read, p95", service.seen.took(95), unit=" ms")
        yield Figure(f"{service.name}: resident memory", memory[service.name], unit=" MB")
    for service in services[:-1]:
        for percent in (50, 95):
            ratio = service.seen.took(percent) / measure_of.seen.took(percent)
            yield Figure(f"{service.name}, p{percent}, of {measure_of.name}'s", ratio, unit=" ×")
        yield Figure(
            f"{service.name}, memory, of {measure_of.name}'s", memory[service.name] / memory[measure_of.name], unit=" ×"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=5, help="messages a second")
    parser.add_argument("--seconds", type=float, default=60, help="how long each is written to, in all")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    if why := missing():
        sys.exit(why)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory(prefix="secondchair-bench-") as folder, ExitStack() as stack:
        services: list[Service] = [
            stack.enter_context(DeskService(Path(folder) / name, assists=name == "assisted"))
            for name in ("assisted", "bare")
        ]
        services.append(stack.enter_context(Homeserver()))
        said = texts(Workspace(Path(folder) / "assisted").content)
        asyncio.run(measure(services, said, chosen))
        show(f"A message to its reader, {json.dumps(vars(chosen))}", figures(services))


if __name__ == "__main__":
    main()
