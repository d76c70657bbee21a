"""Brings a generated history into the log of a demo desk, while people use it already.

It comes in small transactions, with a pause after each as long as it took: whoever opens the demo waits for none of it.
What a stop cuts short goes on at the next start.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

import structlog

from console.conversation.events import Event, NewEvent
from console.desk.desk import Desk
from console.desk.duties import on_duty
from console.desk.log import LogErased
from console.server.written_so_far import WrittenSoFar

DUTY: Final = "history"
"""One server writes it for all."""

KINDS: Final = ("history-begun", "history-written")

ENDED: Final = timedelta(hours=1)
"""How long before now the generated history ends."""

WAITS: Final = 60.0
"""Seconds that weeks wait for assistance at most: where there is none, they pass all the same."""

LOOKS_EVERY: Final = 0.5

_log = structlog.get_logger(__name__)


Batches = Callable[[], list[NewEvent] | None]
"""Gives the next batch, until there is none."""


async def bring_history(desk: Desk, days: int, far: WrittenSoFar | None = None) -> None:
    """Write a history of so many days, or finish one that was begun; does nothing for 0 days, or where it is whole.

    It waits for nothing: the model is made ready by another process meanwhile.
    """
    if not days:
        return
    known = await desk.live.call(lambda log: log.of_kinds(KINDS))
    if any(event.kind == KINDS[-1] for event in known):
        return
    await on_duty(desk.live, DUTY, lambda: write_history(desk, days, far))


async def engine_there(desk: Desk) -> None:
    """Wait until assistance is there; not for ever."""
    waited = 0.0
    while desk.assistance.status != "ready" and waited < WAITS:
        await asyncio.sleep(LOOKS_EVERY)
        waited += LOOKS_EVERY


async def write_history(desk: Desk, days: int, far: WrittenSoFar | None = None) -> None:
    """Write what is missing of the history."""
    known = await desk.live.call(lambda log: log.of_kinds(KINDS))
    await write(desk, await asyncio.to_thread(_begun, desk, known, days), far)


async def write(desk: Desk, following: Batches | None, far: WrittenSoFar | None = None) -> None:
    """Write batch by batch; others have their turn in between. ``far`` is told of each."""
    far = far or WrittenSoFar()
    try:
        while following is not None and (batch := await asyncio.to_thread(following)):
            began = time.monotonic()
            await desk.live.record(batch)
            far.take(batch)
            await asyncio.sleep(time.monotonic() - began)
    except LogErased as error:  # somebody erased a part before the rest was written: it stays as it is
        _log.warning("generated history not finished", why=str(error))
    finally:
        far.stop()


def _begun(desk: Desk, known: Sequence[Event], days: int) -> Batches | None:
    """Return what gives the next batch, until there is none; nothing where all is written. Blocks."""
    from console.demo.history import Shape, batches, material, unwritten  # here: other desks never need it

    made = material()
    shape = unwritten(known, Shape(desk.now() - ENDED, days=days), made.edition)
    if shape is None:
        return None
    left = batches(shape, made)
    return lambda: next(left, None)
