"""A desk server as a process of its own, with customers who write on the web chat and agents who answer."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from console.server.lock import served
from console.workspace import Workspace
from tests.commands.running import wait_until


@dataclass
class Running:
    """A server, where it listens, and what it has written to its log so far."""

    url: str
    owner: str
    log: Path
    child: subprocess.Popen[bytes]

    def ask(self, method: str, path: str, token: str = "", body: object = None) -> httpx.Response:
        """Ask it something, as the owner or with a token."""
        headers = {"Authorization": f"Bearer {token or self.owner}"}
        return httpx.request(method, self.url + path, headers=headers, json=body, timeout=30)

    def agent(self, name: str = "Robin Ashdale", role: str = "agent") -> str:
        """Return a token of somebody who works here."""
        return str(self.ask("POST", "/v1/tokens", body={"role": role, "name": name}).json()["token"])

    @contextmanager
    def customer(self) -> Iterator[httpx.Client]:
        """A browser that has begun a visit to the web chat."""
        with httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=30) as browser:
            assert browser.post("/chat/session", json={}).is_success
            yield browser

    def customer_writes(self, text: str) -> dict[str, Any]:
        """Let a new customer write on the web chat, and return their row of the inbox."""
        known = {row["id"] for row in self.conversations()}
        with self.customer() as browser:
            assert browser.post("/chat/messages", json={"text": text, "key": "key-00001"}).status_code == 204
        return next(row for row in self.conversations() if row["id"] not in known)

    def conversations(self) -> list[dict[str, Any]]:
        """Return the inbox, closed conversations too."""
        rows: list[dict[str, Any]] = self.ask("GET", "/v1/inbox?closed=true").json()["rows"]
        return rows


@contextmanager
def running(workspace: Workspace, folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Run a server on the workspace until the block ends; its log goes to a file in ``folder``."""
    log = folder / f"{workspace.root.name}.log"
    command = [sys.executable, "-m", "console", "serve", "--workspace", str(workspace.root), "--port", "0"]
    with log.open("ab") as stream:
        child = subprocess.Popen(command, stdout=stream, stderr=stream, env=os.environ | dict(environment or {}))
    try:
        wait_until(lambda: served(workspace) is not None or child.poll() is not None, within=60)
        found = served(workspace)
        assert found is not None, log.read_text()
        yield Running(found.url, found.token, log, child)
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def bytes_below(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file below a folder with what is in it."""
    for file in folder.rglob("*"):
        if file.is_file():
            yield file, file.read_bytes()


def traces(folder: Path, *words: bytes) -> list[str]:
    """Return where below a folder one of these stands."""
    return [f"{file}: {word!r}" for file, data in bytes_below(folder) for word in words if word in data]
