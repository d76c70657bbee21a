"""Looking for knowledge gaps: one look at a time, off the event loop; whoever asks meanwhile is told how far it is."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final

from console.conversation.erasure_events import forgotten
from console.conversation.events import Event
from console.conversation.upkeep import Gaps
from console.desk.library import Librarian
from console.desk.live import LiveLog

Asked = Callable[[datetime], Awaitable[Sequence[Event]]]
"""Returns all that a look has to know: see :func:`console.review.asked_in.asked_in`."""

FRESH: Final = 5.0
"""Seconds in which a finished look still answers whoever had asked for it."""


class GapLook:
    """Many may ask; they share the look that is under way."""

    def __init__(
        self, live: LiveLog, librarian: Callable[[], Librarian], now: Callable[[], datetime], asked: Callable[[], Asked]
    ) -> None:
        """``asked`` returns how to read what was asked."""
        self._librarian, self._now, self._asked = librarian, now, asked
        self._looking: asyncio.Task[Gaps] | None = None
        self._since = 0.0
        live.watchers.append(self._watch)

    async def look(self, wait: float | None = None) -> Gaps:
        """Return the gaps; after ``wait`` seconds, instead, how far the look has come (:attr:`Gaps.progress`)."""
        librarian = self._librarian()
        looking = self._under_way() or self._begin(librarian)
        done, _ = await asyncio.wait({looking}, timeout=wait)
        if not done:
            return Gaps((), progress=librarian.progress or "beginning")
        if self._looking is looking:
            self._looking = None
        return looking.result()

    def _watch(self, event: Event) -> None:
        if forgotten(event.data) is not None:
            self._looking = None  # what it found may tell of what is gone

    def _under_way(self) -> asyncio.Task[Gaps] | None:
        looking = self._looking
        if looking is not None and looking.done() and asyncio.get_running_loop().time() - self._since > FRESH:
            return None  # nobody came for it; what it found is old
        return looking

    def _begin(self, librarian: Librarian) -> asyncio.Task[Gaps]:
        async def look() -> Gaps:
            now = self._now()
            asked = await self._asked()(now)
            return await asyncio.to_thread(librarian.gaps, asked, now)

        def ended(task: asyncio.Task[Gaps]) -> None:
            self._since = task.get_loop().time()
            if not task.cancelled():
                task.exception()  # whoever comes for it hears of it; nobody has to

        self._looking = asyncio.get_running_loop().create_task(look())
        self._looking.add_done_callback(ended)
        return self._looking
