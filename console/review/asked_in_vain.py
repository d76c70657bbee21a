"""Which events tell of a question that no article answered, so that a look at the gaps need not search a long log."""

from datetime import datetime
from typing import ClassVar, Final

from console.conversation import events as e
from console.conversation.assist_events import KnowledgeFound
from console.review.reviewing.columns import Columns
from console.review.reviewing.ledger import microseconds

QUESTIONS: Final = ("question-unanswered", "knowledge-found")


class AskedInVain:
    """Their numbers and times."""

    KINDS: ClassVar[tuple[str, ...]] = QUESTIONS

    BY_NUMBER: ClassVar[bool] = True
    """Of an event it keeps the number and the time alone: see :class:`~console.review.book.Book`."""

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.rows = Columns(("seq", "at"))

    def take(self, event: e.Event) -> None:
        """Take in an event."""
        if in_vain(event.data):
            self.rows.add("", seq=event.seq, at=microseconds(event.at))

    def numbers(self, since: datetime) -> list[int]:
        """Return the numbers of the events from a moment on."""
        found: list[int] = self.rows.of("seq")[self.rows.of("at") >= microseconds(since)].tolist()
        return found


def in_vain(data: e.EventData) -> bool:
    """Return whether what was asked has no answer, of the data of an event of these kinds."""
    return not (isinstance(data, KnowledgeFound) and data.hits)
