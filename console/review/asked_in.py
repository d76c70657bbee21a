"""What of a log a look at the knowledge gaps has to know: a small part of a long one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from console.conversation import events as e
from console.conversation.assist_events import KnowledgeFound
from console.review.gaps import DAYS

_QUESTIONS: Final = ("question-unanswered", "knowledge-found")
_BESIDE: Final = ("gap-put-aside", "gap-brought-back", "draft-approved", "draft-reopened")
_MOST: Final = 1_000_000


class AskedLog(Protocol):
    """What is read; see :class:`console.desk.log.EventLog`."""

    def of_kinds(
        self, kinds: Sequence[str], *, after: int = 0, since: datetime | None = None, limit: int | None = None
    ) -> list[e.Event]:
        """Return events of these kinds, in order."""

    def read(self, after: int = 0, *, conversation: str | None = None, limit: int = 1000) -> list[e.Event]:
        """Return events after a number, in order."""


def asked_in(log: AskedLog, now: datetime) -> list[e.Event]:
    """Return all that a look at the knowledge gaps has to know: the conversations in which something was lately asked.

    These are whole; beside them stand what staff looked up, which gaps were put aside and which articles published.
    """
    since = (now - timedelta(days=DAYS)).astimezone(UTC)
    asked = [event for event in log.of_kinds(_QUESTIONS, since=since) if _in_vain(event.data)]
    talks = dict.fromkeys(event.conversation for event in asked if event.conversation)
    found = [event for event in asked if not event.conversation] + log.of_kinds(_BESIDE)
    for conversation in talks:
        found += log.read(0, conversation=conversation, limit=_MOST)
    return sorted(found, key=lambda event: event.seq)


def _in_vain(data: e.EventData) -> bool:
    return not (isinstance(data, KnowledgeFound) and data.hits)
