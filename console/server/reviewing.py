"""The lead's review on a running desk: figures, what is behind them, and what is to be judged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from console.conversation.review_commands import Asked
from console.conversation.reviews import Exchanges, Review, ReviewQueue
from console.desk.log import EventLog
from console.review.aftermath.fold import Aftermath
from console.review.book import Book
from console.review.escalating.handovers import Handovers
from console.review.promises.fold import Promises
from console.review.reading import event_at, events_behind
from console.review.reviewing.exchanges import Found, behind, judged, told, waiting
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.review import review_of
from console.review.reviewing.window import Window, beginning, window_of
from console.server.following import Following, Progress
from console.server.helping import Helping


class Reviewing:
    """What became of the suggestions, from the book that follows the log."""

    def __init__(self, following: Following, helping: Helping | None = None) -> None:
        """``helping`` says whether the suggestions help; without it nothing is said of that."""
        self._following, self._helping = following, helping

    async def look(self, weeks: int, wait: float | None = None) -> Review:
        """Return the review of the last weeks; after ``wait`` seconds, instead, how far the look has come."""
        if self._helping:
            self._helping.begin()
        found = await self._following.look("review", weeks, _review, wait)
        if isinstance(found, Progress):
            return Review(weeks=weeks, progress=found.words)
        return replace(found, helps=await self._helping.look()) if self._helping else found

    async def behind(self, weeks: int, asked: Asked) -> Exchanges:
        """Return what is behind a figure of the last weeks."""
        return await self._exchanges(weeks, lambda _, window: behind(window, asked))

    async def queue(self, weeks: int, queue: ReviewQueue, *, done: bool) -> Exchanges:
        """Return what is to be judged next of a queue, or what was judged of it."""
        of = judged if done else waiting
        return await self._exchanges(weeks, lambda ledger, window: of(ledger, window, queue))

    async def _exchanges(self, weeks: int, find: Callable[[Ledger, Window], Found]) -> Exchanges:
        def read(log: EventLog, book: Book, until: datetime) -> Exchanges:
            ledger = book.of(Ledger)
            window = window_of(ledger, beginning(until, weeks), until, book.of(Aftermath), book.of(Promises))
            found = find(ledger, window)
            return told(ledger, found, partial(event_at, log), partial(events_behind, log))

        return await self._following.read(weeks, read)


def _review(book: Book, until: datetime, weeks: int) -> Review:
    folds = book.of(Aftermath), book.of(Promises), book.of(Handovers)
    return review_of(book.of(Ledger), until, weeks, *folds)
