"""The lead's review on a running desk: a ledger that follows the log, brought up to date whenever somebody looks.

The first look reads the weeks that are asked for, page by page off the event loop, and says how far it is; from then on
only what is new is read. Whatever is erased makes the ledger begin anew.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from console.conversation import events as e
from console.conversation.erasure_events import forgotten
from console.conversation.review_commands import Asked
from console.conversation.reviews import WEEKS, Exchanges, Review, ReviewQueue
from console.desk.live import LiveLog
from console.desk.log import EventLog
from console.review.reviewing.exchanges import Found, behind, judged, told, waiting
from console.review.reviewing.ledger import KINDS, Ledger
from console.review.reviewing.review import review_of
from console.review.reviewing.window import LEAD_IN, Window, beginning, window_of

KEPT: Final = timedelta(weeks=2 * WEEKS[-1])
"""How much more than what is asked for a ledger may hold: what is older is let go."""

PAGE: Final = 1_000
"""Events that are read and taken in at a time."""

T = TypeVar("T")


class Reviewing:
    """Many may look; they take turns at the ledger, and share the look that is under way."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live, self._now = live, now
        self._ledger: Ledger | None = None
        self._turn = asyncio.Lock()
        self._progress = ""
        self._under_way: dict[int, asyncio.Task[Review]] = {}
        self._kept: dict[int, tuple[tuple[Ledger, int, datetime], Review]] = {}
        """The last review of so many weeks, with the ledger and its state and the week that it is of."""
        live.watchers.append(self._watch)

    async def look(self, weeks: int, wait: float | None = None) -> Review:
        """Return the review of the last weeks; after ``wait`` seconds, instead, how far the look has come."""
        looking = self._under_way.get(weeks)
        if looking is None:
            looking = self._under_way[weeks] = asyncio.create_task(self._look(weeks), name=f"review of {weeks} weeks")
            looking.add_done_callback(partial(self._over, weeks))
        done, _ = await asyncio.wait({looking}, timeout=wait)
        return looking.result() if done else Review(weeks=weeks, progress=self._progress or "beginning")

    async def behind(self, weeks: int, asked: Asked) -> Exchanges:
        """Return what is behind a figure of the last weeks."""
        return await self._exchanges(weeks, lambda _, window: behind(window, asked))

    async def queue(self, weeks: int, queue: ReviewQueue, *, done: bool) -> Exchanges:
        """Return what is to be judged next of a queue, or what was judged of it."""
        of = judged if done else waiting
        return await self._exchanges(weeks, lambda ledger, window: of(ledger, window, queue))

    async def _look(self, weeks: int) -> Review:
        until = self._now()
        async with self._turn:
            ledger = await self._up_to_date(weeks, until)
            state = ledger, ledger.read, beginning(until, weeks)
            kept = self._kept.get(weeks)
            if kept is None or kept[0] != state:
                self._progress = "counting"
                kept = self._kept[weeks] = state, await asyncio.to_thread(review_of, ledger, until, weeks)
            self._progress = ""
            return kept[1]

    async def _exchanges(self, weeks: int, find: Callable[[Ledger, Window], Found]) -> Exchanges:
        until = self._now()

        def read(log: EventLog, ledger: Ledger) -> Exchanges:
            found = find(ledger, window_of(ledger, beginning(until, weeks), until))
            return told(ledger, found, partial(_event, log))

        async with self._turn:
            ledger = await self._up_to_date(weeks, until)
            return await self._live.call(lambda log: read(log, ledger))

    async def _up_to_date(self, weeks: int, until: datetime) -> Ledger:
        """Return a ledger that has everything of the last weeks, as the log stands now."""
        since = beginning(until, weeks) - LEAD_IN
        while True:
            ledger = self._ledger
            if ledger is None or ledger.since > since or since - ledger.since > KEPT:
                ledger = self._ledger = Ledger(since)
                self._kept.clear()
            await self._read_on(ledger)
            if self._ledger is ledger:
                return ledger  # nothing was erased meanwhile

    async def _read_on(self, ledger: Ledger) -> None:
        newest = self._live.seq
        while True:
            page = await self._live.call(partial(_page, ledger=ledger))
            await asyncio.to_thread(_take, ledger, page)
            self._progress = f"{min(ledger.read, newest):,} of {newest:,} events looked at"
            if len(page) < PAGE:
                return

    def _watch(self, event: e.Event) -> None:
        if forgotten(event.data) is not None:
            self._ledger = None
            self._kept.clear()

    def _over(self, weeks: int, task: asyncio.Task[Review]) -> None:
        self._under_way.pop(weeks, None)
        if not task.cancelled():
            task.exception()  # whoever waits for it hears of it; nobody has to


def _page(log: EventLog, ledger: Ledger) -> list[e.Event]:
    return log.of_kinds(KINDS, after=ledger.read, since=ledger.since, limit=PAGE)


def _take(ledger: Ledger, events: list[e.Event]) -> None:
    for event in events:
        ledger.take(event)


def _event(log: EventLog, seq: int, conversation: str) -> e.Event | None:
    found = log.read(seq - 1, conversation=conversation, limit=1)
    return found[0] if found and found[0].seq == seq else None
