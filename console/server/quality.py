"""Quality review on a running desk: figures, what is behind them, and what is to be marked."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from console.content.rubrics import Rubric
from console.conversation.events import Event
from console.conversation.quality_commands import AskedMarks
from console.conversation.quality_review import Level, MarkedList, Quality
from console.desk.log import EventLog
from console.review.book import Book
from console.review.quality.exchanges import behind, waiting
from console.review.quality.marks import QualityMarks
from console.review.quality.quality import Weeks, by_agent, named_of, quality_of, weeks_of
from console.review.reading import event_at
from console.review.reviewing.ledger import Ledger
from console.server.following import Following, Progress


class QualityLook:
    """Quality over weeks, from the book that follows the log; ``rubric`` gives the one in force."""

    def __init__(self, following: Following, rubric: Callable[[], Rubric | None]) -> None:
        self._following, self._rubric = following, rubric

    async def look(self, weeks: int, wait: float | None = None) -> Quality:
        """Return the figures of the last weeks; after ``wait`` seconds, instead, how far the look has come."""
        named = named_of(self._rubric())

        def make(book: Book, until: datetime, weeks: int) -> Quality:
            return quality_of(book.of(QualityMarks), until, weeks, named, book.of(Ledger).changes.values())

        found = await self._following.look(f"quality {named.version}", weeks, make, wait)
        return Quality(weeks=weeks, progress=found.words) if isinstance(found, Progress) else found

    async def by_agent(self, weeks: int) -> dict[str, Level]:
        """Return the overall level of each agent's conversations of the last weeks, by the agent's id."""
        named = named_of(self._rubric())
        return await self._following.read(
            weeks, lambda _, book, until: by_agent(book.of(QualityMarks), until, weeks, named)
        )

    async def behind(self, weeks: int, asked: AskedMarks) -> MarkedList:
        """Return the conversations behind a figure."""
        named = named_of(self._rubric())
        return await self._read(weeks, lambda log, seen: behind(seen, asked, named, partial(event_at, log)))

    async def waiting(self, weeks: int) -> MarkedList:
        """Return what is to be marked next."""
        named = named_of(self._rubric())

        def messages(log: EventLog, conversation: str) -> list[Event]:
            return list(log.read(0, conversation=conversation))

        return await self._read(weeks, lambda log, seen: waiting(seen, named, partial(messages, log)))

    async def _read(self, weeks: int, find: Callable[[EventLog, Weeks], MarkedList]) -> MarkedList:
        return await self._following.read(
            weeks, lambda log, book, until: find(log, weeks_of(book.of(QualityMarks), until, weeks))
        )
