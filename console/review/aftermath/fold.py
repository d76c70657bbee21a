"""What followed each reply that was taken, in columns: a fold of events.

A reply is followed by what happens until the next one is taken in its conversation. It holds numbers alone.
"""

from datetime import datetime
from typing import ClassVar, Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision
from console.conversation.queue_events import ConversationTransferred, LeadCalled
from console.review.reviewing.columns import NONE, Columns, Names

_COLUMNS: Final = ("decided", "before", "after", "answered", "up", "again")
"""``decided`` is the number of the decision, ``before`` and ``after`` the customer's mood in thousandths, ``answered``
that of the event which tells of the one after; ``up`` that of a call for a lead or of a transfer, ``again`` that of
the customer's coming back after the closing."""

_TAKEN: Final = frozenset({Decision.ACCEPTED, Decision.EDITED})


class Aftermath:
    """The replies taken so far; give it the events of :attr:`KINDS` in the order of their numbers."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "suggestion-decided",
        "mood-read",
        "lead-called",
        "conversation-transferred",
        "conversation-reopened",
    )

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.conversations = Names()
        self.taken = Columns(_COLUMNS)
        self._open: dict[int, int] = {}
        """The row of the reply that was taken last, by conversation."""
        self._moods: dict[int, tuple[int, int]] = {}
        """The newest message whose mood is known, and the mood."""

    def take(self, event: e.Event) -> None:
        """Take in an event."""
        conversation = self.conversations.number(event.conversation)
        match event.data:
            case a.SuggestionDecided(decision=decision) if decision in _TAKEN:
                before = self._moods.get(conversation, (NONE, 0))
                mood = {"before": before[1]} if before[0] != NONE else {"before": UNKNOWN}
                self._open[conversation] = self.taken.add("", decided=event.seq, after=UNKNOWN, **mood)
            case a.MoodRead(turn=turn, mood=read):
                self._mood(event, conversation, _place(turn), round(read.score * 1000))
            case LeadCalled() | ConversationTransferred():
                self._first(event, conversation, "up")
            case e.ConversationReopened() if event.actor.startswith("customer:"):
                self._first(event, conversation, "again")
            case _:
                pass

    def _mood(self, event: e.Event, conversation: int, message: int, score: int) -> None:
        if message <= self._moods.get(conversation, (NONE, 0))[0]:
            return  # an earlier message, read once more or only now
        self._moods[conversation] = message, score
        row = self._open.get(conversation)
        if row is not None and self.taken.get(row, "answered") == NONE:
            self.taken.put(row, after=score, answered=event.seq)

    def _first(self, event: e.Event, conversation: int, name: str) -> None:
        row = self._open.get(conversation)
        if row is not None and self.taken.get(row, name) == NONE:
            self.taken.put(row, **{name: event.seq})


UNKNOWN: Final = -1_000_000
"""A mood that is not known; moods are from -1,000 to 1,000."""


def _place(turn: str) -> int:
    """Return the place of a message in its conversation, from its id; 0 where it has another form."""
    number = turn.removeprefix("m")
    return int(number) if number.isdecimal() and len(number) <= _DIGITS else 0


_DIGITS: Final = 9
