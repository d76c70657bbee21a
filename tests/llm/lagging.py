"""How long an event loop kept others waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

LOOKS_EVERY: Final = 0.005


@dataclass
class Lag:
    """The worst delay of a turn of the loop, in seconds."""

    worst: float = 0.0


@asynccontextmanager
async def lag() -> AsyncIterator[Lag]:
    """Measure the running loop until the block ends."""
    found = Lag()

    async def watch() -> None:
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(LOOKS_EVERY)
            found.worst = max(found.worst, loop.time() - before - LOOKS_EVERY)

    task = asyncio.create_task(watch())
    try:
        yield found
    finally:
        task.cancel()
