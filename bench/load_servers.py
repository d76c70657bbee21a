"""The servers of the load bench: a PostgreSQL and desk servers, each a process of its own."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import httpx
import psutil

from bench.latency import texts, wait_until_ready
from bench.load_clients import EACH, Measured
from console.commands.init import prepare
from console.content.conversations import Transcript
from console.conversation.events import KINDS
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.conversation.sign_in_events import UNSENT
from console.past import storage
from console.past.collection import NEWEST
from console.past.moments import PastCase, case_of
from console.server.lock import served
from console.workspace import Workspace, private_folder
from tests.postgres import Server

CONFIG = """
[web_chat]
secret_file = "{secret}"
messages_per_minute = 600
streams_per_address = 1000

[server]
port = {port}
"""


class Team:
    """Servers of one desk below ``folder``; runs while the block does."""

    def __init__(self, folder: Path, servers: int, *, worked: bool = False) -> None:
        """``worked`` lets the desk have closed as many conversations as it learns from, before it starts."""
        self._worked = worked
        self.folder, self.secret = folder, secrets.token_urlsafe(32)
        self._urls: list[str] = []
        self._workspaces: list[Workspace] = []
        self._count = servers
        self._before: dict[str, float] = {}
        self._processes: list[subprocess.Popen[bytes]] = []
        self._database = Server(max_connections="120", shared_buffers="128MB")

    def __enter__(self) -> "Team":
        self._database.start()
        for number in range(1, self._count + 1):
            self._begin(number)
        for url in self._urls:
            wait_until_ready(url)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait()
        self._database.remove()

    def url(self, number: int) -> str:
        """Return the server that client ``number`` uses."""
        return self._urls[number % len(self._urls)]

    async def agent(self, number: int) -> str:
        """Return the token of an agent who works on the server that client ``number`` uses."""
        url = self.url(number)
        held = served(self._workspaces[number % len(self._urls)])
        assert held is not None
        headers = {"Authorization": f"Bearer {held.token}"}
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as client:
            answer = await client.post("/v1/tokens", json={"role": "agent", "name": f"Agent {number}"})
            answer.raise_for_status()
            token: str = answer.json()["token"]
            return token

    async def head(self) -> int:
        """Return the newest event for consoles, once the servers have nothing more to say for a second."""
        before = -1
        while (now := self.sent_up_to()[-1]) != before:
            before = now
            await asyncio.sleep(1.5)
        return now

    def sent_up_to(self, head: int = sys.maxsize) -> list[int]:
        """Return the numbers of all events that consoles are sent, up to ``head``."""
        unsent = ", ".join(f"'{name}'" for name, kind in KINDS.items() if kind in UNSENT)
        question = f"select seq from events where kind not in ({unsent}) and seq <= {head} order by seq"  # noqa: S608
        return [row[0] for row in self._database.execute(question)]

    async def watch_memory(self, measured: Measured) -> None:
        """Note how much memory each server takes, every five seconds."""
        measured.memory = [[] for _ in self._processes]
        while True:
            for sizes, process in zip(measured.memory, self._processes, strict=True):
                sizes.append(psutil.Process(process.pid).memory_info().rss / 1024**2)
            await asyncio.sleep(5)

    def begin(self) -> None:
        """Count processor time from now on."""
        self._before = self._used()

    def processor_seconds(self) -> dict[str, float]:
        """Return the processor time that was used since :meth:`begin`, by who used it."""
        return {name: seconds - self._before.get(name, 0.0) for name, seconds in self._used().items()}

    def _used(self) -> dict[str, float]:
        used = {f"server {n}": _seconds(psutil.Process(p.pid)) for n, p in enumerate(self._processes, 1)}
        database = self._database._process
        assert database is not None
        backends = psutil.Process(database.pid).children()
        return {**used, "PostgreSQL": sum(map(_seconds, backends)), "the driver": _seconds(psutil.Process())}

    def _begin(self, number: int) -> None:
        workspace = Workspace(self.folder / f"server-{number}")
        prepare(workspace, demo=True)
        if self._worked:
            storage.write_added(private_folder(workspace.past), closed(texts(workspace.content), NEWEST))
        secret = self.folder / "secret"
        secret.write_text(self.secret, encoding="utf-8")
        port = 18700 + number
        workspace.config.write_text(CONFIG.format(secret=secret, port=port), encoding="utf-8")
        environment = {
            **os.environ,
            "SECONDCHAIR_STORE__ADDRESS": self._database.dsn,
            "SECONDCHAIR_AUDIT_KEY": "5e" * 32,
        }
        command = [sys.executable, "-m", "console"]
        self._workspaces.append(workspace)
        self._urls.append(f"http://127.0.0.1:{port}")
        with (self.folder / f"log-{number}").open("wb") as log:
            self._processes.append(
                subprocess.Popen(
                    [*command, "serve", "--workspace", workspace.root], env=environment, stdout=log, stderr=log
                )
            )
        while not _listens(port):
            if self._processes[-1].poll() is not None:
                raise RuntimeError((self.folder / f"log-{number}").read_text())
            time.sleep(0.1)


def closed(said: Sequence[str], count: int) -> list[PastCase]:
    """Return so many conversations as the load closes them: ten messages of a customer, resolved."""
    return [
        case_of(
            Transcript(
                f"before-{number}",
                Customer(id=f"before-{number}"),
                tuple(
                    Message(f"m{place}", Author.CUSTOMER, f"#{number:08d} {said[(number * EACH + place) % len(said)]}")
                    for place in range(1, EACH + 1)
                ),
                resolved=True,
                disposition="solved",
            )
        )
        for number in range(count)
    ]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _seconds(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return spent.user + spent.system
