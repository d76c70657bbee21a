"""Why suggestions were changed, on a running desk: what was suggested and sent is read from the log, once for each."""

import asyncio
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Final

from console.conversation.edits import AskedEdits, Edits
from console.conversation.reviews import Exchanges
from console.desk.log import EventLog
from console.review.besides import texts_of
from console.review.book import Book
from console.review.edits.fold import WhyEdited, coded
from console.review.edits.look import behind_edits, edits_of, pending
from console.review.reading import event_at, events_behind
from console.review.reviewing.exchanges import told
from console.review.reviewing.ledger import Ledger
from console.server.following import Following, Progress

READ: Final = 100
"""Edits that are read from the log at a time."""

_Texts = list[tuple[int, str, str]]


class EditReasons:
    """Reads what it does not know yet of the edits, a few at a time, and says how far it is."""

    def __init__(self, following: Following) -> None:
        self._following = following

    async def look(self, weeks: int, wait: float | None = None) -> Edits:
        """Return the edits by reason; after ``wait`` seconds, instead, how far the look has come."""
        until = None if wait is None else monotonic() + wait
        found = await self._following.look("window", weeks, _nothing, wait)  # the book, up to date
        if isinstance(found, Progress):
            return Edits(weeks, progress=found.words)
        codes: dict[int, int] = {}
        while True:
            texts, left, every = await self._following.read(weeks, partial(_texts, weeks=weeks, codes=codes))
            if not texts:
                break
            codes = await asyncio.to_thread(coded, texts)
            if until is not None and monotonic() > until:
                await self._following.read(weeks, partial(_texts, weeks=weeks, codes=codes))
                return Edits(weeks, progress=f"{every - left + len(texts):,} of {every:,} edits read")
        seen = await self._following.look("edits", weeks, edits_of, wait)
        return Edits(weeks, progress=seen.words) if isinstance(seen, Progress) else seen

    async def behind(self, weeks: int, asked: AskedEdits) -> Exchanges:
        """Return the edits that a share counts."""

        def read(log: EventLog, book: Book, until: datetime) -> Exchanges:
            found = behind_edits(book, until, weeks, asked)
            return told(book.of(Ledger), found, partial(event_at, log), partial(events_behind, log))

        return await self._following.read(weeks, read)


def _nothing(book: Book, until: datetime, weeks: int) -> None:
    """Make nothing of a book: it is brought up to date for whoever comes next."""


def _texts(log: EventLog, book: Book, until: datetime, *, weeks: int, codes: dict[int, int]) -> tuple[_Texts, int, int]:
    """Keep the codes, and return some edits with their texts, how many are not known yet, and how many in all.

    It runs where the book is read and written, so that nobody else has it meanwhile. One of which a text was erased
    comes back empty, so that it is known, too.
    """
    book.of(WhyEdited).codes.update(codes)
    waiting, every = pending(book, until, weeks)
    some = waiting[:READ]
    texts = [text or (row[2], "", "") for row, text in zip(some, texts_of(book, some, log.of_numbers), strict=True)]
    return texts, len(waiting), every
