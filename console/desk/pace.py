"""Keeps whoever floods the desk from taking it away from the others, on every channel alike.

No message is lost or held back: each is in the log and on the agent's screen at once. What is worked out from them
(assistance, the bot's answer, the packet) is worked for such a customer every few seconds, on all that came meanwhile.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from typing import Final

from console.conversation.erasure_events import ConversationsErased
from console.conversation.events import Event, MessageAdded
from console.conversation.message import Author
from console.conversation.pace import FAST, MINUTE
from console.desk.live import LiveLog

EVERY: Final = 10.0
"""Seconds between two turns for a customer who floods: a long conversation costs some tenths each time."""

CUSTOMERS_KEPT: Final = 10_000
"""Customers remembered; the one who has been silent longest is forgotten first."""


class Pace:
    """Counts what each customer writes, in all their conversations together, as it arrives.

    ``every`` is in seconds; ``clock`` yields seconds that never go back.
    """

    def __init__(self, live: LiveLog, every: float | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._live, self.every, self.clock = live, EVERY if every is None else every, clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        live.watchers.append(self._count)

    def floods(self, conversation: str) -> bool:
        """Return whether the customer of a conversation writes very fast right now."""
        times = self._times.get(self.customer(conversation))
        return times is not None and len(times) == FAST and times[0] > self.clock() - MINUTE.total_seconds()

    def customer(self, conversation: str) -> str:
        """Return whose conversation it is; itself where nobody knows."""
        row = self._live.rows.get(conversation)
        return (row and row.customer) or conversation

    def _count(self, event: Event) -> None:
        if isinstance(event.data, ConversationsErased):
            self._times.clear()  # whose they are is not known here any more; who floods is known again in a moment
        if not isinstance(event.data, MessageAdded) or event.data.role is not Author.CUSTOMER:
            return
        customer, now = self.customer(event.conversation), self.clock()
        self._times.setdefault(customer, deque(maxlen=FAST)).append(now)
        self._times.move_to_end(customer)
        self._forget(now)

    def _forget(self, now: float) -> None:
        """Forget who has been silent for a minute, and of too many those who have been longest."""
        while len(self._times) > CUSTOMERS_KEPT or next(iter(self._times.values()))[-1] <= now - MINUTE.total_seconds():
            self._times.popitem(last=False)


class Turns:
    """Gives one kind of work its turns: at once, or one after the other for a customer who floods."""

    def __init__(self, pace: Pace, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pace, self._sleep = pace, sleep
        self._free: dict[str, float] = {}
        """When the next turn of a customer who floods may begin."""

    async def wait(self, conversation: str) -> None:
        """Wait until a conversation may be worked: at once, but where its customer floods."""
        if not self._pace.floods(conversation):
            return
        now, customer = self._pace.clock(), self._pace.customer(conversation)
        self._free = {who: free for who, free in self._free.items() if free > now}
        begins = self._free.get(customer, now)
        self._free[customer] = begins + self._pace.every
        if begins > now:
            await self._sleep(begins - now)
