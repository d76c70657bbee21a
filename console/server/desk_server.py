"""The HTTP server of a desk as a process: it announces itself, and ends in order, in any case."""

import asyncio
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn

from console.server import private as pipe
from console.server.attendance import Attendance
from console.server.draining import Drain
from console.server.ending import LINGERING, STOPPING, end_within

LEAVING: Final = 0.5
"""Seconds in which the stream of the console that closed its pipe is gone, too; any other is another console's."""

COMING_BACK: Final = 1.5
"""Seconds that a private server whose owner is gone waits for a console whose stream broke off."""


class DeskServer(uvicorn.Server):
    """Announces itself once it listens; when it stops it ends its event streams first, and the process in any case.

    On SIGTERM it is drained first, where there is a ``drain``; a second one, or Ctrl+C, ends it at once.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        announce: Callable[[], None],
        end_streams: Callable[[], None],
        release: Callable[[], None],
        drain: Drain | None = None,
    ) -> None:
        super().__init__(config)
        self._announce, self._end_streams, self._release = announce, end_streams, release
        self._drain, self._draining = drain, False
        self._loop: asyncio.AbstractEventLoop | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Drain on the first SIGTERM; end at once on any other signal."""
        if sig == signal.SIGTERM and self._drain is not None and self._loop is not None and not self._draining:
            self._draining = True
            self._drain.begin()
            asyncio.run_coroutine_threadsafe(self._stop_drained(self._drain), self._loop)
        else:
            super().handle_exit(sig, frame)

    async def _stop_drained(self, drain: Drain) -> None:
        try:
            await drain.done()
        finally:
            self.should_exit = True

    def stop_after(self, attendance: Attendance) -> None:
        """Stop once nobody follows the desk; call it from another thread."""
        if self._loop is None:
            self.should_exit = True  # nobody can follow yet
        else:
            asyncio.run_coroutine_threadsafe(self._stop_after(attendance), self._loop)

    async def _stop_after(self, attendance: Attendance) -> None:
        try:
            await asyncio.wait_for(attendance.alone(), LEAVING)
        except TimeoutError:
            pipe.say(staying="another console follows the desk")
            await attendance.alone(COMING_BACK)
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        if self.started:
            self._loop = asyncio.get_running_loop()
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, the desk, and the process."""
        end_within(STOPPING, self._release)
        self._end_streams()
        await super().shutdown(sockets)
        end_within(LINGERING, self._release)  # the log is closed by now
