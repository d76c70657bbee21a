"""One desk server a workspace: who runs it, where it listens, and where the credential to it lies. Light to import."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from filelock import FileLock, Timeout

from console.workspace import Workspace, runtime_folder, write_private

PROBED_WITHIN: Final = 0.3
"""Seconds that a server waits for the lock: somebody may only be looking whether it is held."""


class AlreadyServed(Exception):
    """Another desk server runs on the workspace."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running desk server. ``credential`` is a file (mode 0600) that holds an administrator's token."""

    pid: int
    url: str
    credential: str

    @property
    def token(self) -> str:
        """Read the credential; raises ``OSError`` when it is gone or not ours to read."""
        return Path(self.credential).read_text(encoding="utf-8").strip()


class ServerLock:
    """Held by a server as long as it runs; the kernel lets go of it when the process ends, however it ends."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._held = FileLock(_held(workspace), timeout=PROBED_WITHIN, poll_interval=0.01)
        self._credential = runtime_folder() / f"{workspace.id}.token"
        self._releasing, self._released = Lock(), False

    def take(self) -> None:
        """Take the lock; raises :class:`AlreadyServed`, or ``OSError`` for a workspace that cannot be written."""
        self._workspace.root.mkdir(parents=True, exist_ok=True)
        try:
            self._held.acquire()
        except Timeout as error:
            raise AlreadyServed(f"a desk server runs on {self._workspace.root} already") from error
        self._released = False
        self._workspace.lock.unlink(missing_ok=True)  # left behind by one that was killed

    def announce(self, url: str, token: str) -> Served:
        """Say where the server listens, once it does."""
        write_private(self._credential, token + "\n")
        served = Served(os.getpid(), url, str(self._credential))
        write_private(self._workspace.lock, json.dumps(asdict(served)))
        return served

    def release(self) -> None:
        """Let go, once: by then the workspace may be another server's."""
        with self._releasing:
            if self._released:
                return
            self._released = True
        self._workspace.lock.unlink(missing_ok=True)
        self._credential.unlink(missing_ok=True)
        self._held.release()


def is_served(workspace: Workspace) -> bool:
    """Return whether a server runs on the workspace, or is about to."""
    if not _held(workspace).exists():
        return False
    probe = FileLock(_held(workspace), timeout=0)
    try:
        probe.acquire()
    except Timeout:
        return True
    probe.release()
    return False


def served(workspace: Workspace) -> Served | None:
    """Return the server that runs on the workspace; ``None`` when there is none, or it does not listen yet."""
    if not is_served(workspace):
        return None
    try:
        return Served(**json.loads(workspace.lock.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _held(workspace: Workspace) -> Path:
    return workspace.root / ".desk.held"
