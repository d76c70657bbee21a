"""Whether the suggestions help, on a running desk: what the hold-out of the whole log says, made beside the review.

Who looks at the review waits for it no longer than a moment, and is told the last one where a newer one is being made.
Nothing is kept on disk for it: it goes on from the report's counts, where these are kept, and is in memory while
somebody looks.
"""

import asyncio
import time
from pathlib import Path
from typing import Final

import structlog

from console.conversation import events as e
from console.conversation.erasure_events import forgotten
from console.conversation.helps import Helps
from console.desk.live import LiveLog
from console.desk.log import EventLog
from console.review.book import Book, Unrestorable
from console.review.impact.report import impact_of
from console.review.impact.trials import EPOCH, Trials
from console.review.impact.verdict import helps_of
from console.review.reading import report_file
from console.server.kept_book import IDLE, read_on

PATIENCE: Final = 0.3
"""Seconds for which who looks waits for it."""

FRESH: Final = 300.0
"""Seconds for which what was made is new enough: what it tells of takes weeks to move."""

_DRAWN: Final = ("hold-out-assigned",)
_log = structlog.get_logger(__name__)


class Helping:
    """Many may look; they share the look that is under way."""

    def __init__(self, live: LiveLog, books: Path | None = None) -> None:
        """``books`` is the folder in which the report's counts are kept."""
        self._live, self._file = live, report_file(books)
        self._book: Book | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._made: Helps | None = None
        self._at = -FRESH
        self._looking: asyncio.Task[None] | None = None
        self._none_by = 0
        """Up to which event nothing is drawn."""
        self._erased = 0
        """How often something was erased so far."""
        live.watchers.append(self._watch)

    def begin(self) -> None:
        """Look anew, where what was made is not new enough."""
        if time.monotonic() - self._at >= FRESH and self._looking is None:
            self._looking = asyncio.create_task(self._look(), name="whether the suggestions help")
            self._looking.add_done_callback(self._over)

    async def look(self) -> Helps:
        """Return what the hold-out says; after a moment, instead, what it said last, or that it is being looked at."""
        self.begin()
        if self._looking is not None:
            await asyncio.wait({self._looking}, timeout=PATIENCE)
        return self._made or Helps(progress="being counted")

    async def _look(self) -> None:
        head, erased = self._live.seq, self._erased
        drawn = self._book is not None or await self._live.call(self._drawn)
        trials = await self._trials() if drawn else Trials(EPOCH)
        if not trials.assigned:
            self._none_by = head
        made = helps_of(await asyncio.to_thread(impact_of, trials, trials.scores))
        if erased != self._erased:
            self._keep(None)
            return  # it may count what is gone: whoever looks next has it made anew
        self._made = made
        self._at = time.monotonic() if trials.assigned else -FRESH  # that nothing is drawn is found at once

    def _drawn(self, log: EventLog) -> bool:
        return bool(log.of_kinds(_DRAWN, after=self._none_by, limit=1))

    async def _trials(self) -> Trials:
        book = self._book
        if book is None:
            book = await self._live.call(self._begun)
        while True:
            await read_on(self._live, book, lambda: None)
            if not book.spoilt:
                self._keep(book)
                return book.of(Trials)
            book = self._anew()

    def _keep(self, book: Book | None) -> None:
        """Have a book in memory for as long as somebody looks now and then."""
        self._book = book
        if self._leaving is not None:
            self._leaving.cancel()
        self._leaving = asyncio.get_running_loop().call_later(IDLE, self._keep, None) if book else None

    def _begun(self, log: EventLog) -> Book:
        """Return the report's counts of it, or an empty book."""
        try:
            kept = self._file.load(log, later=True)
            return kept.alone(Trials) if kept else self._anew()
        except Unrestorable as error:
            _log.warning("the report's counts cannot be read", why=str(error))
            return self._anew()

    def _anew(self) -> Book:
        book = Book(EPOCH, (Trials,))
        book.settled = self._live.seq
        return book

    def _watch(self, event: e.Event) -> None:
        if forgotten(event.data) is not None:
            self._keep(None)
            self._made, self._at, self._erased = None, -FRESH, self._erased + 1

    def _over(self, task: asyncio.Task[None]) -> None:
        self._looking = None
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("whether the suggestions help could not be counted", why=str(error))
