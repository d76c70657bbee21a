"""A server's last seconds: nobody is sent to it any more, and what it does for all is handed on to the others."""

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog

from console.desk.desk import Desk

NOTICED: Final = 2.5
"""Seconds in which whoever sends requests here has noticed that ``/ready`` says 503; asking every second is usual."""

_log = structlog.get_logger(__name__)


class Drain:
    """Prepares the end of a server's desks: the one with customers, and the one on which people practise.

    ``seconds`` are what that may take; none are taken where there are no other servers.
    """

    def __init__(self, desks: Sequence[Desk], seconds: float) -> None:
        self._desks, self._seconds = desks, seconds

    def begin(self) -> None:
        """Say from now on that no requests are to be sent here, and take on no new streams."""
        for desk in self._desks:
            desk.leaving = True

    async def done(self) -> None:
        """Hand on the work of this server; returns once that is done, or cannot be waited for any longer."""
        if not any(desk.live.servers.shared for desk in self._desks) or not self._seconds:
            return
        _log.info("draining", seconds=self._seconds)
        handing = asyncio.gather(*(desk.hand_on(self._seconds) for desk in self._desks))
        whole, _ = await asyncio.gather(handing, asyncio.sleep(min(NOTICED, self._seconds)))
        _log.info("drained", whole=all(whole))
