"""What of a log a look at the knowledge gaps has to know: a small part of a long one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from console.conversation import events as e
from console.review.asked_in_vain import QUESTIONS, in_vain
from console.review.gaps import DAYS

_BESIDE: Final = ("gap-put-aside", "gap-brought-back", "draft-approved", "draft-reopened")
_OF_A_TALK: Final = ("conversation-opened", "identity-changed", "message-added", "mood-read", *QUESTIONS)
"""The kinds of events that tell of a question: those that :mod:`console.review.questions` reads."""


class AskedLog(Protocol):
    """What is read; see :class:`console.desk.log.EventLog`."""

    def of_kinds(
        self, kinds: Sequence[str], *, after: int = 0, since: datetime | None = None, limit: int | None = None
    ) -> list[e.Event]:
        """Return events of these kinds, in order."""

    def of_numbers(self, numbers: Sequence[int]) -> list[e.Event]:
        """Return the events of these numbers, in order."""

    def of_conversations(self, names: Sequence[str], kinds: Sequence[str]) -> list[e.Event]:
        """Return the events of these kinds in these conversations, in order."""


def pressing_since(now: datetime) -> datetime:
    """Return from when on a question that was asked in vain is looked at."""
    return (now - timedelta(days=DAYS)).astimezone(UTC)


def asked_in(log: AskedLog, now: datetime, numbers: Sequence[int] | None = None) -> list[e.Event]:
    """Return all that a look at the knowledge gaps has to know: the conversations in which something was lately asked.

    Of these, what tells of questions; beside them stand what staff looked up, which gaps were put aside and which
    articles published. ``numbers`` are those of the events that tell of a question in vain, where somebody knows them:
    otherwise they are searched for.
    """
    if numbers is None:
        asked = [event for event in log.of_kinds(QUESTIONS, since=pressing_since(now)) if in_vain(event.data)]
    else:
        asked = log.of_numbers(numbers)
    talks = list(dict.fromkeys(event.conversation for event in asked if event.conversation))
    found = [event for event in asked if not event.conversation]
    found += log.of_conversations([e.WORKSPACE], _BESIDE) + log.of_conversations(talks, _OF_A_TALK)
    return sorted(found, key=lambda event: event.seq)
