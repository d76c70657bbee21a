"""How long an event loop kept others waiting, leaving aside what other work on the machine took from it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOOKS_EVERY: Final = 0.01
"""Seconds between two looks."""

_THREADS: Final = Path("/proc/self/task")


@dataclass
class Lag:
    """What was measured, in seconds."""

    worst: float = 0.0
    """The longest that a turn of the loop came late by its own fault."""
    starved: float = 0.0
    """How long the process wanted a processor and had none, in all."""


@asynccontextmanager
async def lag() -> AsyncIterator[Lag]:
    """Measure the running loop until the block ends, its first and last turn too."""
    loop, found = asyncio.get_running_loop(), Lag()
    before, waited = loop.time(), waits_for_a_processor()

    def look() -> None:
        nonlocal before, waited
        now, waits = loop.time(), waits_for_a_processor()
        # The loop may wait for a thread that holds the interpreter and is itself kept waiting: the longest counts.
        starved = max((waits[thread] - waited.get(thread, 0.0) for thread in waits), default=0.0)
        found.starved += starved
        found.worst = max(found.worst, now - before - LOOKS_EVERY - starved)
        before, waited = now, waits

    async def watch() -> None:
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            look()

    task = asyncio.create_task(watch())
    try:
        yield found
    finally:
        task.cancel()
        look()


def waits_for_a_processor() -> dict[str, float]:
    """Return for each thread of this process how long it could have run and had no processor, in seconds.

    Empty where the system does not tell (it is Linux that does: ``schedstat``, in nanoseconds).
    """
    waits: dict[str, float] = {}
    for thread in _THREADS.iterdir() if _THREADS.is_dir() else ():
        with suppress(OSError):  # it has ended meanwhile
            waits[thread.name] = int((thread / "schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    return waits
