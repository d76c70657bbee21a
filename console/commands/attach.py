"""Getting at a desk server: a named one, the one that runs on the workspace, or a private one of our own."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, TypeVar

from console.server.lock import Served, is_served, served
from console.workspace import Workspace

STARTS_WITHIN: Final = 60.0
"""Seconds a private server may take until it listens."""

ENDS_WITHIN: Final = 10.0
"""Seconds a private server may take to end, or to say that it stays."""

Role = Literal["agent", "lead", "trainer"]

Entered = TypeVar("Entered")


class AttachError(RuntimeError):
    """No desk server can be reached; one line that says why and what to do."""


class WorkspaceDesk:
    """The desk server of a workspace: attaches to the one that runs, or starts a private one and owns it."""

    def __init__(self, workspace: Workspace, *, role: Role, name: str, options: tuple[str, ...] = ()) -> None:
        self._workspace = workspace
        self._role, self._name, self._options = role, name, options
        self._child: subprocess.Popen[str] | None = None

    async def __call__(self, progress: Callable[[str], None]) -> tuple[str, str]:
        """Return ``(base URL, token)``; safe to call again after the server was lost."""
        loop = asyncio.get_running_loop()

        def report(words: str) -> None:
            loop.call_soon_threadsafe(progress, words)

        return await asyncio.to_thread(self.attach, report)

    def attach(self, progress: Callable[[str], None] = lambda _: None) -> tuple[str, str]:
        """Return ``(base URL, token)``; blocks. Raises :class:`AttachError`."""
        return self._reach(progress, self._enter)

    def address(self, progress: Callable[[str], None] = lambda _: None) -> str:
        """Return the base URL, for people who bring tokens of their own; blocks. Raises :class:`AttachError`."""
        return self._reach(progress, lambda found: found.url)

    def _reach(self, progress: Callable[[str], None], enter: Callable[[Served], Entered]) -> Entered:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            found = served(self._workspace)
            if found:
                try:
                    return enter(found)
                except AttachError:
                    if served(self._workspace) == found:  # it is there, and does not answer
                        raise
                    continue  # it was just ending
            if is_served(self._workspace):
                time.sleep(0.05)  # it is starting
                continue
            progress("Starting the desk …")
            owned = self._start(progress)
            if owned:
                return enter(owned)
        raise AttachError(f"the desk server of {self._workspace.root} does not answer; see {self._log}")

    def stop(self) -> None:
        """Leave the server if it is ours: close the pipe, and wait until it has let go of the workspace.

        Where other consoles follow the desk it says that it stays for them, and goes with the last one.
        """
        child, self._child = self._child, None
        if child is None or child.stdin is None or child.stdout is None:
            return
        child.stdin.close()
        deadline = _deadline(ENDS_WITHIN, child)
        stays = any("staying" in json.loads(line) for line in child.stdout)
        deadline.cancel()
        child.stdout.close()
        if stays:
            threading.Thread(target=child.wait, name="server", daemon=True).start()  # so that its end is noticed
        else:
            child.wait()

    @property
    def _log(self) -> Path:
        return self._workspace.root / "desk.log"

    def _start(self, progress: Callable[[str], None]) -> Served | None:
        """Start a private server; ``None`` when somebody else was faster."""
        self.stop()
        token = secrets.token_urlsafe(32)
        command = [sys.executable, "-m", "console", "serve", "--private", "--workspace", str(self._workspace.root)]
        try:
            self._workspace.root.mkdir(parents=True, exist_ok=True)
            log = self._log.open("ab")
        except OSError as error:
            raise AttachError(
                f"{self._workspace.root}: cannot be written ({error.strerror}); choose another --workspace"
            ) from error
        with log:
            self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                [*command, *self._options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
                start_new_session=True,  # Ctrl+C in the console is the console's
            )
        if self._child.stdin is None or self._child.stdout is None:
            raise AttachError("the pipe to the desk server could not be opened")
        self._child.stdin.write(token + "\n")
        self._child.stdin.flush()
        deadline = _deadline(STARTS_WITHIN, self._child)
        try:
            return self._announced(self._child, progress)
        finally:
            deadline.cancel()

    def _announced(self, child: subprocess.Popen[str], progress: Callable[[str], None]) -> Served | None:
        """Read what the server says until it listens; ``None`` when another one was faster."""
        for line in child.stdout or ():
            said = json.loads(line)
            if "progress" in said:
                progress(said["progress"])
            if said.get("error") == "already-served":
                return None
            if "error" in said:
                raise AttachError(said["error"])
            if "url" in said:
                return Served(child.pid, said["url"], said["credential"])
        child.wait()
        raise AttachError(f"the desk server ended before it listened; see {self._log}")

    def _enter(self, found: Served) -> tuple[str, str]:
        """Ask the server for a token of the person who works here."""
        import httpx

        try:
            answer = httpx.post(
                f"{found.url}/v1/tokens",
                headers={"Authorization": f"Bearer {found.token}"},
                json={"role": self._role, "name": self._name},
                timeout=10,
            )
            if answer.status_code == httpx.codes.BAD_REQUEST:
                raise AttachError(str(answer.json()["error"]["message"]))  # the name; say so as the desk does
            answer.raise_for_status()
            return found.url, str(answer.json()["token"])
        except PermissionError as error:
            raise AttachError(
                f"the desk of {self._workspace.root} belongs to another user (process {found.pid})"
            ) from error
        except (OSError, httpx.HTTPError, KeyError, ValueError) as error:
            raise AttachError(
                f"the desk server at {found.url} (process {found.pid}) does not answer: {error}"
            ) from error


def _deadline(seconds: float, child: subprocess.Popen[str]) -> threading.Timer:
    """Kill the process after so many seconds; its end ends the reading of what it says."""
    timer = threading.Timer(seconds, child.kill)
    timer.daemon = True
    timer.start()
    return timer
