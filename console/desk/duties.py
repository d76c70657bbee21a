"""Work that one server does for all, such as reading a channel: begun where the duty comes, stopped where it goes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from console.desk.live import LiveLog

LOOKS_EVERY: Final = 0.5
"""Seconds between two looks at whose the duty is; it changes hands in about two."""

AGAIN: Final = 1.0
"""Seconds after which work that failed is begun again."""

_log = structlog.get_logger(__name__)


async def kept_up(name: str, work: Callable[[], Awaitable[bool | None]]) -> None:
    """Run ``work`` to its own end, and again where it fails: the log may be away for a moment, and is back later.

    It has come to its end where it returns anything but ``False``.
    """
    done = False
    while not done:
        try:
            done = await work() is not False
        except Exception:  # whatever it is: without this work a channel would be dead until the next start
            _log.exception("duty", duty=name)
            await asyncio.sleep(AGAIN)


async def on_duty(live: LiveLog, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run ``work`` while the duty of this name is this server's, until cancelled; returns when the work does."""
    if not live.servers.shared:
        await kept_up(name, work)
        return

    async def mine_for_once() -> bool:
        await asyncio.sleep(LOOKS_EVERY)
        if not live.mine(name):
            return False
        _log.info("on duty", duty=name)
        try:
            return await _while_mine(live, name, work)
        finally:
            _log.info("off duty", duty=name)

    await kept_up(name, mine_for_once)


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
