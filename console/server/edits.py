"""Why suggestions were changed, on a running desk: what was suggested and sent is read from the log, once for each."""

import asyncio
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Final

from console.conversation import assist_events as a
from console.conversation.edits import AskedEdits, Edits
from console.conversation.reviews import Exchanges
from console.desk.log import EventLog
from console.review.book import Book
from console.review.edits.fold import WhyEdited, coded
from console.review.edits.look import behind_edits, edits_of, pending
from console.review.reviewing.exchanges import told
from console.review.reviewing.ledger import Ledger
from console.server.following import Following, Progress, event_at, events_behind

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
        while True:
            book, texts, left, every = await self._following.read(weeks, lambda *known: _texts(*known, weeks=weeks))
            if not texts:
                break
            book.of(WhyEdited).codes.update(await asyncio.to_thread(coded, texts))
            if until is not None and monotonic() > until:
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


def _texts(log: EventLog, book: Book, until: datetime, *, weeks: int) -> tuple[Book, _Texts, int, int]:
    """Return the book, some edits with what was suggested and sent, how many are not known yet, and how many in all."""
    waiting, every = pending(book, until, weeks)
    held, names = book.of(Ledger).suggestions, book.of(Ledger).conversations
    texts = []
    for row, made, decided in waiting[:READ]:
        name = names[held.get(row, "conversation")]
        offer, decision = event_at(log, made, name), event_at(log, decided, name)
        suggested = sent = ""
        if offer is not None and isinstance(offer.data, a.RepliesSuggested):
            suggested = next((one.text for one in offer.data.suggestions if one.id == held.text[row]), "")
        if decision is not None and isinstance(decision.data, a.SuggestionDecided):
            sent = decision.data.final_text
        texts.append((decided, suggested, sent))
    return book, texts, len(waiting), every
