"""Work that one server does for all, such as reading a channel: begun where the duty comes, stopped where it goes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from console.desk.live import LiveLog

LOOKS_EVERY: Final = 0.5
"""Seconds between two looks at whose the duty is; it changes hands in about two."""

_log = structlog.get_logger(__name__)


async def on_duty(live: LiveLog, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run ``work`` while the duty of this name is this server's, until cancelled; returns when the work does."""
    if not live.servers.shared:
        await work()
        return
    done = False
    while not done:
        await asyncio.sleep(LOOKS_EVERY)
        if live.mine(name):
            _log.info("on duty", duty=name)
            done = await _while_mine(live, name, work)
            _log.info("off duty", duty=name)


async def _while_mine(live: LiveLog, name: str, work: Callable[[], Awaitable[None]]) -> bool:
    """Run ``work`` as long as the duty stays here; returns whether the work has come to its own end."""
    working = asyncio.ensure_future(work())
    live.duties.add(name)
    try:
        while live.mine(name) and not working.done():
            await asyncio.wait({working}, timeout=LOOKS_EVERY)
        if working.done():
            await working
            return True
        return False
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        live.duties.discard(name)
