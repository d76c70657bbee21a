"""A server's last seconds: nobody is sent to it any more, and what it does for all is handed on to the others."""

import asyncio
from typing import Final

import structlog

from console.desk.desk import Desk

NOTICED: Final = 2.5
"""Seconds in which whoever sends requests here has noticed that ``/ready`` says 503; asking every second is usual."""

_log = structlog.get_logger(__name__)


class Drain:
    """Prepares a server's end. ``seconds`` are what that may take; none are taken where there are no other servers."""

    def __init__(self, desk: Desk, seconds: float) -> None:
        self._desk, self._seconds = desk, seconds

    def begin(self) -> None:
        """Say from now on that no requests are to be sent here, and take on no new streams."""
        self._desk.leaving = True

    async def done(self) -> None:
        """Hand on the work of this server; returns once that is done, or cannot be waited for any longer."""
        if not self._desk.live.servers.shared or not self._seconds:
            return
        _log.info("draining", seconds=self._seconds)
        handing = self._desk.hand_on(self._seconds)
        whole, _ = await asyncio.gather(handing, asyncio.sleep(min(NOTICED, self._seconds)))
        _log.info("drained", whole=whole)
