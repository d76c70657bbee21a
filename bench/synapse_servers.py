"""The servers that ``bench.synapse`` writes to: a desk, and Synapse, each with a PostgreSQL of its own or on SQLite."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any, Final, Protocol, Self

import httpx
import psutil
from httpx_sse import aconnect_sse

from bench.latency import wait_until_ready
from console.commands.init import prepare
from console.server.lock import served
from console.workspace import Workspace
from tests.channels.synapse import Member, Synapse
from tests.postgres import Server

CUSTOMERS: Final = 12
"""Each has a conversation, or a room, that every listener follows."""

MARK: Final = "#"
"""Stands before a message's number, by which it is known again."""

MEGABYTE: Final = 1024**2

_AWAY: Final = "a model that is away"

_DATABASE: Final = """
database:
  name: psycopg2
  args: {{user: app, dbname: postgres, host: "{folder}", cp_min: 5, cp_max: 10}}
"""
"""Synapse's pool as its documentation sets it up."""


@dataclass
class Seen:
    """When messages were sent, acknowledged and read, in seconds of a monotonic clock, by their number."""

    listeners: int
    sent: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, float] = field(default_factory=dict)
    read: dict[tuple[str, int], float] = field(default_factory=dict)
    """By number and listener."""
    queued: int = 0
    """Messages that were not acknowledged yet when the last of a spell was sent, at most."""

    def reads(self, text: str, listener: int) -> None:
        """Note a message that a listener has read."""
        number = text.rpartition(MARK)[2]
        if number in self.sent:
            self.read.setdefault((number, listener), time.perf_counter())

    def forget(self) -> None:
        """Let what came so far not count."""
        for noted in (self.sent, self.acknowledged, self.read):
            noted.clear()
        self.queued = 0

    def delivered(self, percent: int) -> float:
        """Return the milliseconds that ``percent`` of the deliveries took at most, from the sender's call on."""
        return _within([at - self.sent[number] for (number, _), at in self.read.items()], percent)

    def answered(self, percent: int) -> float:
        """Return the milliseconds after which ``percent`` of the senders had their acknowledgement."""
        return _within([at - self.sent[number] for number, at in self.acknowledged.items()], percent)

    def rows(self) -> list[dict[str, float | str | None]]:
        """Return each message's way: when it was sent, acknowledged and read by the last listener."""
        last: dict[str, float] = {}
        for (number, _), at in self.read.items():
            last[number] = max(at, last.get(number, 0.0))
        return [
            {"number": number, "sent": at, "acknowledged": self.acknowledged.get(number), "read": last.get(number)}
            for number, at in self.sent.items()
        ]

    @property
    def lost(self) -> int:
        """How many deliveries never came."""
        return len(self.sent) * self.listeners - len(self.read)


class Service(Protocol):
    """A server with customers and listeners."""

    name: str
    pid: int
    database: Server | None
    seen: Seen

    async def arrive(self, stack: AsyncExitStack) -> None:
        """Let customers and listeners come; what they hold is let go with the stack."""

    async def write(self, customer: int, text: str) -> None:
        """Let a customer write; returns once it is acknowledged."""

    async def follow(self, listener: int) -> None:
        """Read what customers write until cancelled."""


def processes(service: Service) -> dict[str, list[psutil.Process]]:
    """Return the processes of a server, and of its PostgreSQL where it has one."""
    found = {"server": _family(service.pid)}
    if service.database and service.database.pid:
        found["PostgreSQL"] = _family(service.database.pid)
    return found


def spent(service: Service) -> float:
    """Return the seconds of processor time that a server and its PostgreSQL have used."""
    return sum(_processor(process) for family in processes(service).values() for process in family)


