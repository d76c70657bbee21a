"""Looking for knowledge gaps: one look at a time, off the event loop; whoever asks meanwhile is told how far it is."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from console.conversation.erasure_events import forgotten
from console.conversation.events import Event
from console.conversation.upkeep import Gaps
from console.desk.library import Librarian
from console.desk.live import LiveLog
from console.desk.log import EventLog

FRESH: Final = 5.0
"""Seconds in which a finished look still answers whoever had asked for it."""


KINDS: Final = (
    "conversation-opened",
    "identity-changed",
    "message-added",
    "mood-read",
    "question-unanswered",
    "knowledge-found",
)
"""The kinds of events that tell of a question that was asked in vain, and of what became of it."""

DECIDED: Final = ("gap-put-aside", "gap-brought-back")
"""Those that tell what leads have decided of gaps: all of them are read, however long ago that was."""

BACK: Final = timedelta(days=97)
"""How far back questions are read: what :data:`console.review.gaps.DAYS` says, and a week for how talks began."""

PAGE: Final = 2_000
"""Events that are read at a time."""


async def asked_lately(live: LiveLog, now: datetime) -> list[Event]:
    """Return the events that the gaps are read from, in order; page by page, so that nobody waits for the log."""
    since, after = now - BACK, 0
    found = await live.call(lambda log: log.of_kinds(DECIDED))
    while True:
        page = await live.call(partial(_page, after=after, since=since))
        found += page
        if len(page) < PAGE:
            return sorted(found, key=lambda event: event.seq)
        after = page[-1].seq


def _page(log: EventLog, *, after: int, since: datetime) -> list[Event]:
    return log.of_kinds(KINDS, after=after, since=since, limit=PAGE)


class GapLook:
    """Many may ask; they share the look that is under way."""

    def __init__(self, live: LiveLog, librarian: Callable[[], Librarian], now: Callable[[], datetime]) -> None:
        self._live, self._librarian, self._now = live, librarian, now
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
            history = await asked_lately(self._live, self._now())
            return await asyncio.to_thread(librarian.gaps, history, self._now())

        def ended(task: asyncio.Task[Gaps]) -> None:
            self._since = task.get_loop().time()
            if not task.cancelled():
                task.exception()  # whoever comes for it hears of it; nobody has to

        self._looking = asyncio.get_running_loop().create_task(look())
        self._looking.add_done_callback(ended)
        return self._looking
