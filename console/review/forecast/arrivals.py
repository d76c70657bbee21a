"""How many conversations began and how many came to people in each hour, and how long agents had them: a fold."""

from datetime import datetime
from typing import ClassVar, Final

from console.conversation import events as e
from console.review.reviewing.columns import Columns
from console.review.reviewing.ledger import microseconds

HOUR: Final = 3_600_000_000
"""Microseconds of an hour."""

LONGEST: Final = 8 * HOUR
"""A conversation that an agent has for longer was left open: it does not say how long the work takes."""

_COUNTS: Final = ("arrivals", "escalations", "generated", "handled", "handling")


class Arrivals:
    """Counts by hour (since 1970, UTC); ``handling`` is in milliseconds, in the hour in which it ended."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "conversation-opened",
        "handed-over",
        "conversation-claimed",
        "conversation-released",
        "conversation-closed",
    )

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.hours = Columns(("hour", *_COUNTS))
        self._places: dict[int, int] = {}
        self._taken: dict[str, int] = {}
        """When agents took the conversations that they have, in microseconds since 1970."""
        self._worked: dict[str, int] = {}
        """How long agents had conversations that are not closed yet."""

    def take(self, event: e.Event) -> None:
        """Take in an event."""
        at, name = microseconds(event.at), event.conversation
        match event.data:
            case e.ConversationOpened():
                self._add(at, arrivals=1, generated=int(event.generated))
            case e.HandedOver():
                self._add(at, escalations=1)
            case e.ConversationClaimed():
                self._taken[name] = at
            case e.ConversationReleased() | e.ConversationClosed():
                self._rested(name, at, closed=isinstance(event.data, e.ConversationClosed))
            case _:
                pass

    def _rested(self, name: str, at: int, *, closed: bool) -> None:
        """Count how long an agent had a conversation; one set back clock makes it unknown."""
        taken = self._taken.pop(name, None)
        worked = self._worked.pop(name, 0) + (max(0, at - taken) if taken is not None else 0)
        if not closed and worked:
            self._worked[name] = worked
        elif closed and 0 < worked <= LONGEST:
            self._add(at, handled=1, handling=worked // 1000)

    def _add(self, at: int, **counts: int) -> None:
        hour = at // HOUR
        place = self._places.get(hour)
        if place is None:
            place = self._places[hour] = self.hours.add("", hour=hour, **dict.fromkeys(_COUNTS, 0))
        self.hours.put(place, **{name: self.hours.get(place, name) + count for name, count in counts.items()})
