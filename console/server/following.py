"""The lead's book on a running desk: it is brought up to date whenever somebody looks (see :mod:`~.kept_book`).

A look that takes long says how far it is. While nothing new has happened, the same is not made twice.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import structlog

from console.desk.live import LiveLog
from console.desk.log import EventLog
from console.review.book import Book, Unrestorable
from console.review.reviewing.window import beginning
from console.server.kept_book import BookWriter, KeptBook

T = TypeVar("T")

LOOKS_EVERY: Final = 1.0
"""Seconds after which whoever waits at most hears how far it is, where what is to be counted is being written."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a look has come, in words, instead of what was asked for."""

    words: str


Look = Callable[[Book, datetime, int], T]
"""What is made of a book, the moment up to which, and the weeks that are looked back on. Pure."""


class Following:
    """Many may look; they take turns at the book, and share the look that is under way."""

    def __init__(
        self,
        live: LiveLog,
        now: Callable[[], datetime],
        books: Path | None = None,
        writer: BookWriter | None = None,
    ) -> None:
        """``books`` is the folder in which ``writer`` keeps the book for the next start."""
        self._live, self._now = live, now
        self.held: Callable[[], str] = lambda: ""
        """Says how far what is to be counted is written, while it is being written; empty otherwise."""
        self._counting = False
        self._under_way: dict[tuple[str, int], asyncio.Task[Any]] = {}
        self._kept: dict[tuple[str, int], tuple[tuple[Book, int, datetime], Any]] = {}
        """What was last made of so many weeks, with the book and its state and the week that it is of."""
        self._kept_book = KeptBook(live, now, self._kept.clear, books, writer)

    async def run(self) -> None:
        """Keep the book ahead of who looks, until it is cancelled."""
        await self._kept_book.run()

    async def look(self, name: str, weeks: int, make: Look[T], wait: float | None = None) -> T | Progress:
        """Return what ``make`` makes of the last weeks; after ``wait`` seconds, instead, how far the look has come.

        ``name`` is what it is called: while nothing new has happened, the same is not made twice.
        """
        if wait is not None and (far := self.held()):
            await asyncio.sleep(min(wait, LOOKS_EVERY))
            return Progress(far)
        key = name, weeks
        looking = self._under_way.get(key)
        if looking is None:
            looking = self._under_way[key] = asyncio.create_task(self._look(key, make), name=f"{name}, {weeks} weeks")
            looking.add_done_callback(partial(self._over, key))
        done, _ = await asyncio.wait({looking}, timeout=wait)
        made: T | Progress = looking.result() if done else Progress(self._progress)
        return made

    async def read(self, weeks: int, find: Callable[[EventLog, Book, datetime], T]) -> T:
        """Return what is found with the book and the log, on the log's own thread."""
        until = self._now()
        return await self._used(weeks, until, lambda book: self._live.call(lambda log: find(log, book, until)))

    async def _look(self, key: tuple[str, int], make: Look[T]) -> T:
        until, weeks = self._now(), key[1]

        async def use(book: Book) -> T:
            state = book, book.read, beginning(until, weeks)
            kept = self._kept.get(key)
            if kept is None or kept[0] != state:
                self._counting = True
                try:
                    kept = self._kept[key] = state, await asyncio.to_thread(make, book, until, weeks)
                finally:
                    self._counting = False
            made: T = kept[1]
            return made

        return await self._used(weeks, until, use)

    async def _used(self, weeks: int, until: datetime, use: Callable[[Book], Awaitable[T]]) -> T:
        """Return what is made of the book in a turn; of one that is made anew, where its file is of no use."""
        async with self._kept_book.turn:
            try:
                return await use(await self._kept_book.up_to_date(weeks, until))
            except Unrestorable as error:
                _log.warning("the review's book cannot be read; it is made anew", why=str(error))
                self._kept_book.drop()
                return await use(await self._kept_book.up_to_date(weeks, until))

    @property
    def _progress(self) -> str:
        return "counting" if self._counting else self._kept_book.progress or "beginning"

    def _over(self, key: tuple[str, int], task: asyncio.Task[Any]) -> None:
        self._under_way.pop(key, None)
        if not task.cancelled():
            task.exception()  # whoever waits for it hears of it; nobody has to
