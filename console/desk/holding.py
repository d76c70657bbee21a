"""Writes for which nobody waits, held for a moment so that they go along with another one.

A transaction costs about as much for twenty events as for one, and each costs the other servers a look at the log and
every console a sending. While a desk is quiet nothing is held.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from console.conversation.events import NewEvent
from console.desk.log import Appended, Write

LONGEST: Final = 0.08
"""Seconds for which a write is held at most. By it, PostgreSQL took 2.9 ms of processor time a message
instead of 4.2, with twenty a second on two servers."""

BUSY: Final = 20
"""Writes wanted within a second from which on some are held: with fewer, too few would come along in time."""


@dataclass(frozen=True, slots=True)
class Held:
    """A write that waits for company, and what will come of it."""

    write: Write
    done: "asyncio.Future[Appended]"

    def settle(self, outcome: Appended | Exception) -> None:
        """Say what came of it to whoever waits; nobody may, by now."""
        if self.done.cancelled():
            return
        if isinstance(outcome, Exception):
            self.done.set_exception(outcome)
            self.done.exception()  # it has been told, whether anybody waits or not
        else:
            self.done.set_result(outcome)


class Holding:
    """What is held on one event loop; ``let_go`` is called when something has been held long enough."""

    def __init__(self, let_go: Callable[[], object]) -> None:
        self._let_go = let_go
        self._held: list[Held] = []
        self._timer: asyncio.TimerHandle | None = None
        self._wanted: deque[float] = deque(maxlen=BUSY)
        """When the newest writes were wanted, in seconds of the loop's clock."""

    def __len__(self) -> int:
        return len(self._held)

    def worth_it(self) -> bool:
        """Return whether the desk writes so much that another write will come along."""
        return len(self._wanted) == BUSY and asyncio.get_running_loop().time() - self._wanted[0] < 1.0

    def count(self) -> None:
        """Count a write that somebody wants."""
        self._wanted.append(asyncio.get_running_loop().time())

    def hold(self, batch: Sequence[NewEvent]) -> "asyncio.Future[Appended]":
        """Keep a batch until another is written, :data:`LONGEST` at most, and return what will come of it."""
        self.count()
        loop = asyncio.get_running_loop()
        held = Held(Write(batch), loop.create_future())
        self._held.append(held)
        if self._timer is None:
            self._timer = loop.call_later(LONGEST, self._let_go)
        return held.done

    def take(self) -> list[Held]:
        """Return what is held, for a write that begins now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        held, self._held = self._held, []
        return held
