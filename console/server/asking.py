"""What was asked in vain, read by the lead's book: a look at the gaps of the knowledge base need not search the log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from console.conversation.events import Event
from console.desk.log import EventLog
from console.review.asked_in import asked_in, pressing_since
from console.review.asked_in_vain import AskedInVain
from console.review.book import Book
from console.server.following import Following

WEEKS: Final = 13
"""As far as the questions are looked back on, a day more."""


async def asked_by(following: Following, now: datetime) -> Sequence[Event]:
    """Return all that a look at the knowledge gaps has to know: see :func:`~console.review.asked_in.asked_in`."""

    def find(log: EventLog, book: Book, _: datetime) -> list[Event]:
        since = pressing_since(now)
        return asked_in(log, now, book.of(AskedInVain).numbers(since) if book.since <= since else None)

    return await following.read(WEEKS, find)
