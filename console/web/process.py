"""One console process: its start, what it says, and its end. It outlives the connection of its tab for a while."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

import structlog
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from console.web.environment import child_environment
from console.web.frames import Window
from console.web.links import opened

COMMAND: Final = (sys.executable, "-m", "console.terminal.browser")

ENDS_WITHIN: Final = 6.0
"""Seconds in which a console saves its drafts and ends; then it is killed."""

_LAST_WORDS: Final = 8 * 1024
"""Bytes kept of what it writes to standard error."""

_PRELUDE: Final = b"__GANGLION__\n"
"""What Textual's driver for browsers begins with."""

_log = structlog.get_logger(__name__)


class Screen(Protocol):
    """The page that shows a console."""

    async def paint(self, data: bytes) -> None:
        """Write to its terminal."""
        ...

    async def tell(self, what: str, said: object) -> None:
        """Say something to its scripts."""
        ...

    def close(self, code: int) -> None:
        """End the connection, with the reason as one of :mod:`console.web.endings`; returns at once."""
        ...


@dataclass(frozen=True, slots=True)
class Errand:
    """For whom a console is, and where it works."""

    desk: str
    token: str = field(repr=False)
    folder: Path
    """Where the person's choices are kept."""
    zone: str = ""
    public_desk: str = ""
    """Where browsers reach the desk; empty: at ``desk``."""
    address: str = ""
    """The network address that the browser came from, for the desk to count and to write down; empty: unknown."""


class TabProcess(AppService):
    """A console. ``ended`` is told its exit code."""

    def __init__(self, errand: Errand, ended: Callable[[int], None]) -> None:
        super().__init__(
            COMMAND[-1],
            write_bytes=self._paint,
            write_str=self._nothing,
            close=self._nothing,
            download_manager=DownloadManager(),
        )
        self.screen: Screen | None = None
        """The page that shows it; without one, what it paints is dropped."""
        self._errand, self._ended = errand, ended
        self._desk = errand.desk

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return child_environment(os.environ, self._errand.zone)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the console and greet it: the token goes over the pipe."""
        self._process = process = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,  # Ctrl+C at the server is the server's
        )
        if process.stdin is None:
            raise RuntimeError("the pipe to the console could not be opened")
        self._stdin = process.stdin
        errand = self._errand
        hello = {"desk": errand.desk, "token": errand.token, "folder": str(errand.folder), "address": errand.address}
        process.stdin.write(json.dumps(hello | {"width": width, "height": height}).encode() + b"\n")
        return process

    async def show(self, window: Window) -> None:
        """Paint everything anew, for a page that came instead of another."""
        await self.set_terminal_size(window.width, window.height)
        await self.send_meta({"type": "repaint"})

    async def desk_moved(self, url: str) -> None:
        """Tell the console where the desk listens now."""
        self._desk = url
        if self._stdin is not None:
            await self.send_meta({"type": "desk", "url": url})

    async def stop(self) -> None:
        """Let the console save its drafts and end; a console that does not is killed."""
        task, process = self._task, self._process
        if task is None or process is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(ENDS_WITHIN):
                await self.send_meta({"type": "quit"})
                await asyncio.shield(task)
                return
        with suppress(ProcessLookupError):
            process.kill()
        await task

    async def run(self) -> None:
        """Read what the console says until it ends."""
        process = self._process
        if process is None or process.stdout is None or process.stderr is None:
            return
        words = asyncio.create_task(_last_words(process.stderr))
        try:
            while await process.stdout.readline() not in {_PRELUDE, b""}:
                pass
            await self._listen(process.stdout)
        except (asyncio.IncompleteReadError, ConnectionResetError):
            pass
        finally:
            code = await process.wait()
            said = await words
            if code:
                _log.warning("a console failed", code=code, said=said)
            self._ended(code)

    async def _listen(self, pipe: asyncio.StreamReader) -> None:
        while True:
            head = await pipe.readexactly(5)
            payload = await pipe.readexactly(int.from_bytes(head[1:], "big"))
            match head[:1]:
                case b"D":
                    await self.on_data(payload)
                case b"M":
                    await self.on_meta(payload)
                case _:
                    pass  # files to be saved: a console has none

    async def on_meta(self, data: bytes) -> None:
        """Take what the console says beside what it paints: links to open."""
        said = json.loads(data)
        if said.get("type") != "open_url" or self.screen is None:
            return
        link = opened(str(said.get("url", "")), self._desk, self._errand.public_desk)
        await self.screen.tell("open", link)

    async def _paint(self, data: bytes) -> None:
        if self.screen is not None:
            await self.screen.paint(data)

    async def _nothing(self, *_: object) -> None:
        pass


async def _last_words(pipe: asyncio.StreamReader) -> str:
    """Return the last line that a process wrote: a traceback's others may hold what customers wrote."""
    kept = b""
    while data := await pipe.read(_LAST_WORDS):
        kept = (kept + data)[-_LAST_WORDS:]
    lines = kept.decode("utf-8", "replace").splitlines()
    return lines[-1].partition(":")[0][:80] if lines else ""  # the kind of error, not its words
