"""Servers of one desk, each a process on a port of its own, over one PostgreSQL; any of them can be killed."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import jwt
import psutil
import psycopg

from console.accounts.opening import open_accounts
from console.commands.init import prepare
from console.conversation.people import Role
from console.sign_in_settings import SignInSettings
from console.workspace import Workspace
from tests.commands.running import process, wait_until
from tests.faults.slower import SLOWER
from tests.postgres import Server

CONFIG = """[web_chat]
secret_file = "{secret}"
messages_per_minute = 600
streams_per_address = 1000
visits_per_minute = 600

[model]
threads = 1
{more}"""

KEY = "5e" * 32


@dataclass
class Member:
    """One server of the team."""

    workspace: Workspace
    environment: dict[str, str]
    port: int
    before: tuple[str, ...] = ()
    """What its command is run by: a network namespace, another clock."""
    host: str = "127.0.0.1"
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.host}:{self.port}"

    @property
    def log(self) -> Path:
        """What it wrote on standard error."""
        return self.workspace.root.with_suffix(".log")

    def start(self) -> None:
        """Start it; :meth:`wait` returns once it serves."""
        where = ["--workspace", self.workspace.root, "--host", self.host, "--port", self.port]
        command = [*self.before, sys.executable, "-m", "console", "serve", *where]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(list(map(str, command)), env=self.environment, stderr=log)

    def wait(self, *, assists: bool = False, within: float = 120) -> None:
        """Return once it is to be sent requests; with ``assists``, once assistance is there, too.

        ``within`` so many seconds on a machine with nothing else to do.
        """

        def ready() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")[-2000:]
            try:
                answer = httpx.get(f"{self.url}/ready", timeout=5)
            except httpx.TransportError:
                return False
            return bool(answer.json()["ready" if assists else "serves"])

        wait_until(ready, SLOWER * within)

    def kill(self) -> None:
        """Kill it, with nothing finished."""
        if self.process is not None:
            for child in psutil.Process(self.process.pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
            self.process.kill()
            self.process.wait()
            self.process = None

    def memory(self) -> float:
        """Return how much memory it takes, in MB."""
        assert self.process is not None
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1024**2


@dataclass
class Team:
    """A database and servers, with the demo company's content or none; runs while the block does.

    ``servers`` 0 is for a test that adds its own; ``more`` are lines of their settings.
    """

    root: Path
    servers: int = 2
    more: str = ""
    demo: bool = True
    database: Server = field(default_factory=Server)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    members: list[Member] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Start everything, and wait until it serves."""
        try:
            self.database.start()
            for _ in range(self.servers):
                self.add(demo=self.demo).start()
                self.members[-1].wait()  # one after the other: the first brings the tables
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End everything."""
        for member in self.members:
            member.kill()
        self.database.remove()

    def add(self, *, address: str = "", demo: bool = True, **more: str) -> Member:
        """Return one more server, not yet started; ``more`` are variables of its environment."""
        self.root.mkdir(exist_ok=True)
        secret = self.root / "chat-secret"
        secret.write_text(self.secret, encoding="utf-8")
        workspace = Workspace(self.root / f"server-{len(self.members) + 1}")
        prepare(workspace, demo=demo)
        workspace.config.write_text(CONFIG.format(secret=secret, more=self.more), encoding="utf-8")
        kept = {"SECONDCHAIR_STORE__ADDRESS": address or self.database.dsn, "SECONDCHAIR_AUDIT_KEY": KEY}
        self.members.append(Member(workspace, {**os.environ, **kept, **more}, free_port()))
        return self.members[-1]

    @property
    def urls(self) -> list[str]:
        """Where the servers listen."""
        return [member.url for member in self.members]

    def token(self, name: str, role: Role = Role.AGENT) -> str:
        """Return a token of a member of staff, whom all servers know."""
        accounts = open_accounts(self.members[0].workspace, SignInSettings(), self.database.dsn)
        token, _ = accounts.keep(role, name)
        accounts.close()
        return token

    def vouches(self, customer: str, name: str) -> str:
        """Return the token with which the company's page vouches for a customer."""
        return vouched(self.secret, customer, name)

    def kill_database(self) -> None:
        """Kill PostgreSQL with all its processes, as a crash of its machine would, and start it again at once."""
        postmaster = self.database._process
        assert postmaster is not None
        children = psutil.Process(postmaster.pid).children(recursive=True)
        self.database.stop(signal.SIGKILL)  # first: it would bring new ones
        for child in children:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        psutil.wait_procs(children, timeout=10)
        self.database.start()

    def said(self, after: int = 0) -> list[tuple[int, str]]:
        """Return what was written by anybody, with its numbers, as it stands in the database."""
        return self.ask(
            "select e.seq, p.payload::jsonb->>'text' from events e join payloads p using (seq) "
            "where e.kind = 'message-added' and e.seq > %s order by e.seq",
            after,
        )

    def ask(self, question: str, *given: object) -> list[tuple[Any, ...]]:
        """Return the rows that the database has for a question."""
        with psycopg.connect(self.database.dsn) as connection:
            return connection.execute(question.encode(), given).fetchall()

    def verify(self) -> str:
        """Run ``secondchair verify``; return what it says. Raises AssertionError where the log is not whole."""
        with contextlib.ExitStack() as changed:
            changed.enter_context(_environment(self.members[0].environment))
            done = process("verify", "--workspace", self.members[0].workspace.root, within=120)
        assert done.code == 0, done.out + done.err
        return done.out.strip()


def vouched(secret: str, customer: str, name: str) -> str:
    """Return the token with which the company's page vouches for a customer."""
    until = datetime.now(UTC) + timedelta(minutes=50)
    who = {"sub": customer, "name": name, "email": f"{customer}@example.test"}
    claims = {"aud": "secondchair-chat", "exp": until, **who}
    return jwt.encode(claims, secret, "HS256")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def _environment(values: Mapping[str, str]):  # noqa: ANN202 - a context
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
