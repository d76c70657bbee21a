"""What is measured of an event loop: what its own code holds up, and not what other work takes from it."""

import asyncio
from threading import Event

from tests.llm.lagging import lag

HELD = 0.2


async def test_what_blocks_the_loop_is_seen() -> None:
    """In the first turn and the last one, though it waits for something else than a processor."""
    async with lag() as lagged:
        Event().wait(HELD)
    assert lagged.worst > HELD / 2


async def test_what_leaves_the_loop_free_is_not() -> None:
    """However long it lasts."""
    async with lag() as lagged:
        await asyncio.to_thread(Event().wait, HELD)
    assert lagged.worst < HELD / 2
