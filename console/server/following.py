"""The lead's book on a running desk: it follows the log, and is brought up to date whenever somebody looks.

The first look reads the weeks that are asked for, page by page off the event loop, and says how far it is; from then on
only what is new is read. Whatever is erased makes the book begin anew.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

from console.conversation import events as e
from console.conversation.erasure_events import forgotten
from console.conversation.reviews import WEEKS
from console.desk.live import LiveLog
from console.desk.log import EventLog
from console.review.book import KINDS, Book
from console.review.reviewing.window import LEAD_IN, beginning

KEPT: Final = timedelta(weeks=2 * WEEKS[-1])
"""How much more than what is asked for a book may hold: what is older is let go."""

PAGE: Final = 1_000
"""Events that are read and taken in at a time."""

FEW: Final = 25
"""Events that are read around one, to see what happened next."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a look has come, in words, instead of what was asked for."""

    words: str


Look = Callable[[Book, datetime, int], T]
"""What is made of a book, the moment up to which, and the weeks that are looked back on. Pure."""


class Following:
    """Many may look; they take turns at the book, and share the look that is under way."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live, self._now = live, now
        self._book: Book | None = None
        self._turn = asyncio.Lock()
        self._progress = ""
        self._under_way: dict[tuple[str, int], asyncio.Task[Any]] = {}
        self._kept: dict[tuple[str, int], tuple[tuple[Book, int, datetime], Any]] = {}
        """What was last made of so many weeks, with the book and its state and the week that it is of."""
        live.watchers.append(self._watch)

    async def look(self, name: str, weeks: int, make: Look[T], wait: float | None = None) -> T | Progress:
        """Return what ``make`` makes of the last weeks; after ``wait`` seconds, instead, how far the look has come.

        ``name`` is what it is called: while nothing new has happened, the same is not made twice.
        """
        key = name, weeks
        looking = self._under_way.get(key)
        if looking is None:
            looking = self._under_way[key] = asyncio.create_task(self._look(key, make), name=f"{name}, {weeks} weeks")
            looking.add_done_callback(partial(self._over, key))
        done, _ = await asyncio.wait({looking}, timeout=wait)
        made: T | Progress = looking.result() if done else Progress(self._progress or "beginning")
        return made

    async def read(self, weeks: int, find: Callable[[EventLog, Book, datetime], T]) -> T:
        """Return what is found with the book and the log, on the log's own thread."""
        until = self._now()
        async with self._turn:
            book = await self._up_to_date(weeks, until)
            return await self._live.call(lambda log: find(log, book, until))

    async def _look(self, key: tuple[str, int], make: Look[T]) -> T:
        until, weeks = self._now(), key[1]
        async with self._turn:
            book = await self._up_to_date(weeks, until)
            state = book, book.read, beginning(until, weeks)
            kept = self._kept.get(key)
            if kept is None or kept[0] != state:
                self._progress = "counting"
                kept = self._kept[key] = state, await asyncio.to_thread(make, book, until, weeks)
            self._progress = ""
            made: T = kept[1]
            return made

    async def _up_to_date(self, weeks: int, until: datetime) -> Book:
        """Return a book that has everything of the last weeks, as the log stands now."""
        since = beginning(until, weeks) - LEAD_IN
        while True:
            book = self._book
            if book is None or book.since > since or since - book.since > KEPT:
                book = self._book = Book(since)
                self._kept.clear()
            await self._read_on(book)
            if self._book is book:
                return book  # nothing was erased meanwhile

    async def _read_on(self, book: Book) -> None:
        newest = self._live.seq
        while True:
            page = await self._live.call(partial(_page, book=book))
            await asyncio.to_thread(_take, book, page)
            self._progress = f"{min(book.read, newest):,} of {newest:,} events looked at"
            if len(page) < PAGE:
                return

    def _watch(self, event: e.Event) -> None:
        if forgotten(event.data) is not None:
            self._book = None
            self._kept.clear()

    def _over(self, key: tuple[str, int], task: asyncio.Task[Any]) -> None:
        self._under_way.pop(key, None)
        if not task.cancelled():
            task.exception()  # whoever waits for it hears of it; nobody has to


def event_at(log: EventLog, seq: int, conversation: str) -> e.Event | None:
    """Return an event of a conversation by its number; ``None`` where it was erased."""
    found = log.read(seq - 1, conversation=conversation, limit=1)
    return found[0] if found and found[0].seq == seq else None


def events_behind(log: EventLog, seq: int, conversation: str) -> list[e.Event]:
    """Return the next few events of a conversation behind a number."""
    return log.read(max(0, seq), conversation=conversation, limit=FEW)


def _page(log: EventLog, book: Book) -> list[e.Event]:
    return log.of_kinds(KINDS, after=book.read, since=book.since, limit=PAGE)


def _take(book: Book, events: list[e.Event]) -> None:
    for event in events:
        book.take(event)