class DeskService:
    """A desk server on the demo company, with its assistance or without."""

    def __init__(self, folder: Path, listeners: int, *, assists: bool, database: Server | None) -> None:
        self.name = "desk with assistance" if assists else "desk without assistance"
        self.seen, self.database = Seen(listeners), database
        self._customers: list[httpx.AsyncClient] = []
        self._tokens: list[str] = []
        workspace = Workspace(folder)
        prepare(workspace, demo=True)
        model = "" if assists else f'[model]\nname = "{folder / _AWAY}"\n'
        workspace.config.write_text(f"[web_chat]\nmessages_per_minute = 600\n{model}", encoding="utf-8")
        more = {"SECONDCHAIR_STORE__ADDRESS": database.dsn, "SECONDCHAIR_AUDIT_KEY": "5e" * 32} if database else {}
        command = [sys.executable, "-m", "console", "serve", "--workspace", str(folder), "--port", "0"]
        with folder.with_suffix(".log").open("wb") as log:
            self._process = subprocess.Popen(command, env=os.environ | more, stdout=log, stderr=log)
        self.pid = self._process.pid
        self._workspace, self._assists, self._url = workspace, assists, ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    async def arrive(self, stack: AsyncExitStack) -> None:
        token = await asyncio.to_thread(self._listening)
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=self._url, headers=headers, timeout=30) as client:
            for listener in range(self.seen.listeners):
                answer = await client.post("/v1/tokens", json={"role": "lead", "name": f"Listener {listener}"})
                self._tokens.append(answer.raise_for_status().json()["token"])
        for _ in range(CUSTOMERS):
            client = httpx.AsyncClient(base_url=self._url, headers={"Origin": self._url}, timeout=60)
            await stack.enter_async_context(client)
            (await client.post("/chat/session", json={})).raise_for_status()
            self._customers.append(client)

    async def write(self, customer: int, text: str) -> None:
        body = {"text": text, "key": f"key-{text.rpartition(MARK)[2]}"}
        (await self._customers[customer].post("/chat/messages", json=body)).raise_for_status()

    async def follow(self, listener: int) -> None:
        headers = {"Authorization": f"Bearer {self._tokens[listener]}"}
        async with (
            httpx.AsyncClient(timeout=60) as client,
            aconnect_sse(client, "GET", f"{self._url}/v1/events", headers=headers) as source,
        ):
            async for event in source.aiter_sse():
                if event.event == "message-added":
                    self.seen.reads(json.loads(event.data)["data"]["text"], listener)

    def _listening(self) -> str:
        """Return an administrator's token, once it listens; with assistance, once that is ready."""
        while (found := served(self._workspace)) is None:
            if self._process.poll() is not None:
                raise RuntimeError(self._workspace.root.with_suffix(".log").read_text(encoding="utf-8"))
            time.sleep(0.1)
        self._url = found.url
        if self._assists:
            wait_until_ready(found.url)
        return found.token


class Homeserver:
    """Synapse without its limits on how much is written, with every listener in a room with each customer."""

    name = "Synapse"

    def __init__(self, listeners: int, database: Server | None) -> None:
        self.seen, self.database = Seen(listeners), database
        self._server = Synapse(_DATABASE.format(folder=database.folder) if database else "")
        self._rooms: list[tuple[str, httpx.AsyncClient]] = []

    def __enter__(self) -> Self:
        try:
            self._server.start()
        except RuntimeError:
            self._server.remove()
            raise
        self.pid = self._server.pid
        self._listeners = [self._server.member("listener") for _ in range(self.seen.listeners)]
        return self

    def __exit__(self, *_: object) -> None:
        self._server.remove()

    async def arrive(self, stack: AsyncExitStack) -> None:
        for _ in range(CUSTOMERS):
            member = await asyncio.to_thread(self._server.member)
            room = await asyncio.to_thread(member.invite, *self._listeners)
            for listener in self._listeners:
                await asyncio.to_thread(listener.call, "POST", f"rooms/{room}/join", {})
            client = await stack.enter_async_context(self._client(member))
            self._rooms.append((room, client))

    async def write(self, customer: int, text: str) -> None:
        room, client = self._rooms[customer]
        path = f"rooms/{room}/send/m.room.message/{text.rpartition(MARK)[2]}"
        (await client.put(path, json={"msgtype": "m.text", "body": text})).raise_for_status()

    async def follow(self, listener: int) -> None:
        narrow = {"room": {"timeline": {"limit": 50}, "state": {"lazy_load_members": True}}}
        asked: dict[str, Any] = {"timeout": 0, "filter": json.dumps(narrow)}
        async with self._client(self._listeners[listener]) as client:
            while True:
                answer = (await client.get("sync", params=asked)).raise_for_status().json()
                for room in answer.get("rooms", {}).get("join", {}).values():
                    for event in room["timeline"]["events"]:
                        self.seen.reads(event["content"].get("body", ""), listener)
                asked |= {"since": answer["next_batch"], "timeout": 30_000}

    def _client(self, member: Member) -> httpx.AsyncClient:
        base = f"{self._server.address}/_matrix/client/v3/"
        return httpx.AsyncClient(base_url=base, headers={"Authorization": f"Bearer {member.token}"}, timeout=60)


def memory(service: Service) -> Iterator[tuple[str, float]]:
    """Yield whose memory it is, and how many MB.

    A server's is what all its processes hold; PostgreSQL's is the share of each of its processes, since they have one
    buffer together that would else count as often as there are connections.
    """
    for name, family in processes(service).items():
        if name == "server":
            yield name, sum(process.memory_info().rss for process in family) / MEGABYTE
        else:
            yield name, sum(process.memory_full_info().pss for process in family) / MEGABYTE


def _within(taken: list[float], percent: int) -> float:
    return 1000 * quantiles(taken, n=100, method="inclusive")[percent - 1]


def _family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def _processor(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system + used.children_user + used.children_system)
