"""The book of the lead's pages on a running desk: in memory while somebody looks, on disk for the next time.

A look reads what is new. Where there is no book yet, or the weeks that are asked for begin before it, the log is read
from there on; meanwhile, and ahead of any look, the desk makes the book of the longest window in small pieces with
rests between them, so that who works is not held up. What is erased takes the book and its file with it.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from console.conversation import events as e
from console.conversation.erasure_events import EventsExpired, forgotten
from console.conversation.reviews import WEEKS
from console.desk.live import LiveLog
from console.desk.log import EventLog, LogError
from console.review.book import ERASURES, Book, kinds_of
from console.review.book_file import BookFile, review_file
from console.review.reading import report_file
from console.review.report import REPORT_FOLDS
from console.review.reviewing.window import LEAD_IN, beginning

SPARE: Final = timedelta(weeks=13)
"""How much more than the longest window a book may hold: then it is made anew, and what is older is let go."""

PAGE: Final = 1_000
"""Events that are read and taken in at a time."""

RESTS: Final = 3.0
"""How much longer than a page took the desk rests after it, where nobody waits."""

GROWN: Final = 20_000
"""Events from which on the file is written anew: the most that a first look after a start has to read."""

EVERY: Final = 300.0
"""Seconds between two looks at whether it is to be written."""

FIRST: Final = 30.0
"""Seconds after a start in which the desk has other work."""

IDLE: Final = 1_800.0
"""Seconds without a look after which the book is let go from memory, where its file is there."""

_REPORTED: Final = frozenset(kinds_of(REPORT_FOLDS))
_log = structlog.get_logger(__name__)


class KeptBook:
    """Whoever wants the book takes turns (``turn``), and has it to themselves meanwhile."""

    def __init__(
        self, live: LiveLog, now: Callable[[], datetime], books: Path | None, replaced: Callable[[], None]
    ) -> None:
        """``books`` is the folder of its file; without one it is in memory alone.

        ``replaced`` is called when a book is let go of.
        """
        self._live, self._now, self._replaced = live, now, replaced
        self._file = review_file(books) if books is not None else None
        self._report = report_file(books)
        self.turn = asyncio.Lock()
        self.progress = ""
        self.book: Book | None = None
        self._making: Book | None = None
        """The book of the longest window, while it is made ahead."""
        self._made = asyncio.Event()
        self._hurry = asyncio.Event()
        self._on_disk = 0
        """Up to which event the file goes, as far as is known."""
        self._looked = -IDLE
        """When somebody looked last, as :func:`time.monotonic` has it; so far, nobody."""
        self._checks: set[asyncio.Task[None]] = set()
        live.watchers.append(self._watch)

    async def up_to_date(self, weeks: int, until: datetime) -> Book:
        """Return a book that has everything of the last weeks, as the log stands now; only within a turn."""
        since = beginning(until, weeks) - LEAD_IN
        self._looked = time.monotonic()
        while True:
            book = self.book or await self._loaded()
            if book is None or book.since > since:
                if await self._ahead(weeks):
                    continue
                book = self._begun(since)
            self._put(book)
            await self._read_on(book)
            if book.spoilt:
                self._drop()
            elif self.book is book:
                return book

    async def run(self) -> None:
        """Make the book ahead, keep its file, and let go of it where nobody looks; until it is cancelled."""
        await asyncio.sleep(FIRST)
        while True:
            try:
                await self.keep_up()
            except LogError as error:
                _log.warning("the review's book is not brought up to date", why=str(error))
            await asyncio.sleep(EVERY)

    async def keep_up(self) -> None:
        """Do what is due: a book where there is none, a newer file, or memory given back."""
        since = since_longest(self._now())
        async with self.turn:
            if self.book is None and (not self._on_disk or self._live.seq - self._on_disk >= GROWN):
                self._put(await self._loaded())
            book = self.book
        if book is None and self._on_disk:
            return  # it is on disk, and nobody asks
        if book is None or book.since > since or since - book.since > SPARE:
            await self._make(since)
        async with self.turn:
            if self.book is not None:
                await self._read_on(self.book)
                await self.save(GROWN if self._on_disk else 1)
            if self._on_disk and time.monotonic() - self._looked > IDLE:
                self._put(None)

    async def save(self, grown: int = 1) -> None:
        """Write the file, if so many events came since it was written; within a turn, or once nobody looks any more."""
        book = self.book
        if self._file is None or book is None or book.read - self._on_disk < grown:
            return
        if book.spoilt:
            self._drop()
            return
        kept = await self._live.call(partial(_saved, self._file, book))
        if self.book is not book:  # something was erased meanwhile
            self._forget_file()
        elif kept:
            self._on_disk = book.read

    def _put(self, book: Book | None) -> None:
        """Have another book in memory, or none."""
        if self.book is not book:
            self.book = book
            self._replaced()

    def _begun(self, since: datetime) -> Book:
        book = Book(since)
        book.settled = self._live.seq
        return book

    async def _loaded(self) -> Book | None:
        """Return the book of the file; ``None`` where there is none of use."""
        if self._file is None:
            return None
        book = await self._live.call(self._file.load)
        self._on_disk = book.read if book is not None else 0
        return book

    async def _ahead(self, weeks: int) -> bool:
        """Wait for the book that is made ahead, where that is sooner than to read so many weeks; returns whether."""
        making = self._making
        if making is None or 1 - making.read / max(1, self._live.seq) > weeks / WEEKS[-1]:
            return False
        self._hurry.set()
        await self._made.wait()
        return True

    async def _make(self, since: datetime) -> None:
        """Make the longest book and put it in place; none, where something was erased meanwhile."""
        self._making = book = self._begun(since)
        self._made.clear()
        self._hurry.clear()
        try:
            await self._read_on(book, gently=True)
            if not book.spoilt:
                self._put(book)
                self._on_disk = 0  # what is there is of another stretch
        finally:
            self._making = None
            self._made.set()

    async def _read_on(self, book: Book, *, gently: bool = False) -> None:
        first, began = book.read, time.monotonic()
        while not book.spoilt:
            asked = time.monotonic()
            page = await self._live.call(partial(_page, book=book))
            await asyncio.to_thread(_take, book, page)
            if not gently or self._hurry.is_set():
                self.progress = _said(book.read - first, self._live.seq - first, time.monotonic() - began)
            if len(page) < PAGE:
                return
            if gently and not self._hurry.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._hurry.wait(), RESTS * (time.monotonic() - asked))

    def _watch(self, event: e.Event) -> None:
        if forgotten(event.data) is None:
            return
        if not isinstance(event.data, EventsExpired) or not _REPORTED.isdisjoint(event.data.kinds):
            _forget(self._report)
        if self.book is not None and self.book.lost_by(event.data):
            self._drop()
        elif self.book is None and self._file is not None:
            check = asyncio.create_task(self._check(), name="check of the review's file")
            self._checks.add(check)
            check.add_done_callback(self._checks.discard)

    async def _check(self) -> None:
        """Read the file, and what is new, which tells whether something in it was erased."""
        with suppress(LogError):
            async with self.turn:
                if self.book is None and (book := await self._loaded()) is not None:
                    await self._read_on(book)
                    if book.spoilt:
                        self._drop()

    def _drop(self) -> None:
        self._put(None)
        self._forget_file()

    def _forget_file(self) -> None:
        self._on_disk = 0
        if self._file is not None:
            _forget(self._file)


def since_longest(until: datetime) -> datetime:
    """Return from when on the book of the longest window reads."""
    return beginning(until, WEEKS[-1]) - LEAD_IN


def _page(log: EventLog, book: Book) -> list[e.Event]:
    return log.of_kinds((*book.kinds, *ERASURES), after=book.read, since=book.since, limit=PAGE)


def _take(book: Book, events: list[e.Event]) -> None:
    for event in events:
        book.take(event)


def _saved(file: BookFile, book: Book, log: EventLog) -> bool:
    return file.save(book, log)


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
