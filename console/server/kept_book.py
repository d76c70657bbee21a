"""The book of the lead's pages on a running desk: in memory while somebody looks, on disk for the next time.

A look reads what is new. Where there is no book yet, or the weeks that are asked for begin before it, the log is read
from there on. Ahead of any look, the book of the longest window is made and kept on disk by somebody else (a process of
its own, see :mod:`~.book_process`), so that who works is not held up. What is erased takes the book and its file with
it.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, Protocol

import structlog

from console.conversation import events as e
from console.conversation.erasure_events import EventsExpired, forgotten
from console.conversation.reviews import WEEKS
from console.desk.live import LiveLog
from console.desk.log import EventLog
from console.review.book import ERASURES, Book, kinds_of
from console.review.book_file import BookFile, review_file
from console.review.reading import report_file
from console.review.report import REPORT_FOLDS
from console.review.reviewing.window import LEAD_IN, beginning
from console.server.book_process import BookUnwritten, Say

SPARE: Final = timedelta(weeks=13)
"""How much more than the longest window a book may hold: then it is made anew, and what is older is let go."""

PAGE: Final = 1_000
"""Events that are read and taken in at a time."""

GROWN: Final = 20_000
"""Events from which on the file is written anew: about the most that a first look after a start has to read."""

EVERY: Final = 300.0
"""Seconds between two looks at whether it is to be written."""

FIRST: Final = 30.0
"""Seconds after a start in which the desk has other work."""

IDLE: Final = 1_800.0
"""Seconds without a look after which the book is let go from memory, where its file is there."""

_REPORTED: Final = frozenset(kinds_of(REPORT_FOLDS))
_log = structlog.get_logger(__name__)


class BookWriter(Protocol):
    """Who brings the file up to date meanwhile."""

    async def write(self, since: datetime, oldest: datetime, say: Say) -> int:
        """Return up to which event the file of a book goes that begins between these; raises ``BookUnwritten``."""


class KeptBook:
    """Whoever wants the book takes turns (``turn``), and has it to themselves meanwhile."""

    def __init__(
        self,
        live: LiveLog,
        now: Callable[[], datetime],
        replaced: Callable[[], None],
        books: Path | None = None,
        writer: BookWriter | None = None,
    ) -> None:
        """``books`` is the folder of its file, which ``writer`` writes; without them it is in memory alone.

        ``replaced`` is called when a book is let go of.
        """
        self._live, self._now, self._replaced, self._writer = live, now, replaced, writer
        self._file, self._report = review_file(books), report_file(books)
        self.turn = asyncio.Lock()
        self.progress = ""
        self.book: Book | None = None
        self._writing = asyncio.Lock()
        self._left: float | None = None
        """Which part of the log is still to be read by who writes the file; ``None`` where nobody does."""
        self._looked = -IDLE
        """When somebody looked last, as :func:`time.monotonic` has it; so far, nobody."""
        self._check: asyncio.Task[None] | None = None
        self._to_check = False
        live.watchers.append(self._watch)

    async def up_to_date(self, weeks: int, until: datetime) -> Book:
        """Return a book that has everything of the last weeks, as the log stands now; only within a turn."""
        since = beginning(until, weeks) - LEAD_IN
        self._looked = time.monotonic()
        while True:
            book = self.book
            if book is None or book.since > since:
                book = await self._live.call(partial(self._file.load, later=True)) or book
            if book is None or book.since > since:
                if self._left is not None and self._left <= weeks / WEEKS[-1]:
                    async with self._writing:  # that is sooner than to read so many weeks
                        continue
                book = Book(since)
                book.settled = self._live.seq
            self._put(book)
            await self._read_on(book)
            if book.spoilt:
                self.drop()
            elif self.book is book:
                return book

    async def run(self) -> None:
        """Have the file kept up to date, and let go of the book where nobody looks; until it is cancelled."""
        await asyncio.sleep(FIRST)
        if any(file.path is not None and file.path.exists() for file in (self._file, self._report)):
            await self._write()  # something may have been erased while no server ran here
        while True:
            await self.keep_up()
            await asyncio.sleep(EVERY)

    async def keep_up(self) -> None:
        """Do what is due: a newer file, or memory given back."""
        if self._live.seq - self._file.upto >= GROWN:
            await self._write()
        async with self.turn:
            if self._file.upto and time.monotonic() - self._looked > IDLE:
                self._put(None)

    async def _write(self) -> bool:
        """Have the file brought up to date; returns whether it is."""
        if self._writer is None:
            return False
        async with self._writing:
            since, began, self._left = since_longest(self._now()), time.monotonic(), 1.0

            def say(done: int, of: int) -> None:
                self._left = 1 - min(done, of) / max(1, of)
                self.progress = _said(done, of, time.monotonic() - began)

            try:
                self._file.upto = await self._writer.write(since, since - SPARE, say)
            except BookUnwritten as error:
                _log.warning("the review's book is not brought up to date", why=str(error))
                return False
            finally:
                self._left = None
        return True

    def _put(self, book: Book | None) -> None:
        """Have another book in memory, or none."""
        if self.book is not book:
            self.book = book
            self._replaced()

    async def _read_on(self, book: Book) -> None:
        first, began = book.read, time.monotonic()

        def say() -> None:
            self.progress = _said(book.read - first, self._live.seq - first, time.monotonic() - began)

        await read_on(self._live, book, say)

    def _watch(self, event: e.Event) -> None:
        if forgotten(event.data) is None:
            return
        if not isinstance(event.data, EventsExpired) or not _REPORTED.isdisjoint(event.data.kinds):
            _forget(self._report)
        if self.book is not None and self.book.lost_by(event.data):
            self.drop()
        elif self._file.path is not None and self._file.path.exists():
            self._to_check = True
            if self._check is None:
                self._check = asyncio.create_task(self._checked(), name="check of the review's file")

    async def _checked(self) -> None:
        """Have the file read, and what is new, which tells whether something in it was erased."""
        try:
            while self._to_check:
                self._to_check = False
                if not await self._write():
                    self.drop()
        finally:
            self._check = None

    def drop(self) -> None:
        """Let go of the book and of its file: they are made anew."""
        self._put(None)
        _forget(self._file)


async def read_on(live: LiveLog, book: Book, say: Callable[[], None]) -> None:
    """Have a book take in what is new, up to the log's end, or until it is spoilt; ``say`` is called now and then."""
    while not book.spoilt:
        page = await live.call(partial(_page, book=book))
        await asyncio.to_thread(_take, book, page)
        say()
        if len(page) < PAGE:
            return


def since_longest(until: datetime) -> datetime:
    """Return from when on the book of the longest window reads."""
    return beginning(until, WEEKS[-1]) - LEAD_IN


def _page(log: EventLog, book: Book) -> list[e.Event]:
    return log.of_kinds((*book.kinds, *ERASURES), after=book.read, since=book.since, limit=PAGE)


def _take(book: Book, events: list[e.Event]) -> None:
    for event in events:
        book.take(event)


def _said(done: int, whole: int, seconds: float) -> str:
    """Return how far a reading has come, and once that can be told, how long it will take."""
    words = f"{min(done, whole):,} of {whole:,} events looked at"
    if seconds < 1 or not 0 < done < whole:
        return words
    left = seconds * (whole - done) / done
    return f"{words}, about {max(1, round(left))} s to go"


def _forget(file: BookFile) -> None:
    try:
        file.forget()
    except OSError as error:
        _log.error("what was counted of the log could not be deleted", file=error.filename, why=error.strerror)
